package upload

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/wxapi"
)

// Interfaces promised to the rest of the program.
var (
	_ Cloud           = (*wxapi.Functions)(nil)
	_ PermissionStore = (*wxapi.Permissions)(nil)
)

func kinds(p Plan) string {
	var out []string
	for _, f := range p.Functions {
		for _, s := range f.Steps {
			text := string(s.Kind)
			if s.Names != nil {
				text += "(" + strings.Join(s.Names, ",") + ")"
			}
			if s.Blocked {
				text += "!"
			}
			out = append(out, text)
		}
	}
	return strings.Join(out, " ")
}

// TestLife follows one function through its deploys.
func TestLife(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.cloud.settle = 5 * time.Second
		b.perms["hello"] = []string{"a.one", "b.two"}

		p := b.mustPlan()
		f := p.Functions[0]
		if f.Exists || f.Code != CodeNew || !cmp.Equal(f.Create, &Creation{"Nodejs18.15", 256, 20}) || f.Handler != "index.main" || !p.Pending() {
			t.Errorf("first plan %+v", f)
		}
		if got, want := kinds(p), "create add-permissions(a.one,b.two)"; got != want {
			t.Errorf("steps %s, want %s", got, want)
		}
		o := b.mustDeploy()
		if got, want := b.took(), "create hello; set hello a.one,b.two"; got != want {
			t.Errorf("took %s, want %s", got, want)
		}
		fo := o.Functions[0]
		if fo.Action != Created || fo.Permissions.Status != Verified || fo.Permissions.At.IsZero() || !cmp.Equal(fo.Permissions.Added, []string{"a.one", "b.two"}) {
			t.Errorf("outcome %+v", fo)
		}
		r := b.record("hello")
		if r.CodeDigest != f.Package.Digest || r.RemoteModTime == "" || r.Evidence != "read-back" || r.Writer != "third-party" || !cmp.Equal(r.Openapi, []string{"a.one", "b.two"}) {
			t.Errorf("record %+v", r)
		}

		looks := b.cloud.looks
		if o = b.mustDeploy(); b.took() != "" || o.Functions[0].Action != Unchanged || b.cloud.looks != looks+1 {
			t.Errorf("nothing changed, yet %+v after %d looks", o.Functions[0], b.cloud.looks-looks)
		}

		// New code that needs another list: what is new comes before it, what
		// is no longer wanted goes after it.
		b.perms["hello"] = []string{"b.two", "c.three"}
		b.write("hello/index.js", "exports.main = async () => 2")
		if got, want := kinds(b.mustPlan()), "add-permissions(c.three) code remove-permissions(a.one)"; got != want {
			t.Errorf("steps %s, want %s", got, want)
		}
		o = b.mustDeploy()
		if got, want := b.took(), "set hello b.two,c.three,a.one; code hello; set hello b.two,c.three"; got != want {
			t.Errorf("took %s, want %s", got, want)
		}
		if fo = o.Functions[0]; fo.Action != Updated || !cmp.Equal(fo.Permissions.Added, []string{"c.three"}) || !cmp.Equal(fo.Permissions.Removed, []string{"a.one"}) {
			t.Errorf("outcome %+v", fo)
		}

		// Code alone does not touch the permissions, nor their clock.
		at := b.record("hello").OpenapiAcceptedAt
		time.Sleep(time.Hour)
		b.write("hello/index.js", "exports.main = async () => 3")
		b.mustDeploy()
		if got := b.took(); got != "code hello" || !b.record("hello").OpenapiAcceptedAt.Equal(at) {
			t.Errorf("took %s, clock moved from %v to %v", got, at, b.record("hello").OpenapiAcceptedAt)
		}

		// All permissions taken back.
		b.perms["hello"] = nil
		b.mustDeploy()
		if got := b.took(); got != "set hello " {
			t.Errorf("took %s", got)
		}
		if r := b.record("hello"); r.Openapi == nil || len(r.Openapi) != 0 {
			t.Errorf("an empty list is on record as %#v", r.Openapi)
		}
		if o = b.mustDeploy(); b.took() != "" || o.Functions[0].Action != Unchanged {
			t.Errorf("again: %+v", o)
		}
	})
}

func TestCodeChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.mustDeploy()
		check := func(want CodeChange) {
			t.Helper()
			if got := b.mustPlan().Functions[0].Code; got != want {
				t.Errorf("code is %s, want %s", got, want)
			}
		}
		check(CodeUnchanged)
		b.request = func(r *Request) { r.Resend = []string{"hello"} }
		check(CodeForced)
		b.request = nil
		there := b.cloud.functions["hello"]
		there.ModTime = "2026-12-01 00:00:00" // settings alone
		check(CodeUnchanged)
		zip := there.zip
		there.zip = []byte("somebody else's")
		check(CodeDrifted)
		b.cloud.secretive = true
		check(CodeDrifted)
		there.zip, there.ModTime, b.cloud.secretive = zip, b.record("hello").RemoteModTime, false
		there.Status = wxapi.StatusUpdateFailed
		check(CodeBroken)
		b.write("hello/more.js", "")
		check(CodeChanged)
		if err := b.store.Update(t.Context(), env, "hello", func(f *state.Function) {
			f.CodeDigest, f.CodeSHA256, f.RemoteModTime = b.mustPlan().Functions[0].Package.Digest, "", ""
		}); err != nil {
			t.Fatal(err)
		}
		there.Status = wxapi.StatusActive
		check(CodeUnknown)
		delete(b.cloud.functions, "hello")
		check(CodeNew)
	})
}

func TestSettings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.request = func(r *Request) {
			r.Settings = map[string]config.FunctionSettings{"hello": {Runtime: "Nodejs16.13", MemoryMB: 512, TimeoutSeconds: 60}}
		}
		if got, want := b.mustPlan().Functions[0].Create, (&Creation{"Nodejs16.13", 512, 60}); !cmp.Equal(got, want) {
			t.Errorf("creation %+v, want %+v", got, want)
		}
		b.mustDeploy()
		b.took()
		b.request = func(r *Request) { r.Settings = map[string]config.FunctionSettings{"hello": {TimeoutSeconds: 30}} }
		b.mustDeploy()
		if f := b.cloud.functions["hello"]; b.took() != "configure hello" || f.TimeoutSeconds != 30 || f.MemoryMB != 512 {
			t.Errorf("settings alone: %+v", f.Function)
		}
		if got := b.mustPlan(); got.Pending() {
			t.Errorf("settings alone look like drift: %s", kinds(got))
		}
	})
}

func TestDependencies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.write("hello/node_modules/m/index.js", "m")
		b.cloud.exists("hello", wxapi.StatusActive)
		p := b.mustPlan()
		if p.Functions[0].InstallDependency || !p.Functions[0].Package.Has("node_modules/m/index.js") {
			t.Error("without dependencies the folder's own node_modules is sent")
		}
		b.deps = true
		p = b.mustPlan()
		if !p.Functions[0].InstallDependency || p.Functions[0].Package.Has("node_modules/m/index.js") {
			t.Error("with dependencies the cloud installs")
		}
		b.cloud.settle = 4 * time.Second
		b.mustDeploy()
		if got, want := b.took(), "configure hello; code hello"; got != want || !bool(b.cloud.functions["hello"].InstallDependency) {
			t.Errorf("took %s, want %s", got, want)
		}
		b.request = func(r *Request) { r.LocalNpm = true }
		if p = b.mustPlan(); p.Functions[0].InstallDependency || !p.Functions[0].Package.Has("node_modules/m/index.js") {
			t.Error("--local-npm packs node_modules")
		}
	})
}

// TestWhoInstalls: code that was sent without its dependencies, or with them,
// is sent again when the cloud is to install them, or no longer.
func TestWhoInstalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.deps = true
		b.request = func(r *Request) { r.LocalNpm = true }
		_, err := b.plan()
		e, ok := errors.AsType[*clierr.Error](err)
		if !ok || e.ID != "upload/no-node-modules" || e.Exit != clierr.Local || len(e.Hints) != 1 || e.Hints[0].ID != "upload/hint-npm-install" {
			t.Errorf("nothing to pack: %v", err)
		}
		b.write("hello/node_modules", "a file")
		if _, err := b.plan(); !clierr.Is(err, "upload/no-node-modules") {
			t.Errorf("a file of that name: %v", err)
		}
		if err := os.Remove(filepath.Join(b.dir, "hello", "node_modules")); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(filepath.Join(b.dir, "hello", "node_modules"), 0o755); err != nil {
			t.Fatal(err)
		}
		b.mustDeploy() // an empty folder leaves no trace in the digest
		b.took()
		b.request = nil
		if p := b.mustPlan(); p.Functions[0].Code != CodeChanged || kinds(p) != "configure code" {
			t.Errorf("code %s, steps %s", p.Functions[0].Code, kinds(p))
		}
		b.mustDeploy()
		if got := b.took(); got != "configure hello; code hello" || !bool(b.cloud.functions["hello"].InstallDependency) {
			t.Errorf("took %s", got)
		}
		if p := b.mustPlan(); p.Pending() {
			t.Errorf("again: %s", kinds(p))
		}
		b.request = func(r *Request) { r.LocalNpm = true }
		if p := b.mustPlan(); p.Functions[0].Code != CodeChanged {
			t.Errorf("back to local modules: code %s", p.Functions[0].Code)
		}
	})
}

func TestHandlerAndEntry(t *testing.T) {
	tests := []struct {
		name   string
		files  []string
		remote string // handler of an existing function
		want   string
		id     clierr.ID
	}{
		{"ordinary", []string{"index.js"}, "", "index.main", ""},
		{"someone chose another", []string{"index.js", "app.js"}, "app.handler", "app.handler", ""},
		{"the chosen one is gone", []string{"index.js"}, "app.handler", "index.main", ""},
		{"module", []string{"index.mjs"}, "", "index.main", ""},
		{"not compiled", []string{"index.ts", "tsconfig.json"}, "", "", "upload/not-compiled"},
		{"nothing to run", []string{"main.js"}, "", "", "upload/no-entry"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			b.names = []string{"hello"}
			for _, f := range tt.files {
				b.write("hello/"+f, "x")
			}
			if tt.remote != "" {
				b.cloud.exists("hello", wxapi.StatusActive).Handler = tt.remote
			}
			p, err := b.plan()
			if tt.id != "" {
				if !clierr.Is(err, tt.id) {
					t.Errorf("got %v, want %s", err, tt.id)
				}
				return
			}
			if err != nil || p.Functions[0].Handler != tt.want {
				t.Errorf("handler %v, %v; want %s", p, err, tt.want)
			}
		})
	}
}

func TestWithoutPermissionStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.cloud.exists("hello", wxapi.StatusActive)
		b.perms["hello"] = []string{"a.one", "b.two"}
		b.request = func(r *Request) {
			r.Permissions, r.Calls = nil, map[string][]string{"hello": {"c.three", "a.one"}}
		}
		b.options = func(o *RunOptions) { o.Permissions = nil }
		p := b.mustPlan()
		if got, want := kinds(p), "add-permissions(a.one,b.two)! code"; got != want {
			t.Errorf("steps %s, want %s", got, want)
		}
		if got, want := p.Functions[0].Unapplied, []string{"a.one", "b.two", "c.three"}; !cmp.Equal(got, want) {
			t.Errorf("unapplied %v, want %v", got, want)
		}
		o, err := b.run(t.Context(), p)
		if err != nil || b.took() != "code hello" {
			t.Fatalf("%v", err)
		}
		fo := o.Functions[0]
		if fo.Permissions.Status != CannotVerify || !fo.Permissions.At.IsZero() || fo.Steps[0].Status != CannotVerify {
			t.Errorf("outcome %+v", fo)
		}
		if r := b.record("hello"); r.Openapi != nil {
			t.Errorf("on record although nothing was applied: %+v", r)
		}
		// Someone applied them by hand and said so.
		if err := b.store.Update(t.Context(), env, "hello", func(f *state.Function) {
			f.Openapi, f.OpenapiAcceptedAt, f.Writer = []string{"a.one", "b.two", "c.three"}, time.Now(), "by-hand"
		}); err != nil {
			t.Fatal(err)
		}
		p = b.mustPlan()
		if f := p.Functions[0]; len(f.Unapplied) != 0 || f.Permissions.Source != FromRecord || kinds(p) != "remove-permissions(c.three)!" {
			t.Errorf("after marking: %v %s", f.Unapplied, kinds(p))
		}
	})
}

func TestStoreThatOnlyWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.cloud.blind = true
		b.cloud.exists("hello", wxapi.StatusActive)
		b.perms["hello"] = []string{"a.one"}
		p := b.mustPlan()
		if f := p.Functions[0]; f.Permissions.Known || len(f.Unapplied) != 0 {
			t.Errorf("plan %+v", f.Permissions)
		}
		o := b.mustDeploy()
		if got := o.Functions[0].Permissions.Status; got != Accepted {
			t.Errorf("status %s, want accepted: nothing was read back", got)
		}
		if r := b.record("hello"); r.Evidence != "accepted" {
			t.Errorf("evidence %q", r.Evidence)
		}
	})
}

func TestReadBackThatDiffers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.perms["hello"] = []string{"a.one", "b.two"}
		b.cloud.fail = func(call, _ string, _ int) error {
			if call == "read" {
				b.cloud.stored["hello"] = []string{"a.one", "other.one"}
			}
			return nil
		}
		o, err := b.deploy()
		e, ok := errors.AsType[*clierr.Error](err)
		if !ok || e.ID != "upload/list-differs" || e.Exit != clierr.Cloud || e.Args["sent"] != "a.one, b.two" || e.Args["stored"] != "a.one, other.one" || len(e.Hints) != 1 {
			t.Errorf("got %v", err)
		}
		if fo := o.Functions[0]; fo.Action != Stopped || fo.Permissions.Status != Accepted || !cmp.Equal(fo.Permissions.Added, []string{"a.one"}) {
			t.Errorf("outcome %+v", fo)
		}
		if r := b.record("hello"); r.Evidence != "read-back" || !cmp.Equal(r.Openapi, []string{"a.one", "other.one"}) || !cmp.Equal(r.OpenapiAdded, []string{"a.one"}) {
			t.Errorf("record %+v", r)
		}
		b.cloud.fail = nil
		b.took()
		b.mustDeploy()
		if got := b.took(); got != "set hello a.one,b.two,other.one; set hello a.one,b.two" {
			t.Errorf("the next deploy took %s", got)
		}
		// What was to be removed and is still there was not removed.
		b.perms["hello"] = nil
		b.cloud.fail = func(call, _ string, _ int) error {
			if call == "read" && len(b.cloud.log) > 0 {
				b.cloud.stored["hello"] = []string{"a.one"}
			}
			return nil
		}
		if _, err := b.deploy(); !clierr.Is(err, "upload/list-differs") {
			t.Fatalf("got %v", err)
		}
		if r := b.record("hello"); !cmp.Equal(r.OpenapiRemoved, []string{"b.two"}) {
			t.Errorf("record %+v", r)
		}
	})
}

// TestTheStoreIsBelievedBeforeTheRecord: what someone else applied is seen
// before it is replaced, and a list that was lost is applied again.
func TestTheStoreIsBelievedBeforeTheRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.perms["hello"] = []string{"a.one"}
		b.mustDeploy()
		b.cloud.stored["hello"] = []string{"a.one", "z.devtools"}
		b.perms["hello"] = []string{"a.one", "b.two"}
		p := b.mustPlan()
		if got, want := kinds(p), "add-permissions(b.two) remove-permissions(z.devtools)"; got != want || p.Functions[0].Permissions.Source != FromCloud {
			t.Errorf("steps %s, want %s", got, want)
		}
		b.cloud.stored["hello"] = nil
		if got, want := kinds(b.mustPlan()), "add-permissions(a.one,b.two)"; got != want {
			t.Errorf("steps %s, want %s", got, want)
		}
		b.cloud.blind = true
		if p := b.mustPlan(); kinds(p) != "add-permissions(b.two)" || p.Functions[0].Permissions.Source != FromRecord {
			t.Errorf("a store that cannot read: %s", kinds(p))
		}
		b.cloud.blind = false
		b.cloud.fail = func(call, _ string, _ int) error {
			if call == "read" {
				return errBoom
			}
			return nil
		}
		if _, err := b.plan(); !errors.Is(err, errBoom) {
			t.Errorf("a store that fails: %v", err)
		}
		// The function is gone: nobody's list matters.
		delete(b.cloud.functions, "hello")
		if got, want := kinds(b.mustPlan()), "create add-permissions(a.one,b.two)"; got != want {
			t.Errorf("steps %s, want %s", got, want)
		}
	})
}

// TestPendingAdditionsStay: a change made while an earlier one may not yet be
// in force keeps what that one added among the names to wait for.
func TestPendingAdditionsStay(t *testing.T) {
	tests := []struct {
		name     string
		pause    time.Duration
		evidence string
		second   []string
		want     []string
	}{
		{"a removal", time.Minute, "", []string{"a.one", "b.new"}, []string{"b.new"}},
		{"another addition", time.Minute, "", []string{"a.one", "x.old", "b.new", "c.new"}, []string{"c.new", "b.new"}},
		{"it is taken back itself", time.Minute, "", []string{"a.one", "x.old", "c.new"}, []string{"c.new"}},
		{"long in force", 10 * time.Minute, "", []string{"a.one", "b.new"}, nil},
		{"seen in force", time.Minute, "verified", []string{"a.one", "b.new"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, "hello")
				b.perms["hello"] = []string{"a.one", "x.old"}
				b.mustDeploy()
				time.Sleep(time.Hour)
				b.perms["hello"] = []string{"a.one", "x.old", "b.new"}
				b.mustDeploy()
				if err := b.store.Update(t.Context(), env, "hello", func(f *state.Function) {
					f.Wait = []byte(`{"probes":1}`)
					if tt.evidence != "" {
						f.Evidence = tt.evidence
					}
				}); err != nil {
					t.Fatal(err)
				}
				time.Sleep(tt.pause)
				b.perms["hello"] = tt.second
				b.mustDeploy()
				if r := b.record("hello"); !cmp.Equal(r.OpenapiAdded, tt.want) || r.Wait != nil || !r.OpenapiAcceptedAt.Equal(time.Now()) {
					t.Errorf("waiting for %v (%s) since %v, want %v", r.OpenapiAdded, r.Wait, r.OpenapiAcceptedAt, tt.want)
				}
			})
		})
	}
}

func TestPartialFailureAndRepeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var names []string
		for i := range 12 {
			names = append(names, fmt.Sprintf("f%02d", i))
		}
		b := newBench(t, names...)
		for _, n := range names {
			b.cloud.exists(n, wxapi.StatusActive)
			b.perms[n] = []string{"a.one"}
		}
		b.cloud.settle = 2 * time.Second
		b.cloud.fail = func(call, name string, _ int) error {
			if call == "code" && name == "f03" || call == "set" && name == "f07" {
				return errBoom
			}
			return nil
		}
		o, err := b.deploy()
		e, ok := errors.AsType[*clierr.Error](err)
		if !ok || e.ID != "upload/partial" || e.Exit != clierr.Partial || e.Args["failed"] != "2" || e.Args["total"] != "12" {
			t.Errorf("got %v", err)
		}
		for _, f := range o.Functions {
			if failed := f.Name == "f03" || f.Name == "f07"; failed != (f.Err != nil) || failed != (f.Action == Stopped) {
				t.Errorf("%s: %s, %v", f.Name, f.Action, f.Err)
			}
		}
		if b.cloud.parallel < 2 || b.cloud.parallel > DefaultJobs {
			t.Errorf("%d changes at once", b.cloud.parallel)
		}
		if b.record("f03").Openapi == nil || b.record("f03").CodeDigest != "" || b.record("f07").Openapi != nil {
			t.Errorf("records %+v, %+v", b.record("f03"), b.record("f07"))
		}
		b.cloud.fail = nil
		b.took()
		b.mustDeploy()
		if got := strings.Count(b.took(), ";") + 1; got != 3 {
			t.Errorf("%d changes the second time, want the three that were missing", got)
		}
	})
}

func TestAllFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa", "bb")
		b.cloud.fail = func(call, _ string, _ int) error {
			if call == "create" {
				return clierr.New("wxapi/upload-key-refused", clierr.Auth, nil)
			}
			return nil
		}
		_, err := b.deploy()
		if e, ok := errors.AsType[*clierr.Error](err); !ok || e.ID != "upload/all-failed" || e.Exit != clierr.Auth {
			t.Errorf("got %v", err)
		}
	})
}

// What had nothing to change is not "done" where everything else failed.
func TestAllThatChangedFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa", "bb", "cc")
		b.mustDeploy()
		b.write("aa/index.js", "2")
		b.cloud.fail = func(call, _ string, _ int) error {
			if call == "code" {
				return clierr.New("wxapi/upload-key-refused", clierr.Auth, nil)
			}
			return nil
		}
		if _, err := b.deploy(); !clierr.Is(err, "wxapi/upload-key-refused") {
			t.Errorf("one: %v", err)
		}
		b.write("bb/index.js", "2")
		_, err := b.deploy()
		if e, ok := errors.AsType[*clierr.Error](err); !ok || e.ID != "upload/all-failed" || e.Exit != clierr.Auth || e.Args["total"] != "2" {
			t.Errorf("two: %v", err)
		}
	})
}

func TestStopInTheMiddle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa", "bb", "cc")
		b.cloud.settle = time.Minute
		b.options = func(o *RunOptions) { o.Pace = NewPace(1) }
		p := b.mustPlan()
		stop := errors.New("stopped by the user")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(70*time.Second, func() { cancel(stop) })
		o, err := b.run(ctx, p)
		if !errors.Is(err, stop) {
			t.Errorf("got %v", err)
		}
		if o.Functions[0].Action != Created || o.Functions[1].Action != Stopped || o.Functions[2].Action != Stopped || len(o.Functions[2].Steps) != 0 {
			t.Errorf("outcome %+v", o.Functions)
		}
		if s := o.Functions[1].Steps; len(s) != 1 || s[0].Status != Accepted {
			t.Errorf("a creation that was accepted and is waited for has the steps %+v", s)
		}
		if r := b.record("bb"); r.Sending == nil || r.Sending.CodeDigest == "" || r.RemoteModTime != "" {
			t.Errorf("what was sent is not on record: %+v", r)
		}
		time.Sleep(2 * time.Minute)
		b.took()
		b.mustDeploy()
		if got := b.took(); got != "create cc" {
			t.Errorf("the next deploy took %s", got)
		}
		if r := b.record("bb"); r.Sending != nil || r.CodeDigest == "" || r.RemoteModTime == "" {
			t.Errorf("what was found is not on record: %+v", r)
		}
		// What is on its way is on record until its end is seen.
		b.write("aa/index.js", "2")
		ctx, cancel = context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(stop) })
		if _, err := b.run(ctx, b.mustPlan()); !errors.Is(err, stop) || b.record("aa").Sending == nil {
			t.Errorf("%v, record %+v", err, b.record("aa"))
		}
	})
}

func TestGrantedComesBeforeCode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.cloud.exists("hello", wxapi.StatusActive)
		b.perms["hello"] = []string{"a.one"}
		asked := 0
		b.options = func(o *RunOptions) {
			o.Granted = func(_ context.Context, function string, applied Applied) error {
				asked++
				if function != "hello" || applied.At.IsZero() || !cmp.Equal(applied.Added, []string{"a.one"}) || len(b.cloud.log) != 1 {
					t.Errorf("asked about %s %+v after %v", function, applied, b.cloud.log)
				}
				if asked == 1 {
					return errBoom
				}
				return nil
			}
		}
		if _, err := b.deploy(); !errors.Is(err, errBoom) || b.took() != "set hello a.one" {
			t.Errorf("the code was sent before the permission was granted: %v", err)
		}
		b.perms["hello"] = []string{"a.one", "b.two"}
		b.options = nil
		b.mustDeploy()
		if got := b.took(); got != "set hello a.one,b.two; code hello" {
			t.Errorf("took %s", got)
		}
	})
}

func TestBrokenConfigStopsThePlan(t *testing.T) {
	b := newBench(t, "hello")
	fn := b.functions()[0]
	fn.Config.Path, fn.Config.Problems = "hello/config.json", []config.Problem{{ID: "config/json-broken", Line: 3, Column: 2, Fatal: true}}
	_, err := MakePlan(t.Context(), Request{Env: env, Functions: []config.Function{fn}, Cloud: b.cloud, State: b.store})
	e, ok := errors.AsType[*clierr.Error](err)
	if !ok || e.Exit != clierr.Local || e.At.String() != "hello/config.json:3:2" || b.cloud.looks != 0 {
		t.Errorf("got %v", err)
	}
}

// TestEvents: every step that ran says requested and then accepted, in order.
func TestEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.perms["hello"] = []string{"a.one"}
		b.cloud.settle = time.Second
		b.mustDeploy()
		var got []string
		for _, e := range b.events {
			if e.Function != "hello" || e.At.IsZero() {
				t.Errorf("event %+v", e)
			}
			text := string(e.Step.Kind) + " " + string(e.Status)
			if e.Done {
				text = "done"
			}
			if e.Step.Kind == StepWait {
				text += " " + e.CloudStatus
			}
			if len(got) == 0 || got[len(got)-1] != text {
				got = append(got, text)
			}
		}
		want := []string{
			"create requested", "create accepted", "wait requested Creating", "wait accepted Active",
			"add-permissions requested", "add-permissions accepted", "add-permissions verified", "done",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		if b.events[0].Bytes == 0 {
			t.Error("the size is not said")
		}
	})
}

// The cloud would refuse these after everything was packed and asked for.
func TestNamesTheCloudTakes(t *testing.T) {
	for name, ok := range map[string]bool{"ab": true, "a": false, "_shared": false, "send.mail": false, "tail-": false} {
		_, err := newBench(t, name).plan()
		e, refused := errors.AsType[*clierr.Error](err)
		if ok != (err == nil) || !ok && (!refused || e.ID != "upload/bad-name" || e.Exit != clierr.Local) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
