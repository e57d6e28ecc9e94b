package cmd

import (
	"slices"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
)

func (a *app) newPermDiff() *cobra.Command {
	var functions functionFlags
	var credentials credentialFlags
	var exitCode bool
	c := a.command("diff [FUNCTION...]", text.PermDiffShort, text.PermDiffLong, clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.Pending)
	c.Example = "  wxcloud perm diff --env prod\n  wxcloud perm diff notify 'order*' --env prod --exit-code --json"
	functions.register(a, c)
	credentials.register(a, c)
	c.Flags().BoolVar(&exitCode, "exit-code", false, a.t(text.FlagDiffExit))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, names []string) error {
		functions.names = append(functions.names, names...)
		return a.permissionLists(c.Context(), functions, true, credentials, func(_ *config.Project, c *connection, _ *state.Store, lists []compared) error {
			if exitCode && slices.ContainsFunc(lists, compared.differs) {
				a.exit = clierr.Pending
			}
			if a.flags.json {
				return a.printJSON(struct {
					Schema      string     `json:"schema"`
					Environment string     `json:"environment"`
					Functions   []compared `json:"functions"`
				}{"wxcloud.perm.diff/1", c.env.ID, lists})
			}
			for _, list := range lists {
				a.printCompared(list, c.env)
			}
			return nil
		})
	}
	return c
}
