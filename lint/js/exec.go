package js

import (
	"slices"
	"strings"
)

// body looks at the code of an activation.
func (e *evaluator) body(act activation) {
	p := e.p
	if act.fn == 0 {
		e.list(e.nodes[e.s.root].a)
		return
	}
	n := e.nodes[e.s.funcs[act.fn].node]
	j := 0
	for c := e.nodes[n.b].a; c != 0; c = e.nodes[c].next {
		given := p.read(act.args[j])
		if e.nodes[c].kind == nRest {
			id := p.objectAt(place{act.file, c, tagLiteral}, true)
			p.setAny(p.number(id), union(given, p.read(act.rest)))
			e.assign(e.nodes[c].a, set{id}, 0)
		} else {
			e.assign(c, given, 0)
		}
		e.memberParameter(c, given)
		j++
	}
	if e.nodes[n.c].kind == nBlock {
		e.list(e.nodes[n.c].a)
	} else {
		p.write(act.ret, e.eval(n.c))
	}
}

// memberParameter handles TypeScript's constructor(private name: T).
func (e *evaluator) memberParameter(c int32, given set) {
	n := &e.nodes[c]
	if n.kind == nDefault {
		if e.nodes[n.a].flags&flagMember != 0 {
			given = union(given, e.eval(n.b))
		}
		n = &e.nodes[n.a]
	}
	if n.kind == nIdent && n.flags&flagMember != 0 {
		if slices.Contains(given, unknownID) {
			given = union(given, e.injected(c))
		}
		e.p.store(e.p.read(e.thisVar()), e.name(n.a), given)
	}
}

// injected is what a container nobody knows gives to a parameter of a constructor:
// an instance of the class that its type names.
func (e *evaluator) injected(parameter int32) set {
	p := e.p
	symbol := e.s.classOf(parameter)
	if symbol < 0 {
		return nil
	}
	var out set
	for _, id := range p.read(e.s.vars + symbol) {
		if v := p.values[id]; v.kind == vClass {
			this := set{p.instanceOf(v)}
			e.runConstructor(id, this, []argument{{set: unknownSet}, {set: unknownSet}, {set: unknownSet}, {set: unknownSet}, {set: unknownSet}, {set: unknownSet}})
			out = union(out, this)
		}
	}
	return out
}

// list looks at statements. Behind one that never comes to its end only the
// functions that are declared there matter; but in a broken file a statement may
// stand where nobody wrote it.
func (e *evaluator) list(i int32) {
	for dead := false; i != 0; i = e.nodes[i].next {
		if !dead || e.nodes[i].kind == nFunction {
			e.exec(i)
		}
		dead = dead || e.ends(i) && len(e.s.fails) == 0
	}
}

// yielded makes what a generator yields the elements of what calling it gives,
// and not members of it.
func (e *evaluator) yielded(n *Node, s set) {
	p := e.p
	act := p.insts[e.act]
	if n.a != 0 && e.s.isDelegate(n) {
		s = e.elements(s)
	}
	id := p.objectAt(place{act.file, e.s.funcs[act.fn].node, tagYielded}, true)
	p.objects[p.number(id)].yields = true
	p.write(p.objects[p.number(id)].all, s)
	p.write(act.ret, set{id})
}

// ends reports whether what follows a statement is never reached.
func (e *evaluator) ends(i int32) bool {
	n := &e.nodes[i]
	switch n.kind {
	case nReturn, nThrow, nBreak, nContinue:
		return true
	case nBlock:
		for c := n.a; c != 0; c = e.nodes[c].next {
			if e.ends(c) {
				return true
			}
		}
	case nIf:
		if t := e.truth(n.a); t == sometimes || e.s.fillsIn(n.a) {
			return e.ends(n.b) && e.ends(n.c)
		} else if t == alwaysTrue {
			return e.ends(n.b)
		}
		return e.ends(n.c)
	case nFor:
		test := e.nodes[n.a].b
		return (test == 0 || e.truth(test) == alwaysTrue) && !e.breaks(n.b)
	case nWhile:
		return e.truth(n.a) == alwaysTrue && !e.breaks(n.b)
	case nTry:
		return e.ends(n.c) || e.ends(n.a) && (n.b == 0 || e.ends(e.nodes[n.b].b))
	}
	return false
}

// breaks reports whether a loop's body holds a break, of whatever statement.
func (e *evaluator) breaks(body int32) bool {
	n := &e.nodes[body]
	for i := range e.nodes {
		if b := &e.nodes[i]; b.kind == nBreak && n.start <= b.start && b.end <= n.end {
			return true
		}
	}
	return false
}

func (e *evaluator) block(i int32) {
	if i != 0 {
		e.exec(i)
	}
}

// exec looks at a statement.
func (e *evaluator) exec(i int32) {
	p := e.p
	n := &e.nodes[i]
	switch n.kind {
	case nNone, nEmpty, nBreak, nContinue:
	case nExpr:
		e.eval(n.a)
	case nThrow:
		p.write(p.thrown, e.eval(n.a))
	case nReturn:
		s := e.eval(n.a)
		if e.nodes[e.s.funcs[p.insts[e.act].fn].node].flags&flagGenerator != 0 {
			p.leak(s) // the value of the last step
		}
		p.write(p.insts[e.act].ret, s)
	case nVar:
		for c := n.a; c != 0; c = e.nodes[c].next {
			d := &e.nodes[c]
			if d.b != 0 {
				s := e.eval(d.b)
				e.assign(d.a, s, d.b)
				e.noteDirect(d.a, d.b, s)
			} else {
				e.assign(d.a, nil, 0)
			}
		}
	case nFunction, nClass:
		e.eval(i)
	case nBlock:
		e.list(n.a)
	case nIf:
		e.eval(n.a)
		t := e.truth(n.a)
		if t != alwaysFalse {
			e.block(n.b)
		}
		if t != alwaysTrue {
			e.block(n.c)
		}
	case nFor:
		h := &e.nodes[n.a]
		e.init(h.a)
		e.eval(h.b)
		e.eval(h.c)
		e.block(n.b)
	case nForIn:
		e.loopTarget(n.a, e.keysOf(e.eval(n.b)))
		e.block(n.c)
	case nForOf:
		e.loopTarget(n.a, e.elements(e.eval(n.b)))
		e.block(n.c)
	case nWhile:
		e.eval(n.a)
		if e.truth(n.a) != alwaysFalse {
			e.block(n.b)
		}
	case nDoWhile:
		e.block(n.a)
		e.eval(n.b)
	case nSwitch:
		e.choice(n)
	case nTry:
		e.block(n.a)
		if n.b != 0 {
			c := &e.nodes[n.b]
			if c.a != 0 {
				e.assign(c.a, union(unknownSet, p.read(p.thrown)), 0)
			}
			e.block(c.b)
		}
		e.block(n.c)
	case nLabeled:
		e.block(n.b)
	case nWith:
		e.s.opaque = true
		s := e.eval(n.a)
		p.leak(s)
		for _, id := range s {
			if k := p.values[id].kind; k == vSDK {
				p.compute()
			}
		}
		e.block(n.b)
	case nImport:
		e.importDeclaration(i)
	case nImportEquals:
		s := e.eval(n.b)
		e.assign(n.a, s, 0)
		e.noteDirect(n.a, n.b, s)
	case nExport:
		e.block(n.a)
		e.exportNames(n.a)
	case nExportDefault:
		s := e.eval(n.a)
		p.setField(p.number(e.s.object), "default", s)
	case nExportList, nExportAll:
		e.exportList(i)
	case nExportAssign:
		p.write(e.s.exports, e.eval(n.a))
	case nEnum:
		e.enum(i)
	case nNamespace:
		e.namespace(i)
	default:
		e.eval(i)
	}
}

// choice looks at a switch. Where its subject is a constant, the cases of other
// constants are entered from the one before them only.
func (e *evaluator) choice(n *Node) {
	e.eval(n.a)
	on := e.p.fixed(e.s, n.a, 0)
	entered, sure := false, false
	for c := n.b; c != 0; c = e.nodes[c].next {
		test := e.nodes[c].a
		e.eval(test)
		was := fixed{}
		if test != 0 && on.comparable() {
			was = e.p.fixed(e.s, test, 0)
		}
		switch {
		case was.comparable() && was != on:
		case test == 0 && on.comparable() && e.matches(n, on):
		default:
			entered = entered || !sure
			sure = sure || was.comparable()
		}
		if !entered {
			e.functionsOf(e.nodes[c].b)
			continue
		}
		e.list(e.nodes[c].b)
		if on.comparable() && e.endsList(e.nodes[c].b) {
			entered = false
		}
	}
}

// matches reports whether a case of a switch surely is the one for a constant.
func (e *evaluator) matches(n *Node, on fixed) bool {
	for c := n.b; c != 0; c = e.nodes[c].next {
		if test := e.nodes[c].a; test != 0 && e.p.fixed(e.s, test, 0) == on {
			return true
		}
	}
	return false
}

// functionsOf looks at the functions that a list of statements declares: they are
// there also where none of its statements runs.
func (e *evaluator) functionsOf(i int32) {
	for ; i != 0; i = e.nodes[i].next {
		if e.nodes[i].kind == nFunction {
			e.exec(i)
		}
	}
}

func (e *evaluator) endsList(i int32) bool {
	for ; i != 0; i = e.nodes[i].next {
		if e.ends(i) {
			return true
		}
	}
	return false
}

// init looks at the first part of a for.
func (e *evaluator) init(i int32) {
	if e.nodes[i].kind == nVar {
		e.exec(i)
	} else {
		e.eval(i)
	}
}

func (e *evaluator) loopTarget(i int32, s set) {
	if n := &e.nodes[i]; n.kind == nVar {
		i = e.nodes[n.a].a
	}
	e.assign(i, s, 0)
}

// keysOf is what for (k in x) gives.
func (e *evaluator) keysOf(s set) set {
	p := e.p
	var out set
	for _, id := range s {
		v := p.values[id]
		if v.kind != vObject || len(p.read(p.objects[v.a].star)) > 0 {
			out = union(out, unknownSet)
		}
		if v.kind == vSDK {
			out = union(out, p.str("openapi"))
		}
		if v.kind == vObject {
			var own [8]int32
			chain, others := p.chain(v.a, own[:0])
			if len(others) > 0 {
				out = union(out, unknownSet)
			}
			for _, o := range chain {
				p.read(p.objects[o].all)
				for _, f := range p.objects[o].fields {
					if len(p.read(f.v)) > 0 && f.name != "constructor" && !strings.HasPrefix(f.name, setterOf) {
						out = union(out, p.str(f.name))
					}
				}
			}
		}
	}
	return out
}

// assign gives a pattern its values. from is the expression they come from, if it
// is known; its name helps to recognise the SDK.
func (e *evaluator) assign(i int32, s set, from int32) {
	p := e.p
	n := &e.nodes[i]
	switch n.kind {
	case nIdent:
		if n.b != 0 {
			p.write(e.s.vars+n.b-1, s)
		} else {
			p.storeUnknown(e.name(n.a), s, true)
		}
	case nDot:
		base := e.eval(n.a)
		name := e.name(n.b)
		if n.flags&flagPrivate != 0 {
			name = "#" + name
		}
		if e.isGlobal(n.a) {
			p.storeUnknown(name, s, true)
		} else {
			p.store(base, name, s)
		}
	case nIndex:
		base, keys := e.eval(n.a), e.eval(n.b)
		known, unknown := p.stringsOf(keys)
		for _, k := range known {
			p.store(base, k.text, s)
		}
		if unknown {
			for _, id := range base {
				if v := p.values[id]; v.kind == vObject {
					p.setAny(v.a, s)
				} else {
					p.leak(s)
				}
			}
		}
		if p.symbolKey(keys) {
			p.leak(s)
		}
	case nDefault:
		e.assign(n.a, union(s, e.eval(n.b)), from)
	case nArrayPattern:
		j := 0
		for c := n.a; c != 0; c = e.nodes[c].next {
			switch e.nodes[c].kind {
			case nHole:
			case nRest:
				id := p.objectAt(place{e.s.index, c, tagLiteral}, true)
				p.setAny(p.number(id), e.elements(s))
				e.assign(e.nodes[c].a, set{id}, 0)
			default:
				e.assign(c, union(e.index(s, p.str(itoa(j)), i), e.given(s)), 0)
			}
			j++
		}
	case nObjectPattern:
		for c := n.a; c != 0; c = e.nodes[c].next {
			e.assignProperty(c, s, from)
		}
	}
}

// given is what the generators in s yield, all of it: their steps have no places.
func (e *evaluator) given(s set) set {
	var out set
	for _, id := range s {
		if v := e.p.values[id]; v.kind == vObject && e.p.objects[v.a].yields {
			out = union(out, e.p.readAll(v))
		}
	}
	return out
}

func (e *evaluator) assignProperty(c int32, s set, from int32) {
	n := &e.nodes[c]
	if n.kind == nRest {
		e.assign(n.a, s, from)
		return
	}
	var got set
	if n.flags&flagComputed != 0 {
		got = e.index(s, e.eval(n.a), c)
	} else if name, ok := e.keyName(n.a); ok {
		got = e.p.member(s, name)
		if name == "openapi" && from != 0 {
			got = e.guess(from, s, got)
		}
	}
	e.assign(n.b, got, 0)
}

// assignment looks at a = b and its kin.
func (e *evaluator) assignment(i int32) set {
	n := &e.nodes[i]
	if to := &e.nodes[n.a]; n.op == assignPlain && to.kind == nIndex {
		if from, _, ok := e.copied(to.b, n.b); ok && e.copyMembers(e.eval(to.a), e.eval(to.b), e.eval(from), false) {
			return nil
		}
	}
	s := e.eval(n.b)
	switch n.op {
	case assignAdd:
		s = e.few(e.concat(e.eval(n.a), s))
	case assignOther:
		s = unknownSet
	}
	if sum := &e.nodes[n.b]; sum.kind == nBinary && e.nodes[sum.a].kind == nIdent && e.nodes[sum.a].b == e.nodes[n.a].b {
		s = e.few(s)
	}
	e.assign(n.a, s, n.b)
	return s
}

// few gives a string up that grows with every round of a loop.
func (e *evaluator) few(s set) set {
	if len(s) > 12 {
		return e.p.narrow(s, false, true)
	}
	return s
}

func (e *evaluator) importDeclaration(i int32) {
	n := &e.nodes[i]
	if n.flags&flagType != 0 || e.nodes[n.b].kind != nString || e.s.elided(i) {
		return
	}
	module := e.require(i, e.p.str(e.s.stringValue(n.b)))
	for c := n.a; c != 0; c = e.nodes[c].next {
		spec := &e.nodes[c]
		s := module
		if spec.a != 0 {
			if name, ok := e.keyName(spec.a); ok {
				s = e.p.member(module, name)
			}
		}
		e.assign(spec.b, s, 0)
		if b := e.nodes[spec.b].b; b != 0 && len(s) == 1 && s[0] == sdkID && isSDK(e.s.stringValue(n.b)) {
			e.s.symbols[b-1].direct = true
		}
	}
}

// exportNames exports the names a declaration declares.
func (e *evaluator) exportNames(i int32) {
	n := &e.nodes[i]
	switch n.kind {
	case nVar:
		for c := n.a; c != 0; c = e.nodes[c].next {
			e.exportPattern(e.nodes[c].a)
		}
	case nFunction, nClass, nEnum, nNamespace, nImportEquals:
		e.exportPattern(n.a)
	}
}

func (e *evaluator) exportPattern(i int32) {
	n := &e.nodes[i]
	switch n.kind {
	case nIdent:
		if n.b != 0 {
			e.p.setField(e.p.number(e.s.object), e.name(n.a), e.p.read(e.s.vars+n.b-1))
		}
	case nArrayPattern, nObjectPattern:
		for c := n.a; c != 0; c = e.nodes[c].next {
			switch e.nodes[c].kind {
			case nProperty:
				e.exportPattern(e.nodes[c].b)
			case nRest:
				e.exportPattern(e.nodes[c].a)
			default:
				e.exportPattern(c)
			}
		}
	case nDefault, nRest:
		e.exportPattern(n.a)
	}
}

func (e *evaluator) exportList(i int32) {
	p := e.p
	n := &e.nodes[i]
	o := p.number(e.s.object)
	if n.kind == nExportAll {
		module := e.require(i, p.str(e.s.stringValue(n.b)))
		if n.a == 0 {
			p.write(p.objects[o].parents, module)
		} else if name, ok := e.keyName(n.a); ok {
			p.setField(o, name, module)
		}
		return
	}
	var module set
	if n.b != 0 {
		module = e.require(i, p.str(e.s.stringValue(n.b)))
	}
	for c := n.a; c != 0; c = e.nodes[c].next {
		spec := &e.nodes[c]
		name, _ := e.keyName(spec.b)
		if n.b == 0 {
			p.setField(o, name, e.eval(spec.a))
		} else if from, ok := e.keyName(spec.a); ok {
			p.setField(o, name, p.member(module, from))
		}
	}
}

func (e *evaluator) enum(i int32) {
	n := &e.nodes[i]
	id := e.p.objectAt(place{e.s.index, i, tagLiteral}, false)
	for c := n.b; c != 0; c = e.nodes[c].next {
		if name, ok := e.keyName(e.nodes[c].a); ok {
			e.p.setField(e.p.number(id), name, e.eval(e.nodes[c].b))
		}
	}
	e.assign(n.a, set{id}, 0)
}

func (e *evaluator) namespace(i int32) {
	n := &e.nodes[i]
	id := e.p.objectAt(place{e.s.index, i, tagLiteral}, false)
	e.assign(n.a, set{id}, 0)
	for c := n.b; c != 0; c = e.nodes[c].next {
		e.exec(c)
		if e.nodes[c].kind == nExport || e.nodes[c].kind == nNamespace {
			d := c
			if e.nodes[c].kind == nExport {
				d = e.nodes[c].a
			}
			e.exportInto(d, e.p.number(id))
		}
	}
}

// exportInto makes the names of a declaration members of a namespace.
func (e *evaluator) exportInto(i, o int32) {
	n := &e.nodes[i]
	add := func(name int32) {
		if b := &e.nodes[name]; b.kind == nIdent && b.b != 0 {
			e.p.setField(o, e.name(b.a), e.p.read(e.s.vars+b.b-1))
		}
	}
	if n.kind == nVar {
		for c := n.a; c != 0; c = e.nodes[c].next {
			add(e.nodes[c].a)
		}
		return
	}
	add(n.a)
}
