package cmd

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/internal/diff"
	"wxcloud/lint"
	"wxcloud/lint/rules"
)

// lintFix makes every fix and writes the files. The report is of what is left.
func (a *app) lintFix(ctx context.Context, run lintRun) (lint.Report, error) {
	fixed, err := lint.Fix(ctx, run.functions, rules.All(), run.options)
	if err != nil {
		return lint.Report{}, err
	}
	if err := writable(ctx, fixed.Changes); err != nil {
		return fixed.Left, err
	}
	for _, c := range fixed.Changes {
		if err := c.Apply(); err != nil {
			return fixed.Left, err
		}
		for _, words := range c.Fixes {
			a.say(text.LintFixed, "fix", words.In(lint.Lang(a.lang)), "file", a.relative(c.Path))
		}
	}
	return fixed.Left, nil
}

// writable makes sure, before the first file is written, that all are the user's
// own and unchanged.
func writable(ctx context.Context, changes []lint.Change) error {
	for _, c := range changes {
		if err := refuseGenerated(ctx, c.Path); err != nil {
			return err
		}
		if err := c.Check(); err != nil {
			return err
		}
	}
	return nil
}

// lintDryRun prints what lintFix would change, in the place of the text on
// stdout. What lintFix refuses it refuses too. The report is of the files as they
// are, and lists the fixes.
func (a *app) lintDryRun(ctx context.Context, run lintRun, outputs []lintOutput) (lint.Report, error) {
	fixed, err := lint.Fix(ctx, run.functions, rules.All(), run.options)
	if err != nil {
		return lint.Report{}, err
	}
	if err := writable(ctx, fixed.Changes); err != nil {
		return fixed.Found, err
	}
	for i := range outputs {
		if outputs[i].file != "" || outputs[i].format != "text" {
			continue
		}
		outputs[i].drop = true
		for _, c := range fixed.Changes {
			a.printf("%s", a.painted(diff.Unified(a.patchName(c.Path), c.Before, c.After)))
		}
		left := fixed.Left.Summary
		a.say(text.LintWouldFix, "files", strconv.Itoa(len(fixed.Changes)),
			"errors", strconv.Itoa(left.Errors), "warnings", strconv.Itoa(left.Warnings), "notices", strconv.Itoa(left.Notices))
	}
	return fixed.Found, nil
}

// patchName is the name of a file in a patch: git apply counts from the top of
// the repository wherever it is run, and outside of one from the working folder.
func (a *app) patchName(path string) string {
	base := realPath(a.dir)
	for dir := base; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			base = dir
			break
		}
	}
	folder := realPath(filepath.Dir(path))
	rel, err := filepath.Rel(base, filepath.Join(folder, filepath.Base(path)))
	if err != nil {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(rel)
}

// painted colours a patch for a terminal; elsewhere it stays as it is.
func (a *app) painted(patch []byte) string {
	theme := a.io.OutTheme()
	if !a.io.OutTerminal() {
		return string(patch)
	}
	var b strings.Builder
	for line := range strings.Lines(string(patch)) {
		text, end := strings.TrimSuffix(line, "\n"), "\n"
		switch {
		case strings.HasPrefix(text, "+++"), strings.HasPrefix(text, "---"), strings.HasPrefix(text, "diff "):
			text = theme.Bold(text)
		case strings.HasPrefix(text, "+"):
			text = theme.Green(text)
		case strings.HasPrefix(text, "-"):
			text = theme.Red(text)
		case strings.HasPrefix(text, "@@"):
			text = theme.Cyan(text)
		}
		b.WriteString(text + end)
	}
	return b.String()
}
