package cmd

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/lint"
	"wxcloud/lint/report"
	"wxcloud/lint/rules"
)

// lintRoot is the folder of a report: as the user typed it, and where it is.
type lintRoot struct{ given, dir string }

// lintFlags are the command's own.
type lintFlags struct {
	formats                 []string
	levels                  []string
	fix, dryRun             bool
	baseline, writeBaseline string
	since                   string
	maxWarnings             int
	stdin                   bool
	stdinFile               string
}

func (a *app) newLint() *cobra.Command {
	var f lintFlags
	c := a.command("lint [PATH] [--fix]", text.LintShort, text.LintLong, clierr.OK, clierr.Failed, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Example = "  wxcloud lint\n  wxcloud lint cloudfunctions/notify\n  wxcloud lint --fix-dry-run\n  wxcloud lint --format json .\n" +
		"  wxcloud lint --since origin/main --max-warnings 0\n  wxcloud lint --format sarif=lint.sarif --rule unused-permission=error"
	flags := c.Flags()
	flags.StringArrayVar(&f.formats, "format", nil, a.t(text.FlagLintFormat))
	flags.StringArrayVar(&f.levels, "rule", nil, a.t(text.FlagLintRule))
	flags.BoolVar(&f.fix, "fix", false, a.t(text.FlagLintFix))
	flags.BoolVar(&f.dryRun, "fix-dry-run", false, a.t(text.FlagLintDryRun))
	flags.StringVar(&f.baseline, "baseline", "", a.t(text.FlagLintBaseline))
	flags.StringVar(&f.writeBaseline, "write-baseline", "", a.t(text.FlagLintWriteBaseline))
	flags.StringVar(&f.since, "since", "", a.t(text.FlagLintSince))
	flags.IntVar(&f.maxWarnings, "max-warnings", -1, a.t(text.FlagLintMaxWarnings))
	flags.Lookup("max-warnings").DefValue = "0" // the help is not to show -1
	flags.BoolVar(&f.stdin, "stdin", false, a.t(text.FlagLintStdin))
	flags.StringVar(&f.stdinFile, "stdin-filename", "", a.t(text.FlagLintStdinFile))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(report.Names(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("rule", completeRuleLevel)
	c.Args = func(c *cobra.Command, args []string) error {
		if len(args) > 1 {
			return a.noArguments(c, args[1:])
		}
		return nil
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		path := ""
		if len(args) == 1 {
			path = args[0]
		}
		for _, name := range []string{"baseline", "write-baseline", "since"} {
			if flags.Changed(name) && flags.Lookup(name).Value.String() == "" { // a variable that is not set
				return clierr.New("cmd/empty-flag", clierr.Usage, clierr.Args{"flag": "--" + name})
			}
		}
		if flags.Changed("max-warnings") && f.maxWarnings < 0 {
			return clierr.New("cmd/bad-max-warnings", clierr.Usage, nil)
		}
		return a.lint(c.Context(), path, f)
	}
	return c
}

func (a *app) lint(ctx context.Context, path string, f lintFlags) error {
	outputs, err := a.lintOutputs(f.formats)
	if err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	run, err := a.lintRun(ctx, path, f)
	if err != nil {
		return err
	}
	var r lint.Report
	switch {
	case f.fix:
		r, err = a.lintFix(ctx, run)
	case f.dryRun:
		r, err = a.lintDryRun(ctx, run, outputs)
	default:
		r, err = lint.Analyze(ctx, run.functions, rules.All(), run.options)
	}
	if err != nil {
		return err
	}
	if f.writeBaseline != "" {
		if r, err = a.writeBaseline(r, run, a.absolute(f.writeBaseline)); err != nil {
			return err
		}
	}
	a.sayBaseline(r, run)
	r.TooManyWarnings = f.maxWarnings >= 0 && r.Summary.Warnings > f.maxWarnings
	if err := a.writeReport(r, outputs); err != nil {
		return err
	}
	a.exit = r.ExitCode()
	if r.TooManyWarnings {
		a.say(text.LintTooManyWarnings, "n", strconv.Itoa(r.Summary.Warnings), "max", strconv.Itoa(f.maxWarnings))
	}
	return nil
}

// check refuses flags that contradict each other.
func (f lintFlags) check() error {
	for _, pair := range []struct {
		both          bool
		first, second string
	}{
		{f.fix && f.dryRun, "--fix", "--fix-dry-run"},
		{f.fix && f.stdin, "--fix", "--stdin"},
		{f.dryRun && f.stdin, "--fix-dry-run", "--stdin"},
		{f.writeBaseline != "" && f.stdin, "--write-baseline", "--stdin"},
		{f.writeBaseline != "" && f.dryRun, "--write-baseline", "--fix-dry-run"},
		{f.since != "" && f.stdin, "--since", "--stdin"},
	} {
		if pair.both {
			return clierr.New("cmd/not-together", clierr.Usage, clierr.Args{"first": pair.first, "second": pair.second})
		}
	}
	if f.stdinFile != "" && !f.stdin {
		return clierr.New("cmd/only-with", clierr.Usage, clierr.Args{"flag": "--stdin-filename", "with": "--stdin"})
	}
	return nil
}

// analyze reads the functions' code for a command that asks what is called.
func (a *app) analyze(ctx context.Context, functions []config.Function, root lintRoot) (lint.Report, error) {
	return lint.Analyze(ctx, functions, rules.All(), a.lintOptionsAt(root))
}

func (a *app) lintOptionsAt(root lintRoot) lint.Options {
	return lint.Options{Root: root.dir, Given: root.given, WorkDir: a.absolute("."), Sentence: lintWords}
}

// projectRoot is the project's folder as the root of a report.
func (a *app) projectRoot(p *config.Project) lintRoot { return lintRoot{a.relative(p.Dir), p.Dir} }

// lintWords lends lint the sentences of problems that config and lint/js raise.
func lintWords(id clierr.ID) (lint.Words, bool) {
	s, ok := text.Lookup(id)
	return lint.Words{En: s.En, Zh: s.Zh}, ok
}

// lintBlocks runs lint before a deploy; errors forbid it.
func (a *app) lintBlocks(ctx context.Context, p *config.Project, functions []config.Function) (lint.Report, error) {
	run := a.newLintRun(p, functions, a.projectRoot(p))
	run.options.Partial = len(functions) < len(p.Functions)
	if err := a.lintSettings(&run, lintFlags{}); err != nil {
		return lint.Report{}, err
	}
	r, err := lint.Analyze(ctx, functions, rules.All(), run.options)
	if err != nil || r.Summary.Errors == 0 {
		return r, err
	}
	if !a.flags.json {
		text := report.Text{Options: report.Options{Lang: lint.Lang(a.lang), Width: a.io.ErrWidth(), Paint: painter{a.io.ErrTheme()}}}
		if err := text.Format(a.io.Err, r); err != nil {
			return r, err
		}
	}
	blocked := clierr.New("cmd/lint-blocks", clierr.Failed, clierr.Args{"count": strconv.Itoa(r.Summary.Errors)})
	if r.Summary.Fixable > 0 {
		blocked = blocked.Hint("cmd/hint-run", clierr.Args{"command": "wxcloud lint --fix"})
	}
	return r, blocked.Hint("cmd/hint-no-lint", nil)
}
