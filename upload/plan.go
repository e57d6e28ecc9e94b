package upload

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/upload/pack"
	"wxcloud/wxapi"
)

// What a new function gets unless the project's settings say otherwise.
const (
	DefaultRuntime        = "Nodejs18.15"
	DefaultMemoryMB       = 256
	DefaultTimeoutSeconds = 20
)

// DefaultJobs is how many functions are worked on at once.
const DefaultJobs = 4

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
	// function name. They only matter for FunctionPlan.Unapplied.
	Calls map[string][]string
	// LocalNpm packs node_modules instead of letting the cloud install. A
	// function with dependencies and no such folder is refused.
	LocalNpm bool
	// Force sends code even when it is unchanged.
	Force bool
	// AllowSecrets are files packed although they look like secrets: slash
	// paths relative to the function, by function name.
	AllowSecrets map[string][]string
	Jobs         int // 0 means DefaultJobs
}

// Plan is everything a deploy would do. Functions are in the order of the request.
type Plan struct {
	Env       string
	Functions []FunctionPlan
}

// Pending reports whether the plan changes anything.
func (p Plan) Pending() bool {
	return slices.ContainsFunc(p.Functions, func(f FunctionPlan) bool { return len(f.Steps) > 0 })
}

// FunctionPlan is what would happen to one function.
type FunctionPlan struct {
	Name    string
	Dir     string
	Exists  bool
	Remote  wxapi.Function // as the cloud has it; zero if it does not exist
	Package *pack.Package  // scanned; compressed by Run when it is sent
	Code    CodeChange
	Create  *Creation      // set when the function does not exist
	Change  *Configuration // set when settings of an existing function change
	// InstallDependency is true when the cloud is to run npm install.
	InstallDependency bool
	Handler           string
	Permissions       PermissionChange
	// Unapplied are the interfaces declared or called that are not known to
	// have been applied here and that no store at hand can apply. A deploy
	// that is to be honest stops before any upload when there are some. It is
	// empty whenever there is a store.
	Unapplied []string
	Steps     []Step
}

// CodeChange says why code is sent, or that it is not.
type CodeChange string

// The reasons.
const (
	CodeUnchanged CodeChange = "unchanged" // what the cloud accepted last, and nobody changed it since
	CodeNew       CodeChange = "new"       // the function does not exist yet
	CodeChanged   CodeChange = "changed"   // the contents, or who installs the dependencies, differ from what was sent last
	CodeUnknown   CodeChange = "unknown"   // nothing is on record, or the last upload was not seen to end
	CodeDrifted   CodeChange = "drifted"   // the cloud's copy was changed by someone else since
	CodeBroken    CodeChange = "broken"    // the same contents, but the function is in a failed state
	CodeForced    CodeChange = "forced"    // unchanged, and asked for
)

// Creation are the settings of a function to be made. The runtime cannot be
// changed afterwards.
type Creation struct {
	Runtime                  string
	MemoryMB, TimeoutSeconds int
}

// Configuration are the settings to change; nil members stay.
type Configuration struct {
	MemoryMB, TimeoutSeconds *int
	InstallDependency        *bool
}

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

// MakePlan compares every function with the cloud. It changes nothing.
func MakePlan(ctx context.Context, r Request) (Plan, error) {
	plan := Plan{Env: r.Env, Functions: make([]FunctionPlan, len(r.Functions))}
	records, err := r.State.Functions(r.Env)
	if err != nil {
		return Plan{}, err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(jobs(r.Jobs))
	for i, fn := range r.Functions {
		group.Go(func() error {
			record, known := records[fn.Name]
			f, err := planFunction(ctx, r, fn, record, known)
			plan.Functions[i] = f
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Plan{}, err
	}
	return plan, nil
}

func jobs(n int) int {
	if n <= 0 {
		return DefaultJobs
	}
	return n
}

func planFunction(ctx context.Context, r Request, fn config.Function, record state.Function, known bool) (FunctionPlan, error) {
	f := FunctionPlan{Name: fn.Name, Dir: fn.Dir, InstallDependency: !r.LocalNpm && len(fn.Package.Dependencies) > 0}
	for _, p := range fn.Config.Problems {
		if p.Fatal {
			return f, clierr.New(p.ID, clierr.Local, p.Args).
				In(clierr.Position{File: fn.Config.Path, Line: p.Line, Column: p.Column})
		}
	}
	if r.LocalNpm && len(fn.Package.Dependencies) > 0 && !hasModules(fn) {
		args := clierr.Args{"function": fn.Name, "dir": fn.Dir}
		return f, clierr.New("upload/no-node-modules", clierr.Local, args).Hint("upload/hint-npm-install", args)
	}
	var err error
	// Without a list of dependencies there is nothing for npm to install; a
	// node_modules that is there is then meant to be sent.
	if f.Package, err = pack.Scan(fn, pack.Options{RemoteInstall: f.InstallDependency, AllowSecrets: r.AllowSecrets[fn.Name]}); err != nil {
		return f, err
	}
	var stored reading
	var early sync.WaitGroup
	if known { // then it very likely exists, and both can be asked for at once
		early.Go(func() { stored = r.stored(ctx, fn.Name) })
	}
	f.Remote, err = r.Cloud.GetFunction(ctx, fn.Name)
	early.Wait()
	switch {
	case wxapi.IsFunctionNotFound(err):
		f.Remote = wxapi.Function{}
	case err != nil:
		return f, err
	default:
		f.Exists = true
	}
	if f.Handler, err = handler(fn, f); err != nil {
		return f, err
	}
	f.Code = codeChange(r, f, record, known)
	f.settings(r.Settings[fn.Name])
	if f.Exists && !known {
		stored = r.stored(ctx, fn.Name)
	}
	if f.Permissions, err = permissionChange(fn, f.Exists, stored, record); err != nil {
		return f, err
	}
	if r.Permissions == nil {
		f.Unapplied = without(union(f.Permissions.Declared, r.Calls[fn.Name]), f.Permissions.Before)
		slices.Sort(f.Unapplied)
	}
	f.Steps = f.steps(r.Permissions == nil)
	return f, nil
}

// hasModules reports whether the function has a node_modules folder to pack.
func hasModules(fn config.Function) bool {
	info, err := os.Stat(filepath.Join(fn.Dir, "node_modules"))
	return err == nil && info.IsDir()
}

// handler keeps the handler of an existing function when its file is in the
// package, since someone chose it; otherwise it is WeChat's own.
func handler(fn config.Function, f FunctionPlan) (string, error) {
	for _, candidate := range []string{f.Remote.Handler, wxapi.DefaultHandler} {
		file := strings.TrimSuffix(candidate, path.Ext(candidate))
		if file == "" {
			continue
		}
		for _, ext := range []string{".js", ".mjs", ".cjs"} {
			if f.Package.Has(file + ext) {
				return candidate, nil
			}
		}
	}
	args := clierr.Args{"function": fn.Name, "dir": fn.Dir}
	for _, source := range []string{"index.ts", "src/index.ts", fn.Entry} {
		if strings.HasSuffix(source, ".ts") && (source == fn.Entry || f.Package.Has(source)) {
			args["file"] = source
			return "", clierr.New("upload/not-compiled", clierr.Local, args).Hint("upload/hint-compile", args)
		}
	}
	return "", clierr.New("upload/no-entry", clierr.Local, args)
}

func codeChange(r Request, f FunctionPlan, record state.Function, known bool) CodeChange {
	switch {
	case !f.Exists:
		return CodeNew
	case !known || record.CodeDigest == "":
		return CodeUnknown
	case record.CodeDigest != f.Package.Digest, f.InstallDependency != bool(f.Remote.InstallDependency):
		return CodeChanged
	case record.RemoteModTime == "":
		return CodeUnknown
	case record.RemoteModTime != f.Remote.ModTime:
		return CodeDrifted
	case failedState(f.Remote.Status):
		return CodeBroken
	case r.Force:
		return CodeForced
	}
	return CodeUnchanged
}

// settings fills Create or Change.
func (f *FunctionPlan) settings(s config.FunctionSettings) {
	if !f.Exists {
		f.Create = &Creation{DefaultRuntime, DefaultMemoryMB, DefaultTimeoutSeconds}
		if s.Runtime != "" {
			f.Create.Runtime = s.Runtime
		}
		if s.MemoryMB != 0 {
			f.Create.MemoryMB = s.MemoryMB
		}
		if s.TimeoutSeconds != 0 {
			f.Create.TimeoutSeconds = s.TimeoutSeconds
		}
		return
	}
	var c Configuration
	if s.MemoryMB != 0 && s.MemoryMB != f.Remote.MemoryMB {
		c.MemoryMB = &s.MemoryMB
	}
	if s.TimeoutSeconds != 0 && s.TimeoutSeconds != f.Remote.TimeoutSeconds {
		c.TimeoutSeconds = &s.TimeoutSeconds
	}
	if f.Code != CodeUnchanged && f.InstallDependency != bool(f.Remote.InstallDependency) {
		install := f.InstallDependency
		c.InstallDependency = &install
	}
	if c != (Configuration{}) {
		f.Change = &c
	}
}

// reading is what the store answered, ErrCannotRead when there is none.
type reading struct {
	list []string
	err  error
}

func (r Request) stored(ctx context.Context, function string) reading {
	if r.Permissions == nil {
		return reading{err: ErrCannotRead}
	}
	list, err := r.Permissions.Get(ctx, r.Env, function)
	return reading{list, err}
}

// permissionChange believes the store before the record: someone else may have
// changed the list since, and a change of ours replaces all of it.
func permissionChange(fn config.Function, exists bool, stored reading, record state.Function) (PermissionChange, error) {
	var p PermissionChange
	for _, d := range fn.Config.Openapi {
		if !slices.Contains(p.Declared, d.Name) {
			p.Declared = append(p.Declared, d.Name)
		}
	}
	switch {
	case !exists:
		p.Known, p.Source = true, FromNew
	case stored.err == nil:
		p.Before, p.Known, p.Source = stored.list, true, FromCloud
	case !errors.Is(stored.err, ErrCannotRead):
		return p, stored.err
	case record.Openapi != nil:
		p.Before, p.Known, p.Source = record.Openapi, true, FromRecord
		p.AppliedAt, p.Writer = record.OpenapiAcceptedAt, record.Writer
	}
	p.Added, p.Removed = without(p.Declared, p.Before), without(p.Before, p.Declared)
	return p, nil
}

// steps puts the changes in order: new permissions, then code, then the
// permissions no longer wanted; those of a new function once it exists.
func (f *FunctionPlan) steps(blocked bool) []Step {
	var steps []Step
	step := func(kind StepKind, names []string) {
		steps = append(steps, Step{Function: f.Name, Kind: kind, Names: names, Blocked: blocked && names != nil})
	}
	if f.Create != nil {
		step(StepCreate, nil)
	}
	if len(f.Permissions.Added) > 0 {
		step(StepAddPermissions, f.Permissions.Added)
	}
	if f.Change != nil {
		step(StepConfigure, nil)
	}
	if f.Exists && f.Code != CodeUnchanged {
		step(StepCode, nil)
	}
	if len(f.Permissions.Removed) > 0 {
		step(StepRemovePermissions, f.Permissions.Removed)
	}
	return steps
}

// without returns the names that are in a and not in b, in a's order.
func without(a, b []string) []string {
	var out []string
	for _, name := range a {
		if !slices.Contains(b, name) {
			out = append(out, name)
		}
	}
	return out
}

// union returns a's names and then those only b has.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, name := range b {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
