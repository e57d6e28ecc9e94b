package pack

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"wxcloud/internal/clierr"
)

// Compress fills Zip. Files that changed since Scan are refused, so that the
// digest always tells what was sent.
//
// The same entries give the same archive on every machine: sorted, no time
// (files carry that of the checkout), Unix modes, forward slashes, no folders.
func (p *Package) Compress() error {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(to, flate.DefaultCompression)
	})
	headers := make([]*zip.FileHeader, len(p.Files))
	for i, f := range p.Files {
		data, err := p.read(f)
		if err != nil {
			return err
		}
		headers[i] = &zip.FileHeader{Name: f.Path, Method: zip.Deflate}
		headers[i].SetMode(f.Mode)
		to, err := w.CreateHeader(headers[i])
		if err == nil {
			_, err = to.Write(data)
		}
		if err != nil {
			return p.cannotRead(f.Path, err)
		}
	}
	if err := w.Close(); err != nil {
		return p.cannotRead(".", err)
	}
	p.Zip = out.Bytes()
	return p.limit(headers)
}

func (p *Package) read(f Entry) ([]byte, error) {
	if f.Link != "" {
		return []byte(f.Link), nil
	}
	data, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(f.Path)))
	if err != nil {
		return nil, p.cannotRead(f.Path, err)
	}
	if sha256.Sum256(data) != f.hash {
		return nil, clierr.New("pack/changed", clierr.Local, clierr.Args{"file": f.Path})
	}
	return data, nil
}

// limit refuses an archive that is too large and names what makes it so.
func (p *Package) limit(headers []*zip.FileHeader) error {
	limit := p.options.MaxBase64
	if limit == 0 {
		limit = MaxBase64
	}
	if p.Base64Size() <= limit {
		return nil
	}
	return clierr.New("pack/too-large", clierr.Local, clierr.Args{
		"size": megabytes(p.Base64Size()), "limit": megabytes(limit), "largest": largest(headers),
	}).Hint("pack/hint-smaller", clierr.Args{"list": IgnoreFile})
}

// largest names the five largest children of the function's folder, and of
// node_modules, by compressed size.
func largest(headers []*zip.FileHeader) string {
	sizes := map[string]int64{}
	for _, h := range headers {
		parts := strings.SplitN(h.Name, "/", 3)
		name := parts[0]
		if len(parts) > 1 {
			name += "/"
		}
		if len(parts) == 3 && parts[0] == "node_modules" {
			name += parts[1] + "/"
		}
		sizes[name] += int64(h.CompressedSize64)
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

func megabytes(n int64) string {
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}
