package js

import "slices"

// tracer runs the program as far as it can be known without its input. Where
// names of interfaces are computed, the flow of values in general (program) says
// only that they are; the tracer follows one call after the other, statement by
// statement, with constants as they are. What depends on the outside is unknown,
// and where that decides which way the program goes, all ways are gone and their
// outcomes joined. On constants it is exact.
type tracer struct {
	p       *program
	steps   int // what may still be done
	depth   int // calls within calls
	nested  int // also of functions of the language
	width   int // alternatives within alternatives
	forks   int // alternatives so far
	nothing int // alternatives at work in which nothing is there
	seq     int
	journal []change
	modules map[int32]*traceModule
	made    []*thing       // functions, in the order they were made
	outside []*thing       // those of them that were called from outside
	called  map[place]bool // the code of those that were called
	loose   map[string]*cell
	global  *thing
	calls   map[callKey]bool
	reached map[place]bool // callees at which something was called
	plain   map[place]bool // callees at which a function of the user's own was
	joining []*items       // lists that are being made a text
	found   []Call
	dynamic []Dynamic
	all     bool          // also what nothing can call
	narrow  bool          // only what leads to where interfaces are named
	busy    map[place]int // how often a function is at work
}

type traceModule struct {
	frame   *frame
	object  *thing // exports as the module finds them
	exports *cell  // module.exports
	meta    *thing
}

// trace follows the program from its entries: all of it or, if that takes too
// long, only what is known to lead to where interfaces are named. It reports
// whether it came to the end.
func (p *program) trace(entries []int32) (*tracer, bool) {
	t, ok := p.traceOnce(entries, false)
	if !ok {
		t, ok = p.traceOnce(entries, true)
	}
	return t, ok
}

func (p *program) traceOnce(entries []int32, narrow bool) (*tracer, bool) {
	t := &tracer{
		narrow: narrow,
		p:      p, width: 1, modules: map[int32]*traceModule{}, called: map[place]bool{}, loose: map[string]*cell{},
		global: &thing{native: "globalThis"},
		calls:  map[callKey]bool{}, reached: map[place]bool{}, plain: map[place]bool{}, busy: map[place]int{},
	}
	p.spread()
	t.steps = 1_000_000
	for _, s := range p.files {
		if s.may {
			t.steps += 6 * len(s.parser.nodes)
		}
	}
	for _, f := range entries {
		t.load(f)
	}
	for _, f := range entries {
		exported := thingsOf(t.modules[f].exports.v)
		for _, o := range exported {
			if c := o.own("main"); c != nil {
				t.callExports(thingsOf(c.v), 0)
			}
		}
		t.callExports(exported, 0)
	}
	t.callRest()
	t.loadRest()
	t.callRest()
	// Once more, now that each has left what it leaves to the others.
	for _, o := range t.outside {
		t.callFromOutside(o)
	}
	return t, t.steps > 0
}

// dead calls also what nothing can call, and keeps only what is found there.
func (t *tracer) dead() bool {
	t.found, t.dynamic = nil, nil
	t.all = true
	t.p.spread()
	t.callRest()
	return t.steps > 0
}

// callRest calls what nothing has called so far: it may be called from outside.
// Those that call others usually stand behind them.
func (t *tracer) callRest() {
	for begin := 0; begin < len(t.made) && t.steps > 0; {
		end := len(t.made)
		for i := end - 1; i >= begin; i-- {
			if o := t.made[i]; !t.called[o.code.place()] {
				t.callFromOutside(o)
			}
		}
		begin = end // they may have made more
	}
}

// loadRest loads the files that are loaded under names the trace does not know,
// such as those of a folder that is listed.
func (t *tracer) loadRest() {
	for i, s := range t.p.files {
		if s.started && t.steps > 0 {
			t.load(int32(i))
		}
	}
}

func thingsOf(v data) (out []*thing) {
	for _, d := range v {
		if d.kind == isThing || d.kind == isGetter {
			out = append(out, d.ref)
		}
	}
	return out
}

// callExports calls the functions an entry hands to the platform.
func (t *tracer) callExports(exported []*thing, depth int) {
	for _, o := range exported {
		if o.code != nil && !o.ran {
			t.callFromOutside(o)
		}
		if o.code == nil && depth < 3 {
			for _, p := range o.props {
				t.callExports(thingsOf(p.c.v), depth+1)
			}
		}
	}
}

func (c *code) place() place { return place{c.s.index, c.node, 0} }

// callFromOutside calls a function with anything.
func (t *tracer) callFromOutside(o *thing) {
	c := o.code
	if !c.class && !t.matters(c) {
		return
	}
	if !t.all && !slices.Contains(t.outside, o) {
		t.outside = append(t.outside, o)
	}
	r := t.runner(c.s, c.env)
	anything := &items{rest: unknownData}
	switch {
	case c.class:
		t.called[c.place()] = true
	case c.home != nil && c.outer == nil:
		t.maybe(func() { r.callClosure(o, r.anInstance(c.home), anything, 0, nil) })
	default:
		t.maybe(func() { r.callClosure(o, unknownData, anything, 0, nil) })
	}
}

// matters reports whether the flow of values found that a function can be called,
// unless all is set, and that it leads to where interfaces are named, if narrow is.
func (t *tracer) matters(c *code) bool {
	if !c.s.started {
		return true
	}
	act := &t.p.insts[c.s.insts[c.number()]]
	return (act.names || !t.narrow) && (act.called || t.all)
}

// number is the number of a function in its file.
func (c *code) number() int32 {
	nodes := c.s.parser.nodes
	return nodes[nodes[c.node].b].b
}

// anInstance is an object that has the members of home: home itself, or one made
// of the class whose prototype it is.
func (r *runner) anInstance(home *thing) data {
	c := home.own("constructor")
	if c == nil {
		return thingData(home)
	}
	for _, class := range thingsOf(c.v) {
		if class.code != nil && class.code.class {
			return r.construct(class, &items{rest: unknownData}, 0)
		}
	}
	return thingData(home)
}

// load runs a file once and returns its module.
func (t *tracer) load(f int32) *traceModule {
	if m := t.modules[f]; m != nil {
		return m
	}
	s := t.p.files[f]
	m := &traceModule{frame: &frame{s: s, cells: map[int32]*cell{}}, object: &thing{module: !s.esm}, exports: &cell{}, meta: &thing{}}
	m.exports.v = thingData(m.object)
	m.meta.put("exports", m.exports)
	t.modules[f] = m
	r := t.runner(s, m.frame)
	r.inv = &invocation{this: thingData(m.object)}
	r.self = r.inv
	r.body(func() bool { return r.list(s.parser.nodes[s.root].a) })
	if !s.esm {
		for _, o := range thingsOf(m.exports.v) {
			o.module = true
		}
	}
	return m
}

// runner runs code of one function.
type runner struct {
	*tracer
	s       *source
	nodes   []Node
	env     *frame
	inv     *invocation // what is called: takes what is returned
	self    *invocation // what this and arguments belong to
	targets []*goal
	with    []data
	label   int32 // of the statement that follows
}

// invocation is one call of a function.
type invocation struct {
	this    data
	args    *items
	fn      *thing
	made    *thing // what new makes
	class   *thing
	result  data
	yielded *cell
}

// goal is what a return, break or continue, or an exception, leads to.
type goal struct {
	kind  kind // nFunction, nFor for every loop, nContinue for a round of one, nSwitch, nLabeled, nTry
	label int32
	mark  int
	exits []diff
	left  bool // on some way to a goal further out
}

func (t *tracer) runner(s *source, env *frame) *runner {
	return &runner{tracer: t, s: s, nodes: s.parser.nodes, env: env, inv: &invocation{}, self: &invocation{}}
}

func (r *runner) push(k kind, label int32) *goal {
	tg := &goal{kind: k, label: label, mark: len(r.journal)}
	r.targets = append(r.targets, tg)
	return tg
}

// pop ends what a target stands for: normal says whether its end was reached.
func (r *runner) pop(tg *goal, normal bool) bool {
	r.targets = r.targets[:len(r.targets)-1]
	if len(tg.exits) == 0 {
		return normal
	}
	if normal {
		tg.exits = append(tg.exits, r.since(tg.mark))
	}
	r.undo(tg.mark)
	r.join(tg.exits)
	return true
}

// leave goes to the innermost goal that fits, and nowhere if there is none. In a
// broken file what stands behind may be reached all the same.
func (r *runner) leave(fits func(*goal) bool) bool {
	for i := len(r.targets) - 1; i >= 0; i-- {
		if tg := r.targets[i]; fits(tg) {
			tg.exits = append(tg.exits, r.since(tg.mark))
			for _, inner := range r.targets[i+1:] {
				inner.left = true
			}
			break
		}
	}
	return len(r.s.fails) > 0
}

// body runs what a return ends.
func (r *runner) body(f func() bool) {
	targets := r.targets
	r.targets = nil
	tg := r.push(nFunction, 0)
	r.pop(tg, f())
	r.targets = targets
}

// lookup is the cell of a variable.
func (r *runner) lookup(symbol int32) *cell {
	for f := r.env; f != nil; f = f.parent {
		if c, ok := f.cells[symbol]; ok {
			return c
		}
	}
	owner := r.s.symbols[symbol].fn
	last := r.env
	for f := r.env; f != nil; f = f.parent {
		last = f
		if f.fn == owner {
			break
		}
	}
	c := &cell{}
	last.cells[symbol] = c
	return c
}

// declare is the cell of a variable that is declared here.
func (r *runner) declare(symbol int32) *cell {
	switch r.s.symbols[symbol].kind {
	case symVar, symFunction, symMerged:
		return r.lookup(symbol)
	}
	c, ok := r.env.cells[symbol]
	if !ok {
		c = &cell{}
		r.env.cells[symbol] = c
	}
	return c
}

// round runs f with variables of its own.
func (r *runner) round(f func() bool) bool {
	saved := r.env
	r.env = &frame{parent: saved, s: r.s, fn: -1, cells: map[int32]*cell{}}
	ok := f()
	r.env = saved
	return ok
}

func (r *runner) name(atom int32) string { return r.s.atoms.text(atom) }

// over counts a step and reports whether there are none left.
func (t *tracer) over() bool {
	t.steps--
	if t.steps&1023 == 0 && t.p.a.stopped() {
		t.steps = 0
	}
	return t.steps <= 0
}
