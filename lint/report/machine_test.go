package report_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wxcloud/lint"
	"wxcloud/lint/report"
)

// finding is an entry of a GitLab Code Quality report, with pointers to tell what
// is missing: GitLab requires every one of these.
type finding struct {
	Description, Fingerprint, Severity *string
	Check                              *string `json:"check_name"`
	Location                           *struct {
		Path  *string
		Lines *struct{ Begin *int }
	}
}

func gitlab(t *testing.T, text string) []finding {
	t.Helper()
	var list []finding
	if err := json.Unmarshal([]byte(text), &list); err != nil || list == nil {
		t.Fatalf("no list: %v\n%s", err, text)
	}
	seen := map[string]bool{}
	for _, f := range list {
		if f.Description == nil || f.Check == nil || f.Fingerprint == nil || f.Severity == nil || f.Location == nil ||
			f.Location.Path == nil || f.Location.Lines == nil || f.Location.Lines.Begin == nil || *f.Location.Lines.Begin < 1 {
			t.Fatalf("a required key is missing:\n%s", text)
		}
		if !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, *f.Severity) {
			t.Errorf("GitLab knows no severity %s", *f.Severity)
		}
		if seen[*f.Fingerprint] {
			t.Errorf("fingerprint %s twice", *f.Fingerprint)
		}
		seen[*f.Fingerprint] = true
	}
	return list
}

func TestGitLabHasEveryRequiredKey(t *testing.T) {
	r := sample()
	if got := gitlab(t, format(t, "gitlab", report.Options{}, r)); len(got) != len(r.Diagnostics) {
		t.Errorf("%d entries for %d findings", len(got), len(r.Diagnostics))
	}
	if got := format(t, "gitlab", report.Options{}, lint.Report{}); got != "[]\n" {
		t.Errorf("no findings: %q", got)
	}
}

// element says what may stand in an element, and which attributes it has.
type element struct {
	children           []string
	required, optional []string
	text               bool
}

// junitSchema is what junit-10.xsd of Jenkins' xUnit plugin says of the elements
// used here; it leaves the order and the number of children open.
var junitSchema = map[string]element{
	"testsuites": {children: []string{"testsuite"}, optional: []string{"name", "time", "tests", "failures", "errors"}},
	"testsuite": {
		children: []string{"testsuite", "properties", "testcase", "system-out", "system-err"},
		required: []string{"name", "tests", "failures", "errors"},
		optional: []string{"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
	},
	"testcase": {
		children: []string{"skipped", "error", "failure", "system-out", "system-err"},
		required: []string{"name"}, optional: []string{"time", "classname", "group"},
	},
	"failure":    {optional: []string{"type", "message"}, text: true},
	"system-out": {text: true},
}

func checkJUnit(t *testing.T, text string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	var open []string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		var parent element
		if len(open) > 0 {
			parent = junitSchema[open[len(open)-1]]
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			if top := len(open) == 0 && name == "testsuites"; !top && !slices.Contains(parent.children, name) {
				t.Errorf("%s in %v", name, open)
			}
			checkAttributes(t, name, token.Attr)
			open = append(open, name)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if strings.TrimSpace(string(token)) != "" && !parent.text {
				t.Errorf("text in %v: %q", open, token)
			}
		}
	}
}

func checkAttributes(t *testing.T, name string, list []xml.Attr) {
	t.Helper()
	e, known := junitSchema[name]
	if !known {
		t.Errorf("element %s", name)
	}
	has := func(attribute string) bool {
		return slices.ContainsFunc(list, func(a xml.Attr) bool { return a.Name.Local == attribute })
	}
	for _, attribute := range e.required {
		if !has(attribute) {
			t.Errorf("%s has no %s", name, attribute)
		}
	}
	for _, a := range list {
		if !slices.Contains(e.required, a.Name.Local) && !slices.Contains(e.optional, a.Name.Local) {
			t.Errorf("%s has an attribute %s", name, a.Name.Local)
		}
	}
}

func TestJUnitFollowsTheSchema(t *testing.T) {
	checkJUnit(t, format(t, "junit", report.Options{}, lint.Report{}))
	checkJUnit(t, format(t, "junit", report.Options{}, sample()))
}

type suites struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Suites   []struct {
		Name  string `xml:"name,attr"`
		Cases []struct {
			Name    string `xml:"name,attr"`
			Failure *struct {
				Text string `xml:",chardata"`
			} `xml:"failure"`
			Output string `xml:"system-out"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func TestJUnitFailsWhereLintDoes(t *testing.T) {
	var s suites
	if err := xml.Unmarshal([]byte(format(t, "junit", report.Options{}, sample())), &s); err != nil {
		t.Fatal(err)
	}
	// A suite per function, and one finding in three places is one case.
	if len(s.Suites) != 4 || s.Tests != 6 || s.Failures != 2 {
		t.Fatalf("%d suites, %d tests, %d failures", len(s.Suites), s.Tests, s.Failures)
	}
	order := s.Suites[3]
	if order.Name != "下单" || len(order.Cases) != 3 || order.Cases[0].Failure == nil {
		t.Fatalf("%+v", order)
	}
	for _, place := range []string{"cloudfunctions/下单/index.js:3:8", "cloudfunctions/下单/index.js:4:19", "common/发送.js:3:8"} {
		if !strings.Contains(order.Cases[0].Failure.Text, place) {
			t.Errorf("%s is not told: %s", place, order.Cases[0].Failure.Text)
		}
	}
	if notice := order.Cases[1]; notice.Failure != nil || !strings.Contains(notice.Output, ":5:9: only known") {
		t.Errorf("%+v", notice)
	}
	if clean := s.Suites[1]; clean.Name != "clean" || len(clean.Cases) != 1 || clean.Cases[0].Failure != nil {
		t.Errorf("%+v", clean)
	}
}

// In a repository with several projects, editors and CI look for files from the
// folder the command is run in.
func TestNamesBeginWhereTheCommandIsRun(t *testing.T) {
	top := t.TempDir()
	if err := os.MkdirAll(filepath.Join(top, "app", "inner"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ here, root, shown, name string }{
		{".", "app", "app/f/index.js", "app/f/index.js"},
		{".", filepath.Join(top, "app"), "app/f/index.js", "app/f/index.js"},
		{"app", ".", "f/index.js", "f/index.js"},
		{"app/inner", "..", "../f/index.js", "f/index.js"},
	} {
		t.Chdir(filepath.Join(top, c.here))
		r, err := lint.Analyze(t.Context(), nil, nil, lint.Options{Root: c.root})
		if err != nil {
			t.Fatal(err)
		}
		r.Diagnostics = []lint.Diagnostic{{Rule: "x", Severity: lint.Error, Place: lint.Place{File: "f/index.js", Line: 1, Column: 2}}}
		for _, name := range []string{"text", "unix"} {
			if got := format(t, name, report.Options{}, r); !strings.HasPrefix(got, c.shown+":1:2:") {
				t.Errorf("%s in %s: %s, want %s", c.root, c.here, got, c.shown)
			}
		}
		if got := format(t, "github", report.Options{}, r); !strings.HasPrefix(got, "::error file="+c.shown+",") {
			t.Errorf("%s in %s: %s, want %s", c.root, c.here, got, c.shown)
		}
		if got := gitlab(t, format(t, "gitlab", report.Options{}, r)); *got[0].Location.Path != c.name {
			t.Errorf("%s in %s: %s, want %s", c.root, c.here, *got[0].Location.Path, c.name)
		}
	}
}

// FuzzMachineFormats puts any text wherever a report holds some.
func FuzzMachineFormats(f *testing.F) {
	for _, s := range []string{evil, "", " ", "]]>", "\x00\ufffe\uffff", "\xff\xed\xa0\x80", "::error::a", "C:\\a\\b", "a:b/c", "//a b/c", "../..", "\u2028", "%", "{{0}}", "##vso[a]"} {
		f.Add(s, 3, 8, 3, 43, 2)
	}
	schema := sarifSchema(f)
	f.Fuzz(func(t *testing.T, s string, line, column, endLine, endColumn, offset int) {
		r := sample()
		at := lint.Place{File: s, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
		if line < 1 || column < 1 || endLine < line || endColumn < 1 { // rules give a range or none
			at = lint.Place{File: s}
		}
		d := lint.Diagnostic{
			Rule: "undeclared-api", Severity: lint.Error, Function: s, API: s, Place: at,
			Message: lint.Words{En: s, Zh: s}, Help: lint.Words{En: s, Zh: s},
			Fix: &lint.Repair{Description: lint.Words{En: s, Zh: s}, File: s, Edits: []lint.TextEdit{{Start: offset, End: offset, Text: s}}},
		}
		r.Root = s
		r.Functions = append(r.Functions, lint.Function{Name: s, Dir: s, Entry: s, Declared: []string{s}, Calls: []lint.Call{{API: s, Place: at, Via: s}}})
		r.Diagnostics = append(r.Diagnostics, d, d)
		r.Suppressed = append(r.Suppressed, lint.Suppressed{Diagnostic: d, Reason: s})
		r.Rules = append(r.Rules, lint.Info{ID: "a" + s, Severity: lint.Error, Title: lint.Words{En: s}, What: lint.Words{En: s}})

		valid(t, schema, format(t, "sarif", report.Options{Version: s}, r))
		gitlab(t, format(t, "gitlab", report.Options{}, r))
		checkJUnit(t, format(t, "junit", report.Options{}, r))
		if text := format(t, "json", report.Options{}, r); !json.Valid([]byte(text)) {
			t.Errorf("no JSON: %s", text)
		}
		if lines := strings.Count(format(t, "unix", report.Options{}, r), "\n"); lines != len(r.Diagnostics) {
			t.Errorf("unix: %d lines for %d findings", lines, len(r.Diagnostics))
		}
		if lines := strings.Count(format(t, "github", report.Options{}, r), "\n"); lines != len(r.Diagnostics) {
			t.Errorf("github: %d lines for %d findings", lines, len(r.Diagnostics))
		}
		harmless(t, s, at)
	})
}
