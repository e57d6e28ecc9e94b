package cmd

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/devtools"
	"wxcloud/internal/clierr"
	"wxcloud/upload"
)

// envDevtools says where WeChat DevTools is, or "off".
const envDevtools = "WXCLOUD_DEVTOOLS"

// What --devtools and WXCLOUD_DEVTOOLS can say besides a path.
const (
	devtoolsAuto = "auto"
	devtoolsOff  = "off"
)

// The writers of permission lists, as the record names them.
const (
	writerThirdParty = "third-party"
	writerDevtools   = "devtools"
)

func (f *credentialFlags) registerDevtools(a *app, c *cobra.Command) {
	c.Flags().StringVar(&f.devtools, "devtools", "", a.t(text.FlagDevtools))
}

// findDevtools is the WeChat DevTools to write permissions with, nil for none. On its
// own it is looked for where it installs itself, but not in CI, where nobody is
// logged in to it, nor while requests go to another place than WeChat's.
func (a *app) findDevtools(given string) (*devtools.Tools, error) {
	ci := a.getenv("CI")
	switch {
	case given != "":
	case ci != "" && ci != "false" && ci != "0":
		return nil, nil //nolint:nilnil // none is no error
	default:
		given = a.getenv(envDevtools)
	}
	tools := &devtools.Tools{Lang: "en"}
	if a.lang == text.Chinese {
		tools.Lang = "zh"
	}
	var err error
	switch given {
	case devtoolsOff:
		return nil, nil //nolint:nilnil // none is no error
	case "":
		if a.getenv(envEndpoint) != "" {
			return nil, nil //nolint:nilnil // none is no error
		}
		tools.Program = devtools.Find(a.getenv)
	case devtoolsAuto:
		if tools.Program = devtools.Find(a.getenv); tools.Program == "" {
			return nil, clierr.New("cmd/no-devtools", clierr.Local, nil).Hint("cmd/hint-devtools-path", nil)
		}
	default:
		tools.Program, err = devtools.At(a.absolute(given))
	}
	if err != nil || tools.Program == "" {
		return nil, err
	}
	return tools, nil
}

// openDevtools adds DevTools as the writer of permissions where there is no other.
func (a *app) openDevtools(p *config.Project, c *connection, given string) error {
	if c.local != nil || c.permissions != nil && given == "" {
		return nil
	}
	tools, err := a.findDevtools(given)
	if tools == nil {
		return err
	}
	c.devtools = &devtoolsStore{app: a, tools: tools, project: p, env: c.env}
	return nil
}

// writer is who writes permissions, nil if nobody can. DevTools comes first only
// where it was asked for.
func (c *connection) writer() (store upload.PermissionStore, name string) {
	switch {
	case c.devtools != nil:
		return c.devtools, writerDevtools
	case c.permissions != nil:
		return c.permissions, writerThirdParty
	default:
		return nil, ""
	}
}

// devtoolsStore lets a deploy write permissions through WeChat DevTools, which
// takes them along with the code.
type devtoolsStore struct {
	app     *app
	tools   *devtools.Tools
	project *config.Project
	env     environment
}

var _ upload.Bundler = (*devtoolsStore)(nil)

// Get implements upload.PermissionStore: DevTools shows no list.
func (s *devtoolsStore) Get(context.Context, string, string) ([]string, error) {
	return nil, upload.ErrCannotRead
}

// Set implements upload.PermissionStore: it is the error that says why not.
func (s *devtoolsStore) Set(_ context.Context, _, function string, _ []string) error {
	return clierr.New("cmd/devtools-needs-code", clierr.OtherCredential, clierr.Args{"function": function}).
		Hint("cmd/hint-run", clierr.Args{"command": s.app.commandLine("deploy "+function, s.env)})
}

// DeployWithPermissions implements upload.Bundler.
func (s *devtoolsStore) DeployWithPermissions(ctx context.Context, b upload.Bundle) error {
	_, err := s.tools.Deploy(ctx, devtools.Deployment{
		AppID: s.project.AppID, ExtAppID: s.project.ExtAppID, Env: b.Env, Function: b.Function,
		Package: b.Package, Openapi: b.Openapi, Install: b.InstallDependency,
	})
	return s.advise(err, b.Function)
}

// advise adds to a failure of DevTools how a person can do the same by hand, and
// how to go on then.
func (s *devtoolsStore) advise(err error, function string) error {
	var e *clierr.Error
	if !errors.As(err, &e) || !strings.HasPrefix(string(e.ID), "devtools/") {
		return err
	}
	dir := filepath.Join(s.project.Root, function)
	if at := slices.IndexFunc(s.project.Functions, func(f config.Function) bool { return f.Name == function }); at >= 0 {
		dir = s.project.Functions[at].Dir
	}
	return e.Hint("cmd/hint-devtools-click", clierr.Args{"dir": s.app.relative(dir)}).
		Hint("cmd/hint-then", clierr.Args{"command": s.app.commandLine("perm mark "+function, s.env)}).
		Hint("cmd/hint-then", clierr.Args{"command": s.app.commandLine("perm wait "+function+" --since now", s.env)})
}

// throughDevtools are the functions whose code and permissions go through DevTools.
func throughDevtools(plan upload.Plan) []string {
	var names []string
	for _, f := range plan.Functions {
		if slices.ContainsFunc(f.Steps, func(s upload.Step) bool { return s.Kind == upload.StepBundle && !s.Blocked }) {
			names = append(names, f.Name)
		}
	}
	return names
}

// noteDevtools tells which functions go through DevTools, before anybody agrees to it.
func (d *planning) noteDevtools() {
	if names := throughDevtools(d.made); len(names) > 0 {
		d.app.say(text.PlanDevtools, "functions", shortList(names, 6), "program", d.connection.devtools.tools.Program)
	}
}

// readyDevtools makes sure, before anything is uploaded, that DevTools can do its part.
func (d *deployment) readyDevtools(ctx context.Context) error {
	for _, f := range d.made.Functions { // only permissions are wanted, and the code has changed
		if slices.ContainsFunc(f.Steps, func(s upload.Step) bool { return s.Kind == upload.StepBundle && s.Blocked }) {
			return d.connection.devtools.Set(ctx, d.connection.env.ID, f.Name, nil)
		}
	}
	names := throughDevtools(d.made)
	if len(names) == 0 {
		return nil
	}
	d.app.say(text.DevtoolsStarting)
	return d.connection.devtools.advise(d.connection.devtools.tools.Ready(ctx), names[0])
}
