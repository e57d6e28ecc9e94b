package js

import (
	"slices"
	"strings"
)

// A value escapes when it goes where the analysis does not follow it: to a
// library, to the platform, onto a global. Whoever has it may call it, call what
// it holds, and call what those calls return.

// leak notes that values escape.
func (p *program) leak(s set) {
	if p.recording {
		return
	}
	for _, id := range s {
		switch p.values[id].kind {
		case vFunction, vClass, vObject, vBound, vGetter, vMethod:
			if int(id) >= len(p.escapes) {
				p.escapes = append(p.escapes, make([]bool, int(id)+1-len(p.escapes))...)
			}
			if !p.escapes[id] {
				p.escapes[id] = true
				p.leaks = append(p.leaks, id)
			}
		}
	}
}

// leakArguments notes that the values of arguments escape.
func (e *evaluator) leakArguments(args []argument) {
	for i := range args {
		e.p.leak(args[i].set)
	}
}

// flood calls, with values nobody can see, every function that the escaped values
// lead to. It reports whether one of them was not known to escape before.
func (p *program) flood() (found bool) {
	clear(p.flooded)
	f := flooder{p: p, seen: p.flooded[:0], todo: p.todo[:0]}
	for _, id := range p.leaks {
		f.add(id)
	}
	for _, i := range p.entries {
		s := p.files[i]
		f.add(s.object)
		f.addVar(s.exports)
	}
	for len(f.todo) > 0 {
		id := f.todo[len(f.todo)-1]
		f.todo = f.todo[:len(f.todo)-1]
		f.visit(id)
	}
	p.flooded, p.todo = f.seen, f.todo
	return f.found
}

// flooder walks over everything that escaped values hold.
type flooder struct {
	p     *program
	seen  []bool // per value
	todo  []valueID
	found bool
}

func (f *flooder) add(id valueID) {
	if int(id) >= len(f.seen) {
		f.seen = append(f.seen, make([]bool, int(id)+1-len(f.seen))...)
	}
	if !f.seen[id] {
		f.seen[id] = true
		f.todo = append(f.todo, id)
	}
}

func (f *flooder) addVar(v int32) {
	for _, id := range f.p.vars[v].set {
		f.add(id)
	}
}

func (f *flooder) visit(id valueID) {
	p := f.p
	v := p.values[id]
	switch v.kind {
	case vFunction:
		i := p.activation(v)
		if !p.insts[i].escaped {
			f.found = true
			p.callUnknownOnce(i)
		}
		f.addVar(p.insts[i].ret)
		f.parts(v, tagStatics, tagProto)
	case vClass:
		if c, ok := p.constructors[id]; ok {
			f.add(c)
		}
		f.parts(v, tagStatics, tagProto, tagInstance)
		if s, ok := p.supers[place{v.file, v.a, 0}]; ok {
			f.addVar(s)
		}
	case vObject:
		o := &p.objects[v.a]
		for i := range o.fields {
			if o.fields[i].name != "constructor" {
				f.addVar(o.fields[i].v)
			}
		}
		f.addVar(o.star)
		f.addVar(o.parents)
	case vBound:
		b := &p.bounds[v.a]
		if fn := p.values[b.fn]; fn.kind == vFunction {
			act := &p.insts[p.activation(fn)]
			p.write(act.this, p.vars[b.this].set)
			for j, given := range b.args {
				if j < len(act.args) {
					p.write(act.args[j], p.vars[given].set)
				} else {
					p.write(act.rest, p.vars[given].set)
				}
			}
		}
		f.add(b.fn)
	case vGetter, vMethod:
		f.add(valueID(v.a))
	}
}

// parts adds the objects that belong to a function or class, as far as anything
// made them.
func (f *flooder) parts(v value, tags ...int32) {
	for _, tag := range tags {
		if o, ok := f.p.places[f.p.placeOf(v, tag)]; ok {
			f.add(f.p.id(value{kind: vObject, a: o}))
		}
	}
}

// leakThis notes that objects escape as this of a function nobody knows, when
// they have that function from a class or object nobody knows, or it was put
// there under a name of its own. What comes with a library that is spread into an
// object does not look at this.
func (e *evaluator) leakThis(this set, callee int32) {
	p := e.p
	n := &e.nodes[callee]
	if n.kind == nCall || n.kind == nNew {
		n = &e.nodes[n.a]
	}
	for _, id := range this {
		v := p.values[id]
		if v.kind != vObject {
			continue
		}
		var own [8]int32
		chain, others := p.chain(v.a, own[:0])
		if slices.Contains(others, unknownID) {
			p.leak(set{id})
			continue
		}
		if n.kind != nDot {
			continue
		}
		name := e.name(n.b)
		for _, o := range chain {
			if slices.Contains(p.read(p.fieldVar(o, name)), unknownID) {
				p.leak(set{id})
			}
		}
	}
}

// derived reports whether objects inherit from something nobody knows.
func (p *program) derived(objects set) bool {
	for _, id := range objects {
		if v := p.values[id]; v.kind == vObject {
			var own [8]int32
			if _, others := p.chain(v.a, own[:0]); len(others) > 0 {
				return true
			}
		}
	}
	return false
}

// protocol reports whether the language or its library calls methods of that name
// unasked.
func protocol(name string) bool {
	switch name {
	case "toJSON", "toString", "valueOf", "then", "next", "return", "throw":
		return true
	}
	return false
}

// symbolKey reports whether a key can be one of the language's own symbols, whose
// methods are called unasked.
func (p *program) symbolKey(keys set) bool {
	return slices.ContainsFunc(keys, func(id valueID) bool {
		v := p.values[id]
		return v.kind == vBuiltin && strings.HasPrefix(v.text, "Symbol.")
	})
}

// runsCode notes that source text in args becomes code: it can name everything in
// the file, or what its text mentions where that is known.
func (e *evaluator) runsCode(args []argument) {
	p := e.p
	for _, a := range args {
		known, unknown := p.stringsOf(a.set)
		if unknown && (len(a.set) > 0 || p.askLate()) {
			e.s.opaque = true
		}
		for _, k := range known {
			for i := 1; i < len(e.s.symbols); i++ {
				if mentions(k.text, e.name(e.s.symbols[i].atom)) {
					p.leak(p.read(e.s.vars + int32(i)))
				}
			}
		}
	}
}

// mentions reports whether a word stands in a text.
func mentions(text, word string) bool {
	part := func(c byte) bool {
		return c == '_' || c == '$' || c >= 0x80 || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
	}
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 || word == "" {
			return false
		}
		from += i
		end := from + len(word)
		if (from == 0 || !part(text[from-1])) && (end == len(text) || !part(text[end])) {
			return true
		}
		from = end
	}
}
