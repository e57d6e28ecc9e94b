package cmd

import (
	"io"
	"strconv"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/internal/ui"
	"wxcloud/upload"
)

// groupFrom is how many lines a list may have before equal ones share a line: a
// plan and a summary of 200 functions have to fit a screen.
const groupFrom = 20

// planTable is what would change, one line per function or per group of equals.
type planTable struct {
	app   *app
	theme ui.Theme
	rows  []planRow
}

type planRow struct {
	names         []string
	code, changes string
}

func (d *planning) table(theme ui.Theme) planTable {
	t := planTable{app: d.app, theme: theme}
	at := map[planKey]int{}
	grouped := len(d.made.Functions)-d.unchanged() > groupFrom
	for _, f := range d.made.Functions {
		if len(f.Steps) == 0 {
			continue
		}
		key := planKey{d.app.t(codeWord(f)), d.app.changes(f)}
		if i, seen := at[key]; seen && grouped {
			t.rows[i].names = append(t.rows[i].names, f.Name)
			continue
		}
		at[key] = len(t.rows)
		t.rows = append(t.rows, planRow{[]string{f.Name}, key.code, key.changes})
	}
	return t
}

// planKey is what two functions have in common that share a line.
type planKey struct{ code, changes string }

func (t planTable) write(w io.Writer, width int) {
	table := ui.NewTable(t.theme, t.app.t(text.HeadFunction), t.app.t(text.HeadCode), t.app.t(text.HeadChanges))
	for _, row := range t.rows {
		name := row.names[0]
		if n := len(row.names); n > 1 {
			name = shortList(row.names, 2)
		}
		table.Cells(ui.Cell{Text: name, Style: t.theme.Bold}, ui.Cell{Text: row.code}, ui.Cell{Text: orElse(row.changes, "-")})
	}
	_ = table.Write(w, width)
}

func codeWord(f upload.FunctionPlan) text.Sentence {
	switch f.Code {
	case upload.CodeUnchanged:
		return text.CodeUnchanged
	case upload.CodeNew:
		return text.CodeNew
	case upload.CodeChanged:
		if f.Drifted {
			return text.CodeConflict
		}
		return text.CodeChanged
	case upload.CodeDrifted:
		return text.CodeDrifted
	case upload.CodeBroken:
		return text.CodeBroken
	case upload.CodeUnfinished:
		return text.CodeUnfinished
	case upload.CodeForced:
		return text.CodeForced
	case upload.CodeUnknown:
		return text.CodeUnknown
	default:
		return text.CodeUnknown
	}
}

// changes is everything but the code, in one line.
func (a *app) changes(f upload.FunctionPlan) string {
	var parts []string
	add := func(part string) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	for _, name := range f.Permissions.Added {
		add("+" + name)
	}
	for _, name := range f.Permissions.Removed {
		add("-" + name)
	}
	if f.Create != nil {
		add(a.t(text.SettingsNew, "runtime", f.Create.Runtime, "memory", strconv.Itoa(f.Create.MemoryMB), "timeout", strconv.Itoa(f.Create.TimeoutSeconds)))
	}
	if f.InstallDependency && f.Code != upload.CodeUnchanged {
		add(a.t(text.SettingsInstall))
	}
	var variables []string
	for _, d := range f.Differences {
		switch d.What {
		case upload.DiffMemory:
			add(d.From + " -> " + d.To + " MB")
		case upload.DiffTimeout:
			add(d.From + " -> " + d.To + " s")
		case upload.DiffVariable:
			if sign := signOf(d.Action); sign != "" {
				variables = append(variables, sign+d.Name)
			}
		case upload.DiffTrigger:
			add(a.triggerChange(d))
		case upload.DiffHandler:
			add(a.t(text.SettingsHandler, "from", orElse(d.From, "-"), "to", d.To))
		case upload.DiffRuntime, upload.DiffInstall: // a note, and said above
		}
	}
	if len(variables) > 0 {
		add(a.t(text.SettingsVariables, "names", strings.Join(variables, " ")))
	}
	return strings.Join(parts, ", ")
}

// signOf is + for what is added, ~ for what changes, - for what is removed.
func signOf(action upload.DifferenceAction) string {
	switch action {
	case upload.DiffAdd:
		return "+"
	case upload.DiffChange:
		return "~"
	case upload.DiffRemove:
		return "-"
	case upload.DiffReport, upload.DiffKeep:
	}
	return ""
}

func (a *app) triggerChange(d upload.Difference) string {
	sign := signOf(d.Action)
	if sign == "" {
		return ""
	}
	return strings.TrimSpace(a.t(text.SettingsTrigger, "name", sign+d.Name, "cron", d.To))
}
