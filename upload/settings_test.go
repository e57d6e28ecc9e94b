package upload

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

func said(differences []Difference) string {
	var out []string
	for _, d := range differences {
		out = append(out, strings.TrimSpace(strings.Join([]string{string(d.Action), string(d.What), d.Name, d.From, d.To}, " ")))
	}
	return strings.Join(out, "; ")
}

func values(list []wxapi.Variable) string {
	var out []string
	for _, v := range list {
		out = append(out, v.Key+"="+v.Value)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestVariables(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa", "bb")
		settings := map[string]config.FunctionSettings{"aa": {Variables: map[string]string{"KEY": "secret-1", "MODE": "x"}}}
		b.request = func(r *Request) { r.Settings = settings }
		b.mustDeploy()
		there := b.cloud.functions["aa"]
		if got := values(there.Environment.Variables); got != "KEY=secret-1 MODE=x" {
			t.Errorf("created with %s", got)
		}
		if p := b.mustPlan(); p.Pending() {
			t.Errorf("again: %s", kinds(p))
		}
		// Others set some too; ours change; merged by default. The nonce of a
		// probe goes with the probe.
		there.Environment.Variables = append(there.Environment.Variables, wxapi.Variable{Key: "THEIRS", Value: "1"}, wxapi.Variable{Key: "WXCLOUD_PROBE", Value: "n"})
		settings["aa"] = config.FunctionSettings{Variables: map[string]string{"KEY": "secret-2", "NEW": "y"}}
		p := b.mustPlan()
		if got, want := said(p.Functions[0].Differences), "change variable KEY; add variable NEW; remove variable WXCLOUD_PROBE; keep variable MODE; keep variable THEIRS"; got != want {
			t.Errorf("differences %s, want %s", got, want)
		}
		b.took()
		b.mustDeploy()
		if got := values(there.Environment.Variables); got != "KEY=secret-2 MODE=x NEW=y THEIRS=1" || b.took() != "configure aa" {
			t.Errorf("merged to %s", got)
		}
		b.cloud.forget()
		if p := b.mustPlan(); p.Pending() || b.cloud.looks != 0 {
			t.Errorf("again: %s, %d looks", kinds(p), b.cloud.looks)
		}
		b.request = func(r *Request) { r.Settings, r.Prune = settings, true }
		b.mustDeploy()
		if got := values(there.Environment.Variables); got != "KEY=secret-2 NEW=y" {
			t.Errorf("pruned to %s", got)
		}
	})
}

func TestTriggers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa")
		b.cloud.settle = 2 * time.Second
		b.mustDeploy()
		b.took()
		there := b.cloud.functions["aa"]
		there.Triggers = []wxapi.Trigger{{Name: "old", Type: "timer", Desc: "0 0 1 * * * *"}, {Name: "night", Type: "timer", Desc: `{"cron":"0 0 1 * * * *"}`}}
		b.triggers = []config.Trigger{{Name: "night", Type: "timer", Config: "0 0 2 * * * *"}}
		b.request = func(r *Request) { r.Calls = map[string][]string{"aa": {"x.y"}} }
		p := b.mustPlan()
		if got, want := said(p.Functions[0].Differences), "change trigger night 0 0 1 * * * * 0 0 2 * * * *; keep trigger old 0 0 1 * * * *"; got != want {
			t.Errorf("differences %s, want %s", got, want)
		}
		if !p.Functions[0].Triggers.CloudCalls {
			t.Error("it is not said that the function makes cloud calls")
		}
		o := b.mustDeploy()
		if b.took() != "triggers aa" || o.Functions[0].Steps[0].Status != Verified {
			t.Errorf("outcome %+v", o.Functions[0])
		}
		if p := b.mustPlan(); p.Pending() {
			t.Errorf("again: %s", kinds(p))
		}
		b.request = func(r *Request) { r.Prune = true }
		b.mustDeploy()
		if b.took() != "untrigger aa old" || len(there.Triggers) != 1 {
			t.Errorf("pruned to %+v", there.Triggers)
		}
		if p := b.mustPlan(); p.Pending() {
			t.Errorf("again: %s", kinds(p))
		}
	})
}

// TestTriggersNotShown: what the cloud accepted and does not show is a failure.
func TestTriggersNotShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa")
		b.mustDeploy()
		b.triggers = []config.Trigger{{Name: "night", Type: "timer", Config: "0 0 2 * * * *"}}
		b.cloud.fail = func(call, _ string, _ int) error {
			if call == "get" {
				b.cloud.functions["aa"].Triggers = nil
			}
			return nil
		}
		if _, err := b.deploy(); !clierr.Is(err, "upload/triggers-differ") {
			t.Errorf("got %v", err)
		}
	})
}

// TestTriggersThatCannotBeRemoved: the credential is told, nothing fails, and
// the next plan says it again.
func TestTriggersThatCannotBeRemoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa")
		b.mustDeploy()
		b.cloud.functions["aa"].Triggers = []wxapi.Trigger{{Name: "old", Desc: "0 0 1 * * * *"}}
		b.request = func(r *Request) { r.Prune = true }
		b.cloud.fail = func(call, _ string, _ int) error {
			if call == "untrigger" {
				return unsupported(t)
			}
			return nil
		}
		o := b.mustDeploy()
		if s := o.Functions[0].Steps[0]; s.Kind != StepRemoveTriggers || s.Status != CannotVerify || o.Functions[0].Action != Unchanged {
			t.Errorf("outcome %+v", o.Functions[0])
		}
		if got := kinds(b.mustPlan()); got != "remove-triggers(old)" {
			t.Errorf("then %s", got)
		}
	})
}

// unsupported is what a client without that ability returns.
func unsupported(t *testing.T) error {
	t.Helper()
	key := wxapi.NewUploadKey(nil, wxapi.Endpoints{}, "wx0", nil, wxapi.UploadKeyOptions{})
	err := wxapi.NewCloud(key, "wx0").Functions(wxapi.Env{ID: env}).DeleteTrigger(t.Context(), "aa", "old")
	if !wxapi.IsUnsupported(err) {
		t.Fatalf("got %v", err)
	}
	return err
}

func TestRuntimeIsOnlyReported(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa", "bb")
		b.mustDeploy()
		b.request = func(r *Request) { r.Settings = map[string]config.FunctionSettings{"aa": {Runtime: "Nodejs20.19"}} }
		for range 2 {
			p := b.mustPlan()
			want := []Difference{{What: DiffRuntime, From: "Nodejs18.15", To: "Nodejs20.19", Action: DiffReport}}
			if diff := cmp.Diff(want, p.Functions[0].Differences); diff != "" || p.Pending() {
				t.Errorf("pending %v (-want +got):\n%s", p.Pending(), diff)
			}
			if err := p.Adopt(t.Context(), b.store); err != nil {
				t.Fatal(err)
			}
		}
	})
}
