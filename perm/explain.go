package perm

import (
	"cmp"
	"slices"
	"time"

	"wxcloud/internal/clierr"
)

// Refusal is a cloud call that failed, as far as it is known.
type Refusal struct {
	Code     int
	API      string    // "" when nothing names the interface
	Function string    // "" when nothing names the function
	At       time.Time // when it was refused; the zero time means now
	// NoTicket says that the message itself speaks of the missing ticket.
	NoTicket bool
	// Origin is what started the function, if that is known: "timer", "function",
	// "invoke" (a cloud key), or "".
	Origin string
}

// Facts are what is known around a refusal: the project's files, the records
// of what was applied, and, for the local cloud, what it stores and caches.
type Facts struct {
	Environment string // its name, "" when none is known
	// Elsewhere are the other environments with records, by name.
	Elsewhere []string
	Functions []FunctionFacts
	Now       time.Time
	CacheTTL  time.Duration // 0 means DefaultCacheTTL
	Local     bool          // the environment is the local cloud
}

// FunctionFacts are what is known of one function.
type FunctionFacts struct {
	Name     string
	Config   string // its config.json, as it is to be shown
	Exists   bool   // the file is there
	Declared []Mention
	Calls    []Mention
	Dynamic  []Mention // calls whose interface is only known when they run
	Timers   []Mention
	Callers  []Mention // places in other functions that start this one; Name is the function
	Record   Record
	Others   map[string]Record // the records of other environments, by name
	Live     *Live
}

// Mention is a name and the place it stands at.
type Mention struct {
	Name string
	At   clierr.Position
}

// Record is what is on record for a function in one environment.
type Record struct {
	Source     string    // the file that says so, as it is to be shown
	Openapi    []string  // the list last applied; nil means that none is known
	AcceptedAt time.Time // zero when none is known
	Writer     string
	Evidence   string    // "stated" by a person, "accepted", "read-back" or, for all of the list, "verified"
	Unproven   bool      // the last change is verified, the rest of the list is not
	DeployedAt time.Time // of the code
}

// applied reports whether a list is on record.
func (r Record) applied() bool { return r.Openapi != nil && !r.AcceptedAt.IsZero() }

// Live is what the local cloud holds of a function, on this machine's clock.
type Live struct {
	Deployed  bool
	Applied   bool // a list was stored at least once
	Openapi   []string
	AppliedAt time.Time
	Nodes     int
	Cached    []CachedList
	// Faults are the interfaces for which a fault is laid out that answers -604101.
	Faults []string
}

// CachedList is one gateway node's copy.
type CachedList struct {
	Openapi   []string
	ExpiresAt time.Time
}

// Likelihood is how well a cause is supported.
type Likelihood string

// The likelihoods.
const (
	Shown    Likelihood = "shown"    // what is known shows it
	Likely   Likelihood = "likely"   // what is known points to it
	Possible Likelihood = "possible" // nothing speaks against it
)

// Step is the one thing to do about a cause.
type Step string

// The steps. Whoever prints them knows the commands.
const (
	StepDeclare Step = "declare" // put the interface into the function's config.json
	StepDeploy  Step = "deploy"  // apply the list, or make the function exist
	StepWait    Step = "wait"    // wait until it is in force
	StepInfo    Step = "info"    // see which account the interface is for
	StepInvoke  Step = "invoke"  // invoke it on a path that carries a ticket
	StepLint    Step = "lint"    // see what the code calls
	StepSearch  Step = "search"  // find the right name
	StepRename  Step = "rename"  // write the right name into the code
	StepFaults  Step = "faults"  // end the faults of the local cloud
)

// Cause is one reason a refusal may have.
type Cause struct {
	ID         clierr.ID // of its sentence
	Likelihood Likelihood
	Function   string
	API        string
	Args       clierr.Args
	Since      time.Time // when the change was accepted, if the cause is about one
	Until      time.Time // when it goes away by itself, if it does
	Evidence   []Fact
	Step       Step
	// Environment is where the step is to be taken, if not in the refusal's.
	Environment string
}

// Fact is one thing that was seen, and where.
type Fact struct {
	ID    clierr.ID
	Args  clierr.Args
	At    clierr.Position
	Since time.Time // a time of it, if it has one
}

// Holder is another function that could make the call now.
type Holder struct {
	Function string
	Since    time.Time // when its list was accepted
	Source   string    // where that is on record
	Evidence string
	Calls    bool // its code makes the call already
}

// Explanation is what is known about why a cloud call was refused.
type Explanation struct {
	Causes []Cause // the likeliest first
	// Excluded are sentences of causes that what is known speaks against.
	Excluded []Fact
	// Holders held the permission for longer than any cache, so that what they
	// call is admitted already.
	Holders []Holder
}

// maxCauses is how many causes are worth reading.
const maxCauses = 6

// Explain ranks the causes of a refusal by what is known. Where the function or
// the interface is not known, every pair that fits is looked at.
func Explain(r Refusal, f Facts) Explanation {
	if f.CacheTTL <= 0 {
		f.CacheTTL = DefaultCacheTTL
	}
	if r.At.IsZero() {
		r.At = f.Now
	}
	x := explainer{refusal: r, facts: f}
	switch {
	case r.Code == noPermission:
		x.refused()
	case r.Code == unknownAPI:
		x.unknownName()
	case x.ticketCode():
		x.ticket()
	default:
		x.otherCodes()
	}
	slices.SortStableFunc(x.Causes, func(a, b Cause) int { return cmp.Compare(a.Likelihood.rank(), b.Likelihood.rank()) })
	x.Causes = x.Causes[:min(len(x.Causes), maxCauses)]
	return x.Explanation
}

// The other codes that state tells something about.
const (
	unknownAPI   = -604100
	badSource    = -604104
	badArguments = -501007
	resource     = -501001
	badRequest   = -501008
)

// AboutPermission reports whether a code is a refusal for want of a permission,
// and not of a ticket.
func AboutPermission(code int) bool { return code == noPermission || code == unknownAPI }

func (l Likelihood) rank() int {
	return slices.Index([]Likelihood{Shown, Likely, Possible}, l)
}

// explainer collects an explanation.
type explainer struct {
	refusal Refusal
	facts   Facts
	Explanation
}

func (x *explainer) add(c Cause) {
	same := func(o Cause) bool { return o.ID == c.ID && o.Function == c.Function && o.API == c.API }
	if !slices.ContainsFunc(x.Causes, same) {
		x.Causes = append(x.Causes, c)
	}
}

func (x *explainer) exclude(f Fact) { x.Excluded = append(x.Excluded, f) }

// functions are those the refusal may be of.
func (x *explainer) functions() []FunctionFacts {
	if x.refusal.Function == "" {
		return x.facts.Functions
	}
	for _, f := range x.facts.Functions {
		if f.Name == x.refusal.Function {
			return []FunctionFacts{f}
		}
	}
	return nil
}

func find(mentions []Mention, name string) (Mention, bool) {
	for _, m := range mentions {
		if m.Name == name {
			return m, true
		}
	}
	return Mention{}, false
}
