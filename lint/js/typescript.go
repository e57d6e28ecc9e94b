package js

// tsStatement reads the statements only TypeScript has, at a name. It reports
// whether there was one.
func (p *parser) tsStatement(start int) (int32, bool) {
	t, _, newline := p.peekName()
	if newline {
		return 0, false
	}
	switch p.atom {
	case aType:
		if t != tIdent {
			return 0, false
		}
		p.next()
		p.next()
		if p.tok == tLess {
			p.typeParameters()
		}
		p.expect(tAssign)
		p.parseType()
		p.semicolon()
		return p.make3(nEmpty, start, 0, 0, 0), true
	case aInterface:
		if t != tIdent {
			return 0, false
		}
		p.next()
		p.next()
		if p.tok == tLess {
			p.typeParameters()
		}
		if p.eat(tExtends) {
			p.typeList()
		}
		p.typeMembers()
		return p.make3(nEmpty, start, 0, 0, 0), true
	case aGlobal:
		if t != tLBrace || !p.ambient {
			return 0, false
		}
		p.next()
		p.block()
		return p.make3(nEmpty, start, 0, 0, 0), true
	case aDeclare:
		switch t {
		case tVar, tConst, tFunction, tClass, tEnum, tIdent, tImport:
		default:
			return 0, false
		}
		ambient := p.ambient
		p.ambient = true
		p.next()
		if p.isName(aGlobal) && p.peekByte() == '{' {
			p.next()
			p.block()
		} else {
			p.statement(true)
		}
		p.ambient = ambient
		return p.make3(nEmpty, start, 0, 0, 0), true
	case aAbstract:
		if t != tClass {
			return 0, false
		}
		p.next()
		return p.class(start, flagDeclaration, 0), true
	case aNamespace, aModule:
		if t != tIdent && t != tString {
			return 0, false
		}
		p.next()
		if p.tok == tString {
			p.next()
			if p.tok == tLBrace {
				p.block()
			} else {
				p.semicolon()
			}
			return p.make3(nEmpty, start, 0, 0, 0), true
		}
		return p.namespace(start), true
	}
	return 0, false
}

// namespace reads a name, perhaps with dots, and the block behind it.
func (p *parser) namespace(start int) int32 {
	if !p.enter() {
		return 0
	}
	defer func() { p.depth-- }()
	n := p.node(nNamespace, start)
	name := p.bindingTarget()
	p.nodes[n].a = name
	if p.eat(tDot) {
		inner := p.namespace(p.start)
		p.nodes[n].b = inner
		return p.finish(n)
	}
	if p.expect(tLBrace) {
		l := p.statements(tRBrace, false)
		p.nodes[n].b = l
		p.expect(tRBrace)
	}
	return p.finish(n)
}

func (p *parser) tsEnum(start int) int32 {
	n := p.node(nEnum, start)
	p.expect(tEnum)
	name := p.bindingTarget()
	p.nodes[n].a = name
	p.expect(tLBrace)
	var l list
	for p.tok != tRBrace && p.tok != tEOF {
		at := p.start
		key, _ := p.propertyKey(false)
		var value int32
		if p.tok == tAssign && p.op == assignPlain {
			p.next()
			value = p.assignment()
		}
		p.push(&l, p.make3(nProperty, at, key, value, 0))
		if p.tok != tRBrace && !p.expect(tComma) {
			break
		}
	}
	p.expect(tRBrace)
	p.nodes[n].b = l.first
	return p.finish(n)
}

// importEquals reads import a = require("b"), import a = b.c.
func (p *parser) importEquals(n, local int32, typeOnly bool) int32 {
	p.expect(tAssign)
	requests := len(p.requests)
	e := p.expression()
	p.semicolon()
	if typeOnly {
		p.requests = p.requests[:requests]
		p.nodes[n].kind = nEmpty
		return p.finish(n)
	}
	p.nodes[n].kind, p.nodes[n].a, p.nodes[n].b = nImportEquals, local, e
	return p.finish(n)
}

// angleExpression reads <T>value and <T>(x) => y at the < of a TypeScript file.
func (p *parser) angleExpression(start int) int32 {
	if !p.enter() {
		return 0
	}
	defer func() { p.depth-- }()
	types := p.typeParameters()
	if p.tok != tLParen {
		if types != 1 {
			p.expect(tLParen)
		}
		return p.unary()
	}
	e := p.parenOrArrow(start, 0)
	if p.isArrow(e) {
		return e
	}
	if types != 1 { // more than one type cannot be asserted
		p.expect(tArrow)
	}
	return p.postfix(start, p.subscripts(start, e, false))
}

// genericArrowAhead tells <T,>(x) => y and <T extends U>(x) => y from JSX.
func (p *parser) genericArrowAhead() bool {
	saved := p.lexer
	defer func() { p.lexer = saved }()
	p.next()
	if p.tok == tConst {
		p.next()
	}
	if p.tok != tIdent {
		return false
	}
	p.next()
	if p.tok == tComma {
		return true
	}
	if p.tok != tExtends {
		return false
	}
	p.next()
	return p.tok != tAssign && p.tok != tGreater && p.tok != tSlash
}
