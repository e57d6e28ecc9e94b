package state

import (
	"context"
	"net/url"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Exclusive keeps every other process that asks for it from changing the same
// environment from this project until release is called or this process ends,
// however it ends. busy (may be nil) is called once when someone else has it.
func (s *Store) Exclusive(ctx context.Context, env string, busy func()) (release func(), err error) {
	return s.exclusive(ctx, "deploy-"+url.PathEscape(env)+".lock", busy)
}

// ExclusiveWait is the same for the wait for one function's permissions: two at
// once would invoke the function twice as often as one may.
func (s *Store) ExclusiveWait(ctx context.Context, env, function string, busy func()) (release func(), err error) {
	return s.exclusive(ctx, "wait-"+url.PathEscape(env)+"-"+url.PathEscape(function)+".lock", busy)
}

func (s *Store) exclusive(ctx context.Context, file string, busy func()) (release func(), err error) {
	if err := s.prepare(); err != nil {
		return nil, err
	}
	guard := flock.New(filepath.Join(s.dir, Folder, file))
	got, err := guard.TryLock()
	if err == nil && !got {
		if busy != nil {
			busy()
		}
		_, err = guard.TryLockContext(ctx, 100*time.Millisecond)
	}
	if err == nil {
		return func() { _ = guard.Close() }, nil
	}
	_ = guard.Close()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return nil, s.cannotWrite(Folder+"/"+file, err)
}
