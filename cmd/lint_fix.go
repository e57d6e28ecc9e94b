package cmd

import (
	"context"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/rules"
)

// lintFix makes every fix and writes the files. Before the first is written, all
// are known to be the user's own.
func (a *app) lintFix(ctx context.Context, functions []config.Function, root lintRoot) (lint.Report, error) {
	r, changes, err := lint.Fix(ctx, functions, rules.All(), lintOptionsFor(root))
	if err != nil {
		return r, err
	}
	for _, c := range changes {
		if err := refuseGenerated(ctx, c.Path); err != nil {
			return r, err
		}
	}
	for _, c := range changes {
		if err := c.Apply(); err != nil {
			return r, err
		}
		for _, fixed := range c.Fixes {
			a.say(text.LintFixed, "fix", fixed.In(lint.Lang(a.lang)), "file", a.relative(c.Path))
		}
	}
	return r, nil
}
