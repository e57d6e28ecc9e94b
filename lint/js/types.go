package js

import "slices"

// Types are read and dropped: what follows moves through the tokens and keeps
// no nodes that anything refers to.

// typeAnnotation reads ": type" if it is there.
func (p *parser) typeAnnotation() bool {
	if !p.typescript || p.tok != tColon {
		return false
	}
	p.next()
	p.parseType()
	return true
}

// returnType reads a type that may be a predicate: x is T, asserts x is T.
func (p *parser) returnType() {
	if p.isName(aAsserts) {
		if t, newline := p.peek(); (t == tIdent || t == tThis) && !newline {
			if _, a, _ := p.peekName(); t == tThis || a != aIs {
				p.next()
				p.next()
				if p.eatName(aIs) {
					p.parseType()
				}
				return
			}
		}
	}
	if p.tok == tIdent || p.tok == tThis {
		if t, a, newline := p.peekName(); t == tIdent && a == aIs && !newline {
			p.next()
			p.next()
		}
	}
	p.parseType()
}

func (p *parser) typeList() {
	p.parseType()
	for p.eat(tComma) {
		p.parseType()
	}
}

// parseType reads a type.
func (p *parser) parseType() {
	if !p.enter() {
		return
	}
	defer func() { p.depth-- }()
	if p.isName(aAbstract) {
		if t, _ := p.peek(); t == tNew {
			p.next()
		}
	}
	switch {
	case p.tok == tNew:
		p.next()
		p.functionType()
		return
	case p.tok == tLess || p.tok == tLParen && p.functionTypeAhead():
		p.functionType()
		return
	}
	p.unionType()
	if p.tok == tExtends && !p.newline && p.noConditional == 0 {
		p.next()
		p.noConditional++
		p.parseType()
		p.noConditional--
		p.expect(tQuestion)
		p.parseType()
		p.expect(tColon)
		p.parseType()
	}
}

func (p *parser) functionType() {
	noConditional := p.noConditional
	if p.tok == tLess {
		p.typeParameters()
	}
	p.noConditional = 0
	p.parameters()
	p.expect(tArrow)
	p.returnType()
	p.noConditional = noConditional
}

// functionTypeAhead decides whether ( begins a function type.
func (p *parser) functionTypeAhead() bool {
	saved := p.lexer
	defer func() { p.lexer = saved }()
	p.next()
	switch p.tok {
	case tRParen, tEllipsis:
		return true
	case tLBrace, tLBracket:
		level := 0
		for {
			switch p.tok {
			case tLBrace, tLBracket, tLParen:
				level++
			case tRBrace, tRBracket, tRParen:
				level--
			case tEOF, tError, tBacktick:
				return false
			}
			// Every level of nesting looks ahead over all below it.
			if p.ahead++; p.ahead > 4*p.size+10000 {
				return false
			}
			p.next()
			if level == 0 {
				break
			}
		}
	case tIdent, tThis:
		p.next()
	default:
		return false
	}
	switch p.tok {
	case tColon, tComma, tQuestion, tAssign:
		return true
	case tRParen:
		p.next()
		return p.tok == tArrow
	}
	return false
}

// unionType reads A | B & C.
func (p *parser) unionType() {
	if p.tok == tOr || p.tok == tAnd {
		p.next()
	}
	for {
		p.operatorType()
		if p.tok != tOr && p.tok != tAnd {
			return
		}
		p.next()
		if p.tok == tLParen && p.functionTypeAhead() || p.tok == tNew || p.tok == tLess {
			p.parseType()
			return
		}
	}
}

// operatorType reads a type with its prefixes (keyof, infer …) and suffixes ([], [K]).
func (p *parser) operatorType() {
	for p.tok == tIdent && !p.escaped {
		switch p.atom {
		case aKeyof, aUnique, aReadonly:
			if t, _ := p.peek(); !startsType(t) {
				break
			}
			p.next()
			continue
		case aInfer:
			if t, _ := p.peek(); t != tIdent {
				break
			}
			p.next()
			p.next()
			p.inferConstraint()
			return
		}
		break
	}
	p.primaryType()
	for p.tok == tLBracket && !p.newline {
		p.next()
		if p.tok != tRBracket {
			noConditional := p.noConditional
			p.noConditional = 0
			p.parseType()
			p.noConditional = noConditional
		}
		p.expect(tRBracket)
	}
}

// inferConstraint reads "extends T" behind infer, unless it belongs to a
// conditional type around it.
func (p *parser) inferConstraint() {
	if p.tok != tExtends {
		return
	}
	m := p.mark()
	p.spec++
	p.next()
	p.noConditional++
	p.parseType()
	p.noConditional--
	p.spec--
	if p.failed || p.noConditional == 0 && p.tok == tQuestion {
		p.rewind(&m)
	}
}

func startsType(t token) bool {
	switch t {
	case tIdent, tString, tNumber, tBigInt, tLBrace, tLBracket, tLParen, tBacktick, tThis, tTypeof, tImport, tVoid, tNull, tTrue, tFalse, tMinus, tNew, tLess:
		return true
	}
	return false
}

func (p *parser) primaryType() {
	noConditional := p.noConditional
	switch p.tok {
	case tIdent, tThis:
		p.next()
		p.typeName()
	case tString, tNumber, tBigInt, tTrue, tFalse, tNull, tVoid, tFunction: // function is an old way to write Function
		p.next()
	case tMinus:
		p.next()
		if p.tok != tNumber && p.tok != tBigInt {
			p.unexpected("type")
		}
		p.next()
	case tTypeof:
		p.next()
		if p.tok == tImport {
			p.importType()
			return
		}
		if p.tok < tIdent {
			p.unexpected("name")
		}
		p.next()
		p.typeName()
	case tImport:
		p.importType()
	case tLBrace:
		p.noConditional = 0
		p.typeMembers()
		p.noConditional = noConditional
	case tLBracket:
		p.noConditional = 0
		p.tupleType()
		p.noConditional = noConditional
	case tLParen:
		p.next()
		p.noConditional = 0
		p.parseType()
		p.noConditional = noConditional
		p.expect(tRParen)
	case tBacktick:
		p.templateType()
	default:
		p.unexpected("type")
	}
}

// typeName reads what follows the first name: .b.#c<T>.
func (p *parser) typeName() {
	for p.tok == tDot {
		p.next()
		if p.tok < tIdent && p.tok != tPrivate {
			p.unexpected("name")
			return
		}
		p.next()
	}
	if (p.tok == tLess || p.tok == tShift && p.op == '<') && !p.newline {
		p.typeArguments()
	}
}

func (p *parser) importType() {
	p.next()
	p.expect(tLParen)
	p.parseType()
	if p.eat(tComma) && p.tok == tLBrace {
		p.object()
		p.eat(tComma)
	}
	p.expect(tRParen)
	p.typeName()
}

func (p *parser) templateType() {
	noConditional := p.noConditional
	p.noConditional = 0
	start := p.start
	for {
		_, last, ok := p.scanChunk()
		if !ok {
			p.fail(start, min(start+1, p.size), "js/unterminated-template")
			break
		}
		p.next()
		if last {
			break
		}
		p.parseType()
		if p.tok != tRBrace {
			p.expect(tRBrace)
			break
		}
	}
	p.noConditional = noConditional
}

func (p *parser) tupleType() {
	p.next()
	for p.tok != tRBracket && p.tok != tEOF {
		p.eat(tEllipsis)
		if p.tok >= tIdent {
			saved := p.lexer
			p.next()
			p.eat(tQuestion)
			if !p.eat(tColon) {
				p.lexer = saved
			}
		}
		p.parseType()
		p.eat(tQuestion)
		if p.tok != tRBracket && !p.expect(tComma) {
			break
		}
	}
	p.expect(tRBracket)
}

// typeArguments reads <A, B>.
func (p *parser) typeArguments() {
	if p.tok == tShift {
		p.tok, p.pos = tLess, p.start+1
	}
	noConditional := p.noConditional
	p.noConditional = 0
	p.openAngles = append(p.openAngles, int32(p.start))
	p.next()
	for !p.failed {
		p.parseType()
		if p.tok != tComma {
			break
		}
		p.next()
	}
	p.noConditional = noConditional
	p.expect(tGreater)
	if !p.failed {
		p.openAngles = p.openAngles[:len(p.openAngles)-1]
	}
}

// tryTypeArguments reads the type arguments of a call where the < at hand could
// also be a comparison. Places that failed once are remembered, so that a long
// chain of comparisons stays linear.
func (p *parser) tryTypeArguments() bool {
	if _, bad := slices.BinarySearch(p.badAngles, int32(p.start)); bad {
		return false
	}
	m := p.mark()
	open := len(p.openAngles)
	p.spec++
	p.typeArguments()
	p.spec--
	if p.failed || !p.followsTypeArguments() {
		if p.failed {
			p.badAngles = append(p.badAngles[:0], p.openAngles[open:]...)
		}
		p.openAngles = p.openAngles[:open]
		p.rewind(&m)
		return false
	}
	return true
}

// followsTypeArguments reports whether the token at hand can stand behind f<T>.
func (p *parser) followsTypeArguments() bool {
	switch p.tok {
	case tLParen, tBacktick:
		return true
	case tLess, tGreater, tPlus, tMinus:
		return false
	}
	if p.newline || precedence[p.tok] > 0 {
		return true
	}
	switch p.tok {
	case tString, tNumber, tBigInt, tLBrace, tLBracket, tNot, tTilde, tPlusPlus, tMinusMinus, tAt, tPrivate, tHash:
		return false
	case tIdent:
		return p.atom == aAs || p.atom == aSatisfies
	}
	return p.tok < tIdent
}

// splitShift reads << as the beginning of two type argument lists.
func (p *parser) splitShift() bool {
	m := p.mark()
	p.tok, p.pos = tLess, p.start+1
	if p.tryTypeArguments() {
		return true
	}
	p.rewind(&m)
	return false
}

// typeParameters reads <const T extends U = V, in out W> and returns how many there are.
func (p *parser) typeParameters() (count int) {
	noConditional := p.noConditional
	p.noConditional = 0
	p.expect(tLess)
	for p.tok != tGreater && !p.failed {
		count++
		for p.tok == tConst || p.tok == tIn || p.isName(aOut) && p.nameAhead() {
			p.next()
		}
		if p.tok == tGreater {
			break // <const>value
		}
		p.noConditional++
		p.parseType()
		p.noConditional--
		if p.eat(tExtends) {
			p.parseType()
		}
		if p.tok == tAssign && p.op == assignPlain {
			p.next()
			p.parseType()
		}
		if p.tok != tGreater && !p.expect(tComma) {
			break
		}
	}
	p.noConditional = noConditional
	p.expect(tGreater)
	return count
}

func (p *parser) nameAhead() bool {
	t, _ := p.peek()
	return t == tIdent
}

// typeMembers reads { a: T; b(): U; [k: string]: V } and mapped types.
func (p *parser) typeMembers() {
	p.expect(tLBrace)
	for p.tok != tRBrace && p.tok != tEOF {
		p.typeMember()
		if p.tok == tSemi || p.tok == tComma {
			p.next()
		} else if p.tok != tRBrace && !p.newline && !p.failed {
			p.expect(tSemi)
		}
	}
	p.expect(tRBrace)
}

func (p *parser) typeMember() {
	for {
		if (p.tok == tPlus || p.tok == tMinus) && p.nameAhead() {
			p.next()
			continue
		}
		if p.tok == tIdent && (p.atom == aReadonly || p.atom == aGet || p.atom == aSet) && !p.escaped {
			saved := p.lexer
			p.next()
			if p.endsKey() || p.newline {
				p.lexer = saved
				break
			}
			continue
		}
		break
	}
	switch p.tok {
	case tLParen, tLess:
		p.signature()
		return
	case tNew:
		if t, _ := p.peek(); t == tLParen || t == tLess {
			p.next()
			p.signature()
			return
		}
	case tLBracket:
		p.bracketMember()
		return
	}
	p.propertyKey(true)
	p.memberRest()
}

// bracketMember reads [k: T]: U, [K in T as U]?: V and [computed]: T.
func (p *parser) bracketMember() {
	if p.indexSignature() {
		return
	}
	if t, _ := p.peek(); t == tIdent {
		saved := p.lexer
		p.next()
		p.next()
		if p.tok == tIn {
			p.next()
			p.parseType()
			if p.eatName(aAs) {
				p.parseType()
			}
			p.expect(tRBracket)
			if p.tok == tPlus || p.tok == tMinus {
				p.next()
			}
			p.memberRest()
			return
		}
		p.lexer = saved
	}
	p.propertyKey(true)
	p.memberRest()
}

// memberRest reads what follows a member's name.
func (p *parser) memberRest() {
	p.eat(tQuestion)
	if p.tok == tLParen || p.tok == tLess {
		p.signature()
		return
	}
	p.typeAnnotation()
}

func (p *parser) signature() {
	if p.tok == tLess {
		p.typeParameters()
	}
	p.parameters()
	if p.eat(tColon) {
		p.returnType()
	}
}

// indexSignature reads [k: T]: U if that is what stands here.
func (p *parser) indexSignature() bool {
	saved := p.lexer
	p.next()
	if p.tok == tIdent {
		p.next()
		if p.tok == tColon {
			p.next()
			p.parseType()
			p.expect(tRBracket)
			p.typeAnnotation()
			return true
		}
	}
	p.lexer = saved
	return false
}
