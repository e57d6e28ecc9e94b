package js

// datumKind is what a trace knows of a value.
type datumKind uint8

const (
	isUnknown datumKind = iota
	isAbsent            // no such member, on some of the ways here
	isUndefined
	isNull
	isBool    // num 0 or 1
	isNumber  // num
	isString  // text
	isPrefix  // a string that begins with text
	isThing   // ref
	isGetter  // ref, the function
	isKit     // what wx-server-sdk exports
	isAPI     // openapi, or a member of it; text "security.msgSecCheck"
	isDynamic // a member of openapi with an unknown name; file and node: the expression
)

// datum is one value a trace deals with. site is the call that handed a constant
// over; computed reports that the name of an interface was not written as such.
type datum struct {
	kind       datumKind
	computed   bool
	file, node int32
	num        float64
	text       string
	ref        *thing
	site       *site
}

// data are the values something can have, one if all is known. None at all means
// that the place is never reached. They are never changed.
type data []datum

var (
	unknownData   = data{{kind: isUnknown}}
	undefinedData = data{{kind: isUndefined}}
)

func textData(s string) data { return data{{kind: isString, text: s}} }

func boolData(b bool) data {
	if b {
		return data{{kind: isBool, num: 1}}
	}
	return data{{kind: isBool}}
}

func thingData(o *thing) data { return data{{kind: isThing, ref: o}} }

// maxData is how many values are kept, and maxFunctions and maxThings how many
// functions and other objects among them, before all are given up that are no
// interfaces.
const (
	maxData      = 120
	maxFunctions = 24
	maxThings    = 64
)

func (a data) tooMany() bool {
	functions, things := 0, 0
	for i := range a {
		if a[i].kind == isThing {
			if a[i].constant() {
				things++
			} else {
				functions++
			}
		}
	}
	return len(a) > maxData || functions > maxFunctions || things > maxThings
}

// plus is the values in a or b.
func (a data) plus(b data) data {
	if len(a) == 0 || len(a) == len(b) && &a[0] == &b[0] {
		return b
	}
	out := a[:len(a):len(a)]
next:
	for _, x := range b {
		for _, y := range out {
			if x == y {
				continue next
			}
		}
		out = append(out, x)
	}
	if len(out) <= maxFunctions || !out.tooMany() {
		return out
	}
	kept := out.without(func(d datum) bool { return d.kind != isKit && d.kind != isAPI && d.kind != isDynamic })
	return append(kept[:min(len(kept), maxData-1):min(len(kept), maxData-1)], datum{})
}

// without leaves the values out that drop tells.
func (a data) without(drop func(datum) bool) data {
	for i := range a {
		if drop(a[i]) {
			out := append(data(nil), a[:i]...)
			for _, x := range a[i:] {
				if !drop(x) {
					out = append(out, x)
				}
			}
			return out
		}
	}
	return a
}

func (a data) has(k datumKind) bool {
	for i := range a {
		if a[i].kind == k {
			return true
		}
	}
	return false
}

// constant reports whether a value is text or a number, or an object that holds some.
func (d datum) constant() bool {
	return d.kind == isString || d.kind == isNumber || d.kind == isPrefix || d.kind == isThing && d.ref.code == nil && d.ref.native == ""
}

func (d datum) nothing() bool {
	return d.kind == isUndefined || d.kind == isNull || d.kind == isAbsent
}

// truth is what a value is in a condition.
func (d datum) truth() truth {
	switch d.kind {
	case isUndefined, isNull, isAbsent:
		return alwaysFalse
	case isBool, isNumber:
		if d.num == 0 {
			return alwaysFalse
		}
		return alwaysTrue
	case isString:
		if d.text == "" {
			return alwaysFalse
		}
		return alwaysTrue
	case isThing, isKit, isAPI:
		return alwaysTrue
	case isPrefix:
		if d.text != "" {
			return alwaysTrue
		}
	}
	return sometimes
}

func (a data) truth() truth {
	if len(a) == 0 {
		return sometimes
	}
	t := a[0].truth()
	for _, d := range a[1:] {
		if d.truth() != t {
			return sometimes
		}
	}
	return t
}

// thing is an object, a function or a class.
type thing struct {
	props  []property
	index  map[string]int
	proto  *thing
	star   *cell // written under unknown names, or nil
	list   *cell // of an array, a Set or what a generator gives; else nil
	module bool  // what a CommonJS file exports: its own default

	code   *code
	ran    bool   // it was called
	native string // a function of the language or the SDK
	recv   data   // what it was taken from
	hold   *cell
	bound  *boundCall
	regexp *pattern
	proxy  *thing // the handler of a Proxy; hold is its target
}

// code is what a function or class of the user's own was made of.
type code struct {
	s       *source
	node    int32
	env     *frame
	outer   *invocation // whose this an arrow function has
	home    *thing      // the object a method was written in
	class   bool
	ctor    *thing
	super   data
	derived bool
	keys    map[int32]data // computed names of fields
}

type boundCall struct {
	fn, this data
	args     []data
}

type property struct {
	name string
	c    *cell
}

// cell is a place that changes: a variable, a member, the elements of a list.
type cell struct {
	v data
	l *items
}

// items are the elements of a list; rest are those behind them, in no known order.
type items struct {
	at   []data
	rest data
}

func (l *items) get(i int) data {
	if i >= 0 && i < len(l.at) {
		return l.at[i]
	}
	return l.rest.plus(undefinedData)
}

// all are the values of all elements.
func (l *items) all() data {
	out := l.rest
	for _, e := range l.at {
		out = out.plus(e)
	}
	return out
}

// frame holds the variables of a call of a function or of a round of a loop.
type frame struct {
	parent *frame
	s      *source
	fn     int32 // number of the function, -1 for a loop's round
	cells  map[int32]*cell
}

// site is a call of a function of the user's own that hands constants over.
type site struct {
	s          *source
	node       int32
	depth, seq int
	active     bool
	pinned     bool // no call: only the time when a constant was stored
	in         *source
	start, end int32 // of the function called, or of its class
}

// outer is the one of two calls where the constant that decides was written.
func outer(a, b *site) *site {
	switch {
	case a == nil || a.pinned:
		return b
	case b == nil || b.pinned || a == b:
		return a
	case a.active != b.active:
		if a.active {
			return a
		}
		return b
	case a.depth != b.depth:
		if a.depth < b.depth {
			return a
		}
		return b
	case a.seq > b.seq:
		return a
	}
	return b
}

type change struct {
	c   *cell
	old cell
}

// diff is what cells became since a mark.
type diff struct {
	cells []*cell
	now   map[*cell]cell
}

func (t *tracer) set(c *cell, v data) {
	t.journal = append(t.journal, change{c, *c})
	c.v = v
}

func (t *tracer) setList(c *cell, l *items) {
	t.journal = append(t.journal, change{c, *c})
	c.l = l
}

func (t *tracer) since(mark int) diff {
	if mark == len(t.journal) || t.steps <= 0 {
		return diff{}
	}
	d := diff{now: map[*cell]cell{}}
	for _, ch := range t.journal[mark:] {
		if _, ok := d.now[ch.c]; !ok {
			d.cells = append(d.cells, ch.c)
			d.now[ch.c] = *ch.c
		}
	}
	t.steps -= len(t.journal[mark:]) / 4
	return d
}

func (t *tracer) undo(mark int) {
	for i := len(t.journal) - 1; i >= mark; i-- {
		*t.journal[i].c = t.journal[i].old
	}
	t.journal = t.journal[:mark]
}

// join makes the state one in which any of ends may be what happened.
func (t *tracer) join(ends []diff) {
	if t.steps <= 0 {
		return // nobody will look at it
	}
	if len(ends) == 1 {
		for _, c := range ends[0].cells {
			t.journal = append(t.journal, change{c, *c})
			*c = ends[0].now[c]
		}
		return
	}
	seen := map[*cell]bool{}
	for _, d := range ends {
		for _, c := range d.cells {
			if seen[c] {
				continue
			}
			seen[c] = true
			t.steps -= len(ends)
			sum, first := *c, true
			for _, e := range ends {
				state, ok := e.now[c]
				if !ok {
					state = *c
				}
				if first {
					sum, first = state, false
				} else {
					t.steps -= len(sum.v) * len(state.v) / 16
					sum = merge(sum, state)
				}
			}
			t.journal = append(t.journal, change{c, *c})
			*c = sum
		}
	}
}

func merge(a, b cell) cell {
	switch {
	case a.v == nil && b.v != nil:
		a.v = b.v.plus(data{{kind: isAbsent}})
	case b.v == nil && a.v != nil:
		a.v = a.v.plus(data{{kind: isAbsent}})
	default:
		a.v = a.v.plus(b.v)
	}
	switch {
	case a.l == b.l || b.l == nil:
	case a.l == nil:
		a.l = b.l
	case len(a.l.at) == len(b.l.at):
		l := &items{rest: a.l.rest.plus(b.l.rest), at: make([]data, len(a.l.at))}
		for i := range l.at {
			l.at[i] = a.l.at[i].plus(b.l.at[i])
		}
		a.l = l
	default:
		a.l = &items{rest: a.l.all().plus(b.l.all())}
	}
	return a
}

// branch runs alternatives of which each may be the one that happens, and joins
// what they leave. It reports whether any of them comes to its end.
func (t *tracer) branch(alternatives ...func() bool) bool {
	if len(alternatives) == 1 {
		return alternatives[0]()
	}
	mark := len(t.journal)
	var ends []diff
	for _, f := range alternatives {
		if f() {
			ends = append(ends, t.since(mark))
		}
		t.undo(mark)
	}
	t.join(ends)
	return len(ends) > 0
}

// maybe runs what may not happen at all.
func (t *tracer) maybe(f func()) {
	t.branch(func() bool { f(); return true }, func() bool { return true })
}

// maxWidth is how many alternatives within alternatives are kept apart, and
// maxForks how many there may be in all.
const (
	maxWidth = 128
	maxForks = 2000
)

// apart gives the alternatives that must not be mixed: each constant alone, the
// rest together; nothing if there is nothing to keep apart.
func (t *tracer) apart(v data) []data {
	n := 0
	if len(v) < 2 {
		return nil
	}
	for _, d := range v {
		if d.constant() && d.kind != isNumber {
			n++
		}
	}
	if n == 0 || n > 64 || t.width*n > maxWidth || t.forks > maxForks {
		return nil
	}
	var out []data
	var rest data
	for i, d := range v {
		if d.constant() && d.kind != isNumber {
			out = append(out, v[i:i+1:i+1])
		} else {
			rest = append(rest, d)
		}
	}
	if rest != nil {
		out = append(out, rest)
	}
	return out
}

// each runs f for every alternative of v that must be kept apart.
func (t *tracer) each(v data, f func(data) bool) bool {
	alternatives := t.apart(v)
	if len(alternatives) < 2 {
		return f(v)
	}
	width := t.width
	t.forks += len(alternatives)
	t.width *= len(alternatives)
	runs := make([]func() bool, len(alternatives))
	for i, a := range alternatives {
		runs[i] = func() bool {
			if len(a.without(datum.nothing)) > 0 {
				return f(a)
			}
			t.nothing++
			defer func() { t.nothing-- }()
			return f(a)
		}
	}
	ok := t.branch(runs...)
	t.width = width
	return ok
}

func newList(at []data, rest data) *thing {
	return &thing{list: &cell{l: &items{at, rest}}}
}

// own is the cell of a member, nil if there is none.
func (o *thing) own(name string) *cell {
	if o.index != nil {
		if i, ok := o.index[name]; ok {
			return o.props[i].c
		}
		return nil
	}
	for i := range o.props {
		if o.props[i].name == name {
			return o.props[i].c
		}
	}
	return nil
}

// at is the cell of a member, made if need be.
func (o *thing) at(name string) *cell {
	if c := o.own(name); c != nil {
		return c
	}
	c := &cell{}
	o.put(name, c)
	return c
}

func (o *thing) put(name string, c *cell) {
	o.props = append(o.props, property{name, c})
	if o.index != nil {
		o.index[name] = len(o.props) - 1
	} else if len(o.props) > 12 {
		o.index = map[string]int{}
		for i, p := range o.props {
			o.index[p.name] = i
		}
	}
}
