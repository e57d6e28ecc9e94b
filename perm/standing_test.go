package perm_test

import (
	"testing"
	"time"

	"wxcloud/perm"
)

func TestStandSaysHowFarPermissionsHaveCome(t *testing.T) {
	for _, c := range []struct {
		name string
		f    perm.FunctionFacts
		want perm.State
	}{
		{"no cloud call", perm.FunctionFacts{}, perm.StateNone},
		{"never deployed from here", notify(declares), perm.StateUnknown},
		{"only the code was deployed", notify(func(f *perm.FunctionFacts) { declares(f); f.Record.DeployedAt = now }), perm.StateUnpushed},
		{"an older list", notify(func(f *perm.FunctionFacts) { declares(f); applied(f, time.Hour, "read-back") }), perm.StateUnpushed},
		{"a longer list", notify(func(f *perm.FunctionFacts) { declares(f); applied(f, time.Hour, "read-back", send, "a.b") }), perm.StateUnpushed},
		{"a minute ago", notify(func(f *perm.FunctionFacts) { declares(f); applied(f, time.Minute, "read-back", send) }), perm.StatePropagating},
		{"an hour ago: nobody looked", notify(func(f *perm.FunctionFacts) { declares(f); applied(f, time.Hour, "read-back", send) }), perm.StateElapsed},
		{"verified", notify(func(f *perm.FunctionFacts) { declares(f); applied(f, time.Hour, "verified", send) }), perm.StateVerified},
		{"a node holds the old list", notify(func(f *perm.FunctionFacts) {
			declares(f)
			f.Live = &perm.Live{Deployed: true, Applied: true, Openapi: []string{send}, AppliedAt: now, Nodes: 1, Cached: []perm.CachedList{{ExpiresAt: now.Add(time.Minute)}}}
		}), perm.StatePropagating},
		{"no node holds an old list", notify(func(f *perm.FunctionFacts) {
			declares(f)
			f.Live = &perm.Live{Deployed: true, Applied: true, Openapi: []string{send}, AppliedAt: now, Nodes: 1, Cached: []perm.CachedList{{Openapi: []string{send}, ExpiresAt: now.Add(time.Minute)}}}
		}), perm.StateCurrent},
		{"deployed without a list", notify(func(f *perm.FunctionFacts) { declares(f); f.Live = &perm.Live{Deployed: true} }), perm.StateUnpushed},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := perm.Stand(c.f, perm.Facts{Now: now})
			if got.State != c.want {
				t.Errorf("%s, want %s", got.State, c.want)
			}
			if (got.State == perm.StatePropagating) == got.Until.IsZero() {
				t.Errorf("until %v while %s", got.Until, got.State)
			}
		})
	}
}

func TestStandNeverClaimsByTheClock(t *testing.T) {
	for ago := time.Duration(0); ago < 48*time.Hour; ago += 37 * time.Minute {
		for _, evidence := range []string{"", "stated", "accepted", "read-back"} {
			f := notify(func(f *perm.FunctionFacts) { declares(f); applied(f, ago, evidence, send) })
			if got := perm.Stand(f, perm.Facts{Now: now}).State; got == perm.StateVerified || got == perm.StateCurrent {
				t.Fatalf("%s after %v, %q", got, ago, evidence)
			}
		}
	}
}
