package cmd

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/catalog"
	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
)

type permAddOptions struct {
	functions functionFlags
	force     bool
}

func (a *app) newPermAdd() *cobra.Command {
	var o permAddOptions
	c := a.command("add NAME... [-f FUNCTION]", text.PermAddShort, text.PermAddLong, clierr.OK, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Example = "  wxcloud perm add subscribeMessage.send\n  wxcloud perm add security.msgSecCheck wxacode.get -f 'order*'"
	o.functions.register(a, c)
	c.Flags().BoolVar(&o.force, "force", false, a.t(text.FlagForceName))
	c.ValidArgsFunction = completeInterfaces
	c.RunE = func(c *cobra.Command, names []string) error { return a.permAdd(c.Context(), names, o) }
	return c
}

func (a *app) permAdd(ctx context.Context, names []string, o permAddOptions) error {
	if len(names) == 0 {
		return clierr.New("cmd/no-interface-named", clierr.Usage, nil).Hint("cmd/hint-search", nil)
	}
	p, err := a.project()
	if err != nil {
		return err
	}
	chosen, warnings, err := a.interfaceNames(names, o.force)
	if err != nil {
		return err
	}
	functions, err := a.chooseFunctions(p, o.functions.names, o.functions.all)
	if err != nil {
		return err
	}
	return a.editPermissions(ctx, functions, warnings, editWords{
		schema: "wxcloud.perm.add/1", done: text.PermAdded, nothing: text.PermAlready, question: text.AskAddMany,
	}, func(f config.Function) (config.Edit, error) { return config.AddOpenapi(f, p.Functions, chosen) })
}

// interfaceNames turns what the user typed into names to declare. A name that is
// clearly another spelling of a known one is corrected after asking; an unknown
// one is not wrong (WeChat adds interfaces), but needs --force.
func (a *app) interfaceNames(names []string, force bool) ([]string, []nameWarning, error) {
	var chosen []string
	var warnings []nameWarning
	for _, typed := range names {
		r := catalog.Resolve(typed)
		name := typed
		switch {
		case r.Kind == catalog.Exact:
			warnings = append(warnings, retirement(r.Interface)...)
		case force:
			warnings = append(warnings, nameWarning{API: typed, ID: "unknown", sentence: text.WarnUnknownForced})
		case r.Kind == catalog.KindNotCallable:
			return nil, nil, notCallable(typed, r.NotCallable)
		case r.Known():
			accepted, err := a.acceptCorrection(typed, r)
			if err != nil {
				return nil, nil, err
			}
			name = accepted
			warnings = append(warnings, retirement(r.Interface)...)
		default:
			accepted, err := a.acceptUnknown(typed, r)
			if err != nil {
				return nil, nil, err
			}
			name = accepted
		}
		if !slices.Contains(chosen, name) {
			chosen = append(chosen, name)
		}
	}
	return chosen, warnings, nil
}

// acceptCorrection asks whether the known spelling is meant; --yes says so.
func (a *app) acceptCorrection(typed string, r catalog.Resolution) (string, error) {
	ask := a.flags.yes || a.mayAsk()
	if !ask || len(r.Suggestions) > 1 && !a.mayAsk() {
		err := clierr.New("cmd/other-spelling", clierr.NotFound, clierr.Args{"typed": typed, "name": r.Interface.Name, "title": a.title(r.Interface)})
		return "", err.Hint("cmd/hint-run", clierr.Args{"command": "wxcloud perm add " + r.Interface.Name})
	}
	if len(r.Suggestions) > 1 {
		return a.pickInterface(typed, r.Suggestions)
	}
	yes, err := a.confirm(a.t(text.AskCorrection, "typed", typed, "name", r.Interface.Name, "title", a.title(r.Interface)), true)
	if err != nil {
		return "", err
	}
	if !yes {
		return "", clierr.New("cmd/not-confirmed", clierr.Usage, nil)
	}
	return r.Interface.Name, nil
}

// acceptUnknown offers the nearest names on a terminal; elsewhere it refuses.
func (a *app) acceptUnknown(typed string, r catalog.Resolution) (string, error) {
	err := clierr.New("cmd/unknown-interface", clierr.NotFound, clierr.Args{"name": typed})
	if len(r.Suggestions) == 0 {
		return "", err.Hint("cmd/hint-force", nil).Hint("cmd/hint-search", nil)
	}
	if a.mayAsk() {
		return a.pickInterface(typed, r.Suggestions)
	}
	return "", err.Hint("cmd/hint-did-you-mean", clierr.Args{"name": strings.Join(r.Suggestions, ", ")}).Hint("cmd/hint-force", nil)
}

func (a *app) pickInterface(typed string, candidates []string) (string, error) {
	options := make([]prompt.Option, 0, len(candidates)+1)
	for _, name := range candidates {
		i, _ := catalog.Lookup(name)
		options = append(options, prompt.Option{Label: name, Note: a.title(i)})
	}
	options = append(options, prompt.Option{Label: a.t(text.AskNoneOfThese)})
	picked, err := a.prompt.Select(prompt.Question{Text: a.t(text.AskWhichInterface, "typed", typed), Flag: "--force"}, options, 0)
	if err != nil {
		return "", err
	}
	if picked == len(candidates) {
		return "", clierr.New("cmd/unknown-interface", clierr.NotFound, clierr.Args{"name": typed}).Hint("cmd/hint-force", nil)
	}
	return candidates[picked], nil
}

// title is the interface's title in the user's language.
func (a *app) title(i catalog.Interface) string {
	if a.lang == text.Chinese {
		return i.TitleZh
	}
	return i.TitleEn
}

func notCallable(typed string, n catalog.NotCallable) error {
	return clierr.New("cmd/not-callable", clierr.NotFound, clierr.Args{"name": typed, "method": n.Method, "path": n.Path}).
		Hint("cmd/hint-explain", clierr.Args{"code": "-604100"})
}

// completeInterfaces offers interface names to the shell.
func completeInterfaces(_ *cobra.Command, given []string, prefix string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for i := range catalog.All() {
		if strings.HasPrefix(i.Name, prefix) && !slices.Contains(given, i.Name) {
			names = append(names, i.Name+"\t"+i.TitleZh)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
