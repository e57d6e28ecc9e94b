package perm

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"wxcloud/internal/clierr"
)

// WaitOptions says how to wait.
type WaitOptions struct {
	// Event is the test event of a probe, as JSON. Without it, as without an
	// Invoker, there is only the clock.
	Event []byte
	// CacheTTL is how long old lists may live; 0 means DefaultCacheTTL.
	CacheTTL time.Duration
	// Timeout is how long to wait from now. 0 means until the cache time has
	// passed and then a fifth of it more: 12 minutes for 10.
	Timeout time.Duration
	// AcceptEarly settles for five probes in a row before the cache time.
	AcceptEarly bool
	// AcceptClock settles for the cache time having passed where no probe can
	// prove anything; not where a probe was refused.
	AcceptClock bool
	// MaxProbes bounds the invocations of the function, earlier ones in Resume
	// included; 0 means 30. More than 30 is taken as 30, and less than the five
	// that a proof needs as five.
	MaxProbes int
	// Gate bounds the invocations that several waits have under way at once: it
	// holds as many values as there may be. nil is no bound.
	Gate chan struct{}
	// Every adds a Tick at this interval, for a countdown; 0 for none.
	Every time.Duration
	// Resume continues an interrupted wait. It is ignored if it is about another
	// change, or of a wait that used up its invocations without proving anything.
	Resume *WaitState
}

// Tick is a report from a running wait.
type Tick struct {
	Status Status
	// Next is when the next probe is due or, without probes, when the cache time
	// has passed.
	Next time.Time
	// Deadline is when the wait gives up.
	Deadline time.Time
	// Probe is the probe just made, or nil.
	Probe *Probe
	// ByClock is true where nothing is probed: such a wait verifies nothing.
	ByClock bool
	// Err is the error of that probe's invocation, if it had one.
	Err error
	// Resume is what to keep so that the wait can go on after an interruption.
	Resume WaitState
}

// Wait waits until the change is in force and says what is known about it. It
// probes at growing intervals, keeps enough of its invocations to prove the
// change as soon as the cache time has passed, and returns
//
//   - StateVerified when the cache time has passed and then five probes in a row
//     found every added interface granted and every removed one refused;
//   - StateGranted with Accepted, if AcceptEarly, after five such probes earlier;
//   - StateElapsed when there was only the clock and the cache time has passed;
//   - at the ceiling, or when the invocations are used up, the State the last
//     probes speak for.
//
// observe (may be nil) is called from the same goroutine. The error is the
// context's when the wait was interrupted, or one of an invocation that will not
// get better by itself (a wrong credential, an absent function); the Status is
// what was known by then.
func Wait(ctx context.Context, inv Invoker, change Change, o WaitOptions, observe func(Tick)) (Status, error) {
	w, err := newWait(inv, change, o, observe)
	if err != nil {
		return Status{Function: change.Function, State: StatePropagating, AcceptedAt: change.AcceptedAt}, err
	}
	return w.run(ctx)
}

// wait is one running wait. Everything it decides follows from the timeline of
// probes and the time of day, so that a resumed wait decides the same.
type wait struct {
	inv      Invoker // nil: clock only
	change   Change
	o        WaitOptions
	observe  func(Tick)
	pace     pace
	effects  time.Time // the cache time has passed
	deadline time.Time
	probes   []Probe
}

func newWait(inv Invoker, change Change, o WaitOptions, observe func(Tick)) (*wait, error) {
	change.Added, change.Removed = without(change.Added, nil), without(change.Removed, nil)
	now := wall()
	args := clierr.Args{"function": change.Function}
	switch {
	case len(change.Names()) == 0:
		return nil, clierr.New("perm/nothing-changed", clierr.Usage, args)
	case len(change.Added) > 0 && len(without(change.Added, change.Removed)) < len(change.Added):
		return nil, clierr.New("perm/added-and-removed", clierr.Usage, args)
	case change.AcceptedAt.IsZero():
		return nil, clierr.New("perm/acceptance-unknown", clierr.Usage, args).
			Hint("perm/hint-since", args)
	case change.AcceptedAt.After(now.Add(time.Minute)):
		args["time"] = change.AcceptedAt.Format(time.RFC3339)
		return nil, clierr.New("perm/acceptance-ahead", clierr.Local, args).
			Hint("perm/hint-clock", nil)
	}
	if o.CacheTTL <= 0 {
		o.CacheTTL = DefaultCacheTTL
	}
	if o.MaxProbes <= 0 || o.MaxProbes > maxProbes {
		o.MaxProbes = maxProbes
	}
	o.MaxProbes = max(o.MaxProbes, needed)
	if len(o.Event) == 0 {
		inv = nil
	}
	if observe == nil {
		observe = func(Tick) {}
	}
	w := &wait{inv: inv, change: change, o: o, observe: observe, pace: paceOf(o.CacheTTL)}
	w.effects = change.AcceptedAt.Round(0).Add(o.CacheTTL)
	w.deadline = later(w.effects, now).Add(w.pace.grace)
	if o.Timeout > 0 {
		w.deadline = now.Add(o.Timeout)
	}
	if r := o.Resume; r != nil && r.Change.same(change) {
		w.probes = slices.Clone(r.Probes)
		if _, after := w.split(); w.left()+streak(after) < needed {
			w.probes = nil // an ended wait that proved nothing: asked again, it begins again
		}
	}
	return w, nil
}

// same reports whether two changes are one: the caches know nothing else.
func (c Change) same(d Change) bool {
	return c.Function == d.Function && c.AcceptedAt.Equal(d.AcceptedAt) &&
		slices.Equal(without(c.Added, nil), without(d.Added, nil)) &&
		slices.Equal(without(c.Removed, nil), without(d.Removed, nil))
}

func (w *wait) run(ctx context.Context) (Status, error) {
	var made *Probe
	var failure error
	for {
		now := wall()
		if ctx.Err() != nil {
			s := w.status(now)
			w.report(s, now, made, failure)
			return s, context.Cause(ctx)
		}
		if s, done := w.outcome(now); done {
			w.report(s, now, made, failure)
			return s, nil
		}
		next, probe := w.next()
		w.report(w.status(now), next, made, failure)
		made, failure = nil, nil
		if !w.sleep(ctx, next) {
			continue
		}
		if !probe || !wall().Before(w.deadline) {
			continue
		}
		if !w.enter(ctx) {
			continue
		}
		made, failure = w.probe(ctx)
		w.leave()
		if hopeless(failure) {
			now = wall()
			s := w.status(now)
			w.report(s, now, made, failure)
			return s, failure
		}
	}
}

// next returns when something has to be done, and whether it is a probe.
func (w *wait) next() (time.Time, bool) {
	if w.inv == nil {
		return earlier(later(w.effects, wall()), w.deadline), false
	}
	before, after := w.split()
	settled := w.effects.Add(jitter(w.pace.settle))
	var at time.Time
	switch {
	case len(after) > 0:
		at = w.follow(after, true, w.pace.late)
	case !wall().Before(w.effects):
		at = settled
	case len(before) >= w.o.MaxProbes-reserve:
		at = settled
	case len(before) == 0:
		at = wall()
	default:
		at = w.follow(before, w.o.AcceptEarly, w.pace.long)
		if at.After(w.effects) {
			at = settled
		}
	}
	return earlier(at, w.deadline), true
}

// follow returns when to probe after these. Where a row of successes is wanted,
// one is followed up at once; only the others make the intervals grow.
func (w *wait) follow(probes []Probe, wantRow bool, longest time.Duration) time.Time {
	n := len(probes) - 1
	if wantRow {
		n -= count(probes, Granted)
		if probes[len(probes)-1].Verdict == Granted {
			n = 0
		}
	}
	last := probes[len(probes)-1]
	return last.At.Add(time.Duration(last.Millis) * time.Millisecond).Add(jitter(w.pace.gap(max(n, 0), longest)))
}

// split divides the timeline at the end of the cache time.
func (w *wait) split() (before, after []Probe) {
	i := slices.IndexFunc(w.probes, func(p Probe) bool { return !p.At.Before(w.effects) })
	if i < 0 {
		return w.probes, nil
	}
	return w.probes[:i], w.probes[i:]
}

// probe invokes the function once and adds what it proved to the timeline.
func (w *wait) probe(ctx context.Context) (*Probe, error) {
	sent := wall()
	limit := min(probeLimit, max(w.deadline.Sub(sent), time.Second))
	within, cancel := context.WithTimeout(ctx, limit)
	answer, err := w.inv.Invoke(within, w.change.Function, w.o.Event)
	cancel()
	p := w.judge(answer, err)
	p.At, p.Millis = sent, wall().Sub(sent).Milliseconds()
	w.probes = append(w.probes, p)
	return &w.probes[len(w.probes)-1], err
}

// enter waits for a place among the invocations under way and reports whether it
// got one. A probe is dated after that, or the cloud would be given time it did
// not have.
func (w *wait) enter(ctx context.Context) bool {
	if w.o.Gate == nil {
		return true
	}
	select {
	case w.o.Gate <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	if wall().Before(w.deadline) {
		return true
	}
	<-w.o.Gate
	return false
}

func (w *wait) leave() {
	if w.o.Gate != nil {
		<-w.o.Gate
	}
}

// judge sets the answer against what the change wants to be true.
func (w *wait) judge(a Answer, err error) Probe {
	names := w.change.Names()
	j := judgeAll(names, a, err)
	p := Probe{Verdict: Granted, Unnamed: j.unnamed}
	contrary := j.unnamed && len(w.change.Removed) == 0
	for i, name := range names {
		p.Names = append(p.Names, NameVerdict{API: name, Verdict: j.verdicts[i]})
		want, against := Granted, Refused
		if i >= len(w.change.Added) {
			want, against = Refused, Granted
		}
		if j.verdicts[i] != want {
			p.Verdict = Inconclusive
		}
		contrary = contrary || j.verdicts[i] == against
	}
	if contrary {
		p.Verdict = Refused
	}
	if p.Verdict != Granted {
		p.Code = j.code
	}
	return p
}

// sleep waits until a moment on the wall clock and reports whether it came. It
// looks at the clock every few seconds because timers stand still while a laptop sleeps.
func (w *wait) sleep(ctx context.Context, until time.Time) bool {
	const look = 5 * time.Second
	for {
		left := until.Sub(wall())
		if left <= 0 {
			return ctx.Err() == nil
		}
		slice := min(left, look)
		if w.o.Every > 0 {
			slice = min(slice, w.o.Every)
		}
		timer := time.NewTimer(slice)
		select {
		case <-ctx.Done():
			timer.Stop()
			return false
		case <-timer.C:
		}
		if w.o.Every > 0 && wall().Before(until) {
			w.report(w.status(wall()), until, nil, nil)
		}
	}
}

func (w *wait) report(s Status, next time.Time, made *Probe, err error) {
	if made != nil {
		copied := *made
		made = &copied
	}
	w.observe(Tick{
		Status: s, Next: next, Deadline: w.deadline, Probe: made, ByClock: w.inv == nil, Err: err,
		Resume: WaitState{Change: w.change, Probes: s.Probes},
	})
}

// hopeless reports an error that waiting does not cure.
func hopeless(err error) bool {
	var e *clierr.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Exit {
	case clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Local, clierr.OtherCredential:
		return true
	default:
		return false
	}
}

// wall is the time of day without the monotonic reading: acceptance times come
// from files and other machines, and only the time of day can be set against them.
func wall() time.Time { return time.Now().Round(0) }

// jitter spreads a duration by a fifth either way, so that many waits do not
// probe in step.
func jitter(d time.Duration) time.Duration {
	return time.Duration(float64(d) * (0.8 + 0.4*rand.Float64()))
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func count(probes []Probe, v Verdict) int {
	n := 0
	for _, p := range probes {
		if p.Verdict == v {
			n++
		}
	}
	return n
}
