package js

import "strings"

// set reads what follows a bracket with flag v, where brackets nest and && and --
// join sets.
func (r *regexReader) set(at int) {
	if r.depth++; r.depth > maxRegexDepth {
		r.i = r.end
		return
	}
	defer func() { r.depth-- }()
	r.eat('^')
	operator := byte(0)
	ranged := false // a range makes a plain union
	for count := 0; ; count++ {
		if r.i >= r.end {
			r.fail(at, "js/regex-bracket")
			return
		}
		if r.eat(']') {
			if operator != 0 && count < 2 {
				r.fail(at, "js/regex-set")
			}
			return
		}
		begin := r.i
		if c := r.src[r.i]; (c == '&' || c == '-') && r.src[r.i+1] == c {
			if count == 0 || ranged || operator != 0 && operator != c || operator == 0 && count > 1 {
				r.fail(begin, "js/regex-set")
				return
			}
			operator = c
			r.i += 2
			if r.peek() == ']' || c == '&' && r.peek() == '&' {
				r.fail(begin, "js/regex-set")
				return
			}
		} else if operator != 0 {
			r.fail(begin, "js/regex-set")
			return
		}
		begin = r.i
		left := r.setOperand()
		if r.id != "" {
			return
		}
		if r.peek() == '-' && r.src[r.i+1] != '-' {
			r.i++
			right := r.setOperand()
			ranged = true
			if r.id == "" && (left < 0 || right < left || operator != 0) {
				r.fail(begin, "js/regex-range")
			}
		}
	}
}

// setOperand reads one operand and returns its value, -1 if it is a set.
func (r *regexReader) setOperand() rune {
	at := r.i
	if r.i >= r.end {
		r.fail(at, "js/regex-bracket")
		return -1
	}
	switch c := r.src[r.i]; {
	case c == '[':
		r.i++
		r.set(at)
		return -1
	case c == '\\':
		r.i++
		switch n := r.src[r.i]; {
		case n == 'q' && r.src[r.i+1] == '{':
			r.strings(at)
			return -1
		case strings.IndexByte("&-!#%,:;<=>@`~", n) >= 0:
			r.i++
			return rune(n)
		}
		return r.character(at, true)
	case strings.IndexByte("()]{}/-|", c) >= 0,
		c == r.src[r.i+1] && strings.IndexByte("&!#$%*+,.:;<=>?@^`~", c) >= 0:
		r.fail(at, "js/regex-set")
		return -1
	}
	v, n := decode(r.src[r.i:])
	r.i += n
	return v
}

// strings reads \q{abc|d}.
func (r *regexReader) strings(at int) {
	r.i += 2
	for r.i < r.end {
		if r.eat('}') {
			return
		}
		if r.src[r.i] == '|' {
			r.i++
			continue
		}
		r.setOperand()
		if r.id != "" {
			return
		}
	}
	r.fail(at, "js/regex-set")
}
