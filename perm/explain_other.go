package perm

import (
	"slices"

	"wxcloud/catalog"
	"wxcloud/internal/clierr"
)

// otherCodes explains codes that are no refusal of a cloud call but of which the
// project's state tells something all the same.
func (x *explainer) otherCodes() {
	switch x.refusal.Code {
	case 45103, 45109: // "unsupported" and "withdrawn"
		x.retired()
	case 85089, 80209: // no configuration of cloud calls is stored
		x.unconfigured()
	case -501000: // no such environment or function
		x.notThere()
	}
}

// retired names the calls of interfaces that are gone.
func (x *explainer) retired() {
	for _, f := range x.functions() {
		for _, call := range f.Calls {
			i, ok := catalog.Lookup(call.Name)
			if !ok || i.Status != catalog.Removed || x.refusal.API != "" && x.refusal.API != i.Name {
				continue
			}
			c := Cause{
				ID: "perm/because-retired", Likelihood: Shown, Function: f.Name, API: i.Name, Step: StepInfo,
				Args: clierr.Args{"name": i.Name, "since": i.RetiredOn}, Evidence: []Fact{{ID: "perm/seen-call", Args: clierr.Args{"api": i.Name}, At: call.At}},
			}
			if len(i.ReplacedBy) > 0 {
				c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-replaced", Args: clierr.Args{"api": i.Name, "other": i.ReplacedBy[0]}})
			}
			x.add(c)
		}
	}
}

// unconfigured names the functions that declare something which was never applied.
func (x *explainer) unconfigured() {
	for _, f := range x.functions() {
		if f.Record.applied() || len(f.Declared) == 0 {
			continue
		}
		d := f.Declared[0]
		c := Cause{
			ID: "perm/because-not-applied", Likelihood: Likely, Function: f.Name, API: d.Name, Step: StepDeploy,
			Evidence: []Fact{{ID: "perm/seen-declared", Args: clierr.Args{"api": d.Name}, At: d.At}},
		}
		if f.Record.DeployedAt.IsZero() {
			c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-no-record"})
		} else {
			c.Likelihood = Shown
			c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-code-only", Since: f.Record.DeployedAt})
		}
		x.add(c)
	}
}

// notThere names functions of which no deploy to the environment is on record.
func (x *explainer) notThere() {
	for _, f := range x.functions() {
		deployed := !f.Record.DeployedAt.IsZero() || f.Live != nil && f.Live.Deployed
		if deployed || x.refusal.Function == "" && f.Record.Openapi == nil && len(f.Others) == 0 {
			continue
		}
		c := Cause{ID: "perm/because-not-deployed", Likelihood: Likely, Function: f.Name, Step: StepDeploy, Evidence: []Fact{{ID: "perm/seen-never-deployed"}}}
		if slices.ContainsFunc(x.facts.Elsewhere, func(env string) bool { return !f.Others[env].DeployedAt.IsZero() }) {
			c.Evidence = append(c.Evidence, Fact{ID: "perm/seen-deployed-elsewhere"})
		}
		x.add(c)
	}
}
