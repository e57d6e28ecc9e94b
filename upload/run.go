package upload

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"wxcloud/internal/state"
	"wxcloud/wxapi"
)

// perJob is how many functions are under way for each request that may be: most
// of them only wait for the cloud to finish with them.
const perJob = 4

// RunOptions say how a plan is carried out.
type RunOptions struct {
	Cloud       Cloud
	Permissions PermissionStore // nil: permission steps are reported, not done
	State       *state.Store
	// Writer names who writes permissions, for the record: "third-party", "devtools".
	Writer string
	Pace   *Pace // nil means a new one of DefaultJobs
	Poll   Poll
	// Granted, if set, is called for an existing function after its new
	// permissions were accepted and before its code is sent. An error keeps
	// the code from being sent. It may take minutes: other functions go on.
	Granted func(ctx context.Context, function string, applied Applied) error
	// Hold are functions for which Granted is called before anything is sent
	// that comes with code: an earlier run's permissions were not seen in force.
	Hold map[string]bool
}

// Run carries out the plan, several functions at once. A function that fails
// does not stop the others. What is about to be sent is on record before it is
// sent and what became of it afterwards, so that a run that was cut short at
// any moment can simply be repeated.
//
// The error is that of the only function, or says how many failed; the
// Outcome is complete either way. When ctx ends, functions not begun are left
// alone and the error is its cause.
func Run(ctx context.Context, plan Plan, o RunOptions, observe func(Event)) (Outcome, error) {
	outcome := Outcome{Env: plan.Env, Functions: make([]FunctionOutcome, len(plan.Functions))}
	if o.Pace == nil {
		o.Pace = NewPace(0)
	}
	var events sync.Mutex
	emit := func(e Event) {
		if observe == nil {
			return
		}
		events.Lock()
		defer events.Unlock()
		observe(e)
	}
	cloud := paced{o.Cloud, o.Pace}
	watch := &watch{ctx: ctx, cloud: cloud, share: plan.listed > 0 && plan.listed+len(plan.Functions) <= listable}
	places := make(chan struct{}, underWay(o.Pace.most))
	var group sync.WaitGroup
	for i := range plan.Functions {
		f := &plan.Functions[i]
		w := &worker{name: f.Name, env: plan.Env, cloud: cloud, watch: watch, run: o, plan: f, observe: emit, places: places}
		if o.Permissions != nil {
			w.store = pacedStore{o.Permissions, o.Pace}
		}
		if f.Err != nil {
			outcome.Functions[i] = FunctionOutcome{Name: f.Name, Action: Stopped, Err: f.Err}
			continue
		}
		if len(f.Steps) == 0 {
			outcome.Functions[i] = FunctionOutcome{Name: f.Name, Action: Unchanged, Err: w.keep(ctx)}
			continue
		}
		places <- struct{}{} // in the order of the plan
		group.Go(func() {
			defer func() { <-places }()
			outcome.Functions[i] = w.work(ctx)
		})
	}
	group.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return outcome, cause
	}
	return outcome, outcome.err()
}

// underWay is how many functions are worked on at once. One request at a time
// means one function at a time.
func underWay(jobs int) int {
	if jobs == 1 {
		return 1
	}
	return perJob * jobs
}

// Adopt records what a plan found out about functions it leaves alone, so that
// it need not be found out again. It sends nothing.
func (p Plan) Adopt(ctx context.Context, store *state.Store) error {
	var group sync.WaitGroup
	errs := make([]error, len(p.Functions))
	for i := range p.Functions {
		w := &worker{name: p.Functions[i].Name, env: p.Env, run: RunOptions{State: store}, plan: &p.Functions[i]}
		if len(p.Functions[i].Steps) == 0 {
			group.Go(func() { errs[i] = w.keep(ctx) })
		}
	}
	group.Wait()
	return errors.Join(errs...)
}

// worker carries out the steps of one function, one after another.
type worker struct {
	name, env string
	cloud     Cloud
	store     PermissionStore // nil when nobody can write permissions
	run       RunOptions
	plan      *FunctionPlan
	observe   func(Event)
	places    chan struct{}
	watch     *watch
	out       FunctionOutcome
	// remote is the function as last seen.
	remote wxapi.Function
	// left is true once a step about the settings was not carried out.
	left bool
	// reached is how far the step under way has come, "" before it was requested.
	reached Status
}

func (w *worker) emit(e Event) {
	e.Function, e.At = w.name, time.Now()
	if e.Step.Kind != StepWait {
		w.reached = e.Status
	}
	w.observe(e)
}

func (w *worker) work(ctx context.Context) FunctionOutcome {
	w.out = FunctionOutcome{Name: w.name, Action: Unchanged}
	w.remote = w.plan.Remote
	for i, step := range w.plan.Steps {
		err := context.Cause(ctx)
		if i == 0 && err == nil && w.run.Hold[w.name] && w.run.Granted != nil && w.codeFollows(-1) {
			err = w.granted(ctx)
		}
		if err != nil {
			w.out.Action, w.out.Err = Stopped, err
			break
		}
		var status Status
		w.reached = ""
		status, err = w.do(ctx, step)
		switch {
		case err != nil && endedBy(ctx, err):
			// It did not fail: how it ends in the cloud is not known.
			status = w.reached
		case err != nil:
			status = Failed
		}
		if status != "" {
			w.record(step, status)
		}
		if status == Failed {
			w.emit(Event{Step: step, Status: Failed, Err: err})
		} else if err == nil && step.Kind == StepAddPermissions && w.codeFollows(i) && status != CannotVerify && w.run.Granted != nil {
			err = w.granted(ctx)
		}
		if err != nil {
			w.out.Action, w.out.Err = Stopped, err
			break
		}
	}
	if w.out.Err == nil {
		if w.out.Err = w.settled(ctx); w.out.Err != nil {
			w.out.Action = Stopped
		}
	}
	w.emit(Event{Done: true, Err: w.out.Err})
	return w.out
}

// endedBy reports whether err only says that ctx has ended.
func endedBy(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (errors.Is(err, context.Cause(ctx)) || errors.Is(err, ctx.Err()))
}

// granted waits for permissions without keeping other functions from going on.
func (w *worker) granted(ctx context.Context) error {
	<-w.places
	defer func() { w.places <- struct{}{} }()
	return w.run.Granted(ctx, w.name, w.out.Permissions)
}

func (w *worker) record(step Step, status Status) {
	w.out.Steps = append(w.out.Steps, StepOutcome{Step: step, Status: status, At: time.Now()})
	if status == Failed || status == CannotVerify {
		if !step.Kind.permission() {
			w.left = true
		}
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
	if step.Blocked || step.Kind.permission() && w.store == nil {
		if w.out.Permissions.Status == "" {
			w.out.Permissions.Status = CannotVerify
		}
		w.emit(Event{Step: step, Status: CannotVerify})
		return CannotVerify, nil
	}
	if step.Kind != StepCreate && step.Kind != StepCode && step.Kind != StepBundle { // these know their size first
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
	case StepBundle:
		return w.bundle(ctx, step)
	case StepSetTriggers:
		return w.setTriggers(ctx, step)
	case StepRemoveTriggers:
		return w.removeTriggers(ctx, step)
	case StepWait:
	}
	return Failed, errors.New("a plan holds a step that cannot be planned: " + string(step.Kind))
}

// accepted records a step in the events.
func (w *worker) accepted(step Step) { w.emit(Event{Step: step, Status: Accepted}) }
