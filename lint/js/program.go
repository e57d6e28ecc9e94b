package js

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// program is the analysis of one function: values flow through variables until
// nothing changes; then the calls are told.
type program struct {
	a      *Analyzer
	files  []*source
	byPath map[string]int32

	tables
	queue    []int32
	cur      int32 // activation at work
	bounds   []bound
	waiting  []valueID // functions in the order they were made
	entries  []int32   // the files that the platform loads
	onSDK    valueID   // what is put on the SDK
	thrown   int32     // variable of everything that is thrown
	leaks    []valueID // what has escaped
	escapes  []bool    // per value: it is among leaks
	flooded  []bool    // scratch of flood
	todo     []valueID // scratch of flood
	setters  bool      // some object has accessors that are written to
	budget   int
	may      bool           // some file can name openapi
	computed bool           // what some file loads is computed
	computes bool           // names of interfaces are computed somewhere
	origins  []place        // per call of the result: where it is written
	mixed    map[place]bool // where an interface is called, or a function of the user's own
	late     bool           // everything visible has been called
	dead     bool           // functions are called that nothing calls

	recording bool
	result    *Result
}

// activation is one function with its variables. All its calls share it.
type activation struct {
	file, fn int32
	this     int32 // variable
	ret      int32
	args     []int32 // per parameter
	rest     int32   // arguments behind the last parameter and of unknown place
	queued   bool
	called   bool
	created  bool // its function value was seen
	escaped  bool // it can be called with anything
	asked    bool // it does something else when it is late
	names    bool // it names interfaces, or leads to where they are
	callers  []int32
}

// bound is what Function.prototype.bind made.
type bound struct {
	fn   valueID
	this int32   // variable
	args []int32 // variables
}

type callKey struct {
	file, start int32
	api         string
}

func newProgram(a *Analyzer, r *Result) *program {
	return &program{a: a, byPath: map[string]int32{}, result: r}
}

// tables are what a program is computed in. They are used again for the next
// function, because most functions need little of them and all need some.
type tables struct {
	values       []value
	ids          map[value]valueID
	plain        map[plainValue]valueID // ids of those without a text
	vars         []variable
	objects      []object
	places       map[place]int32
	insts        []activation
	reads        map[uint64]bool   // variable and activation, where a variable has many readers
	unknown      map[string]int32  // members written on objects nobody knows
	home         map[valueID]place // class of a method
	constructors map[valueID]valueID
	supers       map[place]int32
	thisVars     map[valueID]int32
	calls        map[callKey]bool
}

// maxKeptValues is how large tables may be to be used again: emptying costs as
// much as they once held.
const maxKeptValues = 1 << 12

// kept are the tables for the next function.
func (p *program) kept() tables {
	switch {
	case p.ids == nil: // they were not needed
		return p.a.tables
	case len(p.values) > maxKeptValues || len(p.vars) > maxKeptValues:
		return tables{}
	default:
		return p.tables
	}
}

func emptied[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	clear(m)
	return m
}

// prepare makes the tables of the values; most functions need none.
func (p *program) prepare() {
	if p.ids == nil { // the first time for this function
		p.tables = p.a.tables
	}
	p.ids, p.plain, p.places = emptied(p.ids), emptied(p.plain), emptied(p.places)
	p.home, p.constructors, p.supers = emptied(p.home), emptied(p.constructors), emptied(p.supers)
	p.reads = emptied(p.reads)
	p.thisVars, p.unknown = emptied(p.thisVars), emptied(p.unknown)
	p.calls = emptied(p.calls)
	p.values, p.queue, p.waiting, p.bounds = p.values[:0], nil, nil, nil
	p.cur, p.late, p.dead = 0, false, false
	p.leaks, p.escapes = nil, nil
	p.vars, p.objects = append(p.vars[:0], variable{}), append(p.objects[:0], object{})
	p.insts = append(p.insts[:0], activation{})
	p.id(value{kind: vUnknown})
	p.id(value{kind: vSDK})
	p.id(value{kind: vOpenapi})
	p.onSDK = p.objectAt(place{-1, 0, tagSDK}, false)
	p.thrown = p.newVar()
}

// load reads and parses a file once and returns its index, -1 if it cannot be read.
func (p *program) load(abs string) int32 {
	if i, ok := p.byPath[abs]; ok {
		return i
	}
	data, err := p.a.readFile(abs)
	if errors.Is(err, fs.ErrNotExist) {
		p.byPath[abs] = -1
		return -1
	}
	trouble, unread := unreadable(data, err)
	if unread {
		data = nil
	}
	if len(p.files) > 0 && copyOfSDK(data) {
		p.byPath[abs] = loadedSDK
		return loadedSDK
	}
	s := p.a.source(len(p.files))
	s.abs = abs
	s.name = p.a.relative(p.a.onDisk(abs))
	s.index = int32(len(p.files))
	d := dialectOfFile(abs)
	d.cutSDK = true
	s.read(data, d)
	if s.bundled {
		p.result.UsesSDK = true
		s.shake()
	}
	if s.unread = unread; unread {
		s.fails = append(s.fails, trouble)
	}
	s.module = s.esm
	s.may = s.mayCall()
	if p.may = p.may || s.may; p.may {
		p.budget += 60 * s.size
	}
	p.byPath[abs] = s.index
	p.files = append(p.files, s)
	return s.index
}

// dialectOfFile says what a file may hold, by its name.
func dialectOfFile(name string) dialect {
	ext := filepath.Ext(name)
	declarations := strings.HasSuffix(strings.TrimSuffix(name, ext), ".d")
	switch ext {
	case ".ts", ".cts":
		return dialect{typescript: true, declarations: declarations}
	case ".mts":
		return dialect{typescript: true, module: true, declarations: declarations}
	case ".tsx":
		return dialect{typescript: true, jsx: true}
	case ".mjs":
		return dialect{module: true, jsx: true}
	case ".cjs":
		return dialect{script: true, jsx: true}
	default:
		return dialect{jsx: true}
	}
}

// scan loads what the requests written plainly lead to, and what those lead to.
// It reports whether the values of the program must be computed.
func (p *program) scan() (evaluate bool) {
	for i := 0; i < len(p.files); i++ { //nolint:intrange // the list grows while it is read
		s := p.files[i]
		for _, r := range s.requests {
			n := &s.parser.nodes[r]
			arg := n.b
			if n.kind == nImportCall {
				arg = n.a
			}
			if n.kind == nCall && s.parser.nodes[n.a].b != 0 {
				p.computed = true // made by createRequire, or a function of the user's own
				continue
			}
			if s.parser.nodes[arg].kind != nString {
				p.computed = true
				continue
			}
			if n.flags&flagType != 0 || s.elided(r) {
				continue
			}
			text := s.stringValue(arg)
			p.computed = p.computed || text == "module" || text == "node:module"
			p.request(s, r, text, true)
		}
		evaluate = evaluate || s.may || s.indirect
	}
	return evaluate || p.computed
}

// request notes a plain request and loads the file it leads to.
// Only where sure is set what is missing, or a package, counts as asked for.
func (p *program) request(s *source, node int32, text string, sure bool) (target, int32) {
	t, file := p.a.resolve(s.abs, text)
	text = p.a.written(s.abs, text)
	if !sure && t != targetFile {
		if t == targetSDK {
			p.result.UsesSDK = true
		}
		return t, -1
	}
	switch t {
	case targetSDK:
		p.result.UsesSDK = true
		p.want(s, node, text, false)
	case targetExternal:
		p.want(s, node, text, false)
	case targetOther:
		p.want(s, node, text, true)
	case targetFile:
		p.want(s, node, text, true)
		i := p.load(file)
		if i == loadedSDK {
			p.result.UsesSDK = true
			return targetSDK, -1
		}
		if i >= 0 {
			p.note(s, loaded{node, i, false, text})
			return t, i
		}
		p.note(s, loaded{node, -1, false, text})
		return targetNone, -1
	case targetNone:
		p.note(s, loaded{node, -1, false, text})
	}
	return t, -1
}

func (p *program) note(s *source, l loaded) {
	for _, known := range s.loaded {
		if known == l {
			return
		}
	}
	s.loaded = append(s.loaded, l)
}

// mayCall reports whether a file can name openapi: plainly, or put together from
// two pieces. Where it cannot, it notes whether require is used for anything but
// plain calls.
func (s *source) mayCall() bool {
	var w pieces
	loads := 0
	for _, r := range s.requests {
		if s.parser.nodes[r].kind == nCall {
			loads--
		}
	}
	for i := range s.parser.nodes {
		n := &s.parser.nodes[i]
		switch n.kind {
		case nDot:
			if n.b == aOpenapi {
				return true
			}
			s.indirect = s.indirect || n.b == aRequire
		case nIdent:
			if n.a == aOpenapi {
				return true
			}
			if n.a == aRequire {
				loads++
			}
		case nString, nChunk:
			if n.end-n.start > 80 {
				continue
			}
			if w.add(s.stringBytes(int32(i))) {
				return true
			}
		}
	}
	s.indirect = s.indirect || loads > 0
	return w.word()
}

// run computes the values of everything reachable from the entries. Where names
// of interfaces are computed, or where several meet, the program is traced too.
func (p *program) run(entries []int32) {
	p.flow(entries)
	p.record()
	var t *tracer
	if !p.result.Incomplete && (p.computes || p.ambiguous()) {
		var ok bool
		if t, ok = p.trace(entries); ok {
			p.adopt(t)
		} else {
			p.result.Incomplete = p.result.Incomplete || p.computes
		}
	}
	p.recordDead(t)
}

func (p *program) flow(entries []int32) {
	p.prepare()
	for _, s := range p.files {
		s.started, s.opaque = false, false
	}
	p.entries = entries
	for _, f := range entries {
		p.start(f)
	}
	p.budget = 1 << 22
	for _, s := range p.files {
		if p.may {
			p.budget += 60 * s.size
		}
	}
	p.live()
}

// compute notes that the activation at work computes the name of an interface.
func (p *program) compute() {
	p.computes = true
	p.insts[p.cur].names = true
}

// called notes who calls an activation.
func (p *program) called(i int32) {
	callers := p.insts[i].callers
	if n := len(callers); n > 0 && callers[n-1] == p.cur || n < 24 && slices.Contains(callers, p.cur) {
		return
	}
	p.insts[i].callers = append(callers, p.cur)
}

// spread marks everything as naming interfaces that calls, or stands around, what does.
func (p *program) spread() {
	var todo []int32
	for i := range p.insts {
		if p.insts[i].names {
			todo = append(todo, int32(i))
		}
	}
	add := func(i int32) {
		if i > 0 && !p.insts[i].names {
			p.insts[i].names = true
			todo = append(todo, i)
		}
	}
	for len(todo) > 0 {
		act := &p.insts[todo[0]]
		todo = todo[1:]
		for _, c := range act.callers {
			add(c)
		}
		if act.fn > 0 {
			s := p.files[act.file]
			add(s.insts[s.funcs[act.fn].parent])
		}
	}
}

// ambiguous reports whether at one place several interfaces seem to be called, or
// an interface and a function.
func (p *program) ambiguous() bool {
	if len(p.mixed) > 0 {
		return true
	}
	seen := map[place]string{}
	for i, c := range p.result.Calls {
		at := p.origins[i]
		if api, ok := seen[at]; ok && api != c.API {
			return true
		}
		seen[at] = c.API
	}
	return false
}

// settle looks at what has changed until nothing does.
func (p *program) settle() {
	for len(p.queue) > 0 {
		if p.a.stopped() {
			p.budget = 0
		}
		if p.budget <= 0 {
			p.result.Incomplete = p.may
			return
		}
		i := p.queue[0]
		p.queue = p.queue[1:]
		p.insts[i].queued = false
		s := p.files[p.insts[i].file]
		n := &s.parser.nodes[s.funcs[p.insts[i].fn].node]
		p.budget -= min(int(n.end-n.start), 8*len(s.parser.nodes)) + 20 // what was left out takes no time
		p.evaluate(i)
	}
}

func (p *program) wake(i int32) {
	if !p.insts[i].queued && !p.recording {
		p.insts[i].queued = true
		p.queue = append(p.queue, i)
	}
}

// start begins the evaluation of a file and returns the variable of its exports.
func (p *program) start(f int32) int32 {
	s := p.files[f]
	if s.started {
		return s.exports
	}
	s.started = true
	s.vars = int32(len(p.vars))
	p.vars = append(p.vars, make([]variable, len(s.symbols))...)
	s.exports = p.newVar()
	s.object = p.objectAt(place{f, 0, 1}, false)
	p.objects[p.number(s.object)].module = f + 1
	p.vars[s.exports].set = set{s.object}
	if s.unread {
		p.write(s.exports, unknownSet)
	}
	s.insts = make([]int32, len(s.funcs))
	i := p.activation(value{kind: vFunction, file: f, a: 0})
	p.insts[i].called = true
	p.vars[p.insts[i].this].set = set{s.object}
	p.wake(i)
	return s.exports
}

// activation is the activation of a function value.
func (p *program) activation(fn value) int32 {
	s := p.files[fn.file]
	if i := s.insts[fn.a]; i != 0 {
		return i
	}
	i := int32(len(p.insts))
	act := activation{file: fn.file, fn: fn.a, this: p.newVar(), ret: p.newVar(), rest: p.newVar()}
	if fn.a > 0 {
		f := s.parser.nodes[s.funcs[fn.a].node]
		for c := s.parser.nodes[f.b].a; c != 0; c = s.parser.nodes[c].next {
			act.args = append(act.args, p.newVar())
		}
	}
	p.insts = append(p.insts, act)
	s.insts[fn.a] = i
	return i
}

// callUnknown notes that an activation can be called with anything.
func (p *program) callUnknown(i int32) {
	act := &p.insts[i]
	act.called = true
	if home, ok := p.home[p.id(value{kind: vFunction, file: act.file, a: act.fn})]; ok && len(p.vars[act.this].set) == 0 {
		p.write(act.this, set{p.instanceOf(value{kind: vClass, file: home.file, a: home.node})})
		act = &p.insts[i]
	}
	for _, v := range act.args {
		p.write(v, unknownSet)
	}
	p.write(act.rest, unknownSet)
	p.wake(i)
}

// evaluate looks at one activation's code.
func (p *program) evaluate(i int32) {
	saved := p.cur
	p.cur = i
	p.insts[i].asked = false
	act := p.insts[i]
	s := p.files[act.file]
	e := evaluator{p: p, s: s, nodes: s.parser.nodes, act: i}
	e.body(act)
	p.cur = saved
}

// finish writes what was found into the result.
func (p *program) finish() {
	r := p.result
	outside := map[string]bool{}
	for _, s := range p.files {
		r.Files = append(r.Files, File{Path: s.name, Errors: s.syntaxErrors()})
		r.Directives = s.appendDirectives(r.Directives)
		if !within(s.abs, p.a.in.Dir) && !outside[s.name] {
			outside[s.name] = true
			r.Outside = append(r.Outside, s.name)
		}
		sort.SliceStable(s.wanted, func(i, j int) bool { return s.wanted[i].node < s.wanted[j].node })
		r.Packages = s.appendPackages(r.Packages)
		sort.SliceStable(s.loaded, func(i, j int) bool { return s.loaded[i].node < s.loaded[j].node })
		for _, l := range s.loaded {
			at := s.spanOf(l.node)
			if l.file < 0 {
				if m, ok := p.missing(s, l); ok {
					r.Missing = append(r.Missing, m)
				}
			} else {
				r.Requests = append(r.Requests, Request{at, l.text, p.files[l.file].name, l.prefix})
			}
		}
	}
	order := map[string]int{}
	for i, s := range p.files {
		order[s.name] = i
	}
	less := func(a, b Span) bool {
		if a.File != b.File {
			return order[a.File] < order[b.File]
		}
		return a.Start < b.Start
	}
	sort.SliceStable(r.Calls, func(i, j int) bool {
		a, b := r.Calls[i], r.Calls[j]
		if a.File == b.File && a.Start == b.Start {
			return a.API < b.API
		}
		return less(a.Span, b.Span)
	})
	sort.SliceStable(r.Dynamic, func(i, j int) bool { return less(r.Dynamic[i].Span, r.Dynamic[j].Span) })
	sort.SliceStable(r.Unresolved, func(i, j int) bool { return less(r.Unresolved[i].Span, r.Unresolved[j].Span) })
}

// inTry reports whether a node stands in the block of a try with a handler.
func (s *source) inTry(node int32) bool {
	at := s.parser.nodes[node]
	for i := range s.parser.nodes {
		if n := &s.parser.nodes[i]; n.kind == nTry && n.b != 0 {
			if b := s.parser.nodes[n.a]; b.start <= at.start && at.end <= b.end {
				return true
			}
		}
	}
	return false
}
