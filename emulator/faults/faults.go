// Package faults decides which requests of the local cloud go wrong, and how. It
// is a list of rules, asked in order; it knows neither HTTP nor what a request
// would have done.
package faults

import (
	"math/rand/v2"
	"path"
	"strings"
	"sync"
	"time"
)

// Rule makes requests fail. Its JSON form is a line of a faults file and of
// `wxcloud emulator status --json`.
type Rule struct {
	// On is what fails: a cloud action ("UpdateFunctionCode"), an interface
	// ("subscribeMessage.send"), an address of the WeChat HTTP API
	// ("/tcb/invokecloudfunction") or of the upload key ("getrandstr"), with * and
	// ? as in file names; "*" is every one.
	On string `json:"on"`
	// Function narrows it to functions of that name, with the same wildcards; ""
	// is all, also requests that are about none.
	Function string `json:"function,omitempty"`
	// Do is what happens.
	Do Effect `json:"do"`
	// After says that the request takes effect before its answer goes wrong, as
	// when a connection breaks on the way back.
	After bool `json:"after,omitempty"`
	// Times is how often the rule strikes before it is used up; 0 is no limit.
	Times int `json:"times,omitempty"`
	// Probability of striking a request that fits; 0 means always.
	Probability float64 `json:"probability,omitempty"`
}

// Listed is a rule and how often it struck.
type Listed struct {
	Rule
	Struck int `json:"struck"`
}

// Plan is a list of rules. Its methods may be used from any goroutine.
type Plan struct {
	mu     sync.Mutex
	rules  []Listed
	random *rand.Rand
}

// New returns a plan whose probabilities repeat with the seed.
func New(seed uint64, rules ...Rule) *Plan {
	p := &Plan{random: rand.New(rand.NewPCG(seed, seed))}
	p.Add(rules...)
	return p
}

// Add puts rules behind those that are there.
func (p *Plan) Add(rules ...Rule) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range rules {
		p.rules = append(p.rules, Listed{Rule: r})
	}
}

// Clear forgets all rules.
func (p *Plan) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rules = nil
}

// List returns the rules in order, those that are used up included.
func (p *Plan) List() []Listed {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Listed{}, p.rules...)
}

// Stage is when a request meets its fault.
type Stage uint8

// The stages. Deploys are asked once the new code was accepted.
const (
	Arriving Stage = iota
	Answering
	Deploying
)

// Strike returns what happens to a request at a stage: how long it is held up, by
// all rules that say so together, and the first other effect, if any.
func (p *Plan) Strike(stage Stage, action, function string) (hold time.Duration, effect Effect, struck bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.rules {
		r := &p.rules[i]
		if struck && r.Do.Kind != Latency || r.stage() != stage || !r.fits(action, function) || r.Times > 0 && r.Struck >= r.Times {
			continue
		}
		if r.Probability > 0 && p.random.Float64() >= r.Probability {
			continue
		}
		r.Struck++
		if r.Do.Kind == Latency {
			hold += r.Do.Hold
			continue
		}
		effect, struck = r.Do, true
	}
	return hold, effect, struck
}

func (r *Rule) stage() Stage {
	switch {
	case r.Do.Kind == Stuck || r.Do.Kind == Fail:
		return Deploying
	case r.After && r.Do.Kind != Latency:
		return Answering
	default:
		return Arriving
	}
}

func (r *Rule) fits(action, function string) bool {
	return matches(r.On, action) && (r.Function == "" || matches(r.Function, function))
}

// matches compares without regard to case, as nobody should have to know whether
// it is getFuncConfig or getfuncconfig. * also stands for slashes.
func matches(pattern, name string) bool {
	flat := strings.NewReplacer("/", "\x01")
	ok, err := path.Match(flat.Replace(strings.ToLower(pattern)), flat.Replace(strings.ToLower(name)))
	return ok && err == nil
}
