package js

import (
	"path/filepath"
	"slices"
	"strings"
)

// argument is what a call hands over at one place.
type argument struct {
	set    set
	node   int32
	spread bool
}

// evalArguments looks at the arguments of a call.
func (e *evaluator) evalArguments(i int32) []argument {
	var out []argument
	for ; i != 0; i = e.nodes[i].next {
		if e.nodes[i].kind == nSpread {
			out = append(out, argument{e.eval(e.nodes[i].a), i, true})
			continue
		}
		out = append(out, argument{e.eval(i), i, false})
	}
	return out
}

// argumentAt is what the j-th parameter gets; spread lists may fill any.
func (e *evaluator) argumentAt(args []argument, j int) set {
	for k, a := range args {
		if a.spread {
			var out set
			for _, b := range args[k:] {
				if b.spread {
					out = union(out, e.elementAt(b.set, j-k))
				} else {
					out = union(out, b.set)
				}
			}
			return out
		}
		if k == j {
			return a.set
		}
	}
	return nil
}

// elementAt is element j of the lists in s.
func (e *evaluator) elementAt(s set, j int) set {
	if j < 0 {
		return e.elements(s)
	}
	return e.index(s, e.p.str(itoa(j)), 0)
}

// calleeName is the last name of a callee.
func (e *evaluator) calleeName(i int32) string {
	switch n := &e.nodes[i]; n.kind {
	case nIdent:
		return e.name(n.a)
	case nDot:
		if o := &e.nodes[n.a]; n.b == aDefault && o.kind == nIdent && strings.Contains(e.name(o.a), "asyncToGenerator") {
			return e.name(o.a) // Babel's, from its package of helpers
		}
		return e.name(n.b)
	case nSequence: // (0, module.name)(…), as compilers write it
		last := n.a
		for e.nodes[last].next != 0 {
			last = e.nodes[last].next
		}
		return e.calleeName(last)
	}
	return ""
}

func (e *evaluator) call(i int32) set {
	p := e.p
	n := &e.nodes[i]
	c := &e.nodes[n.a]
	var fn, this set
	switch c.kind {
	case nDot, nIndex:
		fn, this = e.memberExpression(n.a)
	case nSuper:
		return e.superCall(e.evalArguments(n.b))
	default:
		fn = e.eval(n.a)
	}
	args := e.evalArguments(n.b)
	name := e.calleeName(n.a)
	if interop, unpacks := moduleHelper(name); interop && len(args) > 0 {
		if unpacks {
			return union(args[0].set, p.member(args[0].set, "default"))
		}
		p.ownDefault(args[0].set)
		return args[0].set
	}
	switch name {
	case "cwd":
		if c.kind == nDot && e.nodes[c.a].kind == nIdent && e.name(e.nodes[c.a].a) == "process" {
			return p.str(filepath.ToSlash(p.a.in.Dir)) // the platform starts functions in their folder
		}
	case "eval":
		if c.kind == nIdent && c.b == 0 {
			e.runsCode(args)
		}
	case "__exportStar":
		if len(args) == 2 {
			for _, id := range args[1].set {
				if v := p.values[id]; v.kind == vObject {
					p.write(p.objects[v.a].parents, args[0].set)
				}
			}
			return nil
		}
	case "get", "at", "property":
		if s, ok := e.pathGet(fn, args); ok {
			return s
		}
	case "invoke", "result":
		if s, ok := e.pathGet(fn, args); ok {
			return e.callValues(s, nil, args[2:], i)
		}
	case "path":
		if len(args) == 2 {
			if s, ok := e.pathGet(fn, []argument{args[1], args[0]}); ok {
				return s
			}
		}
	}
	if s, ok := e.driven(name, fn, args, i); ok {
		return s
	}
	return e.callValues(fn, this, args, i)
}

// moduleHelper reports whether compilers call a function of that name on what
// require gives, and whether it gives what the module exports as default.
func moduleHelper(name string) (ok, unpacks bool) {
	switch name {
	case "_interopDefault", "_interopDefaultCompat", "getDefaultExportFromCjs":
		return true, true
	case "__importDefault", "__importStar", "__toESM", "__toCommonJS":
		return true, false
	}
	return strings.HasPrefix(name, "_interop"), false
}

// ownDefault makes what is exported its own default, as the helpers of compilers
// do unless it says that it was an ES module.
func (p *program) ownDefault(s set) {
	for _, id := range s {
		switch v := p.values[id]; v.kind {
		case vFunction, vClass:
			v = p.valueOf(p.staticsOf(v))
			p.write(p.fieldVar(v.a, "default"), set{id})
		case vObject:
			if len(p.readField(v, "__esModule")) == 0 && len(p.readField(v, "default")) == 0 {
				p.write(p.fieldVar(v.a, "default"), set{id})
			}
		}
	}
}

// pathGet is _.get(cloud.openapi, "a.b") of the usual libraries.
func (e *evaluator) pathGet(fn set, args []argument) (set, bool) {
	p := e.p
	for _, id := range fn {
		if k := p.values[id].kind; k != vUnknown && k != vExternal {
			return nil, false
		}
	}
	if len(args) < 2 || !(covers(args[0].set, openapiSet) || covers(args[0].set, sdkSet)) {
		return nil, false
	}
	p.compute()
	return p.one(value{kind: vDynamic, file: e.s.index, a: args[1].node}), true
}

// superCall runs the constructors of the classes a class extends.
func (e *evaluator) superCall(args []argument) set {
	p := e.p
	fn := p.id(value{kind: vFunction, file: e.s.index, a: p.insts[e.act].fn})
	home, ok := p.home[fn]
	if !ok || p.derived(p.read(e.thisVar())) {
		e.leakArguments(args)
		p.leak(p.read(e.thisVar()))
	}
	if !ok {
		return nil
	}
	for _, id := range p.read(p.superVar(home.node, home.file)) {
		e.runConstructor(id, p.read(e.thisVar()), args)
	}
	return nil
}

// runConstructor runs what new runs, on the objects in this: the class's own
// constructor, or those of the classes it extends.
func (e *evaluator) runConstructor(class valueID, this set, args []argument) {
	p := e.p
	todo := []valueID{class}
	for i := 0; i < len(todo) && i < maxChain; i++ {
		v := p.values[todo[i]]
		if v.kind == vFunction {
			e.callFunction(v, this, args)
			continue
		}
		if c, ok := p.constructors[todo[i]]; ok && p.values[c].kind == vFunction {
			e.callFunction(p.values[c], this, args)
			continue
		}
		for _, id := range p.read(p.superVar(v.a, v.file)) {
			if !slices.Contains(todo, id) {
				todo = append(todo, id)
			}
		}
	}
}

func (e *evaluator) construct(i int32) set {
	n := &e.nodes[i]
	fn := e.eval(n.a)
	if c := &e.nodes[n.a]; c.kind == nIdent && c.b == 0 && e.name(c.a) == "URL" && e.isFileURL(n.b) {
		return e.eval(n.b) // a request, for import()
	}
	return e.constructValues(fn, e.evalArguments(n.b), i)
}

// isFileURL reports whether arguments are a name and import.meta.url, from where it counts.
func (e *evaluator) isFileURL(first int32) bool {
	if first == 0 || e.nodes[first].next == 0 {
		return false
	}
	second := &e.nodes[e.nodes[first].next]
	return second.kind == nDot && e.name(second.b) == "url" && e.nodes[second.a].kind == nMeta
}

// constructValues is new with whatever is in fn.
func (e *evaluator) constructValues(fn set, args []argument, node int32) set {
	p := e.p
	var out set
	for _, id := range fn {
		v := p.values[id]
		switch v.kind {
		case vClass, vFunction:
			this := set{p.instanceOf(v)}
			if p.derived(this) {
				e.leakArguments(args)
				p.leak(this)
			}
			e.runConstructor(id, this, args)
			out = union(out, this)
			if v.kind == vFunction {
				out = union(out, p.read(p.insts[p.activation(v)].ret))
			}
		case vBuiltin:
			out = union(out, e.constructBuiltin(v.text, args, node))
		default:
			if !p.inert(v) {
				e.escape(args, "")
				out = union(out, unknownSet)
			}
		}
	}
	if len(fn) == 0 && p.askLate() {
		e.escape(args, "")
		return unknownSet
	}
	return out
}

// callValues calls whatever is in fn. node is the expression to name as the call.
func (e *evaluator) callValues(fn, this set, args []argument, node int32) set {
	p := e.p
	var out set
	for _, id := range fn {
		v := p.values[id]
		switch v.kind {
		case vPath:
			e.recordCall(v, node)
			e.noteMixed(v, fn, node)
			e.escape(args, "openapi")
			out = union(out, unknownSet)
		case vOpenapi:
			out = union(out, openapiSet)
		case vDynamic:
			e.recordDynamic(v, node)
			e.escape(args, "openapi")
			out = union(out, unknownSet)
		case vFunction:
			out = union(out, e.callFunction(v, this, args))
		case vClass:
			out = union(out, set{p.instanceOf(v)})
		case vBuiltin:
			out = union(out, e.callBuiltin(v.text, args, node))
		case vMethod:
			out = union(out, e.callMethod(v, args, node))
		case vBound:
			b := p.bounds[v.a]
			bound := make([]argument, 0, len(b.args)+len(args))
			for _, s := range b.args {
				bound = append(bound, argument{set: p.read(s)})
			}
			out = union(out, e.callValues(set{b.fn}, p.read(b.this), append(bound, args...), node))
		case vUnknown, vExternal, vSDK:
			e.escape(args, e.nameOfCallee(node))
			if v.kind == vUnknown {
				e.leakThis(this, node)
			}
			out = union(out, unknownSet)
		default:
			if !p.inert(v) {
				e.leakArguments(args)
				out = union(out, unknownSet)
			}
		}
	}
	if len(fn) == 0 && p.askLate() {
		e.escape(args, e.nameOfCallee(node))
		return unknownSet
	}
	return out
}

// inert reports whether a value is the object that a file began to export. Where
// something else became module.exports, both are known of the file, but only the
// other one can be called or extended.
func (p *program) inert(v value) bool {
	return v.kind == vObject && p.objects[v.a].module > 0
}

func (e *evaluator) nameOfCallee(node int32) string {
	if n := &e.nodes[node]; n.kind == nCall || n.kind == nNew {
		return e.calleeName(n.a)
	}
	return ""
}

// callFunction calls a function of the user's own.
func (e *evaluator) callFunction(v value, this set, args []argument) set {
	p := e.p
	i := p.activation(v)
	first := !p.insts[i].called
	p.insts[i].called = true
	p.called(i)
	if len(this) > 0 {
		p.write(p.insts[i].this, this)
	}
	n := len(p.insts[i].args)
	for j := range n {
		p.write(p.insts[i].args[j], e.argumentAt(args, j))
	}
	for j := n; j < len(args); j++ {
		s := args[j].set
		if args[j].spread {
			s = e.elements(s)
		}
		p.write(p.insts[i].rest, s)
	}
	if n > 0 { // a rest parameter takes what follows it
		for j := n - 1; j < len(args); j++ {
			s := args[j].set
			if args[j].spread {
				s = e.elements(s)
			}
			if e.restParameter(v) {
				p.write(p.insts[i].rest, s)
			}
		}
	}
	if first {
		p.wake(i)
	}
	return p.read(p.insts[i].ret)
}

func (e *evaluator) restParameter(v value) bool {
	s := e.p.files[v.file]
	f := s.parser.nodes[s.funcs[v.a].node]
	last := int32(0)
	for c := s.parser.nodes[f.b].a; c != 0; c = s.parser.nodes[c].next {
		last = c
	}
	return s.parser.nodes[last].kind == nRest
}

// escape notes that values went where nobody can follow: functions may be called
// with anything, and a reference to an interface may be called too, unless the
// callee is known only to look at it.
func (e *evaluator) escape(args []argument, callee string) {
	e.leakArguments(args)
	e.refer(args, callee)
	e.lendRequire(args)
}

// refer notes the calls that handing over a reference to an interface stands for.
func (e *evaluator) refer(args []argument, callee string) {
	p := e.p
	for _, a := range args {
		for _, id := range a.set {
			switch v := p.values[id]; v.kind {
			case vBound:
				if f := p.values[p.bounds[v.a].fn]; f.kind == vPath || f.kind == vDynamic {
					e.refer([]argument{{set: set{p.bounds[v.a].fn}, node: a.node, spread: a.spread}}, callee)
				}
			case vPath:
				if !p.isInterface(v.text) {
					p.compute()
				} else if !looksOnly(callee) && !a.spread {
					e.record(v, a.node, Alias)
				}
			case vOpenapi:
				p.compute()
			case vSDK:
				if callee == "reduce" || callee == "get" {
					p.compute()
				}
			case vDynamic:
				if !looksOnly(callee) && !a.spread {
					e.recordDynamic(v, a.node)
				}
			}
		}
	}
}

// callUnknownOnce is callUnknown for an activation that may have had it.
func (p *program) callUnknownOnce(i int32) {
	if !p.insts[i].escaped {
		p.insts[i].escaped = true
		p.callUnknown(i)
	}
}

// looksOnly reports whether a function of that name looks at a value without
// calling it: assertions, type tests, printing.
func looksOnly(callee string) bool {
	switch callee {
	case "expect", "assert", "ok", "equal", "notEqual", "strictEqual", "notStrictEqual", "deepEqual", "should",
		"Boolean", "String", "typeOf", "log", "info", "warn", "error", "debug", "dir", "trace", "inspect", "stringify",
		"keys", "values", "entries", "getOwnPropertyNames", "hasOwnProperty", "spyOn", "stub", "mock", "mocked",
		"isFunction", "isCallable", "openapi", "describe":
		return true
	}
	return len(callee) > 2 && callee[:2] == "is" && callee[2] >= 'A' && callee[2] <= 'Z'
}
