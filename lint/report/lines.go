package report

import (
	"fmt"
	"io"
	"strings"

	"wxcloud/internal/sanitize"
	"wxcloud/lint"
)

// Unix writes one finding per line, "file:line:column: message [severity/rule]",
// as editors and old tools read them.
type Unix struct{}

// Format writes the findings.
func (Unix) Format(w io.Writer, r lint.Report) error {
	names := pathsOf(r)
	var b strings.Builder
	for _, d := range r.Diagnostics {
		fmt.Fprintf(&b, "%s: %s [%s/%s]\n", names.where(d.Place), sanitize.Line(d.Message.En), d.Severity, d.Rule)
	}
	return writeLines(w, b.String())
}

// GitHub writes workflow commands, which GitHub Actions shows beside the lines
// of a pull request.
type GitHub struct{}

// Format writes the findings.
func (GitHub) Format(w io.Writer, r lint.Report) error {
	names := pathsOf(r)
	var b strings.Builder
	for _, d := range r.Diagnostics {
		fmt.Fprintf(&b, "::%s file=%s", d.Severity, property(names.shown(d.File)))
		if d.Line > 0 {
			fmt.Fprintf(&b, ",line=%d,endLine=%d,col=%d,endColumn=%d", d.Line, max(d.Line, d.EndLine), d.Column, d.EndColumn)
		}
		fmt.Fprintf(&b, ",title=%s::%s", property(d.Rule), data(d.Message.En))
		if !d.Help.IsZero() {
			b.WriteString("%0A" + data(d.Help.En))
		}
		b.WriteByte('\n')
	}
	return writeLines(w, b.String())
}

// data escapes a line of the message of a workflow command. A line break would end
// the command and let untrusted text start another.
func data(s string) string {
	return strings.ReplaceAll(sanitize.Line(s), "%", "%25")
}

// property escapes a value before the "::" of a workflow command.
func property(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(data(s), ":", "%3A"), ",", "%2C")
}

// writeLines writes text that a CI system may log. Azure Pipelines, TeamCity and
// older GitHub runners look for their commands anywhere in a line.
func writeLines(w io.Writer, text string) error {
	_, err := strings.NewReplacer(
		"##[", `\x23#[`, "##vso[", `\x23#vso[`, "##teamcity[", `\x23#teamcity[`,
	).WriteString(w, text)
	return err
}
