package js

// Tree is the syntax tree of one file, for programs that measure the parser or
// compare it with others. It reads one file after the other in the same memory:
// what it says is about the file read last. The zero Tree is ready for use; it is
// not safe for use by several goroutines at once.
type Tree struct {
	source
}

// TreeNode is a node of a Tree. Kind is a short name such as "call" or "function";
// Start and End are byte offsets.
type TreeNode struct {
	Kind       string
	Start, End int
}

// Read parses src, binds its names, and reports whether it has no syntax error.
// The extension of name says what the file may hold: .ts, .cts, .mts, .tsx, .mjs,
// .cjs, anything else is JavaScript of unknown kind. src is not kept.
func (t *Tree) Read(name string, src []byte) bool {
	if t.atoms == nil || len(t.atoms.hash) > maxAtoms {
		t.atoms = newAtoms()
	}
	t.name = name
	t.lines, t.listed = t.lines[:0], 0
	t.read(src, dialectOfFile(name))
	return len(t.fails) == 0 && len(t.faults) == 0
}

// Errors are the syntax errors of the file.
func (t *Tree) Errors() []SyntaxError { return t.syntaxErrors() }

// Module reports whether the file is an ES module.
func (t *Tree) Module() bool { return t.dialect.module || t.esm }

// Walk calls visit for every node, parents first, until it returns false.
func (t *Tree) Walk(visit func(TreeNode) bool) { t.walk(t.root, visit) }

func (t *Tree) walk(i int32, visit func(TreeNode) bool) bool {
	for ; i != 0; i = t.parser.nodes[i].next {
		n := t.parser.nodes[i]
		kind := n.kind
		if kind == nDot && n.c != 0 {
			kind = nIndex
		}
		if !visit(TreeNode{kindNames[kind], int(n.start), int(n.end)}) {
			return false
		}
		a, b, c := n.children()
		if !t.walk(a, visit) || !t.walk(b, visit) || !t.walk(c, visit) {
			return false
		}
	}
	return true
}

// children are the nodes, or first nodes of lists, that stand in n.
func (n Node) children() (a, b, c int32) {
	switch n.kind {
	case nIdent, nThis, nSuper, nLiteral, nString, nChunk, nHole, nMeta, nEmpty, nSDK:
		return 0, 0, 0
	case nDot:
		return n.a, n.c, 0
	case nParams:
		return n.a, 0, 0
	case nProperty:
		if n.op == propShorthand {
			return 0, n.b, 0
		}
	}
	return n.a, n.b, n.c
}

// Free calls visit with the name and the place of every identifier that the file
// does not declare, in no certain order, until it returns false.
func (t *Tree) Free(visit func(name string, start int) bool) {
	for _, i := range t.refs {
		n := &t.parser.nodes[i]
		if !visit(t.atoms.text(n.a), int(n.start)) {
			return
		}
	}
}
