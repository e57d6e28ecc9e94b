// Package pack turns a function's folder into the archive the cloud takes:
// what goes in, what must never go in, and the same bytes and digest wherever
// the files are the same. On Windows no file is executable, so that a folder
// with scripts gives another package there. It knows nothing of the cloud, of
// permissions, or of what changed.
package pack

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

// MaxBase64 is how large an archive may be as base64 text, the form in which
// it travels: 20 MB, the documented limit of the upload.
const MaxBase64 = 20 << 20

// Options say what to pack.
type Options struct {
	// RemoteInstall leaves node_modules out, because the cloud runs npm install.
	RemoteInstall bool
	// AllowSecrets are slash paths, relative to the function, that are packed
	// although they look like secrets.
	AllowSecrets []string
	// MaxBase64 is the limit to apply; 0 means the documented one.
	MaxBase64 int64
}

// Package is a function ready to be sent.
type Package struct {
	// Zip is the archive, nil until Compress.
	Zip []byte
	// Digest is over the contents (sorted path, mode, SHA-256), not over the
	// archive, whose bytes may differ between releases of the compressor.
	Digest  string
	Files   []Entry   // sorted by Path
	Ignored []Ignored // in the order of the folders; a folder stands for all in it

	dir     string
	options Options
}

// Entry is one file of the package.
type Entry struct {
	Path string      // slashes, relative to the function
	Mode fs.FileMode // 0644, 0755 (never on Windows), or fs.ModeSymlink|0777
	Size int64       // bytes
	Link string      // where a symbolic link points
	hash [sha256.Size]byte
}

// Ignored is a file or folder left out.
type Ignored struct {
	Path    string // folders end in a slash
	Pattern string // the pattern that decided
	Default bool   // it is one of wxcloud's own, not of .wxcloudignore
}

// Build scans and compresses a function.
func Build(fn config.Function, o Options) (*Package, error) {
	p, err := Scan(fn, o)
	if err != nil {
		return nil, err
	}
	return p, p.Compress()
}

// Scan reads the function's folder: what would be packed and its digest, and
// that nothing secret is among it. It does not compress, which is most of the
// work and not needed for a function that did not change.
func Scan(fn config.Function, o Options) (*Package, error) {
	p := &Package{dir: fn.Dir, options: o}
	if err := p.walk(); err != nil {
		return nil, err
	}
	if len(p.Files) == 0 {
		return nil, clierr.New("pack/empty", clierr.Local, clierr.Args{"dir": fn.Dir})
	}
	slices.SortFunc(p.Files, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	p.Digest = digest(p.Files)
	return p, nil
}

// Has reports whether the package holds a file of that path.
func (p *Package) Has(path string) bool {
	_, found := slices.BinarySearchFunc(p.Files, path, func(e Entry, path string) int { return strings.Compare(e.Path, path) })
	return found
}

// Base64Size is the size of the archive as base64 text.
func (p *Package) Base64Size() int64 { return int64(base64.StdEncoding.EncodedLen(len(p.Zip))) }

// digest is over one line per file; the path comes last, so that no path can
// be read as part of another field.
func digest(files []Entry) string {
	h := sha256.New()
	for _, f := range files {
		h.Write([]byte(strconv.FormatUint(uint64(f.Mode), 8) + " " + hex.EncodeToString(f.hash[:]) + " " + f.Path + "\n"))
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
