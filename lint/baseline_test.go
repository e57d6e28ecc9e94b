package lint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
	"wxcloud/lint"
)

// record writes down what a run finds and reads it back, as the command does.
func record(t *testing.T, path string, r lint.Report, old *lint.Baseline, o lint.Options) *lint.Baseline {
	t.Helper()
	text, err := lint.NewBaseline(path, r, old, o).Encode()
	if err != nil {
		t.Fatal(err)
	}
	b, err := lint.ReadBaseline(path, text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return b
}

func TestBaseline(t *testing.T) {
	root := t.TempDir()
	code, list := filepath.Join(root, "a/index.js"), filepath.Join(root, "a/config.json")
	write(t, filepath.Join(root, "b/index.js"), sendCode)
	write(t, code, head+"await cloud.openapi.wxacode.get({})\nawait cloud.openapi.wxacode.get({})\n}\n")
	write(t, list, "{\"permissions\":{\"openapi\":[\n  \"security.msgSecCheck\"\n]}}\n")
	path := filepath.Join(root, "ci", "known.json")
	first := with(t, root, lint.Options{})
	if first.Summary.Errors != 3 {
		t.Fatal(said(first))
	}
	b := record(t, path, first, nil, lint.Options{})
	if b.Len() != len(first.Diagnostics) {
		t.Errorf("%d recorded of %d", b.Len(), len(first.Diagnostics))
	}
	r := with(t, root, lint.Options{Baseline: b})
	if len(r.Diagnostics) != 0 || r.Summary.Errors != 0 || r.Baseline.Hidden != b.Len() || len(r.Baseline.Obsolete) != 0 {
		t.Errorf("%q %+v", said(r), r.Baseline)
	}
	if !r.Suppressed[0].InBaseline {
		t.Error("the report does not say why a finding is hidden")
	}

	// Lines move and are indented anew, and an entry gets a comma: still known.
	write(t, code, "// new\n"+head+"  await cloud.openapi.wxacode.get({})\n\n\tawait cloud.openapi.wxacode.get({})\n}\n")
	write(t, list, "{\"permissions\":{\"openapi\":[\n  \"security.msgSecCheck\",\n  \"phonenumber.getPhoneNumber\"\n]}}\n")
	r = with(t, root, lint.Options{Baseline: b})
	if diff := cmp.Diff([]string{"a/config.json:3 unused-permission phonenumber.getPhoneNumber"}, said(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// A third call on a line of the same text is one more than was recorded.
	write(t, code, head+strings.Repeat("await cloud.openapi.wxacode.get({})\n", 3)+"}\n")
	r = with(t, root, lint.Options{Baseline: b})
	if r.Summary.Errors != 1 {
		t.Errorf("%q", said(r))
	}
	// What is mended is obsolete, unless the run did not look at it.
	write(t, code, head+"await cloud.openapi.wxacode.get({})\n}\n")
	obsolete := func(o lint.Options) []string {
		o.Baseline = b
		var list []string
		for _, e := range with(t, root, o).Baseline.Obsolete {
			list = append(list, e.Rule+" "+e.File)
		}
		return list
	}
	if got := obsolete(lint.Options{}); !slices.Equal(got, []string{"undeclared-api ../a/index.js"}) {
		t.Errorf("%q", got)
	}
	if got := obsolete(lint.Options{Levels: map[string]lint.Severity{"undeclared-api": lint.Off}}); len(got) != 0 {
		t.Errorf("%q", got)
	}
	onlyB := func(fn lint.Facts) bool { return fn.Function.Name == "b" }
	if got := obsolete(lint.Options{Partial: true, Keep: onlyB}); len(got) != 0 {
		t.Errorf("%q", got)
	}
	// Recording one function anew keeps what is known of the others.
	again := record(t, path, with(t, root, lint.Options{Partial: true, Keep: onlyB, Baseline: b}), b, lint.Options{Partial: true})
	if again.Len() != b.Len() {
		t.Errorf("%d, want %d", again.Len(), b.Len())
	}
	// Nothing hidden is fixed.
	if _, changes := fixedWith(t, root, lint.Options{Baseline: record(t, path, with(t, root, lint.Options{}), nil, lint.Options{})}); len(changes) != 0 {
		t.Errorf("%+v", changes)
	}
}

// A function that was deleted leaves nothing behind in the baseline once it is
// renewed; another project that shares the file keeps its own.
func TestBaselineOfWhatIsGone(t *testing.T) {
	top := t.TempDir()
	one, two, path := filepath.Join(top, "one"), filepath.Join(top, "two"), filepath.Join(top, "known.json")
	for _, name := range []string{"one/a", "one/gone", "two/b"} {
		write(t, filepath.Join(top, name, "index.js"), sendCode)
	}
	b := record(t, path, with(t, one, lint.Options{}), nil, lint.Options{})
	b = record(t, path, with(t, two, lint.Options{Baseline: b}), b, lint.Options{})
	all := b.Len()
	if err := os.RemoveAll(filepath.Join(one, "gone")); err != nil {
		t.Fatal(err)
	}
	r := with(t, one, lint.Options{Baseline: b})
	if len(r.Diagnostics) != 0 || len(r.Baseline.Obsolete) != 1 || r.Baseline.Obsolete[0].Function != "gone" {
		t.Errorf("%q %+v", said(r), r.Baseline)
	}
	if got := with(t, one, lint.Options{Baseline: b, Partial: true}).Baseline.Obsolete; got != nil {
		t.Errorf("nobody looked: %+v", got)
	}
	if kept := record(t, path, r, b, lint.Options{Partial: true}); kept.Len() != all {
		t.Errorf("%d, want %d", kept.Len(), all)
	}
	b = record(t, path, r, b, lint.Options{})
	if b.Len() != all-1 {
		t.Errorf("%d, want %d", b.Len(), all-1)
	}
	for _, root := range []string{one, two} {
		if r := with(t, root, lint.Options{Baseline: b}); len(r.Diagnostics) != 0 || len(r.Baseline.Obsolete) != 0 {
			t.Errorf("%s: %q %+v", root, said(r), r.Baseline)
		}
	}
}

func TestBaselineFile(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "提醒/index.js"), sendCode)
	path := filepath.Join(root, "known.json")
	text, err := lint.NewBaseline(path, with(t, root, lint.Options{Levels: map[string]lint.Severity{"sdk-version": lint.Off}}), nil, lint.Options{}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	want := `{
  "schema": "wxcloud.lint-baseline/1",
  "findings": [
    {"rule":"undeclared-api","function":"提醒","api":"subscribeMessage.send","file":"提醒/index.js","line":"%s","count":1}
  ]
}
`
	_, line, _ := strings.Cut(string(text), `"line":"`)
	line, _, _ = strings.Cut(line, `"`)
	if diff := cmp.Diff(fmt.Sprintf(want, line), string(text)); diff != "" || len(line) != 12 {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for bad, id := range map[string]clierr.ID{
		"{}": "lint/not-a-baseline", `{"schema":"wxcloud.lint-baseline/1","findings":7}`: "lint/not-a-baseline",
		"{\n<<<<<<< HEAD\n}": "jsonedit/no-key", "": "jsonedit/empty",
	} {
		if _, err := lint.ReadBaseline(path, []byte(bad)); !clierr.Is(err, id) {
			t.Errorf("%q: %v, want %s", bad, err, id)
		}
	}
}
