package cmd

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/lint"
	"wxcloud/perm"
	"wxcloud/upload"
)

type deployOptions struct {
	credentials    credentialFlags
	noLint         bool
	localNpm       bool
	force          bool
	create         bool
	allowUnapplied bool
	wait, noWait   bool
	waiting        waitOptions
	allowSecrets   []string
	jobs           int
}

func (a *app) newDeploy() *cobra.Command {
	var o deployOptions
	c := a.command("deploy [FUNCTION...]", text.DeployShort, text.DeployLong, clierr.OK, clierr.Failed, clierr.Auth, clierr.Usage,
		clierr.NotFound, clierr.Cloud, clierr.Local, clierr.Partial, clierr.Propagating, clierr.OtherCredential, clierr.Interrupted)
	c.Example = "  wxcloud deploy --local\n  wxcloud deploy notify 'order*' --env prod\n  wxcloud deploy --env prod --wait --token-command ./token.sh"
	f := c.Flags()
	o.credentials.register(a, c)
	o.credentials.registerDevtools(a, c)
	f.BoolVar(&o.noLint, "no-lint", false, a.t(text.FlagNoLint))
	f.BoolVar(&o.localNpm, "local-npm", false, a.t(text.FlagLocalNpm))
	f.BoolVar(&o.force, "force", false, a.t(text.FlagForceCode))
	f.BoolVar(&o.create, "create", false, a.t(text.FlagCreate))
	f.BoolVar(&o.allowUnapplied, "allow-unapplied-permissions", false, a.t(text.FlagAllowUnapplied))
	f.BoolVar(&o.wait, "wait", false, a.t(text.FlagWait))
	f.BoolVar(&o.noWait, "no-wait", false, a.t(text.FlagNoWait))
	f.StringVar(&o.waiting.event, "event", "", a.t(text.FlagWaitEvent))
	registerAsUser(a, c, &o.waiting.asUser)
	f.DurationVar(&o.waiting.timeout, "wait-timeout", 0, a.t(text.FlagWaitTimeout))
	f.BoolVar(&o.waiting.acceptEarly, "accept-early", false, a.t(text.FlagAcceptEarly))
	f.BoolVar(&o.waiting.acceptClock, "accept-clock", false, a.t(text.FlagAcceptClock))
	f.StringSliceVar(&o.allowSecrets, "allow-secret", nil, a.t(text.FlagAllowSecret))
	f.IntVarP(&o.jobs, "jobs", "j", upload.DefaultJobs, a.t(text.FlagJobs))
	c.MarkFlagsMutuallyExclusive("wait", "no-wait")
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, names []string) error { return a.deploy(c.Context(), names, o) }
	return c
}

func (a *app) deploy(ctx context.Context, names []string, o deployOptions) (err error) {
	if o.jobs < 1 {
		return clierr.New("cmd/bad-jobs", clierr.Usage, nil)
	}
	p, functions, err := a.deployTargets(names)
	if err != nil {
		return err
	}
	var report lint.Report
	if o.noLint {
		report, err = a.analyze(ctx, functions, a.projectRoot(p))
	} else {
		report, err = a.lintBlocks(ctx, p, functions)
	}
	if err != nil {
		return err
	}
	c, err := a.connect(ctx, p, o.credentials, connectPlanes{code: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := a.openDevtools(p, c, o.credentials.devtools); err != nil {
		return err
	}
	d := &deployment{app: a, project: p, connection: c, options: o, named: len(names) > 0, pace: upload.NewPace(o.jobs), waited: map[string]perm.Status{}}
	if d.store, err = state.Open(p.Dir); err != nil {
		return err
	}
	release, err := d.store.Exclusive(ctx, c.env.ID, func() { a.say(text.DeployBusy, "env", c.env.Name) })
	if err != nil {
		return err
	}
	defer release()
	if err := d.plan(ctx, functions, report); err != nil {
		return err
	}
	if !d.made.Pending() {
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

// deployTargets are the named functions, else all of them: those without a
// change are left alone by the plan.
func (a *app) deployTargets(names []string) (*config.Project, []config.Function, error) {
	p, err := a.project()
	if err != nil {
		return nil, nil, err
	}
	if err := p.Settings.Wrong(); err != nil {
		return nil, nil, err
	}
	if len(names) > 0 {
		functions, err := functionNamed(p, names)
		return p, functions, err
	}
	functions, err := a.chooseFunctions(p, nil, true)
	return p, functions, err
}

// deployment is one run of deploy against one environment.
type deployment struct {
	app        *app
	project    *config.Project
	connection *connection
	options    deployOptions
	store      *state.Store
	named      bool // functions were named
	pace       *upload.Pace
	made       upload.Plan
	functions  map[string]config.Function
	waiting    *waiting
	mu         sync.Mutex             // guards waited, and what a wait prints
	waited     map[string]perm.Status // how waits ended, by function
}

func (d *deployment) plan(ctx context.Context, functions []config.Function, report lint.Report) error {
	calls := map[string][]string{}
	for _, f := range report.Functions {
		for _, call := range f.Calls {
			calls[f.Name] = append(calls[f.Name], call.API)
		}
	}
	d.functions = map[string]config.Function{}
	allowed := map[string][]string{}
	for _, f := range functions {
		d.functions[f.Name] = f
		allowed[f.Name] = d.options.allowSecrets
	}
	settings, err := d.app.settingsIn(d.project, d.connection.env, functions)
	if err != nil {
		return err
	}
	writer, _ := d.connection.writer()
	d.made, err = upload.MakePlan(ctx, upload.Request{
		Env: d.connection.env.ID, Functions: functions, Settings: settings, Copies: copiesInto(functions),
		Cloud: d.connection.functions, Permissions: writer, State: d.store, Calls: calls,
		LocalNpm: d.options.localNpm, Resend: d.resend(), AllowSecrets: allowed, Pace: d.pace,
	})
	return err
}

// permitted shows the plan and stops where going on would not be honest, or
// where a person has to say yes.
func (d *deployment) permitted() error {
	a, env := d.app, d.connection.env
	if !a.flags.json {
		d.printPlan()
		d.sayDevtools()
	}
	if unapplied := d.unapplied(); len(unapplied) > 0 && !d.options.allowUnapplied {
		if err := d.acceptUnapplied(unapplied); err != nil {
			return err
		}
	}
	if err := d.acceptDrift(); err != nil {
		return err
	}
	if env.local() || a.flags.yes {
		return nil
	}
	var creates []string
	for _, f := range d.made.Functions {
		if f.Create != nil {
			creates = append(creates, f.Name)
		}
	}
	if a.mayAsk() {
		yes, err := a.confirm(a.t(text.AskDeploy, "env", env.Name), !env.Protected)
		if err != nil {
			return err
		}
		if !yes {
			return clierr.New("cmd/not-confirmed", clierr.Usage, nil)
		}
		return nil
	}
	if env.Protected {
		return clierr.New("cmd/protected", clierr.Usage, clierr.Args{"env": env.Name}).Hint("cmd/hint-yes", nil)
	}
	if len(creates) > 0 && !d.options.create {
		return clierr.New("cmd/would-create", clierr.Usage, clierr.Args{"functions": strings.Join(creates, ", "), "env": env.Name}).Hint("cmd/hint-create", nil)
	}
	return nil
}

// unapplied lists, as "function: names", what no credential at hand can apply.
func (d *deployment) unapplied() []string {
	var all []string
	for _, f := range d.made.Functions {
		if len(f.Unapplied) > 0 {
			all = append(all, f.Name+": "+strings.Join(f.Unapplied, ", "))
		}
	}
	return all
}

// acceptUnapplied asks a person whether to go on without the permissions;
// elsewhere, and with --yes alone, it stops: that is exit code 10.
func (d *deployment) acceptUnapplied(unapplied []string) error {
	if d.app.mayAsk() && !d.app.flags.yes {
		yes, err := d.app.confirm(d.app.t(text.AskUnapplied, "list", strings.Join(unapplied, "; ")), false)
		if err != nil || yes {
			return err
		}
	}
	return d.refuseUnapplied(unapplied)
}

func (d *deployment) refuseUnapplied(unapplied []string) error {
	first := ""
	for _, f := range d.made.Functions {
		if len(f.Unapplied) > 0 && first == "" {
			first = f.Name
		}
	}
	return clierr.New("cmd/unapplied", clierr.OtherCredential, clierr.Args{"list": strings.Join(unapplied, "; "), "env": d.connection.env.Name}).
		Hint("cmd/hint-devtools", clierr.Args{"command": d.app.commandLine("perm mark "+first, d.connection.env)}).
		Hint("cmd/hint-token", nil).
		Hint("cmd/hint-allow-unapplied", nil)
}

// resend are the functions whose code is sent even if it is unchanged: with
// --force, those that were named.
func (d *deployment) resend() []string {
	if !d.options.force || !d.named {
		return nil
	}
	return slices.Sorted(maps.Keys(d.functions))
}

// acceptDrift asks whether to undo what somebody else changed in the cloud;
// where nobody can be asked it stops, before any upload.
func (d *deployment) acceptDrift() error {
	var drifted []string
	for _, f := range d.made.Functions {
		if f.Drifted && slices.ContainsFunc(f.Steps, func(s upload.Step) bool { return s.Kind == upload.StepCode || s.Kind == upload.StepBundle }) {
			drifted = append(drifted, f.Name)
		}
	}
	if len(drifted) == 0 || d.options.force {
		return nil
	}
	list, env := strings.Join(drifted, ", "), d.connection.env
	if d.app.mayAsk() && !d.app.flags.yes {
		yes, err := d.app.confirm(d.app.t(text.AskDrift, "functions", list, "env", env.Name), false)
		if err != nil || yes {
			return err
		}
	}
	return clierr.New("cmd/drifted", clierr.Failed, clierr.Args{"functions": list, "env": env.Name}).
		Hint("cmd/hint-drift-force", clierr.Args{"command": d.app.commandLine("deploy "+strings.Join(drifted, " ")+" --force", env)})
}

func (d *deployment) nothing(ctx context.Context) error {
	if err := d.made.Adopt(ctx, d.store); err != nil {
		return err
	}
	if d.app.flags.json {
		return d.printDocument(upload.Outcome{Env: d.made.Env})
	}
	d.app.print(text.DeployNothing, "count", strconv.Itoa(len(d.made.Functions)), "env", d.connection.env.Name)
	return nil
}

func (d *deployment) run(ctx context.Context) error {
	a := d.app
	writer, name := d.connection.writer()
	options := upload.RunOptions{
		Cloud: d.connection.functions, Permissions: writer, State: d.store,
		Writer: name, Pace: d.pace, Poll: d.poll(),
	}
	progress := newProgress(a)
	defer progress.done()
	if d.waits() {
		var err error
		if d.waiting, err = a.newWaiting(ctx, d.project, d.connection, d.options.waiting, progress.live); err != nil {
			return err
		}
		options.Granted = func(ctx context.Context, function string, _ upload.Applied) error { return d.await(ctx, function) }
	}
	if err := d.awaitEarlier(ctx); err != nil {
		return err
	}
	outcome, err := upload.Run(ctx, d.made, options, progress.observe)
	progress.done()
	if err == nil && d.waits() {
		err = d.awaitRest(ctx, outcome)
	}
	if a.flags.json {
		if printErr := d.printDocument(outcome); printErr != nil {
			return printErr
		}
		return err
	}
	d.printOutcome(outcome)
	return err
}

// poll asks the local cloud more often: it answers in a millisecond.
func (d *deployment) poll() upload.Poll {
	if d.connection.local == nil {
		return upload.Poll{}
	}
	return upload.Poll{First: 50 * time.Millisecond, Max: 300 * time.Millisecond}
}

// waits reports whether code has to wait for its permissions: asked for, or
// the environment is protected.
func (d *deployment) waits() bool {
	return d.options.wait || d.connection.env.Protected && !d.options.noWait
}

// await waits for the permission change of one function just accepted. It may
// run for several functions at the same time.
func (d *deployment) await(ctx context.Context, function string) error {
	s, err := d.waiting.function(ctx, d.functions[function])
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waited[function] = s
	d.waiting.board.live.Stop()
	if !d.app.flags.json {
		d.app.printWaited(s)
	}
	if s.Exit() != clierr.OK {
		return clierr.New("cmd/not-in-force", s.Exit(), clierr.Args{"function": function, "state": string(s.State)}).
			Hint("cmd/hint-old-code", nil).
			Hint("cmd/hint-run", clierr.Args{"command": d.app.commandLine("perm wait "+function, d.connection.env)})
	}
	return nil
}

// awaitAll waits for several functions at the same time. Of several failures the
// first in the plan's order is the error.
func (d *deployment) awaitAll(ctx context.Context, functions []string) error {
	for _, name := range functions {
		d.waiting.board.expect(name)
	}
	errs := make([]error, len(functions))
	var group sync.WaitGroup
	for i, name := range functions {
		group.Go(func() { errs[i] = d.await(ctx, name) })
	}
	group.Wait()
	d.waiting.board.live.Stop()
	return firstError(errs)
}

func firstError(errs []error) error {
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return errs[i]
	}
	return nil
}

// awaitEarlier holds code back for permissions that an earlier run had
// accepted and whose wait did not come to its end.
func (d *deployment) awaitEarlier(ctx context.Context) error {
	if !d.waits() {
		return nil
	}
	var pending []string
	for _, f := range d.made.Functions {
		sends := slices.ContainsFunc(f.Steps, func(s upload.Step) bool { return s.Kind == upload.StepCode })
		adds := slices.ContainsFunc(f.Steps, func(s upload.Step) bool { return s.Kind == upload.StepAddPermissions })
		known, ok, err := d.store.Function(d.made.Env, f.Name)
		if err != nil {
			return err
		}
		wanted := slices.ContainsFunc(known.OpenapiAdded, func(name string) bool { return slices.Contains(f.Permissions.Declared, name) })
		if !ok || !sends || adds || !wanted || known.Evidence == evidenceVerified {
			continue
		}
		pending = append(pending, f.Name)
	}
	return d.awaitAll(ctx, pending)
}

// awaitRest waits for what could not be proven before the code was there: the
// permissions of new functions, and calls that only the new code makes. Removed
// permissions are not waited for: nothing fails because one lingers.
func (d *deployment) awaitRest(ctx context.Context, outcome upload.Outcome) error {
	var rest []string
	for _, f := range outcome.Functions {
		if len(f.Permissions.Added) == 0 || d.waited[f.Name].State == perm.StateVerified {
			continue
		}
		if s, before := d.waited[f.Name]; before && len(s.Probes) == 0 {
			continue // only the clock was there, and it has run out already
		}
		rest = append(rest, f.Name)
	}
	return d.awaitAll(ctx, rest)
}

// cacheTTL is how long gateway nodes may keep an old list.
func (d *deployment) cacheTTL(ctx context.Context) string {
	if d.connection.local != nil {
		if s, err := d.connection.local.Status(ctx); err == nil {
			return s.CacheTTL.String()
		}
	}
	return perm.DefaultCacheTTL.String()
}
