package state

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"wxcloud/internal/clierr"
)

// edit is one change that waits to be written.
type edit struct {
	env, name string
	change    func(*Function)
	done      chan error // gets the result; never blocks its writer
}

// Update changes what is known of one function and writes both files before
// it returns. change is called once, on what is on disk at that moment.
//
// Changes that come while another is being written are written together, in
// one go: a deploy of many functions would otherwise spend its time in fsync.
func (s *Store) Update(ctx context.Context, env, name string, change func(*Function)) error {
	e := &edit{env, name, change, make(chan error, 1)}
	s.mu.Lock()
	s.queue = append(s.queue, e)
	s.mu.Unlock()
	select {
	case err := <-e.done:
		return err
	case s.writing <- struct{}{}:
	case <-ctx.Done():
		if s.withdraw(e) {
			return context.Cause(ctx)
		}
		return <-e.done // it is being written
	}
	defer func() { <-s.writing }()
	select {
	case err := <-e.done: // the one before wrote ours too
		return err
	default:
	}
	if err := s.commit(ctx, e); err != nil {
		return err
	}
	return <-e.done
}

// withdraw takes an edit back, unless it is being written.
func (s *Store) withdraw(e *edit) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.Index(s.queue, e)
	if i < 0 {
		return false
	}
	s.queue = slices.Delete(s.queue, i, i+1)
	return true
}

// commit writes everything that waits, own among it. The error is one that own
// met before anything was begun; what became of the edits goes to each of them.
func (s *Store) commit(ctx context.Context, own *edit) error {
	guard, err := s.guard(ctx)
	if err != nil {
		s.withdraw(own)
		return err
	}
	defer func() { _ = guard.Close() }()
	s.mu.Lock()
	edits := s.queue
	s.queue = nil
	s.mu.Unlock()
	err = s.apply(edits)
	for _, e := range edits {
		e.done <- err
	}
	return nil
}

// guard takes the lock under which the two files are changed.
func (s *Store) guard(ctx context.Context) (*flock.Flock, error) {
	if err := s.prepare(); err != nil {
		return nil, err
	}
	guard := flock.New(filepath.Join(s.dir, Folder, "state.lock"))
	waiting, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	_, err := guard.TryLockContext(waiting, 5*time.Millisecond)
	if err == nil {
		return guard, nil
	}
	_ = guard.Close()
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case waiting.Err() != nil:
		return nil, clierr.New("state/locked", clierr.Local, clierr.Args{"file": Folder + "/state.lock"})
	}
	return nil, s.cannotWrite(StateFile, err)
}

func (s *Store) apply(edits []*edit) error {
	b, err := s.read()
	if err != nil {
		return err
	}
	shared := false
	for _, e := range edits {
		f, _ := b.function(e.env, e.name)
		e.change(&f)
		if b.put(e.env, e.name, f) {
			shared = true
		}
	}
	b.state.Version = version
	if err := s.save(StateFile, b.state); err != nil || !shared {
		return err
	}
	b.lock.Version = version
	return s.save(LockFile, b.lock)
}

// put stores what is known of a function and reports whether the committed
// file has to change for it.
func (b *both) put(env, name string, f Function) bool {
	b.state.Environments = with(b.state.Environments, env, name, f)
	if env == Local || f.Openapi == nil {
		return false
	}
	applied := Applied{f.Openapi, f.OpenapiAcceptedAt.UTC().Truncate(time.Second), f.Writer, f.OpenapiEvidence()}
	if old, ok := b.lock.Environments[env][name]; ok && old.equal(applied) {
		return false // the committed file does not change for nothing
	}
	b.lock.Environments = with(b.lock.Environments, env, name, applied)
	return true
}

func with[V any](all map[string]map[string]V, env, name string, v V) map[string]map[string]V {
	if all == nil {
		all = map[string]map[string]V{}
	}
	if all[env] == nil {
		all[env] = map[string]V{}
	}
	all[env][name] = v
	return all
}
