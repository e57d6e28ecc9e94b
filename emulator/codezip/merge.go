package codezip

import (
	"archive/zip"
	"bytes"
	"errors"
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
	replaced := map[string]bool{}
	for _, f := range fresh.reader.File {
		replaced[f.Name] = true
	}
	dropped := map[string]bool{}
	for _, path := range removed {
		dropped[path] = true
	}
	gone := func(name string) bool {
		if replaced[name] || dropped[name] {
			return true
		}
		for i := range name { // the folders it is in
			if name[i] == '/' && dropped[name[:i+1]] {
				return true
			}
		}
		return false
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
