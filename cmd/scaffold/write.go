package scaffold

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"wxcloud/internal/atomicfile"
	"wxcloud/internal/clierr"
)

// Write puts the files below dir and returns the paths, relative to dir, of
// those it wrote. Nothing is written when any of them is already there, and
// none is ever overwritten, not even one that appears in between.
func Write(dir string, files []File) (written []string, err error) {
	for _, f := range files {
		_, err := os.Lstat(target(dir, f))
		switch {
		case err == nil:
			return nil, exists(dir, f)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, cannotWrite(dir, f, err)
		}
	}
	for _, f := range files {
		path := target(dir, f)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return written, cannotWrite(dir, f, err)
		}
		err := atomicfile.Create(path, f.Data, 0o644)
		if errors.Is(err, fs.ErrExist) {
			return written, exists(dir, f)
		}
		if err != nil {
			return written, cannotWrite(dir, f, err)
		}
		written = append(written, f.Path)
	}
	return written, nil
}

func target(dir string, f File) string { return filepath.Join(dir, filepath.FromSlash(f.Path)) }

func exists(dir string, f File) error {
	return clierr.New("scaffold/exists", clierr.Local, clierr.Args{"file": f.Path}).
		In(clierr.Position{File: target(dir, f)}).Hint("scaffold/hint-other-name", nil)
}

func cannotWrite(dir string, f File, cause error) error {
	return clierr.New("scaffold/cannot-write", clierr.Local, clierr.Args{"file": f.Path}).
		In(clierr.Position{File: target(dir, f)}).Because(cause)
}
