package js

import "strings"

// describe notes what the rules want to know of a call besides its name: node is
// the call, or a reference that was handed to whoever calls it.
func (e *evaluator) describe(c *Call, node int32) {
	n := &e.nodes[node]
	if e.s.inlined != nil {
		return // nobody can see or change what stands in a string
	}
	if n.kind != nCall {
		c.Segments = e.segments(node, c.API)
		return
	}
	c.Dropped = e.s.dropped(node)
	callee, given := n.a, n.b
	if m := &e.nodes[callee]; m.kind == nDot && given != 0 && e.name(m.b) == "call" && e.isPath(m.a, c.API) {
		callee, given = m.a, e.nodes[given].next
	} else if !e.isPath(callee, c.API) {
		return // called by apply, by a bound function, by a builtin
	}
	c.Segments = e.segments(callee, c.API)
	if given != 0 {
		c.Argument = e.s.literal(given)
	}
}

// isPath reports whether an expression can be the member of openapi named api, or
// one with a computed name; an empty name is openapi itself.
func (e *evaluator) isPath(i int32, api string) bool {
	for _, id := range e.eval(i) {
		if v := e.p.values[id]; v.kind == vPath && v.text == api || v.kind == vDynamic && api != "" || v.kind == vOpenapi && api == "" {
			return true
		}
	}
	return false
}

// segments are the names at the end of a callee that spell the end of api.
func (e *evaluator) segments(i int32, api string) []Span {
	var out []Span
	for api != "" {
		n := &e.nodes[i]
		base, name, _ := cutLast(api)
		var at Span
		switch {
		case n.kind == nSequence: // (0, x.a.b)(…)
			for i = n.a; e.nodes[i].next != 0; {
				i = e.nodes[i].next
			}
			continue
		case n.kind == nDot && n.c != 0 && e.name(n.b) == name:
			at = e.s.nameSpan(n.c)
		case n.kind == nDot && e.name(n.b) == name && e.s.text(n.end-int32(len(name)), n.end) == name:
			at = e.s.span(n.end-int32(len(name)), n.end)
		default:
			return out
		}
		if !e.isPath(n.a, base) {
			return out
		}
		out = append([]Span{at}, out...)
		i, api = n.a, base
	}
	return out
}

// cutLast cuts the last segment off a name.
func cutLast(api string) (base, last string, found bool) {
	if i := strings.LastIndexByte(api, '.'); i >= 0 {
		return api[:i], api[i+1:], true
	}
	return "", api, false
}

// nameSpan is the span of a name, without the quotes it may stand in.
func (s *source) nameSpan(i int32) Span {
	n := &s.parser.nodes[i]
	if n.kind == nString {
		return s.span(n.start+1, n.end-1)
	}
	return s.span(n.start, n.end)
}

// dropped reports whether nothing is done with what a call gives.
func (s *source) dropped(call int32) bool {
	if s.droppedCalls == nil {
		s.droppedCalls = map[int32]bool{}
		for i := range s.parser.nodes {
			n := &s.parser.nodes[i]
			switch n.kind {
			case nExpr:
				s.drop(n.a)
			case nUnary:
				if token(n.op) == tVoid {
					s.drop(n.a)
				}
			case nForHead:
				s.drop(n.a)
				s.drop(n.c)
			case nSequence:
				for c := n.a; s.parser.nodes[c].next != 0; c = s.parser.nodes[c].next {
					s.drop(c)
				}
			}
		}
	}
	return s.droppedCalls[call]
}

// drop notes the calls whose value is the value of an expression nobody uses.
func (s *source) drop(i int32) {
	n := &s.parser.nodes[i]
	switch n.kind {
	case nCall:
		s.droppedCalls[i] = true
	case nLogical:
		s.drop(n.b)
	case nCond:
		s.drop(n.b)
		s.drop(n.c)
	case nSequence:
		for c := n.a; c != 0; c = s.parser.nodes[c].next {
			if s.parser.nodes[c].next == 0 {
				s.drop(c)
			}
		}
	}
}

// literal is the object literal that an argument is: written there, or the only
// thing ever assigned to a variable that nobody changes.
func (s *source) literal(i int32) *Object {
	n := &s.parser.nodes[i]
	if n.kind == nIdent && n.b != 0 {
		if i = s.onlyValue(n.b); i != 0 {
			n = &s.parser.nodes[i]
		}
	}
	if n.kind != nObject {
		return nil
	}
	return s.objectLiteral(i)
}

func (s *source) objectLiteral(i int32) *Object {
	o := &Object{Span: s.spanOf(i)}
	for c := s.parser.nodes[i].a; c != 0; c = s.parser.nodes[c].next {
		n := &s.parser.nodes[c]
		if n.kind != nProperty || n.op == propGet || n.op == propSet {
			o.Open = true
			continue
		}
		key := &s.parser.nodes[n.a]
		var name string
		switch {
		case key.kind == nString:
			name = s.stringValue(n.a)
		case n.flags&flagComputed != 0:
			o.Open = true
			continue
		case key.kind == nIdent:
			name = s.atoms.text(key.a)
		default:
			name = s.text(key.start, key.end)
		}
		if name == "__proto__" {
			o.Open = true
			continue
		}
		m := Member{Name: name, Span: s.nameSpan(n.a)}
		if s.parser.nodes[n.b].kind == nObject {
			m.Value = s.objectLiteral(n.b)
		}
		o.Members = append(o.Members, m)
	}
	return o
}

// onlyValue is the object literal that the variable ref, a symbol+1, is declared
// with, if all other uses of the name can be seen to leave it as it is: members
// that are read, what is printed, and arguments of open interfaces.
func (s *source) onlyValue(ref int32) int32 {
	nodes := s.parser.nodes
	is := func(i int32) bool { return nodes[i].kind == nIdent && nodes[i].b == ref }
	value, uses, harmless := int32(0), 0, 0
	for i := range nodes {
		n := &nodes[i]
		switch n.kind {
		case nIdent:
			if n.b == ref {
				uses++
			}
		case nDeclarator:
			if is(n.a) && nodes[n.b].kind == nObject && value == 0 {
				value = n.b
				harmless++
			}
		case nDot:
			if is(n.a) {
				harmless++
			}
		case nCall, nAssign, nUpdate, nUnary, nForIn, nForOf:
			switch root := s.rootName(n.a); {
			case n.kind == nCall && s.leavesAlone(n.a):
				for c := n.b; c != 0; c = nodes[c].next {
					if is(c) {
						harmless++
					}
				}
			case root != 0 && is(root) && (n.kind != nUnary || token(n.op) == tDelete):
				return 0 // x.a = 1, x.a++, delete x.a, x.list.push()
			}
		}
	}
	if uses != harmless {
		return 0
	}
	return value
}

// rootName is x in x.a.b[c], 0 for anything without a name at its root.
func (s *source) rootName(i int32) int32 {
	for {
		switch n := &s.parser.nodes[i]; n.kind {
		case nDot, nIndex:
			i = n.a
		case nIdent:
			return i
		default:
			return 0
		}
	}
}

// leavesAlone reports whether a callee is openapi's, the console's or JSON's.
func (s *source) leavesAlone(i int32) bool {
	for {
		n := &s.parser.nodes[i]
		switch n.kind {
		case nDot:
			if n.b == aOpenapi {
				return true
			}
			i = n.a
		case nIndex, nCall:
			i = n.a
		case nIdent:
			name := s.atoms.text(n.a)
			return n.b == 0 && (name == "console" || name == "JSON")
		default:
			return false
		}
	}
}
