package js

import (
	"path/filepath"
	"strings"
)

// sourceExtensions are tried in this order: compiled code goes before the
// TypeScript it was made from, as the platform loads it.
var sourceExtensions = [...]string{".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".jsx", ".tsx"}

// folder is what a folder holds.
type folder struct {
	files, dirs map[string]bool
	names       []string          // of all files and folders, sorted
	copied      map[string]string // where those of them are that a copy brings
}

func (a *Analyzer) folder(dir string) *folder {
	if f, ok := a.folders[dir]; ok {
		return f
	}
	f := &folder{files: map[string]bool{}, dirs: map[string]bool{}}
	if entries, err := a.readDir(dir); err == nil {
		for _, e := range entries {
			link := !e.IsDir() && !e.Type().IsRegular() // which may lead to either
			f.add(e.Name(), !e.IsDir(), e.IsDir() || link)
		}
	}
	if len(a.in.Copies) > 0 && within(dir, a.in.Dir) {
		a.addCopies(f, dir)
	}
	a.folders[dir] = f
	return f
}

func (f *folder) add(name string, file, dir bool) {
	f.names = append(f.names, name)
	if file {
		f.files[name] = true
	}
	if dir {
		f.dirs[name] = true
	}
}

func (a *Analyzer) isFile(p string) bool {
	return a.folder(filepath.Dir(p)).files[filepath.Base(p)]
}

func (a *Analyzer) isDir(p string) bool {
	return a.folder(filepath.Dir(p)).dirs[filepath.Base(p)]
}

func isSource(name string) bool {
	for _, ext := range sourceExtensions {
		if strings.HasSuffix(name, ext) {
			return !strings.HasSuffix(name, ".d.ts") && !strings.HasSuffix(name, ".d.mts") && !strings.HasSuffix(name, ".d.cts")
		}
	}
	return false
}

// target is what a request leads to.
type target uint8

const (
	targetNone     target = iota // nothing is there
	targetFile                   // a source file
	targetOther                  // a file that is no source: JSON, a binary
	targetSDK                    // wx-server-sdk
	targetExternal               // a package that is not followed
)

// resolve finds the file a request of file from leads to.
func (a *Analyzer) resolve(from, request string) (target, string) {
	if isSDK(request) {
		return targetSDK, ""
	}
	if relative(request) || filepath.IsAbs(request) {
		p := filepath.Clean(filepath.FromSlash(request))
		if !filepath.IsAbs(p) {
			p = filepath.Join(filepath.Dir(from), p)
		}
		folderOnly := strings.HasSuffix(request, "/") || strings.HasSuffix(request, "/.") || strings.HasSuffix(request, "/..") || request == "." || request == ".."
		return a.resolvePath(p, folderOnly, 0)
	}
	if strings.HasPrefix(request, "node:") || nodeModule(request) {
		return targetExternal, ""
	}
	if strings.HasPrefix(request, "#") {
		return a.resolveInternal(from, request)
	}
	if dir, rest, ok := a.packageOf(from, request); ok {
		if !a.mentionsOpenapi(dir) {
			return targetExternal, ""
		}
		if t, p := a.resolvePackage(dir, rest); t == targetFile {
			return t, p
		}
		return targetExternal, ""
	}
	// The platform puts the function's folder on the module path.
	if t, p := a.resolvePath(filepath.Join(a.in.Dir, filepath.FromSlash(request)), false, 0); t == targetFile || t == targetOther {
		return t, p
	}
	if t, p := a.resolveAlias(request); t == targetFile {
		return t, p
	}
	return targetExternal, ""
}

func relative(request string) bool {
	return request == "." || request == ".." || strings.HasPrefix(request, "./") || strings.HasPrefix(request, "../")
}

// isSDK reports whether a request names the SDK, also a copy of it in the project.
func isSDK(request string) bool {
	for rest := request; rest != ""; {
		part, after, _ := strings.Cut(rest, "/")
		if part == "wx-server-sdk" || after == "" && strings.TrimSuffix(part, ".js") == "wx-server-sdk" {
			return true
		}
		rest = after
	}
	return false
}

func (a *Analyzer) resolvePath(p string, folderOnly bool, depth int) (target, string) {
	if !folderOnly {
		if a.isFile(p) && !(a.isDir(p) && filepath.Ext(p) == "") {
			if isSource(p) {
				return targetFile, p
			}
			if filepath.Ext(p) != "" {
				return targetOther, p
			}
		}
		for _, ext := range sourceExtensions {
			if a.isFile(p + ext) {
				return targetFile, p + ext
			}
		}
		if a.isFile(p+".json") || a.isFile(p+".node") {
			return targetOther, p
		}
		// In TypeScript "./x.js" means the x.ts it is made from.
		if ext := filepath.Ext(p); ext == ".js" || ext == ".mjs" || ext == ".cjs" {
			if ts := strings.TrimSuffix(p, ext) + strings.Replace(ext, "js", "ts", 1); a.isFile(ts) {
				return targetFile, ts
			}
			if tsx := strings.TrimSuffix(p, ext) + ".tsx"; a.isFile(tsx) {
				return targetFile, tsx
			}
		}
	}
	if depth < 3 && a.isDir(p) {
		if m := a.manifest(p, "package.json"); m.main != "" || m.module != "" {
			for _, main := range [...]string{m.main, m.module} {
				if main == "" {
					continue
				}
				if t, f := a.resolvePath(filepath.Join(p, filepath.FromSlash(main)), false, depth+1); t != targetNone {
					return t, f
				}
			}
		}
		for _, ext := range sourceExtensions {
			if f := filepath.Join(p, "index"+ext); a.isFile(f) {
				return targetFile, f
			}
		}
		if a.isFile(filepath.Join(p, "index.json")) {
			return targetOther, p
		}
	}
	return targetNone, ""
}

// packageOf finds the folder of a package in a committed node_modules.
func (a *Analyzer) packageOf(from, request string) (dir, rest string, ok bool) {
	parts := strings.SplitN(request, "/", 3)
	n := 1
	if strings.HasPrefix(request, "@") && len(parts) > 1 {
		n = 2
	}
	name := strings.Join(parts[:n], "/")
	rest = strings.TrimPrefix(strings.TrimPrefix(request, name), "/")
	for d := filepath.Dir(from); within(d, a.in.Dir); d = filepath.Dir(d) {
		if a.isDir(filepath.Join(d, "node_modules")) {
			p := filepath.Join(d, "node_modules", filepath.FromSlash(name))
			if a.isDir(p) {
				return p, rest, true
			}
		}
	}
	return "", "", false
}

// within reports whether p is dir or below it.
func within(p, dir string) bool {
	return p == dir || strings.HasPrefix(p, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

// mentionsOpenapi reports whether a source file of a package holds the word.
// Others cannot call an open interface, so they are never parsed.
func (a *Analyzer) mentionsOpenapi(dir string) bool {
	if known, ok := a.packages[dir]; ok {
		return known
	}
	a.packages[dir] = false
	if a.in.ReadFile != nil || a.in.ReadDir != nil || len(a.in.Copies) > 0 {
		a.packages[dir] = a.scanFolder(dir, 0)
		return a.packages[dir]
	}
	if a.readers == nil {
		a.readers = newSearchReaders()
	}
	a.packages[dir] = searchIn(dir, a.readers)
	return a.packages[dir]
}

// scanFolder is searchIn for files that others keep.
func (a *Analyzer) scanFolder(dir string, depth int) bool {
	f := a.folder(dir)
	for _, name := range f.names {
		p := filepath.Join(dir, name)
		if f.files[name] && isSource(name) {
			if data, err := a.readFile(p); err == nil && holdsOpenapi(data) {
				return true
			}
		} else if f.dirs[name] && name != "node_modules" && depth < searchDepth && a.scanFolder(p, depth+1) {
			return true
		}
	}
	return false
}

// nodeModule reports whether Node itself has a module of that name.
func nodeModule(request string) bool {
	name, sub, _ := strings.Cut(request, "/")
	switch name {
	case "assert", "dns", "fs", "inspector", "path", "readline", "stream", "timers", "util":
		switch sub {
		case "promises", "strict", "posix", "win32", "web", "consumers", "types":
			return true
		}
	case "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram", "diagnostics_channel", "domain",
		"events", "http", "http2", "https", "module", "net", "os", "perf_hooks", "process", "punycode", "querystring", "repl",
		"string_decoder", "sys", "tls", "trace_events", "tty", "url", "v8", "vm", "wasi", "worker_threads", "zlib":
	default:
		return false
	}
	return request == name // "util/" with a slash is npm's
}
