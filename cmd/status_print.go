package cmd

import (
	"slices"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/internal/ui"
	"wxcloud/perm"
)

// What fits on one screen: rows of functions that want something, and names of
// those that do not.
const (
	maxStatusRows  = 16
	maxStatusNames = 3 // lines
	screenWidth    = 80
	maxNameWidth   = 26
)

func (a *app) printStatus(s *surroundings, rows []statusRow, all bool, next string) error {
	theme := a.io.OutTheme()
	a.printf("%s\n", theme.Bold(a.t(text.StatusHead, "project", a.relative(s.project.Root), "appid", orElse(s.project.AppID, a.t(text.StatusNoAppID)),
		"env", orElse(s.env.Name, a.t(text.StatusNoEnv)), "count", decimal(len(s.project.Functions)))))
	if len(rows) == 0 {
		a.print(text.StatusNoFunctions, "root", a.relative(s.project.Root))
		return a.printNext(next)
	}
	wanting, fine, silent := group(rows)
	shown := wanting
	if all {
		shown, fine, silent = rows, nil, nil
	}
	more := 0
	if !all && len(shown) > maxStatusRows {
		more = len(shown) - maxStatusRows
		shown = shown[:maxStatusRows]
	}
	if len(shown) > 0 {
		a.printf("\n")
		table := ui.NewTable(theme, a.t(text.HeadFunction), a.t(text.HeadCalls), a.t(text.HeadDeclared), a.t(text.HeadPushed), a.t(text.HeadInForce))
		for _, r := range shown {
			table.Cells(a.statusCells(r)...)
		}
		if err := table.Write(a.io.Out, a.io.OutWidth()); err != nil {
			return err
		}
	}
	if more > 0 {
		a.print(text.StatusMore, "count", decimal(more))
	}
	if len(fine) > 0 {
		a.printf("\n")
		a.nameList(theme.Check()+" ", a.t(text.StatusFine, "count", decimal(len(fine))), fine)
	}
	if len(silent) > 0 {
		if len(fine) == 0 {
			a.printf("\n")
		}
		a.nameList("- ", a.t(text.StatusSilent, "count", decimal(len(silent))), silent)
	}
	if len(shown) > 0 {
		a.printf("\n%s\n", theme.Dim(a.t(text.StatusLegend, "yes", theme.Plain("✓"), "no", theme.Plain("✗"))))
	}
	return a.printNext(next)
}

func (a *app) printNext(next string) error {
	if next != "" {
		a.next(next)
	}
	return nil
}

// group sorts functions into those that want something, the most pressing
// first, those that are in order, and those that have nothing to do with cloud calls.
func group(rows []statusRow) (wanting []statusRow, fine, silent []string) {
	for _, r := range rows {
		switch {
		case r.wants():
			wanting = append(wanting, r)
		case len(r.Called)+len(r.Declared)+r.Dynamic == 0:
			silent = append(silent, r.function.Name)
		default:
			fine = append(fine, r.function.Name)
		}
	}
	slices.SortStableFunc(wanting, func(a, b statusRow) int { return a.urgency() - b.urgency() })
	return wanting, fine, silent
}

func (r statusRow) urgency() int {
	switch {
	case r.unreadable() != nil:
		return 0
	case len(r.Missing) > 0:
		return 1
	case r.State == perm.StateUnpushed:
		return 2
	case r.State == perm.StateUnknown:
		return 3
	case r.State == perm.StatePropagating:
		return 4
	default:
		return 5
	}
}

// statusCells are the five columns of one function. Every mark has a word or a
// figure beside it, so that neither colour nor symbols are needed to read it.
func (a *app) statusCells(r statusRow) []ui.Cell {
	theme := a.io.OutTheme()
	yes := func(s string) ui.Cell { return ui.Cell{Text: theme.Plain("✓") + " " + s, Style: theme.Green} }
	no := func(s string) ui.Cell { return ui.Cell{Text: theme.Plain("✗") + " " + s, Style: theme.Red} }
	open := func(s string) ui.Cell { return ui.Cell{Text: "~ " + s, Style: theme.Yellow} }
	unknown := func(s string) ui.Cell { return ui.Cell{Text: "? " + s, Style: theme.Yellow} }
	none := ui.Cell{Text: "-"}

	name := r.function.Name
	if a.io.OutWidth() > 0 {
		name = ui.Truncate(name, maxNameWidth, theme.Ellipsis())
	}
	called := decimal(len(r.Called))
	if r.Dynamic > 0 {
		called += "+?" // and whatever the rest calls
	}
	declared := none
	switch {
	case r.unreadable() != nil:
		declared = no(a.t(text.CellUnreadable))
	case len(r.Missing) > 0:
		declared = no(a.t(text.CellOf, "some", decimal(len(r.Called)-len(r.Missing)), "all", decimal(len(r.Called))))
	case len(r.Declared) > 0:
		declared = yes(decimal(len(r.Declared)))
	}
	pushed, force := none, none
	switch {
	case r.State == perm.StateNone:
	case r.Pushed == nil && r.State == perm.StateUnpushed:
		pushed = no(a.t(text.CellNever))
	case r.Pushed == nil:
		pushed = unknown(a.t(text.CellUnknown))
	case len(r.Unpushed) > 0:
		pushed = no(a.t(text.CellOf, "some", decimal(len(r.Declared)-len(r.Unpushed)), "all", decimal(len(r.Declared))))
	case len(r.Lingering) > 0:
		pushed = open(a.t(text.CellLingering, "count", decimal(len(r.Lingering))))
	case r.facts.Live == nil && r.facts.Record.Evidence == "stated":
		pushed = open(a.t(text.CellStated, "count", decimal(len(r.Pushed))))
	default:
		pushed = yes(decimal(len(r.Pushed)))
	}
	switch r.State {
	case perm.StateVerified:
		force = yes(a.t(text.CellVerified))
	case perm.StateCurrent:
		force = yes(a.t(text.CellCurrent))
	case perm.StatePropagating:
		force = open(a.t(text.CellUntil, "time", clock(r.Until)))
	case perm.StateElapsed:
		force = open(a.t(text.CellElapsed))
	case perm.StateUnpushed:
		force = no(a.t(text.CellNo))
	case perm.StateUnknown:
		force = unknown(a.t(text.CellUnknown))
	default:
	}
	return []ui.Cell{{Text: name}, {Text: called}, declared, pushed, force}
}

// nameList prints names in a few lines, and how many are left out.
func (a *app) nameList(mark, head string, names []string) {
	theme := a.io.OutTheme()
	line, lines, left := mark+head, 0, len(names)
	width := ui.Width(head) + 2
	for i, name := range names {
		if i > 0 {
			line += ","
			width++
		}
		room := screenWidth - 1 // for the comma
		if lines == maxStatusNames-1 && i < len(names)-1 {
			room -= ui.Width(a.t(text.StatusNamesMore, "ellipsis", theme.Ellipsis(), "count", decimal(left)))
		}
		if width+1+ui.Width(name) > room && i > 0 {
			if lines == maxStatusNames-1 {
				line = strings.TrimSuffix(line, ",") + " " + a.t(text.StatusNamesMore, "ellipsis", theme.Ellipsis(), "count", decimal(left))
				break
			}
			a.printf("%s\n", line)
			line, width, lines = " ", 1, lines+1
		}
		if !strings.HasSuffix(line, "：") {
			line += " "
			width++
		}
		line += name
		width += ui.Width(name)
		left--
	}
	a.printf("%s\n", line)
}
