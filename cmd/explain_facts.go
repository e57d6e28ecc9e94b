package cmd

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"wxcloud/config"
	"wxcloud/emulator"
	"wxcloud/emulator/faults"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/lint"
	"wxcloud/perm"
)

// surroundings are the project around an explanation, and what is known of it.
type surroundings struct {
	project *config.Project
	report  lint.Report
	env     environment
	facts   perm.Facts
}

// surroundings gathers what the project shows. Outside of a project, or in one
// that cannot be read, there is nothing to gather: an explanation does not fail
// because of that. A flag that names what is not there is an error.
func (a *app) surroundings(ctx context.Context) (*surroundings, error) {
	p, err := a.project()
	if err != nil {
		if a.flags.root != "" || errors.Is(err, context.Canceled) {
			return nil, err
		}
		return nil, nil //nolint:nilnil // there is nothing around
	}
	s, err := a.around(ctx, p)
	if err == nil && s.env.local() {
		a.liveFacts(ctx, s)
	}
	return s, err
}

// around gathers what the files and records of a project show.
func (a *app) around(ctx context.Context, p *config.Project) (*surroundings, error) {
	s := &surroundings{project: p}
	var err error
	if s.report, err = a.analyze(ctx, p.Functions, a.projectRoot(p)); err != nil {
		return nil, err
	}
	store, err := state.Open(p.Dir)
	if err != nil {
		a.warnOf(err)
		store = nil
	}
	if err := s.chooseEnvironment(a, store); err != nil {
		return nil, err
	}
	s.facts.Now, s.facts.Environment, s.facts.Local = time.Now(), s.env.Name, s.env.local()
	for _, f := range p.Functions {
		at := slices.IndexFunc(s.report.Functions, func(code lint.Function) bool { return code.Name == f.Name })
		s.facts.Functions = append(s.facts.Functions, a.functionFacts(p, f, s.report.Functions[at]))
	}
	return s, s.records(store)
}

// warnOf says an error as a warning.
func (a *app) warnOf(err error) {
	var e *clierr.Error
	if errors.As(err, &e) && !a.flags.json {
		theme := a.io.ErrTheme()
		place := ""
		if !e.At.IsZero() {
			place = e.At.String() + ": "
		}
		_, _ = a.io.Err.Write([]byte(theme.Warning() + " " + place + a.message(e, a.lang) + "\n"))
	}
}

// chooseEnvironment takes the named environment, else the only one, or the one
// used last, that anything is on record of.
func (s *surroundings) chooseEnvironment(a *app, store *state.Store) error {
	env, named, err := a.namedEnvironment(s.project)
	if err != nil {
		return err
	}
	var ids []string
	if store != nil {
		if ids, err = store.Environments(); err != nil {
			return err
		}
	}
	if !named {
		var latest time.Time
		for _, id := range ids {
			all, err := store.Functions(id)
			if err != nil {
				return err
			}
			for _, f := range all {
				for _, at := range []time.Time{f.DeployedAt, f.OpenapiAcceptedAt} {
					if at.After(latest) {
						latest, env = at, a.environmentOf(s.project, id)
					}
				}
			}
		}
	}
	s.env = env
	for _, id := range ids {
		if id != env.ID && id != emulator.EnvID {
			s.facts.Elsewhere = append(s.facts.Elsewhere, a.environmentOf(s.project, id).Name)
		}
	}
	return nil
}

// environmentOf is the environment with an id as wxcloud.json speaks of it.
func (a *app) environmentOf(p *config.Project, id string) environment {
	for _, e := range p.Settings.Environments {
		if e.ID == id {
			return environment{e.Name, e.ID, e.Protected}
		}
	}
	return environment{Name: id, ID: id}
}

func (a *app) functionFacts(p *config.Project, f config.Function, code lint.Function) perm.FunctionFacts {
	facts := perm.FunctionFacts{Name: f.Name, Config: f.Config.Path, Exists: f.Config.Exists, Others: map[string]perm.Record{}}
	for _, d := range f.Config.Openapi {
		facts.Declared = append(facts.Declared, perm.Mention{Name: d.Name, At: clierr.Position{File: f.Config.Path, Line: d.Line}})
	}
	place := func(at lint.Place) clierr.Position {
		return clierr.Position{File: filepath.Join(p.Dir, filepath.FromSlash(at.File)), Line: at.Line}
	}
	for _, c := range code.Calls {
		facts.Calls = append(facts.Calls, perm.Mention{Name: c.API, At: place(c.Place)})
	}
	for _, d := range code.Dynamic {
		facts.Dynamic = append(facts.Dynamic, perm.Mention{Name: d.Expression, At: place(d.Place)})
	}
	for _, t := range f.Config.Triggers {
		if t.Type == "timer" {
			facts.Timers = append(facts.Timers, perm.Mention{Name: t.Name, At: clierr.Position{File: f.Config.Path, Line: t.Line}})
		}
	}
	return facts
}

// records adds what is on record of each function, in the chosen environment
// and in the others.
func (s *surroundings) records(store *state.Store) error {
	if store == nil {
		return nil
	}
	ids, err := store.Environments()
	if err != nil {
		return err
	}
	for _, id := range ids {
		known, err := store.Functions(id)
		if err != nil {
			return err
		}
		for i := range s.facts.Functions {
			f := &s.facts.Functions[i]
			k, ok := known[f.Name]
			if !ok {
				continue
			}
			r := perm.Record{
				Source: filepath.Join(s.project.Dir, state.LockFile), Openapi: k.Openapi, AcceptedAt: k.OpenapiAcceptedAt,
				Writer: k.Writer, Evidence: k.OpenapiEvidence(), Unproven: k.Evidence == state.Verified && len(k.OpenapiUnproven) > 0, DeployedAt: k.DeployedAt,
			}
			if id == emulator.EnvID {
				r.Source = filepath.Join(s.project.Dir, filepath.FromSlash(state.StateFile))
			}
			if id == s.env.ID {
				f.Record = r
			} else if id != emulator.EnvID {
				f.Others[environmentName(s.project, id)] = r
			}
		}
	}
	return nil
}

func environmentName(p *config.Project, id string) string {
	for _, e := range p.Settings.Environments {
		if e.ID == id {
			return e.Name
		}
	}
	return id
}

// liveFacts asks the local cloud itself. One that cannot be opened leaves what
// the records say.
func (a *app) liveFacts(ctx context.Context, s *surroundings) {
	if _, err := os.Stat(localDir(s.project)); err != nil {
		return // there never was one
	}
	local, err := a.tryLocal(s.project)
	if err != nil {
		return
	}
	status, err := local.Status(ctx)
	_ = local.Close() // nothing was changed
	if err != nil {
		return
	}
	s.facts.CacheTTL = status.CacheTTL
	for i := range s.facts.Functions {
		f := &s.facts.Functions[i]
		f.Live = &perm.Live{Nodes: status.Nodes}
		at := slices.IndexFunc(status.Functions, func(l emulator.FunctionStatus) bool { return l.Name == f.Name })
		if at < 0 {
			continue
		}
		live := status.Functions[at]
		f.Live.Deployed, f.Live.Applied, f.Live.Openapi = true, live.Applied, live.Openapi
		// Its clock may have been moved; people look at theirs.
		f.Live.AppliedAt = live.AppliedAt.Add(-status.Offset)
		for _, c := range live.Cached {
			f.Live.Cached = append(f.Live.Cached, perm.CachedList{Openapi: c.Openapi, ExpiresAt: c.ExpiresAt.Add(-status.Offset)})
		}
		for _, call := range slices.Concat(f.Calls, f.Declared) {
			if slices.ContainsFunc(status.Faults, func(l faults.Listed) bool {
				return l.On == call.Name && l.Do.Kind == faults.Code && l.Do.Number == -604101
			}) {
				f.Live.Faults = append(f.Live.Faults, call.Name)
			}
		}
	}
}

// callers adds the places at which functions start other ones. They are found by
// reading the text, since nothing else asks for them.
func (s *surroundings) callers() {
	starts := regexp.MustCompile(`callFunction\s*\(\s*\{[^{}]{0,200}?\bname\s*:\s*['"` + "`" + `]([A-Za-z0-9_-]+)['"` + "`" + `]`)
	for _, f := range s.project.Functions {
		_ = filepath.WalkDir(f.Dir, func(path string, d fs.DirEntry, err error) error { // what cannot be read starts nothing
			switch {
			case err != nil:
				return nil //nolint:nilerr // see above
			case d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".")):
				return filepath.SkipDir
			case d.IsDir() || !slices.Contains([]string{".js", ".cjs", ".mjs", ".ts"}, filepath.Ext(path)):
				return nil
			}
			if info, err := d.Info(); err != nil || info.Size() > maxSource || !info.Mode().IsRegular() {
				return nil //nolint:nilerr // see above
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return nil //nolint:nilerr // see above
			}
			for _, at := range starts.FindAllSubmatchIndex(text, -1) {
				s.called(string(text[at[2]:at[3]]), f.Name, clierr.Position{File: path, Line: 1 + strings.Count(string(text[:at[0]]), "\n")})
			}
			return nil
		})
	}
}

// maxSource is the largest file that is searched for calls of functions.
const maxSource = 1 << 20

func (s *surroundings) called(function, by string, at clierr.Position) {
	for i := range s.facts.Functions {
		if f := &s.facts.Functions[i]; f.Name == function && by != function {
			f.Callers = append(f.Callers, perm.Mention{Name: by, At: at})
		}
	}
}
