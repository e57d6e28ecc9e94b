package report_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/report"
	"wxcloud/lint/rules"
)

// sarifSchema is the committee's own schema, as it was published with errata 01
// (testdata/schema/README.md). It is kept here, and not fetched, so that the test
// needs no network and means the same tomorrow.
func sarifSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat() // URIs above all
	s, err := c.Compile("testdata/schema/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func valid(t *testing.T, schema *jsonschema.Schema, document string) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("%v\n%s", err, document)
	}
}

func TestSARIFIsValid(t *testing.T) {
	schema := sarifSchema(t)
	valid(t, schema, format(t, "sarif", report.Options{}, lint.Report{}))
	valid(t, schema, format(t, "sarif", report.Options{Version: "v1.2.3"}, sample()))
	if err := schema.Validate(map[string]any{"version": "2.1.0", "runs": []any{map[string]any{"results": []any{}}}}); err == nil {
		t.Fatal("the schema accepts a run without a tool: it checks nothing")
	}
}

type log struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Rules []struct{ ID string }
			}
		}
		Invocations []struct{ ExitCode int }
		Bases       map[string]struct{ URI string } `json:"originalUriBaseIds"`
		Results     []struct {
			RuleID    string
			RuleIndex *int
			Locations []struct {
				PhysicalLocation struct {
					ArtifactLocation struct{ URI, URIBaseID string }
				}
			}
		}
	}
}

func TestSARIFTellsTheExitCode(t *testing.T) {
	for _, c := range []struct {
		report lint.Report
		want   int
	}{
		{lint.Report{}, 0},
		{lint.Report{Summary: lint.Summary{Warnings: 1}}, 0},
		{lint.Report{Summary: lint.Summary{Warnings: 1}, TooManyWarnings: true}, 1},
		{lint.Report{Summary: lint.Summary{Errors: 1}}, 1},
	} {
		var l log
		if err := json.Unmarshal([]byte(format(t, "sarif", report.Options{}, c.report)), &l); err != nil {
			t.Fatal(err)
		}
		if got := l.Runs[0].Invocations[0].ExitCode; got != c.want {
			t.Errorf("%+v: exit code %d, want %d", c.report.Summary, got, c.want)
		}
	}
}

// A run of the real rules in a folder below the one the command is run in, as in
// a repository with several projects.
func TestSARIFNamesFilesFromTheWorkingDirectory(t *testing.T) {
	schema := sarifSchema(t)
	t.Chdir(t.TempDir())
	code := "const cloud = require('wx-server-sdk')\ncloud.init()\nexports.main = () => cloud.openapi.subscribeMessage.send({})\n"
	write(t, "my app/fns/下单#1/index.js", code)
	for _, root := range []string{"my app", "./my app/", "."} {
		p, err := config.LoadFolder("my app/fns")
		if err != nil {
			t.Fatal(err)
		}
		r, err := lint.Analyze(t.Context(), p.Functions, rules.All(), lint.Options{Root: root})
		if err != nil {
			t.Fatal(err)
		}
		text := format(t, "sarif", report.Options{}, r)
		valid(t, schema, text)
		var l log
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		run := l.Runs[0]
		if len(run.Tool.Driver.Rules) != len(rules.All()) || len(run.Results) == 0 || run.Invocations[0].ExitCode != 1 {
			t.Fatalf("%d rules, %d results, exit code %d", len(run.Tool.Driver.Rules), len(run.Results), run.Invocations[0].ExitCode)
		}
		for _, result := range run.Results {
			if id := run.Tool.Driver.Rules[*result.RuleIndex].ID; id != result.RuleID {
				t.Errorf("rule index leads to %s, want %s", id, result.RuleID)
			}
			at := result.Locations[0].PhysicalLocation.ArtifactLocation
			if want := "my%20app/fns/%E4%B8%8B%E5%8D%95%231/"; !strings.HasPrefix(at.URI, want) || at.URIBaseID != "%SRCROOT%" {
				t.Errorf("root %s: %s, want it to begin with %s", root, at.URI, want)
			}
			if path.Base(at.URI) != "index.js" {
				continue
			}
			base, err := url.Parse(run.Bases["%SRCROOT%"].URI)
			if err != nil {
				t.Fatal(err)
			}
			full, err := base.Parse(at.URI)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(filepath.FromSlash(full.Path)); err != nil || string(got) != code {
				t.Errorf("%s does not lead to the file: %v", full, err)
			}
		}
	}
}
