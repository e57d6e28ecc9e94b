package js

// jsxElement reads <a b={c}>text {d}</a>. Only the expressions inside are kept.
func (p *parser) jsxElement() int32 { return p.jsx1(false) }

func (p *parser) jsx1(nested bool) int32 {
	if !p.enter() {
		return 0
	}
	defer func() { p.depth-- }()
	n := p.node(nElement, p.start)
	var l list
	p.next()
	if p.tok != tGreater {
		p.push(&l, p.jsxName())
		if p.typescript && p.tok == tLess {
			p.typeArguments()
		}
		if closed := p.jsxAttributes(&l); closed || p.failed {
			return p.jsxEnd(n, l, nested)
		}
	}
	if p.tok == tGreater {
		p.jsxChildren(&l)
	}
	return p.jsxEnd(n, l, nested)
}

// jsxEnd finishes an element whose closing > is the current token.
func (p *parser) jsxEnd(n int32, l list, nested bool) int32 {
	p.nodes[n].a = l.first
	if !nested && !p.failed {
		p.next()
		return p.finish(n)
	}
	p.nodes[n].end = int32(p.pos)
	return n
}

// jsxName reads a name such as a, a.b, a-b or a:b and passes it.
func (p *parser) jsxName() int32 {
	if p.tok < tIdent {
		p.unexpected("name")
		return 0
	}
	n := p.node(nIdent, p.start)
	p.nodes[n].a, p.nodes[n].end = p.atom, int32(p.pos)
	for {
		c := p.src[p.pos]
		if charClass[c] > cHigh && c != '-' && c != ':' && c != '.' {
			break
		}
		p.pos++
	}
	p.next()
	return n
}

// jsxAttributes reads up to > or />; closed reports the latter.
func (p *parser) jsxAttributes(l *list) (closed bool) {
	for !p.failed {
		switch {
		case p.tok == tGreater:
			return false
		case p.tok == tSlash:
			p.next()
			if p.tok != tGreater {
				p.expect(tGreater)
			}
			return true
		case p.tok == tLBrace:
			p.next()
			p.eat(tEllipsis)
			p.push(l, p.assignment())
			p.expect(tRBrace)
		case p.tok >= tIdent:
			p.jsxName()
			if p.tok != tAssign {
				continue
			}
			p.inJSX = true
			p.next()
			p.inJSX = false
			switch p.tok {
			case tString:
				p.next()
			case tLBrace:
				p.next()
				p.push(l, p.assignment())
				p.expect(tRBrace)
			case tLess:
				p.push(l, p.jsxElement())
			default:
				p.unexpected("expression")
			}
		default:
			p.unexpected("name")
		}
	}
	return false
}

// jsxChildren reads from behind > to the closing tag, whose > becomes the current token.
func (p *parser) jsxChildren(l *list) {
	for i := p.pos; !p.failed; {
		switch c := p.src[i]; {
		case c == '{':
			p.pos = i
			p.scan()
			p.next()
			if p.tok != tRBrace {
				p.eat(tEllipsis)
				p.push(l, p.expression())
				if p.tok != tRBrace {
					p.expect(tRBrace)
					return
				}
			}
			i = p.pos
		case c == '<':
			p.pos, p.start = i, i
			p.tok = tLess
			p.pos++
			saved := p.lexer
			p.next()
			if p.tok == tSlash {
				p.next()
				if p.tok >= tIdent {
					p.jsxName()
				}
				if p.tok != tGreater {
					p.expect(tGreater)
				}
				return
			}
			p.lexer = saved
			p.push(l, p.jsx1(true))
			i = p.pos
		case c == 0 && i >= p.size:
			p.pos, p.start = i, i
			p.tok = tEOF
			p.fail(p.start, p.start, "js/unterminated-element")
			return
		default:
			i++
		}
	}
}
