package js

// require is what loading the modules named by names gives. node is the request.
func (e *evaluator) require(node int32, names set) set {
	p := e.p
	var out set
	known := false
	for _, id := range names {
		switch v := p.values[id]; v.kind {
		case vString:
			known = true
			out = union(out, e.load(node, v.text))
		case vPrefix:
			files := p.a.below(e.s.abs, v.text)
			if name, ok := packageName(v.text); ok && len(files) == 0 && name != v.text {
				known = true // something of a package
				p.request(e.s, node, name, true)
			}
			for _, abs := range files {
				i := p.load(abs)
				if i < 0 {
					continue
				}
				known = true
				p.note(e.s, loaded{node, i, true, p.a.written(e.s.abs, v.text)})
				given := p.read(p.start(i))
				p.leak(given)
				out = union(out, given)
				p.scan()
			}
			out = union(out, unknownSet)
		}
	}
	if !known {
		if p.recording && !p.dead {
			p.result.Unresolved = append(p.result.Unresolved, Dynamic{Span: e.s.spanOf(node), Expression: e.s.expression(node)})
		}
		out = union(out, unknownSet)
	}
	return out
}

// lendRequire notes that require itself is handed over: whoever has it loads what
// nobody can see.
func (e *evaluator) lendRequire(args []argument) {
	p := e.p
	if !p.recording || p.dead {
		return
	}
	for _, a := range args {
		for _, id := range a.set {
			if v := p.values[id]; v.kind == vBuiltin && v.text == "require" && a.node != 0 {
				p.result.Unresolved = append(p.result.Unresolved, Dynamic{Span: e.s.spanOf(a.node), Expression: e.s.expression(a.node)})
			}
		}
	}
}

// asks reports whether an expression plainly is a request. Where require goes by
// another name and what it loads is computed, as in a bundle's own loader, nobody
// can say that a file or package is missing.
func (e *evaluator) asks(node int32) bool {
	n := &e.nodes[node]
	if n.kind != nCall {
		return n.kind == nImportCall || n.kind == nImport || n.kind == nExportList || n.kind == nExportAll
	}
	return e.calleeName(n.a) == "require" || n.b != 0 && e.nodes[n.b].kind == nString
}

func (e *evaluator) load(node int32, request string) set {
	p := e.p
	t, i := p.request(e.s, node, request, e.asks(node))
	switch t {
	case targetSDK:
		return sdkSet
	case targetFile:
		return p.read(p.start(i))
	case targetOther:
		return unknownSet
	}
	if name, ok := nodeBuiltin(request); ok {
		return p.one(value{kind: vBuiltin, text: name})
	}
	return p.one(value{kind: vExternal, text: request})
}
