package js

import (
	"math/big"
	"slices"
	"strings"
)

// What a condition is made of is often written down for good: const DEBUG = false,
// a member of a table of settings, also in a file of its own. A branch that such a
// constant closes never runs. Nothing is computed for this but what the text says,
// and everything that could change a constant makes it none.

// fixed is a constant: what kind of value it is, and which.
type fixed struct {
	kind fixedKind
	text string
}

type fixedKind uint8

const (
	notFixed fixedKind = iota
	fixedNothing
	fixedBool   // text "" for false
	fixedNumber // text as numberKey gives it
	fixedString // text
	fixedObject // an object, array, function or class
)

// comparable reports whether a value is equal to another one that has its text.
func (f fixed) comparable() bool { return f.kind != notFixed && f.kind != fixedObject }

func (f fixed) truth() truth {
	switch f.kind {
	case notFixed:
		return sometimes
	case fixedNothing:
		return alwaysFalse
	case fixedNumber:
		if f.text == "0" {
			return alwaysFalse
		}
	case fixedBool, fixedString:
		if f.text == "" {
			return alwaysFalse
		}
	}
	return alwaysTrue
}

// not is what ! makes of it.
func (t truth) not() truth {
	switch t {
	case alwaysTrue:
		return alwaysFalse
	case alwaysFalse:
		return alwaysTrue
	}
	return sometimes
}

func fixedTruth(t truth) fixed {
	switch t {
	case alwaysTrue:
		return fixed{fixedBool, "true"}
	case alwaysFalse:
		return fixed{fixedBool, ""}
	}
	return fixed{}
}

// spot is where the value of an expression is written: an expression of a file, or
// everything the file exports.
type spot struct {
	s       *source
	node    int32
	exports bool
	enum    map[string]fixed // the members of an enum
	value   *fixed           // one of them
}

// origin is where a name gets its only value from: an expression, and the member
// of it that is taken, "" for all of it.
type origin struct {
	node int32
	key  string
}

// names are the facts about a file that constants need, made when first asked for.
type names struct {
	parents   []int32
	origins   map[int32]origin           // by symbol
	exported  map[string]int32           // by name: the expression that is exported
	whole     int32                      // what module.exports is set to
	assigned  map[string]int             // how often a member of that name is written
	exporting map[string]int             // how often of those as a member of exports, at the top
	enums     map[int32]map[string]fixed // by symbol
	unclear   bool                       // text runs as code
	exposed   bool                       // exports is used in an unusual way
}

func (s *source) facts() *names {
	if s.names == nil {
		s.names = &names{origins: map[int32]origin{}, exported: map[string]int32{}, assigned: map[string]int{}, exporting: map[string]int{}}
		s.names.collect(s)
	}
	return s.names
}

func (f *names) collect(s *source) {
	nodes := s.parser.nodes
	if f.unclear = len(s.fails) > 0; f.unclear { // nobody knows what belongs together
		return
	}
	f.parents = make([]int32, len(nodes))
	written := map[int32]bool{}
	for i := range nodes {
		n := &nodes[i]
		a, b, c := n.children()
		for _, child := range [...]int32{a, b, c} {
			for ; child != 0; child = nodes[child].next {
				f.parents[child] = int32(i)
			}
		}
		switch n.kind {
		case nEnum:
			f.enum(s, n.a, n.b)
		case nWith:
			f.unclear = true
		case nIdent:
			f.unclear = f.unclear || n.a == aEval && n.b == 0
		case nAssign:
			f.write(s, n.a, written)
		case nUpdate:
			f.write(s, n.a, written)
		case nUnary:
			if token(n.op) == tDelete {
				f.write(s, n.a, written)
			}
		case nForIn, nForOf:
			if nodes[n.a].kind == nVar {
				f.write(s, nodes[nodes[n.a].a].a, written)
			} else {
				f.write(s, n.a, written)
			}
		case nDeclarator:
			f.declare(s, n.a, origin{node: n.b}, written)
		case nImport:
			for c := n.a; c != 0 && n.b != 0; c = nodes[c].next {
				spec := &nodes[c]
				if local := nodes[spec.b].b; local != 0 {
					key, _ := s.key(spec.a)
					f.origins[local-1] = origin{int32(i), key}
				}
			}
		}
	}
	for symbol := range written {
		delete(f.origins, symbol)
	}
	f.listExports(s)
	for i := range nodes {
		if nodes[i].kind == nCall {
			f.compiledCall(s, &nodes[i])
		}
	}
}

// key is the name of a property, import or export, if it is written plainly.
func (s *source) key(i int32) (string, bool) {
	switch n := &s.parser.nodes[i]; n.kind {
	case nIdent:
		return s.atoms.text(n.a), true
	case nString:
		return s.stringValue(i), true
	}
	return "", false
}

// declare notes what the names of a declarator begin with. A var that is declared
// twice is none.
func (f *names) declare(s *source, pattern int32, from origin, written map[int32]bool) {
	n := &s.parser.nodes[pattern]
	if n.kind == nIdent {
		if n.b == 0 {
			return
		}
		symbol := n.b - 1
		_, twice := f.origins[symbol]
		switch k := s.symbols[symbol].kind; {
		case twice || k != symConst && k != symLet && k != symVar || from.node == 0:
			written[symbol] = true
		default:
			f.origins[symbol] = from
		}
		return
	}
	if n.kind != nObjectPattern || from.key != "" {
		f.write(s, pattern, written)
		return
	}
	for c := n.a; c != 0; c = s.parser.nodes[c].next {
		p := &s.parser.nodes[c]
		if name, ok := s.key(p.a); ok && p.kind == nProperty && p.flags&flagComputed == 0 && name != "" && s.parser.nodes[p.b].kind == nIdent {
			f.declare(s, p.b, origin{from.node, name}, written)
		} else {
			f.write(s, c, written)
		}
	}
}

// write notes what a target of an assignment changes.
func (f *names) write(s *source, target int32, written map[int32]bool) {
	n := &s.parser.nodes[target]
	switch n.kind {
	case nIdent:
		if n.b != 0 {
			written[n.b-1] = true
		}
	case nDot:
		f.assigned[s.atoms.text(n.b)]++
	case nArrayPattern, nObjectPattern:
		for c := n.a; c != 0; c = s.parser.nodes[c].next {
			f.write(s, c, written)
		}
	case nProperty:
		f.write(s, n.b, written)
	case nDefault, nRest:
		f.write(s, n.a, written)
	}
}

// isExports reports whether an expression is exports or module.exports.
func (s *source) isExports(i int32) bool {
	n := &s.parser.nodes[i]
	switch n.kind {
	case nIdent:
		return n.a == aExports && n.b == 0
	case nDot:
		o := &s.parser.nodes[n.a]
		return n.b == aExports && o.kind == nIdent && o.a == aModule && o.b == 0
	}
	return false
}

// listExports notes what the statements at the top of a file export.
func (f *names) listExports(s *source) {
	nodes := s.parser.nodes
	for i := nodes[s.root].a; i != 0; i = nodes[i].next {
		n := &nodes[i]
		switch n.kind {
		case nExpr:
			f.exportAssigned(s, n.a)
		case nExport:
			if d := &nodes[n.a]; d.kind == nVar {
				for c := d.a; c != 0; c = nodes[c].next {
					if name, ok := s.key(nodes[c].a); ok {
						f.exported[name] = nodes[c].a
					}
				}
			}
		case nExportDefault:
			f.exported["default"] = n.a
		case nExportList:
			for c := n.a; c != 0; c = nodes[c].next {
				if name, ok := s.key(nodes[c].b); ok && n.b == 0 {
					f.exported[name] = nodes[c].a
				}
			}
		}
	}
	// Once for each place where exports is used for something else.
	for i := range nodes {
		if !s.isExports(int32(i)) {
			continue
		}
		up := f.parents[i]
		switch n := &nodes[up]; {
		case n.kind == nDot && n.a == int32(i):
		case n.kind == nAssign && (n.a == int32(i) || nodes[f.parents[up]].kind == nExpr || s.isExports(n.a)):
		default:
			f.exposed = f.exposed || !f.marksESM(s, up)
		}
	}
}

// marksESM reports whether a call is Object.defineProperty(exports, "__esModule", …).
func (f *names) marksESM(s *source, call int32) bool {
	n := &s.parser.nodes[call]
	if n.kind != nCall || n.b == 0 {
		return false
	}
	second := s.parser.nodes[n.b].next
	return second != 0 && s.parser.nodes[second].kind == nString && s.stringValue(second) == "__esModule"
}

// exportAssigned notes a = b = value at the top, where a and b are members of
// exports, or exports itself.
func (f *names) exportAssigned(s *source, i int32) {
	var keys []string
	whole := false
	for s.parser.nodes[i].kind == nAssign && s.parser.nodes[i].op == assignPlain {
		target := &s.parser.nodes[s.parser.nodes[i].a]
		switch {
		case s.isExports(s.parser.nodes[i].a):
			whole = true
		case target.kind == nDot && s.isExports(target.a):
			name := s.atoms.text(target.b)
			keys = append(keys, name)
			f.exporting[name]++
		}
		i = s.parser.nodes[i].b
	}
	if whole {
		f.exposed = f.exposed || f.whole != 0
		f.whole = i
	}
	for _, name := range keys {
		if old, ok := f.exported[name]; ok && s.parser.nodes[old].kind != nUnary { // exports.x = void 0
			f.exposed = true
		}
		f.exported[name] = i
	}
}

// maxSpots is how many steps a constant may be away from where it is used.
const maxSpots = 12

// spot finds where the value of an expression is written.
func (p *program) spot(s *source, i int32, depth int) (spot, bool) {
	n := &s.parser.nodes[i]
	if depth > maxSpots {
		return spot{}, false
	}
	switch n.kind {
	case nIdent:
		if n.b == 0 {
			return spot{s: s, node: i}, n.a == aUndefined
		}
		f := s.facts()
		if members := f.enums[n.b-1]; members != nil && !f.unclear {
			return spot{s: s, node: i, enum: members}, true
		}
		from, ok := f.origins[n.b-1]
		if !ok || f.unclear {
			return spot{}, false
		}
		var at spot
		if s.parser.nodes[from.node].kind == nImport {
			at, ok = p.loadedBy(s, from.node)
		} else {
			at, ok = p.spot(s, from.node, depth+1)
		}
		if !ok || at.holdsMembers() && !p.steady(s, n.b) {
			return spot{}, false
		}
		if from.key != "" {
			return p.spotMember(at, from.key, depth)
		}
		return at, true
	case nDot:
		if n.flags&flagPrivate != 0 {
			return spot{}, false
		}
		at, ok := p.spot(s, n.a, depth+1)
		if !ok {
			return spot{}, false
		}
		return p.spotMember(at, s.atoms.text(n.b), depth)
	case nCall:
		callee := &s.parser.nodes[n.a]
		if n.b == 0 || s.parser.nodes[n.b].next != 0 {
			return spot{}, false
		}
		e := evaluator{p: p, s: s, nodes: s.parser.nodes}
		name := e.calleeName(n.a)
		if helper, _ := moduleHelper(name); helper || name == "freeze" && callee.kind == nDot {
			return p.spot(s, n.b, depth+1)
		}
		return p.loadedBy(s, i)
	case nLiteral, nString, nObject, nArray, nFunction, nClass, nUnary, nBinary, nLogical:
		return spot{s: s, node: i}, true
	}
	return spot{}, false
}

func (at spot) holdsMembers() bool {
	return at.value == nil && at.enum == nil && (at.exports || at.s.parser.nodes[at.node].kind == nObject)
}

// loadedBy is what a request loads, if it is one file of the user's own.
func (p *program) loadedBy(s *source, request int32) (spot, bool) {
	for _, l := range s.loaded {
		if l.node == request && l.file >= 0 && !l.prefix {
			return spot{s: p.files[l.file], exports: true}, true
		}
	}
	return spot{}, false
}

// spotMember finds where a member is written.
func (p *program) spotMember(at spot, name string, depth int) (spot, bool) {
	s := at.s
	if at.enum != nil {
		v, ok := at.enum[name]
		return spot{s: s, node: at.node, value: &v}, ok
	}
	if at.exports {
		f := s.facts()
		if f.unclear || f.exposed || p.assigned(name) != f.exporting[name] || !p.shared(s) {
			return spot{}, false
		}
		if i, ok := f.exported[name]; ok {
			return p.spot(s, i, depth+1)
		}
		if f.whole == 0 {
			if name == "default" && !s.esm {
				return at, true // as compilers have it
			}
			return spot{}, false
		}
		whole, ok := p.spot(s, f.whole, depth+1)
		if !ok || name == "default" {
			return whole, ok
		}
		return p.spotMember(whole, name, depth+1)
	}
	if s.parser.nodes[at.node].kind != nObject || p.assigned(name) > 0 {
		return spot{}, false
	}
	found := int32(0)
	for c := s.parser.nodes[at.node].a; c != 0; c = s.parser.nodes[c].next {
		m := &s.parser.nodes[c]
		if m.kind != nProperty || m.flags&flagComputed != 0 {
			found = 0 // a spread may have it too
			continue
		}
		if key, ok := s.key(m.a); ok && key == name {
			if found = m.b; m.op != propInit && m.op != propShorthand {
				found = 0
			}
		}
	}
	if found == 0 {
		return spot{}, false
	}
	return p.spot(s, found, depth+1)
}

// assigned is how often any file writes a member of that name.
func (p *program) assigned(name string) int {
	count := 0
	for _, s := range p.files {
		count += s.facts().assigned[name]
	}
	return count
}

// steady reports whether the object that a name holds, ref being its symbol+1, is
// only read by that name. Members that are written are looked for by their names.
func (p *program) steady(s *source, ref int32) bool {
	if known, ok := s.steady[ref]; ok {
		return known
	}
	if s.steady == nil {
		s.steady = map[int32]bool{}
	}
	s.steady[ref] = true // as far as those know that lead back here
	ok := true
	for i := range s.parser.nodes {
		if n := &s.parser.nodes[i]; ok && n.kind == nIdent && n.b == ref {
			ok = p.onlyRead(s, int32(i))
		}
	}
	s.steady[ref] = ok
	return ok
}

// shared reports whether all who load a file only read what it exports.
func (p *program) shared(of *source) bool {
	for _, s := range p.files {
		for _, l := range s.loaded {
			if l.file != of.index {
				continue
			}
			n := &s.parser.nodes[l.node]
			switch {
			case l.prefix || s.facts().unclear:
				return false
			case n.kind == nImport:
				for c := n.a; c != 0; c = s.parser.nodes[c].next {
					if local := s.parser.nodes[s.parser.nodes[c].b].b; local != 0 && !p.steady(s, local) {
						return false
					}
				}
			case n.kind == nCall && !p.onlyRead(s, l.node):
				return false
			}
		}
	}
	return true
}

// onlyRead reports whether what stands around an object leaves it as it is.
func (p *program) onlyRead(s *source, i int32) bool {
	nodes, f := s.parser.nodes, s.facts()
	up := f.parents[i]
	member := false
	for nodes[up].kind == nDot && nodes[up].a == i {
		i, up, member = up, f.parents[up], true
	}
	n := &nodes[up]
	if member {
		return n.kind != nCall && n.kind != nNew || n.a == i || !s.mutates(n)
	}
	switch n.kind {
	case nExpr, nIf, nUnary, nSpread, nImportSpec, nExportSpec, nExportDefault:
		return true
	case nCall:
		if helper, _ := moduleHelper((&evaluator{p: p, s: s, nodes: nodes}).calleeName(n.a)); helper {
			return p.onlyRead(s, up)
		}
		return n.a != i && s.leavesAlone(n.a)
	case nProperty:
		return nodes[f.parents[up]].kind == nObjectPattern // where it is declared
	case nDeclarator:
		pattern := &nodes[n.a]
		return n.a == i || pattern.kind == nObjectPattern || pattern.kind == nIdent && pattern.b != 0 && p.steady(s, pattern.b)
	case nAssign:
		target := &nodes[n.a]
		return n.b == i && (s.isExports(n.a) || target.kind == nDot && s.isExports(target.a))
	}
	return false
}

// mutates reports whether a call is Object.assign or one of its kin.
func (s *source) mutates(call *Node) bool {
	c := &s.parser.nodes[call.a]
	if c.kind != nDot {
		return false
	}
	return slices.Contains([]string{"assign", "defineProperty", "defineProperties", "merge", "set", "extend"}, s.atoms.text(c.b))
}

// fixed is the value of an expression, if the text fixes it.
func (p *program) fixed(s *source, i int32, depth int) fixed {
	at, ok := p.spot(s, i, depth)
	if !ok {
		return fixed{}
	}
	switch {
	case at.value != nil:
		return *at.value
	case at.exports || at.enum != nil:
		return fixed{kind: fixedObject}
	}
	named := at.s != s || at.node != i
	s = at.s
	n := &s.parser.nodes[at.node]
	switch n.kind {
	case nIdent: // undefined
		if !named {
			return fixed{kind: fixedNothing}
		}
	case nString:
		// A name that holds no text is a blank that somebody is to fill in, as one
		// that holds null is.
		if text := s.stringValue(at.node); text != "" || !named {
			return fixed{fixedString, text}
		}
	case nObject, nArray, nFunction, nClass:
		return fixed{kind: fixedObject}
	case nLiteral:
		if !named || token(n.op) != tNull {
			return s.fixedLiteral(n)
		}
	case nUnary:
		switch token(n.op) {
		case tNot:
			return fixedTruth(p.fixed(s, n.a, depth+1).truth().not())
		case tVoid:
			return fixed{kind: fixedNothing}
		}
	case nBinary:
		return p.compared(s, n, depth)
	case nLogical:
		a, b := p.fixed(s, n.a, depth+1), p.fixed(s, n.b, depth+1)
		switch t := a.truth(); {
		case token(n.op) == tAndAnd && t == alwaysFalse, token(n.op) == tOrOr && t == alwaysTrue:
			return a
		case token(n.op) == tAndAnd && t == alwaysTrue, token(n.op) == tOrOr && t == alwaysFalse:
			return b
		case token(n.op) == tAndAnd && b.truth() == alwaysFalse:
			return fixedTruth(alwaysFalse)
		case token(n.op) == tOrOr && b.truth() == alwaysTrue:
			return fixedTruth(alwaysTrue)
		}
	}
	return fixed{}
}

func (s *source) fixedLiteral(n *Node) fixed {
	switch token(n.op) {
	case tTrue:
		return fixedTruth(alwaysTrue)
	case tFalse:
		return fixedTruth(alwaysFalse)
	case tNull:
		return fixed{fixedNothing, "null"}
	case tNumber:
		text := s.text(n.start, n.end)
		if v, ok := new(big.Rat).SetString(text); ok && len(text) < 20 {
			return fixed{fixedNumber, v.RatString()}
		}
	case tRegex:
		return fixed{kind: fixedObject}
	}
	return fixed{}
}

// fillsIn reports whether a condition compares a name with a text, as in
// if (TEMPLATE_ID === 'YOUR_TEMPLATE_ID') return: the code after it is the point of
// the function, and runs once somebody has put a value of their own into the name.
func (s *source) fillsIn(i int32) bool {
	n := &s.parser.nodes[i]
	switch n.kind {
	case nUnary:
		return s.fillsIn(n.a)
	case nLogical:
		return s.fillsIn(n.a) || s.fillsIn(n.b)
	case nBinary:
		a, b := s.parser.nodes[n.a].kind == nString, s.parser.nodes[n.b].kind == nString
		return token(n.op) == tEq && a != b
	}
	return false
}

// compared is a comparison of two constants.
func (p *program) compared(s *source, n *Node, depth int) fixed {
	if token(n.op) != tEq {
		return fixed{}
	}
	a, b := p.fixed(s, n.a, depth+1), p.fixed(s, n.b, depth+1)
	op := strings.Trim(s.text(s.parser.nodes[n.a].end, max(s.parser.nodes[n.a].end, s.parser.nodes[n.b].start)), " \t\r\n()")
	loose := len(op) == 2
	if len(op) != 2 && len(op) != 3 { // a comment stands there
		return fixed{}
	}
	if a.kind == notFixed || b.kind == notFixed || a.kind == fixedObject || b.kind == fixedObject || loose && a.kind != b.kind {
		return fixed{}
	}
	t := alwaysFalse
	if a == b || loose && a.kind == fixedNothing {
		t = alwaysTrue
	}
	if strings.HasPrefix(op, "!") {
		t = t.not()
	}
	return fixedTruth(t)
}
