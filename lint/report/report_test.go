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
	return cloud.openapi[event.name]()
}
`

// sample is a report with every kind of thing in it.
func sample() lint.Report {
	call := lint.Place{File: "cloudfunctions/下单/index.js", Line: 3, Column: 8, EndLine: 3, EndColumn: 43}
	again := lint.Place{File: call.File, Line: 4, Column: 19, EndLine: 4, EndColumn: 54}
	undeclared := lint.Diagnostic{
		Rule: "undeclared-api", Severity: lint.Error, Function: "下单", API: "subscribeMessage.send", Place: call,
		Message: lint.Words{En: "subscribeMessage.send is called but not declared", Zh: "调用了 subscribeMessage.send，但没有声明"},
		Help:    lint.Words{En: "declare it", Zh: "补上声明"},
		Fix: &lint.Repair{
			Description: lint.Words{En: "add it", Zh: "加上"},
			File:        "cloudfunctions/下单/config.json",
			Edits:       []lint.TextEdit{{Start: 30, End: 30, Text: "\"subscribeMessage.send\""}},
			Declare:     []string{"subscribeMessage.send"},
		},
	}
	second := undeclared
	second.Place = again
	return lint.Report{
		Root: ".",
		Functions: []lint.Function{
			{Name: "empty", Dir: "cloudfunctions/empty"},
			{
				Name: "下单", Dir: "cloudfunctions/下单", Entry: "index.js", Declared: []string{"wxacode.get"},
				Calls: []lint.Call{
					{API: "subscribeMessage.send", Place: call, Via: "direct"},
					{API: "subscribeMessage.send", Place: again, Via: "alias"},
				},
				Dynamic: []lint.Dynamic{{
					Place:      lint.Place{File: call.File, Line: 5, Column: 9, EndLine: 5, EndColumn: 34},
					Expression: "cloud.openapi[event.name]",
				}},
			},
		},
		Diagnostics: []lint.Diagnostic{
			{
				Rule: "config-invalid", Severity: lint.Warning, Function: "empty",
				Place:   lint.Place{File: "cloudfunctions/empty/config.json"},
				Message: lint.Words{En: "the file is empty", Zh: "文件是空的"},
			},
			undeclared, second,
			{
				Rule: "dynamic-call", Severity: lint.Notice, Function: "下单",
				Place:   lint.Place{File: call.File, Line: 5, Column: 9, EndLine: 5, EndColumn: 34},
				Message: lint.Words{En: "only known when it runs", Zh: "运行时才知道"},
			},
		},
		Summary: lint.Summary{Functions: 2, Calls: 2, Errors: 2, Warnings: 1, Notices: 1, Fixable: 2},
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
	for _, c := range []struct {
		file, format string
		options      report.TextOptions
	}{
		{"text-en.golden", "text", report.TextOptions{}},
		{"text-zh.golden", "text", report.TextOptions{Lang: lint.Chinese}},
		{"text-painted.golden", "text", report.TextOptions{Paint: tags{}}},
		{"report.json", "json", report.TextOptions{Lang: lint.Chinese, Paint: tags{}}},
		{"github.golden", "github", report.TextOptions{Lang: lint.Chinese}},
		{"unix.golden", "unix", report.TextOptions{Lang: lint.Chinese}},
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

func TestNothingFound(t *testing.T) {
	r := lint.Report{Root: "x", Summary: lint.Summary{Functions: 1, Calls: 1}}
	if got, want := format(t, "text", report.TextOptions{}, r), "1 function, 1 cloud call: nothing to report\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := format(t, "text", report.TextOptions{Lang: lint.Chinese}, r), "1 个函数，1 处云调用：没有发现问题\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, name := range []string{"unix", "github"} {
		if got := format(t, name, report.TextOptions{}, r); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
	var doc struct {
		Functions   []any `json:"functions"`
		Diagnostics []any `json:"diagnostics"`
	}
	if err := json.Unmarshal([]byte(format(t, "json", report.TextOptions{}, r)), &doc); err != nil {
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
	for _, nasty := range []string{"::error::pwned", " ::error::pwned", "\n::error::pwned", "::error file=a::pwned", "\u3000::add-mask::a"} {
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
	for _, name := range report.Names() {
		got := format(t, name, report.TextOptions{}, r)
		for _, c := range got {
			if c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c)) {
				t.Errorf("%s: %q is in the output", name, c)
			}
		}
		for line := range strings.Lines(got) {
			command := strings.HasPrefix(strings.TrimSpace(line), "::")
			if own := name == "github" && strings.HasPrefix(line, "::error file="); command && !own {
				t.Errorf("%s: a workflow command was smuggled in: %q", name, line)
			}
		}
	}

	var doc struct{ Root string }
	if err := json.Unmarshal([]byte(format(t, "json", report.TextOptions{}, r)), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Root != nasty {
		t.Errorf("the document changed the value: %q, want %q", doc.Root, nasty)
	}
}

func TestNewKnowsItsNames(t *testing.T) {
	for _, name := range report.Names() {
		if f, ok := report.New(name, report.TextOptions{}); !ok || f == nil {
			t.Errorf("%s is listed but not known", name)
		}
	}
	if _, ok := report.New("yaml", report.TextOptions{}); ok {
		t.Error("yaml is known")
	}
}

func format(t *testing.T, name string, o report.TextOptions, r lint.Report) string {
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
