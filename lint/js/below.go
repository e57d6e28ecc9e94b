package js

import (
	"path"
	"path/filepath"
	"strings"
)

// The bounds of what a request counts of which only the beginning is known.
const (
	maxBelow      = 500
	maxBelowDepth = 8
)

// below lists the source files whose path begins with prefix, for a request of
// which only the beginning is known. A prefix that is neither relative nor
// absolute counts from the function's folder, which is on the module path.
func (a *Analyzer) below(from, prefix string) []string {
	dir, start := path.Split(prefix)
	root := filepath.FromSlash(dir)
	switch {
	case filepath.IsAbs(root):
		root = filepath.Clean(root)
	case strings.HasPrefix(prefix, "./") || strings.HasPrefix(prefix, "../"):
		root = filepath.Join(filepath.Dir(from), root)
	case dir == "" || strings.HasPrefix(prefix, "."):
		return nil
	default:
		root = filepath.Join(a.in.Dir, root)
	}
	// Not the neighbours of the function: it never loads those by a computed name.
	if parent := filepath.Dir(a.in.Dir); root == parent || !within(root, parent) {
		return nil
	}
	c := collector{a: a, typescript: dialectOfFile(from).typescript}
	c.collect(root, start, 0, 0)
	return c.out
}

type collector struct {
	a          *Analyzer
	typescript bool // the request stands in TypeScript
	out        []string
}

// collect adds the files of a folder whose names begin with start, and those of
// the folders below. What belongs to a test runner is never loaded this way, nor
// is TypeScript by JavaScript.
func (c *collector) collect(dir, start string, depth, links int) {
	f := c.a.folder(dir)
	for _, name := range f.names {
		if !strings.HasPrefix(name, start) || len(c.out) >= maxBelow {
			continue
		}
		p := filepath.Join(dir, name)
		link := f.files[name] && f.dirs[name]
		switch {
		case f.files[name] && isSource(name):
			if forTests(name) || isTypeScript(name) && (!c.typescript || f.files[compiledName(name)]) {
				continue
			}
			c.out = append(c.out, p)
		case f.dirs[name] && !skippedFolder(name) && depth < maxBelowDepth && (!link || links < 1):
			if link {
				links++
			}
			c.collect(p, "", depth+1, links)
		}
	}
}

func skippedFolder(name string) bool {
	switch name {
	case "node_modules", "wx-server-sdk", "__tests__", "__mocks__", ".git":
		return true
	}
	return false
}

// forTests reports whether a file's name says that it is a test.
func forTests(name string) bool {
	bare := strings.TrimSuffix(name, filepath.Ext(name))
	return strings.HasSuffix(bare, ".test") || strings.HasSuffix(bare, ".spec")
}

func isTypeScript(name string) bool {
	switch filepath.Ext(name) {
	case ".ts", ".cts", ".mts", ".tsx":
		return true
	}
	return false
}

// compiledName is the name a compiler gives to what it makes of a TypeScript file.
func compiledName(name string) string {
	ext := filepath.Ext(name)
	bare := strings.TrimSuffix(name, ext)
	if ext == ".tsx" {
		return bare + ".js"
	}
	return bare + strings.Replace(ext, "ts", "js", 1)
}
