package cmd

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/suggest"
)

// topCommand is a command below the root and the group its help is listed in.
type topCommand struct {
	name, group string
	make        func() *cobra.Command
}

// commands are the commands in the order in which a day's work meets them, which
// is that of the help. When the first argument names one, only that one is made:
// the flags of all the others are a fifth of the time that `wxcloud version` takes.
func (a *app) commands() []topCommand {
	return []topCommand{
		{"demo", "start", a.newDemo},
		{"init", "start", a.newInit},

		{"lint", "work", a.newLint},
		{"perm", "work", a.newPerm},
		{"plan", "work", a.newPlan},
		{"deploy", "work", a.newDeploy},
		{"status", "work", a.newStatus},
		{"invoke", "work", a.newInvoke},
		{"explain", "work", a.newExplain},

		{"list", "cloud", a.newList},
		{"info", "cloud", a.newInfo},
		{"logs", "cloud", a.newLogs},
		{"diff", "cloud", a.newDiff},
		{"pull", "cloud", a.newPull},
		{"vars", "cloud", a.newVars},
		{"trigger", "cloud", a.newTrigger},
		{"delete", "cloud", a.newDelete},

		{"doctor", "more", a.newDoctor},
		{"auth", "more", a.newAuth},
		{"env", "more", a.newEnv},
		{"emulator", "more", a.newEmulator},
		{"pack", "more", a.newPack},
		{"schema", "more", a.newSchema},
		{"version", "more", a.newVersion},
	}
}

// newRoot builds the command tree. Building it reads nothing and opens nothing:
// `wxcloud version` must not pay for what other commands need.
func (a *app) newRoot() *cobra.Command {
	root := a.command("wxcloud", text.RootShort, text.RootLong, clierr.OK, clierr.Usage, clierr.Local)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetHelpCommand(a.newHelp(root))
	root.SetOut(a.io.Out)
	root.SetErr(a.io.Err)
	root.SetIn(a.io.In)
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { a.help(c) })
	root.SetUsageFunc(func(c *cobra.Command) error { a.help(c); return nil })
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		a.ran = c
		if err := c.ValidateFlagGroups(); err != nil { // cobra looks too, and has no exit code for it
			return a.flagError(c, err)
		}
		if err := c.ValidateFlagGroups(); err != nil {
			return a.flagError(c, err)
		}
		if err := notEmpty(c); err != nil {
			return err
		}
		return a.checkLanguage()
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return a.flagError(c, err) })

	flags := root.PersistentFlags()
	flags.StringVar(&a.flags.lang, "lang", "", a.t(text.FlagLang))
	flags.BoolVar(&a.flags.json, "json", false, a.t(text.FlagJSON))
	flags.StringVarP(&a.flags.env, "env", "e", "", a.t(text.FlagEnv))
	flags.BoolVar(&a.flags.local, "local", false, a.t(text.FlagLocal))
	flags.StringVar(&a.flags.root, "root", "", a.t(text.FlagRoot))
	flags.StringVar(&a.flags.appID, "appid", "", a.t(text.FlagAppID))
	flags.StringVar(&a.flags.ip, "ip", "", a.t(text.FlagIP))
	flags.BoolVarP(&a.flags.yes, "yes", "y", false, a.t(text.FlagYes))
	flags.BoolP("help", "h", false, a.t(text.FlagHelp))
	_ = root.RegisterFlagCompletionFunc("env", a.completeEnvironments)
	_ = root.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions([]string{"en", "zh-CN"}, cobra.ShellCompDirectiveNoFileComp))

	root.AddGroup(
		&cobra.Group{ID: "start", Title: a.t(text.GroupStart)},
		&cobra.Group{ID: "work", Title: a.t(text.GroupWork)},
		&cobra.Group{ID: "cloud", Title: a.t(text.GroupCloud)},
		&cobra.Group{ID: "more", Title: a.t(text.GroupMore)},
	)
	commands := a.commands()
	if i := slices.IndexFunc(commands, func(c topCommand) bool { return c.name == a.first }); i >= 0 {
		commands = commands[i : i+1]
		root.CompletionOptions.DisableDefaultCmd = true
	}
	for _, c := range commands {
		made := c.make()
		made.GroupID = c.group
		root.AddCommand(made)
	}
	root.Args = cobra.ArbitraryArgs
	root.RunE = a.overview
	return root
}

// command starts a command whose help lists the exit codes it can end with.
func (a *app) command(use string, short, long text.Sentence, exits ...clierr.Exit) *cobra.Command {
	c := &cobra.Command{Use: use, Short: a.t(short), Long: a.t(long), DisableFlagsInUseLine: true}
	if len(exits) > 0 {
		// These two can happen to any command.
		exits = append(exits, clierr.Usage, clierr.Interrupted)
		slices.Sort(exits)
		exits = slices.Compact(exits)
		codes := make([]string, len(exits))
		for i, e := range exits {
			codes[i] = strconv.Itoa(int(e))
		}
		c.Annotations = map[string]string{exitAnnotation: strings.Join(codes, " ")}
	}
	return c
}

// newHelp is "wxcloud help perm", which people type before they try --help.
func (a *app) newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: a.t(text.HelpShort), GroupID: "more",
		RunE: func(_ *cobra.Command, args []string) error {
			c, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return a.group(root, args)
			}
			a.help(c)
			return nil
		},
	}
}

// checkLanguage refuses a --lang that chooseLanguage had to pass over.
func (a *app) checkLanguage() error {
	if _, ok := text.Parse(a.flags.lang); a.flags.lang != "" && !ok {
		return clierr.New("cmd/unknown-language", clierr.Usage, clierr.Args{"lang": a.flags.lang})
	}
	return nil
}

// notEmpty refuses an empty value of the flags that narrow down what a command
// is about. It mostly is a variable that is not set in a pipeline, and without
// the flag the command would do more, or elsewhere.
func notEmpty(c *cobra.Command) error {
	for _, name := range [...]string{"env", "root", "appid", "since", "only", "key", "via", "token-command"} {
		if f := c.Flags().Lookup(name); f != nil && f.Changed && strings.Trim(f.Value.String(), "[] ") == "" {
			return clierr.New("cmd/flag-empty", clierr.Usage, clierr.Args{"flag": "--" + name})
		}
	}
	return nil
}

// group is the body of a command that only holds others: without arguments it
// shows its help, with one it says which command was probably meant. cobra does
// the latter for the root alone.
func (a *app) group(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		a.help(c)
		return nil
	}
	var names []string
	for _, child := range c.Commands() {
		if child.IsAvailableCommand() {
			names = append(names, child.Name())
		}
	}
	slices.Sort(names)
	err := clierr.New("cmd/unknown-command", clierr.Usage, clierr.Args{"command": args[0], "parent": c.CommandPath()})
	near := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !strings.HasPrefix(name, args[0]) })
	if len(near) == 0 {
		near = suggest.Nearest(args[0], slices.Values(names), 1)
	}
	if len(near) > 0 {
		return err.Hint("cmd/hint-run", clierr.Args{"command": strings.Join(append([]string{c.CommandPath(), near[0]}, args[1:]...), " ")})
	}
	return err.Hint("cmd/hint-help", clierr.Args{"command": c.CommandPath() + " --help"})
}

// noArguments refuses positional arguments, naming the first.
func (a *app) noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return clierr.New("cmd/unexpected-argument", clierr.Usage, clierr.Args{"argument": args[0], "command": c.CommandPath()}).
		Hint("cmd/hint-help", clierr.Args{"command": c.CommandPath() + " --help"})
}

// flagError turns pflag's complaint into one of ours. A mistyped long flag gets
// the nearest one that exists.
func (a *app) flagError(c *cobra.Command, err error) error {
	problem := clierr.New("cmd/bad-flag", clierr.Usage, clierr.Args{"problem": err.Error(), "command": c.CommandPath()})
	if typed, ok := strings.CutPrefix(err.Error(), "unknown flag: --"); ok {
		problem = clierr.New("cmd/unknown-flag", clierr.Usage, clierr.Args{"flag": "--" + typed, "command": c.CommandPath()})
		if near := suggest.Nearest(typed, slices.Values(flagNames(c)), 1); len(near) > 0 {
			return problem.Hint("cmd/hint-flag", clierr.Args{"flag": "--" + near[0]})
		}
	}
	if _, set, ok := strings.Cut(err.Error(), "none of the others can be; ["); ok {
		set, _, _ = strings.Cut(set, "]")
		flags := strings.Fields(set)
		problem = clierr.New("cmd/flags-exclude", clierr.Usage, clierr.Args{"flags": "--" + strings.Join(flags, ", --")})
	}
	return problem.Hint("cmd/hint-help", clierr.Args{"command": c.CommandPath() + " --help"})
}
