package js

// statements reads statements up to the token end, which is not passed.
func (p *parser) statements(end token, top bool) int32 {
	var l list
	begin := p.start
	soft := p.soft
	for p.tok != end || p.failed {
		if p.failed {
			if p.spec > 0 || p.gaveUp {
				break
			}
			p.recover(begin)
			begin = p.start
			continue
		}
		begin = p.start
		if p.tok == tEOF {
			break
		}
		if top && p.tok == tRBrace {
			if len(p.fails) == 0 {
				p.report(p.start, p.pos, "js/expected-statement", "found", "}")
			}
			p.next()
			continue
		}
		if p.quiet > 0 && p.leftOver() {
			p.next()
			continue
		}
		p.top, p.soft = top, false
		if n := p.statement(true); n != 0 {
			p.push(&l, n)
		}
		p.checkCover()
	}
	p.soft = soft
	return l.first
}

// checkCover reports a {a = 1} that turned out to be no pattern.
func (p *parser) checkCover() {
	if p.cover >= 0 {
		if p.src[p.cover] == '=' {
			p.report(p.cover, p.cover+1, "js/expected-token", "expected", ":", "found", "=")
		} else {
			p.report(p.cover, p.cover+len("__proto__"), "js/proto-twice")
		}
		p.cover = -1
	}
}

// statement reads one statement or declaration.
func (p *parser) statement(declarations bool) int32 {
	if !p.enter() {
		return 0
	}
	n := p.statementInner(declarations)
	p.depth--
	return n
}

func (p *parser) statementInner(declarations bool) int32 {
	start := p.start
	top := p.top
	p.top = false
	switch p.tok {
	case tLBrace:
		return p.block()
	case tSemi:
		p.next()
		return p.make3(nEmpty, start, 0, 0, 0)
	case tVar:
		p.next()
		return p.finishVar(start, tVar)
	case tConst:
		if !declarations {
			p.report(p.start, p.pos, "js/declaration-not-allowed")
		}
		if p.typescript {
			if t, _ := p.peek(); t == tEnum {
				p.next()
				return p.tsEnum(start)
			}
		}
		p.next()
		return p.finishVar(start, tConst)
	case tFunction:
		if !declarations {
			p.report(p.start, p.pos, "js/declaration-not-allowed")
		}
		p.next()
		return p.function(start, flagDeclaration)
	case tClass:
		if !declarations {
			p.report(p.start, p.pos, "js/declaration-not-allowed")
		}
		return p.class(start, flagDeclaration, 0)
	case tIf:
		return p.ifStatement()
	case tFor:
		return p.forStatement()
	case tWhile:
		p.next()
		test := p.parenthesised()
		body := p.loopBody()
		return p.make3(nWhile, start, test, body, 0)
	case tDo:
		p.next()
		body := p.loopBody()
		p.expect(tWhile)
		test := p.parenthesised()
		p.eat(tSemi)
		return p.make3(nDoWhile, start, body, test, 0)
	case tReturn, tThrow:
		k := nReturn
		if p.tok == tThrow {
			k = nThrow
		} else if !p.fn.inFunction && p.topReturn < 0 {
			p.topReturn = p.start
		}
		p.next()
		var value int32
		if p.tok != tSemi && p.tok != tRBrace && p.tok != tEOF && !p.newline {
			value = p.expression()
		} else if k == nThrow && !p.failed {
			p.unexpected("expression")
		}
		p.semicolon()
		return p.make3(k, start, value, 0, 0)
	case tBreak, tContinue:
		return p.jump()
	case tSwitch:
		return p.switchStatement()
	case tTry:
		return p.tryStatement()
	case tWith:
		p.next()
		object := p.parenthesised()
		body := p.statement(false)
		return p.make3(nWith, start, object, body, 0)
	case tDebugger:
		p.next()
		p.semicolon()
		return p.make3(nEmpty, start, 0, 0, 0)
	case tImport:
		if c := p.peekByte(); c != '(' && c != '.' {
			p.checkModuleWord(top)
			return p.importDeclaration()
		}
	case tExport:
		p.checkModuleWord(top)
		return p.exportDeclaration()
	case tAt:
		decorators := p.decorators()
		if p.tok == tExport {
			return p.exportDeclaration()
		}
		if p.typescript {
			p.eatName(aAbstract)
		}
		if p.tok == tClass {
			return p.class(start, flagDeclaration, decorators)
		}
		p.unexpected("class")
		return 0
	case tEnum:
		if p.typescript {
			return p.tsEnum(start)
		}
	case tIdent:
		if n, ok := p.identStatement(start, declarations); ok {
			return n
		}
	}
	e := p.expression()
	if p.tok == tColon && e != 0 && p.nodes[e].kind == nIdent && p.nodes[e].flags&flagParen == 0 && !p.failed {
		p.next()
		p.addLabel(e)
		var body int32
		if p.tok == tFunction && declarations && !p.fn.strict {
			body = p.statement(true)
			if p.nodes[body].flags&(flagGenerator|flagAsync) != 0 {
				p.reportID(body, "js/declaration-not-allowed")
			}
		} else {
			body = p.statement(false)
		}
		p.labels = p.labels[:len(p.labels)-1]
		return p.make3(nLabeled, start, e, body, 0)
	}
	p.semicolon()
	return p.make3(nExpr, start, e, 0, 0)
}

// identStatement reads the statements that begin with a contextual keyword.
func (p *parser) identStatement(start int, declarations bool) (int32, bool) {
	if p.escaped {
		return 0, false
	}
	switch p.atom {
	case aLet:
		t, _, newline := p.peekName()
		if t == tIdent && (declarations || !newline) || t == tLBracket || t == tLBrace {
			if !declarations && t == tLBrace && newline {
				return 0, false
			}
			if !declarations {
				p.report(p.start, p.pos, "js/declaration-not-allowed")
			}
			p.next()
			return p.finishVar(start, tIdent), true
		}
	case aAsync:
		if t, newline := p.peek(); t == tFunction && !newline {
			if !declarations {
				p.report(p.start, p.pos, "js/declaration-not-allowed")
			}
			p.next()
			p.next()
			return p.function(start, flagDeclaration|flagAsync), true
		}
	case aUsing:
		if t, a, newline := p.peekName(); t == tIdent && !newline && a != aOf {
			p.next()
			return p.finishVar(start, tAt), true
		}
	case aAwait:
		if !p.awaitAllowed() {
			return 0, false
		}
		if t, a, newline := p.peekName(); t == tIdent && a == aUsing && !newline {
			m := p.mark()
			p.next()
			p.next()
			if p.tok == tIdent && !p.newline {
				return p.finishVar(start, tAt), true
			}
			p.rewind(&m)
		}
	default:
		if p.typescript {
			return p.tsStatement(start)
		}
	}
	return 0, false
}

// block reads { statements }.
func (p *parser) block() int32 {
	start := p.start
	if !p.expect(tLBrace) {
		return 0
	}
	n := p.node(nBlock, start)
	l := p.statements(tRBrace, false)
	p.closing(tRBrace, start)
	p.nodes[n].a = l
	return p.finish(n)
}

func (p *parser) parenthesised() int32 {
	open := p.start
	p.expect(tLParen)
	e := p.expression()
	p.closing(tRParen, open)
	return e
}

func (p *parser) loopBody() int32 {
	p.fn.loop++
	p.fn.breakable++
	n := p.statement(false)
	p.fn.loop--
	p.fn.breakable--
	return n
}

func (p *parser) ifStatement() int32 {
	start := p.start
	p.next()
	test := p.parenthesised()
	then := p.branch()
	var other int32
	if p.eat(tElse) {
		other = p.branch()
	}
	return p.make3(nIf, start, test, then, other)
}

// branch reads a statement behind if or else. Browsers let it be a function.
func (p *parser) branch() int32 {
	return p.statement(p.tok == tFunction && !p.fn.strict)
}

// checkModuleWord reports an import or export that stands in a block, or in a
// file that certainly is no ES module. TypeScript's namespaces may hold them.
func (p *parser) checkModuleWord(top bool) {
	if p.typescript {
		return
	}
	if !top {
		p.reportOutside(p.start, p.pos, "js/module-not-top", "keyword", p.tokenText())
	} else if p.script {
		p.report(p.start, p.pos, "js/module-in-script", "keyword", p.tokenText())
	}
}

func (p *parser) jump() int32 {
	start := p.start
	k := nBreak
	if p.tok == tContinue {
		k = nContinue
	}
	end := p.pos
	p.next()
	var label int32
	if p.tok == tIdent && !p.newline {
		label = p.leaf(nIdent)
	}
	p.checkJump(k, start, end, label)
	p.semicolon()
	return p.make3(k, start, label, 0, 0)
}

func (p *parser) switchStatement() int32 {
	start := p.start
	p.next()
	value := p.parenthesised()
	open := p.start
	p.expect(tLBrace)
	p.fn.breakable++
	var cases list
	hasDefault := false
	for p.tok != tRBrace && p.tok != tEOF {
		caseStart := p.start
		var test int32
		if p.eat(tCase) {
			test = p.expression()
		} else {
			if hasDefault && p.tok == tDefault {
				p.report(p.start, p.pos, "js/default-twice")
			}
			hasDefault = true
			if !p.expect(tDefault) {
				break
			}
		}
		p.expect(tColon)
		var body list
		begin := p.start
		for p.tok != tRBrace && p.tok != tCase && p.tok != tDefault {
			if p.failed && p.spec == 0 && !p.gaveUp {
				p.recover(begin)
				begin = p.start
				continue
			}
			begin = p.start
			if p.tok == tEOF {
				break
			}
			if n := p.statement(true); n != 0 {
				p.push(&body, n)
			}
			p.checkCover()
		}
		p.push(&cases, p.make3(nCase, caseStart, test, body.first, 0))
	}
	p.closing(tRBrace, open)
	p.fn.breakable--
	return p.make3(nSwitch, start, value, cases.first, 0)
}

func (p *parser) tryStatement() int32 {
	start := p.start
	p.next()
	body := p.block()
	var handler, final int32
	if p.tok == tCatch {
		catchStart := p.start
		p.next()
		var param int32
		if p.eat(tLParen) {
			param = p.bindingTarget()
			p.typeAnnotation()
			p.expect(tRParen)
		}
		b := p.block()
		handler = p.make3(nCatch, catchStart, param, b, 0)
	}
	if p.eat(tFinally) {
		final = p.block()
	}
	if handler == 0 && final == 0 && !p.failed {
		p.unexpected("catch")
	}
	return p.make3(nTry, start, body, handler, final)
}

// finishVar reads the declarators behind var, let, const or using.
func (p *parser) finishVar(start int, op token) int32 {
	n := p.varDeclarators(start, op, false)
	p.semicolon()
	return p.finish(n)
}

func (p *parser) varDeclarators(start int, op token, inFor bool) int32 {
	n := p.node(nVar, start)
	p.nodes[n].op = uint8(op)
	var l list
	for {
		at := p.start
		target := p.bindingTarget()
		if p.typescript {
			if p.tok == tNot && !p.newline {
				p.next()
			}
			p.typeAnnotation()
		}
		var value int32
		if p.tok == tAssign && p.op == assignPlain {
			p.next()
			value = p.assignment()
		} else if !p.failed && target != 0 && !(inFor && (p.tok == tIn || p.isName(aOf))) && !p.ambient {
			if p.nodes[target].kind != nIdent {
				p.expect(tAssign)
			} else if op == tConst || op == tAt {
				p.softFail(at, p.prevEnd, "js/const-without-value", "name", p.atoms.text(p.nodes[target].a))
			}
		}
		p.push(&l, p.make3(nDeclarator, at, target, value, 0))
		if !p.eat(tComma) {
			break
		}
	}
	p.nodes[n].a = l.first
	return p.finish(n)
}

func (p *parser) forStatement() int32 {
	start := p.start
	p.next()
	await := p.isName(aAwait)
	if await {
		if !p.awaitAllowed() {
			p.reportOutside(p.start, p.pos, "js/await-outside-async")
		}
		p.next()
	}
	p.expect(tLParen)
	var init int32
	initStart := p.start
	p.noIn = true
	startsWithLet := p.isName(aLet)
	startsWithAsync := p.isName(aAsync)
	switch {
	case p.tok == tSemi:
	case p.tok == tVar || p.tok == tConst:
		op := p.tok
		p.next()
		init = p.varDeclarators(initStart, op, true)
	case startsWithLet && p.letInFor():
		p.next()
		init = p.varDeclarators(initStart, tIdent, true)
	case p.usingInFor():
		if p.isName(aAwait) {
			p.next()
		}
		p.next()
		init = p.varDeclarators(initStart, tAt, true)
	default:
		init = p.expression()
		if p.tok == tIn || p.isName(aOf) && !(startsWithAsync && p.nodes[init].kind == nFunction) {
			init = p.toPattern(init)
		}
	}
	p.noIn = false
	if k := nForOf; p.tok == tIn || p.isName(aOf) {
		if p.tok == tIn {
			k = nForIn
			if await {
				p.unexpected("of")
			}
		}
		p.checkLoopTarget(init, k)
		if k == nForOf && !await && startsWithAsync && p.nodes[init].kind == nIdent && p.nodes[init].a == aAsync && p.nodes[init].flags&flagParen == 0 {
			p.reportID(init, "js/invalid-target")
		}
		if k == nForOf && startsWithLet && p.nodes[init].kind != nVar {
			p.reportID(init, "js/invalid-target")
		}
		p.next()
		var right int32
		if k == nForIn {
			right = p.expression()
		} else {
			right = p.assignment()
		}
		p.expect(tRParen)
		body := p.loopBody()
		return p.make3(k, start, init, right, body)
	}
	if await {
		p.unexpected("of")
	}
	p.expect(tSemi)
	var test, update int32
	if p.tok != tSemi {
		test = p.expression()
	}
	p.expect(tSemi)
	if p.tok != tRParen {
		update = p.expression()
	}
	p.expect(tRParen)
	head := p.make3(nForHead, initStart, init, test, update)
	body := p.loopBody()
	return p.make3(nFor, start, head, body, 0)
}

// letInFor reports whether "let" at hand begins a declaration in a for.
func (p *parser) letInFor() bool {
	t, a, _ := p.peekName()
	return t == tIdent && a != aOf || t == tLBracket || t == tLBrace || t == tIdent && a == aOf && p.letOf()
}

// letOf tells "for (let of = 1;;)" and "for (let of of x)" from "for (let of x)".
func (p *parser) letOf() bool {
	saved := p.lexer
	p.next()
	p.next()
	declares := p.tok == tAssign || p.tok == tSemi || p.isName(aOf) || p.tok == tIn
	p.lexer = saved
	return declares
}

// usingInFor reports whether "using x" or "await using x" begins here.
func (p *parser) usingInFor() bool {
	saved := p.lexer
	defer func() { p.lexer = saved }()
	if p.isName(aAwait) {
		p.next()
	}
	if !p.isName(aUsing) {
		return false
	}
	p.next()
	return p.tok == tIdent && !p.newline && !(p.atom == aOf)
}
