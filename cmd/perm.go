package cmd

import (
	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
)

func (a *app) newPerm() *cobra.Command {
	c := a.command("perm", text.PermShort, text.PermLong, clierr.OK, clierr.Usage)
	c.Args = cobra.ArbitraryArgs
	c.RunE = a.group
	c.AddCommand(a.newPermList(), a.newPermAdd(), a.newPermRm(), a.newPermSync(), a.newPermSearch(), a.newPermInfo(), a.newPermWait(), a.newPermMark(), a.newPermProbe(),
		a.newPermDiff(), a.newPermPull(), a.newPermPush())
	return c
}

// functionFlags are how perm commands name functions.
type functionFlags struct {
	names []string
	all   bool
}

func (f *functionFlags) register(a *app, c *cobra.Command) {
	c.Flags().StringSliceVarP(&f.names, "function", "f", nil, a.t(text.FlagFunction))
	c.Flags().BoolVar(&f.all, "all", false, a.t(text.FlagAllFunctions))
	_ = c.RegisterFlagCompletionFunc("function", a.completeFunctions)
}

// completeFunctions offers the project's function names to the shell.
func (a *app) completeFunctions(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	p, err := a.project()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return functionNames(p.Functions), cobra.ShellCompDirectiveNoFileComp
}
