package js

import "strings"

// maxPlain is the size in bytes of all files together up to which a program may be
// plain. Above it the analysis of values could come to its end before it is done.
const maxPlain = 64 << 10

// plainSDK looks for the commonest style of all, in which nothing has to be
// computed to know every call:
//
//	const cloud = require('wx-server-sdk')
//	exports.main = async (event) => { … await cloud.openapi.a.b({ … }) … }
//
// The SDK is loaded once, at the top of the only entry, into a name that is used
// for nothing but plain members; openapi is named only where a call is spelled
// out; and every such call surely runs when the entry is loaded or its handler is
// called. The analysis of values comes to the same answer at many times the cost,
// and answers alone where anything here is in doubt.
type plainSDK struct {
	p     *program
	s     *source // the entry
	e     evaluator
	cloud int32 // symbol+1 of the name
	load  int32 // the request of the SDK
	calls []int32
	// How often the name stands anywhere, and how often as the object of a member.
	uses, members int
	named         int // members named openapi
}

// tellPlain adds the calls of a plain program to the result. It reports false, and
// adds nothing, if the program is not surely one.
func (p *program) tellPlain(entries []int32) bool {
	if p.computed || p.a.thorough || len(entries) != 1 || entries[0] != 0 {
		return false
	}
	l := plainSDK{p: p, s: p.files[0]}
	l.e = evaluator{p: p, s: l.s, nodes: l.s.parser.nodes}
	if !l.files() || !l.declaration() || !l.mentions() {
		return false
	}
	for _, call := range l.calls {
		if !l.spelled(call) || !l.runs(call) {
			return false
		}
	}
	for _, call := range l.calls {
		l.record(call)
	}
	return true
}

// files reports whether only the entry names openapi and loads the SDK, and
// nothing else can come to the word or the SDK.
func (l *plainSDK) files() bool {
	size := 0
	for i, s := range l.p.files {
		if size += s.size; size > maxPlain || i > 0 && s.may || s.indirect || s.unread || len(s.fails) > 0 || len(s.faults) > 0 {
			return false
		}
		for _, r := range s.requests {
			n := &s.parser.nodes[r]
			arg := n.b
			if n.kind == nImportCall {
				arg = n.a
			}
			if arg == 0 || s.parser.nodes[arg].kind != nString || !isSDK(s.stringValue(arg)) {
				continue
			}
			if i > 0 || l.load != 0 || n.kind != nCall {
				return false
			}
			l.load = r
		}
	}
	return l.load != 0
}

// declaration finds the name that the SDK is loaded into, at the top of the file.
func (l *plainSDK) declaration() bool {
	nodes := l.e.nodes
	for i := nodes[l.s.root].a; i != 0 && !l.e.ends(i); i = nodes[i].next {
		if nodes[i].kind != nVar {
			continue
		}
		for d := nodes[i].a; d != 0; d = nodes[d].next {
			if nodes[d].b == l.load && nodes[nodes[d].a].kind == nIdent {
				l.cloud = nodes[nodes[d].a].b
			}
		}
	}
	return l.cloud != 0
}

// mentions looks at every place where openapi or the SDK is named, in whatever way.
func (l *plainSDK) mentions() bool {
	var w pieces
	for _, s := range l.p.files {
		loads := 0
		for i := range s.parser.nodes {
			switch n := &s.parser.nodes[i]; n.kind {
			case nWith:
				return false
			case nIdent:
				switch {
				case n.a == aOpenapi || n.a == aEval || n.b == 0 && s.atoms.text(n.a) == "Function":
					return false
				case n.a == aRequire:
					loads++
				case s == l.s && n.b == l.cloud:
					l.uses++
				}
			case nDot:
				if n.b == aRequire || s != l.s && n.b == aOpenapi || s == l.s && !l.member(n) {
					return false
				}
			case nString, nChunk:
				if w.add(s.stringBytes(int32(i))) {
					return false
				}
			case nCall:
				if s == l.s && l.isCall(n.a) {
					l.calls = append(l.calls, int32(i))
				}
			}
		}
		for _, r := range s.requests {
			if s.parser.nodes[r].kind == nCall {
				loads--
			}
		}
		if loads != 0 {
			return false
		}
	}
	return !w.word() && l.uses == l.members+1 && len(l.calls) == l.named
}

// member looks at a member of whatever, and reports whether it is harmless.
func (l *plainSDK) member(n *Node) bool {
	if n.b == aOpenapi {
		l.named++
	}
	if o := &l.e.nodes[n.a]; o.kind != nIdent || o.b != l.cloud {
		return n.b != aOpenapi
	}
	l.members++
	switch l.s.atoms.text(n.b) { // what gives the SDK again, or another one
	case "default", "__proto__", "Cloud", "createNewInstance", "call", "bind", "apply", "then", "catch", "finally":
		return false
	}
	return n.flags == 0
}

// isCall reports whether a callee is a member below openapi of the SDK's name.
func (l *plainSDK) isCall(callee int32) bool {
	n := &l.e.nodes[callee]
	for below := false; n.kind == nDot; below = true {
		if n.b == aOpenapi {
			o := &l.e.nodes[n.a]
			return below && o.kind == nIdent && o.b == l.cloud
		}
		n = &l.e.nodes[n.a]
	}
	return false
}

// names are the names behind openapi in a callee, and where they stand.
func (l *plainSDK) names(callee int32) (names []string, places []int32) {
	for i := callee; l.e.nodes[i].b != aOpenapi; i = l.e.nodes[i].a {
		names = append([]string{l.s.atoms.text(l.e.nodes[i].b)}, names...)
		places = append([]int32{i}, places...)
	}
	return names, places
}

// spelled reports whether a call names an interface, as it is and to its end.
func (l *plainSDK) spelled(call int32) bool {
	if l.e.nodes[call].flags != 0 {
		return false
	}
	names, places := l.names(l.e.nodes[call].a)
	for j, name := range names {
		n := &l.e.nodes[places[j]]
		if n.flags != 0 || l.s.text(n.end-int32(len(name)), n.end) != name || strings.HasPrefix(name, "_") || strings.HasPrefix(name, "mock") {
			return false
		}
		switch name {
		case "then", "catch", "finally", "call", "apply", "bind", "get", "at", "property",
			"toString", "name", "length", "hasOwnProperty", "constructor", "prototype", "getDefaultExportFromCjs":
			if j > 0 && name == "get" {
				continue // wxacode.get
			}
			return false
		}
	}
	return len(names) <= maxSegments && l.p.isInterface(strings.Join(names, "."))
}

// runs reports whether a call surely runs, with respect to everything that the
// analysis of values knows: it stands in the handler that the entry exports, or
// at the top, and neither behind the end of a list of statements nor in a branch
// that a constant may close.
func (l *plainSDK) runs(call int32) bool {
	nodes := l.e.nodes
	at := nodes[call]
	handler := int32(0) // the function around it
	for i := range nodes {
		n := &nodes[i]
		if n.start > at.start || n.end < at.end || n.kind == nNone || int32(i) == call {
			continue
		}
		in := func(child int32) bool {
			c := &nodes[child]
			return child != 0 && c.start <= at.start && at.end <= c.end
		}
		ok := true
		switch n.kind {
		case nProgram, nBlock:
			ok = l.reached(n.a, in)
		case nFunction:
			ok = handler == 0 && in(n.c) && n.flags&flagGenerator == 0
			handler = int32(i)
		case nIf, nCond:
			ok = in(n.a) || l.open(n.a)
		case nLogical:
			ok = in(n.a) || l.open(n.a)
		case nAssign:
			ok = in(n.b) && nodes[n.a].kind != nIndex
		case nDeclarator, nForOf, nForIn:
			ok = !in(n.a)
		case nProperty:
			ok = in(n.b) && n.op == propInit
		case nFor:
			ok = in(n.b)
		case nSwitch:
			ok = in(n.a) || l.p.fixed(l.s, n.a, 0).kind == notFixed
		case nCase:
			ok = in(n.a) || l.reached(n.b, in)
		case nExpr, nVar, nReturn, nThrow, nTry, nCatch, nAwait, nCall, nNew, nDot, nObject, nArray,
			nBinary, nUnary, nSpread, nTemplate:
		default:
			ok = false
		}
		if !ok {
			return false
		}
	}
	return handler == 0 || l.exported(handler)
}

// reached reports whether no statement of a list keeps from the one that holds the
// call, and that the list holds it.
func (l *plainSDK) reached(i int32, in func(int32) bool) bool {
	for ; i != 0; i = l.e.nodes[i].next {
		if in(i) {
			return true
		}
		if l.e.ends(i) || l.constantEnd(i) {
			return false
		}
	}
	return false
}

// constantEnd reports whether an if could turn out to be the end of its list.
func (l *plainSDK) constantEnd(i int32) bool {
	n := &l.e.nodes[i]
	switch n.kind {
	case nIf, nWhile, nFor:
		test := n.a
		if n.kind == nFor {
			test = l.e.nodes[n.a].b
		}
		return !l.open(test)
	case nBlock, nTry, nLabeled:
		return l.holdsConstant(i)
	}
	return false
}

// holdsConstant reports whether a condition inside of a statement is constant.
func (l *plainSDK) holdsConstant(i int32) bool {
	out := &l.e.nodes[i]
	for j := range l.e.nodes {
		n := &l.e.nodes[j]
		if n.start < out.start || n.end > out.end {
			continue
		}
		if n.kind == nIf && !l.open(n.a) || n.kind == nWhile && !l.open(n.a) || n.kind == nFor && !l.open(l.e.nodes[n.a].b) {
			return true
		}
	}
	return false
}

// open reports whether a condition is neither plainly true nor plainly false.
func (l *plainSDK) open(test int32) bool {
	return test != 0 && l.e.nodes[test].kind != nLiteral && l.e.truth(test) == sometimes
}

// exported reports whether a function is what the entry gives to the platform:
// exports.main = function, as a statement of the file.
func (l *plainSDK) exported(fn int32) bool {
	nodes := l.e.nodes
	for i := nodes[l.s.root].a; i != 0; i = nodes[i].next {
		a := &nodes[nodes[i].a]
		if nodes[i].kind == nExpr && a.kind == nAssign && a.op == assignPlain && a.b == fn {
			target := &nodes[a.a]
			return target.kind == nDot && target.flags == 0 && l.isExports(target.a)
		}
	}
	return false
}

func (l *plainSDK) isExports(i int32) bool {
	n := &l.e.nodes[i]
	if n.kind == nIdent {
		return n.a == aExports && n.b == 0
	}
	return n.kind == nDot && n.b == aExports && l.e.nodes[n.a].kind == nIdent && l.e.nodes[n.a].a == aModule && l.e.nodes[n.a].b == 0
}

// record adds a call to the result.
func (l *plainSDK) record(call int32) {
	n := &l.e.nodes[call]
	names, places := l.names(n.a)
	callee := &l.e.nodes[n.a]
	c := Call{
		API: strings.Join(names, "."), Span: l.s.span(callee.start, callee.end), Via: Direct,
		Dropped: l.s.dropped(call), Segments: make([]Span, len(names)),
	}
	for j, name := range names {
		end := l.e.nodes[places[j]].end
		c.Segments[j] = l.s.span(end-int32(len(name)), end)
	}
	if n.b != 0 {
		c.Argument = l.s.literal(n.b)
	}
	l.p.result.Calls = append(l.p.result.Calls, c)
}

// pieces tells whether openapi stands in strings, or may be put together from two.
type pieces struct{ begins, ends int } // bit i: word[:i], word[i:] was seen

const openapiWord = "openapi"

// add looks at a string and reports whether it holds the whole word.
func (w *pieces) add(text []byte) bool {
	switch {
	case len(text) == 0:
	case len(text) >= len(openapiWord):
		return holdsOpenapi(text)
	default:
		if openapiWord[:len(text)] == string(text) {
			w.begins |= 1 << len(text)
		}
		if openapiWord[len(openapiWord)-len(text):] == string(text) {
			w.ends |= 1 << (len(openapiWord) - len(text))
		}
	}
	return false
}

// word reports whether two of the strings make the word.
func (w *pieces) word() bool { return w.begins&w.ends != 0 }
