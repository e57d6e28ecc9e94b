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
	"wxcloud/internal/state"
)

// environment is the cloud environment a command works on.
type environment struct {
	Name, ID  string
	Protected bool
}

// local reports whether it is the embedded local cloud.
func (e environment) local() bool { return e.ID == emulator.EnvID }

// envEnvironment names the environment where no flag does.
const envEnvironment = "WXCLOUD_ENV"

// chosenBy is what an environment was chosen by; "" when nothing names one.
type chosenBy string

// The ways, the strongest first.
const (
	byFlag     chosenBy = "flag"
	byVariable chosenBy = "variable"
	byUse      chosenBy = "env-use"
	bySettings chosenBy = "wxcloud.json"
	byOnly     chosenBy = "only-one"
)

func (by chosenBy) words() text.Sentence {
	switch by {
	case byFlag:
		return text.ChosenByFlag
	case byVariable:
		return text.ChosenByVariable
	case byUse:
		return text.ChosenByUse
	case bySettings:
		return text.ChosenBySettings
	default:
		return text.ChosenByOnly
	}
}

// chosenEnvironment is the environment that needs no look-up: the one named by
// --local, --env or WXCLOUD_ENV, the one chosen for this checkout, else the only
// one in wxcloud.json.
func (a *app) chosenEnvironment(p *config.Project) (environment, chosenBy, error) {
	name, by := a.flags.env, byFlag
	if a.flags.local {
		if name != "" && name != emulator.EnvID {
			return environment{}, "", clierr.New("cmd/local-and-env", clierr.Usage, clierr.Args{"env": name})
		}
		name = emulator.EnvID
	}
	if name == "" {
		name, by = a.getenv(envEnvironment), byVariable
	}
	if name == "" {
		var err error
		if name, err = state.ChosenEnvironment(p.Dir); err != nil {
			return environment{}, "", err
		}
		by = byUse
	}
	if name != "" {
		env, ok := settledName(p, name)
		if !ok {
			env = environment{Name: name, ID: name}
		}
		return env, by, nil
	}
	if known := namedEnvironments(p); len(known) == 1 {
		return environment{known[0].Name, known[0].ID, known[0].Protected}, bySettings, nil
	}
	return environment{}, "", nil
}

// settledName is the local environment, or the one wxcloud.json gives a name or id.
func settledName(p *config.Project, name string) (environment, bool) {
	if name == emulator.EnvID {
		return environment{Name: emulator.EnvID, ID: emulator.EnvID}, true
	}
	for _, e := range namedEnvironments(p) {
		if e.Name == name || e.ID == name {
			return environment{e.Name, e.ID, e.Protected}, true
		}
	}
	return environment{}, false
}

// namedEnvironment is chosenEnvironment for those who need not know why; ok is
// false when nothing names one.
func (a *app) namedEnvironment(p *config.Project) (env environment, ok bool, err error) {
	env, by, err := a.chosenEnvironment(p)
	return env, by != "" && err == nil, err
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
