package js

import "strings"

// There are two kinds of decorators, and a function's parameters tell which one it
// is for. Those of TypeScript's own get what a member stands in, its name and its
// descriptor, those of the language the value and a context.

// ofTypeScript reports whether a function decorates members in TypeScript's way.
func (s *source) ofTypeScript(function int32) bool {
	nodes := s.parser.nodes
	var names []string
	for c := nodes[nodes[function].b].a; c != 0; c = nodes[c].next {
		if nodes[c].kind == nIdent {
			names = append(names, strings.ToLower(s.atoms.text(nodes[c].a)))
		} else {
			names = append(names, "")
		}
	}
	switch len(names) {
	case 1:
		return !strings.HasPrefix(names[0], "v") && !strings.HasPrefix(names[0], "m") && !strings.HasPrefix(names[0], "f") && !strings.HasPrefix(names[0], "o")
	case 2:
		return !strings.HasPrefix(names[1], "c") && names[1] != "" && names[1] != "_"
	}
	return true
}

// decorateClass applies the decorators in a block to a class.
func (e *evaluator) decorateClass(block int32, class valueID) set {
	out := set{class}
	for d := e.nodes[block].a; d != 0; d = e.nodes[d].next {
		node := e.nodes[d].a
		args := []argument{{set: out}, {set: e.context(d, nil, "class")}}
		out = union(out, e.classes(e.callValues(e.eval(node), nil, args, node)))
	}
	return out
}

// classes are the classes and functions in s.
func (e *evaluator) classes(s set) set {
	var out set
	for _, id := range s {
		if k := e.p.values[id].kind; k == vClass || k == vFunction {
			out = append(out, id)
		}
	}
	return out
}

// context is what a decorator of the language is told of what it decorates.
func (e *evaluator) context(d int32, names set, kind string) set {
	p := e.p
	id := p.objectAt(place{e.s.index, d, tagResult}, false)
	p.setField(p.number(id), "name", names)
	p.setField(p.number(id), "kind", p.str(kind))
	return set{id}
}

// decorateMember applies the decorators in a block to a member of target that has
// the value s, and returns what it may become.
func (e *evaluator) decorateMember(block int32, target, names, s set) set {
	p := e.p
	for d := e.nodes[block].a; d != 0; d = e.nodes[d].next {
		node := e.nodes[d].a
		descriptor := p.objectAt(place{e.s.index, d, tagLiteral}, false)
		p.setField(p.number(descriptor), "value", s)
		for _, fn := range e.eval(node) {
			args := []argument{{set: target}, {set: names}, {set: set{descriptor}}}
			if v := p.values[fn]; v.kind == vFunction && !p.files[v.file].ofTypeScript(p.files[v.file].funcs[v.a].node) {
				args = []argument{{set: s}, {set: e.context(d, names, "method")}}
			}
			given := e.callValues(set{fn}, nil, args, node)
			s = union(s, e.classes(given))
			s = union(s, e.classes(p.member(given, "value")))
		}
		s = union(s, e.classes(p.member(set{descriptor}, "value")))
	}
	return s
}

// decorateClass applies the decorators in a block to a class.
func (r *runner) decorateClass(block int32, class data) data {
	for _, node := range r.decorators(block) {
		given := r.call(r.eval(node), undefinedData, &items{at: []data{class, thingData(&thing{})}}, node)
		if made := given.without(func(d datum) bool { return d.kind != isThing || d.ref.code == nil }); len(made) > 0 {
			class = made
		}
	}
	return class
}

// decorators are the expressions of decorators, in the order they are applied.
func (r *runner) decorators(block int32) (out []int32) {
	for d := r.nodes[block].a; d != 0; d = r.nodes[d].next {
		out = append([]int32{r.nodes[d].a}, out...)
	}
	return out
}

// decorateMember applies the decorators in a block to a member of target that has
// the value v, and returns what it becomes.
func (r *runner) decorateMember(block int32, target *thing, name, v data) data {
	for _, node := range r.decorators(block) {
		descriptor := &thing{}
		value := descriptor.at("value")
		r.set(value, v)
		fn := r.eval(node)
		args := []data{thingData(target), name, thingData(descriptor)}
		if things := thingsOf(fn); len(things) == 1 && things[0].code != nil && !things[0].code.s.ofTypeScript(things[0].code.node) {
			context := &thing{}
			r.set(context.at("name"), name)
			r.set(context.at("kind"), textData("method"))
			args = []data{v, thingData(context)}
		}
		given := r.call(fn, undefinedData, &items{at: args}, node)
		v = value.v
		for _, o := range thingsOf(given) {
			if c := o.own("value"); o.code == nil && c != nil {
				v = c.v
			} else if o.code != nil {
				v = thingData(o)
			}
		}
	}
	return v
}
