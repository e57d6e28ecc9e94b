package js

import "slices"

// parenOrArrow reads ( … ) where a value may stand: an expression in parentheses,
// the parameters of an arrow function, or, with flagAsync, the arguments of a
// function named async. Which it was is known behind the closing parenthesis.
func (p *parser) parenOrArrow(start int, flags uint16) int32 {
	if !p.enter() {
		return 0
	}
	defer func() { p.depth-- }()
	noIn, ternary := p.noIn, p.ternary
	p.noIn, p.ternary = false, 0
	p.parens++
	open := p.start
	p.next()
	first := p.start
	var l list
	sure := p.tok == tRParen // only an arrow function can follow
	trailing := false
	for p.tok != tRParen && p.tok != tEOF {
		at := p.start
		var e int32
		if p.tok == tEllipsis {
			p.next()
			e = p.assignment()
			if p.typeAnnotation() {
				sure = true
			}
			e = p.make3(nSpread, at, e, 0, 0)
			sure = sure || flags&flagAsync == 0
		} else {
			e = p.assignment()
			if p.typescript && (p.tok == tQuestion || p.tok == tColon) {
				sure = true
				p.eat(tQuestion)
				p.typeAnnotation()
				if p.tok == tAssign && p.op == assignPlain {
					e = p.toPattern(e)
					p.next()
					value := p.assignment()
					e = p.make3(nDefault, at, e, value, 0)
				}
			}
		}
		p.push(&l, e)
		if p.tok == tComma && p.nodes[e].kind == nSpread {
			p.nodes[e].flags |= flagComma
		}
		if p.tok != tRParen {
			if p.tok != tComma {
				p.closing(tRParen, open)
				break
			}
			p.next()
			trailing = p.tok == tRParen
		}
	}
	p.parens--
	p.noIn, p.ternary = noIn, ternary
	inside, last := p.start, p.prevEnd
	p.closing(tRParen, open)
	if p.failed {
		return l.first
	}
	if p.tok == tArrow && !p.newline {
		return p.arrowBody(start, p.toParams(start, l.first), flags)
	}
	if p.tok == tColon && p.typescript {
		if n := p.arrowWithResult(start, l.first, flags, sure); n != 0 || p.failed {
			return n
		}
	}
	if flags&flagAsync != 0 {
		p.checkCover()
		callee := p.node(nIdent, start)
		p.nodes[callee].a, p.nodes[callee].end = aAsync, int32(start+5)
		return p.make3(nCall, start, callee, l.first, 0)
	}
	if sure || trailing {
		if l.first == 0 || !sure {
			p.fail(inside, inside+1, "js/expected-expression", "found", ")")
		} else {
			p.expect(tArrow)
		}
		return 0
	}
	e := l.first
	if p.nodes[e].next != 0 {
		e = p.make3(nSequence, first, e, 0, 0)
		p.nodes[e].end = int32(last)
	}
	p.nodes[e].flags |= flagParen
	return e
}

// arrowWithResult reads ": type => body" behind parameters, or nothing if what
// follows belongs to a conditional expression or a case.
func (p *parser) arrowWithResult(start int, params int32, flags uint16, sure bool) int32 {
	if !sure && p.ternary > 0 {
		return p.doubtfulArrow(start, params, flags)
	}
	m := p.mark()
	if !sure {
		p.spec++
	}
	p.next()
	p.returnType()
	if !sure {
		p.spec--
		if p.failed || p.tok != tArrow || p.newline {
			p.rewind(&m)
			return 0
		}
	}
	if p.tok != tArrow {
		p.expect(tArrow)
		return 0
	}
	return p.arrowBody(start, p.toParams(start, params), flags)
}

// doubtfulArrow decides "a ? (b) : c => d": an arrow function only if another
// colon follows it.
func (p *parser) doubtfulArrow(start int, params int32, flags uint16) int32 {
	if p.spec > 16 || p.doubts > 16*p.size+10000 {
		return 0 // nobody writes what nests so deep, and reading on would take for ever
	}
	at := p.start
	for _, known := range p.notArrows {
		if known == int32(at) {
			return 0
		}
	}
	m := p.mark()
	saved := append([]Node(nil), p.nodes[p.nodesOf(params):]...)
	p.spec++
	p.next()
	p.returnType()
	var n int32
	if !p.failed && p.tok == tArrow && !p.newline {
		n = p.arrowBody(start, p.toParams(start, params), flags)
	}
	p.spec--
	p.doubts += max(p.start, p.errStart) - at
	if n == 0 || p.failed || p.tok != tColon {
		p.rewind(&m)
		copy(p.nodes[p.nodesOf(params):], saved)
		p.notArrows = append(p.notArrows, int32(at))
		return 0
	}
	return n
}

// nodesOf is the first node that reading a parenthesised list can have made:
// they are consecutive up to the end of the arena.
func (p *parser) nodesOf(first int32) int32 {
	if first == 0 {
		return int32(len(p.nodes))
	}
	i := first
	for i > 1 && p.nodes[i-1].start >= p.nodes[first].start {
		i--
	}
	return i
}

// toParams makes parameters of the expressions in parentheses.
func (p *parser) toParams(start int, first int32) int32 {
	p.binding++
	for i := first; i != 0; i = p.nodes[i].next {
		if p.nodes[i].kind == nSpread {
			p.toRest(i)
			continue
		}
		p.toPattern(i)
	}
	p.binding--
	if int(p.fn.yieldAt) > start {
		p.report(int(p.fn.yieldAt), int(p.fn.yieldAt)+len("yield"), "js/yield-in-parameters")
	}
	return p.make3(nParams, start, first, 0, 0)
}

// arrowBody reads => and the body.
func (p *parser) arrowBody(start int, params int32, flags uint16) int32 {
	n := p.node(nFunction, start)
	p.nodes[n].b = params
	flags |= flagArrow
	p.expect(tArrow)
	saved := p.enterFunction(flags)
	var body int32
	if p.tok == tLBrace {
		noIn, ternary, parens := p.noIn, p.ternary, p.parens
		p.noIn, p.ternary, p.parens = false, 0, 0
		body = p.functionBlock()
		p.noIn, p.ternary, p.parens = noIn, ternary, parens
	} else {
		body = p.assignment()
	}
	if p.fn.strict {
		flags |= flagStrict
		p.checkStrictParams(params, saved.fn.strict)
	}
	p.leaveFunction(saved)
	p.nodes[n].c = body
	p.nodes[n].flags = flags
	return p.finish(n)
}

// asyncPrimary reads what begins with the name async.
func (p *parser) asyncPrimary() int32 {
	start := p.start
	t, newline := p.peek()
	if newline || p.escaped {
		return p.leaf(nIdent)
	}
	switch t {
	case tFunction:
		p.next()
		p.next()
		return p.function(start, flagAsync)
	case tIdent:
		m := p.mark()
		p.next()
		param := p.leaf(nIdent)
		if p.tok == tArrow && !p.newline {
			params := p.make3(nParams, int(p.nodes[param].start), param, 0, 0)
			return p.arrowBody(start, params, flagAsync)
		}
		p.rewind(&m)
	case tLParen:
		p.next()
		return p.parenOrArrow(start, flagAsync)
	case tLess:
		if !p.typescript {
			break
		}
		if p.asyncTypeParameters() {
			return p.parenOrArrow(start, flagAsync)
		}
	}
	return p.leaf(nIdent)
}

// asyncTypeParameters reads <T> behind the name async at hand if a parenthesis
// follows. Places that failed are remembered, see tryTypeArguments.
func (p *parser) asyncTypeParameters() bool {
	m := p.mark()
	open := len(p.openAngles)
	p.next()
	if _, bad := slices.BinarySearch(p.badAngles, int32(p.start)); bad {
		p.rewind(&m)
		return false
	}
	p.openAngles = append(p.openAngles, int32(p.start))
	p.spec++
	p.typeParameters()
	p.spec--
	if !p.failed && p.tok == tLParen {
		p.openAngles = p.openAngles[:open]
		return true
	}
	if p.failed {
		p.badAngles = append(p.badAngles[:0], p.openAngles[open:]...)
	}
	p.openAngles = p.openAngles[:open]
	p.rewind(&m)
	return false
}

// enterFunction sets what a function changes and returns what was before.
func (p *parser) enterFunction(flags uint16) savedFunc {
	s := savedFunc{p.fn, p.cover}
	p.cover = -1
	p.fn = funcState{
		async: flags&flagAsync != 0, generator: flags&flagGenerator != 0,
		inFunction: true, strict: p.fn.strict, labels: int32(len(p.labels)),
		superMember: flags&flagMethod != 0, newTarget: true,
	}
	if flags&flagArrow != 0 {
		p.fn.inClass, p.fn.superMember, p.fn.superCall, p.fn.newTarget = s.fn.inClass, s.fn.superMember, s.fn.superCall, s.fn.newTarget
		p.cover = s.cover
	}
	return s
}

type savedFunc struct {
	fn    funcState
	cover int
}

func (p *parser) leaveFunction(s savedFunc) {
	p.fn = s.fn
	if p.cover < 0 || s.cover >= 0 {
		p.cover = s.cover
	}
}

// functionBlock reads the braces of a function.
func (p *parser) functionBlock() int32 {
	start := p.start
	if !p.expect(tLBrace) {
		return 0
	}
	cover := p.cover
	p.cover = -1
	p.prologue()
	n := p.node(nBlock, start)
	l := p.statements(tRBrace, false)
	p.cover = cover
	p.closing(tRBrace, start)
	p.nodes[n].a = l
	return p.finish(n)
}

// function reads what follows the word function.
func (p *parser) function(start int, flags uint16) int32 {
	if !p.enter() {
		return 0
	}
	defer func() { p.depth-- }()
	n := p.node(nFunction, start)
	if p.eat(tStar) {
		flags |= flagGenerator
	}
	if p.tok == tIdent {
		if p.suspicious() {
			p.checkFunctionName(flags)
		}
		name := p.leaf(nIdent)
		p.nodes[n].a = name
	} else if flags&flagDeclaration != 0 && p.tok != tLParen && p.tok != tLess {
		p.bindingTarget()
	} else if flags&flagDeclaration != 0 && !p.inDefault {
		p.unexpected("name")
	}
	p.inDefault = false
	return p.functionRest(n, flags)
}

// checkFunctionName: the name of a declaration belongs to the code around it, that
// of an expression to the function itself.
func (p *parser) checkFunctionName(flags uint16) {
	fn := p.fn
	if flags&flagDeclaration == 0 {
		p.fn.generator, p.fn.async = flags&flagGenerator != 0, flags&flagAsync != 0
	}
	p.checkName()
	p.fn = fn
}

// functionRest reads parameters, result type and body of function n.
func (p *parser) functionRest(n int32, flags uint16) int32 {
	noIn, ternary, parens := p.noIn, p.ternary, p.parens
	p.noIn, p.ternary, p.parens = false, 0, 0
	saved := p.enterFunction(flags)
	p.fn.superCall, p.derived = p.derived, false
	if p.typescript && p.tok == tLess {
		p.typeParameters()
	}
	params := p.parameters()
	if p.fn.yieldAt > 0 {
		p.report(int(p.fn.yieldAt), int(p.fn.yieldAt)+len("yield"), "js/yield-in-parameters")
	}
	if p.fn.awaitAt > 0 && flags&flagAsync != 0 {
		p.report(int(p.fn.awaitAt), int(p.fn.awaitAt)+len("await"), "js/await-in-parameters")
	}
	if p.typescript && p.tok == tColon {
		p.next()
		p.returnType()
	}
	p.nodes[n].b = params
	var body int32
	if p.tok != tLBrace && p.typescript && flags&(flagDeclaration|flagMethod) != 0 {
		p.semicolon() // an overload or an ambient declaration
		p.nodes[n].kind = nEmpty
	} else {
		body = p.functionBlock()
	}
	if p.fn.strict {
		flags |= flagStrict
		p.checkStrictParams(params, saved.fn.strict)
	}
	p.leaveFunction(saved)
	p.noIn, p.ternary, p.parens = noIn, ternary, parens
	p.nodes[n].c = body
	p.nodes[n].flags = flags
	return p.finish(n)
}

// method reads a function without the word: parameters and body.
func (p *parser) method(flags uint16) int32 {
	if !p.enter() {
		return 0
	}
	defer func() { p.depth-- }()
	return p.functionRest(p.node(nFunction, p.start), flags|flagMethod)
}

// parameters reads (a, b = 1, ...c).
func (p *parser) parameters() int32 {
	n := p.node(nParams, p.start)
	p.expect(tLParen)
	var l list
	for p.tok != tRParen && p.tok != tEOF {
		if param := p.parameter(); param != 0 {
			p.push(&l, param)
		}
		if p.tok != tRParen && !p.eat(tComma) {
			break
		}
	}
	p.nodes[n].a = l.first
	p.closing(tRParen, int(p.nodes[n].start))
	return p.finish(n)
}

func (p *parser) parameter() int32 {
	start := p.start
	if p.tok == tAt {
		p.decorators()
	}
	member := false
	if p.typescript {
		for p.tok == tIdent && p.isModifier() {
			if t, _ := p.peek(); t != tIdent && t != tLBrace && t != tLBracket {
				break
			}
			p.next()
			member = true
		}
		if p.tok == tThis {
			p.next()
			p.typeAnnotation()
			return 0
		}
	}
	rest := p.eat(tEllipsis)
	e := p.bindingTarget()
	if member && e != 0 {
		p.nodes[e].flags |= flagMember
	}
	if p.typescript {
		p.eat(tQuestion)
		p.typeAnnotation()
	}
	if p.tok == tAssign && p.op == assignPlain && !rest {
		p.next()
		value := p.assignment()
		e = p.make3(nDefault, start, e, value, 0)
	}
	if rest {
		e = p.make3(nRest, start, e, 0, 0)
		if p.tok == tComma && !p.ambient {
			p.reportID(e, "js/rest-not-last")
		}
	}
	return e
}

// isModifier reports whether the name at hand is one of TypeScript's modifiers.
func (p *parser) isModifier() bool {
	if p.escaped {
		return false
	}
	switch p.atom {
	case aPublic, aPrivate, aProtected, aReadonly, aOverride:
		return true
	}
	return false
}
