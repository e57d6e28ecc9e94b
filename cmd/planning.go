package cmd

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/lint"
	"wxcloud/upload"
)

// planOptions are the flags that say what a plan is made of. plan and deploy
// have the same, so that the one shows what the other does.
type planOptions struct {
	credentials  credentialFlags
	selection    selection
	localNpm     bool
	force        bool
	refresh      bool
	prune        bool
	allowSecrets []string
	jobs         int
}

func (o *planOptions) register(a *app, c *cobra.Command) {
	o.credentials.register(a, c)
	o.credentials.registerDevtools(a, c)
	o.selection.register(a, c)
	f := c.Flags()
	f.BoolVar(&o.localNpm, "local-npm", false, a.t(text.FlagLocalNpm))
	f.BoolVar(&o.force, "force", false, a.t(text.FlagForceCode))
	f.BoolVar(&o.refresh, "refresh", false, a.t(text.FlagRefreshPlan))
	f.BoolVar(&o.prune, "prune", false, a.t(text.FlagPrune))
	f.StringSliceVar(&o.allowSecrets, "allow-secret", nil, a.t(text.FlagAllowSecret))
	f.IntVarP(&o.jobs, "jobs", "j", upload.DefaultJobs, a.t(text.FlagJobs))
	c.ValidArgsFunction = a.completeFunctions
}

// planning is what plan and deploy know of one environment before they show or
// do anything.
type planning struct {
	app        *app
	project    *config.Project
	connection *connection
	options    planOptions
	named      []string // as given
	store      *state.Store
	pace       *upload.Pace
	functions  map[string]config.Function
	made       upload.Plan
}

// choose finds the project and the functions. It says no before the network is
// touched.
func (o planOptions) choose(ctx context.Context, a *app, names []string) (*config.Project, []config.Function, error) {
	if o.jobs < 1 {
		return nil, nil, clierr.New("cmd/bad-jobs", clierr.Usage, nil)
	}
	if _, err := o.selection.parts(); err != nil {
		return nil, nil, err
	}
	p, err := a.project()
	if err != nil {
		return nil, nil, err
	}
	if err := p.Settings.Wrong(); err != nil {
		return nil, nil, err
	}
	functions, err := o.selection.functions(ctx, a, p, names)
	return p, functions, err
}

// warnSettings says what is doubtful in wxcloud.json: a key that means nothing
// leaves a function without the setting that somebody meant. Lint says it too.
func (a *app) warnSettings(s config.Settings) {
	for _, p := range s.Problems {
		if p.Warning {
			a.warn(text.LintSettings, "place", clierr.Position{File: a.relative(s.Path), Line: p.Line, Column: p.Column}.String(),
				"problem", a.sentence(p.ID, p.Args, a.lang))
		}
	}
}

func (a *app) newPlanning(p *config.Project, c *connection, o planOptions, names []string) (planning, error) {
	store, err := state.Open(p.Dir)
	a.pace = upload.NewPace(o.jobs)
	return planning{app: a, project: p, connection: c, options: o, named: names, store: store, pace: a.pace, functions: map[string]config.Function{}}, err
}

// connectPlanned connects for a plan, with WeChat DevTools as the writer of
// permissions where there is no other.
func (a *app) connectPlanned(ctx context.Context, p *config.Project, o planOptions) (*connection, error) {
	a.ahead = 2 + (len(p.Functions)-1)/100 // the environments, and the list of functions
	c, err := a.connect(ctx, p, o.credentials, connectPlanes{code: true})
	if err != nil {
		return nil, err
	}
	if err := a.openDevtools(p, c, o.credentials.devtools); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// plan compares the functions with the cloud.
func (d *planning) plan(ctx context.Context, functions []config.Function, report lint.Report) error {
	request, err := d.request(functions, report)
	if err != nil {
		return err
	}
	if d.options.selection.changed {
		if request.Functions, err = request.Changed(ctx); err != nil {
			return err
		}
	}
	for _, f := range request.Functions {
		d.functions[f.Name] = f
	}
	if d.options.force && len(d.named) > 0 {
		request.Resend = slices.Sorted(maps.Keys(d.functions))
	}
	d.made, err = upload.MakePlan(ctx, request)
	return err
}

func (d *planning) request(functions []config.Function, report lint.Report) (upload.Request, error) {
	writer, _ := d.connection.writer()
	r := upload.Request{
		Env: d.connection.env.ID, Functions: functions,
		Cloud: d.connection.functions, Permissions: writer, State: d.store, Calls: map[string][]string{},
		LocalNpm: d.options.localNpm, Refresh: d.options.refresh, Prune: d.options.prune,
		AllowSecrets: map[string][]string{}, Copies: copiesInto(functions), MaxBase64: d.connection.functions.MaxBase64(), Pace: d.pace,
	}
	for _, f := range report.Functions {
		for _, call := range f.Calls {
			r.Calls[f.Name] = append(r.Calls[f.Name], call.API)
		}
	}
	var err error
	if r.Only, err = d.options.selection.parts(); err != nil {
		return r, err
	}
	for _, f := range functions {
		r.AllowSecrets[f.Name] = d.options.allowSecrets
	}
	r.Settings, err = d.app.settingsIn(d.project, d.connection.env, functions)
	return r, err
}

// again are the flags that name the same credentials once more.
func (f credentialFlags) again() string {
	line := ""
	if f.keyFile != "" {
		line += " --key " + shellQuote(f.keyFile)
	}
	if f.tokenCommand != "" {
		line += " --token-command " + shellQuote(f.tokenCommand)
	}
	if f.devtools != "" {
		line += " --devtools " + shellQuote(f.devtools)
	}
	if f.via != "" {
		line += " --via " + f.via
	}
	return line
}
