package lint

import (
	"slices"
	"strings"

	"wxcloud/internal/suggest"
)

// DirectiveRule is the rule about comments and settings that disable findings.
// Only when all other rules have looked at all functions does Analyze know which
// of them did nothing; the rule has the words.
type DirectiveRule interface {
	Rule
	Explain(p DirectiveProblem) (message, help Words)
}

// DirectiveProblem is something wrong with a directive, or with an entry of
// lint.ignore in wxcloud.json.
type DirectiveProblem struct {
	Kind      DirectiveKind
	Directive string // as written, for example "wxcloud-disable-line"; "" for an entry of lint.ignore
	Rule      string // as written; "" where none is
	Nearest   string // what was probably meant: a rule or a directive, or ""
}

// DirectiveKind says what is wrong.
type DirectiveKind string

// What can be wrong.
const (
	DirectiveUnused      DirectiveKind = "unused"       // Rule finds nothing there
	DirectiveUnknownRule DirectiveKind = "unknown-rule" // there is no rule of that name
	DirectiveNoRule      DirectiveKind = "no-rule"      // it does not say which rule
	DirectiveUnknown     DirectiveKind = "unknown"      // there is no such directive
)

// suppressions adds to the report what directives and entries of the list do
// nothing. The outcomes are in the order of the functions.
func (j *judge) suppressions(outcomes []outcome, r *Report) {
	if j.directives == nil {
		return
	}
	id := j.directives.Info().ID
	number := slices.IndexFunc(j.infos, func(info Info) bool { return info.ID == id })
	all := outcome{ignored: make([]bool, len(j.options.Ignore))}
	report := func(function string, at Place, p DirectiveProblem, fix *Repair) {
		message, help := j.directives.Explain(p)
		d := j.finding(number, function, Diagnostic{Place: at, Message: message, Help: help, Fix: fix})
		if s, suppressed := all.suppresses(&d, j.options.Ignore); suppressed {
			r.Suppressed = append(r.Suppressed, s)
		} else {
			r.Diagnostics = append(r.Diagnostics, d)
		}
	}
	directives := merged(outcomes)
	for i := range directives {
		d := &directives[i]
		problems := j.problems(d)
		var fix *Repair
		if len(problems) == len(d.rules) && !slices.ContainsFunc(problems, func(p DirectiveProblem) bool { return p.Kind != DirectiveUnused }) {
			fix = d.removal()
		}
		for _, p := range problems {
			report(d.facts.Function.Name, d.place, p, fix)
		}
	}
	for i, entry := range j.options.Ignore {
		used := all.ignored[i] || slices.ContainsFunc(outcomes, func(o outcome) bool { return o.ignored[i] })
		if !used && !j.options.Partial && j.options.Levels[entry.Rule] != Off {
			at := Place{File: j.options.IgnoreFile, Line: entry.Line, Column: entry.Column, EndLine: entry.Line, EndColumn: entry.Column}
			report("", at, DirectiveProblem{Kind: DirectiveUnused, Rule: entry.Rule}, nil)
		}
	}
}

// merged lists the directives of all functions. One in a shared file, which is
// read with every function that loads it, is needed if any of them needs it.
func merged(outcomes []outcome) []directive {
	var list []directive
	index := map[Place]int{}
	for i := range outcomes {
		for _, d := range outcomes[i].directives {
			at, seen := index[d.place]
			if !seen {
				at = len(list)
				index[d.place] = at
				list = append(list, d)
			}
			list[at].unjudged = list[at].unjudged || d.unjudged
			for rule := range d.used {
				list[at].used[rule] = true
			}
		}
	}
	return list
}

// problems lists what is wrong with a directive.
func (j *judge) problems(d *directive) []DirectiveProblem {
	p := DirectiveProblem{Directive: d.name}
	if !slices.Contains(DirectiveNames(), d.name) {
		p.Kind, p.Nearest = DirectiveUnknown, nearest(strings.TrimRight(d.name, ":"), DirectiveNames())
		return []DirectiveProblem{p}
	}
	if len(d.rules) == 0 && d.name != enableFrom {
		p.Kind = DirectiveNoRule
		return []DirectiveProblem{p}
	}
	var list []DirectiveProblem
	known := make([]string, len(j.infos))
	for i := range j.infos {
		known[i] = j.infos[i].ID
	}
	for _, rule := range d.rules {
		p.Rule, p.Nearest = rule, ""
		switch {
		case !slices.Contains(known, rule):
			p.Kind, p.Nearest = DirectiveUnknownRule, nearest(rule, known)
		case d.name == enableFrom || d.used[rule] || j.options.Levels[rule] == Off || d.unjudged || d.outside && j.options.Partial:
			continue
		default:
			p.Kind = DirectiveUnused
		}
		list = append(list, p)
	}
	return list
}

func nearest(word string, names []string) string {
	if near := suggest.Nearest(word, slices.Values(names), 1); len(near) > 0 {
		return near[0]
	}
	return ""
}
