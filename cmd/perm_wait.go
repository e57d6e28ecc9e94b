package cmd

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/perm"
)

type waitOptions struct {
	event                    string
	asUser                   string
	since                    string
	timeout                  time.Duration
	acceptEarly, acceptClock bool
	all                      bool
	credentials              credentialFlags
}

func (a *app) newPermWait() *cobra.Command {
	var o waitOptions
	c := a.command("wait [FUNCTION...]", text.PermWaitShort, text.PermWaitLong, clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound,
		clierr.Cloud, clierr.Local, clierr.Partial, clierr.Propagating, clierr.Pending, clierr.Interrupted)
	c.Example = "  wxcloud perm wait notify --event '{\"check\":true}'\n  wxcloud perm wait notify 'order*' --env prod --json\n  wxcloud perm wait notify --since 15:04 --accept-clock"
	c.Flags().StringVar(&o.event, "event", "", a.t(text.FlagWaitEvent))
	registerAsUser(a, c, &o.asUser)
	c.Flags().StringVar(&o.since, "since", "", a.t(text.FlagSince))
	c.Flags().DurationVar(&o.timeout, "timeout", 0, a.t(text.FlagWaitTimeout))
	c.Flags().BoolVar(&o.acceptEarly, "accept-early", false, a.t(text.FlagAcceptEarly))
	c.Flags().BoolVar(&o.acceptClock, "accept-clock", false, a.t(text.FlagAcceptClock))
	c.Flags().BoolVar(&o.all, "all", false, a.t(text.FlagAllFunctions))
	o.credentials.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error { return a.permWait(c.Context(), args, o) }
	return c
}

func (a *app) permWait(ctx context.Context, names []string, o waitOptions) (err error) {
	if o.timeout < 0 {
		return clierr.New("cmd/bad-duration", clierr.Usage, clierr.Args{"value": o.timeout.String()})
	}
	p, err := a.project()
	if err != nil {
		return err
	}
	var functions []config.Function
	_, inside := standingIn(p, a.dir)
	named := len(names) > 0 || o.all || o.since != "" || inside || len(p.Functions) < 2
	if named {
		if functions, err = a.chooseFunctions(p, names, o.all); err != nil {
			return err
		}
	}
	c, err := a.connect(ctx, p, o.credentials, connectPlanes{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	w, err := a.newWaiting(ctx, p, c, o, a.io.Live())
	if err != nil {
		return err
	}
	if named {
		functions, err = w.changed(functions)
	} else {
		functions, err = w.pending()
	}
	if err != nil {
		return err
	}
	ended := w.all(ctx, functions)
	return w.finish(ctx, ended)
}

// pending are the functions of the project whose last change on record was not
// verified yet: what a wait is for when it is not told. That nothing is pending is
// an answer only if everything that is declared is on record.
func (w *waiting) pending() ([]config.Function, error) {
	var pending []config.Function
	env := w.connection.env
	for _, f := range w.project.Functions {
		known, _, err := w.store.Function(env.ID, f.Name)
		switch {
		case err != nil:
			return nil, err
		case known.OpenapiAcceptedAt.IsZero():
			if len(f.Config.Openapi) > 0 {
				_, _, err := w.lastChange(f)
				return nil, err
			}
		case len(perm.Diff(declaredNames(f), known.Openapi).Missing) > 0:
			missing := perm.Diff(declaredNames(f), known.Openapi).Missing
			return nil, clierr.New("cmd/declared-not-applied", clierr.Pending, clierr.Args{"function": f.Name, "env": env.Name, "names": strings.Join(missing, ", ")}).
				Hint("cmd/hint-run", clierr.Args{"command": w.app.commandLine("deploy "+f.Name, env)})
		case known.Evidence != state.Verified && len(known.Openapi)+len(known.OpenapiAdded)+len(known.OpenapiRemoved) > 0:
			pending = append(pending, f)
		}
	}
	if len(pending) == 0 {
		w.app.say(text.WaitNothing, "env", env.Name)
	}
	return pending, nil
}

// changed leaves out, of several functions, those that declare nothing and have
// no change on record: there is nothing to wait for.
func (w *waiting) changed(functions []config.Function) ([]config.Function, error) {
	if len(functions) < 2 {
		return functions, nil
	}
	var kept []config.Function
	for _, f := range functions {
		known, _, err := w.store.Function(w.connection.env.ID, f.Name)
		if err != nil {
			return nil, err
		}
		if len(f.Config.Openapi) > 0 || !known.OpenapiAcceptedAt.IsZero() && w.options.since == "" {
			kept = append(kept, f)
		}
	}
	if len(kept) == 0 {
		return nil, clierr.New("perm/nothing-changed", clierr.NotFound, clierr.Args{"function": strings.Join(functionNames(functions), ", ")})
	}
	return kept, nil
}

// waited is how the wait of one function ended, in the JSON document.
type waited struct {
	perm.Status
	Error *failure `json:"error,omitempty"`

	err error
}

// finish is the result of perm wait, whose exit code stands for the worst of it.
func (w *waiting) finish(ctx context.Context, ended []waited) error {
	a := w.app
	if ctx.Err() != nil {
		w.sayResume(ended)
		return context.Cause(ctx)
	}
	var failed []error
	for i := range ended {
		if ended[i].err != nil {
			failed = append(failed, ended[i].err)
		} else if exit := ended[i].Exit(); exit != clierr.OK {
			a.exit = exit
		}
	}
	if len(ended) == 1 && len(failed) == 1 {
		return ended[0].err
	}
	if len(failed) > 0 {
		a.exit = exitOf(failed, len(ended))
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema      string   `json:"schema"`
			Environment string   `json:"environment"`
			Functions   []waited `json:"functions"`
		}{"wxcloud.perm.wait/1", w.connection.env.ID, ended})
	}
	for i := range ended {
		if ended[i].err == nil {
			a.printWaited(ended[i].Status)
			continue
		}
		a.printf("%s %s: %s\n", a.io.OutTheme().Cross(), ended[i].Function, a.errorText(ended[i].err))
	}
	return nil
}

// exitOf is the exit code where some of all functions failed: that of the failure,
// if all of them failed in the same way.
func exitOf(failed []error, all int) clierr.Exit {
	var first *clierr.Error
	if len(failed) < all || !errors.As(failed[0], &first) {
		return clierr.Partial
	}
	for _, err := range failed {
		if e, ok := errors.AsType[*clierr.Error](err); !ok || e.Exit != first.Exit {
			return clierr.Partial
		}
	}
	return first.Exit
}

// sayResume names the command that goes on where this one was interrupted: without
// its event it would only watch the clock. With
// --since the time has to be said again: it is on no record.
func (w *waiting) sayResume(ended []waited) {
	command := "perm wait"
	for _, e := range ended {
		command += " " + shellQuote(e.Function)
	}
	if w.options.since != "" {
		latest := slices.MaxFunc(ended, func(x, y waited) int { return x.AcceptedAt.Compare(y.AcceptedAt) })
		command += " --since " + latest.AcceptedAt.Format(time.RFC3339)
	}
	o := w.options
	for _, given := range []struct{ flag, value string }{{"--event", o.event}, {"--as-user", o.asUser}} {
		if given.value != "" {
			command += " " + given.flag + "=" + shellQuote(given.value)
		}
	}
	if o.timeout > 0 {
		command += " --timeout " + o.timeout.String()
	}
	if o.acceptEarly {
		command += " --accept-early"
	}
	if o.acceptClock {
		command += " --accept-clock"
	}
	w.app.say(text.WaitInterrupted)
	w.app.next(w.app.commandLine(command, w.connection.env))
}
