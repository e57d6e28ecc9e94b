package cmd

import (
	"strconv"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
	"wxcloud/perm"
)

// decimal is a number in figures.
func decimal(n int) string { return strconv.Itoa(n) }

// maxShown is how many causes of the project are printed; JSON has all.
const maxShown = 4

func (a *app) printExplained(e explained) {
	theme := a.io.OutTheme()
	head := e.Name
	if e.Code != 0 {
		head = strings.TrimSpace(decimal(e.Code) + "  " + e.Name)
	}
	a.printf("%s\n", theme.Bold(head))
	a.flow("", e.Title)
	a.printf("\n")
	a.flow("", e.Meaning)
	a.printMessages(e)
	if e.Address != "" {
		a.printf("\n%s\n", a.t(text.ExplainAddress, "address", e.Address))
	}
	if len(e.Here) > 0 {
		a.printHere(e)
	}
	if len(e.Causes) > 0 && !conclusive(e) {
		a.printf("\n%s\n", theme.Bold(a.t(text.ExplainCauses)))
		for i, cause := range e.Causes {
			a.flow("  "+decimal(i+1)+". ", cause)
		}
	}
	if len(e.Next) > 0 && !conclusive(e) {
		a.printf("\n%s\n", theme.Bold(a.t(text.ExplainNext)))
		for _, next := range e.Next {
			a.flow("  - ", next)
		}
	}
	a.printRun(e)
	if e.Certainty != "" {
		a.printf("\n%s\n", theme.Dim(a.t(text.Certainty(e.Certainty), "url", orElse(e.DocURL, a.t(text.NotDocumented)))))
	}
}

// printBrief is for a code that only carries another one, which was explained.
func (a *app) printBrief(e explained) {
	a.printf("%s\n", a.io.OutTheme().Bold(strings.TrimSpace(decimal(e.Code)+"  "+e.Name)))
	a.flow("", a.t(text.ExplainCarrier, "title", e.Title))
}

// conclusive reports that the project's state says enough, so that causes in
// general would only be noise.
func conclusive(e explained) bool { return len(e.Here) > 0 && e.Here[0].Likelihood != perm.Possible }

// printMessages shows what interfaces themselves say of the code.
func (a *app) printMessages(e explained) {
	if e.Message != "" {
		a.printf("\n")
		a.flow("", a.t(text.ExplainMessage, "api", e.API, "message", e.Message))
	}
	if len(e.Interfaces) == 0 {
		return
	}
	a.printf("\n%s\n", a.io.OutTheme().Bold(a.t(text.ExplainInterfaces)))
	table := ui.NewTable(a.io.OutTheme())
	for _, use := range e.Interfaces {
		table.Row("  "+use.Interface, orElse(use.Message, "-"))
	}
	_ = table.Write(a.io.Out, a.io.OutWidth())
}

// printHere shows the causes as the project shows them, each with its evidence.
func (a *app) printHere(e explained) {
	theme := a.io.OutTheme()
	env := orElse(e.Environment, a.t(text.UnknownEnvironment))
	head := a.t(text.ExplainHereAll, "env", env)
	if e.Function != "" {
		head = a.t(text.ExplainHere, "case", a.callOf(e), "env", env)
	}
	a.printf("\n%s\n", theme.Bold(head))
	for i, c := range e.Here[:min(len(e.Here), maxShown)] {
		a.flow("  "+decimal(i+1)+". ", a.t(text.ExplainCause, "likelihood", a.t(text.Likelihood(string(c.Likelihood))), "cause", c.Text))
		for _, s := range c.Evidence {
			a.flow("     - ", evidenceLine(s))
		}
	}
	if e.Function == "" || e.API == "" && e.Code == -604101 {
		a.printf("  %s\n", theme.Dim(a.t(text.ExplainNarrow, "code", decimal(e.Code))))
	}
	if len(e.Excluded) > 0 && conclusive(e) && e.Here[0].ID == "perm/because-account" {
		a.printf("\n%s\n", theme.Bold(a.t(text.ExplainExcluded)))
		for _, s := range e.Excluded {
			a.flow("  - ", evidenceLine(s))
		}
	}
}

// callOf names the function and, if it is known, the interface.
func (a *app) callOf(e explained) string {
	if e.API == "" {
		return e.Function
	}
	return a.t(text.ExplainCall, "function", e.Function, "api", e.API)
}

func evidenceLine(s seenHere) string {
	if at := (clierr.Position{File: s.File, Line: s.Line}); !at.IsZero() {
		return at.String() + " " + s.Text
	}
	return s.Text
}

// printRun names the one command to run next and what helps at once.
func (a *app) printRun(e explained) {
	theme := a.io.OutTheme()
	if e.Run != "" {
		a.printf("\n%s\n  %s\n", theme.Bold(a.t(text.ExplainRun)), theme.Cyan(e.Run))
	}
	if len(e.Now) == 0 {
		return
	}
	a.printf("\n%s\n", theme.Bold(a.t(text.ExplainNow)))
	for _, r := range e.Now {
		a.flow("  - ", r.Text)
		if r.Run != "" {
			a.printf("    %s\n", theme.Cyan(r.Run))
		}
	}
}

// flowMarked is flow behind a painted mark that takes as much room as plain.
func (a *app) flowMarked(painted, plain, s string) {
	lead := "  " + plain + " "
	width := a.io.OutWidth()
	lines := []string{s}
	if width > 0 {
		lines = ui.Wrap(s, max(width-ui.Width(lead), 20))
	}
	for i, line := range lines {
		if i == 0 {
			a.printf("  %s %s\n", painted, line)
		} else {
			a.printf("%s%s\n", strings.Repeat(" ", ui.Width(lead)), line)
		}
	}
}

// flow prints a text behind a lead, wrapped on a terminal and indented below itself.
func (a *app) flow(lead, s string) {
	width := a.io.OutWidth()
	if width == 0 {
		a.printf("%s%s\n", lead, s)
		return
	}
	for i, line := range ui.Wrap(s, max(width-len(lead), 20)) {
		if i > 0 {
			lead = strings.Repeat(" ", len(lead))
		}
		a.printf("%s%s\n", lead, line)
	}
}
