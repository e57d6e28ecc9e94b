package lint_test

import (
	"fmt"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each archive is a folder of functions in styles that real code has; its file
// "want" lists every call by place, every call whose name nobody can tell, and
// every one that nothing reaches. One that has a line "finding" lists what is said
// about the declarations too.
func TestCalls(t *testing.T) {
	eachArchive(t, "testdata/calls/*.txtar", func(t *testing.T, root, want string) {
		var got []string
		r := analyze(t, root, root)
		for _, f := range r.Functions {
			for _, c := range f.Calls {
				got = append(got, fmt.Sprintf("%s:%d %s\n", c.File, c.Line, c.API))
			}
			for _, d := range f.Dynamic {
				got = append(got, fmt.Sprintf("dynamic %s:%d\n", d.File, d.Line))
			}
		}
		judges := strings.Contains(want, "\nfinding ")
		for _, d := range r.Diagnostics {
			switch d.Rule {
			case "uninvoked-call":
				got = append(got, fmt.Sprintf("uninvoked %s:%d %s\n", d.File, d.Line, d.API))
			case "undeclared-api", "unused-permission", "config-invalid":
				if judges {
					got = append(got, strings.TrimRight(fmt.Sprintf("finding %s:%d %s %s", d.File, d.Line, d.Rule, d.API), " ")+"\n")
				}
			}
		}
		sort.Strings(got)
		if diff := cmp.Diff(want, strings.Join(got, "")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// The bytes around a call change nothing: marks at the beginning, ends of lines,
// scripts that are not UTF-8, very long lines.
func TestCallsInAnyBytes(t *testing.T) {
	const program = "// 发送\nconst cloud = require('wx-server-sdk')\n" +
		"/* 说明 */ exports.main = async e => cloud.openapi.wxacode.get({ path: `a\n${e.p}` })\n"
	gbk := strings.NewReplacer("发送", "\xb7\xa2\xcb\xcd", "说明", "\xcb\xb5\xc3\xf7")
	for name, text := range map[string]string{
		"mark":          "\ufeff" + program,
		"hashbang":      "#!/usr/bin/env node\n" + program,
		"both":          "\ufeff#!/usr/bin/env node\n" + program,
		"crlf":          strings.ReplaceAll(program, "\n", "\r\n"),
		"cr":            strings.ReplaceAll(program, "\n", "\r"),
		"separator":     strings.ReplaceAll(program, "\n", "\u2028"),
		"no end":        strings.TrimSuffix(program, "\n"),
		"gbk":           gbk.Replace(program),
		"ctrl-z":        program + "\x1a",
		"long line":     "var s = '" + strings.Repeat("云", 200_000) + "'; " + strings.ReplaceAll(program, "\n", " \n"),
		"many brackets": "var d = " + strings.Repeat("[", 900) + strings.Repeat("]", 900) + "\n" + program,
		"long chain":    "var c = 1" + strings.Repeat("+1", 5_000) + "\n" + program,
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			write(t, filepath.Join(root, "f", "index.js"), text)
			f := analyze(t, root, root).Functions[0]
			if len(f.Calls) != 1 || f.Calls[0].API != "wxacode.get" || len(f.Dynamic) != 0 {
				t.Errorf("%+v %+v", f.Calls, f.Dynamic)
			}
		})
	}
}
