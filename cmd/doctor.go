package cmd

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/lint"
)

type doctorOptions struct {
	offline     bool
	credentials credentialFlags
}

func (a *app) newDoctor() *cobra.Command {
	var o doctorOptions
	c := a.command("doctor", text.DoctorShort, text.DoctorLong, clierr.OK, clierr.Failed, clierr.Usage, clierr.Local)
	c.Example = "  wxcloud doctor\n  wxcloud doctor --offline\n  wxcloud doctor --env prod-1a2b3c --json"
	c.Flags().BoolVar(&o.offline, "offline", false, a.t(text.FlagOffline))
	c.Flags().StringVar(&o.credentials.keyFile, "key", "", a.t(text.FlagKey))
	o.credentials.registerToken(a, c)
	c.Args = a.noArguments
	c.RunE = func(c *cobra.Command, _ []string) error { return a.doctor(c.Context(), o) }
	return c
}

// level is how much a finding matters.
type level string

// The levels. Only a problem makes the exit status other than 0.
const (
	levelOK        level = "ok"
	levelWarning   level = "warning"
	levelProblem   level = "problem"
	levelUnchecked level = "unchecked" // could not be looked at, and why
)

// finding is one thing the doctor looked at.
type finding struct {
	level level
	id    clierr.ID
	args  clierr.Args
	at    clierr.Position
	fix   string // a command to paste, "" when there is none
	// advice is what to do where no command does it.
	advice     clierr.ID
	adviceArgs clierr.Args
	err        error // shown behind the sentence
}

// patient is what the doctor looks at: the project, as far as there is one.
type patient struct {
	project *config.Project // nil outside of a project
	report  lint.Report
	env     environment // the named one; empty when none is named
	local   *localCloud // open while the local cloud is the environment
}

// topic is a group of findings, which are looked for together.
type topic struct {
	title text.Sentence
	look  func(ctx context.Context) []finding
}

func (a *app) doctor(ctx context.Context, o doctorOptions) error {
	p, opened, err := a.patient(ctx)
	if err != nil {
		return err
	}
	if p.env.local() && p.project != nil && !o.offline {
		if p.local, err = a.openLocal(ctx, p.project); err != nil {
			return err
		}
		defer func() { _ = p.local.Close() }()
	}
	topics := []topic{
		{text.DoctorProject, func(ctx context.Context) []finding { return append(opened, a.doctorProject(ctx, p)...) }},
		{text.DoctorFiles, func(ctx context.Context) []finding { return a.doctorFiles(ctx, p) }},
		{text.DoctorMachine, func(ctx context.Context) []finding { return a.doctorMachine(ctx, p) }},
		{text.DoctorCredentials, func(ctx context.Context) []finding { return a.doctorCredentials(ctx, p, o) }},
		{text.DoctorNetwork, func(ctx context.Context) []finding { return a.doctorNetwork(ctx, p, o) }},
	}
	// All at once: the slowest look-up decides how long it takes.
	found := make([][]finding, len(topics))
	done := make(chan int)
	for i := range topics {
		go func() {
			found[i] = topics[i].look(ctx)
			done <- i
		}()
	}
	for range topics {
		<-done
	}
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	a.exit = clierr.OK // looking at credentials may have set it
	if slices.ContainsFunc(found, func(fs []finding) bool {
		return slices.ContainsFunc(fs, func(f finding) bool { return f.level == levelProblem })
	}) {
		a.exit = clierr.Failed
	}
	if a.flags.json {
		return a.printJSON(a.doctorJSON(topics, found))
	}
	a.printDoctor(topics, found)
	return nil
}

// patient finds the project. None is no problem, one that cannot be read is.
func (a *app) patient(ctx context.Context) (patient, []finding, error) {
	var p patient
	project, err := a.projectWithoutRoot()
	switch {
	case clierr.Is(err, "config/no-project") && a.flags.root == "":
		return p, []finding{{level: levelUnchecked, id: "cmd/doctor-no-project", fix: "wxcloud init"}}, nil
	case err != nil:
		return p, []finding{problemOf(err)}, nil
	}
	p.project = project
	if p.env, _, err = a.namedEnvironment(project); err != nil {
		return p, nil, err
	}
	p.report, err = a.analyze(ctx, project.Functions, a.projectRoot(project))
	return p, nil, err
}

// problemOf is an error as a finding, with its own sentence and place.
func problemOf(err error) finding {
	return finding{level: levelProblem, id: "cmd/doctor-error", err: err}
}
