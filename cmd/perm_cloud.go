package cmd

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/perm"
	"wxcloud/upload"
	"wxcloud/wxapi"
)

// Where a list that stands for the cloud's was learnt from.
const (
	fromCloud   = "cloud"   // read just now
	fromRecord  = "record"  // .wxcloud/state.json or wxcloud.lock: what was last applied, as far as is known
	fromNowhere = "unknown" // nobody can say
	fromAbsent  = "absent"  // the cloud has no such function
)

// compared is one function's declaration beside the cloud's list, in the JSON
// documents of perm diff, pull and push.
type compared struct {
	Function string `json:"function"`
	File     string `json:"file"`
	// Source is "cloud", "record", "absent" or "unknown"; At and Writer are the record's.
	Source   string    `json:"source"`
	At       time.Time `json:"at,omitzero"`
	Writer   string    `json:"writer,omitempty"`
	Declared []string  `json:"declared"`
	Stored   []string  `json:"stored"`
	// OnlyHere are declared and not stored, OnlyThere stored and not declared.
	OnlyHere  []string `json:"onlyHere"`
	OnlyThere []string `json:"onlyThere"`

	function config.Function
}

func (c compared) differs() bool { return len(c.OnlyHere)+len(c.OnlyThere) > 0 }

// compareLists sets the declarations of functions against what the cloud has
// stored, or where no credential reads that, against what was last applied.
func (a *app) compareLists(ctx context.Context, c *connection, store *state.Store, functions []config.Function) ([]compared, error) {
	all := make([]compared, len(functions))
	for i, f := range functions {
		list := compared{Function: f.Name, File: a.relative(f.Config.Path), Source: fromNowhere, Declared: []string{}, Stored: []string{}, function: f}
		for _, name := range declaredNames(f) {
			if !slices.Contains(list.Declared, name) {
				list.Declared = append(list.Declared, name)
			}
		}
		err := upload.ErrCannotRead
		if c.permissions != nil {
			var stored []string
			if stored, err = c.permissions.Get(ctx, c.env.ID, f.Name); err == nil {
				list.Source, list.Stored = fromCloud, stored
			}
		}
		switch {
		case err == nil:
		case isAbsent(err):
			list.Source = fromAbsent
		case !errors.Is(err, upload.ErrCannotRead):
			return nil, err
		default:
			known, _, err := store.Function(c.env.ID, f.Name)
			if err != nil {
				return nil, err
			}
			if known.Openapi != nil {
				list.Source, list.Stored, list.At, list.Writer = fromRecord, known.Openapi, known.OpenapiAcceptedAt, known.Writer
			}
		}
		difference := perm.Diff(list.Declared, list.Stored)
		list.OnlyHere, list.OnlyThere = append([]string{}, difference.Missing...), append([]string{}, difference.Unused...)
		all[i] = list
	}
	return all, nil
}

// isAbsent recognises the answer of the permission plane for a function that is
// not deployed; its code is also that of an unknown environment.
func isAbsent(err error) bool {
	e, ok := errors.AsType[*wxapi.APIError](err)
	return ok && e.Code == noEnvironmentOrFunction && strings.Contains(e.Message, "FunctionName")
}

const noEnvironmentOrFunction = "-501000"

// printCompared shows one function: what only config.json has, what only the
// cloud has, and how far that can be relied on.
func (a *app) printCompared(c compared, env environment) {
	theme := a.io.OutTheme()
	source := text.DiffFromCloud
	switch c.Source {
	case fromRecord:
		source = text.DiffFromRecord
	case fromNowhere:
		source = text.DiffFromNowhere
	case fromAbsent:
		source = text.DiffFromAbsent
	}
	a.printf("%s  %s\n", theme.Bold(c.Function), theme.Dim(a.t(source, "env", env.Name, "time", c.At.Local().Format(time.DateTime), "writer", c.Writer)))
	for _, name := range c.OnlyHere {
		a.printf("  %s %s  %s\n", theme.Green("+"), name, theme.Dim(a.t(text.DiffOnlyHere)))
	}
	for _, name := range c.OnlyThere {
		a.printf("  %s %s  %s\n", theme.Red("-"), name, theme.Dim(a.t(text.DiffOnlyThere)))
	}
	if !c.differs() {
		a.printf("  %s\n", a.t(text.DiffSame, "count", a.countNames(c.Stored)))
	}
}

func (a *app) countNames(names []string) string { return orElse(strings.Join(names, ", "), "-") }

// permissionLists opens the project and the environment for a command that
// compares lists.
func (a *app) permissionLists(ctx context.Context, functions functionFlags, allByDefault bool, credentials credentialFlags,
	work func(*config.Project, *connection, *state.Store, []compared) error,
) (err error) {
	p, err := a.project()
	if err != nil {
		return err
	}
	chosen, err := a.chooseFunctions(p, functions.names, functions.all || allByDefault && len(functions.names) == 0)
	if err != nil {
		return err
	}
	c, err := a.connect(ctx, p, credentials, connectPlanes{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	store, err := state.Open(p.Dir)
	if err != nil {
		return err
	}
	lists, err := a.compareLists(ctx, c, store, chosen)
	if err != nil {
		return err
	}
	return work(p, c, store, lists)
}

// otherCredential is exit code 10: what the credentials at hand cannot do, and
// who can.
func (a *app) otherCredential(id clierr.ID, env environment, functions []string) error {
	e := clierr.New(id, clierr.OtherCredential, clierr.Args{"env": env.Name, "functions": strings.Join(functions, ", ")}).
		Hint("cmd/hint-token", nil)
	if tools, err := a.findDevtools(""); tools != nil && err == nil {
		return e.Hint("cmd/hint-devtools-deploy", clierr.Args{"command": a.commandLine("deploy "+strings.Join(functions, " "), env)})
	}
	return e.Hint("cmd/hint-devtools", clierr.Args{"command": a.commandLine("perm mark "+functions[0], env)})
}
