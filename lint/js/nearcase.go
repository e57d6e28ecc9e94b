package js

import (
	"path/filepath"
	"strings"
)

// missing is what a file's request that leads to no file becomes. In TypeScript
// one for types alone is no load: nothing of it is left in the compiled code.
func (p *program) missing(s *source, l loaded) (MissingModule, bool) {
	if p.a.declarationsOnly(s, l.text) {
		return MissingModule{}, false
	}
	return MissingModule{Span: s.spanOf(l.node), Request: l.text, Optional: s.inTry(l.node), Guarded: s.guarded(l.node), OtherCase: p.a.otherCase(s.abs, l.text)}, true
}

func (a *Analyzer) declarationsOnly(s *source, request string) bool {
	if !dialectOfFile(s.abs).typescript {
		return false
	}
	p := filepath.Join(filepath.Dir(s.abs), filepath.FromSlash(request))
	return a.isFile(p+".d.ts") || a.isFile(filepath.Join(p, "index.d.ts")) || strings.HasSuffix(request, ".js") && a.isFile(strings.TrimSuffix(p, "js")+"d.ts")
}

// otherCase is the request as it would have to be written to reach a file whose
// path differs in upper and lower case only, or "".
func (a *Analyzer) otherCase(from, request string) string {
	dir, parts := filepath.Dir(from), strings.Split(request, "/")
	for i, part := range parts {
		switch part {
		case "", ".":
			continue
		case "..":
			dir = filepath.Dir(dir)
			continue
		}
		name := a.entryLike(dir, part, i == len(parts)-1)
		if name == "" {
			return ""
		}
		parts[i] = name
		dir = filepath.Join(dir, name)
	}
	found := strings.Join(parts, "/")
	if found == request {
		return ""
	}
	if t, _ := a.resolve(from, found); t != targetFile && t != targetOther {
		return ""
	}
	return found
}

// entryLike is what a folder holds under the name in whatever case; for the last
// part of a request the extension may be left out. The name itself goes first.
func (a *Analyzer) entryLike(dir, name string, last bool) string {
	f := a.folder(dir)
	if f.files[name] || f.dirs[name] {
		return name
	}
	found := ""
	for _, entry := range f.names {
		bare := entry
		if last && !strings.EqualFold(entry, name) && f.files[entry] && isSource(entry) {
			bare = strings.TrimSuffix(entry, filepath.Ext(entry))
		}
		if bare == name {
			return name
		}
		if found == "" && strings.EqualFold(bare, name) {
			found = bare
		}
	}
	return found
}
