package upload

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"wxcloud/internal/state"
	"wxcloud/wxapi"
)

// RunOptions say how a plan is carried out.
type RunOptions struct {
	Cloud       Cloud
	Permissions PermissionStore // nil: permission steps are reported, not done
	State       *state.Store
	// Writer names who writes permissions, for the record: "third-party", "devtools".
	Writer string
	Jobs   int // 0 means DefaultJobs
	Poll   Poll
	// Granted, if set, is called for an existing function after its new
	// permissions were accepted and before its code is sent. An error keeps
	// the code from being sent.
	Granted func(ctx context.Context, function string, applied Applied) error
}

// Run carries out the plan, several functions at once. A function that fails
// does not stop the others. What the cloud accepted is on record before the
// next step begins, so that a run that was cut short can simply be repeated.
//
// The error is that of the only function, or says how many failed; the
// Outcome is complete either way. When ctx ends, functions not begun are left
// alone and the error is its cause.
func Run(ctx context.Context, plan Plan, o RunOptions, observe func(Event)) (Outcome, error) {
	outcome := Outcome{Env: plan.Env, Functions: make([]FunctionOutcome, len(plan.Functions))}
	var events sync.Mutex
	emit := func(e Event) {
		if observe == nil {
			return
		}
		events.Lock()
		defer events.Unlock()
		observe(e)
	}
	var group errgroup.Group
	group.SetLimit(jobs(o.Jobs))
	for i, f := range plan.Functions {
		group.Go(func() error {
			w := &worker{name: f.Name, env: plan.Env, cloud: o.Cloud, run: o, plan: f, observe: emit}
			outcome.Functions[i] = w.work(ctx)
			return nil
		})
	}
	_ = group.Wait() // failures are in the outcome
	if cause := context.Cause(ctx); cause != nil {
		return outcome, cause
	}
	return outcome, outcome.err()
}

// worker carries out the steps of one function, one after another.
type worker struct {
	name, env string
	cloud     Cloud
	run       RunOptions
	plan      FunctionPlan
	observe   func(Event)
	out       FunctionOutcome
	// remote is the function as last seen.
	remote wxapi.Function
}

func (w *worker) emit(e Event) {
	e.Function, e.At = w.name, time.Now()
	w.observe(e)
}

func (w *worker) work(ctx context.Context) FunctionOutcome {
	w.out = FunctionOutcome{Name: w.name, Action: Unchanged}
	w.remote = w.plan.Remote
	for i, step := range w.plan.Steps {
		if cause := context.Cause(ctx); cause != nil {
			w.out.Action, w.out.Err = Stopped, cause
			break
		}
		status, err := w.do(ctx, step)
		if err == nil && step.Kind == StepAddPermissions && w.codeFollows(i) && status != CannotVerify && w.run.Granted != nil {
			w.record(step, status)
			if err = w.run.Granted(ctx, w.name, w.out.Permissions); err != nil {
				w.out.Action, w.out.Err = Stopped, err
				break
			}
			continue
		}
		if err != nil {
			status = Failed
		}
		w.record(step, status)
		if err != nil {
			w.emit(Event{Step: step, Status: Failed, Err: err})
			w.out.Action, w.out.Err = Stopped, err
			break
		}
	}
	return w.out
}

func (w *worker) record(step Step, status Status) {
	w.out.Steps = append(w.out.Steps, StepOutcome{Step: step, Status: status, At: time.Now()})
	if status == Failed || status == CannotVerify {
		return
	}
	if step.Kind == StepCreate {
		w.out.Action = Created
	} else if w.out.Action == Unchanged {
		w.out.Action = Updated
	}
}

// codeFollows reports whether a step after the i-th sends code.
func (w *worker) codeFollows(i int) bool {
	return slices.ContainsFunc(w.plan.Steps[i+1:], func(s Step) bool { return s.Kind == StepCode })
}

// do carries out one step and returns how far it came.
func (w *worker) do(ctx context.Context, step Step) (Status, error) {
	if step.Blocked || step.Names != nil && w.run.Permissions == nil {
		if w.out.Permissions.Status == "" {
			w.out.Permissions.Status = CannotVerify
		}
		w.emit(Event{Step: step, Status: CannotVerify})
		return CannotVerify, nil
	}
	if step.Kind != StepCreate && step.Kind != StepCode { // these know their size first
		w.emit(Event{Step: step, Status: Requested})
	}
	switch step.Kind {
	case StepAddPermissions:
		return w.setPermissions(ctx, step, union(w.plan.Permissions.Declared, w.plan.Permissions.Before))
	case StepRemovePermissions:
		return w.setPermissions(ctx, step, w.plan.Permissions.Declared)
	case StepCreate:
		return w.create(ctx, step)
	case StepConfigure:
		return w.configure(ctx, step)
	case StepCode:
		return w.code(ctx, step)
	case StepWait:
	}
	return Failed, errors.New("a plan holds a step that cannot be planned: " + string(step.Kind))
}

// accepted records a step in the events.
func (w *worker) accepted(step Step) { w.emit(Event{Step: step, Status: Accepted}) }
