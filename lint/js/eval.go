package js

import (
	"slices"
	"strings"
)

// evaluator computes the values of the expressions of one activation.
type evaluator struct {
	p     *program
	s     *source
	nodes []Node
	act   int32
	this  int32 // variable of this inside a class body, else 0
}

func (e *evaluator) name(atom int32) string { return e.s.atoms.text(atom) }

// thisVar is the variable of this.
func (e *evaluator) thisVar() int32 {
	if e.this != 0 {
		return e.this
	}
	return e.p.insts[e.act].this
}

// eval is what an expression can be.
func (e *evaluator) eval(i int32) set {
	p := e.p
	n := &e.nodes[i]
	switch n.kind {
	case nNone, nHole:
		return nil
	case nUpdate:
		e.assign(n.a, unknownSet, 0)
		return unknownSet
	case nIdent:
		return e.ident(i)
	case nThis:
		if s := p.read(e.thisVar()); len(s) > 0 {
			return s
		}
		return unknownSet
	case nSuper:
		return p.read(e.thisVar())
	case nLiteral:
		if token(n.op) == tNumber && n.end-n.start < 4 {
			return p.str(numberKey(e.s.text(n.start, n.end)))
		}
		return nil
	case nString:
		return p.str(e.s.stringValue(i))
	case nTemplate:
		return e.template(n.a)
	case nTagged:
		return e.tagged(i)
	case nArray:
		return e.array(i)
	case nObject:
		return e.object(i)
	case nFunction:
		return e.function(i)
	case nClass:
		return e.class(i)
	case nUnary:
		e.eval(n.a)
		switch token(n.op) {
		case tPlus, tMinus, tTilde, tTypeof:
			return unknownSet
		}
		return nil
	case nBinary:
		a, b := e.eval(n.a), e.eval(n.b)
		switch token(n.op) {
		case tPlus:
			return e.concat(a, b)
		case tMinus, tStar, tSlash, tPercent, tPower, tAnd, tOr, tXor, tShift:
			return unknownSet
		}
		return nil
	case nLogical:
		return e.logical(n)
	case nAssign:
		return e.assignment(i)
	case nCond:
		e.eval(n.a)
		switch e.truth(n.a) {
		case alwaysTrue:
			return e.eval(n.b)
		case alwaysFalse:
			return e.eval(n.c)
		}
		return union(e.eval(n.b), e.eval(n.c))
	case nCall:
		return e.call(i)
	case nNew:
		return e.construct(i)
	case nDot, nIndex:
		s, _ := e.memberExpression(i)
		return s
	case nSpread, nAwait:
		return e.eval(n.a)
	case nYield:
		s := e.eval(n.a)
		p.leak(s)
		e.yielded(n, s)
		return s
	case nSequence:
		var last set
		for c := n.a; c != 0; c = e.nodes[c].next {
			last = e.eval(c)
		}
		return last
	case nSDK:
		return sdkSet
	case nImportCall:
		e.evalList(n.b)
		return e.require(i, e.eval(n.a))
	case nMeta:
		return e.meta(i)
	case nElement:
		for c := n.a; c != 0; c = e.nodes[c].next {
			p.leak(e.eval(c))
		}
	}
	return unknownSet
}

// tagged calls the tag of a template.
func (e *evaluator) tagged(i int32) set {
	n := &e.nodes[i]
	args := []argument{{set: unknownSet}}
	var fn, this set
	if k := e.nodes[n.a].kind; k == nDot || k == nIndex {
		fn, this = e.memberExpression(n.a)
	} else {
		fn = e.eval(n.a)
	}
	for c := e.nodes[n.b].a; c != 0; c = e.nodes[c].next {
		if e.nodes[c].kind != nChunk {
			args = append(args, argument{set: e.eval(c), node: c})
		}
	}
	return e.callValues(fn, this, args, i)
}

func (e *evaluator) evalList(i int32) {
	for ; i != 0; i = e.nodes[i].next {
		e.eval(i)
	}
}

// knownGlobal reports whether a name is one of the environment's that the analysis knows.
func knownGlobal(name string) bool {
	switch name {
	case "require", "Object", "Promise", "Reflect", "Array", "JSON", "Map", "WeakMap", "Set", "String", "Boolean", "Number", "Symbol", "console", "Function":
		return true
	}
	return false
}

func (e *evaluator) ident(i int32) set {
	p := e.p
	n := &e.nodes[i]
	if n.b != 0 {
		return p.read(e.s.vars + n.b - 1)
	}
	switch n.a {
	case aUndefined:
		return nil
	case aExports:
		return set{e.s.object}
	case aModule:
		return set{e.moduleObject()}
	case aArguments:
		return e.arguments()
	}
	name := e.name(n.a)
	if knownGlobal(name) {
		return p.one(value{kind: vBuiltin, text: name})
	}
	if s := e.environment(name); s != nil {
		return s
	}
	return p.member(unknownSet, name) // it may have been written on the global object
}

// isGlobal reports whether an expression is the global object.
func (e *evaluator) isGlobal(i int32) bool {
	n := &e.nodes[i]
	return n.kind == nIdent && n.b == 0 && (e.name(n.a) == "global" || e.name(n.a) == "globalThis")
}

// moduleObject is the variable module of CommonJS.
func (e *evaluator) moduleObject() valueID {
	id := e.p.objectAt(place{e.s.index, 0, tagModule}, false)
	o := e.p.number(id)
	if len(e.p.objects[o].fields) == 0 {
		e.p.objects[o].fields = append(e.p.objects[o].fields,
			field{name: "exports", v: e.s.exports}, field{name: "require", v: e.p.newVar()})
		e.p.write(e.p.objects[o].fields[1].v, e.p.one(value{kind: vBuiltin, text: "require"}))
	}
	return id
}

// arguments is the object of that name: its members are all arguments.
func (e *evaluator) arguments() set {
	p := e.p
	act := p.insts[e.act]
	id := p.objectAt(place{act.file, e.s.funcs[act.fn].node, tagArguments}, true)
	o := p.number(id)
	for j, v := range act.args {
		p.setField(o, itoa(j), p.read(v))
	}
	p.setAny(o, p.read(act.rest))
	return set{id}
}

func itoa(i int) string {
	if i < 10 {
		return string(rune('0' + i))
	}
	return itoa(i/10) + itoa(i%10)
}

func (e *evaluator) template(first int32) set {
	out := e.p.str("")
	for c := first; c != 0; c = e.nodes[c].next {
		if e.nodes[c].kind == nChunk {
			if t := e.s.stringValue(c); t != "" {
				out = e.concat(out, e.p.str(t))
			}
			continue
		}
		out = e.concat(out, e.eval(c))
	}
	return out
}

// concat is a + b for strings. An unknown second part leaves a prefix.
func (e *evaluator) concat(a, b set) set {
	p := e.p
	var out set
	left, leftUnknown := p.stringsOf(a)
	right, rightUnknown := p.stringsOf(b)
	if len(left)*len(right) > 256 {
		return unknownSet
	}
	for _, x := range left {
		for _, y := range right {
			if len(x.text)+len(y.text) < 300 {
				out = union(out, p.str(x.text+y.text))
			}
		}
		if rightUnknown {
			out = union(out, p.one(value{kind: vPrefix, text: x.text}))
		}
	}
	for _, id := range a {
		if v := p.values[id]; v.kind == vPrefix {
			out = union(out, set{id})
			leftUnknown = len(a) > 1 && leftUnknown
		}
	}
	if leftUnknown || len(out) == 0 {
		out = union(out, unknownSet)
	}
	return out
}

type truth uint8

const (
	sometimes truth = iota
	alwaysTrue
	alwaysFalse
)

// truth is what a condition is whose text says so. Values are not asked.
func (e *evaluator) truth(i int32) truth {
	switch e.nodes[i].kind {
	case nNone, nCall, nAwait, nAssign, nTemplate, nThis:
		return sometimes
	}
	return e.p.fixed(e.s, i, 0).truth()
}

func (e *evaluator) logical(n *Node) set {
	a := e.eval(n.a)
	t := e.truth(n.a)
	switch token(n.op) {
	case tAndAnd:
		if t == alwaysFalse {
			return nil
		}
		return e.eval(n.b)
	case tOrOr:
		if t == alwaysTrue {
			return a
		}
	}
	return union(a, e.eval(n.b))
}

// memberExpression is the value of a.b or a[b], and of a.
func (e *evaluator) memberExpression(i int32) (s, base set) {
	n := &e.nodes[i]
	base = e.eval(n.a)
	if n.kind == nIndex {
		keys := e.eval(n.b)
		s = e.index(base, keys, i)
		for _, id := range keys {
			if v := e.p.values[id]; v.kind == vString && v.text == "openapi" {
				s = e.guess(n.a, base, s)
			}
		}
		return s, base
	}
	name := e.name(n.b)
	if n.flags&flagPrivate != 0 {
		name = "#" + name
	}
	if e.nodes[n.a].kind == nSuper {
		return e.superMember(base, name), base
	}
	s = e.p.member(base, name)
	if n.b == aOpenapi {
		s = e.guess(n.a, base, s)
	}
	return s, base
}

// superMember is super.name: what the classes above have, as far as they are known.
func (e *evaluator) superMember(this set, name string) set {
	p := e.p
	for fn := p.insts[e.act].fn; fn != 0; fn = e.s.funcs[fn].parent {
		home, ok := p.home[p.id(value{kind: vFunction, file: e.s.index, a: fn})]
		if !ok {
			continue
		}
		var out set
		for _, id := range p.read(p.superVar(home.node, home.file)) {
			v := p.values[id]
			out = union(out, union(p.readField(p.valueOf(p.protoOf(v)), name), p.readField(p.valueOf(p.staticsOf(v)), name)))
		}
		if len(out) == 0 || p.derived(this) {
			out = union(out, unknownSet)
		}
		return out
	}
	return p.member(this, name)
}

// guess takes .openapi of something unknown that is named like the SDK for the
// SDK's: real code hands it around in ways nobody can follow.
func (e *evaluator) guess(object int32, base, s set) set {
	for _, id := range s {
		if id == openapiID {
			return s
		}
	}
	if len(base) == 0 && !e.p.askLate() {
		return s
	}
	for _, id := range base {
		if k := e.p.values[id].kind; k == vUnknown || k == vExternal {
			continue
		}
		// Of a bundled SDK something is known, but not what its openapi is.
		if !e.p.askLate() || slices.ContainsFunc(s, func(id valueID) bool { return e.p.values[id].kind != vUnknown }) {
			return s
		}
	}
	if !e.cloudName(object) {
		return s
	}
	return union(s, openapiSet)
}

// cloudName reports whether an expression is named like the SDK.
func (e *evaluator) cloudName(i int32) bool {
	n := &e.nodes[i]
	switch n.kind {
	case nAwait:
		return e.cloudName(n.a)
	case nIdent:
		return likeCloud(e.name(n.a))
	case nDot:
		if o := &e.nodes[n.a]; o.kind == nIdent && o.b == 0 && e.name(o.a) == "wx" {
			return false // the mini program's own wx.cloud
		}
		return likeCloud(e.name(n.b))
	case nCall:
		c := &e.nodes[n.a]
		name := ""
		if c.kind == nIdent {
			name = e.name(c.a)
		} else if c.kind == nDot {
			name = e.name(c.b)
		}
		return strings.HasPrefix(name, "get") && likeCloud(name[3:])
	}
	return false
}

func likeCloud(name string) bool {
	switch strings.ToLower(strings.Trim(name, "_$")) {
	case "cloud", "wxcloud":
		return true
	}
	return false
}
