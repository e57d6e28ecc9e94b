package cmd

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/diff"
	"wxcloud/internal/state"
)

func (a *app) newPermPull() *cobra.Command {
	var functions functionFlags
	var credentials credentialFlags
	var dryRun bool
	c := a.command("pull [FUNCTION...]", text.PermPullShort, text.PermPullLong, clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.OtherCredential)
	c.Example = "  wxcloud perm pull notify --env prod --dry-run\n  wxcloud perm pull --all --env prod --yes"
	functions.register(a, c)
	credentials.register(a, c)
	c.Flags().BoolVar(&dryRun, "dry-run", false, a.t(text.FlagSyncDryRun))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, names []string) error {
		functions.names = append(functions.names, names...)
		return a.permissionLists(c.Context(), functions, false, credentials, func(p *config.Project, connection *connection, _ *state.Store, lists []compared) error {
			return a.permPull(c.Context(), p, connection, lists, dryRun)
		})
	}
	return c
}

// pulled is one function in the JSON document of perm pull.
type pulled struct {
	compared
	Changed bool `json:"changed"`
}

// permPull makes the declarations what is stored. Only what was read from the
// cloud is good enough to overwrite what somebody wrote.
func (a *app) permPull(ctx context.Context, p *config.Project, c *connection, lists []compared, dryRun bool) error {
	done := make([]pulled, len(lists))
	edits := make([]config.Edit, len(lists))
	changes := 0
	for i, list := range lists {
		if list.Source == fromAbsent {
			return a.notDeployed(c.env, list.Function)
		}
		if list.Source != fromCloud {
			return a.otherCredential("cmd/cannot-read-permissions", c.env, []string{list.Function})
		}
		done[i] = pulled{compared: list}
		if !list.differs() {
			continue
		}
		if err := refuseGenerated(ctx, list.function.Config.Path); err != nil {
			return err
		}
		var err error
		if edits[i], err = config.EditOpenapi(list.function, p.Functions, pullEdits(list)); err != nil {
			return err
		}
		changes++
	}
	if changes > 0 && !dryRun {
		if err := a.confirmPull(lists, c.env, changes); err != nil {
			return err
		}
		for i := range edits {
			if edits[i].Changed {
				if err := edits[i].Apply(); err != nil {
					return err
				}
				done[i].Changed = true
			}
		}
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema      string   `json:"schema"`
			Environment string   `json:"environment"`
			DryRun      bool     `json:"dryRun"`
			Functions   []pulled `json:"functions"`
		}{"wxcloud.perm.pull/1", c.env.ID, dryRun, done})
	}
	for i, d := range done {
		switch {
		case dryRun && d.differs():
			a.printf("%s", a.painted(diff.Unified(a.patchName(edits[i].Path), edits[i].Before, edits[i].After)))
		case d.Changed:
			a.print(text.PullDone, "file", d.File, "env", c.env.Name, "names", a.countNames(d.Stored))
		default:
			a.print(text.PullSame, "file", d.File, "env", c.env.Name)
		}
	}
	return nil
}

func pullEdits(list compared) config.OpenapiEdits {
	edits := config.OpenapiEdits{Add: list.OnlyThere}
	stored := map[string]bool{}
	for _, name := range list.Stored {
		stored[name] = true
	}
	for _, entry := range list.function.Config.Openapi {
		if !stored[entry.Name] {
			edits.Remove = append(edits.Remove, entry)
		}
	}
	return edits
}

// confirmPull shows what would be written and asks; where nobody can be asked it
// takes --yes.
func (a *app) confirmPull(lists []compared, env environment, changes int) error {
	if a.flags.yes {
		return nil
	}
	if !a.mayAsk() {
		return clierr.New("cmd/pull-unconfirmed", clierr.Usage, clierr.Args{"count": strconv.Itoa(changes)}).
			Hint("cmd/hint-dry-run", nil).Hint("cmd/hint-yes", nil)
	}
	var parts []string
	for _, list := range lists {
		for _, name := range list.OnlyThere {
			parts = append(parts, list.Function+": +"+name)
		}
		for _, name := range list.OnlyHere {
			parts = append(parts, list.Function+": -"+name)
		}
	}
	yes, err := a.confirm(a.t(text.AskPull, "env", env.Name, "changes", strings.Join(parts, ", ")), false)
	if err == nil && !yes {
		err = clierr.New("cmd/not-confirmed", clierr.Usage, nil)
	}
	return err
}
