package lint_test

import (
	"testing"

	"wxcloud/lint"
)

func TestWordsWith(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"{api}", "{file}"},
		{"a {api} in {file}, {api}", "a {file} in c.json, {file}"},
		{"{ {api} } {{file}} {other} {", "{ {file} } {c.json} {other} {"},
		{"{api", "{api"},
		{"}{api}{", "}{file}{"},
	} {
		got := lint.Words{En: c.text, Zh: "“" + c.text + "”"}.With("api", "{file}", "file", "c.json", "odd")
		if got.En != c.want || got.Zh != "“"+c.want+"”" {
			t.Errorf("%q: got %q and %q", c.text, got.En, got.Zh)
		}
	}
}
