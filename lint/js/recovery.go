package js

import (
	"bytes"
	"strconv"

	"wxcloud/internal/clierr"
)

// recover goes on behind an error in the statement that began at begin: at the
// next statement of the list, as far as that can be told.
func (p *parser) recover(begin int) {
	p.failed = false
	p.cover = -1
	p.quiet = max(p.quiet, p.brokenEnd(begin), p.conflictEnd)
	p.pos, p.prevEnd = begin, begin
	p.newline = lineBegins(p.src, begin)
	if p.errStart >= p.size {
		p.pos = p.size
	}
	line := p.errStart // a statement may begin on the line of the error
	for line > begin && charClass[p.src[line-1]] != cNewline {
		line--
	}
	line = max(line, begin+1)
	level := 0
	for p.skipSpace(); ; p.skipSpace() {
		before := p.tok
		p.scan()
		if p.tok == tEOF || p.start >= line && p.resumes(level) {
			p.stuck = p.start
			return
		}
		switch p.tok {
		case tSemi:
			if level <= 0 && p.start >= p.errStart {
				p.next()
				return
			}
		case tLBrace, tLParen, tLBracket:
			level++
		case tRParen, tRBracket, tRBrace:
			level--
		case tBacktick:
			if _, last, _ := p.scanChunk(); !last {
				level++
			}
		case tSlash:
			if startsRegex(before) {
				p.rescanRegex()
			}
		}
		if p.pos <= p.start {
			p.pos = p.start + 1
		}
		p.prevEnd = p.pos
		p.newline = false
	}
}

// resumes reports whether the list can go on at the current token: at the end of
// its block, where a line begins like a statement, or where one stands as far to
// the left as the broken statement does.
func (p *parser) resumes(level int) bool {
	if p.tok == tRBrace && level <= 0 {
		return p.start >= p.errStart
	}
	return p.newline && p.start > p.stuck && (p.startsStatement() || p.start >= p.quiet && p.startsExpression())
}

// startsRegex reports whether a / behind the token begins a regular expression.
func startsRegex(before token) bool {
	switch before {
	case tRParen, tRBracket, tRBrace, tIdent, tThis, tSuper, tNumber, tBigInt, tString, tRegex, tPrivate, tBacktick, tNull, tTrue, tFalse:
		return false
	}
	return true
}

// lineBegins reports whether only white space stands before i on its line.
func lineBegins(src []byte, i int) bool {
	for i > 0 {
		i--
		switch charClass[src[i]] {
		case cNewline:
			return true
		case cSpace:
		default:
			return false
		}
	}
	return true
}

// startsStatement reports whether the current token, at the beginning of a line,
// is one that statements begin with and expressions hardly ever go on with.
func (p *parser) startsStatement() bool {
	switch p.tok {
	case tConst, tVar, tFunction, tClass, tIf, tFor, tReturn, tTry, tSwitch, tWhile, tThrow, tImport, tExport, tDo, tBreak, tContinue:
		return true
	case tIdent:
		return p.atom == aLet || p.atom == aAsync || p.atom == aAwait || p.atom == aExports || p.atom == aModule
	}
	return false
}

// startsExpression reports whether the current token can begin a statement that
// is only an expression.
func (p *parser) startsExpression() bool {
	switch p.tok {
	case tIdent, tThis, tSuper, tNew, tVoid, tDelete, tTypeof:
		return true
	}
	return false
}

// indent is how far to the right the line of i begins.
func indent(src []byte, i int) int {
	for i > 0 && charClass[src[i-1]] != cNewline {
		i--
	}
	n := 0
	for ; charClass[src[i]] == cSpace; i++ {
		n++
		if src[i] == '\t' {
			n += 3
		}
	}
	return n
}

// brokenEnd is where the statement that began at begin and holds an error ends by
// its looks: at the next line that is not further to the right and does not close
// anything. What goes wrong before is a consequence.
func (p *parser) brokenEnd(begin int) int {
	base := indent(p.src, begin)
	i := p.errStart
	for i < p.size {
		i = p.lineEnd(i)
		for charClass[p.src[i]] == cNewline || charClass[p.src[i]] == cSpace {
			i++
		}
		switch p.src[i] {
		case '}', ')', ']', ',', ';', '.', 0xE2:
		default:
			if indent(p.src, i) <= base {
				return i
			}
		}
		i++
	}
	return p.size
}

// leftOver reports whether the token at hand begins no statement but may well be
// a part of the broken one before, whose beginning was passed over.
func (p *parser) leftOver() bool {
	switch p.tok {
	case tRParen, tRBracket, tComma, tColon, tCase, tDefault, tElse, tCatch, tFinally:
		return true
	}
	return false
}

// softFail notes an error that can be read over. What else is wrong in the same
// statement is a consequence.
func (p *parser) softFail(start, end int, id clierr.ID, pairs ...string) {
	if !p.soft {
		p.report(start, end, id, pairs...)
	}
	p.soft = p.soft || p.spec == 0
}

// cause looks for a mistake that explains why nothing fits at start: a merge
// conflict, or a comment that ended where it was not meant to.
func (p *parser) cause(start int) (from, to int, id clierr.ID) {
	if conflictMarker(p.src, start) {
		for start > 0 && p.src[start-1] == p.src[start] {
			start--
		}
		return start, start + len(">>>>>>>"), "js/merge-conflict"
	}
	if c := p.commentEnd; c > 0 && c <= start && charClass[p.src[c]] == cDigit && p.lineEnd(c) >= start {
		return c - 2, c, "js/comment-ended"
	}
	return 0, 0, ""
}

// conflictEndAfter is the end of the merge conflict whose marker stands at start.
func (p *parser) conflictEndAfter(start int) int {
	if n := bytes.Index(p.src[start:p.size], []byte("\n>>>>>>>")); n >= 0 {
		return p.lineEnd(start + n + 1)
	}
	return p.lineEnd(start)
}

// separator passes the comma between two elements. One that is missing or written
// as ; is told and read over where another element follows.
// Otherwise the bracket end is missing, the partner of the one at open.
func (p *parser) separator(end token, open int) bool {
	if p.tok == tComma {
		p.next()
		if p.tok == tComma && end == tRBrace {
			p.softFail(p.start, p.pos, "js/extra-comma")
			for p.tok == tComma {
				p.next()
			}
		}
		return true
	}
	if p.failed || p.spec > 0 {
		return p.expect(tComma)
	}
	if _, _, id := p.cause(p.start); id == "" {
		switch {
		case p.tok == tSemi && end == tRBrace && p.elementAhead():
			p.softFail(p.start, p.pos, "js/expected-token", "expected", ",", "found", ";")
			p.next()
			return true
		case (p.newline || end == tRBrace) && p.beginsElement(end):
			p.softFail(p.start, p.pos, "js/missing-comma", "found", p.tokenText())
			return true
		}
	}
	p.closing(end, open)
	return false
}

// beginsElement reports whether the current token begins a member of an object
// or an element of a list.
func (p *parser) beginsElement(end token) bool {
	switch p.tok {
	case tString, tNumber, tEllipsis:
		return true
	case tIdent:
		if end != tRBrace {
			return true
		}
		switch t, _ := p.peek(); t {
		case tColon, tComma, tRBrace:
			return true
		}
	case tLBrace, tThis, tNull, tTrue, tFalse, tNew, tFunction:
		return end != tRBrace
	}
	return false
}

// elementAhead reports whether a member of an object follows the current token.
func (p *parser) elementAhead() bool {
	saved := p.lexer
	p.next()
	ok := p.beginsElement(tRBrace)
	p.lexer = saved
	return ok
}

// closing passes the bracket t that closes the one at open.
func (p *parser) closing(t token, open int) {
	if p.tok == t || p.failed || p.spec > 0 {
		p.expect(t)
		return
	}
	if p.tok != tEOF {
		if hasNewline(p.src[open:p.start]) && p.tok != tError {
			if _, _, id := p.cause(p.start); id == "" {
				p.fail(p.start, p.pos, "js/expected-closing", "expected", tokenName(t), "found", p.tokenText(), "open", string(p.src[open]), "line", p.lineNumber(open))
				return
			}
		}
		p.expect(t)
		return
	}
	if p.quiet == 0 { // otherwise it is a consequence
		if t == tRBrace {
			open = p.unclosed(open)
		}
		p.add(open, open+1, "js/unclosed", []string{"open", string(p.src[open]), "expected", tokenName(t)})
	}
	p.failed, p.errStart, p.errEnd = true, p.size, p.size
}

// leftOpen fails because the brace at open was not closed before the current
// token. After another error it is a consequence of that.
func (p *parser) leftOpen(open int) {
	p.soft = p.soft || len(p.fails) > 0
	p.closing(tRBrace, open)
}

// lineNumber is the line of a place, as messages show it.
func (p *parser) lineNumber(at int) string {
	line := 1
	for i := 0; i < at; {
		if i = p.lineEnd(i); i >= at {
			break
		}
		n := 1
		switch {
		case p.src[i] == 0xE2:
			n = 3
		case p.src[i] == '\r' && p.src[i+1] == '\n':
			n = 2
		}
		i += n
		line++
	}
	return strconv.Itoa(line)
}

// unclosed is the brace that was probably left open, where the parser misses the
// partner of the one at open: the first whose partner stands further to the left.
func (p *parser) unclosed(open int) int {
	saved := p.lexer
	defer func() { p.lexer = saved }()
	p.lexer = lexer{src: p.src, size: p.size, atom: p.atom}
	if p.src[0] == 0xEF {
		p.pos = 3
	}
	var stack []int
	for {
		before := p.tok
		p.prevEnd, p.newline = p.pos, false
		p.skipSpace()
		p.scan()
		switch p.tok {
		case tEOF:
			return open
		case tLBrace:
			stack = append(stack, p.start)
		case tRBrace:
			n := len(stack)
			if n == 0 {
				return open
			}
			top := stack[n-1]
			if p.newline && indent(p.src, p.start) < indent(p.src, top) {
				return top
			}
			stack = stack[:n-1]
		case tBacktick, tError:
			return open
		case tSlash:
			if startsRegex(before) {
				p.rescanRegex()
			}
		}
		if p.pos <= p.start {
			return open
		}
	}
}

// fullWidth is the ASCII character that a full-width punctuation mark was meant
// to be, 0 if it is none. Input methods for Chinese write them all too easily.
func fullWidth(r rune) byte {
	switch r {
	case '，', '、':
		return ','
	case '。':
		return '.'
	case '【', '〔':
		return '['
	case '】', '〕':
		return ']'
	case '“', '”':
		return '"'
	case '‘', '’':
		return '\''
	case '《':
		return '<'
	case '》':
		return '>'
	case '¥', '￥':
		return '$'
	}
	if r >= 0xFF01 && r <= 0xFF5E {
		if c := byte(r - 0xFEE0); charClass[c] >= cEscape {
			return c
		}
	}
	return 0
}

// scanFullWidth reads a full-width mark as what it was meant to be. Only the
// first one of a line is told.
func (p *parser) scanFullWidth(i, n int, c byte) {
	end := i + n
	known := false
	for _, f := range p.fails {
		known = known || f.id == "js/full-width" && f.end <= int32(end) && p.lineEnd(int(f.start)) >= i
	}
	if !known && i >= p.quiet {
		p.add(i, end, "js/full-width", []string{"character", string(p.src[i:end]), "ascii", string(c)})
	}
	p.soft = true
	if c == '"' || c == '\'' {
		for end < p.size && charClass[p.src[end]] != cNewline {
			r, m := decode(p.src[end:])
			end += m
			if fullWidth(r) == c || r == rune(c) {
				break
			}
		}
		p.pos, p.tok, p.escaped = end, tString, false
		return
	}
	if p.tok = punctAlone[c]; p.tok == 0 {
		var one [4]byte
		one[0] = c
		src := p.src
		p.src = one[:]
		p.scanPunct(0, c)
		p.src = src
	}
	p.start, p.pos = i, end
}
