package upload

import (
	"context"
	"time"

	"wxcloud/internal/state"
	"wxcloud/wxapi"
)

// busyAttempts is how often a change is tried against a function that the
// cloud says is in another change.
const busyAttempts = 6

// create makes the function with its code. When the answer was lost, or
// someone else was faster, the function is there now: then its code is
// replaced, which gives the same end.
func (w *worker) create(ctx context.Context, step Step) (Status, error) {
	if err := w.compress(step); err != nil {
		return Failed, err
	}
	c := w.plan.Create
	err := w.cloud.CreateFunction(ctx, wxapi.NewFunction{
		Name: w.name, Runtime: c.Runtime, Handler: w.plan.Handler, MemoryMB: c.MemoryMB, TimeoutSeconds: c.TimeoutSeconds,
		InstallDependency: w.plan.InstallDependency, Zip: w.plan.Package.Archive(),
	})
	if wxapi.IsFunctionExists(err) || wxapi.IsUncertain(err) {
		there, lookErr := w.cloud.GetFunction(ctx, w.name)
		if lookErr != nil {
			return Failed, err
		}
		w.remote = there
		return w.code(ctx, step)
	}
	if err != nil {
		return Failed, err
	}
	return w.sent(ctx, step)
}

// code replaces the code of an existing function.
func (w *worker) code(ctx context.Context, step Step) (Status, error) {
	if err := w.compress(step); err != nil {
		return Failed, err
	}
	err := w.change(ctx, func() error {
		return w.cloud.UpdateFunctionCode(ctx, wxapi.Code{
			Name: w.name, Handler: w.plan.Handler, InstallDependency: w.plan.InstallDependency, Zip: w.plan.Package.Archive(),
		})
	})
	if err != nil {
		return Failed, err
	}
	return w.sent(ctx, step)
}

// compress makes the archive, once, and says that it is on its way.
func (w *worker) compress(step Step) error {
	if !w.plan.Package.Compressed() {
		if err := w.plan.Package.Compress(); err != nil {
			return err
		}
	}
	w.emit(Event{Step: step, Status: Requested, Bytes: w.plan.Package.Size()})
	return nil
}

// sent records accepted code, waits for its end and records that too.
func (w *worker) sent(ctx context.Context, step Step) (Status, error) {
	before := w.remote
	w.accepted(step)
	err := w.update(ctx, func(f *state.Function) {
		f.CodeDigest, f.RemoteModTime, f.DeployedAt = w.plan.Package.Digest, "", time.Now().UTC()
	})
	if err != nil {
		return Failed, err
	}
	if w.remote, err = w.finish(ctx, before); err != nil {
		return Failed, err
	}
	w.emit(Event{Step: Step{Function: w.name, Kind: StepWait}, Status: Accepted, CloudStatus: w.remote.Status})
	w.plan.Package.Release() // sent; large plans need not hold it any longer
	return Accepted, w.update(ctx, func(f *state.Function) { f.RemoteModTime = w.remote.ModTime })
}

// configure changes settings and waits, since the function takes no code
// before it is Active again.
func (w *worker) configure(ctx context.Context, step Step) (Status, error) {
	c := w.plan.Change
	err := w.change(ctx, func() error {
		return w.cloud.UpdateFunctionConfiguration(ctx, wxapi.Configuration{
			Name: w.name, MemoryMB: c.MemoryMB, TimeoutSeconds: c.TimeoutSeconds, InstallDependency: c.InstallDependency,
		})
	})
	if err != nil {
		return Failed, err
	}
	before := w.remote
	w.accepted(step)
	if w.remote, err = w.finish(ctx, before); err != nil {
		return Failed, err
	}
	if w.plan.Code != CodeUnchanged {
		return Accepted, nil
	}
	// No code follows to record the new ModTime, which would look like drift.
	return Accepted, w.update(ctx, func(f *state.Function) { f.RemoteModTime = w.remote.ModTime })
}

// change waits until the function is settled and makes a change. When the
// cloud finds it busy all the same, it looks and tries again.
func (w *worker) change(ctx context.Context, send func() error) error {
	poll := w.run.Poll.normal()
	pause := poll.First
	for attempt := 1; ; attempt++ {
		settled, err := w.settle(ctx, w.remote)
		if err != nil {
			return err
		}
		w.remote = settled
		if err = send(); err == nil || !wxapi.IsBusy(err) || attempt == busyAttempts {
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

func (w *worker) update(ctx context.Context, change func(*state.Function)) error {
	return w.run.State.Update(context.WithoutCancel(ctx), w.env, w.name, change)
}
