package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"wxcloud/internal/sanitize"
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

// Text writes findings for a person, each with the line it is about. The same
// finding in several places of a function is told once, with the other places
// listed below it.
type Text struct{ Options Options }

// Format writes the findings and a summary line.
func (t Text) Format(w io.Writer, r lint.Report) error {
	names, source := pathsOf(r), r.Sources()
	var b strings.Builder
	for _, group := range groups(r.Diagnostics) {
		t.finding(&b, names, source, group)
	}
	t.summary(&b, r.Summary)
	return writeLines(w, b.String())
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

func (t Text) finding(b *strings.Builder, names paths, source *lint.Sources, group []lint.Diagnostic) {
	d := group[0]
	fmt.Fprintf(b, "%s: %s%s %s\n",
		t.paint(RolePlace, names.where(d.Place)),
		t.paint(Role(d.Severity), t.severity(d.Severity)),
		sanitize.Line(d.Message.In(t.Options.Lang)),
		t.paint(RoleDim, "["+d.Rule+"]"))

	gutter := len(strconv.Itoa(d.Line))
	if line, ok := source.Line(d.File, d.Line); ok && len(strings.TrimSpace(string(line))) > 0 {
		end := d.EndColumn
		if d.EndLine > d.Line { // the mark ends with the first line
			end = 2 * (len(line) + 1)
		}
		text, marks := frame(line, d.Column, end)
		fmt.Fprintf(b, "  %s %s\n", t.paint(RoleDim, strconv.Itoa(d.Line)+" |"), text)
		fmt.Fprintf(b, "  %s %s\n", t.paint(RoleDim, strings.Repeat(" ", gutter)+" |"), t.paint(Role(d.Severity), marks))
	}
	if len(group) > 1 {
		places := make([]string, 0, len(group)-1)
		for _, other := range group[1:] {
			places = append(places, names.where(other.Place))
		}
		fmt.Fprintf(b, "  %s\n", t.in(alsoAt.With("places", strings.Join(places, ", "))))
	}
	if !d.Help.IsZero() {
		fmt.Fprintf(b, "  %s%s\n", t.paint(RoleHelp, t.in(helpLabel)), sanitize.Line(t.in(d.Help)))
	}
	b.WriteByte('\n')
}

func (t Text) summary(b *strings.Builder, s lint.Summary) {
	read := t.in(lint.Words{En: "{functions}, {calls}: ", Zh: "{functions}，{calls}："}.
		WithWords("functions", count(s.Functions, "function", "个函数")).
		WithWords("calls", count(s.Calls, "cloud call", "处云调用")))
	if s.Errors+s.Warnings+s.Notices == 0 {
		fmt.Fprintf(b, "%s%s\n", read, t.paint(RoleGood, t.in(noFindings)))
		return
	}
	var parts []string
	for _, p := range []struct {
		role Role
		n    int
		text lint.Words
	}{
		{RoleError, s.Errors, count(s.Errors, "error", "个错误")},
		{RoleWarning, s.Warnings, count(s.Warnings, "warning", "个警告")},
		{RoleNotice, s.Notices, count(s.Notices, "notice", "条提示")},
	} {
		if p.n > 0 {
			parts = append(parts, t.paint(p.role, t.in(p.text)))
		}
	}
	fmt.Fprint(b, read, strings.Join(parts, t.in(lint.Words{En: ", ", Zh: "，"})))
	if s.Fixable > 0 {
		fmt.Fprint(b, t.in(canFix.With("n", strconv.Itoa(s.Fixable))))
	}
	b.WriteByte('\n')
}

// The words of this form that belong to no rule.
var (
	alsoAt     = lint.Words{En: "also at {places}", Zh: "同样出现在 {places}"}
	helpLabel  = lint.Words{En: "help: ", Zh: "建议："}
	noFindings = lint.Words{En: "nothing to report", Zh: "没有发现问题"}
	canFix     = lint.Words{En: " ({n} fixable with --fix)", Zh: "（其中 {n} 个可用 --fix 自动修复）"}
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
