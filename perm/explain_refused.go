package perm

import (
	"slices"
	"strings"
	"time"

	"wxcloud/catalog"
	"wxcloud/internal/clierr"
)

// refused explains -604101.
func (x *explainer) refused() {
	pairs := 0
	only := x.refusal
	for _, f := range x.functions() {
		for _, api := range x.interfaces(f) {
			x.pair(f, api)
			pairs++
			only.Function, only.API = f.Name, api
		}
	}
	switch pairs {
	case 0:
		x.nothingFits()
	case 1:
		x.refusal = only // it can be of no other
	}
	// What no file can show stays possible, and comes to the front when the rest
	// is excluded.
	settled := slices.ContainsFunc(x.Causes, func(c Cause) bool { return c.Likelihood != Possible })
	account := Cause{ID: "perm/because-account", Likelihood: Possible, Function: x.refusal.Function, API: x.refusal.API, Step: StepInfo}
	if pairs == 1 && !settled {
		account.Likelihood = Likely
	}
	x.account(account)
	if x.refusal.NoTicket || x.refusal.Origin != "" {
		x.ticket()
	}
	x.add(Cause{ID: "perm/because-simulator", Likelihood: Possible, Function: x.refusal.Function, API: x.refusal.API, Step: StepInvoke})
	x.holders()
}

// interfaces are those of the function that the refusal may be of: the named
// one, if the function has anything to do with it or is named too, else all.
func (x *explainer) interfaces(f FunctionFacts) []string {
	api := x.refusal.API
	if api != "" {
		_, calls := find(f.Calls, api)
		if calls || x.refusal.Function != "" {
			return []string{api}
		}
		if _, declares := find(f.Declared, api); declares && !x.called(api) {
			return []string{api}
		}
		return nil
	}
	var names []string
	for _, call := range f.Calls {
		if !slices.Contains(names, call.Name) {
			names = append(names, call.Name)
		}
	}
	return names
}

func (x *explainer) called(api string) bool {
	return slices.ContainsFunc(x.facts.Functions, func(f FunctionFacts) bool { _, ok := find(f.Calls, api); return ok })
}

// pair looks at one function and one interface, in the order in which the
// permission travels: declaration, record, cache.
func (x *explainer) pair(f FunctionFacts, api string) {
	c := Cause{Likelihood: Shown, Function: f.Name, API: api}
	if call, ok := find(f.Calls, api); ok {
		c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-call", Args: clierr.Args{"api": api}, At: call.At})
	} else if len(f.Dynamic) > 0 {
		c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-dynamic", At: f.Dynamic[0].At})
	}
	if f.Live != nil && slices.Contains(f.Live.Faults, api) {
		fault := c
		fault.ID, fault.Step = "perm/because-fault", StepFaults
		x.add(fault)
	}
	declared, ok := find(f.Declared, api)
	if !ok {
		x.undeclared(f, c)
		return
	}
	here := Fact{ID: "perm/seen-declared", Args: clierr.Args{"api": api}, At: declared.At}
	x.exclude(here)
	c.Evidence = append(c.Evidence, here)
	switch {
	case f.Live != nil && f.Live.Deployed:
		x.live(f, c)
	case f.Record.applied():
		x.recorded(f, c)
	default:
		x.unrecorded(f, c)
	}
}

// undeclared explains a name that is not in the function's own list.
func (x *explainer) undeclared(f FunctionFacts, c Cause) {
	c.Step = StepDeclare
	if f.Record.applied() && slices.Contains(f.Record.Openapi, c.API) {
		// It was taken out of the file and may well still be in force.
		c.Likelihood = Likely
		c.Evidence = append(c.Evidence, x.seen("perm/seen-applied", f.Record, c.API))
	}
	absent := Fact{ID: "perm/seen-undeclared", Args: clierr.Args{"api": c.API}, At: clierr.Position{File: f.Config}}
	if !f.Exists {
		absent.ID = "perm/seen-no-config"
	}
	c.Evidence = append(c.Evidence, absent)
	c.ID = "perm/because-undeclared"
	for _, d := range f.Declared {
		if strings.EqualFold(d.Name, c.API) || catalog.Resolve(d.Name).Interface.Name == c.API {
			c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-misspelt", Args: clierr.Args{"name": d.Name, "api": c.API}, At: d.At})
		}
	}
	for _, other := range x.facts.Functions {
		if other.Name == f.Name {
			continue
		}
		d, ok := find(other.Declared, c.API)
		if !ok {
			continue
		}
		seen := Fact{ID: "perm/seen-declared-elsewhere", Args: clierr.Args{"api": c.API, "function": other.Name}, At: d.At}
		if _, calls := find(other.Calls, c.API); !calls {
			seen.ID = "perm/seen-declared-unused"
		}
		c.ID, c.Args = "perm/because-declared-elsewhere", clierr.Args{"other": other.Name}
		c.Evidence = append(c.Evidence, seen)
		break
	}
	x.add(c)
}

// live explains a declared name by what the local cloud itself holds.
func (x *explainer) live(f FunctionFacts, c Cause) {
	l := f.Live
	stored := slices.Contains(l.Openapi, c.API)
	switch {
	case !l.Applied:
		c.ID, c.Step = "perm/because-not-applied", StepDeploy
		c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-live-never"})
		x.add(c)
		return
	case !stored:
		c.ID, c.Step = "perm/because-list-lacks", StepDeploy
		c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-live-lacks", Args: clierr.Args{"api": c.API}, Since: l.AppliedAt})
		x.add(c)
		return
	}
	c.Since = l.AppliedAt
	has := Fact{ID: "perm/seen-live-has", Args: clierr.Args{"api": c.API}, Since: l.AppliedAt}
	old := 0
	for _, copied := range l.Cached {
		if !slices.Contains(copied.Openapi, c.API) {
			old++
			if copied.ExpiresAt.After(c.Until) {
				c.Until = copied.ExpiresAt
			}
		}
	}
	if old > 0 {
		c.ID, c.Step = "perm/because-propagating", StepWait
		c.Evidence = append(c.Evidence, has, Fact{ID: "perm/seen-live-old", Args: clierr.Args{"old": decimal(old), "nodes": decimal(l.Nodes)}})
		x.add(c)
		return
	}
	if x.refusal.At.Before(l.AppliedAt) {
		c.ID, c.Step = "perm/because-earlier", StepInvoke
		c.Evidence = append(c.Evidence, has)
		x.add(c)
		return
	}
	if until := l.AppliedAt.Add(x.facts.CacheTTL); x.refusal.At.Before(x.facts.Now) && x.refusal.At.Before(until) {
		// No node holds an older list any more, but then one may have.
		c.ID, c.Step, c.Until = "perm/because-propagating", StepInvoke, until
		c.Evidence = append(c.Evidence, has)
		x.add(c)
		return
	}
	x.exclude(has)
	x.exclude(Fact{ID: "perm/seen-live-current"})
}

// recorded explains a declared name by the record of what was applied.
func (x *explainer) recorded(f FunctionFacts, c Cause) {
	r := f.Record
	if !slices.Contains(r.Openapi, c.API) {
		c.ID, c.Step = "perm/because-list-lacks", StepDeploy
		c.Evidence = append(c.Evidence, x.seen("perm/seen-applied-without", r, c.API))
		x.add(c)
		return
	}
	has := x.seen("perm/seen-applied", r, c.API)
	c.Since, c.Until = r.AcceptedAt, r.AcceptedAt.Add(x.facts.CacheTTL)
	switch {
	case x.refusal.At.Before(r.AcceptedAt):
		c.ID, c.Step = "perm/because-earlier", StepWait
		c.Evidence = append(c.Evidence, has)
		x.add(c)
		return
	case x.refusal.At.Before(c.Until) && r.Evidence != "verified":
		c.ID, c.Step = "perm/because-propagating", StepWait
		c.Evidence = append(c.Evidence, has)
		x.add(c)
		return
	}
	x.exclude(has)
	if r.Evidence == "stated" {
		c.ID, c.Likelihood, c.Step = "perm/because-only-stated", Likely, StepDeploy
		c.Until = time.Time{}
		c.Evidence = append(c.Evidence, has)
		x.add(c)
	}
	if len(x.facts.Elsewhere) > 0 {
		x.add(Cause{
			ID: "perm/because-other-environment", Likelihood: Possible, Function: f.Name, API: c.API, Step: StepInvoke,
			Args: clierr.Args{"others": strings.Join(x.facts.Elsewhere, ", ")},
		})
	}
}

// unrecorded explains a declared name for which nothing says that it was
// ever applied where the function runs.
func (x *explainer) unrecorded(f FunctionFacts, c Cause) {
	for _, env := range x.facts.Elsewhere {
		if r := f.Others[env]; r.applied() && slices.Contains(r.Openapi, c.API) {
			c.ID, c.Likelihood, c.Step = "perm/because-other-environment", Likely, StepDeploy
			c.Args = clierr.Args{"others": env}
			c.Evidence = append(c.Evidence, x.seen("perm/seen-applied-there", r, c.API).with("env", env))
			x.add(c)
			return
		}
	}
	c.ID, c.Likelihood, c.Step = "perm/because-not-applied", Likely, StepDeploy
	if f.Record.DeployedAt.IsZero() {
		c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-no-record"})
	} else {
		c.Likelihood = Shown
		c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-code-only", Since: f.Record.DeployedAt})
	}
	x.add(c)
}

// account says what the catalog knows of who may use the interface.
func (x *explainer) account(c Cause) {
	i, known := catalog.Lookup(x.refusal.API)
	if known && i.Account == catalog.OfficialAccount {
		c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-official-account", Args: clierr.Args{"api": i.Name}})
	}
	x.add(c)
}

// nothingFits is for a refusal whose function or interface is not in the project.
func (x *explainer) nothingFits() {
	if len(x.facts.Functions) == 0 {
		return
	}
	c := Cause{ID: "perm/because-not-here", Likelihood: Likely, Function: x.refusal.Function, API: x.refusal.API, Step: StepLint}
	if x.refusal.API == "" && x.refusal.Function != "" {
		if fs := x.functions(); len(fs) == 1 && len(fs[0].Dynamic) > 0 {
			c.ID, c.Step = "perm/because-dynamic", StepLint
			c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-dynamic", At: fs[0].Dynamic[0].At})
		} else if len(fs) == 1 {
			c.ID = "perm/because-calls-nothing"
		}
	}
	x.add(c)
}

// holders are other functions whose list has held the interface for longer than
// any cache.
func (x *explainer) holders() {
	if x.refusal.API == "" {
		return
	}
	for _, f := range x.facts.Functions {
		if f.Name == x.refusal.Function || slices.ContainsFunc(x.Causes, func(c Cause) bool { return c.Function == f.Name && c.Likelihood != Possible }) {
			continue
		}
		r := f.Record
		if f.Live != nil {
			r = Record{Source: "", Openapi: f.Live.Openapi, AcceptedAt: f.Live.AppliedAt, DeployedAt: x.facts.Now}
			if !f.Live.Applied || !f.Live.Deployed {
				continue
			}
		}
		if !r.applied() || !slices.Contains(r.Openapi, x.refusal.API) {
			continue
		}
		if r.Evidence == "verified" || !x.facts.Now.Before(r.AcceptedAt.Add(x.facts.CacheTTL)) {
			_, calls := find(f.Calls, x.refusal.API)
			x.Holders = append(x.Holders, Holder{Function: f.Name, Since: r.AcceptedAt, Source: r.Source, Evidence: r.Evidence, Calls: calls})
		}
	}
}

// seen is a fact about a record.
func (x *explainer) seen(id clierr.ID, r Record, api string) Fact {
	return Fact{ID: id, Args: clierr.Args{"api": api, "writer": r.Writer, "evidence": r.Evidence}, At: clierr.Position{File: r.Source}, Since: r.AcceptedAt}
}

func (f Fact) with(name, value string) Fact { f.Args[name] = value; return f }
