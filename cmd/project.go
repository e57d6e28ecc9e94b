package cmd

import (
	"context"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
	"wxcloud/internal/suggest"
)

// project finds the project of the working directory, or of --root.
func (a *app) project() (*config.Project, error) {
	return config.Find(config.Options{Start: a.dir, Root: a.flags.root, AppID: a.flags.appID})
}

// projectWithoutRoot is project for commands that need no functions yet: init
// makes the first, and a local cloud can run before there is one.
func (a *app) projectWithoutRoot() (*config.Project, error) {
	return config.Find(config.Options{Start: a.dir, Root: a.flags.root, AppID: a.flags.appID, AllowMissingRoot: true})
}

// functionNamed returns the functions that match the patterns ("notify",
// "order*"), in the project's order, each once. A pattern that matches nothing
// is an error that names the nearest function.
func functionNamed(p *config.Project, patterns []string) ([]config.Function, error) {
	chosen := make([]bool, len(p.Functions))
	for _, pattern := range patterns {
		hit := false
		for i := range p.Functions {
			if ok, err := path.Match(pattern, p.Functions[i].Name); err != nil {
				return nil, clierr.New("cmd/bad-pattern", clierr.Usage, clierr.Args{"pattern": pattern})
			} else if ok {
				chosen[i], hit = true, true
			}
		}
		if !hit {
			return nil, noSuchFunction(p, pattern)
		}
	}
	var functions []config.Function
	for i := range p.Functions {
		if chosen[i] {
			functions = append(functions, p.Functions[i])
		}
	}
	return functions, nil
}

func noSuchFunction(p *config.Project, name string) error {
	err := clierr.New("cmd/no-function", clierr.NotFound, clierr.Args{"function": name, "root": filepath.ToSlash(p.Root)})
	for _, s := range p.Skipped {
		if s.Name == name && s.Reason == config.SkipExcluded {
			return err.Hint("cmd/hint-excluded", clierr.Args{"name": name})
		}
		if s.Name == name {
			return err.Hint("cmd/hint-skipped", clierr.Args{"name": name, "reason": string(s.Reason)})
		}
	}
	names := functionNames(p.Functions)
	if near := suggest.Nearest(name, slices.Values(names), 1); len(near) > 0 {
		return err.Hint("cmd/hint-did-you-mean", clierr.Args{"name": near[0]})
	}
	if len(names) == 0 {
		return err.Hint("cmd/hint-init", nil)
	}
	return err.Hint("cmd/hint-functions", clierr.Args{"functions": strings.Join(names, ", ")})
}

// chooseFunctions chooses the function a command works on: the named ones, all, the
// one whose folder the user stands in, the only one there is; else it asks.
func (a *app) chooseFunctions(p *config.Project, patterns []string, all bool) ([]config.Function, error) {
	switch {
	case all && len(patterns) > 0:
		return nil, clierr.New("cmd/all-and-names", clierr.Usage, nil)
	case len(patterns) > 0:
		return functionNamed(p, patterns)
	case len(p.Functions) == 0:
		return nil, clierr.New("cmd/no-functions", clierr.NotFound, clierr.Args{"root": filepath.ToSlash(p.Root)}).Hint("cmd/hint-init", nil)
	case all:
		return p.Functions, nil
	}
	if f, ok := standingIn(p, a.dir); ok {
		return []config.Function{f}, nil
	}
	if len(p.Functions) == 1 {
		return p.Functions, nil
	}
	names := functionNames(p.Functions)
	if !a.mayAsk() {
		return nil, clierr.New("cmd/which-function", clierr.Usage, clierr.Args{"functions": strings.Join(names, ", ")}).
			Hint(a.hintNameFunction(names[0]))
	}
	picked, err := a.prompt.Select(prompt.Question{Text: a.t(text.AskFunction), Flag: "-f"}, labels(names), 0)
	if err != nil {
		return nil, err
	}
	return p.Functions[picked : picked+1], nil
}

// hintNameFunction says how the command that runs takes a function: behind a
// flag or as its argument.
func (a *app) hintNameFunction(example string) (clierr.ID, clierr.Args) {
	if a.ran == nil || a.ran.Flags().Lookup("function") != nil {
		return "cmd/hint-name-function", nil
	}
	return "cmd/hint-name-argument", clierr.Args{"command": a.ran.CommandPath() + " " + example}
}

// standingIn returns the function whose folder dir is, or is inside of.
func standingIn(p *config.Project, dir string) (config.Function, bool) {
	here, err := filepath.EvalSymlinks(dir)
	if err != nil {
		here = dir
	}
	for _, f := range p.Functions {
		there, err := filepath.EvalSymlinks(f.Dir)
		if err != nil {
			continue
		}
		if rel, err := filepath.Rel(there, here); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return f, true
		}
	}
	return config.Function{}, false
}

func functionNames(functions []config.Function) []string {
	names := make([]string, len(functions))
	for i, f := range functions {
		names[i] = f.Name
	}
	return names
}

// refuseGenerated protects what an edit would be lost in: the output of a build
// tool, whose next build overwrites it, and files that git ignores, which never
// reach anybody else.
func refuseGenerated(ctx context.Context, path string) error {
	tool, source, ok := config.GeneratedBy(filepath.Dir(path))
	if !ok {
		if !ignoredByGit(ctx, path) {
			return nil
		}
		return clierr.New("cmd/git-ignored", clierr.Local, nil).
			In(clierr.Position{File: path}).Hint("cmd/hint-git-ignored", nil).Hint("cmd/hint-name-source", nil)
	}
	return clierr.New("cmd/generated", clierr.Local, clierr.Args{"tool": tool}).
		In(clierr.Position{File: path}).
		Hint("cmd/hint-generated-source", clierr.Args{"source": filepath.ToSlash(source)}).Hint("cmd/hint-name-source", nil)
}

// ignoredByGit asks git itself. Without git, or outside a repository, nothing is.
func ignoredByGit(ctx context.Context, path string) bool {
	check := exec.CommandContext(ctx, "git", "check-ignore", "-q", "--", filepath.Base(path))
	check.Dir = filepath.Dir(path)
	return check.Run() == nil
}
