package codezip

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
)

// Merge returns the zip base with the files of the zip added (nil for none) put
// in or replaced, and the paths removed taken out; a path that ends in a slash is
// a folder with all that is in it.
func Merge(base, added []byte, removed []string) ([]byte, error) {
	old, err := Open(base)
	if err != nil {
		return nil, err
	}
	fresh := &Archive{reader: &zip.Reader{}}
	if added != nil {
		if fresh, err = Open(added); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	gone := func(name string) bool {
		return slices.ContainsFunc(removed, func(path string) bool {
			return name == path || strings.HasSuffix(path, "/") && strings.HasPrefix(name, path)
		}) || slices.ContainsFunc(fresh.reader.File, func(f *zip.File) bool { return f.Name == name })
	}
	for _, f := range old.reader.File {
		if !gone(f.Name) {
			err = errors.Join(err, w.Copy(f))
		}
	}
	for _, f := range fresh.reader.File {
		err = errors.Join(err, w.Copy(f))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
