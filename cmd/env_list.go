package cmd

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
	"wxcloud/wxapi"
)

func (a *app) newEnvList() *cobra.Command {
	var flags credentialFlags
	c := a.command("list", text.EnvListShort, text.EnvListLong, clierr.OK, clierr.Auth, clierr.Cloud, clierr.Local)
	c.Example = "  wxcloud env list\n  wxcloud env list --json"
	c.Args = a.noArguments
	flags.register(a, c)
	c.RunE = func(c *cobra.Command, _ []string) error { return a.envList(c.Context(), flags) }
	return c
}

// listedEnvironment is one environment in the document of env list.
type listedEnvironment struct {
	Name      string `json:"name"`
	ID        string `json:"id"`
	Protected bool   `json:"protected"`
	// Source is who knows of it: "wxcloud.json", "cloud", or "built-in".
	Source string `json:"source"`
	// Cloud is the status the cloud tells, "missing" when the account has no such
	// environment, "" when nobody asked.
	Cloud  string `json:"cloud,omitempty"`
	Chosen bool   `json:"chosen"`
}

// cloudMissing is an environment the account does not have.
const cloudMissing = "missing"

func (a *app) envList(ctx context.Context, flags credentialFlags) error {
	p, err := a.projectWithoutRoot()
	if err != nil {
		return err
	}
	env, by, err := a.chosenEnvironment(p)
	if err != nil {
		return err
	}
	envs, asked, failure := a.cloudEnvironments(ctx, p, flags)
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	asked = asked && failure == nil
	list := listEnvironments(p, envs, asked)
	if others := withoutLocal(list); by == "" && len(others) == 1 {
		env, by = environment{Name: others[0].Name, ID: others[0].ID}, byOnly
	}
	known := false
	for i := range list {
		list[i].Chosen = by != "" && list[i].ID == env.ID
		known = known || list[i].Chosen
	}
	if by != "" && !known {
		list = append(list, listedEnvironment{Name: env.Name, ID: env.ID, Source: string(by), Chosen: true})
	}
	var problem *trouble
	if failure != nil {
		problem = a.trouble(failure)
		a.exit = problem.err.Exit
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema       string              `json:"schema"`
			ChosenBy     chosenBy            `json:"chosenBy,omitempty"`
			CloudAsked   bool                `json:"cloudAsked"`
			Environments []listedEnvironment `json:"environments"`
			Problem      *trouble            `json:"problem,omitempty"`
		}{"wxcloud.env.list/1", by, asked, list, problem})
	}
	if err := a.printEnvironments(list, by, asked); err != nil {
		return err
	}
	a.tellProblem(text.EnvCloud, problem, map[string]bool{})
	if by == "" {
		a.say(text.EnvNoneChosen)
		a.next("wxcloud env use " + list[0].Name)
	}
	return nil
}

// listEnvironments joins what wxcloud.json names, what the account has, and the
// local cloud.
func listEnvironments(p *config.Project, envs []wxapi.Env, asked bool) []listedEnvironment {
	var list []listedEnvironment
	for _, e := range namedEnvironments(p) {
		row := listedEnvironment{Name: e.Name, ID: e.ID, Protected: e.Protected, Source: config.SettingsFile}
		if asked {
			row.Cloud = cloudMissing
		}
		for _, there := range envs {
			if there.ID == e.ID || there.Alias == e.ID {
				row.ID, row.Cloud = there.ID, there.Status
			}
		}
		list = append(list, row)
	}
	for _, e := range envs {
		if !slices.ContainsFunc(list, func(l listedEnvironment) bool { return l.ID == e.ID }) {
			list = append(list, listedEnvironment{Name: orElse(e.Alias, e.ID), ID: e.ID, Source: "cloud", Cloud: e.Status})
		}
	}
	return append(list, listedEnvironment{Name: emulator.EnvID, ID: emulator.EnvID, Source: "built-in"})
}

func withoutLocal(list []listedEnvironment) []listedEnvironment {
	return slices.DeleteFunc(slices.Clone(list), func(l listedEnvironment) bool { return l.ID == emulator.EnvID })
}

func (a *app) printEnvironments(list []listedEnvironment, by chosenBy, asked bool) error {
	theme := a.io.OutTheme()
	head := []string{a.t(text.HeadEnvironment), a.t(text.HeadEnvironmentID), a.t(text.HeadProtected)}
	if asked {
		head = append(head, a.t(text.HeadCloud))
	}
	table := ui.NewTable(theme, append(head, a.t(text.HeadChosen))...)
	for _, e := range list {
		row := []ui.Cell{{Text: e.Name}, {Text: e.ID}, {Text: a.t(text.WordNo), Style: theme.Dim}}
		if e.Protected {
			row[2] = ui.Cell{Text: a.t(text.WordYes), Style: theme.Yellow}
		}
		if asked {
			row = append(row, a.statusCell(theme, e.Cloud))
		}
		chosen := ui.Cell{}
		if e.Chosen {
			chosen = ui.Cell{Text: a.t(by.words()), Style: theme.Green}
		}
		table.Cells(append(row, chosen)...)
	}
	return table.Write(a.io.Out, a.io.OutWidth())
}

// statusCell is the status of an environment in the cloud.
func (a *app) statusCell(theme ui.Theme, status string) ui.Cell {
	switch status {
	case "":
		return ui.Cell{Text: "-", Style: theme.Dim}
	case "NORMAL":
		return ui.Cell{Text: a.t(text.EnvReady), Style: theme.Green}
	case "UNAVAILABLE":
		return ui.Cell{Text: a.t(text.EnvBeingMade), Style: theme.Yellow}
	case "HALTED":
		return ui.Cell{Text: a.t(text.EnvHalted), Style: theme.Red}
	case cloudMissing:
		return ui.Cell{Text: a.t(text.EnvMissing), Style: theme.Red}
	}
	return ui.Cell{Text: status}
}

// cloudEnvironments asks the cloud for the account's environments, if there is a
// credential to ask with.
func (a *app) cloudEnvironments(ctx context.Context, p *config.Project, flags credentialFlags) (envs []wxapi.Env, asked bool, err error) {
	if p.AppID == "" || p.AppID == noAppID {
		return nil, false, nil
	}
	if err := flags.check(); err != nil {
		return nil, false, err
	}
	found, err := a.codeCredentials(p, flags)
	if err != nil || found.via(flags) == "" {
		return nil, false, err
	}
	endpoints, err := a.endpoints()
	if err != nil {
		return nil, false, err
	}
	w, err := a.newWire(endpoints, appIDOf(p))
	if err != nil {
		return nil, false, err
	}
	account, err := a.openAccount(p, w, found, flags)
	if err != nil {
		return nil, false, err
	}
	envs, err = account.environments(ctx)
	return envs, true, err
}
