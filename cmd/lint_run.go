package cmd

import (
	"context"
	"path/filepath"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/lint"
)

// lintRun is what one run of lint looks at, and how.
type lintRun struct {
	project   *config.Project
	functions []config.Function
	root      lintRoot
	options   lint.Options
	baseline  string // the baseline's file, "" without one
}

func (a *app) newLintRun(p *config.Project, functions []config.Function, root lintRoot) lintRun {
	return lintRun{project: p, functions: functions, root: root, options: a.lintOptionsAt(root)}
}

// lintRun finds the functions and gathers what flags and wxcloud.json ask for.
func (a *app) lintRun(ctx context.Context, path string, f lintFlags) (lintRun, error) {
	var run lintRun
	var err error
	if f.stdin {
		run, err = a.stdinRun(ctx, path, f.stdinFile)
	} else {
		run, err = a.pathRun(path)
	}
	if err != nil {
		return run, err
	}
	if err := a.lintSettings(&run, f); err != nil {
		return run, err
	}
	if f.since != "" {
		if err := a.lintSince(ctx, &run, f.since); err != nil {
			return run, err
		}
	}
	if len(run.functions) == 0 && !a.flags.json {
		a.warn(text.LintNoFunctions, "folder", run.root.given)
	}
	return run, nil
}

// pathRun is about the project of the working directory, or what PATH is: a
// project, a cloud function root, or one function folder.
func (a *app) pathRun(path string) (lintRun, error) {
	if path == "" {
		p, err := a.project()
		if err != nil {
			return lintRun{}, err
		}
		return a.newLintRun(p, p.Functions, a.projectRoot(p)), nil
	}
	dir := a.absolute(path)
	p, err := config.LoadFolder(dir)
	if err != nil {
		return lintRun{}, err
	}
	root := lintRoot{filepath.ToSlash(path), dir}
	if p.Dir != dir { // PATH is something inside of a function
		root = a.projectRoot(p)
	}
	run := a.newLintRun(p, p.Functions, root)
	run.options.Partial = len(p.Functions) == 1 && p.Functions[0].Dir == p.Dir
	return run, nil
}
