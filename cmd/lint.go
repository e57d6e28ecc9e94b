package cmd

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
	"wxcloud/lint"
	"wxcloud/lint/report"
	"wxcloud/lint/rules"
)

// lintRoot is the folder of a report: as the user typed it, and where it is.
type lintRoot struct{ given, dir string }

type lintOptions struct {
	format string
	fix    bool
}

func (a *app) newLint() *cobra.Command {
	var o lintOptions
	c := a.command("lint [PATH] [--fix]", text.LintShort, text.LintLong, clierr.OK, clierr.Failed, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Example = "  wxcloud lint\n  wxcloud lint cloudfunctions/notify\n  wxcloud lint --fix\n  wxcloud lint --format json ."
	c.Flags().StringVar(&o.format, "format", "text", a.t(text.FlagLintFormat))
	c.Flags().BoolVar(&o.fix, "fix", false, a.t(text.FlagLintFix))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(report.Names(), cobra.ShellCompDirectiveNoFileComp))
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
		return a.lint(c.Context(), path, o)
	}
	return c
}

func (a *app) lint(ctx context.Context, path string, o lintOptions) error {
	if a.flags.json {
		o.format = "json"
	}
	formatter, err := a.formatter(o.format)
	if err != nil {
		return err
	}
	p, root, err := a.lintTarget(path)
	if err != nil {
		return err
	}
	var r lint.Report
	if o.fix {
		r, err = a.lintFix(ctx, p.Functions, root)
	} else {
		r, err = a.analyze(ctx, p.Functions, root)
	}
	if err != nil {
		return err
	}
	a.told = o.format == "json"
	if err := formatter.Format(a.io.Out, r); err != nil {
		return err
	}
	a.exit = r.ExitCode()
	return nil
}

// lintTarget is the project of the working directory, or what PATH is: a
// project, a cloud function root, or one function folder.
func (a *app) lintTarget(path string) (p *config.Project, root lintRoot, err error) {
	if path != "" {
		p, err = config.LoadFolder(a.absolute(path))
		return p, lintRoot{path, a.absolute(path)}, err
	}
	if p, err = a.project(); err != nil {
		return nil, lintRoot{}, err
	}
	return p, a.projectRoot(p), nil
}

// analyze reads the functions' code. root is what the files in the report are
// relative to.
func (a *app) analyze(ctx context.Context, functions []config.Function, root lintRoot) (lint.Report, error) {
	return lint.Analyze(ctx, functions, rules.All(), lintOptionsFor(root))
}

func lintOptionsFor(root lintRoot) lint.Options {
	return lint.Options{Root: root.dir, Given: root.given, Sentence: lintWords}
}

// projectRoot is the project's folder as the root of a report.
func (a *app) projectRoot(p *config.Project) lintRoot { return lintRoot{a.relative(p.Dir), p.Dir} }

// lintWords lends lint the sentences of problems that config and lint/js raise.
func lintWords(id clierr.ID) (lint.Words, bool) {
	s, ok := text.Lookup(id)
	return lint.Words{En: s.En, Zh: s.Zh}, ok
}

// formatter returns the report format of that name, painted for stdout.
func (a *app) formatter(name string) (report.Formatter, error) {
	f, ok := report.New(name, report.Options{Lang: lint.Lang(a.lang), Width: a.io.OutWidth(), Paint: painter{a.io.OutTheme()}, Version: currentVersion()})
	if !ok {
		return nil, clierr.New("cmd/unknown-format", clierr.Usage, clierr.Args{"format": name, "known": strings.Join(report.Names(), ", ")})
	}
	return f, nil
}

// painter colours a report.
type painter struct{ theme ui.Theme }

// Paint implements report.Painter.
func (p painter) Paint(role report.Role, s string) string {
	switch role {
	case report.RoleError:
		return p.theme.Red(s)
	case report.RoleWarning:
		return p.theme.Yellow(s)
	case report.RoleNotice, report.RoleHelp:
		return p.theme.Cyan(s)
	case report.RolePlace:
		return p.theme.Bold(s)
	case report.RoleDim:
		return p.theme.Dim(s)
	case report.RoleGood:
		return p.theme.Green(s)
	default:
		return s
	}
}

// lintBlocks runs lint before a deploy; errors forbid it.
func (a *app) lintBlocks(ctx context.Context, p *config.Project, functions []config.Function) (lint.Report, error) {
	r, err := a.analyze(ctx, functions, a.projectRoot(p))
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
