package js

// valueID is the number of an abstract value; equal values have equal numbers.
type valueID int32

// valueKind is what is known of a value.
type valueKind uint8

const (
	vUnknown  valueKind = iota
	vSDK                // what wx-server-sdk exports
	vOpenapi            // cloud.openapi, also with options
	vPath               // a member of openapi; text "security.msgSecCheck"
	vDynamic            // a member of openapi with an unknown name; file, a: the expression
	vString             // text
	vPrefix             // a string of which only the beginning is known
	vFunction           // file, a: function number
	vClass              // file, a: node of the class
	vObject             // a: number of the object
	vBuiltin            // a: builtin
	vMethod             // text: a method of the language, on value a
	vBound              // a: number of the bound call
	vExternal           // a module that is not read; text its name
	vGetter             // an accessor; a: the function's value
)

// value is an abstract value.
type value struct {
	kind valueKind
	file int32
	a    int32
	text string
}

// set is a set of values, ascending and without repetition. Sets are shared and
// never changed.
type set []valueID

// maxStrings and maxObjects are how many strings, and how many objects and
// functions, one variable holds before they are given up; maxParents is how many
// an object inherits from: every spread of a file of helpers is one.
const (
	maxStrings = 100
	maxObjects = 24
	maxParents = 32
)

const (
	unknownID valueID = iota
	sdkID
	openapiID
	firstValueID
)

var (
	unknownSet = set{unknownID}
	sdkSet     = set{sdkID}
	openapiSet = set{openapiID}
)

// id is the number of v.
func (p *program) id(v value) valueID {
	if v.text == "" {
		key := plainValue{v.kind, v.file, v.a}
		id, ok := p.plain[key]
		if !ok {
			id = valueID(len(p.values))
			p.values = append(p.values, v)
			p.plain[key] = id
		}
		return id
	}
	if id, ok := p.ids[v]; ok {
		return id
	}
	id := valueID(len(p.values))
	p.values = append(p.values, v)
	p.ids[v] = id
	return id
}

// plainValue is a value without a text, which most are; it is faster to look up.
type plainValue struct {
	kind    valueKind
	file, a int32
}

func (p *program) one(v value) set { return set{p.id(v)} }

func (p *program) str(s string) set { return p.one(value{kind: vString, text: s}) }

// union is the set of the values in a or b.
func union(a, b set) set {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	case covers(a, b):
		return a
	case covers(b, a):
		return b
	}
	out := make(set, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case a[0] > b[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// covers reports whether every value of b is in a.
func covers(a, b set) bool {
	if len(b) > len(a) {
		return false
	}
	i := 0
	for _, v := range b {
		for i < len(a) && a[i] < v {
			i++
		}
		if i == len(a) || a[i] != v {
			return false
		}
	}
	return true
}

// variable is a place that holds values: a name, a member, a result. When too
// much comes together it keeps only what leads to open interfaces: wide says that
// objects and functions are no longer kept, vague that strings are not.
type variable struct {
	set         set
	readers     []int32 // activations to look at again when it grows
	wide, vague bool
	role        role
}

// role is what a variable is for.
type role uint8

const (
	roleName    role = iota // a name, a member, a result
	roleAll                 // everything written into an object; its members have it too
	roleParents             // what an object inherits from
)

func (p *program) newVar() int32 {
	p.vars = append(p.vars, variable{})
	return int32(len(p.vars) - 1)
}

// read is the content of a variable; the current activation hears of changes.
func (p *program) read(v int32) set {
	va := &p.vars[v]
	if p.cur == 0 || p.recording {
		return va.set
	}
	n := len(va.readers)
	for i := n - 1; i >= 0 && i >= n-6; i-- {
		if va.readers[i] == p.cur {
			return va.set
		}
	}
	if n >= 6 {
		pair := uint64(v)<<32 | uint64(p.cur)
		if p.reads[pair] {
			return va.set
		}
		p.reads[pair] = true
	}
	va.readers = append(va.readers, p.cur)
	return va.set
}

// write adds values to a variable.
func (p *program) write(v int32, s set) {
	if len(s) == 0 {
		return
	}
	va := &p.vars[v]
	if covers(va.set, s) {
		return
	}
	if va.wide || va.vague {
		p.leakDropped(va, s)
		if s = p.narrow(s, va.wide, va.vague); covers(va.set, s) {
			return
		}
	}
	grown := union(va.set, s)
	if len(grown) > va.room() {
		strings, objects := 0, 0
		for _, id := range grown {
			switch p.values[id].weight() {
			case weightString:
				strings++
			case weightObject:
				objects++
			}
		}
		if objects > va.room() || strings > maxStrings {
			va.wide, va.vague = va.wide || objects > va.room(), va.vague || strings > maxStrings
			p.leakDropped(va, grown)
			grown = p.narrow(grown, va.wide, va.vague)
		}
	}
	va.set = grown
	for _, r := range va.readers {
		p.wake(r)
	}
}

// The weights of values: what a set must keep, and what it may give up.
const (
	weightKept uint8 = iota
	weightString
	weightObject
)

func (v value) weight() uint8 {
	switch v.kind {
	case vString, vPrefix:
		return weightString
	case vFunction, vClass, vObject, vMethod, vBound, vGetter, vBuiltin, vExternal:
		return weightObject
	}
	return weightKept
}

// narrow replaces objects, or strings, by the unknown value.
func (p *program) narrow(s set, objects, strings bool) set {
	out := make(set, 0, len(s))
	dropped := false
	for _, id := range s {
		w := p.values[id].weight()
		if w == weightObject && objects || w == weightString && strings {
			dropped = true
			continue
		}
		out = append(out, id)
	}
	if dropped {
		return union(out, unknownSet)
	}
	return s
}

// room is how many objects and functions a variable holds.
func (va *variable) room() int {
	if va.role == roleParents {
		return maxParents
	}
	return maxObjects
}

// leakDropped lets escape the objects and functions that a variable gives up. Of
// an object's sum they are still in its members.
func (p *program) leakDropped(va *variable, s set) {
	if !va.wide || va.role == roleAll {
		return
	}
	for i, id := range s {
		if p.values[id].weight() == weightObject {
			p.leak(s[i : i+1])
		}
	}
}

// object is an abstract object: one per place that makes objects.
type object struct {
	fields  []field
	index   map[string]int32 // of fields, when there are many
	star    int32            // written under unknown names
	all     int32            // everything ever written
	parents int32            // objects whose members it also has: prototypes, spreads
	list    bool
	setters bool  // it has accessors that are written to
	pairs   bool  // a Map: to iterate over it gives [key, value]
	yields  bool  // what a generator gives
	module  int32 // 1 + file whose exports it is
	mixed   bool  // members of others were copied over its own
}

// field is a member. Own means that the object surely has it, so that nothing it
// inherits or was spread into it shows under that name.
type field struct {
	name string
	v    int32
	own  bool
}

// place identifies an object by what makes it.
type place struct {
	file, node, tag int32
}

func (p *program) objectAt(at place, list bool) valueID {
	if o, ok := p.places[at]; ok {
		return p.id(value{kind: vObject, a: o})
	}
	o := int32(len(p.objects))
	star, all, parents := p.newVar(), p.newVar(), p.newVar()
	p.vars[all].role, p.vars[parents].role = roleAll, roleParents
	p.objects = append(p.objects, object{star: star, all: all, parents: parents, list: list})
	p.places[at] = o
	return p.id(value{kind: vObject, a: o})
}

// valueOf, number and parents look a value up. They are functions because what
// they are given is often made on the way, and making it moves the tables.
func (p *program) valueOf(id valueID) value { return p.values[id] }
func (p *program) number(id valueID) int32  { return p.values[id].a }
func (p *program) parents(id valueID) int32 { return p.objects[p.values[id].a].parents }

// fieldVar is the variable of a member, which is made if need be.
func (p *program) fieldVar(o int32, name string) int32 {
	obj := &p.objects[o]
	if obj.index != nil {
		if v, ok := obj.index[name]; ok {
			return v
		}
	} else {
		for i := range obj.fields {
			if obj.fields[i].name == name {
				return obj.fields[i].v
			}
		}
	}
	v := p.newVar()
	obj.fields = append(obj.fields, field{name: name, v: v})
	if obj.index != nil {
		obj.index[name] = v
	} else if len(obj.fields) > 12 {
		obj.index = map[string]int32{}
		for _, f := range obj.fields {
			obj.index[f.name] = f.v
		}
	}
	return v
}

func (p *program) setField(o int32, name string, s set) {
	if protocol(name) {
		p.leak(s)
	}
	p.write(p.fieldVar(o, name), s)
	p.write(p.objects[o].all, s)
}

// setOwn is setField for a member that the object surely has from the start.
func (p *program) setOwn(o int32, name string, s set) {
	p.setField(o, name, s)
	for i := range p.objects[o].fields {
		if f := &p.objects[o].fields[i]; f.name == name {
			f.own = true
			return
		}
	}
}

// owns reports whether an object surely has a member of that name.
func (p *program) owns(o int32, name string) bool {
	if p.objects[o].mixed {
		return false
	}
	for i := range p.objects[o].fields {
		if f := &p.objects[o].fields[i]; f.name == name {
			return f.own
		}
	}
	return false
}

func (p *program) setAny(o int32, s set) {
	p.write(p.objects[o].star, s)
	p.write(p.objects[o].all, s)
}

// strings of a set, with what is not a string reported as unknown.
func (p *program) stringsOf(s set) (known []value, unknown bool) {
	for _, id := range s {
		switch v := p.values[id]; v.kind {
		case vString:
			known = append(known, v)
		default:
			unknown = true
		}
	}
	return known, unknown || len(s) == 0
}
