// Package pack turns a function's folder into the archive the cloud takes:
// what goes in, what must never go in, and the same bytes and digest wherever
// the files are the same. On Windows no file is executable, so that a folder
// with scripts gives another package there. It knows nothing of the cloud, of
// permissions, or of what changed.
package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"wxcloud/config"
)

// Options say what to pack.
type Options struct {
	// RemoteInstall leaves node_modules out, because the cloud runs npm install.
	RemoteInstall bool
	// AllowSecrets are slash paths, relative to the function, that are packed
	// although they look like secrets.
	AllowSecrets []string
	// Ignore are patterns of the project's settings. They have the last word,
	// after the function's own list.
	Ignore []string
	// Copies are files and folders from elsewhere in the project.
	Copies []Copy
	// MaxBase64 is the limit to apply; 0 means the documented one of code that
	// travels inside the request, less than 0 none but that of the format.
	MaxBase64 int64
}

// Copy puts a file, or all of a folder, into the function.
type Copy struct {
	From string // absolute
	To   string // slash path in the function; "." merges a folder into it
}

// Package is a function ready to be sent.
type Package struct {
	// Digest is over the contents (sorted path, mode, SHA-256), not over the
	// archive, whose bytes may differ between releases of the compressor.
	Digest  string
	Files   []Entry   // sorted by Path
	Ignored []Ignored // in the order of the folders; a folder stands for all in it

	dir     string
	options Options
	archive *Archive
}

// Entry is one file of the package.
type Entry struct {
	Path string      // slashes, relative to the function
	Mode fs.FileMode // 0644, 0755 (never on Windows), or fs.ModeSymlink|0777
	Size int64       // bytes
	// Packed is how much of the archive it takes, 0 until Compress.
	Packed int64
	Link   string // where a symbolic link points
	hash   [sha256.Size]byte
	crc    uint32 // CRC-32, which the zip holds
	// source is the file on disk.
	source string
}

// Ignored is a file or folder left out.
type Ignored struct {
	Path    string // folders end in a slash
	Pattern string // the pattern that decided
	// List is the file the pattern stands in, relative to the function, or
	// "wxcloud.json"; "" if the pattern is one of wxcloud's own.
	List string
	Line int // in a list of the function, otherwise 0
}

// Build scans and compresses a function.
func Build(fn config.Function, o Options) (*Package, error) {
	p, err := Scan(fn, o)
	if err != nil {
		return nil, err
	}
	return p, p.Compress()
}

// Has reports whether the package holds a file of that path.
func (p *Package) Has(path string) bool {
	_, found := p.find(path)
	return found
}

func (p *Package) find(path string) (int, bool) {
	return slices.BinarySearchFunc(p.Files, path, func(e Entry, path string) int { return strings.Compare(e.Path, path) })
}

// Compressed reports whether there is an archive.
func (p *Package) Compressed() bool { return p.archive != nil }

// Archive is the zip, empty until Compress.
func (p *Package) Archive() *Archive {
	if p.archive == nil {
		return &Archive{}
	}
	return p.archive
}

// Size is the length of the zip in bytes, 0 until Compress.
func (p *Package) Size() int64 { return p.Archive().Size() }

// Base64Size is the size of the archive as base64 text.
func (p *Package) Base64Size() int64 { return base64Size(p.Size()) }

// Release drops the archive, once it is sent. Compress can make it again.
func (p *Package) Release() { p.archive = nil }

// unixMode is the mode as Unix writes it.
func (f Entry) unixMode() uint32 {
	const regular, link = 0o100000, 0o120000
	if f.Mode&fs.ModeSymlink != 0 {
		return link | 0o777
	}
	return regular | uint32(f.Mode.Perm())
}

// digest is over one line per file; the path comes last, so that no path can
// be read as part of another field.
func digest(files []Entry) string {
	h := sha256.New()
	for _, f := range files {
		h.Write([]byte(strconv.FormatUint(uint64(f.Mode), 8) + " " + hex.EncodeToString(f.hash[:]) + " " + f.Path + "\n"))
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
