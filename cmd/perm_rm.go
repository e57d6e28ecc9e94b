package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/suggest"
)

func (a *app) newPermRm() *cobra.Command {
	var functions functionFlags
	c := a.command("rm NAME... [-f FUNCTION]", text.PermRmShort, text.PermRmLong, clierr.OK, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Aliases = []string{"remove"}
	c.Example = "  wxcloud perm rm templateMessage.send -f notify\n  wxcloud perm rm wxacode.get --all"
	functions.register(a, c)
	c.ValidArgsFunction = completeInterfaces
	c.RunE = func(c *cobra.Command, names []string) error {
		if len(names) == 0 {
			return clierr.New("cmd/no-interface-named", clierr.Usage, nil).Hint("cmd/hint-run", clierr.Args{"command": "wxcloud perm list"})
		}
		p, err := a.project()
		if err != nil {
			return err
		}
		chosen, err := a.chooseFunctions(p, functions.names, functions.all)
		if err != nil {
			return err
		}
		if err := declaredSomewhere(chosen, names); err != nil {
			return err
		}
		return a.editPermissions(c.Context(), chosen, nil, editWords{
			schema: "wxcloud.perm.rm/1", done: text.PermRemoved, nothing: text.PermNotThere, question: text.AskRemoveMany,
		}, func(f config.Function) (config.Edit, error) { return config.RemoveOpenapi(f, names) })
	}
	return c
}

// declaredSomewhere refuses a name that none of the functions declares: it is a
// slip, and saying "nothing to remove" would hide it.
func declaredSomewhere(functions []config.Function, names []string) error {
	var declared []string
	for _, f := range functions {
		for _, d := range f.Config.Openapi {
			declared = append(declared, d.Name)
		}
	}
	for _, name := range names {
		if slices.Contains(declared, name) {
			continue
		}
		err := clierr.New("cmd/not-declared", clierr.NotFound, clierr.Args{"name": name, "functions": strings.Join(functionNames(functions), ", ")})
		if near := suggest.Nearest(name, slices.Values(declared), 1); len(near) > 0 {
			return err.Hint("cmd/hint-did-you-mean", clierr.Args{"name": near[0]})
		}
		return err.Hint("cmd/hint-run", clierr.Args{"command": "wxcloud perm list"})
	}
	return nil
}
