package js

// recordCall notes a call of an interface. node is the call, or the expression
// that was handed to whoever calls it.
func (e *evaluator) recordCall(v value, node int32) {
	if k := e.nodes[node].kind; k != nCall && k != nNew {
		e.record(v, node, Alias)
		return
	}
	e.record(v, node, e.via(e.calleeOf(node)))
}

func (e *evaluator) record(v value, node int32, via Via) {
	p := e.p
	if !p.recording || !p.isInterface(v.text) {
		return
	}
	s := e.s
	n := &s.parser.nodes[e.calleeOf(node)]
	key := callKey{s.index, n.start, v.text}
	if p.calls[key] {
		return
	}
	p.calls[key] = true
	p.insts[e.act].names = true
	c := Call{API: v.text, Span: s.span(n.start, n.end), Via: via}
	e.describe(&c, node)
	p.result.Calls = append(p.result.Calls, c)
	p.origins = append(p.origins, place{s.index, n.start, 0})
}

// noteMixed notes that a variable through which an interface is called may hold a
// function of the user's own instead: one that it got later, perhaps.
func (e *evaluator) noteMixed(v value, fn set, node int32) {
	p := e.p
	if !p.recording || len(fn) < 2 || e.nodes[e.calleeOf(node)].kind != nIdent || !p.isInterface(v.text) {
		return
	}
	for _, id := range fn {
		if p.values[id].kind == vFunction {
			if p.mixed == nil {
				p.mixed = map[place]bool{}
			}
			p.mixed[place{e.s.index, e.nodes[e.calleeOf(node)].start, 0}] = true
			return
		}
	}
}

// recordDynamic notes a call whose name is not known.
func (e *evaluator) recordDynamic(v value, node int32) {
	p := e.p
	if !p.recording {
		return
	}
	p.insts[e.act].names = true
	callee := e.calleeOf(node)
	s := e.s
	n := &s.parser.nodes[callee]
	if origin := &p.files[v.file].parser.nodes[v.a]; v.file != s.index || origin.start < n.start || origin.end > n.end {
		s, callee = p.files[v.file], v.a
		n = &s.parser.nodes[callee]
	}
	key := callKey{s.index, n.start, ""}
	if p.calls[key] {
		return
	}
	p.calls[key] = true
	p.result.Dynamic = append(p.result.Dynamic, Dynamic{Span: s.span(n.start, n.end), Expression: s.expression(callee)})
}

func (e *evaluator) calleeOf(node int32) int32 { return calleeIn(e.s, node) }

func calleeIn(s *source, node int32) int32 {
	switch n := &s.parser.nodes[node]; n.kind {
	case nCall, nNew:
		return n.a
	}
	return node
}

// via says how the callee names its interface.
func (e *evaluator) via(i int32) Via {
	computed, openapi := false, false
	for {
		n := &e.nodes[i]
		switch n.kind {
		case nDot:
			openapi = openapi || n.b == aOpenapi
			i = n.a
		case nIndex:
			computed = computed || e.nodes[n.b].kind != nLiteral
			i = n.a
		case nCall:
			if openapi && e.loadsSDK(i) {
				return constantOr(computed, Direct)
			}
			if c := &e.nodes[n.a]; c.kind == nDot && c.b == aOpenapi {
				i = n.a
				continue
			}
			return constantOr(computed, Alias)
		case nAwait:
			i = n.a
		case nSequence:
			for i = n.a; e.nodes[i].next != 0; {
				i = e.nodes[i].next
			}
		case nIdent:
			direct := n.b == 0 || e.s.symbols[n.b-1].direct
			if openapi && direct {
				return constantOr(computed, Direct)
			}
			return constantOr(computed && openapi, Alias)
		default:
			return constantOr(computed, Alias)
		}
	}
}

func constantOr(computed bool, v Via) Via {
	if computed {
		return Constant
	}
	return v
}

// loadsSDK reports whether an expression is require("wx-server-sdk"), perhaps
// awaited or wrapped for interoperation.
func (e *evaluator) loadsSDK(i int32) bool {
	n := &e.nodes[i]
	switch n.kind {
	case nAwait:
		return e.loadsSDK(n.a)
	case nDot:
		return n.b == aDefault && e.loadsSDK(n.a)
	case nImportCall:
		return e.nodes[n.a].kind == nString && isSDK(e.s.stringValue(n.a))
	case nCall:
		if n.b == 0 {
			return false
		}
		if e.nodes[n.b].kind == nString {
			return e.calleeName(n.a) == "require" && isSDK(e.s.stringValue(n.b))
		}
		return e.loadsSDK(n.b)
	}
	return false
}

// noteDirect marks a name that an SDK load is assigned to.
func (e *evaluator) noteDirect(target, from int32, s set) {
	if n := &e.nodes[target]; n.kind == nIdent && n.b != 0 && len(s) == 1 && s[0] == sdkID && e.loadsSDK(from) {
		e.s.symbols[n.b-1].direct = true
	}
}
