package cmd

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"wxcloud/catalog"
	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
)

// nameWarning is something worth knowing about a name that is edited all the same.
type nameWarning struct {
	API      string `json:"api"`
	ID       string `json:"id"`
	Message  string `json:"message"`
	sentence text.Sentence
	pairs    []string
}

// retirement warns when an interface no longer works or should not be used.
func retirement(i catalog.Interface) []nameWarning {
	if i.Status == catalog.Active {
		return nil
	}
	w := nameWarning{API: i.Name, ID: string(i.Status), pairs: []string{"date", i.RetiredOn, "replacement", strings.Join(i.ReplacedBy, ", ")}}
	switch {
	case i.Status == catalog.Removed && len(i.ReplacedBy) > 0:
		w.sentence = text.WarnRemovedReplaced
	case i.Status == catalog.Removed:
		w.sentence = text.WarnRemoved
	case i.Inferred:
		w.sentence = text.WarnVanished
	case len(i.ReplacedBy) > 0:
		w.sentence = text.WarnDeprecatedReplaced
	default:
		w.sentence = text.WarnDeprecated
	}
	return []nameWarning{w}
}

func (w nameWarning) say(lang text.Lang) string {
	return w.sentence.In(lang, append([]string{"api", w.API}, w.pairs...)...)
}

// editWords are the sentences of an edit of permissions.openapi.
type editWords struct {
	schema                  string
	done, nothing, question text.Sentence
}

// editedFunction is one function in the JSON document of perm add and perm rm.
type editedFunction struct {
	Function string   `json:"function"`
	File     string   `json:"file"`
	Created  bool     `json:"created"`
	Changed  bool     `json:"changed"`
	Names    []string `json:"names"`
}

// within reports whether a file is in a folder.
func within(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// editPermissions works out every edit before it makes the first, so that one
// file that cannot be edited leaves them all as they were.
func (a *app) editPermissions(ctx context.Context, functions []config.Function, warnings []nameWarning, words editWords, edit func(config.Function) (config.Edit, error)) error {
	edits := make([]config.Edit, len(functions))
	for i, f := range functions {
		if err := refuseGenerated(ctx, f.Config.Path); err != nil {
			return err
		}
		var err error
		if edits[i], err = edit(f); err != nil {
			return err
		}
	}
	if len(functions) > 1 && a.mayAsk() {
		yes, err := a.confirm(a.t(words.question, "count", strconv.Itoa(len(functions)), "functions", strings.Join(functionNames(functions), ", ")), true)
		if err != nil {
			return err
		}
		if !yes {
			return clierr.New("cmd/not-confirmed", clierr.Usage, nil)
		}
	}
	document := struct {
		Schema    string           `json:"schema"`
		Functions []editedFunction `json:"functions"`
		Warnings  []nameWarning    `json:"warnings"`
	}{Schema: words.schema, Functions: []editedFunction{}, Warnings: warnings}
	changed := ""
	for i, e := range edits {
		if err := e.Apply(); err != nil {
			return err
		}
		if e.Changed {
			changed = functions[i].Name
		}
		names := e.Names
		if names == nil {
			names = []string{}
		}
		document.Functions = append(document.Functions, editedFunction{functions[i].Name, a.relative(e.Path), e.Created && e.Changed, e.Changed, names})
	}
	if a.flags.json {
		for i := range warnings {
			warnings[i].Message = warnings[i].say(text.English)
		}
		if warnings == nil {
			document.Warnings = []nameWarning{}
		}
		return a.printJSON(document)
	}
	for _, d := range document.Functions {
		if d.Changed {
			a.print(words.done, "names", strings.Join(d.Names, ", "), "file", d.File)
		} else {
			a.print(words.nothing, "file", d.File)
		}
	}
	for _, w := range warnings {
		a.warn(text.Verbatim, "text", w.say(a.lang))
	}
	for i, e := range edits {
		if e.Changed && !within(functions[i].Dir, e.Path) {
			a.say(text.PermBuildAgain)
			break
		}
	}
	if changed != "" && len(functions) == 1 {
		a.next(a.commandLine("deploy "+changed, environment{}))
	} else if changed != "" {
		a.next(a.commandLine("deploy", environment{}))
	}
	return nil
}
