// Package report prints a lint report: for a person, or in the form a machine
// expects. A formatter only arranges what the report holds; it does not sort,
// filter, judge, or know any rule.
package report

import (
	"io"

	"wxcloud/lint"
)

// Formatter writes a report in one form.
type Formatter interface {
	Format(w io.Writer, r lint.Report) error
}

// Names lists the formats New knows.
func Names() []string { return []string{"text", "json", "github", "unix"} }

// New returns the formatter with the given name. Only text looks at the options:
// machine output is never translated or coloured.
func New(name string, o TextOptions) (Formatter, bool) {
	switch name {
	case "text":
		return Text{o}, true
	case "json":
		return JSON{}, true
	case "github":
		return GitHub{}, true
	case "unix":
		return Unix{}, true
	default:
		return nil, false
	}
}
