package js

// maxCalls is how deep calls may be nested, maxBusy how often one function may be
// among them, where it is given only what nobody knows maxBlind, and maxNested how
// deep they may be with those of the language.
const (
	maxCalls  = 120
	maxBusy   = 40
	maxBlind  = 4
	maxNested = 400
)

// arguments are what a call hands over.
func (r *runner) arguments(i int32) *items {
	l := &items{}
	for ; i != 0; i = r.nodes[i].next {
		if r.nodes[i].kind != nSpread {
			l = extended(l, []data{r.eval(i)}, nil)
			continue
		}
		at, rest := r.elements(r.eval(r.nodes[i].a))
		l = extended(l, at, rest)
	}
	return l
}

// arg is the j-th argument.
func (l *items) arg(j int) data {
	return l.get(j)
}

// unknown reports whether there are arguments and nothing is known of any.
func (l *items) unknown() bool {
	for _, v := range l.at {
		if len(v) != 1 || v[0].kind != isUnknown {
			return false
		}
	}
	return len(l.at) > 0
}

func (l *items) from(j int) *items { return &items{l.at[min(j, len(l.at)):], l.rest} }

func (r *runner) callExpression(i int32, n Node) data {
	c := r.nodes[n.a]
	switch c.kind {
	case nSuper:
		return r.superCall(r.arguments(n.b), i)
	case nDot, nIndex:
		base := r.eval(c.a)
		if c.kind == nDot && r.nodes[c.a].kind == nSuper {
			fn := r.superMember(r.propertyName(c), base, n.a)
			return r.call(fn, base, r.arguments(n.b), i)
		}
		var keys data
		if c.kind == nIndex {
			keys = r.eval(c.b)
		}
		args := r.arguments(n.b)
		if v, ok := r.helper(c, base, args, i); ok {
			return v
		}
		if len(base) <= 1 || !base.has(isThing) {
			fn := r.calleeOf(c, n.a, base, keys)
			if v, ok := r.driven(r.calleeName(c), fn, args, i); ok {
				return v
			}
			return r.call(fn, base, args, i)
		}
		var out data
		runs := make([]func() bool, len(base))
		for k := range base {
			one := base[k : k+1 : k+1]
			runs[k] = func() bool {
				out = out.plus(r.call(r.calleeOf(c, n.a, one, keys), one, args, i))
				return true
			}
		}
		r.branch(runs...)
		return out
	}
	fn := r.eval(n.a)
	args := r.arguments(n.b)
	if v, ok := r.compiled(n.a, args, i); ok {
		return v
	}
	e := evaluator{p: r.p, s: r.s, nodes: r.nodes}
	if v, ok := r.driven(e.calleeName(n.a), fn, args, i); ok {
		return v
	}
	return r.call(fn, undefinedData, args, i)
}

// calleeOf is the member that is called, of base.
func (r *runner) calleeOf(c Node, node int32, base, keys data) data {
	if c.kind == nIndex {
		v := r.index(base, keys, node)
		if len(keys) == 1 && keys[0].text == "openapi" {
			v = r.guess(c.a, base, v)
		}
		return v
	}
	v := r.member(base, r.propertyName(c), node)
	if c.b == aOpenapi {
		v = r.guess(c.a, base, v)
	}
	return v
}

// helper knows what the usual libraries do under the usual names.
func (r *runner) helper(c Node, base data, args *items, node int32) (data, bool) {
	if c.kind != nDot || len(base.without(func(d datum) bool { return d.kind == isUnknown })) > 0 {
		return nil, false
	}
	switch name := r.name(c.b); name {
	case "get", "at", "property":
		if first := args.arg(0); len(args.at) > 1 && (first.has(isAPI) || first.has(isKit)) {
			return r.path(first, args.arg(1), node), true
		}
	case "invoke", "result":
		if first := args.arg(0); len(args.at) > 1 && (first.has(isAPI) || first.has(isKit)) {
			return r.call(r.path(first, args.arg(1), node), undefinedData, args.from(2), node), true
		}
	case "path":
		if second := args.arg(1); len(args.at) == 2 && (second.has(isAPI) || second.has(isKit)) {
			return r.path(second, args.arg(0), node), true
		}
	case "some", "every", "flatMap", "reduceRight":
		if first := args.arg(0); len(first) == 1 && first[0].kind == isThing && first[0].ref.code != nil {
			return r.unknownList(name, args, node), true
		}
	case "forEach", "each", "map", "eachSeries", "mapSeries", "filter", "find", "reduce":
		if first := args.arg(0); len(args.at) > 1 && len(first) == 1 && first[0].kind == isThing && first[0].ref.list != nil {
			if name == "each" || name == "eachSeries" {
				name = "forEach"
			} else if name == "mapSeries" {
				name = "map"
			}
			return r.listCall(first[0], name, args.from(1), node), true
		} else if len(first) == 1 && first[0].kind == isThing && first[0].ref.code != nil {
			return r.unknownList(name, args, node), true
		}
	}
	return r.compiledName(r.calleeName(c), args, node)
}

// unknownList calls a list's method on something unknown.
func (r *runner) unknownList(name string, args *items, node int32) data {
	out := r.listCall(datum{kind: isThing, ref: newList(nil, unknownData)}, name, args, node)
	if out.has(isDynamic) || out.has(isAPI) {
		return out
	}
	return out.plus(unknownData)
}

func (r *runner) calleeName(c Node) string {
	if c.kind == nDot {
		return r.name(c.b)
	}
	return ""
}

// path is o.a.b for the text "a.b".
func (r *runner) path(base, paths data, node int32) data {
	var out data
	for _, k := range paths {
		if k.kind == isThing && k.ref.list != nil && len(k.ref.list.l.rest) == 0 {
			at := base
			for _, part := range k.ref.list.l.at {
				at = r.index(at, part, node)
			}
			out = out.plus(at)
			continue
		}
		if k.nothing() && len(paths) > 1 {
			continue // of a table that does not have it
		}
		if k.kind != isString {
			out = out.plus(data{{kind: isDynamic, file: r.s.index, node: node}})
			continue
		}
		at := base
		for _, part := range splitPath(k.text) {
			at = r.index(at, data{{kind: isString, text: part, site: k.site}}, node)
		}
		out = out.plus(at)
	}
	return out
}

// compiled are the helpers that compilers call.
func (r *runner) compiled(callee int32, args *items, node int32) (data, bool) {
	e := evaluator{p: r.p, s: r.s, nodes: r.nodes}
	return r.compiledName(e.calleeName(callee), args, node)
}

func (r *runner) compiledName(name string, args *items, node int32) (data, bool) {
	if interop, unpacks := moduleHelper(name); interop {
		v := args.arg(0)
		if unpacks {
			v = v.plus(r.member(v, "default", node).without(datum.nothing))
		}
		for _, o := range thingsOf(v) {
			o.module = o.module || o.own("__esModule") == nil
		}
		return v, true
	}
	switch name {
	case "__exportStar":
		for _, o := range thingsOf(args.arg(1)) {
			r.spread(o, args.arg(0))
		}
		return undefinedData, true
	}
	return nil, false
}

// call calls whatever is in fn; node is the expression to name as the call.
func (r *runner) call(fn, this data, args *items, node int32) data {
	if len(fn) == 0 || r.over() {
		return nil
	}
	if r.nested++; r.nested > maxNested {
		r.nested--
		return unknownData
	}
	defer func() { r.nested-- }()
	if len(fn) == 1 {
		return r.callOne(fn[0], this, args, node)
	}
	r.steps -= 10 * len(fn)
	var out data
	runs := make([]func() bool, len(fn))
	for i := range fn {
		runs[i] = func() bool { out = out.plus(r.callOne(fn[i], this, args, node)); return true }
	}
	r.branch(runs...)
	return out
}

func (r *runner) callOne(f datum, this data, args *items, node int32) data {
	switch f.kind {
	case isAPI:
		if f.text == "" {
			return data{f}
		}
		if r.p.isInterface(f.text) {
			r.recordCall(f, node)
		}
		r.escape(args, "openapi", node)
		return unknownData
	case isDynamic:
		r.recordDynamic(f, node)
		r.escape(args, "openapi", node)
		return unknownData
	case isUnknown, isKit:
		e := evaluator{p: r.p, s: r.s, nodes: r.nodes}
		r.escape(args, e.nameOfCallee(node), node)
		return unknownData
	case isThing:
		if at := (place{r.s.index, r.nodes[calleeIn(r.s, node)].start, 0}); node != 0 && r.p.mixed[at] {
			r.plain[at] = true
		}
		switch o := f.ref; {
		case o.bound != nil:
			b := o.bound
			return r.call(b.fn, b.this, &items{append(b.args[:len(b.args):len(b.args)], args.at...), args.rest}, node)
		case o.native != "":
			return r.callNative(o, this, args, node)
		case o.code != nil && o.code.class:
			return r.construct(o, args, node)
		case o.code != nil:
			return r.callClosure(o, this, args, node, nil)
		case o.proxy != nil:
			trap := r.get(o.proxy, "apply", thingData(o.proxy), node).without(datum.nothing)
			if len(trap) == 0 {
				return r.call(o.hold.v, this, args, node)
			}
			return r.call(trap, thingData(o.proxy), &items{at: []data{o.hold.v, this, thingData(newList(args.at, args.rest))}}, 0)
		}
	}
	return nil
}

// callClosure calls a function of the user's own. Constants that could be one or
// another are handed over one by one.
func (r *runner) callClosure(f *thing, this data, args *items, node int32, made *invocation) data {
	for j, v := range args.at {
		if len(r.apart(v)) > 1 {
			var out data
			r.each(v, func(one data) bool {
				at := append([]data(nil), args.at...)
				at[j] = one
				out = out.plus(r.callClosure(f, this, &items{at, args.rest}, node, made))
				return true
			})
			return out
		}
	}
	c := f.code
	at := c.place()
	r.called[at], f.ran = true, true
	if r.depth >= maxCalls || r.busy[at] >= maxBusy || r.steps <= 0 {
		r.steps -= 2000
		return unknownData
	}
	if r.busy[at] >= maxBlind && args.unknown() {
		return unknownData // it would do the same again
	}
	inv := &invocation{this: this, fn: f}
	if made != nil {
		inv.made, inv.class = made.made, made.class
	}
	s := r.siteOf(c, node)
	inv.args = tagged(args, s)
	callee := r.runner(c.s, &frame{parent: c.env, s: c.s, fn: c.number(), cells: map[int32]*cell{}})
	callee.inv, callee.self = inv, inv
	if c.outer != nil {
		callee.self = c.outer
	}
	n := c.s.parser.nodes[c.node]
	if n.flags&flagGenerator != 0 {
		inv.yielded = &cell{l: &items{}}
	}
	r.depth++
	r.busy[at]++
	callee.body(func() bool { return callee.run(n) })
	r.busy[at]--
	r.depth--
	out := inv.result
	if s != nil {
		out = untagged(out, s)
		s.active = false
	}
	if inv.yielded != nil {
		return thingData(newList(inv.yielded.l.at, inv.yielded.l.rest))
	}
	if out == nil {
		return undefinedData
	}
	return out
}

// run binds the parameters and runs the body.
func (r *runner) run(n Node) bool {
	j := 0
	if own := n.a; own != 0 && n.flags&flagDeclaration == 0 && r.nodes[own].b != 0 && r.s.symbols[r.nodes[own].b-1].kind == symOwnName {
		r.set(r.lookup(r.nodes[own].b-1), thingData(r.inv.fn))
	}
	for c := r.nodes[n.b].a; c != 0; c = r.nodes[c].next {
		if r.nodes[c].kind == nRest {
			l := r.inv.args.from(j)
			r.bind(r.nodes[c].a, thingData(newList(l.at, l.rest)), true)
			break
		}
		v := r.inv.args.get(j)
		if r.nodes[c].kind == nIdent && len(v) == 0 {
			v = undefinedData
		}
		r.bind(c, v, true)
		r.memberParameter(c)
		j++
	}
	if r.nodes[n.c].kind == nBlock {
		return r.list(r.nodes[n.c].a)
	}
	r.inv.result = r.inv.result.plus(r.eval(n.c))
	return true
}

// memberParameter handles TypeScript's constructor(private name: T).
func (r *runner) memberParameter(c int32) {
	n := r.nodes[c]
	if n.kind == nDefault {
		c = n.a
		n = r.nodes[c]
	}
	if n.kind == nIdent && n.flags&flagMember != 0 {
		r.store(r.self.this, r.name(n.a), r.eval(c))
	}
}

// siteOf is the call at node, if the user wrote one there.
func (r *runner) siteOf(c *code, node int32) *site {
	if k := r.nodes[node].kind; k != nCall && k != nNew && k != nTagged {
		return nil
	}
	r.seq++
	s := &site{s: r.s, node: node, depth: r.depth, seq: r.seq, active: true, in: c.s}
	around := c.node
	if c.home != nil && c.home.code != nil {
		around = c.home.code.node
	} else if c.home != nil {
		if ctor := c.home.own("constructor"); ctor != nil {
			for _, class := range thingsOf(ctor.v) {
				if class.code != nil && class.code.class {
					around = class.code.node
				}
			}
		}
	}
	n := c.s.parser.nodes[around]
	s.start, s.end = n.start, n.end
	return s
}

// tagged marks the constants among arguments as handed over by a call, unless a
// call around it has done so.
func tagged(args *items, s *site) *items {
	if s == nil {
		return args
	}
	out := &items{at: make([]data, len(args.at)), rest: handedOver(args.rest, s)}
	for i, v := range args.at {
		out.at[i] = handedOver(v, s)
	}
	return out
}

// untagged are values that come back from the call they were handed over by. An
// interface that was chosen there remembers it.
func untagged(v data, s *site) data {
	var out data
	for _, d := range v {
		if d.kind == isAPI {
			if d.site != nil && !d.site.active {
				d.site = s
			}
		} else if d.site == s {
			d.site = nil
		}
		out = append(out, d)
	}
	return out
}

// deciding is the call that handed a part of a name over to the code at node, nil
// if the part only came by there.
func (r *runner) deciding(s *site, node int32) *site {
	if s == nil || s.active {
		return s
	}
	if n := &r.nodes[node]; s.in == r.s && s.start <= n.start && n.end <= s.end {
		return s
	}
	return nil
}

// closure is the function an expression makes.
func (r *runner) closure(i int32) *thing {
	f := &thing{code: &code{s: r.s, node: i, env: r.env}}
	if r.nodes[i].flags&flagArrow != 0 {
		f.code.outer = r.self
	}
	r.made = append(r.made, f)
	return f
}

func (r *runner) newExpression(i int32, n Node) data {
	fn := r.eval(n.a)
	args := r.arguments(n.b)
	var out data
	runs := make([]func() bool, len(fn))
	for k, f := range fn {
		runs[k] = func() bool {
			out = out.plus(r.newOne(f, args, i))
			return true
		}
	}
	r.branch(runs...)
	return out
}

func (r *runner) newOne(f datum, args *items, node int32) data {
	if f.kind == isThing {
		switch o := f.ref; {
		case o.bound != nil:
			return r.newOne(o.bound.fn[0], &items{append(o.bound.args[:len(o.bound.args):len(o.bound.args)], args.at...), args.rest}, node)
		case o.native != "":
			return r.newNative(o, args, node)
		case o.code != nil:
			return r.construct(o, args, node)
		}
	}
	r.escape(args, "", node)
	return unknownData
}

// construct is new class(…args).
func (r *runner) construct(class *thing, args *items, node int32) data {
	o := &thing{proto: r.prototype(class)}
	inv := &invocation{made: o, class: class}
	out := r.build(class, o, args, node, inv)
	if things := out.without(func(d datum) bool { return d.kind != isThing && d.kind != isUnknown }); !class.code.class && len(things) > 0 && !out.has(isUndefined) {
		return things
	}
	return thingData(o)
}

// build runs the constructor of a class on an object.
func (r *runner) build(class, o *thing, args *items, node int32, inv *invocation) data {
	c := class.code
	if !c.class {
		return r.callClosure(class, thingData(o), args, node, inv)
	}
	r.called[c.place()] = true
	if !c.derived {
		r.fields(class, o)
	}
	if c.ctor != nil {
		return r.callClosure(c.ctor, thingData(o), args, node, inv)
	}
	if c.derived {
		r.buildSuper(class, o, args, node, inv)
	}
	return nil
}

// buildSuper runs what super(…) runs in a class's constructor.
func (r *runner) buildSuper(class, o *thing, args *items, node int32, inv *invocation) {
	r.depth++
	for _, d := range class.code.super {
		switch {
		case d.kind == isThing && d.ref.code != nil && r.depth < maxCalls:
			r.build(d.ref, o, args, node, inv)
		case d.kind == isThing && d.ref.native != "":
			if made := r.newNative(d.ref, args, node); len(made) == 1 && made[0].kind == isThing {
				o.list, o.hold = made[0].ref.list, made[0].ref.hold
			}
		case d.kind == isUnknown:
			r.escape(args, "", node)
			r.setStar(o, unknownData)
		}
	}
	r.depth--
	r.fields(class, o)
}

func (r *runner) superCall(args *items, node int32) data {
	f := r.self.fn
	if f == nil || f.code.home == nil || len(r.self.this) != 1 || r.self.this[0].kind != isThing {
		return undefinedData
	}
	if c := f.code.home.own("constructor"); c != nil {
		for _, class := range thingsOf(c.v) {
			if class.code != nil {
				r.buildSuper(class, r.self.this[0].ref, args, node, &invocation{made: r.self.made, class: r.self.class})
			}
		}
	}
	return r.self.this
}

// fields writes the fields of a class on an object.
func (r *runner) fields(class, o *thing) {
	c := class.code
	f := r.runner(c.s, c.env)
	f.inv = &invocation{this: thingData(o), fn: &thing{code: &code{s: c.s, node: c.node, home: o.proto}}, class: class}
	f.self = f.inv
	for i := c.s.parser.nodes[c.node].c; i != 0; i = f.nodes[i].next {
		m := f.nodes[i]
		if m.a == 0 || m.op != propInit || m.flags&flagStatic != 0 {
			continue
		}
		names := c.keys[i]
		if m.flags&flagComputed == 0 {
			names = f.names(m)
		}
		f.define(o, names, propInit, f.eval(m.b))
	}
}

// class is the class an expression makes.
func (r *runner) class(i int32) data {
	n := r.nodes[i]
	o := &thing{code: &code{s: r.s, node: i, env: r.env, class: true, keys: map[int32]data{}}}
	if n.a != 0 && r.nodes[n.a].b != 0 {
		r.set(r.declare(r.nodes[n.a].b-1), thingData(o))
	}
	proto := r.prototype(o)
	if n.b != 0 {
		o.code.derived = true
		o.code.super = r.eval(n.b)
		for _, d := range o.code.super {
			switch {
			case d.kind == isThing && (d.ref.code != nil):
				o.proto, proto.proto = d.ref, r.prototype(d.ref)
			case d.kind == isThing && d.ref.native != "":
				proto.proto = &thing{native: d.ref.native + ".prototype", recv: undefinedData}
			}
		}
	}
	r.made = append(r.made, o)
	decorators := int32(0)
	static := r.runner(r.s, r.env)
	static.inv = &invocation{this: thingData(o), fn: &thing{code: &code{s: r.s, node: i, home: o}}, class: o}
	static.self = static.inv
	for c := n.c; c != 0; c = r.nodes[c].next {
		m := r.nodes[c]
		switch {
		case m.a == 0 && m.flags&flagStatic != 0:
			static.body(func() bool { return static.list(static.nodes[m.b].a) })
			continue
		case m.a == 0:
			decorators = m.b
			continue
		case m.op == propInit && m.flags&flagStatic == 0:
			if m.flags&flagComputed != 0 {
				o.code.keys[c] = r.eval(m.a)
			}
			continue
		case m.op == propConstructor:
			o.code.ctor = r.closure(m.b)
			o.code.ctor.code.home = proto
			continue
		}
		target := proto
		if m.flags&flagStatic != 0 {
			target = o
		}
		names, v := static.names(m), static.memberValue(m, target)
		if m.c != 0 {
			v = r.decorateMember(m.c, target, names, v)
		}
		static.define(target, names, m.op, v)
	}
	if decorators == 0 {
		return thingData(o)
	}
	made := r.decorateClass(decorators, thingData(o))
	if n.a != 0 && r.nodes[n.a].b != 0 {
		r.set(r.declare(r.nodes[n.a].b-1), made)
	}
	return made
}
