package cmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
	"wxcloud/wxapi"
)

func (a *app) newAuth() *cobra.Command {
	c := a.command("auth", text.AuthShort, text.AuthLong, clierr.OK, clierr.Usage)
	c.Args = cobra.ArbitraryArgs
	c.RunE = a.group
	c.AddCommand(
		a.newAuthCommand("status", text.AuthStatusShort, text.AuthStatusLong, false, clierr.OK, clierr.Auth, clierr.Usage, clierr.Local),
		a.newAuthCommand("check", text.AuthCheckShort, text.AuthCheckLong, true,
			clierr.OK, clierr.Failed, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.OtherCredential),
	)
	return c
}

func (a *app) newAuthCommand(use string, short, long text.Sentence, ask bool, exits ...clierr.Exit) *cobra.Command {
	var flags credentialFlags
	c := a.command(use, short, long, exits...)
	c.Example = "  wxcloud auth " + use + "\n  wxcloud auth " + use + " --env prod --json"
	c.Flags().StringVar(&flags.keyFile, "key", "", a.t(text.FlagKey))
	flags.registerToken(a, c)
	c.Args = a.noArguments
	c.RunE = func(c *cobra.Command, _ []string) error { return a.auth(c.Context(), flags, ask) }
	return c
}

// plane is something a credential can do.
type plane string

// The planes, in the order of the table.
const (
	planeUpload      plane = "upload"
	planePermissions plane = "permissions"
	planeInvoke      plane = "invoke"
	planeLogs        plane = "logs"
)

var planes = [...]plane{planeUpload, planePermissions, planeInvoke, planeLogs}

// credential is one kind of credential: whether there is one, where from, and
// what it serves. The value itself is never part of it.
type credential struct {
	Kind   string `json:"kind"`
	Found  bool   `json:"found"`
	Source string `json:"source,omitempty"` // a variable, a file, a flag
	// Problem is why what was found cannot be used.
	Problem *trouble            `json:"problem,omitempty"`
	Planes  map[plane]planeFact `json:"planes"`

	name  text.Sentence
	set   string // how to give one, for the table
	value secrets
}

// planeFact is what is known of one plane of a credential.
type planeFact struct {
	// Serves is what the credential is documented to do: "yes", "no", or
	// "existing" when it changes functions but cannot create one.
	Serves string `json:"serves"`
	// Answer is what the cloud said when asked: "works", "refused", or
	// "unknown" when nothing there could be asked about.
	Answer  string   `json:"answer,omitempty"`
	Problem *trouble `json:"problem,omitempty"`
}

// trouble is an error inside a document.
type trouble struct {
	ID      string   `json:"id"`
	Message string   `json:"message"`
	Hints   []string `json:"hints"`
	err     *clierr.Error
}

func (a *app) trouble(err error) *trouble {
	var e *clierr.Error
	if !errors.As(err, &e) {
		e = clierr.New("cmd/failed", clierr.Failed, nil).Because(err)
	}
	f := a.describe(e)
	return &trouble{f.ID, f.Message, f.Hints, e}
}

func serves(upload, permissions, invoke, logs string) map[plane]planeFact {
	return map[plane]planeFact{
		planeUpload: {Serves: upload}, planePermissions: {Serves: permissions}, planeInvoke: {Serves: invoke}, planeLogs: {Serves: logs},
	}
}

func (a *app) auth(ctx context.Context, flags credentialFlags, ask bool) (err error) {
	p, err := a.projectWithoutRoot()
	if err != nil {
		return err
	}
	env, named, err := a.namedEnvironment(p)
	if err != nil {
		return err
	}
	endpoints, err := a.endpoints()
	if err != nil {
		return err
	}
	all := a.credentials(p, flags)
	appID := appIDOf(p)
	if named && env.local() {
		local, err := a.openLocal(ctx, p)
		if err != nil {
			return err
		}
		defer func() { _ = local.Close() }()
		if endpoints, err = wxapi.Local(local.URL()); err != nil {
			return err
		}
		appID = local.Credentials().AppID
		all = a.localCredentials(local)
	} else if ask {
		if err := knownAppID(p); err != nil {
			return err
		}
	}
	if ask {
		w, err := a.newWire(endpoints, appID)
		if err != nil {
			return err
		}
		w.retry.Attempts = 2 // a check tells what is, it does not wait for better
		if w.ownAppID = p.AppID; named && env.local() {
			w.ownAppID = appID
		} else {
			w.extAppID = p.ExtAppID
		}
		asked := ""
		if named {
			asked = env.ID
		}
		for i := range all {
			asked = a.askCloud(ctx, &all[i], w, asked)
			if cause := context.Cause(ctx); cause != nil {
				return cause
			}
		}
	}
	for _, c := range all {
		if c.Problem != nil && a.exit == clierr.OK {
			a.exit = c.Problem.err.Exit
		}
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema      string       `json:"schema"`
			AppID       string       `json:"appid"`
			Environment string       `json:"environment,omitempty"`
			Credentials []credential `json:"credentials"`
		}{"wxcloud.auth/1", appID, env.ID, all})
	}
	return a.printAuth(all, ask)
}

func (a *app) printAuth(all []credential, asked bool) error {
	theme := a.io.OutTheme()
	table := ui.NewTable(theme, a.t(text.HeadCredential), a.t(text.HeadPlaneUpload), a.t(text.HeadPlanePermissions),
		a.t(text.HeadPlaneInvoke), a.t(text.HeadPlaneLogs), a.t(text.HeadFrom))
	found := false
	for _, c := range all {
		row := []ui.Cell{{Text: a.t(c.name)}}
		for _, plane := range planes {
			row = append(row, a.planeCell(theme, c, c.Planes[plane]))
		}
		from := ui.Cell{Text: c.Source}
		switch {
		case c.Problem != nil:
			from = ui.Cell{Text: a.t(text.AuthUnusable, "source", c.Source), Style: theme.Red}
		case !c.Found:
			from = ui.Cell{Text: a.t(text.AuthNone, "set", c.set), Style: theme.Dim}
		}
		found = found || c.Found
		table.Cells(append(row, from)...)
	}
	if err := table.Write(a.io.Out, a.io.OutWidth()); err != nil {
		return err
	}
	told := map[string]bool{}
	for _, c := range all {
		a.tellProblem(c.name, c.Problem, told)
		for _, plane := range planes {
			a.tellProblem(c.name, c.Planes[plane].Problem, told)
		}
	}
	if !found {
		a.say(text.AuthNothing)
		a.next("wxcloud deploy --local")
	} else if !asked {
		a.next("wxcloud auth check")
	}
	return nil
}

// planeCell is one plane of one credential: what it serves, or, once the cloud
// was asked, what it said.
func (a *app) planeCell(theme ui.Theme, c credential, f planeFact) ui.Cell {
	switch {
	case !c.Found || c.Problem != nil:
		return ui.Cell{Text: "-", Style: theme.Dim}
	case f.Answer == "works":
		return ui.Cell{Text: a.t(text.AuthWorks), Style: theme.Green}
	case f.Answer == "refused":
		return ui.Cell{Text: a.t(text.AuthRefused), Style: theme.Red}
	case f.Answer == "unknown":
		return ui.Cell{Text: a.t(text.AuthUnknown), Style: theme.Yellow}
	case f.Serves == "yes":
		return ui.Cell{Text: a.t(text.WordYes), Style: theme.Green}
	case f.Serves == "existing":
		return ui.Cell{Text: a.t(text.AuthExisting), Style: theme.Green}
	}
	return ui.Cell{Text: a.t(text.WordNo)}
}

// tellProblem writes a problem once, with its hints, and makes its status that
// of the run if none is yet.
func (a *app) tellProblem(name text.Sentence, p *trouble, told map[string]bool) {
	if p == nil {
		return
	}
	message := a.message(p.err, a.lang)
	key := a.t(name) + message
	if told[key] {
		return
	}
	told[key] = true
	theme := a.io.ErrTheme()
	_, _ = fmt.Fprintf(a.io.Err, "%s%s: %s\n", theme.Red(a.t(text.ErrorWord)), a.t(name), message)
	for _, h := range hints(p.err) {
		_, _ = fmt.Fprintf(a.io.Err, "%s%s\n", theme.Cyan(a.t(text.HintWord)), a.sentence(h.ID, h.Args, a.lang))
	}
}
