package upload

import (
	"context"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"wxcloud/config"
	"wxcloud/internal/state"
	"wxcloud/upload/pack"
)

// Request is what to plan for.
type Request struct {
	Env       string // environment id
	Functions []config.Function
	Settings  map[string]config.FunctionSettings // by function name
	Cloud     Cloud
	// Permissions is nil when no credential at hand can write permissions.
	Permissions PermissionStore
	State       *state.Store
	// Calls are the interfaces each function's code calls, if known, by
	// function name. They matter for FunctionPlan.Unapplied and for timers.
	Calls map[string][]string
	// LocalNpm packs node_modules instead of letting the cloud install. A
	// function with dependencies and no such folder is refused.
	LocalNpm bool
	// Resend are functions whose code is sent even when it is unchanged.
	Resend []string
	// Refresh reads everything from the cloud, whatever the record says.
	Refresh bool
	// Prune removes variables and triggers the settings do not name. Without it
	// they are left alone.
	Prune bool
	// Only limits the plan to some kinds of changes; empty means all.
	Only []Part
	// AllowSecrets are files packed although they look like secrets: slash
	// paths relative to the function, by function name.
	AllowSecrets map[string][]string
	// Copies are what each function gets from elsewhere in the project.
	Copies map[string][]pack.Copy
	// MaxBase64 is how large an archive may be; 0 means pack's own limit.
	MaxBase64 int64
	Pace      *Pace // nil means a new one of DefaultJobs
}

// Part is a kind of change that a plan can be limited to.
type Part string

// The parts.
const (
	PartCode        Part = "code" // creation too
	PartConfig      Part = "config"
	PartPermissions Part = "permissions"
	PartTriggers    Part = "triggers"
)

// Parts are all there are.
var Parts = [...]Part{PartCode, PartConfig, PartPermissions, PartTriggers}

func (r Request) wants(p Part) bool { return len(r.Only) == 0 || slices.Contains(r.Only, p) }

// Changed are the functions of the request whose files differ from what was
// deployed from here last, or of which nothing is on record. It asks nobody.
func (r Request) Changed(ctx context.Context) ([]config.Function, error) {
	records, err := r.State.Functions(r.Env)
	if err != nil {
		return nil, err
	}
	differs := make([]bool, len(r.Functions))
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, fn := range r.Functions {
		group.Go(func() error {
			if within.Err() != nil {
				return context.Cause(within)
			}
			f, err := r.scan(fn)
			record := records[fn.Name]
			differs[i] = err == nil && (record.CodeDigest != f.Package.Digest || record.Sending != nil)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var changed []config.Function
	for i, fn := range r.Functions {
		if differs[i] {
			changed = append(changed, fn)
		}
	}
	return changed, nil
}
