package diff_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/diff"
)

// numbered is a text of n lines, those of the map replaced.
func numbered(n int, replaced map[int]string) []byte {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		if line, ok := replaced[i]; ok {
			b.WriteString(line)
		} else {
			fmt.Fprintf(&b, "line %d\n", i)
		}
	}
	return []byte(b.String())
}

var pairs = []struct {
	name          string
	before, after []byte
}{
	{"one line", numbered(20, nil), numbered(20, map[int]string{10: "ten\n"})},
	{"first and last", numbered(20, nil), numbered(20, map[int]string{1: "", 20: "twenty\n"})},
	{"close together", numbered(20, nil), numbered(20, map[int]string{4: "four\n", 10: "ten\n"})},
	{"one line further apart", numbered(30, nil), numbered(30, map[int]string{4: "four\n", 12: "twelve\n"})},
	{"inserted", numbered(9, nil), numbered(9, map[int]string{5: "line 5\nline 5\nnew\n"})},
	{"new file", nil, []byte("{\n  \"a\": 1\n}\n")},
	{"new file without a final newline", nil, []byte("x")},
	{"new empty file", nil, []byte{}},
	{"filled", []byte{}, []byte("x\n")},
	{"emptied", []byte("x\n"), []byte{}},
	{"final newline added", []byte("a\nb"), []byte("a\nb\n")},
	{"final newline lost", []byte("a\nb\n"), []byte("a\nb")},
	{"no final newline on both sides", []byte("a\nb\nc"), []byte("x\nb\nc")},
	{"windows", []byte("a\r\nb\r\n"), []byte("a\r\nc\r\n")},
	{"one long line", []byte(`{"permissions":{"openapi":[]}}`), []byte(`{"permissions":{"openapi":["提醒"]}}`)},
	{"moved", []byte("a\nb\nc\na\nb\nb\na\n"), []byte("c\nb\na\nb\na\nc\n")},
	{"too much to look for the shortest", numbered(3000, nil), bytes.ReplaceAll(numbered(3000, nil), []byte("line"), []byte("row"))},
}

// git apply must turn the one file into the other.
func TestGitApplies(t *testing.T) {
	needs(t, "git")
	for _, pair := range pairs {
		for _, name := range []string{"f.json", "云 函数/配 置.json", "odd\"\\\tname"} {
			dir := t.TempDir()
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if pair.before != nil {
				if err := os.WriteFile(path, pair.before, 0o644); err != nil {
					t.Skip("the system has no such names: ", err)
				}
			}
			apply := exec.Command("git", "apply", "--whitespace=nowarn", "-")
			apply.Dir = dir
			apply.Stdin = bytes.NewReader(diff.Unified(name, pair.before, pair.after))
			if out, err := apply.CombinedOutput(); err != nil {
				t.Errorf("%s, %q: %v\n%s", pair.name, name, err, out)
				continue
			}
			if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, pair.after) {
				t.Errorf("%s, %q: %v\n%s", pair.name, name, err, cmp.Diff(string(pair.after), string(got)))
			}
		}
	}
}

// The hunks are those that diff -u makes, and there are as few changed lines.
func TestHunksAreThoseOfDiff(t *testing.T) {
	needs(t, "diff")
	for _, pair := range pairs {
		if len(pair.before) == 0 || len(pair.before) > 1e4 {
			continue
		}
		dir := t.TempDir()
		for name, text := range map[string][]byte{"a": pair.before, "b": pair.after} {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		compare := exec.Command("diff", "-u", "a", "b")
		compare.Dir = dir
		out, err := compare.Output()
		var exit *exec.ExitError
		if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
			t.Fatal(err)
		}
		want := strings.Join(strings.SplitAfter(string(out), "\n")[2:], "")
		got := strings.Join(strings.SplitAfter(string(diff.Unified("f", pair.before, pair.after)), "\n")[3:], "")
		if pair.name == "moved" || pair.name == "inserted" { // equally short ways
			want, got = marks(want), marks(got)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", pair.name, d)
		}
	}
}

// marks counts the lines of a diff that are added and removed.
func marks(text string) string {
	return fmt.Sprint(strings.Count("\n"+text, "\n+"), strings.Count("\n"+text, "\n-"))
}

func TestNothingChanged(t *testing.T) {
	if got := diff.Unified("f", []byte("a\n"), []byte("a\n")); len(got) != 0 {
		t.Errorf("%q", got)
	}
	if got := diff.Unified("f", []byte{}, nil); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

// Applying the hunks by hand gives the new text, whatever the texts.
func FuzzUnified(f *testing.F) {
	for _, pair := range pairs[:len(pairs)-1] {
		f.Add(string(pair.before), string(pair.after))
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		got := patched(t, before, string(diff.Unified("f", []byte(before), []byte(after))))
		if before == after {
			got = after
		}
		if got != after {
			t.Errorf("%q, want %q", got, after)
		}
	})
}

// patched applies a patch of one file.
func patched(t *testing.T, before, patch string) string {
	t.Helper()
	old := strings.SplitAfter(before, "\n")
	var out strings.Builder
	at := 0
	inHunk := false
	list := strings.SplitAfter(patch, "\n")
	for i, line := range list {
		if strings.HasPrefix(line, "@@ ") {
			inHunk = true
			var start int
			if _, err := fmt.Sscanf(line, "@@ -%d", &start); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(strings.Fields(line)[1], ",0") {
				start--
			}
			for ; at < start; at++ {
				out.WriteString(old[at])
			}
			continue
		}
		if !inHunk || line == "" || line[0] == '\\' {
			continue
		}
		text := line[1:]
		if i+1 < len(list) && strings.HasPrefix(list[i+1], `\ `) {
			text = strings.TrimSuffix(text, "\n")
		}
		switch line[0] {
		case '+':
			out.WriteString(text)
		case ' ', '-':
			if at >= len(old) || old[at] != text {
				t.Fatalf("the patch expects %q at line %d", text, at+1)
			}
			if line[0] == ' ' {
				out.WriteString(text)
			}
			at++
		}
	}
	for ; at < len(old); at++ {
		out.WriteString(old[at])
	}
	return out.String()
}

// needs skips the test where a program is missing, except where nothing may be missing.
func needs(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal(program, "is missing")
	}
	t.Skip("needs ", program)
}
