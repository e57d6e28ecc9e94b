package cmd

import (
	"context"
	"path"
	"strings"
	"time"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/perm"
)

// here adds the causes of a code as this project shows them, the command to run
// next and what helps at once.
func (x *explainer) here(ctx context.Context, e *explained, in incident) {
	if x.around == nil {
		return
	}
	if in.noTicket || !perm.AboutPermission(e.Code) {
		x.around.callers()
	}
	found := perm.Explain(perm.Refusal{
		Code: e.Code, API: in.api, Function: in.function, At: in.at, NoTicket: in.noTicket, Origin: in.origin,
	}, x.around.facts)
	if len(found.Causes) == 0 {
		return
	}
	e.Function, e.API, e.Environment = in.function, in.api, x.around.env.Name
	for _, c := range found.Causes {
		// What no file shows is said of the same call.
		c.Function, c.API = orElse(c.Function, found.Causes[0].Function), orElse(c.API, found.Causes[0].API)
		e.Here = append(e.Here, x.cause(c))
	}
	for _, f := range found.Excluded {
		e.Excluded = append(e.Excluded, x.seen(f, in.function))
	}
	first := e.Here[0]
	e.Run = first.Run
	if e.Function == "" {
		e.Function = first.Function
	}
	if e.API == "" {
		e.API = first.API
	}
	x.relieve(ctx, e, found)
}

func (x *explainer) cause(c perm.Cause) causeHere {
	out := causeHere{
		ID: c.ID, Likelihood: c.Likelihood, Function: c.Function, API: c.API, Since: c.Since, Until: c.Until,
		Evidence: []seenHere{}, Run: x.stepCommand(c),
	}
	args := clierr.Args{
		"function": orElse(c.Function, "FN"), "api": orElse(c.API, "NAME"), "env": x.envName(),
		"ago": x.ago(c.Since), "until": clock(c.Until),
	}
	for name, value := range c.Args {
		args[name] = value
	}
	out.Text = x.sentence(c.ID, args, x.lang)
	for _, f := range c.Evidence {
		out.Evidence = append(out.Evidence, x.seen(f, c.Function))
	}
	return out
}

func (x *explainer) seen(f perm.Fact, function string) seenHere {
	args := clierr.Args{"function": orElse(function, "FN"), "env": x.envName(), "ago": x.ago(f.Since)}
	for name, value := range f.Args {
		args[name] = value
	}
	args["writer"], args["evidence"] = x.t2(text.Writer(args["writer"])), x.t2(text.Evidence(args["evidence"]))
	out := seenHere{ID: f.ID, Text: x.sentence(f.ID, args, x.lang), Line: f.At.Line, Since: f.Since}
	if f.At.File != "" {
		out.File = x.relative(f.At.File)
	}
	return out
}

// t2 is t in the language of the explanation, which JSON has in English.
func (x *explainer) t2(s text.Sentence, pairs ...string) string { return s.In(x.lang, pairs...) }

func (x *explainer) envName() string {
	return orElse(x.around.env.Name, x.t2(text.UnknownEnvironment))
}

// ago is how long ago a time was, as a person says it.
func (x *explainer) ago(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return longDuration(x.around.facts.Now.Sub(t), x.lang)
}

// longDuration is a duration in two units at most: "3 min 12 s".
func longDuration(d time.Duration, lang text.Lang) string {
	d = max(d, 0).Round(time.Second)
	say := func(s text.Sentence, a, b time.Duration) string {
		return s.In(lang, "a", decimal(int(a)), "b", decimal(int(b)))
	}
	switch {
	case d < time.Minute:
		return say(text.Seconds, d/time.Second, 0)
	case d < time.Hour:
		return say(text.Minutes, d/time.Minute, d%time.Minute/time.Second)
	case d < 48*time.Hour:
		return say(text.Hours, d/time.Hour, d%time.Hour/time.Minute)
	default:
		return say(text.Days, d/(24*time.Hour), 0)
	}
}

// clock is a time of day, with the date if it is not today's.
func clock(t time.Time) string {
	t = t.Local()
	if y, m, d := time.Now().Date(); t.Year() != y || t.Month() != m || t.Day() != d {
		return t.Format(time.DateTime)
	}
	return t.Format(time.TimeOnly)
}

// stepCommand is the one command for a cause.
func (x *explainer) stepCommand(c perm.Cause) string {
	fn, api := orElse(c.Function, "FN"), orElse(c.API, "NAME")
	env := x.around.env
	switch c.Step {
	case perm.StepDeclare:
		return x.commandLine("perm add "+shellQuote(api)+" -f "+shellQuote(fn), environment{})
	case perm.StepDeploy:
		return x.commandLine("deploy "+shellQuote(fn), env)
	case perm.StepWait:
		return x.commandLine("perm wait "+shellQuote(fn), env)
	case perm.StepInfo:
		if c.API == "" {
			return x.commandLine("perm list", environment{})
		}
		return "wxcloud perm info " + shellQuote(api)
	case perm.StepInvoke:
		return x.commandLine("invoke "+shellQuote(fn), env)
	case perm.StepSearch:
		return "wxcloud perm search " + shellQuote(api)
	case perm.StepRename:
		return x.commandLine("lint --fix", environment{})
	case perm.StepFaults:
		return "wxcloud emulator fault clear"
	default:
		return x.commandLine("lint", environment{})
	}
}

// relieve adds what works while the cause lasts: another function that may make
// the call already, or the function's code from before the call.
func (x *explainer) relieve(ctx context.Context, e *explained, found perm.Explanation) {
	for _, h := range found.Holders {
		place := ""
		if h.Source != "" {
			place = x.relative(h.Source)
		}
		r := relief{Text: x.t2(text.ReliefHolder, "function", h.Function, "api", e.API, "ago", x.ago(h.Since), "place", orElse(place, x.envName())), Function: h.Function}
		if h.Calls {
			r.Run = x.commandLine("invoke "+shellQuote(h.Function), x.around.env)
		}
		e.Now = append(e.Now, r)
	}
	f, ok := x.around.function(e.Function)
	if !ok || e.API == "" || found.Causes[0].Likelihood == perm.Possible {
		return
	}
	if commit, date, ok := introduced(ctx, f.Dir, e.API); ok {
		// The work tree is the whole repository, of which the project may be a part.
		root, err := git(ctx, x.around.project.Root, nil, "rev-parse", "--show-prefix")
		if err != nil {
			return
		}
		e.Now = append(e.Now, relief{
			Text:   x.t2(text.ReliefCommit, "commit", commit, "date", date, "function", f.Name, "api", e.API),
			Commit: commit,
			Run:    "git worktree add ../before-" + commit + " " + commit + "~1 && " + x.commandLine("deploy "+shellQuote(f.Name)+" --root "+shellQuote(path.Join("../before-"+commit, strings.TrimSpace(root))), x.around.env),
		})
	}
}

// gitLimit is how long a question to git may take: an explanation does not wait.
const gitLimit = 2 * time.Second

// introduced asks git for the latest commit that brought the name of an
// interface into a folder which had none before. ok is false without git,
// outside of a repository, and where the name was there from the start.
func introduced(ctx context.Context, dir, api string) (commit, date string, ok bool) {
	git := func(args ...string) (string, error) {
		out, err := git(ctx, dir, nil, args...)
		return strings.TrimSpace(out), err
	}
	// The files that are code: a name in config.json is no call.
	pathspec := []string{"--", "*.js", "*.ts", "*.cjs", "*.mjs"}
	log, err := git(append([]string{"log", "-1", "--format=%h %as", "-S", api}, pathspec...)...)
	if err != nil || log == "" {
		return "", "", false
	}
	commit, date, _ = strings.Cut(log, " ")
	if listed, err := git("ls-tree", "-r", "--name-only", commit+"~1", "--", "."); err != nil || listed == "" {
		return "", "", false // there was no such function before
	}
	if _, err := git(append([]string{"grep", "-qF", api, commit + "~1"}, pathspec...)...); err == nil {
		return "", "", false // it only came to be called in one place more
	}
	return commit, date, true
}
