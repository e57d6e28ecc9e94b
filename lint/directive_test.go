package lint_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/rules"
)

// judged is a directive rule that says what it is asked to say.
type judged struct{}

func (judged) Info() lint.Info                         { return lint.Info{ID: "test-directive", Severity: lint.Warning} }
func (judged) Check(lint.Facts, func(lint.Diagnostic)) {}
func (judged) Explain(p lint.DirectiveProblem) (message, help lint.Words) {
	return lint.Words{En: fmt.Sprintf("%s %q %s %s", p.Kind, p.Directive, p.Rule, p.Nearest)}, lint.Words{}
}

// few are the rules that the stories of this file are about: a rule that is added
// to the others must not change them.
func few() []lint.Rule {
	return slices.DeleteFunc(rules.All(), func(r lint.Rule) bool {
		return !slices.Contains([]string{"undeclared-api", "unused-permission", "unknown-api", "retired-api", "syntax-error"}, r.Info().ID)
	})
}

// with lints a folder with a few rules and judged.
func with(t *testing.T, root string, o lint.Options) lint.Report {
	t.Helper()
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	o.Root = root
	r, err := lint.Analyze(t.Context(), p.Functions, append(few(), judged{}), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func suppressed(r lint.Report) []string {
	list := []string{}
	for _, s := range r.Suppressed {
		list = append(list, fmt.Sprintf("%s:%d %s %s", s.File, s.Line, s.Rule, s.Reason))
	}
	return list
}

func said(r lint.Report) []string {
	list := []string{}
	for _, d := range r.Diagnostics {
		message := d.Message.En
		if d.Rule != "test-directive" {
			message = d.API
		}
		list = append(list, fmt.Sprintf("%s:%d %s %s", d.File, d.Line, d.Rule, message))
	}
	return list
}

const head = "const cloud = require('wx-server-sdk'); cloud.init()\nexports.main = async () => {\n"

func TestDirectives(t *testing.T) {
	for _, c := range []struct {
		name, body string
		hidden     []string // line 3 is the first of body
		left       []string
	}{
		{
			"next line", "// wxcloud-disable-next-line undeclared-api  declared by  hand\nawait cloud.openapi.wxacode.get(event)\n",
			[]string{"a/index.js:4 undeclared-api declared by hand"},
			nil,
		},
		{
			"the same line, in a block comment", "await cloud.openapi.wxacode.get(event) /* wxcloud-disable-line undeclared-api -- as above */\n",
			[]string{"a/index.js:3 undeclared-api as above"},
			nil,
		},
		{
			"behind a call of several lines", "await cloud\n.openapi\n.wxacode.get(event) // wxcloud-disable-line undeclared-api\n",
			[]string{"a/index.js:3 undeclared-api "},
			nil,
		},
		{
			"not the line after the next", "// wxcloud-disable-next-line undeclared-api\n\nawait cloud.openapi.wxacode.get(event)\n",
			nil,
			[]string{`a/index.js:3 test-directive unused "wxcloud-disable-next-line" undeclared-api `, "a/index.js:5 undeclared-api wxacode.get"},
		},
		{
			"several rules, one of them for nothing", "// wxcloud-disable-next-line undeclared-api, retired-api 说明\nawait cloud.openapi.wxacode.get(event)\n",
			[]string{"a/index.js:4 undeclared-api 说明"},
			[]string{`a/index.js:3 test-directive unused "wxcloud-disable-next-line" retired-api `},
		},
		{
			"two above one line", "// wxcloud-disable-next-line undeclared-api，一\n// wxcloud-disable-next-line unknown-api 二\nawait cloud.openapi.no.such({})\n",
			[]string{"a/index.js:5 undeclared-api 一", "a/index.js:5 unknown-api 二"},
			nil,
		},
		{
			"a range", "/* wxcloud-disable undeclared-api */\nawait cloud.openapi.wxacode.get(event)\n/* wxcloud-enable undeclared-api */\nawait cloud.openapi.wxacode.get(event)\n",
			[]string{"a/index.js:4 undeclared-api "},
			[]string{"a/index.js:6 undeclared-api wxacode.get"},
		},
		{
			"a range of two rules, of which one ends",
			"/* wxcloud-disable undeclared-api, unknown-api */\nawait cloud.openapi.no.such({})\n// wxcloud-enable undeclared-api\nawait cloud.openapi.no.such({})\n// wxcloud-enable\nawait cloud.openapi.no.such({})\n// wxcloud-enable\n",
			[]string{"a/index.js:4 undeclared-api ", "a/index.js:4 unknown-api ", "a/index.js:6 unknown-api "},
			[]string{"a/index.js:6 undeclared-api no.such", "a/index.js:8 undeclared-api no.such", "a/index.js:8 unknown-api no.such"},
		},
		{
			"a range goes on behind other comments",
			"// wxcloud-disable undeclared-api\nawait cloud.openapi.no.such({})\n// wxcloud-disable-next-line unknown-api\nawait cloud.openapi.no.such({})\n",
			[]string{"a/index.js:4 undeclared-api ", "a/index.js:6 undeclared-api ", "a/index.js:6 unknown-api "},
			[]string{"a/index.js:4 unknown-api no.such"},
		},
		{
			"to the end of the file", "// wxcloud-disable undeclared-api generated\nawait cloud.openapi.wxacode.get(event)\nawait cloud.openapi.wxacode.get(event)\n",
			[]string{"a/index.js:4 undeclared-api generated", "a/index.js:5 undeclared-api generated"},
			nil,
		},
		{
			"an unknown rule", "// wxcloud-disable-next-line undeclered-api because\nawait cloud.openapi.wxacode.get(event)\n",
			nil,
			[]string{`a/index.js:3 test-directive unknown-rule "wxcloud-disable-next-line" undeclered-api undeclared-api`, "a/index.js:4 undeclared-api wxacode.get"},
		},
		{
			"no rule", "// wxcloud-disable-next-line -- because\nawait cloud.openapi.wxacode.get(event)\n",
			nil,
			[]string{`a/index.js:3 test-directive no-rule "wxcloud-disable-next-line"  `, "a/index.js:4 undeclared-api wxacode.get"},
		},
		{
			"an unknown directive", "// wxcloud-disable-nextline undeclared-api\n// wxcloud-probe begin\n",
			nil,
			[]string{`a/index.js:3 test-directive unknown "wxcloud-disable-nextline"  wxcloud-disable-next-line`},
		},
		{
			"a syntax error stays", "// wxcloud-disable-next-line undeclared-api\nawait cloud.openapi.wxacode.get(event) ]\n",
			[]string{"a/index.js:4 undeclared-api "},
			[]string{"a/index.js:4 syntax-error "},
		},
		{
			"what is not understood is not called unused", "// wxcloud-disable-next-line undeclared-api\nawait ]\n",
			nil,
			[]string{"a/index.js:4 syntax-error "},
		},
		{"a string is no directive", "'// wxcloud-disable-next-line undeclared-api'\n", nil, nil},
	} {
		root := t.TempDir()
		write(t, filepath.Join(root, "a/index.js"), head+c.body+"}\n")
		write(t, filepath.Join(root, "a/package.json"), `{"dependencies":{"wx-server-sdk":"3.0.1"}}`)
		r := with(t, root, lint.Options{})
		if diff := cmp.Diff(append([]string{}, c.hidden...), suppressed(r)); diff != "" {
			t.Errorf("%s: suppressed (-want +got):\n%s", c.name, diff)
		}
		if diff := cmp.Diff(append([]string{}, c.left...), said(r)); diff != "" {
			t.Errorf("%s: left (-want +got):\n%s", c.name, diff)
		}
		if n := r.Summary.Errors + r.Summary.Warnings + r.Summary.Notices; n != len(c.left) {
			t.Errorf("%s: %+v counts what is suppressed", c.name, r.Summary)
		}
	}
}

// A directive in a shared file is needed if one of the functions needs it, and is
// only judged when all of them are seen.
func TestDirectiveInASharedFile(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "common/x.js"), head+"// wxcloud-disable-next-line undeclared-api\nawait cloud.openapi.wxacode.get(event)\n}\n")
	for _, name := range []string{"a", "b", "c"} {
		write(t, filepath.Join(root, name, "index.js"), "exports.main = require('../common/x').main\n")
		write(t, filepath.Join(root, name, "config.json"), `{"permissions":{"openapi":["wxacode.get"]}}`)
	}
	unused := `common/x.js:3 test-directive unused "wxcloud-disable-next-line" undeclared-api `
	keep := func(d string) bool { return d != unused }
	if left := said(with(t, root, lint.Options{})); !slices.Contains(left, unused) || len(slices.DeleteFunc(slices.Clone(left), keep)) != 1 {
		t.Errorf("%q", left)
	}
	if left := said(with(t, root, lint.Options{Partial: true})); slices.Contains(left, unused) {
		t.Errorf("%q", left)
	}
	write(t, filepath.Join(root, "b/config.json"), "{}")
	r := with(t, root, lint.Options{})
	if left := said(r); slices.Contains(left, unused) || len(r.Suppressed) != 1 || r.Suppressed[0].Function != "b" {
		t.Errorf("%q, %q", left, suppressed(r))
	}
}

func TestIgnoreList(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a/index.js"), head+"}\n")
	write(t, filepath.Join(root, "a/config.json"), `{"permissions":{"openapi":["wxacode.get", "security.msgSecCheck"]}}`)
	list := []config.Ignored{
		{Rule: "unused-permission", Function: "a", API: "wxacode.*", Reason: "version 1", Line: 4, Column: 7},
		{Rule: "unused-permission", Function: "b", Line: 5, Column: 7},
	}
	only := func(r lint.Report) []string {
		return slices.DeleteFunc(said(r), func(s string) bool { return !slices.Contains([]string{s[:1]}, "a") && s[:1] != "w" })
	}
	r := with(t, root, lint.Options{Ignore: list, IgnoreFile: "wxcloud.json"})
	if diff := cmp.Diff([]string{"a/config.json:1 unused-permission version 1"}, suppressed(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !r.Suppressed[0].External {
		t.Error("an entry of the list is not in the source")
	}
	got := only(r)
	if want := `wxcloud.json:5 test-directive unused "" unused-permission `; !slices.Contains(got, want) {
		t.Errorf("%q lacks %q", got, want)
	}
	// An unused entry can itself be accepted.
	list = append(list, config.Ignored{Rule: "test-directive", Reason: "soon", Line: 6, Column: 7})
	if got := suppressed(with(t, root, lint.Options{Ignore: list, IgnoreFile: "wxcloud.json"})); !slices.Contains(got, "wxcloud.json:5 test-directive soon") {
		t.Errorf("%q", got)
	}
	if r := with(t, root, lint.Options{Ignore: list, Partial: true}); slices.ContainsFunc(r.Diagnostics, func(d lint.Diagnostic) bool { return d.Rule == "test-directive" }) {
		t.Errorf("%q", said(r))
	}
}

func TestLevels(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a/index.js"), head+"// wxcloud-disable-next-line retired-api\nawait cloud.openapi.wxacode.get(event)\n}\n")
	write(t, filepath.Join(root, "a/config.json"), `{"permissions":{"openapi":["security.msgSecCheck"]}}`)
	r := with(t, root, lint.Options{Levels: map[string]lint.Severity{
		"undeclared-api": lint.Notice, "unused-permission": lint.Off, "retired-api": lint.Off,
	}})
	if got := said(r); !slices.Contains(got, "a/index.js:4 undeclared-api wxacode.get") || slices.ContainsFunc(r.Diagnostics, func(d lint.Diagnostic) bool {
		return d.Rule == "unused-permission" || d.Rule == "test-directive"
	}) {
		t.Errorf("%q", got)
	}
	if r.Summary.Errors != 0 || r.Summary.Calls != 1 || len(r.Functions[0].Declared) != 1 || r.ExitCode() != 0 {
		t.Errorf("%+v", r.Summary)
	}
	ran := map[string]lint.Severity{}
	for _, info := range r.Rules {
		ran[info.ID] = info.Severity
	}
	if _, off := ran["retired-api"]; off || ran["undeclared-api"] != lint.Notice || ran["test-directive"] == "" {
		t.Errorf("rules that ran: %v", ran)
	}
	r = with(t, root, lint.Options{Levels: map[string]lint.Severity{"unused-permission": lint.Error, "test-directive": lint.Error}})
	if r.Summary.Errors != 3 {
		t.Errorf("%+v %q", r.Summary, said(r))
	}
}

func TestKeep(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a", "b"} {
		write(t, filepath.Join(root, name, "index.js"), sendCode)
	}
	r := with(t, root, lint.Options{Keep: func(fn lint.Facts) bool { return fn.Function.Name == "b" }})
	if len(r.Functions) != 1 || r.Functions[0].Name != "b" || r.Summary.Functions != 1 || r.Summary.Errors != 1 {
		t.Errorf("%+v %q", r.Summary, said(r))
	}
}

// A comment that disables nothing goes with --fix, and nothing else with it.
func TestRemoveUnusedDirectives(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "a/index.js")
	write(t, file, "// wxcloud-disable-next-line retired-api\r\n"+head+
		"  /* wxcloud-disable-line retired-api */ await cloud.openapi.wxacode.get({}) // wxcloud-disable-line undeclared-api\n"+
		"  // wxcloud-disable-next-line undeclared-api, retired-api\n  await cloud.openapi.wxacode.get({}) // wxcloud-disable-line retired-api, unknown-api\n"+
		"  // wxcloud-disable-next-line no-such-rule\n\n"+
		"\t// wxcloud-disable-next-line retired-api because\n}\n// wxcloud-disable-line retired-api")
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	fixed, err := lint.Fix(t.Context(), p.Functions, append(few(), judged{}), lint.Options{Root: root})
	if err != nil || len(fixed.Changes) != 1 {
		t.Fatal(fixed.Changes, err)
	}
	want := head + "  await cloud.openapi.wxacode.get({}) // wxcloud-disable-line undeclared-api\n" +
		"  // wxcloud-disable-next-line undeclared-api, retired-api\n  await cloud.openapi.wxacode.get({})\n" +
		"  // wxcloud-disable-next-line no-such-rule\n\n}\n"
	if diff := cmp.Diff(want, string(fixed.Changes[0].After)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if left := said(fixed.Left); len(left) != 2 {
		t.Errorf("%q", left)
	}
}
