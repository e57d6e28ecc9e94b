//go:build !linux

package rawfile

import (
	"io/fs"
	"os"
	"path/filepath"
)

// List returns what is in a folder, sorted by name.
func (r *Reader) List(dir string) ([]Entry, error) {
	found, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(found))
	for i, e := range found {
		entries[i] = Entry{name: e.Name(), dir: dir, kind: e.Type()}
	}
	return entries, nil
}

func lstat(dir, name string) (fs.FileInfo, error) { return os.Lstat(filepath.Join(dir, name)) }
