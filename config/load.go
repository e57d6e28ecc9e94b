package config

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"wxcloud/internal/clierr"
	"wxcloud/internal/rawfile"
)

// LoadFolder reads what a path stands for: a project, a folder of functions, or
// one function; a file, or a folder without any function, inside of a function
// stands for that function. Except for a project Dir is the folder itself, RootFrom
// and AppID are empty, and Settings are those of the project around it. Functions
// may be empty.
func LoadFolder(path string) (*Project, error) {
	dir, err := filepath.Abs(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	info, err := os.Stat(dir)
	switch {
	case os.IsNotExist(err):
		return nil, clierr.New("config/no-folder", clierr.NotFound, clierr.Args{"folder": dir})
	case err != nil:
		return nil, unreadable(dir, err)
	case !info.IsDir():
		function := functionAround(dir)
		if parent := filepath.Dir(dir); function == "" && entry(unlisted(parent), "") != "" {
			function = parent
		}
		if function == "" {
			return nil, clierr.New("config/not-a-folder", clierr.Usage, clierr.Args{"folder": dir})
		}
		return loadPart(function)
	case isFile(dir, ProjectFile) || isFile(dir, SettingsFile) || isFile(dir, CloudbaseFile):
		return open(dir, Options{}, dir)
	default:
		return loadPart(dir)
	}
}

// loadPart reads a folder that is no project.
func loadPart(dir string) (*Project, error) {
	p := &Project{Dir: dir, Root: dir}
	// A folder of functions may have a package.json for its tools, and a function
	// may have folders that look like functions; an entry or config.json decides.
	// A config.json alone may also be one that was put beside the functions.
	pack := readPackage(unlisted(dir))
	isFunction := entry(unlisted(dir), pack.Main) != "" || isFile(dir, FunctionFile) && (pack.Exists || !standsBesideFunctions(dir))
	if isFunction && !pack.Exists && !isFile(dir, FunctionFile) { // by its entry alone
		around := functionAround(dir)
		switch {
		case holdsFunctionsBeside(dir, entryOf(dir)):
			isFunction = false
		case around != "" && isFile(around, FunctionFile) && !holdsFunctionsBeside(around, entryOf(around)):
			p.Dir = around
		}
	}
	if !isFunction && !holdsFunctions(dir) {
		if around := functionAround(dir); around != "" {
			p.Dir, isFunction = around, true
		} else {
			isFunction = pack.Exists
		}
	}
	var err error
	if project := above(p.Dir); project != "" {
		if p.Settings, _, err = readSettings(project); err != nil {
			return nil, err
		}
	}
	if isFunction {
		p.Root, p.Functions = filepath.Dir(p.Dir), []Function{readFunction(p.Dir, &rawfile.Reader{})}
		p.Settings.Exclude = nil // who names a function wants it
		p.applySettings()
		return p, nil
	}
	p.Functions, p.Skipped, err = readFunctions(dir)
	if err != nil {
		return nil, err
	}
	p.noteMisplaced()
	p.applySettings()
	return p, nil
}

// entryOf is the entry of the function in dir, or "".
func entryOf(dir string) string { return entry(unlisted(dir), readPackage(unlisted(dir)).Main) }

// holdsFunctionsBeside reports whether folders of dir are functions for sure and
// no part of what the file main loads: then main is a tool that lies with them.
func holdsFunctionsBeside(dir, main string) bool {
	children, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	var source []byte
	if main != "" {
		source, _, _ = readText(filepath.Join(dir, filepath.FromSlash(main))) // unread, it loads nothing
	}
	for _, child := range children {
		sub := filepath.Join(dir, child.Name())
		if outerReason(dir, child) != "" || bytes.Contains(source, []byte("./"+child.Name())) {
			continue
		}
		if (isFile(sub, "package.json") || isFile(sub, FunctionFile)) && entryOf(sub) != "" {
			return true
		}
	}
	return false
}

// functionAround is the nearest folder above path that is a function for sure,
// because it has both a file to load and one that only functions have; "" when
// there is none inside the project or repository.
func functionAround(path string) string {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		_, noRepository := os.Stat(filepath.Join(dir, ".git"))
		if filepath.Dir(dir) == dir || noRepository == nil || isFile(dir, ProjectFile) || isFile(dir, SettingsFile) {
			return ""
		}
		installed := strings.Contains(filepath.ToSlash(dir), "/node_modules/")
		if !installed && (isFile(dir, FunctionFile) || isFile(dir, "package.json")) && entryOf(dir) != "" {
			return dir
		}
	}
}
