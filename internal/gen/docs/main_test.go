package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/lint"
	"wxcloud/lint/rules"
)

const rulesDir = "../../../docs/rules"

// What is committed is what the rules say and what lint prints today:
// regenerating changes no byte.
func TestPagesAreUpToDate(t *testing.T) {
	made, err := pages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range made {
		committed, err := os.ReadFile(filepath.Join(rulesDir, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if diff := cmp.Diff(string(committed), string(page)); diff != "" {
			t.Errorf("%s is out of date; run: go run ./internal/gen/docs (-committed +made)\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(made)), list(t, rulesDir)); diff != "" {
		t.Errorf("pages (-made +committed):\n%s", diff)
	}
}

// Every documented example does what its page says: the bad one has the
// finding, the good one has none of any rule.
func TestExamplesAreTrue(t *testing.T) {
	for _, rule := range rules.All() {
		info := rule.Info()
		t.Run(info.ID, func(t *testing.T) {
			bad, err := lintExample(t.Context(), info.Bad)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(bad.Diagnostics, func(d lint.Diagnostic) bool {
				return d.Rule == info.ID && d.Severity == info.Severity
			}) {
				t.Errorf("the bad example has no such finding: %+v", bad.Diagnostics)
			}
			good, err := lintExample(t.Context(), info.Good)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range good.Diagnostics {
				t.Errorf("the good example has a finding: %s:%d %s %s", d.File, d.Line, d.Rule, d.Message.En)
			}
		})
	}
}

func TestRunWritesAndTidies(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "rules")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "rule-that-is-gone.md"), []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	names := list(t, dir)
	if len(names) != 2*(len(rules.All())+1) || slices.Contains(names, "rule-that-is-gone.md") {
		t.Errorf("%q", names)
	}
	page, err := os.ReadFile(filepath.Join(dir, "undeclared-api.zh-CN.md"))
	if err != nil || !bytes.Contains(page, []byte("-604101")) || !bytes.Contains(page, []byte("错误：")) {
		t.Errorf("%v\n%s", err, page)
	}
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range files {
		files[i] = filepath.Base(files[i])
	}
	slices.Sort(files)
	return files
}
