package js

import (
	"strconv"
	"strings"
)

// keys are the names for … in gives: in order, and others of no known place.
func (r *runner) keys(v data) (at []data, rest data) {
	for i, d := range v {
		if d.kind != isThing || d.ref.proxy != nil || d.ref.native != "" {
			if d.kind == isKit {
				rest = rest.plus(textData("openapi"))
			}
			if !d.nothing() {
				rest = rest.plus(unknownData)
			}
			continue
		}
		var names []data
		if l := d.ref.list; l != nil && l.l != nil {
			for k := range l.l.at {
				names = append(names, textData(strconv.Itoa(k)))
			}
			if len(l.l.rest) > 0 {
				rest = rest.plus(unknownData)
			}
		} else {
			for _, p := range d.ref.props {
				if p.c.v == nil || len(p.c.v.without(func(d datum) bool { return d.kind == isAbsent })) == 0 || strings.HasPrefix(p.name, "set ") || strings.HasPrefix(p.name, "@@") || strings.HasPrefix(p.name, "#") ||
					p.name == "prototype" && d.ref.code != nil {
					continue
				}
				names = append(names, data{{kind: isString, text: p.name, site: d.site}})
			}
		}
		if d.ref.star != nil && d.ref.star.v != nil {
			rest = rest.plus(unknownData)
		}
		if i == 0 && len(v) == 1 {
			return names, rest
		}
		for _, n := range names {
			rest = rest.plus(n)
		}
	}
	return at, rest
}

// elements are what for … of gives.
func (r *runner) elements(v data) (at []data, rest data) {
	for _, d := range v {
		a, b := r.elementsOf(d)
		if len(v) == 1 {
			return a, b
		}
		rest = rest.plus((&items{a, b}).all())
	}
	return nil, rest
}

func (r *runner) elementsOf(d datum) (at []data, rest data) {
	switch {
	case d.nothing():
		return nil, nil
	case d.kind == isString:
		for _, c := range d.text {
			at = append(at, data{{kind: isString, text: string(c), site: d.site}})
		}
		return at, nil
	case d.kind != isThing:
		return nil, unknownData
	case d.ref.list != nil && d.ref.list.l != nil:
		l := d.ref.list.l
		for _, v := range l.at {
			at = append(at, handedOver(v, d.site))
		}
		return at, handedOver(l.rest, d.site)
	case d.ref.hold != nil && d.ref.proxy == nil: // a Map
		at, rest = r.entries(d.ref.hold.v)
		return at, rest
	}
	for _, name := range []string{"@@iterator", "@@asyncIterator"} {
		f := r.get(d.ref, name, data{d}, 0).without(datum.nothing)
		if len(f) > 0 && !f.has(isUnknown) {
			made := r.call(f, data{d}, &items{}, 0)
			if len(made) == 1 && made[0].kind == isThing && made[0].ref.list != nil {
				return r.elementsOf(made[0])
			}
			next := r.member(made, "next", 0)
			step := r.call(next, made, &items{}, 0)
			return nil, r.member(step, "value", 0).plus(unknownData)
		}
	}
	return nil, unknownData
}

// entries are the [name, value] pairs of an object.
func (r *runner) entries(v data) (at []data, rest data) {
	names, others := r.keys(v)
	pair := func(k data) data {
		return thingData(newList([]data{k, r.index(v, k, 0)}, nil))
	}
	for _, k := range names {
		at = append(at, pair(k))
	}
	for _, k := range others {
		rest = rest.plus(pair(data{k}))
	}
	return at, rest
}

// copyOf is {...v} without some names.
func (r *runner) copyOf(v data, without []string) data {
	var out data
	for _, d := range v {
		if d.kind != isThing || d.ref.code != nil || d.ref.native != "" || d.ref.proxy != nil {
			out = out.plus(data{d})
			continue
		}
		o := &thing{}
		r.spread(o, data{d})
		for _, name := range without {
			if c := o.own(name); c != nil {
				c.v = data{{kind: isAbsent}}
			}
		}
		out = out.plus(data{{kind: isThing, ref: o, site: d.site}})
	}
	return out
}

// spread copies the members of the values in v into o.
func (r *runner) spread(o *thing, v data) {
	for _, d := range v {
		switch {
		case d.kind == isThing && d.ref.list != nil:
			for k, e := range d.ref.list.l.at {
				r.set(o.at(strconv.Itoa(k)), e)
			}
		case d.kind == isThing && d.ref.proxy == nil && d.ref.native == "":
			for _, p := range d.ref.props {
				if p.c.v == nil || strings.HasPrefix(p.name, "set ") {
					continue
				}
				got := handedOver(r.accessed(p.c.v, data{d}), d.site)
				c := o.at(p.name)
				if len(v) > 1 || got.has(isAbsent) {
					got = got.plus(c.v)
				}
				r.set(c, got)
			}
			if d.ref.star != nil {
				r.setStar(o, d.ref.star.v)
			}
		case d.kind == isAPI || d.kind == isKit || d.kind == isDynamic:
			// Its members are looked for behind the object's own.
			last := o
			for depth := 0; last.proto != nil && depth < maxProtos; depth++ {
				last = last.proto
			}
			last.proto = &thing{native: "value", recv: data{d}}
		case d.kind == isUnknown:
			r.setStar(o, unknownData)
		}
	}
}

func (r *runner) object(n Node) data {
	o := &thing{}
	for c := n.a; c != 0; c = r.nodes[c].next {
		p := r.nodes[c]
		if p.kind == nSpread {
			r.spread(o, r.eval(p.a))
			continue
		}
		names := r.names(p)
		v := r.memberValue(p, o)
		if p.op == propInit && p.flags&flagComputed == 0 && names[0].text == "__proto__" {
			r.storeIn(o, thingData(o), "__proto__", v, false)
			continue
		}
		r.define(o, names, p.op, v)
	}
	return thingData(o)
}

// names are the names of a property, which may be computed.
func (r *runner) names(p Node) data {
	if p.flags&flagComputed != 0 {
		return r.eval(p.a)
	}
	name, ok := r.keyName(p.a)
	if !ok {
		return unknownData
	}
	return textData(name)
}

// memberValue evaluates the value of a property; methods remember their home.
func (r *runner) memberValue(p Node, home *thing) data {
	if f := r.nodes[p.b]; f.kind == nFunction && f.flags&flagMethod != 0 {
		fn := r.closure(p.b)
		fn.code.home = home
		return thingData(fn)
	}
	return r.eval(p.b)
}

// define writes a member that a literal or a class has.
func (r *runner) define(o *thing, names data, op uint8, v data) {
	for _, k := range names {
		name, known := k.asText()
		if !known {
			if op != propGet && op != propSet {
				r.setStar(o, v)
			}
			continue
		}
		switch op {
		case propGet:
			var getter data
			for _, f := range thingsOf(v) {
				getter = getter.plus(data{{kind: isGetter, ref: f}})
			}
			v = getter
		case propSet:
			name = "set " + name
		}
		c := o.at(name)
		if len(names) > 1 {
			r.set(c, v.plus(c.v).plus(data{{kind: isAbsent}}))
		} else {
			r.set(c, v)
		}
	}
}
