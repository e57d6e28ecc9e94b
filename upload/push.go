package upload

import (
	"context"
	"errors"
	"time"

	"wxcloud/internal/state"
)

// Push is one permission list to be stored, whatever becomes of the code.
type Push struct {
	Env, Function string
	Openapi       []string
	Permissions   PermissionStore
	State         *state.Store
	Writer        string // for the record, see state.Function
	// Before is the list stored so far, for a store that cannot read.
	Before []string
}

// PushPermissions makes the stored list the given one, and reads it before and
// afterwards where the store can read. A list that is stored already is not sent
// again, because that would begin the time of the caches anew: then Applied has
// no time. Verified means "this list is stored", not "it is in force".
func PushPermissions(ctx context.Context, p Push) (Applied, error) {
	before, err := p.Permissions.Get(ctx, p.Env, p.Function)
	switch {
	case errors.Is(err, ErrCannotRead):
		before = p.Before
	case err != nil:
		return Applied{Status: Failed}, err
	case sameNames(before, p.Openapi):
		return Applied{Status: Verified}, nil
	}
	if err := p.Permissions.Set(ctx, p.Env, p.Function, p.Openapi); err != nil {
		return Applied{Status: Failed}, err
	}
	w := worker{name: p.Function, env: p.Env, run: RunOptions{State: p.State, Writer: p.Writer}}
	w.out.Permissions = Applied{Added: without(p.Openapi, before), Removed: without(before, p.Openapi), At: time.Now(), Status: Accepted}
	if err := w.remember(ctx, p.Openapi, "accepted"); err != nil {
		return w.out.Permissions, err
	}
	stored, err := p.Permissions.Get(ctx, p.Env, p.Function)
	switch {
	case errors.Is(err, ErrCannotRead):
		return w.out.Permissions, nil
	case err != nil:
		// The change stands; only the proof is missing.
		return w.out.Permissions, context.Cause(ctx)
	case !sameNames(stored, p.Openapi):
		w.out.Permissions.Status = Failed
		return w.out.Permissions, w.differs(ctx, p.Openapi, stored)
	}
	w.out.Permissions.Status = Verified
	return w.out.Permissions, w.remember(ctx, p.Openapi, "read-back")
}
