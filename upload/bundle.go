package upload

import (
	"context"
	"time"

	"wxcloud/wxapi"
)

// Bundler is a permission store that cannot write a list alone: code and list
// reach the cloud in one step, as from WeChat DevTools. A function whose
// permissions change is then sent through it and not through the code plane; new
// code cannot be held back for its permissions.
type Bundler interface {
	PermissionStore
	DeployWithPermissions(ctx context.Context, b Bundle) error
}

// StepBundle sends code and permissions at once, in place of the steps that send
// them one by one.
const StepBundle StepKind = "code-and-permissions"

// Bundle is a function's code together with its whole permission list.
type Bundle struct {
	Env, Function     string
	Package           wxapi.Archive
	Openapi           []string
	InstallDependency bool
}

// bundlerOf is the Bundler behind a store, nil if the store is none.
func bundlerOf(store PermissionStore) Bundler {
	if p, ok := store.(pacedStore); ok {
		store = p.store
	}
	b, _ := store.(Bundler)
	return b
}

// bundleStep is the step that sends code and permissions at once, in place of
// those that would send them one by one. It is Blocked where only permissions are
// wanted and code would change with them.
func (p *planner) bundleStep() (Step, bool) {
	f := p.plan
	names := union(f.Permissions.Added, f.Permissions.Removed)
	if len(names) == 0 || !p.wants(PartPermissions) || bundlerOf(p.Request.Permissions) == nil {
		return Step{}, false
	}
	blocked := !p.wants(PartCode) && f.Code != CodeUnchanged
	return Step{Function: f.Name, Kind: StepBundle, Names: names, Blocked: blocked}, true
}

// bundle sends code and permissions. The cloud's copy is then a zip that was made
// elsewhere, so its hash is read and put on record: it is no drift.
func (w *worker) bundle(ctx context.Context, step Step) (Status, error) {
	if _, err := w.compress(step); err != nil {
		return Failed, err
	}
	declared := w.plan.Permissions.Declared
	err := w.change(ctx, func() error {
		if err := w.begin(ctx, w.plan.Package.Digest, ""); err != nil {
			return err
		}
		return bundlerOf(w.run.Permissions).DeployWithPermissions(ctx, Bundle{
			Env: w.env, Function: w.name, Package: w.plan.Package.Archive(), Openapi: declared, InstallDependency: w.plan.InstallDependency,
		})
	}, func(wxapi.Function) (bool, error) { return false, nil })
	if err != nil {
		return Failed, err
	}
	applied := &w.out.Permissions
	applied.At, applied.Status = time.Now(), Accepted
	applied.Added, applied.Removed = w.plan.Permissions.Added, w.plan.Permissions.Removed
	if err := w.remember(ctx, declared, "accepted"); err != nil {
		return Failed, err
	}
	before := w.remote
	w.accepted(step)
	w.plan.Package.Release()
	if w.remote, err = w.finish(ctx, before); err != nil {
		return Failed, err
	}
	w.emit(Event{Step: Step{Function: w.name, Kind: StepWait}, Status: Accepted, CloudStatus: w.remote.Status})
	sha, err := codeSHA256(ctx, w.cloud, w.name)
	if err != nil {
		sha = "" // the time of the change is on record too
	}
	return Accepted, w.sentCode(ctx, sha)
}
