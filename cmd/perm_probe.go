package cmd

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/catalog"
	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/atomicfile"
	"wxcloud/internal/clierr"
	"wxcloud/internal/diff"
	"wxcloud/internal/probe"
	"wxcloud/internal/state"
	"wxcloud/internal/ui"
	"wxcloud/lint/js"
)

type permProbeOptions struct {
	functions functionFlags
	apis      []string
	dryRun    bool
}

func (a *app) newPermProbe() *cobra.Command {
	c := a.command("probe", text.PermProbeShort, text.PermProbeLong, clierr.OK, clierr.Usage)
	c.Args = cobra.ArbitraryArgs
	c.RunE = a.group
	c.AddCommand(a.newPermProbeAdd(), a.newPermProbeRm(), a.newPermProbeShow())
	return c
}

func (a *app) newPermProbeAdd() *cobra.Command {
	var o permProbeOptions
	c := a.command("add [FUNCTION...]", text.ProbeAddShort, text.ProbeAddLong, clierr.OK, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Example = "  wxcloud perm probe add notify\n  wxcloud perm probe add notify --api subscribeMessage.send --dry-run"
	c.Flags().StringSliceVar(&o.apis, "api", nil, a.t(text.FlagProbeAPI))
	return a.probeCommand(c, &o, func(ctx context.Context, p *config.Project, f config.Function) (probeEdit, error) {
		return a.probeAdd(ctx, p, f, o)
	})
}

func (a *app) newPermProbeRm() *cobra.Command {
	var o permProbeOptions
	c := a.command("rm [FUNCTION...]", text.ProbeRmShort, text.ProbeRmLong, clierr.OK, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Example = "  wxcloud perm probe rm notify\n  wxcloud perm probe rm --all"
	return a.probeCommand(c, &o, func(_ context.Context, _ *config.Project, f config.Function) (probeEdit, error) {
		return a.probeRm(f)
	})
}

// probeCommand makes a command that edits the entry files of functions. It works
// out every edit before it makes the first.
func (a *app) probeCommand(c *cobra.Command, o *permProbeOptions, edit func(context.Context, *config.Project, config.Function) (probeEdit, error)) *cobra.Command {
	o.functions.register(a, c)
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, a.t(text.FlagSyncDryRun))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, names []string) error {
		p, err := a.project()
		if err != nil {
			return err
		}
		functions, err := a.chooseFunctions(p, append(o.functions.names, names...), o.functions.all)
		if err != nil {
			return err
		}
		edits := make([]probeEdit, len(functions))
		for i, f := range functions {
			if edits[i], err = edit(c.Context(), p, f); err != nil {
				return err
			}
			if edits[i].Changed = string(edits[i].before) != string(edits[i].after); edits[i].Changed {
				if err := refuseGenerated(c.Context(), edits[i].path); err != nil {
					return err
				}
			}
		}
		return a.applyProbes(edits, o.dryRun)
	}
	return c
}

// probeEdit is what happens to one entry file, in the JSON document of perm probe.
type probeEdit struct {
	Function string `json:"function"`
	File     string `json:"file"`
	Changed  bool   `json:"changed"`
	// Asks are the interfaces the function's block asks afterwards.
	Asks []string `json:"asks"`
	// Unprobed are interfaces the function uses that no reviewed probe can ask.
	Unprobed []string `json:"unprobed"`

	path          string
	compiled      bool // the entry file is made from this one
	before, after []byte
}

func (a *app) applyProbes(edits []probeEdit, dryRun bool) error {
	changed := ""
	for _, e := range edits {
		if !e.Changed || dryRun {
			continue
		}
		if now, err := os.ReadFile(e.path); err != nil || string(now) != string(e.before) {
			return clierr.New("config/changed-meanwhile", clierr.Local, nil).In(clierr.Position{File: e.path}).Because(err)
		}
		if err := atomicfile.Write(e.path, e.after, 0o644); err != nil {
			return clierr.New("cmd/probe-unwritable", clierr.Local, nil).In(clierr.Position{File: e.path}).Because(err)
		}
		changed = strings.TrimSpace(changed + " " + e.Function)
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema    string      `json:"schema"`
			DryRun    bool        `json:"dryRun"`
			Functions []probeEdit `json:"functions"`
		}{"wxcloud.perm.probe/1", dryRun, edits})
	}
	for _, e := range edits {
		switch {
		case dryRun:
			a.printf("%s", a.painted(diff.Unified(a.patchName(e.path), e.before, e.after)))
		case !e.Changed:
			a.print(text.ProbeUnchanged, "file", e.File)
		case len(e.Asks) == 0:
			a.print(text.ProbeRemoved, "file", e.File)
		default:
			a.print(text.ProbeAdded, "file", e.File, "names", strings.Join(e.Asks, ", "))
		}
		if len(e.Asks) > 0 && len(e.Unprobed) > 0 {
			a.say(text.ProbeUnprobed, "function", e.Function, "names", strings.Join(e.Unprobed, ", "))
		}
	}
	for _, e := range edits {
		if e.Changed && !dryRun && e.compiled {
			a.say(text.ProbeCompile, "file", e.File)
		}
	}
	if changed != "" {
		a.next(a.commandLine("deploy "+changed, environment{}))
	}
	return nil
}

func (a *app) probeAdd(ctx context.Context, p *config.Project, f config.Function, o permProbeOptions) (probeEdit, error) {
	e, err := a.probeFile(f)
	if err != nil {
		return e, err
	}
	names, err := a.probeNames(ctx, p, f, o.apis)
	if err != nil {
		return e, err
	}
	usable := false
	for _, name := range names {
		if _, ok := catalog.LookupProbe(name); ok {
			usable = true
		} else {
			e.Unprobed = append(e.Unprobed, name)
		}
	}
	if !usable {
		return e, clierr.New("cmd/probe-nothing", clierr.NotFound, clierr.Args{"function": f.Name, "names": orElse(strings.Join(names, ", "), "-")}).
			Hint("cmd/hint-probe-known", clierr.Args{"names": strings.Join(catalog.Probes(), ", ")}).
			Hint("cmd/hint-probe-event", clierr.Args{"function": f.Name})
	}
	var calls []probe.Call
	calls, e.Asks = probeCalls(o.apis)
	bare, _, err := probe.Remove(e.before)
	if err != nil {
		return e, a.probeRefusal(e, err)
	}
	var compiled []byte
	if e.compiled {
		compiled, _ = os.ReadFile(filepath.Join(f.Dir, filepath.FromSlash(f.Entry)))
	}
	site, why := probeSite(f.Name, e.path, bare, compiled)
	if why != js.HandlerFound {
		return e, clierr.New("cmd/probe-refused", clierr.Local, clierr.Args{"reason": a.t(text.ProbeReason(string(why)))}).In(clierr.Position{File: e.path}).
			Hint("cmd/hint-probe-event", clierr.Args{"function": f.Name})
	}
	if e.after, err = probe.Add(bare, site, calls); err != nil {
		return e, a.probeRefusal(e, err)
	}
	return e, nil
}

// probeCalls are what a block can ask: the named interfaces, else every one with
// a reviewed probe. Code that is deployed can then say whether the permission is
// granted that the next code needs.
func probeCalls(named []string) (calls []probe.Call, names []string) {
	for _, name := range catalog.Probes() {
		if len(named) == 0 || slices.Contains(named, name) {
			known, _ := catalog.LookupProbe(name)
			calls, names = append(calls, probe.Call{API: name, Args: known.Args}), append(names, name)
		}
	}
	return calls, names
}

// probeSite finds where the block goes. TypeScript whose main has no place for it
// takes it behind everything, if the compiler is seen to make a property of main
// that can be set; what a bundler makes cannot.
func probeSite(function, path string, src, compiled []byte) (probe.Site, js.NoHandler) {
	h, why := js.FindHandler(path, src)
	switch why {
	case js.HandlerNoEvent, js.HandlerExpression, js.HandlerNotAsync:
		if h.TypeScript && bytes.Contains(compiled, []byte("exports.main = void 0")) {
			return probe.Site{Function: function, TypeScript: true}, js.HandlerFound
		}
	}
	return probe.Site{Function: function, Module: h.Module, TypeScript: h.TypeScript, Body: h.Body, Event: h.Event}, why
}

func (a *app) probeRm(f config.Function) (probeEdit, error) {
	e, err := a.probeFile(f)
	if err != nil {
		return e, err
	}
	if e.after, _, err = probe.Remove(e.before); err != nil {
		return e, a.probeRefusal(e, err)
	}
	return e, nil
}

func (a *app) probeRefusal(e probeEdit, err error) error {
	if errors.Is(err, probe.ErrTorn) {
		return clierr.New("cmd/probe-torn", clierr.Local, nil).In(clierr.Position{File: e.path})
	}
	return err
}

// probeNames are the interfaces a function has to do with: those named, else what
// it declares and calls and, because a removal can be asked too, what was applied.
func (a *app) probeNames(ctx context.Context, p *config.Project, f config.Function, given []string) ([]string, error) {
	if len(given) > 0 {
		return slices.Compact(slices.Sorted(slices.Values(given))), nil
	}
	names := declaredNames(f)
	report, err := a.analyze(ctx, []config.Function{f}, a.projectRoot(p))
	if err != nil {
		return nil, err
	}
	for i := range report.Functions {
		for _, call := range report.Functions[i].Calls {
			names = append(names, call.API)
		}
	}
	store, err := state.Open(p.Dir)
	if err != nil {
		return nil, err
	}
	for _, env := range append(p.Settings.Environments, config.Environment{ID: state.Local}) {
		known, _, err := store.Function(env.ID, f.Name)
		if err != nil {
			return nil, err
		}
		names = append(names, known.Openapi...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// probeFile reads the file the block stands in: the entry file or, of one that a
// compiler made, the TypeScript it is made from.
func (a *app) probeFile(f config.Function) (probeEdit, error) {
	e := probeEdit{Function: f.Name, Asks: []string{}, Unprobed: []string{}}
	if f.Entry == "" {
		return e, clierr.New("cmd/probe-no-entry", clierr.Local, clierr.Args{"function": f.Name})
	}
	e.path = sourceOf(f)
	e.compiled = e.path != filepath.Join(f.Dir, filepath.FromSlash(f.Entry))
	e.File = a.relative(e.path)
	var err error
	if e.before, err = os.ReadFile(e.path); err != nil {
		return e, clierr.New("cmd/probe-unreadable", clierr.Local, nil).In(clierr.Position{File: e.path}).Because(err)
	}
	return e, nil
}

// sourceOf is the file a person edits for the function's entry file.
func sourceOf(f config.Function) string {
	entry := filepath.Join(f.Dir, filepath.FromSlash(f.Entry))
	bare := strings.TrimSuffix(f.Entry, path.Ext(f.Entry))
	candidates := []string{bare + ".ts"}
	if first, rest, ok := strings.Cut(bare, "/"); ok && slices.Contains([]string{"dist", "lib", "build", "out", "output"}, first) {
		candidates = append(candidates, "src/"+rest+".ts", rest+".ts")
	}
	for _, c := range candidates {
		source := filepath.Join(f.Dir, filepath.FromSlash(c))
		if info, err := os.Stat(source); err == nil && info.Mode().IsRegular() {
			return source
		}
	}
	return entry
}

func (a *app) newPermProbeShow() *cobra.Command {
	c := a.command("show [FUNCTION...]", text.ProbeShowShort, text.ProbeShowLong, clierr.OK, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Example = "  wxcloud perm probe show notify\n  wxcloud perm probe show --all --json"
	var flags functionFlags
	flags.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, names []string) error {
		p, err := a.project()
		if err != nil {
			return err
		}
		functions, err := a.chooseFunctions(p, append(flags.names, names...), flags.all)
		if err != nil {
			return err
		}
		return a.permProbeShow(c.Context(), p, functions)
	}
	return c
}

// shownProbe is what is known of one function's probe.
type shownProbe struct {
	Function string      `json:"function"`
	File     string      `json:"file"`
	Present  bool        `json:"present"`
	Line     int         `json:"line,omitempty"`
	Calls    []shownCall `json:"interfaces"`
	position clierr.Position
}

// shownCall is one interface and how it is asked, or that it cannot be.
type shownCall struct {
	API    string `json:"api"`
	Asked  bool   `json:"asked"`
	Args   string `json:"args,omitempty"`
	Expect []int  `json:"expect,omitempty"`
	Why    string `json:"why,omitempty"`
	DocURL string `json:"docUrl,omitempty"`

	whyZh string
}

func (a *app) permProbeShow(ctx context.Context, p *config.Project, functions []config.Function) error {
	shown := make([]shownProbe, len(functions))
	for i, f := range functions {
		e, err := a.probeFile(f)
		if err != nil {
			return err
		}
		from, _, present, err := probe.Find(e.before)
		if err != nil {
			return a.probeRefusal(e, err)
		}
		s := shownProbe{Function: f.Name, File: e.File, Present: present, Calls: []shownCall{}}
		asked := probe.APIs(e.before)
		names, err := a.probeNames(ctx, p, f, nil)
		if err != nil {
			return err
		}
		names = append(names, asked...)
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			known, _ := catalog.LookupProbe(name)
			s.Calls = append(s.Calls, shownCall{name, slices.Contains(asked, name), known.Args, known.Expect, known.Why, known.DocURL, known.WhyZh})
		}
		s.position = clierr.Position{File: e.File}
		if present {
			s.Line = 2 + strings.Count(string(e.before[:from]), "\n") // from is the end of the line before
			s.position.Line = s.Line
		}
		shown[i] = s
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema    string       `json:"schema"`
			Functions []shownProbe `json:"functions"`
		}{"wxcloud.perm.probe.show/1", shown})
	}
	for _, s := range shown {
		a.printShown(s)
	}
	return nil
}

func (a *app) printShown(s shownProbe) {
	theme := a.io.OutTheme()
	headline := text.ProbeAbsent
	if s.Present {
		headline = text.ProbePresent
	}
	a.printf("%s\n", a.t(headline, "function", s.Function, "place", s.position.String()))
	for _, c := range s.Calls {
		switch {
		case c.Args == "":
			a.printf("  %s %s  %s\n", theme.Dim("-"), c.API, theme.Dim(a.t(text.ProbeNone)))
			continue
		case c.Asked:
			a.printf("  %s %s\n", theme.Check(), c.API)
		default:
			a.printf("  %s %s  %s\n", theme.Yellow("?"), c.API, theme.Dim(a.t(text.ProbeCould)))
		}
		why := c.Why
		if a.lang == text.Chinese {
			why = c.whyZh
		}
		var codes []string
		for _, code := range c.Expect {
			codes = append(codes, strconv.Itoa(code))
		}
		for _, part := range []string{c.Args, a.t(text.ProbeExpect, "codes", strings.Join(codes, ", ")), why} {
			lines := []string{part}
			if width := a.io.OutWidth(); width > 0 { // on a terminal
				lines = ui.Wrap(part, max(width-len("      "), 20))
			}
			for _, line := range lines {
				a.printf("      %s\n", line)
			}
		}
		a.printf("      %s\n", theme.Dim(c.DocURL))
	}
}
