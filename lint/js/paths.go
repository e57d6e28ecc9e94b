package js

import (
	"path"
	"path/filepath"
	"strings"
)

// environment is what a free name of Node stands for that loading depends on;
// nil if the name is none.
func (e *evaluator) environment(name string) set {
	switch name {
	case "__dirname":
		return e.p.str(filepath.ToSlash(filepath.Dir(e.s.abs)))
	case "__filename":
		return e.p.str(filepath.ToSlash(e.s.abs))
	}
	return nil
}

// meta is import.meta; its url is taken for the path it stands for.
func (e *evaluator) meta(i int32) set {
	n := &e.nodes[i]
	if !strings.HasPrefix(e.s.text(n.start, n.end), "import") {
		return unknownSet // new.target
	}
	id := e.p.objectAt(place{e.s.index, 0, tagMeta}, false)
	o := e.p.number(id)
	e.p.setField(o, "url", e.environment("__filename"))
	e.p.setField(o, "filename", e.environment("__filename"))
	e.p.setField(o, "dirname", e.environment("__dirname"))
	e.p.setField(o, "resolve", e.p.one(value{kind: vBuiltin, text: "require.resolve"}))
	return set{id}
}

// nodeBuiltin reports whether loading a module of Node's own gives something the
// analysis knows.
func nodeBuiltin(request string) (name string, ok bool) {
	name = strings.TrimPrefix(request, "node:")
	switch name {
	case "module", "util", "path", "url", "fs":
		return name, true
	case "path/posix":
		return "path", true
	}
	return "", false
}

// pathCall is a call of Node's path or url module, as far as it makes names of
// files out of names of files.
func (e *evaluator) pathCall(name string, args []argument) (set, bool) {
	if !strings.HasPrefix(name, "path.") && !strings.HasPrefix(name, "url.") {
		return nil, false
	}
	p := e.p
	name = strings.Replace(strings.TrimPrefix(name, "path."), "posix.", "", 1)
	switch name {
	case "join", "resolve":
		return e.joinPaths(name == "resolve", args), true
	case "normalize":
		return e.joinPaths(false, args[:min(1, len(args))]), true
	case "url.fileURLToPath", "url.pathToFileURL":
		return arg(args, 0), true
	case "dirname", "basename":
		known, unknown := p.stringsOf(arg(args, 0))
		out := set(nil)
		for _, k := range known {
			text := path.Dir(k.text)
			if name == "basename" {
				text = path.Base(k.text)
				for _, suffix := range p.texts(arg(args, 1)) {
					text = strings.TrimSuffix(text, suffix)
				}
			}
			out = union(out, p.one(value{kind: vString, text: text}))
		}
		if unknown {
			out = union(out, unknownSet)
		}
		return out, true
	}
	return nil, false
}

// texts are the strings of a set.
func (p *program) texts(s set) []string {
	known, _ := p.stringsOf(s)
	out := make([]string, len(known))
	for i := range known {
		out[i] = known[i].text
	}
	return out
}

// joinPaths is path.join, or path.resolve, which begins anew at an absolute path.
// What follows an unknown part is not known either.
func (e *evaluator) joinPaths(absolute bool, args []argument) set {
	p := e.p
	ends, open := []string{""}, []string(nil) // open: beginnings behind which anything may follow
	for _, a := range p.spreadArguments(args) {
		var next []string
		known, unknown := p.stringsOf(a.set)
		for _, from := range ends {
			for _, k := range known {
				next = append(next, joined(from, k.text, absolute))
			}
			if unknown {
				open = append(open, p.beginnings(from, a.set)...)
			}
		}
		if ends = next; len(ends)+len(open) > 64 {
			return unknownSet
		}
	}
	var out set
	for _, t := range ends {
		if absolute && !filepath.IsAbs(filepath.FromSlash(t)) {
			t = joined(filepath.ToSlash(e.p.a.in.Dir), t, false)
		}
		out = union(out, p.str(t))
	}
	for _, t := range open {
		if t == "" {
			out = union(out, unknownSet)
			continue
		}
		out = union(out, p.one(value{kind: vPrefix, text: t}))
	}
	return out
}

// spreadArguments replaces spread lists whose elements are known by those.
func (p *program) spreadArguments(args []argument) []argument {
	var out []argument
	for _, a := range args {
		if a.spread && len(a.set) == 1 {
			if v := p.values[a.set[0]]; v.kind == vObject && p.objects[v.a].list && len(p.read(p.objects[v.a].star)) == 0 {
				for j := range p.objects[v.a].fields {
					out = append(out, argument{set: p.readField(v, itoa(j))})
				}
				continue
			}
		}
		out = append(out, argument{set: a.set, node: a.node})
		if a.spread {
			out[len(out)-1].set = unknownSet
		}
	}
	return out
}

// beginnings are the paths that begin with from and go on with parts of which at
// most the beginning is known.
func (p *program) beginnings(from string, parts set) []string {
	var out []string
	for _, id := range parts {
		switch v := p.values[id]; v.kind {
		case vString:
		case vPrefix:
			t := joined(from, v.text, false)
			if strings.HasSuffix(v.text, "/") {
				t += "/"
			}
			out = append(out, t)
		default:
			out = append(out, from+"/")
		}
	}
	if len(parts) == 0 {
		out = append(out, from+"/")
	}
	if from == "" {
		for i := range out {
			out[i] = strings.TrimPrefix(out[i], "/")
		}
	}
	return out
}

// joined is path.join(a, b) as Node does it.
func joined(a, b string, absolute bool) string {
	if absolute && filepath.IsAbs(filepath.FromSlash(b)) {
		return path.Clean(b)
	}
	if a == "" {
		if b == "" {
			return ""
		}
		return path.Clean(b)
	}
	return path.Clean(a + "/" + b)
}

// written is how a request is shown that names a file by its absolute path.
func (a *Analyzer) written(from, request string) string {
	if !filepath.IsAbs(filepath.FromSlash(request)) {
		return request
	}
	rel, err := filepath.Rel(filepath.Dir(from), filepath.FromSlash(request))
	if err != nil {
		return request
	}
	rel = filepath.ToSlash(rel)
	if strings.HasSuffix(request, "/") {
		rel += "/"
	}
	if !relative(rel) {
		rel = "./" + rel
	}
	return rel
}
