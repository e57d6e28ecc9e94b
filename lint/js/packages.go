package js

import (
	"path/filepath"
	"strings"
)

// wanted is a request of a package: neither relative nor Node's own.
type wanted struct {
	node  int32
	name  string
	found bool
}

// want notes that a request asks for a package. found reports that the request
// has already led to a file.
func (p *program) want(s *source, node int32, request string, found bool) {
	name, ok := packageName(request)
	if !ok || s.foreign() || p.a.in.Declared != nil && p.a.in.Declared(name) {
		return
	}
	for _, w := range s.wanted {
		if w.node == node && w.name == name {
			return
		}
	}
	if !found {
		_, _, found = p.a.packageOf(s.abs, request)
		found = found || p.a.inFolder(request)
	}
	s.wanted = append(s.wanted, wanted{node, name, found})
}

// inFolder reports whether a bare request leads to something in the function's
// own folder, which the platform puts on the module path.
func (a *Analyzer) inFolder(request string) bool {
	t, _ := a.resolvePath(filepath.Join(a.in.Dir, filepath.FromSlash(request)), false, 0)
	return t != targetNone
}

// foreign reports whether a file belongs to a package, whose own requests are not
// the function's.
func (s *source) foreign() bool {
	return strings.HasPrefix(s.name, "node_modules/") || strings.Contains(s.name, "/node_modules/")
}

// packageName is the package a request asks for, and whether it asks for one.
func packageName(request string) (name string, ok bool) {
	if request == "" || relative(request) || strings.HasPrefix(request, "#") || strings.ContainsAny(request, ":!") ||
		filepath.IsAbs(request) || strings.HasPrefix(request, "/") || nodeModule(request) {
		return "", false
	}
	name, rest, _ := strings.Cut(request, "/")
	if strings.HasPrefix(name, "@") && rest != "" {
		rest, _, _ = strings.Cut(rest, "/")
		name += "/" + rest
	}
	return name, true
}

// appendPackages adds what a file asks for, in the order of its text.
func (s *source) appendPackages(out []Package) []Package {
	for _, w := range s.wanted {
		out = append(out, Package{Span: s.spanOf(w.node), Name: w.name, Found: w.found, Optional: s.inTry(w.node), Guarded: !w.found && s.guarded(w.node)})
	}
	return out
}
