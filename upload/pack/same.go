package pack

import (
	"archive/zip"
	"crypto/sha256"
	"io"
	"io/fs"
	"path"
	"strings"
)

// SameAs reports whether another archive of the function does the same as this
// package: it has all its files, and besides them only what this package leaves
// out. So it is where another program packed the same folder by its own rules. An
// archive that cannot be read is another.
func (p *Package) SameAs(archive io.ReaderAt, size int64) bool {
	zipped, err := zip.NewReader(archive, size)
	if err != nil {
		return false
	}
	matched := 0
	for _, f := range zipped.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		switch at, found := p.find(f.Name); {
		case found && sameFile(p.Files[at], f):
			matched++
		case found || !p.leavesOut(f.Name):
			return false
		}
	}
	return matched == len(p.Files)
}

// sameFile compares contents, and whether a file that must be executable is. A
// system without that notion makes archives without it.
func sameFile(e Entry, f *zip.File) bool {
	if e.Mode&fs.ModeSymlink != f.Mode()&fs.ModeSymlink || e.Mode&0o100 != 0 && f.Mode()&0o100 == 0 {
		return false
	}
	if f.UncompressedSize64 != uint64(e.Size) {
		return false
	}
	content, err := f.Open()
	if err != nil {
		return false
	}
	defer content.Close()
	if e.Mode&fs.ModeSymlink != 0 {
		link, err := io.ReadAll(io.LimitReader(content, int64(len(e.Link))+1))
		return err == nil && string(link) == e.Link
	}
	hash := sha256.New()
	n, err := io.Copy(hash, io.LimitReader(content, e.Size+1))
	return err == nil && n == e.Size && [sha256.Size]byte(hash.Sum(nil)) == e.hash
}

// leavesOut reports whether a file is one that this package leaves out.
func (p *Package) leavesOut(name string) bool {
	if path.Clean(name) != name || strings.HasPrefix(name, "../") || path.IsAbs(name) || strings.HasPrefix(path.Base(name), ".env") {
		return false // a name that is none, or settings that change what the code does
	}
	if p.options.RemoteInstall && (strings.HasPrefix(name, "node_modules/") || name == "package-lock.json") {
		return true // what npm install in the cloud makes
	}
	for _, i := range p.Ignored {
		if name == i.Path || strings.HasSuffix(i.Path, "/") && strings.HasPrefix(name, i.Path) {
			return true
		}
	}
	return false
}
