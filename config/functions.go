package config

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"wxcloud/internal/rawfile"
)

// readFunctions reads the children of root. It tells functions from what else
// people keep there by what is in a folder, never by its contents' meaning.
func readFunctions(root string) ([]Function, []Skipped, error) {
	children, err := os.ReadDir(root) // sorted
	if err != nil {
		return nil, nil, unreadable(root, err)
	}
	read := make([]Function, len(children))
	reasons := make([]SkipReason, len(children))
	inTurn(len(children), func(r *rawfile.Reader, i int) {
		if reasons[i] = outerReason(root, children[i]); reasons[i] == "" {
			read[i] = readFunction(filepath.Join(root, children[i].Name()), r)
		}
	})
	functions := make([]Function, 0, len(children))
	var skipped []Skipped
	libraries := libraryFinder{root: root, children: children}
	for i, child := range children {
		reason := reasons[i]
		if reason == "" {
			reason = libraries.innerReason(read[i])
		}
		if reason != "" {
			skipped = append(skipped, Skipped{Name: child.Name(), Dir: filepath.Join(root, child.Name()), Reason: reason})
			continue
		}
		functions = append(functions, read[i])
	}
	functions, skipped = libraries.withoutPackages(functions, skipped)
	return functions, skipped, nil
}

// readFunction reads one function's folder.
func readFunction(dir string, r *rawfile.Reader) Function {
	f := listed(dir, r)
	fn := Function{Name: filepath.Base(dir), Dir: dir, Package: readPackage(f), Config: readFunctionConfig(f)}
	fn.Entry = entry(f, fn.Package.Main)
	if fn.Entry == "" && fn.Config.Exists && abandoned(dir) {
		fn.Config.add(Problem{ID: "config/no-entry", File: filepath.Join(dir, "index.js")})
	}
	return fn
}

// inTurn calls do for 0 to n-1 on all processors, each with a reader of its own.
func inTurn(n int, do func(r *rawfile.Reader, i int)) {
	const batch = 16
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+batch-1)/batch) {
		workers.Go(func() {
			var r rawfile.Reader
			for {
				end := int(next.Add(batch))
				if end-batch >= n {
					return
				}
				for i := end - batch; i < min(end, n); i++ {
					do(&r, i)
				}
			}
		})
	}
	workers.Wait()
}

// outerReason is why a child cannot be a function whatever is in it, or "". A
// symbolic link is followed; one that leads back to the root or above would make
// the function contain itself.
func outerReason(root string, child os.DirEntry) SkipReason {
	name := child.Name()
	isFolder := child.IsDir()
	if child.Type()&os.ModeSymlink != 0 {
		target, err := filepath.EvalSymlinks(filepath.Join(root, name))
		if err != nil {
			return SkipLink
		}
		info, err := os.Stat(target)
		isFolder = err == nil && info.IsDir()
		if resolved, err := filepath.EvalSymlinks(root); isFolder && (err != nil || contains(target, resolved)) {
			return SkipLink
		}
	}
	switch {
	case !isFolder:
		return SkipFile
	case strings.HasPrefix(name, "."):
		return SkipHidden
	case strings.HasPrefix(name, "node_modules"): // and the copies people make of it
		return SkipModules
	case name == "__mocks__" || name == "__tests__":
		return SkipMocks
	default:
		return ""
	}
}

// contains reports whether folder is path or holds it. Both are absolute.
func contains(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
