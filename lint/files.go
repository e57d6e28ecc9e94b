package lint

import (
	"errors"
	"io/fs"
	"os"
	"sync"
)

// files are the files of one run as repairs see them: each is read once and then
// stays as it was, or as Fix changed it.
type files struct {
	disk func(string) ([]byte, error)
	own  bool // disk is os.ReadFile

	mu      sync.Mutex
	texts   map[string][]byte // nil: there is no such file
	changed map[string]bool   // by Fix; what is on disk is out of date
}

func newFiles(disk func(string) ([]byte, error)) *files {
	own := disk == nil
	if own {
		disk = os.ReadFile
	}
	return &files{disk: disk, own: own, texts: map[string][]byte{}, changed: map[string]bool{}}
}

// read returns the text of a file, nil when there is none. Facts made without
// Analyze have no files; theirs are those on disk.
func (f *files) read(path string) (text []byte, exists bool, err error) {
	if f == nil {
		f = newFiles(nil)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if text, known := f.texts[path]; known {
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
	f.texts[path] = text
	return text, text != nil, nil
}

// write changes a file in memory.
func (f *files) write(path string, text []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.texts[path] = text
	f.changed[path] = true
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
	text, changed := f.texts[path], f.changed[path]
	f.mu.Unlock()
	if changed {
		return text, nil
	}
	return f.disk(path)
}
