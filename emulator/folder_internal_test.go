package emulator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Code that was replaced stays while a call of it may run, and goes afterwards,
// without a restart.
func TestReplacedCodeGoesInTime(t *testing.T) {
	e, err := Open(Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(t.Context())
	used, replaced := strings.Repeat("a", 64), strings.Repeat("b", 64)
	e.state.Functions["local/hello"] = &function{Env: "local", Name: "hello", Handler: "index.main", Current: code{SHA: used}}
	var files []string
	for _, sha := range []string{used, replaced} {
		for _, path := range []string{e.zipPath(sha), filepath.Join(e.codeFolder(code{SHA: sha}), "code", "index.js")} {
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			files = append(files, path)
		}
	}
	began := time.Now()
	for minutes, left := range map[int]int{0: 4, 10: 4} {
		for range sweepEvery {
			e.sweepReplaced(began.Add(time.Duration(minutes) * time.Minute))
		}
		if n := count(files); n != left {
			t.Errorf("after %d minutes %d files are left, want %d", minutes, n, left)
		}
	}
	for range sweepEvery {
		e.sweepReplaced(began.Add(30 * time.Minute))
	}
	if n := count(files); n != 2 || count(files[:2]) != 2 {
		t.Errorf("in the end %d files are left, %d of them used", n, count(files[:2]))
	}
}

func count(files []string) (n int) {
	for _, path := range files {
		if _, err := os.Stat(path); err == nil {
			n++
		}
	}
	return n
}
