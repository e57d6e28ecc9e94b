package ignore

import "strings"

// glob is a compiled pattern: a sequence of steps that a text must go through
// from its first byte to its last. Matching follows all possibilities at once,
// so that no pattern takes more than steps times bytes.
type glob struct {
	steps []step
	never bool // malformed: an open bracket, an unknown class, a final backslash
}

type kind uint8

const (
	literal kind = iota // one byte
	anyByte             // ?: one byte, not a slash in a path
	set                 // [...]: one byte of a set
	star                // *: any bytes, no slash in a path
	deep                // **: any bytes
	deepDir             // **/: any bytes up to a slash
	option              // before deepDir: it may be left out altogether
)

type step struct {
	kind kind
	char byte
	set  *[256]bool
}

// compile translates a pattern. In a path pattern wildcards stop at slashes
// and ** between slashes does not; otherwise there are no slashes to stop at.
func compile(pattern string, path bool) glob {
	var g glob
	for i := 0; i < len(pattern); {
		switch c := pattern[i]; c {
		case '\\':
			if i+1 == len(pattern) {
				return glob{never: true}
			}
			g.steps = append(g.steps, step{kind: literal, char: pattern[i+1]})
			i += 2
		case '?':
			g.steps = append(g.steps, step{kind: anyByte})
			i++
		case '[':
			members, next, ok := bracket(pattern, i+1)
			if !ok {
				return glob{never: true}
			}
			if path {
				members['/'] = false
			}
			g.steps = append(g.steps, step{kind: set, set: members})
			i = next
		case '*':
			end := i
			for end < len(pattern) && pattern[end] == '*' {
				end++
			}
			steps, next := stars(pattern, i, end, path)
			g.steps = append(g.steps, steps...)
			i = next
		default:
			g.steps = append(g.steps, step{kind: literal, char: c})
			i++
		}
	}
	return g
}

// stars are the steps of the asterisks in pattern[from:to].
func stars(pattern string, from, to int, path bool) ([]step, int) {
	rest := pattern[to:]
	// Git compares the literal text before the first wildcard by itself and
	// the rest as a pattern of its own, so there "a**/b" also counts as
	// standing at the start.
	starts := from == 0 || pattern[from-1] == '/' || !strings.ContainsAny(pattern[:from], `*?[\`)
	if !path || to-from < 2 || !starts {
		return []step{{kind: star}}, to
	}
	switch {
	case strings.HasPrefix(rest, "/"):
		return []step{{kind: option}, {kind: deepDir}}, to + 1
	case rest == "", strings.HasPrefix(rest, `\/`):
		return []step{{kind: deep}}, to
	}
	return []step{{kind: star}}, to
}

// bracket reads a set from after its "[" and returns the index after its "]".
func bracket(p string, i int) (members *[256]bool, next int, ok bool) {
	members = new([256]bool)
	negated := i < len(p) && (p[i] == '!' || p[i] == '^')
	if negated {
		i++
	}
	low := -1 // start of a possible range
	for first := true; ; first = false {
		if i >= len(p) {
			return nil, 0, false
		}
		c := p[i]
		switch {
		case c == ']' && !first:
			if negated {
				for b := range members {
					members[b] = !members[b]
				}
			}
			return members, i + 1, true
		case c == '[' && i+1 < len(p) && p[i+1] == ':':
			end := strings.IndexByte(p[i+2:], ']')
			if end < 0 {
				return nil, 0, false
			}
			end += i + 2
			if end == i+2 || p[end-1] != ':' {
				members['['] = true // no ":]", so the bracket is itself
				low = '['
				i++
				continue
			}
			if end-1 < i+2 || !addClass(members, p[i+2:end-1]) {
				return nil, 0, false
			}
			low = -1
			i = end + 1
		case c == '-' && low >= 0 && i+1 < len(p) && p[i+1] != ']':
			i++
			if p[i] == '\\' {
				if i++; i == len(p) {
					return nil, 0, false
				}
			}
			for b := low; b <= int(p[i]); b++ {
				members[b] = true
			}
			low = -1
			i++
		default:
			if c == '\\' {
				if i++; i == len(p) {
					return nil, 0, false
				}
				c = p[i]
			}
			members[c] = true
			low = int(c)
			i++
		}
	}
}

// addClass adds a POSIX class of ASCII characters.
func addClass(members *[256]bool, name string) bool {
	var in func(c byte) bool
	lower := func(c byte) bool { return c >= 'a' && c <= 'z' }
	upper := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	alnum := func(c byte) bool { return lower(c) || upper(c) || digit(c) }
	switch name {
	case "alnum":
		in = alnum
	case "alpha":
		in = func(c byte) bool { return lower(c) || upper(c) }
	case "blank":
		in = func(c byte) bool { return c == ' ' || c == '\t' }
	case "cntrl":
		in = func(c byte) bool { return c < 0x20 || c == 0x7f }
	case "digit":
		in = digit
	case "graph":
		in = func(c byte) bool { return c > ' ' && c < 0x7f }
	case "lower":
		in = lower
	case "print":
		in = func(c byte) bool { return c >= ' ' && c < 0x7f }
	case "punct":
		in = func(c byte) bool { return c > ' ' && c < 0x7f && !alnum(c) }
	case "space":
		in = func(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }
	case "upper":
		in = upper
	case "xdigit":
		in = func(c byte) bool { return digit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }
	default:
		return false
	}
	for c := range 256 {
		if in(byte(c)) {
			members[c] = true
		}
	}
	return true
}

// match reports whether the whole text fits. places[i] means: steps[:i] fit
// what was read so far.
func (g glob) match(text string) bool {
	if g.never {
		return false
	}
	places, next := make([]bool, len(g.steps)+1), make([]bool, len(g.steps)+1)
	places[0] = true
	g.skip(places)
	for i := range len(text) {
		c := text[i]
		clear(next)
		live := false
		for at, s := range g.steps {
			if !places[at] {
				continue
			}
			stay, advance := s.take(c)
			next[at] = next[at] || stay
			next[at+1] = next[at+1] || advance
			live = live || stay || advance
		}
		if !live {
			return false
		}
		places, next = next, places
		g.skip(places)
	}
	return places[len(g.steps)]
}

// skip also marks the places reached by letting a step match nothing.
func (g glob) skip(places []bool) {
	for at, s := range g.steps {
		if !places[at] {
			continue
		}
		switch s.kind {
		case star, deep:
			places[at+1] = true
		case option:
			places[at+1], places[at+2] = true, true
		}
	}
}

// take says whether a step can use the byte and stay, or use it and be done.
func (s step) take(c byte) (stay, advance bool) {
	switch s.kind {
	case literal:
		return false, c == s.char
	case anyByte:
		return false, c != '/'
	case set:
		return false, s.set[c]
	case star:
		return c != '/', false
	case deep:
		return true, false
	case deepDir:
		return true, c == '/'
	default: // option: uses nothing itself
		return false, false
	}
}
