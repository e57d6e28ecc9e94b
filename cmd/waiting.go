package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/internal/ui"
	"wxcloud/perm"
)

// invocationsAtOnce bounds how many functions are probed at the same moment: an
// environment has a limit of requests under way, and users need it more.
const invocationsAtOnce = 8

// waiting is the waits of one command. They may run at the same time: they share
// the status line, the bound on invocations and the record they resume from.
type waiting struct {
	app        *app
	project    *config.Project
	connection *connection
	store      *state.Store
	options    waitOptions
	invoker    perm.Invoker  // nil: only the clock
	ttl        time.Duration // how long gateway nodes may keep an old list
	now        time.Time     // what --since now means, for every function
	gate       chan struct{}
	board      *waitBoard
}

// newWaiting prepares waits in one environment, shown on the status line live.
func (a *app) newWaiting(ctx context.Context, p *config.Project, c *connection, o waitOptions, live *ui.Live) (*waiting, error) {
	w := &waiting{
		app: a, project: p, connection: c, options: o, now: time.Now(), ttl: perm.DefaultCacheTTL,
		gate: make(chan struct{}, invocationsAtOnce), board: &waitBoard{app: a, live: live},
	}
	var err error
	if w.store, err = state.Open(p.Dir); err != nil {
		return nil, err
	}
	if w.invoker, err = c.waitInvoker(o.asUser); err != nil {
		return nil, err
	}
	if c.local != nil {
		status, err := c.local.Status(ctx)
		if err != nil {
			return nil, err
		}
		w.ttl = status.CacheTTL
	}
	return w, nil
}

// all waits for the last permission changes of several functions at the same
// time. One that fails does not end the others; an interruption ends them all.
func (w *waiting) all(ctx context.Context, functions []config.Function) []waited {
	ended := make([]waited, len(functions))
	var group sync.WaitGroup
	for i, f := range functions {
		w.board.expect(f.Name)
		group.Go(func() {
			s, err := w.function(ctx, f)
			s.Function = f.Name
			ended[i] = waited{Status: s, err: err}
			var e *clierr.Error
			if errors.As(err, &e) {
				described := w.app.describe(e)
				ended[i].Error = &described
			}
		})
	}
	group.Wait()
	w.board.live.Stop()
	return ended
}

// function waits for the last permission change of one function. It may be
// called from several goroutines; whoever calls it stops the status line.
func (w *waiting) function(ctx context.Context, f config.Function) (perm.Status, error) {
	change, resume, err := w.lastChange(f)
	if err != nil {
		return perm.Status{}, err
	}
	o := perm.WaitOptions{
		Timeout: w.options.timeout, AcceptEarly: w.options.acceptEarly, AcceptClock: w.options.acceptClock,
		CacheTTL: w.ttl, Every: time.Second, Resume: resume, Gate: w.gate,
	}
	invoker := w.invoker
	var asks bool
	if o.Event, asks, err = w.event(ctx, f, change); err != nil {
		return perm.Status{}, err
	}
	if asks {
		invoker = probesOnly{invoker, w.app.commandLine("deploy "+f.Name, w.connection.env)}
	}
	w.introduce(change, o)
	if invoker != nil && len(o.Event) > 0 {
		begun := time.Now()
		release, waited := w.alone(ctx, f.Name)
		defer release()
		if waited { // for one that has left its timeline
			if o.Timeout > 0 {
				o.Timeout = max(o.Timeout-time.Since(begun), 1)
			}
			known, _, err := w.store.Function(w.connection.env.ID, f.Name)
			if err != nil {
				return perm.Status{}, err
			}
			o.Resume = decodeWait(known.Wait)
		}
	}
	s, err := perm.Wait(ctx, invoker, change, o, func(t perm.Tick) {
		w.board.show(f.Name, t)
		if t.Probe != nil {
			// Losing the record only means that a resumed wait probes again.
			_ = w.store.Update(context.WithoutCancel(ctx), w.connection.env.ID, f.Name, func(known *state.Function) { known.Wait = encodeWait(t.Resume) })
		}
	})
	if s.State == perm.StateVerified {
		// Like the timeline, only a memory: losing it means verifying again.
		_ = w.store.Update(context.WithoutCancel(ctx), w.connection.env.ID, f.Name, func(known *state.Function) {
			// A wait counted from a later moment has seen this list, too.
			if !known.OpenapiAcceptedAt.IsZero() && !change.AcceptedAt.Before(known.OpenapiAcceptedAt) {
				known.Proved(change.Added)
			}
		})
	}
	return s, err
}

// alone waits until no other command of this project probes the function, and
// reports whether one did. Where that cannot be known it goes on.
func (w *waiting) alone(ctx context.Context, function string) (release func(), waited bool) {
	if w.options.timeout > 0 {
		limited, cancel := context.WithTimeout(ctx, w.options.timeout)
		defer cancel()
		ctx = limited
	}
	release, err := w.store.ExclusiveWait(ctx, w.connection.env.ID, function, func() {
		waited = true
		w.board.live.Print(w.app.t(text.WaitBusy, "function", function))
	})
	if err != nil {
		return func() {}, waited
	}
	return release, waited
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
