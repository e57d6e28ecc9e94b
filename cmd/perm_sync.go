package cmd

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/catalog"
	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
	"wxcloud/lint"
	"wxcloud/lint/rules"
)

type permSyncOptions struct {
	functions functionFlags
	observed  bool
	dryRun    bool
}

func (a *app) newPermSync() *cobra.Command {
	var o permSyncOptions
	c := a.command("sync [FUNCTION...]", text.PermSyncShort, text.PermSyncLong, clierr.OK, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Example = "  wxcloud perm sync notify\n  wxcloud perm sync --all --yes\n  wxcloud perm sync --observed"
	o.functions.register(a, c)
	c.Flags().BoolVar(&o.observed, "observed", false, a.t(text.FlagObserved))
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, a.t(text.FlagSyncDryRun))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, names []string) error {
		o.functions.names = append(o.functions.names, names...)
		return a.permSync(c.Context(), o)
	}
	return c
}

// syncEntry is one name of a sync and why it is treated as it is.
type syncEntry struct {
	API string `json:"api"`
	// Why is "called", "observed", "unknown", "unused", "kept" or "unconfirmed".
	Why string `json:"why"`
	// Place is where the code calls it, "" for one that was only observed.
	Place    string             `json:"place,omitempty"`
	Observed *emulator.Observed `json:"observed,omitempty"`

	declared config.Declared
}

// syncedFunction is what perm sync does to one function.
type syncedFunction struct {
	Function string      `json:"function"`
	File     string      `json:"file"`
	Added    []syncEntry `json:"added"`
	Removed  []syncEntry `json:"removed"`
	// Left are names that would be added or removed if somebody said so.
	Left []syncEntry `json:"left"`
	// Kept are entries that nothing calls and wxcloud.json says to keep.
	Kept []syncEntry `json:"kept"`
	// ObservedOnly are calls made on the local cloud that reading the code does
	// not show, declared or not.
	ObservedOnly []syncEntry `json:"observedOnly"`
	Changed      bool        `json:"changed"`

	function config.Function
}

func (a *app) permSync(ctx context.Context, o permSyncOptions) error {
	p, err := a.project()
	if err != nil {
		return err
	}
	functions, err := a.chooseFunctions(p, o.functions.names, o.functions.all)
	if err != nil {
		return err
	}
	seen := map[string][]emulator.Observed{}
	if o.observed {
		if seen, err = a.observedCalls(ctx, p); err != nil {
			return err
		}
	}
	options := a.lintOptionsAt(a.projectRoot(p))
	options.Ignore, options.Partial = p.Settings.Lint.Ignore, true
	report, err := lint.Analyze(ctx, functions, rules.All(), options)
	if err != nil {
		return err
	}
	synced := make([]syncedFunction, 0, len(functions))
	removals := 0
	for _, f := range functions {
		s := a.syncOf(f, report, seen[f.Name])
		removals += len(s.Removed)
		synced = append(synced, s)
	}
	if removals > 0 && !o.dryRun {
		if err := a.confirmRemovals(synced, removals); err != nil {
			return err
		}
	}
	if err := a.applySync(ctx, p, synced, o.dryRun); err != nil {
		return err
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema    string           `json:"schema"`
			DryRun    bool             `json:"dryRun"`
			Functions []syncedFunction `json:"functions"`
		}{"wxcloud.perm.sync/1", o.dryRun, synced})
	}
	a.printSync(synced, o.dryRun)
	return nil
}

// observedCalls are the calls the project's local cloud saw, by function.
func (a *app) observedCalls(ctx context.Context, p *config.Project) (map[string][]emulator.Observed, error) {
	local, err := a.openLocal(ctx, p)
	if err != nil {
		return nil, err
	}
	status, err := local.Status(ctx)
	if closeErr := local.Close(); err == nil {
		err = closeErr
	}
	calls := map[string][]emulator.Observed{}
	for i := range status.Functions {
		calls[status.Functions[i].Name] = status.Functions[i].Observed
	}
	return calls, err
}

// syncOf decides what happens to the names of one function. What lint may not
// judge (a call whose name only run time knows, a file that cannot be read)
// leads to no removal: then lint does not call an entry unused.
func (a *app) syncOf(f config.Function, r lint.Report, seen []emulator.Observed) syncedFunction {
	s := syncedFunction{
		Function: f.Name, File: a.relative(f.Config.Path), function: f,
		Added: []syncEntry{}, Removed: []syncEntry{}, Left: []syncEntry{}, Kept: []syncEntry{}, ObservedOnly: []syncEntry{},
	}
	called := map[string]bool{}
	for i := range r.Functions {
		if r.Functions[i].Name == f.Name {
			for _, c := range r.Functions[i].Calls {
				called[c.API] = true
			}
		}
	}
	add := func(e syncEntry) {
		list := &s.Added
		if _, known := catalog.Lookup(e.API); !known {
			e.Why, list = "unknown", &s.Left
		}
		if !slices.ContainsFunc(*list, func(other syncEntry) bool { return other.API == e.API }) {
			*list = append(*list, e)
		}
	}
	observed := map[string]bool{}
	for i := range seen {
		e := syncEntry{API: seen[i].API, Why: "observed", Observed: &seen[i]}
		observed[e.API] = true
		if !called[e.API] {
			s.ObservedOnly = append(s.ObservedOnly, e)
		}
		if !f.Declares(e.API) && !called[e.API] {
			add(e)
		}
	}
	for i := range r.Diagnostics {
		d := &r.Diagnostics[i]
		if d.Function != f.Name {
			continue
		}
		switch d.Rule {
		case "undeclared-api":
			add(syncEntry{API: d.API, Why: "called", Place: clierr.Position{File: d.File, Line: d.Line}.String()})
		case "unused-permission":
			if entry, ok := declaredAt(f, d); ok && !observed[d.API] {
				s.Removed = append(s.Removed, syncEntry{API: d.API, Why: "unused", declared: entry})
			}
		}
	}
	for _, entry := range f.Config.Openapi {
		if slices.Contains(f.Keep, entry.Name) && !called[entry.Name] && !observed[entry.Name] {
			s.Kept = append(s.Kept, syncEntry{API: entry.Name, Why: "kept", declared: entry})
		}
	}
	return s
}

func declaredAt(f config.Function, d *lint.Diagnostic) (config.Declared, bool) {
	for _, entry := range f.Config.Openapi {
		if entry.Name == d.API && entry.Line == d.Line && entry.Column == d.Column {
			return entry, true
		}
	}
	return config.Declared{}, false
}

// confirmRemovals asks before anything is taken away. Where nobody can be asked
// the entries are left and listed as such: an entry too many breaks nothing.
func (a *app) confirmRemovals(synced []syncedFunction, count int) error {
	yes := a.flags.yes
	if !yes && a.mayAsk() {
		var names []string
		for _, s := range synced {
			for _, e := range s.Removed {
				names = append(names, s.Function+": "+e.API)
			}
		}
		var err error
		if yes, err = a.confirm(a.t(text.AskSyncRemove, "count", strconv.Itoa(count), "names", strings.Join(names, ", ")), false); err != nil {
			return err
		}
	}
	if yes {
		return nil
	}
	for i := range synced {
		for _, e := range synced[i].Removed {
			e.Why = "unconfirmed"
			synced[i].Left = append(synced[i].Left, e)
		}
		synced[i].Removed = []syncEntry{}
	}
	return nil
}

// applySync works out every edit before it makes the first.
func (a *app) applySync(ctx context.Context, p *config.Project, synced []syncedFunction, dryRun bool) error {
	edits := make([]config.Edit, len(synced))
	for i := range synced {
		s := &synced[i]
		var changes config.OpenapiEdits
		for _, e := range s.Added {
			changes.Add = append(changes.Add, e.API)
		}
		for _, e := range s.Removed {
			changes.Remove = append(changes.Remove, e.declared)
		}
		if len(changes.Add)+len(changes.Remove) == 0 {
			continue
		}
		if err := refuseGenerated(ctx, s.function.Config.Path); err != nil {
			return err
		}
		var err error
		if edits[i], err = config.EditOpenapi(s.function, p.Functions, changes); err != nil {
			return err
		}
	}
	for i := range edits {
		if !edits[i].Changed || dryRun {
			continue
		}
		if err := edits[i].Apply(); err != nil {
			return err
		}
		synced[i].Changed = true
	}
	return nil
}

func (a *app) printSync(synced []syncedFunction, dryRun bool) {
	theme := a.io.OutTheme()
	changed := ""
	for _, s := range synced {
		a.printf("%s\n", theme.Bold(s.File))
		for _, e := range s.Added {
			a.printf("  %s %s  %s\n", theme.Green("+"), e.API, theme.Dim(a.syncWhy(e)))
		}
		for _, e := range s.Removed {
			a.printf("  %s %s  %s\n", theme.Red("-"), e.API, theme.Dim(a.syncWhy(e)))
		}
		for _, e := range s.Left {
			a.printf("  %s %s  %s\n", theme.Yellow("?"), e.API, theme.Dim(a.syncWhy(e)))
		}
		for _, e := range s.Kept {
			a.printf("  %s %s  %s\n", theme.Dim("="), e.API, theme.Dim(a.syncWhy(e)))
		}
		for _, e := range s.ObservedOnly {
			if s.function.Declares(e.API) {
				a.printf("  %s %s  %s\n", theme.Dim("="), e.API, theme.Dim(a.syncWhy(e)))
			}
		}
		if len(s.Added)+len(s.Removed)+len(s.Left)+len(s.Kept)+len(s.ObservedOnly) == 0 {
			a.printf("  %s\n", a.t(text.SyncNothing))
		}
		if s.Changed {
			changed = strings.TrimSpace(changed + " " + s.Function)
		}
	}
	switch {
	case dryRun:
		a.say(text.SyncDryRun)
	case changed != "" && !strings.Contains(changed, " "):
		a.next(a.commandLine("deploy "+changed, environment{}))
	case changed != "":
		a.next(a.commandLine("deploy", environment{}))
	}
}

func (a *app) syncWhy(e syncEntry) string {
	switch e.Why {
	case "called":
		return a.t(text.SyncCalled, "place", e.Place)
	case "unknown":
		return a.t(text.SyncUnknown, "api", e.API)
	case "unused":
		return a.t(text.SyncUnused)
	case "kept":
		return a.t(text.SyncKept)
	case "unconfirmed":
		return a.t(text.SyncUnconfirmed)
	default:
		return a.t(text.SyncObserved, "calls", strconv.Itoa(e.Observed.Calls), "time", e.Observed.LastAt.Local().Format(time.DateTime))
	}
}
