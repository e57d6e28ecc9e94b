package perm

import (
	"time"

	"wxcloud/internal/clierr"
)

// State says how much is known about a change.
type State string

// The states. Only StateVerified claims that the change is in force everywhere.
const (
	StatePropagating  State = "propagating"  // the cache time has not passed; nothing else is known
	StateGranted      State = "granted"      // the last probes found it in force, too few or too early to be sure
	StateVerified     State = "verified"     // the cache time has passed and then five probes in a row found it in force
	StateElapsed      State = "elapsed"      // the cache time has passed; nothing was verified
	StateRefused      State = "refused"      // the last conclusive probe found it not in force
	StateInconclusive State = "inconclusive" // probes were made and none of them proved anything
)

// Verdict is what one answer says about one interface.
type Verdict string

// The verdicts.
const (
	Granted      Verdict = "granted"
	Refused      Verdict = "refused"
	Inconclusive Verdict = "inconclusive"
)

// NameVerdict is the verdict on one interface of the change.
type NameVerdict struct {
	API     string  `json:"api"`
	Verdict Verdict `json:"verdict"`
}

// Probe is one invocation of the wait, for the timeline.
type Probe struct {
	At     time.Time `json:"at"` // when it was sent
	Millis int64     `json:"millis"`
	// Verdict is about the change as a whole: granted when every added interface
	// was granted and every removed one refused, refused when one of them
	// answered the other way.
	Verdict Verdict       `json:"verdict"`
	Names   []NameVerdict `json:"names"`
	// Unnamed is true for a refusal that does not say which interface it is of.
	Unnamed bool `json:"unnamed,omitempty"`
	// Code is the code that kept the verdict from being granted, 0 if none was seen.
	Code int `json:"code,omitempty"`
}

// WaitState is what has to be kept to go on after an interruption: hand it back
// as WaitOptions.Resume.
type WaitState struct {
	Change Change  `json:"change"`
	Probes []Probe `json:"probes,omitempty"`
}

// Status is the outcome of a wait, or how far it has come.
type Status struct {
	Function string `json:"function"`
	State    State  `json:"state"`
	// Verified repeats State for readers of one field: true for StateVerified only,
	// whatever the caller accepts.
	Verified    bool      `json:"verified"`
	Added       []string  `json:"added,omitempty"`
	Removed     []string  `json:"removed,omitempty"`
	AcceptedAt  time.Time `json:"acceptedAt"`
	EffectiveBy time.Time `json:"effectiveBy"` // when every documented cache has expired
	At          time.Time `json:"at"`          // when this was true
	// Accepted is true when the caller's AcceptEarly or AcceptClock settled for
	// less than StateVerified. It changes the exit code, never the State.
	Accepted bool `json:"accepted"`
	// TimedOut is true when the wait ended without an answer: at its ceiling, or
	// because too few invocations were left to prove anything.
	TimedOut bool `json:"timedOut"`
	// Streak counts the last probes in a row that found the whole change in force.
	Streak int     `json:"streak"`
	Probes []Probe `json:"probes"`
	// Causes are the likely reasons of a state that stays short of StateVerified, the
	// likeliest first: ids of sentences.
	Causes []clierr.ID `json:"causes,omitempty"`
}

// Exit is the exit code the outcome stands for: 0 for verified, or for what the
// caller said it accepts; 8 for everything else.
func (s Status) Exit() clierr.Exit {
	if s.State == StateVerified || s.Accepted {
		return clierr.OK
	}
	return clierr.Propagating
}

// The likely reasons why a change does not show, as sentence ids.
const (
	CauseStillCached   clierr.ID = "perm/cause-still-cached"
	CauseNeverWritten  clierr.ID = "perm/cause-never-written"
	CauseAccount       clierr.ID = "perm/cause-account"
	CauseEnvironment   clierr.ID = "perm/cause-environment"
	CauseEvent         clierr.ID = "perm/cause-event"
	CauseTicket        clierr.ID = "perm/cause-ticket"
	CauseUnknownName   clierr.ID = "perm/cause-unknown-name"
	CauseUnnamed       clierr.ID = "perm/cause-unnamed"
	CauseFunctionError clierr.ID = "perm/cause-function-error"
	CauseService       clierr.ID = "perm/cause-service"
	CauseNoProbe       clierr.ID = "perm/cause-no-probe"
)
