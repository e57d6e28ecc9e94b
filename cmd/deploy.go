package cmd

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/lint"
	"wxcloud/perm"
	"wxcloud/upload"
)

type deployOptions struct {
	planOptions
	noLint         bool
	create         bool
	allowUnapplied bool
	wait, noWait   bool
	waiting        waitOptions
	events         string
}

func (a *app) newDeploy() *cobra.Command {
	var o deployOptions
	c := a.command("deploy [FUNCTION...]", text.DeployShort, text.DeployLong, clierr.OK, clierr.Failed, clierr.Auth, clierr.Usage,
		clierr.NotFound, clierr.Cloud, clierr.Local, clierr.Partial, clierr.Propagating, clierr.OtherCredential, clierr.Interrupted)
	c.Example = "  wxcloud deploy --local\n  wxcloud deploy notify 'order*' --env prod\n  wxcloud deploy --env prod --since origin/main --yes\n  wxcloud deploy --env prod --wait --token-command ./token.sh"
	o.register(a, c)
	f := c.Flags()
	f.BoolVar(&o.noLint, "no-lint", false, a.t(text.FlagNoLint))
	f.BoolVar(&o.create, "create", false, a.t(text.FlagCreate))
	f.BoolVar(&o.allowUnapplied, "allow-unapplied-permissions", false, a.t(text.FlagAllowUnapplied))
	f.BoolVar(&o.wait, "wait", false, a.t(text.FlagWait))
	f.BoolVar(&o.noWait, "no-wait", false, a.t(text.FlagNoWait))
	f.StringVar(&o.waiting.event, "event", "", a.t(text.FlagWaitEvent))
	registerAsUser(a, c, &o.waiting.asUser)
	f.DurationVar(&o.waiting.timeout, "wait-timeout", 0, a.t(text.FlagWaitTimeout))
	f.BoolVar(&o.waiting.acceptEarly, "accept-early", false, a.t(text.FlagAcceptEarly))
	f.BoolVar(&o.waiting.acceptClock, "accept-clock", false, a.t(text.FlagAcceptClock))
	f.StringVar(&o.events, "events", "", a.t(text.FlagEvents))
	c.MarkFlagsMutuallyExclusive("wait", "no-wait")
	c.RunE = func(c *cobra.Command, names []string) error { return a.deploy(c.Context(), names, o) }
	return c
}

// deploy makes the functions in the cloud what they are here. Whatever can be
// refused is refused before anything is sent.
func (a *app) deploy(ctx context.Context, names []string, o deployOptions) (err error) {
	if o.events == "-" && a.flags.json {
		return clierr.New("cmd/events-and-json", clierr.Usage, nil)
	}
	p, functions, err := o.choose(ctx, a, names)
	if err != nil {
		return err
	}
	var report lint.Report
	if o.noLint {
		a.warnSettings(p.Settings)
		report, err = a.analyze(ctx, functions, a.projectRoot(p))
	} else {
		report, err = a.lintBlocks(ctx, p, functions)
	}
	if err != nil {
		return err
	}
	c, err := a.connectPlanned(ctx, p, o.planOptions)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	planning, err := a.newPlanning(p, c, o.planOptions, names)
	if err != nil {
		return err
	}
	d := &deployment{planning: planning, options: o, waited: map[string]perm.Status{}}
	if d.events, err = a.newEvents(o.events); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.events.end(err)) }()
	release, err := d.store.Exclusive(ctx, c.env.ID, func() { a.say(text.DeployBusy, "env", c.env.Name) })
	if err != nil {
		return err
	}
	defer release()
	return d.deploy(ctx, functions, report)
}

// deployment is one run of deploy against one environment.
type deployment struct {
	planning
	options deployOptions
	events  *events
	waiting *waiting
	mu      sync.Mutex             // guards waited, and what a wait prints
	waited  map[string]perm.Status // how waits ended, by function
}

func (d *deployment) deploy(ctx context.Context, functions []config.Function, report lint.Report) error {
	if err := d.plan(ctx, functions, report); err != nil {
		return err
	}
	d.events.planned(d.connection.env, d.made)
	if !d.made.Pending() && len(d.made.Failed()) == 0 {
		return d.nothing(ctx)
	}
	if err := d.permitted(); err != nil {
		return err
	}
	if err := d.readyDevtools(ctx); err != nil {
		return err
	}
	return d.run(ctx)
}

func (d *deployment) nothing(ctx context.Context) error {
	if err := d.made.Adopt(ctx, d.store); err != nil {
		return err
	}
	if d.app.flags.json {
		return d.printDocument(upload.Outcome{Env: d.made.Env})
	}
	d.noteSettings()
	d.result(text.DeployNothing, "count", strconv.Itoa(len(d.made.Functions)), "env", d.connection.env.Name)
	return nil
}

func (d *deployment) run(ctx context.Context) error {
	writer, name := d.connection.writer()
	options := upload.RunOptions{
		Cloud: d.connection.functions, Permissions: writer, State: d.store,
		Writer: name, Pace: d.pace, Poll: d.poll(),
	}
	if d.app.key != nil {
		// Each request needs a random string first, which can be had meanwhile.
		d.app.key.KeepAhead(d.planning.options.jobs)
		d.app.key.Ahead(min(d.planning.options.jobs, len(d.made.Functions)-d.unchanged()))
	}
	progress := newProgress(d.app, d.made)
	defer progress.close()
	if d.waits() {
		var err error
		if d.waiting, err = d.app.newWaiting(ctx, d.project, d.connection, d.options.waiting, progress.live); err != nil {
			return err
		}
		options.Granted = func(ctx context.Context, function string, _ upload.Applied) error {
			progress.waits(function)
			return d.await(ctx, function)
		}
		if options.Hold, err = d.heldBack(); err != nil {
			return err
		}
	}
	outcome, err := upload.Run(ctx, d.made, options, func(e upload.Event) {
		d.events.happened(e)
		progress.observe(e)
	})
	progress.close()
	if err == nil && d.waits() {
		err = d.awaitRest(ctx, outcome)
	}
	if err == nil {
		err = d.triggersLeft(outcome)
	}
	d.events.outcome(outcome)
	if d.app.flags.json {
		if printErr := d.printDocument(outcome); printErr != nil {
			return printErr
		}
		return err
	}
	d.printOutcome(outcome)
	return err
}

// result is a line of the result: on stdout, unless that carries the events.
func (d *deployment) result(s text.Sentence, pairs ...string) {
	if d.options.events == "-" {
		d.app.say(s, pairs...)
		return
	}
	d.app.print(s, pairs...)
}

// poll asks the local cloud more often: it answers in a millisecond.
func (d *deployment) poll() upload.Poll {
	if d.connection.local == nil {
		return upload.Poll{}
	}
	return upload.Poll{First: 50 * time.Millisecond, Max: 300 * time.Millisecond}
}
