package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Few test machines have a file system without hard links, so the way round them
// is called by name.
func TestCreateInPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new")
	if err := createInPlace(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := createInPlace(path, []byte("other"), 0o600); !errors.Is(err, fs.ErrExist) {
		t.Errorf("second creation: %v", err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "mine" {
		t.Errorf("contents %q, %v", text, err)
	}
}
