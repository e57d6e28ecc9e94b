package js

import "bytes"

// padding is the number of NUL bytes behind the source: the lexer looks ahead
// without asking for the length.
const padding = 16

// lexer reads tokens from a padded buffer. Its fields describe the current token.
type lexer struct {
	src  []byte // source and padding
	size int    // length of the source

	pos     int // behind the current token
	start   int // of the current token
	prevEnd int // end of the token before
	tok     token
	op      uint8 // assignOp of tAssign, or the length of tShift and comparison tokens
	newline bool  // a line ended before the token
	escaped bool  // a name or string with escapes, a number with a leading 0
	atom    int32 // of tIdent, tPrivate and keywords
	// problem is what is wrong when tok is tError.
	problem problem
}

// next reads the next token.
func (p *parser) next() {
	if p.failed {
		return
	}
	p.prevEnd = p.pos
	p.newline = false
	// Most tokens follow the one before at once or behind one blank.
	src, i := p.src, p.pos
	c := charClass[src[i]]
	if c == cSpace {
		i++
		c = charClass[src[i]]
		p.pos = i
	}
	if c >= cHigh && c != cQuote && !(c == cPunct && plainPunct[src[i]]) {
		p.skipSpace()
	}
	p.scan()
}

// plainPunct are the punctuators that begin no comment.
var plainPunct = [256]bool{'(': true, ')': true, '{': true, '}': true, '[': true, ']': true, '.': true, ',': true, ';': true, ':': true, '=': true}

// skipSpace passes white space and comments.
func (p *parser) skipSpace() {
	src := p.src
	i := p.pos
	for {
		switch charClass[src[i]] {
		case cSpace:
			i++
		case cNewline:
			p.newline = true
			for i++; src[i] == ' '; i++ { // the indentation
			}
		case cHigh:
			r, n := decode(src[i:])
			switch highKind(r) {
			case cSpace:
			case cNewline:
				p.newline = true
			default:
				p.pos = i
				return
			}
			i += n
		case cPunct:
			switch {
			case src[i] == '/' && src[i+1] == '/':
				end := p.lineEnd(i + 2)
				if begin := directiveText(src, i+2); begin >= 0 {
					p.addDirective(i, end, begin, end)
				}
				i = end
			case src[i] == '/' && src[i+1] == '*':
				j := bytes.Index(src[i+2:p.size], []byte("*/"))
				if j < 0 {
					p.pos = i
					return // scan reports it
				}
				if !p.newline && hasNewline(src[i+2:i+2+j]) {
					p.newline = true
				}
				if begin := directiveText(src, i+2); begin >= 0 {
					p.addDirective(i, i+j+4, begin, i+j+2)
				}
				i += j + 4
				p.commentEnd = i
			case src[i] == '<' && src[i+1] == '!' && src[i+2] == '-' && src[i+3] == '-' && !p.module:
				if p.html < 0 {
					p.html = i
				}
				i = p.lineEnd(i + 4)
			case src[i] == '-' && src[i+1] == '-' && src[i+2] == '>' && !p.module && (p.newline || p.prevEnd == 0):
				if p.html < 0 {
					p.html = i
				}
				i = p.lineEnd(i + 3)
			default:
				p.pos = i
				return
			}
		default:
			p.pos = i
			return
		}
	}
}

// lineEnd is the place of the first line terminator from i on.
func (p *parser) lineEnd(i int) int {
	src := p.src
	for {
		c := src[i]
		switch {
		case c == '\n' || c == '\r' || c == 0 && i >= p.size:
			return i
		case c == 0xE2 && src[i+1] == 0x80 && src[i+2]&0xFE == 0xA8:
			return i
		}
		i++
	}
}

func hasNewline(b []byte) bool {
	return bytes.IndexByte(b, '\n') >= 0 || bytes.IndexByte(b, '\r') >= 0 ||
		bytes.Contains(b, []byte("\u2028")) || bytes.Contains(b, []byte("\u2029"))
}

// scan reads the token that begins at pos.
func (p *parser) scan() {
	src := p.src
	i := p.pos
	p.start = i
	c := src[i]
	switch charClass[c] {
	case cIdentStart:
		for i++; charClass[src[i]] <= cDigit; i++ {
		}
		if charClass[src[i]] <= cEscape {
			p.scanSlowName(p.start)
			return
		}
		p.pos = i
		p.escaped = false
		a := p.atoms.find(src, p.start, i)
		p.atom = a
		p.tok = tIdent
		if a <= aLastKeyword {
			p.tok = tBreak + token(a-aBreak)
		}
	case cDigit:
		p.scanNumber(i)
	case cQuote:
		p.scanString(i, c)
	case cPunct:
		if t := punctAlone[c]; t != 0 {
			p.tok = t
			p.pos = i + 1
			return
		}
		p.scanPunct(i, c)
	case cHigh:
		if r, n := decode(p.src[i:]); highKind(r) == cIdentStart {
			p.scanSlowName(i)
		} else if a := fullWidth(r); a != 0 {
			p.scanFullWidth(i, n, a)
		} else {
			p.lexError(i, i+n, problem{id: "js/unexpected-character", args: argsCharacter(r)})
		}
	case cEscape:
		p.scanSlowName(i)
	case cEnd:
		if i >= p.size {
			p.pos = p.size
			p.start = p.size
			p.tok = tEOF
			return
		}
		fallthrough
	default:
		p.lexError(i, i+1, problem{id: "js/unexpected-character", args: argsCharacter(rune(c))})
	}
}

// lexError makes the current token an error from start to end.
func (p *parser) lexError(start, end int, what problem) {
	p.start = start
	p.pos = min(end, p.size)
	p.tok = tError
	p.problem = what
}

// scanSlowName reads a name with escapes or characters outside ASCII.
func (p *parser) scanSlowName(i int) {
	start := i
	text := p.buf[:0]
	p.escaped = false
	for first := true; ; first = false {
		c := p.src[i]
		switch charClass[c] {
		case cIdentStart, cDigit:
			text = append(text, c)
			i++
			continue
		case cHigh:
			r, n := decode(p.src[i:])
			if k := highKind(r); k == cIdentStart || k == cDigit && !first {
				text = append(text, p.src[i:i+n]...)
				i += n
				continue
			}
		case cEscape:
			r, n := unicodeEscape(p.src[i:])
			if n == 0 || !nameRune(r, first) {
				p.buf = text
				p.lexError(i, i+max(n, 1), problem{id: "js/bad-escape"})
				return
			}
			p.escaped = true
			text = appendRune(text, r)
			i += n
			continue
		}
		break
	}
	p.pos = i
	n := len(text)
	text = append(text, 0, 0, 0, 0, 0, 0, 0, 0)
	p.buf = text
	p.atom = p.atoms.find(text, 0, n)
	p.tok = tIdent
	if p.atom <= aLastKeyword && !p.escaped {
		p.tok = tBreak + token(p.atom-aBreak)
	}
	p.start = start
}

func nameRune(r rune, first bool) bool {
	if r < 0x80 {
		c := charClass[byte(r)]
		return c == cIdentStart || c == cDigit && !first
	}
	k := highKind(r)
	return k == cIdentStart || k == cDigit && !first
}

// unicodeEscape decodes \uXXXX or \u{X...} at the beginning of b: the character
// and the length of the escape, 0 if it is none.
func unicodeEscape(b []byte) (rune, int) {
	if b[0] != '\\' || b[1] != 'u' {
		return 0, 0
	}
	if b[2] == '{' {
		r, i := rune(0), 3
		for ; hex(b[i]) >= 0; i++ {
			if r = r<<4 | rune(hex(b[i])); r > 0x10FFFF {
				return 0, 0
			}
		}
		if b[i] != '}' || i == 3 {
			return 0, 0
		}
		return r, i + 1
	}
	r := rune(0)
	for i := 2; i < 6; i++ {
		h := hex(b[i])
		if h < 0 {
			return 0, 0
		}
		r = r<<4 | rune(h)
	}
	return r, 6
}

// scanNumber reads a number or a bigint at i.
func (p *parser) scanNumber(i int) {
	src := p.src
	p.tok = tNumber
	p.escaped = false
	ok := true
	digits := func(i int, is func(byte) bool) int {
		begin := i
		for is(src[i]) || src[i] == '_' {
			if src[i] == '_' && (i == begin || !is(src[i-1]) || !is(src[i+1])) {
				ok = false
			}
			i++
		}
		return i
	}
	prefix := byte(0)
	if src[i] == '0' {
		prefix = src[i+1] | 0x20
	}
	switch begin := i; prefix {
	case 'x', 'o', 'b':
		is := isHexDigit
		if prefix == 'o' {
			is = isOctalDigit
		} else if prefix == 'b' {
			is = isBinaryDigit
		}
		i = digits(i+2, is)
		ok = ok && i > begin+2
		if src[i] == 'n' {
			p.tok = tBigInt
			i++
		}
	default:
		i = digits(i, isDigit)
		legacy := src[begin] == '0' && i > begin+1 && isDigit(src[begin+1])
		p.escaped = legacy
		ok = ok && !(src[begin] == '0' && i > begin+1 && bytes.IndexByte(src[begin:i], '_') >= 0)
		if src[i] == 'n' && !legacy {
			p.tok = tBigInt
			i++
			break
		}
		if src[i] == '.' && !(legacy && isOctal(src[begin:i])) {
			i = digits(i+1, isDigit)
		}
		if src[i]|0x20 == 'e' {
			i++
			if src[i] == '+' || src[i] == '-' {
				i++
			}
			exponent := i
			i = digits(i, isDigit)
			ok = ok && i > exponent
		}
	}
	if c := charClass[src[i]]; c <= cEscape && (c != cHigh || highNameStart(src[i:])) {
		ok = false
	}
	if !ok {
		for charClass[src[i]] <= cDigit {
			i++
		}
		p.lexError(p.start, i, problem{id: "js/bad-number"})
		return
	}
	p.pos = i
}

func highNameStart(b []byte) bool {
	r, _ := decode(b)
	return highKind(r) == cIdentStart
}

func isDigit(c byte) bool       { return c >= '0' && c <= '9' }
func isHexDigit(c byte) bool    { return hex(c) >= 0 }
func isOctalDigit(c byte) bool  { return c >= '0' && c <= '7' }
func isBinaryDigit(c byte) bool { return c == '0' || c == '1' }

func isOctal(b []byte) bool {
	for _, c := range b {
		if c > '7' {
			return false
		}
	}
	return true
}

// scanString reads a string that begins with quote at i.
func (p *parser) scanString(i int, quote byte) {
	src := p.src
	p.escaped = false
	p.tok = tString
	for i++; ; i++ {
		c := src[i]
		if c == quote {
			p.pos = i + 1
			return
		}
		switch c {
		case '\\':
			p.escaped = true
			if !p.inJSX {
				i++
				if src[i] == '\r' && src[i+1] == '\n' {
					i++
				}
			}
		case '\n', '\r':
			if p.inJSX {
				continue
			}
			p.lexError(p.start, i, problem{id: "js/unterminated-string"})
			return
		case 0:
			if i >= p.size {
				p.lexError(p.start, p.size, problem{id: "js/unterminated-string"})
				return
			}
		}
	}
}

// rescanRegex reads a regular expression where the current token is / or /=.
func (p *parser) rescanRegex() {
	src := p.src
	i := p.start + 1
	class := false
	for {
		c := src[i]
		switch {
		case c == '\n' || c == '\r' || c == 0 && i >= p.size ||
			c == 0xE2 && src[i+1] == 0x80 && src[i+2]&0xFE == 0xA8:
			p.lexError(p.start, i, problem{id: "js/unterminated-regex"})
			return
		case c == '\\':
			if src[i+1] == '\n' || src[i+1] == '\r' || src[i+1] == 0 {
				i++
				continue
			}
			i++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			i++
			for charClass[src[i]] <= cDigit {
				i++
			}
			p.pos = i
			p.tok = tRegex
			return
		}
		i++
	}
}

// scanChunk reads the text of a template from pos. It leaves pos behind the
// closing ` or ${ and reports which; ok is false at the end of the file.
func (p *parser) scanChunk() (end int, last, ok bool) {
	src := p.src
	i := p.pos
	p.escaped = false
	for {
		switch src[i] {
		case '`':
			p.pos = i + 1
			return i, true, true
		case '$':
			if src[i+1] == '{' {
				p.pos = i + 2
				return i, false, true
			}
		case '\\':
			p.escaped = true
			i++
			if i >= p.size {
				return p.size, true, false
			}
		case 0:
			if i >= p.size {
				return p.size, true, false
			}
		}
		i++
	}
}
