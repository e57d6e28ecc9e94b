package upload

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

// rate is how a client reports that requests come too fast.
func rate(after time.Duration) error {
	return clierr.New("wxapi/rate", clierr.Cloud, nil).Because(&wxapi.APIError{Code: "RequestLimitExceeded", After: after})
}

// TestPace: a platform that takes three requests at once is met with three soon,
// nothing fails, and the bound grows back.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPace(16)
		var mu sync.Mutex
		running, refused, done, allowed := 0, 0, 0, 3
		request := func() error {
			mu.Lock()
			defer mu.Unlock()
			if running >= allowed {
				refused++
				return rate(0)
			}
			running++
			mu.Unlock()
			time.Sleep(100 * time.Millisecond)
			mu.Lock()
			running--
			done++
			return nil
		}
		var group sync.WaitGroup
		for range 200 {
			group.Go(func() {
				if err := p.do(t.Context(), request); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if done != 200 || refused > 120 {
			t.Errorf("%d done, %d refused", done, refused)
		}
		allowed = 100
		for range 200 {
			group.Go(func() { _ = p.do(t.Context(), request) })
		}
		group.Wait()
		if p.Limit() != 16 || p.running != 0 || len(p.waiting) != 0 {
			t.Errorf("limit %d, running %d", p.Limit(), p.running)
		}
	})
}

func TestPaceHalvesOncePerWave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPace(8)
		var group sync.WaitGroup
		var mu sync.Mutex
		first := map[int]bool{}
		for i := range 8 {
			group.Go(func() {
				_ = p.do(t.Context(), func() error {
					time.Sleep(10 * time.Millisecond)
					mu.Lock()
					defer mu.Unlock()
					if !first[i] {
						first[i] = true
						return rate(0)
					}
					return nil
				})
			})
		}
		time.Sleep(20 * time.Millisecond)
		if p.Limit() != 4 {
			t.Errorf("eight refusals in one moment made it %d", p.Limit())
		}
		group.Wait()
		p = NewPace(8)
		p.TooFast()
		p.TooFast()
		if p.Limit() != 4 {
			t.Errorf("two complaints in one moment made it %d", p.Limit())
		}
	})
}

func TestPaceHonoursRetryAfterAndGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPace(2)
		start, tries := time.Now(), 0
		err := p.do(t.Context(), func() error {
			if tries++; tries == 1 {
				return rate(42 * time.Second)
			}
			return nil
		})
		if took := time.Since(start); err != nil || took != 42*time.Second {
			t.Errorf("%v after %v", err, took)
		}
		start = time.Now()
		err = p.do(t.Context(), func() error { return rate(0) })
		if took := time.Since(start); !wxapi.IsRate(err) || took > patience || took < patience/2 {
			t.Errorf("%v after %v", err, took)
		}
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(errBoom)
		if err := p.do(ctx, func() error { return rate(0) }); !errors.Is(err, errBoom) {
			t.Errorf("got %v", err)
		}
	})
}

// TestPaceLetsGo: who gives up waiting for a place takes none.
func TestPaceLetsGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPace(1)
		ctx, cancel := context.WithCancel(t.Context())
		go func() { _ = p.do(t.Context(), func() error { time.Sleep(time.Second); return nil }) }()
		synctest.Wait()
		for range 3 {
			go func() { _ = p.do(ctx, func() error { t.Error("it was let in"); return nil }) }()
		}
		synctest.Wait()
		cancel()
		synctest.Wait()
		ran := false
		if err := p.do(t.Context(), func() error { ran = true; return nil }); err != nil || !ran || p.running != 0 {
			t.Errorf("%v, %d running", err, p.running)
		}
	})
}

// TestManyWaitTogether: functions that the cloud takes a minute for do not
// queue for their minute, and requests stay within the bound.
func TestManyWaitTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, many(30)...)
		b.cloud.settle = time.Minute
		start := time.Now()
		b.mustDeploy()
		if took := time.Since(start); took > 90*time.Second {
			t.Errorf("took %v", took)
		}
		b.options = func(o *RunOptions) { o.Pace = NewPace(1) }
		for _, n := range b.names[:3] {
			b.write(n+"/index.js", "2")
		}
		start = time.Now()
		b.mustDeploy()
		if took := time.Since(start); took < 3*time.Minute {
			t.Errorf("one at a time took %v", took)
		}
	})
}

// TestManyAreSeenOnOneList: functions that wait at the same time share lists;
// one that fails is looked at for the reason.
func TestManyAreSeenOnOneList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, many(60)...)
		b.mustDeploy()
		for _, n := range b.names {
			b.write(n+"/index.js", "2")
		}
		b.cloud.settle = 20 * time.Second
		b.cloud.forget()
		slow := &lingering{b.cloud}
		b.options = func(o *RunOptions) { o.Cloud = slow }
		b.mustDeploy()
		if total := b.cloud.looks + b.cloud.lists; total > 60*7 {
			t.Errorf("%d looks at one function, %d lists for 60 functions", b.cloud.looks, b.cloud.lists)
		}
		if p := b.mustPlan(); p.Pending() || b.cloud.functions["f059"].Handler != "index.main" {
			t.Errorf("then %s", kinds(p))
		}
		b.cloud.ends = wxapi.StatusUpdateFailed
		for _, n := range b.names[:5] {
			b.write(n+"/index.js", "3")
		}
		o, _ := b.deploy()
		for _, f := range o.Functions[:5] {
			if e, ok := errors.AsType[*clierr.Error](f.Err); !ok || e.ID != "upload/failed-state" || !strings.Contains(e.Args["reason"], "npm install failed") {
				t.Errorf("%s: %v", f.Name, f.Err)
			}
		}
	})
}

// lingering is a cloud whose answers take a while.
type lingering struct{ *memory }

func (l *lingering) GetFunction(ctx context.Context, name string) (wxapi.Function, error) {
	time.Sleep(100 * time.Millisecond)
	return l.memory.GetFunction(ctx, name)
}

func (l *lingering) ListFunctions(ctx context.Context) ([]wxapi.Function, error) {
	time.Sleep(100 * time.Millisecond)
	return l.memory.ListFunctions(ctx)
}
