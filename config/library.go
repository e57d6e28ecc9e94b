package config

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"wxcloud/internal/rawfile"
)

// The look for libraries is a hint and must stay cheap: bundled SDKs and deep
// frameworks are passed over.
const (
	maxSourceSize  = 1 << 20 // bytes
	maxSourceFiles = 500     // of one function
)

// libraryFinder knows which children of a root other functions load by relative
// path. Sources are only looked at when a folder is in doubt.
type libraryFinder struct {
	root     string
	children []os.DirEntry
	loaded   map[string]bool
	reader   rawfile.Reader
}

// innerReason is why a folder is not a function given what is in it, or "". A
// folder with a package.json or config.json was meant to be one even when it has
// no entry, and so was one whose entry has a handler; without any of these,
// another function loading it decides.
func (l *libraryFinder) innerReason(fn Function) SkipReason {
	switch {
	case fn.Package.Exists || fn.Config.Exists || l.hasHandler(fn):
		return ""
	case l.isLoaded(fn.Name):
		return SkipLibrary
	case fn.Entry == "":
		return SkipNoEntry
	default:
		return ""
	}
}

// hasHandler reports whether the entry exports the main that the cloud calls.
func (l *libraryFinder) hasHandler(fn Function) bool {
	if fn.Entry == "" {
		return false
	}
	source, err := l.reader.Read(filepath.Join(fn.Dir, filepath.FromSlash(fn.Entry)), maxSourceSize)
	return err == nil && (bytes.Contains(source, []byte("exports.main")) || bytes.Contains(source, []byte("export const main")) ||
		bytes.Contains(source, []byte("export async function main")) || bytes.Contains(source, []byte("export function main")))
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
		var mu sync.Mutex
		inTurn(len(l.children), func(r *rawfile.Reader, i int) {
			child := l.children[i]
			if !child.IsDir() || outerReason(l.root, child) != "" {
				return
			}
			look := neighbourLook{reader: r, left: maxSourceFiles}
			look.in(filepath.Join(l.root, child.Name()), "../")
			mu.Lock()
			defer mu.Unlock()
			for _, neighbour := range look.found {
				if neighbour != child.Name() {
					l.loaded[neighbour] = true
				}
			}
		})
	}
	return l.loaded[name]
}

// neighbourLook collects what the sources of one function load from its neighbours.
type neighbourLook struct {
	reader *rawfile.Reader
	left   int // source files to look at
	found  []string
}

// in looks into a folder from which up leads to the root. What cannot be read
// gives no hints.
func (l *neighbourLook) in(dir, up string) {
	entries, err := l.reader.List(dir)
	if err != nil {
		return
	}
	for i := range entries {
		name, kind := entries[i].Name(), entries[i].Type()
		switch {
		case kind.IsDir() && name != "node_modules" && !strings.HasPrefix(name, "."):
			l.in(filepath.Join(dir, name), up+"../")
		case kind.IsRegular() && isSource(name) && l.left > 0:
			l.left--
			if source, err := l.reader.Read(filepath.Join(dir, name), maxSourceSize); err == nil {
				l.found = append(l.found, neighbours(source, up)...)
			}
		}
	}
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
