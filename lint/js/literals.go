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
			if p.tok == tComma {
				p.nodes[l.last].flags |= flagComma
			}
		default:
			p.push(&l, p.assignment())
		}
		if p.tok != tRBracket && !p.separator(tRBracket, int(p.nodes[n].start)) {
			break
		}
	}
	p.noIn, p.ternary, p.parens = noIn, ternary, parens
	p.nodes[n].a = l.first
	p.closing(tRBracket, int(p.nodes[n].start))
	return p.finish(n)
}

// object reads {a, b: c, d() {}, ...e}, which may turn out to be a pattern.
func (p *parser) object() int32 {
	n := p.node(nObject, p.start)
	p.next()
	proto := false
	noIn, ternary, parens := p.noIn, p.ternary, p.parens
	p.noIn, p.ternary, p.parens = false, 0, 0
	var l list
	for p.tok != tRBrace && p.tok != tEOF {
		if p.tok == tEllipsis {
			p.push(&l, p.spread())
			if p.tok == tComma {
				p.nodes[l.last].flags |= flagComma
			}
		} else {
			at := p.start
			n := p.property()
			p.push(&l, n)
			if m := &p.nodes[n]; m.flags&flagComputed == 0 && m.op == propInit && p.nameIs(m.a, aProto) && !p.failed {
				if proto && p.cover < 0 {
					p.cover = at
				}
				proto = true
			}
		}
		if p.tok != tRBrace && !p.separator(tRBrace, int(p.nodes[n].start)) {
			break
		}
	}
	p.noIn, p.ternary, p.parens = noIn, ternary, parens
	p.nodes[n].a = l.first
	p.closing(tRBrace, int(p.nodes[n].start))
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
		} else {
			p.checkAccessor(op, value)
		}
		p.nodes[n].b = value
	case op != propInit || flags != 0:
		p.expect(tLParen)
	case p.eat(tColon):
		value := p.assignment()
		p.nodes[n].b = value
	case nameTok == tIdent:
		op = propShorthand
		p.checkShorthand(key)
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
		key = p.stringLeaf()
		p.checkKey(key)
	case tNumber:
		key = p.numberLeaf()
		p.checkKey(key)
	case tBigInt:
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

// checkShorthand reports {yield} and {await} where these are no names, and
// reserved words written with escapes.
func (p *parser) checkShorthand(key int32) {
	n := &p.nodes[key]
	if n.a <= aLastKeyword || n.a == aYield && p.fn.generator || n.a == aAwait && p.fn.async {
		p.report(int(n.start), int(n.end), "js/reserved-word", "word", p.atoms.text(n.a))
	}
}

// toRest makes a rest element of the spread e.
func (p *parser) toRest(e int32) {
	n := &p.nodes[e]
	n.kind = nRest
	if n.flags&flagComma != 0 || n.next != 0 {
		p.reportID(e, "js/rest-not-last")
	}
	if p.nodes[n.a].kind == nAssign {
		p.badTarget(n.a)
		return
	}
	p.toPattern(n.a)
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
	case nArrayPattern, nObjectPattern, nDefault:
		return e
	case nIdent:
		if p.binding == 0 || n.flags&flagParen == 0 {
			return e
		}
	case nDot, nIndex:
		if p.binding == 0 && !p.optionalChain(e) {
			return e
		}
	case nCall:
		if p.binding == 0 {
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
				p.toRest(i)
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
				p.toRest(i)
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
			if p.binding > 0 {
				p.bindingOnly(n.a)
			}
			return e
		}
	}
	p.badTarget(e)
	return e
}

// bindingOnly reports what in a pattern is no name to declare: it was read as the
// left side of an assignment, which may be any place.
func (p *parser) bindingOnly(e int32) {
	switch n := p.nodes[e]; n.kind {
	case nIdent:
		if n.flags&flagParen != 0 {
			p.badTarget(e)
		}
	case nArrayPattern, nObjectPattern:
		for i := n.a; i != 0; i = p.nodes[i].next {
			switch c := p.nodes[i]; c.kind {
			case nProperty:
				p.bindingOnly(c.b)
			case nHole:
			default:
				p.bindingOnly(i)
			}
		}
	case nDefault, nRest:
		p.bindingOnly(n.a)
	default:
		p.badTarget(e)
	}
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
		if p.suspicious() {
			p.checkName()
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
			if p.tok != tRBracket && !p.eat(tComma) {
				break
			}
		}
		p.nodes[n].a = l.first
		p.closing(tRBracket, int(p.nodes[n].start))
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
			if p.tok != tRBrace && !p.eat(tComma) {
				break
			}
		}
		p.nodes[n].a = l.first
		p.closing(tRBrace, int(p.nodes[n].start))
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
	n := p.make3(nRest, start, t, 0, 0)
	if p.tok == tComma {
		p.reportID(n, "js/rest-not-last")
	}
	return n
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
	p.checkShorthand(key)
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
