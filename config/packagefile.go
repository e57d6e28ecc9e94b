package config

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
)

// readPackage reads the package.json of the function in dir.
func readPackage(dir string) Package {
	p := Package{Path: filepath.Join(dir, "package.json")}
	p.Locked = isFile(dir, "package-lock.json") || isFile(dir, "npm-shrinkwrap.json")
	file, exists, err := readJSON(p.Path)
	p.Exists = exists
	if err != nil {
		p.Problems = []Problem{fatal(err)}
	}
	if err != nil || !exists {
		return p
	}
	if m, ok := file.member(file.root, "main"); ok && m.value.Type == gjson.String {
		p.Main = m.value.Str
		if loaded, named := index(dir), mainFile(dir, p.Main); loaded != "" && named != "" && named != loaded {
			p.Problems = append(p.Problems, file.problem("config/main-not-used", m.value, clierr.Args{"main": named, "entry": loaded}))
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

// entry finds the file the cloud loads. Its handler is index.main whatever
// package.json says, so main only counts where there is no index: the function
// may be built from it. TypeScript stands in for what is not compiled yet.
func entry(dir, main string) string {
	if found := index(dir); found != "" {
		return found
	}
	if found := mainFile(dir, main); found != "" {
		return found
	}
	var candidates []string
	if name, ok := mainName(main); ok {
		candidates = append(candidates, strings.TrimSuffix(name, ".js")+".ts")
	}
	return firstFile(dir, append(candidates, "index.ts")...)
}

// index is the file that the handler index.main names, or "".
func index(dir string) string { return firstFile(dir, "index.js", "index.mjs", "index.cjs") }

// mainFile is the file that package.json's main names, as Node resolves it, or "".
func mainFile(dir, main string) string {
	name, ok := mainName(main)
	if !ok {
		return ""
	}
	return firstFile(dir, name, name+".js", name+".cjs", path.Join(name, "index.js"))
}

// mainName is main as a clean slash path, and whether it stays in the folder.
func mainName(main string) (string, bool) {
	name := path.Clean(strings.ReplaceAll(main, `\`, "/"))
	return name, main != "" && filepath.IsLocal(filepath.FromSlash(name))
}

// firstFile is the first of the names that is a file in dir, or "".
func firstFile(dir string, names ...string) string {
	for _, name := range names {
		if isFile(dir, name) {
			return name
		}
	}
	return ""
}
