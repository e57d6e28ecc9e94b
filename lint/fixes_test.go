package lint_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/js"
)

// fixing is a rule made for a test: it reports one finding for each fix.
type fixing func(fn lint.Facts) []*lint.Repair

func (fixing) Info() lint.Info {
	return lint.Info{ID: "test-fix", Severity: lint.Warning, Title: lint.Words{En: "a fix", Zh: "修复"}}
}

func (f fixing) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for _, fix := range f(fn) {
		report(lint.Diagnostic{Place: lint.Place{File: fn.ConfigFile()}, Message: lint.Words{En: "fix me"}, Fix: fix})
	}
}

func fixAll(t *testing.T, root string, rule lint.Rule) (lint.Report, []lint.Change) {
	t.Helper()
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	fixed, err := lint.Fix(t.Context(), p.Functions, []lint.Rule{rule}, lint.Options{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	return fixed.Left, fixed.Changes
}

// fixedWith makes the fixes of a few rules that come with wxcloud.
func fixedWith(t *testing.T, root string, o lint.Options) (lint.Report, []lint.Change) {
	t.Helper()
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	o.Root = root
	fixed, err := lint.Fix(t.Context(), p.Functions, few(), o)
	if err != nil {
		t.Fatal(err)
	}
	return fixed.Left, fixed.Changes
}

func apply(t *testing.T, changes []lint.Change) {
	t.Helper()
	for _, c := range changes {
		if err := c.Apply(); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// spans finds every occurrence of a word in a file, as lint/js would report it.
func spans(t *testing.T, dir, file, word string) []js.Span {
	t.Helper()
	text := read(t, filepath.Join(dir, file))
	var found []js.Span
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return found
		}
		at += i + len(word)
		found = append(found, js.Span{File: file, Start: at - len(word), End: at, Line: 1, Column: 1})
	}
}

// Removals, renames and additions of one config.json are made together, and a
// second run finds nothing to do.
func TestFixTidiesConfig(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a/index.js"), "exports.main = () => 1\n")
	file := filepath.Join(root, "a/config.json")
	write(t, file, "{ \"permissions\": { \"openapi\": [ \"a.b\", \"openapi.c.d\", \"a.b\", \"old.name\" ] } }\n")
	rule := fixing(func(fn lint.Facts) []*lint.Repair {
		var fixes []*lint.Repair
		seen := map[string]bool{}
		for _, d := range fn.Function.Config.Openapi {
			short, prefixed := strings.CutPrefix(d.Name, "openapi.")
			switch {
			case seen[d.Name], d.Name == "old.name":
				fixes = append(fixes, fn.Remove(d))
			case prefixed:
				fixes = append(fixes, fn.Rename(d, short))
			}
			seen[d.Name] = true
		}
		if !fn.Function.Declares("new.name") {
			fixes = append(fixes, fn.Declare("new.name"), fn.Declare("new.name"))
		}
		return fixes
	})
	r, changes := fixAll(t, root, rule)
	if len(r.Diagnostics) != 0 || len(changes) != 1 {
		t.Fatalf("%d left, %d changes", len(r.Diagnostics), len(changes))
	}
	var did []string
	for _, fix := range changes[0].Fixes {
		did = append(did, fix.En)
	}
	want := []string{
		"rename openapi.c.d to c.d in permissions.openapi", "remove a.b from permissions.openapi",
		"remove old.name from permissions.openapi", "declare new.name in permissions.openapi",
	}
	if !slices.Equal(did, want) {
		t.Errorf("%q, want %q", did, want)
	}
	if text := read(t, file); strings.Contains(text, "new.name") {
		t.Error("Fix wrote the file itself")
	}
	apply(t, changes)
	if got, want := read(t, file), "{ \"permissions\": { \"openapi\": [ \"a.b\", \"c.d\", \"new.name\" ] } }\n"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if _, again := fixAll(t, root, rule); len(again) != 0 {
		t.Errorf("a second run changes %d files", len(again))
	}
}

// Of overlapping edits of code the first is made; the other is due again in the
// next round, on the text as it is then.
func TestFixEditsCode(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "common/x.js"), "exports.x = '提醒' + 'aaa' + 'bb'\n")
	for _, name := range []string{"a", "b"} {
		write(t, filepath.Join(root, name, "index.js"), "exports.main = () => require('../common/x').x\n")
		write(t, filepath.Join(root, name, "config.json"), "{}")
	}
	rounds := 0
	rule := fixing(func(fn lint.Facts) []*lint.Repair {
		if fn.Function.Name == "a" {
			rounds++
		}
		text, err := fn.Source("../common/x.js")
		if err != nil {
			t.Error(err)
		}
		at := func(word string) js.Span {
			i := bytes.Index(text, []byte(word))
			return js.Span{File: "../common/x.js", Start: i, End: i + len(word)}
		}
		var fixes []*lint.Repair
		if s := at("aaa"); s.Start >= 0 {
			fixes = append(fixes, fn.Replace(s, "c", lint.Words{En: "a to c"}))
			fixes = append(fixes, fn.ReplaceAll([]lint.Replacement{{Span: at("bb"), Text: "d"}, {Span: at("aaa"), Text: "e"}}, lint.Words{En: "both"}))
		} else if s := at("bb"); s.Start >= 0 {
			fixes = append(fixes, fn.Replace(s, "d", lint.Words{En: "b to d"}))
		}
		return fixes
	})
	r, changes := fixAll(t, root, rule)
	if len(changes) != 1 || changes[0].File != "common/x.js" || len(r.Diagnostics) != 0 {
		t.Fatalf("%+v, %d left", changes, len(r.Diagnostics))
	}
	if got, want := string(changes[0].After), "exports.x = '提醒' + 'c' + 'd'\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if len(changes[0].Fixes) != 2 {
		t.Errorf("%+v", changes[0].Fixes)
	}
	if quoted, err := r.ReadFile("common/x.js"); err != nil || string(quoted) != string(changes[0].After) {
		t.Errorf("the report quotes %q, %v", quoted, err)
	}
	if rounds != 3 {
		t.Errorf("%d rounds", rounds)
	}
}

// What was changed by others in the meantime is not overwritten.
func TestFixRefusesAFileThatChanged(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "a/index.js")
	write(t, file, "exports.main = () => 1\n")
	rule := fixing(func(fn lint.Facts) []*lint.Repair {
		var fixes []*lint.Repair
		for _, s := range spans(t, fn.Function.Dir, "index.js", "1") {
			fixes = append(fixes, fn.Replace(s, "2", lint.Words{En: "count"}))
		}
		return fixes[:1]
	})
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	fixed, err := lint.Fix(t.Context(), p.Functions, []lint.Rule{rule}, lint.Options{Root: root})
	changes := fixed.Changes
	if err != nil || len(changes) != 1 {
		t.Fatal(changes, err)
	}
	write(t, file, "exports.main = () => 1 // mine\n")
	if err := changes[0].Apply(); err == nil || read(t, file) != "exports.main = () => 1 // mine\n" {
		t.Errorf("%v, %q", err, read(t, file))
	}
}

// Some files are not the user's to edit, and some edits do not fit.
func TestReplaceRefuses(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a/index.js"), "exports.main = () => 1\n")
	write(t, filepath.Join(root, "a/node_modules/m/index.js"), "exports.main = () => 1\n")
	fixAll(t, root, fixing(func(fn lint.Facts) []*lint.Repair {
		piece := func(file string, start, end int) lint.Replacement {
			return lint.Replacement{Span: js.Span{File: file, Start: start, End: end}, Text: "x"}
		}
		for name, pieces := range map[string][]lint.Replacement{
			"node_modules": {piece("node_modules/m/index.js", 0, 1)},
			"no file":      {piece("gone.js", 0, 0)},
			"past the end": {piece("index.js", 3, 900)},
			"two files":    {piece("index.js", 0, 1), piece("gone.js", 0, 0)},
			"overlap":      {piece("index.js", 0, 4), piece("index.js", 3, 5)},
			"nothing":      {},
		} {
			if fix := fn.ReplaceAll(pieces, lint.Words{}); fix != nil {
				t.Errorf("%s: %+v", name, fix)
			}
		}
		return nil
	}))
}

// Two functions that are one folder by a symbolic link are fixed once.
func TestFixOfLinkedFunctions(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a/index.js"), sendCode)
	write(t, filepath.Join(root, "a/config.json"), `{"permissions":{"openapi":["wxacode.get"]}}`)
	write(t, filepath.Join(root, "c/index.js"), sendCode)
	for link, target := range map[string]string{"b": "a", "c/config.json": "../a/config.json"} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Skip(err)
		}
	}
	r, changes := fixedWith(t, root, lint.Options{})
	if len(changes) != 1 || changes[0].File != "a/config.json" || r.Summary.Errors != 0 {
		t.Fatalf("%+v %+v", changes, r.Summary)
	}
	apply(t, changes)
	if got, want := read(t, filepath.Join(root, "c/config.json")), `{"permissions":{"openapi":["wxacode.get","subscribeMessage.send"]}}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if _, again := fixedWith(t, root, lint.Options{}); len(again) != 0 {
		t.Errorf("%+v", again)
	}
}
