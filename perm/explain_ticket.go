package perm

import (
	"slices"
	"strconv"

	"wxcloud/catalog"
	"wxcloud/internal/clierr"
)

func decimal(n int) string { return strconv.Itoa(n) }

// ticketCode reports whether the code is one a call without a ticket ends with.
func (x *explainer) ticketCode() bool {
	return slices.Contains([]int{badSource, badArguments, resource, badRequest}, x.refusal.Code)
}

// ticket explains an invocation that carried no cloud-call ticket by what may
// have started the function.
func (x *explainer) ticket() {
	r := x.refusal
	sure := r.NoTicket || r.Code == badSource
	generic := true
	for _, f := range x.functions() {
		if r.Function == "" && len(f.Calls) == 0 && len(f.Dynamic) == 0 {
			continue // it makes no cloud call
		}
		if len(f.Timers) > 0 && (r.Origin == "" || r.Origin == "timer") {
			generic = false
			x.starter("perm/because-timer", f, f.Timers, "perm/seen-timer", sure)
		}
		if len(f.Callers) > 0 && (r.Origin == "" || r.Origin == "function") {
			generic = false
			x.starter("perm/because-called", f, f.Callers, "perm/seen-caller", sure)
		}
	}
	c := Cause{ID: "perm/because-no-ticket", Likelihood: Possible, Function: r.Function, API: r.API, Step: StepInvoke}
	if sure && generic {
		c.Likelihood = Likely
	}
	x.add(c)
	if sure {
		return
	}
	switch r.Code {
	case badArguments:
		x.add(Cause{ID: "perm/because-arguments", Likelihood: Likely, Function: r.Function, API: r.API, Step: StepLint})
	case resource:
		x.add(Cause{ID: "perm/because-service", Likelihood: Likely, Function: r.Function, API: r.API, Step: StepInvoke})
	}
}

// starter adds a cause for a way of starting the function that carries no ticket.
func (x *explainer) starter(id clierr.ID, f FunctionFacts, places []Mention, seen clierr.ID, sure bool) {
	c := Cause{ID: id, Likelihood: Possible, Function: f.Name, API: x.refusal.API, Step: StepInvoke, Args: clierr.Args{"name": places[0].Name}}
	switch {
	case x.refusal.Origin != "":
		c.Likelihood = Shown
		c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-origin-" + clierr.ID(x.refusal.Origin)})
	case sure:
		c.Likelihood = Likely
	}
	if x.refusal.NoTicket {
		c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-no-ticket"})
	}
	for _, p := range places[:min(len(places), 3)] {
		c.Evidence = append(c.Evidence, Fact{ID: seen, Args: clierr.Args{"name": p.Name}, At: p.At})
	}
	x.add(c)
}

// unknownName explains -604100 by what the catalog knows of the name.
func (x *explainer) unknownName() {
	names := []string{x.refusal.API}
	if x.refusal.API == "" {
		names = nil
		for _, f := range x.functions() {
			for _, call := range f.Calls {
				if _, ok := catalog.Lookup(call.Name); !ok && !slices.Contains(names, call.Name) {
					names = append(names, call.Name)
				}
			}
		}
	}
	for _, name := range names {
		x.misnamed(name)
	}
	x.add(Cause{ID: "perm/because-new-name", Likelihood: Possible, API: x.refusal.API, Step: StepSearch})
}

func (x *explainer) misnamed(name string) {
	c := Cause{API: name, Function: x.refusal.Function, Likelihood: Shown, Step: StepRename, Args: clierr.Args{"name": name}}
	for _, f := range x.functions() {
		if call, ok := find(f.Calls, name); ok {
			c.Function = f.Name
			c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-call", Args: clierr.Args{"api": name}, At: call.At})
			break
		}
	}
	r := catalog.Resolve(name)
	switch {
	case r.Kind == catalog.KindNotCallable:
		c.ID, c.Step = "perm/because-https-only", StepInfo
		c.Args["path"] = r.NotCallable.Path
	case r.Known() && r.Interface.Status == catalog.Removed:
		c.ID, c.Step, c.Likelihood = "perm/because-retired", StepInfo, Likely
		c.Args["since"] = r.Interface.RetiredOn
	case r.Known() && r.Kind != catalog.Exact:
		c.ID, c.Args["right"] = "perm/because-misspelt", r.Interface.Name
	case r.Known():
		c.ID, c.Likelihood, c.Step = "perm/because-known-name", Possible, StepInfo
	case len(r.Suggestions) > 0:
		c.ID, c.Likelihood, c.Args["right"] = "perm/because-misspelt", Likely, r.Suggestions[0]
	default:
		c.ID, c.Likelihood, c.Step = "perm/because-unknown-name", Likely, StepSearch
	}
	x.add(c)
}
