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
		case vElement:
			strings, _ := p.stringsOf(set{id})
			for _, s := range strings {
				known = true
				out = union(out, e.load(node, s.text))
			}
		case vPrefix:
			for _, abs := range p.a.below(e.s.abs, v.text) {
				i := p.load(abs)
				if i < 0 {
					continue
				}
				known = true
				p.note(e.s, loaded{node, i, true, v.text})
				out = union(out, p.read(p.start(i)))
				p.scan()
			}
			out = union(out, unknownSet)
		}
	}
	if !known {
		if p.recording && len(out) == 0 {
			p.result.Unresolved = append(p.result.Unresolved, Dynamic{Span: e.s.spanOf(node), Expression: e.s.expression(node)})
		}
		out = union(out, unknownSet)
	}
	return out
}

func (e *evaluator) load(node int32, request string) set {
	p := e.p
	t, i := p.request(e.s, node, request)
	switch t {
	case targetSDK:
		return sdkSet
	case targetFile:
		return p.read(p.start(i))
	case targetOther:
		return unknownSet
	}
	switch request {
	case "module", "node:module", "util", "node:util":
		name := request
		if len(name) > 5 && name[:5] == "node:" {
			name = name[5:]
		}
		return p.one(value{kind: vBuiltin, text: name})
	}
	return p.one(value{kind: vExternal, text: request})
}
