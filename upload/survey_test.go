package upload

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/wxapi"
)

// asked counts the requests of a call, whatever the function.
func (m *memory) asked(call string) int {
	n := 0
	for key, times := range m.seen {
		if len(key) > len(call) && key[:len(call)+1] == call+" " {
			n += times
		}
	}
	return n
}

func (m *memory) forget() { m.seen, m.lists, m.looks, m.reads = map[string]int{}, 0, 0, 0 }

func many(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("f%03d", i)
	}
	return names
}

// TestNothingToDoIsOneList: with a record and no change there is one list and
// nothing else, permissions and settings included.
func TestNothingToDoIsOneList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		names := many(40)
		b := newBench(t, names...)
		for _, n := range names[:20] {
			b.perms[n] = []string{"a.one"}
		}
		b.triggers = []config.Trigger{{Name: "night", Type: "timer", Config: "0 0 2 * * * *"}}
		b.cloud.settle = time.Second
		b.mustDeploy()
		if b.cloud.asked("create") != 40 || b.cloud.asked("address") != 0 {
			t.Errorf("%v", b.cloud.seen)
		}
		b.took()
		b.cloud.forget()
		if p := b.mustPlan(); p.Pending() || b.cloud.lists != 1 || b.cloud.looks != 0 || b.cloud.reads != 0 || b.cloud.asked("address") != 0 {
			t.Errorf("pending %v, asked for %v, %d lists, %d looks, %d reads", p.Pending(), b.cloud.seen, b.cloud.lists, b.cloud.looks, b.cloud.reads)
		}
		// One function changed: nothing is asked about the others, nor about it.
		b.write("f007/index.js", "2")
		b.cloud.forget()
		p := b.mustPlan()
		if kinds(p) != "code" || b.cloud.looks != 0 || p.Functions[7].Looked {
			t.Errorf("%s after %d looks", kinds(p), b.cloud.looks)
		}
		if _, err := b.run(t.Context(), p); err != nil || b.cloud.looks != 3 { // while it updates, and after
			t.Errorf("%v, %d looks", err, b.cloud.looks)
		}
		b.cloud.forget()
		if p := b.mustPlan(); p.Pending() || b.cloud.looks != 0 {
			t.Errorf("again: %s, %d looks", kinds(p), b.cloud.looks)
		}
		// Another setting is a look at that function alone.
		b.request = func(r *Request) {
			r.Settings = map[string]config.FunctionSettings{"f003": {MemoryMB: 512}}
		}
		b.cloud.forget()
		if p := b.mustPlan(); kinds(p) != "configure" || b.cloud.looks != 1 {
			t.Errorf("%s, %d looks", kinds(p), b.cloud.looks)
		}
		b.request = func(r *Request) { r.Refresh = true }
		b.cloud.forget()
		if p := b.mustPlan(); p.Pending() || b.cloud.looks != 40 || b.cloud.reads != 40 {
			t.Errorf("refresh: %s, %d looks, %d reads", kinds(p), b.cloud.looks, b.cloud.reads)
		}
	})
}

// TestWithoutRecord: what is in the cloud already is found out by its hash, and
// remembered.
func TestWithoutRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa", "bb", "cc")
		b.mustDeploy()
		b.took()
		b.write("cc/index.js", "2")
		var err error
		if b.store, err = state.Open(t.TempDir()); err != nil {
			t.Fatal(err)
		}
		p := b.mustPlan()
		if p.Functions[0].Code != CodeUnchanged || p.Functions[2].Code != CodeUnknown || p.Functions[2].Drifted || kinds(p) != "code" {
			t.Errorf("%s, %s, %s", p.Functions[0].Code, p.Functions[2].Code, kinds(p))
		}
		if _, err := b.run(t.Context(), p); err != nil || b.took() != "code cc" {
			t.Error(err)
		}
		b.cloud.forget()
		if p := b.mustPlan(); p.Pending() || b.cloud.looks != 0 || b.cloud.asked("address") != 0 {
			t.Errorf("it is found out again: %s, %v", kinds(p), b.cloud.seen)
		}
		b.cloud.secretive = true
		if b.store, err = state.Open(t.TempDir()); err != nil {
			t.Fatal(err)
		}
		if p := b.mustPlan(); kinds(p) != "code code code" || p.Functions[0].Code != CodeUnknown {
			t.Errorf("a cloud that tells no hash: %s", kinds(p))
		}
	})
}

// TestAdopt: a plan that leaves all as it is can be remembered without a run.
func TestAdopt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa", "bb")
		b.mustDeploy()
		var err error
		if b.store, err = state.Open(t.TempDir()); err != nil {
			t.Fatal(err)
		}
		p := b.mustPlan()
		if err := p.Adopt(t.Context(), b.store); err != nil || p.Pending() {
			t.Fatal(err)
		}
		b.cloud.forget()
		if b.mustPlan(); b.cloud.looks != 0 {
			t.Errorf("%d looks", b.cloud.looks)
		}
	})
}

// TestDrift: somebody else's work is a conflict also where the code changed
// here; a change of theirs that came to the same is none.
func TestDrift(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa", "bb")
		b.perms["aa"] = []string{"a.one"}
		b.mustDeploy()
		there := b.cloud.functions["aa"]
		there.zip, there.ModTime = []byte("theirs"), "2026-12-01 00:00:00"
		b.cloud.forget()
		p := b.mustPlan()
		if f := p.Functions[0]; !f.Drifted || f.Code != CodeDrifted || b.cloud.reads != 1 || p.Functions[1].Drifted {
			t.Errorf("%+v, permissions read %d times", f.Code, b.cloud.reads)
		}
		b.write("aa/index.js", "2")
		if f := b.mustPlan().Functions[0]; !f.Drifted || f.Code != CodeChanged {
			t.Errorf("drifted %v, %s", f.Drifted, f.Code)
		}
		// Someone deployed what is on disk here now, from elsewhere.
		if err := p.Functions[0].Package.Compress(); err == nil {
			t.Error("the changed file was not noticed")
		}
		now := b.mustPlan()
		if _, err := b.run(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		there.ModTime = "2026-12-02 00:00:00"
		if f := b.mustPlan().Functions[0]; f.Drifted || f.Code != CodeUnchanged {
			t.Errorf("the same code from elsewhere: drifted %v, %s", f.Drifted, f.Code)
		}
		there.Status = wxapi.StatusUpdating
		there.until, there.ends, there.zip, there.ModTime = time.Now().Add(time.Hour), wxapi.StatusActive, []byte("on its way"), "2026-12-03 00:00:00"
		if f := b.mustPlan().Functions[0]; !f.Drifted {
			t.Error("somebody is changing it at this moment")
		}
	})
}

func TestOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa", "new")
		b.mustDeploy()
		delete(b.cloud.functions, "new")
		b.write("aa/index.js", "2")
		b.perms["aa"], b.perms["new"] = []string{"a.one"}, []string{"a.one"}
		b.triggers = []config.Trigger{{Name: "night", Type: "timer", Config: "0 0 2 * * * *"}}
		for only, want := range map[Part]string{
			PartCode: "code create", PartConfig: "configure", PartPermissions: "add-permissions(a.one)", PartTriggers: "set-triggers(night)",
		} {
			b.request = func(r *Request) {
				r.Only = []Part{only}
				r.Settings = map[string]config.FunctionSettings{"aa": {TimeoutSeconds: 30}}
			}
			if got := kinds(b.mustPlan()); got != want {
				t.Errorf("only %s: %s, want %s", only, got, want)
			}
		}
		// What was left out is still to be done afterwards.
		b.request = func(r *Request) { r.Only = []Part{PartCode}; r.Functions = r.Functions[:1] }
		b.mustDeploy()
		b.request = func(r *Request) { r.Functions = r.Functions[:1] }
		if got := kinds(b.mustPlan()); got != "add-permissions(a.one) set-triggers(night)" {
			t.Errorf("then %s", got)
		}
	})
}

// TestOneThatCannotBeAskedAbout: the others go on; when none can, that is the
// error of the plan.
func TestOneThatCannotBeAskedAbout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa", "bb")
		for _, n := range b.names {
			b.cloud.exists(n, wxapi.StatusActive)
		}
		down := clierr.New("wxapi/http-status", clierr.Cloud, nil)
		b.cloud.fail = func(call, name string, _ int) error {
			if call == "get" && name == "aa" {
				return down
			}
			return nil
		}
		p := b.mustPlan()
		if len(p.Failed()) != 1 || kinds(p) != "code" {
			t.Fatalf("%d failed, %s", len(p.Failed()), kinds(p))
		}
		o, err := b.run(t.Context(), p)
		if !clierr.Is(err, "upload/partial") || b.took() != "code bb" || o.Functions[0].Action != Stopped || o.Functions[0].Err == nil {
			t.Errorf("%v, %+v", err, o.Functions)
		}
		b.cloud.fail = func(string, string, int) error { return down }
		if _, err := b.plan(); !clierr.Is(err, "wxapi/http-status") {
			t.Errorf("got %v", err)
		}
	})
}
