package ignore

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestIgnored(t *testing.T) {
	tests := []struct {
		patterns string
		path     string
		folder   bool
		want     bool
	}{
		{"*.log", "a/b/x.log", false, true},
		{"/*.log", "a/x.log", false, false},
		{"build/", "build", false, false},
		{"build/", "a/build", true, true},
		{"build/", "a/build/x.js", false, true},
		{"a/b", "x/a/b", false, false},
		{"**/b", "x/a/b", false, true},
		{"a/**", "a/x/y", false, true},
		{"a/**/z", "a/z", false, true},
		{"a/**/z", "a/x/y/z", false, true},
		{"a/**/z", "a/xz", false, false},
		{"a/*/z", "a/x/y/z", false, false},
		{"[!ab].js", "c.js", false, true},
		{"[!ab].js", "a.js", false, false},
		{"[[:digit:]]?", "7x", false, true},
		{"[]-]", "-", false, true},
		{"a[", "a[", false, false},
		{`\!x`, "!x", false, true},
		{`\#x`, "#x", false, true},
		{"#x", "#x", false, false},
		{"x  ", "x", false, true},
		{`x\ `, "x ", false, true},
		{"x\r", "x", false, true},
		{"\ufeffx", "x", false, true},
		{"*.pem\n!ca.pem", "certs/ca.pem", false, false},
		{"certs\n!certs/ca.pem", "certs/ca.pem", false, true},
		{"certs/*\n!certs/ca.pem", "certs/ca.pem", false, false},
		{"云函数/*.txt", "云函数/说明.txt", false, true},
		{"", "x", false, false},
	}
	for _, tt := range tests {
		if got, _ := Parse(tt.patterns).Ignored(tt.path, tt.folder); got != tt.want {
			t.Errorf("%q on %q: ignored = %v, want %v", tt.patterns, tt.path, got, tt.want)
		}
	}
}

func TestMatchNamesThePattern(t *testing.T) {
	_, by := Parse("# notes\n\n*.key\n").Match("private.key", false)
	if by == nil || by.Text != "*.key" || by.Line != 3 {
		t.Fatalf("decided by %+v, want *.key of line 3", by)
	}
}

// TestPatternsTakeBoundedTime would run for hours with a backtracking matcher.
func TestPatternsTakeBoundedTime(t *testing.T) {
	start := time.Now()
	if got, _ := Parse(strings.Repeat("*a", 60)+"b").Ignored(strings.Repeat("a", 4000), false); got {
		t.Fatal("matched")
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Fatalf("took %v", took)
	}
}

// tree are the files of the comparison with git.
var tree = []string{
	"a", "b.js", "c.js", "x.log", "!bang", "#hash", "sp ace", "trail ", "[x]", "-", "]", "d1", "aXb",
	"dir/a", "dir/b.js", "dir/x.log", "dir/sub/a", "dir/sub/deep/b.js", "foo/bar", "foo/a/bar", "foo/a/b/bar",
	"foo/baz/keep.txt", "build/out.js", "src/build/out.js", "node_modules/m/index.js", "src/node_modules/m/index.js",
	"云/数.js", "ab/cd/ef", "abc/def", "a-b/c", "x/y/z", "x/z", "xz/y", "q/a[b", "q/back\\slash", "foo/b1/b/bar", "fooz/bar",
}

// fromGit returns the files of the tree that git leaves out.
func fromGit(t *testing.T, dir, patterns string) map[string]bool {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "rules"), []byte(patterns), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("git", "-C", filepath.Join(dir, "tree"), "ls-files", "-z", "--others", "--exclude-from="+filepath.Join(dir, "rules"))
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git: %v", err)
	}
	ignored := map[string]bool{}
	for _, f := range tree {
		ignored[f] = true
	}
	for _, f := range strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		delete(ignored, f)
	}
	return ignored
}

func gitTree(t testing.TB) string {
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("git is needed in CI")
		}
		t.Skip("git is not here to compare with")
	}
	dir := t.TempDir()
	for _, f := range tree {
		path := filepath.Join(dir, "tree", filepath.FromSlash(f))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Skipf("this file system has no %q", f)
		}
	}
	cmd := exec.Command("git", "init", "-q", filepath.Join(dir, "tree"))
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_TEMPLATE_DIR=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git init: %v %s", err, out)
	}
	return dir
}

var corpus = []string{
	"*", "*.js", "/*.js", "a", "/a", "dir", "dir/", "dir/*", "dir/**", "**/a", "**/b.js", "foo/**/bar", "foo/*/bar", "foo**/bar", "fo**/bar",
	"f**r", "**", "**/", "/**", "*/", "*/*", "**/**", "***", "a**", "foo/b**/bar", "[!ab]*", "[^ab]*", "[a-c].js", "[]-]", "[-]", "[--0]", "[[:alpha:]]",
	"[[:alpha:]", "[[:nope:]]", "[[:]", "[a", "[", "a]", `\!bang`, `\#hash`, "#hash", "!a", "*\n!a", "*\n!dir/", "*\n!*/\n!*.js", "dir\n!dir/a", "dir/*\n!dir/a",
	"sp ace", `sp\ ace`, "trail ", `trail\ `, "trail   ", `a\`, `\a`, "x/**/z", "x/**z", "**z", "x**", "x/y/../z", "./a", "//a", "a//", "/", "//", "!", "!!bang",
	"build/\n!src/build/", "src/**/build", "node_modules", "/node_modules", "云", "云/*", "*数*", `[\[]x[\]]`, "d?", "a?b", "??", `foo/**\/bar`, "a[X]b", "dir/sub/**/b.js",
	" a", "\t", "a\t", "q/a[[]b", `q/back\\slash`, "ab/**/ef", "*/**/ef", "**/*/ef", "dir/**/**/a", "[a-]*", "[!-]", "[a\\-c]*", "*.j[r-t]",
}

func TestLikeGit(t *testing.T) {
	dir := gitTree(t)
	for _, patterns := range corpus {
		compare(t, dir, patterns)
	}
}

func compare(t *testing.T, dir, patterns string) {
	t.Helper()
	want, list, got := fromGit(t, dir, patterns), Parse(patterns), map[string]bool{}
	for _, f := range tree {
		if ignored, _ := list.Ignored(f, false); ignored {
			got[f] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%q: git against ours (-git +ours):\n%s", patterns, diff)
	}
}

// FuzzLikeGit compares every list of patterns with git itself.
func FuzzLikeGit(f *testing.F) {
	dir := gitTree(f)
	for _, s := range corpus {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, patterns string) {
		if len(patterns) > 200 || strings.ContainsRune(patterns, 0) {
			t.Skip()
		}
		compare(t, dir, patterns)
	})
}

// TestLikeGitAtRandom compares lists made of what patterns are made of, which
// bytes at random seldom are.
func TestLikeGitAtRandom(t *testing.T) {
	dir := gitTree(t)
	random := rand.New(rand.NewPCG(7, 11))
	pieces := []string{
		"*", "**", "?", "/", "!", "a", "b", "foo", "bar", "dir", "sub", "deep", ".js", "x", "y", "z", "[a-f]", "[!a]", "[[:alpha:]]", "云", "build",
		"out", "node_modules", "src", "**/", "/**", "/*", `\`, " ", "-", "ab", "cd", "*.", "b1", "]", "[", "q", "log",
	}
	lists := 150
	if testing.Short() {
		lists = 30
	}
	for range lists {
		var list strings.Builder
		for range 1 + random.IntN(4) {
			if random.IntN(3) == 0 {
				list.WriteByte('!')
			}
			for range 1 + random.IntN(5) {
				list.WriteString(pieces[random.IntN(len(pieces))])
			}
			list.WriteByte('\n')
		}
		compare(t, dir, list.String())
	}
}
