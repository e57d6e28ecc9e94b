package cmd

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/suggest"
	"wxcloud/lint"
	"wxcloud/lint/rules"
)

// lintSettings fills in the options that flags and wxcloud.json name; flags win.
func (a *app) lintSettings(run *lintRun, f lintFlags) error {
	settings := run.project.Settings
	run.options.Ignore = settings.Lint.Ignore
	if settings.Path != "" {
		if rel, err := filepath.Rel(run.root.dir, settings.Path); err == nil {
			run.options.IgnoreFile = filepath.ToSlash(rel)
		}
		for _, p := range settings.Problems {
			a.warn(text.LintSettings, "place", clierr.Position{File: a.relative(settings.Path), Line: p.Line, Column: p.Column}.String(),
				"problem", a.sentence(p.ID, p.Args, a.lang))
		}
	}
	levels, err := lintLevels(settings, f.levels)
	if err != nil {
		return err
	}
	run.options.Levels = levels
	run.baseline = settings.Lint.Baseline
	if f.baseline != "" {
		run.baseline = a.absolute(f.baseline)
	}
	return a.readBaseline(run, f.writeBaseline)
}

// lintLevels are the levels of the rules: those of wxcloud.json, then the flags.
func lintLevels(settings config.Settings, flags []string) (map[string]lint.Severity, error) {
	levels := map[string]lint.Severity{}
	for _, l := range settings.Lint.Rules {
		at := clierr.Position{File: settings.Path, Line: l.Line, Column: l.Column}
		if err := knownRule(l.Rule, clierr.Local, at); err != nil {
			return nil, err
		}
		levels[l.Rule] = lint.Severity(l.Level)
	}
	for _, i := range settings.Lint.Ignore {
		at := clierr.Position{File: settings.Path, Line: i.Line, Column: i.Column}
		if err := knownRule(i.Rule, clierr.Local, at); err != nil {
			return nil, err
		}
	}
	for _, flag := range flags {
		rule, level, ok := strings.Cut(flag, "=")
		if !ok || !slices.Contains(config.LintLevels(), level) {
			return nil, clierr.New("cmd/bad-level", clierr.Usage, clierr.Args{"flag": flag, "levels": strings.Join(config.LintLevels(), ", ")})
		}
		if err := knownRule(rule, clierr.Usage, clierr.Position{}); err != nil {
			return nil, err
		}
		levels[rule] = lint.Severity(level)
	}
	return levels, nil
}

// knownRule refuses the name of a rule that does not exist: a level for it would
// silently do nothing.
func knownRule(name string, exit clierr.Exit, at clierr.Position) error {
	ids := ruleNames()
	if slices.Contains(ids, name) {
		return nil
	}
	unknown := clierr.New("cmd/unknown-rule", exit, clierr.Args{"rule": name}).In(at)
	if near := suggest.Nearest(name, slices.Values(ids), 1); len(near) > 0 {
		return unknown.Hint("cmd/hint-did-you-mean", clierr.Args{"name": near[0]})
	}
	return unknown.Hint("cmd/hint-rules", clierr.Args{"rules": strings.Join(ids, ", ")})
}

// ruleNames are the names of all rules.
func ruleNames() []string {
	var ids []string
	for _, rule := range rules.All() {
		ids = append(ids, rule.Info().ID)
	}
	return ids
}

// completeRuleLevel completes --rule: names first, then levels behind the "=".
func completeRuleLevel(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	var list []string
	for _, id := range ruleNames() {
		if rule, _, named := strings.Cut(typed, "="); !named {
			list = append(list, id+"=")
		} else if rule == id {
			for _, level := range config.LintLevels() {
				list = append(list, id+"="+level)
			}
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
