package atomicfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"wxcloud/internal/atomicfile"
)

func contents(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// onlyFiles checks that the folder holds these names and no temporary file.
func onlyFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if len(got) != len(want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.json")
	for _, text := range []string{"first", "second, longer", ""} {
		if err := atomicfile.Write(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, path); got != text {
			t.Errorf("contents %q, want %q", got, text)
		}
	}
	onlyFiles(t, dir, "a.json")
}

func TestWriteKeepsTheMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes are not kept on Windows")
	}
	path := filepath.Join(t.TempDir(), "key")
	for _, mode := range []fs.FileMode{0o600, 0o755, 0o666, 0o400} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if err := atomicfile.Write(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != mode {
			t.Errorf("mode %v became %v", mode, info.Mode().Perm())
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWriteFollowsLinks(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "real"), 0o755); err != nil {
		t.Fatal(err)
	}
	link, second := filepath.Join(dir, "link"), filepath.Join(dir, "second")
	if err := os.Symlink(filepath.Join("real", "file"), link); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := os.Symlink("link", second); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"made through a dangling link", "replaced"} {
		if err := atomicfile.Write(second, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, filepath.Join(dir, "real", "file")); got != text {
			t.Errorf("the target holds %q", got)
		}
	}
	for _, path := range []string{link, second} {
		if info, err := os.Lstat(path); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("%s is no longer a link (%v)", path, err)
		}
	}
	loop := filepath.Join(dir, "loop")
	if err := os.Symlink("loop", loop); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Write(loop, nil, 0o644); err == nil {
		t.Error("a loop of links was written to")
	}
}

func TestWriteRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := atomicfile.Write(dir, nil, 0o644); err == nil {
		t.Error("a folder was written to")
	}
	err := atomicfile.Write(filepath.Join(dir, "no", "file"), nil, 0o644)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("in a missing folder: %v", err)
	}
	onlyFiles(t, dir)
}

func TestCreate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "new")
	if err := atomicfile.Create(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := atomicfile.Create(path, []byte("other"), 0o600)
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("second creation: %v", err)
	}
	if got := contents(t, path); got != "mine" {
		t.Errorf("contents %q", got)
	}
	onlyFiles(t, dir, "new")
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestCreateDoesNotFollowADanglingLink(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.Symlink("nowhere", link); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := atomicfile.Create(link, []byte("x"), 0o644); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v", err)
	}
	onlyFiles(t, dir, "link")
}
