package upload

import (
	"context"
	"errors"
	"strings"
	"time"

	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
)

// pendingFor is how long a change may take to be in force everywhere: the
// platform caches permissions for ten minutes.
const pendingFor = 10 * time.Minute

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
		return Failed, w.differs(ctx, list, stored)
	}
	applied.Status = Verified
	if err := w.remember(ctx, list, "read-back"); err != nil {
		return Failed, err
	}
	w.emit(Event{Step: step, Status: Verified})
	return Verified, nil
}

// differs puts on record what is stored instead of the list that was sent, and
// is the error that says so.
func (w *worker) differs(ctx context.Context, sent, stored []string) error {
	applied := &w.out.Permissions
	applied.Added = without(applied.Added, without(applied.Added, stored))
	applied.Removed = without(applied.Removed, stored)
	if err := w.remember(ctx, stored, "read-back"); err != nil {
		return err
	}
	return clierr.New("upload/list-differs", clierr.Cloud, clierr.Args{
		"function": w.name, "sent": listed(sent), "stored": listed(stored),
	}).Hint("upload/hint-deploy-again", clierr.Args{"function": w.name})
}

func listed(names []string) string {
	if len(names) == 0 {
		return "-"
	}
	return strings.Join(names, ", ")
}

// remember records the list. What an earlier change added and may not yet be
// in force stays among the names to wait for, and a wait for that change alone
// is not worth resuming.
func (w *worker) remember(ctx context.Context, list []string, evidence string) error {
	applied := w.out.Permissions
	// The record must be written even when the run is being stopped: the
	// cloud has accepted the change.
	return w.run.State.Update(context.WithoutCancel(ctx), w.env, w.name, func(f *state.Function) {
		var pending []string
		if applied.At.Sub(f.OpenapiAcceptedAt) < pendingFor && f.Evidence != "verified" {
			gone := union(without(f.OpenapiAdded, list), applied.Removed)
			pending = without(f.OpenapiAdded, gone)
		}
		f.Openapi, f.OpenapiAcceptedAt = append([]string{}, list...), applied.At
		f.OpenapiAdded, f.OpenapiRemoved = union(applied.Added, pending), applied.Removed
		f.Writer, f.Evidence, f.Wait = w.run.Writer, evidence, nil
	})
}

func sameNames(a, b []string) bool { return len(without(a, b)) == 0 && len(without(b, a)) == 0 }
