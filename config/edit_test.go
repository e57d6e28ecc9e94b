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

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAddAndRemove(t *testing.T) {
	const before = "{\r\n\t\"permissions\": {\r\n\t\t\"openapi\": [\r\n\t\t\t\"a.b\"\r\n\t\t]\r\n\t}\r\n}"
	const after = "{\r\n\t\"permissions\": {\r\n\t\t\"openapi\": [\r\n\t\t\t\"a.b\",\r\n\t\t\t\"c.d\"\r\n\t\t]\r\n\t}\r\n}"
	p, _ := load(t, map[string]string{"f/config.json": before})
	fn := p.Functions[0]
	add, err := config.AddOpenapi(fn, p.Functions, []string{"a.b", "c.d"})
	if err != nil {
		t.Fatal(err)
	}
	want := config.Edit{Path: fn.Config.Path, Before: []byte(before), After: []byte(after), Changed: true, Names: []string{"c.d"}}
	if diff := cmp.Diff(want, add); diff != "" {
		t.Errorf("add (-want +got):\n%s", diff)
	}
	if got := read(t, fn.Config.Path); got != before {
		t.Error("the file was written before Apply")
	}
	if err := add.Apply(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, fn.Config.Path); got != after {
		t.Errorf("the file holds %q", got)
	}
	remove, err := config.RemoveOpenapi(fn, []string{"c.d", "x.y"})
	if err != nil {
		t.Fatal(err)
	}
	if err := remove.Apply(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, fn.Config.Path); got != before || !cmp.Equal(remove.Names, []string{"c.d"}) {
		t.Errorf("removed %q, the file holds %q", remove.Names, got)
	}
}

func TestNothingToDo(t *testing.T) {
	p, _ := load(t, map[string]string{"f/config.json": `{"permissions":{"openapi":["a.b"]}}`, "g/index.js": "", "h/config.json": " \n"})
	for _, fn := range p.Functions {
		add, addErr := config.AddOpenapi(fn, nil, nil)
		remove, removeErr := config.RemoveOpenapi(fn, []string{"c.d"})
		if addErr != nil || removeErr != nil || add.Changed || remove.Changed || add.Created || remove.Created {
			t.Errorf("%s: add %+v %v, remove %+v %v", fn.Name, add, addErr, remove, removeErr)
		}
		if err := errors.Join(add.Apply(), remove.Apply()); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(fn.Config.Path); (err == nil) != fn.Config.Exists {
			t.Errorf("%s: a file appeared or went: %v", fn.Name, err)
		}
	}
}

func TestNewFileFollowsTheSiblings(t *testing.T) {
	spaces := "{\n  \"permissions\": {\n    \"openapi\": []\n  }\n}\n"
	tabs := strings.ReplaceAll(strings.ReplaceAll(strings.TrimSuffix(spaces, "\n"), "  ", "\t"), "\n", "\r\n")
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"no siblings", nil, strings.Replace(spaces, "[]", "[\n      \"a.b\"\n    ]", 1)},
		{
			"most use tabs",
			map[string]string{"a/config.json": spaces, "b/config.json": tabs, "c/config.json": tabs, "d/config.json": "{}", "e/config.json": "{"},
			strings.Replace(tabs, "[]", "[\r\n\t\t\t\"a.b\"\r\n\t\t]", 1),
		},
		{"siblings on one line show nothing", map[string]string{"a/config.json": `{"permissions":{}}`}, strings.Replace(spaces, "[]", "[\n      \"a.b\"\n    ]", 1)},
	} {
		for state, text := range map[string]string{"missing": "", "blank": "\ufeff \n"} {
			t.Run(c.name+", "+state, func(t *testing.T) {
				files := map[string]string{"new/index.js": ""}
				for name, text := range c.files {
					files[name] = text
				}
				want := c.want
				if state == "blank" {
					files["new/config.json"] = text
					want = "\ufeff" + want
				}
				p, _ := load(t, files)
				fn := p.Functions[len(p.Functions)-1]
				edit, err := config.AddOpenapi(fn, p.Functions, []string{"a.b", "a.b"})
				if err != nil {
					t.Fatal(err)
				}
				if edit.Created != (state == "missing") || !cmp.Equal(edit.Names, []string{"a.b"}) {
					t.Errorf("created %v, names %q", edit.Created, edit.Names)
				}
				if err := edit.Apply(); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, read(t, fn.Config.Path)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestEditRefusesWhatItCannotKeep(t *testing.T) {
	for _, c := range []struct {
		name, text string
		id         clierr.ID
		at         string
	}{
		{"comment", "{\n  // a\n}", "jsonedit/edit-comment", "fns/f/config.json:2:3"},
		{"trailing comma", "{\n  \"a\": 1,\n}", "jsonedit/edit-trailing-comma", "fns/f/config.json:2:9"},
		{"missing brace", "\"permissions\": {}", "jsonedit/no-opening-brace", "fns/f/config.json:1:1"},
		{"wrong shape", `{"permissions": {"openapi": {}}}`, "jsonedit/not-an-array", "fns/f/config.json:1:29"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, dir := load(t, map[string]string{"f/config.json": c.text})
			fn := p.Functions[0]
			_, err := config.AddOpenapi(fn, nil, []string{"a.b"})
			e := failure(t, err, c.id, dir, c.at)
			if len(e.Hints) != 1 || e.Hints[0].ID != "config/hint-add-by-hand" || e.Hints[0].Args["apis"] != "a.b" {
				t.Errorf("hints %v", e.Hints)
			}
			_, err = config.RemoveOpenapi(fn, []string{"a.b"})
			failure(t, err, c.id, dir, c.at)
			if got := read(t, fn.Config.Path); got != c.text {
				t.Errorf("the file holds %q", got)
			}
		})
	}
}

func TestEditRefusesOddNames(t *testing.T) {
	p, dir := load(t, map[string]string{"f/index.js": ""})
	for _, name := range []string{"", "a b", "a.b\n", "a\u200b.b", "a.\x9c"} {
		_, err := config.AddOpenapi(p.Functions[0], nil, []string{name})
		failure(t, err, "config/odd-name", dir, "")
	}
}

func TestApplyRefusesWhenTheFileChanged(t *testing.T) {
	p, dir := load(t, map[string]string{"f/config.json": "{}", "g/index.js": ""})
	for _, fn := range p.Functions {
		edit, err := config.AddOpenapi(fn, nil, []string{"a.b"})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(fn.Config.Path, []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
		failure(t, edit.Apply(), "config/changed-meanwhile", dir, "fns/"+fn.Name+"/config.json")
		if got := read(t, fn.Config.Path); got != "mine" {
			t.Errorf("the file holds %q", got)
		}
	}
	fn := p.Functions[0]
	if err := os.WriteFile(fn.Config.Path, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	edit, err := config.AddOpenapi(fn, nil, []string{"a.b"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(fn.Config.Path); err != nil {
		t.Fatal(err)
	}
	failure(t, edit.Apply(), "config/changed-meanwhile", dir, "fns/f/config.json")
	if err := os.Remove(fn.Dir); err != nil {
		t.Fatal(err)
	}
	edit.Created = true
	failure(t, edit.Apply(), "config/unwritable", dir, "fns/f/config.json")
}

func TestGeneratedBy(t *testing.T) {
	dir := tree(t, map[string]string{
		"hx/unpackage/dist/dev/mp-weixin/fns/a/index.js": "", "hx/cloudfunctions/a/index.js": "",
		"cli/dist/build/mp-weixin/fns/a/index.js": "", "cli/package.json": `{"dependencies": {"@dcloudio/uni-app": "3"}}`, "cli/src/cloudfunctions/a/index.js": "",
		"taro/dist/fns/a/index.js": "", "taro/package.json": `{"dependencies": {"@tarojs/taro": "3"}}`,
		"old/dist/fns/index.js": "", "old/manifest.json": "{}", "old/pages.json": "{}",
		"plain/dist/fns/a/index.js": "", "plain/package.json": "{}",
		"src/cloudfunctions/dist.js/index.js": "",
	})
	for _, c := range []struct{ path, tool, hint string }{
		{"hx/unpackage/dist/dev/mp-weixin/fns/a", "uni-app", "hx/cloudfunctions"},
		{"cli/dist/build/mp-weixin/fns", "uni-app", "cli/src/cloudfunctions"},
		{"cli/src/cloudfunctions/a", "", ""},
		{"taro/dist/fns/a", "Taro", "taro"},
		{"old/dist/fns", "uni-app", "old"},
		{"plain/dist/fns/a", "", ""},
		{"src/cloudfunctions/dist.js", "", ""},
	} {
		tool, hint, ok := config.GeneratedBy(filepath.Join(dir, filepath.FromSlash(c.path)))
		want := ""
		if c.hint != "" {
			want = filepath.Join(dir, filepath.FromSlash(c.hint))
		}
		if tool != c.tool || hint != want || ok != (c.tool != "") {
			t.Errorf("%s: %q %q %v", c.path, tool, hint, ok)
		}
	}
}
