package upload

import (
	"crypto/rand"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

// What somebody else stored is not taken away without a word, and what was
// stored from here is.
func TestPermissionsOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.perms["hello"] = []string{"a.one", "b.two"}
		b.mustDeploy()
		b.perms["hello"] = []string{"a.one"}
		if f := b.mustPlan().Functions[0]; f.Undoes() || f.Permissions.Others != nil {
			t.Errorf("our own list is somebody else's: %v", f.Permissions.Others)
		}
		b.cloud.stored["hello"] = []string{"a.one", "b.two", "c.three"}
		f := b.mustPlan().Functions[0]
		if want := []string{"c.three"}; !f.Undoes() || !cmp.Equal(f.Permissions.Others, want) {
			t.Errorf("others stored %v, want %v; steps %v", f.Permissions.Others, want, f.Steps)
		}
		b.request = func(r *Request) { r.Only = []Part{PartCode} }
		if b.mustPlan().Functions[0].Undoes() {
			t.Error("a plan for code alone undoes permissions")
		}
	})
}

// Settings that somebody else changed are a conflict; those that changed here are
// not, and neither is a limited plan that leaves them alone.
func TestSettingsOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		memory := 512
		var only []Part
		b.request = func(r *Request) {
			r.Settings, r.Only = map[string]config.FunctionSettings{"hello": {MemoryMB: memory, TimeoutSeconds: 20}}, only
		}
		b.mustDeploy()
		memory = 256
		if f := b.mustPlan().Functions[0]; f.Change == nil || f.Undoes() {
			t.Errorf("settings changed here are somebody else's: %+v", f)
		}
		memory = 512
		there := b.cloud.functions["hello"]
		there.MemoryMB, there.ModTime = 1024, "2026-12-01 00:00:00"
		if f := b.mustPlan().Functions[0]; f.Change == nil || !f.Undoes() {
			t.Errorf("what somebody else set is undone without a word: %+v", f)
		}
		there.TimeoutSeconds, there.Partial = 0, true // a credential that sees only its own settings
		if f := b.mustPlan().Functions[0]; f.Undoes() {
			t.Errorf("what a credential does not see is somebody else's doing: %+v", f)
		}
		there.TimeoutSeconds, there.Partial = 20, false
		only = []Part{PartCode}
		if f := b.mustPlan().Functions[0]; f.Undoes() {
			t.Errorf("a plan for code alone undoes settings: %+v", f)
		}
		only = nil
		b.mustDeploy()
		if p := b.mustPlan(); p.Pending() || p.Functions[0].Undoes() {
			t.Errorf("again: %s", kinds(p))
		}
	})
}

// What is too large is refused before the permissions of the new code, or the
// other functions, are sent.
func TestTooLargeIsRefusedByThePlan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello", "other")
		b.request = func(r *Request) { r.MaxBase64 = 4000 }
		b.mustDeploy()
		b.took()
		b.perms["hello"] = []string{"a.one"}
		noise := make([]byte, 5000)
		if _, err := rand.Read(noise); err != nil {
			t.Fatal(err)
		}
		b.write("hello/noise", string(noise))
		_, err := b.plan()
		if e, ok := errors.AsType[*clierr.Error](err); !ok || e.ID != "pack/too-large" || filepath.Base(e.At.File) != "hello" {
			t.Errorf("got %v", err)
		}
		// What compresses well is not too large, and unchanged code is not looked at.
		b.write("hello/noise", strings.Repeat("a", 5000))
		b.mustDeploy()
		if got := b.took(); got != "set hello a.one; code hello" {
			t.Errorf("took %s", got)
		}
	})
}

// A credential that is not told handler and installation sends nothing again
// for it.
func TestCredentialThatIsNotTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.deps = true
		b.mustDeploy()
		there := b.cloud.functions["hello"]
		there.Handler, there.InstallDependency, there.Partial = "", wxapi.Flag(false), true
		b.request = func(r *Request) { r.Refresh = true }
		if p := b.mustPlan(); p.Pending() {
			t.Errorf("planned %s", kinds(p))
		}
		b.deps = false
		if p := b.mustPlan(); p.Functions[0].Code != CodeChanged {
			t.Errorf("code is %s although the record says that the cloud installs", p.Functions[0].Code)
		}
	})
}
