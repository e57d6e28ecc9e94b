package js

import (
	"io/fs"
	"slices"
	"strings"

	"wxcloud/internal/clierr"
)

// Input says which cloud function to read and how.
type Input struct {
	// Dir is the absolute folder of the function.
	Dir string
	// Entry is the entry file as a slash path relative to Dir. Empty means that
	// nobody knows it: then every top-level source file of Dir is an entry.
	Entry string
	// ReadFile reads a file by its absolute path; nil means os.ReadFile. The
	// answer is only read, and not kept after Analyze returns.
	ReadFile func(path string) ([]byte, error)
	// Copies are packed into the function's folder from elsewhere.
	Copies []Copy
	// Declared reports whether package.json declares a package: such packages are
	// not among Result.Packages. nil means that none is.
	Declared func(name string) bool
	// ReadDir lists a folder by its absolute path; nil means os.ReadDir.
	ReadDir func(path string) ([]fs.DirEntry, error)
	// Stop, once it is closed, ends the analysis soon: what it has found by then is
	// Incomplete. nil means that nobody stops it.
	Stop <-chan struct{}
}

// Result is what the code of one function does with the cloud's open interfaces.
// All lists are in a stable order: by file in order of loading, then by position.
type Result struct {
	// Files are the files the entry can load and that were read.
	Files []File
	// Calls are the open-API calls with a name that is known.
	Calls []Call
	// Uninvoked are calls in functions that provably nothing reachable refers to.
	// They are not among Calls.
	Uninvoked []Call
	// Dynamic are the open-API calls whose name depends on something only known at run time.
	Dynamic []Dynamic
	// Missing are relative requests that lead to no file.
	Missing []MissingModule
	// Outside are the files, relative to Dir ("../common/x.js"), that are loaded
	// although they do not stand in the function's folder, nor are copied there.
	Outside []string
	// Requests are the requests that reached a file, in order of appearance.
	Requests []Request
	// Packages are the requests of packages, neither relative nor Node's own, that
	// are not declared.
	Packages []Package
	// Directives are the comments that begin with "wxcloud-".
	Directives []Comment
	// Unresolved are loads of a module whose name is not known at all.
	Unresolved []Dynamic
	// UsesSDK reports that a loaded file asks for wx-server-sdk.
	UsesSDK bool
	// Initialised reports that a loaded file calls the SDK's init, or something of
	// that name which may be it.
	Initialised bool
	// Incomplete reports that the values of the program were not followed to the
	// end, because that would have taken too long.
	Incomplete bool
}

// IsOutside reports whether a file, named as in Files, is one of Outside.
func (r Result) IsOutside(file string) bool {
	return strings.HasPrefix(file, "../") && slices.Contains(r.Outside, file)
}

// File is one source file that was read.
type File struct {
	// Path is a slash path relative to Input.Dir. It begins with "../" where the
	// file stands outside, be it that it is copied.
	Path   string
	Errors []SyntaxError
}

// Via says how a call's name was found.
type Via string

// The ways to a name.
const (
	// Direct is cloud.openapi.a.b() on the variable the SDK was loaded into.
	Direct Via = "direct"
	// Alias is a call through another name: a copy, a parameter, a member, a destructured part.
	Alias Via = "alias"
	// Wrapper is a name given as a constant argument to a function of the user's own.
	Wrapper Via = "wrapper"
	// Constant is a name computed from constants at the place of the call.
	Constant Via = "constant"
)

// Span is a piece of a file. Start and End are byte offsets; lines and columns
// count from 1, columns in UTF-16 units as editors do.
type Span struct {
	File               string
	Start, End         int
	Line, Column       int
	EndLine, EndColumn int
}

// Call is one open-API call. Its span is the expression that is called, without
// the arguments; for Wrapper it is the one that is given the name.
type Call struct {
	API string
	Span
	Via Via
	// Segments are the names that end the callee and spell the end of API, first
	// to last: all of them in cloud.openapi.a.b(), one in category.b(), none where
	// the name is computed. Quotes are not part of them: replacing them renames the call.
	Segments []Span
	// Argument is the object literal handed to the interface, or nil: nothing is
	// handed over, or something whose members are not written at the call.
	Argument *Object
	// Dropped reports that the promise the call gives goes nowhere: nobody awaits
	// it, returns it, keeps it, or hands it on.
	Dropped bool
}

// Object is an object literal. Open means that it may have more members than
// Members: it holds a spread, a computed key or an accessor.
type Object struct {
	Span
	Members []Member
	Open    bool
}

// Member is a member of an object literal; Span is its key without quotes. Value is
// the object literal it holds, if it is one.
type Member struct {
	Name string
	Span
	Value *Object
}

// Dynamic is a call whose name is not known. Expression is its source text, cut
// to 80 characters.
type Dynamic struct {
	Span
	Expression string
}

// EndOfFile is what a SyntaxError says it found where the text ends. Everything
// else it says it found is source text.
const EndOfFile = "end of file"

// SyntaxError is a place where the source is not JavaScript or TypeScript.
type SyntaxError struct {
	Span
	ID   clierr.ID
	Args clierr.Args
}

// MissingModule is a relative request without a file. Optional means that it
// stands in a try block, Guarded that a condition about the environment decides
// whether it is loaded. OtherCase is the request that would reach a file whose
// path differs in upper and lower case only, or "".
type MissingModule struct {
	Span
	Request   string
	Optional  bool
	Guarded   bool
	OtherCase string
}

// Request is a request that reached a file of the user's own. Prefix means that
// only the beginning of the name is known, so that every file below it counts.
type Request struct {
	Span
	Request string
	File    string
	Prefix  bool
}

// Package is a request of a package, of wx-server-sdk too. Found means that a
// node_modules from the requesting file's folder up to the function's, or the
// function's own folder, holds it; Optional that it stands in a try block.
// Requests that packages themselves make are not listed.
type Package struct {
	Span
	Name     string // without the path behind it: "@scope/name"
	Found    bool
	Optional bool
	Guarded  bool // as of a MissingModule
}

// Comment is a comment. Its span has the marks, its text has neither them nor the
// blanks around. Line and EndLine differ for a block comment of several lines.
type Comment struct {
	Span
	Text string
}
