package cmd

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/internal/atomicfile"
	"wxcloud/internal/clierr"
	"wxcloud/lint"
)

// maxObsolete is how many obsolete entries of a baseline are named.
const maxObsolete = 5

// readBaseline reads the run's baseline. One that is about to be written need not
// exist, and what is in it is kept where the run does not look.
func (a *app) readBaseline(run *lintRun, written string) error {
	if written != "" {
		run.baseline = a.absolute(written)
	}
	if run.baseline == "" {
		return nil
	}
	at := clierr.Position{File: run.baseline}
	data, err := os.ReadFile(run.baseline)
	switch {
	case errors.Is(err, fs.ErrNotExist) && written != "":
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return clierr.New("cmd/no-baseline", clierr.Local, nil).In(at).
			Hint("cmd/hint-run", clierr.Args{"command": "wxcloud lint --write-baseline " + shellQuote(a.relative(run.baseline))})
	case err != nil:
		return clierr.New("cmd/unreadable", clierr.Local, nil).In(at).Because(err)
	}
	baseline, err := lint.ReadBaseline(run.baseline, data)
	var e *clierr.Error
	if errors.As(err, &e) {
		e.At.File = run.baseline
		return e
	}
	run.options.Baseline = baseline
	return err
}

// writeBaseline records what is found, and returns the report without it.
func (a *app) writeBaseline(r lint.Report, run lintRun, path string) (lint.Report, error) {
	baseline := lint.NewBaseline(path, r, run.options.Baseline, run.options)
	data, err := baseline.Encode()
	if err != nil {
		return r, err
	}
	if err := atomicfile.Write(path, data, 0o644); err != nil {
		return r, unwritable(path, err)
	}
	a.say(text.LintBaselineWritten, "n", strconv.Itoa(baseline.Len()), "file", a.relative(path))
	return r.Hide(baseline, run.options), nil
}

// sayBaseline tells what the baseline hides, and what it holds for nothing.
func (a *app) sayBaseline(r lint.Report, run lintRun) {
	if r.Baseline.Hidden > 0 {
		a.say(text.LintBaselineHides, "n", strconv.Itoa(r.Baseline.Hidden), "file", a.relative(run.baseline))
	}
	if len(r.Baseline.Obsolete) == 0 {
		return
	}
	var names []string
	for i, e := range r.Baseline.Obsolete {
		if i == maxObsolete {
			names = append(names, "…")
			break
		}
		names = append(names, strings.TrimSpace(e.Rule+" "+e.API)+" ("+e.File+")")
	}
	a.say(text.LintBaselineObsolete, "n", strconv.Itoa(len(r.Baseline.Obsolete)), "file", a.relative(run.baseline),
		"entries", strings.Join(names, ", "), "command", "wxcloud lint --write-baseline "+shellQuote(a.relative(run.baseline)))
}
