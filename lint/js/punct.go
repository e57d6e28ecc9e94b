package js

// punctAlone are the punctuators that no longer one begins with.
var punctAlone = [256]token{
	'{': tLBrace, '}': tRBrace, '(': tLParen, ')': tRParen, '[': tLBracket, ']': tRBracket,
	';': tSemi, ',': tComma, ':': tColon, '~': tTilde, '@': tAt, '`': tBacktick,
}

// scanPunct reads the punctuator c at i, one of the others.
func (p *parser) scanPunct(i int, c byte) {
	src := p.src
	c1 := src[i+1]
	n := 1
	t := tError
	switch c {
	case '.':
		switch {
		case isDigit(c1):
			p.scanNumber(i)
			return
		case c1 == '.' && src[i+2] == '.':
			t, n = tEllipsis, 3
		default:
			t = tDot
		}
	case '#':
		if charClass[c1] <= cEscape {
			p.pos = i + 1
			p.scanSlowName(i + 1)
			if p.tok != tError {
				p.tok = tPrivate
				p.start = i
			}
			return
		}
		t = tHash
	case '?':
		switch {
		case c1 == '?' && src[i+2] == '=':
			t, n, p.op = tAssign, 3, assignLogical
		case c1 == '?':
			t, n = tNullish, 2
		case c1 == '.' && !isDigit(src[i+2]):
			t, n = tQuestionDot, 2
		default:
			t = tQuestion
		}
	case '=':
		switch {
		case c1 == '>':
			t, n = tArrow, 2
		case c1 == '=' && src[i+2] == '=':
			t, n = tEq, 3
		case c1 == '=':
			t, n = tEq, 2
		default:
			t, p.op = tAssign, assignPlain
		}
	case '!':
		switch {
		case c1 == '=' && src[i+2] == '=':
			t, n = tEq, 3
		case c1 == '=':
			t, n = tEq, 2
		default:
			t = tNot
		}
	case '+':
		switch c1 {
		case '+':
			t, n = tPlusPlus, 2
		case '=':
			t, n, p.op = tAssign, 2, assignAdd
		default:
			t = tPlus
		}
	case '-':
		t, n = p.punctPair(c1, '-', tMinusMinus, tMinus)
	case '%':
		t, n = p.punctPair(c1, 0, tError, tPercent)
	case '^':
		t, n = p.punctPair(c1, 0, tError, tXor)
	case '/':
		if c1 == '*' {
			p.lexError(i, p.size, problem{id: "js/unterminated-comment"})
			return
		}
		t, n = p.punctPair(c1, 0, tError, tSlash)
	case '*':
		if c1 == '*' && src[i+2] == '=' {
			t, n, p.op = tAssign, 3, assignOther
		} else {
			t, n = p.punctPair(c1, '*', tPower, tStar)
		}
	case '&':
		if c1 == '&' && src[i+2] == '=' {
			t, n, p.op = tAssign, 3, assignLogical
		} else {
			t, n = p.punctPair(c1, '&', tAndAnd, tAnd)
		}
	case '|':
		if c1 == '|' && src[i+2] == '=' {
			t, n, p.op = tAssign, 3, assignLogical
		} else {
			t, n = p.punctPair(c1, '|', tOrOr, tOr)
		}
	case '<':
		switch {
		case c1 == '<' && src[i+2] == '=':
			t, n, p.op = tAssign, 3, assignOther
		case c1 == '<':
			t, n, p.op = tShift, 2, '<'
		case c1 == '=':
			t, n = tLessEq, 2
		default:
			t = tLess
		}
	case '>':
		// Longer tokens are put together by joinGreater: in types each > stands alone.
		t = tGreater
	}
	p.tok = t
	p.pos = i + n
}

// punctPair decides between x=, xx and x.
func (p *parser) punctPair(c1, twin byte, double, single token) (token, int) {
	switch {
	case c1 == '=':
		p.op = assignOther
		return tAssign, 2
	case twin != 0 && c1 == twin:
		return double, 2
	default:
		return single, 1
	}
}

// joinGreater makes the longest token of the > at hand: >= >> >>> >>= >>>=.
func (p *parser) joinGreater() {
	src, i := p.src, p.start
	n := 1
	for n < 3 && src[i+n] == '>' {
		n++
	}
	switch {
	case src[i+n] == '=' && n == 1:
		p.tok = tGreaterEq
		n = 2
	case src[i+n] == '=':
		p.tok, p.op = tAssign, assignOther
		n++
	case n > 1:
		p.tok, p.op = tShift, '>'
	}
	p.pos = i + n
}
