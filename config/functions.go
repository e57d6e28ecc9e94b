package config

import (
	"os"
	"path/filepath"
	"strings"
)

// readFunctions reads the children of root. It tells functions from what else
// people keep there by what is in a folder, never by its contents' meaning.
func readFunctions(root string) ([]Function, []Skipped, error) {
	children, err := os.ReadDir(root) // sorted
	if err != nil {
		return nil, nil, unreadable(root, err)
	}
	var functions []Function
	var skipped []Skipped
	libraries := libraryFinder{root: root, children: children}
	for _, child := range children {
		name, dir := child.Name(), filepath.Join(root, child.Name())
		reason := outerReason(root, child)
		var fn Function
		if reason == "" {
			fn = readFunction(dir)
			reason = libraries.innerReason(fn)
		}
		if reason != "" {
			skipped = append(skipped, Skipped{Name: name, Dir: dir, Reason: reason})
			continue
		}
		functions = append(functions, fn)
	}
	functions, skipped = libraries.withoutPackages(functions, skipped)
	return functions, skipped, nil
}

// readFunction reads one function's folder.
func readFunction(dir string) Function {
	fn := Function{Name: filepath.Base(dir), Dir: dir, Package: readPackage(dir), Config: readFunctionConfig(dir)}
	fn.Entry = entry(dir, fn.Package.Main)
	return fn
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

// isFile reports whether a regular file stands at the slash path below dir.
func isFile(dir, name string) bool {
	info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
	return err == nil && info.Mode().IsRegular()
}

// isFolder reports whether a folder, or a link to one, stands at path.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
