package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"wxcloud/internal/sanitize"
	"wxcloud/internal/ui"
	"wxcloud/lint"
)

// Role says what a piece of text is, so that a Painter can colour it.
type Role string

// The roles.
const (
	RoleError   Role = "error"
	RoleWarning Role = "warning"
	RoleNotice  Role = "notice"
	RolePlace   Role = "place" // file:line:column
	RoleHelp    Role = "help"
	RoleDim     Role = "dim" // line numbers, rule names
	RoleGood    Role = "good"
)

// Painter colours text for the stream the report goes to. It must not change
// the width of the text.
type Painter interface {
	Paint(role Role, text string) string
}

// Text writes findings for a person, function by function, each with the line it
// is about. The same finding in several places of a function is told once, with
// the other places listed below it. Advice is left to the terminal to break: the
// commands in it stay one piece when they are copied.
type Text struct{ Options Options }

// frameWidth is how much of a source line is shown where there is room. Generated
// code has lines of hundreds of kilobytes.
const frameWidth = 100

// Format writes the findings and a summary line.
func (t Text) Format(w io.Writer, r lint.Report) error {
	p := textPrinter{Text: t, names: pathsOf(r), source: r.Sources()}
	list := groups(r.Diagnostics)
	several := len(list) > 0 && list[0][0].Function != list[len(list)-1][0].Function
	counts := map[string]lint.Summary{}
	for i := range r.Diagnostics {
		s := counts[r.Diagnostics[i].Function]
		s.Count(r.Diagnostics[i].Severity)
		counts[r.Diagnostics[i].Function] = s
	}
	var before []lint.Diagnostic
	for i, group := range list {
		shown := i > 0 && sameLine(before, group)
		if i > 0 && !shown {
			p.WriteByte('\n')
		}
		if several && (i == 0 || before[0].Function != group[0].Function) {
			p.function(group[0], counts[group[0].Function])
		}
		p.finding(group, shown)
		before = group
	}
	if len(list) > 0 {
		p.WriteByte('\n')
	}
	p.summary(r)
	return writeLines(w, p.String())
}

// sameLine reports that what is quoted for one finding will do for the next.
func sameLine(before, next []lint.Diagnostic) bool {
	return len(before) == 1 && before[0].Function == next[0].Function && before[0].Place == next[0].Place
}

// textPrinter is one report being written.
type textPrinter struct {
	Text
	strings.Builder
	names  paths
	source *lint.Sources
}

// groups puts diagnostics that differ only in their place together, in the
// order of the first of each.
func groups(list []lint.Diagnostic) [][]lint.Diagnostic {
	type key struct {
		function, rule, api, message string
		severity                     lint.Severity
	}
	index := map[key]int{}
	var out [][]lint.Diagnostic
	for _, d := range list {
		k := key{d.Function, d.Rule, d.API, d.Message.En, d.Severity}
		i, seen := index[k]
		if !seen {
			i = len(out)
			index[k] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], d)
	}
	return out
}

// function writes the headline of a function. A finding of no function is about
// a file of the project.
func (p *textPrinter) function(d lint.Diagnostic, s lint.Summary) {
	name := cmp.Or(d.Function, p.names.shown(d.File))
	fmt.Fprintf(p, "%s %s\n\n", p.paint(RolePlace, "-- "+sanitize.Line(name)+":"), p.counts(s))
}

// finding writes one finding and, unless it is still on the screen, its line.
func (p *textPrinter) finding(group []lint.Diagnostic, shown bool) {
	d := group[0]
	p.headline(d)
	if !shown {
		p.quote(d)
	}
	label := p.in(alsoAt)
	for _, other := range group[1:] {
		fmt.Fprintf(p, "  %s%s\n", label, p.names.where(other.Place))
		label = strings.Repeat(" ", ui.Width(label))
	}
	if !d.Help.IsZero() {
		fmt.Fprintf(p, "  %s%s\n", p.paint(RoleHelp, p.in(helpLabel)), sanitize.Line(p.in(d.Help)))
	}
}

// headline writes the place and the message. On a terminal the message is broken
// between words, the lines after the first indented by two columns.
func (p *textPrinter) headline(d lint.Diagnostic) {
	place, severity := p.names.where(d.Place), p.severity(d.Severity)
	message, tag := sanitize.Line(p.in(d.Message)), "["+d.Rule+"]"
	lines := []string{message + " " + tag}
	const indent = 2
	if width := p.Options.Width; width > 2*indent {
		// What stands before the message may fill lines of its own.
		before := strings.Repeat(".", max(1, ui.Width(place+": "+severity)%width-indent)-1) + " "
		lines = ui.Wrap(before+lines[0], width-indent)
		lines[0] = strings.TrimPrefix(lines[0]+" ", before)
		lines[0] = strings.TrimSuffix(lines[0], " ")
	}
	for i, line := range lines[1:] {
		if strings.HasPrefix(strings.TrimSpace(line), "::") { // a command to GitHub Actions, see where
			lines[1+i] = strings.Replace(line, ":", `\x3a`, 1)
		}
	}
	text := strings.Join(lines, "\n"+strings.Repeat(" ", indent))
	if plain, whole := strings.CutSuffix(text, tag); whole {
		text = plain + p.paint(RoleDim, tag)
	}
	fmt.Fprintf(p, "%s: %s%s\n", p.paint(RolePlace, place), p.paint(Role(d.Severity), severity), text)
}

// quote writes the line of a finding with marks under it.
func (p *textPrinter) quote(d lint.Diagnostic) {
	line, ok := p.source.Line(d.File, d.Line)
	if !ok || d.Column == 0 || len(strings.TrimSpace(string(line))) == 0 {
		return
	}
	end := d.EndColumn
	if d.EndLine > d.Line { // the mark ends with the first line
		end = 2 * (len(line) + 1)
	}
	number := strconv.Itoa(d.Line)
	width := frameWidth
	if room := p.Options.Width; room > 0 {
		width = min(width, room-len("  "+number+" | "))
	}
	text, marks := frame(line, d.Column, end, width)
	fmt.Fprintf(p, "  %s %s\n", p.paint(RoleDim, number+" |"), text)
	fmt.Fprintf(p, "  %s %s\n", p.paint(RoleDim, strings.Repeat(" ", len(number))+" |"), p.paint(Role(d.Severity), marks))
}

// summary says what was read and found, and how to learn more.
func (p *textPrinter) summary(r lint.Report) {
	s := r.Summary
	read := lint.Words{En: "{functions}, {calls}: ", Zh: "{functions}，{calls}："}.
		WithWords("functions", count(s.Functions, "function", "个函数")).
		WithWords("calls", count(s.Calls, "cloud call", "处云调用"))
	fmt.Fprint(p, p.in(read), p.counts(s))
	if s.Fixable > 0 {
		fmt.Fprint(p, p.in(canFix.With("n", strconv.Itoa(s.Fixable))))
	}
	if n := len(r.Suppressed); n > 0 {
		fmt.Fprint(p, p.in(setAside.With("n", strconv.Itoa(n))))
	}
	p.WriteByte('\n')
	if len(r.Diagnostics) > 0 {
		rule := r.Diagnostics[0].Rule
		if slices.ContainsFunc(r.Diagnostics, func(d lint.Diagnostic) bool { return d.Rule != rule }) {
			rule = p.in(anyRule)
		}
		fmt.Fprintln(p, p.paint(RoleDim, p.in(explain.With("rule", rule))))
	}
}

// counts is "2 errors, 1 notice".
func (p *textPrinter) counts(s lint.Summary) string {
	if s.Errors+s.Warnings+s.Notices == 0 {
		return p.paint(RoleGood, p.in(noFindings))
	}
	var parts []string
	for _, c := range []struct {
		role Role
		n    int
		text lint.Words
	}{
		{RoleError, s.Errors, count(s.Errors, "error", "个错误")},
		{RoleWarning, s.Warnings, count(s.Warnings, "warning", "个警告")},
		{RoleNotice, s.Notices, count(s.Notices, "notice", "条提示")},
	} {
		if c.n > 0 {
			parts = append(parts, p.paint(c.role, p.in(c.text)))
		}
	}
	return strings.Join(parts, p.in(lint.Words{En: ", ", Zh: "，"}))
}

// The words of this form that belong to no rule.
var (
	alsoAt     = lint.Words{En: "also at ", Zh: "同样出现在 "}
	helpLabel  = lint.Words{En: "help: ", Zh: "建议："}
	noFindings = lint.Words{En: "nothing to report", Zh: "没有发现问题"}
	canFix     = lint.Words{En: " ({n} fixable with --fix)", Zh: "（其中 {n} 个可用 --fix 自动修复）"}
	setAside   = lint.Words{En: "; {n} suppressed", Zh: "；另有 {n} 处已按要求忽略"}
	explain    = lint.Words{En: "more about a rule: wxcloud explain {rule}", Zh: "规则说明：wxcloud explain {rule}"}
	anyRule    = lint.Words{En: "RULE", Zh: "规则名"}
)

func (t Text) severity(s lint.Severity) string {
	switch s {
	case lint.Error:
		return t.in(lint.Words{En: "error: ", Zh: "错误："})
	case lint.Warning:
		return t.in(lint.Words{En: "warning: ", Zh: "警告："})
	default:
		return t.in(lint.Words{En: "notice: ", Zh: "提示："})
	}
}

func (t Text) in(w lint.Words) string { return w.In(t.Options.Lang) }

func (t Text) paint(role Role, s string) string {
	if t.Options.Paint == nil {
		return s
	}
	return t.Options.Paint.Paint(role, s)
}

// count is a number with its noun.
func count(n int, en, zh string) lint.Words {
	plural := "s"
	if n == 1 {
		plural = ""
	}
	return lint.Words{En: fmt.Sprintf("%d %s%s", n, en, plural), Zh: fmt.Sprintf("%d %s", n, zh)}
}
