package cmd

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/catalog"
	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/internal/ui"
	"wxcloud/lint"
)

// listedFunction is one function in the JSON document of perm list.
type listedFunction struct {
	Function   string            `json:"function"`
	File       string            `json:"file"`
	Dynamic    int               `json:"dynamicCalls"`
	AppliedAt  *time.Time        `json:"appliedAt,omitempty"`
	Interfaces []listedInterface `json:"interfaces"`
}

// listedInterface is one row of perm list. Applied is absent when no
// environment is named or nothing is recorded for it.
type listedInterface struct {
	Name     string `json:"name"`
	Declared bool   `json:"declared"`
	Called   int    `json:"calledAt"`
	Where    string `json:"firstCall,omitempty"`
	Status   string `json:"status"`
	Applied  *bool  `json:"applied,omitempty"`
}

func (a *app) newPermList() *cobra.Command {
	var names []string
	c := a.command("list [-f FUNCTION]", text.PermListShort, text.PermListLong, clierr.OK, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Aliases = []string{"ls"}
	c.Example = "  wxcloud perm list\n  wxcloud perm list -f 'order*' --env prod"
	c.Flags().StringSliceVarP(&names, "function", "f", nil, a.t(text.FlagFunction))
	_ = c.RegisterFlagCompletionFunc("function", a.completeFunctions)
	c.Args = a.noArguments
	c.RunE = func(c *cobra.Command, _ []string) error { return a.permList(c.Context(), names) }
	return c
}

func (a *app) permList(ctx context.Context, patterns []string) error {
	p, err := a.project()
	if err != nil {
		return err
	}
	functions := p.Functions
	if len(patterns) > 0 {
		if functions, err = functionNamed(p, patterns); err != nil {
			return err
		}
	}
	r, err := a.analyze(ctx, functions, a.projectRoot(p))
	if err != nil {
		return err
	}
	env, named, err := a.namedEnvironment(p)
	if err != nil {
		return err
	}
	var store *state.Store
	if named {
		if store, err = state.Open(p.Dir); err != nil {
			return err
		}
	}
	listed := make([]listedFunction, 0, len(functions))
	for _, f := range functions {
		at := slices.IndexFunc(r.Functions, func(rf lint.Function) bool { return rf.Name == f.Name })
		row := a.listFunction(f, r.Functions[at])
		if store != nil {
			known, _, err := store.Function(env.ID, f.Name)
			if err != nil {
				return err
			}
			row.applied(known)
		}
		listed = append(listed, row)
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema      string           `json:"schema"`
			Environment string           `json:"environment,omitempty"`
			Functions   []listedFunction `json:"functions"`
		}{"wxcloud.perm.list/1", env.ID, listed})
	}
	return a.printList(p, listed, env, named)
}

func (a *app) listFunction(f config.Function, code lint.Function) listedFunction {
	row := listedFunction{Function: f.Name, File: a.relative(f.Config.Path), Dynamic: len(code.Dynamic), Interfaces: []listedInterface{}}
	names := slices.Clone(code.Declared)
	for _, call := range code.Calls {
		names = append(names, call.API)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		one := listedInterface{Name: name, Declared: f.Declares(name), Status: "unknown"}
		if i, ok := catalog.Lookup(name); ok {
			one.Status = string(i.Status)
		}
		for _, call := range code.Calls {
			if call.API == name {
				if one.Called++; one.Called == 1 {
					one.Where = call.File + ":" + strconv.Itoa(call.Line)
				}
			}
		}
		row.Interfaces = append(row.Interfaces, one)
	}
	return row
}

// applied adds what was last applied in the environment, if anything is recorded.
func (row *listedFunction) applied(s state.Function) {
	if s.OpenapiAcceptedAt.IsZero() {
		return
	}
	row.AppliedAt = &s.OpenapiAcceptedAt
	for i := range row.Interfaces {
		yes := slices.Contains(s.Openapi, row.Interfaces[i].Name)
		row.Interfaces[i].Applied = &yes
	}
}

func (a *app) printList(p *config.Project, listed []listedFunction, env environment, named bool) error {
	theme := a.io.OutTheme()
	heads := []string{a.t(text.HeadFunction), a.t(text.HeadInterface), a.t(text.HeadDeclared), a.t(text.HeadCalled)}
	if named {
		heads = append(heads, a.t(text.HeadApplied, "env", env.Name))
	}
	heads = append(heads, a.t(text.HeadNote))
	table := ui.NewTable(theme, heads...)
	yesNo := func(yes bool) ui.Cell {
		if yes {
			return ui.Cell{Text: a.t(text.WordYes), Style: theme.Green}
		}
		return ui.Cell{Text: a.t(text.WordNo), Style: theme.Red}
	}
	for _, row := range listed {
		if len(row.Interfaces) == 0 {
			cells := []ui.Cell{{Text: row.Function}, {Text: "-"}, {Text: "-"}, {Text: "-"}}
			if named {
				cells = append(cells, ui.Cell{Text: "-"})
			}
			table.Cells(append(cells, ui.Cell{Text: a.listNote(row, listedInterface{Status: string(catalog.Active), Declared: true, Called: 1})})...)
		}
		for _, one := range row.Interfaces {
			called := ui.Cell{Text: a.t(text.WordNo)}
			if one.Called > 0 {
				called = ui.Cell{Text: one.Where}
			}
			cells := []ui.Cell{{Text: row.Function}, {Text: one.Name, Style: theme.Cyan}, yesNo(one.Declared), called}
			if named {
				applied := ui.Cell{Text: a.t(text.WordUnknown)}
				if one.Applied != nil {
					applied = yesNo(*one.Applied)
				}
				cells = append(cells, applied)
			}
			table.Cells(append(cells, ui.Cell{Text: a.listNote(row, one), Style: theme.Yellow})...)
		}
	}
	if err := table.Write(a.io.Out, a.io.OutWidth()); err != nil {
		return err
	}
	for _, s := range p.Skipped {
		a.say(text.ListSkipped, "name", s.Name, "reason", a.t(skipWord(s.Reason)))
	}
	return nil
}

// listNote says what is odd about a row.
func (a *app) listNote(row listedFunction, one listedInterface) string {
	var notes []string
	switch {
	case one.Called > 0 && !one.Declared:
		notes = append(notes, a.t(text.NoteUndeclared))
	case one.Declared && one.Called == 0 && row.Dynamic > 0:
		notes = append(notes, a.t(text.NoteMaybeUnused))
	case one.Declared && one.Called == 0:
		notes = append(notes, a.t(text.NoteUnused))
	}
	switch one.Status {
	case string(catalog.Removed):
		notes = append(notes, a.t(text.StatusRemoved))
	case string(catalog.Deprecated):
		notes = append(notes, a.t(text.StatusDeprecated))
	case "unknown":
		notes = append(notes, a.t(text.NoteUnknownName))
	}
	return strings.Join(notes, "; ")
}

// skipWord says why a folder is not a function.
func skipWord(r config.SkipReason) text.Sentence {
	switch r {
	case config.SkipFile:
		return text.SkipFile
	case config.SkipHidden:
		return text.SkipHidden
	case config.SkipModules:
		return text.SkipModules
	case config.SkipMocks:
		return text.SkipMocks
	case config.SkipLibrary:
		return text.SkipLibrary
	case config.SkipExcluded:
		return text.SkipExcluded
	case config.SkipLink:
		return text.SkipLink
	case config.SkipNoEntry:
		return text.SkipNoEntry
	default:
		return text.SkipNoEntry
	}
}
