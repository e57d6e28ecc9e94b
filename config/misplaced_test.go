package config_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

func TestMisplacedPermissions(t *testing.T) {
	const list = `{ "permissions": { "openapi": ["a.b", 7] } }`
	dir := tree(t, map[string]string{
		"project.config.json": `{"cloudfunctionRoot": "fns", "permissions": {"openapi": ["c.d"]}}`,
		"cloudbaserc.json":    `{"functions": [{"name": "a", "permissions": {"openapi": ["e.f"]}}, {"name": "b", "config": {"permissions": {"openapi": ["g.h"]}}}]}`,
		"config.json":         `{"permissions": {"openapi": []}}`,
		"fns/config.json":     list,
		"fns/a/index.js":      "",
		"fns/a/package.json":  list,
		"fns/b/index.js":      "",
		"fns/b/config.json":   list,
	})
	p, err := config.Find(config.Options{Start: dir})
	if err != nil {
		t.Fatal(err)
	}
	const root = "fns/config.json"
	want := map[string][]string{
		"a": {root + " a.b", "project.config.json c.d", "cloudbaserc.json e.f", "fns/a/package.json a.b"},
		"b": {root + " a.b", "project.config.json c.d", "cloudbaserc.json g.h"},
	}
	got := map[string][]string{}
	for _, fn := range p.Functions {
		for _, m := range append(fn.Config.Misplaced, fn.Package.Misplaced...) {
			file, err := filepath.Rel(dir, m.File)
			if err != nil || len(m.Names) != 1 || m.At.Line != 1 || m.At.EndColumn != m.At.Column+len(`"permissions"`) {
				t.Errorf("%+v", m)
			}
			got[fn.Name] = append(got[fn.Name], filepath.ToSlash(file)+" "+m.Names[0])
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if kept := p.Functions[0].WithConfig([]byte("{}")).Config.Misplaced; len(kept) != 3 {
		t.Errorf("an edit of config.json leaves %d of 3", len(kept))
	}
}

// A config.json beside the functions does not make their folder a function.
func TestRootWithConfig(t *testing.T) {
	p, _ := load(t, map[string]string{"config.json": "{}", "a/index.js": "", "b/index.js": ""})
	again, err := config.LoadFolder(p.Root)
	if err != nil || len(again.Functions) != 2 {
		t.Errorf("%d functions, %v", len(again.Functions), err)
	}
	q, _ := load(t, map[string]string{"config.json": "{}", "a/index.js": ""}) // the project names this root
	again, err = config.LoadFolder(q.Root)
	if err != nil || len(again.Functions) != 1 || again.Functions[0].Name != "a" {
		t.Errorf("%+v, %v", again.Functions, err)
	}
	// One with its code in a folder is a function.
	for _, files := range []map[string]string{
		{"a/config.json": "{}", "a/dist/index.js": "", "a/src/index.ts": ""},
		{"a/config.json": "{}", "a/handler/index.js": ""},
	} {
		q, _ = load(t, files)
		again, err = config.LoadFolder(filepath.Join(q.Root, "a"))
		if err != nil || len(again.Functions) != 1 || again.Functions[0].Name != "a" {
			t.Errorf("%v: %+v, %v", files, again.Functions, err)
		}
	}
	bare := tree(t, map[string]string{"config.json": "{}", "a/index.js": "", "a/package.json": "{}"})
	again, err = config.LoadFolder(bare)
	if err != nil || len(again.Functions) != 1 || again.Functions[0].Name != "a" {
		t.Errorf("%+v, %v", again.Functions, err)
	}
	// One with a package.json is a function that is built from its folders.
	q, _ = load(t, map[string]string{"a/config.json": "{}", "a/package.json": "{}", "a/src/index.ts": "", "a/old/index.ts": ""})
	again, err = config.LoadFolder(filepath.Join(q.Root, "a"))
	if err != nil || len(again.Functions) != 1 || again.Functions[0].Name != "a" {
		t.Errorf("%+v, %v", again.Functions, err)
	}
}

func TestPackageThatNodeRefuses(t *testing.T) {
	p, _ := load(t, map[string]string{"f/index.js": "", "f/package.json": "{\n  // c\n  \"dependencies\": {\"a\": \"1\",}\n}"})
	want := []config.Problem{{ID: "config/package-extras", Line: 2, Column: 3}}
	if diff := cmp.Diff(want, p.Functions[0].Package.Problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestConfigInTheWrongFile(t *testing.T) {
	const json, module = `{ "permissions": { "openapi": ["a.b"] } }`, "module.exports = {\n  permissions: {\n    openapi: [\n      'a.b',\n    ],\n  },\n}\n"
	p, dir := load(t, map[string]string{
		"a/index.js": "", "a/config.js": json,
		"b/index.js": "", "b/config.js": `module.exports = { port: 80, openapi: "https://example.com/openapi" }`,
		"c/index.js": "", "c/config.js": json, "c/config.json": "{}",
		"d/index.js": "", "d/config.js": json, "d/config.json": json,
		"e/index.js": "", "e/config.js": module,
		"f/index.js": "", "f/config.js": "exports.permissions = { openapi: ['a.b'] }", "f/config.json": `{"permissions": {"openapi": []}}`,
		"g/index.js": "", "g/config.js": `{ "permissions": { "openapi": [] } }`,
		"h/index.js": "", "h/config.js": json, "h/config.json": "{",
	})
	want := map[string]bool{"a": true, "c": true, "e": true, "f": true}
	for _, fn := range p.Functions {
		var problems []config.Problem
		if want[fn.Name] {
			problems = []config.Problem{{ID: "config/config-js", Line: 1, Column: 1, File: filepath.Join(dir, "fns", fn.Name, "config.js")}}
		}
		if fn.Name == "h" {
			problems = []config.Problem{{ID: "jsonedit/truncated", Args: clierr.Args{"bracket": "{", "line": "1"}, Line: 1, Column: 2, Fatal: true}}
		}
		if diff := cmp.Diff(problems, fn.Config.Problems); diff != "" {
			t.Errorf("%s (-want +got):\n%s", fn.Name, diff)
		}
		if exists := fn.Name == "c" || fn.Name == "d" || fn.Name == "f" || fn.Name == "h"; fn.Config.Path != filepath.Join(fn.Dir, "config.json") || fn.Config.Exists != exists {
			t.Errorf("%s: path %s, exists %v", fn.Name, fn.Config.Path, fn.Config.Exists)
		}
	}
}

func TestFolderWithoutEntry(t *testing.T) {
	p, dir := load(t, map[string]string{
		"empty/config.json": "{}", "empty/package.json": `{"main": "index.js"}`,
		"other/config.json": "{}", "other/helper.js": "",
		"built/config.json": "{}", "built/src/app.ts": "",
		"typed/config.json": "{}", "typed/tsconfig.json": "{}",
		"python/config.json": "{}", "python/index.py": "",
		"bundled/config.json": "{}", "bundled/webpack.config.js": "",
		"shared/package.json": "{}", "shared/helper.js": "",
	})
	for _, fn := range p.Functions {
		var want []config.Problem
		if fn.Name == "empty" || fn.Name == "other" {
			want = []config.Problem{{ID: "config/no-entry", File: filepath.Join(dir, "fns", fn.Name, "index.js")}}
		}
		if diff := cmp.Diff(want, fn.Config.Problems); diff != "" || fn.Entry != "" {
			t.Errorf("%s, entry %q (-want +got):\n%s", fn.Name, fn.Entry, diff)
		}
	}
}
