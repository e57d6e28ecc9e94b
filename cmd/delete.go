package cmd

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
	"wxcloud/internal/state"
	"wxcloud/wxapi"
)

// deletion is one function in the JSON document of delete.
type deletion struct {
	Function string   `json:"function"`
	Deleted  bool     `json:"deleted"`
	Problem  *trouble `json:"problem,omitempty"`
}

func (a *app) newDelete() *cobra.Command {
	var flags credentialFlags
	c := a.command("delete FUNCTION...", text.DeleteShort, text.DeleteLong,
		clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.Partial, clierr.OtherCredential)
	c.Example = "  wxcloud delete notify --local\n  wxcloud delete old-a old-b --env prod --yes"
	flags.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, names []string) error { return a.delete(c.Context(), names, flags) }
	return c
}

func (a *app) delete(ctx context.Context, names []string, flags credentialFlags) error {
	if len(names) == 0 {
		return clierr.New("cmd/delete-what", clierr.Usage, nil)
	}
	for _, name := range names {
		if err := plainName(name); err != nil {
			return err // a pattern too: what is gone is gone
		}
	}
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	return a.onCloud(ctx, flags, func(p *config.Project, c *connection) error {
		// All must be there before the first is deleted: a mistyped name among
		// them is a reason to look again.
		for _, name := range names {
			if _, err := c.functions.GetFunction(ctx, name); err != nil {
				return err
			}
		}
		if err := a.mayDelete(c.env, names); err != nil {
			return err
		}
		store, err := state.Open(p.Dir)
		if err != nil {
			return err
		}
		results, first := []deletion{}, error(nil)
		failed := 0
		for _, name := range names {
			if cause := context.Cause(ctx); cause != nil {
				return cause
			}
			err := c.functions.DeleteFunction(ctx, name)
			if err == nil {
				err = gone(ctx, c.functions, name)
			}
			if err == nil {
				err = forget(ctx, store, c.env.ID, name)
			}
			result := deletion{Function: name, Deleted: err == nil}
			if err != nil {
				failed++
				first = errors.Join(first, err)
				result.Problem = a.trouble(err)
			} else if !a.flags.json {
				a.print(text.Deleted, "function", name, "env", c.env.Name)
			}
			results = append(results, result)
		}
		if a.flags.json {
			if err := a.printJSON(struct {
				Schema      string     `json:"schema"`
				Environment string     `json:"environment"`
				Functions   []deletion `json:"functions"`
			}{"wxcloud.delete/1", c.env.ID, results}); err != nil {
				return err
			}
		}
		if failed > 0 && len(names) > 1 {
			return clierr.New("cmd/some-not-deleted", clierr.Partial, clierr.Args{"failed": strconv.Itoa(failed), "all": strconv.Itoa(len(names))}).Because(first)
		}
		return first
	})
}

// goneLimit is how long a deletion may take to be seen.
const goneLimit = 30 * time.Second

// gone waits until the cloud no longer has a function whose deletion it accepted.
func gone(ctx context.Context, functions codePlane, name string) error {
	pause := 200 * time.Millisecond
	for deadline := time.Now().Add(goneLimit); ; pause = min(2*pause, 2*time.Second) {
		f, err := functions.GetFunction(ctx, name)
		switch {
		case wxapi.IsFunctionNotFound(err):
			return nil
		case err != nil:
			return err
		case f.Status == wxapi.StatusDeleteFailed, time.Now().After(deadline):
			return clierr.New("cmd/not-gone", clierr.Cloud, clierr.Args{"function": name, "status": f.Status})
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
		}
	}
}

// mayDelete asks; a protected environment wants its name typed. What is deleted
// cannot be brought back, so that without a terminal only --yes will do.
func (a *app) mayDelete(env environment, names []string) error {
	if a.flags.yes {
		return nil
	}
	list := strings.Join(names, ", ")
	if !a.mayAsk() {
		return clierr.New("cmd/delete-needs-yes", clierr.Usage, clierr.Args{"functions": list, "env": env.Name}).Hint("cmd/hint-yes", nil)
	}
	if env.Protected {
		typed, err := a.prompt.Input(prompt.Question{Text: a.t(text.AskDeleteProtected, "functions", list, "env", env.Name), Flag: "--yes"}, "")
		if err == nil && strings.TrimSpace(typed) != env.Name {
			err = clierr.New("cmd/not-confirmed", clierr.Usage, nil)
		}
		return err
	}
	yes, err := a.confirm(a.t(text.AskDelete, "functions", list, "env", env.Name), false)
	if err != nil {
		return err
	}
	if !yes {
		return clierr.New("cmd/not-confirmed", clierr.Usage, nil)
	}
	return nil
}

// forget takes a deleted function out of the records: one made anew under its
// name begins without code and without permissions.
func forget(ctx context.Context, store *state.Store, env, name string) error {
	_, known, err := store.Function(env, name)
	if err != nil || !known {
		return err
	}
	return store.Update(context.WithoutCancel(ctx), env, name, func(f *state.Function) {
		gone := state.Function{}
		if f.Openapi != nil {
			gone.Openapi, gone.OpenapiAcceptedAt, gone.Writer, gone.Evidence = []string{}, f.OpenapiAcceptedAt, f.Writer, f.Evidence
		}
		*f = gone
	})
}
