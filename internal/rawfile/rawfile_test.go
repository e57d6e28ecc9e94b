package rawfile_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"wxcloud/internal/rawfile"
)

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	var r rawfile.Reader
	for _, size := range []int{0, 1, 100, 64 << 10, 64<<10 + 1, 300_000, 7} {
		path, text := filepath.Join(dir, "f"), bytes.Repeat([]byte("wxyz1"), size/5+1)[:size]
		write(t, path, text)
		got, err := r.Read(path, 0)
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("%d bytes: got %d, %v", size, len(got), err)
		}
		if got, err = r.Read(path, size); size > 0 && (err != nil || len(got) != size) {
			t.Errorf("%d bytes with that limit: got %d, %v", size, len(got), err)
		}
		if _, err = r.Read(path, size-1); size > 1 && !errors.Is(err, rawfile.ErrTooLarge) {
			t.Errorf("%d bytes with a limit below: %v", size, err)
		}
		r.Trim()
	}
	_, err := r.Read(filepath.Join(dir, "nothing"), 0)
	var pathError *fs.PathError
	if !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &pathError) {
		t.Errorf("a file that is not there: %#v", err)
	}
	if _, err = r.Read(dir, 0); err == nil {
		t.Error("a folder was read")
	}
}

func TestReadAllocatesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	write(t, path, []byte("text"))
	var r rawfile.Reader
	most := 1.0 // the path as the system takes it
	if runtime.GOOS == "windows" {
		t.Skip("goes through os.File")
	}
	if n := testing.AllocsPerRun(50, func() { _, _ = r.Read(path, 0) }); n > most {
		t.Errorf("%v allocations", n)
	}
}

// A word is found wherever it stands, also where one piece ends.
func TestScan(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	var r rawfile.Reader
	const word = "openapi"
	look := func(b []byte) bool { return bytes.Contains(b, []byte(word)) }
	for at := 64<<10 - 10; at < 64<<10+3; at++ {
		text := bytes.Repeat([]byte("-"), 200_000)
		copy(text[at:], word)
		write(t, path, text)
		if found, err := r.Scan(path, len(word)-1, look); !found || err != nil {
			t.Errorf("not found at %d: %v", at, err)
		}
	}
	write(t, path, []byte(strings.Repeat("openap", 50_000)))
	if found, err := r.Scan(path, len(word)-1, look); found || err != nil {
		t.Errorf("found what is not there: %v", err)
	}
	if _, err := r.Scan(path+"x", 1, look); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestList(t *testing.T) {
	dir := t.TempDir()
	for i := range 2000 { // more than one call returns
		write(t, filepath.Join(dir, strings.Repeat("n", 1+i%200)+string(rune('a'+i/200))+".js"), nil)
	}
	if err := os.MkdirAll(filepath.Join(dir, "sub", "deeper"), 0o700); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Symlink("sub", filepath.Join(dir, "link")); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var r rawfile.Reader
	got, err := r.List(dir)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d entries, want %d; %v", len(got), len(want), err)
	}
	for i := range want {
		if got[i].Name() != want[i].Name() || got[i].Type() != want[i].Type() || got[i].IsDir() != want[i].IsDir() {
			t.Errorf("entry %d is %v, want %v", i, got[i], want[i])
		}
	}
	if info, err := got[0].Info(); err != nil || info.Name() != got[0].Name() {
		t.Error(info, err)
	}
	if _, err = r.List(filepath.Join(dir, "nothing")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
