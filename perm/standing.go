package perm

import (
	"slices"
	"time"
)

// The states a function's list can stand in beside those of a wait.
const (
	StateNone     State = "none"     // nothing is declared and nothing was applied
	StateUnknown  State = "unknown"  // nothing says what was applied
	StateUnpushed State = "unpushed" // what is declared is not what was applied
	StateCurrent  State = "current"  // the local cloud: no gateway node holds an older list
)

// Standing is how far a function's permissions have come: from what its code
// calls to what is in force.
type Standing struct {
	Called, Declared []string // sorted
	Missing          []string // called, but not declared
	Unused           []string // declared, but not called by anything that can be seen
	Dynamic          int      // calls whose interface is only known when they run
	Pushed           []string // the list last applied; nil when none is known
	Unpushed         []string // declared, but not applied
	Lingering        []string // applied, but no longer declared
	State            State
	Since            time.Time // when the list was applied
	Until            time.Time // when the old list is gone from every cache, while StatePropagating
}

// Stand says how far a function's permissions have come. It claims nothing of
// being in force that was not verified: when the ten minutes have passed the
// state is StateElapsed.
func Stand(f FunctionFacts, facts Facts) Standing {
	ttl := facts.CacheTTL
	if ttl <= 0 {
		ttl = DefaultCacheTTL
	}
	s := Standing{Called: names(f.Calls), Declared: names(f.Declared), Dynamic: len(f.Dynamic)}
	d := Diff(s.Called, s.Declared)
	s.Missing, s.Unused = d.Missing, d.Unused
	known, at, old := f.Record.applied(), f.Record.AcceptedAt, time.Time{}
	s.Pushed = f.Record.Openapi
	if l := f.Live; l != nil {
		known, at, s.Pushed = l.Applied, l.AppliedAt, nil
		if known {
			s.Pushed = append([]string{}, l.Openapi...)
		}
		for _, c := range l.Cached {
			if !Diff(c.Openapi, l.Openapi).Empty() && c.ExpiresAt.After(old) {
				old = c.ExpiresAt
			}
		}
	}
	if !known {
		s.Pushed = nil
		s.State = StateUnknown
		if len(s.Declared) == 0 {
			s.State = StateNone
		}
		if f.Live != nil && f.Live.Deployed || !f.Record.DeployedAt.IsZero() {
			s.Unpushed = s.Declared
			if len(s.Declared) > 0 {
				s.State = StateUnpushed
			}
		}
		return s
	}
	pushed := Diff(s.Declared, s.Pushed)
	s.Unpushed, s.Lingering, s.Since = pushed.Missing, pushed.Unused, at
	until := at.Add(ttl)
	switch {
	case len(s.Unpushed)+len(s.Lingering) > 0:
		s.State = StateUnpushed
	case f.Live != nil && !old.IsZero():
		s.State, s.Until = StatePropagating, old
	case f.Record.Evidence == "verified" && (f.Live == nil || f.Record.AcceptedAt.Equal(at)):
		s.State = StateVerified
	case f.Live != nil:
		s.State = StateCurrent
	case facts.Now.Before(until):
		s.State, s.Until = StatePropagating, until
	default:
		s.State = StateElapsed
	}
	if len(s.Declared) == 0 && len(s.Pushed) == 0 {
		s.State, s.Until = StateNone, time.Time{}
	}
	return s
}

// names lists what is mentioned, sorted, each once.
func names(mentions []Mention) []string {
	list := make([]string, 0, len(mentions))
	for _, m := range mentions {
		list = append(list, m.Name)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
