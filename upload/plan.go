package upload

import (
	"context"
	"errors"
	"runtime"
	"slices"

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

// Plan is everything a deploy would do. Functions are in the order of the request.
type Plan struct {
	Env       string
	Functions []FunctionPlan

	listed int // functions of the environment, 0 if nobody counted them
}

// Pending reports whether the plan changes anything.
func (p Plan) Pending() bool {
	return slices.ContainsFunc(p.Functions, func(f FunctionPlan) bool { return len(f.Steps) > 0 })
}

// Failed are the functions the cloud could not be asked about. Run reports them
// as failed; the others go on.
func (p Plan) Failed() []FunctionPlan {
	return slices.DeleteFunc(slices.Clone(p.Functions), func(f FunctionPlan) bool { return f.Err == nil })
}

// Undoes reports whether the plan's steps undo what someone else changed in the
// cloud since the last deploy from here.
func (f FunctionPlan) Undoes() bool {
	return slices.ContainsFunc(f.Steps, func(s Step) bool {
		switch s.Kind {
		case StepCode:
			return f.Drifted
		case StepConfigure:
			return f.Reset
		case StepRemovePermissions:
			return len(f.Permissions.Others) > 0
		case StepBundle:
			return f.Drifted || len(f.Permissions.Others) > 0
		}
		return false
	})
}

// FunctionPlan is what would happen to one function.
type FunctionPlan struct {
	Name   string
	Dir    string
	Exists bool
	// Remote is the function as the cloud has it; zero if it does not exist. When
	// Looked is false it holds only what the list of functions and the record tell.
	Remote  wxapi.Function
	Looked  bool
	Package *pack.Package // scanned; compressed by Run when it is sent
	Code    CodeChange
	// Drifted is true when someone else changed the function since it was last
	// deployed from here, and what it has now is not what would be sent. Sending
	// code then undoes their work.
	Drifted bool
	// Reset is true when memory, timeout or variables were as the settings say after
	// the last deploy from here, and are not any more: someone else changed them.
	Reset  bool
	Create *Creation      // set when the function does not exist
	Change *Configuration // set when settings of an existing function change
	// InstallDependency is true when the cloud is to run npm install.
	InstallDependency bool
	Handler           string
	// Differences are what is not as the settings say, apart from code and
	// permissions; also what is only reported, such as another runtime.
	Differences []Difference
	Triggers    TriggerChange
	Permissions PermissionChange
	// Unapplied are the interfaces declared or called that are not known to
	// have been applied here and that no store at hand can apply. A deploy
	// that is to be honest stops before any upload when there are some. It is
	// empty whenever there is a store.
	Unapplied []string
	Steps     []Step
	// Err is why the cloud could not be asked about this function; nothing else
	// is known then, and there are no steps.
	Err error

	wanted wanted
	prune  bool
	// found is what the record should say of a function that is left alone; nil
	// if it says that already.
	found func(*state.Function)
}

// MakePlan compares every function with the cloud. It changes nothing.
//
// It begins with the list of all functions, one request per hundred. A function
// that the list shows as it was left by the last deploy from here, and whose
// settings are the same as then, needs no further request.
func MakePlan(ctx context.Context, r Request) (Plan, error) {
	plan := Plan{Env: r.Env, Functions: make([]FunctionPlan, len(r.Functions))}
	records, err := r.State.Functions(r.Env)
	if err != nil {
		return Plan{}, err
	}
	if r.Pace == nil {
		r.Pace = NewPace(0)
	}
	r.Cloud = paced{r.Cloud, r.Pace}
	if r.Permissions != nil {
		r.Permissions = pacedStore{r.Permissions, r.Pace}
	}
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0) + 1) // the files of all, beside the list
	var survey survey
	group.Go(func() (err error) {
		survey, err = r.survey(within)
		return err
	})
	for i, fn := range r.Functions {
		group.Go(func() (err error) {
			if err = within.Err(); err == nil {
				plan.Functions[i], err = r.scan(fn)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Plan{}, orCause(ctx, err)
	}
	plan.listed = len(survey.list)
	if survey.have {
		plan.listed = max(plan.listed, 1)
	}
	group, within = errgroup.WithContext(ctx)
	group.SetLimit(4 * r.Pace.Limit()) // the pace bounds the requests
	for i, fn := range r.Functions {
		group.Go(func() error {
			record, known := records[fn.Name]
			p := planner{Request: r, fn: fn, record: record, known: known, survey: survey, plan: &plan.Functions[i]}
			err := p.compare(within)
			if e, ok := errors.AsType[*clierr.Error](err); ok && e.Exit == clierr.Cloud && len(r.Functions) > 1 {
				plan.Functions[i].Err, plan.Functions[i].Steps, plan.Functions[i].Unapplied = err, nil, nil
				return nil
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Plan{}, orCause(ctx, err)
	}
	if failed := plan.Failed(); len(failed) > 0 && len(failed) == len(plan.Functions) {
		return Plan{}, failed[0].Err
	}
	return plan, plan.fit(ctx)
}

// fit refuses what is too large to be sent, before anything is sent. A package
// whose files are small enough as they are is not compressed for it.
func (p Plan) fit(ctx context.Context) error {
	for _, f := range p.Functions {
		if !f.sendsCode() || f.Package.Compressed() || !f.Package.MayBeTooLarge() {
			continue
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := f.Package.Compress(); err != nil {
			return err
		}
		if len(p.Functions) > DefaultJobs {
			f.Package.Release() // not all of them need be held at once
		}
	}
	return nil
}

func (f FunctionPlan) sendsCode() bool {
	return slices.ContainsFunc(f.Steps, func(s Step) bool { return s.Kind == StepCode || s.Kind == StepCreate || s.Kind == StepBundle })
}

// orCause is why ctx ended, if it did: a group's own context only says so.
func orCause(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// scan reads a function's folder and refuses what cannot be deployed.
func (r Request) scan(fn config.Function) (FunctionPlan, error) {
	settings := r.Settings[fn.Name]
	f := FunctionPlan{
		Name: fn.Name, Dir: fn.Dir, InstallDependency: !r.LocalNpm && len(fn.Package.Dependencies) > 0,
		wanted: wantedOf(fn, settings), prune: r.Prune,
	}
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
	// Without a list of dependencies there is nothing for npm to install; a
	// node_modules that is there is then meant to be sent.
	var err error
	f.Package, err = pack.Scan(fn, pack.Options{
		RemoteInstall: f.InstallDependency, AllowSecrets: r.AllowSecrets[fn.Name], Ignore: settings.Ignore, Copies: r.Copies[fn.Name],
		MaxBase64: r.MaxBase64,
	})
	return f, err
}

// planner plans for one function.
type planner struct {
	Request
	fn     config.Function
	record state.Function
	known  bool // record is of something
	survey survey
	plan   *FunctionPlan
	// otherSHA is the hash of the cloud's archive where another program made it of
	// the same files.
	otherSHA string
}

// compare fills the plan of a function that was scanned.
func (p *planner) compare(ctx context.Context) error {
	f := p.plan
	if err := p.look(ctx); err != nil {
		return err
	}
	if !f.Exists && !config.ValidFunctionName(f.Name) {
		return clierr.New("upload/bad-name", clierr.Local, clierr.Args{"function": f.Name, "dir": f.Dir})
	}
	var err error
	if f.Handler, err = handler(p.fn, *f); err != nil {
		return err
	}
	if err := p.code(ctx); err != nil {
		return err
	}
	p.settings()
	if err := p.permissions(ctx); err != nil {
		return err
	}
	f.Steps = p.steps()
	p.learn()
	return nil
}

// steps puts the changes in order: new permissions, then code and what starts
// it, then the permissions no longer wanted; those of a new function once it exists.
func (p *planner) steps() []Step {
	f := p.plan
	var steps []Step
	step := func(part Part, kind StepKind, names []string) {
		if p.wants(part) && (f.Exists || p.wants(PartCode)) {
			steps = append(steps, Step{Function: f.Name, Kind: kind, Names: names, Blocked: kind.permission() && p.Request.Permissions == nil})
		}
	}
	if f.Create != nil {
		step(PartCode, StepCreate, nil)
	}
	bundle, bundled := p.bundleStep()
	if !bundled && len(f.Permissions.Added) > 0 {
		step(PartPermissions, StepAddPermissions, f.Permissions.Added)
	}
	if f.Change != nil {
		step(f.Change.part(), StepConfigure, nil)
	}
	switch {
	case bundled && (f.Exists || f.Create != nil && p.wants(PartCode)):
		steps = append(steps, bundle)
	case f.Exists && f.Code != CodeUnchanged:
		step(PartCode, StepCode, nil)
	}
	if set := f.Triggers.set(); len(set) > 0 {
		step(PartTriggers, StepSetTriggers, triggerNames(set))
	}
	if len(f.Triggers.Removed) > 0 {
		step(PartTriggers, StepRemoveTriggers, f.Triggers.Removed)
	}
	if !bundled && len(f.Permissions.Removed) > 0 {
		step(PartPermissions, StepRemovePermissions, f.Permissions.Removed)
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
