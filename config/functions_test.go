package config_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

// load reads files as a project whose functions are in "fns".
func load(t *testing.T, files map[string]string) (*config.Project, string) {
	t.Helper()
	all := map[string]string{"project.config.json": `{"cloudfunctionRoot": "fns"}`, "fns/": ""}
	for name, text := range files {
		all["fns/"+name] = text
	}
	dir := tree(t, all)
	p, err := config.Find(config.Options{Start: dir})
	if err != nil {
		t.Fatal(err)
	}
	return p, dir
}

func TestFunctionsAndWhatIsNot(t *testing.T) {
	p, dir := load(t, map[string]string{
		"plain/index.js":                "",
		"declared-only/config.json":     "{}",
		"package-only/package.json":     `{"main": "gone.js"}`,
		"typescript/index.ts":           "",
		"uses-common/index.js":          `const { send } = require('../common/send')`,
		"uses-deep/lib/a.js":            "import x from \"../../shared\"\nrequire('../sibling')",
		"uses-deep/index.js":            "",
		"common/send.js":                "",
		"common/index.js":               "",
		"shared/index.js":               "require('../shared/self')",
		"sibling/index.js":              "", // "../sibling" from a sub-folder is uses-deep/sibling
		"self/index.js":                 "require('../self/x')",
		"uses-function/index.js":        "require('../used/index.js')",
		"used/index.js":                 "exports.main = async () => {}",
		"installs/package.json":         `{"dependencies": {"kit": "file:../kit/", "own": "file:../kit-fn"}}`,
		"installs/index.js":             "",
		"kit/package.json":              "{}",
		"kit/index.js":                  "",
		"kit-fn/package.json":           "{}",
		"kit-fn/config.json":            "{}",
		"kit-fn/index.js":               "",
		"empty/":                        "",
		"docs/readme.md":                "",
		".idea/index.js":                "",
		"node_modules/a/index.js":       "",
		"node_modules_bak/package.json": "{}",
		"__mocks__/index.js":            "require('../plain')",
		"config.json":                   "{}",
		"business/business/index.js":    "",
	})
	want := []string{"declared-only", "installs", "kit-fn", "package-only", "plain", "self", "sibling", "typescript", "used", "uses-common", "uses-deep", "uses-function"}
	if diff := cmp.Diff(want, names(p.Functions)); diff != "" {
		t.Errorf("functions (-want +got):\n%s", diff)
	}
	skipped := map[string]config.SkipReason{}
	for _, s := range p.Skipped {
		skipped[s.Name] = s.Reason
		if s.Dir != filepath.Join(dir, "fns", s.Name) {
			t.Errorf("%s is in %s", s.Name, s.Dir)
		}
	}
	if diff := cmp.Diff(map[string]config.SkipReason{
		"common": config.SkipLibrary, "shared": config.SkipLibrary, "kit": config.SkipLibrary,
		"empty": config.SkipNoEntry, "docs": config.SkipNoEntry, "business": config.SkipNoEntry,
		".idea": config.SkipHidden, "node_modules": config.SkipModules, "node_modules_bak": config.SkipModules,
		"__mocks__": config.SkipMocks, "config.json": config.SkipFile,
	}, skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
}

// Files behind a link are read, and a folder in the place of a file is none.
func TestLinkedFiles(t *testing.T) {
	p, dir := load(t, map[string]string{
		"f/real.json": `{"permissions": {"openapi": ["a.b"]}}`, "f/package.json": `{"main": "lib/start"}`,
		"f/lib/start.js": "", "f/index.js/x": "",
	})
	if err := os.Symlink("real.json", filepath.Join(dir, "fns", "f", "config.json")); err != nil {
		t.Skip(err)
	}
	if p, err := config.LoadFolder(dir); err != nil || len(p.Functions) != 1 || !p.Functions[0].Declares("a.b") || p.Functions[0].Entry != "lib/start.js" {
		t.Errorf("%+v, %v", p, err)
	}
	if p.Functions[0].Config.Exists {
		t.Error("a config.json was there before it was made")
	}
}

func TestLinkedFunctions(t *testing.T) {
	dir := tree(t, map[string]string{
		"project.config.json": `{"cloudfunctionRoot": "fns"}`,
		"fns/real/index.js":   "", "elsewhere/index.js": "",
	})
	fns := filepath.Join(dir, "fns")
	for link, target := range map[string]string{
		"linked": "../elsewhere", "twin": "real", "dangling": "nowhere", "loop": "loop", "up": "..", "here": ".", "to-file": "real/index.js",
	} {
		if err := os.Symlink(filepath.FromSlash(target), filepath.Join(fns, link)); err != nil {
			t.Skip("no symbolic links here")
		}
	}
	p, err := config.Find(config.Options{Start: dir})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"linked", "real", "twin"}, names(p.Functions)); diff != "" {
		t.Errorf("functions (-want +got):\n%s", diff)
	}
	if got := p.Functions[0]; got.Dir != filepath.Join(fns, "linked") || got.Entry != "index.js" {
		t.Errorf("linked function: %s in %s", got.Entry, got.Dir)
	}
	for _, s := range p.Skipped {
		want := config.SkipLink
		if s.Name == "to-file" {
			want = config.SkipFile
		}
		if s.Reason != want {
			t.Errorf("%s: %s", s.Name, s.Reason)
		}
	}
}

func TestEntryAndPackage(t *testing.T) {
	for _, c := range []struct {
		name, main string
		files      []string
		entry      string
	}{
		{"index.js without main", "", []string{"index.js", "index.ts"}, "index.js"},
		{"TypeScript only", "", []string{"index.ts"}, "index.ts"},
		{"main without index.js", "app.js", []string{"app.js", "index.ts"}, "app.js"},
		{"main in a folder", "./dist/index.js", []string{"dist/index.js", "index.ts"}, "dist/index.js"},
		{"index.cjs before index.mjs", "", []string{"index.mjs", "index.cjs", "index.ts"}, "index.cjs"},
		{"index.mjs", "", []string{"index.mjs", "index.ts"}, "index.mjs"},
		{"index.cjs", "", []string{"index.cjs", "index.ts"}, "index.cjs"},
		{"main is index.js", "index.js", []string{"index.js", "index.mjs"}, "index.js"},
		{"main is index without extension", "./index", []string{"index.js"}, "index.js"},
		{"main is the other index", "index.js", []string{"index.mjs"}, "index.mjs"},
		{"main beside index.js", "app.js", []string{"app.js", "index.js"}, "app.js"},
		{"main in a folder beside index.js", "./dist/index.js", []string{"dist/index.js", "index.js"}, "dist/index.js"},
		{"main is TypeScript", "index.ts", []string{"index.ts"}, "index.ts"},
		{"main is TypeScript with its twin", "src/a.ts", []string{"src/a.ts", "src/a.js", "index.js"}, "src/a.js"},
		{"main is no source", "readme.md", []string{"readme.md", "index.js"}, "index.js"},
		{"main is built from src", "./dist/app.js", []string{"src/app.ts"}, "src/app.ts"},
		{"main is a folder that is not built", "lib", []string{"lib/index.ts"}, "lib/index.ts"},
		{"main is not compiled and not used", "app.js", []string{"app.ts", "index.js"}, "index.js"},
		{"main without extension", "lib/app", []string{"lib/app.js"}, "lib/app.js"},
		{"main is a folder", "lib", []string{"lib/index.js"}, "lib/index.js"},
		{"main is the folder itself", "./", []string{"index.js"}, "index.js"},
		{"backslashes", `dist\index.js`, []string{"dist/index.js"}, "dist/index.js"},
		{"main is not built yet", "app.js", []string{"app.ts"}, "app.ts"},
		{"main is missing", "dist/index.js", []string{"index.js"}, "index.js"},
		{"main leaves the folder", "../other/index.js", []string{"index.js"}, "index.js"},
		{"nothing", "", []string{"lib.js"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{"f/package.json": `{"main": ` + quoted(c.main) + `, "dependencies": {"wx-server-sdk": "~2.6.3", "b": "1"}}`, "f/package-lock.json": "{}"}
			for _, file := range c.files {
				files["f/"+file] = ""
			}
			p, _ := load(t, files)
			fn := p.Functions[0]
			if fn.Entry != c.entry {
				t.Errorf("entry %q, want %q", fn.Entry, c.entry)
			}
			want := config.Package{
				Exists: true, Path: filepath.Join(fn.Dir, "package.json"), Main: c.main, Locked: true,
				Dependencies: []config.Dependency{{Name: "wx-server-sdk", Version: "~2.6.3"}, {Name: "b", Version: "1"}},
			}
			got := fn.Package
			for i := range got.Dependencies { // see TestDependencies
				got.Dependencies[i].At = config.Range{}
			}
			got.Problems = nil // see TestMainBesideAnIndex
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("package (-want +got):\n%s", diff)
			}
		})
	}
}

// The cloud's handler is index.main, whatever main names.
func TestMainBesideAnIndex(t *testing.T) {
	for _, c := range []struct {
		name, main string
		files      []string
		index      string
		entry      string
	}{
		{"beside index.js", "app.js", []string{"app.js", "index.js"}, "index.js", "app.js"},
		{"in a folder", "./dist/index.js", []string{"dist/index.js", "index.js"}, "index.js", "dist/index.js"},
		{"without extension", "lib", []string{"lib/index.js", "index.js"}, "index.js", "lib/index.js"},
		{"beside index.mjs", "app.js", []string{"app.js", "index.mjs"}, "index.mjs", "app.js"},
		{"the other index", "index.mjs", []string{"index.js", "index.mjs"}, "index.js", "index.mjs"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{"f/package.json": "{\n  \"main\": " + quoted(c.main) + "\n}"}
			for _, file := range c.files {
				files["f/"+file] = ""
			}
			p, _ := load(t, files)
			fn := p.Functions[0]
			want := []config.Problem{{ID: "config/two-entries", Args: clierr.Args{"main": c.entry, "index": c.index}, Line: 2, Column: 11}}
			if diff := cmp.Diff(want, fn.Package.Problems, withoutEnds()); diff != "" || fn.Entry != c.entry {
				t.Errorf("entry %q, want %q; problems (-want +got):\n%s", fn.Entry, c.entry, diff)
			}
		})
	}
}

func TestBrokenPackage(t *testing.T) {
	for text, id := range map[string]clierr.ID{
		"{,}": "jsonedit/no-key", "[]": "config/not-an-object", `{"dependencies": ["a"]}`: "config/want-object",
	} {
		p, _ := load(t, map[string]string{"f/package.json": text, "f/index.js": ""})
		fn := p.Functions[0]
		if fn.Entry != "index.js" || !fn.Package.Exists || len(fn.Package.Problems) != 1 || fn.Package.Problems[0].ID != id {
			t.Errorf("%s: entry %q, problems %v", text, fn.Entry, fn.Package.Problems)
		}
	}
}

func TestDependencies(t *testing.T) {
	p, _ := load(t, map[string]string{
		"f/index.js":     "",
		"f/package.json": "{\n  \"dependencies\": {\n    \"wx-server-sdk\": \"latest\", \"b\": \"1\"\n  }\n}\n",
	})
	want := []config.Dependency{
		{Name: "wx-server-sdk", Version: "latest", At: config.Range{Line: 3, Column: 22, EndColumn: 30}},
		{Name: "b", Version: "1", At: config.Range{Line: 3, Column: 37, EndColumn: 40}},
	}
	if diff := cmp.Diff(want, p.Functions[0].Package.Dependencies); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLockedVersion(t *testing.T) {
	for text, want := range map[string]string{
		`{"lockfileVersion": 1, "dependencies": {"wx-server-sdk": {"version": "2.6.3", "requires": {}}}}`:                                             "2.6.3",
		`{"lockfileVersion": 3, "packages": {"": {"dependencies": {"wx-server-sdk": "latest"}}, "node_modules/wx-server-sdk": {"version": "3.0.1"}}}`: "3.0.1",
		`{"lockfileVersion": 2, "packages": {"node_modules/a/node_modules/wx-server-sdk": {"version": "1.0.0"}}}`:                                     "",
		`{}`: "",
		``:   "",
		`[`:  "",
	} {
		if got := config.LockedVersion([]byte(text), "wx-server-sdk"); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// The cloud loads the entry with require, which before Node 20.19 refuses an ES
// module; a package.json of type module makes every .js file one.
func TestTypeModule(t *testing.T) {
	for _, c := range []struct {
		text  string
		files []string
		want  int
	}{
		{`{"type": "module"}`, []string{"index.js"}, 1},
		{`{"type": "module", "main": "dist/app.js"}`, []string{"dist/app.js"}, 1},
		{`{"type": "commonjs"}`, []string{"index.js"}, 0},
		{`{"type": ["module"]}`, []string{"index.js"}, 0},
		{`{"type": "module"}`, []string{"index.cjs"}, 0},
		{`{"type": "module"}`, []string{"index.ts"}, 0},
		{`{"type": "module"}`, []string{"readme.md"}, 0},
	} {
		files := map[string]string{"f/package.json": c.text}
		for _, file := range c.files {
			files["f/"+file] = ""
		}
		p, _ := load(t, files)
		problems := p.Functions[0].Package.Problems
		if len(problems) != c.want {
			t.Errorf("%s with %v: %v", c.text, c.files, problems)
		}
		for _, problem := range problems {
			if problem.ID != "config/type-module" || problem.Line != 1 || problem.Column != 10 {
				t.Errorf("%s with %v: %+v", c.text, c.files, problem)
			}
		}
	}
}
