package config

import (
	"os"
	"path/filepath"

	"wxcloud/internal/clierr"
)

// LoadFolder reads what a path stands for without looking above it: a project, a
// folder of functions, or one function. For the last two Dir is the folder itself,
// Source and AppID are empty.
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
		return nil, clierr.New("config/not-a-folder", clierr.Usage, clierr.Args{"folder": dir})
	}
	if isFile(dir, ProjectFile) || isFile(dir, SettingsFile) || isFile(dir, CloudbaseFile) {
		return open(dir, Options{}, dir)
	}
	// A folder of functions may have a package.json for its tools, and a function
	// may have folders that look like functions; an entry or config.json decides.
	// A config.json alone may also be one that was put beside the functions.
	pack := readPackage(dir)
	isFunction := entry(dir, pack.Main) != "" || isFile(dir, FunctionFile) && (pack.Exists || !holdsFunctions(dir))
	if !isFunction && !holdsFunctions(dir) {
		if !pack.Exists {
			return nil, clierr.New("config/no-functions", clierr.Local, clierr.Args{"folder": dir}).
				Hint("config/hint-lint-path", nil)
		}
		isFunction = true
	}
	if isFunction {
		return &Project{Dir: dir, Root: filepath.Dir(dir), Functions: []Function{readFunction(dir)}}, nil
	}
	p := &Project{Dir: dir, Root: dir}
	p.Functions, p.Skipped, err = readFunctions(dir)
	if err != nil {
		return nil, err
	}
	p.noteMisplaced()
	return p, nil
}
