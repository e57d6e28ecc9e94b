package pack

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"wxcloud/internal/clierr"
)

// MaxBase64 is how large an archive may be as base64 text inside a request:
// 20 MB, the documented limit of UpdateFunctionCode and of WeChat's third-party
// interface.
const MaxBase64 = 20 << 20

// base64Size is the size of n bytes as base64 text.
func base64Size(n int64) int64 { return (n + 2) / 3 * 4 }

// Part is a file or folder of the size report.
type Part struct {
	Path   string // a folder ends in a slash
	Packed int64  // bytes in the archive
}

// Largest are the five largest children of the function's folder, each package
// in node_modules by itself. It needs Compress.
func (p *Package) Largest() []Part {
	sizes := map[string]int64{}
	for _, f := range p.Files {
		sizes[folderOf(f.Path)] += f.Packed
	}
	parts := make([]Part, 0, len(sizes))
	for name, size := range sizes {
		parts = append(parts, Part{name, size})
	}
	slices.SortFunc(parts, func(a, b Part) int {
		if a.Packed != b.Packed {
			return cmp.Compare(b.Packed, a.Packed)
		}
		return strings.Compare(a.Path, b.Path)
	})
	return parts[:min(5, len(parts))]
}

// folderOf is the part of the size report that a file belongs to.
func folderOf(file string) string {
	elements := strings.Split(file, "/")
	depth := 1
	if elements[0] == "node_modules" && len(elements) > 2 {
		depth = 2
		if strings.HasPrefix(elements[1], "@") && len(elements) > 3 {
			depth = 3
		}
	}
	if depth >= len(elements) {
		return file
	}
	return strings.Join(elements[:depth], "/") + "/"
}

// unpacked is the size of all files.
func (p *Package) unpacked() (total int64) {
	for _, f := range p.Files {
		total += f.Size
	}
	return total
}

// allowed is how large the archive may be as base64 text.
func (p *Package) allowed() int64 {
	switch limit := p.options.MaxBase64; {
	case limit == 0:
		return MaxBase64
	case limit < 0:
		return base64Size(maxBytes)
	default:
		return limit
	}
}

// entryRoom is more than a file takes in the archive besides its path and contents.
const entryRoom = 256

// MayBeTooLarge reports whether only Compress can tell that the archive is not
// over the limit: nothing grows by being compressed.
func (p *Package) MayBeTooLarge() bool {
	most := p.unpacked()
	for _, f := range p.Files {
		most += entryRoom + 2*int64(len(f.Path)) + f.Size/1000
	}
	return len(p.Files) > maxEntries || base64Size(most) > p.allowed()
}

// limit refuses an archive that is too large and names what makes it so.
func (p *Package) limit(size int64) error {
	if len(p.Files) > maxEntries {
		return clierr.New("pack/too-many-files", clierr.Local, clierr.Args{
			"count": strconv.Itoa(len(p.Files)), "limit": strconv.Itoa(maxEntries), "largest": p.largest(),
		}).In(clierr.Position{File: p.dir}).Hint("pack/hint-smaller", clierr.Args{"list": IgnoreFile})
	}
	limit := p.allowed()
	if base64Size(size) <= limit {
		return nil
	}
	return clierr.New("pack/too-large", clierr.Local, clierr.Args{
		"size": megabytes(base64Size(size)), "limit": megabytes(limit), "largest": p.largest(),
	}).In(clierr.Position{File: p.dir}).Hint("pack/hint-smaller", clierr.Args{"list": IgnoreFile})
}

// largest is the size report as part of a sentence.
func (p *Package) largest() string {
	var parts []string
	for _, part := range p.Largest() {
		parts = append(parts, part.Path+" "+megabytes(part.Packed))
	}
	return strings.Join(parts, ", ")
}

func megabytes(n int64) string {
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}
