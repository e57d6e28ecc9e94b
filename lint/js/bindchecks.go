package js

import (
	"slices"

	"wxcloud/internal/clierr"
)

// Rules that need the scopes, or to know whether code is strict, which may show
// behind it: the binder asks here.

// faultKind is a broken rule.
type faultKind uint8

const (
	faultTwice faultKind = iota
	faultReserved
	faultTarget
	faultOctal
	faultWith
	faultCallTarget
	faultDelete
	faultDeletePrivate
	faultExportTwice
	faultExportUndeclared
	faultKinds
)

// faultIDs are the ids of the errors.
var faultIDs = [faultKinds]clierr.ID{
	"js/declared-twice", "js/reserved-name", "js/strict-target", "js/strict-octal", "js/strict-with", "js/invalid-target", "js/strict-delete",
	"js/delete-private", "js/export-twice", "js/export-undeclared",
}

// fault is a broken rule at a node, before it is given a line.
type fault struct {
	node int32
	kind faultKind
}

// checks is what the binder knows for the rules.
type checks struct {
	faults     []fault
	exports    []int32 // the names that are exported: nIdent
	strict     bool
	unique     bool // the parameters at hand must have names of their own
	module     bool
	typescript bool
	silent     bool
}

// beginChecks makes ready for a file. One that cannot be read in full is asked
// nothing more: what is missing would only be missed again.
func (b *binder) beginChecks(p *parser, root int32) {
	module := p.dialect.module || p.esm
	b.checks = checks{
		faults: b.faults[:0], exports: b.exports[:0],
		strict: module || p.nodes[root].flags&flagStrict != 0, module: module,
		typescript: p.typescript, silent: len(p.fails) > 0 || p.declarations,
	}
}

func (b *binder) fault(node int32, k faultKind) {
	if b.silent || len(b.faults) >= maxErrors {
		return
	}
	for _, f := range b.faults {
		if f.node == node {
			return
		}
	}
	b.faults = append(b.faults, fault{node, k})
}

// restricted reports whether a is a name that some places forbid.
func restricted(a int32) bool { return a >= aAwait && a <= aArguments }

// reserved reports whether a is no name for a variable here.
func (b *binder) reserved(a int32) bool {
	if a == aAwait {
		return b.module
	}
	return b.strict && a < aEval
}

// checkUsed looks at a restricted name that is used as a variable.
func (b *binder) checkUsed(node int32) {
	if b.reserved(b.nodes[node].a) {
		b.fault(node, faultReserved)
	}
}

// checkTarget looks at what is assigned to.
func (b *binder) checkTarget(node int32) {
	switch n := &b.nodes[node]; {
	case !b.strict:
	case n.kind == nIdent && n.a >= aEval && n.a <= aArguments:
		b.fault(node, faultTarget)
	case n.kind == nCall:
		b.fault(node, faultCallTarget)
	}
}

// checkDeclared looks at a restricted name that is declared.
func (b *binder) checkDeclared(node int32, k symbolKind) {
	switch a := b.nodes[node].a; {
	case b.reserved(a) || a == aLet && (k == symLet || k == symConst || k == symClass):
		b.fault(node, faultReserved)
	case a >= aEval && b.strict:
		b.fault(node, faultTarget)
	}
}

func (b *binder) checkDelete(i int32) {
	switch e := &b.nodes[b.nodes[i].a]; {
	case e.kind == nIdent && b.strict:
		b.fault(i, faultDelete)
	case e.kind == nDot && e.flags&flagPrivate != 0:
		b.fault(i, faultDeletePrivate)
	}
}

// lexical reports whether a name of kind k may be declared only once.
func lexical(k symbolKind) bool {
	return k == symLet || k == symConst || k == symClass || k == symImport
}

// clash reports whether s may not be declared again as k, in the scope of s or,
// for what moves out of blocks, in one inside it.
func (b *binder) clash(s *symbol, k symbolKind, here int32) bool {
	switch {
	case s.kind == symOwnName || s.kind == symMerged || k == symMerged:
		return false
	case b.typescript && (s.kind == symImport || k == symImport):
		return false // it may import a type of that name
	case k == symFunction && here != s.depth:
		return false // a function in a block
	case s.kind == symFunction && s.at != s.depth && k != symVar:
		return false
	case s.kind == symParam && k == symParam:
		return b.unique
	case b.module && !b.typescript && s.depth == 0 && (s.kind == symFunction) != (k == symFunction):
		return true // in modules functions are declared like let
	}
	return lexical(s.kind) || lexical(k)
}

// checkHoisted looks for a var or function of the same name that stands in the
// scope at hand and moved out of it.
func (b *binder) checkHoisted(node, here int32) {
	t := b.top[b.nodes[node].a]
	if t == 0 {
		return
	}
	s := &b.symbols[t]
	if s.depth == b.body && s.last >= b.scopes[here].start && (s.kind == symVar || s.kind == symFunction && s.at == here) {
		b.fault(node, faultTwice)
	}
}

// checkExports looks at what a module exports, once all names are known.
// TypeScript exports types as well, which are dropped.
func (b *binder) checkExports(root int32) {
	if !b.module || b.typescript || b.silent {
		return
	}
	for i := b.nodes[root].a; i != 0; i = b.nodes[i].next {
		n := &b.nodes[i]
		switch n.kind {
		case nExport:
			switch d := &b.nodes[n.a]; d.kind {
			case nVar:
				for c := d.a; c != 0; c = b.nodes[c].next {
					b.exportTargets(b.nodes[c].a)
				}
			case nFunction, nClass:
				b.exports = append(b.exports, d.a)
			}
		case nExportDefault:
			b.exports = append(b.exports, i)
		case nExportAll:
			if n.a != 0 {
				b.exports = append(b.exports, n.a)
			}
		case nExportList:
			for c := n.a; c != 0; c = b.nodes[c].next {
				spec := &b.nodes[c]
				b.exports = append(b.exports, spec.b)
				if local := &b.nodes[spec.a]; n.b == 0 && local.kind == nIdent && local.b == 0 {
					b.fault(spec.a, faultExportUndeclared)
				}
			}
		}
	}
	slices.SortFunc(b.exports, func(x, y int32) int {
		if d := b.exportName(x) - b.exportName(y); d != 0 {
			return int(d)
		}
		return int(x - y)
	})
	for i := 1; i < len(b.exports); i++ {
		if a := b.exportName(b.exports[i]); a != 0 && a == b.exportName(b.exports[i-1]) {
			b.fault(b.exports[i], faultExportTwice)
		}
	}
}

// exportName is the atom that an export is known by, 0 for a name in quotes.
func (b *binder) exportName(node int32) int32 {
	switch n := &b.nodes[node]; n.kind {
	case nExportDefault:
		return aDefault
	case nIdent:
		return n.a
	}
	return 0
}

// exportTargets notes the names that a pattern declares.
func (b *binder) exportTargets(i int32) {
	n := &b.nodes[i]
	switch n.kind {
	case nIdent:
		b.exports = append(b.exports, i)
	case nArrayPattern:
		for c := n.a; c != 0; c = b.nodes[c].next {
			b.exportTargets(c)
		}
	case nObjectPattern:
		for c := n.a; c != 0; c = b.nodes[c].next {
			if b.nodes[c].kind == nRest {
				b.exportTargets(b.nodes[c].a)
			} else {
				b.exportTargets(b.nodes[c].b)
			}
		}
	case nDefault, nRest:
		b.exportTargets(n.a)
	}
}
