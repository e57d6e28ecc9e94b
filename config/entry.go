package config

import (
	"os"
	"path"
	"path/filepath"
	"strings"
)

// entry finds the file whose code is the function's: what package.json's main
// names, as Node reads it, else the index. TypeScript stands in for what is not
// compiled yet.
func entry(f folder, main string) string {
	if found := mainFile(f, main); found != "" {
		return found
	}
	if found := index(f); found != "" {
		return found
	}
	var candidates []string
	if name, ok := mainName(main); ok {
		bare := strings.TrimSuffix(name, ".js")
		candidates = append(candidates, bare+".ts", path.Join(name, "index.ts"))
		if first, rest, ok := strings.Cut(bare, "/"); ok && buildFolder(first) {
			candidates = append(candidates, "src/"+rest+".ts")
		}
	}
	return firstFile(f, append(candidates, "index.ts", "index.mts", "index.cts")...)
}

// buildFolder reports whether compilers commonly write into a folder of that name.
func buildFolder(name string) bool {
	switch name {
	case "dist", "lib", "build", "out", "output":
		return true
	}
	return false
}

// index is the file that the handler index.main names, or "".
func index(f folder) string { return firstFile(f, "index.js", "index.cjs", "index.mjs") }

// mainFile is the source file that package.json's main names, as Node resolves
// it, or "". Of TypeScript beside its compiled twin the twin is what runs.
func mainFile(f folder, main string) string {
	name, ok := mainName(main)
	if !ok {
		return ""
	}
	switch ext := path.Ext(name); ext {
	case ".ts", ".cts", ".mts":
		bare := strings.TrimSuffix(name, ext)
		return firstFile(f, bare+strings.Replace(ext, "t", "j", 1), name)
	case ".js", ".cjs", ".mjs":
		if f.isFile(name) {
			return name
		}
	}
	return firstFile(f, name+".js", name+".cjs", path.Join(name, "index.js"), path.Join(name, "index.cjs"))
}

// mainName is main as a clean slash path, and whether it stays in the folder.
func mainName(main string) (string, bool) {
	name := path.Clean(strings.ReplaceAll(main, `\`, "/"))
	return name, main != "" && filepath.IsLocal(filepath.FromSlash(name))
}

// abandoned reports whether a folder without an entry is a function that nobody
// can start: it holds nothing that may be built into one, and no code of another
// language the cloud runs.
func abandoned(dir string) bool {
	children, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, child := range children {
		name, ext := child.Name(), path.Ext(child.Name())
		switch bare := strings.TrimSuffix(name, ext); {
		case bare == "index" || bare == "main" || strings.Contains(name, "bootstrap") || strings.Contains(name, ".config."):
			return false
		case name == "tsconfig.json" || ext == ".ts" || ext == ".py" || ext == ".php" || ext == ".go" || ext == ".jar":
			return false
		case name == "src" || name == "lib" || buildFolder(name):
			return false
		}
	}
	return true
}

// firstFile is the first of the names that is a file in the folder, or "".
func firstFile(f folder, names ...string) string {
	for _, name := range names {
		if f.isFile(name) {
			return name
		}
	}
	return ""
}
