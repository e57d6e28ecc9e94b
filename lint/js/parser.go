package js

import (
	"unicode/utf8"

	"wxcloud/internal/clierr"
	"wxcloud/internal/probe"
)

// maxDepth bounds how deep code may nest, so that no input can exhaust the stack.
const maxDepth = 3000

// maxSpine bounds chains that lean to the left (a+a+a…, a.b.c…), which the
// parser builds in a loop but which later passes walk by recursion.
const maxSpine = 60000

// maxErrors is how many syntax errors of one file are told.
const maxErrors = 10

// problem is what is wrong at some place.
type problem struct {
	id   clierr.ID
	args clierr.Args
}

func argsCharacter(r rune) clierr.Args {
	if r == utf8.RuneError || r < 0x20 {
		return clierr.Args{"character": "U+" + hexText(r)}
	}
	return clierr.Args{"character": string(r)}
}

func hexText(r rune) string {
	const digits = "0123456789ABCDEF"
	b := [4]byte{}
	for i := range b {
		b[3-i] = digits[r>>(4*i)&15]
	}
	return string(b[:])
}

func appendRune(b []byte, r rune) []byte { return utf8.AppendRune(b, r) }

// dialect is what a file may hold besides JavaScript.
type dialect struct {
	typescript   bool
	jsx          bool
	module       bool // certainly an ES module
	script       bool // certainly none
	declarations bool // a .d.ts file
	cutSDK       bool // leave out wx-server-sdk where it stands in the file
}

// failure is a syntax error before it is given a line.
type failure struct {
	start, end int32
	problem
}

// parser turns one file into a tree. It is used for one file after the other
// and keeps its buffers.
type parser struct {
	lexer
	dialect
	atoms *atoms
	buf   []byte // text of a name with escapes
	nodes []Node
	fails []failure

	depth  int
	failed bool // an error was met; everything unwinds until a statement list
	spec   int  // > 0 while trying out a reading

	errStart, errEnd int

	fn funcState
	// cover is the place of a {a = 1} that is only right in a pattern, or -1.
	cover int
	// noConditional is > 0 where a conditional type may not follow (infer constraints).
	noConditional int
	noIn          bool
	ternary       int // depth of "a ? here : b", where "(x): y => z" is doubtful
	parens        int // depth of parentheses that may be parameters
	notArrows     []int32
	doubts        int  // bytes read to tell arrow functions from conditional expressions
	ambient       bool // below TypeScript's declare
	inDefault     bool // below export default: a name is not needed
	ahead         int  // tokens looked at to tell function types
	gaveUp        bool // too deep: the rest is not read
	stuck         int  // where the last error was left behind
	inJSX         bool
	esm           bool    // an import or export was seen
	bundled       bool    // wx-server-sdk stood in the file
	badAngles     []int32 // places of < that are no type arguments, ascending
	openAngles    []int32
	comments      []directive
	labels        []label
	privates      []private
	regexNames    []regexName
	classes       int  // depth of classes around
	top           bool // the statement at hand stands at the top level of the file
	binding       int  // > 0 while a pattern declares its names
	derived       bool // the next function is the constructor of a class with extends
	html          int  // place of the first HTML comment, or -1
	quiet         int  // errors before this place are consequences of another
	soft          bool // the statement at hand has an error that was read over
	conflictEnd   int  // end of the merge conflict that was told
	commentEnd    int  // end of the last block comment
	topReturn     int  // place of the first return outside of functions, or -1
	// requests are the import declarations, require calls and import() calls.
	requests []int32
}

// funcState is what a function changes about the code inside.
type funcState struct {
	async, generator bool
	inFunction       bool
	inClass          bool // directly in a field or static block
	strict           bool
	superMember      bool // super.a may be said
	superCall        bool // super() may be said
	newTarget        bool
	loop, breakable  int32
	labels           int32 // the labels of the function begin here in parser.labels
	yieldAt, awaitAt int32 // the last yield and await of the function
}

// parse reads src and returns the root of the tree, which is in p.nodes.
func (p *parser) parse(src []byte, d dialect) int32 {
	need := len(src) + padding
	if cap(p.src) < need {
		p.src = make([]byte, need+need/4)
	}
	p.src = p.src[:need]
	copy(p.src, src)
	clear(p.src[len(src):])
	// What it calls, it calls for this program and not for the user's.
	probe.Blank(p.src[:len(src)])
	// Code has a node for every four to eight bytes; growing to that in steps would
	// leave as much again to collect.
	if least := len(src) / 8; cap(p.nodes) < least {
		p.nodes = make([]Node, 0, least+least/2)
	}
	at := p.atoms
	*p = parser{
		lexer: lexer{src: p.src, size: len(src)}, dialect: d, atoms: at, buf: p.buf[:0],
		nodes: append(p.nodes[:0], Node{}), fails: p.fails[:0], cover: -1,
		badAngles: p.badAngles[:0], openAngles: p.openAngles[:0], notArrows: p.notArrows[:0], stuck: -1, requests: p.requests[:0],
		comments: p.comments[:0], labels: p.labels[:0], privates: p.privates[:0], regexNames: p.regexNames[:0], html: -1, topReturn: -1,
	}
	if len(src) >= 3 && src[0] == 0xEF && src[1] == 0xBB && src[2] == 0xBF {
		p.pos = 3
	}
	if p.src[p.pos] == '#' && p.src[p.pos+1] == '!' {
		p.pos = p.lineEnd(p.pos)
	}
	p.fn = funcState{strict: d.module, newTarget: !d.module}
	p.ambient = d.declarations
	p.next()
	root := p.node(nProgram, 0)
	p.prologue()
	list := p.statements(tEOF, true)
	if p.fn.strict {
		p.nodes[root].flags = flagStrict
	}
	p.moduleOnly()
	p.nodes[root].a = list
	p.nodes[root].end = int32(p.size)
	return root
}

// moduleOnly reports what only ES modules forbid, once it is known that this is one.
func (p *parser) moduleOnly() {
	if !p.module && !p.esm || len(p.fails) > 0 {
		return
	}
	if p.html >= 0 {
		p.report(p.html, p.html+3, "js/html-comment")
	}
	if p.topReturn >= 0 {
		p.report(p.topReturn, p.topReturn+len("return"), "js/return-outside")
	}
}

// node appends a node that begins at start.
func (p *parser) node(k kind, start int) int32 {
	i := int32(len(p.nodes))
	p.nodes = append(p.nodes, Node{kind: k, start: int32(start)})
	return i
}

// leaf appends a node for the current token and passes it.
func (p *parser) leaf(k kind) int32 {
	i := int32(len(p.nodes))
	p.nodes = append(p.nodes, Node{kind: k, op: uint8(p.tok), start: int32(p.start), end: int32(p.pos), a: p.atom})
	p.next()
	return i
}

// finish ends node i at the token before the current one.
func (p *parser) finish(i int32) int32 {
	p.nodes[i].end = int32(p.prevEnd)
	return i
}

// make3 appends a finished node.
func (p *parser) make3(k kind, start int, a, b, c int32) int32 {
	i := int32(len(p.nodes))
	p.nodes = append(p.nodes, Node{kind: k, start: int32(start), end: int32(p.prevEnd), a: a, b: b, c: c})
	return i
}

// list collects nodes in order.
type list struct{ first, last int32 }

func (p *parser) push(l *list, n int32) {
	if l.first == 0 {
		l.first = n
	} else {
		p.nodes[l.last].next = n
	}
	l.last = n
}

// fail notes an error from start to end and makes everything unwind.
func (p *parser) fail(start, end int, id clierr.ID, pairs ...string) {
	if p.failed {
		return
	}
	p.failed = true
	p.errStart, p.errEnd = start, end
	p.tok = tEOF
	if p.spec > 0 {
		return
	}
	if start < p.conflictEnd {
		return
	}
	if from, to, why := p.cause(start); why != "" {
		start, end, id, pairs = from, to, why, nil
		if why == "js/merge-conflict" {
			p.conflictEnd = p.conflictEndAfter(start)
		}
	}
	if n := len(p.fails); p.soft || start < p.quiet || n > 0 && (int(p.fails[n-1].start) >= start || start >= p.size) {
		return // a consequence of the error before
	}
	p.add(start, end, id, pairs)
}

// report notes an error in what can be read all the same.
func (p *parser) report(start, end int, id clierr.ID, pairs ...string) {
	if p.failed || p.spec > 0 || start < p.quiet {
		return
	}
	for _, f := range p.fails {
		if int(f.start) == start {
			return
		}
	}
	p.add(start, end, id, pairs)
	p.soft = true // one error a statement is enough
}

// reportOutside notes an error that follows from what stands around. Behind a
// broken statement that is not what its author meant, so it is not said.
func (p *parser) reportOutside(start, end int, id clierr.ID, pairs ...string) {
	if p.quiet == 0 {
		p.report(start, end, id, pairs...)
	}
}

func (p *parser) add(start, end int, id clierr.ID, pairs []string) {
	if len(p.fails) >= maxErrors {
		return
	}
	var args clierr.Args
	if len(pairs) > 0 {
		args = clierr.Args{}
		for i := 0; i+1 < len(pairs); i += 2 {
			args[pairs[i]] = pairs[i+1]
		}
	}
	p.fails = append(p.fails, failure{int32(start), int32(max(end, start)), problem{id, args}})
}

// unexpected fails at the current token, where something described by wanted
// ("expression", "statement"; see the messages) should stand.
func (p *parser) unexpected(wanted string) {
	if p.failed {
		return
	}
	switch p.tok {
	case tError:
		var pairs []string
		for k, v := range p.problem.args {
			pairs = append(pairs, k, v)
		}
		p.fail(p.start, p.pos, p.problem.id, pairs...)
	case tEOF:
		p.fail(p.start, p.pos, "js/expected-"+clierr.ID(wanted), "found", EndOfFile)
	default:
		if p.spec > 0 {
			p.fail(p.start, p.pos, "js/expected")
			return
		}
		p.fail(p.start, p.pos, "js/expected-"+clierr.ID(wanted), "found", p.tokenText())
	}
}

// conflictMarker reports whether a line of version control's conflict markers begins at i.
func conflictMarker(src []byte, i int) bool {
	for i > 0 && (src[i-1] == '<' || src[i-1] == '>' || src[i-1] == '=') {
		i--
	}
	if i > 0 && src[i-1] != '\n' {
		return false
	}
	c := src[i]
	if c != '<' && c != '>' && c != '=' {
		return false
	}
	for n := 1; n < 7; n++ {
		if i+n >= len(src) || src[i+n] != c {
			return false
		}
	}
	return true
}

// tokenText is the current token as a message shows it.
func (p *parser) tokenText() string {
	end := min(p.pos, p.start+40)
	for end < p.pos && !utf8.RuneStart(p.src[end]) {
		end--
	}
	return string(p.src[p.start:end])
}

// expect passes a token that must stand here.
func (p *parser) expect(t token) bool {
	if p.tok == t {
		p.next()
		return true
	}
	if p.failed {
		return false
	}
	if p.tok == tError || p.spec > 0 {
		p.unexpected("expression")
		return false
	}
	found := EndOfFile
	if p.tok != tEOF {
		found = p.tokenText()
	}
	p.fail(p.start, p.pos, "js/expected-token", "expected", tokenName(t), "found", found)
	return false
}

// tokenName is a punctuator or keyword as messages show it.
func tokenName(t token) string {
	if t >= tBreak {
		return atomNames[t-tBreak+token(aBreak)]
	}
	return tokenNames[t]
}

func (p *parser) eat(t token) bool {
	if p.tok == t {
		p.next()
		return true
	}
	return false
}

// isName reports whether the current token is the name a, written plainly.
func (p *parser) isName(a int32) bool { return p.tok == tIdent && p.atom == a && !p.escaped }

func (p *parser) eatName(a int32) bool {
	if p.isName(a) {
		p.next()
		return true
	}
	return false
}

// semicolon ends a statement, by ; or by the rules of automatic insertion.
func (p *parser) semicolon() {
	if p.tok == tSemi {
		p.next()
		return
	}
	if p.tok == tRBrace || p.tok == tEOF || p.newline {
		return
	}
	if p.tok == tError {
		p.unexpected("expression")
		return
	}
	p.fail(p.start, p.pos, "js/expected-semicolon", "found", p.tokenText())
}

// enter counts a level of nesting; false means that it is too deep.
func (p *parser) enter() bool {
	if p.depth >= maxDepth {
		p.giveUp()
		return false
	}
	p.depth++
	return true
}

// giveUp fails for good: going on would meet the same depth again and again.
func (p *parser) giveUp() {
	p.fail(p.start, p.pos, "js/too-deep")
	p.gaveUp = p.spec == 0
}

// mark is a point to come back to.
type mark struct {
	lexer
	nodes, requests, fails int
	comments, privates     int
	failed                 bool
	depth                  int
	cover                  int
	esm                    bool
	fn                     funcState
	noIn                   bool
	ternary, noConditional int
}

func (p *parser) mark() mark {
	return mark{p.lexer, len(p.nodes), len(p.requests), len(p.fails), len(p.comments), len(p.privates), p.failed, p.depth, p.cover, p.esm, p.fn, p.noIn, p.ternary, p.noConditional}
}

func (p *parser) rewind(m *mark) {
	p.lexer = m.lexer
	p.nodes = p.nodes[:m.nodes]
	p.requests = p.requests[:m.requests]
	p.fails = p.fails[:m.fails]
	p.comments = p.comments[:m.comments]
	p.privates = p.privates[:m.privates]
	p.failed, p.depth, p.cover, p.esm = m.failed, m.depth, m.cover, m.esm
	p.fn, p.noIn, p.ternary, p.noConditional = m.fn, m.noIn, m.ternary, m.noConditional
}

// peek is the token behind the current one and whether a line ends before it.
func (p *parser) peek() (t token, newline bool) {
	saved := p.lexer
	p.next()
	t, newline = p.tok, p.newline
	p.lexer = saved
	return t, newline
}

// peekName is peek with the atom of a name.
func (p *parser) peekName() (t token, atom int32, newline bool) {
	saved := p.lexer
	p.next()
	t, atom, newline = p.tok, p.atom, p.newline
	p.lexer = saved
	return t, atom, newline
}

// peekByte is the first byte behind the current token and white space.
func (p *parser) peekByte() byte {
	i := p.pos
	for charClass[p.src[i]] == cSpace || charClass[p.src[i]] == cNewline {
		i++
	}
	return p.src[i]
}
