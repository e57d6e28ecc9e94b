package cmd

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/suggest"
	"wxcloud/upload"
)

// selection says which functions of a project, and which kinds of changes, a
// command is about.
type selection struct {
	all, changed bool
	since        string
	only         []string
}

func (s *selection) register(a *app, c *cobra.Command) {
	c.Flags().BoolVar(&s.all, "all", false, a.t(text.FlagAll))
	c.Flags().BoolVar(&s.changed, "changed", false, a.t(text.FlagChanged))
	c.Flags().StringVar(&s.since, "since", "", a.t(text.FlagSinceRef))
	c.Flags().StringSliceVar(&s.only, "only", nil, a.t(text.FlagOnly))
	c.MarkFlagsMutuallyExclusive("all", "changed")
	_ = c.RegisterFlagCompletionFunc("only", cobra.FixedCompletions(partNames(), cobra.ShellCompDirectiveNoFileComp))
}

// functions are the named functions, else all; with --since those of them that
// were touched. What did not change
// is left alone by the plan anyway.
func (s selection) functions(ctx context.Context, a *app, p *config.Project, names []string) ([]config.Function, error) {
	if s.all && len(names) > 0 {
		return nil, clierr.New("cmd/all-and-names", clierr.Usage, nil)
	}
	var functions []config.Function
	var err error
	if len(names) > 0 {
		functions, err = functionNamed(p, names)
	} else {
		functions, err = a.chooseFunctions(p, nil, true)
	}
	if err != nil {
		return nil, err
	}
	if s.since == "" {
		return functions, nil
	}
	return touchedSince(ctx, p, functions, s.since)
}

// touchedSince keeps the functions with a file that differs from a git revision,
// in their folder or in what is copied into it. The project's own settings touch
// all of them.
func touchedSince(ctx context.Context, p *config.Project, functions []config.Function, ref string) ([]config.Function, error) {
	files, err := touchedFiles(ctx, p.Root, ref)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{config.SettingsFile, config.ProjectFile, config.CloudbaseFile} {
		if files[filepath.Join(realPath(p.Dir), name)] || name == config.SettingsFile && files[realPath(p.Settings.Path)] {
			return functions, nil
		}
	}
	touched := withFolders(files)
	return slices.DeleteFunc(slices.Clone(functions), func(f config.Function) bool { return !touches(touched, f) }), nil
}

// parts are the kinds of changes that --only names.
func (s selection) parts() ([]upload.Part, error) {
	var parts []upload.Part
	for _, given := range s.only {
		part := upload.Part(strings.TrimSpace(given))
		if !slices.Contains(upload.Parts[:], part) {
			err := clierr.New("cmd/unknown-part", clierr.Usage, clierr.Args{"part": given, "parts": strings.Join(partNames(), ", ")})
			if near := suggest.Nearest(given, slices.Values(partNames()), 1); len(near) > 0 {
				return nil, err.Hint("cmd/hint-did-you-mean", clierr.Args{"name": near[0]})
			}
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

func partNames() []string {
	names := make([]string, len(upload.Parts))
	for i, p := range upload.Parts {
		names[i] = string(p)
	}
	return names
}

// again are the flags that select the same functions and changes once more.
func (s selection) again() string {
	line := ""
	if s.changed {
		line += " --changed"
	}
	if s.since != "" {
		line += " --since " + shellQuote(s.since)
	}
	if len(s.only) > 0 {
		line += " --only " + strings.Join(s.only, ",")
	}
	return line
}
