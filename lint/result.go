package lint

import (
	"os"
	"path/filepath"
	"slices"

	"wxcloud/internal/clierr"
)

// Report is the outcome of one run: sorted, and the same for the same files
// however many functions were read at once.
type Report struct {
	Root        string // the folder as it was given; files are relative to it
	Functions   []Function
	Diagnostics []Diagnostic
	Suppressed  []Suppressed // found and not reported; nothing counts them
	Rules       []Info       // the rules that ran, by id
	Summary     Summary
	Baseline    Matching // how Options.Baseline fitted

	// TooManyWarnings says that whoever asked for the report allows fewer.
	TooManyWarnings bool

	here string // the working directory, "" if nobody knows
	base string
	read func(string) ([]byte, error)
}

// Function is what the code and the config.json of one function say.
type Function struct {
	Name     string
	Dir      string   // slash path relative to the report's root
	Entry    string   // slash path relative to Dir, "" when there is none
	Declared []string // in the order of config.json
	Calls    []Call
	Dynamic  []Dynamic
}

// Call is one place that calls an open interface. Via says how it was found:
// "direct", "alias", "wrapper" or "constant".
type Call struct {
	API string
	Place
	Via string
}

// Dynamic is a call whose interface is only known when it runs.
type Dynamic struct {
	Place
	Expression string
}

// Summary counts. Fixable is the number of findings that carry a fix.
type Summary struct {
	Functions, Calls          int
	Errors, Warnings, Notices int
	Fixable                   int
}

// Suppressed is a finding that a comment beside it disables, or, External, a list
// in another file.
type Suppressed struct {
	Diagnostic
	External bool
	// InBaseline says that the list is the baseline; the others give reasons.
	InBaseline bool
	Reason     string // as written there
}

// FromHere is the working directory of the run and the slash path from there to
// the folder the files are relative to. Where that is not inside of it, dir is the
// folder itself; in a report that Analyze did not make, nothing is known.
func (r Report) FromHere() (dir, prefix string, inside bool) {
	if r.here != "" {
		if prefix = relative(r.here, r.base); filepath.IsLocal(filepath.FromSlash(prefix)) {
			return r.here, prefix, true
		}
	}
	return r.base, "", false
}

// ExitCode is Failed when there is a finding of severity error or there are too
// many warnings, else OK.
func (r Report) ExitCode() clierr.Exit {
	if r.Summary.Errors > 0 || r.TooManyWarnings {
		return clierr.Failed
	}
	return clierr.OK
}

// ReadFile reads a file the report names, for a formatter that quotes it.
func (r Report) ReadFile(file string) ([]byte, error) {
	read := r.read
	if read == nil {
		read = os.ReadFile
	}
	return read(filepath.Join(r.base, filepath.FromSlash(file)))
}

// Count adds a finding.
func (s *Summary) Count(severity Severity) {
	switch severity {
	case Error:
		s.Errors++
	case Warning:
		s.Warnings++
	default:
		s.Notices++
	}
}

// finish sorts what is suppressed and counts what is not.
func (r *Report) finish() {
	slices.SortStableFunc(r.Suppressed, func(a, b Suppressed) int { return a.compare(b.Diagnostic) })
	s := Summary{Functions: len(r.Functions)}
	for i := range r.Functions {
		s.Calls += len(r.Functions[i].Calls)
	}
	for i := range r.Diagnostics {
		s.Count(r.Diagnostics[i].Severity)
		if r.Diagnostics[i].Fix != nil {
			s.Fixable++
		}
	}
	r.Summary = s
}
