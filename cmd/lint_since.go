package cmd

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/lint"
)

// lintSince keeps the functions that were touched since a git revision: by a
// commit on this side of where the branches parted, by what is staged or not, or
// by files git does not know yet. A change of the project's own settings touches
// all of them.
func (a *app) lintSince(ctx context.Context, run *lintRun, ref string) error {
	dir := run.project.Root
	if len(run.functions) == 1 {
		dir = run.functions[0].Dir
	}
	files, err := touchedFiles(ctx, dir, ref)
	if err != nil {
		return err
	}
	for _, name := range []string{config.SettingsFile, config.ProjectFile, config.CloudbaseFile} {
		if files[filepath.Join(realPath(run.project.Dir), name)] || name == config.SettingsFile && files[realPath(run.project.Settings.Path)] {
			return nil
		}
	}
	touched := withFolders(files)
	run.options.Partial = true
	run.options.Keep = func(fn lint.Facts) bool {
		return touches(touched, fn.Function) || loadsAny(fn, realPath(fn.Function.Dir), files)
	}
	return nil
}

// withFolders adds to files the folders they are in.
func withFolders(files map[string]bool) map[string]bool {
	all := map[string]bool{}
	for file := range files {
		all[file] = true
		for dir := filepath.Dir(file); !all[dir]; dir = filepath.Dir(dir) {
			all[dir] = true
		}
	}
	return all
}

// touches reports whether something of a function is among the touched files and
// folders: in its folder, in what is copied into it, or its declarations where
// they stand in the sources of a built function.
func touches(touched map[string]bool, f config.Function) bool {
	return touched[realPath(f.Dir)] || touched[realPath(f.Config.Path)] ||
		slices.ContainsFunc(f.Copies, func(c config.Copied) bool { return touched[realPath(c.From)] })
}

// loadsAny reports whether a function loads one of the files from outside its
// folder dir, or would if the file were still there.
func loadsAny(fn lint.Facts, dir string, files map[string]bool) bool {
	for i := range fn.Code.Files {
		if path := fn.Code.Files[i].Path; strings.HasPrefix(path, "../") && files[realPath(filepath.Join(dir, filepath.FromSlash(path)))] {
			return true
		}
	}
	for i := range fn.Code.Missing {
		m := &fn.Code.Missing[i]
		path := realPath(filepath.Join(dir, filepath.Dir(filepath.FromSlash(m.File)), filepath.FromSlash(m.Request)))
		for _, end := range []string{"", ".js", ".json", ".cjs", ".mjs", ".ts", "/index.js", "/index.ts"} {
			if files[path+filepath.FromSlash(end)] {
				return true
			}
		}
	}
	return false
}

// touchedFiles are the absolute paths, without symbolic links, of the files in
// the repository of dir that differ from ref or from where this branch left it.
func touchedFiles(ctx context.Context, dir, ref string) (map[string]bool, error) {
	git := func(args ...string) (string, error) {
		command := exec.CommandContext(ctx, "git", args...)
		command.Dir = dir
		out, err := command.Output()
		return string(out), err
	}
	top, err := git("rev-parse", "--show-toplevel")
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return nil, clierr.New("cmd/no-git", clierr.Local, nil)
	case err != nil:
		return nil, clierr.New("cmd/no-repository", clierr.Local, clierr.Args{"folder": dir}).Because(gitError(err))
	}
	root := realPath(filepath.FromSlash(strings.TrimRight(top, "\r\n")))
	commit, err := git("rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}")
	if err != nil {
		return nil, clierr.New("cmd/unknown-ref", clierr.Usage, clierr.Args{"ref": ref}).Hint("cmd/hint-shallow", nil)
	}
	commit = strings.TrimSpace(commit)
	// Without a common ancestor (a shallow clone) the revision itself is compared.
	if base, err := git("merge-base", commit, "HEAD"); err == nil && strings.TrimSpace(base) != "" {
		commit = strings.TrimSpace(base)
	}
	files := map[string]bool{}
	for _, args := range [][]string{
		{"-C", root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--ignore-submodules", "-z", commit, "--"},
		{"-C", root, "ls-files", "--others", "--exclude-standard", "-z"},
	} {
		out, err := git(args...)
		if err != nil {
			return nil, clierr.New("cmd/git-failed", clierr.Local, clierr.Args{"command": "git " + args[2]}).Because(gitError(err))
		}
		for name := range strings.SplitSeq(out, "\x00") {
			if name != "" {
				files[filepath.Join(root, filepath.FromSlash(name))] = true
			}
		}
	}
	return files, nil
}

// gitError is what git itself said.
func gitError(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return errors.New(strings.TrimSpace(string(exit.Stderr)))
	}
	return err
}
