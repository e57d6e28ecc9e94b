package cmd

import (
	"context"
	"slices"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
)

// environment is the cloud environment a command works on.
type environment struct {
	Name, ID  string
	Protected bool
}

// local reports whether it is the embedded local cloud.
func (e environment) local() bool { return e.ID == emulator.EnvID }

// namedEnvironment is the environment that needs no look-up: the one named by
// --local, --env or WXCLOUD_ENV, else the only one in wxcloud.json. ok is false
// when nothing names one.
func (a *app) namedEnvironment(p *config.Project) (env environment, ok bool, err error) {
	name := a.flags.env
	if a.flags.local {
		if name != "" && name != emulator.EnvID {
			return environment{}, false, clierr.New("cmd/local-and-env", clierr.Usage, clierr.Args{"env": name})
		}
		name = emulator.EnvID
	}
	if name == "" {
		name = a.getenv("WXCLOUD_ENV")
	}
	if name == emulator.EnvID {
		return environment{Name: emulator.EnvID, ID: emulator.EnvID}, true, nil
	}
	known := namedEnvironments(p)
	if name != "" {
		for _, e := range known {
			if e.Name == name || e.ID == name {
				return environment{e.Name, e.ID, e.Protected}, true, nil
			}
		}
		return environment{Name: name, ID: name}, true, nil
	}
	if len(known) == 1 {
		return environment{known[0].Name, known[0].ID, known[0].Protected}, true, nil
	}
	return environment{}, false, nil
}

// namedEnvironments are the environments in the cloud that wxcloud.json names: it
// may have settings of the local cloud too, which nobody means without naming it.
func namedEnvironments(p *config.Project) []config.Environment {
	return slices.DeleteFunc(slices.Clone(p.Settings.Environments), func(e config.Environment) bool { return e.ID == emulator.EnvID })
}

// chooseEnvironment is namedEnvironment, then the only environment the account
// has, then a question.
func (a *app) chooseEnvironment(ctx context.Context, p *config.Project, list func(context.Context) ([]environment, error)) (environment, error) {
	env, ok, err := a.namedEnvironment(p)
	if err != nil || ok {
		return env, err
	}
	var candidates []environment
	for _, e := range namedEnvironments(p) {
		candidates = append(candidates, environment{e.Name, e.ID, e.Protected})
	}
	if len(candidates) == 0 {
		if candidates, err = list(ctx); err != nil {
			return environment{}, err
		}
	}
	switch {
	case len(candidates) == 0:
		return environment{}, clierr.New("cmd/no-environment", clierr.NotFound, clierr.Args{"appid": p.AppID}).Hint("cmd/hint-local", nil)
	case len(candidates) == 1:
		return candidates[0], nil
	}
	names := make([]string, len(candidates))
	options := make([]prompt.Option, len(candidates))
	for i, e := range candidates {
		names[i] = e.Name
		options[i] = prompt.Option{Label: e.Name}
		if e.ID != e.Name {
			options[i].Note = e.ID
		}
	}
	if !a.mayAsk() {
		return environment{}, clierr.New("cmd/which-environment", clierr.Usage, clierr.Args{"environments": strings.Join(names, ", ")}).
			Hint("cmd/hint-name-environment", nil)
	}
	picked, err := a.prompt.Select(prompt.Question{Text: a.t(text.AskEnvironment), Flag: "--env"}, options, 0)
	if err != nil {
		return environment{}, err
	}
	return candidates[picked], nil
}
