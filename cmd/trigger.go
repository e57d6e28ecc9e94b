package cmd

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
	"wxcloud/wxapi"
)

func (a *app) newTrigger() *cobra.Command {
	c := a.command("trigger", text.TriggerShort, text.TriggerLong, clierr.OK, clierr.Usage)
	c.Args = cobra.ArbitraryArgs
	c.RunE = a.group
	c.AddCommand(a.newTriggerList(), a.newTriggerPush(), a.newTriggerRm())
	return c
}

// triggerRow is one timer of one function, on disk, in the cloud, or both.
type triggerRow struct {
	Function string `json:"function"`
	Name     string `json:"name"`
	// Disk and Cloud are the schedules; "" where there is none.
	Disk  string `json:"disk,omitempty"`
	Cloud string `json:"cloud,omitempty"`
	State string `json:"state"` // same, differs, only-disk, only-cloud
}

// triggerRows compares what a function is to have with what it has, by name.
func triggerRows(function string, wanted []config.Trigger, there []wxapi.Trigger) []triggerRow {
	var rows []triggerRow
	for _, t := range wanted {
		rows = append(rows, triggerRow{Function: function, Name: t.Name, Disk: t.Config, State: "only-disk"})
	}
	for _, t := range there {
		at := slices.IndexFunc(rows, func(r triggerRow) bool { return r.Name == t.Name })
		if at < 0 {
			rows = append(rows, triggerRow{Function: function, Name: t.Name, Cloud: t.Cron(), State: "only-cloud"})
			continue
		}
		if rows[at].Cloud, rows[at].State = t.Cron(), "differs"; rows[at].Disk == rows[at].Cloud {
			rows[at].State = "same"
		}
	}
	return rows
}

func (a *app) newTriggerList() *cobra.Command {
	var flags credentialFlags
	c := a.command("list [FUNCTION...]", text.TriggerListShort, text.TriggerListLong,
		clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.OtherCredential)
	c.Aliases = []string{"ls"}
	c.Example = "  wxcloud trigger list --local\n  wxcloud trigger list notify --env prod --json"
	flags.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, names []string) error { return a.triggerList(c.Context(), names, flags) }
	return c
}

func (a *app) triggerList(ctx context.Context, names []string, flags credentialFlags) error {
	functions, err := a.someFunctions(names)
	if err != nil {
		return err
	}
	return a.onCloud(ctx, flags, func(p *config.Project, c *connection) error {
		rows := []triggerRow{}
		for _, f := range functions {
			there, err := c.functions.GetFunction(ctx, f.Name)
			if err != nil && !wxapi.IsFunctionNotFound(err) {
				return err
			}
			if there.Partial && len(rows) == 0 {
				a.tellPartial(there)
			}
			rows = append(rows, triggerRows(f.Name, f.TriggersWith(p.Settings.Function(f.Name, c.env.Name)), there.Triggers)...)
		}
		if a.flags.json {
			return a.printJSON(struct {
				Schema      string       `json:"schema"`
				Environment string       `json:"environment"`
				Triggers    []triggerRow `json:"triggers"`
			}{"wxcloud.trigger.list/1", c.env.ID, rows})
		}
		if len(rows) == 0 {
			a.say(text.TriggerNone, "env", c.env.Name)
			return nil
		}
		return a.printTriggers(rows)
	})
}

// someFunctions are the named functions of the project, else all.
func (a *app) someFunctions(names []string) ([]config.Function, error) {
	p, err := a.project()
	if err != nil {
		return nil, err
	}
	return a.chooseFunctions(p, names, len(names) == 0)
}

func (a *app) printTriggers(rows []triggerRow) error {
	theme := a.io.OutTheme()
	table := ui.NewTable(theme, a.t(text.HeadFunction), a.t(text.HeadTimer), a.t(text.HeadTimerDisk), a.t(text.HeadTimerCloud), a.t(text.HeadNote))
	for _, r := range rows {
		note := ui.Cell{}
		switch r.State {
		case "differs":
			note = ui.Cell{Text: a.t(text.TriggerDiffers), Style: theme.Yellow}
		case "only-disk":
			note = ui.Cell{Text: a.t(text.TriggerOnlyDisk), Style: theme.Yellow}
		case "only-cloud":
			note = ui.Cell{Text: a.t(text.TriggerOnlyCloud), Style: theme.Yellow}
		}
		table.Cells(ui.Cell{Text: r.Function}, ui.Cell{Text: r.Name, Style: theme.Cyan}, ui.Cell{Text: orElse(r.Disk, "-")}, ui.Cell{Text: orElse(r.Cloud, "-")}, note)
	}
	return table.Write(a.io.Out, a.io.OutWidth())
}

// pushedTriggers is what trigger push did to one function.
type pushedTriggers struct {
	Function string   `json:"function"`
	Set      []string `json:"set"`
	Removed  []string `json:"removed"`
	Kept     []string `json:"kept"`   // in the cloud, not on disk, and left there
	Status   string   `json:"status"` // unchanged, verified, failed
	Problem  *trouble `json:"problem,omitempty"`
}

func (a *app) newTriggerPush() *cobra.Command {
	var flags credentialFlags
	var prune bool
	c := a.command("push [FUNCTION...]", text.TriggerPushShort, text.TriggerPushLong,
		clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.Partial, clierr.OtherCredential)
	c.Example = "  wxcloud trigger push --local\n  wxcloud trigger push notify --env prod --prune"
	c.Flags().BoolVar(&prune, "prune", false, a.t(text.FlagTriggerPrune))
	flags.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, names []string) error {
		return a.triggerPush(c.Context(), names, prune, flags)
	}
	return c
}

func (a *app) triggerPush(ctx context.Context, names []string, prune bool, flags credentialFlags) error {
	functions, err := a.someFunctions(names)
	if err != nil {
		return err
	}
	for _, f := range functions {
		for _, problem := range f.Config.Problems {
			if problem.Fatal {
				return clierr.New(problem.ID, clierr.Local, problem.Args).
					In(clierr.Position{File: f.Config.Path, Line: problem.Line, Column: problem.Column})
			}
		}
	}
	return a.onCloud(ctx, flags, func(p *config.Project, c *connection) error {
		if err := p.Settings.Wrong(); err != nil {
			return err
		}
		if err := a.mayChange(c.env); err != nil {
			return err
		}
		results, failed := []pushedTriggers{}, error(nil)
		count := 0
		for _, f := range functions {
			wanted := f.TriggersWith(p.Settings.Function(f.Name, c.env.Name))
			if len(wanted) == 0 && !prune {
				continue
			}
			result, err := pushTriggers(ctx, p, c, f.Name, wanted, prune)
			if cause := context.Cause(ctx); cause != nil {
				return cause
			}
			if err != nil {
				count++
				failed = errors.Join(failed, err)
				result.Status, result.Problem = "failed", a.trouble(err)
			}
			results = append(results, result)
			if !a.flags.json {
				a.tellPushed(c.env, result)
			}
		}
		if a.flags.json {
			err = a.printJSON(struct {
				Schema      string           `json:"schema"`
				Environment string           `json:"environment"`
				Functions   []pushedTriggers `json:"functions"`
			}{"wxcloud.trigger.push/1", c.env.ID, results})
		} else if len(results) == 0 {
			a.say(text.TriggerNothing)
		}
		if count > 0 && len(results) > 1 {
			failed = clierr.New("cmd/some-not-pushed", clierr.Partial, clierr.Args{"failed": strconv.Itoa(count), "all": strconv.Itoa(len(results))}).Because(failed)
		}
		return errors.Join(err, failed)
	})
}

func (a *app) tellPushed(env environment, r pushedTriggers) {
	if r.Problem != nil {
		return // the error tells it
	}
	if r.Status == "unchanged" {
		a.print(text.TriggerUnchanged, "function", r.Function, "env", env.Name)
	} else {
		a.print(text.TriggerPushed, "function", r.Function, "env", env.Name,
			"set", orElse(strings.Join(r.Set, ", "), "-"), "removed", orElse(strings.Join(r.Removed, ", "), "-"))
		if len(r.Set) > 0 {
			a.say(text.TriggerTicket)
		}
	}
	if len(r.Kept) > 0 {
		a.say(text.TriggerKept, "names", strings.Join(r.Kept, ", "))
	}
}

// pushTriggers makes a function's timers those wanted and reads them back.
func pushTriggers(ctx context.Context, p *config.Project, c *connection, name string, wanted []config.Trigger, prune bool) (pushedTriggers, error) {
	result := pushedTriggers{Function: name, Set: []string{}, Removed: []string{}, Kept: []string{}, Status: "unchanged"}
	after, err := c.changeSettings(ctx, p, name, func(now wxapi.Function) error {
		var set []wxapi.Trigger
		result.Set, result.Removed, result.Kept = []string{}, []string{}, []string{}
		for _, row := range triggerRows(name, wanted, now.Triggers) {
			switch {
			case row.State == "differs" || row.State == "only-disk":
				set = append(set, wxapi.Trigger{Name: row.Name, Desc: row.Disk})
				result.Set = append(result.Set, row.Name)
			case row.State == "only-cloud" && prune:
				if err := c.functions.DeleteTrigger(ctx, name, row.Name); err != nil && !wxapi.IsTriggerNotFound(err) {
					return err
				}
				result.Removed = append(result.Removed, row.Name)
			case row.State == "only-cloud":
				result.Kept = append(result.Kept, row.Name)
			}
		}
		if len(set) == 0 {
			return nil
		}
		return c.functions.SetTriggers(ctx, name, set)
	})
	if err != nil || len(result.Set)+len(result.Removed) == 0 {
		return result, err
	}
	for _, row := range triggerRows(name, wanted, after.Triggers) {
		if row.State != "same" && (row.State != "only-cloud" || slices.Contains(result.Removed, row.Name)) {
			return result, clierr.New("cmd/trigger-differs", clierr.Cloud, clierr.Args{
				"function": name, "trigger": row.Name, "disk": orElse(row.Disk, "-"), "cloud": orElse(row.Cloud, "-"),
			})
		}
	}
	result.Status = "verified"
	return result, nil
}

func (a *app) newTriggerRm() *cobra.Command {
	var flags credentialFlags
	c := a.command("rm FUNCTION TRIGGER...", text.TriggerRmShort, text.TriggerRmLong,
		clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.OtherCredential)
	c.Example = "  wxcloud trigger rm notify daily --local --via tencent"
	flags.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error { return a.triggerRm(c.Context(), args, flags) }
	return c
}

func (a *app) triggerRm(ctx context.Context, args []string, flags credentialFlags) error {
	if len(args) < 2 {
		return clierr.New("cmd/trigger-rm-what", clierr.Usage, nil)
	}
	name := args[0]
	if err := plainName(name); err != nil {
		return err
	}
	return a.onCloud(ctx, flags, func(p *config.Project, c *connection) error {
		if err := a.mayChange(c.env); err != nil {
			return err
		}
		_, err := c.changeSettings(ctx, p, name, func(now wxapi.Function) error {
			for _, trigger := range args[1:] {
				if !slices.ContainsFunc(now.Triggers, func(t wxapi.Trigger) bool { return t.Name == trigger }) {
					var names []string
					for _, t := range now.Triggers {
						names = append(names, t.Name)
					}
					return clierr.New("cmd/no-trigger", clierr.NotFound, clierr.Args{"function": name, "trigger": trigger, "triggers": orElse(strings.Join(names, ", "), "-")})
				}
			}
			for _, trigger := range args[1:] {
				if err := c.functions.DeleteTrigger(ctx, name, trigger); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printJSON(struct {
				Schema      string   `json:"schema"`
				Environment string   `json:"environment"`
				Function    string   `json:"function"`
				Removed     []string `json:"removed"`
			}{"wxcloud.trigger.rm/1", c.env.ID, name, args[1:]})
		}
		a.print(text.TriggerRemoved, "function", name, "env", c.env.Name, "names", strings.Join(args[1:], ", "))
		return nil
	})
}

// mayChange wants a yes before anything changes in a protected environment.
func (a *app) mayChange(env environment) error {
	if !env.Protected || a.flags.yes {
		return nil
	}
	if !a.mayAsk() {
		return clierr.New("cmd/protected", clierr.Usage, clierr.Args{"env": env.Name}).Hint("cmd/hint-yes", nil)
	}
	yes, err := a.confirm(a.t(text.AskChange, "env", env.Name), false)
	if err == nil && !yes {
		err = clierr.New("cmd/not-confirmed", clierr.Usage, nil)
	}
	return err
}
