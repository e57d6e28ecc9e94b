package config

import "slices"

// Function is a cloud function: a folder below the project's root.
type Function struct {
	Name, Dir string
	// Entry is the file whose code is the function's, as a slash path relative to
	// Dir, or "" if there is none. The cloud's handler is index.main: where main
	// names another file beside an index, Package.Problems says so.
	Entry   string
	Package Package
	Config  FunctionConfig
	Copies  []Copied // what is packed into it from elsewhere
	// Keep are the interfaces that stay declared although no call is seen, in
	// whatever environment: a function has one config.json for all.
	Keep []string
}

// Package is what a function's package.json says.
type Package struct {
	Exists       bool
	Path         string // where it is or would be
	Main         string // as written, or ""
	Dependencies []Dependency
	Development  []Dependency // devDependencies, which a deployed function does not have
	Others       []Dependency // optionalDependencies and peerDependencies
	Locked       bool         // a package-lock.json or npm-shrinkwrap.json lies beside it
	Problems     []Problem
	Misplaced    []Misplaced // one at most
}

// Dependency is one entry of a package.json's dependencies. At is where the
// version stands.
type Dependency struct {
	Name, Version string
	At            Range
}

// Declares reports whether a package stands in the dependencies.
func (p Package) Declares(name string) bool {
	return slices.ContainsFunc(p.Dependencies, func(d Dependency) bool { return d.Name == name })
}

// FunctionConfig is what a function's config.json says. Of a function that is
// built, wxcloud.json may name the one it is built from; Path then is not in Dir.
type FunctionConfig struct {
	Path     string // where it is or would be
	Exists   bool
	Openapi  []Declared // in the order of the file, strings only
	Triggers []Trigger
	Problems []Problem
	// Misplaced are the lists outside the function's folder that were meant for
	// this function, or for all.
	Misplaced []Misplaced
}

// Declared is a name in permissions.openapi. Offset and End are the byte range
// of the JSON string with its quotes; columns count UTF-16 units from 1 and
// EndColumn is the one after the closing quote.
type Declared struct {
	Name                    string
	Line, Column, EndColumn int
	Offset, End             int
}

// Trigger is an entry of config.json's triggers. Config is a timer's cron text.
// One with a member of another type than string is a Problem instead. wxcloud.json
// may have triggers of the same kind.
type Trigger struct {
	Name, Type, Config       string
	Line, Column             int   // of the entry
	NameAt, TypeAt, ConfigAt Range // of the values
}

// Range is where a JSON string stands with its quotes, within one line. Line is 0
// where there is none.
type Range struct{ Line, Column, EndColumn int }

// SkipReason says why a child of the root is not a function.
type SkipReason string

// The reasons.
const (
	SkipFile    SkipReason = "file"         // not a folder
	SkipHidden  SkipReason = "hidden"       // starts with a dot
	SkipModules SkipReason = "node_modules" // npm's folder
	SkipMocks   SkipReason = "mocks"        // __mocks__ and __tests__, which belong to a test runner
	SkipLibrary SkipReason = "library"      // other functions load it
	SkipNoEntry SkipReason = "no-entry"     // nothing in it that the cloud could load
	// SkipExcluded is a function that wxcloud.json says is not deployed.
	SkipExcluded SkipReason = "excluded"
	SkipLink     SkipReason = "link" // a symbolic link to nothing, or to a folder that holds the root
)

// Skipped is a child of the root that is not a function.
type Skipped struct {
	Name, Dir string
	Reason    SkipReason
}

// Declares reports whether the function's config.json names the interface. Names
// are compared exactly, as the cloud does.
func (f Function) Declares(name string) bool {
	return slices.ContainsFunc(f.Config.Openapi, func(d Declared) bool { return d.Name == name })
}
