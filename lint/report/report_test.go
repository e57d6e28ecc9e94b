package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"wxcloud/lint"
	"wxcloud/lint/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const source = `const cloud = require('wx-server-sdk')
exports.main = async () => {
	await cloud.openapi.subscribeMessage.send({}) // 到货提醒
	const 结果 = await cloud.openapi.subscribeMessage.send({})
	return cloud.openapi[event.name](event.param)
}
`

const settings = `{"permissions":{"openapi":["wxacode.get"]}}`

// evil is a name that tries to leave every form it may be printed in.
const evil = "a\"b'c]]>\n::error::d##[e]##vso[f]<g>&amp;%0A\x1b[31m\u202e提醒👩\u200d💻{0}[h](http://i)"

// sample is a report with every kind of thing in it.
func sample() lint.Report {
	at := func(line, column, endLine, endColumn int) lint.Place {
		return lint.Place{File: "cloudfunctions/下单/index.js", Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
	}
	undeclared := lint.Diagnostic{
		Rule: "undeclared-api", Severity: lint.Error, Function: "下单", API: "subscribeMessage.send", Place: at(3, 8, 3, 43),
		Message: lint.Words{En: "subscribeMessage.send is called but not declared", Zh: "调用了 subscribeMessage.send，但没有声明"},
		Help:    lint.Words{En: "declare it", Zh: "补上声明"},
		Fix: &lint.Repair{
			Description: lint.Words{En: "add it", Zh: "加上"},
			File:        "cloudfunctions/下单/config.json",
			Edits:       []lint.TextEdit{{Start: 40, End: 40, Text: ",\"subscribeMessage.send\""}},
			Declare:     []string{"subscribeMessage.send"},
		},
	}
	again, elsewhere := undeclared, undeclared
	again.Place = at(4, 19, 4, 54)
	elsewhere.File = "common/发送.js"
	disabled := undeclared
	disabled.Place, disabled.Fix = at(6, 2, 6, 37), nil
	listed := disabled
	listed.Place = at(7, 2, 7, 37)
	dynamic := lint.Diagnostic{
		Rule: "dynamic-call", Severity: lint.Notice, Function: "下单", Place: at(5, 9, 5, 34),
		Message: lint.Words{En: "only known when it runs: cloud.openapi[event.name](event.param)", Zh: "运行时才知道"},
	}
	wicked := lint.Diagnostic{
		Rule: "unknown-api", Severity: lint.Error, Function: evil, API: evil,
		Place:   lint.Place{File: evil + "/index.js", Line: 2, Column: 1, EndLine: 3, EndColumn: 4},
		Message: lint.Words{En: evil, Zh: evil}, Help: lint.Words{En: evil, Zh: evil},
		Fix: &lint.Repair{
			Description: lint.Words{En: evil, Zh: evil}, File: evil + "/config.json",
			Edits: []lint.TextEdit{{Text: evil}},
		},
	}
	return lint.Report{
		Root: ".",
		Rules: []lint.Info{{
			ID: "dynamic-call", Severity: lint.Notice,
			Title: lint.Words{En: "an unknown name"}, What: lint.Words{En: "What."}, Why: lint.Words{En: "Why."}, Remedy: lint.Words{En: "Remedy."},
		}, {
			ID: "undeclared-api", Severity: lint.Error,
			Title: lint.Words{En: "not declared"}, What: lint.Words{En: "A call such as `x()`."}, Why: lint.Words{En: "-604101."}, Remedy: lint.Words{En: "Declare it."},
		}},
		Functions: []lint.Function{
			{Name: evil, Dir: evil, Entry: "index.js"},
			{Name: "clean", Dir: "cloudfunctions/clean", Entry: "index.js"},
			{Name: "empty", Dir: "cloudfunctions/empty"},
			{
				Name: "下单", Dir: "cloudfunctions/下单", Entry: "index.js", Declared: []string{"wxacode.get"},
				Calls: []lint.Call{
					{API: "subscribeMessage.send", Place: undeclared.Place, Via: "direct"},
					{API: "subscribeMessage.send", Place: again.Place, Via: "alias"},
				},
				Dynamic: []lint.Dynamic{{Place: dynamic.Place, Expression: "cloud.openapi[event.name]"}},
			},
		},
		Diagnostics: []lint.Diagnostic{
			wicked,
			{
				Rule: "config-invalid", Severity: lint.Warning, Function: "empty",
				Place:   lint.Place{File: "cloudfunctions/empty/config.json"},
				Message: lint.Words{En: "the file is empty", Zh: "文件是空的"},
			},
			undeclared, again, elsewhere, dynamic,
			{
				Rule: "unused-permission", Severity: lint.Warning, Function: "下单", API: "wxacode.get",
				Place:   lint.Place{File: "cloudfunctions/下单/config.json", Line: 1, Column: 29, EndLine: 1, EndColumn: 42},
				Message: lint.Words{En: "wxacode.get is declared but not called", Zh: "声明了 wxacode.get，但没有调用"},
			},
		},
		Suppressed: []lint.Suppressed{
			{Diagnostic: disabled, Reason: evil},
			{Diagnostic: listed, External: true, Reason: "known since 2024"},
		},
		Summary: lint.Summary{Functions: 4, Calls: 2, Errors: 4, Warnings: 2, Notices: 1, Fixable: 4},
	}
}

type tags struct{}

func (tags) Paint(role report.Role, text string) string {
	return "<" + string(role) + ">" + text + "</>"
}

func TestFormats(t *testing.T) {
	golden, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	write(t, "cloudfunctions/下单/index.js", source)
	write(t, "cloudfunctions/下单/config.json", settings)
	for _, c := range []struct {
		file, format string
		options      report.Options
	}{
		{"text-en.golden", "text", report.Options{}},
		{"text-zh.golden", "text", report.Options{Lang: lint.Chinese}},
		{"text-40.golden", "text", report.Options{Lang: lint.Chinese, Width: 40}},
		{"text-painted.golden", "text", report.Options{Paint: tags{}}},
		{"report.json", "json", report.Options{Lang: lint.Chinese, Paint: tags{}}},
		{"report.sarif", "sarif", report.Options{Lang: lint.Chinese, Version: "v1.2.3"}},
		{"gitlab.json", "gitlab", report.Options{Lang: lint.Chinese}},
		{"junit.xml", "junit", report.Options{Lang: lint.Chinese}},
		{"github.golden", "github", report.Options{Lang: lint.Chinese}},
		{"unix.golden", "unix", report.Options{Lang: lint.Chinese}},
	} {
		t.Run(c.file, func(t *testing.T) {
			got := format(t, c.format, c.options, sample())
			path := filepath.Join(golden, c.file)
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("run go test ./lint/report -update if this is meant (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindingsInOnePlaceShareTheLine(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "f/config.json", settings)
	at := lint.Place{File: "f/config.json", Line: 1, Column: 29, EndLine: 1, EndColumn: 42}
	r := lint.Report{Diagnostics: []lint.Diagnostic{
		{Rule: "unused-permission", Severity: lint.Warning, Function: "f", Place: at, Message: lint.Words{En: "not called"}, Help: lint.Words{En: "remove it"}},
		{Rule: "retired-api", Severity: lint.Notice, Function: "f", Place: at, Message: lint.Words{En: "retired"}},
	}, Summary: lint.Summary{Functions: 1, Warnings: 1, Notices: 1}}
	want := `f/config.json:1:29: warning: not called [unused-permission]
  1 | {"permissions":{"openapi":["wxacode.get"]}}
    |                             ^^^^^^^^^^^^^
  help: remove it
f/config.json:1:29: notice: retired [retired-api]

1 function, 0 cloud calls: 1 warning, 1 notice
more about a rule: wxcloud explain RULE
`
	if diff := cmp.Diff(want, format(t, "text", report.Options{}, r)); diff != "" {
		t.Error(diff)
	}

	// Two functions may load the same file.
	r.Diagnostics[1].Function = "g"
	got := format(t, "text", report.Options{}, r)
	if strings.Count(got, "^\n") != 2 || !strings.Contains(got, "help: remove it\n\n-- g: 1 notice\n\nf/config.json:1:29: notice") {
		t.Error(got)
	}
}

func TestFindingsOfTheProjectHaveNoFunction(t *testing.T) {
	d := lint.Diagnostic{
		Rule: "unused-directive", Severity: lint.Warning, Message: lint.Words{En: "does nothing"},
		Place: lint.Place{File: "wxcloud.json", Line: 3, Column: 5, EndLine: 3, EndColumn: 9},
	}
	other := d
	other.Function = "f"
	r := lint.Report{Diagnostics: []lint.Diagnostic{d, other}}
	if got := format(t, "text", report.Options{}, r); !strings.HasPrefix(got, "-- wxcloud.json: 1 warning\n") || !strings.Contains(got, "\n-- f: 1 warning\n") {
		t.Error(got)
	}
	if got := format(t, "junit", report.Options{}, r); !strings.Contains(got, `<testsuite name="wxcloud.json" tests="1"`) {
		t.Error(got)
	}
}

func TestNothingFound(t *testing.T) {
	r := lint.Report{Root: "x", Summary: lint.Summary{Functions: 1, Calls: 1}}
	if got, want := format(t, "text", report.Options{}, r), "1 function, 1 cloud call: nothing to report\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := format(t, "text", report.Options{Lang: lint.Chinese}, r), "1 个函数，1 处云调用：没有发现问题\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	r.Suppressed = []lint.Suppressed{{Reason: "known"}}
	if got, want := format(t, "text", report.Options{}, r), "1 function, 1 cloud call: nothing to report; 1 suppressed\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, name := range []string{"unix", "github"} {
		if got := format(t, name, report.Options{}, r); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
	var doc struct {
		Functions   []any `json:"functions"`
		Diagnostics []any `json:"diagnostics"`
	}
	if err := json.Unmarshal([]byte(format(t, "json", report.Options{}, r)), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Functions == nil || doc.Diagnostics == nil {
		t.Error("a list without entries must be [], not null")
	}
}

// File names, function names and messages come from the user's disk, and a
// report is read in terminals and CI logs.
func TestUntrustedTextIsHarmless(t *testing.T) {
	nasty := "evil\x1b[2J\r\n::error::pwned\u009b1m\u202e%0A,line=1"
	harmless(t, nasty, lint.Place{File: "a/" + nasty + "/index.js", Line: 1, Column: 1, EndLine: 1, EndColumn: 2})
	// A report of a function that lies in the working directory begins its lines
	// with the function's name.
	for _, nasty := range []string{evil, "::error::pwned", " ::error::pwned", "\n::error::pwned", "::error file=a::pwned", "\u3000::add-mask::a"} {
		harmless(t, nasty, lint.Place{File: nasty + "/index.js", Line: 1, Column: 1, EndLine: 1, EndColumn: 2})
		harmless(t, nasty, lint.Place{File: nasty + "/config.json", Line: 1})
		harmless(t, nasty, lint.Place{File: nasty})
	}
}

func harmless(t *testing.T, nasty string, at lint.Place) {
	t.Helper()
	d := lint.Diagnostic{
		Rule: "undeclared-api", Severity: lint.Error, Function: nasty, API: nasty,
		Place:   at,
		Message: lint.Words{En: nasty, Zh: nasty}, Help: lint.Words{En: nasty, Zh: nasty},
		Fix: &lint.Repair{Description: lint.Words{En: nasty, Zh: nasty}, File: nasty, Edits: []lint.TextEdit{{Text: nasty}}},
	}
	r := lint.Report{
		Root:        nasty,
		Functions:   []lint.Function{{Name: nasty, Dir: nasty, Declared: []string{nasty}}},
		Diagnostics: []lint.Diagnostic{d},
		Summary:     lint.Summary{Functions: 1, Errors: 1},
	}
	for _, name := range append(report.Names(), "narrow text") {
		o := report.Options{}
		if narrow, ok := strings.CutPrefix(name, "narrow "); ok {
			name, o.Width = narrow, 20
		}
		got := format(t, name, o, r)
		for _, c := range got {
			if c != '\n' && c != 0x200d && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c)) {
				t.Errorf("%s: %q is in the output", name, c)
			}
		}
		for line := range strings.Lines(got) {
			command := strings.HasPrefix(strings.TrimSpace(line), "::")
			if strings.Contains(line, "##[") || strings.Contains(line, "##vso[") || strings.Contains(line, "##teamcity[") {
				t.Errorf("%s: a logging command was smuggled in: %q", name, line)
			}
			if own := name == "github" && strings.HasPrefix(line, "::error file="); command && !own {
				t.Errorf("%s: a workflow command was smuggled in: %q", name, line)
			}
		}
	}

	var doc struct{ Root string }
	if err := json.Unmarshal([]byte(format(t, "json", report.Options{}, r)), &doc); err != nil {
		t.Fatal(err)
	}
	if want := string([]rune(nasty)); doc.Root != want { // JSON has no invalid UTF-8
		t.Errorf("the document changed the value: %q, want %q", doc.Root, want)
	}
}

func TestNewKnowsItsNames(t *testing.T) {
	for _, name := range report.Names() {
		if f, ok := report.New(name, report.Options{}); !ok || f == nil {
			t.Errorf("%s is listed but not known", name)
		}
	}
	if _, ok := report.New("yaml", report.Options{}); ok {
		t.Error("yaml is known")
	}
}

func format(t *testing.T, name string, o report.Options, r lint.Report) string {
	t.Helper()
	f, ok := report.New(name, o)
	if !ok {
		t.Fatalf("no format %q", name)
	}
	var b bytes.Buffer
	if err := f.Format(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
