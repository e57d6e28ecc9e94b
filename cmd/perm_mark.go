package cmd

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/perm"
)

func (a *app) newPermMark() *cobra.Command {
	at := "now"
	c := a.command("mark FUNCTION [--at TIME]", text.PermMarkShort, text.PermMarkLong, clierr.OK, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Example = "  wxcloud perm mark notify --env prod\n  wxcloud perm mark notify --env prod --at 15:04"
	c.Flags().StringVar(&at, "at", at, a.t(text.FlagMarkAt))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return clierr.New("cmd/mark-what", clierr.Usage, nil)
		}
		return a.permMark(c.Context(), args, at)
	}
	return c
}

// permMark records what a person says they did. It is evidence of nothing else,
// and the record says so.
func (a *app) permMark(ctx context.Context, names []string, at string) error {
	p, err := a.project()
	if err != nil {
		return err
	}
	functions, err := functionNamed(p, names)
	if err != nil {
		return err
	}
	env, err := a.chooseEnvironment(ctx, p, func(context.Context) ([]environment, error) {
		return nil, clierr.New("cmd/mark-where", clierr.Usage, nil).Hint("cmd/hint-name-environment", nil)
	})
	if err != nil {
		return err
	}
	now := time.Now()
	when, precision, err := parseSince(at, now)
	if err != nil {
		return err
	}
	if when.After(now.Add(time.Minute)) {
		return clierr.New("cmd/at-in-future", clierr.Usage, clierr.Args{"value": at})
	}
	when = atItsEnd(when, precision, now)
	store, err := state.Open(p.Dir)
	if err != nil {
		return err
	}
	type marked struct {
		Function string    `json:"function"`
		Openapi  []string  `json:"openapi"`
		At       time.Time `json:"at"`
	}
	document := struct {
		Schema      string   `json:"schema"`
		Environment string   `json:"environment"`
		Functions   []marked `json:"functions"`
	}{"wxcloud.perm.mark/1", env.ID, []marked{}}
	for _, f := range functions {
		list := declaredNames(f)
		if err := store.Update(ctx, env.ID, f.Name, func(known *state.Function) { markApplied(known, list, when) }); err != nil {
			return err
		}
		document.Functions = append(document.Functions, marked{f.Name, list, when})
		if !a.flags.json {
			a.print(text.PermMarked, "function", f.Name, "env", env.Name, "names", orElse(strings.Join(list, ", "), "-"))
		}
	}
	if a.flags.json {
		return a.printJSON(document)
	}
	a.next(a.commandLine("perm wait "+functions[0].Name, env))
	return nil
}

func declaredNames(f config.Function) []string {
	names := []string{}
	for _, d := range f.Config.Openapi {
		names = append(names, d.Name)
	}
	return names
}

// markApplied replaces the record of what was applied.
func markApplied(known *state.Function, list []string, at time.Time) {
	difference := perm.Diff(list, known.Openapi)
	known.SetOpenapi(list, at)
	known.OpenapiAdded, known.OpenapiRemoved = difference.Missing, difference.Unused
	known.Writer, known.Evidence, known.Wait = "by-hand", "stated", nil
}
