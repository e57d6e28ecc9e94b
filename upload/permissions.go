package upload

import (
	"context"
	"errors"
	"time"

	"wxcloud/internal/state"
)

// setPermissions stores a list and, where the store can read, reads it back.
// Verified then means "this list is stored", not "it is in force".
func (w *worker) setPermissions(ctx context.Context, step Step, list []string) (Status, error) {
	if err := w.run.Permissions.Set(ctx, w.env, w.name, list); err != nil {
		return Failed, err
	}
	at := time.Now()
	applied := &w.out.Permissions
	applied.At, applied.Status = at, Accepted
	if step.Kind == StepAddPermissions {
		applied.Added = step.Names
	} else {
		applied.Removed = step.Names
	}
	if err := w.remember(ctx, list, "accepted"); err != nil {
		return Failed, err
	}
	w.accepted(step)
	stored, err := w.run.Permissions.Get(ctx, w.env, w.name)
	switch {
	case errors.Is(err, ErrCannotRead):
		return Accepted, nil
	case err != nil:
		// The change stands; only the proof is missing.
		return Accepted, context.Cause(ctx)
	case !sameNames(stored, list):
		return Accepted, nil
	}
	applied.Status = Verified
	if err := w.remember(ctx, list, "read-back"); err != nil {
		return Failed, err
	}
	w.emit(Event{Step: step, Status: Verified})
	return Verified, nil
}

func (w *worker) remember(ctx context.Context, list []string, evidence string) error {
	applied := w.out.Permissions
	// The record must be written even when the run is being stopped: the
	// cloud has accepted the change.
	return w.run.State.Update(context.WithoutCancel(ctx), w.env, w.name, func(f *state.Function) {
		f.Openapi, f.OpenapiAcceptedAt = append([]string{}, list...), applied.At
		f.OpenapiAdded, f.OpenapiRemoved = applied.Added, applied.Removed
		f.Writer, f.Evidence = w.run.Writer, evidence
	})
}

func sameNames(a, b []string) bool { return len(without(a, b)) == 0 && len(without(b, a)) == 0 }
