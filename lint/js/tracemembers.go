package js

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// reference is the value of a.b or a[b], and of a.
func (r *runner) reference(i int32) (v, base data) {
	n := r.nodes[i]
	base = r.eval(n.a)
	if n.kind == nIndex {
		keys := r.eval(n.b)
		v = r.index(base, keys, i)
		if len(keys) == 1 && keys[0].text == "openapi" {
			v = r.guess(n.a, base, v)
		}
		return v, base
	}
	if r.nodes[n.a].kind == nSuper {
		return r.superMember(r.propertyName(n), base, i), base
	}
	v = r.member(base, r.propertyName(n), i)
	if n.b == aOpenapi {
		v = r.guess(n.a, base, v)
	}
	return v, base
}

// guess takes .openapi of something unknown that is named like the SDK for the SDK's.
func (r *runner) guess(object int32, base, v data) data {
	e := evaluator{p: r.p, s: r.s, nodes: r.nodes}
	if v.has(isAPI) || len(base.without(func(d datum) bool { return d.kind == isUnknown || d.nothing() })) > 0 || !e.cloudName(object) {
		return v
	}
	return v.plus(data{{kind: isAPI}})
}

// superMember is super.name: what the class above has.
func (r *runner) superMember(name string, this data, node int32) data {
	f := r.self.fn
	if f == nil || f.code.home == nil {
		return unknownData
	}
	if f.code.home.proto == nil {
		return unknownData
	}
	return r.get(f.code.home.proto, name, this, node)
}

// member is what a member of the values in base can be; node is the place to
// name if nobody knows.
func (r *runner) member(base data, name string, node int32) data {
	var out data
	for _, d := range base {
		out = out.plus(handedOver(r.memberOf(d, name, node), d.site))
	}
	return out
}

// handedOver marks constants taken out of an object as handed over by the call
// that the object was.
func handedOver(v data, at *site) data {
	if at == nil {
		return v
	}
	var out data
	for _, d := range v {
		if d.constant() && (d.site == nil || !d.site.active && !(d.site.pinned && d.site.seq > at.seq)) {
			d.site = at
		}
		out = append(out, d)
	}
	return out
}

func native(name string, recv datum) data {
	return thingData(&thing{native: name, recv: data{recv}})
}

func (r *runner) memberOf(d datum, name string, node int32) data {
	if d.kind != isUnknown && d.kind != isDynamic && d.kind != isThing && (name == "then" || name == "catch" || name == "finally") {
		return native("object."+name, d) // of a promise of it
	}
	switch d.kind {
	case isUnknown:
		if c := r.loose[name]; c != nil && c.v != nil {
			return c.v.plus(unknownData)
		}
		return unknownData
	case isString, isPrefix:
		return r.textMember(d, name)
	case isNumber, isBool:
		return native("string."+name, d)
	case isThing:
		return r.get(d.ref, name, data{d}, node)
	case isKit:
		switch name {
		case "openapi":
			return data{{kind: isAPI, file: r.s.index, node: node}}
		case "default", "__proto__":
			return data{d}
		case "init", "Cloud", "createNewInstance":
			return native("sdk."+name, d)
		}
		return unknownData
	case isAPI:
		return r.interfaceMember(d, datum{kind: isString, text: name}, node, false)
	case isDynamic:
		return data{d}
	}
	return nil
}

// interfaceMember is a member of openapi or of what it holds.
func (r *runner) interfaceMember(d, key datum, node int32, computed bool) data {
	name := key.text
	if r.p.isInterface(d.text) {
		switch name {
		case "call", "apply", "bind":
			return native("function."+name, d)
		case "toString", "name", "length", "hasOwnProperty", "constructor", "prototype":
			return unknownData
		}
		if strings.HasPrefix(name, "mock") {
			return unknownData
		}
	}
	if name == "" {
		return nil
	}
	if d.text != "" {
		name = d.text + "." + name
	}
	if strings.Count(name, ".") >= maxSegments {
		return unknownData
	}
	return data{{kind: isAPI, text: name, file: r.s.index, node: node, computed: d.computed || computed, site: outer(d.site, r.deciding(key.site, node))}}
}

func (r *runner) textMember(d datum, name string) data {
	if d.kind == isString {
		if name == "length" {
			return data{{kind: isNumber, num: float64(utf8.RuneCountInString(d.text)), site: d.site}}
		}
		if k, err := strconv.Atoi(name); err == nil {
			if at := []rune(d.text); k >= 0 && k < len(at) {
				return data{{kind: isString, text: string(at[k]), site: d.site}}
			}
			return undefinedData
		}
	}
	return native("string."+name, d)
}

// maxProtos is how long a chain of prototypes may be.
const maxProtos = 40

// get is a member of an object, its prototypes included.
func (r *runner) get(o *thing, name string, this data, node int32) data {
	if o.proxy != nil {
		return r.proxyGet(o, name, this, node)
	}
	if name == "prototype" && o.code != nil {
		return thingData(r.prototype(o))
	}
	var out data
	at := o
	for depth := 0; at != nil && depth < maxProtos; depth++ {
		if at.native != "" {
			return out.plus(r.nativeMember(at, name))
		}
		if at.list != nil {
			if v, ok := r.listMember(at, name, this); ok {
				return out.plus(v)
			}
		}
		if c := at.own(name); c != nil && c.v != nil {
			out = out.plus(r.accessed(c.v.without(func(d datum) bool { return d.kind == isAbsent }), this))
			if !c.v.has(isAbsent) {
				return out
			}
		}
		if at.star != nil {
			out = out.plus(at.star.v)
		}
		at = at.proto
	}
	if o.code != nil || o.bound != nil {
		if v, ok := r.functionMember(o, name); ok {
			return out.plus(v)
		}
	}
	if len(out) > 0 {
		return out
	}
	if o.regexp != nil {
		if name == "exec" || name == "test" {
			return thingData(&thing{native: "object." + name, recv: this})
		}
		return unknownData
	}
	switch name {
	case "default":
		if o.module {
			return thingData(o)
		}
	case "then", "catch", "finally", "hasOwnProperty":
		return thingData(&thing{native: "object." + name, recv: this})
	case "__proto__":
		if o.proto != nil {
			return thingData(o.proto)
		}
	case "toString", "constructor", "valueOf":
		return unknownData
	}
	return undefinedData
}

// accessed replaces accessors by what they return.
func (r *runner) accessed(v, this data) data {
	if !v.has(isGetter) {
		return v
	}
	var out data
	for _, d := range v {
		if d.kind == isGetter {
			out = out.plus(r.call(thingData(d.ref), this, &items{}, 0))
		} else {
			out = out.plus(data{d})
		}
	}
	return out
}

func (r *runner) proxyGet(o *thing, name string, this data, node int32) data {
	target := o.hold.v
	trap := r.get(o.proxy, "get", thingData(o.proxy), node).without(datum.nothing)
	if len(trap) == 0 {
		return r.member(target, name, node)
	}
	return r.call(trap, thingData(o.proxy), &items{at: []data{target, textData(name), this}}, 0)
}

// listMember is a member of an array, Set or Map.
func (r *runner) listMember(o *thing, name string, this data) (data, bool) {
	l := o.list.l
	if name == "length" || name == "size" {
		if len(l.rest) > 0 {
			return unknownData, true
		}
		return data{{kind: isNumber, num: float64(len(l.at)), site: this[0].site}}, true
	}
	if k, err := strconv.Atoi(name); err == nil {
		return l.get(k), true
	}
	if c := o.own(name); (c == nil || c.v == nil) && listMethod(name) || tracedListMethod(name) {
		return thingData(&thing{native: "list." + name, recv: this}), true
	}
	return nil, false
}

func tracedListMethod(name string) bool {
	switch name {
	case "findIndex", "findLastIndex", "lastIndexOf", "fill", "add", "has", "delete", "next", "toString", "with", "toSorted", "toReversed", "@@iterator", "@@asyncIterator", "clear":
		return true
	}
	return false
}

// functionMember is a member that every function has.
func (r *runner) functionMember(o *thing, name string) (data, bool) {
	switch name {
	case "call", "apply", "bind":
		return thingData(&thing{native: "function." + name, recv: thingData(o)}), true
	case "name":
		if o.code != nil {
			if id := r.p.files[o.code.s.index].parser.nodes[o.code.node].a; id != 0 {
				return textData(o.code.s.atoms.text(o.code.s.parser.nodes[id].a)), true
			}
		}
		return unknownData, true
	}
	return nil, false
}

// prototype is the prototype object of a function.
func (r *runner) prototype(o *thing) *thing {
	c := o.at("prototype")
	if things := thingsOf(c.v); len(things) > 0 {
		return things[0]
	}
	proto := &thing{}
	proto.put("constructor", &cell{v: thingData(o)})
	c.v = thingData(proto)
	return proto
}

// index is what base[key] can be.
func (r *runner) index(base, keys data, node int32) data {
	literal := false
	if n := &r.nodes[node]; n.kind == nIndex {
		literal = r.nodes[n.b].kind == nLiteral
	} else if n.kind == nString {
		literal = true
	}
	var out data
	interfaces := 0
	for _, d := range base {
		if d.kind == isAPI && d.computed {
			interfaces++
		}
	}
	for _, d := range base {
		for _, k := range keys {
			name, known := k.asText()
			switch {
			case d.kind == isAPI && (!known || k.nothing() || interfaces > 1 && len(keys) > 1):
				// Which of several categories goes with which of several names nobody knows.
				if !k.nothing() || len(keys) == 1 && r.nothing == 0 { // what sets it was not seen
					out = out.plus(data{{kind: isDynamic, file: r.s.index, node: node}})
				}
			case d.kind == isAPI:
				k.text = name
				out = out.plus(r.interfaceMember(d, k, node, !literal))
			case known:
				out = out.plus(handedOver(r.memberOf(d, name, node), outer(d.site, choice(k, d))))
			case d.kind == isThing:
				out = out.plus(handedOver(r.any(d.ref, data{d}), d.site))
			case d.kind == isDynamic:
				out = out.plus(data{d})
			default:
				out = out.plus(unknownData)
			}
		}
	}
	return out
}

// choice is the call that chose what is taken out of a table by handing over its key.
func choice(key, base datum) *site {
	if key.kind == isString && base.kind == isThing {
		return key.site
	}
	return nil
}

// any is what any member of an object can be.
func (r *runner) any(o *thing, this data) data {
	if o.proxy != nil || o.native != "" {
		return unknownData
	}
	var out data
	for at, depth := o, 0; at != nil && depth < maxProtos; at, depth = at.proto, depth+1 {
		if at.native != "" {
			return out.plus(unknownData)
		}
		if at.star != nil {
			out = out.plus(at.star.v)
		}
		if at.list != nil {
			out = out.plus(at.list.l.all())
		}
		for _, p := range at.props {
			if p.name != "constructor" && p.name != "prototype" && !strings.HasPrefix(p.name, "set ") {
				out = out.plus(r.accessed(p.c.v.without(datum.nothing), this))
			}
		}
	}
	return out.plus(undefinedData)
}

// store writes a member of the values in base.
func (r *runner) store(base data, name string, v data) {
	for _, d := range base {
		switch d.kind {
		case isThing:
			r.storeIn(d.ref, data{d}, name, v, len(base) > 1)
		case isUnknown:
			r.storeLoose(name, v)
		}
	}
}

// storeLoose remembers what is written on objects nobody knows, under the name alone.
func (r *runner) storeLoose(name string, v data) {
	v = v.without(func(d datum) bool {
		return !(d.kind == isKit || d.kind == isAPI || d.kind == isThing && (d.ref.code != nil || d.ref.bound != nil))
	})
	if len(v) == 0 {
		return
	}
	c := r.loose[name]
	if c == nil {
		c = &cell{}
		r.loose[name] = c
	}
	r.set(c, c.v.plus(v))
}

func (r *runner) storeIn(o *thing, this data, name string, v data, weak bool) {
	if o.proxy != nil {
		r.store(o.hold.v, name, v)
		return
	}
	if name == "__proto__" {
		if things := thingsOf(v); len(things) > 0 {
			o.proto = things[0]
		}
		return
	}
	for at, depth := o, 0; at != nil && depth < maxProtos; at, depth = at.proto, depth+1 {
		if c := at.own("set " + name); c != nil && c.v != nil {
			r.call(c.v, this, &items{at: []data{v}}, 0)
			return
		}
		if c := at.own(name); c != nil && c.v.has(isGetter) && at != o {
			return
		}
	}
	if o.list != nil {
		if k, err := strconv.Atoi(name); err == nil {
			r.storeElement(o, k, v)
			return
		}
		if name == "length" {
			r.setList(o.list, &items{rest: o.list.l.all()})
			if len(v) == 1 && v[0].kind == isNumber && v[0].num == 0 {
				r.setList(o.list, &items{})
			}
			return
		}
	}
	c := o.at(name)
	v = r.pinned(v)
	if weak && c.v != nil {
		v = v.plus(c.v)
	}
	if c.v.has(isGetter) && !v.has(isGetter) && !v.has(isAbsent) {
		return
	}
	r.set(c, v)
}

func (r *runner) storeElement(o *thing, k int, v data) {
	l := o.list.l
	switch {
	case k >= 0 && k < len(l.at):
		at := append([]data(nil), l.at...)
		at[k] = v
		r.setList(o.list, &items{at, l.rest})
	case k == len(l.at) && len(l.rest) == 0:
		r.setList(o.list, extended(l, []data{v}, nil))
	default:
		r.setAnywhere(o, v)
	}
}

// setAnywhere writes an element nobody knows the place of.
func (r *runner) setAnywhere(o *thing, v data) {
	l := o.list.l
	at := make([]data, len(l.at))
	r.steps -= len(at) * len(v)
	for i := range at {
		at[i] = l.at[i].plus(v)
	}
	r.setList(o.list, &items{at, l.rest.plus(v)})
}

// pinned marks constants as stored now: whatever call hands the object over
// before did not hand them over.
func (r *runner) pinned(v data) data {
	var out data
	for _, d := range v {
		if d.constant() && d.site == nil {
			r.seq++
			d.site = &site{pinned: true, seq: r.seq}
		}
		out = append(out, d)
	}
	return out
}

// storeAt writes base[key].
func (r *runner) storeAt(base, keys, v data) {
	for _, k := range keys {
		name, known := k.asText()
		for _, d := range base {
			switch {
			case known && d.kind == isThing:
				r.storeIn(d.ref, data{d}, name, v, len(keys)*len(base) > 1)
			case known:
				r.store(data{d}, name, v)
			case d.kind != isThing || d.ref.proxy != nil:
			case d.ref.list != nil:
				r.setAnywhere(d.ref, v)
			default:
				r.setStar(d.ref, v)
			}
		}
	}
}

// setStar writes a member nobody knows the name of: it may be any of those there are.
func (r *runner) setStar(o *thing, v data) {
	if v.has(isUnknown) || len(o.props) < 40 {
		for _, p := range o.props {
			if p.c.v != nil {
				r.set(p.c, p.c.v.plus(v))
			}
		}
	}
	if o.star == nil {
		o.star = &cell{}
	}
	r.set(o.star, o.star.v.plus(v))
}
