package catalog

import "strings"

// resolvePath finds the interface behind an HTTP path or URL, or behind the URL
// of a documentation page. Text without a slash is neither.
func resolvePath(text string) Resolution {
	path, isURL := httpPath(text)
	if path == "" {
		return Resolution{Kind: Unknown}
	}
	method, _, _ := strings.Cut(text, " ")
	for _, exactMethod := range []bool{true, false} {
		fits := func(m, p string) bool {
			return strings.EqualFold(p, path) && (!exactMethod || strings.EqualFold(m, method))
		}
		if r, ok := pick(Path, func(i *Interface) bool { return fits(i.Method, i.Path) }); ok {
			return r
		}
		if r, ok := notCallableBy(func(n *NotCallable) bool { return fits(n.Method, n.Path) }); ok {
			return r
		}
	}
	if !isURL {
		return Resolution{Kind: Unknown}
	}
	return resolvePage(path)
}

// resolvePage finds the interface documented on the page with this path. Two
// generations of the documentation name their pages api_<document name> and
// <interface>.html.
func resolvePage(path string) Resolution {
	path = strings.TrimSuffix(path, ".html")
	if r, ok := pick(DocName, func(i *Interface) bool {
		page, isURL := httpPath(i.DocURL)
		return isURL && strings.EqualFold(strings.TrimSuffix(page, ".html"), path)
	}); ok {
		return r
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	if i, ok := Lookup(last); ok {
		return Resolution{Kind: DocName, Interface: i, Suggestions: []string{i.Name}}
	}
	if n, ok := LookupNotCallable(last); ok {
		return Resolution{Kind: KindNotCallable, NotCallable: n}
	}
	name, isPage := strings.CutPrefix(last, "api_")
	if !isPage || name == "" {
		return Resolution{Kind: Unknown}
	}
	if r, ok := pick(DocName, func(i *Interface) bool { return i.documentedAs(name) }); ok {
		return r
	}
	r, _ := notCallableBy(func(n *NotCallable) bool { return n.DocName != "" && strings.EqualFold(n.DocName, name) })
	return r
}

// httpPath returns the path in "/a/b", "POST /a/b", "api.weixin.qq.com/a/b" or
// a URL, without query, fragment and final slash, and whether a host stood
// before it. Text that is none of these has no path.
func httpPath(text string) (path string, isURL bool) {
	for _, method := range []string{"GET ", "POST "} {
		if len(text) > len(method) && strings.EqualFold(text[:len(method)], method) {
			text = strings.TrimSpace(text[len(method):])
			break
		}
	}
	if _, rest, hasScheme := strings.Cut(text, "://"); hasScheme {
		text, isURL = rest, true
	}
	if end := strings.IndexAny(text, "?#"); end >= 0 {
		text = text[:end]
	}
	slash := strings.IndexByte(text, '/')
	if slash < 0 || strings.ContainsAny(text, " \t\n") {
		return "", isURL
	}
	if slash > 0 {
		// "cgi-bin/message" lacks its first slash; "api.weixin.qq.com/..." has a host.
		if isURL || strings.HasSuffix(strings.ToLower(text[:slash]), ".qq.com") {
			text, isURL = text[slash:], true
		} else {
			text = "/" + text
		}
	}
	return strings.TrimRight(text, "/"), isURL
}
