package js

// symbolKind is how a name was declared.
type symbolKind uint8

const (
	symVar symbolKind = iota
	symLet
	symConst
	symClass
	symFunction
	symParam
	symImport
	symOwnName // of a function or class expression, inside itself
	symMerged  // TypeScript enums and namespaces, which may be declared again
	symCatch
)

// symbol is a declared name. All declarations of one name in one scope are one
// symbol: the analysis does not follow the order of assignments.
type symbol struct {
	atom     int32
	depth    int32 // of its scope, while binding
	node     int32 // the identifier that declares it first
	shadowed int32 // symbol of the same name around it, while binding
	next     int32 // symbol of the same scope, while binding
	fn       int32 // number of the function it belongs to
	last     int32 // where a var or function of that name was declared last, while binding
	at       int32 // depth of the scope that function stands in
	kind     symbolKind
	direct   bool // holds what loading the SDK gave, see via
}

// function is a function of a file; number 0 is the file itself.
type function struct {
	node   int32
	parent int32
}

// binder gives every identifier its declaration. A reference is settled when its
// scope ends, because declarations may stand behind it.
type binder struct {
	nodes   []Node
	symbols []symbol // 0 is none
	funcs   []function
	top     []int32 // per atom: the innermost symbol of that name; the atoms keep it
	refs    []int32 // identifiers not yet settled
	scopes  []scope // that are open
	body    int32   // depth of the innermost function scope
	fn      int32
	checks
}

// scope is a scope while it is open: its first symbol, and where it begins.
type scope struct{ first, start int32 }

// bind binds the tree that p read.
func (b *binder) bind(p *parser, root int32) {
	b.nodes = p.nodes
	b.symbols = append(b.symbols[:0], symbol{})
	b.funcs = append(b.funcs[:0], function{node: root, parent: -1})
	b.refs, b.scopes = b.refs[:0], b.scopes[:0]
	b.top = p.atoms.innermost()
	b.fn, b.body = 0, 0
	b.beginChecks(p, root)
	refs := b.open(0)
	b.list(p.nodes[root].a)
	b.close(refs)
	b.checkExports(root)
}

func (b *binder) open(start int32) (refs int) {
	b.scopes = append(b.scopes, scope{0, start})
	return len(b.refs)
}

// close settles the references that this scope's declarations answer; the others
// are left to the scope around it.
func (b *binder) close(refs int) {
	depth := int32(len(b.scopes) - 1)
	if own := b.scopes[depth].first; own != 0 {
		kept := b.refs[:refs]
		for _, r := range b.refs[refs:] {
			n := &b.nodes[r]
			if t := b.top[n.a]; t != 0 && b.symbols[t].depth == depth {
				n.b = t + 1
			} else {
				kept = append(kept, r)
			}
		}
		b.refs = kept
		for t := own; t != 0; t = b.symbols[t].next {
			b.top[b.symbols[t].atom] = b.symbols[t].shadowed
		}
	}
	b.scopes = b.scopes[:depth]
}

// declare declares the identifier node in the open scope at depth, which is the
// innermost one or that of the function around.
func (b *binder) declare(node int32, k symbolKind, depth int32) {
	n := &b.nodes[node]
	if n.kind != nIdent {
		return
	}
	if restricted(n.a) {
		b.checkDeclared(node, k)
	}
	here := b.here()
	above := int32(0)
	for t := b.top[n.a]; t != 0 && b.symbols[t].depth >= depth; t = b.symbols[t].shadowed {
		s := &b.symbols[t]
		if s.depth == depth {
			if b.clash(s, k, here) {
				b.fault(node, faultTwice)
			}
			if s.kind == symOwnName {
				s.kind, s.node = k, node
			}
			s.last, s.at = n.start, here
			n.b = t + 1
			return
		}
		if k == symVar && lexical(s.kind) || k == symFunction && s.depth == here && (lexical(s.kind) || s.kind == symCatch) {
			b.fault(node, faultTwice)
		}
		above = t
	}
	if depth > b.body && lexical(k) {
		b.checkHoisted(node, here)
	}
	t := int32(len(b.symbols))
	b.symbols = append(b.symbols, symbol{atom: n.a, depth: depth, node: node, kind: k, next: b.scopes[depth].first, last: n.start, at: here, fn: b.fn})
	b.scopes[depth].first = t
	n.b = t + 1
	if above != 0 { // a var inside a block that has a declaration of that name
		b.symbols[t].shadowed = b.symbols[above].shadowed
		b.symbols[above].shadowed = t
		return
	}
	b.symbols[t].shadowed = b.top[n.a]
	b.top[n.a] = t
}

// here is the depth of the innermost scope.
func (b *binder) here() int32 { return int32(len(b.scopes) - 1) }

// target declares the names of a pattern and binds the values inside it.
func (b *binder) target(i int32, k symbolKind, depth int32) {
	n := &b.nodes[i]
	switch n.kind {
	case nIdent:
		b.declare(i, k, depth)
	case nArrayPattern:
		for c := n.a; c != 0; c = b.nodes[c].next {
			b.target(c, k, depth)
		}
	case nObjectPattern:
		for c := n.a; c != 0; c = b.nodes[c].next {
			if b.nodes[c].kind == nRest {
				b.target(b.nodes[c].a, k, depth)
				continue
			}
			if b.nodes[c].flags&flagComputed != 0 {
				b.node(b.nodes[c].a)
			}
			b.target(b.nodes[c].b, k, depth)
		}
	case nDefault:
		b.target(n.a, k, depth)
		b.node(n.b)
	case nRest:
		b.target(n.a, k, depth)
	default:
		b.node(i)
	}
}

func (b *binder) list(i int32) {
	for ; i != 0; i = b.nodes[i].next {
		b.node(i)
	}
}

// node binds everything below node i.
func (b *binder) node(i int32) {
	n := &b.nodes[i]
	switch n.kind {
	case nNone, nThis, nSuper, nChunk, nHole, nMeta, nBreak, nContinue, nEmpty, nSDK:
	case nLiteral, nString:
		if n.flags&flagOctal != 0 && b.strict {
			b.fault(i, faultOctal)
		}
	case nIdent:
		if n.flags&flagPrivate == 0 {
			if restricted(n.a) {
				b.checkUsed(i)
			}
			b.refs = append(b.refs, i)
		}
	case nDot:
		b.node(n.a)
	case nCall, nNew, nImportCall:
		b.node(n.a)
		b.list(n.b)
	case nFunction:
		b.function(i)
	case nClass:
		b.class(i)
	case nObject:
		for c := n.a; c != 0; c = b.nodes[c].next {
			p := &b.nodes[c]
			if p.kind == nSpread || p.flags&flagComputed != 0 {
				b.node(p.a)
			}
			if p.kind != nSpread {
				b.node(p.b)
			}
		}
	case nObjectPattern:
		for c := n.a; c != 0; c = b.nodes[c].next {
			p := &b.nodes[c]
			if p.kind == nRest || p.flags&flagComputed != 0 {
				b.node(p.a)
			}
			if p.kind != nRest {
				b.checkTarget(p.b)
				b.node(p.b)
			}
		}
	case nTemplate, nArray, nSequence, nElement:
		b.list(n.a)
	case nArrayPattern:
		for c := n.a; c != 0; c = b.nodes[c].next {
			b.checkTarget(c)
			b.node(c)
		}
	case nAssign, nDefault:
		b.checkTarget(n.a)
		b.node(n.a)
		b.node(n.b)
	case nUpdate, nRest:
		b.checkTarget(n.a)
		b.node(n.a)
	case nUnary:
		if token(n.op) == tDelete {
			b.checkDelete(i)
		}
		b.node(n.a)
	case nIf:
		b.node(n.a)
		b.branch(n.b)
		b.branch(n.c)
	case nWith:
		if b.strict {
			b.fault(i, faultWith)
		}
		b.node(n.a)
		b.node(n.b)
	case nBlock:
		refs := b.open(n.start)
		b.list(n.a)
		b.close(refs)
	case nVar:
		k, depth := symLet, b.here()
		switch token(n.op) {
		case tVar:
			k, depth = symVar, b.body
		case tConst:
			k = symConst
		}
		for c := n.a; c != 0; c = b.nodes[c].next {
			b.target(b.nodes[c].a, k, depth)
			b.node(b.nodes[c].b)
		}
	case nFor, nForIn, nForOf:
		refs := b.open(n.start)
		b.checkTarget(n.a)
		b.node(n.a)
		b.node(n.b)
		b.node(n.c)
		b.close(refs)
	case nSwitch:
		b.node(n.a)
		refs := b.open(n.start)
		for c := n.b; c != 0; c = b.nodes[c].next {
			b.node(b.nodes[c].a)
			b.list(b.nodes[c].b)
		}
		b.close(refs)
	case nCatch:
		refs := b.open(n.start)
		switch {
		case n.a == 0:
		case b.nodes[n.a].kind == nIdent:
			b.target(n.a, symCatch, b.here())
		default:
			b.target(n.a, symLet, b.here())
		}
		b.list(b.nodes[n.b].a)
		b.close(refs)
	case nLabeled:
		if restricted(b.nodes[n.a].a) {
			b.checkUsed(n.a)
		}
		b.node(n.b)
	case nImport:
		for c := n.a; c != 0; c = b.nodes[c].next {
			b.declare(b.nodes[c].b, symImport, b.here())
		}
	case nImportEquals:
		b.declare(n.a, symImport, b.here())
		b.node(n.b)
	case nExportList:
		if n.b == 0 {
			for c := n.a; c != 0; c = b.nodes[c].next {
				b.node(b.nodes[c].a)
			}
		}
	case nExportAll, nExportSpec, nImportSpec:
	case nEnum:
		b.declare(n.a, symMerged, b.here())
		for c := n.b; c != 0; c = b.nodes[c].next {
			b.node(b.nodes[c].b)
		}
	case nNamespace:
		b.declare(n.a, symMerged, b.here())
		body := b.body
		refs := b.open(n.start)
		b.body = b.here()
		b.list(n.b)
		b.close(refs)
		b.body = body
	default:
		b.node(n.a)
		b.node(n.b)
		b.node(n.c)
	}
}

// branch binds a statement behind if or else: a function has a scope there.
func (b *binder) branch(i int32) {
	if b.nodes[i].kind != nFunction {
		b.node(i)
		return
	}
	refs := b.open(b.nodes[i].start)
	b.node(i)
	b.close(refs)
}

func (b *binder) function(i int32) {
	n := b.nodes[i]
	strict, unique := b.strict, b.unique
	b.strict = strict || n.flags&flagStrict != 0
	if n.flags&flagDeclaration != 0 && n.a != 0 {
		b.declare(n.a, symFunction, b.body)
	}
	fn, body := b.fn, b.body
	b.fn = int32(len(b.funcs))
	b.funcs = append(b.funcs, function{node: i, parent: fn})
	b.nodes[n.b].b = b.fn
	refs := b.open(n.start)
	b.body = b.here()
	if n.flags&flagDeclaration == 0 && n.a != 0 {
		b.declare(n.a, symOwnName, b.body)
	}
	b.unique = false
	for c := b.nodes[n.b].a; c != 0; c = b.nodes[c].next {
		b.unique = b.unique || b.strict || n.flags&(flagArrow|flagMethod) != 0 || b.nodes[c].kind != nIdent
		b.target(c, symParam, b.body)
	}
	if b.nodes[n.c].kind == nBlock {
		b.list(b.nodes[n.c].a)
	} else {
		b.node(n.c)
	}
	b.close(refs)
	b.fn, b.body, b.strict, b.unique = fn, body, strict, unique
}

func (b *binder) class(i int32) {
	n := b.nodes[i]
	strict := b.strict
	b.strict = true
	if n.flags&flagDeclaration != 0 && n.a != 0 {
		b.declare(n.a, symClass, b.here())
	}
	b.node(n.b)
	refs := b.open(n.start)
	if n.flags&flagDeclaration == 0 && n.a != 0 {
		b.declare(n.a, symOwnName, b.here())
	}
	for c := n.c; c != 0; c = b.nodes[c].next {
		m := b.nodes[c]
		if m.flags&flagComputed != 0 {
			b.node(m.a)
		}
		b.node(m.c)
		body := b.body
		inner := b.open(m.start)
		b.body = b.here()
		b.node(m.b)
		b.close(inner)
		b.body = body
	}
	b.close(refs)
	b.strict = strict
}
