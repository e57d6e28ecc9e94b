package cmd

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
	"wxcloud/perm"
)

// waitBoard shows all waits of a command on one status line, which on a terminal
// counts down; in a log each change of a function is a line.
type waitBoard struct {
	app  *app
	live *ui.Live

	mu    sync.Mutex
	names []string
	last  map[string]perm.Tick
}

// expect announces a function, so that the first lines count all of them.
func (b *waitBoard) expect(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.last == nil {
		b.last = map[string]perm.Tick{}
	}
	if _, ok := b.last[name]; !ok {
		b.names = append(b.names, name)
		b.last[name] = perm.Tick{Status: perm.Status{Function: name, State: perm.StatePropagating}}
	}
}

// show takes one function's report.
func (b *waitBoard) show(name string, t perm.Tick) {
	b.expect(name)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last[name] = t
	state := b.app.t(tickState(t))
	switch {
	case !b.app.io.ErrTerminal():
		b.live.Update(name+": "+state, "")
	case len(b.names) == 1:
		b.live.Update(name+": "+state, b.app.tickDetail(t))
	default:
		b.live.Update(b.summary(), b.countdown())
	}
}

// summary counts the functions by what is known of them: "3 functions: 1
// verified, 2 granted so far".
func (b *waitBoard) summary() string {
	var states []string
	count := map[string]int{}
	for _, name := range b.names {
		state := b.app.t(tickState(b.last[name]))
		if count[state]++; count[state] == 1 {
			states = append(states, state)
		}
	}
	for i, state := range states {
		states[i] = strconv.Itoa(count[state]) + " " + state
	}
	return b.app.t(text.WaitSummary, "count", strconv.Itoa(len(b.names)), "states", strings.Join(states, b.app.t(text.ListComma)))
}

// countdown is what the functions still have to wait, the longest of them.
func (b *waitBoard) countdown() string {
	var longest perm.Tick
	probes := 0
	for _, t := range b.last {
		probes += len(t.Status.Probes)
		if t.Status.EffectiveBy.After(longest.Status.EffectiveBy) {
			longest = t
		}
	}
	detail := ""
	if left := time.Until(longest.Status.EffectiveBy); left > 0 {
		detail = b.app.t(text.WaitLeft, "left", shortDuration(left))
	} else if probes > 0 {
		detail = b.app.t(text.WaitChecking)
	}
	if probes > 0 {
		detail += b.app.t(text.WaitProbesAll, "count", strconv.Itoa(probes))
	}
	return detail
}

// tickState is the word of the status line. Where there is only the clock it
// says at every moment that nothing is verified.
func tickState(t perm.Tick) text.Sentence {
	if t.ByClock && t.Status.State == perm.StatePropagating {
		return text.WaitByClock
	}
	return text.WaitState(string(t.Status.State))
}

// tickDetail is what counts down behind the state of one function.
func (a *app) tickDetail(t perm.Tick) string {
	detail := ""
	if len(t.Status.Probes) > 0 {
		detail = a.t(text.WaitChecking)
	}
	if left := time.Until(t.Status.EffectiveBy); left > 0 {
		detail = a.t(text.WaitLeft, "left", shortDuration(left))
	}
	if n := len(t.Status.Probes); n > 0 {
		detail += a.t(text.WaitProbes, "count", strconv.Itoa(n), "streak", strconv.Itoa(t.Status.Streak))
	}
	return detail
}

// introduce says what is waited for, until when, and how.
func (w *waiting) introduce(change perm.Change, o perm.WaitOptions) {
	a := w.app
	line := a.t(text.WaitIntro, "function", change.Function, "env", w.connection.env.Name, "names", strings.Join(changeNames(change), ", "),
		"ago", shortDuration(time.Since(change.AcceptedAt)), "by", clock(change.AcceptedAt.Add(o.CacheTTL)), "ttl", o.CacheTTL.String())
	switch {
	case w.invoker == nil:
		line += "\n" + a.t(text.WaitClockOnly)
	case len(o.Event) == 0:
		line += "\n" + a.t(text.WaitNoEvent)
	}
	w.board.live.Print(line)
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
		_, _ = fmt.Fprintf(a.io.Err, "  - %s: %s\n", s.Function, a.sentence(cause, clierr.Args{"function": s.Function}, a.lang))
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
