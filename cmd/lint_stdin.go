package cmd

import (
	"context"
	"os"
	"path/filepath"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

// stdinRun is about the one function that the file named by --stdin-filename
// belongs to, with the text from standard input in the file's place.
func (a *app) stdinRun(ctx context.Context, path, name string) (lintRun, error) {
	file := a.absolute(path)
	if path == "" {
		file = a.dir
	}
	switch {
	case filepath.IsAbs(name):
		file = filepath.Clean(name)
	case name == "":
		file = filepath.Join(file, "index.js")
	default:
		file = filepath.Join(file, name)
	}
	run, err := a.stdinFunction(path, file)
	if err != nil {
		return run, err
	}
	text, err := a.readInput(ctx)
	if err != nil {
		return run, err
	}
	fn := &run.functions[0]
	rel, err := filepath.Rel(realPath(fn.Dir), realPath(file))
	if err != nil || !filepath.IsLocal(rel) {
		return run, noStdinFunction(a.relative(file))
	}
	switch {
	case rel == config.FunctionFile:
		*fn = fn.WithConfig(text)
	case name == "" && fn.Entry != "":
		rel = fn.Entry
	case fn.Entry == "" && (rel == "index.js" || rel == "index.ts"):
		fn.Entry = rel // it is not saved yet
	}
	file = filepath.Join(fn.Dir, rel)
	run.options.ReadFile = func(path string) ([]byte, error) {
		if path == file {
			return text, nil
		}
		return os.ReadFile(path)
	}
	return run, nil
}

// stdinFunction finds the function of a file, which need not exist yet.
func (a *app) stdinFunction(path, file string) (lintRun, error) {
	run, err := a.pathRun(path)
	if path == "" && clierr.Is(err, "config/no-project") {
		run, err = a.pathRun(filepath.Dir(file))
	}
	if err != nil {
		return run, err
	}
	fn, ok := standingIn(run.project, filepath.Dir(file))
	if !ok {
		return run, noStdinFunction(a.relative(file))
	}
	run.functions, run.options.Partial = []config.Function{fn}, true
	return run, nil
}

func noStdinFunction(file string) error {
	return clierr.New("cmd/stdin-no-function", clierr.NotFound, clierr.Args{"file": file}).Hint("cmd/hint-stdin-filename", nil)
}

// realPath is path without symbolic links, as far as it exists.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if filepath.Dir(path) == path {
		return path
	}
	return filepath.Join(realPath(filepath.Dir(path)), filepath.Base(path))
}
