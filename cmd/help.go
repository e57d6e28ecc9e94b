package cmd

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
)

// exitAnnotation holds the exit codes of a command, separated by blanks.
const exitAnnotation = "wxcloud_exit"

// help prints a command's page in the user's language. cobra's own template
// speaks English only and knows nothing of exit codes.
func (a *app) help(c *cobra.Command) {
	theme := a.io.OutTheme()
	about := c.Long
	if about == "" {
		about = c.Short
	}
	a.printf("%s\n", about)
	a.printf("\n%s\n", theme.Bold(a.t(text.HelpUsage)))
	if c.Runnable() && !c.HasAvailableSubCommands() {
		a.printf("  %s\n", strings.TrimSpace(c.UseLine()))
	} else {
		a.printf("  %s %s\n", c.CommandPath(), a.t(text.HelpCommandWord))
	}
	if c.Example != "" {
		a.printf("\n%s\n%s\n", theme.Bold(a.t(text.HelpExamples)), c.Example)
	}
	for _, group := range c.Groups() {
		a.helpCommands(theme.Bold(group.Title), c, group.ID)
	}
	a.helpCommands(theme.Bold(a.t(text.HelpCommands)), c, "")
	a.helpFlags(theme.Bold(a.t(text.HelpFlags)), c.LocalNonPersistentFlags())
	a.helpFlags(theme.Bold(a.t(text.HelpGlobalFlags)), persistent(c))
	if codes := c.Annotations[exitAnnotation]; codes != "" {
		a.printf("\n%s\n", theme.Bold(a.t(text.HelpExit)))
		for code := range strings.FieldsSeq(codes) {
			n, _ := strconv.Atoi(code)
			a.printf("  %3s  %s\n", code, a.t(text.ExitMeaning(clierr.Exit(n))))
		}
	}
	if c.HasAvailableSubCommands() {
		a.printf("\n%s\n", a.t(text.HelpMore, "command", c.CommandPath()))
	}
}

func (a *app) helpCommands(title string, c *cobra.Command, group string) {
	var rows [][2]string
	width := 0
	children := c.Commands() // by name
	if !c.HasParent() {
		order := a.commands()
		place := func(c *cobra.Command) int {
			return slices.IndexFunc(order, func(t topCommand) bool { return t.name == c.Name() })
		}
		slices.SortFunc(children, func(a, b *cobra.Command) int { return place(a) - place(b) })
	}
	for _, child := range children {
		if child.GroupID == group && child.IsAvailableCommand() {
			rows = append(rows, [2]string{child.Name(), child.Short})
			width = max(width, len(child.Name()))
		}
	}
	if len(rows) == 0 {
		return
	}
	a.printf("\n%s\n", title)
	for _, r := range rows {
		a.printf("  %-*s  %s\n", width, r[0], r[1])
	}
}

func (a *app) helpFlags(title string, flags *pflag.FlagSet) {
	lines := strings.Split(strings.TrimRight(flags.FlagUsages(), "\n"), "\n")
	if lines[0] == "" {
		return
	}
	a.printf("\n%s\n", title)
	// pflag counts bytes, which sets the descriptions askew behind Chinese names.
	width := 0
	for _, line := range lines {
		width = max(width, ui.Width(line[:flagEnd(line)]))
	}
	for _, line := range lines {
		end := flagEnd(line)
		pad := strings.Repeat(" ", width-ui.Width(line[:end]))
		a.printf("%s%s   %s\n", line[:end], pad, strings.TrimLeft(line[end:], " "))
	}
}

// flagEnd is where the flag ends in a line of usage and the blanks begin that
// stand before its description.
func flagEnd(line string) int {
	start := strings.Index(line, "--")
	if gap := strings.Index(line[max(start, 0):], "   "); gap >= 0 {
		return max(start, 0) + gap
	}
	return len(line)
}

// persistent returns the flags every command has, wherever they were defined.
func persistent(c *cobra.Command) *pflag.FlagSet {
	set := pflag.NewFlagSet("global", pflag.ContinueOnError)
	set.SortFlags = true
	c.Root().PersistentFlags().VisitAll(func(f *pflag.Flag) { set.AddFlag(f) })
	return set
}

// flagNames lists the long flags a command accepts.
func flagNames(c *cobra.Command) []string {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	c.InheritedFlags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}
