package js

// importDeclaration reads import … from "x", also TypeScript's forms of it.
func (p *parser) importDeclaration() int32 {
	start := p.start
	n := p.node(nImport, start)
	p.next()
	p.esm = true
	if p.tok == tString {
		return p.importSource(n)
	}
	typeOnly := false
	if p.typescript && p.isName(aType) {
		t, a, _ := p.peekName()
		if t == tLBrace || t == tStar || t == tIdent && (a != aFrom || p.fromTwice()) {
			p.next()
			typeOnly = true
		}
	} else if p.isName(aDefer) || p.isName(aSource) {
		if t, a, _ := p.peekName(); t == tStar || t == tIdent && a != aFrom {
			p.next()
		}
	}
	var l list
	if p.tok == tIdent {
		at := p.start
		local := p.leaf(nIdent)
		if p.typescript && p.tok == tAssign {
			return p.importEquals(n, local, typeOnly)
		}
		imported := p.node(nIdent, at)
		p.nodes[imported].a, p.nodes[imported].end = aDefault, p.nodes[local].end
		p.push(&l, p.make3(nImportSpec, at, imported, local, 0))
		if p.tok == tComma {
			p.next()
			if p.tok != tStar && p.tok != tLBrace {
				p.unexpected("name")
			}
		} else if p.tok == tStar || p.tok == tLBrace {
			p.unexpected("from")
		}
	}
	switch p.tok {
	case tStar:
		at := p.start
		p.next()
		if !p.eatName(aAs) {
			p.unexpected("name")
		}
		local := p.bindingTarget()
		p.push(&l, p.make3(nImportSpec, at, 0, local, 0))
	case tLBrace:
		p.next()
		for p.tok != tRBrace && p.tok != tEOF {
			if spec := p.importSpecifier(); spec != 0 {
				p.push(&l, spec)
			}
			if p.tok != tRBrace && !p.expect(tComma) {
				break
			}
		}
		p.expect(tRBrace)
	default:
		if l.first == 0 {
			p.unexpected("name")
		}
	}
	if !p.failed && !p.eatName(aFrom) {
		p.unexpected("from")
	}
	p.nodes[n].a = l.first
	if typeOnly {
		p.nodes[n].flags |= flagType
		p.nodes[n].a = 0
	}
	return p.importSource(n)
}

// fromTwice tells "import type from from 'x'" from "import type from 'x'".
func (p *parser) fromTwice() bool {
	saved := p.lexer
	p.next()
	p.next()
	twice := p.isName(aFrom) || p.tok == tAssign
	p.lexer = saved
	return twice
}

// importSource reads the source string, import attributes and the end.
func (p *parser) importSource(n int32) int32 {
	p.moduleSource(n)
	p.semicolon()
	if p.nodes[n].flags&flagType == 0 {
		p.requests = append(p.requests, n)
	}
	return p.finish(n)
}

func (p *parser) moduleSource(n int32) {
	if p.tok != tString {
		p.unexpected("string")
		return
	}
	source := p.primary()
	p.nodes[n].b = source
	if p.tok == tWith || p.isName(aAssert) && !p.newline {
		p.next()
		if p.tok == tLBrace {
			p.object()
		} else {
			p.expect(tLBrace)
		}
	}
}

// importSpecifier reads a, a as b, "a" as b; 0 for a type.
func (p *parser) importSpecifier() int32 {
	start := p.start
	typeOnly := p.typeSpecifier()
	reserved := p.tok > tIdent || p.tok == tIdent && p.escaped && p.atom <= aLastKeyword
	imported := p.moduleName()
	var local int32
	if p.eatName(aAs) {
		local = p.bindingTarget()
	} else {
		if p.nodes[imported].kind == nString || imported == 0 {
			p.unexpected("name")
			return 0
		}
		if reserved {
			p.report(int(p.nodes[imported].start), int(p.nodes[imported].end), "js/reserved-word", "word", p.atoms.text(p.nodes[imported].a))
		}
		local = p.node(nIdent, start)
		p.nodes[local].a, p.nodes[local].end, p.nodes[local].start = p.nodes[imported].a, p.nodes[imported].end, p.nodes[imported].start
	}
	if typeOnly {
		return 0
	}
	return p.make3(nImportSpec, start, imported, local, 0)
}

// typeSpecifier passes the word type in { type A, type B as C }.
func (p *parser) typeSpecifier() bool {
	if !p.typescript || !p.isName(aType) {
		return false
	}
	saved := p.lexer
	p.next()
	switch {
	case p.tok == tComma || p.tok == tRBrace:
	case p.isName(aAs):
		// type as x: a value named type; type as as x: the type as.
		p.next()
		if p.isName(aAs) || p.tok == tComma || p.tok == tRBrace {
			p.lexer = saved
			p.next()
			return true
		}
	default:
		return true
	}
	p.lexer = saved
	return false
}

// moduleName reads the name of an import or export, which may be any word or a string.
func (p *parser) moduleName() int32 {
	if p.tok == tString {
		return p.primary()
	}
	if p.tok >= tIdent {
		return p.leaf(nIdent)
	}
	p.unexpected("name")
	return 0
}

func (p *parser) exportDeclaration() int32 {
	start := p.start
	n := p.node(nExport, start)
	p.next()
	p.esm = true
	switch p.tok {
	case tStar:
		return p.exportAll(n, false)
	case tLBrace:
		return p.exportList(n, false)
	case tDefault:
		return p.exportDefault(n)
	case tAssign:
		if p.typescript {
			p.next()
			e := p.expression()
			p.semicolon()
			p.nodes[n].kind, p.nodes[n].a = nExportAssign, e
			return p.finish(n)
		}
	case tVar, tConst, tFunction, tClass, tAt, tEnum:
		d := p.statement(true)
		p.nodes[n].a = d
		return p.finish(n)
	case tImport:
		if p.typescript {
			p.next()
			if p.isName(aType) {
				if t, _ := p.peek(); t == tIdent {
					p.next()
				}
			}
			inner := p.node(nImport, start)
			local := p.bindingTarget()
			inner = p.importEquals(inner, local, false)
			p.nodes[n].a = inner
			return p.finish(n)
		}
	case tIdent:
		if p.typescript {
			if p.isName(aType) {
				switch t, _ := p.peek(); t {
				case tStar:
					p.next()
					return p.exportAll(n, true)
				case tLBrace:
					p.next()
					return p.exportList(n, true)
				}
			}
			if p.isName(aAs) { // export as namespace X
				if t, a, _ := p.peekName(); t == tIdent && a == aNamespace {
					p.next()
					p.next()
					p.bindingTarget()
					p.semicolon()
					p.nodes[n].kind = nEmpty
					return p.finish(n)
				}
			}
		}
		if p.atom == aLet || p.atom == aAsync || p.atom == aUsing || p.typescript {
			d, ok := p.identStatement(p.start, true)
			if ok {
				p.nodes[n].a = d
				return p.finish(n)
			}
		}
	}
	p.unexpected("declaration")
	return 0
}

func (p *parser) exportAll(n int32, typeOnly bool) int32 {
	p.next()
	var name int32
	if p.eatName(aAs) {
		name = p.moduleName()
	}
	if !p.failed && !p.eatName(aFrom) {
		p.unexpected("from")
	}
	p.nodes[n].kind, p.nodes[n].a = nExportAll, name
	if typeOnly {
		p.nodes[n].flags = flagType
	}
	n = p.importSource(n)
	if typeOnly {
		p.nodes[n].kind = nEmpty
	}
	return n
}

func (p *parser) exportList(n int32, typeOnly bool) int32 {
	p.next()
	reserved := int32(0) // a local name that only another module could have
	var l list
	for p.tok != tRBrace && p.tok != tEOF {
		at := p.start
		dropped := p.typeSpecifier()
		if reserved == 0 && (p.tok > tIdent || p.tok == tString) {
			reserved = int32(len(p.nodes))
		}
		local := p.moduleName()
		exported := local
		if p.eatName(aAs) {
			exported = p.moduleName()
		} else if local != 0 {
			exported = int32(len(p.nodes))
			p.nodes = append(p.nodes, p.nodes[local])
		}
		if !dropped {
			p.push(&l, p.make3(nExportSpec, at, local, exported, 0))
		}
		if p.tok != tRBrace && !p.expect(tComma) {
			break
		}
	}
	p.expect(tRBrace)
	p.nodes[n].kind, p.nodes[n].a = nExportList, l.first
	if typeOnly {
		p.nodes[n].flags = flagType
	}
	if p.eatName(aFrom) {
		n = p.importSource(n)
	} else {
		if reserved != 0 {
			r := p.nodes[reserved]
			p.report(int(r.start), int(r.end), "js/reserved-word", "word", string(p.src[r.start:r.end]))
		}
		p.semicolon()
		p.finish(n)
	}
	if typeOnly {
		p.nodes[n].kind = nEmpty
	}
	return n
}

func (p *parser) exportDefault(n int32) int32 {
	p.next()
	start := p.start
	var e int32
	switch {
	case p.tok == tFunction:
		p.next()
		p.inDefault = true
		e = p.function(start, flagDeclaration)
	case p.tok == tClass:
		p.inDefault = true
		e = p.class(start, flagDeclaration, 0)
	case p.tok == tAt:
		d := p.decorators()
		p.inDefault = true
		if p.typescript {
			p.eatName(aAbstract)
		}
		e = p.class(start, flagDeclaration, d)
	case p.isName(aAsync) && p.asyncFunction():
		p.next()
		p.next()
		p.inDefault = true
		e = p.function(start, flagDeclaration|flagAsync)
	case p.typescript && p.isName(aAbstract) && p.abstractClass():
		p.next()
		p.inDefault = true
		e = p.class(start, flagDeclaration, 0)
	case p.typescript && p.isName(aInterface):
		e, _ = p.tsStatement(start)
	default:
		e = p.assignment()
		p.semicolon()
	}
	p.nodes[n].kind, p.nodes[n].a = nExportDefault, e
	return p.finish(n)
}

func (p *parser) asyncFunction() bool {
	t, newline := p.peek()
	return t == tFunction && !newline
}

func (p *parser) abstractClass() bool {
	t, newline := p.peek()
	return t == tClass && !newline
}
