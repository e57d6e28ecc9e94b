package upload

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

func TestStates(t *testing.T) {
	tests := []struct {
		name  string
		setup func(b *bench)
		id    clierr.ID
		want  string // what was done
	}{
		{"an old failure is a legal start", func(b *bench) { b.cloud.exists("hello", wxapi.StatusUpdateFailed) }, "", "code hello"},
		{"someone else's update is waited out", func(b *bench) {
			f := b.cloud.exists("hello", wxapi.StatusUpdating)
			f.until, f.ends = time.Now().Add(40*time.Second), wxapi.StatusActive
		}, "", "code hello"},
		{"a broken creation takes nothing", func(b *bench) { b.cloud.exists("hello", wxapi.StatusCreateFailed) }, "upload/broken", ""},
		{"our update fails", func(b *bench) {
			b.cloud.exists("hello", wxapi.StatusActive)
			b.cloud.ends = wxapi.StatusUpdateFailed
		}, "upload/failed-state", "code hello"},
		{"our creation fails", func(b *bench) { b.cloud.ends = wxapi.StatusCreateFailed }, "upload/failed-state", "create hello"},
		{"busy twice", func(b *bench) {
			b.cloud.exists("hello", wxapi.StatusActive)
			b.cloud.fail = func(call, _ string, n int) error {
				if call == "code" && n < 3 {
					return apiError("FailedOperation.FunctionStatusError", "busy")
				}
				return nil
			}
		}, "", "code hello"},
		{"busy for ever", func(b *bench) {
			b.cloud.exists("hello", wxapi.StatusActive)
			b.cloud.fail = func(call, _ string, _ int) error {
				if call == "code" {
					return clierr.New("wxapi/refused", clierr.Cloud, nil).Because(apiError("FailedOperation.OperationConflict", "busy"))
				}
				return nil
			}
		}, "wxapi/refused", ""},
		{"stuck", func(b *bench) { b.cloud.settle = 24 * time.Hour }, "upload/wait-timeout", "create hello"},
		{"creation not seen at first", func(b *bench) {
			b.cloud.fail = func(call, _ string, n int) error {
				if call == "get" && n > 1 && n < 4 {
					return apiError("ResourceNotFound.Function", "not yet")
				}
				return nil
			}
		}, "", "create hello"},
		{"the answer to a creation is lost", func(b *bench) {
			b.cloud.settle = 3 * time.Second
			b.cloud.fail = func(call, _ string, _ int) error {
				if call == "create" {
					return errLost
				}
				return nil
			}
		}, "", "create hello"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, "hello")
				tt.setup(b)
				o, err := b.deploy()
				if tt.id == "" && err != nil || tt.id != "" && !clierr.Is(err, tt.id) {
					t.Fatalf("got %v, want %q", err, tt.id)
				}
				if got := b.took(); got != tt.want {
					t.Errorf("took %s, want %s", got, tt.want)
				}
				if (o.Functions[0].Action == Stopped) != (tt.id != "") {
					t.Errorf("action %s", o.Functions[0].Action)
				}
				if e, ok := errors.AsType[*clierr.Error](err); ok && tt.id == "upload/failed-state" && !strings.Contains(e.Args["reason"], "npm install failed") {
					t.Errorf("the cloud's reason is lost: %v", err)
				}
				if tt.id == "" {
					if again := b.mustPlan(); again.Pending() {
						t.Errorf("not done: %s", kinds(again))
					}
				}
			})
		})
	}
}

// TestOldFailureSeenAgain: right after our change the cloud still shows the
// failure that was there before.
func TestOldFailureSeenAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		f := b.cloud.exists("hello", wxapi.StatusUpdateFailed)
		old := f.Function
		p := b.mustPlan()
		shown := &lagging{memory: b.cloud, old: old, times: 2}
		o, err := Run(t.Context(), p, RunOptions{Cloud: shown, State: b.store}, nil)
		if err != nil || o.Functions[0].Action != Updated {
			t.Errorf("%+v, %v", o.Functions, err)
		}
	})
}

// lagging shows what was there before for some more looks.
type lagging struct {
	*memory
	old   wxapi.Function
	times int
}

func (l *lagging) GetFunction(ctx context.Context, name string) (wxapi.Function, error) {
	if l.times--; l.times >= 0 {
		return l.old, nil
	}
	return l.memory.GetFunction(ctx, name)
}

// TestOldActiveSeenAgain: right after our change the cloud still shows the
// function as it was, ready.
func TestOldActiveSeenAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.cloud.exists("hello", wxapi.StatusActive)
		b.cloud.settle = 30 * time.Second
		old := b.cloud.functions["hello"].Function
		p := b.mustPlan()
		shown := &lagging{memory: b.cloud, old: old, times: 2}
		if _, err := Run(t.Context(), p, RunOptions{Cloud: shown, State: b.store}, nil); err != nil {
			t.Fatal(err)
		}
		if got := b.cloud.functions["hello"].Function; got.Status != wxapi.StatusActive || b.record("hello").RemoteModTime != got.ModTime {
			t.Errorf("on record is %q, the cloud has %s %q", b.record("hello").RemoteModTime, got.Status, got.ModTime)
		}
	})
}

// TestChangeWithinOneSecond: an answer that looks old may be true, which must
// not cost a fast cloud much.
func TestChangeWithinOneSecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		old := b.cloud.exists("hello", wxapi.StatusActive).Function
		p := b.mustPlan()
		shown := &lagging{memory: b.cloud, old: old, times: 1000}
		start := time.Now()
		o, err := Run(t.Context(), p, RunOptions{Cloud: shown, State: b.store, Poll: Poll{First: 50 * time.Millisecond, Max: 300 * time.Millisecond}}, nil)
		if took := time.Since(start); err != nil || o.Functions[0].Action != Updated || took > 400*time.Millisecond {
			t.Errorf("%v after %v", err, took)
		}
	})
}

func TestPollGrows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "hello")
		b.cloud.settle = 30 * time.Second
		b.options = func(o *RunOptions) { o.Poll = Poll{First: time.Second, Max: 3 * time.Second} }
		start := time.Now()
		b.mustDeploy()
		if took := time.Since(start); took < 30*time.Second || took > 34*time.Second || b.cloud.looks > 20 || b.cloud.looks < 10 {
			t.Errorf("%d looks in %v", b.cloud.looks, took)
		}
		b.cloud.settle, b.cloud.looks = 120*time.Millisecond, 0
		b.write("hello/index.js", "2")
		b.options = func(o *RunOptions) { o.Poll = Poll{First: 50 * time.Millisecond, Max: 50 * time.Millisecond} }
		start = time.Now()
		b.mustDeploy()
		if took := time.Since(start); took > 300*time.Millisecond {
			t.Errorf("a fast cloud took %v", took)
		}
	})
}
