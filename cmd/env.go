package cmd

import (
	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
)

func (a *app) newEnv() *cobra.Command {
	c := a.command("env", text.EnvShort, text.EnvLong, clierr.OK, clierr.Usage)
	c.Args = cobra.ArbitraryArgs
	c.RunE = a.group
	c.AddCommand(a.newEnvList(), a.newEnvUse())
	return c
}
