package cmd

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/perm"
	"wxcloud/upload"
)

func (a *app) newPermPush() *cobra.Command {
	var functions functionFlags
	var credentials credentialFlags
	var dryRun bool
	c := a.command("push [FUNCTION...]", text.PermPushShort, text.PermPushLong, clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound,
		clierr.Cloud, clierr.Local, clierr.Partial, clierr.OtherCredential)
	c.Example = "  wxcloud perm push notify --env prod\n  wxcloud perm push --all --env prod --yes --token-command ./token.sh"
	functions.register(a, c)
	credentials.register(a, c)
	c.Flags().BoolVar(&dryRun, "dry-run", false, a.t(text.FlagPushDryRun))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, names []string) error {
		functions.names = append(functions.names, names...)
		return a.permissionLists(c.Context(), functions, false, credentials, func(_ *config.Project, connection *connection, store *state.Store, lists []compared) error {
			return a.permPush(c.Context(), connection, store, lists, dryRun)
		})
	}
	return c
}

// pushed is one function in the JSON document of perm push.
type pushed struct {
	Function string   `json:"function"`
	Added    []string `json:"added"`
	Removed  []string `json:"removed"`
	// Status is "unchanged", "accepted", "verified" (read back: stored, not in
	// force) or "failed".
	Status     string    `json:"status"`
	AcceptedAt time.Time `json:"acceptedAt,omitzero"`
	Error      *failure  `json:"error,omitempty"`

	err error
}

// permPush stores the declared lists and nothing else.
func (a *app) permPush(ctx context.Context, c *connection, store *state.Store, lists []compared, dryRun bool) error {
	if c.permissions == nil {
		names := make([]string, len(lists))
		for i, list := range lists {
			names[i] = list.Function
		}
		return a.otherCredential("cmd/cannot-write-permissions", c.env, names)
	}
	for _, list := range lists {
		if list.Source == fromAbsent && list.differs() {
			return a.notDeployed(c.env, list.Function)
		}
	}
	if !a.flags.json {
		for _, list := range lists {
			if list.differs() {
				a.printChange(list)
			}
		}
	}
	var pending []compared
	for _, list := range lists {
		if list.differs() || !settledSource(list.Source) {
			pending = append(pending, list)
		}
	}
	if len(pending) > 0 && !dryRun {
		if err := a.confirmPush(pending, c.env); err != nil {
			return err
		}
	}
	done := make([]pushed, len(lists))
	for i, list := range lists {
		done[i] = a.pushList(ctx, c, store, list, dryRun)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	return a.pushDone(c, done, dryRun)
}

// printChange shows on stderr what a push would change.
func (a *app) printChange(list compared) {
	var changes []string
	for _, name := range list.OnlyHere {
		changes = append(changes, "+"+name)
	}
	for _, name := range list.OnlyThere {
		changes = append(changes, "-"+name)
	}
	a.say(text.Verbatim, "text", list.Function+": "+strings.Join(changes, " "))
}

// confirmPush asks before lists of a real environment are replaced, as deploy does.
func (a *app) confirmPush(pending []compared, env environment) error {
	if env.local() || a.flags.yes {
		return nil
	}
	if a.mayAsk() {
		yes, err := a.confirm(a.t(text.AskPush, "functions", strings.Join(functionsOf(pending), ", "), "env", env.Name), !env.Protected)
		if err == nil && !yes {
			err = clierr.New("cmd/not-confirmed", clierr.Usage, nil)
		}
		return err
	}
	removes := false
	for _, list := range pending {
		removes = removes || len(list.OnlyThere) > 0
	}
	switch {
	case env.Protected:
		return clierr.New("cmd/protected", clierr.Usage, clierr.Args{"env": env.Name}).Hint("cmd/hint-yes", nil)
	case removes:
		return clierr.New("cmd/push-removes", clierr.Usage, clierr.Args{"env": env.Name}).Hint("cmd/hint-dry-run", nil).Hint("cmd/hint-yes", nil)
	default:
		return nil
	}
}

// settledSource reports whether a list without a difference needs no push: what
// the record says may no longer be so.
func settledSource(source string) bool { return source == fromCloud || source == fromAbsent }

func (a *app) notDeployed(env environment, function string) error {
	return clierr.New("cmd/permissions-absent", clierr.NotFound, clierr.Args{"functions": function, "env": env.Name}).
		Hint("cmd/hint-run", clierr.Args{"command": a.commandLine("deploy "+function, env)})
}

func functionsOf(lists []compared) []string {
	names := make([]string, len(lists))
	for i, list := range lists {
		names[i] = list.Function
	}
	return names
}

func (a *app) pushList(ctx context.Context, c *connection, store *state.Store, list compared, dryRun bool) pushed {
	d := pushed{Function: list.Function, Added: list.OnlyHere, Removed: list.OnlyThere, Status: "unchanged"}
	if dryRun || !list.differs() && settledSource(list.Source) {
		return d
	}
	applied, err := upload.PushPermissions(ctx, upload.Push{
		Env: c.env.ID, Function: list.Function, Openapi: list.Declared, Before: list.Stored,
		Permissions: c.permissions, State: store, Writer: "third-party",
	})
	d.Added, d.Removed = append([]string{}, applied.Added...), append([]string{}, applied.Removed...)
	d.AcceptedAt, d.err = applied.At, err
	if !applied.At.IsZero() || err != nil {
		d.Status = string(applied.Status)
	}
	if err != nil {
		d.Status = string(upload.Failed)
		var e *clierr.Error
		if errors.As(err, &e) {
			described := a.describe(e)
			d.Error = &described
		}
	}
	return d
}

// pushDone is the result. It says "stored", and never that anything is in force.
func (a *app) pushDone(c *connection, done []pushed, dryRun bool) error {
	var failed []error
	waiting := ""
	for _, d := range done {
		switch {
		case d.err != nil && len(done) == 1:
			return d.err
		case d.err != nil:
			failed = append(failed, d.err)
		case !d.AcceptedAt.IsZero():
			waiting += " " + d.Function
		}
	}
	if len(failed) > 0 {
		a.exit = exitOf(failed, len(done))
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema      string   `json:"schema"`
			Environment string   `json:"environment"`
			DryRun      bool     `json:"dryRun"`
			Functions   []pushed `json:"functions"`
		}{"wxcloud.perm.push/1", c.env.ID, dryRun, done})
	}
	theme := a.io.OutTheme()
	for _, d := range done {
		changes := strings.Join(changeNames(perm.Change{Added: d.Added, Removed: d.Removed}), ", ")
		switch {
		case d.err != nil:
			a.printf("%s %s: %s\n", theme.Cross(), d.Function, a.errorText(d.err))
		case dryRun && changes != "":
			a.print(text.PushWould, "function", d.Function, "names", changes, "env", c.env.Name)
		case d.Status == string(upload.Verified):
			a.printf("%s %s\n", theme.Check(), a.t(text.PushVerified, "function", d.Function, "names", changes, "env", c.env.Name))
		case d.Status == string(upload.Accepted):
			a.printf("%s %s\n", theme.Warning(), a.t(text.PushOnlyAccepted, "function", d.Function, "names", changes, "env", c.env.Name))
		default:
			a.print(text.PushSame, "function", d.Function, "env", c.env.Name)
		}
	}
	if waiting != "" && len(failed) == 0 {
		a.say(text.PushPropagating)
		a.next(a.commandLine("perm wait"+waiting, c.env))
	}
	return nil
}
