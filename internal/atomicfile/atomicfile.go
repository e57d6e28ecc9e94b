// Package atomicfile writes a whole file or nothing: a reader, or the next run
// after a crash, sees the old contents or the new ones and never a part. It
// knows nothing of what the file means and makes no folders.
package atomicfile

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// maxLinks bounds the symbolic links followed to a file, as the kernel does.
const maxLinks = 40

// Write replaces the file at path, or creates it with mode (less the umask).
// An existing file keeps its own mode. A symbolic link is followed, so that it
// still points at the file afterwards; anything but a regular file is refused.
func Write(path string, data []byte, mode fs.FileMode) error {
	target, err := follow(path)
	if err != nil {
		return err
	}
	info, err := os.Lstat(target)
	exists := err == nil
	switch {
	case exists && !info.Mode().IsRegular():
		return &fs.PathError{Op: "write", Path: path, Err: errors.New("not a regular file")}
	case exists:
		mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	temporary, err := writeTemporary(filepath.Dir(target), data, mode, exists)
	if err != nil {
		return err
	}
	if err := rename(temporary, target); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	syncFolder(filepath.Dir(target))
	return nil
}

// Create makes the file at path with mode (less the umask). It fails with an
// error that is fs.ErrExist when something, even a dangling link, stands there.
func Create(path string, data []byte, mode fs.FileMode) error {
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	temporary, err := writeTemporary(filepath.Dir(path), data, mode, false)
	if err != nil {
		return err
	}
	// A hard link, unlike a rename, refuses to replace what came in between.
	err = os.Link(temporary, path)
	removeErr := os.Remove(temporary)
	switch {
	case err == nil:
		syncFolder(filepath.Dir(path))
		return removeErr
	case errors.Is(err, fs.ErrExist):
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	default:
		return createInPlace(path, data, mode)
	}
}

// createInPlace serves file systems without hard links (FAT, some network
// shares): whoever creates the name owns it, and takes it away on failure.
func createInPlace(path string, data []byte, mode fs.FileMode) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	if err := fill(file, data); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// writeTemporary writes data to a new file in folder and returns its path. The
// name is .wxcloud-*.tmp, by which whoever packs or lists folders knows a file
// that was left by a crash.
func writeTemporary(folder string, data []byte, mode fs.FileMode, exactMode bool) (string, error) {
	path := filepath.Join(folder, ".wxcloud-"+rand.Text()+".tmp")
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode|0o200)
	if err != nil {
		return "", err
	}
	err = fill(file, data)
	if err == nil && (exactMode || mode&0o200 == 0) {
		err = os.Chmod(path, mode)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(path))
	}
	return path, nil
}

// fill writes data to file, makes it durable and closes it.
func fill(file *os.File, data []byte) error {
	_, err := file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// follow returns the path a chain of symbolic links ends at, which need not exist.
func follow(path string) (string, error) {
	for range maxLinks {
		target, err := os.Readlink(path)
		if err != nil {
			return path, nil //nolint:nilerr // not a link, or not there: this is the end of the chain
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	return "", &fs.PathError{Op: "write", Path: path, Err: errors.New("too many symbolic links")}
}

// syncFolder makes a new name durable where the system can; where it cannot
// (Windows), the file itself is already on disk, so failure is of no account.
func syncFolder(folder string) {
	dir, err := os.Open(folder)
	if err != nil {
		return
	}
	_ = dir.Sync()
	_ = dir.Close()
}
