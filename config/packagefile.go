package config

import (
	"path/filepath"

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
	dependencies, ok := file.member(file.root, "dependencies")
	if !ok {
		return p
	}
	if !dependencies.value.IsObject() {
		p.Problems = append(p.Problems, file.problem("config/want-object", dependencies.value,
			clierr.Args{"key": "dependencies", "found": shown(dependencies.value)}))
		return p
	}
	dependencies.value.ForEach(func(name, version gjson.Result) bool {
		p.Dependencies = append(p.Dependencies, Dependency{Name: name.Str, Version: version.String()})
		return true
	})
	return p
}
