package report

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"wxcloud/internal/sanitize"
	"wxcloud/lint"
)

// paths names the files of a report for somebody who stands in the folder the
// command was run in, usually the top of a repository: that is where terminals
// and CI systems look for them. The report's own names begin in the folder that
// was given.
type paths struct {
	base   string // absolute slash path of the folder that name begins in, "" if not known
	prefix string // slash path from there to where the report's names begin
	given  string // the same as the user wrote it, where that is outside of base
}

func pathsOf(r lint.Report) paths {
	base, prefix, inside := r.FromHere()
	p := paths{base: filepath.ToSlash(base), prefix: prefix}
	if !inside {
		p.given = filepath.ToSlash(r.Root)
	}
	return p
}

// name is a file of the report seen from base.
func (p paths) name(file string) string { return path.Join(p.prefix, file) }

// shown is a file as a person in that folder would write it.
func (p paths) shown(file string) string { return path.Join(p.given, p.prefix, file) }

// where is "file:line:column", cleaned to begin a line with. A line that begins
// with "::", blanks before it not counted, is a command to GitHub Actions.
func (p paths) where(at lint.Place) string {
	file := sanitize.Line(p.shown(at.File))
	if strings.HasPrefix(strings.TrimSpace(file), "::") {
		file = "./" + file
	}
	switch {
	case at.Line == 0:
		return file
	case at.Column == 0:
		return fmt.Sprintf("%s:%d", file, at.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", file, at.Line, at.Column)
	}
}

// uri is name as a URI reference: relative to base, or absolute where the file is
// on another drive.
func (p paths) uri(file string) string {
	if filepath.IsAbs(filepath.FromSlash(file)) {
		return fileURI(file)
	}
	return (&url.URL{Path: p.name(file)}).String()
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
	if !strings.HasPrefix(name, "/") {
		name = "/" + name
	}
	return (&url.URL{Scheme: "file", Path: name}).String()
}
