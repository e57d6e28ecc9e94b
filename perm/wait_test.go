package perm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
)

// script is an Invoker that answers by the time since the change was accepted.
type script struct {
	accepted time.Time
	calls    int
	answer   func(since time.Duration, call int) (string, error)
}

func (s *script) Invoke(ctx context.Context, _ string, _ []byte) (Answer, error) {
	s.calls++
	time.Sleep(100 * time.Millisecond)
	if ctx.Err() != nil {
		return Answer{}, ctx.Err()
	}
	result, err := s.answer(time.Since(s.accepted), s.calls)
	return Answer{Result: []byte(result)}, err
}

const (
	granted      = `{"errMsg":"openapi.templateMessage.send:ok","errCode":0}`
	refused      = `{"errCode":-604101,"errMsg":"system error: error code: -604101"}`
	inconclusive = `{"errCode":-501001,"errMsg":"openapi.templateMessage.send:fail -501001 resource system error. aborted"}`
)

func always(result string) func(time.Duration, int) (string, error) {
	return func(time.Duration, int) (string, error) { return result, nil }
}

// from answers refused until the change shows, and granted from then on.
func from(shows time.Duration) func(time.Duration, int) (string, error) {
	return func(since time.Duration, _ int) (string, error) {
		if since < shows {
			return refused, nil
		}
		return granted, nil
	}
}

var event = []byte(`{"check":true}`)

func TestWaitOutcomes(t *testing.T) {
	added := Change{Function: "notify", Added: []string{send}}
	removed := Change{Function: "notify", Removed: []string{send}}
	for _, c := range []struct {
		name    string
		change  Change
		answer  func(time.Duration, int) (string, error) // nil: no Invoker
		o       WaitOptions
		started time.Duration // after the acceptance
		state   State
		accept  bool
		timeout bool
		exit    clierr.Exit
		least   time.Duration // since the acceptance
		most    time.Duration
		causes  []clierr.ID
	}{
		{
			name: "verified soon after the cache time", change: added, answer: from(0), o: WaitOptions{Event: event},
			state: StateVerified, least: 10 * time.Minute, most: 10*time.Minute + 20*time.Second,
		},
		{
			name: "verified when it shows late", change: added, answer: from(9*time.Minute + 50*time.Second), o: WaitOptions{Event: event},
			state: StateVerified, least: 10 * time.Minute, most: 10*time.Minute + 20*time.Second,
		},
		{
			name: "a cache longer than documented", change: added, answer: from(10*time.Minute + 30*time.Second), o: WaitOptions{Event: event},
			state: StateVerified, least: 10*time.Minute + 36*time.Second, most: 11 * time.Minute,
		},
		{
			name: "a wait begun long after", change: added, answer: from(0), o: WaitOptions{Event: event}, started: time.Hour,
			state: StateVerified, least: time.Hour, most: time.Hour + 15*time.Second,
		},
		{
			name: "removal verified", change: removed, answer: always(refused), o: WaitOptions{Event: event},
			state: StateVerified, least: 10 * time.Minute, most: 10*time.Minute + 20*time.Second,
		},
		{
			name: "removal that never shows", change: removed, answer: always(granted), o: WaitOptions{Event: event},
			state: StateRefused, timeout: true, exit: clierr.Propagating, least: 10 * time.Minute, most: 12*time.Minute + time.Second,
			causes: []clierr.ID{CauseNeverWritten, CauseEnvironment},
		},
		{
			name: "never granted", change: added, answer: always(refused), o: WaitOptions{Event: event},
			state: StateRefused, timeout: true, exit: clierr.Propagating, least: 10 * time.Minute, most: 12*time.Minute + time.Second,
			causes: []clierr.ID{CauseNeverWritten, CauseEnvironment, CauseAccount},
		},
		{
			name: "the clock does not outweigh a refusal", change: added, answer: always(refused), o: WaitOptions{Event: event, AcceptClock: true},
			state: StateRefused, timeout: true, exit: clierr.Propagating, least: 10 * time.Minute, most: 12*time.Minute + time.Second,
			causes: []clierr.ID{CauseNeverWritten, CauseEnvironment, CauseAccount},
		},
		{
			name: "probes that prove nothing", change: added, answer: always(inconclusive), o: WaitOptions{Event: event},
			state: StateInconclusive, timeout: true, exit: clierr.Propagating, least: 10 * time.Minute, most: 12*time.Minute + time.Second,
			causes: []clierr.ID{CauseService},
		},
		{
			name: "an account that may not use it", change: added, o: WaitOptions{Event: event},
			answer: always(`{"errCode":48001,"errMsg":"openapi.templateMessage.send:fail api unauthorized"}`),
			state:  StateInconclusive, timeout: true, exit: clierr.Propagating, least: 10 * time.Minute, most: 12*time.Minute + time.Second,
			causes: []clierr.ID{CauseAccount},
		},
		{
			name: "probes that prove nothing, clock accepted", change: added, answer: always(inconclusive), o: WaitOptions{Event: event, AcceptClock: true},
			state: StateElapsed, accept: true, least: 10 * time.Minute, most: 10*time.Minute + 40*time.Second,
			causes: []clierr.ID{CauseService},
		},
		{
			name: "an event that makes no call", change: added, answer: always(`{"ok":true}`), o: WaitOptions{Event: event},
			state: StateInconclusive, timeout: true, exit: clierr.Propagating, least: 10 * time.Minute, most: 12*time.Minute + time.Second,
			causes: []clierr.ID{CauseEvent},
		},
		{
			name: "no ticket", change: added, answer: always(`{"errCode":-604104}`), o: WaitOptions{Event: event},
			state: StateInconclusive, timeout: true, exit: clierr.Propagating, least: 10 * time.Minute, most: 12*time.Minute + time.Second,
			causes: []clierr.ID{CauseTicket},
		},
		{
			name: "accepted early", change: added, answer: from(time.Minute), o: WaitOptions{Event: event, AcceptEarly: true},
			state: StateGranted, accept: true, least: time.Minute, most: 3 * time.Minute, causes: []clierr.ID{CauseStillCached},
		},
		{
			name: "clock only", change: added, o: WaitOptions{Event: event},
			state: StateElapsed, exit: clierr.Propagating, least: 10 * time.Minute, most: 10*time.Minute + time.Second, causes: []clierr.ID{CauseNoProbe},
		},
		{
			name: "an Invoker without an event is clock only", change: added, answer: from(0),
			state: StateElapsed, exit: clierr.Propagating, least: 10 * time.Minute, most: 10*time.Minute + time.Second, causes: []clierr.ID{CauseNoProbe},
		},
		{
			name: "clock only, accepted", change: added, o: WaitOptions{AcceptClock: true},
			state: StateElapsed, accept: true, least: 10 * time.Minute, most: 10*time.Minute + time.Second, causes: []clierr.ID{CauseNoProbe},
		},
		{
			name: "clock only, not even that long", change: added, o: WaitOptions{Timeout: time.Minute, AcceptClock: true},
			state: StatePropagating, timeout: true, exit: clierr.Propagating, least: time.Minute, most: time.Minute + time.Second, causes: []clierr.ID{CauseStillCached},
		},
		{
			name: "granted when the time is up", change: added, answer: from(0), o: WaitOptions{Event: event, Timeout: time.Minute},
			state: StateGranted, timeout: true, exit: clierr.Propagating, least: time.Minute, most: time.Minute + time.Second, causes: []clierr.ID{CauseStillCached},
		},
		{
			name: "refused when the time is up", change: added, answer: always(refused), o: WaitOptions{Event: event, Timeout: time.Minute},
			state: StateRefused, timeout: true, exit: clierr.Propagating, least: time.Minute, most: time.Minute + time.Second,
			causes: []clierr.ID{CauseStillCached, CauseNeverWritten, CauseEnvironment, CauseAccount},
		},
		{
			name: "no more probes than it takes", change: added, answer: from(0), o: WaitOptions{Event: event, MaxProbes: 1},
			state: StateVerified, least: 10 * time.Minute, most: 10*time.Minute + 20*time.Second,
		},
		{
			name: "a cache of 20 seconds", change: added, answer: from(19 * time.Second), o: WaitOptions{Event: event, CacheTTL: 20 * time.Second},
			state: StateVerified, least: 20 * time.Second, most: 22 * time.Second,
		},
		{
			name: "a cache of 20 seconds, never granted", change: added, answer: always(refused), o: WaitOptions{Event: event, CacheTTL: 20 * time.Second},
			state: StateRefused, timeout: true, exit: clierr.Propagating, least: 20 * time.Second, most: 31 * time.Second,
			causes: []clierr.ID{CauseNeverWritten, CauseEnvironment, CauseAccount},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c.change.AcceptedAt = time.Now()
				var inv Invoker
				s := &script{accepted: time.Now(), answer: c.answer}
				if c.answer != nil {
					inv = s
				}
				time.Sleep(c.started)
				got, err := Wait(t.Context(), inv, c.change, c.o, func(tick Tick) {
					if tick.Status.State == StateVerified && time.Since(c.change.AcceptedAt) < c.least {
						t.Error("verified too early")
					}
				})
				if err != nil {
					t.Fatal(err)
				}
				if got.State != c.state || got.Accepted != c.accept || got.TimedOut != c.timeout || got.Exit() != c.exit {
					t.Errorf("%s, accepted %v, timed out %v, exit %d", got.State, got.Accepted, got.TimedOut, got.Exit())
				}
				if took := time.Since(c.change.AcceptedAt); took < c.least || took > c.most {
					t.Errorf("took %v", took)
				}
				if diff := cmp.Diff(c.causes, got.Causes); diff != "" {
					t.Errorf("causes (-want +got):\n%s", diff)
				}
				if s.calls > 30 || s.calls != len(got.Probes) {
					t.Errorf("%d invocations, %d in the timeline", s.calls, len(got.Probes))
				}
			})
		})
	}
}

func TestAnInterruptedRowStartsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{accepted: time.Now()}
		after := 0
		s.answer = func(since time.Duration, _ int) (string, error) {
			if since > 10*time.Minute {
				if after++; after == 5 {
					return inconclusive, nil
				}
			}
			return granted, nil
		}
		got, err := Wait(t.Context(), s, Change{Function: "f", Added: []string{send}, AcceptedAt: time.Now()}, WaitOptions{Event: event}, nil)
		if err != nil || got.State != StateVerified || after != 10 {
			t.Errorf("%s after %d probes, %v", got.State, after, err)
		}
	})
}

func TestEveryNameOfAChangeIsNeeded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{accepted: time.Now(), answer: always(`[{"errMsg":"openapi.a.one:ok"},{"errMsg":"nothing about the other"}]`)}
		change := Change{Function: "f", Added: []string{"b.two", "a.one", "a.one"}, AcceptedAt: time.Now()}
		got, err := Wait(t.Context(), s, change, WaitOptions{Event: event}, nil)
		if err != nil || got.State != StateInconclusive {
			t.Errorf("%s, %v", got.State, err)
		}
		want := []NameVerdict{{"a.one", Granted}, {"b.two", Inconclusive}}
		if diff := cmp.Diff(want, got.Probes[0].Names); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestARefusalWithoutANameHoldsBackEveryAddition(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{accepted: time.Now(), answer: always(`[{"errMsg":"openapi.a.one:ok"},` + refused + `]`)}
		change := Change{Function: "f", Added: []string{"a.one", "b.two"}, AcceptedAt: time.Now()}
		got, err := Wait(t.Context(), s, change, WaitOptions{Event: event, AcceptEarly: true, AcceptClock: true}, nil)
		if err != nil || got.State != StateRefused || got.Exit() != clierr.Propagating || !got.Probes[0].Unnamed {
			t.Errorf("%s, exit %d, %v", got.State, got.Exit(), err)
		}
	})
}

func TestWaitResumes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{accepted: time.Now(), answer: from(8 * time.Minute)}
		change := Change{Function: "f", Added: []string{send}, AcceptedAt: time.Now()}
		ctx, cancel := context.WithCancelCause(t.Context())
		stop := errors.New("interrupted by the user")
		time.AfterFunc(3*time.Minute, func() { cancel(stop) })
		var kept []byte
		got, err := Wait(ctx, s, change, WaitOptions{Event: event}, func(tick Tick) {
			var fail error
			if kept, fail = json.Marshal(tick.Resume); fail != nil {
				t.Error(fail)
			}
		})
		if !errors.Is(err, stop) || got.State != StatePropagating || time.Since(change.AcceptedAt) > 3*time.Minute+time.Second {
			t.Fatalf("%s, %v after %v", got.State, err, time.Since(change.AcceptedAt))
		}
		used := s.calls

		time.Sleep(20 * time.Second)
		var state WaitState
		if err := json.Unmarshal(kept, &state); err != nil {
			t.Fatal(err)
		}
		got, err = Wait(t.Context(), s, state.Change, WaitOptions{Event: event, Resume: &state}, nil)
		if err != nil || got.State != StateVerified {
			t.Fatalf("%s, %v", got.State, err)
		}
		if len(got.Probes) != s.calls || s.calls > 30 || used == 0 {
			t.Errorf("%d invocations, %d in the timeline", s.calls, len(got.Probes))
		}
		if took := time.Since(change.AcceptedAt); took > 10*time.Minute+20*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func TestResumeOfAnotherChangeIsIgnored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		old := Change{Function: "f", Added: []string{send}, AcceptedAt: time.Now().Add(-time.Hour)}
		s := &script{accepted: time.Now(), answer: always(refused)}
		probes := make([]Probe, 5)
		for i := range probes {
			probes[i] = Probe{At: time.Now(), Verdict: Granted}
		}
		for _, other := range []Change{
			{Function: "g", Added: old.Added, AcceptedAt: old.AcceptedAt},
			{Function: "f", Added: []string{"a.b"}, AcceptedAt: old.AcceptedAt},
			{Function: "f", Removed: old.Added, AcceptedAt: old.AcceptedAt},
			{Function: "f", Added: old.Added, AcceptedAt: old.AcceptedAt.Add(time.Second)},
		} {
			got, err := Wait(t.Context(), s, old, WaitOptions{Event: event, Timeout: time.Minute, Resume: &WaitState{Change: other, Probes: probes}}, nil)
			if err != nil || got.State != StateRefused {
				t.Errorf("%+v: %s, %v", other, got.State, err)
			}
		}
	})
}

func TestAnEndedWaitAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		change := Change{Function: "f", Added: []string{send}, AcceptedAt: time.Now()}
		s := &script{accepted: time.Now(), answer: always(refused)}
		var last WaitState
		keep := func(tick Tick) { last = tick.Resume }
		if got, err := Wait(t.Context(), s, change, WaitOptions{Event: event}, keep); err != nil || got.State != StateRefused {
			t.Fatalf("%s, %v", got.State, err)
		}
		// The list was written at last: what failed before begins again.
		s.answer, s.calls = always(granted), 0
		got, err := Wait(t.Context(), s, change, WaitOptions{Event: event, Resume: &last}, keep)
		if err != nil || got.State != StateVerified || s.calls == 0 {
			t.Fatalf("%s after %d probes, %v", got.State, s.calls, err)
		}
		// What was verified needs no more invocations.
		s.calls = 0
		got, err = Wait(t.Context(), s, change, WaitOptions{Event: event, Resume: &last}, nil)
		if err != nil || got.State != StateVerified || s.calls != 0 {
			t.Errorf("%s after %d probes, %v", got.State, s.calls, err)
		}
	})
}

func TestInterruptionDuringAProbeKeepsTheProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s := &script{accepted: time.Now(), answer: always(granted)}
		time.AfterFunc(50*time.Millisecond, cancel)
		var last Tick
		_, err := Wait(ctx, s, Change{Function: "f", Added: []string{send}, AcceptedAt: time.Now()}, WaitOptions{Event: event}, func(tick Tick) { last = tick })
		if !errors.Is(err, context.Canceled) || len(last.Resume.Probes) != 1 || last.Probe == nil || last.Probe.Verdict != Inconclusive {
			t.Errorf("%v, %+v", err, last.Resume)
		}
	})
}

func TestAnErrorThatWaitingDoesNotCureEndsTheWait(t *testing.T) {
	for exit, ends := range map[clierr.Exit]bool{
		clierr.Auth: true, clierr.NotFound: true, clierr.Local: true, clierr.Cloud: false, clierr.Failed: false,
	} {
		t.Run(fmt.Sprint("exit ", exit), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				failure := clierr.New("wxapi/example", exit, nil)
				s := &script{accepted: time.Now(), answer: func(_ time.Duration, call int) (string, error) {
					if call == 1 {
						return "", fmt.Errorf("invoking: %w", failure)
					}
					return granted, nil
				}}
				var errs []error
				got, err := Wait(t.Context(), s, Change{Function: "f", Added: []string{send}, AcceptedAt: time.Now()}, WaitOptions{Event: event}, func(tick Tick) {
					if tick.Err != nil {
						errs = append(errs, tick.Err)
					}
				})
				if ends && (!errors.Is(err, failure) || s.calls != 1 || got.State != StatePropagating) {
					t.Errorf("%s, %v after %d calls", got.State, err, s.calls)
				}
				if !ends && (err != nil || got.State != StateVerified) {
					t.Errorf("%s, %v", got.State, err)
				}
				if len(errs) != 1 {
					t.Errorf("reported %v", errs)
				}
			})
		})
	}
}

func TestWaitRefusesWhatItCannotWaitFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		for id, change := range map[clierr.ID]Change{
			"perm/nothing-changed":    {Function: "f", AcceptedAt: now},
			"perm/added-and-removed":  {Function: "f", Added: []string{"a.b"}, Removed: []string{"a.b"}, AcceptedAt: now},
			"perm/acceptance-unknown": {Function: "f", Added: []string{"a.b"}},
			"perm/acceptance-ahead":   {Function: "f", Added: []string{"a.b"}, AcceptedAt: now.Add(time.Hour)},
		} {
			got, err := Wait(t.Context(), nil, change, WaitOptions{AcceptClock: true}, nil)
			if !clierr.Is(err, id) || got.Exit() == clierr.OK {
				t.Errorf("%s: %v, exit %d", id, err, got.Exit())
			}
		}
	})
}

func TestTicksCountDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		change := Change{Function: "f", Added: []string{send}, AcceptedAt: time.Now()}
		var left []time.Duration
		_, err := Wait(t.Context(), nil, change, WaitOptions{CacheTTL: 5 * time.Second, Every: time.Second}, func(tick Tick) {
			left = append(left, tick.Status.EffectiveBy.Sub(tick.Status.At))
			if tick.Status.At.After(tick.Deadline) || !tick.Deadline.Equal(change.AcceptedAt.Round(0).Add(15*time.Second)) {
				t.Errorf("at %v, deadline %v", tick.Status.At, tick.Deadline)
			}
		})
		want := []time.Duration{5 * time.Second, 4 * time.Second, 3 * time.Second, 2 * time.Second, time.Second, 0}
		if diff := cmp.Diff(want, left); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}

func TestAStuckInvocationIsEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := invokerFunc(func(ctx context.Context) (Answer, error) {
			<-ctx.Done()
			return Answer{}, ctx.Err()
		})
		change := Change{Function: "f", Added: []string{send}, AcceptedAt: time.Now()}
		got, err := Wait(t.Context(), stuck, change, WaitOptions{Event: event}, nil)
		if err != nil || got.State != StateInconclusive || time.Since(change.AcceptedAt) > 12*time.Minute+time.Second {
			t.Errorf("%s, %v after %v", got.State, err, time.Since(change.AcceptedAt))
		}
	})
}

type invokerFunc func(ctx context.Context) (Answer, error)

func (f invokerFunc) Invoke(ctx context.Context, _ string, _ []byte) (Answer, error) { return f(ctx) }

func TestStatusSaysSoInJSON(t *testing.T) {
	s := Status{State: StateElapsed, Probes: []Probe{}}
	data, err := json.Marshal(s)
	if err != nil || !strings.Contains(string(data), `"state":"elapsed","verified":false`) {
		t.Errorf("%s, %v", data, err)
	}
}

func TestDiff(t *testing.T) {
	for _, c := range []struct {
		called, declared, missing, unused []string
	}{
		{nil, nil, nil, nil},
		{[]string{"b", "a", "b"}, nil, []string{"a", "b"}, nil},
		{[]string{"a"}, []string{"a", "c", "c"}, nil, []string{"c"}},
		{[]string{"a.B"}, []string{"a.b"}, []string{"a.B"}, []string{"a.b"}},
	} {
		want := Difference{Missing: c.missing, Unused: c.unused}
		called := slices.Clone(c.called)
		got := Diff(c.called, c.declared)
		if diff := cmp.Diff(want, got); diff != "" || got.Empty() != (c.missing == nil && c.unused == nil) {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if !slices.Equal(called, c.called) {
			t.Error("the argument was changed")
		}
	}
}
