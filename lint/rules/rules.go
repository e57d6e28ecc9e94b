// Package rules holds the lint rules, one per file: what it finds, why it
// matters, an example that is run as a test, and the check itself. A rule judges
// one function from the facts it is given; it reads no file, knows no other rule,
// and does not know how a finding is printed.
package rules

import (
	"slices"
	"strings"

	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/js"
)

// All returns every rule, sorted by id.
func All() []lint.Rule {
	return []lint.Rule{
		configInvalid{},
		duplicatePermission{},
		dynamicCall{},
		missingArgument{},
		missingModule{},
		notCloudCallable{},
		outsideRequire{},
		retiredAPI{},
		sdkNotInitialised{},
		sdkVersion{},
		syntaxError{},
		triggerInvalid{},
		unawaitedCall{},
		undeclaredAPI{},
		uninvokedCall{},
		unknownAPI{},
		unknownArgument{},
		unusedDirective{},
		unusedPermission{},
		wrongName{},
	}
}

// Lookup returns the rule with the given id.
func Lookup(id string) (lint.Rule, bool) {
	for _, r := range All() {
		if r.Info().ID == id {
			return r, true
		}
	}
	return nil, false
}

// mention is a place that names an interface: a call in the code, or an entry in
// config.json.
type mention struct {
	name  string
	at    lint.Place
	call  *js.Call        // nil in config.json
	entry config.Declared // in config.json
}

// code reports whether the name stands in the code.
func (m mention) code() bool { return m.call != nil }

// mentions lists the calls and the declarations of a function.
func mentions(fn lint.Facts) []mention {
	list := make([]mention, 0, len(fn.Code.Calls)+len(fn.Function.Config.Openapi))
	for i := range fn.Code.Calls {
		c := &fn.Code.Calls[i]
		list = append(list, mention{name: c.API, at: fn.InCode(c.Span), call: c})
	}
	for _, d := range entries(fn) {
		list = append(list, mention{name: d.Name, at: fn.InConfig(d), entry: d})
	}
	return list
}

// entries are the declarations that are worth a word: not those with blanks
// around the name, of which config-invalid speaks, and not those that repeat an
// earlier one, of which duplicate-permission does.
func entries(fn lint.Facts) []config.Declared {
	list := make([]config.Declared, 0, len(fn.Function.Config.Openapi))
	for _, d := range fn.Function.Config.Openapi {
		if !blank(d) && !slices.ContainsFunc(list, func(e config.Declared) bool { return e.Name == d.Name }) {
			list = append(list, d)
		}
	}
	return list
}

// blank reports that a declared name has blanks around it. config-invalid says so;
// any other finding would show a name that looks right.
func blank(d config.Declared) bool { return strings.TrimSpace(d.Name) != d.Name }

// calls reports whether the code is known to call the interface.
func calls(fn lint.Facts, name string) bool {
	for i := range fn.Code.Calls {
		if fn.Code.Calls[i].API == name {
			return true
		}
	}
	return false
}

// uninvoked reports whether only code that nothing calls would call the interface.
func uninvoked(fn lint.Facts, name string) bool {
	for i := range fn.Code.Uninvoked {
		if fn.Code.Uninvoked[i].API == name {
			return true
		}
	}
	return false
}

// nearMiss returns a declared name that differs from name only in what people
// often get wrong: upper and lower case, a leading "openapi." or "cloud.openapi.",
// or blanks around it, in which case it comes with its quotes.
func nearMiss(f config.Function, name string) (string, bool) {
	for _, d := range f.Config.Openapi {
		bare := strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(d.Name), "cloud."), "openapi.")
		switch {
		case d.Name == name || !strings.EqualFold(bare, name):
		case blank(d):
			return `"` + d.Name + `"`, true
		default:
			return d.Name, true
		}
	}
	return "", false
}

// quoted is s as one word of a shell command. Names come from the user's files
// and may hold anything; a hint must be safe to paste.
func quoted(s string) string {
	plain := s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-' || r >= 0x3400)
	})
	if plain {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
