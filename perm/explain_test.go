package perm_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
	"wxcloud/perm"
)

const send = "subscribeMessage.send"

var now = time.Date(2026, 11, 22, 18, 24, 12, 0, time.UTC)

func mention(name, file string, line int) perm.Mention {
	return perm.Mention{Name: name, At: clierr.Position{File: file, Line: line}}
}

// notify calls subscribeMessage.send.
func notify(change func(*perm.FunctionFacts)) perm.FunctionFacts {
	f := perm.FunctionFacts{Name: "notify", Config: "notify/config.json", Exists: true, Calls: []perm.Mention{mention(send, "notify/index.js", 12)}}
	if change != nil {
		change(&f)
	}
	return f
}

func declares(f *perm.FunctionFacts) {
	f.Declared = []perm.Mention{mention(send, f.Config, 3)}
}

func applied(f *perm.FunctionFacts, ago time.Duration, evidence string, list ...string) {
	f.Record = perm.Record{Source: "wxcloud.lock", Openapi: append([]string{}, list...), AcceptedAt: now.Add(-ago), Writer: "third-party", Evidence: evidence, DeployedAt: now.Add(-ago)}
}

func TestExplainRanksTheCausesOfARefusal(t *testing.T) {
	order := perm.FunctionFacts{Name: "order", Config: "order/config.json", Exists: true, Declared: []perm.Mention{mention(send, "order/config.json", 4)}}
	for _, c := range []struct {
		name      string
		refusal   perm.Refusal
		functions []perm.FunctionFacts
		elsewhere []string
		first     clierr.ID
		how       perm.Likelihood
		step      perm.Step
		facts     []clierr.ID
	}{
		{
			name: "not declared", functions: []perm.FunctionFacts{notify(nil)},
			first: "perm/because-undeclared", how: perm.Shown, step: perm.StepDeclare, facts: []clierr.ID{"perm/seen-call", "perm/seen-undeclared"},
		},
		{
			name: "no config.json", functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) { f.Exists = false })},
			first: "perm/because-undeclared", how: perm.Shown, step: perm.StepDeclare, facts: []clierr.ID{"perm/seen-call", "perm/seen-no-config"},
		},
		{
			name: "declared in another case",
			functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) {
				f.Declared = []perm.Mention{mention("subscribemessage.send", f.Config, 3)}
			})},
			first: "perm/because-undeclared", how: perm.Shown, step: perm.StepDeclare,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-undeclared", "perm/seen-misspelt"},
		},
		{
			name: "declared for another function", functions: []perm.FunctionFacts{notify(nil), order},
			first: "perm/because-declared-elsewhere", how: perm.Shown, step: perm.StepDeclare,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-undeclared", "perm/seen-declared-unused"},
		},
		{
			name: "taken out of the file, still applied", functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) { applied(f, time.Hour, "accepted", send) })},
			first: "perm/because-undeclared", how: perm.Likely, step: perm.StepDeclare,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-applied", "perm/seen-undeclared"},
		},
		{
			name: "only the code was deployed",
			functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) {
				declares(f)
				f.Record.DeployedAt = now.Add(-time.Minute)
			})},
			first: "perm/because-not-applied", how: perm.Shown, step: perm.StepDeploy,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-declared", "perm/seen-code-only"},
		},
		{
			name: "no record at all", functions: []perm.FunctionFacts{notify(declares)},
			first: "perm/because-not-applied", how: perm.Likely, step: perm.StepDeploy,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-declared", "perm/seen-no-record"},
		},
		{
			name: "applied before it was declared", functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) { declares(f); applied(f, time.Hour, "read-back", "a.b") })},
			first: "perm/because-list-lacks", how: perm.Shown, step: perm.StepDeploy,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-declared", "perm/seen-applied-without"},
		},
		{
			name: "pushed 3 min 12 s ago", functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) { declares(f); applied(f, 192*time.Second, "read-back", send) })},
			first: "perm/because-propagating", how: perm.Shown, step: perm.StepWait,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-declared", "perm/seen-applied"},
		},
		{
			name: "refused before it was pushed", refusal: perm.Refusal{At: now.Add(-5 * time.Minute)},
			functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) { declares(f); applied(f, 192*time.Second, "read-back", send) })},
			first:     "perm/because-earlier", how: perm.Shown, step: perm.StepWait,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-declared", "perm/seen-applied"},
		},
		{
			name: "refused while a node of the local cloud may have held the old list", refusal: perm.Refusal{At: now.Add(-2 * time.Minute)},
			functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) {
				declares(f)
				f.Live = &perm.Live{Deployed: true, Applied: true, Openapi: []string{send}, AppliedAt: now.Add(-192 * time.Second), Nodes: 3}
			})},
			first: "perm/because-propagating", how: perm.Shown, step: perm.StepInvoke,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-declared", "perm/seen-live-has"},
		},
		{
			name: "everything else is excluded", functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) { declares(f); applied(f, time.Hour, "verified", send) })},
			first: "perm/because-account", how: perm.Likely, step: perm.StepInfo,
		},
		{
			name: "verified within ten minutes", functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) { declares(f); applied(f, time.Minute, "verified", send) })},
			first: "perm/because-account", how: perm.Likely, step: perm.StepInfo,
		},
		{
			name: "somebody said so", functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) { declares(f); applied(f, time.Hour, "stated", send) })},
			first: "perm/because-only-stated", how: perm.Likely, step: perm.StepDeploy,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-declared", "perm/seen-applied"},
		},
		{
			name: "applied in another environment", elsewhere: []string{"test"},
			functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) {
				declares(f)
				applied(f, time.Hour, "read-back", send)
				f.Others, f.Record = map[string]perm.Record{"test": f.Record}, perm.Record{}
			})},
			first: "perm/because-other-environment", how: perm.Likely, step: perm.StepDeploy,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-declared", "perm/seen-applied-there"},
		},
		{
			name: "the local cloud never stored a list",
			functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) {
				declares(f)
				f.Live = &perm.Live{Deployed: true, Nodes: 3}
			})},
			first: "perm/because-not-applied", how: perm.Shown, step: perm.StepDeploy,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-declared", "perm/seen-live-never"},
		},
		{
			name: "a node of the local cloud holds the old list",
			functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) {
				declares(f)
				f.Live = &perm.Live{Deployed: true, Applied: true, Openapi: []string{send}, AppliedAt: now, Nodes: 3, Cached: []perm.CachedList{{ExpiresAt: now.Add(time.Minute)}}}
			})},
			first: "perm/because-propagating", how: perm.Shown, step: perm.StepWait,
			facts: []clierr.ID{"perm/seen-call", "perm/seen-declared", "perm/seen-live-has", "perm/seen-live-old"},
		},
		{
			name: "a fault of the local cloud",
			functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) {
				declares(f)
				f.Live = &perm.Live{Deployed: true, Applied: true, Openapi: []string{send}, AppliedAt: now.Add(-time.Hour), Faults: []string{send}}
			})},
			first: "perm/because-fault", how: perm.Shown, step: perm.StepFaults, facts: []clierr.ID{"perm/seen-call"},
		},
		{
			name: "not of this project", refusal: perm.Refusal{API: "wxacode.get"}, functions: []perm.FunctionFacts{notify(declares)},
			first: "perm/because-not-here", how: perm.Likely, step: perm.StepLint,
		},
		{
			name: "chosen while it runs", refusal: perm.Refusal{Function: "notify"},
			functions: []perm.FunctionFacts{{Name: "notify", Dynamic: []perm.Mention{mention("name", "notify/index.js", 2)}}},
			first:     "perm/because-dynamic", how: perm.Likely, step: perm.StepLint, facts: []clierr.ID{"perm/seen-dynamic"},
		},
		{
			name: "no ticket, and a timer", refusal: perm.Refusal{Code: -604104},
			functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) { f.Timers = []perm.Mention{mention("daily", f.Config, 5)} })},
			first:     "perm/because-timer", how: perm.Likely, step: perm.StepInvoke, facts: []clierr.ID{"perm/seen-timer"},
		},
		{
			name: "no ticket, from another function", refusal: perm.Refusal{Code: -501007, NoTicket: true, Origin: "function"},
			functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) { f.Callers = []perm.Mention{mention("order", "order/index.js", 7)} })},
			first:     "perm/because-called", how: perm.Shown, step: perm.StepInvoke,
			facts: []clierr.ID{"perm/seen-origin-function", "perm/seen-no-ticket", "perm/seen-caller"},
		},
		{
			name: "no ticket, nobody knows why", refusal: perm.Refusal{Code: -604104}, functions: []perm.FunctionFacts{notify(nil)},
			first: "perm/because-no-ticket", how: perm.Likely, step: perm.StepInvoke,
		},
		{
			name: "invalid parameters that are not about a ticket", refusal: perm.Refusal{Code: -501007}, functions: []perm.FunctionFacts{notify(nil)},
			first: "perm/because-arguments", how: perm.Likely, step: perm.StepLint,
		},
		{
			name: "a resource that failed", refusal: perm.Refusal{Code: -501001}, functions: []perm.FunctionFacts{notify(nil)},
			first: "perm/because-service", how: perm.Likely, step: perm.StepInvoke,
		},
		{
			name: "a name in the wrong case", refusal: perm.Refusal{Code: -604100},
			functions: []perm.FunctionFacts{{Name: "notify", Calls: []perm.Mention{mention("subscribemessage.send", "notify/index.js", 12)}}},
			first:     "perm/because-misspelt", how: perm.Shown, step: perm.StepRename, facts: []clierr.ID{"perm/seen-call"},
		},
		{
			name: "a withdrawn interface", refusal: perm.Refusal{Code: 45103},
			functions: []perm.FunctionFacts{{Name: "notify", Calls: []perm.Mention{mention("templateMessage.send", "notify/index.js", 12)}}},
			first:     "perm/because-retired", how: perm.Shown, step: perm.StepInfo, facts: []clierr.ID{"perm/seen-call", "perm/seen-replaced"},
		},
		{
			name: "no configuration is stored", refusal: perm.Refusal{Code: 85089}, functions: []perm.FunctionFacts{notify(declares)},
			first: "perm/because-not-applied", how: perm.Likely, step: perm.StepDeploy, facts: []clierr.ID{"perm/seen-declared", "perm/seen-no-record"},
		},
		{
			name: "no such function", refusal: perm.Refusal{Code: -501000, Function: "notify"}, elsewhere: []string{"test"},
			functions: []perm.FunctionFacts{notify(func(f *perm.FunctionFacts) {
				f.Others = map[string]perm.Record{"test": {DeployedAt: now}}
			})},
			first: "perm/because-not-deployed", how: perm.Likely, step: perm.StepDeploy,
			facts: []clierr.ID{"perm/seen-never-deployed", "perm/seen-deployed-elsewhere"},
		},
		{
			name: "HTTPS only", refusal: perm.Refusal{Code: -604100, API: "auth.code2Session"},
			first: "perm/because-https-only", how: perm.Shown, step: perm.StepInfo,
		},
		{
			name: "a name like no other", refusal: perm.Refusal{Code: -604100, API: "qqqqqqqq.zzzzzzzzz"},
			first: "perm/because-unknown-name", how: perm.Likely, step: perm.StepSearch,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.refusal.Code == 0 {
				c.refusal.Code = -604101
			}
			got := perm.Explain(c.refusal, perm.Facts{Functions: c.functions, Elsewhere: c.elsewhere, Now: now})
			if len(got.Causes) == 0 {
				t.Fatal("no cause")
			}
			first := got.Causes[0]
			if first.ID != c.first || first.Likelihood != c.how || first.Step != c.step {
				t.Errorf("%s %s %s, want %s %s %s", first.ID, first.Likelihood, first.Step, c.first, c.how, c.step)
			}
			var ids []clierr.ID
			for _, f := range first.Evidence {
				ids = append(ids, f.ID)
			}
			if diff := cmp.Diff(c.facts, ids); diff != "" {
				t.Errorf("evidence (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExplainSaysUntilWhen(t *testing.T) {
	f := notify(func(f *perm.FunctionFacts) { declares(f); applied(f, 192*time.Second, "read-back", send) })
	got := perm.Explain(perm.Refusal{Code: -604101, Function: "notify", API: send}, perm.Facts{Functions: []perm.FunctionFacts{f}, Now: now})
	if c := got.Causes[0]; !c.Since.Equal(now.Add(-192*time.Second)) || !c.Until.Equal(now.Add(408*time.Second)) {
		t.Errorf("since %v until %v", c.Since, c.Until)
	}
}

func TestExplainNamesFunctionsThatHoldThePermission(t *testing.T) {
	held := perm.FunctionFacts{Name: "order", Record: perm.Record{Openapi: []string{send}, AcceptedAt: now.Add(-time.Hour), Evidence: "accepted"}}
	fresh := perm.FunctionFacts{Name: "fresh", Record: perm.Record{Openapi: []string{send}, AcceptedAt: now.Add(-time.Minute), Evidence: "accepted"}}
	facts := perm.Facts{Functions: []perm.FunctionFacts{notify(nil), held, fresh}, Now: now}
	got := perm.Explain(perm.Refusal{Code: -604101, Function: "notify", API: send}, facts)
	want := []perm.Holder{{Function: "order", Since: now.Add(-time.Hour), Evidence: "accepted"}}
	if diff := cmp.Diff(want, got.Holders); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestExplainOtherCodesByNothing(t *testing.T) {
	got := perm.Explain(perm.Refusal{Code: 45009}, perm.Facts{Functions: []perm.FunctionFacts{notify(nil)}, Now: now})
	if len(got.Causes) != 0 {
		t.Errorf("%+v", got.Causes)
	}
}
