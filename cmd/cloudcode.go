package cmd

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/upload/pack"
	"wxcloud/wxapi"
)

// codeFiles are the files of a package by their slash paths.
type codeFiles map[string]codeFile

type codeFile struct {
	Data []byte
	Mode fs.FileMode
}

// Bounds of a package that is taken apart; the platform's own is 500 MB.
const (
	maxCodeFiles = 50_000
	maxCodeBytes = 500 << 20
)

// readCode takes a package apart in memory. Its names are not trusted: none
// leaves the folder, none names a repository's insides, and no two would be the
// same file on a disk that does not tell capitals apart.
func readCode(data []byte) (codeFiles, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	if len(r.File) > maxCodeFiles {
		return nil, fmt.Errorf("more than %d files", maxCodeFiles)
	}
	files, seen := codeFiles{}, map[string]bool{}
	left := int64(maxCodeBytes)
	for _, f := range r.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if err := safeName(f.Name); err != nil {
			return nil, err
		}
		folded := strings.ToLower(f.Name)
		if seen[folded] {
			return nil, fmt.Errorf("%q is there twice", f.Name)
		}
		seen[folded] = true
		content, err := readEntry(f, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(content))
		files[f.Name] = codeFile{content, f.Mode()}
	}
	return files, nil
}

func safeName(name string) error {
	if !filepath.IsLocal(filepath.FromSlash(name)) || strings.ContainsAny(name, "\\\x00:") || len(name) > 1000 || !utf8.ValidString(name) {
		return fmt.Errorf("%.80q leaves the folder", name)
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.EqualFold(strings.TrimRight(part, ". "), ".git") {
			return fmt.Errorf("%.80q is inside a repository's own folder", name)
		}
	}
	return nil
}

func readEntry(f *zip.File, left int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	data, err := io.ReadAll(io.LimitReader(r, left+1))
	if err == nil && int64(len(data)) > left {
		err = fmt.Errorf("more than %d MB unpacked", maxCodeBytes>>20)
	}
	return data, err
}

// cloudCode downloads a function's package and takes it apart.
func cloudCode(ctx context.Context, functions codePlane, name string) (codeFiles, wxapi.Address, error) {
	from, err := functions.Address(ctx, name)
	if err != nil {
		return nil, from, err
	}
	var data bytes.Buffer
	if err := functions.Download(ctx, from, &data); err != nil {
		return nil, from, err
	}
	files, err := readCode(data.Bytes())
	if err != nil {
		return nil, from, clierr.New("cmd/cloud-package", clierr.Cloud, clierr.Args{"function": name}).Because(err)
	}
	return files, from, nil
}

// diskCode is the package a deploy would send, taken apart the same way.
func diskCode(p *config.Project, f config.Function, env environment, localNpm bool) (codeFiles, error) {
	made, err := pack.Build(f, pack.Options{
		RemoteInstall: !localNpm && len(f.Package.Dependencies) > 0,
		Ignore:        p.Settings.Function(f.Name, env.Name).Ignore, Copies: copiesInto([]config.Function{f})[f.Name], MaxBase64: -1,
	})
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(made.Archive().Reader())
	if err != nil {
		return nil, err
	}
	files, err := readCode(data)
	if err != nil {
		return nil, clierr.New("cmd/disk-package", clierr.Local, clierr.Args{"function": f.Name}).Because(err)
	}
	return files, nil
}

// installed reports whether a file is one that npm put there.
func installed(name string) bool {
	return strings.HasPrefix(name, "node_modules/") || strings.Contains(name, "/node_modules/")
}

// isText reports whether a file can be shown line by line.
func isText(data []byte) bool {
	return utf8.Valid(data) && bytes.IndexByte(data, 0) < 0
}
