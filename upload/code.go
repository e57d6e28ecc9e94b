package upload

import (
	"context"
	"time"

	"wxcloud/wxapi"
)

// create makes the function with its code. When someone else was faster, the
// function is there now: then its code is replaced, which gives the same end.
func (w *worker) create(ctx context.Context, step Step) (Status, error) {
	sha, err := w.compress(step)
	if err != nil {
		return Failed, err
	}
	c := w.plan.Create
	if err := w.begin(ctx, w.plan.Package.Digest, sha); err != nil {
		return Failed, err
	}
	var there wxapi.Function
	var lookErr error
	for lost := 0; ; lost++ {
		err = w.cloud.CreateFunction(ctx, wxapi.NewFunction{
			Name: w.name, Runtime: c.Runtime, Handler: w.plan.Handler, MemoryMB: c.MemoryMB, TimeoutSeconds: c.TimeoutSeconds,
			InstallDependency: w.plan.InstallDependency, Variables: w.plan.wanted.variables(nil, true),
			Zip: w.plan.Package.Archive(), Progress: w.progress(step),
		})
		if !wxapi.IsFunctionExists(err) && !wxapi.IsUncertain(err) {
			if err != nil {
				return Failed, err
			}
			return w.sent(ctx, step, sha)
		}
		there, lookErr = w.appeared(ctx)
		if lookErr == nil {
			break
		}
		// A request that was lost on its way has to be sent again.
		if !wxapi.IsFunctionNotFound(lookErr) || lost >= lostAttempts {
			return Failed, err
		}
	}
	if w.remote, lookErr = w.settle(ctx, there); lookErr != nil {
		return Failed, lookErr
	}
	has, lookErr := codeSHA256(ctx, w.cloud, w.name)
	switch {
	case lookErr != nil:
		return Failed, lookErr
	case has == sha:
		w.accepted(step)
		return Accepted, w.sentCode(ctx, sha)
	}
	return w.send(ctx, step, sha)
}

// appeared looks for a function that may just have been created.
func (w *worker) appeared(ctx context.Context) (wxapi.Function, error) {
	for look := 0; ; look++ {
		f, err := w.cloud.GetFunction(ctx, w.name)
		if !wxapi.IsFunctionNotFound(err) || look == staleLooks {
			return f, err
		}
		if err := sleep(ctx, jitter(w.run.Poll.normal().First)); err != nil {
			return f, err
		}
	}
}

// code replaces the code of an existing function.
func (w *worker) code(ctx context.Context, step Step) (Status, error) {
	sha, err := w.compress(step)
	if err != nil {
		return Failed, err
	}
	if w.plan.Code == CodeUnfinished && !failedState(w.remote.Status) {
		// The earlier upload may have come to its end since the plan was made.
		if w.remote, err = w.settle(ctx, w.remote); err != nil {
			return Failed, err
		}
		if has, err := codeSHA256(ctx, w.cloud, w.name); err != nil || has == sha {
			if err == nil {
				w.accepted(step)
				err = w.sentCode(ctx, sha)
			}
			return Accepted, err
		}
	}
	return w.send(ctx, step, sha)
}

// send replaces the code with the archive and waits for the end.
func (w *worker) send(ctx context.Context, step Step, sha string) (Status, error) {
	err := w.change(ctx, func() error {
		if err := w.begin(ctx, w.plan.Package.Digest, sha); err != nil {
			return err
		}
		return w.cloud.UpdateFunctionCode(ctx, wxapi.Code{
			Name: w.name, Handler: w.plan.Handler, InstallDependency: w.plan.InstallDependency,
			Zip: w.plan.Package.Archive(), Progress: w.progress(step),
		})
	}, func(wxapi.Function) (bool, error) {
		has, err := codeSHA256(ctx, w.cloud, w.name)
		return has == sha, err
	})
	if err != nil {
		return Failed, err
	}
	return w.sent(ctx, step, sha)
}

// compress makes the archive, once, says that it is on its way, and returns its hash.
func (w *worker) compress(step Step) (string, error) {
	sha, err := archiveSHA256(w.plan.Package)
	if err == nil {
		w.emit(Event{Step: step, Status: Requested, Bytes: w.plan.Package.Size()})
	}
	return sha, err
}

// progressEvery is how often the bytes of one archive are told.
const progressEvery = 100 * time.Millisecond

// progress tells in events how much of the archive is on its way.
func (w *worker) progress(step Step) func(int64) {
	size, last := w.plan.Package.Size(), time.Now()
	return func(sent int64) {
		if time.Since(last) < progressEvery && sent < size {
			return
		}
		last = time.Now()
		w.emit(Event{Step: step, Status: Requested, Bytes: size, Sent: sent})
	}
}

// sent waits for the end of accepted code and records it.
func (w *worker) sent(ctx context.Context, step Step, sha string) (Status, error) {
	before := w.remote
	w.accepted(step)
	w.plan.Package.Release() // large plans need not hold it any longer
	var err error
	if w.remote, err = w.finish(ctx, before); err != nil {
		return Failed, err
	}
	w.emit(Event{Step: Step{Function: w.name, Kind: StepWait}, Status: Accepted, CloudStatus: w.remote.Status})
	return Accepted, w.sentCode(ctx, sha)
}

// configure changes settings and waits, since the function takes no code
// before it is Active again.
func (w *worker) configure(ctx context.Context, step Step) (Status, error) {
	c := *w.plan.Change
	err := w.change(ctx, func() error {
		if err := w.begin(ctx, "", ""); err != nil {
			return err
		}
		set := wxapi.Configuration{Name: w.name, MemoryMB: c.MemoryMB, TimeoutSeconds: c.TimeoutSeconds, InstallDependency: c.InstallDependency}
		if c.Variables {
			variables := w.plan.wanted.variables(w.remote.Environment.Variables, w.plan.prune)
			set.Variables = &variables
		}
		return w.cloud.UpdateFunctionConfiguration(ctx, set)
	}, func(f wxapi.Function) (bool, error) { return w.plan.wanted.has(f, c, w.plan.prune), nil })
	if err != nil {
		return Failed, err
	}
	before := w.remote
	w.accepted(step)
	if w.remote, err = w.finish(ctx, before); err != nil {
		return Failed, err
	}
	return Accepted, nil
}
