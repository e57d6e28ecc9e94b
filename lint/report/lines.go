package report

import (
	"bufio"
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
	b := bufio.NewWriter(w)
	for _, d := range r.Diagnostics {
		fmt.Fprintf(b, "%s: %s [%s/%s]\n", where(d.Place), sanitize.Line(d.Message.En), d.Severity, d.Rule)
	}
	return b.Flush()
}

// GitHub writes workflow commands, which GitHub Actions shows beside the lines
// of a pull request.
type GitHub struct{}

// Format writes the findings.
func (GitHub) Format(w io.Writer, r lint.Report) error {
	b := bufio.NewWriter(w)
	for _, d := range r.Diagnostics {
		fmt.Fprintf(b, "::%s file=%s", d.Severity, property(d.File))
		if d.Line > 0 {
			fmt.Fprintf(b, ",line=%d,endLine=%d,col=%d,endColumn=%d", d.Line, max(d.Line, d.EndLine), d.Column, d.EndColumn)
		}
		message := d.Message.En
		if !d.Help.IsZero() {
			message += "\n" + d.Help.En
		}
		fmt.Fprintf(b, ",title=%s::%s\n", property(d.Rule), data(message))
	}
	return b.Flush()
}

// data escapes the message of a workflow command. A line break would end the
// command and let untrusted text start another.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(sanitize.Block(s))
}

// property escapes a value before the "::" of a workflow command.
func property(s string) string {
	return strings.NewReplacer("%", "%25", ":", "%3A", ",", "%2C").Replace(sanitize.Line(s))
}

// where is "file:line:column", cleaned to begin a line with. A line that begins
// with "::", blanks before it not counted, is a command to GitHub Actions.
func where(p lint.Place) string {
	file := sanitize.Line(p.File)
	if strings.HasPrefix(strings.TrimSpace(file), "::") {
		file = "./" + file
	}
	switch {
	case p.Line == 0:
		return file
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", file, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Column)
	}
}
