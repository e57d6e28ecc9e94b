package cmd

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/catalog"
	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/wxcode"
	"wxcloud/lint"
	"wxcloud/lint/rules"
)

// explainOptions say more about the case than the code does.
type explainOptions struct {
	function, api, at string
}

func (a *app) newExplain() *cobra.Command {
	var o explainOptions
	c := a.command("explain CODE|NAME|-", text.ExplainShort, text.ExplainLong, clierr.OK, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Example = "  wxcloud explain -604101\n  wxcloud explain -604101 -f notify --api subscribeMessage.send\n  wxcloud explain ResourceNotFound.Function\n  wxcloud explain - < function.log"
	c.Flags().StringVarP(&o.function, "function", "f", "", a.t(text.FlagExplainFunction))
	c.Flags().StringVar(&o.api, "api", "", a.t(text.FlagExplainAPI))
	c.Flags().StringVar(&o.at, "at", "", a.t(text.FlagExplainAt))
	// "-604101" is an argument here, not a flag; so cobra completes none either.
	c.DisableFlagParsing = true
	c.ValidArgsFunction = func(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if n := len(args); n > 0 && (args[n-1] == "-f" || args[n-1] == "--function") {
			return a.completeFunctions(c, nil, typed)
		}
		return completeInterfaces(c, args, typed)
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		rest, err := a.explainFlags(c, args)
		if err != nil || rest == nil {
			return err
		}
		return a.explain(c.Context(), rest, o)
	}
	return c
}

// explainFlags parses the flags among args and returns what is to be
// explained, or nil when the help was asked for. A negative number is not a flag.
func (a *app) explainFlags(c *cobra.Command, args []string) ([]string, error) {
	rest := []string{}
	var flags []string
	for _, arg := range args {
		if n, err := strconv.Atoi(arg); err == nil {
			rest = append(rest, strconv.Itoa(n))
		} else {
			flags = append(flags, arg)
		}
	}
	c.DisableFlagParsing = false
	if err := c.ParseFlags(flags); err != nil {
		return nil, a.flagError(c, err)
	}
	if err := a.checkLanguage(); err != nil {
		return nil, err
	}
	if help, _ := c.Flags().GetBool("help"); help {
		a.help(c)
		return nil, nil
	}
	return append(rest, c.Flags().Args()...), nil
}

func (a *app) explain(ctx context.Context, args []string, o explainOptions) error {
	if len(args) == 0 && a.io.InTerminal() {
		return clierr.New("cmd/nothing-to-explain", clierr.Usage, nil).Hint("cmd/hint-run", clierr.Args{"command": "wxcloud explain -604101"}).
			Hint("cmd/hint-rules", clierr.Args{"rules": strings.Join(ruleNames(), ", ")})
	}
	given := incident{api: o.api, function: o.function}
	if o.at != "" {
		at, _, err := parseSince(o.at, time.Now())
		if err != nil {
			return err
		}
		given.at = at
	}
	x := explainer{app: a, given: given, lang: a.lang}
	if a.flags.json {
		x.lang = text.English
	}
	if len(args) == 0 || slices.ContainsFunc(args, ofCase) {
		if err := x.look(ctx); err != nil {
			return err
		}
	}
	var found []explained
	if len(args) == 0 || slices.Contains(args, "-") {
		data, cut, err := a.readTail(ctx)
		if err != nil {
			return err
		}
		if cut {
			a.warn(text.ExplainCut, "size", "8 MB")
		}
		if found = x.log(ctx, wxcode.Text(data)); len(found) == 0 {
			return clierr.New("cmd/no-code-in-log", clierr.NotFound, nil)
		}
	}
	for _, arg := range args {
		if arg == "-" {
			continue
		}
		if !a.flags.json {
			if done, err := a.explainPage(ctx, arg); done || err != nil {
				if err != nil {
					return err
				}
				continue
			}
		}
		e, ok := x.word(ctx, arg)
		if !ok {
			return clierr.New("cmd/cannot-explain", clierr.NotFound, clierr.Args{"name": arg})
		}
		found = append(found, e)
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema  string      `json:"schema"`
			Entries []explained `json:"entries"`
		}{"wxcloud.explain/1", found})
	}
	for i, e := range found {
		if i > 0 {
			a.printf("\n")
		}
		if i > 0 && conclusive(found[0]) && wxcode.Carrier(e.Code) {
			a.printBrief(e)
			continue
		}
		a.printExplained(e)
	}
	return nil
}

// ofCase reports whether an argument is explained by what a project shows: a
// number or a log.
func ofCase(arg string) bool {
	_, err := strconv.Atoi(arg)
	return err == nil || arg == "-"
}

// explainPage prints what has a page of its own: a lint rule or an interface.
func (a *app) explainPage(ctx context.Context, name string) (done bool, err error) {
	if rule, ok := rules.Lookup(name); ok {
		a.printRule(rule.Info())
		return true, nil
	}
	if r := catalog.Resolve(name); r.Known() && r.Kind != catalog.Typo || r.Kind == catalog.KindNotCallable && !r.Guess {
		if _, code := wxcode.LookupName(name); !code {
			return true, a.permInfo(ctx, name, infoOptions{})
		}
	}
	return false, nil
}

// printRule shows what a lint rule is about; docs/rules has the same with examples.
func (a *app) printRule(info lint.Info) {
	theme, lang := a.io.OutTheme(), lint.Lang(a.lang)
	a.printf("%s (%s)\n%s\n", theme.Bold(info.ID), info.Severity, info.Title.In(lang))
	for _, part := range []lint.Words{info.What, info.Why, info.Remedy} {
		if !part.IsZero() {
			a.printf("\n%s\n", strings.TrimSpace(part.In(lang)))
		}
	}
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
