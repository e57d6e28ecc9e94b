package js

// expression reads a comma expression.
func (p *parser) expression() int32 {
	start := p.start
	e := p.assignment()
	if p.tok != tComma {
		return e
	}
	var l list
	p.push(&l, e)
	for p.eat(tComma) {
		p.push(&l, p.assignment())
	}
	return p.make3(nSequence, start, l.first, 0, 0)
}

// assignment reads one expression without commas.
func (p *parser) assignment() int32 {
	// A name or literal that ends at once needs none of the levels below.
	switch p.src[p.pos] {
	case ',', ')', ';', ']', '}':
		switch p.tok {
		case tIdent:
			if p.atom != aYield && p.atom != aAwait {
				return p.primary()
			}
		case tString, tNumber, tNull, tTrue, tFalse:
			return p.primary()
		}
	}
	if !p.enter() {
		return 0
	}
	e := p.assignmentInner()
	p.depth--
	return e
}

func (p *parser) assignmentInner() int32 {
	start := p.start
	if p.tok == tIdent && p.atom == aYield && p.fn.generator && !p.escaped {
		return p.yield()
	}
	e := p.conditional(start)
	switch p.tok {
	case tArrow:
		if p.nodes[e].kind == nIdent && p.nodes[e].flags&flagParen == 0 && !p.newline {
			params := p.node(nParams, start)
			p.nodes[params].a = e
			p.finish(params)
			return p.arrowBody(start, params, 0)
		}
	case tGreater:
		p.joinGreater()
		if p.tok != tAssign {
			return e
		}
		fallthrough
	case tAssign:
		op := p.op
		if op == assignPlain {
			e = p.toPattern(e)
		} else if !p.simpleTarget(e) {
			p.badTarget(e)
		}
		p.next()
		value := p.assignment()
		n := p.make3(nAssign, start, e, value, 0)
		p.nodes[n].op = op
		return n
	}
	return e
}

func (p *parser) simpleTarget(e int32) bool {
	switch p.nodes[e].kind {
	case nIdent:
		return true
	case nDot, nIndex:
		return !p.optionalChain(e)
	case nCall: // an error only when it runs, in loose code
		return true // the binder refuses it in strict code
	}
	return p.failed
}

func (p *parser) badTarget(e int32) {
	if !p.failed {
		p.report(int(p.nodes[e].start), int(p.nodes[e].end), "js/invalid-target")
	}
}

func (p *parser) yield() int32 {
	start := p.start
	p.fn.yieldAt = int32(start)
	p.next()
	var value int32
	star := p.tok == tStar && !p.newline
	if star {
		p.next()
	}
	if star || !p.newline && !p.endsExpression() {
		value = p.assignment()
	}
	return p.make3(nYield, start, value, 0, 0)
}

func (p *parser) endsExpression() bool {
	switch p.tok {
	case tRParen, tRBracket, tRBrace, tComma, tSemi, tColon, tEOF, tIn, tQuestion:
		return true
	}
	return p.isName(aOf)
}

func (p *parser) conditional(start int) int32 {
	test := p.binary(start, 0)
	if p.tok != tQuestion {
		return test
	}
	if p.typescript && p.parens > 0 {
		// "(a?: T) =>": nothing that could be a value follows.
		switch p.peekByte() {
		case ':', ',', ')', '=':
			return test
		}
	}
	p.next()
	noIn := p.noIn
	p.noIn = false
	p.ternary++
	then := p.assignment()
	p.ternary--
	p.noIn = noIn
	p.expect(tColon)
	other := p.assignment()
	return p.make3(nCond, start, test, then, other)
}

// binary reads operators stronger than least.
func (p *parser) binary(start int, least uint8) int32 {
	var left int32
	if p.tok == tPrivate {
		p.usePrivate()
		left = p.leaf(nIdent)
		p.nodes[left].flags = flagPrivate
		if p.tok != tIn || least >= 8 {
			p.unexpected("in")
		}
	} else {
		left = p.unary()
		if p.isArrow(left) {
			return left
		}
	}
	spine := 0
	for {
		if p.tok == tGreater {
			p.joinGreater()
		}
		strength := precedence[p.tok]
		if strength <= least {
			if p.typescript && p.tok == tIdent && !p.newline && (p.atom == aAs || p.atom == aSatisfies) && !p.escaped && least < 8 {
				p.next()
				if p.tok == tConst {
					p.next()
				} else {
					p.parseType()
				}
				continue
			}
			return left
		}
		if p.tok == tIn && p.noIn {
			return left
		}
		if spine++; spine > maxSpine {
			p.giveUp()
			return left
		}
		op := p.tok
		opStart := p.start
		if op == tPower {
			if k := p.nodes[left]; k.flags&flagParen == 0 && (k.kind == nUnary || k.kind == nAwait) {
				p.fail(p.start, p.pos, "js/unary-power")
				return left
			}
		}
		p.next()
		rightStart := p.start
		var right int32
		if op == tPower {
			right = p.binary(rightStart, strength-1)
		} else {
			right = p.binary(rightStart, strength)
		}
		k := nBinary
		if op == tAndAnd || op == tOrOr || op == tNullish {
			k = nLogical
			if p.mixesNullish(op, left) || p.mixesNullish(op, right) {
				p.report(opStart, opStart+2, "js/mixed-nullish")
			}
		}
		left = p.make3(k, start, left, right, 0)
		p.nodes[left].op = uint8(op)
	}
}

// mixesNullish reports whether e is && or || beside ??, or the reverse, without parentheses.
func (p *parser) mixesNullish(op token, e int32) bool {
	n := &p.nodes[e]
	if n.kind != nLogical || n.flags&flagParen != 0 || p.failed {
		return false
	}
	return (op == tNullish) != (token(n.op) == tNullish)
}

func (p *parser) unary() int32 {
	start := p.start
	switch p.tok {
	case tNot, tTilde, tPlus, tMinus, tTypeof, tVoid, tDelete:
		op := p.tok
		if !p.enter() {
			return 0
		}
		p.next()
		e := p.unary()
		p.depth--
		if p.isArrow(e) {
			p.reportID(e, "js/arrow-operand")
		}
		n := p.make3(nUnary, start, e, 0, 0)
		p.nodes[n].op = uint8(op)
		return n
	case tPlusPlus, tMinusMinus:
		if !p.enter() {
			return 0
		}
		op := p.tok
		p.next()
		e := p.unary()
		p.depth--
		if !p.simpleTarget(e) {
			p.badTarget(e)
		}
		n := p.make3(nUpdate, start, e, 0, 0)
		p.nodes[n].op, p.nodes[n].flags = uint8(op), flagPrefix
		return n
	case tIdent:
		if p.atom == aAwait && !p.escaped && p.awaitExpression() {
			if !p.enter() {
				return 0
			}
			p.fn.awaitAt = int32(start)
			p.next()
			e := p.unary()
			p.depth--
			return p.make3(nAwait, start, e, 0, 0)
		}
	case tLess:
		if p.typescript && (!p.jsx || p.genericArrowAhead()) {
			return p.angleExpression(start)
		}
	}
	return p.postfix(start, p.subscripts(start, p.primary(), false))
}

// isArrow reports whether e is an arrow function, behind which no operator can follow.
func (p *parser) isArrow(e int32) bool {
	n := &p.nodes[e]
	return n.kind == nFunction && n.flags&(flagArrow|flagParen) == flagArrow
}

// postfix reads ++ and -- behind a value.
func (p *parser) postfix(start int, e int32) int32 {
	if (p.tok == tPlusPlus || p.tok == tMinusMinus) && !p.newline {
		if !p.simpleTarget(e) {
			p.badTarget(e)
		}
		op := p.tok
		p.next()
		n := p.make3(nUpdate, start, e, 0, 0)
		p.nodes[n].op = uint8(op)
		return n
	}
	return e
}

// awaitAllowed reports whether await can be an operator here at all.
func (p *parser) awaitAllowed() bool {
	return p.fn.async || !p.fn.inFunction
}

// awaitExpression decides whether the name "await" at hand is the operator.
func (p *parser) awaitExpression() bool {
	if p.fn.async {
		return true
	}
	t, newline := p.peek()
	operand := false
	switch t {
	case tIdent, tString, tNumber, tBigInt, tNew, tThis, tFunction, tClass, tNull, tTrue, tFalse, tSuper, tImport, tTypeof, tVoid, tNot:
		operand = !newline
	case tLBrace, tLParen, tLBracket, tBacktick:
		operand = !newline && !p.fn.inFunction && !p.fn.inClass
	}
	if !operand {
		return p.module && !p.fn.inFunction && t != tRParen && t != tComma && t != tSemi && t != tAssign && t != tArrow && t != tDot
	}
	if p.isOfIn(t) {
		return false
	}
	if p.fn.inFunction || p.fn.inClass {
		p.reportOutside(p.start, p.pos, "js/await-outside-async")
	}
	return true
}

// isOfIn tells names that may stand behind the name await: "for (await of x)".
func (p *parser) isOfIn(t token) bool {
	if t != tIdent {
		return false
	}
	_, a, _ := p.peekName()
	return a == aOf || p.typescript && (a == aAs || a == aSatisfies)
}

// subscripts reads what follows a value: members, calls, templates. noCall is set
// for the callee of new.
func (p *parser) subscripts(start int, e int32, noCall bool) int32 {
	if p.isArrow(e) {
		return e
	}
	for spine := 0; ; spine++ {
		if spine > maxSpine {
			p.giveUp()
			return e
		}
		switch p.tok {
		case tDot:
			p.next()
			e = p.member(start, e)
		case tQuestionDot:
			if noCall {
				p.unexpected("expression")
				return e
			}
			p.next()
			switch p.tok {
			case tLBracket:
				e = p.indexed(start, e)
			case tLParen:
				args := p.arguments()
				e = p.make3(nCall, start, e, args, 0)
			case tBacktick:
				p.unexpected("expression")
				return e
			case tLess:
				if !p.typescript || !p.tryTypeArguments() {
					p.unexpected("name")
					return e
				}
				args := p.arguments()
				e = p.make3(nCall, start, e, args, 0)
			default:
				e = p.member(start, e)
			}
			p.nodes[e].flags |= flagOptional
		case tLBracket:
			e = p.indexed(start, e)
		case tLParen:
			if noCall {
				return e
			}
			args := p.arguments()
			if n := &p.nodes[e]; n.kind == nIdent && n.a == aRequire {
				p.requests = append(p.requests, int32(len(p.nodes)))
			}
			if p.cutSDK && p.isSDK(e, args) {
				e = p.cut(start, e)
				continue
			}
			e = p.make3(nCall, start, e, args, 0)
		case tBacktick:
			if p.optionalChain(e) {
				p.report(p.start, p.pos, "js/optional-template")
			}
			t := p.template(true)
			e = p.make3(nTagged, start, e, t, 0)
		case tNot:
			if !p.typescript || p.newline {
				return e
			}
			p.next()
		case tLess:
			if !p.typescript || !p.tryTypeArguments() {
				return e
			}
			if noCall && p.tok == tLParen {
				return e
			}
		case tShift:
			// f<<T>(x: T) => T>(g): TypeScript reads the << as two.
			if !p.typescript || p.op != '<' || !p.splitShift() {
				return e
			}
		default:
			return e
		}
	}
}

func (p *parser) member(start int, e int32) int32 {
	n := p.node(nDot, start)
	p.nodes[n].a = e
	switch {
	case p.tok >= tIdent:
		p.nodes[n].b = p.atom
	case p.tok == tPrivate:
		p.usePrivate()
		p.nodes[n].b = p.atom
		p.nodes[n].flags = flagPrivate
		if p.nodes[e].kind == nSuper {
			p.report(p.start, p.pos, "js/super-outside")
		}
	default:
		p.unexpected("name")
		return n
	}
	p.next()
	return p.finish(n)
}

func (p *parser) indexed(start int, e int32) int32 {
	p.next()
	noIn := p.noIn
	p.noIn = false
	key := p.expression()
	p.noIn = noIn
	p.expect(tRBracket)
	if name := p.quotedName(key); name != 0 {
		return p.make3(nDot, start, e, name, key)
	}
	return p.make3(nIndex, start, e, key, 0)
}

// quotedName is the name that a key in brackets spells: a["b"] is a.b.
func (p *parser) quotedName(key int32) int32 {
	n := &p.nodes[key]
	from, to := int(n.start)+1, int(n.end)-1
	switch {
	case n.kind != nString || to <= from || p.src[from-1] != p.src[to]:
		return 0
	case n.flags&flagEscaped != 0:
		return p.atoms.intern(string(unescape(p.src[from:to])))
	}
	return p.atoms.find(p.src, from, to)
}

// arguments reads (a, ...b).
func (p *parser) arguments() int32 {
	open := p.start
	p.expect(tLParen)
	noIn, ternary, parens := p.noIn, p.ternary, p.parens
	p.noIn, p.ternary, p.parens = false, 0, 0
	var l list
	for p.tok != tRParen && p.tok != tEOF {
		if p.tok == tEllipsis {
			p.push(&l, p.spread())
		} else {
			p.push(&l, p.assignment())
		}
		if p.tok != tRParen && !p.separator(tRParen, open) {
			break
		}
	}
	p.noIn, p.ternary, p.parens = noIn, ternary, parens
	p.closing(tRParen, open)
	return l.first
}

func (p *parser) spread() int32 {
	start := p.start
	p.next()
	e := p.assignment()
	return p.make3(nSpread, start, e, 0, 0)
}

// primary reads a value without what follows it.
func (p *parser) primary() int32 {
	start := p.start
	switch p.tok {
	case tIdent:
		if p.atom == aAsync {
			return p.asyncPrimary()
		}
		if p.suspicious() {
			p.checkName()
		}
		return p.leaf(nIdent)
	case tNumber:
		return p.numberLeaf()
	case tBigInt, tNull, tTrue, tFalse:
		return p.leaf(nLiteral)
	case tString:
		return p.stringLeaf()
	case tThis:
		return p.leaf(nThis)
	case tSuper:
		n := p.leaf(nSuper)
		switch p.tok {
		case tLParen:
			if p.fn.superCall {
				return n
			}
		case tDot, tLBracket:
			if p.fn.superMember {
				return n
			}
		}
		p.reportOutside(int(p.nodes[n].start), int(p.nodes[n].end), "js/super-outside")
		return n
	case tSlash, tAssign:
		if p.src[p.start] != '/' {
			break
		}
		p.rescanRegex()
		if p.tok == tRegex {
			p.checkRegex()
			return p.leaf(nLiteral)
		}
	case tLParen:
		return p.parenOrArrow(start, 0)
	case tLBracket:
		return p.array()
	case tLBrace:
		return p.object()
	case tFunction:
		p.next()
		return p.function(start, 0)
	case tClass:
		return p.class(start, 0, 0)
	case tAt:
		d := p.decorators()
		if p.tok == tClass {
			return p.class(start, 0, d)
		}
	case tNew:
		return p.newExpression()
	case tBacktick:
		return p.template(false)
	case tImport:
		return p.importExpression()
	case tLess:
		if p.jsx {
			return p.jsxElement()
		}
	}
	p.unexpected("expression")
	return 0
}

// numberLeaf reads a number.
func (p *parser) numberLeaf() int32 {
	legacy := p.escaped
	n := p.leaf(nLiteral)
	if legacy {
		p.nodes[n].flags = flagOctal
	}
	return n
}

// stringLeaf reads a string.
func (p *parser) stringLeaf() int32 {
	escaped := p.escaped
	n := p.leaf(nString)
	if escaped {
		p.nodes[n].flags = flagEscaped
		p.checkString(n)
	}
	return n
}

func (p *parser) newExpression() int32 {
	start := p.start
	if !p.enter() {
		return 0
	}
	defer func() { p.depth-- }()
	p.next()
	if p.eat(tDot) {
		if !p.eatName(aTarget) {
			p.unexpected("name")
		} else if !p.fn.newTarget {
			p.report(start, p.prevEnd, "js/new-target-outside")
		}
		return p.make3(nMeta, start, 0, 0, 0)
	}
	calleeStart := p.start
	if p.tok == tImport && p.peekByte() == '(' {
		p.unexpected("expression")
		return 0
	}
	callee := p.subscripts(calleeStart, p.primary(), true)
	if p.nodes[callee].kind == nSuper {
		p.reportID(callee, "js/super-outside")
	}
	var args int32
	if p.tok == tLParen {
		args = p.arguments()
	}
	return p.make3(nNew, start, callee, args, 0)
}

func (p *parser) importExpression() int32 {
	start := p.start
	p.next()
	if p.eat(tDot) {
		if p.eatName(aMeta) {
			if p.script {
				p.report(start, p.prevEnd, "js/module-in-script", "keyword", "import.meta")
			}
			return p.make3(nMeta, start, 0, 0, 0)
		}
		if !p.eatName(aSource) && !p.eatName(aDefer) {
			p.unexpected("name")
			return 0
		}
	}
	if p.tok != tLParen {
		p.unexpected("expression")
		return 0
	}
	args := p.arguments()
	var more int32
	if args != 0 {
		more = p.nodes[args].next
		p.nodes[args].next = 0
		if more != 0 && p.nodes[more].next != 0 {
			p.reportID(p.nodes[more].next, "js/import-arguments")
		}
	} else if !p.failed {
		p.report(start, p.prevEnd, "js/expected-expression", "found", ")")
	}
	p.requests = append(p.requests, int32(len(p.nodes)))
	return p.make3(nImportCall, start, args, more, 0)
}

// template reads `text ${expression} text`.
func (p *parser) template(tagged bool) int32 {
	start := p.start
	n := p.node(nTemplate, start)
	var l list
	noIn, ternary, parens := p.noIn, p.ternary, p.parens
	p.noIn, p.ternary, p.parens = false, 0, 0
	for {
		from := p.pos
		end, last, ok := p.scanChunk()
		if !ok {
			p.fail(start, min(start+1, p.size), "js/unterminated-template")
			break
		}
		if !tagged && p.escaped {
			if at := badTemplateEscape(p.src[from:end]); at >= 0 {
				p.report(from+at, from+at+2, "js/bad-escape")
			}
		}
		chunk := p.node(nChunk, from)
		p.nodes[chunk].end = int32(end)
		if p.escaped {
			p.nodes[chunk].flags = flagEscaped
		}
		p.push(&l, chunk)
		p.next()
		if last {
			break
		}
		p.push(&l, p.expression())
		if p.tok != tRBrace {
			p.expect(tRBrace)
			break
		}
	}
	p.noIn, p.ternary, p.parens = noIn, ternary, parens
	p.nodes[n].a = l.first
	return p.finish(n)
}
