package js

// array reads [a, , ...b], which may turn out to be a pattern.
func (p *parser) array() int32 {
	n := p.node(nArray, p.start)
	p.next()
	noIn, ternary, parens := p.noIn, p.ternary, p.parens
	p.noIn, p.ternary, p.parens = false, 0, 0
	var l list
	for p.tok != tRBracket && p.tok != tEOF {
		switch p.tok {
		case tComma:
			hole := p.node(nHole, p.start)
			p.nodes[hole].end = int32(p.start)
			p.push(&l, hole)
		case tEllipsis:
			p.push(&l, p.spread())
		default:
			p.push(&l, p.assignment())
		}
		if p.tok != tRBracket && !p.expect(tComma) {
			break
		}
	}
	p.noIn, p.ternary, p.parens = noIn, ternary, parens
	p.nodes[n].a = l.first
	p.expect(tRBracket)
	return p.finish(n)
}

// object reads {a, b: c, d() {}, ...e}, which may turn out to be a pattern.
func (p *parser) object() int32 {
	n := p.node(nObject, p.start)
	p.next()
	noIn, ternary, parens := p.noIn, p.ternary, p.parens
	p.noIn, p.ternary, p.parens = false, 0, 0
	var l list
	for p.tok != tRBrace && p.tok != tEOF {
		if p.tok == tEllipsis {
			p.push(&l, p.spread())
		} else {
			p.push(&l, p.property())
		}
		if p.tok != tRBrace && !p.expect(tComma) {
			break
		}
	}
	p.noIn, p.ternary, p.parens = noIn, ternary, parens
	p.nodes[n].a = l.first
	p.expect(tRBrace)
	return p.finish(n)
}

// endsKey reports whether the current token shows that the name before it was a
// key and not a modifier such as get or async.
func (p *parser) endsKey() bool {
	switch p.tok {
	case tComma, tColon, tLParen, tRBrace, tAssign, tSemi, tEOF, tLess, tQuestion, tNot:
		return true
	}
	return false
}

func (p *parser) property() int32 {
	start := p.start
	n := p.node(nProperty, start)
	var flags uint16
	op := propInit
	nameTok := p.tok
	var key int32
	if p.tok == tStar {
		p.next()
		flags |= flagGenerator
	}
	modifier := p.tok == tIdent && !p.escaped && flags == 0 && (p.atom == aGet || p.atom == aSet || p.atom == aAsync)
	key, computed := p.propertyKey(false)
	if modifier && !p.endsKey() && !(p.nodes[key].a == aAsync && p.newline) {
		switch p.nodes[key].a {
		case aGet:
			op = propGet
		case aSet:
			op = propSet
		default:
			flags |= flagAsync
			if p.eat(tStar) {
				flags |= flagGenerator
			}
		}
		nameTok = tComma
		key, computed = p.propertyKey(false)
	}
	if computed {
		p.nodes[n].flags |= flagComputed
	}
	p.nodes[n].a = key
	switch {
	case p.tok == tLParen || p.tok == tLess && p.typescript:
		value := p.method(flags)
		if op == propInit {
			op = propMethod
		}
		p.nodes[n].b = value
	case op != propInit || flags != 0:
		p.expect(tLParen)
	case p.eat(tColon):
		value := p.assignment()
		p.nodes[n].b = value
	case nameTok == tIdent:
		op = propShorthand
		value := p.node(nIdent, start)
		p.nodes[value].a, p.nodes[value].end = p.nodes[key].a, p.nodes[key].end
		if p.tok == tAssign && p.op == assignPlain {
			if p.cover < 0 {
				p.cover = p.start
			}
			p.next()
			given := p.assignment()
			value = p.make3(nDefault, start, value, given, 0)
		}
		p.nodes[n].b = value
	default:
		p.expect(tColon)
	}
	p.nodes[n].op = op
	return p.finish(n)
}

// propertyKey reads the name of a property.
func (p *parser) propertyKey(private bool) (key int32, computed bool) {
	switch p.tok {
	case tString:
		escaped := p.escaped
		key = p.leaf(nString)
		if escaped {
			p.nodes[key].flags = flagEscaped
		}
	case tNumber, tBigInt:
		key = p.leaf(nLiteral)
	case tLBracket:
		p.next()
		noIn := p.noIn
		p.noIn = false
		key = p.assignment()
		p.noIn = noIn
		p.expect(tRBracket)
		return key, true
	case tPrivate:
		if !private {
			p.unexpected("name")
			return 0, false
		}
		key = p.leaf(nIdent)
		p.nodes[key].flags = flagPrivate
	default:
		if p.tok < tIdent {
			p.unexpected("name")
			return 0, false
		}
		key = p.leaf(nIdent)
	}
	return key, false
}

// toPattern turns an expression into the pattern it stands for as the left side
// of an assignment or as a parameter.
func (p *parser) toPattern(e int32) int32 {
	if p.failed || e == 0 {
		return e
	}
	if !p.enter() {
		return e
	}
	defer func() { p.depth-- }()
	n := &p.nodes[e]
	switch n.kind {
	case nIdent, nDot, nIndex, nArrayPattern, nObjectPattern, nDefault:
		return e
	case nCall:
		if !p.fn.strict {
			return e
		}
	case nArray:
		if n.flags&flagParen != 0 {
			break
		}
		n.kind = nArrayPattern
		p.uncover(e)
		for i := n.a; i != 0; i = p.nodes[i].next {
			if p.nodes[i].kind == nHole {
				continue
			}
			if p.nodes[i].kind == nSpread {
				p.nodes[i].kind = nRest
				p.toPattern(p.nodes[i].a)
				continue
			}
			p.toPattern(i)
		}
		return e
	case nObject:
		if n.flags&flagParen != 0 {
			break
		}
		n.kind = nObjectPattern
		p.uncover(e)
		for i := n.a; i != 0; i = p.nodes[i].next {
			switch c := &p.nodes[i]; {
			case c.kind == nSpread:
				c.kind = nRest
				p.toPattern(c.a)
			case c.op == propInit || c.op == propShorthand:
				p.toPattern(c.b)
			default:
				p.badTarget(i)
			}
		}
		return e
	case nAssign:
		if n.op == assignPlain && n.flags&flagParen == 0 {
			n.kind = nDefault
			return e
		}
	}
	p.badTarget(e)
	return e
}

// uncover forgets a {a = 1} inside e, which has become a pattern.
func (p *parser) uncover(e int32) {
	if p.cover >= int(p.nodes[e].start) {
		p.cover = -1
	}
}

// bindingTarget reads a name or a pattern that declares names.
func (p *parser) bindingTarget() int32 {
	switch p.tok {
	case tIdent:
		if p.fn.strict && p.atom == aYield || p.fn.generator && p.atom == aYield || p.fn.async && p.atom == aAwait {
			p.fail(p.start, p.pos, "js/reserved-word", "word", p.tokenText())
			return 0
		}
		return p.leaf(nIdent)
	case tLBracket:
		if !p.enter() {
			return 0
		}
		n := p.node(nArrayPattern, p.start)
		p.next()
		var l list
		for p.tok != tRBracket && p.tok != tEOF {
			switch p.tok {
			case tComma:
				hole := p.node(nHole, p.start)
				p.nodes[hole].end = int32(p.start)
				p.push(&l, hole)
			case tEllipsis:
				p.push(&l, p.restElement())
			default:
				p.push(&l, p.bindingElement())
			}
			if p.tok != tRBracket && !p.expect(tComma) {
				break
			}
		}
		p.nodes[n].a = l.first
		p.expect(tRBracket)
		p.depth--
		return p.finish(n)
	case tLBrace:
		if !p.enter() {
			return 0
		}
		n := p.node(nObjectPattern, p.start)
		p.next()
		var l list
		for p.tok != tRBrace && p.tok != tEOF {
			if p.tok == tEllipsis {
				p.push(&l, p.restElement())
			} else {
				p.push(&l, p.bindingProperty())
			}
			if p.tok != tRBrace && !p.expect(tComma) {
				break
			}
		}
		p.nodes[n].a = l.first
		p.expect(tRBrace)
		p.depth--
		return p.finish(n)
	}
	if p.tok > tIdent {
		p.fail(p.start, p.pos, "js/reserved-word", "word", p.tokenText())
		return 0
	}
	p.unexpected("name")
	return 0
}

func (p *parser) restElement() int32 {
	start := p.start
	p.next()
	t := p.bindingTarget()
	return p.make3(nRest, start, t, 0, 0)
}

// bindingElement reads a target with an optional default.
func (p *parser) bindingElement() int32 {
	start := p.start
	t := p.bindingTarget()
	if p.tok == tAssign && p.op == assignPlain {
		p.next()
		noIn := p.noIn
		p.noIn = false
		value := p.assignment()
		p.noIn = noIn
		return p.make3(nDefault, start, t, value, 0)
	}
	return t
}

func (p *parser) bindingProperty() int32 {
	start := p.start
	n := p.node(nProperty, start)
	nameTok := p.tok
	key, computed := p.propertyKey(false)
	if computed {
		p.nodes[n].flags = flagComputed
	}
	p.nodes[n].a = key
	if p.eat(tColon) {
		value := p.bindingElement()
		p.nodes[n].b = value
		return p.finish(n)
	}
	if nameTok != tIdent {
		p.expect(tColon)
		return n
	}
	p.nodes[n].op = propShorthand
	value := p.node(nIdent, start)
	p.nodes[value].a, p.nodes[value].end = p.nodes[key].a, p.nodes[key].end
	if p.tok == tAssign && p.op == assignPlain {
		p.next()
		noIn := p.noIn
		p.noIn = false
		given := p.assignment()
		p.noIn = noIn
		value = p.make3(nDefault, start, value, given, 0)
	}
	p.nodes[n].b = value
	return p.finish(n)
}
