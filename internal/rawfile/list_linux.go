package rawfile

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
)

// List returns what is in a folder, sorted by name. The entries stay good.
func (r *Reader) List(dir string) ([]Entry, error) {
	if len(r.buf) < firstBuffer {
		r.buf = make([]byte, firstBuffer)
	}
	file, err := open(dir)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: err}
	}
	defer file.close()
	var entries []Entry
	for {
		n, err := syscall.ReadDirent(int(file), r.buf)
		switch {
		case err == syscall.EINTR:
			continue
		case err != nil:
			return nil, &fs.PathError{Op: "readdirent", Path: dir, Err: err}
		case n <= 0:
			slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.name, b.name) })
			return entries, nil
		}
		entries = appendEntries(entries, r.buf[:n], dir)
	}
}

// A linux_dirent64 is inode (8 bytes), offset (8), its own size (2), type (1) and
// the name up to a zero.
const (
	sizeAt = 16
	typeAt = 18
	nameAt = 19
)

func appendEntries(entries []Entry, b []byte, dir string) []Entry {
	for len(b) > nameAt {
		size := int(binary.NativeEndian.Uint16(b[sizeAt:]))
		if size <= nameAt || size > len(b) {
			return entries
		}
		name, _, _ := bytes.Cut(b[nameAt:size], []byte{0})
		if inode, text := binary.NativeEndian.Uint64(b), string(name); inode != 0 && text != "." && text != ".." {
			e := Entry{name: text, dir: dir}
			if e.kind = kindOf(b[typeAt]); e.kind == fs.ModeIrregular {
				// Some file systems do not say: then it is asked for.
				if info, err := lstat(dir, text); err == nil {
					e.kind = info.Mode().Type()
				}
			}
			entries = append(entries, e)
		}
		b = b[size:]
	}
	return entries
}

func kindOf(dirent byte) fs.FileMode {
	switch dirent {
	case syscall.DT_REG:
		return 0
	case syscall.DT_DIR:
		return fs.ModeDir
	case syscall.DT_LNK:
		return fs.ModeSymlink
	case syscall.DT_FIFO:
		return fs.ModeNamedPipe
	case syscall.DT_SOCK:
		return fs.ModeSocket
	case syscall.DT_CHR:
		return fs.ModeDevice | fs.ModeCharDevice
	case syscall.DT_BLK:
		return fs.ModeDevice
	default:
		return fs.ModeIrregular
	}
}

func lstat(dir, name string) (fs.FileInfo, error) { return os.Lstat(dir + "/" + name) }
