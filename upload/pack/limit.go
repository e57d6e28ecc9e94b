package pack

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"wxcloud/internal/clierr"
)

// MaxBase64 is how large an archive may be as base64 text, the form in which
// it travels: 20 MB, the documented limit of the upload.
const MaxBase64 = 20 << 20

// base64Size is the size of n bytes as base64 text.
func base64Size(n int64) int64 { return (n + 2) / 3 * 4 }

// limit refuses an archive that is too large and names what makes it so.
func (p *Package) limit(parts []part) error {
	var size int64
	for _, f := range parts {
		size += f.size + 76 + 2*int64(len(f.entry.Path))
	}
	size += 22
	if len(parts) > maxEntries {
		return clierr.New("pack/too-many-files", clierr.Local, clierr.Args{
			"count": strconv.Itoa(len(parts)), "limit": strconv.Itoa(maxEntries), "largest": largest(parts),
		}).Hint("pack/hint-smaller", clierr.Args{"list": IgnoreFile})
	}
	limit := p.options.MaxBase64
	if limit == 0 {
		limit = MaxBase64
	}
	if limit < 0 {
		limit = base64Size(maxBytes)
	}
	if base64Size(size) <= limit {
		return nil
	}
	return clierr.New("pack/too-large", clierr.Local, clierr.Args{
		"size": megabytes(base64Size(size)), "limit": megabytes(limit), "largest": largest(parts),
	}).Hint("pack/hint-smaller", clierr.Args{"list": IgnoreFile})
}

// largest names the five largest children of the function's folder, and of
// node_modules, by compressed size.
func largest(parts []part) string {
	sizes := map[string]int64{}
	for _, p := range parts {
		sizes[folderOf(p.entry.Path)] += p.size
	}
	names := make([]string, 0, len(sizes))
	for name := range sizes {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if sizes[a] != sizes[b] {
			return cmp.Compare(sizes[b], sizes[a])
		}
		return strings.Compare(a, b)
	})
	for i, name := range names[:min(5, len(names))] {
		names[i] = name + " " + megabytes(sizes[name])
	}
	return strings.Join(names[:min(5, len(names))], ", ")
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

func megabytes(n int64) string {
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}
