package cmd

import (
	"context"
	"slices"
	"sync"

	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/perm"
	"wxcloud/upload"
)

// waits reports whether code has to wait for its permissions: asked for, or
// the environment is protected.
func (d *deployment) waits() bool {
	return d.options.wait || d.connection.env.Protected && !d.options.noWait
}

// await waits for the permission change of one function just accepted. It may
// run for several functions at the same time.
func (d *deployment) await(ctx context.Context, function string) error {
	s, err := d.waiting.function(ctx, d.functions[function])
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waited[function] = s
	d.events.waited(s)
	d.waiting.board.live.Stop()
	if !d.app.flags.json {
		d.app.printWaited(s)
	}
	if s.Exit() != clierr.OK {
		return clierr.New("cmd/not-in-force", s.Exit(), clierr.Args{"function": function, "state": string(s.State)}).
			Hint("cmd/hint-old-code", nil).
			Hint("cmd/hint-run", clierr.Args{"command": d.app.commandLine("perm wait "+function, d.connection.env)})
	}
	return nil
}

// awaitAll waits for several functions at the same time. Of several failures the
// first in the plan's order is the error.
func (d *deployment) awaitAll(ctx context.Context, functions []string) error {
	for _, name := range functions {
		d.waiting.board.expect(name)
	}
	errs := make([]error, len(functions))
	var group sync.WaitGroup
	for i, name := range functions {
		group.Go(func() { errs[i] = d.await(ctx, name) })
	}
	group.Wait()
	d.waiting.board.live.Stop()
	return firstError(errs)
}

func firstError(errs []error) error {
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return errs[i]
	}
	return nil
}

// heldBack are the functions whose code is held back for permissions that an
// earlier run had accepted and whose wait did not come to its end.
func (d *deployment) heldBack() (map[string]bool, error) {
	held := map[string]bool{}
	for _, f := range d.made.Functions {
		sends := slices.ContainsFunc(f.Steps, func(s upload.Step) bool { return s.Kind == upload.StepCode })
		adds := slices.ContainsFunc(f.Steps, func(s upload.Step) bool { return s.Kind == upload.StepAddPermissions })
		known, ok, err := d.store.Function(d.made.Env, f.Name)
		if err != nil {
			return nil, err
		}
		wanted := slices.ContainsFunc(known.OpenapiAdded, func(name string) bool { return slices.Contains(f.Permissions.Declared, name) })
		if ok && sends && !adds && wanted && known.Evidence != state.Verified {
			held[f.Name] = true
		}
	}
	return held, nil
}

// awaitRest waits for what could not be proven before the code was there: the
// permissions of new functions, and calls that only the new code makes. Removed
// permissions are not waited for: nothing fails because one lingers.
func (d *deployment) awaitRest(ctx context.Context, outcome upload.Outcome) error {
	var rest []string
	for _, f := range outcome.Functions {
		if len(f.Permissions.Added) == 0 || d.waited[f.Name].State == perm.StateVerified {
			continue
		}
		if s, before := d.waited[f.Name]; before && len(s.Probes) == 0 {
			continue // only the clock was there, and it has run out already
		}
		rest = append(rest, f.Name)
	}
	return d.awaitAll(ctx, rest)
}

// cacheTTL is how long gateway nodes may keep an old list.
func (d *deployment) cacheTTL(ctx context.Context) string {
	if d.connection.local != nil {
		if s, err := d.connection.local.Status(ctx); err == nil {
			return s.CacheTTL.String()
		}
	}
	return perm.DefaultCacheTTL.String()
}
