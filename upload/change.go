package upload

import (
	"context"

	"wxcloud/wxapi"
)

// busyAttempts is how often a change is tried against a function that the
// cloud says is in another change, and lostAttempts how often one is sent whose
// answer was lost and of which nothing is to be seen.
const (
	busyAttempts = 6
	lostAttempts = 3
)

// change waits until the function is settled and makes a change. When the
// cloud finds it busy all the same, it looks and tries again. When the answer
// was lost it looks whether landed is true of the function now.
func (w *worker) change(ctx context.Context, send func() error, landed func(wxapi.Function) (bool, error)) error {
	poll := w.run.Poll.normal()
	pause := poll.First
	lost := 0
	for attempt := 1; ; attempt++ {
		settled, err := w.settle(ctx, w.remote)
		if err != nil {
			return err
		}
		w.remote = settled
		err = send()
		switch {
		case err == nil:
			return nil
		case wxapi.IsUncertain(err):
			if lost++; lost > lostAttempts {
				return err
			}
			if did, lookErr := w.lookFor(ctx, landed); lookErr != nil || did {
				return lookErr
			}
			continue
		case !wxapi.IsBusy(err) || attempt >= busyAttempts:
			return err
		}
		if sleepErr := sleep(ctx, jitter(pause)); sleepErr != nil {
			return sleepErr
		}
		pause = min(pause*3/2, poll.Max)
		now, lookErr := w.cloud.GetFunction(ctx, w.name)
		if lookErr != nil {
			return lookErr
		}
		w.remote = now
	}
}

// lookFor looks whether a change was carried out whose answer was lost. It
// waits for the end of whatever the function is in, and looks again a few times
// where nothing is to be seen: the request may still be on its way, and the
// service answers from more than one place. A failed state that was not there
// before is the end of our change, and an error with the cloud's reason.
func (w *worker) lookFor(ctx context.Context, landed func(wxapi.Function) (bool, error)) (bool, error) {
	before := w.remote
	for look := 0; ; look++ {
		now, err := w.cloud.GetFunction(ctx, w.name)
		if err != nil {
			return false, err
		}
		if now, err = w.settle(ctx, now); err != nil {
			return false, err
		}
		moved := now.ModTime != before.ModTime
		if moved && failedState(now.Status) {
			return false, stateError("upload/failed-state", now)
		}
		did, err := landed(now)
		if err != nil {
			return false, err
		}
		if did || moved || look == staleLooks-1 {
			if !did {
				w.remote = now
			}
			return did, nil
		}
		if err := sleep(ctx, jitter(w.run.Poll.normal().First)); err != nil {
			return false, err
		}
	}
}
