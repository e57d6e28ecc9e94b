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

// Options are what the forms depend on besides the report. The zero value is
// English without colour.
type Options struct {
	Lang    lint.Lang // text only: machine output is never translated
	Paint   Painter   // text only; nil: no colour
	Width   int       // text only: of the terminal in columns; 0: none, lines may be long
	Version string    // of wxcloud, "" if nobody knows
}

// Names lists the formats New knows.
func Names() []string {
	return []string{"text", "json", "sarif", "github", "gitlab", "junit", "unix"}
}

// New returns the formatter with the given name.
func New(name string, o Options) (Formatter, bool) {
	switch name {
	case "text":
		return Text{o}, true
	case "json":
		return JSON{}, true
	case "sarif":
		return SARIF{Version: o.Version}, true
	case "github":
		return GitHub{}, true
	case "gitlab":
		return GitLab{}, true
	case "junit":
		return JUnit{}, true
	case "unix":
		return Unix{}, true
	default:
		return nil, false
	}
}
