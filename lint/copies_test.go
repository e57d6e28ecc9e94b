package lint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/rules"
)

// What a function gets a copy of is loaded at the place the copy lands at, counts
// as the function's own code, and is found at the file that is shared.
func TestCopiesAreTheFunctionsOwn(t *testing.T) {
	dir := t.TempDir()
	shared := "const cloud = require('wx-server-sdk')\nconst _ = require('lodash')\nconst { when } = require('./when')\n" +
		"exports.send = async () => [_, when, await cloud.openapi.subscribeMessage.send({})]\nexports.far = () => require('../../../../far')\n"
	main := "const cloud = require('wx-server-sdk')\ncloud.init()\nconst { send } = require('./lib/notice')\nexports.main = () => send()\n"
	declared := `{"permissions": {"openapi": ["subscribeMessage.send"]}}`
	files := map[string]string{
		"wxcloud.json": `{ "copy": [
  { "from": "shared/notice", "to": "lib/notice", "functions": ["a", "b"] },
  { "from": "shared/root", "to": ".", "functions": ["b"] },
  { "from": "shared/one.js", "to": "lib/one.js", "functions": ["b"] }
] }`,
		"project.config.json":             `{"cloudfunctionRoot": "functions/"}`,
		"shared/notice/package.json":      `{"main": "src/main.js"}`,
		"shared/notice/src/main.js":       strings.ReplaceAll(shared, "'./when'", "'./when/index'"),
		"shared/notice/src/when/index.js": "exports.when = 1\n",
		"shared/root/top.js":              "exports.top = 1\n",
		"shared/root/config.json":         `{"permissions": {"openapi": ["a.b"]}}`,
		"shared/one.js":                   "exports.one = 1\n",
		"functions/far.js":                "",
		"functions/a/index.js":            main,
		"functions/a/config.json":         declared,
		"functions/a/package.json":        `{"dependencies": {"wx-server-sdk": "2.6.3", "lodash": "4"}}`,
		"functions/b/index.js":            main + "require('./top')\nrequire('./lib/one')\nrequire('top')\n",
		"functions/b/config.json":         `{"permissions": {"openapi": []}}`,
		"functions/b/lib/own.js":          "",
		"functions/b/package.json":        `{"dependencies": {"wx-server-sdk": "2.6.3"}}`,
		"functions/c/index.js":            main,
		"functions/c/config.json":         declared,
		"functions/c/package.json":        `{"dependencies": {"wx-server-sdk": "2.6.3"}}`,
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p, err := config.Find(config.Options{Start: dir})
	if err != nil {
		t.Fatal(err)
	}
	report, err := lint.Analyze(t.Context(), p.Functions, rules.All(), lint.Options{Root: dir})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range report.Functions {
		for _, c := range f.Calls {
			got = append(got, fmt.Sprintf("%s calls %s at %s:%d", f.Name, c.API, c.File, c.Line))
		}
	}
	for _, d := range report.Diagnostics {
		got = append(got, fmt.Sprintf("%s %s %s:%d", d.Function, d.Rule, d.File, d.Line))
	}
	want := []string{
		"a calls subscribeMessage.send at shared/notice/src/main.js:4",
		"b calls subscribeMessage.send at shared/notice/src/main.js:4",
		"a missing-argument shared/notice/src/main.js:4",
		"a outside-require shared/notice/src/main.js:5",
		"b missing-module shared/notice/src/main.js:2", // a has lodash, b has not
		"b missing-argument shared/notice/src/main.js:4",
		"b undeclared-api shared/notice/src/main.js:4",
		"b outside-require shared/notice/src/main.js:5",
		"c missing-module functions/c/index.js:3", // which gets no copy
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
