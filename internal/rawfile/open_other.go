//go:build !unix

package rawfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

type handle struct{ file *os.File }

func open(path string) (handle, error) {
	f, err := os.Open(path)
	return handle{f}, inner(err)
}

func (h handle) read(b []byte) (int, error) {
	n, err := h.file.Read(b)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, inner(err)
}

func (h handle) close() { _ = h.file.Close() }

// inner is the error without the path, which the caller adds.
func inner(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// executable is always false: these systems have no such files.
func (h handle) executable() (bool, error) { return false, nil }
