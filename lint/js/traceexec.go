package js

import "strings"

// list runs statements and reports whether their end is reached.
func (r *runner) list(first int32) bool {
	for i := first; i != 0; i = r.nodes[i].next {
		d := i
		if k := r.nodes[i].kind; k == nExport || k == nExportDefault {
			d = r.nodes[i].a
		}
		if n := &r.nodes[d]; n.kind == nFunction && n.flags&flagDeclaration != 0 {
			r.hoist(d)
		}
	}
	return r.statements(first)
}

func (r *runner) hoist(i int32) {
	if name := r.nodes[i].a; name != 0 && r.nodes[name].b != 0 {
		r.set(r.lookup(r.nodes[name].b-1), thingData(r.closure(i)))
	}
}

func (r *runner) statements(i int32) bool {
	for ; i != 0; i = r.nodes[i].next {
		if n := &r.nodes[i]; n.kind == nVar {
			return r.variables(n.a, n.next)
		}
		if !r.exec(i) {
			return false
		}
	}
	return true
}

// variables runs declarators and the statements behind them. A variable that can
// hold several constants is given one after the other, so that what belongs to
// one is not mixed with what belongs to another.
func (r *runner) variables(c, rest int32) bool {
	for ; c != 0; c = r.nodes[c].next {
		d := r.nodes[c]
		if d.b == 0 {
			r.bind(d.a, nil, true)
			continue
		}
		v := r.eval(d.b)
		if len(r.apart(v)) > 1 {
			return r.each(v, func(one data) bool {
				r.bind(d.a, one, true)
				return r.variables(d.next, rest)
			})
		}
		r.bind(d.a, v, true)
	}
	return r.statements(rest)
}

func (r *runner) block(i int32) bool { return i == 0 || r.exec(i) }

// exec runs a statement and reports whether its end is reached.
func (r *runner) exec(i int32) bool {
	if r.over() {
		return true
	}
	n := r.nodes[i]
	label := r.label
	r.label = 0
	switch n.kind {
	case nNone, nEmpty, nFunction:
	case nBreak, nContinue:
		return r.jump(n)
	case nReturn:
		v := undefinedData
		if n.a != 0 {
			v = r.eval(n.a)
		}
		r.inv.result = r.inv.result.plus(v)
		return r.leave(func(tg *goal) bool { return tg.kind == nFunction })
	case nThrow:
		r.eval(n.a)
		return r.leave(func(tg *goal) bool { return tg.kind == nTry })
	case nVar:
		return r.variables(n.a, 0)
	case nBlock:
		return r.list(n.a)
	case nIf:
		return r.choose(r.eval(n.a).truth(), func() bool { return r.block(n.b) }, func() bool { return r.block(n.c) })
	case nFor:
		h := r.nodes[n.a]
		return r.round(func() bool {
			if h.a != 0 && r.nodes[h.a].kind == nVar {
				r.exec(h.a)
			} else {
				r.eval(h.a)
			}
			return r.loop(label, h.b, h.c, n.b, true)
		})
	case nWhile:
		return r.loop(label, n.a, 0, n.b, true)
	case nDoWhile:
		return r.loop(label, n.b, 0, n.a, false)
	case nForIn:
		at, rest := r.keys(r.eval(n.b))
		return r.over1(label, n, at, rest)
	case nForOf:
		v := r.eval(n.b)
		return r.each(v, func(one data) bool {
			at, rest := r.elements(one)
			return r.over1(label, n, at, rest)
		})
	case nSwitch:
		return r.choice(n)
	case nTry:
		return r.try(n)
	case nLabeled:
		r.label = r.nodes[n.a].a
		tg := r.push(nLabeled, r.label)
		return r.pop(tg, r.block(n.b))
	case nWith:
		r.with = append(r.with, r.eval(n.a))
		ok := r.block(n.b)
		r.with = r.with[:len(r.with)-1]
		return ok
	case nImport:
		r.importNames(n)
	case nImportEquals:
		r.bind(n.a, r.eval(n.b), true)
	case nExport:
		if k := r.nodes[n.a].kind; k == nVar {
			for c := r.nodes[n.a].a; c != 0; c = r.nodes[c].next {
				r.bind(r.nodes[c].a, r.eval(r.nodes[c].b), true)
			}
		} else {
			r.exec(n.a)
		}
		r.exportNames(n.a, r.modules[r.s.index].object)
	case nExportDefault:
		d := r.nodes[n.a]
		if d.kind == nFunction && d.flags&flagDeclaration != 0 && d.a != 0 {
			r.modules[r.s.index].object.put("default", r.lookup(r.nodes[d.a].b-1))
		} else {
			r.set(r.modules[r.s.index].object.at("default"), r.eval(n.a))
		}
	case nExportList, nExportAll:
		r.exportList(n)
	case nExportAssign:
		r.set(r.modules[r.s.index].exports, r.eval(n.a))
	case nEnum:
		r.enum(n)
	case nNamespace:
		r.namespace(n)
	case nExpr:
		r.eval(n.a)
	default:
		r.eval(i)
	}
	return true
}

// choose runs one of two ways, or both.
func (r *runner) choose(t truth, yes, no func() bool) bool {
	switch t {
	case alwaysTrue:
		return yes()
	case alwaysFalse:
		return no()
	}
	return r.branch(yes, no)
}

func (r *runner) jump(n Node) bool {
	label := int32(0)
	if n.a != 0 {
		label = r.nodes[n.a].a
	}
	return r.leave(func(tg *goal) bool {
		switch {
		case label != 0:
			return tg.label == label && (n.kind == nContinue) == (tg.kind == nContinue)
		case n.kind == nContinue:
			return tg.kind == nContinue
		}
		return tg.kind == nFor || tg.kind == nSwitch
	})
}

// maxRounds is how often a loop is run whose end is known, and maxTries how often
// one without an end that something may leave: each way out is remembered.
const (
	maxRounds = 120
	maxTries  = 12
)

// loop runs a loop with a test. As long as its outcome is known, so is the number
// of rounds.
func (r *runner) loop(label, test, update, body int32, testFirst bool) bool {
	tg := r.push(nFor, 0)
	once := func() bool {
		inner := r.push(nContinue, label)
		ok := r.pop(inner, r.round(func() bool { return r.block(body) }))
		if ok {
			r.eval(update)
		}
		return ok
	}
	e := evaluator{p: r.p, s: r.s, nodes: r.nodes}
	endless := test == 0 || e.truth(test) == alwaysTrue
	normal := true
	for k := 0; normal; k++ {
		t := alwaysTrue
		if test != 0 && (testFirst || k > 0) {
			t = r.eval(test).truth()
		}
		if t == alwaysFalse {
			break
		}
		if t == sometimes || k >= maxRounds || endless && (len(tg.exits) > 0 || tg.left && k >= maxTries) {
			r.rounds(func() bool { ok := once(); r.eval(test); return ok })
			normal = !endless || len(tg.exits) == 0
			break
		}
		normal = once() && r.steps > 0
	}
	return r.pop(tg, normal)
}

// rounds runs f any number of times. What has grown after the second is taken to
// go on growing.
func (r *runner) rounds(f func() bool) bool {
	skip := func() bool { return true }
	r.branch(skip, f)
	before := map[*cell]cell{}
	mark := len(r.journal)
	r.branch(skip, f)
	for _, ch := range r.journal[mark:] {
		if _, ok := before[ch.c]; !ok {
			before[ch.c] = ch.old
		}
	}
	widened := false
	for _, c := range r.since(mark).cells {
		widened = r.widen(c, before[c]) || widened
	}
	if widened {
		r.branch(skip, f)
	}
	return true
}

// widen gives up what has grown in a place, and reports whether anything has.
func (r *runner) widen(c *cell, old cell) bool {
	known := func(d datum) bool {
		for _, o := range old.v {
			if o == d {
				return true
			}
		}
		return false
	}
	grown := c.v.without(func(d datum) bool {
		return !known(d) && (d.kind == isString || d.kind == isNumber || d.kind == isAPI && d.computed)
	})
	if len(grown) == len(c.v) {
		return false
	}
	if c.v.has(isAPI) {
		for _, d := range c.v {
			if d.kind == isAPI && !known(d) {
				grown = grown.plus(data{{kind: isDynamic, file: d.file, node: d.node}})
			}
		}
	}
	if len(old.v) > 0 {
		grown = grown.plus(unknownData)
	}
	r.set(c, grown)
	return true
}

// over1 runs the body of for … of and for … in over elements.
func (r *runner) over1(label int32, n Node, at []data, rest data) bool {
	tg := r.push(nFor, 0)
	once := func(v data) bool {
		inner := r.push(nContinue, label)
		return r.pop(inner, r.round(func() bool {
			return r.each(v, func(one data) bool {
				left, decl := n.a, false
				if r.nodes[left].kind == nVar {
					left, decl = r.nodes[r.nodes[left].a].a, true
				}
				r.bind(left, one, decl)
				return r.block(n.c)
			})
		}))
	}
	normal := true
	for _, v := range at {
		if normal = normal && r.steps > 0 && once(v); !normal {
			break
		}
	}
	if normal && len(rest) > 0 {
		normal = r.rounds(func() bool { return once(rest) })
	}
	return r.pop(tg, normal)
}

// choice runs a switch.
func (r *runner) choice(n Node) bool {
	on := r.eval(n.a)
	return r.round(func() bool {
		tg := r.push(nSwitch, 0)
		for c := n.b; c != 0; c = r.nodes[c].next {
			for i := r.nodes[c].b; i != 0; i = r.nodes[i].next {
				if m := &r.nodes[i]; m.kind == nFunction && m.flags&flagDeclaration != 0 {
					r.hoist(i)
				}
			}
		}
		normal := r.each(on, func(one data) bool { return r.cases(n, one) })
		return r.pop(tg, normal)
	})
}

func (r *runner) cases(n Node, on data) bool {
	var entries []func() bool
	enter := func(c int32) {
		entries = append(entries, func() bool {
			for ; c != 0; c = r.nodes[c].next {
				if !r.statements(r.nodes[c].b) {
					return false
				}
			}
			return true
		})
	}
	sure, otherwise := false, int32(0)
	for c := n.b; c != 0 && !sure; c = r.nodes[c].next {
		test := r.nodes[c].a
		if test == 0 {
			otherwise = c
			continue
		}
		switch same(on, r.eval(test), true).truth() {
		case alwaysTrue:
			sure = true
			enter(c)
		case sometimes:
			enter(c)
		}
	}
	if !sure {
		enter(otherwise) // or behind it all
	}
	return r.branch(entries...)
}

func (r *runner) try(n Node) bool {
	tg := r.push(nTry, 0)
	ok := r.block(n.a)
	r.targets = r.targets[:len(r.targets)-1]
	if n.b != 0 {
		after := r.since(tg.mark)
		r.undo(tg.mark)
		caught := append(tg.exits, diff{}, after)
		handler := func() bool {
			r.join(caught)
			return r.round(func() bool {
				c := r.nodes[n.b]
				if c.a != 0 {
					r.bind(c.a, unknownData, true)
				}
				return r.block(c.b)
			})
		}
		if ok {
			ok = r.branch(func() bool { r.join([]diff{after}); return true }, handler)
		} else {
			ok = handler()
		}
	} else {
		r.leaveWith(tg.exits)
	}
	return r.block(n.c) && ok
}

// leaveWith hands exceptions on to the try around.
func (r *runner) leaveWith(exits []diff) {
	if len(exits) > 0 {
		r.maybe(func() { r.leave(func(tg *goal) bool { return tg.kind == nTry }) })
	}
}

func (r *runner) importNames(n Node) {
	if n.flags&flagType != 0 || r.nodes[n.b].kind != nString {
		return
	}
	module := r.requireText(n.b, r.s.stringValue(n.b))
	for c := n.a; c != 0; c = r.nodes[c].next {
		spec := r.nodes[c]
		local := r.nodes[spec.b].b
		if local == 0 {
			continue
		}
		name, named := "", spec.a != 0
		if named {
			name, _ = r.keyName(spec.a)
		}
		if named {
			if live := liveCell(module, name); live != nil {
				r.env.cells[local-1] = live
				continue
			}
		}
		v := module
		if named {
			v = r.member(module, name, spec.a)
		}
		r.set(r.declare(local-1), v)
	}
}

// liveCell is the variable an ES module exports under a name.
func liveCell(module data, name string) *cell {
	if len(module) != 1 || module[0].kind != isThing || module[0].ref.module {
		return nil
	}
	return module[0].ref.own(name)
}

// exportNames makes the names a declaration declares members of o.
func (r *runner) exportNames(i int32, o *thing) {
	n := r.nodes[i]
	switch n.kind {
	case nIdent:
		if n.b != 0 {
			o.put(r.name(n.a), r.lookup(n.b-1))
		}
	case nVar:
		for c := n.a; c != 0; c = r.nodes[c].next {
			r.exportNames(r.nodes[c].a, o)
		}
	case nFunction, nClass, nEnum, nNamespace, nImportEquals, nDefault, nRest:
		r.exportNames(n.a, o)
	case nProperty:
		r.exportNames(n.b, o)
	case nArrayPattern, nObjectPattern:
		for c := n.a; c != 0; c = r.nodes[c].next {
			r.exportNames(c, o)
		}
	}
}

func (r *runner) exportList(n Node) {
	o := r.modules[r.s.index].object
	var module data
	if n.b != 0 {
		module = r.requireText(n.b, r.s.stringValue(n.b))
	}
	if n.kind == nExportAll {
		if n.a != 0 {
			name, _ := r.keyName(n.a)
			r.set(o.at(name), module)
			return
		}
		for _, m := range thingsOf(module) {
			for _, p := range m.props {
				if p.name != "default" && o.own(p.name) == nil {
					o.put(p.name, p.c)
				}
			}
		}
		return
	}
	for c := n.a; c != 0; c = r.nodes[c].next {
		spec := r.nodes[c]
		name, _ := r.keyName(spec.b)
		if local := r.nodes[spec.a]; n.b == 0 && local.b != 0 {
			o.put(name, r.lookup(local.b-1))
		} else if n.b != 0 {
			from, _ := r.keyName(spec.a)
			if live := liveCell(module, from); live != nil {
				o.put(name, live)
			} else {
				r.set(o.at(name), r.member(module, from, c))
			}
		}
	}
}

func (r *runner) enum(n Node) {
	c := r.declare(r.nodes[n.a].b - 1)
	var o *thing
	if old := thingsOf(c.v); len(old) > 0 {
		o = old[0]
	} else {
		o = &thing{}
		r.set(c, thingData(o))
	}
	next := 0.0
	for m := n.b; m != 0; m = r.nodes[m].next {
		name, ok := r.keyName(r.nodes[m].a)
		if !ok {
			continue
		}
		v := data{{kind: isNumber, num: next}}
		if r.nodes[m].b != 0 {
			r.with = append(r.with, thingData(o))
			v = r.eval(r.nodes[m].b)
			r.with = r.with[:len(r.with)-1]
		}
		r.set(o.at(name), v)
		if len(v) == 1 && v[0].kind == isNumber {
			next = v[0].num + 1
			r.set(o.at(numberText(v[0].num)), textData(name))
		}
	}
}

func (r *runner) namespace(n Node) {
	name := r.nodes[n.a]
	o := &thing{}
	if name.kind == nIdent && name.b != 0 {
		c := r.declare(name.b - 1)
		if old := thingsOf(c.v); len(old) > 0 {
			o = old[0]
		} else {
			r.set(c, thingData(o))
		}
	}
	r.round(func() bool {
		for c := n.b; c != 0; c = r.nodes[c].next {
			if m := r.nodes[c]; m.kind == nFunction || m.kind == nExport && r.nodes[m.a].kind == nFunction {
				d := c
				if m.kind == nExport {
					d = m.a
				}
				r.hoist(d)
			}
		}
		for c := n.b; c != 0; c = r.nodes[c].next {
			m := r.nodes[c]
			if m.kind != nExport {
				r.exec(c)
				if m.kind == nNamespace {
					r.exportNames(c, o)
				}
				continue
			}
			r.exec(m.a)
			r.exportNames(m.a, o)
		}
		return true
	})
}

// isDelegate reports whether a yield is yield*.
func (s *source) isDelegate(n *Node) bool {
	return strings.HasPrefix(strings.TrimSpace(s.text(n.start+5, max(n.start+5, s.parser.nodes[n.a].start))), "*")
}
