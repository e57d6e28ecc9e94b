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

// entry finds the file the cloud loads: package.json's main as Node resolves it,
// its TypeScript source where only that is there, else index.js, else index.ts.
func entry(dir, main string) string {
	var candidates []string
	if name := path.Clean(strings.ReplaceAll(main, `\`, "/")); main != "" && filepath.IsLocal(filepath.FromSlash(name)) {
		candidates = []string{name, name + ".js", name + ".cjs", path.Join(name, "index.js"), strings.TrimSuffix(name, ".js") + ".ts"}
	}
	for _, candidate := range append(candidates, "index.js", "index.ts") {
		if isFile(dir, candidate) {
			return candidate
		}
	}
	return ""
}
