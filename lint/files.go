package lint

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"wxcloud/internal/rawfile"
)

// files are the files of one run as repairs see them: each is read once and then
// stays as it was, or as Fix changed it. A file with several names, by symbolic
// links of functions or of the file itself, is one file.
type files struct {
	disk func(string) ([]byte, error)
	own  bool // disk is the system's

	readers sync.Pool // of *rawfile.Reader, for their buffers

	mu      sync.Mutex
	names   map[string]string // path without symbolic links, by path as asked for
	texts   map[string][]byte // by path without links; nil: there is no such file
	changed map[string]bool   // by Fix; what is on disk is out of date
}

func newFiles(disk func(string) ([]byte, error)) *files {
	f := &files{disk: disk, names: map[string]string{}, texts: map[string][]byte{}, changed: map[string]bool{}}
	if disk == nil {
		f.disk, f.own = f.readDisk, true
	}
	return f
}

// readDisk is os.ReadFile, cheaper for the thousands of small files that a report
// quotes.
func (f *files) readDisk(path string) ([]byte, error) {
	r, ok := f.readers.Get().(*rawfile.Reader)
	if !ok {
		r = &rawfile.Reader{}
	}
	defer f.readers.Put(r)
	defer r.Trim()
	text, err := r.Read(path, 0)
	if err != nil {
		return nil, err
	}
	return append([]byte{}, text...), nil
}

// name is what a file is known by: its path without symbolic links. The file
// itself need not exist.
func (f *files) name(path string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lockedName(path)
}

func (f *files) lockedName(path string) string {
	name, known := f.names[path]
	if known {
		return name
	}
	// Most files are no links and stand in a folder that was asked for before.
	folder := filepath.Dir(path)
	if folder != path && plainPath(path) {
		name = filepath.Join(f.lockedName(folder), filepath.Base(path))
	} else if real, err := filepath.EvalSymlinks(path); err == nil {
		name = real
	} else {
		name = path
		if folder, err := filepath.EvalSymlinks(folder); err == nil {
			name = filepath.Join(folder, filepath.Base(path))
		}
	}
	f.names[path] = name
	return name
}

// plainPath reports whether the last part of a clean path is no link. Windows has
// several names for one file.
func plainPath(path string) bool {
	if filepath.Separator != '/' || filepath.Clean(path) != path {
		return false
	}
	info, err := os.Lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink == 0 || errors.Is(err, fs.ErrNotExist)
}

// read returns the text of a file, nil when there is none. Facts made without
// Analyze have no files; theirs are those on disk.
func (f *files) read(path string) (text []byte, exists bool, err error) {
	if f == nil {
		f = newFiles(nil)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	name := f.lockedName(path)
	if text, known := f.texts[name]; known {
		return text, text != nil, nil
	}
	text, err = f.disk(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		text = nil
	case err != nil:
		return nil, false, err
	case text == nil:
		text = []byte{}
	}
	f.texts[name] = text
	return text, text != nil, nil
}

// write changes a file in memory.
func (f *files) write(path string, text []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	name := f.lockedName(path)
	f.texts[name] = text
	f.changed[name] = true
}

// reader is code for the analyser, or nil when it may read the disk by itself,
// which it does faster.
func (f *files) reader() func(string) ([]byte, error) {
	if f.own && len(f.changed) == 0 {
		return nil
	}
	return f.code
}

// code reads a file for the analyser, which reads far more than repairs do: only
// what Fix changed is kept here.
func (f *files) code(path string) ([]byte, error) {
	f.mu.Lock()
	if len(f.changed) > 0 {
		if name := f.lockedName(path); f.changed[name] {
			defer f.mu.Unlock()
			return f.texts[name], nil
		}
	}
	f.mu.Unlock()
	return f.disk(path)
}
