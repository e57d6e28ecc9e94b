package functiontree_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/bench/functiontree"
	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/rules"
)

// What the tree says that its functions call and declare is what lint finds in
// them: its code is sound, and a figure measured on it is a figure of real work.
func TestTheTreeIsWhatItSays(t *testing.T) {
	dir := t.TempDir()
	tree, err := functiontree.Write(dir, functiontree.Options{Functions: 300, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	project, err := config.LoadFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	report, err := lint.Analyze(t.Context(), project.Functions, rules.All(), lint.Options{Root: dir})
	if err != nil {
		t.Fatal(err)
	}
	want, got := map[string][2][]string{}, map[string][2][]string{}
	for _, f := range tree.Functions {
		want[f.Name] = [2][]string{sorted(f.Calls), sorted(f.Declared)}
	}
	for _, f := range report.Functions {
		var calls []string
		for _, c := range f.Calls {
			calls = append(calls, c.API)
		}
		got[f.Name] = [2][]string{sorted(calls), sorted(f.Declared)}
		if len(f.Dynamic) > 0 {
			t.Errorf("%s: %v is not understood", f.Name, f.Dynamic)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("calls and declarations of the tree (-made +found):\n%s", diff)
	}
	for _, d := range report.Diagnostics {
		if d.Rule == "syntax-error" || d.Rule == "config-invalid" {
			t.Fatalf("%s:%d:%d: %s", d.File, d.Line, d.Column, d.Message.En)
		}
	}
}

func TestTheSameOptionsGiveTheSameTree(t *testing.T) {
	read := func(dir string) map[string]string {
		files := map[string]string{}
		if _, err := functiontree.Write(dir, functiontree.Options{Functions: 20, Seed: 9}); err != nil {
			t.Fatal(err)
		}
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			rel, _ := filepath.Rel(dir, path)
			files[rel] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	first := read(t.TempDir())
	if diff := cmp.Diff(first, read(t.TempDir())); diff != "" {
		t.Error(diff)
	}
	if len(first) < 40 {
		t.Errorf("only %d files", len(first))
	}
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}
