package upload

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/wxapi"
)

var errCut = &wxapi.NetworkError{Host: "scf", Action: "UpdateFunctionCode", Sent: true}

// TestLostAnswers: a change whose answer was lost is looked up; it is neither a
// failure nor sent a second time.
func TestLostAnswers(t *testing.T) {
	tests := []struct {
		name, call string
		change     func(b *bench)
		want       string
	}{
		{"code", "code", func(b *bench) { b.write("aa/index.js", "2") }, "code aa"},
		{"code installed in the cloud", "code", func(b *bench) { b.write("aa/index.js", "2"); b.cloud.settle = time.Minute }, "code aa"},
		{"settings", "configure", func(b *bench) {
			b.request = func(r *Request) { r.Settings = map[string]config.FunctionSettings{"aa": {MemoryMB: 512}} }
		}, "configure aa"},
		{"triggers", "triggers", func(b *bench) {
			b.triggers = []config.Trigger{{Name: "night", Type: "timer", Config: "0 0 2 * * * *"}}
		}, "triggers aa"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, "aa")
				b.cloud.settle = 3 * time.Second
				b.mustDeploy()
				b.took()
				tt.change(b)
				b.cloud.forget()
				b.cloud.fail = func(call, _ string, n int) error {
					if call == tt.call && n == 1 {
						return errCut
					}
					return nil
				}
				o := b.mustDeploy()
				if got := b.took(); got != tt.want || o.Functions[0].Action != Updated {
					t.Errorf("took %s, want %s: %+v", got, tt.want, o.Functions[0])
				}
				b.cloud.fail = nil
				if p := b.mustPlan(); p.Pending() || b.record("aa").Sending != nil {
					t.Errorf("then %s, %+v", kinds(p), b.record("aa").Sending)
				}
			})
		})
	}
}

// TestLostRequest: when the request itself never arrived it is sent again.
func TestLostRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa")
		b.mustDeploy()
		b.took()
		b.write("aa/index.js", "2")
		tries := 0
		b.options = func(o *RunOptions) { o.Cloud = &deaf{memory: b.cloud, times: 2, tries: &tries} }
		b.mustDeploy()
		if got := b.took(); got != "code aa" || tries != 3 {
			t.Errorf("took %s after %d tries", got, tries)
		}
		b.write("aa/index.js", "3")
		b.options = func(o *RunOptions) { o.Cloud = &deaf{memory: b.cloud, times: 100, tries: &tries} }
		if _, err := b.deploy(); !errors.Is(err, errCut) {
			t.Errorf("got %v", err)
		}
	})
}

// deaf loses requests on their way.
type deaf struct {
	*memory
	times int
	tries *int
}

func (d *deaf) UpdateFunctionCode(ctx context.Context, c wxapi.Code) error {
	*d.tries++
	if d.times--; d.times >= 0 {
		return errCut
	}
	return d.memory.UpdateFunctionCode(ctx, c)
}

// TestLostFailure: the update whose answer was lost failed in the cloud.
func TestLostFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa")
		b.mustDeploy()
		b.write("aa/index.js", "2")
		b.cloud.ends, b.cloud.settle = wxapi.StatusUpdateFailed, 2*time.Second
		b.cloud.fail = func(call, _ string, _ int) error {
			if call == "code" {
				return errCut
			}
			return nil
		}
		_, err := b.deploy()
		if e, ok := errors.AsType[*clierr.Error](err); !ok || e.ID != "upload/failed-state" || !strings.Contains(e.Args["reason"], "npm install failed") {
			t.Errorf("got %v", err)
		}
	})
}

// TestCutShort kills a deploy of code and settings at every request it makes:
// what the cloud did by then stays, what the record says stays, and the next
// deploy brings it to its end without sending anything twice.
func TestCutShort(t *testing.T) {
	for _, existing := range []bool{false, true} {
		for at := 1; ; at++ {
			cut := false
			synctest.Test(t, func(t *testing.T) { cut = cutShort(t, existing, at) })
			if !cut {
				if at < 6 {
					t.Errorf("existing %v: there were only %d requests", existing, at-1)
				}
				break
			}
		}
	}
}

func cutShort(t *testing.T, existing bool, at int) bool {
	b := newBench(t, "aa")
	b.cloud.settle = 2 * time.Second
	if existing {
		b.mustDeploy()
		b.took()
	}
	b.write("aa/index.js", "2")
	b.perms["aa"] = []string{"a.one"}
	b.triggers = []config.Trigger{{Name: "night", Type: "timer", Config: "0 0 2 * * * *"}}
	b.request = func(r *Request) {
		r.Settings = map[string]config.FunctionSettings{"aa": {MemoryMB: 512}}
	}
	p := b.mustPlan()
	requests, cut := 0, false
	// The process dies in the middle of a request: whether the cloud carried it
	// out or not, no step after it happens and nothing more is recorded.
	b.cloud.fail = func(string, string, int) error {
		if requests++; requests >= at {
			cut = true
			return &wxapi.NetworkError{Host: "scf", Sent: requests == at && at%2 == 0}
		}
		return nil
	}
	dead := errors.New("killed")
	ctx, kill := context.WithCancelCause(t.Context())
	b.options = func(o *RunOptions) { o.Cloud = dying{b.cloud, kill, &cut, dead} }
	_, err := b.run(ctx, p)
	if cut == (err == nil) {
		t.Errorf("existing %v, cut at %d: %v, %v", existing, at, cut, err)
	}
	b.options, b.cloud.fail = nil, nil
	time.Sleep(time.Minute)
	again, err := b.deploy()
	if err != nil {
		t.Fatalf("existing %v, cut at %d: the next deploy: %v", existing, at, err)
	}
	if again.Functions[0].Err != nil {
		t.Errorf("outcome %+v", again.Functions[0])
	}
	counts := map[string]int{}
	for _, entry := range b.cloud.log {
		counts[entry]++
	}
	for entry, n := range counts {
		if n > 1 && !strings.HasPrefix(entry, "set ") {
			t.Errorf("existing %v, cut at %d: %s happened %d times", existing, at, entry, n)
		}
	}
	f := b.cloud.functions["aa"]
	if f.MemoryMB != 512 || len(f.Triggers) != 1 || len(b.cloud.stored["aa"]) != 1 || string(f.zip) == "" {
		t.Errorf("existing %v, cut at %d: the function ended as %+v, %v", existing, at, f.Function, b.cloud.stored["aa"])
	}
	if p := b.mustPlan(); p.Pending() || b.record("aa").Sending != nil {
		t.Errorf("existing %v, cut at %d: then %s, %+v", existing, at, kinds(p), b.record("aa").Sending)
	}
	return cut
}

// dying stops everything once a request was cut.
type dying struct {
	*memory
	kill context.CancelCauseFunc
	cut  *bool
	why  error
}

func (d dying) die(err error) error {
	if *d.cut {
		d.kill(d.why)
		return d.why
	}
	return err
}

func (d dying) GetFunction(ctx context.Context, name string) (wxapi.Function, error) {
	f, err := d.memory.GetFunction(ctx, name)
	return f, d.die(err)
}

func (d dying) CreateFunction(ctx context.Context, n wxapi.NewFunction) error {
	return d.die(d.memory.CreateFunction(ctx, n))
}

func (d dying) UpdateFunctionCode(ctx context.Context, c wxapi.Code) error {
	return d.die(d.memory.UpdateFunctionCode(ctx, c))
}

func (d dying) UpdateFunctionConfiguration(ctx context.Context, c wxapi.Configuration) error {
	return d.die(d.memory.UpdateFunctionConfiguration(ctx, c))
}

func (d dying) SetTriggers(ctx context.Context, name string, triggers []wxapi.Trigger) error {
	return d.die(d.memory.SetTriggers(ctx, name, triggers))
}

// TestUnfinishedElsewhere: the earlier upload is still under way when the next
// deploy begins: it is waited out and not repeated.
func TestUnfinishedElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "aa")
		b.mustDeploy()
		b.took()
		b.write("aa/index.js", "2")
		b.cloud.settle = time.Minute
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(5*time.Second, func() { cancel(errBoom) })
		if _, err := b.run(ctx, b.mustPlan()); !errors.Is(err, errBoom) {
			t.Fatal(err)
		}
		p := b.mustPlan()
		if p.Functions[0].Code != CodeUnfinished || p.Functions[0].Drifted {
			t.Errorf("%s, drifted %v", p.Functions[0].Code, p.Functions[0].Drifted)
		}
		if _, err := b.run(t.Context(), p); err != nil || b.took() != "code aa" {
			t.Errorf("%v", err)
		}
		// One that never arrived is forgotten.
		if err := b.store.Update(t.Context(), env, "aa", func(f *state.Function) {
			f.Sending = &state.Sending{Before: f.RemoteModTime, CodeDigest: "sha256:other"}
		}); err != nil {
			t.Fatal(err)
		}
		if p := b.mustPlan(); p.Pending() {
			t.Errorf("then %s, %s", kinds(p), p.Functions[0].Code)
		}
	})
}
