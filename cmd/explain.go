package cmd

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/catalog"
	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/wxcode"
	"wxcloud/lint"
	"wxcloud/lint/rules"
)

func (a *app) newExplain() *cobra.Command {
	c := a.command("explain CODE|NAME|-", text.ExplainShort, text.ExplainLong, clierr.OK, clierr.Usage, clierr.NotFound)
	c.Example = "  wxcloud explain -604101\n  wxcloud explain ResourceNotFound.Function\n  wxcloud explain - < function.log"
	// "-604101" is an argument here, not a flag.
	c.DisableFlagParsing = true
	c.RunE = func(c *cobra.Command, args []string) error {
		rest, err := a.explainFlags(c, args)
		if err != nil || rest == nil {
			return err
		}
		return a.explain(c.Context(), rest)
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

// explained is one explanation in the JSON document.
type explained struct {
	Code      int      `json:"code,omitempty"`
	Name      string   `json:"name,omitempty"`
	Class     string   `json:"class,omitempty"`
	Certainty string   `json:"certainty,omitempty"`
	Title     string   `json:"title"`
	Meaning   string   `json:"meaning"`
	Causes    []string `json:"causes"`
	Next      []string `json:"next"`
	DocURL    string   `json:"docUrl,omitempty"`
}

func (a *app) explain(ctx context.Context, args []string) error {
	if len(args) == 0 && a.io.InTerminal() {
		return clierr.New("cmd/nothing-to-explain", clierr.Usage, nil).Hint("cmd/hint-run", clierr.Args{"command": "wxcloud explain -604101"}).
			Hint("cmd/hint-rules", clierr.Args{"rules": strings.Join(ruleNames(), ", ")})
	}
	lang := a.lang
	if a.flags.json {
		lang = text.English
	}
	var found []explained
	if len(args) == 0 || slices.Contains(args, "-") {
		data, err := a.readInput(ctx)
		if err != nil {
			return err
		}
		if found = explainLog(string(data), lang); len(found) == 0 {
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
		e, ok := explainWord(arg, lang)
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
		a.printExplained(e)
	}
	return nil
}

// explainPage prints what has a page of its own: a lint rule or an interface.
func (a *app) explainPage(ctx context.Context, name string) (done bool, err error) {
	if rule, ok := rules.Lookup(name); ok {
		a.printRule(rule.Info())
		return true, nil
	}
	if _, ok := catalog.Lookup(name); ok {
		return true, a.permInfo(ctx, name, infoOptions{})
	}
	return false, nil
}

// explainWord finds a code written as a number (the sign may be missing) or a
// named error of the cloud.
func explainWord(word string, lang text.Lang) (explained, bool) {
	if n, err := strconv.Atoi(word); err == nil {
		if e, ok := explainCode(n, lang, ""); ok {
			return e, true
		}
		return explainCode(-n, lang, "")
	}
	if named, ok := wxcode.LookupName(word); ok {
		if words, ok := text.NamedCode(named.Name); ok {
			e := fill(words, lang, "")
			e.Name, e.Class, e.Certainty, e.DocURL = named.Name, string(named.Class), string(named.Certainty), named.DocURL
			return e, true
		}
	}
	if rule, ok := rules.Lookup(word); ok {
		info := rule.Info()
		return explained{
			Name: info.ID, Class: "rule", Certainty: string(wxcode.Documented), Title: info.Title.In(lint.Lang(lang)),
			Meaning: info.What.In(lint.Lang(lang)), Causes: []string{info.Why.In(lint.Lang(lang))}, Next: []string{info.Remedy.In(lint.Lang(lang))},
		}, true
	}
	if i, ok := catalog.Lookup(word); ok {
		return explained{
			Name: i.Name, Class: "interface", Title: i.TitleEn, Meaning: i.Note, Causes: []string{},
			Next: []string{"wxcloud perm info " + i.Name + " --json"}, DocURL: i.DocURL,
		}, true
	}
	return explained{}, false
}

// explainCode explains a number. api is the interface it came from, "" if unknown.
func explainCode(n int, lang text.Lang, api string) (explained, bool) {
	code, ok := wxcode.Lookup(n)
	if !ok {
		return explained{}, false
	}
	words, ok := text.Code(n)
	if !ok {
		return explained{}, false
	}
	e := fill(words, lang, api)
	e.Code, e.Name, e.Class, e.Certainty, e.DocURL = n, code.Name, string(code.Class), string(code.Certainty), code.DocURL
	return e, true
}

// explainLog explains every code and named error found in a log, in its order.
func explainLog(log string, lang text.Lang) []explained {
	var found []explained
	api := ""
	if named := wxcode.FindInterfaces(log); len(named) == 1 {
		api = named[0]
	}
	for _, n := range wxcode.Find(log) {
		if e, ok := explainCode(n, lang, api); ok {
			found = append(found, e)
		}
	}
	for _, name := range wxcode.FindNames(log) {
		if e, ok := explainWord(name, lang); ok {
			found = append(found, e)
		}
	}
	return found
}

// fill puts what is known of the case into the words; what is not known stays
// a word to replace, as in usage lines.
func fill(words text.CodeText, lang text.Lang, api string) explained {
	in := func(s text.Sentence) string { return s.In(lang, "api", orElse(api, "NAME"), "function", "FN") }
	e := explained{Title: in(words.Title), Meaning: in(words.Meaning), Causes: []string{}, Next: []string{}}
	for _, s := range words.Causes {
		e.Causes = append(e.Causes, in(s))
	}
	for _, s := range words.Next {
		e.Next = append(e.Next, in(s))
	}
	return e
}

func (a *app) printExplained(e explained) {
	theme := a.io.OutTheme()
	head := e.Name
	if e.Code != 0 {
		head = strings.TrimSpace(strconv.Itoa(e.Code) + "  " + e.Name)
	}
	a.printf("%s\n%s\n\n%s\n", theme.Bold(head), e.Title, e.Meaning)
	if len(e.Causes) > 0 {
		a.printf("\n%s\n", theme.Bold(a.t(text.ExplainCauses)))
		for i, cause := range e.Causes {
			a.printf("  %d. %s\n", i+1, cause)
		}
	}
	if len(e.Next) > 0 {
		a.printf("\n%s\n", theme.Bold(a.t(text.ExplainNext)))
		for _, next := range e.Next {
			a.printf("  - %s\n", next)
		}
	}
	a.printf("\n%s\n", theme.Dim(a.t(text.Certainty(e.Certainty), "url", orElse(e.DocURL, a.t(text.NotDocumented)))))
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
