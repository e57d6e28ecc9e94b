package js

// decorators reads @a @b(c) and returns a block of the expressions.
func (p *parser) decorators() int32 {
	start := p.start
	var l list
	for p.eat(tAt) {
		at := p.start
		var e int32
		if p.tok == tLParen {
			e = p.parenthesised()
		} else {
			e = p.primary()
		}
		for !p.failed {
			switch {
			case p.tok == tDot:
				p.next()
				e = p.member(at, e)
				continue
			case p.tok == tLParen:
				args := p.arguments()
				e = p.make3(nCall, at, e, args, 0)
				continue
			case p.tok == tNot && p.typescript:
				p.next()
				continue
			case p.tok == tLess && p.typescript && p.tryTypeArguments():
				continue
			}
			break
		}
		p.push(&l, p.make3(nExpr, at, e, 0, 0))
	}
	return p.make3(nBlock, start, l.first, 0, 0)
}

// class reads a class from the word class on.
func (p *parser) class(start int, flags uint16, decorators int32) int32 {
	if !p.enter() {
		return 0
	}
	defer func() { p.depth-- }()
	n := p.node(nClass, start)
	p.nodes[n].flags = flags
	p.next()
	strict := p.fn.strict
	p.fn.strict = true
	if p.tok == tIdent && !(p.atom == aImplements && p.typescript) {
		if p.suspicious() {
			p.checkName()
		}
		name := p.leaf(nIdent)
		p.nodes[n].a = name
	} else if flags&flagDeclaration != 0 && !p.inDefault {
		p.unexpected("name")
	}
	p.inDefault = false
	if p.typescript && p.tok == tLess {
		p.typeParameters()
	}
	if p.eat(tExtends) {
		at := p.start
		base := p.subscripts(at, p.primary(), false)
		p.nodes[n].b = base
		if p.typescript && p.tok == tLess {
			p.typeArguments()
		}
	}
	if p.typescript && p.eatName(aImplements) {
		p.typeList()
	}
	open := p.start
	p.expect(tLBrace)
	noIn, ternary, parens := p.noIn, p.ternary, p.parens
	p.noIn, p.ternary, p.parens = false, 0, 0
	var l list
	if decorators != 0 {
		p.push(&l, p.make3(nMember, start, 0, decorators, 0))
	}
	p.classes++
	first := len(p.privates)
	body := classBody{first: first, derived: p.nodes[n].b != 0}
	for p.tok != tRBrace && p.tok != tEOF {
		if p.eat(tSemi) {
			continue
		}
		if p.newline && p.statementInClass(open) {
			p.leftOpen(open)
			break
		}
		if m := p.classMember(&body); m != 0 {
			p.push(&l, m)
		}
	}
	p.classes--
	p.closePrivates(first)
	p.noIn, p.ternary, p.parens = noIn, ternary, parens
	p.fn.strict = strict
	p.nodes[n].c = l.first
	p.closing(tRBrace, open)
	return p.finish(n)
}

// classBody is what the members of a class must know of one another.
type classBody struct {
	first       int  // its private names begin here in parser.privates
	derived     bool // it extends another
	constructed bool // a constructor was seen
}

// classMember reads one member; 0 if it is only a type.
func (p *parser) classMember(body *classBody) int32 {
	start := p.start
	var decorators int32
	if p.tok == tAt {
		decorators = p.decorators()
	}
	n := p.node(nMember, start)
	p.nodes[n].c = decorators
	var flags uint16
	op := propInit
	dropped := false
modifiers:
	for p.tok == tIdent && !p.escaped {
		switch p.atom {
		case aStatic, aAsync, aGet, aSet, aAccessor:
		case aDeclare, aAbstract, aPublic, aPrivate, aProtected, aReadonly, aOverride:
			if !p.typescript {
				break modifiers
			}
		default:
			break modifiers
		}
		atom := p.atom
		saved := p.lexer
		p.next()
		if p.endsKey() || atom == aStatic && p.nodes[n].flags&flagStatic != 0 || flags != 0 || op != propInit || p.newline && atom != aStatic && atom != aGet && atom != aSet {
			p.lexer = saved
			break
		}
		switch atom {
		case aStatic:
			if p.tok == tLBrace {
				return p.staticBlock(n)
			}
			p.nodes[n].flags |= flagStatic
		case aAsync:
			flags |= flagAsync
		case aGet:
			op = propGet
		case aSet:
			op = propSet
		case aDeclare, aAbstract:
			dropped = true
		}
	}
	if p.eat(tStar) {
		flags |= flagGenerator
	}
	if p.tok == tLBracket && p.typescript && p.indexSignature() {
		return 0
	}
	key, computed := p.propertyKey(true)
	if p.failed {
		return 0
	}
	constructor := p.nodes[n].flags&flagStatic == 0 && !computed && p.nameIs(key, aConstructor)
	p.nodes[n].a = key
	if computed {
		p.nodes[n].flags |= flagComputed
	}
	if p.typescript && (p.tok == tQuestion || p.tok == tNot) {
		p.next()
	}
	var value int32
	if p.tok == tLParen || p.tok == tLess && p.typescript {
		p.derived = constructor && body.derived && op == propInit && flags == 0
		value = p.method(flags)
		if p.nodes[value].kind == nEmpty || dropped {
			return 0
		}
		p.checkAccessor(op, value)
		if constructor && op == propInit {
			op = propConstructor
		} else if op == propInit {
			op = propMethod
		}
	} else {
		if op != propInit || flags != 0 {
			p.expect(tLParen)
			return 0
		}
		p.typeAnnotation()
		if p.tok == tAssign && p.op == assignPlain {
			p.next()
			saved := p.enterFunction(0)
			p.fn.inClass, p.fn.superMember = true, true
			value = p.assignment()
			p.leaveFunction(saved)
		}
		p.semicolon()
		if dropped {
			return 0
		}
	}
	p.nodes[n].b = value
	p.nodes[n].op = op
	if !p.typescript {
		p.checkMember(n, flags, &body.constructed)
	}
	if p.nodes[key].flags&flagPrivate != 0 {
		p.declarePrivate(body.first, key, op, p.nodes[n].flags&flagStatic != 0)
	}
	return p.finish(n)
}

// statementInClass reports whether what stands where a member should is by its
// looks a statement behind the class whose brace is at open.
func (p *parser) statementInClass(open int) bool {
	switch p.tok {
	case tConst, tVar, tFunction, tClass, tIf, tFor, tReturn, tImport, tExport:
	default:
		return false
	}
	c := charClass[p.peekByte()]
	return (c <= cEscape || c == cQuote || p.peekByte() == '{') && indent(p.src, p.start) <= indent(p.src, open)
}

func (p *parser) staticBlock(n int32) int32 {
	saved := p.enterFunction(0)
	p.fn.inClass, p.fn.superMember = true, true
	b := p.block()
	p.leaveFunction(saved)
	p.nodes[n].flags |= flagStatic
	p.nodes[n].b = b
	return p.finish(n)
}
