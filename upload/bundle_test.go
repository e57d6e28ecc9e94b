package upload

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"

	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

// together is a store that takes lists with code only, and makes another zip of it.
type together struct {
	*memory
	err error
}

func (s together) Get(context.Context, string, string) ([]string, error) { return nil, ErrCannotRead }

func (s together) Set(context.Context, string, string, []string) error {
	return errors.New("a list alone")
}

func (s together) DeployWithPermissions(_ context.Context, b Bundle) error {
	if s.err != nil {
		return s.err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, "bundle "+b.Function+" "+strings.Join(b.Openapi, ","))
	s.stored[b.Function] = b.Openapi
	return s.changeTo(b.Function, wxapi.StatusUpdating, func(f *memoryFunction) {
		f.zip, _ = io.ReadAll(b.Package.Reader())
		f.zip = append(f.zip, "made elsewhere"...)
		f.InstallDependency = wxapi.Flag(b.InstallDependency)
	})
}

func bundling(b *bench, err error) {
	store := together{b.cloud, err}
	b.request = func(r *Request) { r.Permissions = store }
	b.options = func(o *RunOptions) { o.Permissions, o.Writer = store, "devtools" }
}

// Where code and list go together, one step takes the place of three; a new
// function is created first, for only then it is what the settings say.
func TestBundle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		bundling(b, nil)
		b.perms["hello"] = []string{"a.one", "b.two"}
		p := b.mustPlan()
		if got, want := kinds(p), "create code-and-permissions(a.one,b.two)"; got != want || p.Functions[0].Unapplied != nil {
			t.Fatalf("steps %s, want %s", got, want)
		}
		o := b.mustDeploy()
		if got, want := b.took(), "create hello; bundle hello a.one,b.two"; got != want {
			t.Errorf("did %s, want %s", got, want)
		}
		if f := o.Functions[0]; f.Action != Created || f.Permissions.Status != Accepted || len(f.Permissions.Added) != 2 || f.Permissions.At.IsZero() {
			t.Errorf("%+v", f)
		}
		if r := b.record("hello"); r.Writer != "devtools" || r.Evidence != "accepted" || r.Sending != nil || r.RemoteModTime != b.cloud.functions["hello"].ModTime {
			t.Errorf("record %+v", r)
		}
		if p := b.mustPlan(); p.Pending() {
			t.Errorf("the other zip is taken for drift: %s", kinds(p))
		}
		// Somebody changes something else: the code is still known by its hash.
		b.cloud.functions["hello"].ModTime = "2027-01-01 00:00:00"
		if p := b.mustPlan(); p.Functions[0].Code != CodeUnchanged {
			t.Errorf("code is %s", p.Functions[0].Code)
		}

		b.write("hello/index.js", "exports.main = 2")
		if got := kinds(b.mustPlan()); got != "code" {
			t.Errorf("code alone: %s", got)
		}
		b.perms["hello"] = []string{"b.two", "c.three"}
		b.mustDeploy()
		if got, want := b.took(), "bundle hello b.two,c.three"; got != want {
			t.Errorf("did %s, want %s", got, want)
		}
		if r := b.record("hello"); strings.Join(r.Openapi, ",") != "b.two,c.three" || strings.Join(r.OpenapiRemoved, ",") != "a.one" {
			t.Errorf("record %+v", r)
		}
	})
}

func TestBundleThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.cloud.exists("hello", wxapi.StatusActive)
		b.perms["hello"] = []string{"a.one"}
		bundling(b, clierr.New("devtools/refused", clierr.Cloud, nil))
		o, err := b.deploy()
		if !clierr.Is(err, "devtools/refused") || o.Functions[0].Action != Stopped || o.Functions[0].Permissions.Status != "" {
			t.Errorf("%v %+v", err, o.Functions[0])
		}
		if r := b.record("hello"); r.Openapi != nil {
			t.Errorf("record %+v", r)
		}
		bundling(b, nil)
		b.mustDeploy()
		if got, want := b.took(), "bundle hello a.one"; got != want {
			t.Errorf("did %s, want %s", got, want)
		}
	})
}

// Permissions alone are asked for: changed code is not sent along unasked.
func TestBundleOfPermissionsOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		bundling(b, nil)
		b.perms["hello"] = []string{"a.one"}
		b.mustDeploy()
		ask := b.request
		b.request = func(r *Request) { ask(r); r.Only = []Part{PartPermissions} }
		b.perms["hello"] = []string{"b.two"}
		if got, want := kinds(b.mustPlan()), "code-and-permissions(b.two,a.one)"; got != want {
			t.Errorf("unchanged code: %s, want %s", got, want)
		}
		b.write("hello/index.js", "exports.main = 2")
		if got, want := kinds(b.mustPlan()), "code-and-permissions(b.two,a.one)!"; got != want {
			t.Errorf("changed code: %s, want %s", got, want)
		}
		b.request = func(r *Request) { ask(r); r.Only = []Part{PartCode} }
		if got := kinds(b.mustPlan()); got != "code" {
			t.Errorf("code alone: %s", got)
		}
	})
}
