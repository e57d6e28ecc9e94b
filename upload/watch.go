package upload

import (
	"context"
	"sync"

	"wxcloud/wxapi"
)

// listable is how many functions an environment may have for its list to be
// cheaper than looks at single functions: two requests.
const listable = 200

// watch looks at functions that the cloud is working on. Those that are to be
// looked at in the same moment share one list of all functions.
type watch struct {
	ctx   context.Context //nolint:containedctx // of the run, whose looks outlive one function's
	cloud Cloud
	share bool // a list is cheap here

	mu      sync.Mutex
	waiting []asking
	looking bool
}

// asking is one function to be looked at.
type asking struct {
	name   string
	answer chan seenFunction // holds one
}

// seenFunction is what a look tells. Of a function seen on a list only name,
// state and time are known.
type seenFunction struct {
	wxapi.Function
	listed bool
	err    error
}

// look returns the function as it is after now, laid over what was known of it.
func (w *watch) look(ctx context.Context, name string, known wxapi.Function) (wxapi.Function, error) {
	if !w.share {
		return w.cloud.GetFunction(ctx, name)
	}
	ask := asking{name, make(chan seenFunction, 1)}
	w.mu.Lock()
	w.waiting = append(w.waiting, ask)
	if !w.looking {
		w.looking = true
		go w.answer()
	}
	w.mu.Unlock()
	var seen seenFunction
	select {
	case seen = <-ask.answer:
	case <-ctx.Done():
		return known, context.Cause(ctx)
	}
	if !seen.listed {
		return seen.Function, seen.err
	}
	if failedState(seen.Status) {
		return w.cloud.GetFunction(ctx, name) // for the reasons
	}
	known.Name, known.Status, known.ModTime, known.Runtime = seen.Name, seen.Status, seen.ModTime, seen.Runtime
	known.StatusDesc, known.StatusReasons = seen.StatusDesc, nil
	return known, nil
}

// answer looks as long as somebody asks. Who asks during a look is answered by
// the next one: this one may have seen the function before its change.
func (w *watch) answer() {
	for {
		w.mu.Lock()
		asked := w.waiting
		w.waiting = nil
		w.looking = len(asked) > 0
		w.mu.Unlock()
		switch {
		case len(asked) == 0:
			return
		case len(asked) > 1 && w.list(asked):
			continue
		}
		var group sync.WaitGroup
		for _, a := range asked {
			group.Go(func() {
				f, err := w.cloud.GetFunction(w.ctx, a.name)
				a.answer <- seenFunction{Function: f, err: err}
			})
		}
		group.Wait()
	}
}

// list answers those that a list shows, and looks at the others one by one. It
// reports false, having answered nobody, where there is no list.
func (w *watch) list(asked []asking) bool {
	all, err := w.cloud.ListFunctions(w.ctx)
	if err != nil {
		return false
	}
	listed := make(map[string]wxapi.Function, len(all))
	for _, f := range all {
		listed[f.Name] = f
	}
	var group sync.WaitGroup
	for _, a := range asked {
		if f, ok := listed[a.name]; ok {
			a.answer <- seenFunction{Function: f, listed: true}
			continue
		}
		group.Go(func() {
			f, err := w.cloud.GetFunction(w.ctx, a.name)
			a.answer <- seenFunction{Function: f, err: err}
		})
	}
	group.Wait()
	return true
}
