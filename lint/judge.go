package lint

import (
	"cmp"
	"slices"

	"wxcloud/config"
)

// judge applies the rules as the options want them.
type judge struct {
	rules      []Rule
	infos      []Info // once: an Info holds a rule's whole page
	directives DirectiveRule
	options    Options
}

// outcome is what comes of one function.
type outcome struct {
	kept       bool
	fn         Function
	list       []Diagnostic
	suppressed []Suppressed
	directives []directive
	ignored    []bool // which entries of Options.Ignore matched a finding
}

func newJudge(rules []Rule, o Options) *judge {
	j := &judge{options: o}
	for _, rule := range rules {
		info := rule.Info()
		if d, ok := rule.(DirectiveRule); ok && o.Levels[info.ID] != Off {
			j.directives = d
		}
		j.rules, j.infos = append(j.rules, rule), append(j.infos, info)
	}
	return j
}

// ran lists the rules that are not off, at the level they have in this run.
func (j *judge) ran() []Info {
	list := make([]Info, 0, len(j.infos))
	for _, info := range j.infos {
		info.Severity = cmp.Or(j.options.Levels[info.ID], info.Severity)
		if info.Severity != Off {
			list = append(list, info)
		}
	}
	return list
}

// function runs the rules over one function and sets aside what is suppressed.
func (j *judge) function(facts Facts) outcome {
	out := outcome{kept: true, fn: describe(facts), ignored: make([]bool, len(j.options.Ignore))}
	at := 0
	report := func(d Diagnostic) { out.list = append(out.list, j.finding(at, facts.Function.Name, d)) }
	for i, rule := range j.rules {
		if j.options.Levels[j.infos[i].ID] == Off {
			continue
		}
		at = i
		rule.Check(facts, report)
	}
	out.directives = readDirectives(facts)
	out.list = slices.DeleteFunc(out.list, func(d Diagnostic) bool {
		s, suppressed := out.suppresses(&d, j.options.Ignore)
		if suppressed {
			out.suppressed = append(out.suppressed, s)
		}
		return suppressed
	})
	return out
}

// finding completes what rule number i reported.
func (j *judge) finding(i int, function string, d Diagnostic) Diagnostic {
	d.Rule, d.Function = j.infos[i].ID, function
	d.Severity = cmp.Or(j.options.Levels[d.Rule], d.Severity, j.infos[i].Severity)
	return d
}

// suppresses looks for the directives and the entries of the list that accept the
// finding, and notes that they were needed. The first reason given counts.
func (out *outcome) suppresses(d *Diagnostic, ignore []config.Ignored) (s Suppressed, found bool) {
	s = Suppressed{Diagnostic: *d, External: true}
	for i := range out.directives {
		if out.directives[i].suppresses(d) {
			s.Reason, s.External, found = cmp.Or(s.Reason, out.directives[i].reason), false, true
		}
	}
	for i := range ignore {
		if ignore[i].Matches(d.Rule, d.Function, d.API) {
			out.ignored[i] = true
			s.Reason, found = cmp.Or(s.Reason, ignore[i].Reason), true
		}
	}
	return s, found
}
