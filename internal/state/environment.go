package state

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"wxcloud/internal/atomicfile"
	"wxcloud/internal/clierr"
)

// EnvironmentFile holds, on one line, the environment this checkout works with,
// by name or id. It is never committed: others may work with another.
const EnvironmentFile = ".wxcloud/environment"

// maxEnvironment is far above any name, in bytes.
const maxEnvironment = 1 << 10

// ChosenEnvironment is the environment chosen for the checkout in dir, or "".
func ChosenEnvironment(dir string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(EnvironmentFile)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", clierr.New("state/cannot-read", clierr.Local, clierr.Args{"file": EnvironmentFile}).Because(err)
	}
	name := strings.TrimSpace(string(text))
	if len(name) > maxEnvironment || strings.ContainsAny(name, "\r\n") {
		return "", clierr.New("state/corrupt", clierr.Local, clierr.Args{"file": EnvironmentFile}).
			In(clierr.Position{File: EnvironmentFile}).Hint("state/hint-delete", clierr.Args{"file": EnvironmentFile})
	}
	return name, nil
}

// ChooseEnvironment keeps the choice for the checkout in dir; "" forgets it.
func ChooseEnvironment(dir, name string) error {
	s := &Store{dir: dir}
	file := filepath.Join(dir, filepath.FromSlash(EnvironmentFile))
	if name == "" {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return s.cannotWrite(EnvironmentFile, err)
		}
		return nil
	}
	if err := s.prepare(); err != nil {
		return err
	}
	if err := atomicfile.Write(file, []byte(name+"\n"), 0o644); err != nil {
		return s.cannotWrite(EnvironmentFile, err)
	}
	return nil
}
