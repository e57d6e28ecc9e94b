package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"wxcloud/internal/clierr"
	"wxcloud/internal/rawfile"
)

// folder is asked which of many possible names are in it. A listed one knows,
// which in a tree of thousands of functions saves most of the questions.
type folder struct {
	dir     string
	reader  *rawfile.Reader // nil when it is not listed
	entries []rawfile.Entry // sorted
}

// unlisted is a folder that asks the system each time.
func unlisted(dir string) folder { return folder{dir: dir} }

// listed lists a folder with the reader, which text uses later. Where names may
// differ in case from those that are asked for, only the system knows.
func listed(dir string, r *rawfile.Reader) folder {
	if runtime.GOOS != "linux" {
		return unlisted(dir)
	}
	entries, err := r.List(dir)
	if err != nil {
		return unlisted(dir)
	}
	return folder{dir, r, entries}
}

// knows tells what a listing says of a slash path: that it is a regular file,
// that there is nothing, or neither.
func (f folder) knows(name string) (regular, nothing bool) {
	if f.reader == nil {
		return false, false
	}
	first, _, below := strings.Cut(name, "/")
	i, found := slices.BinarySearchFunc(f.entries, first, func(e rawfile.Entry, name string) int { return strings.Compare(e.Name(), name) })
	return found && !below && f.entries[i].Type().IsRegular(), !found
}

// isFile reports whether a regular file stands at the slash path.
func (f folder) isFile(name string) bool {
	regular, nothing := f.knows(name)
	return regular || !nothing && isFile(f.dir, name)
}

// text is readText for a name in the folder. It is good until the next call.
func (f folder) text(name string) (text []byte, exists bool, err error) {
	path := filepath.Join(f.dir, name)
	regular, nothing := f.knows(name)
	switch {
	case nothing:
		return nil, false, nil
	case !regular:
		return readText(path)
	}
	text, err = f.reader.Read(path, maxFileSize)
	switch {
	case err == nil:
		return text, true, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, false, nil
	case errors.Is(err, rawfile.ErrTooLarge):
		return nil, true, clierr.New("config/too-large", clierr.Local, nil).In(clierr.Position{File: path})
	default:
		return nil, true, unreadable(path, err)
	}
}

// json is readJSON for a name in the folder. It is good until the next call.
func (f folder) json(name string) (file jsonFile, exists bool, err error) {
	text, exists, err := f.text(name)
	if err != nil || !exists {
		return jsonFile{}, exists, err
	}
	file, err = parseJSON(filepath.Join(f.dir, name), text)
	return file, true, err
}

// isFile reports whether a regular file stands at the slash path below dir.
func isFile(dir, name string) bool {
	info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
	return err == nil && info.Mode().IsRegular()
}

// isFolder reports whether a folder, or a link to one, stands at path.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
