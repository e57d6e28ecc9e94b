package rawfile

import (
	"io"
	"io/fs"
)

// File is one open file that is read from its start to its end.
type File struct {
	handle handle
	path   string
}

// Open opens a file for reading. Errors are *fs.PathError.
func Open(path string) (File, error) {
	h, err := open(path)
	if err != nil {
		return File{}, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return File{h, path}, nil
}

// Read is that of an io.Reader.
func (f File) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	n, err := f.handle.read(b)
	switch {
	case err != nil:
		return 0, &fs.PathError{Op: "read", Path: f.path, Err: err}
	case n == 0:
		return 0, io.EOF
	}
	return n, nil
}

// Executable reports whether anybody may run the file.
func (f File) Executable() (bool, error) {
	executable, err := f.handle.executable()
	if err != nil {
		return false, &fs.PathError{Op: "stat", Path: f.path, Err: err}
	}
	return executable, nil
}

// Close ends it.
func (f File) Close() { f.handle.close() }
