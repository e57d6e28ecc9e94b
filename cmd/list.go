package cmd

import (
	"cmp"
	"context"
	"slices"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
	"wxcloud/wxapi"
)

// functionRow is one row of list.
type functionRow struct {
	Name     string `json:"name"`
	Cloud    bool   `json:"cloud"` // it is in the environment
	Disk     bool   `json:"disk"`  // it is in the project
	Status   string `json:"status,omitempty"`
	Runtime  string `json:"runtime,omitempty"`
	Modified string `json:"modified,omitempty"` // Beijing time, as the cloud gives it
}

func (a *app) newList() *cobra.Command {
	var flags credentialFlags
	c := a.command("list", text.ListShort, text.ListLong, clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.OtherCredential)
	c.Aliases = []string{"ls"}
	c.Example = "  wxcloud list --local\n  wxcloud list --env prod --json"
	flags.register(a, c)
	c.Args = a.noArguments
	c.RunE = func(c *cobra.Command, _ []string) error { return a.list(c.Context(), flags) }
	return c
}

func (a *app) list(ctx context.Context, flags credentialFlags) error {
	return a.onCloud(ctx, flags, func(p *config.Project, c *connection) error {
		all, err := c.functions.ListFunctions(ctx)
		if err != nil {
			return err
		}
		rows := rowsOf(p, all)
		if a.flags.json {
			return a.printJSON(struct {
				Schema      string        `json:"schema"`
				Environment string        `json:"environment"`
				Functions   []functionRow `json:"functions"`
			}{"wxcloud.list/1", c.env.ID, rows})
		}
		if len(rows) == 0 {
			a.say(text.ListNothing, "env", c.env.Name)
			return nil
		}
		theme := a.io.OutTheme()
		table := ui.NewTable(theme, a.t(text.HeadFunction), a.t(text.HeadStatus), a.t(text.HeadRuntime), a.t(text.HeadModified), a.t(text.HeadOnDisk))
		for _, f := range rows {
			status := ui.Cell{Text: f.Status, Style: statusStyle(theme, f.Status)}
			if !f.Cloud {
				status = ui.Cell{Text: a.t(text.ListNotDeployed), Style: theme.Yellow}
			}
			disk := ui.Cell{Text: a.t(text.WordYes)}
			if !f.Disk {
				disk = ui.Cell{Text: a.t(text.WordNo), Style: theme.Yellow}
			}
			table.Cells(ui.Cell{Text: f.Name}, status, ui.Cell{Text: orElse(f.Runtime, "-")}, ui.Cell{Text: orElse(f.Modified, "-")}, disk)
		}
		return table.Write(a.io.Out, a.io.OutWidth())
	})
}

// rowsOf joins what is in the cloud with what is on disk, by name.
func rowsOf(p *config.Project, all []wxapi.Function) []functionRow {
	rows := make([]functionRow, 0, len(all))
	for _, f := range all {
		rows = append(rows, functionRow{Name: f.Name, Cloud: true, Status: f.Status, Runtime: f.Runtime, Modified: f.ModTime})
	}
	for _, f := range p.Functions {
		at := slices.IndexFunc(rows, func(row functionRow) bool { return row.Name == f.Name })
		if at < 0 {
			rows = append(rows, functionRow{Name: f.Name})
			at = len(rows) - 1
		}
		rows[at].Disk = true
	}
	slices.SortFunc(rows, func(x, y functionRow) int { return cmp.Compare(x.Name, y.Name) })
	return rows
}

// statusStyle paints a function's state.
func statusStyle(theme ui.Theme, status string) func(string) string {
	switch status {
	case wxapi.StatusActive:
		return theme.Green
	case wxapi.StatusCreateFailed, wxapi.StatusUpdateFailed, wxapi.StatusPublishFailed, wxapi.StatusDeleteFailed:
		return theme.Red
	}
	return theme.Yellow
}
