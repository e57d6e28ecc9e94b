package js

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestHoldsOpenapi(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "p": false, "openap": false, "penapi": false, "openapi": true, "x.openapi.y": true,
		"opopenapi": true, "o.penapi openapi": true, "openapopenapi": true, "OpenApi": false, "ppppopenap": false,
	} {
		if got := holdsOpenapi([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzHoldsOpenapi(f *testing.F) {
	f.Add([]byte("a openapi"))
	f.Add([]byte("opopenapiopenap"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if got, want := holdsOpenapi(text), bytes.Contains(text, []byte("openapi")); got != want {
			t.Errorf("%q: %v", text, got)
		}
	})
}

// The word is found wherever it stands, and not in what is no source or belongs
// to another package.
func TestSearchIn(t *testing.T) {
	readers := newSearchReaders()
	for name, want := range map[string]bool{
		"index.js": true, "lib/deep/er/x.mjs": true, "many/f7.js": true, "many/f99.ts": true,
		"readme.md": false, "lib/x.d.ts": false, "node_modules/q/index.js": false, "lib/node_modules/q.js": false,
	} {
		dir := t.TempDir()
		for i := range 120 {
			put(t, filepath.Join(dir, "many", fmt.Sprintf("f%d.js", i)), "exports.a = 1")
			put(t, filepath.Join(dir, "lib", fmt.Sprint(i), "a.js"), "module.exports = open.api")
		}
		put(t, filepath.Join(dir, filepath.FromSlash(name)), "c.openapi.a.b()")
		if got := searchIn(dir, readers); got != want {
			t.Errorf("%s: %v", name, got)
		}
		if os.Symlink(".", filepath.Join(dir, "lib", "round")) == nil && searchIn(dir, readers) != want {
			t.Errorf("%s: another answer beside a link that leads round", name)
		}
	}
	if searchIn(filepath.Join(t.TempDir(), "nothing"), readers) {
		t.Error("found in a folder that is not there")
	}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
