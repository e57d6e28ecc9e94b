package report

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"wxcloud/lint"
)

// paths names the files of a report for somebody who stands in the folder the
// command was run in, usually the top of a repository: that is where terminals
// and CI systems look for them. The report's own names begin below the folder
// that was given.
type paths struct {
	prefix string // the folder given, as a slash path; "" where it adds nothing
	base   string // absolute slash path of the folder the names begin in, "" if not known
}

func pathsOf(r lint.Report) paths {
	p := paths{prefix: path.Clean(filepath.ToSlash(r.Root)), base: filepath.ToSlash(r.Base())}
	above, inside := strings.CutSuffix(p.base, "/"+p.prefix)
	if !inside || !filepath.IsLocal(p.prefix) {
		p.prefix = ""
		return p
	}
	p.base = above
	return p
}

// name is a file of the report, seen from base.
func (p paths) name(file string) string { return path.Join(p.prefix, file) }

// uri is name as a relative URI reference. A name on another drive than base is
// an absolute path.
func (p paths) uri(file string) string {
	name := p.name(file)
	if filepath.IsAbs(filepath.FromSlash(name)) {
		return fileURI(name)
	}
	return (&url.URL{Path: name}).String()
}

// baseURI is the URI of base, "" if it is not known.
func (p paths) baseURI() string {
	if p.base == "" {
		return ""
	}
	return fileURI(strings.TrimSuffix(p.base, "/") + "/")
}

// fileURI is an absolute slash path as a URI, "C:/x" and "//server/x" included.
func fileURI(name string) string {
	if server, ok := strings.CutPrefix(name, "//"); ok {
		host, rest, _ := strings.Cut(server, "/")
		return (&url.URL{Scheme: "file", Host: host, Path: "/" + rest}).String()
	}
	return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(name, "/")}).String()
}
