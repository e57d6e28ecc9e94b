package config

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// The look for libraries is a hint and must stay cheap: bundled SDKs and deep
// frameworks are passed over.
const (
	maxSourceSize  = 1 << 20 // bytes
	maxSourceFiles = 5000    // of all functions together
)

// libraryFinder knows which children of a root other functions load by relative
// path. Sources are only looked at when a folder is in doubt.
type libraryFinder struct {
	root     string
	children []os.DirEntry
	loaded   map[string]bool
}

// innerReason is why a folder is not a function given what is in it, or "". A
// folder with a package.json or config.json was meant to be one even when it has
// no entry; without either, another function loading it decides.
func (l *libraryFinder) innerReason(fn Function) SkipReason {
	switch {
	case fn.Package.Exists || fn.Config.Exists:
		return ""
	case l.isLoaded(fn.Name):
		return SkipLibrary
	case fn.Entry == "":
		return SkipNoEntry
	default:
		return ""
	}
}

// withoutPackages moves those that others install with "file:../name" from the
// functions to the skipped: they are packages, unless a config.json says otherwise.
func (l *libraryFinder) withoutPackages(functions []Function, skipped []Skipped) ([]Function, []Skipped) {
	installed := map[string]bool{}
	for _, fn := range functions {
		for _, dependency := range fn.Package.Dependencies {
			if name, ok := strings.CutPrefix(dependency.Version, "file:../"); ok {
				installed[path.Clean(name)] = true
			}
		}
	}
	kept := slices.DeleteFunc(functions, func(fn Function) bool {
		library := installed[fn.Name] && !fn.Config.Exists
		if library {
			skipped = append(skipped, Skipped{Name: fn.Name, Dir: fn.Dir, Reason: SkipLibrary})
		}
		return library
	})
	slices.SortFunc(skipped, func(a, b Skipped) int { return strings.Compare(a.Name, b.Name) })
	return kept, skipped
}

func (l *libraryFinder) isLoaded(name string) bool {
	if l.loaded == nil {
		l.loaded = map[string]bool{}
		budget := maxSourceFiles
		for _, child := range l.children {
			if child.IsDir() && outerReason(l.root, child) == "" {
				l.look(child.Name(), &budget)
			}
		}
	}
	return l.loaded[name]
}

// look notes what the sources of one child load from its neighbours.
func (l *libraryFinder) look(name string, budget *int) {
	dir := filepath.Join(l.root, name)
	_ = filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // a folder that cannot be read gives no hints
		case entry.IsDir() && file != dir && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case !entry.Type().IsRegular() || !isSource(entry.Name()):
			return nil
		case *budget == 0:
			return fs.SkipAll
		}
		*budget--
		info, err := entry.Info()
		if err != nil || info.Size() > maxSourceSize {
			return nil //nolint:nilerr // gone again, or a bundle: no hints from it
		}
		source, err := os.ReadFile(file)
		if err != nil {
			return nil //nolint:nilerr // as above
		}
		rel, _ := filepath.Rel(dir, file)
		up := strings.Repeat("../", 1+strings.Count(filepath.ToSlash(rel), "/"))
		for _, neighbour := range neighbours(source, up) {
			if neighbour != name {
				l.loaded[neighbour] = true
			}
		}
		return nil
	})
}

func isSource(name string) bool {
	return slices.Contains([]string{".js", ".ts", ".cjs", ".mjs"}, filepath.Ext(name))
}

// neighbours lists the first path elements behind up ("../" once or more) in
// quoted text. It does not parse: a mention in a comment counts too.
func neighbours(source []byte, up string) []string {
	var found []string
	for {
		i := bytes.Index(source, []byte(up))
		if i < 0 {
			return found
		}
		rest := source[i+len(up):]
		end := bytes.IndexAny(rest, "/'\"`\n")
		quoted := i > 0 && strings.IndexByte("'\"`", source[i-1]) >= 0
		if quoted && end > 0 && rest[end] != '\n' && string(rest[:end]) != ".." {
			found = append(found, strings.TrimSuffix(string(rest[:end]), ".js"))
		}
		source = rest
	}
}
