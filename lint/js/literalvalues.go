package js

import (
	"strconv"
	"strings"
)

func (e *evaluator) array(i int32) set {
	p := e.p
	id := p.objectAt(place{e.s.index, i, tagLiteral}, true)
	o := p.number(id)
	at, known := 0, true
	for c := e.nodes[i].a; c != 0; c = e.nodes[c].next {
		if e.nodes[c].kind == nSpread {
			p.setAny(o, e.elements(e.eval(e.nodes[c].a)))
			known = false
			continue
		}
		if s := e.eval(c); known {
			p.setField(o, itoa(at), s)
		} else {
			p.setAny(o, s)
		}
		at++
	}
	return set{id}
}

// elements is what the elements of the lists in s can be.
func (e *evaluator) elements(s set) set {
	p := e.p
	var out set
	for _, id := range s {
		switch v := p.values[id]; v.kind {
		case vObject:
			if p.objects[v.a].pairs {
				out = union(out, e.pair(v))
				break
			}
			out = union(out, p.readAll(v))
		default:
			out = union(out, unknownSet)
		}
	}
	return out
}

// pair is what iterating over a Map, or over the entries of a list, gives.
func (e *evaluator) pair(v value) set {
	p := e.p
	id := p.objectAt(place{-1, v.a, tagPair}, true)
	p.setField(p.number(id), "0", e.keysOf(set{p.id(v)}))
	p.setField(p.number(id), "1", p.readAll(v))
	return set{id}
}

// numberKey is the name of the member that a number stands for as a key.
func numberKey(text string) string {
	plain := text[0] != '0' || len(text) == 1
	for i := 0; plain && i < len(text); i++ {
		plain = text[i] >= '0' && text[i] <= '9'
	}
	if plain && len(text) < 16 {
		return text
	}
	text = strings.TrimSuffix(strings.ReplaceAll(text, "_", ""), "n")
	if i, err := strconv.ParseUint(text, 0, 53); err == nil {
		return strconv.FormatUint(i, 10)
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return text
}

// keyName is the constant name of a property, if it has one.
func (e *evaluator) keyName(i int32) (string, bool) {
	n := &e.nodes[i]
	switch n.kind {
	case nIdent:
		if n.flags&flagPrivate != 0 {
			return "#" + e.name(n.a), true
		}
		return e.name(n.a), true
	case nString:
		return e.s.stringValue(i), true
	case nLiteral:
		return numberKey(e.s.text(n.start, n.end)), true
	}
	return "", false
}

// names are the constant names of a property, which may be computed; unknown
// reports that it can have others.
func (e *evaluator) names(property int32) (names []string, unknown bool) {
	n := &e.nodes[property]
	if n.flags&flagComputed == 0 {
		name, ok := e.keyName(n.a)
		return []string{name}, !ok
	}
	known, unknown := e.p.stringsOf(e.eval(n.a))
	for _, k := range known {
		names = append(names, k.text)
	}
	return names, unknown
}

func (e *evaluator) object(i int32) set {
	p := e.p
	id := p.objectAt(place{e.s.index, i, tagLiteral}, false)
	o := p.number(id)
	last := e.nodes[i].a // what stands behind the last spread
	for c := last; c != 0; c = e.nodes[c].next {
		if e.nodes[c].kind == nSpread {
			last = e.nodes[c].next
		}
	}
	sure := false
	for c := e.nodes[i].a; c != 0; c = e.nodes[c].next {
		n := &e.nodes[c]
		sure = sure || c == last
		if n.kind == nSpread {
			from := e.eval(n.a)
			p.runAccessors(from)
			p.write(p.objects[o].parents, from)
			continue
		}
		s := e.eval(n.b)
		if n.op == propInit && n.flags&flagComputed == 0 && e.nodes[n.a].kind != nLiteral {
			if name, _ := e.keyName(n.a); name == "__proto__" {
				p.write(p.objects[o].parents, s)
			}
		}
		if e.nodes[n.b].kind == nFunction && e.nodes[n.b].flags&flagArrow == 0 {
			e.bindThis(s, set{id})
		}
		switch n.op {
		case propGet:
			s = p.getter(s)
		case propSet:
			e.setter(c, o, s)
			continue
		}
		names, unknown := e.names(c)
		for _, name := range names {
			if sure && len(names) == 1 && !unknown {
				p.setOwn(o, name, s)
			} else {
				p.setField(o, name, s)
			}
		}
		if unknown {
			p.setAny(o, s)
			e.leakSymbol(c, s)
		}
	}
	return set{id}
}

// setter notes that members of an object are written by calling a function.
func (e *evaluator) setter(property, o int32, s set) {
	p := e.p
	p.leak(s)
	p.objects[o].setters, p.setters = true, true
	names, _ := e.names(property)
	for _, name := range names {
		p.write(p.fieldVar(o, setterOf+name), s)
	}
}

// setterOf stands before the name of a member whose setter a field holds.
const setterOf = "set "

// runAccessors reads every member of the objects in s, as copying them does.
func (p *program) runAccessors(s set) {
	for _, id := range s {
		v := p.values[id]
		if v.kind != vObject {
			continue
		}
		var own [8]int32
		chain, _ := p.chain(v.a, own[:0])
		for _, o := range chain {
			p.read(p.objects[o].all) // hear of new members
			p.getters(p.read(p.objects[o].star), v)
			for i := range p.objects[o].fields {
				p.getters(p.read(p.objects[o].fields[i].v), v)
			}
		}
	}
}

// leakSymbol notes that a member under one of the language's own symbols escapes.
func (e *evaluator) leakSymbol(property int32, s set) {
	if e.nodes[property].flags&flagComputed != 0 && e.p.symbolKey(e.eval(e.nodes[property].a)) {
		e.p.leak(s)
	}
}

// bindThis gives the functions in s their usual this.
func (e *evaluator) bindThis(s, this set) {
	for _, id := range s {
		if v := e.p.values[id]; v.kind == vFunction {
			e.p.write(e.p.insts[e.p.activation(v)].this, this)
		}
	}
}

func (e *evaluator) function(i int32) set {
	p := e.p
	n := &e.nodes[i]
	v := value{kind: vFunction, file: e.s.index, a: e.nodes[n.b].b}
	id := p.id(v)
	act := p.activation(v)
	if !p.insts[act].created {
		p.insts[act].created = true
		p.waiting = append(p.waiting, id)
	}
	if n.flags&flagArrow != 0 {
		p.write(p.insts[act].this, p.read(e.thisVar()))
	}
	if n.a != 0 && e.nodes[n.a].b != 0 {
		p.write(e.s.vars+e.nodes[n.a].b-1, set{id})
	}
	return set{id}
}

func (e *evaluator) class(i int32) set {
	p := e.p
	n := e.nodes[i]
	v := value{kind: vClass, file: e.s.index, a: i}
	id := p.id(v)
	if n.a != 0 && e.nodes[n.a].b != 0 {
		p.write(e.s.vars+e.nodes[n.a].b-1, set{id})
	}
	statics, proto, instance := p.number(p.staticsOf(v)), p.number(p.protoOf(v)), p.number(p.instanceOf(v))
	if n.b != 0 {
		for _, b := range e.eval(n.b) {
			switch w := p.values[b]; w.kind {
			case vClass, vFunction:
				p.write(p.objects[statics].parents, set{p.staticsOf(w)})
				p.write(p.objects[proto].parents, set{p.protoOf(w)})
				p.write(p.objects[instance].parents, set{p.instanceOf(w)})
				p.write(p.superVar(i, e.s.index), set{b})
			default:
				if !p.inert(w) && !e.harmlessBase(n.b) && !(w.kind == vExternal && strings.TrimPrefix(w.text, "node:") == "events") {
					p.write(p.objects[instance].parents, unknownSet)
				}
			}
		}
	}
	own := *e
	saved := e.this
	decorators := int32(0)
	for c := n.c; c != 0; c = e.nodes[c].next {
		m := &e.nodes[c]
		object, this := instance, set{p.instanceOf(v)}
		if m.flags&flagStatic != 0 {
			object, this = statics, set{id}
		}
		own.this = p.thisVarOf(this[0])
		if m.a == 0 {
			if m.flags&flagStatic != 0 {
				own.block(m.b)
			} else {
				decorators = m.b
			}
			continue
		}
		s := own.eval(m.b)
		if m.op != propInit {
			if m.flags&flagStatic != 0 || m.op == propSet {
				e.bindThis(s, this) // of the others, calls say what it is
			}
			for _, f := range s {
				p.home[f] = place{e.s.index, i, 0}
			}
			if object == instance {
				object = proto
			}
		}
		switch m.op {
		case propConstructor:
			for _, f := range s {
				p.constructors[id] = f
			}
			continue
		case propGet:
			s = p.getter(s)
		case propSet:
			own.setter(c, object, s)
			continue
		}
		names, unknown := own.names(c)
		if m.c != 0 {
			var keys set
			for _, name := range names {
				keys = union(keys, p.str(name))
			}
			target := set{p.protoOf(v)}
			if m.flags&flagStatic != 0 {
				target = set{id}
			}
			s = e.decorateMember(m.c, target, keys, s)
		}
		for _, name := range names {
			if m.op != propInit {
				p.setOwn(object, name, s)
			} else {
				p.setField(object, name, s)
			}
		}
		if unknown {
			p.setAny(object, s)
			own.leakSymbol(c, s)
		}
	}
	p.write(p.fieldVar(proto, "constructor"), set{id})
	e.this = saved
	if decorators == 0 {
		return set{id}
	}
	out := e.decorateClass(decorators, id)
	if n.a != 0 && e.nodes[n.a].b != 0 {
		p.write(e.s.vars+e.nodes[n.a].b-1, out)
	}
	return out
}

// harmlessBase reports whether a class that is extended calls no method of those
// that extend it: an error of the language, or Node's EventEmitter.
func (e *evaluator) harmlessBase(i int32) bool {
	n := &e.nodes[i]
	switch n.kind {
	case nIdent:
		name := e.name(n.a)
		return n.b == 0 && strings.HasSuffix(name, "Error") || name == "EventEmitter"
	case nDot:
		return e.name(n.b) == "EventEmitter"
	}
	return false
}

// superVar is the variable that holds the classes a class extends.
func (p *program) superVar(class, file int32) int32 {
	at := place{file, class, 0}
	v, ok := p.supers[at]
	if !ok {
		v = p.newVar()
		p.supers[at] = v
	}
	return v
}

// thisVarOf is a variable that holds id, to serve as this.
func (p *program) thisVarOf(id valueID) int32 {
	v, ok := p.thisVars[id]
	if !ok {
		v = p.newVar()
		p.thisVars[id] = v
		p.vars[v].set = set{id}
	}
	return v
}
