package cmd

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/perm"
)

type statusOptions struct {
	refresh     bool
	credentials credentialFlags
}

func (a *app) newStatus() *cobra.Command {
	var o statusOptions
	c := a.command("status [FUNCTION...]", text.StatusShort, text.StatusLong, clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local)
	c.Example = "  wxcloud status\n  wxcloud status notify 'order*' --env prod\n  wxcloud status --local --refresh"
	c.Flags().BoolVar(&o.refresh, "refresh", false, a.t(text.FlagRefresh))
	c.Flags().StringVar(&o.credentials.keyFile, "key", "", a.t(text.FlagKey))
	c.Flags().StringVar(&o.credentials.tokenCommand, "token-command", "", a.t(text.FlagTokenCommand))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, names []string) error { return a.status(c.Context(), names, o) }
	return c
}

// overview is `wxcloud` alone: the status of the project one stands in, else
// the help page, which begins with the two first commands.
func (a *app) overview(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return a.group(c, args)
	}
	if _, err := a.project(); clierr.Is(err, "config/no-project") && a.flags.root == "" {
		a.help(c)
		return nil
	}
	return a.status(c.Context(), nil, statusOptions{})
}

// statusDocument is the JSON form. Source says where "pushed" is from: the
// records of this project, or the cloud itself with --refresh.
type statusDocument struct {
	Schema      string           `json:"schema"`
	Project     string           `json:"project"`
	AppID       string           `json:"appId,omitempty"`
	Environment string           `json:"environment,omitempty"`
	Source      string           `json:"source"`
	Functions   []statusFunction `json:"functions"`
	Next        string           `json:"next,omitempty"`
}

type statusFunction struct {
	Function   string     `json:"function"`
	Called     []string   `json:"called"`
	Dynamic    int        `json:"dynamicCalls"`
	Declared   []string   `json:"declared"`
	Missing    []string   `json:"undeclared"`
	Unused     []string   `json:"unused"`
	Problem    string     `json:"problem,omitempty"` // why its config.json cannot be read
	DeployedAt time.Time  `json:"deployedAt,omitzero"`
	Pushed     []string   `json:"pushed"` // null: not known
	PushedAt   time.Time  `json:"pushedAt,omitzero"`
	Writer     string     `json:"writer,omitempty"`
	Evidence   string     `json:"evidence,omitempty"`
	Unpushed   []string   `json:"unpushed"`
	Lingering  []string   `json:"lingering"`
	State      perm.State `json:"state"`
	Verified   bool       `json:"verified"` // in force was really tried, not only waited for
	Until      time.Time  `json:"until,omitzero"`
}

func (a *app) status(ctx context.Context, patterns []string, o statusOptions) (err error) {
	p, err := a.project()
	if err != nil {
		return err
	}
	if len(patterns) > 0 {
		if p.Functions, err = functionNamed(p, patterns); err != nil {
			return err
		}
	}
	s, err := a.around(ctx, p)
	if err != nil {
		return err
	}
	source := "record"
	if o.refresh {
		if source, err = a.refresh(ctx, s, o.credentials); err != nil {
			return err
		}
	}
	rows := make([]statusRow, len(p.Functions))
	for i, f := range p.Functions {
		rows[i] = statusRow{function: f, facts: s.facts.Functions[i], Standing: perm.Stand(s.facts.Functions[i], s.facts)}
	}
	next := a.nextStep(s, rows)
	if a.flags.json {
		document := statusDocument{"wxcloud.status/1", p.Dir, p.AppID, s.env.ID, source, []statusFunction{}, next}
		for _, r := range rows {
			document.Functions = append(document.Functions, a.statusJSON(r))
		}
		return a.printJSON(document)
	}
	return a.printStatus(s, rows, len(patterns) > 0, next)
}

// statusRow is one function of the overview.
type statusRow struct {
	function config.Function
	facts    perm.FunctionFacts
	perm.Standing
}

// unreadable is the problem that keeps its config.json from being read, or nil.
func (r statusRow) unreadable() *config.Problem {
	at := slices.IndexFunc(r.function.Config.Problems, func(p config.Problem) bool { return p.Fatal })
	if at < 0 {
		return nil
	}
	return &r.function.Config.Problems[at]
}

// wants reports whether the function needs anything to be done.
func (r statusRow) wants() bool {
	return r.unreadable() != nil || len(r.Missing) > 0 || !slices.Contains([]perm.State{perm.StateNone, perm.StateVerified, perm.StateCurrent}, r.State)
}

func (a *app) statusJSON(r statusRow) statusFunction {
	list := func(names []string) []string { return append([]string{}, names...) }
	f := statusFunction{
		Function: r.function.Name, Called: r.Called, Dynamic: r.Dynamic, Declared: r.Declared, Missing: list(r.Missing), Unused: list(r.Unused),
		DeployedAt: r.facts.Record.DeployedAt, Pushed: r.Pushed, PushedAt: r.Since, Unpushed: list(r.Unpushed), Lingering: list(r.Lingering),
		State: r.State, Verified: r.State == perm.StateVerified, Until: r.Until,
	}
	if r.Pushed != nil {
		f.Writer, f.Evidence = r.facts.Record.Writer, r.facts.Record.Evidence
	}
	if p := r.unreadable(); p != nil {
		f.Problem = a.sentence(p.ID, p.Args, text.English)
	}
	return f
}

// refresh replaces the records by what the cloud itself says, as far as the
// credentials at hand can read it.
func (a *app) refresh(ctx context.Context, s *surroundings, credentials credentialFlags) (source string, err error) {
	if s.env.local() {
		a.liveFacts(ctx, s)
		return "cloud", nil
	}
	c, err := a.connect(ctx, s.project, credentials, connectPlanes{})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if s.env.ID != c.env.ID {
		s.env = c.env
		s.facts.Environment = c.env.Name
	}
	if c.permissions == nil {
		a.warn(text.StatusCannotRead)
		return "record", nil
	}
	for i := range s.facts.Functions {
		f := &s.facts.Functions[i]
		list, err := c.permissions.Get(ctx, c.env.ID, f.Name)
		if err != nil {
			return "", err
		}
		same := f.Record.Openapi != nil && perm.Diff(list, f.Record.Openapi).Empty()
		f.Record.Openapi = append([]string{}, list...)
		if !same {
			// Somebody else applied it, nobody here knows when.
			f.Record.AcceptedAt, f.Record.Writer, f.Record.Evidence = s.facts.Now, "", "read-back"
		}
	}
	return "cloud", nil
}

// nextStep is the command that brings most on: first what would fail, then what
// is not in the cloud, then what nobody has verified.
func (a *app) nextStep(s *surroundings, rows []statusRow) string {
	pick := func(fits func(statusRow) bool) (names []string) {
		for _, r := range rows {
			if fits(r) {
				names = append(names, shellQuote(r.function.Name))
			}
		}
		return names
	}
	some := func(names []string) string {
		const few = 3
		if len(names) > few {
			return ""
		}
		return " " + strings.Join(names, " ")
	}
	env := s.env
	if len(rows) == 0 {
		return "wxcloud init"
	}
	if names := pick(func(r statusRow) bool { return r.unreadable() != nil }); len(names) > 0 {
		return a.commandLine("lint", environment{})
	}
	if names := pick(func(r statusRow) bool { return len(r.Missing) > 0 }); len(names) > 0 {
		return a.commandLine("lint --fix", environment{})
	}
	if names := pick(func(r statusRow) bool { return r.State == perm.StateUnpushed || r.State == perm.StateUnknown }); len(names) > 0 {
		if env.ID == "" {
			env = environment{Name: "local", ID: "local"}
		}
		return a.commandLine("deploy"+some(names), env)
	}
	if names := pick(func(r statusRow) bool { return r.State == perm.StatePropagating || r.State == perm.StateElapsed }); len(names) > 0 {
		command := "perm wait " + names[0]
		if at := slices.IndexFunc(rows, func(r statusRow) bool { return shellQuote(r.function.Name) == names[0] }); rows[at].facts.Record.Unproven {
			// The last change is verified, but not the rest of the list.
			command += " --since " + atItsEnd(rows[at].Since, time.Second, s.facts.Now).Format(time.RFC3339)
		}
		return a.commandLine(command, env)
	}
	return ""
}
