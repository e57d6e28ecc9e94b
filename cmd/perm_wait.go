package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/internal/ui"
	"wxcloud/perm"
)

type waitOptions struct {
	event                    string
	asUser                   string
	since                    string
	timeout                  time.Duration
	acceptEarly, acceptClock bool
	credentials              credentialFlags
}

func (a *app) newPermWait() *cobra.Command {
	var o waitOptions
	c := a.command("wait [FUNCTION]", text.PermWaitShort, text.PermWaitLong, clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.Propagating, clierr.Interrupted)
	c.Example = "  wxcloud perm wait notify --event '{\"check\":true}'\n  wxcloud perm wait notify --local --as-user --event '{}'\n  wxcloud perm wait notify --accept-clock"
	c.Flags().StringVar(&o.event, "event", "", a.t(text.FlagWaitEvent))
	registerAsUser(a, c, &o.asUser)
	c.Flags().StringVar(&o.since, "since", "", a.t(text.FlagSince))
	c.Flags().DurationVar(&o.timeout, "timeout", 0, a.t(text.FlagWaitTimeout))
	c.Flags().BoolVar(&o.acceptEarly, "accept-early", false, a.t(text.FlagAcceptEarly))
	c.Flags().BoolVar(&o.acceptClock, "accept-clock", false, a.t(text.FlagAcceptClock))
	c.Flags().StringVar(&o.credentials.tokenCommand, "token-command", "", a.t(text.FlagTokenCommand))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 1 {
			return a.noArguments(c, args[1:])
		}
		return a.permWait(c.Context(), args, o)
	}
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
	functions, err := a.chooseFunctions(p, names, false)
	if err != nil {
		return err
	}
	if len(functions) != 1 {
		return clierr.New("cmd/one-function", clierr.Usage, clierr.Args{"functions": strings.Join(functionNames(functions), ", ")})
	}
	c, err := a.connect(ctx, p, o.credentials, connectPlanes{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	s, err := a.waitFor(ctx, p, c, functions[0], o)
	if err != nil {
		return err
	}
	a.exit = s.Exit()
	if a.flags.json {
		return a.printJSON(struct {
			Schema      string `json:"schema"`
			Environment string `json:"environment"`
			perm.Status
		}{"wxcloud.perm.wait/1", c.env.ID, s})
	}
	a.printWaited(s)
	return nil
}

// waitFor waits for the last permission change of one function.
func (a *app) waitFor(ctx context.Context, p *config.Project, c *connection, f config.Function, o waitOptions) (perm.Status, error) {
	store, err := state.Open(p.Dir)
	if err != nil {
		return perm.Status{}, err
	}
	change, resume, err := a.lastChange(store, c.env, f, o.since)
	if err != nil {
		return perm.Status{}, err
	}
	options := perm.WaitOptions{Timeout: o.timeout, AcceptEarly: o.acceptEarly, AcceptClock: o.acceptClock, Every: time.Second, Resume: resume}
	if options.Event, err = a.waitEvent(ctx, p, f, o.event); err != nil {
		return perm.Status{}, err
	}
	invoker, err := c.waitInvoker(o.asUser)
	if err != nil {
		return perm.Status{}, err
	}
	if c.local != nil {
		status, err := c.local.Status(ctx)
		if err != nil {
			return perm.Status{}, err
		}
		options.CacheTTL = status.CacheTTL
	}
	a.introduceWait(c, change, options, invoker)
	live := a.io.Live()
	s, err := perm.Wait(ctx, invoker, change, options, func(t perm.Tick) {
		a.showTick(live, t)
		if t.Probe != nil {
			// Losing the record only means that a resumed wait probes again.
			_ = store.Update(context.WithoutCancel(ctx), c.env.ID, f.Name, func(known *state.Function) { known.Wait = encodeWait(t.Resume) })
		}
	})
	live.Stop()
	if s.State == perm.StateVerified {
		// Like the timeline, only a memory: losing it means verifying again.
		_ = store.Update(context.WithoutCancel(ctx), c.env.ID, f.Name, func(known *state.Function) {
			if known.OpenapiAcceptedAt.Equal(change.AcceptedAt) {
				known.Evidence = evidenceVerified
			}
		})
	}
	return s, err
}

// evidenceVerified is the record's word for a change that a wait has verified.
const evidenceVerified = "verified"

// lastChange is the permission change to wait for: the recorded one, or with
// --since the whole declared list, for a step done elsewhere.
func (a *app) lastChange(store *state.Store, env environment, f config.Function, since string) (perm.Change, *perm.WaitState, error) {
	if since != "" {
		at, err := parseSince(since, time.Now())
		if err != nil {
			return perm.Change{}, nil, err
		}
		change := perm.Change{Function: f.Name, AcceptedAt: at}
		for _, d := range f.Config.Openapi {
			change.Added = append(change.Added, d.Name)
		}
		return change, nil, nil
	}
	known, ok, err := store.Function(env.ID, f.Name)
	if err != nil {
		return perm.Change{}, nil, err
	}
	if !ok || known.OpenapiAcceptedAt.IsZero() {
		return perm.Change{}, nil, clierr.New("cmd/no-change-recorded", clierr.NotFound, clierr.Args{"function": f.Name, "env": env.Name}).
			Hint("cmd/hint-run", clierr.Args{"command": a.commandLine("deploy "+f.Name, env)}).
			Hint("cmd/hint-since", clierr.Args{"command": a.commandLine("perm wait "+f.Name+" --since now", env)})
	}
	change := perm.Change{Function: f.Name, Added: known.OpenapiAdded, Removed: known.OpenapiRemoved, AcceptedAt: known.OpenapiAcceptedAt}
	if len(change.Added)+len(change.Removed) == 0 {
		// The list was taken over from another checkout's record, which names
		// no difference: every name on it is what one waits for.
		change.Added = known.Openapi
	}
	if len(change.Added) > 0 {
		// A removal cannot be proven by code that no longer makes the call, and
		// nothing fails because of it: the additions are what is waited for.
		change.Removed = nil
	}
	return change, decodeWait(known.Wait), nil
}

func encodeWait(w perm.WaitState) json.RawMessage {
	data, err := json.Marshal(w)
	if err != nil {
		return nil
	}
	return data
}

func decodeWait(data json.RawMessage) *perm.WaitState {
	var w perm.WaitState
	if len(data) == 0 || json.Unmarshal(data, &w) != nil {
		return nil
	}
	return &w
}

// parseSince reads "now", a time of day, or a full time.
func parseSince(given string, now time.Time) (time.Time, error) {
	if given == "now" {
		return now, nil
	}
	if t, err := time.Parse(time.RFC3339, given); err == nil {
		return t, nil
	}
	for _, layout := range []string{time.DateTime, "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, given, now.Location()); err == nil {
			return t, nil
		}
	}
	for _, layout := range []string{time.TimeOnly, "15:04"} {
		if t, err := time.ParseInLocation(layout, given, now.Location()); err == nil {
			at := time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), t.Second(), 0, now.Location())
			if at.After(now) {
				at = at.AddDate(0, 0, -1)
			}
			return at, nil
		}
	}
	return time.Time{}, clierr.New("cmd/bad-since", clierr.Usage, clierr.Args{"value": given})
}

// waitEvent is the test event: the flag, else functions.<name>.check in wxcloud.json.
func (a *app) waitEvent(ctx context.Context, p *config.Project, f config.Function, given string) ([]byte, error) {
	if given != "" {
		return a.event(ctx, given)
	}
	return p.Settings.Functions[f.Name].Check, nil
}

// waitInvoker is how probes reach the function; nil leaves only the clock.
func (c *connection) waitInvoker(asUser string) (perm.Invoker, error) {
	if asUser == "" && c.invoker == nil {
		return nil, nil
	}
	call, err := c.caller(asUser)
	if err != nil {
		return nil, err
	}
	return invokeFunc(func(ctx context.Context, function string, event []byte) (perm.Answer, error) {
		answer, _, err := call(ctx, function, event)
		return answer, err
	}), nil
}

// invokeFunc makes a function a perm.Invoker.
type invokeFunc func(context.Context, string, []byte) (perm.Answer, error)

// Invoke implements perm.Invoker.
func (f invokeFunc) Invoke(ctx context.Context, function string, event []byte) (perm.Answer, error) {
	return f(ctx, function, event)
}

func (a *app) introduceWait(c *connection, change perm.Change, o perm.WaitOptions, invoker perm.Invoker) {
	ttl := o.CacheTTL
	if ttl <= 0 {
		ttl = perm.DefaultCacheTTL
	}
	a.say(text.WaitIntro, "function", change.Function, "env", c.env.Name, "names", strings.Join(changeNames(change), ", "),
		"ago", shortDuration(time.Since(change.AcceptedAt)), "by", change.AcceptedAt.Add(ttl).Local().Format(time.TimeOnly), "ttl", ttl.String())
	switch {
	case invoker == nil:
		a.say(text.WaitClockOnly)
	case len(o.Event) == 0:
		a.say(text.WaitNoEvent)
	}
}

func changeNames(c perm.Change) []string {
	var names []string
	for _, name := range c.Added {
		names = append(names, "+"+name)
	}
	for _, name := range c.Removed {
		names = append(names, "-"+name)
	}
	return names
}

// showTick keeps the countdown: on a terminal one line that changes, in a log
// one line per change.
func (a *app) showTick(live *ui.Live, t perm.Tick) {
	detail := ""
	if !t.Deadline.IsZero() && len(t.Status.Probes) > 0 {
		detail = a.t(text.WaitChecking)
	}
	if left := time.Until(t.Status.EffectiveBy); left > 0 {
		detail = a.t(text.WaitLeft, "left", shortDuration(left))
	}
	if n := len(t.Status.Probes); n > 0 {
		detail += a.t(text.WaitProbes, "count", strconv.Itoa(n), "streak", strconv.Itoa(t.Status.Streak))
	}
	live.Update(a.t(text.WaitState(string(t.Status.State))), detail)
}

func (a *app) printWaited(s perm.Status) {
	theme := a.io.OutTheme()
	mark := theme.Warning()
	switch s.State {
	case perm.StateVerified:
		mark = theme.Check()
	case perm.StateRefused:
		mark = theme.Cross()
	default:
	}
	names := changeNames(perm.Change{Added: s.Added, Removed: s.Removed})
	a.printf("%s %s\n", mark, a.t(text.WaitOutcome(string(s.State)), "function", s.Function, "names", strings.Join(names, ", "),
		"probes", strconv.Itoa(len(s.Probes)), "streak", strconv.Itoa(s.Streak), "proofs", strconv.Itoa(proofs(s)), "since", shortDuration(s.At.Sub(s.AcceptedAt))))
	for _, cause := range s.Causes {
		_, _ = fmt.Fprintf(a.io.Err, "  - %s\n", a.sentence(cause, clierr.Args{"function": s.Function}, a.lang))
	}
}

// proofs counts the probes in a row, the last of all, that found the change in
// force after the cache had passed.
func proofs(s perm.Status) int {
	n := 0
	for n < s.Streak && n < len(s.Probes) && !s.Probes[len(s.Probes)-1-n].At.Before(s.EffectiveBy) {
		n++
	}
	return n
}

// shortDuration is a duration for people: whole seconds.
func shortDuration(d time.Duration) string { return max(d, 0).Round(time.Second).String() }

// commandLine is a command to paste: with the flags that said which project
// and environment are meant.
func (a *app) commandLine(command string, env environment) string {
	line := "wxcloud " + command
	switch {
	case env.local():
		line += " --local"
	case env.Name != "":
		line += " --env " + shellQuote(env.Name)
	}
	if a.flags.root != "" {
		line += " --root " + shellQuote(a.flags.root)
	}
	if a.flags.appID != "" {
		line += " --appid " + shellQuote(a.flags.appID)
	}
	return line
}
