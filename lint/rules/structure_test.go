package rules

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/js"
)

// sdk is a function that loads the SDK and makes the calls.
func sdk(change func(*js.Result), calls ...string) lint.Facts {
	fn := facts{calls: calls}.build()
	fn.Code.UsesSDK = true
	if change != nil {
		change(&fn.Code)
	}
	return fn
}

func TestSDKNotInitialised(t *testing.T) {
	found := []string{"warning fns/notify/index.js:1 wxacode.get"}
	for _, c := range []struct {
		name string
		fn   lint.Facts
		want []string
	}{
		{"never", sdk(nil, "wxacode.get", "wxacode.get"), found},
		{"done", sdk(func(r *js.Result) { r.Initialised = true }, "wxacode.get"), nil},
		{"no call", sdk(nil), nil},
		{"the SDK is handed in", sdk(func(r *js.Result) { r.UsesSDK = false }, "wxacode.get"), nil},
		{"a file is missing", sdk(func(r *js.Result) { r.Missing = []js.MissingModule{{Request: "./cloud"}} }, "wxacode.get"), nil},
		{"an optional file is missing", sdk(func(r *js.Result) {
			r.Missing = []js.MissingModule{{Request: "./local", Optional: true}}
		}, "wxacode.get"), found},
		{"a file cannot be parsed", sdk(func(r *js.Result) {
			r.Files = append(r.Files, js.File{Path: "cloud.js", Errors: []js.SyntaxError{{}}})
		}, "wxacode.get"), nil},
		{"a request is not known", sdk(func(r *js.Result) { r.Unresolved = []js.Dynamic{{Expression: "name"}} }, "wxacode.get"), nil},
		{"not followed to the end", sdk(func(r *js.Result) { r.Incomplete = true }, "wxacode.get"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, check(sdkNotInitialised{}, c.fn)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnawaitedCall(t *testing.T) {
	fn := sdk(func(r *js.Result) { r.Calls[1].Dropped = true }, "wxacode.get", "subscribeMessage.send", "wxacode.get")
	want := []string{"warning fns/notify/index.js:2 subscribeMessage.send"}
	if diff := cmp.Diff(want, check(unawaitedCall{}, fn)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// An uninvoked call is a notice of its own. It asks for no declaration, and a
// declaration that only it uses is not needed.
func TestUninvokedCall(t *testing.T) {
	fn := facts{calls: []string{"wxacode.get"}, declared: []string{"wxacode.get", "ocr.idcard", "ocr.bankcard"}}.build()
	fn.Code.Uninvoked = []js.Call{
		{API: "ocr.idcard", Span: span("index.js", 8)}, {API: "security.msgSecCheck", Span: span("lib/a.js", 9)}, {API: "wxacode.get", Span: span("lib/a.js", 10)},
	}
	for _, c := range []struct {
		rule lint.Rule
		want []string
	}{
		{uninvokedCall{}, []string{
			"notice fns/notify/index.js:8 ocr.idcard", "notice fns/notify/lib/a.js:9 security.msgSecCheck", "notice fns/notify/lib/a.js:10 wxacode.get",
		}},
		{undeclaredAPI{}, nil},
		{unusedPermission{}, []string{"warning fns/notify/config.json:2 ocr.idcard", "warning fns/notify/config.json:3 ocr.bankcard"}},
	} {
		if diff := cmp.Diff(c.want, check(c.rule, fn)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.rule.Info().ID, diff)
		}
	}
	var helps []string
	unusedPermission{}.Check(fn, func(d lint.Diagnostic) { helps = append(helps, d.Help.En) })
	if len(helps) != 2 || !strings.Contains(helps[0], "nothing calls") || strings.Contains(helps[1], "nothing calls") {
		t.Errorf("help: %q", helps)
	}
}

// Permissions in another file matter where a call lacks them; in the function's
// own package.json they are always a mistake.
func TestMisplacedPermissions(t *testing.T) {
	outside := []config.Misplaced{{File: "/nowhere/config.json", At: config.Range{Line: 2, Column: 3, EndColumn: 16}, Names: []string{"wxacode.get"}}}
	own := []config.Misplaced{{File: "/nowhere/notify/package.json", At: config.Range{Line: 5, Column: 3, EndColumn: 16}, Names: []string{"wxacode.get"}}}
	for _, c := range []struct {
		name string
		fn   facts
		want []string
	}{
		{"called and not declared", facts{calls: []string{"wxacode.get"}}, []string{"warning fns/config.json:2", "warning fns/notify/package.json:5"}},
		{"not called", facts{}, []string{"warning fns/notify/package.json:5"}},
		{"declared where it belongs", facts{calls: []string{"wxacode.get"}, declared: []string{"wxacode.get"}}, nil},
		{
			"config.json cannot be read",
			facts{calls: []string{"wxacode.get"}, problems: []config.Problem{{ID: "jsonedit/empty", Line: 1, Column: 1, Fatal: true}}},
			[]string{"error fns/notify/config.json:1"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			fn := c.fn.build()
			fn.Function.Config.Misplaced, fn.Function.Package.Misplaced = outside, own
			if diff := cmp.Diff(c.want, check(configInvalid{}, fn)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// load reads the files as the function "notify".
func load(t *testing.T, files map[string]string) config.Function {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "notify")
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p, err := config.LoadFolder(dir)
	if err != nil || len(p.Functions) != 1 {
		t.Fatal(p, err)
	}
	return p.Functions[0]
}

func TestUnusedDirective(t *testing.T) {
	for _, c := range []struct {
		problem       lint.DirectiveProblem
		message, help string
	}{
		{
			lint.DirectiveProblem{Kind: lint.DirectiveUnused, Directive: "wxcloud-disable-line", Rule: "syntax-error"},
			"syntax-error finds nothing here that would have to be disabled", "delete the comment",
		},
		{
			lint.DirectiveProblem{Kind: lint.DirectiveUnused, Rule: "syntax-error"},
			"this entry for syntax-error matches no finding", "delete the entry",
		},
		{
			lint.DirectiveProblem{Kind: lint.DirectiveUnknownRule, Directive: "wxcloud-disable-line", Rule: "no-undef"},
			"there is no rule named no-undef", "a finding shows its rule in square brackets",
		},
		{
			lint.DirectiveProblem{Kind: lint.DirectiveUnknownRule, Directive: "wxcloud-disable-line", Rule: "sintax-error", Nearest: "syntax-error"},
			"there is no rule named sintax-error", "perhaps you mean syntax-error",
		},
		{
			lint.DirectiveProblem{Kind: lint.DirectiveNoRule, Directive: "wxcloud-disable-line"},
			"this comment does not say which rule it disables", "write wxcloud-disable-line RULE REASON",
		},
		{
			lint.DirectiveProblem{Kind: lint.DirectiveUnknown, Directive: "wxcloud-disable-lines", Nearest: "wxcloud-disable-line"},
			"there is no directive named wxcloud-disable-lines", "perhaps you mean wxcloud-disable-line",
		},
		{
			lint.DirectiveProblem{Kind: lint.DirectiveUnknown, Directive: "wxcloud-disabled"},
			"there is no directive named wxcloud-disabled",
			"there are wxcloud-disable-next-line, wxcloud-disable-line, wxcloud-disable, wxcloud-enable",
		},
	} {
		message, help := unusedDirective{}.Explain(c.problem)
		if message.En != c.message || help.En != c.help || strings.ContainsAny(message.Zh+help.Zh, "{}") || message.Zh == "" || help.Zh == "" {
			t.Errorf("%+v: %+v %+v", c.problem, message, help)
		}
	}
}
