package upload

import (
	"context"
	"math/rand/v2"
	"strings"
	"time"

	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

// Poll says how often to ask whether a function is ready.
type Poll struct {
	First   time.Duration // before the second look; 0 means 500 ms
	Max     time.Duration // longest pause; 0 means 4 s
	Timeout time.Duration // 0 means 15 min, enough for a large npm install
}

func (p Poll) normal() Poll {
	if p.First <= 0 {
		p.First = 500 * time.Millisecond
	}
	if p.Max <= 0 {
		p.Max = 4 * time.Second
	}
	if p.Timeout <= 0 {
		p.Timeout = 15 * time.Minute
	}
	p.Max = max(p.Max, p.First)
	return p
}

// staleLooks is how many answers that show exactly what was there before our
// change are taken for old news. They are few, because they can also be true:
// ModTime counts seconds, and a change may begin and end within one.
const staleLooks = 3

// failedState reports whether a state is the end of something that went wrong.
func failedState(status string) bool {
	switch status {
	case wxapi.StatusCreateFailed, wxapi.StatusUpdateFailed, wxapi.StatusPublishFailed, wxapi.StatusDeleteFailed:
		return true
	}
	return false
}

// settle waits until nobody's change is in flight any more, before a change of
// ours. An update that failed earlier is a legal start; a function whose
// creation or deletion failed takes no change.
func (w *worker) settle(ctx context.Context, f wxapi.Function) (wxapi.Function, error) {
	return w.wait(ctx, f, func(f wxapi.Function, _ int) (bool, error) {
		switch f.Status {
		case wxapi.StatusCreateFailed, wxapi.StatusDeleteFailed:
			return false, stateError("upload/broken", f)
		case wxapi.StatusUpdateFailed, wxapi.StatusPublishFailed:
			return true, nil
		}
		return active(f), nil
	})
}

// finish waits for the end of a change of ours. before is the function as it
// was: a state that is still exactly that one may be old news, since the
// service answers from more than one place.
func (w *worker) finish(ctx context.Context, before wxapi.Function) (wxapi.Function, error) {
	now, err := w.watch.look(ctx, w.name, before)
	if err != nil && !w.appearing(before, err) {
		return now, err
	}
	return w.wait(ctx, now, func(f wxapi.Function, look int) (bool, error) {
		old := f.Status == before.Status && f.ModTime == before.ModTime
		if old && look < staleLooks {
			return false, nil
		}
		if failedState(f.Status) {
			return false, stateError("upload/failed-state", f)
		}
		return active(f), nil
	})
}

// active reports whether a function is ready. A cloud that names no state at
// all is not waited for in vain.
func active(f wxapi.Function) bool {
	return f.Status == wxapi.StatusActive || f.Status == "" && f.Name != ""
}

// wait looks with growing pauses until done says so. f is the first look.
func (w *worker) wait(ctx context.Context, f wxapi.Function, done func(f wxapi.Function, look int) (bool, error)) (wxapi.Function, error) {
	poll, start := w.run.Poll.normal(), time.Now()
	pause := poll.First
	for look := 0; ; look++ {
		ok, err := done(f, look)
		if ok || err != nil {
			return f, err
		}
		if time.Since(start) >= poll.Timeout {
			return f, clierr.New("upload/wait-timeout", clierr.Cloud, clierr.Args{
				"function": w.name, "status": f.Status, "time": poll.Timeout.String(),
			})
		}
		w.emit(Event{Step: Step{Function: w.name, Kind: StepWait}, Status: Requested, CloudStatus: f.Status})
		if err := sleep(ctx, jitter(pause)); err != nil {
			return f, err
		}
		pause = min(pause*3/2, poll.Max)
		next, err := w.watch.look(ctx, w.name, f)
		switch {
		case err == nil:
			f = next
		case !w.appearing(f, err):
			return f, err
		}
	}
}

// appearing reports whether err only means that a function just created is
// not seen yet: the service answers from more than one place.
func (w *worker) appearing(before wxapi.Function, err error) bool {
	return before.Name == "" && wxapi.IsFunctionNotFound(err)
}

func stateError(id clierr.ID, f wxapi.Function) error {
	var reasons []string
	for _, r := range f.StatusReasons {
		reasons = append(reasons, strings.TrimSpace(r.Code+" "+r.Message))
	}
	if len(reasons) == 0 && f.StatusDesc != "" {
		reasons = append(reasons, f.StatusDesc)
	}
	if len(reasons) == 0 {
		reasons = append(reasons, "-")
	}
	return clierr.New(id, clierr.Cloud, clierr.Args{
		"function": f.Name, "status": f.Status, "reason": strings.Join(reasons, "; "),
	})
}

// jitter spreads a pause by a fifth, so that functions deployed together do
// not ask together.
func jitter(d time.Duration) time.Duration {
	return d + time.Duration((rand.Float64()-0.5)*0.4*float64(d))
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
