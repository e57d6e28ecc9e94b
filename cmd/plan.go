package cmd

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/upload"
)

func (a *app) newPlan() *cobra.Command {
	var o planOptions
	exitCode := false
	c := a.command("plan [FUNCTION...]", text.PlanShort, text.PlanLong, clierr.OK, clierr.Failed, clierr.Auth, clierr.Usage,
		clierr.NotFound, clierr.Cloud, clierr.Local, clierr.Partial, clierr.Pending, clierr.Interrupted)
	c.Example = "  wxcloud plan --local\n  wxcloud plan 'order*' --env prod --refresh\n  wxcloud plan --env prod --exit-code --json"
	o.register(a, c)
	c.Flags().BoolVar(&exitCode, "exit-code", false, a.t(text.FlagExitCode))
	c.RunE = func(c *cobra.Command, names []string) error { return a.plan(c.Context(), names, o, exitCode) }
	return c
}

// plan shows what deploy would do with the same flags. It changes nothing, in
// the cloud or in the record.
func (a *app) plan(ctx context.Context, names []string, o planOptions, exitCode bool) (err error) {
	p, functions, err := o.choose(ctx, a, names)
	if err != nil {
		return err
	}
	a.warnSettings(p.Settings)
	report, err := a.analyze(ctx, functions, a.projectRoot(p))
	if err != nil {
		return err
	}
	c, err := a.connectPlanned(ctx, p, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	d, err := a.newPlanning(p, c, o, names)
	if err != nil {
		return err
	}
	if err := d.plan(ctx, functions, report); err != nil {
		return err
	}
	if exitCode && d.made.Pending() {
		a.exit = clierr.Pending
	}
	failed := d.made.Failed()
	var partial error
	if len(failed) > 0 {
		partial = clierr.New("upload/partial", clierr.Partial, clierr.Args{"failed": strconv.Itoa(len(failed)), "total": strconv.Itoa(len(d.made.Functions))})
	}
	if a.flags.json {
		return errors.Join(partial, a.printJSON(d.document()))
	}
	for _, f := range failed {
		a.printf("%s %s: %s\n", a.io.OutTheme().Cross(), f.Name, a.errorText(f.Err))
	}
	if !d.made.Pending() && partial == nil {
		a.print(text.DeployNothing, "count", strconv.Itoa(len(d.made.Functions)), "env", c.env.Name)
	} else if d.made.Pending() {
		a.print(text.PlanTitle, "env", c.env.Name)
		d.table(a.io.OutTheme()).write(a.io.Out, a.io.OutWidth())
		if n := d.unchanged(); n > 0 {
			a.print(text.PlanUnchanged, "count", strconv.Itoa(n))
		}
	}
	d.notes()
	if d.made.Pending() {
		a.next(a.commandLine("deploy"+d.arguments()+o.again(), c.env))
	}
	return partial
}

// arguments are the names as they were given, for a command to paste.
func (d *planning) arguments() string {
	line := ""
	for _, name := range d.named {
		line += " " + shellQuote(name)
	}
	return line
}

// again are the flags that make the same plan once more.
func (o planOptions) again() string {
	line := o.selection.again()
	for _, f := range []struct {
		on   bool
		flag string
	}{{o.localNpm, "--local-npm"}, {o.force, "--force"}, {o.refresh, "--refresh"}, {o.prune, "--prune"}} {
		if f.on {
			line += " " + f.flag
		}
	}
	for _, file := range o.allowSecrets {
		line += " --allow-secret " + shellQuote(file)
	}
	return line + o.credentials.again()
}

// unchanged counts the functions the plan leaves alone.
func (d *planning) unchanged() int {
	n := 0
	for _, f := range d.made.Functions {
		if len(f.Steps) == 0 && f.Err == nil {
			n++
		}
	}
	return n
}

// notes says, on stderr, what the table cannot.
func (d *planning) notes() {
	d.noteSettings()
	d.noteDevtools()
	if unapplied := d.unapplied(); len(unapplied) > 0 {
		d.app.warn(text.NoteUnapplied, "env", d.connection.env.Name, "list", shortList(unapplied, 6))
	}
}

// noteSettings says what is left as it is, and what a timer may not be able to.
func (d *planning) noteSettings() {
	a := d.app
	var timers []string
	var kept []string
	for _, f := range d.made.Functions {
		if f.Triggers.CloudCalls && (len(f.Triggers.Added) > 0 || len(f.Triggers.Changed) > 0) {
			timers = append(timers, f.Name)
		}
		for _, diff := range f.Differences {
			switch {
			case diff.Action == upload.DiffKeep:
				kept = append(kept, f.Name+": "+diff.Name)
			case diff.What == upload.DiffRuntime:
				a.warn(text.NoteRuntime, "function", f.Name, "from", diff.From, "to", diff.To)
			}
		}
	}
	if len(timers) > 0 {
		a.warn(text.NoteTimers, "functions", shortList(timers, 10))
	}
	if len(kept) > 0 {
		a.say(text.NoteKept, "list", shortList(kept, 6))
	}
}

// unapplied lists, as "function: names", what no credential at hand can apply.
func (d *planning) unapplied() []string {
	var all []string
	for _, f := range d.made.Functions {
		if len(f.Unapplied) > 0 {
			all = append(all, f.Name+": "+strings.Join(f.Unapplied, ", "))
		}
	}
	return all
}

// shortList joins at most so many and counts the others.
func shortList(all []string, most int) string {
	if len(all) <= most {
		return strings.Join(all, ", ")
	}
	return strings.Join(all[:most], ", ") + " (+" + strconv.Itoa(len(all)-most) + ")"
}
