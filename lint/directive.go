package lint

import (
	"bytes"
	"slices"
	"strings"

	"wxcloud/lint/js"
)

// Directives are comments that disable findings:
//
//	// wxcloud-disable-next-line RULE[,RULE] REASON
//	// wxcloud-disable-line RULE[,RULE] REASON
//	/* wxcloud-disable RULE[,RULE] REASON */ … /* wxcloud-enable [RULE[,RULE]] */
//
// A "--" may stand before the reason.
const (
	disableNextLine = "wxcloud-disable-next-line"
	disableLine     = "wxcloud-disable-line"
	disableFrom     = "wxcloud-disable"
	enableFrom      = "wxcloud-enable"
)

// DirectiveNames are the directives there are.
func DirectiveNames() []string {
	return []string{disableNextLine, disableLine, disableFrom, enableFrom}
}

// directive is one such comment.
type directive struct {
	facts   *Facts
	name    string
	rules   []string
	reason  string
	comment js.Comment
	place   Place
	// The lines whose findings it disables. from and to are the same line but for
	// disableFrom.
	from, to int
	enabled  map[string]int  // the line a rule is in force again from, by rule
	outside  bool            // the file is not in the function's folder
	unjudged bool            // the file is not wholly understood: a finding may be missing
	used     map[string]bool // by rule
}

// readDirectives reads the directives in the files of a function, in their order.
func readDirectives(f Facts) []directive {
	if len(f.Code.Directives) == 0 {
		return nil
	}
	facts := f // only here, because this goes to the heap
	broken := map[string]bool{}
	for i := range f.Code.Files {
		if len(f.Code.Files[i].Errors) > 0 {
			broken[f.Code.Files[i].Path] = true
		}
	}
	list := make([]directive, 0, len(f.Code.Directives))
	for _, c := range f.Code.Directives {
		d := parseDirective(c)
		if !strings.HasPrefix(d.name, "wxcloud-disable") && !strings.HasPrefix(d.name, "wxcloud-enable") ||
			slices.Contains(strings.Split(c.File, "/"), "node_modules") {
			continue // another tool's, or another project's
		}
		d.facts, d.place = &facts, f.InCode(c.Span)
		d.outside = strings.HasPrefix(c.File, "../")
		d.unjudged = broken[c.File] || f.ConfigUnreadable()
		list = append(list, d)
	}
	for i := range list {
		list[i].reach(list[i+1:])
	}
	return list
}

// parseDirective splits the text of a comment.
func parseDirective(c js.Comment) directive {
	name, rest := cutWord(c.Text)
	d := directive{name: name, comment: c, used: map[string]bool{}}
	for more := !strings.HasPrefix(rest, "--"); more && rest != ""; {
		end := strings.IndexFunc(rest, func(r rune) bool { return strings.ContainsRune(",，、：:", r) || isBlank(r) })
		if end < 0 {
			end = len(rest)
		}
		if rule := rest[:end]; rule != "" && !slices.Contains(d.rules, rule) {
			d.rules = append(d.rules, rule)
		}
		rest = strings.TrimLeftFunc(rest[end:], isBlank)
		rest, more = strings.CutPrefix(rest, ",")
		rest = strings.TrimLeftFunc(rest, isBlank)
	}
	d.reason = strings.Join(strings.Fields(strings.TrimLeft(strings.TrimPrefix(rest, "--"), "，、：:")), " ")
	return d
}

func cutWord(s string) (word, rest string) {
	if i := strings.IndexFunc(s, isBlank); i >= 0 {
		return s[:i], strings.TrimLeftFunc(s[i:], isBlank)
	}
	return s, ""
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u3000' }

// reach finds out which lines the directive is about. later are the directives
// behind it.
func (d *directive) reach(later []directive) {
	switch d.name {
	case disableLine:
		d.from, d.to = d.place.EndLine, d.place.EndLine
	case disableNextLine:
		next := d.place.EndLine + 1
		for _, l := range later { // several may stand above one line
			if l.place.File == d.place.File && l.place.Line == next && l.name == disableNextLine {
				next = l.place.EndLine + 1
			}
		}
		d.from, d.to = next, next
	case disableFrom:
		d.from, d.to, d.enabled = d.place.Line, int(^uint(0)>>1), map[string]int{}
		for _, l := range slices.Backward(later) { // the nearest counts
			if l.place.File != d.place.File || l.name != enableFrom {
				continue
			}
			for _, rule := range d.rules {
				if len(l.rules) == 0 || slices.Contains(l.rules, rule) {
					d.enabled[rule] = l.place.EndLine
				}
			}
		}
	}
}

// suppresses reports whether the directive disables the finding, and notes it.
// A finding of several lines counts by its first one, and for a comment at the
// end of a line by any of them.
func (d *directive) suppresses(f *Diagnostic) bool {
	if f.File != d.place.File || f.Line == 0 || !slices.Contains(d.rules, f.Rule) {
		return false
	}
	last := f.Line
	if d.name == disableLine {
		last = max(last, f.EndLine)
	}
	to := d.to
	if line, ok := d.enabled[f.Rule]; ok {
		to = line
	}
	if last < d.from || f.Line > to {
		return false
	}
	d.used[f.Rule] = true
	return true
}

// removal is the fix that takes the comment out: with its line when nothing else
// stands there, else with the blanks that part it from the code.
func (d *directive) removal() *Repair {
	text, err := d.facts.Source(d.comment.File)
	span := d.comment.Span
	if err != nil || span.End > len(text) {
		return nil
	}
	before := bytes.TrimRight(text[:span.Start], " \t")
	after := bytes.TrimLeft(text[span.End:], " \t")
	startsLine := len(before) == 0 || before[len(before)-1] == '\n'
	lineEnd := len(after) - len(bytes.TrimPrefix(bytes.TrimPrefix(after, []byte("\r")), []byte("\n")))
	switch {
	case startsLine && (lineEnd > 0 || len(after) == 0):
		span.Start, span.End = len(before), len(text)-len(after)+lineEnd
	case startsLine:
		span.End = len(text) - len(after)
	default:
		span.Start = len(before)
	}
	return d.facts.Replace(span, "", Words{
		En: "remove the comment {name}, which disables nothing",
		Zh: "删除不起作用的注释 {name}",
	}.With("name", d.name))
}
