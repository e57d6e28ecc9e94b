package lint_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/rules"
)

// unpacked writes each archive of functions into a folder of its own.
func unpacked(t *testing.T, visit func(t *testing.T, root string)) {
	t.Helper()
	archives, err := filepath.Glob("testdata/functions/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal(archives, err)
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			root := t.TempDir()
			for file, body := range unpack(string(text)) {
				if file != "want" {
					write(t, filepath.Join(root, file), body)
				}
			}
			visit(t, root)
		})
	}
}

// counts are the findings of a report by what they are about.
func counts(r lint.Report) map[string]int {
	found := map[string]int{}
	for _, d := range r.Diagnostics {
		found[fmt.Sprint(d.Rule, " ", d.File, " ", d.API)]++
	}
	return found
}

// What --fix writes leaves nothing for a second --fix, has no new errors, and
// what the report says of it is what a new run finds.
func TestFixReachesAFixpoint(t *testing.T) {
	unpacked(t, func(t *testing.T, root string) {
		first := everyFix(t, root)
		apply(t, first.Changes)
		second := everyFix(t, root)
		if len(second.Changes) != 0 {
			t.Errorf("the second run changes %+v", second.Changes)
		}
		if a, b := counts(first.Left), counts(second.Found); !maps.Equal(a, b) {
			t.Errorf("said to be left: %v\nfound then: %v", a, b)
		}
		before := counts(first.Found)
		for what, n := range counts(second.Found) {
			if rule, _, _ := strings.Cut(what, " "); n > before[what] && slices.Contains([]string{"syntax-error", "undeclared-api", "config-invalid"}, rule) {
				t.Errorf("%d × %s, before the fix %d", n, what, before[what])
			}
		}
	})
}

// Each fix by itself resolves its finding.
func TestEachFixResolvesItsFinding(t *testing.T) {
	unpacked(t, func(t *testing.T, root string) {
		found := analyze(t, root, root)
		before := counts(found)
		for i := range found.Diagnostics {
			d := &found.Diagnostics[i]
			if d.Fix == nil {
				continue
			}
			path := filepath.Join(root, filepath.FromSlash(d.Fix.File))
			old, err := os.ReadFile(path)
			exists := err == nil
			now := slices.Clone(old)
			for _, e := range slices.Backward(d.Fix.Edits) {
				now = slices.Concat(now[:e.Start], []byte(e.Text), now[e.End:])
			}
			write(t, path, string(now))
			key := fmt.Sprint(d.Rule, " ", d.File, " ", d.API)
			if after := counts(analyze(t, root, root)); after[key] >= before[key] {
				t.Errorf("%s at %d:%d is still there after %q", key, d.Line, d.Column, d.Fix.Description.En)
			}
			if exists {
				write(t, path, string(old))
			} else if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func everyFix(t *testing.T, root string) lint.Fixed {
	t.Helper()
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	fixed, err := lint.Fix(t.Context(), p.Functions, rules.All(), lint.Options{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	return fixed
}
