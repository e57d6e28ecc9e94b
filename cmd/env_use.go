package cmd

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/internal/suggest"
)

func (a *app) newEnvUse() *cobra.Command {
	var flags credentialFlags
	var forget bool
	c := a.command("use [NAME]", text.EnvUseShort, text.EnvUseLong, clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local)
	c.Example = "  wxcloud env use test\n  wxcloud env use --forget"
	c.Flags().BoolVar(&forget, "forget", false, a.t(text.FlagForget))
	flags.register(a, c)
	c.ValidArgsFunction = a.completeEnvironments
	c.Args = func(c *cobra.Command, args []string) error {
		if len(args) == 0 && !forget || len(args) > 0 && forget {
			return clierr.New("cmd/env-use-what", clierr.Usage, nil).Hint("cmd/hint-env-list", nil)
		}
		return a.noArguments(c, args[min(1, len(args)):])
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		return a.envUse(c.Context(), strings.Join(args, ""), flags)
	}
	return c
}

// completeEnvironments offers the names of wxcloud.json and the local cloud.
func (a *app) completeEnvironments(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	names := []string{emulator.EnvID}
	if p, err := a.projectWithoutRoot(); err == nil {
		names = append(environmentNames(p), names...)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

func environmentNames(p *config.Project) []string {
	var names []string
	for _, e := range namedEnvironments(p) {
		names = append(names, e.Name)
	}
	return names
}

// envUse keeps a choice for this checkout; name "" forgets it.
func (a *app) envUse(ctx context.Context, name string, flags credentialFlags) error {
	p, err := a.projectWithoutRoot()
	if err != nil {
		return err
	}
	var env environment
	verified := false
	if name != "" {
		if env, verified, err = a.environmentCalled(ctx, p, name, flags); err != nil {
			return err
		}
		name = env.Name
	}
	if err := state.ChooseEnvironment(p.Dir, name); err != nil {
		return err
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema      string `json:"schema"`
			Environment string `json:"environment"`
			ID          string `json:"id"`
			Protected   bool   `json:"protected"`
			Known       bool   `json:"known"`
			File        string `json:"file"`
		}{"wxcloud.env.use/1", env.Name, env.ID, env.Protected, verified, a.relative(filepath.Join(p.Dir, filepath.FromSlash(state.EnvironmentFile)))})
	}
	switch {
	case name == "":
		a.print(text.EnvForgotten)
	case env.Name == env.ID:
		a.print(text.EnvUsed, "env", env.Name)
	default:
		a.print(text.EnvUsedNamed, "env", env.Name, "id", env.ID)
	}
	if name != "" && !verified {
		a.warn(text.EnvUnverified, "env", env.Name)
	}
	if variable := a.getenv(envEnvironment); variable != "" && variable != name {
		a.warn(text.EnvVariableWins, "variable", envEnvironment, "env", variable)
	}
	return nil
}

// environmentCalled finds the environment meant by a name or id: one of
// wxcloud.json, the local one, or one the account has. Where nothing can tell, it
// is taken for an id, and known is false.
func (a *app) environmentCalled(ctx context.Context, p *config.Project, name string, flags credentialFlags) (env environment, known bool, err error) {
	if env, ok := settledName(p, name); ok {
		return env, true, nil
	}
	envs, asked, err := a.cloudEnvironments(ctx, p, flags)
	if err != nil {
		return environment{}, false, err
	}
	names := append(environmentNames(p), emulator.EnvID)
	for _, e := range envs {
		if e.ID == name || e.Alias == name {
			return settled(p, e), true, nil
		}
		names = append(names, e.ID)
	}
	if !asked && len(p.Settings.Environments) == 0 {
		return environment{Name: name, ID: name}, false, nil
	}
	unknown := clierr.New("cmd/no-such-environment", clierr.NotFound, clierr.Args{"env": name, "appid": p.AppID})
	if near := suggest.Nearest(name, slices.Values(names), 1); len(near) > 0 {
		return environment{}, false, unknown.Hint("cmd/hint-did-you-mean", clierr.Args{"name": near[0]})
	}
	return environment{}, false, unknown.Hint("cmd/hint-environments", clierr.Args{"environments": strings.Join(names, ", ")})
}
