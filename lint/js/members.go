package js

import (
	"slices"
	"strings"
)

// maxSegments is how many segments an interface's name may have.
const maxSegments = 5

// member is what a member of the values in s can be.
func (p *program) member(s set, name string) set {
	var out set
	strings := 0
	for _, id := range s {
		if p.values[id].weight() == weightString {
			if strings++; strings > 16 {
				out = union(out, unknownSet)
				continue
			}
		}
		if name == "openapi" && len(s) > 1 && p.values[id].kind == vOpenapi {
			out = union(out, unknownSet) // the one of them that is the SDK is meant
			continue
		}
		out = union(out, p.memberOf(id, name))
	}
	return out
}

func (p *program) memberOf(id valueID, name string) set {
	v := p.values[id]
	switch name {
	case "then", "catch", "finally":
		if v.kind != vUnknown && v.kind != vExternal && v.kind != vPath && v.kind != vOpenapi && v.kind != vDynamic {
			return union(p.one(value{kind: vMethod, a: int32(id), text: name}), p.ownMember(v, id, name))
		}
	}
	return p.ownMember(v, id, name)
}

func (p *program) ownMember(v value, id valueID, name string) set {
	switch v.kind {
	case vSDK:
		switch name {
		case "openapi":
			return openapiSet
		case "default", "__proto__":
			return sdkSet
		case "init", "Cloud", "createNewInstance", "call", "bind", "apply":
			return p.one(value{kind: vBuiltin, text: "sdk." + name})
		}
		if len(p.read(p.objects[p.number(p.onSDK)].all)) > 0 {
			return union(unknownSet, p.readField(p.values[p.onSDK], name))
		}
		return unknownSet
	case vOpenapi:
		return p.join(v, value{kind: vString, text: name})
	case vPath:
		if p.isInterface(v.text) {
			switch name {
			case "call", "apply", "bind":
				return p.one(value{kind: vMethod, a: int32(id), text: name})
			case "then", "catch", "finally", "toString", "name", "length", "hasOwnProperty", "constructor", "prototype":
				return unknownSet
			}
			if strings.HasPrefix(name, "mock") {
				return unknownSet // a test's stand-in for the call
			}
		}
		return p.join(v, value{kind: vString, text: name})
	case vDynamic:
		return set{id}
	case vObject:
		return p.readField(v, name)
	case vFunction, vClass:
		switch name {
		case "call", "apply", "bind":
			if own := p.readField(p.valueOf(p.staticsOf(v)), name); len(own) > 0 {
				return own // a static method of that name
			}
			return p.one(value{kind: vMethod, a: int32(id), text: name})
		case "prototype":
			return set{p.protoOf(v)}
		}
		return p.readField(p.valueOf(p.staticsOf(v)), name)
	case vBound, vMethod:
		if v.kind == vMethod && p.values[v.a].kind == vMethod {
			return nil
		}
		if name == "call" || name == "apply" || name == "bind" {
			return p.one(value{kind: vMethod, a: int32(id), text: name})
		}
		return nil
	case vBuiltin:
		if len(v.text) > 60 {
			return unknownSet
		}
		if v.text == "require" && (name == "call" || name == "apply" || name == "bind") {
			return p.one(value{kind: vMethod, a: int32(id), text: name})
		}
		if _, module := nodeBuiltin(v.text); module && name == "default" {
			return set{id}
		}
		if v.text == "path" && name == "sep" {
			return p.str("/")
		}
		return p.one(value{kind: vBuiltin, text: v.text + "." + name})
	case vString, vPrefix:
		return p.one(value{kind: vMethod, a: int32(id), text: name})
	case vUnknown, vExternal:
		if u, ok := p.unknown[name]; ok {
			return union(unknownSet, p.read(u))
		}
		p.unknown[name] = p.newVar()
		p.read(p.unknown[name])
		return unknownSet
	}
	return nil
}

// isInterface reports whether a name is long enough to be an interface, so that
// call, apply and bind behind it mean the function's own.
func (p *program) isInterface(name string) bool {
	n := strings.Count(name, ".")
	if strings.HasPrefix(name, "officialAccount.") || strings.HasPrefix(name, "wxa.") {
		return n >= 2
	}
	return n >= 1
}

// join is the member key of an openapi value.
func (p *program) join(base, key value) set {
	if key.text == "" {
		return nil
	}
	text := key.text
	if base.kind == vPath {
		text = base.text + "." + key.text
	}
	if strings.Count(text, ".") >= maxSegments {
		return unknownSet
	}
	return p.one(value{kind: vPath, text: text})
}

func (p *program) readField(v value, name string) set {
	if p.objects[v.a].list && listMethod(name) {
		return p.one(value{kind: vMethod, a: int32(p.id(v)), text: name})
	}
	var out set
	var own [8]int32
	chain, others := p.chain(v.a, own[:0])
	chain = p.visible(chain, name)
	for _, o := range chain {
		out = union(out, p.read(p.fieldVar(o, name)))
		obj := &p.objects[o]
		out = union(out, p.read(obj.star))
		if obj.module > 0 && name == "default" && !p.files[obj.module-1].module {
			out = union(out, p.read(p.files[obj.module-1].exports))
		}
	}
	for _, id := range others {
		out = union(out, p.memberOf(id, name))
	}
	return p.getters(out, v)
}

// visible leaves out of a chain the objects whose member of that name is hidden
// by one that stands before them.
func (p *program) visible(chain []int32, name string) []int32 {
	var hidden []int32
	for _, o := range chain[:len(chain)-1] {
		if p.owns(o, name) && !slices.Contains(hidden, o) {
			var own [8]int32
			behind, _ := p.chain(o, own[:0])
			hidden = append(hidden, behind[1:]...)
		}
	}
	if len(hidden) == 0 {
		return chain
	}
	return slices.DeleteFunc(chain, func(o int32) bool { return slices.Contains(hidden, o) })
}

// readAll is what any member of an object can be.
func (p *program) readAll(v value) set {
	var out set
	var own [8]int32
	chain, others := p.chain(v.a, own[:0])
	if len(others) > 0 {
		out = unknownSet
	}
	for _, o := range chain {
		out = union(out, p.read(p.objects[o].all))
		if p.vars[p.objects[o].all].wide {
			p.leak(set{p.id(value{kind: vObject, a: o})})
		}
	}
	return p.getters(out, v)
}

// maxChain bounds how many objects a member is looked for in.
const maxChain = 40

// chain is an object and those whose members it also has; others are values among
// them that are no plain objects.
func (p *program) chain(o int32, chain []int32) (objects []int32, others set) {
	chain = append(chain, o)
	for i := 0; i < len(chain); i++ {
		if len(chain) >= maxChain {
			p.leak(p.read(p.objects[chain[i]].parents))
			return chain, union(others, unknownSet)
		}
		for _, id := range p.read(p.objects[chain[i]].parents) {
			v := p.values[id]
			switch v.kind {
			case vFunction, vClass:
				v = p.valueOf(p.staticsOf(v))
			case vObject:
			default:
				if !slices.Contains(others, id) {
					others = union(others, set{id})
				}
				continue
			}
			if !slices.Contains(chain, v.a) {
				chain = append(chain, v.a)
			}
		}
	}
	return chain, others
}

// getter is the accessor that the function in s serves.
func (p *program) getter(s set) set {
	var out set // stays empty in a broken file
	for _, id := range s {
		if p.values[id].kind == vFunction {
			out = union(out, p.one(value{kind: vGetter, a: int32(id)}))
		}
	}
	return out
}

// getters replaces the accessors of an object by what they return.
func (p *program) getters(s set, of value) set {
	if !slices.ContainsFunc(s, func(id valueID) bool { return p.values[id].kind == vGetter }) {
		return s
	}
	var out set
	for _, id := range s {
		if v := p.values[id]; v.kind == vGetter {
			i := p.activation(p.values[v.a])
			if !p.recording {
				p.write(p.insts[i].this, set{p.id(of)})
			}
			if !p.insts[i].called {
				p.insts[i].called = true
				p.wake(i)
			}
			p.called(i)
			out = union(out, p.read(p.insts[i].ret))
		} else {
			out = union(out, set{id})
		}
	}
	return out
}

// index is what base[key] can be; node is the expression.
func (e *evaluator) index(base, keys set, node int32) set {
	p := e.p
	known, unknown := p.stringsOf(keys)
	var out set
	if unknown && p.symbolKey(keys) {
		for _, id := range base {
			if v := p.values[id]; v.kind == vObject && p.objects[v.a].list {
				out = union(out, p.one(value{kind: vMethod, a: int32(id), text: "values"}))
			}
		}
	}
	// Generic code reads anything from anything; that is not followed key by key.
	few, any := known, unknown
	if len(known)*len(base) > 256 {
		few, any = nil, true
	}
	for _, id := range base {
		v := p.values[id]
		switch v.kind {
		case vOpenapi, vPath:
			p.compute()
			out = union(out, p.one(value{kind: vDynamic, file: e.s.index, a: node}))
		case vDynamic:
			out = union(out, set{id})
		case vObject:
			for _, k := range few {
				out = union(out, p.readField(v, k.text))
			}
			if any {
				out = union(out, p.readAll(v))
			}
		case vUnknown, vExternal:
			out = union(out, unknownSet)
			for _, k := range few {
				out = union(out, p.memberOf(id, k.text))
			}
		default:
			for _, k := range few {
				out = union(out, p.memberOf(id, k.text))
			}
			if any {
				out = union(out, unknownSet)
			}
			if any && v.kind == vSDK {
				out = union(out, p.readAll(p.values[p.onSDK]))
			}
		}
	}
	return out
}

// store writes values into a member of the values in base.
func (p *program) store(base set, name string, s set) {
	if len(base) == 0 && p.askLate() {
		p.leak(s)
	}
	for _, id := range base {
		switch v := p.values[id]; v.kind {
		case vObject:
			if p.objects[v.a].module == -1 && name == "exports" { // module.exports
				continue
			}
			p.setField(v.a, name, s)
			if p.setters && p.hasSetters(v.a) {
				p.leak(s)
				p.callSetters(id, name, s)
			}
		case vFunction, vClass:
			if name == "prototype" {
				p.write(p.parents(p.protoOf(v)), s)
				continue
			}
			p.setField(p.number(p.staticsOf(v)), name, s)
		case vUnknown, vExternal:
			p.storeUnknown(name, s, false)
		case vSDK:
			if name != "openapi" {
				p.setField(p.number(p.onSDK), name, s)
			} else {
				p.leak(s)
			}
		default:
			p.leak(s)
		}
	}
}

// callSetters calls the setters a member has.
func (p *program) callSetters(object valueID, name string, s set) {
	for _, fn := range p.member(set{object}, setterOf+name) {
		if v := p.values[fn]; v.kind == vFunction {
			i := p.activation(v)
			p.write(p.insts[i].this, set{object})
			if len(p.insts[i].args) > 0 {
				p.write(p.insts[i].args[0], s)
			}
			if !p.insts[i].called {
				p.insts[i].called = true
				p.wake(i)
			}
		}
	}
}

// hasSetters reports whether an object or what it inherits from has accessors that
// are written to.
func (p *program) hasSetters(o int32) bool {
	var own [8]int32
	chain, _ := p.chain(o, own[:0])
	return slices.ContainsFunc(chain, func(o int32) bool { return p.objects[o].setters })
}

// storeUnknown remembers what is written on objects nobody knows, under the name
// alone: a router's context, an application object, global variables. The last
// keep objects too: what has one name there is one thing.
func (p *program) storeUnknown(name string, s set, global bool) {
	p.leak(s)
	var kept set
	for _, id := range s {
		switch p.values[id].kind {
		case vSDK, vOpenapi, vPath, vFunction, vBound:
			kept = append(kept, id)
		case vObject, vClass:
			if global {
				kept = append(kept, id)
			}
		}
	}
	if len(kept) == 0 {
		return
	}
	if _, ok := p.unknown[name]; !ok {
		p.unknown[name] = p.newVar()
	}
	p.write(p.unknown[name], kept)
}

// The objects that belong to a function or class.
const (
	tagLiteral int32 = iota
	tagExports
	tagStatics
	tagProto
	tagInstance
	tagModule
	tagResult
	tagArguments
	tagPair
	tagMeta
	tagSDK
	tagYielded
	tagState
)

func (p *program) placeOf(v value, tag int32) place {
	node := v.a
	if v.kind == vFunction {
		node = p.files[v.file].funcs[v.a].node
	}
	return place{v.file, node, tag}
}

func (p *program) staticsOf(v value) valueID { return p.objectAt(p.placeOf(v, tagStatics), false) }
func (p *program) protoOf(v value) valueID   { return p.objectAt(p.placeOf(v, tagProto), false) }

func (p *program) instanceOf(v value) valueID {
	i := p.objectAt(p.placeOf(v, tagInstance), false)
	p.write(p.parents(i), set{p.protoOf(v)})
	return i
}
