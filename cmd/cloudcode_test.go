package cmd

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func zipOf(t testing.TB, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		f, err := w.Create(name)
		if err == nil && !strings.HasSuffix(name, "/") {
			_, err = f.Write([]byte("x"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestHostilePackages: what comes from the network never names a file outside
// of the function, nor one that git would run.
func TestHostilePackages(t *testing.T) {
	for _, name := range []string{
		"../index.js", "a/../../x", "/etc/passwd", `a\..\b`, "C:x", ".git/hooks/pre-commit", "lib/.GIT/config", ".git. /config", "a\x00b", "\xff",
	} {
		if files, err := readCode(zipOf(t, "index.js", name)); err == nil {
			t.Errorf("%q was taken: %v", name, files)
		}
	}
	if _, err := readCode(zipOf(t, "Index.js", "index.js")); err == nil {
		t.Error("two files that are one on many disks were taken")
	}
	if files, err := readCode(zipOf(t, "index.js", "lib/a.js", "lib/", ".gitignore")); err != nil || len(files) != 3 {
		t.Errorf("%v, %v", files, err)
	}
}

// TestWritesStayInTheFolder: a link in the function's folder leads no write out.
func TestWritesStayInTheFolder(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "lib")); err != nil {
		t.Skip(err)
	}
	files := codeFiles{"lib/a.js": {Data: []byte("x"), Mode: 0o644}, "run.sh": {Data: []byte("x"), Mode: 0o755}}
	if err := writeCode(dir, files, []string{"lib/a.js"}); err == nil {
		t.Error("a write went through a link")
	}
	if list, err := os.ReadDir(outside); err != nil || len(list) != 0 {
		t.Errorf("outside: %v, %v", list, err)
	}
	if err := writeCode(dir, files, []string{"run.sh"}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "run.sh")); err != nil || info.Mode().Perm()&0o100 == 0 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*.wxcloud-pull")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func FuzzReadCode(f *testing.F) {
	f.Add(zipOf(f, "index.js", "a/b.js"))
	f.Add(zipOf(f, "../x"))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := readCode(data)
		if err != nil {
			return
		}
		for name := range files {
			if !fs.ValidPath(name) && !filepath.IsLocal(filepath.FromSlash(name)) || strings.Contains(name, `\`) {
				t.Fatalf("took %q", name)
			}
		}
	})
}

func TestDotenv(t *testing.T) {
	for value, want := range map[string]string{
		"": "", "plain-1.2/x": "plain-1.2/x", "two words": "'two words'", "it's": `"it's"`, `a"b$c`: `'a"b$c'`,
		"line\nline": `"line\nline"`, `it's $5 \`: `"it's \$5 \\"`, "a=b": "'a=b'", "#x": "'#x'",
	} {
		if got := dotenv(value); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}
