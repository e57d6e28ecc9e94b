package js

import (
	"bytes"
	"unicode/utf8"

	"wxcloud/internal/clierr"
)

// maxRegexDepth bounds how deep groups are followed.
const maxRegexDepth = 500

// regexReader follows the grammar of one regular expression. The first thing that
// is wrong is kept in id and at. Whether a property of \p{…} exists is not asked.
type regexReader struct {
	src     []byte // the file; end is where the body ends
	i, end  int
	unicode bool // flag u or v
	sets    bool // flag v
	named   bool // a group has a name, so \k means one
	groups  int
	depth   int
	names   []regexName
	id      clierr.ID
	at      int
}

// regexName is the name of a group, or one that \k refers to.
type regexName struct {
	start, end int32
	reference  bool
	hidden     bool // it stands in another alternative, where the name may be used again
}

// checkRegex reports what is wrong with the regular expression that is the current token.
func (p *parser) checkRegex() {
	end := p.pos - 1
	for p.src[end] != '/' {
		end--
	}
	r := regexReader{src: p.src, i: p.start + 1, end: end, names: p.regexNames[:0]}
	if at := r.flags(p.src[end+1 : p.pos]); at >= 0 {
		p.report(end+1+at, end+2+at, "js/regex-flags", "flag", string(p.src[end+1+at]))
		return
	}
	r.count()
	r.disjunction()
	if r.id == "" && r.i < r.end {
		r.fail(r.i, "js/regex-group")
	}
	r.references()
	p.regexNames = r.names
	if r.id != "" {
		p.report(min(r.at, p.pos-1), min(r.at+1, p.pos), r.id)
	}
}

// flags reads the flags and returns the place of one that cannot be, or -1.
func (r *regexReader) flags(b []byte) int {
	for i, c := range b {
		switch c {
		case 'd', 'g', 'i', 'm', 's', 'y':
		case 'u', 'v':
			if r.unicode {
				return i
			}
			r.unicode = true
			r.sets = c == 'v'
		default:
			return i
		}
		for _, d := range b[:i] {
			if c == d {
				return i
			}
		}
	}
	return -1
}

// count counts the groups, to which escapes may refer before they begin.
func (r *regexReader) count() {
	class := false
	for i := r.i; i < r.end; i++ {
		switch r.src[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '(':
			if class {
				continue
			}
			switch {
			case r.src[i+1] != '?':
				r.groups++
			case r.src[i+2] == '<' && r.src[i+3] != '=' && r.src[i+3] != '!':
				r.groups++
				r.named = true
			}
		}
	}
}

func (r *regexReader) fail(at int, id clierr.ID) {
	if r.id == "" {
		r.id, r.at = id, at
	}
	r.i = r.end
}

func (r *regexReader) peek() byte {
	if r.i < r.end {
		return r.src[r.i]
	}
	return 0
}

func (r *regexReader) eat(c byte) bool {
	if r.i < r.end && r.src[r.i] == c {
		r.i++
		return true
	}
	return false
}

// disjunction reads alternatives up to a closing parenthesis or the end.
func (r *regexReader) disjunction() {
	if r.depth++; r.depth > maxRegexDepth {
		r.i = r.end
		return
	}
	first := len(r.names)
	for r.i < r.end && r.src[r.i] != ')' {
		if r.eat('|') {
			for i := range r.names[first:] {
				r.names[first+i].hidden = true
			}
			continue
		}
		r.term()
	}
	for i := range r.names[first:] {
		r.names[first+i].hidden = false
	}
	r.depth--
}

func (r *regexReader) term() {
	at := r.i
	c := r.src[r.i]
	r.i++
	switch c {
	case '^', '$':
		return
	case '\\':
		switch r.peek() {
		case 'b', 'B':
			r.i++
			return
		}
		r.escape(at)
	case '(':
		if !r.group(at) {
			return
		}
	case '[':
		if r.sets {
			r.set(at)
		} else {
			r.class(at)
		}
	case '*', '+', '?':
		r.fail(at, "js/regex-repeat")
		return
	case '{':
		r.i = at
		if r.braces() || r.unicode {
			r.fail(at, "js/regex-repeat")
			return
		}
		r.i = at + 1
	case '}', ']':
		if r.unicode {
			r.fail(at, "js/regex-bracket")
			return
		}
	}
	r.quantifier()
}

// quantifier reads *, +, ? or {n,m} and the ? behind it.
func (r *regexReader) quantifier() {
	switch r.peek() {
	case '*', '+', '?':
		r.i++
	case '{':
		at := r.i
		if !r.braces() {
			if r.unicode {
				r.fail(at, "js/regex-repeat")
			}
			return
		}
	default:
		return
	}
	r.eat('?')
}

// braces reads {n}, {n,} or {n,m}; if none stands here, nothing is read.
func (r *regexReader) braces() bool {
	at := r.i
	r.i++
	low := r.number()
	if len(low) == 0 {
		r.i = at
		return false
	}
	high := low
	if r.eat(',') {
		if high = r.number(); len(high) == 0 && r.peek() == '}' {
			r.i++
			return true
		}
	}
	if len(high) == 0 || !r.eat('}') {
		r.i = at
		return false
	}
	if len(low) > len(high) || len(low) == len(high) && string(low) > string(high) {
		r.fail(at, "js/regex-order")
	}
	return true
}

// number reads digits and returns them without the zeros in front, but one.
func (r *regexReader) number() []byte {
	begin := r.i
	for r.i < r.end && isDigit(r.src[r.i]) {
		r.i++
	}
	for begin < r.i-1 && r.src[begin] == '0' {
		begin++
	}
	return r.src[begin:r.i]
}

// group reads what follows a parenthesis and reports whether it may be repeated.
func (r *regexReader) group(at int) bool {
	repeatable := true
	if r.eat('?') {
		switch {
		case r.eat(':'):
		case r.eat('='), r.eat('!'):
			repeatable = !r.unicode
		case r.eat('<'):
			if r.eat('=') || r.eat('!') {
				repeatable = false
			} else if !r.groupName(false) {
				return false
			}
		case !r.modifiers():
			r.fail(at, "js/regex-group")
			return false
		}
	}
	r.disjunction()
	if r.id != "" || r.depth > maxRegexDepth {
		return false
	}
	if !r.eat(')') {
		r.fail(at, "js/regex-group")
		return false
	}
	if !repeatable {
		switch r.peek() {
		case '*', '+', '?':
			r.fail(r.i, "js/regex-repeat")
		case '{':
			if open := r.i; r.unicode || r.braces() {
				r.fail(open, "js/regex-repeat")
			}
		}
	}
	return repeatable
}

// modifiers reads "i", "-s" or "im-s" and a colon.
func (r *regexReader) modifiers() bool {
	begin := r.i
	minus := 0
	for ; r.i < r.end && r.src[r.i] != ':'; r.i++ {
		c := r.src[r.i]
		switch c {
		case '-':
			if minus++; minus > 1 {
				return false
			}
			continue
		case 'i', 'm', 's':
		default:
			return false
		}
		for _, d := range r.src[begin:r.i] {
			if c == d {
				return false
			}
		}
	}
	return r.i-begin > minus && r.eat(':')
}

// groupName reads name> and notes it.
func (r *regexReader) groupName(reference bool) bool {
	begin := r.i
	for first := true; ; first = false {
		if r.i >= r.end {
			r.fail(begin, "js/regex-name")
			return false
		}
		if r.src[r.i] == '>' {
			break
		}
		c, n := decode(r.src[r.i:])
		if c == '\\' {
			if c, n = unicodeEscape(r.src[r.i:]); n == 0 {
				c = 0
			} else if c >= 0xD800 && c < 0xDC00 {
				if low, m := unicodeEscape(r.src[r.i+n:]); m > 0 && low >= 0xDC00 && low < 0xE000 {
					c, n = 0x10000+(c-0xD800)<<10+(low-0xDC00), n+m
				}
			}
		}
		if !nameRune(c, first) {
			r.fail(begin, "js/regex-name")
			return false
		}
		r.i += n
	}
	if begin == r.i {
		r.fail(begin, "js/regex-name")
		return false
	}
	name := regexName{start: int32(begin), end: int32(r.i), reference: reference}
	if !reference {
		for _, o := range r.names {
			if !o.reference && !o.hidden && r.same(o, name) {
				r.fail(begin, "js/regex-name-twice")
				return false
			}
		}
	}
	r.names = append(r.names, name)
	r.i++
	return true
}

func (r *regexReader) same(a, b regexName) bool {
	x, y := r.src[a.start:a.end], r.src[b.start:b.end]
	if bytes.IndexByte(x, '\\') >= 0 || bytes.IndexByte(y, '\\') >= 0 {
		x, y = unescape(x), unescape(y)
	}
	return string(x) == string(y)
}

// references looks for the groups that \k names.
func (r *regexReader) references() {
	if r.id != "" || r.depth > maxRegexDepth {
		return
	}
	for _, n := range r.names {
		if !n.reference {
			continue
		}
		found := false
		for _, o := range r.names {
			found = found || !o.reference && r.same(o, n)
		}
		if !found {
			r.fail(int(n.start), "js/regex-reference")
			return
		}
	}
}

// escape reads what follows a backslash outside of brackets.
func (r *regexReader) escape(at int) {
	if r.i >= r.end {
		r.fail(at, "js/regex-escape")
		return
	}
	c := r.src[r.i]
	switch {
	case c == 'k' && (r.unicode || r.named):
		r.i++
		if !r.eat('<') {
			r.fail(at, "js/regex-escape")
			return
		}
		r.groupName(true)
	case c >= '1' && c <= '9' && r.unicode:
		n := 0
		for ; r.i < r.end && isDigit(r.src[r.i]) && n < 1<<20; r.i++ {
			n = n*10 + int(r.src[r.i]-'0')
		}
		if n > r.groups {
			r.fail(at, "js/regex-reference")
		}
	default:
		r.character(at, false)
	}
}

// character reads an escaped character and returns its value, -1 if it stands for several.
func (r *regexReader) character(at int, class bool) rune {
	c := r.src[r.i]
	switch c {
	case 'd', 'D', 's', 'S', 'w', 'W':
		r.i++
		return -1
	case 'f', 'n', 'r', 't', 'v':
		r.i++
		return [...]rune{'f': 12, 'n': 10, 'r': 13, 't': 9, 'v': 11}[c]
	case 'p', 'P':
		if r.unicode {
			r.property(at)
			return -1
		}
	case 'c':
		if l := r.src[r.i+1] | 0x20; l >= 'a' && l <= 'z' {
			r.i += 2
			return rune(l-'a') + 1
		}
		if !r.unicode {
			return '\\' // the backslash stands for itself
		}
	case 'x':
		if a, b := hex(r.src[r.i+1]), hex(r.src[r.i+2]); a >= 0 && b >= 0 {
			r.i += 3
			return rune(a<<4 | b)
		}
	case 'u':
		if v, n := r.unicodeValue(); n > 0 {
			r.i += n
			return v
		}
	case '0', '1', '2', '3', '4', '5', '6', '7':
		if !r.unicode {
			return r.octal()
		}
		if c == '0' && !isDigit(r.src[r.i+1]) {
			r.i++
			return 0
		}
	case 'b':
		if class {
			r.i++
			return 8
		}
	case '-':
		if class && r.unicode {
			r.i++
			return '-'
		}
	case '^', '$', '\\', '.', '*', '+', '?', '(', ')', '[', ']', '{', '}', '|', '/':
		r.i++
		return rune(c)
	}
	if r.unicode {
		r.fail(at, "js/regex-escape")
		return -1
	}
	v, n := decode(r.src[r.i:])
	r.i += n
	return v
}

// unicodeValue is the value of the escape whose u stands here, and its length without the backslash.
func (r *regexReader) unicodeValue() (rune, int) {
	if r.src[r.i+1] == '{' && !r.unicode {
		return 0, 0
	}
	v, n := unicodeEscape(r.src[r.i-1:])
	if n == 0 {
		return 0, 0
	}
	if r.unicode && v >= 0xD800 && v < 0xDC00 && n == 6 {
		if low, m := unicodeEscape(r.src[r.i-1+n:]); m == 6 && low >= 0xDC00 && low < 0xE000 {
			return 0x10000 + (v-0xD800)<<10 + (low - 0xDC00), n + m - 1
		}
	}
	return v, n - 1
}

func (r *regexReader) octal() rune {
	v := rune(0)
	for n := 0; n < 3 && isOctalDigit(r.src[r.i]) && v*8+rune(r.src[r.i]-'0') < 256; n++ {
		v = v*8 + rune(r.src[r.i]-'0')
		r.i++
	}
	return v
}

// property reads {Name} or {Name=Value} behind \p.
func (r *regexReader) property(at int) {
	r.i++
	begin, equals := r.i, 0
	if !r.eat('{') {
		r.fail(at, "js/regex-escape")
		return
	}
	for r.i < r.end && (charClass[r.src[r.i]] <= cDigit && r.src[r.i] != '$' || r.src[r.i] == '=') {
		if r.src[r.i] == '=' {
			equals++
		}
		r.i++
	}
	if r.i == begin+1 || equals > 1 || !r.eat('}') {
		r.fail(at, "js/regex-escape")
	}
}

// class reads what follows a bracket, without flag v.
func (r *regexReader) class(at int) {
	r.eat('^')
	for {
		if r.i >= r.end {
			r.fail(at, "js/regex-bracket")
			return
		}
		if r.eat(']') {
			return
		}
		begin := r.i
		_, left := r.classAtom()
		if r.id != "" || r.peek() != '-' || r.i+1 >= r.end || r.src[r.i+1] == ']' {
			continue
		}
		r.i++
		right, _ := r.classAtom()
		switch {
		case r.id != "":
		case left < 0 || right < 0:
			if r.unicode {
				r.fail(begin, "js/regex-range")
			}
		case left > right:
			r.fail(begin, "js/regex-range")
		}
	}
}

// classAtom reads a character in brackets. Without flag u one outside the basic
// plane is two: the first and the last are returned.
func (r *regexReader) classAtom() (first, last rune) {
	at := r.i
	if r.eat('\\') {
		if r.i >= r.end {
			r.fail(at, "js/regex-escape")
			return -1, -1
		}
		v := r.character(at, true)
		return v, v
	}
	v, n := utf8.DecodeRune(r.src[r.i:r.end])
	r.i += n
	if v > 0xFFFF && !r.unicode {
		return 0xD800 + (v-0x10000)>>10, 0xDC00 + (v-0x10000)&0x3FF
	}
	return v, v
}
