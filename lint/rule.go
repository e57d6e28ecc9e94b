package lint

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/lint/js"
)

// Rule looks at one function and reports what it finds. Check runs for many
// functions at once, so a rule keeps nothing between calls.
type Rule interface {
	Info() Info
	Check(fn Facts, report func(Diagnostic))
}

// Info is what a rule says about itself; docs/rules is made from it.
type Info struct {
	ID       string   // as printed after a finding, for example "undeclared-api"
	Severity Severity // of its findings unless one says otherwise
	Title    Words    // one line
	What     Words    // what it finds, in full sentences
	Why      Words    // what happens in the cloud otherwise
	Remedy   Words    // how to resolve a finding
	Bad      []File   // a function with this finding
	Good     []File   // the same function put right
}

// File is a file of an example, its name relative to the function's folder.
type File struct{ Name, Text string }

// Facts is everything a rule may know about one function.
type Facts struct {
	Function config.Function
	Code     js.Result
	Dir      string // the function's folder, a slash path relative to the report's root

	styles   []config.Function // whose config.json shows how a new one is written here
	files    *files
	sentence func(clierr.ID) (Words, bool)
}

// InCode turns a range found by lint/js into a place of the report.
func (f Facts) InCode(s js.Span) Place {
	return Place{
		File: path.Join(f.Dir, s.File),
		Line: s.Line, Column: s.Column, EndLine: s.EndLine, EndColumn: s.EndColumn,
	}
}

// ConfigFile is where the function's config.json is or would be.
func (f Facts) ConfigFile() string {
	rel, err := filepath.Rel(f.Function.Dir, f.Function.Config.Path)
	if err != nil || f.Function.Config.Path == "" {
		return path.Join(f.Dir, config.FunctionFile)
	}
	return path.Join(f.Dir, filepath.ToSlash(rel))
}

// InConfig is the place of a declared name.
func (f Facts) InConfig(d config.Declared) Place {
	return Place{
		File: f.ConfigFile(),
		Line: d.Line, Column: d.Column, EndLine: d.Line, EndColumn: d.EndColumn,
	}
}

// Source is the text of a code file, named as lint/js names it, for a rule that
// must see what stands around a range. The answer must not be changed.
func (f Facts) Source(file string) ([]byte, error) {
	text, exists, err := f.files.read(filepath.Join(f.Function.Dir, filepath.FromSlash(file)))
	if err == nil && !exists {
		err = fs.ErrNotExist
	}
	return text, err
}

// ConfigUnreadable reports whether config.json could not be parsed, so that
// nothing can be said of what it declares. One that is JSON of the wrong shape
// declares nothing, which is an answer.
func (f Facts) ConfigUnreadable() bool {
	for _, p := range f.Function.Config.Problems {
		if p.Fatal && p.ID != "config/not-an-object" {
			return true
		}
	}
	return false
}

// CodeIncomplete reports whether the function may call interfaces that are not
// in Code.Calls: a call or a load whose name is only known when it runs, a file
// that could not be parsed or is not there, values that were not followed to the
// end, or no entry file at all.
func (f Facts) CodeIncomplete() bool {
	if f.Function.Entry == "" || f.Code.Incomplete || len(f.Code.Files) == 0 || len(f.Code.Dynamic) > 0 || len(f.Code.Unresolved) > 0 {
		return true
	}
	for i := range f.Code.Missing {
		if !f.Code.Missing[i].Optional {
			return true
		}
	}
	for i := range f.Code.Files {
		if len(f.Code.Files[i].Errors) > 0 {
			return true
		}
	}
	return false
}

// Say returns the sentence of a problem that another room found. The id and the
// arguments stand in for a sentence nobody supplied.
func (f Facts) Say(id clierr.ID, args clierr.Args) Words {
	if f.sentence != nil {
		if w, ok := f.sentence(id); ok {
			pairs := make([]string, 0, 2*len(args))
			for name, value := range args {
				pairs = append(pairs, name, value)
			}
			return w.With(pairs...)
		}
	}
	text := strings.TrimSpace(clierr.New(id, clierr.Failed, args).Error())
	return Words{En: text, Zh: text}
}
