package js

import (
	"bytes"
	"slices"
	"strings"
)

// Compilers lower async functions and generators to ordinary ones that a helper
// drives: it calls the body again and again, with what it was given last. What the
// helpers do is known; following their code says less and takes longer.

// driver is what a helper does with its arguments.
type driver struct {
	kind driverKind
	body int // the argument that is called
	this int // the argument that is this of it, -1 for none
	args int // the argument that holds its arguments, -1 for none
}

type driverKind uint8

const (
	noDriver    driverKind = iota
	runsBody               // __awaiter(this, arguments, P, body): calls body to its end
	wrapsBody              // _asyncToGenerator(body): gives a function that does
	stepsStates            // __generator(this, body): calls body with a state until it is done
	stepsCases             // regenerator.wrap(body): the same with a state of another shape
)

// driverNamed is the helper of compilers that goes by a name. Their functions keep
// it unless they are minified, and have it also in a package of helpers.
func driverNamed(name string, count int) driver {
	switch {
	case name == "__awaiter" && count == 4:
		return driver{runsBody, 3, 0, -1}
	case name == "__async" && count == 3:
		return driver{runsBody, 2, 0, 1}
	case (name == "_async_to_generator" || strings.Contains(name, "asyncToGenerator")) && count == 1:
		return driver{kind: wrapsBody}
	case (name == "__generator" || name == "_ts_generator") && count == 2:
		return driver{stepsStates, 1, 0, -1}
	}
	return driver{}
}

// regenerator is what a method of the regenerator runtime does: mark or m gives the
// function back, wrap or w drives it.
func (s *source) regenerator(name string, first int32) driver {
	if first == 0 || s.parser.nodes[first].kind != nFunction {
		return driver{}
	}
	text := s.textOf(first)
	switch {
	case (name == "mark" || name == "m") && (bytes.Contains(text, []byte(".wrap(")) || bytes.Contains(text, []byte(".w("))):
		return driver{kind: wrapsBody}
	case (name == "wrap" || name == "w") && bytes.Contains(text, []byte("switch")) &&
		(bytes.Contains(text, []byte(".prev")) && bytes.Contains(text, []byte(".next")) || bytes.Contains(text, []byte(".a(2")) || bytes.Contains(text, []byte(".n)"))):
		return driver{kind: stepsCases}
	}
	return driver{}
}

// driver tells from its code whether a function is one of the helpers, as it has to
// be where minifiers took its name.
func (s *source) driver(node int32) driver {
	d, ok := s.drivers[node]
	if !ok {
		if s.drivers == nil {
			s.drivers = map[int32]driver{}
		}
		d = s.readDriver(node)
		s.drivers[node] = d
	}
	return d
}

// maxDriver is how large a helper's code may be, in bytes.
const maxDriver = 4000

func (s *source) readDriver(node int32) driver {
	nodes := s.parser.nodes
	f := &nodes[node]
	if f.end-f.start > maxDriver || nodes[f.b].a == 0 {
		return driver{}
	}
	parameter := func(i int32) int {
		n := &nodes[i]
		at := 0
		for c := nodes[f.b].a; c != 0 && n.kind == nIdent && n.b != 0; c = nodes[c].next {
			if nodes[c].kind == nIdent && nodes[c].b == n.b {
				return at
			}
			at++
		}
		return -1
	}
	d := driver{this: -1, args: -1}
	promise, next, throws, keys := false, false, false, 0
	for i := node; i < int32(len(nodes)); i++ {
		n := &nodes[i]
		if n.start < f.start || n.end > f.end {
			if n.start >= f.end {
				break
			}
			continue
		}
		switch n.kind {
		case nNew:
			c := &nodes[n.a]
			promise = promise || c.kind == nIdent && (c.b == 0 && s.atoms.text(c.a) == "Promise" || parameter(n.a) >= 0)
		case nString:
			next, throws = next || s.stringValue(i) == "next", throws || s.stringValue(i) == "throw"
		case nProperty:
			if name, ok := s.key(n.a); ok && (name == "label" || name == "sent" || name == "trys" || name == "ops") {
				keys++
			}
		case nDot:
			next, throws = next || s.atoms.text(n.b) == "next", throws || s.atoms.text(n.b) == "throw"
		case nCall:
			c := &nodes[n.a]
			if c.kind != nDot || n.b == 0 {
				continue
			}
			name, body := s.atoms.text(c.b), parameter(c.a)
			if name != "apply" && name != "call" || body < 0 {
				continue
			}
			second := nodes[n.b].next
			if nodes[second].kind == nLogical { // args || []
				second = nodes[second].a
			}
			d.body, d.this = body, parameter(n.b)
			if name == "apply" {
				d.args, d.kind = parameter(second), runsBody
			} else {
				d.kind = stepsStates
			}
		}
	}
	switch {
	case d.kind == stepsStates && keys >= 4 && d.this >= 0:
		return d
	case d.kind == runsBody && promise && next && throws && d.this >= 0:
		return d
	case d.kind == runsBody && promise && next && throws && d.body == 0 && nodes[nodes[f.b].a].next == 0:
		return driver{kind: wrapsBody}
	}
	return driver{}
}

// driven is the call of a helper that drives a lowered function, if it is one.
func (e *evaluator) driven(name string, fn set, args []argument, node int32) (set, bool) {
	p := e.p
	d := driverNamed(name, len(args))
	if d.kind == noDriver && len(fn) == 1 && len(args) > 0 && len(args) < 5 {
		if v := p.values[fn[0]]; v.kind == vFunction {
			d = p.files[v.file].driver(p.files[v.file].funcs[v.a].node)
		}
	}
	if len(args) > 0 && d.kind == noDriver && len(name) < 5 {
		d = e.s.regenerator(name, args[0].node)
	}
	switch d.kind {
	case stepsCases:
		var out set
		for _, id := range args[0].set {
			out = union(out, e.stepsCases(id, node))
		}
		return out, true
	case wrapsBody:
		return args[0].set, true // the same function, as far as calls go
	case runsBody:
		var given []argument
		if a := d.args; a >= 0 && a < len(args) {
			given = []argument{{set: args[a].set, node: args[a].node, spread: true}}
		}
		return e.callValues(arg(args, d.body), arg(args, d.this), given, node), true
	case stepsStates:
		var out set
		for _, id := range arg(args, d.body) {
			out = union(out, e.steps(id, arg(args, d.this), node))
		}
		return out, true
	}
	return nil, false
}

// steps calls the body of a lowered generator, which returns [what to do, value]
// and asks its state for what the last value became.
func (e *evaluator) steps(body valueID, this set, node int32) set {
	p := e.p
	v := p.values[body]
	if v.kind != vFunction {
		return e.callValues(set{body}, this, nil, node)
	}
	at := p.files[v.file].funcs[v.a].node
	state := p.objectAt(place{v.file, at, tagState}, false)
	values := p.objectAt(place{v.file, at, tagYielded}, true)
	p.objects[p.number(values)].yields = true
	o := p.number(state)
	p.setField(o, "sent", p.one(value{kind: vMethod, a: int32(values), text: "pop"}))
	p.setField(o, "label", unknownSet)
	p.setField(o, "trys", unknownSet)
	p.setField(o, "ops", unknownSet)
	given := e.index(e.callValues(set{body}, this, []argument{{set: set{state}}}, node), p.str("1"), node)
	p.setAny(p.number(values), given)
	return union(given, set{values})
}

// stepsCases calls the body of a function that regenerator lowered. It returns what
// it yields, and what it gives to abrupt is its result.
func (e *evaluator) stepsCases(body valueID, node int32) set {
	p := e.p
	v := p.values[body]
	if v.kind != vFunction {
		return e.callValues(set{body}, nil, nil, node)
	}
	at := p.files[v.file].funcs[v.a].node
	state := p.objectAt(place{v.file, at, tagState}, false)
	values := p.objectAt(place{v.file, at, tagYielded}, true)
	p.objects[p.number(values)].yields = true
	o := p.number(state)
	for _, name := range [...]string{"abrupt", "a", "delegateYield", "d"} {
		p.setField(o, name, p.one(value{kind: vMethod, a: int32(values), text: "push"}))
	}
	given := e.callValues(set{body}, p.read(e.thisVar()), []argument{{set: set{state}}}, node)
	p.setAny(p.number(values), given)
	given = union(given, p.readAll(p.values[values]))
	for _, name := range [...]string{"sent", "v", "t0", "t1", "next", "n", "prev", "p"} {
		p.setField(o, name, union(given, unknownSet))
	}
	return union(given, set{values})
}

// driven is the call of a helper that drives a lowered function, if it is one.
func (r *runner) driven(name string, fn data, args *items, node int32) (data, bool) {
	d := driverNamed(name, len(args.at))
	if d.kind == noDriver && len(fn) == 1 && fn[0].kind == isThing && fn[0].ref.code != nil && !fn[0].ref.code.class && len(args.at) > 0 && len(args.at) < 5 {
		d = fn[0].ref.code.s.driver(fn[0].ref.code.node)
	}
	if n := &r.nodes[node]; d.kind == noDriver && len(name) < 5 && n.kind == nCall {
		d = r.s.regenerator(name, n.b)
	}
	switch d.kind {
	case stepsCases:
		return r.stepCases(args.arg(0), r.self.this, node), true
	case wrapsBody:
		return args.arg(0), true
	case runsBody:
		given := &items{}
		if d.args >= 0 {
			at, rest := r.elements(args.arg(d.args).without(datum.nothing))
			given = &items{at, rest}
		}
		return r.call(args.arg(d.body), args.arg(d.this), given, node), true
	case stepsStates:
		return r.stepStates(args.arg(d.body), args.arg(d.this), node), true
	}
	return nil, false
}

// The first elements of what the body of a lowered generator returns.
const (
	opReturn = 2
	opBreak  = 3
	opYield  = 4
	opYields = 5 // of another generator
)

// stepStates runs the body of a lowered generator from label to label, as far as
// its answers lead, each at most twice.
func (r *runner) stepStates(body, this data, node int32) data {
	state, yielded := &thing{}, newList(nil, nil)
	label, sent, trys := state.at("label"), &cell{v: undefinedData}, newList(nil, nil)
	state.put("sent", &cell{v: thingData(&thing{native: "lowered.sent", hold: sent})})
	state.put("trys", &cell{v: thingData(trys)})
	state.put("ops", &cell{v: thingData(newList(nil, nil))})
	var out data
	visits := map[int]int{}
	todo := []int{0}
	lead := func(d data) {
		for _, x := range d {
			if x.kind == isNumber && visits[int(x.num)] < 2 && !slices.Contains(todo, int(x.num)) {
				todo = append(todo, int(x.num))
			}
		}
	}
	for len(todo) > 0 && r.steps > 0 {
		at := slices.Min(todo)
		sure := len(todo) == 1 && visits[at] == 0
		todo = slices.DeleteFunc(todo, func(l int) bool { return l == at })
		visits[at]++
		var answers data
		run := func() {
			r.set(label, data{{kind: isNumber, num: float64(at)}})
			answers = r.call(body, this, &items{at: []data{thingData(state)}}, node)
		}
		if sure {
			run()
		} else {
			r.maybe(run)
		}
		var kept data
		for _, a := range answers {
			if a.kind != isThing || a.ref.list == nil {
				continue
			}
			op, given := a.ref.list.l.get(0), a.ref.list.l.get(1)
			for _, o := range op {
				if o.kind != isNumber {
					continue
				}
				switch int(o.num) {
				case opReturn:
					out = out.plus(given)
				case opBreak:
					lead(given)
				case opYield, opYields:
					kept = kept.plus(given)
					r.setList(yielded.list, &items{rest: yielded.list.l.all().plus(given)})
					for _, l := range label.v {
						lead(data{{kind: isNumber, num: l.num + 1}})
					}
				}
			}
		}
		for _, region := range thingsOf(trys.list.l.all()) {
			if region.list != nil {
				lead(region.list.l.get(1))
				lead(region.list.l.get(2))
				lead(region.list.l.get(3))
			}
		}
		switch {
		case !sure:
			kept = kept.plus(sent.v)
		case kept == nil:
			kept = unknownData
		}
		r.set(sent, kept)
	}
	return out.plus(thingData(yielded))
}

// stepCases runs the body of a function that regenerator lowered, from where it
// stopped to where it stops next, as long as it says where that is.
func (r *runner) stepCases(body, this data, node int32) data {
	state, result := &thing{}, &cell{}
	first := data{{kind: isNumber}}
	next, n := state.at("next"), state.at("n")
	sent, v := state.at("sent"), state.at("v")
	r.set(next, first)
	r.set(n, first)
	for _, name := range [...]string{"abrupt", "a", "delegateYield", "d"} {
		state.put(name, &cell{v: thingData(&thing{native: "lowered.abrupt", hold: result})})
	}
	yielded := newList(nil, nil)
	visits := map[int]int{}
	for rounds := 0; rounds < maxTries && r.steps > 0; rounds++ {
		given := r.call(body, this, &items{at: []data{thingData(state)}}, node)
		r.setList(yielded.list, &items{rest: yielded.list.l.all().plus(given)})
		r.set(sent, given.plus(unknownData))
		r.set(v, given.plus(unknownData))
		stuck := true
		for _, at := range next.v.plus(n.v) {
			if at.kind == isNumber && at.num > 0 {
				visits[int(at.num)]++
				stuck = stuck && visits[int(at.num)] > 2
			}
		}
		if stuck {
			break
		}
	}
	return result.v.plus(thingData(yielded))
}
