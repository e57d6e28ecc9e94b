package js

import (
	"bytes"
	"path"
	"path/filepath"
	"strings"
)

// manifest is what a package.json, or a tsconfig.json, says about loading.
type manifest struct {
	main, module     string
	exports, imports jsonValue
	baseURL          string
	paths            jsonValue
}

// jsonValue is a value of a JSON file, with the order of its keys: the first condition
// that holds is the one that counts.
type jsonValue struct {
	kind   kind // nNone: absent
	text   string
	keys   []string    // of an object
	values []jsonValue // of an object or a list
}

func (j jsonValue) get(key string) jsonValue {
	for i, k := range j.keys {
		if k == key {
			return j.values[i]
		}
	}
	return jsonValue{}
}

// manifest reads a file of a folder once; a folder without one has an empty one.
func (a *Analyzer) manifest(dir, file string) *manifest {
	name := filepath.Join(dir, file)
	if m, ok := a.manifests[name]; ok {
		return m
	}
	m := &manifest{}
	a.manifests[name] = m
	if !a.isFile(name) {
		return m
	}
	data, err := a.readFile(name)
	if err != nil || len(data) > maxManifest {
		return m
	}
	root := a.readJSON(data)
	m.main, m.module = root.get("main").text, root.get("module").text
	m.exports, m.imports = root.get("exports"), root.get("imports")
	options := root.get("compilerOptions")
	m.baseURL, m.paths = options.get("baseUrl").text, options.get("paths")
	return m
}

// maxManifest bounds the size of a package.json that is read.
const maxManifest = 1 << 20

// readJSON reads JSON with the parser at hand, which takes it for an object
// literal and so puts up with comments and commas.
func (a *Analyzer) readJSON(data []byte) jsonValue {
	s := source{parser: a.scratch}
	if s.parser.atoms == nil {
		s.parser.atoms = newAtoms()
	}
	s.parse(append([]byte("("), append(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), ')')...), dialect{})
	var root jsonValue
	for i := range s.parser.nodes {
		if s.parser.nodes[i].kind == nObject {
			root = s.json(int32(i), 0)
			// The outermost object is finished last, but begins first.
			for j := i + 1; j < len(s.parser.nodes); j++ {
				if s.parser.nodes[j].kind == nObject && s.parser.nodes[j].start < s.parser.nodes[i].start {
					root = s.json(int32(j), 0)
				}
			}
			break
		}
	}
	a.scratch = s.parser
	return root
}

func (s *source) json(i int32, depth int) jsonValue {
	n := &s.parser.nodes[i]
	j := jsonValue{kind: n.kind}
	if depth > 20 {
		return j
	}
	switch n.kind {
	case nString:
		j.text = s.stringValue(i)
	case nArray:
		for c := n.a; c != 0; c = s.parser.nodes[c].next {
			j.values = append(j.values, s.json(c, depth+1))
		}
	case nObject:
		for c := n.a; c != 0; c = s.parser.nodes[c].next {
			if p := &s.parser.nodes[c]; p.kind == nProperty && s.parser.nodes[p.a].kind == nString {
				j.keys = append(j.keys, s.stringValue(p.a))
				j.values = append(j.values, s.json(p.b, depth+1))
			}
		}
	}
	return j
}

// targets are the files that an entry of exports or imports names, first choice
// first. Which of the two module systems asks makes no difference here: a package
// gives both the same functions.
func (j jsonValue) targets(star string) []string {
	switch j.kind {
	case nString:
		return []string{strings.ReplaceAll(j.text, "*", star)}
	case nArray:
		var out []string
		for _, v := range j.values {
			out = append(out, v.targets(star)...)
		}
		return out
	case nObject:
		for i, k := range j.keys {
			switch k {
			case "node", "require", "import", "default", "module", "module-sync":
				if t := j.values[i].targets(star); len(t) > 0 {
					return t
				}
			}
		}
	}
	return nil
}

// match finds a key, plain or with a star, among the keys of an object.
func (j jsonValue) match(key string) (found jsonValue, star string, ok bool) {
	best := -1
	for i, k := range j.keys {
		if k == key {
			return j.values[i], "", true
		}
		before, after, starred := strings.Cut(k, "*")
		if starred && len(before) > best && len(key) >= len(before)+len(after) && strings.HasPrefix(key, before) && strings.HasSuffix(key, after) {
			best = len(before)
			found, star, ok = j.values[i], key[len(before):len(key)-len(after)], true
		}
	}
	return found, star, ok
}

// exported are the files below a package's folder that a request of it may mean;
// ok reports that its exports decide.
func (m *manifest) exported(rest string) (files []string, ok bool) {
	if m.exports.kind == nNone {
		return nil, false
	}
	byPath := m.exports.kind == nObject && len(m.exports.keys) > 0 && strings.HasPrefix(m.exports.keys[0], ".")
	if !byPath {
		if rest == "" {
			return m.exports.targets(""), true
		}
		return nil, true
	}
	key := "."
	if rest != "" {
		key = "./" + rest
	}
	target, star, _ := m.exports.match(key)
	return target.targets(star), true
}

// resolvePackage finds the file that a request means in a package's folder.
func (a *Analyzer) resolvePackage(dir, rest string) (target, string) {
	if files, ok := a.manifest(dir, "package.json").exported(rest); ok {
		for _, f := range files {
			if t, p := a.resolvePath(filepath.Join(dir, filepath.FromSlash(f)), false, 1); t != targetNone {
				return t, p
			}
		}
		return targetNone, ""
	}
	return a.resolvePath(filepath.Join(dir, filepath.FromSlash(rest)), false, 0)
}

// owner is the nearest folder with a package.json from a file up to the function's.
func (a *Analyzer) owner(from string) string {
	for d := filepath.Dir(from); within(d, a.in.Dir); d = filepath.Dir(d) {
		if a.isFile(filepath.Join(d, "package.json")) {
			return d
		}
	}
	return ""
}

// resolveInternal resolves "#name" by the imports of the package around a file.
func (a *Analyzer) resolveInternal(from, request string) (target, string) {
	dir := a.owner(from)
	if dir == "" {
		return targetExternal, ""
	}
	imports := a.manifest(dir, "package.json").imports
	if imports.kind == nNone {
		return targetExternal, "" // a bundler's alias
	}
	found, star, _ := imports.match(request)
	for _, f := range found.targets(star) {
		t, file := targetNone, ""
		switch {
		case relative(f):
			t, file = a.resolvePath(filepath.Join(dir, filepath.FromSlash(f)), false, 1)
		case !strings.HasPrefix(f, "#"):
			t, file = a.resolve(from, f)
		}
		if t != targetNone {
			return t, file
		}
	}
	return targetNone, ""
}

// resolveAlias follows the paths of a tsconfig.json, for code that is bundled or
// compiled before it is uploaded.
func (a *Analyzer) resolveAlias(request string) (target, string) {
	for _, file := range [...]string{"tsconfig.json", "jsconfig.json"} {
		m := a.manifest(a.in.Dir, file)
		if m.paths.kind == nNone {
			continue
		}
		found, star, ok := m.paths.match(request)
		if !ok {
			continue
		}
		for _, v := range found.values {
			p := path.Join(filepath.ToSlash(m.baseURL), strings.ReplaceAll(v.text, "*", star))
			if t, f := a.resolvePath(filepath.Join(a.in.Dir, filepath.FromSlash(p)), false, 0); t == targetFile {
				return t, f
			}
		}
	}
	return targetNone, ""
}
