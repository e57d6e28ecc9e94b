package js

import "strings"

func dotsToParts(s string) string {
	return strings.NewReplacer("[", ".", "]", "", "'", "", `"`, "", ".", "\x00").Replace(s)
}

// listMethod reports whether arrays have a method of that name that the analysis knows.
func listMethod(name string) bool {
	switch name {
	case "forEach", "map", "filter", "find", "findLast", "some", "every", "flatMap", "reduce", "reduceRight",
		"push", "unshift", "pop", "shift", "at", "slice", "concat", "reverse", "sort", "flat", "splice", "join", "values",
		"get", "set", "entries", "keys", "includes", "indexOf", "findIndex", "findLastIndex", "lastIndexOf", "fill", "add", "has", "delete", "clear",
		"toSorted", "toReversed", "toSpliced", "next":
		return true
	}
	return false
}

// arg is the values of the j-th argument.
func arg(args []argument, j int) set {
	if j < len(args) && !args[j].spread {
		return args[j].set
	}
	return nil
}

func argNode(args []argument, j int, otherwise int32) int32 {
	if j < len(args) && args[j].node != 0 {
		return args[j].node
	}
	return otherwise
}

// callMethod calls a method of the language on a known value.
func (e *evaluator) callMethod(m value, args []argument, node int32) set {
	p := e.p
	id := valueID(m.a)
	recv := p.values[id]
	self := set{id}
	switch m.text {
	case "call":
		if recv.kind == vMethod && recv.text == "call" {
			break
		}
		return e.callValues(self, arg(args, 0), args[min(1, len(args)):], node)
	case "apply":
		var rest []argument
		if len(args) > 1 {
			rest = []argument{{set: args[1].set, node: args[1].node, spread: true}}
		}
		return e.callValues(self, arg(args, 0), rest, node)
	case "bind":
		if recv.kind == vPath && len(args) < 2 || recv.kind == vBound || recv.kind == vMethod {
			return self
		}
		return e.bindCall(id, args, node)
	case "then", "catch", "finally":
		var out set
		for j := range args {
			given := self
			if m.text != "then" || j > 0 {
				given = union(unknownSet, p.read(p.thrown))
			}
			out = union(out, e.callValues(arg(args, j), nil, []argument{{set: given}}, argNode(args, j, node)))
		}
		if m.text != "then" {
			out = union(out, self)
		}
		return out
	}
	switch recv.kind {
	case vString, vPrefix:
		return e.stringMethod(recv, m.text, args)
	case vObject:
		return e.listCall(self, p.readAll(recv), recv, m.text, args, node)
	}
	e.escape(args, "")
	return unknownSet
}

func (e *evaluator) bindCall(id valueID, args []argument, node int32) set {
	p := e.p
	at := place{e.s.index, node, int32(id) + 100}
	n, ok := p.places[at]
	if !ok {
		n = int32(len(p.bounds))
		p.bounds = append(p.bounds, bound{fn: id, this: p.newVar()})
		p.places[at] = n
	}
	b := &p.bounds[n]
	p.write(b.this, arg(args, 0))
	for j := 1; j < len(args); j++ {
		if len(b.args) < j {
			b.args = append(b.args, p.newVar())
		}
		p.write(b.args[j-1], args[j].set)
	}
	return p.one(value{kind: vBound, a: n})
}

func (e *evaluator) stringMethod(s value, name string, args []argument) set {
	p := e.p
	if s.kind == vPrefix {
		e.escape(args, "")
		return unknownSet
	}
	switch name {
	case "split":
		if by := arg(args, 0); len(by) == 1 && p.values[by[0]].kind == vString && p.values[by[0]].text != "" {
			id := p.objectAt(place{-2, int32(p.id(s)), int32(by[0])}, true)
			for j, part := range strings.Split(s.text, p.values[by[0]].text) {
				p.setField(p.number(id), itoa(j), p.str(part))
			}
			return set{id}
		}
	case "concat":
		out := p.one(s)
		for j := range args {
			out = e.concat(out, arg(args, j))
		}
		return out
	case "toString", "valueOf", "normalize":
		return p.one(s)
	case "trim", "trimStart", "trimEnd":
		return p.one(value{kind: vString, text: strings.TrimSpace(s.text)})
	case "toLowerCase":
		return p.one(value{kind: vString, text: strings.ToLower(s.text)})
	case "toUpperCase":
		return p.one(value{kind: vString, text: strings.ToUpper(s.text)})
	case "replace", "replaceAll":
		from, _ := p.stringsOf(arg(args, 0))
		to, more := p.stringsOf(arg(args, 1))
		if len(from) == 1 && len(to) == 1 && !more {
			n := 1
			if name == "replaceAll" {
				n = -1
			}
			return p.one(value{kind: vString, text: strings.Replace(s.text, from[0].text, to[0].text, n)})
		}
	}
	e.escape(args, "")
	return unknownSet
}

// listCall calls a method of an array, or of a Map.
func (e *evaluator) listCall(self, all set, recv value, name string, args []argument, node int32) set {
	p := e.p
	object := recv.kind == vObject
	result := func(s set) set {
		id := p.objectAt(place{e.s.index, node, tagResult}, true)
		p.setAny(p.number(id), s)
		return set{id}
	}
	callback := func(given ...argument) set {
		return e.callValues(arg(args, 0), arg(args, 1), given, argNode(args, 0, node))
	}
	switch name {
	case "forEach":
		callback(argument{set: all}, argument{set: unknownSet}, argument{set: self})
		return nil
	case "map":
		return result(callback(argument{set: all}, argument{set: unknownSet}, argument{set: self}))
	case "flatMap":
		return result(e.elements(callback(argument{set: all}, argument{set: unknownSet})))
	case "filter":
		callback(argument{set: all}, argument{set: unknownSet})
		return result(all)
	case "find", "findLast", "some", "every", "findIndex", "findLastIndex":
		callback(argument{set: all}, argument{set: unknownSet})
		return all
	case "fill", "add":
		if object {
			p.setAny(recv.a, arg(args, 0))
		}
		return self
	case "reduce", "reduceRight":
		acc := arg(args, 1)
		out := union(acc, e.callValues(arg(args, 0), nil, []argument{{set: union(acc, all)}, {set: all}}, argNode(args, 0, node)))
		return union(out, e.callValues(arg(args, 0), nil, []argument{{set: out}, {set: all}}, argNode(args, 0, node)))
	case "next":
		id := p.objectAt(place{e.s.index, node, tagResult}, false)
		if object && p.objects[recv.a].pairs {
			all = e.pair(recv)
		}
		p.setField(p.number(id), "value", all)
		return set{id}
	case "push", "unshift", "splice":
		if object && name != "push" {
			p.setAny(recv.a, all)
		}
		for j := range args {
			s := args[j].set
			if args[j].spread {
				s = e.elements(s)
			}
			if object {
				p.setAny(recv.a, s)
			}
		}
		if name == "splice" {
			return result(all)
		}
		return all
	case "pop", "shift", "at", "values":
		if name == "values" && object {
			return result(all)
		}
		if name == "shift" && object {
			p.setAny(recv.a, all)
		}
		return all
	case "slice", "reverse", "sort", "flat", "toSorted", "toReversed", "toSpliced":
		e.leakArguments(args)
		if name == "flat" {
			return result(union(all, e.elements(all)))
		}
		if name == "slice" && object {
			return result(all)
		}
		if object {
			p.setAny(recv.a, all) // in another order
		}
		return self
	case "concat":
		out := all
		for j := range args {
			out = union(out, union(args[j].set, e.elements(args[j].set)))
		}
		return result(out)
	case "join":
		return e.join(recv, args)
	case "set":
		if object {
			known, unknown := p.stringsOf(arg(args, 0))
			for _, k := range known {
				p.setField(recv.a, k.text, arg(args, 1))
			}
			if unknown {
				p.setAny(recv.a, arg(args, 1))
				p.leak(arg(args, 0))
			}
		}
		return self
	case "get":
		return e.index(self, arg(args, 0), node)
	case "entries":
		if object {
			return result(e.pair(recv))
		}
	case "keys":
		p.leak(all)
	case "includes", "indexOf", "lastIndexOf", "has", "delete", "clear":
		return unknownSet
	}
	e.leakArguments(args)
	return unknownSet
}

// join is list.join(separator) where the elements are known.
func (e *evaluator) join(recv value, args []argument) set {
	p := e.p
	separator := ","
	if len(args) > 0 {
		known, unknown := p.stringsOf(arg(args, 0))
		if unknown || len(known) != 1 {
			return unknownSet
		}
		separator = known[0].text
	}
	if recv.kind != vObject || len(p.read(p.objects[recv.a].star)) > 0 || len(p.objects[recv.a].fields) > 16 {
		return unknownSet
	}
	var out set
	for j := range len(p.objects[recv.a].fields) {
		s := p.readField(recv, itoa(j))
		if j == 0 {
			out = s
			continue
		}
		out = e.concat(e.concat(out, p.str(separator)), s)
	}
	return out
}

// callBuiltin calls a function of the environment or of the SDK.
func (e *evaluator) callBuiltin(name string, args []argument, node int32) set {
	p := e.p
	switch name {
	case "require":
		return e.require(node, e.argumentAt(args, 0))
	case "require.resolve":
		return arg(args, 0)
	case "sdk.init":
		p.result.Initialised = true
		return unknownSet
	case "sdk.createNewInstance":
		p.result.Initialised = true // the new one is, by its arguments
		return sdkSet
	case "Object.freeze", "Object.seal", "Promise.resolve", "Promise.all", "Promise.any", "Promise.race", "Object.create", "Array.from", "Object.preventExtensions":
		if name == "Object.create" {
			id := p.objectAt(place{e.s.index, node, tagResult}, false)
			p.write(p.parents(id), arg(args, 0))
			e.defineProperties(set{id}, arg(args, 1))
			return set{id}
		}
		if name == "Promise.any" || name == "Promise.race" {
			return e.elements(arg(args, 0))
		}
		if name == "Array.from" && len(args) > 1 {
			id := p.objectAt(place{e.s.index, node, tagResult}, true)
			p.setAny(p.number(id), e.callValues(arg(args, 1), nil, []argument{{set: e.elements(arg(args, 0))}}, argNode(args, 1, node)))
			return set{id}
		}
		return arg(args, 0)
	case "Object.assign":
		target := arg(args, 0)
		for _, id := range target {
			switch v := p.values[id]; v.kind {
			case vObject:
				p.objects[v.a].mixed = true
				for j := 1; j < len(args); j++ {
					p.runAccessors(args[j].set)
					p.write(p.objects[v.a].parents, args[j].set)
					if id == e.moduleObject() {
						p.write(e.s.exports, p.member(args[j].set, "exports"))
					}
				}
			case vFunction, vClass:
				p.objects[p.number(p.staticsOf(v))].mixed = true
				for j := 1; j < len(args); j++ {
					p.write(p.parents(p.staticsOf(v)), args[j].set)
				}
			default:
				e.leakArguments(args[1:])
			}
		}
		return target
	case "Object.values", "Object.keys", "Object.entries":
		return e.objectList(name, arg(args, 0), node)
	case "Object.getOwnPropertyNames", "Reflect.ownKeys":
		return e.objectList("Object.keys", arg(args, 0), node)
	case "Object.getOwnPropertyDescriptor":
		id := p.objectAt(place{e.s.index, node, tagResult}, false)
		p.setField(p.number(id), "value", e.index(arg(args, 0), arg(args, 1), node))
		return set{id}
	case "Object.getPrototypeOf", "Reflect.getPrototypeOf":
		return e.prototypes(arg(args, 0))
	case "Object.fromEntries":
		id := p.objectAt(place{e.s.index, node, tagResult}, false)
		e.storeEntries(p.number(id), arg(args, 0))
		return set{id}
	case "Object.defineProperty", "Reflect.defineProperty":
		if len(args) > 2 && args[1].node != 0 && args[2].node != 0 {
			from, accessor, ok := e.copied(args[1].node, args[2].node)
			if ok && e.copyMembers(args[0].set, args[1].set, e.eval(from), accessor) {
				return args[0].set
			}
		}
		e.defineProperty(arg(args, 0), arg(args, 1), arg(args, 2))
		return arg(args, 0)
	case "Object.defineProperties":
		e.defineProperties(arg(args, 0), arg(args, 1))
		return arg(args, 0)
	case "Object.setPrototypeOf", "Reflect.setPrototypeOf":
		e.inherit(arg(args, 0), arg(args, 1))
		return arg(args, 0)
	case "Reflect.construct":
		if len(args) > 1 {
			return e.constructValues(args[0].set, []argument{{set: args[1].set, node: args[1].node, spread: true}}, node)
		}
	case "Reflect.apply":
		if len(args) > 2 {
			return e.callValues(args[0].set, args[1].set, []argument{{set: args[2].set, node: args[2].node, spread: true}}, node)
		}
	case "Reflect.get":
		if len(args) > 1 {
			return e.index(args[0].set, args[1].set, node)
		}
	case "Array.of", "Array":
		id := p.objectAt(place{e.s.index, node, tagResult}, true)
		for j := range args {
			p.setAny(p.number(id), args[j].set)
		}
		return set{id}
	case "String":
		return arg(args, 0)
	case "JSON.stringify":
		e.elements(arg(args, 0)) // runs its accessors
		e.leakArguments(args[min(1, len(args)):])
		return unknownSet
	case "console", "Boolean", "Number", "Symbol", "Array.isArray", "Object.hasOwn", "Object.prototype.hasOwnProperty.call", "Object.prototype.toString.call",
		"Object.is", "Object.isFrozen":
		return unknownSet
	case "Function":
		e.runsCode(args)
	}
	if strings.HasSuffix(name, ".readdirSync") {
		id := p.objectAt(place{e.s.index, node, tagResult}, true)
		p.setAny(p.number(id), unknownSet)
		return set{id}
	}
	if s, ok := e.pathCall(name, args); ok {
		return s
	}
	if name == "module.createRequire" {
		return p.one(value{kind: vBuiltin, text: "require"})
	}
	if strings.HasPrefix(name, "util.promisify") || name == "util.callbackify" {
		return arg(args, 0)
	}
	if name == "util.inherits" {
		for _, id := range arg(args, 0) {
			if v := p.values[id]; v.kind == vFunction || v.kind == vClass {
				for _, base := range arg(args, 1) {
					if b := p.values[base]; b.kind == vFunction || b.kind == vClass {
						p.write(p.parents(p.protoOf(v)), set{p.protoOf(b)})
					}
				}
			}
		}
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	if strings.HasPrefix(name, "console.") {
		e.refer(args, last)
		return unknownSet
	}
	e.escape(args, last)
	return unknownSet
}

func (e *evaluator) constructBuiltin(name string, args []argument, node int32) set {
	p := e.p
	switch name {
	case "sdk.Cloud":
		return sdkSet
	case "Map", "WeakMap", "Set", "Array":
		id := p.objectAt(place{e.s.index, node, tagResult}, true)
		o := p.number(id)
		if name == "Set" || name == "Array" {
			for j := range args {
				p.setAny(o, e.elements(args[j].set))
			}
		} else {
			p.objects[o].pairs = true
			e.storeEntries(o, arg(args, 0))
		}
		return set{id}
	case "Promise":
		e.callValues(arg(args, 0), nil, []argument{{set: unknownSet}, {set: unknownSet}}, node)
		return unknownSet
	case "Function":
		e.runsCode(args)
	}
	e.escape(args, "")
	return unknownSet
}

// prototypes is what the objects in s inherit from.
func (e *evaluator) prototypes(s set) set {
	p := e.p
	out := set(nil)
	for _, id := range s {
		if v := p.values[id]; v.kind == vObject {
			out = union(out, p.read(p.objects[v.a].parents))
		} else {
			p.leak(set{id})
			out = union(out, unknownSet)
		}
	}
	return out
}

// objectList is Object.values, keys or entries.
func (e *evaluator) objectList(name string, s set, node int32) set {
	p := e.p
	id := p.objectAt(place{e.s.index, node, tagResult}, true)
	o := p.number(id)
	if name != "Object.values" {
		for _, k := range e.keysOf(s) {
			if name == "Object.keys" {
				p.setAny(o, set{k})
				continue
			}
			key := set{k}
			pair := p.objectAt(place{e.s.index, node, int32(k) + 1000}, true)
			p.setField(p.number(pair), "0", key)
			p.setField(p.number(pair), "1", e.index(s, key, node))
			p.setAny(o, set{pair})
		}
		return set{id}
	}
	p.setAny(o, e.elements(s))
	return set{id}
}

// storeEntries writes [key, value] pairs as members of an object.
func (e *evaluator) storeEntries(o int32, pairs set) {
	p := e.p
	for _, pair := range e.elements(pairs) {
		key, val := e.index(set{pair}, p.str("0"), 0), e.index(set{pair}, p.str("1"), 0)
		known, unknown := p.stringsOf(key)
		for _, k := range known {
			p.setField(o, k.text, val)
		}
		if unknown {
			p.setAny(o, val)
		}
	}
}

// defineProperties defines what the members of the objects in descriptors describe.
func (e *evaluator) defineProperties(target, descriptors set) {
	for _, id := range e.keysOf(descriptors) {
		key := set{id}
		e.defineProperty(target, key, e.index(descriptors, key, 0))
	}
}

// inherit makes the objects in protos prototypes of those in s.
func (e *evaluator) inherit(s, protos set) {
	p := e.p
	for _, id := range s {
		switch v := p.values[id]; v.kind {
		case vObject:
			p.write(p.parents(id), protos)
		case vFunction, vClass:
			p.write(p.parents(p.staticsOf(v)), protos)
		default:
			p.leak(protos)
		}
	}
}

func (e *evaluator) defineProperty(target, name, descriptor set) {
	p := e.p
	given := p.member(descriptor, "value")
	get := p.member(descriptor, "get")
	e.bindThis(get, target)
	given = union(given, p.getter(get))
	known, unknown := p.stringsOf(name)
	for _, k := range known {
		p.store(target, k.text, given)
	}
	if unknown {
		p.leak(given)
	}
	p.leak(p.member(descriptor, "set"))
}
