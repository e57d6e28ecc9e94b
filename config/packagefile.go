package config

import (
	"path/filepath"
	"strings"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
)

// readPackage reads the package.json of the function in a folder.
func readPackage(f folder) Package {
	p := Package{Path: filepath.Join(f.dir, "package.json")}
	p.Locked = f.isFile("package-lock.json") || f.isFile("npm-shrinkwrap.json")
	file, exists, err := f.json("package.json")
	p.Exists = exists
	if err != nil {
		p.Problems = []Problem{fatal(err)}
	}
	if err != nil || !exists {
		return p
	}
	if len(file.doc.Extras) > 0 {
		p.Problems = append(p.Problems, file.problem("config/package-extras", gjson.Result{Index: file.doc.Extras[0].Offset}, nil))
	}
	if m, ok := file.misplacedIn(file.root); ok {
		p.Misplaced = []Misplaced{m}
	}
	if m, ok := file.member(file.root, "main"); ok && m.value.Type == gjson.String {
		p.Main = m.value.Str
		if started, named := index(f), mainFile(f, p.Main); started != "" && named != "" && named != started {
			p.Problems = append(p.Problems, file.problem("config/two-entries", m.value, clierr.Args{"main": named, "index": started}))
		}
	}
	if m, ok := file.member(file.root, "type"); ok && m.value.Str == "module" {
		// docs.cloudbase.net, cloud-function/how-to-use-esm: the entry must be
		// CommonJS. Node 20.19 is the first to require ES modules.
		if started := entry(f, p.Main); strings.HasSuffix(started, ".js") {
			p.Problems = append(p.Problems, file.problem("config/type-module", m.value, clierr.Args{"entry": started}))
		}
	}
	p.Dependencies = p.readDependencies(file, "dependencies")
	p.Development = p.readDependencies(file, "devDependencies")
	p.Others = append(p.readDependencies(file, "optionalDependencies"), p.readDependencies(file, "peerDependencies")...)
	return p
}

func (p *Package) readDependencies(file jsonFile, key string) (list []Dependency) {
	m, ok := file.member(file.root, key)
	if !ok {
		return nil
	}
	if !m.value.IsObject() {
		p.Problems = append(p.Problems, file.problem("config/want-object", m.value, clierr.Args{"key": key, "found": shown(m.value)}))
		return nil
	}
	m.value.ForEach(func(name, version gjson.Result) bool {
		list = append(list, Dependency{Name: name.Str, Version: version.String(), At: file.extent(version)})
		return true
	})
	return list
}

// LockedVersion is the version of a package that the text of a package-lock.json
// or npm-shrinkwrap.json pins for the function itself, "" if none.
func LockedVersion(lock []byte, name string) string {
	root := gjson.ParseBytes(lock)
	for _, place := range []string{"packages", "dependencies"} { // lockfileVersion 2 and 3; 1
		key := name
		if place == "packages" {
			key = "node_modules/" + name
		}
		if version := root.Get(place).Get(gjson.Escape(key)).Get("version"); version.Type == gjson.String {
			return version.Str
		}
	}
	return ""
}
