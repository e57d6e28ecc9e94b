package upload

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
)

// freshFor is how long a list that was read is taken for the present one.
const freshFor = 30 * time.Second

// PermissionChange compares the declared list with the last one applied.
type PermissionChange struct {
	Declared []string
	// Before is the list applied so far, Known whether anybody can say, and
	// Source who says so.
	Before []string
	Known  bool
	Source PermissionSource
	// AppliedAt and Writer are from the record, if it is the source.
	AppliedAt      time.Time
	Writer         string
	Added, Removed []string
	// Others are those of Removed that somebody else stored: the list applied from
	// here, or on record here, did not have them.
	Others []string

	readAt time.Time // when Before was read from the store
}

// PermissionSource is where a list applied earlier was learnt from.
type PermissionSource string

// The sources.
const (
	FromNowhere PermissionSource = ""
	FromCloud   PermissionSource = "cloud"  // read from the store
	FromRecord  PermissionSource = "record" // .wxcloud/state.json or wxcloud.lock
	FromNew     PermissionSource = "new"    // the function does not exist yet
)

// permissions compares the declared list with the one applied. The record is
// believed, which saves a request per function, as long as nothing is to be
// changed and nobody else touched the function since: an upload with DevTools,
// the other way to change the list, changes the function too. Otherwise, and
// with Refresh, the store is asked, because a change replaces all of the list.
func (p *planner) permissions(ctx context.Context) error {
	f := p.plan
	change := &f.Permissions
	for _, d := range p.fn.Config.Openapi {
		if !slices.Contains(change.Declared, d.Name) {
			change.Declared = append(change.Declared, d.Name)
		}
	}
	var stored []string
	err := ErrCannotRead
	if f.Exists && p.Request.Permissions != nil && p.mustRead() {
		if stored, err = p.Request.Permissions.Get(ctx, p.Env, f.Name); err == nil {
			change.readAt = time.Now()
		}
	}
	switch {
	case !f.Exists:
		change.Known, change.Source = true, FromNew
	case err == nil:
		change.Before, change.Known, change.Source = stored, true, FromCloud
	case !errors.Is(err, ErrCannotRead):
		return err
	case p.record.Openapi != nil:
		change.Before, change.Known, change.Source = p.record.Openapi, true, FromRecord
		change.AppliedAt, change.Writer = p.record.OpenapiAcceptedAt, p.record.Writer
	}
	change.Added, change.Removed = without(change.Declared, change.Before), without(change.Before, change.Declared)
	if change.Source == FromCloud && p.record.Openapi != nil {
		change.Others = without(change.Removed, p.record.Openapi)
	}
	if p.Request.Permissions == nil {
		f.Unapplied = without(union(change.Declared, p.Calls[f.Name]), change.Before)
		slices.Sort(f.Unapplied)
	}
	return nil
}

// mustRead reports whether the record does not do.
func (p *planner) mustRead() bool {
	switch {
	case p.Refresh, !p.untouched(p.plan.Remote) && p.record.Sending == nil:
		return true
	case p.record.Openapi == nil:
		// None on record, none declared: it was read when the function was
		// deployed first, and there was nothing to write down.
		return len(p.plan.Permissions.Declared) > 0 || p.record.RemoteModTime == ""
	}
	return !sameNames(p.plan.Permissions.Declared, p.record.Openapi)
}

// pendingFor is how long a change may take to be in force everywhere: the
// platform caches permissions for ten minutes.
const pendingFor = 10 * time.Minute

// setPermissions stores a list and, where the store can read, reads it before
// and afterwards: a change replaces all of the list, and somebody may have added
// to it since the plan was made. Verified then means "this list is stored", not
// "it is in force".
func (w *worker) setPermissions(ctx context.Context, step Step, list []string) (Status, error) {
	if step.Kind == StepAddPermissions && time.Since(w.plan.Permissions.readAt) > freshFor && w.plan.Permissions.Source != FromNew {
		stored, err := w.store.Get(ctx, w.env, w.name)
		switch {
		case err == nil:
			list = union(list, stored)
		case !errors.Is(err, ErrCannotRead):
			return Failed, err
		}
	}
	if err := w.store.Set(ctx, w.env, w.name, list); err != nil {
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
	stored, err := w.store.Get(ctx, w.env, w.name)
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
		if applied.At.Sub(f.OpenapiAcceptedAt) < pendingFor && f.Evidence != state.Verified {
			gone := union(without(f.OpenapiAdded, list), applied.Removed)
			pending = without(f.OpenapiAdded, gone)
		}
		f.SetOpenapi(list, applied.At)
		f.OpenapiAdded, f.OpenapiRemoved = union(applied.Added, pending), applied.Removed
		f.Writer, f.Evidence, f.Wait = w.run.Writer, evidence, nil
	})
}

func sameNames(a, b []string) bool { return len(without(a, b)) == 0 && len(without(b, a)) == 0 }
