// Package rawfile reads many small files and folders at the price of the system
// calls alone: open, read, close. An os.File also asks for the file's size, is
// offered to the network poller and is watched by the garbage collector, which
// together cost more than reading a source file does. It does not know what is
// in the files, and it writes none.
package rawfile

import (
	"errors"
	"io/fs"
)

// ErrTooLarge is the error of Read for a file above the limit.
var ErrTooLarge = errors.New("file is too large")

// Reader reads one file or folder after the other into memory that it keeps. The
// zero value is ready. It is not safe for use by several goroutines at once.
type Reader struct{ buf []byte }

// firstBuffer holds most source files, so that most are read by one call.
const firstBuffer = 64 << 10

// Read returns the contents of a file of at most limit bytes; 0 is no limit. They
// are good until the next call. Errors are *fs.PathError.
func (r *Reader) Read(path string, limit int) ([]byte, error) {
	if r.buf == nil {
		r.buf = make([]byte, firstBuffer)
	}
	file, err := open(path)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	defer file.close()
	size := 0
	for {
		if size == len(r.buf) {
			r.buf = append(r.buf, make([]byte, len(r.buf))...)
		}
		n, err := file.read(r.buf[size:])
		if err != nil {
			return nil, &fs.PathError{Op: "read", Path: path, Err: err}
		}
		size += n
		switch {
		case limit > 0 && size > limit:
			return nil, &fs.PathError{Op: "read", Path: path, Err: ErrTooLarge}
		case n == 0:
			return r.buf[:size], nil
		}
	}
}

// Trim lets go of a buffer that an unusually large file has made.
func (r *Reader) Trim() {
	if len(r.buf) > 4*firstBuffer {
		r.buf = nil
	}
}

// Scan hands the file to look piece by piece, each of which begins with the last
// overlap bytes of the one before, until look returns true or the file ends. It
// returns what look did. The pieces are small enough to stay in the processor's cache.
func (r *Reader) Scan(path string, overlap int, look func([]byte) bool) (bool, error) {
	if len(r.buf) < firstBuffer {
		r.buf = make([]byte, firstBuffer)
	}
	buf := r.buf[:firstBuffer]
	file, err := open(path)
	if err != nil {
		return false, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	defer file.close()
	kept := 0
	for {
		n, err := file.read(buf[kept:])
		switch {
		case err != nil:
			return false, &fs.PathError{Op: "read", Path: path, Err: err}
		case n > 0 && look(buf[:kept+n]):
			return true, nil
		case n == 0:
			return false, nil
		}
		end := kept + n
		kept = min(overlap, end)
		copy(buf, buf[end-kept:end])
	}
}

// Entry is something in a folder. It is an fs.DirEntry.
type Entry struct {
	name, dir string
	kind      fs.FileMode
}

var _ fs.DirEntry = (*Entry)(nil)

// Name is its name in the folder.
func (e *Entry) Name() string { return e.name }

// IsDir reports whether it is a folder, and no link to one.
func (e *Entry) IsDir() bool { return e.kind.IsDir() }

// Type is the bits of its mode that say what it is: 0 is a file.
func (e *Entry) Type() fs.FileMode { return e.kind }

// Info asks the system for the rest.
func (e *Entry) Info() (fs.FileInfo, error) { return lstat(e.dir, e.name) }
