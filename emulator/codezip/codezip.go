// Package codezip takes the zips of function code apart without trusting them:
// nothing is written outside the folder, no link leads out of it, bounded sizes.
// It refuses to know what the files mean.
package codezip

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Bounds of a name: the longest real ones, in nested node_modules, are a third.
const (
	maxName  = 1000
	maxDepth = 60
)

// Bounds of an unpacked zip. The platform's own limit is 500 MB unpacked.
const (
	MaxFiles = 50_000
	MaxBytes = 500 << 20
)

// Archive is an opened zip whose names have been checked.
type Archive struct{ reader *zip.Reader }

// Open reads the directory of a zip and checks every entry.
func Open(data []byte) (*Archive, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	if len(r.File) > MaxFiles {
		return nil, fmt.Errorf("more than %d files", MaxFiles)
	}
	var total uint64
	folders := map[string]struct{}{}
	for _, f := range r.File {
		if err := check(f); err != nil {
			return nil, err
		}
		for name := path.Dir(f.Name); len(name) > 1; name = path.Dir(name) {
			if _, known := folders[name]; known {
				break
			}
			folders[name] = struct{}{}
		}
		if len(folders) > MaxFiles {
			return nil, fmt.Errorf("more than %d folders", MaxFiles)
		}
		if total += f.UncompressedSize64; f.UncompressedSize64 > MaxBytes || total > MaxBytes {
			return nil, fmt.Errorf("more than %d bytes unpacked", MaxBytes)
		}
	}
	return &Archive{reader: r}, nil
}

func check(f *zip.File) error {
	name := strings.TrimSuffix(f.Name, "/")
	switch {
	case len(name) > maxName || strings.Count(name, "/") > maxDepth:
		return fmt.Errorf("entry %.60q... has too long a name", f.Name)
	case !filepath.IsLocal(filepath.FromSlash(name)) || strings.ContainsAny(name, "\\\x00:") || name == ".":
		return fmt.Errorf("entry %q leaves the folder", f.Name)
	case f.Mode()&fs.ModeType == fs.ModeSymlink && f.UncompressedSize64 <= maxName:
	case !f.Mode().IsRegular() && !f.Mode().IsDir():
		return fmt.Errorf("entry %q is neither a file nor a folder", f.Name)
	}
	return nil
}

// File returns one file, or fs.ErrNotExist. limit bounds its size.
func (a *Archive) File(name string, limit int64) ([]byte, error) {
	for _, f := range a.reader.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		data, err := io.ReadAll(io.LimitReader(r, limit+1))
		if err == nil && int64(len(data)) > limit {
			err = fmt.Errorf("%s is larger than %d bytes", name, limit)
		}
		return data, err
	}
	return nil, fs.ErrNotExist
}

// Unpack writes the files into dir, which must exist. An entry that names a
// file twice, or a file as a folder, is an error.
func (a *Archive) Unpack(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	left := int64(MaxBytes)
	links := map[string]*zip.File{}
	for _, f := range a.reader.File {
		if f.Mode()&fs.ModeSymlink != 0 {
			links[f.Name] = f
			continue
		}
		n, err := unpack(root, f, left)
		if err != nil {
			return fmt.Errorf("entry %q: %w", f.Name, err)
		}
		left -= n
	}
	// Links come last, so that nothing is written through one.
	for _, f := range a.reader.File {
		if links[f.Name] != f {
			if f.Mode()&fs.ModeSymlink != 0 {
				return fmt.Errorf("entry %q is there twice", f.Name)
			}
			continue
		}
		if err := link(root, f, links); err != nil {
			return fmt.Errorf("entry %q: %w", f.Name, err)
		}
	}
	return nil
}

// link makes a symbolic link. Its target must be inside by its text alone:
// going up only at its beginning, and from a folder that is no link itself.
func link(root *os.Root, f *zip.File, links map[string]*zip.File) error {
	for parent := path.Dir(f.Name); parent != "."; parent = path.Dir(parent) {
		if links[parent] != nil {
			return errors.New("its folder is a link")
		}
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, maxName+1))
	if err != nil {
		return err
	}
	target := strings.TrimSuffix(string(text), "/")
	inside := path.Join(path.Dir(f.Name), target)
	if target == "" || len(target) > maxName || path.IsAbs(target) || path.Clean(target) != target || strings.ContainsAny(target, "\\\x00:") || !fs.ValidPath(inside) {
		return errors.New("the link leaves the folder")
	}
	name := filepath.FromSlash(f.Name)
	if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	return root.Symlink(filepath.FromSlash(target), name)
}

// unpack writes one entry; the sizes in a zip's directory may lie, so what is
// really written counts.
func unpack(root *os.Root, f *zip.File, left int64) (int64, error) {
	name := filepath.FromSlash(strings.TrimSuffix(f.Name, "/"))
	if f.Mode().IsDir() {
		return 0, root.MkdirAll(name, 0o700)
	}
	if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return 0, err
	}
	in, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer in.Close()
	out, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600|f.Mode().Perm()&0o100)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(out, io.LimitReader(in, left+1))
	if err == nil && n > left {
		err = fmt.Errorf("more than %d bytes unpacked", MaxBytes)
	}
	return n, errors.Join(err, out.Close())
}
