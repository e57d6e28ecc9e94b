package perm

import (
	"slices"
	"time"

	"wxcloud/internal/clierr"
)

// outcome returns the final status if the wait is over.
func (w *wait) outcome(now time.Time) (Status, bool) {
	s := w.status(now)
	_, after := w.split()
	elapsed := !now.Before(w.effects)
	switch {
	case w.inv == nil && elapsed:
		s.State, s.Accepted = StateElapsed, w.o.AcceptClock
	case elapsed && streak(after) >= needed:
		s.State, s.Verified = StateVerified, true
	case w.o.AcceptEarly && !elapsed && s.Streak >= needed:
		s.State, s.Accepted = StateGranted, true
	case w.o.AcceptClock && elapsed && w.unprovable(after):
		s.State, s.Accepted = StateElapsed, true
	case !now.Before(w.deadline):
		s.State, s.TimedOut = w.standing(now), true
	case w.inv != nil && elapsed && w.left()+streak(after) < needed:
		s.State, s.TimedOut = w.standing(now), true // it can no longer be proven
	default:
		return s, false
	}
	s.Causes = w.causes(s)
	return s, true
}

// unprovable reports that the probes after the cache time say nothing either way:
// enough of them were made, or there are not enough left to prove anything.
func (w *wait) unprovable(after []Probe) bool {
	return count(after, Inconclusive) == len(after) && (len(after) >= needed || w.left() < needed)
}

// left is how many invocations remain.
func (w *wait) left() int { return w.o.MaxProbes - len(w.probes) }

// status is what is known while the wait goes on.
func (w *wait) status(now time.Time) Status {
	s := Status{
		Function: w.change.Function, State: StatePropagating,
		Added: w.change.Added, Removed: w.change.Removed,
		AcceptedAt: w.change.AcceptedAt, EffectiveBy: w.effects, At: now,
		Streak: streak(w.probes), Probes: slices.Clone(w.probes),
	}
	if s.Streak > 0 {
		s.State = StateGranted
	}
	return s
}

// standing is the state to end with when nothing better was reached.
func (w *wait) standing(now time.Time) State {
	if streak(w.probes) > 0 {
		return StateGranted
	}
	probes := w.probes
	if _, after := w.split(); len(after) > 0 {
		probes = after // what was refused before may be granted by now
	}
	for _, p := range slices.Backward(probes) {
		if p.Verdict == Refused {
			return StateRefused
		}
	}
	switch {
	case len(w.probes) > 0:
		return StateInconclusive
	case now.Before(w.effects):
		return StatePropagating
	default:
		return StateElapsed
	}
}

// streak counts the granted probes at the end of a timeline. Anything else, an
// answer that proves nothing included, ends the row.
func streak(probes []Probe) int {
	n := 0
	for _, p := range slices.Backward(probes) {
		if p.Verdict != Granted {
			break
		}
		n++
	}
	return n
}

// causes lists what may be behind an outcome short of verified, likeliest first.
func (w *wait) causes(s Status) []clierr.ID {
	if s.State == StateVerified {
		return nil
	}
	var ids []clierr.ID
	if s.At.Before(w.effects) {
		ids = append(ids, CauseStillCached)
	}
	switch s.State {
	case StateRefused:
		ids = append(ids, CauseNeverWritten, CauseEnvironment)
		if len(w.change.Added) > 0 {
			ids = append(ids, CauseAccount)
		}
	case StateInconclusive, StateElapsed:
		if len(w.probes) == 0 {
			return append(ids, CauseNoProbe)
		}
		ids = append(ids, w.unproven()...)
	}
	return ids
}

// unproven explains probes that proved nothing by what they came back with.
func (w *wait) unproven() []clierr.ID {
	var ids []clierr.ID
	add := func(id clierr.ID) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, p := range slices.Backward(w.probes) {
		switch p.Code {
		case unauthorized:
			add(CauseAccount)
		case -604100:
			add(CauseUnknownName)
		case -604104, -501007, -501008:
			add(CauseTicket)
		case -504001, -504002, -504003, -501000:
			add(CauseFunctionError)
		case 0, noPermission:
			if p.Unnamed {
				add(CauseUnnamed)
			} else {
				add(CauseEvent)
			}
		default:
			add(CauseService)
		}
	}
	return ids
}
