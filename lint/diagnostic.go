package lint

import (
	"cmp"
	"strings"

	"wxcloud/config"
)

// Severity is how much a finding matters. Only errors change the exit code.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // the function fails when this is deployed
	Warning Severity = "warning" // worth changing; nothing is known to fail
	Notice  Severity = "notice"  // what lint could not see, or what is good to know
	Off     Severity = "off"     // no severity of a finding: the rule is not applied
)

// Place is a range in a file. File is a slash path relative to the report's
// root. Lines and columns count from 1, columns in UTF-16 units; the end is the
// place after the last unit. Line 0 means the whole file.
type Place struct {
	File               string
	Line, Column       int
	EndLine, EndColumn int
}

func (p Place) compare(q Place) int {
	return cmp.Or(
		strings.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(p.Column, q.Column),
		cmp.Compare(p.EndLine, q.EndLine),
		cmp.Compare(p.EndColumn, q.EndColumn),
	)
}

// Diagnostic is one finding. A rule sets API, Place, Message, Help, Fix, and
// Severity where it differs from the rule's own; Analyze sets the rest.
type Diagnostic struct {
	Rule     string
	Severity Severity
	Function string // name of the cloud function
	API      string // the interface it is about, or ""
	Place
	Message Words   // one sentence without a full stop
	Help    Words   // what to do, often a command to paste; may be zero
	Fix     *Repair // nil when there is nothing that can be changed safely
}

// Repair is a change of one file that resolves one finding. Facts makes them. Its
// Edits stand alone: after applying one repair, the offsets of the others are out
// of date. The function Fix makes them all in one go.
type Repair struct {
	Description Words
	File        string     // slash path relative to the report's root; it need not exist
	Edits       []TextEdit // in the order of the file, not overlapping
	// What the edits do to permissions.openapi, when File is a config.json.
	Declare []string
	Remove  []config.Declared
	Rename  []config.Renaming

	path string // of the file on disk
}

// TextEdit replaces the bytes from Start up to End with Text. In a file that does
// not exist both are 0.
type TextEdit struct {
	Start, End int
	Text       string
}

func (d Diagnostic) compare(e Diagnostic) int {
	return cmp.Or(
		strings.Compare(d.Function, e.Function),
		d.Place.compare(e.Place),
		strings.Compare(d.Rule, e.Rule),
		strings.Compare(d.API, e.API),
		strings.Compare(d.Message.En, e.Message.En),
	)
}
