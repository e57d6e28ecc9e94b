package upload

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"wxcloud/internal/clierr"
	"wxcloud/internal/probe"
	"wxcloud/wxapi"
)

func nonceOf(f *memoryFunction) string {
	for _, v := range f.Environment.Variables {
		if v.Key == probe.Variable {
			return v.Value
		}
	}
	return ""
}

// A function has a nonce as long as its entry file holds a probe, and keeps it:
// another deploy, other variables and pruning leave it alone.
func TestANonceForAsLongAsThereIsAProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "ff", "gg")
		b.mustDeploy()
		if nonceOf(b.cloud.functions["ff"]) != "" {
			t.Error("a function without a probe has a nonce")
		}
		plain := "exports.main = async () => 1 // ff"
		with, err := probe.Add([]byte(plain), probe.Site{Function: "ff"}, []probe.Call{{API: "security.msgSecCheck", Args: "{}"}})
		if err != nil {
			t.Fatal(err)
		}
		b.write("ff/index.js", string(with))
		b.cloud.functions["ff"].Environment.Variables = []wxapi.Variable{{Key: "MINE", Value: "1"}}
		b.mustDeploy()
		first := nonceOf(b.cloud.functions["ff"])
		if len(first) < probe.LeastNonce || nonceOf(b.cloud.functions["gg"]) != "" {
			t.Errorf("nonces %q and %q", first, nonceOf(b.cloud.functions["gg"]))
		}
		if !slices.Contains(b.cloud.functions["ff"].Environment.Variables, wxapi.Variable{Key: "MINE", Value: "1"}) {
			t.Error("another variable is gone")
		}
		b.took()
		b.mustDeploy()
		if took := b.took(); took != "" || nonceOf(b.cloud.functions["ff"]) != first {
			t.Errorf("again: %q", took)
		}
		b.request = func(r *Request) { r.Prune = true }
		b.mustDeploy()
		if nonceOf(b.cloud.functions["ff"]) != first {
			t.Error("pruned")
		}
		b.request = nil
		b.write("ff/index.js", plain)
		b.mustDeploy()
		if nonceOf(b.cloud.functions["ff"]) != "" {
			t.Error("the nonce outlives the probe")
		}
		// A new function gets one at once, of its own.
		b.names = append(b.names, "hh")
		b.write("hh/index.js", string(with))
		b.mustDeploy()
		if n := nonceOf(b.cloud.functions["hh"]); len(n) < probe.LeastNonce || n == first {
			t.Errorf("a new function has %q", n)
		}
	})
}

func TestPushPermissions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "ff")
		b.mustDeploy()
		b.took()
		push := func(list ...string) (Applied, error) {
			return PushPermissions(t.Context(), Push{Env: env, Function: "ff", Openapi: list, Permissions: b.cloud, State: b.store, Writer: "third-party"})
		}
		a, err := push("a.b", "c.d")
		if err != nil || a.Status != Verified || !slices.Equal(a.Added, []string{"a.b", "c.d"}) || a.At.IsZero() {
			t.Errorf("%+v, %v", a, err)
		}
		if took, f := b.took(), b.record("ff"); took != "set ff a.b,c.d" || f.Evidence != "read-back" || !slices.Equal(f.OpenapiAdded, []string{"a.b", "c.d"}) || !f.OpenapiAcceptedAt.Equal(a.At) {
			t.Errorf("%q, %+v", took, f)
		}
		// The same list again begins no new ten minutes.
		time.Sleep(time.Minute)
		if again, err := push("c.d", "a.b"); err != nil || !again.At.IsZero() || again.Status != Verified || b.took() != "" || !b.record("ff").OpenapiAcceptedAt.Equal(a.At) {
			t.Errorf("%+v, %v", again, err)
		}
		if a, err = push("a.b"); err != nil || !slices.Equal(a.Removed, []string{"c.d"}) || len(a.Added) > 0 {
			t.Errorf("%+v, %v", a, err)
		}
		// Nobody can read: accepted, and no more is said.
		b.cloud.blind = true
		if a, err = push(); err != nil || a.Status != Accepted || b.record("ff").Evidence != "accepted" || b.record("ff").Openapi == nil {
			t.Errorf("%+v, %v, %+v", a, err, b.record("ff"))
		}
		b.cloud.blind = false
		refusal := errors.New("no")
		b.cloud.fail = func(call, _ string, _ int) error {
			if call == "set" {
				return refusal
			}
			return nil
		}
		before := b.record("ff")
		if a, err = push("e.f"); !errors.Is(err, refusal) || a.Status != Failed || !b.record("ff").OpenapiAcceptedAt.Equal(before.OpenapiAcceptedAt) {
			t.Errorf("%+v, %v", a, err)
		}
		// What was stored is not what was sent.
		b.cloud.fail = func(call, name string, n int) error {
			if call == "read" {
				b.cloud.stored[name] = []string{"x.y"}
			}
			return nil
		}
		if a, err = push("e.f"); !clierr.Is(err, "upload/list-differs") || a.Status != Failed || !slices.Equal(b.record("ff").Openapi, []string{"x.y"}) {
			t.Errorf("%+v, %v", a, err)
		}
	})
}
