package cmd

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/atomicfile"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
	"wxcloud/wxapi"
)

func (a *app) newVars() *cobra.Command {
	c := a.command("vars", text.VarsShort, text.VarsLong, clierr.OK, clierr.Usage)
	c.Args = cobra.ArbitraryArgs
	c.RunE = a.group
	c.AddCommand(a.newVarsList(), a.newVarsSet(), a.newVarsUnset(), a.newVarsPull())
	return c
}

// varsExits are the exits of every command on variables.
var varsExits = [...]clierr.Exit{clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.OtherCredential}

// variableRow is one variable in the JSON documents. Value is absent unless it
// was asked for.
type variableRow struct {
	Name  string  `json:"name"`
	Value *string `json:"value,omitempty"`
	Size  int     `json:"size"` // bytes of the value
}

type variablesDocument struct {
	Schema      string        `json:"schema"`
	Environment string        `json:"environment"`
	Function    string        `json:"function"`
	Variables   []variableRow `json:"variables"`
}

func rowsOfVariables(list []wxapi.Variable, show bool) []variableRow {
	rows := []variableRow{}
	for _, v := range list {
		row := variableRow{Name: v.Key, Size: len(v.Value)}
		if show {
			row.Value = &v.Value
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(x, y variableRow) int { return cmp.Compare(x.Name, y.Name) })
	return rows
}

func (a *app) newVarsList() *cobra.Command {
	var flags credentialFlags
	var show bool
	c := a.command("list [FUNCTION]", text.VarsListShort, text.VarsListLong, varsExits[:]...)
	c.Aliases = []string{"ls"}
	c.Example = "  wxcloud vars list notify --local\n  wxcloud vars list notify --env prod --show"
	c.Flags().BoolVar(&show, "show", false, a.t(text.FlagVarsShow))
	flags.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		name, err := a.onlyName(c, args)
		if err != nil {
			return err
		}
		return a.varsList(c.Context(), name, show, flags)
	}
	return c
}

func (a *app) varsList(ctx context.Context, name string, show bool, flags credentialFlags) error {
	return a.onCloud(ctx, flags, func(_ *config.Project, c *connection) error {
		f, err := c.functions.GetFunction(ctx, name)
		if err != nil {
			return err
		}
		a.tellPartial(f)
		return a.printVariables(c.env, name, f.Environment.Variables, show)
	})
}

func (a *app) printVariables(env environment, name string, list []wxapi.Variable, show bool) error {
	rows := rowsOfVariables(list, show)
	if a.flags.json {
		return a.printJSON(variablesDocument{"wxcloud.vars/1", env.ID, name, rows})
	}
	if len(rows) == 0 {
		a.say(text.VarsNone, "function", name, "env", env.Name)
		return nil
	}
	theme := a.io.OutTheme()
	table := ui.NewTable(theme, a.t(text.HeadVariable), a.t(text.HeadValue))
	for _, row := range rows {
		value := ui.Cell{Text: "••••••", Style: theme.Dim}
		if row.Value != nil {
			value = ui.Cell{Text: *row.Value}
		}
		table.Cells(ui.Cell{Text: row.Name, Style: theme.Cyan}, value)
	}
	return table.Write(a.io.Out, a.io.OutWidth())
}

func (a *app) newVarsSet() *cobra.Command {
	var flags credentialFlags
	c := a.command("set FUNCTION NAME=VALUE...", text.VarsSetShort, text.VarsSetLong, varsExits[:]...)
	c.Example = "  wxcloud vars set notify LEVEL=debug --local\n  wxcloud vars set notify API_KEY=@key.txt --env prod\n  printenv API_KEY | wxcloud vars set notify API_KEY=- --env prod"
	flags.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) < 2 {
			return clierr.New("cmd/vars-what", clierr.Usage, nil)
		}
		values, err := a.readAssignments(c.Context(), args[1:])
		if err != nil {
			return err
		}
		return a.varsChange(c.Context(), args[0], values, nil, flags)
	}
	return c
}

// readAssignments reads NAME=VALUE, NAME=@file and NAME=- (standard input).
// What stands on a command line is kept in histories and seen in process lists,
// so that a secret has two ways around it.
func (a *app) readAssignments(ctx context.Context, args []string) (map[string]string, error) {
	values := map[string]string{}
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok || !variableName(name) {
			// Only the name is told: the rest may be a secret.
			return nil, clierr.New("cmd/bad-assignment", clierr.Usage, clierr.Args{"name": name})
		}
		if _, twice := values[name]; twice {
			return nil, clierr.New("cmd/variable-twice", clierr.Usage, clierr.Args{"name": name})
		}
		var data []byte
		var err error
		switch {
		case value == "-":
			data, err = a.readInput(ctx)
		case strings.HasPrefix(value, "@"):
			data, err = os.ReadFile(a.absolute(value[1:]))
		default:
			if looksSecret(name) {
				a.warn(text.VarsOnCommandLine, "name", name)
			}
			values[name] = value
			continue
		}
		if err != nil {
			return nil, clierr.New("cmd/value-unreadable", clierr.Local, clierr.Args{"name": name}).Because(err)
		}
		values[name] = strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r")
	}
	return values, nil
}

// variableName reports whether the cloud takes the name: a letter, then
// letters, digits and _.
func variableName(name string) bool {
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '_' && (r < '0' || r > '9')) {
			return false
		}
	}
	return name != ""
}

func looksSecret(name string) bool {
	for _, part := range strings.Split(strings.ToUpper(name), "_") {
		switch part {
		case "KEY", "SECRET", "TOKEN", "PASSWORD", "PASSWD", "PWD", "CREDENTIAL", "CREDENTIALS", "APIKEY":
			return true
		}
	}
	return false
}

func (a *app) newVarsUnset() *cobra.Command {
	var flags credentialFlags
	c := a.command("unset FUNCTION NAME...", text.VarsUnsetShort, text.VarsUnsetLong, varsExits[:]...)
	c.Example = "  wxcloud vars unset notify LEVEL --local"
	flags.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) < 2 {
			return clierr.New("cmd/vars-what", clierr.Usage, nil)
		}
		return a.varsChange(c.Context(), args[0], nil, args[1:], flags)
	}
	return c
}

// varsChange sets and takes away variables and reads the whole set back: the
// cloud replaces it as a whole, so that somebody's change at the same moment
// would be lost without a word.
func (a *app) varsChange(ctx context.Context, name string, set map[string]string, unset []string, flags credentialFlags) error {
	if err := plainName(name); err != nil {
		return err
	}
	return a.onCloud(ctx, flags, func(p *config.Project, c *connection) error {
		if err := a.mayChange(c.env); err != nil {
			return err
		}
		var wanted []wxapi.Variable
		after, err := c.changeSettings(ctx, p, name, func(now wxapi.Function) error {
			var err error
			if wanted, err = changedVariables(name, now.Environment.Variables, set, unset); err != nil || sameVariables(wanted, now.Environment.Variables) {
				return err
			}
			return c.functions.UpdateFunctionConfiguration(ctx, wxapi.Configuration{Name: name, Variables: &wanted})
		})
		if err != nil {
			return err
		}
		if !sameVariables(wanted, after.Environment.Variables) {
			return clierr.New("cmd/variables-differ", clierr.Cloud, clierr.Args{"function": name, "env": c.env.Name})
		}
		if !a.flags.json {
			a.say(text.VarsVerified, "function", name, "env", c.env.Name)
		}
		return a.printVariables(c.env, name, after.Environment.Variables, false)
	})
}

// changedVariables is the whole set after a change; the order of those that
// stay does not change.
func changedVariables(function string, now []wxapi.Variable, set map[string]string, unset []string) ([]wxapi.Variable, error) {
	all := append([]wxapi.Variable{}, now...)
	for _, name := range unset {
		at := slices.IndexFunc(all, func(v wxapi.Variable) bool { return v.Key == name })
		if at < 0 {
			return nil, clierr.New("cmd/no-variable", clierr.NotFound, clierr.Args{"function": function, "name": name})
		}
		all = slices.Delete(all, at, at+1)
	}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		at := slices.IndexFunc(all, func(v wxapi.Variable) bool { return v.Key == name })
		if at < 0 {
			all = append(all, wxapi.Variable{Key: name})
			at = len(all) - 1
		}
		all[at].Value = set[name]
	}
	return all, nil
}

func sameVariables(x, y []wxapi.Variable) bool {
	byName := func(p, q wxapi.Variable) int { return cmp.Compare(p.Key, q.Key) }
	return slices.Equal(slices.SortedFunc(slices.Values(x), byName), slices.SortedFunc(slices.Values(y), byName))
}

func (a *app) newVarsPull() *cobra.Command {
	var flags credentialFlags
	var output string
	c := a.command("pull FUNCTION -o FILE", text.VarsPullShort, text.VarsPullLong, varsExits[:]...)
	c.Example = "  wxcloud vars pull notify -o .env.notify --env prod"
	c.Flags().StringVarP(&output, "output", "o", "", a.t(text.FlagVarsOutput))
	flags.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := a.atMostOne(c, args); err != nil {
			return err
		}
		if output == "" {
			return clierr.New("cmd/vars-output", clierr.Usage, nil)
		}
		name, err := a.oneName(args)
		if err != nil {
			return err
		}
		return a.varsPull(c.Context(), name, output, flags)
	}
	return c
}

func (a *app) varsPull(ctx context.Context, name, output string, flags credentialFlags) error {
	return a.onCloud(ctx, flags, func(_ *config.Project, c *connection) error {
		f, err := c.functions.GetFunction(ctx, name)
		if err != nil {
			return err
		}
		var b strings.Builder
		list := slices.SortedFunc(slices.Values(f.Environment.Variables), func(x, y wxapi.Variable) int { return cmp.Compare(x.Key, y.Key) })
		for _, v := range list {
			b.WriteString(v.Key + "=" + dotenv(v.Value) + "\n")
		}
		path := a.absolute(output)
		err = atomicfile.Create(path, []byte(b.String()), 0o600)
		if errors.Is(err, fs.ErrExist) {
			return clierr.New("cmd/vars-exists", clierr.Local, clierr.Args{"file": output})
		}
		if err != nil {
			return clierr.New("cmd/vars-unwritable", clierr.Local, clierr.Args{"file": output}).Because(err)
		}
		if a.flags.json {
			return a.printJSON(variablesDocument{"wxcloud.vars/1", c.env.ID, name, rowsOfVariables(list, false)})
		}
		a.print(text.VarsPulled, "function", name, "file", filepath.ToSlash(output))
		if !ignoredByGit(ctx, path) && !strings.HasPrefix(filepath.Base(path), ".env") {
			a.warn(text.VarsNotIgnored, "file", filepath.ToSlash(output))
		}
		return nil
	})
}

// dotenv writes a value so that common readers of .env files get it back: as it
// is when it is plain, else in single quotes, or in double ones where it holds
// what single ones cannot.
func dotenv(value string) string {
	plain := !strings.ContainsFunc(value, func(r rune) bool {
		return r <= ' ' || strings.ContainsRune("\"'`$#\\=", r) || r == 0x7f
	})
	switch {
	case plain:
		return value
	case !strings.ContainsAny(value, "'\n\r"):
		return "'" + value + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "$", `\$`).Replace(value) + `"`
}
