package pack

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Lists in folders below mean what git makes of them.
func TestListsInFoldersLikeGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("git is needed in CI")
		}
		t.Skip("git is not here to compare with")
	}
	for _, lists := range []map[string]string{
		{"": "*.md\n", "docs": "!keep.md\n/a.md\n"},
		{"": "docs/*\n!docs/sub/\n", "docs": "sub/b.js\n"},
		{"": "docs/\n", "docs": "!a.md\n"},
		{"": "!b.js\n", "docs": "*\n!sub/\n", "docs/sub": "!b.js\n"},
		{"": "/a.md\n**/x\n", "docs/sub": "/b.js\n!x\n", "lib": "*\n!a.js\n"},
		{"docs": "sub/*.js\n", "docs/sub": "/sub/b.js\n"},
	} {
		files := map[string]string{
			"index.js": "", "a.md": "", "b.js": "", "docs/a.md": "", "docs/keep.md": "", "docs/b.js": "", "docs/sub/a.md": "", "docs/sub/b.js": "",
			"docs/sub/x": "", "docs/sub/sub/b.js": "", "lib/a.js": "", "lib/b.js": "", "lib/x": "",
		}
		for folder, text := range lists {
			files[strings.TrimPrefix(folder+"/"+IgnoreFile, "/")] = text
		}
		fn := folder(t, files)
		p, err := Scan(fn, Options{})
		if err != nil {
			t.Fatal(err)
		}
		git := func(args ...string) string {
			c := exec.Command("git", append([]string{"-C", fn.Dir}, args...)...)
			c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_TEMPLATE_DIR=")
			out, err := c.Output()
			if err != nil {
				t.Fatalf("git %v: %v", args, err)
			}
			return string(out)
		}
		git("init", "-q")
		want := strings.Split(strings.TrimSuffix(git("ls-files", "-z", "--others", "--exclude-per-directory="+IgnoreFile), "\x00"), "\x00")
		want = slices.DeleteFunc(want, func(name string) bool { return strings.HasSuffix(name, IgnoreFile) })
		slices.Sort(want)
		if got := names(p); !slices.Equal(got, want) {
			t.Errorf("%v: packed %v, git takes %v", lists, got, want)
		}
	}
}
