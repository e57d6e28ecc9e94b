package js

import "wxcloud/internal/clierr"

// What the grammar lets through and the rules about it do not: the parser asks
// here while it reads. What needs to know the scopes is in bindchecks.go.

// label is a label around the statement at hand.
type label struct {
	atom int32
	loop bool
}

// addLabel notes the label e for the statement that follows.
func (p *parser) addLabel(e int32) {
	n := &p.nodes[e]
	for _, l := range p.labels[p.fn.labels:] {
		if l.atom == n.a {
			p.report(int(n.start), int(n.end), "js/declared-twice", "name", p.atoms.text(n.a))
		}
	}
	loop := false
	for m := p.lexer; ; { // a: b: while (…): both name the loop
		switch p.tok {
		case tFor, tWhile, tDo:
			loop = true
		case tIdent:
			if p.next(); p.tok == tColon {
				p.next()
				continue
			}
		}
		p.lexer = m
		break
	}
	p.labels = append(p.labels, label{n.a, loop})
}

// checkJump reports a break or continue that leads nowhere.
func (p *parser) checkJump(k kind, start, end int, name int32) {
	if name == 0 {
		if k == nBreak && p.fn.breakable == 0 || k == nContinue && p.fn.loop == 0 {
			p.reportOutside(start, end, "js/jump-outside", "keyword", string(p.src[start:end]))
		}
		return
	}
	n := &p.nodes[name]
	for _, l := range p.labels[p.fn.labels:] {
		if l.atom == n.a {
			if k == nContinue && !l.loop {
				p.reportOutside(start, end, "js/jump-outside", "keyword", string(p.src[start:end]))
			}
			return
		}
	}
	p.reportOutside(int(n.start), int(n.end), "js/unknown-label", "name", p.atoms.text(n.a))
}

// private is a name with # that a class declares or that code uses.
type private struct {
	atom, start, end int32
	use              bool
	op               uint8 // of a declaration: propertyKind
	static           bool
}

// usePrivate notes that the private name at hand is used.
func (p *parser) usePrivate() {
	if p.classes == 0 {
		p.reportOutside(p.start, p.pos, "js/private-undeclared", "name", p.tokenText())
		return
	}
	p.privates = append(p.privates, private{atom: p.atom, start: int32(p.start), end: int32(p.pos), use: true})
}

// declarePrivate notes that member n declares the private name key.
func (p *parser) declarePrivate(first int, key int32, op uint8, static bool) {
	k := p.nodes[key]
	for _, d := range p.privates[first:] {
		if d.use || d.atom != k.a {
			continue
		}
		pair := (d.op == propGet && op == propSet || d.op == propSet && op == propGet) && d.static == static
		if !pair {
			p.report(int(k.start), int(k.end), "js/declared-twice", "name", "#"+p.atoms.text(k.a))
		}
	}
	p.privates = append(p.privates, private{atom: k.a, start: k.start, end: k.end, op: op, static: static})
}

// closePrivates settles the private names of the class whose names begin at
// first. What it does not declare may belong to a class around it.
func (p *parser) closePrivates(first int) {
	kept := p.privates[:first]
	for _, u := range p.privates[first:] {
		if !u.use {
			continue
		}
		found := false
		for _, d := range p.privates[first:] {
			found = found || !d.use && d.atom == u.atom
		}
		switch {
		case found:
		case p.classes > 0:
			kept = append(kept, u)
		default:
			p.reportOutside(int(u.start), int(u.end), "js/private-undeclared", "name", "#"+p.atoms.text(u.atom))
		}
	}
	p.privates = kept
}

// checkName reports a name at hand that cannot be an identifier here: a reserved
// word written with an escape, yield in a generator, await in an async function.
func (p *parser) checkName() {
	if p.escaped && p.atom <= aLastKeyword || p.atom == aYield && p.fn.generator || p.atom == aAwait && p.fn.async {
		p.report(p.start, p.pos, "js/reserved-word", "word", p.atoms.text(p.atom))
	}
}

// suspicious reports whether checkName has anything to look at.
func (p *parser) suspicious() bool { return p.escaped || p.atom == aYield || p.atom == aAwait }

// prologue looks for "use strict" among the strings that code begins with.
func (p *parser) prologue() {
	if p.tok != tString {
		return
	}
	saved := p.lexer
	for p.tok == tString {
		strict := p.pos-p.start == len(`"use strict"`) && string(p.src[p.start+1:p.pos-1]) == "use strict"
		p.next()
		switch p.tok {
		case tSemi, tRBrace, tEOF:
		case tDot, tQuestionDot, tLParen, tLBracket, tBacktick, tComma, tQuestion, tAssign:
			strict = false
		default:
			if !p.newline || precedence[p.tok] > 0 {
				strict = false
			}
		}
		if strict {
			p.fn.strict = true
			break
		}
		p.eat(tSemi)
	}
	p.lexer = saved
}

// checkStrictParams reports "use strict" in a function that may not say it.
func (p *parser) checkStrictParams(params int32, strictBefore bool) {
	if strictBefore || !p.fn.strict {
		return
	}
	for i := p.nodes[params].a; i != 0; i = p.nodes[i].next {
		if p.nodes[i].kind != nIdent {
			p.report(int(p.nodes[i].start), int(p.nodes[i].end), "js/strict-parameters")
			return
		}
	}
}

// optionalChain reports whether e ends an optional chain, which is no place to assign to.
func (p *parser) optionalChain(e int32) bool {
	for {
		n := &p.nodes[e]
		switch n.kind {
		case nDot, nIndex, nCall:
			if n.flags&flagOptional != 0 {
				return true
			}
		default:
			return false
		}
		if e = n.a; p.nodes[e].flags&flagParen != 0 {
			return false
		}
	}
}

// checkAccessor reports a getter with parameters and a setter without exactly one.
func (p *parser) checkAccessor(op uint8, value int32) {
	if p.nodes[value].kind != nFunction {
		return
	}
	params := p.nodes[value].b
	first := p.nodes[params].a
	switch {
	case op == propGet && first != 0:
		p.reportID(params, "js/getter-parameters")
	case op == propSet && (first == 0 || p.nodes[first].next != 0 || p.nodes[first].kind == nRest):
		p.reportID(params, "js/setter-parameters")
	}
}

// nameIs reports whether the key of a member is the name a, as a word or in quotes.
func (p *parser) nameIs(key, a int32) bool {
	n := &p.nodes[key]
	if n.kind == nString {
		text := p.atoms.text(a)
		return int(n.end-n.start) == len(text)+2 && string(p.src[n.start+1:n.end-1]) == text
	}
	return n.kind == nIdent && n.a == a && n.flags&flagPrivate == 0
}

// checkMember reports the members of a class that cannot be: a second
// constructor, a static prototype.
func (p *parser) checkMember(n int32, flags uint16, constructed *bool) {
	m := p.nodes[n]
	if m.flags&flagComputed != 0 || m.a == 0 {
		return
	}
	if m.flags&flagStatic != 0 {
		if p.nameIs(m.a, aPrototype) {
			p.reportID(m.a, "js/static-prototype")
		}
		return
	}
	if !p.nameIs(m.a, aConstructor) {
		return
	}
	switch {
	case m.op != propConstructor && m.op != propMethod || flags != 0:
		p.reportID(m.a, "js/constructor-kind")
	case *constructed:
		p.reportID(m.a, "js/constructor-twice")
	}
	*constructed = true
}

// reportID reports an error at a node.
func (p *parser) reportID(node int32, id string) {
	n := &p.nodes[node]
	p.report(int(n.start), int(n.end), clierr.ID(id))
}

// checkKey reports a key written in a way that strict code forbids. The binder,
// which knows better what is strict, does not look at keys.
func (p *parser) checkKey(key int32) {
	if p.nodes[key].flags&flagOctal != 0 && p.fn.strict {
		p.reportID(key, "js/strict-octal")
	}
}

// checkString reports an escape that is none, and marks one that strict code forbids.
func (p *parser) checkString(n int32) {
	s := p.nodes[n]
	at, octal := badEscape(p.src[s.start+1 : s.end-1])
	if octal {
		p.nodes[n].flags |= flagOctal
	}
	if at >= 0 {
		at += int(s.start) + 1
		p.report(at, at+2, "js/bad-escape")
	}
}

// checkLoopTarget reports declarations in for (… in …) and for (… of …) that say
// more than one name or give it a value.
func (p *parser) checkLoopTarget(init int32, k kind) {
	n := p.nodes[init]
	if n.kind != nVar {
		return
	}
	d := p.nodes[n.a]
	if d.next != 0 {
		p.reportID(d.next, "js/loop-declarations")
		return
	}
	// for (var a = 1 in b) is an old way that browsers keep.
	if d.b != 0 && (k == nForOf || n.op != uint8(tVar) || p.fn.strict || p.nodes[d.a].kind != nIdent) {
		p.reportID(d.b, "js/loop-value")
	}
}
