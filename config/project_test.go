package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

// tree writes files (slash paths; a name with a final slash is a folder) into a
// new folder and returns it with links resolved.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		folder := path
		if !strings.HasSuffix(name, "/") {
			folder = filepath.Dir(path)
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if folder == path {
			continue
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func names(functions []config.Function) []string {
	var list []string
	for _, fn := range functions {
		list = append(list, fn.Name)
	}
	return list
}

// failure checks that err has the id and stands at "name:line:column" of dir.
func failure(t *testing.T, err error, id clierr.ID, dir, at string) *clierr.Error {
	t.Helper()
	var e *clierr.Error
	if !errors.As(err, &e) {
		t.Fatalf("error %v, want %s", err, id)
	}
	got := strings.TrimPrefix(filepath.ToSlash(e.At.String()), filepath.ToSlash(dir)+"/")
	if e.ID != id || got != at {
		t.Errorf("error %s at %q, want %s at %q", e.ID, got, id, at)
	}
	return e
}

func TestFindRoot(t *testing.T) {
	const fn = "/send/index.js"
	for _, c := range []struct {
		name    string
		files   map[string]string
		start   string
		options config.Options
		dir     string // relative
		root    string // relative
		source  string
		guessed bool
	}{
		{name: "plain", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": "cloudfunctions"}`, "cloudfunctions" + fn: ""}, root: "cloudfunctions", source: "project.config.json"},
		{name: "dot and slash", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": "./cloudfunctions/"}`, "cloudfunctions" + fn: ""}, root: "cloudfunctions", source: "project.config.json"},
		{name: "slash", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": "cloud/functions/"}`, "cloud/functions" + fn: ""}, root: "cloud/functions", source: "project.config.json"},
		{name: "backslashes", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": ".\\src\\cloudfunctions\\"}`, "src/cloudfunctions" + fn: ""}, root: "src/cloudfunctions", source: "project.config.json"},
		{name: "the project itself", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": "./"}`, "send/index.js": ""}, root: ".", source: "project.config.json"},
		{name: "beside", files: map[string]string{"mp/project.config.json": `{"cloudfunctionRoot": "../cloudfunctions/"}`, "cloudfunctions" + fn: ""}, start: "mp", dir: "mp", root: "cloudfunctions", source: "project.config.json"},
		{name: "beside, standing in the function", files: map[string]string{"mp/project.config.json": `{"cloudfunctionRoot": "../cloudfunctions/"}`, "cloudfunctions" + fn: ""}, start: "cloudfunctions/send", dir: "mp", root: "cloudfunctions", source: "project.config.json"},
		{name: "only one in the repository", files: map[string]string{".git/HEAD": "", "docs/x": "", "mp/project.config.json": `{"cloudfunctionRoot": "fns"}`, "mp/fns" + fn: ""}, start: "docs", dir: "mp", root: "mp/fns", source: "project.config.json"},
		{name: "from below", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": "cloudfunctions"}`, "cloudfunctions" + fn: ""}, start: "cloudfunctions/send", root: "cloudfunctions", source: "project.config.json"},
		{name: "private file first", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": "a"}`, "project.private.config.json": `{"cloudfunctionRoot": "b"}`, "a/x": "", "b" + fn: ""}, root: "b", source: "project.private.config.json"},
		{name: "empty value, conventional folder", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": ""}`, "cloud-functions" + fn: ""}, root: "cloud-functions", source: "cloud-functions", guessed: true},
		{name: "no value, the usual folder first", files: map[string]string{"project.config.json": `{}`, "cloudfunctions/": "", "functions" + fn: ""}, root: "cloudfunctions", source: "cloudfunctions", guessed: true},
		{name: "generic folder with functions", files: map[string]string{"project.config.json": `{}`, "functions" + fn: ""}, root: "functions", source: "functions", guessed: true},
		{name: "generic folder without", files: map[string]string{"project.config.json": `{}`, "functions/readme.md": "", "cloud" + fn: ""}, root: "cloud", source: "cloud", guessed: true},
		{name: "cloud with functions inside", files: map[string]string{"project.config.json": `{}`, "cloud/functions" + fn: "", "cloud" + fn: ""}, root: "cloud/functions", source: "cloud/functions", guessed: true},
		{name: "CloudBase names it", files: map[string]string{"project.config.json": `{}`, "cloudbaserc.json": "{\n  // comment\n  \"functionRoot\": \"./fns\",\n}", "fns" + fn: ""}, root: "fns", source: "cloudbaserc.json"},
		{name: "CloudBase alone", files: map[string]string{"cloudbaserc.json": `{"functionRoot": "fns"}`, "fns" + fn: ""}, start: "fns/send", root: "fns", source: "cloudbaserc.json"},
		{name: "CloudBase variable", files: map[string]string{"cloudbaserc.json": `{"functionRoot": "{{env.ROOT}}"}`, "cloudfunctions" + fn: ""}, root: "cloudfunctions", source: "cloudfunctions", guessed: true},
		{name: "CloudBase below the project", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": "fns"}`, "fns/cloudbaserc.json": "{}", "fns" + fn: ""}, start: "fns", root: "fns", source: "project.config.json"},
		{name: "own file first", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": "a"}`, "wxcloud.json": `{"root": "b"}`, "b" + fn: ""}, root: "b", source: "wxcloud.json"},
		{name: "own file alone", files: map[string]string{"wxcloud.json": `{"root": "src/cloud"}`, "src/cloud" + fn: ""}, root: "src/cloud", source: "wxcloud.json"},
		{name: "flag", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": "a"}`, "sub/b" + fn: ""}, start: "sub", options: config.Options{Root: "b"}, root: "sub/b", source: "--root"},
		{name: "flag, no project", files: map[string]string{"b" + fn: ""}, options: config.Options{Root: "./b/"}, dir: "b", root: "b", source: "--root"},
		{name: "byte order mark and comments", files: map[string]string{"project.config.json": "\ufeff{ // mine\n  \"cloudfunctionRoot\": \"a\",\n}", "a" + fn: ""}, root: "a", source: "project.config.json"},
		{name: "the last of two keys", files: map[string]string{"project.config.json": `{"cloudfunctionRoot": "x", "cloudfunctionRoot": "a"}`, "a" + fn: ""}, root: "a", source: "project.config.json"},
		{name: "non-ASCII folders", files: map[string]string{"小程序/project.config.json": `{"cloudfunctionRoot": "云函数/"}`, "小程序/云函数" + fn: ""}, start: "小程序", dir: "小程序", root: "小程序/云函数", source: "project.config.json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := tree(t, c.files)
			o := c.options
			o.Start = filepath.Join(dir, filepath.FromSlash(c.start))
			p, err := config.Find(o)
			if err != nil {
				t.Fatal(err)
			}
			want := []string{filepath.Join(dir, c.dir), filepath.Join(dir, filepath.FromSlash(c.root)), c.source}
			if diff := cmp.Diff(want, []string{p.Dir, p.Root, p.RootFrom}); diff != "" || p.Guessed != c.guessed {
				t.Errorf("dir, root, source (-want +got), guessed %v:\n%s", p.Guessed, diff)
			}
			if c.name != "no value, the usual folder first" && !cmp.Equal(names(p.Functions), []string{"send"}) {
				t.Errorf("functions %q", names(p.Functions))
			}
		})
	}
}

func TestFindRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		root  string
		id    clierr.ID
		at    string
		hints []clierr.ID
	}{
		{"nothing", nil, "", "config/no-project", "", []clierr.ID{"config/hint-init", "config/hint-root"}},
		{"a project below", map[string]string{"a/project.config.json": "{}"}, "", "config/no-project", "", []clierr.ID{"config/hint-go-to"}},
		{"two projects in a repository", map[string]string{".git/HEAD": "", "a/project.config.json": "{}", "b/project.config.json": "{}"}, "", "config/no-project", "", []clierr.ID{"config/hint-go-to", "config/hint-go-to"}},
		{"broken", map[string]string{"project.config.json": "{\n  \"appid\": \"wx\"\n  \"x\": 1}"}, "", "jsonedit/no-comma", "project.config.json:3:3", nil},
		{"empty", map[string]string{"project.config.json": ""}, "", "jsonedit/empty", "project.config.json:1:1", nil},
		{"a list", map[string]string{"project.config.json": "[]"}, "", "config/not-an-object", "project.config.json:1:1", nil},
		{"root is a number", map[string]string{"project.config.json": `{"cloudfunctionRoot": 1}`}, "", "config/want-string", "project.config.json:1:23", nil},
		{"appid is a number", map[string]string{"project.config.json": `{"appid": 1}`}, "", "config/want-string", "project.config.json:1:11", nil},
		{"root is missing", map[string]string{"project.config.json": `{"cloudfunctionRoot": "a"}`}, "", "config/root-missing", "project.config.json:1:23", []clierr.ID{"config/hint-make-root"}},
		{"root is a file", map[string]string{"project.config.json": `{"cloudfunctionRoot": "a"}`, "a": ""}, "", "config/root-not-a-folder", "project.config.json:1:23", nil},
		{"root is absolute", map[string]string{"project.config.json": `{"cloudfunctionRoot": "/etc"}`}, "", "config/root-absolute", "project.config.json:1:23", nil},
		{"root has a drive", map[string]string{"project.config.json": `{"cloudfunctionRoot": "C:\\fns"}`}, "", "config/root-absolute", "project.config.json:1:23", nil},
		{"root has a newline", map[string]string{"wxcloud.json": "{\n\"root\": \"a\\nb\"}"}, "", "config/root-odd", "wxcloud.json:2:9", nil},
		{"root is everything", map[string]string{"project.config.json": `{"cloudfunctionRoot": "` + strings.Repeat("../", 40) + `"}`}, "", "config/root-too-wide", "project.config.json:1:23", nil},
		{"flag names nothing", map[string]string{"project.config.json": `{}`}, "nowhere", "config/root-missing", "", []clierr.ID{"config/hint-make-root"}},
		{"nothing names the root", map[string]string{"project.config.json": `{}`}, "", "config/root-unknown", "", []clierr.ID{"config/hint-name-root"}},
		{"project file is a folder in name only", map[string]string{"wxcloud.json": `{"root": "a"}`, "project.config.json/x": "", "a/x": ""}, "", "config/not-a-file", "project.config.json", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := tree(t, c.files)
			_, err := config.Find(config.Options{Start: dir, Root: c.root})
			e := failure(t, err, c.id, dir, c.at)
			var hints []clierr.ID
			for _, hint := range e.Hints {
				hints = append(hints, hint.ID)
			}
			if diff := cmp.Diff(c.hints, hints); diff != "" {
				t.Errorf("hints (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindAllowsAMissingRoot(t *testing.T) {
	for _, c := range []struct{ file, root, source string }{
		{`{"cloudfunctionRoot": "fns/"}`, "fns", "project.config.json"},
		{`{}`, "cloudfunctions", "cloudfunctions"},
	} {
		dir := tree(t, map[string]string{"project.config.json": c.file})
		p, err := config.Find(config.Options{Start: dir, AllowMissingRoot: true})
		if err != nil {
			t.Fatal(err)
		}
		if p.Root != filepath.Join(dir, c.root) || p.RootFrom != c.source || len(p.Functions) > 0 {
			t.Errorf("root %s from %q, functions %q", p.Root, p.RootFrom, names(p.Functions))
		}
	}
}

func TestAppID(t *testing.T) {
	base := map[string]string{"cloudfunctions/": "", "project.config.json": `{"appid": "wxproject", "miniprogramRoot": "mp/"}`}
	for _, c := range []struct {
		name       string
		file, text string
		flag       string
		appID, ext string
	}{
		{name: "project", appID: "wxproject"},
		{name: "private", file: "project.private.config.json", text: `{"appid": "wxprivate"}`, appID: "wxprivate"},
		{name: "own", file: "wxcloud.json", text: `{"appid": "wxown"}`, appID: "wxown"},
		{name: "flag", file: "wxcloud.json", text: `{"appid": "wxown"}`, flag: "wxflag", appID: "wxflag"},
		{name: "ext", file: "ext.json", text: `{"extEnable": true, "extAppid": "wxext"}`, appID: "wxproject", ext: "wxext"},
		{name: "ext beside app.json", file: "mp/ext.json", text: `{"extEnable": true, "extAppid": "wxext"}`, appID: "wxproject", ext: "wxext"},
		{name: "ext switched off", file: "ext.json", text: `{"extEnable": false, "extAppid": "wxext"}`, appID: "wxproject"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{}
			for name, text := range base {
				files[name] = text
			}
			if c.file != "" {
				files[c.file] = c.text
			}
			p, err := config.Find(config.Options{Start: tree(t, files), AppID: c.flag})
			if err != nil {
				t.Fatal(err)
			}
			if p.AppID != c.appID || p.ExtAppID != c.ext {
				t.Errorf("appid %q, ext %q", p.AppID, p.ExtAppID)
			}
		})
	}
}

func TestLoadFolder(t *testing.T) {
	dir := tree(t, map[string]string{
		"p/project.config.json": `{"appid": "wx1", "cloudfunctionRoot": "fns"}`,
		"p/fns/a/index.js":      "", "p/fns/b/config.json": "{}",
		"tools/package.json": "{}", "tools/a/index.js": "",
		"lonely/package.json": "{}",
		"empty/x/readme":      "",
		"file.js":             "",
		"r/wxcloud.json":      `{"root": "空间", "lint": {"baseline": "b.json"}}`,
		"r/空间/函数/index.ts":    "", "r/空间/函数/package.json": "{}", "r/空间/函数/lib/deep/x.ts": "",
		"r/空间/函数/node_modules/m/index.js": "", "r/空间/函数/node_modules/m/package.json": "{}",
		"r/空间/bare/index.js": "", "r/空间/bare/lib/x.js": "",
		// A function's own library, and a package it loads.
		"own/f/index.js": "require('./sdk')", "own/f/config.json": "{}", "own/f/lib/index.js": "",
		"own/f/sdk/index.js": "", "own/f/sdk/package.json": "{}",
		"bundled/index.js": "require('./sdk')", "bundled/sdk/index.js": "", "bundled/sdk/package.json": "{}",
		// A tool that lies with the functions.
		"stray/index.js": "console.log('deployed')", "stray/a/index.js": "", "stray/a/package.json": "{}", "stray/b/index.js": "",
	})
	for _, c := range []struct {
		path, dir, root string
		functions       []string
	}{
		{"p", "p", "p/fns", []string{"a", "b"}},
		{"p/fns", "p/fns", "p/fns", []string{"a", "b"}},
		{"p/fns/a", "p/fns/a", "p/fns", []string{"a"}},
		{"p/fns/b", "p/fns/b", "p/fns", []string{"b"}},
		{"tools", "tools", "tools", []string{"a"}},
		{"lonely", "lonely", ".", []string{"lonely"}},
		{"empty", "empty", "empty", nil},
		{"r/空间/函数", "r/空间/函数", "r/空间", []string{"函数"}},
		{"r/空间/函数/lib", "r/空间/函数", "r/空间", []string{"函数"}},
		{"r/空间/函数/lib/deep/x.ts", "r/空间/函数", "r/空间", []string{"函数"}},
		{"r/空间/函数/node_modules/m/index.js", "r/空间/函数", "r/空间", []string{"函数"}},
		{"own/f/lib", "own/f", "own", []string{"f"}},
		{"own/f/sdk", "own/f/sdk", "own/f", []string{"sdk"}},
		{"own/f", "own/f", "own", []string{"f"}},
		{"own", "own", "own", []string{"f"}},
		{"bundled", "bundled", ".", []string{"bundled"}},
		{"stray", "stray", "stray", []string{"a", "b"}},
		{"stray/b", "stray/b", "stray", []string{"b"}},
		{"r/空间/bare/index.js", "r/空间/bare", "r/空间", []string{"bare"}},
		{"r/空间/bare/lib", "r/空间/bare/lib", "r/空间/bare/lib", nil},
	} {
		p, err := config.LoadFolder(filepath.Join(dir, filepath.FromSlash(c.path)))
		if err != nil {
			t.Fatal(err)
		}
		if inside := strings.HasPrefix(c.path, "r/"); inside != (p.Settings.Lint.Baseline == filepath.Join(dir, "r/b.json")) {
			t.Errorf("%s: settings %+v", c.path, p.Settings)
		}
		if p.Dir != filepath.Join(dir, filepath.FromSlash(c.dir)) || p.Root != filepath.Join(dir, filepath.FromSlash(c.root)) {
			t.Errorf("%s: dir %s, root %s", c.path, p.Dir, p.Root)
		}
		if diff := cmp.Diff(c.functions, names(p.Functions)); diff != "" {
			t.Errorf("%s: functions (-want +got):\n%s", c.path, diff)
		}
	}
	for path, id := range map[string]clierr.ID{
		"nowhere": "config/no-folder", "file.js": "config/not-a-folder", "r/空间/bare/lib/x.js": "config/not-a-folder",
	} {
		_, err := config.LoadFolder(filepath.Join(dir, path))
		failure(t, err, id, dir, "")
	}
}
