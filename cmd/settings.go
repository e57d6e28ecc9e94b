package cmd

import (
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/upload/pack"
)

// settingsIn is what wxcloud.json says of each function in an environment, with
// every ${NAME} put in. A function whose build is out of date is refused: the
// package would hold another config.json than the one its permissions go by.
func (a *app) settingsIn(p *config.Project, env environment, functions []config.Function) (map[string]config.FunctionSettings, error) {
	settings := make(map[string]config.FunctionSettings, len(functions))
	for _, f := range functions {
		for _, problem := range f.Config.Problems {
			if problem.ID == "config/build-differs" {
				return nil, clierr.New(problem.ID, clierr.Local, problem.Args).In(clierr.Position{File: problem.File}).
					Hint("cmd/hint-build", clierr.Args{"source": a.relative(f.Config.Path)})
			}
		}
		var err error
		if settings[f.Name], err = p.Settings.Function(f.Name, env.Name).Expand(a.getenv); err != nil {
			return nil, err
		}
	}
	return settings, nil
}

// copiesInto is what is packed into each function from elsewhere in the project.
func copiesInto(functions []config.Function) map[string][]pack.Copy {
	copies := map[string][]pack.Copy{}
	for _, f := range functions {
		for _, c := range f.Copies {
			copies[f.Name] = append(copies[f.Name], pack.Copy{From: c.From, To: c.To})
		}
	}
	return copies
}
