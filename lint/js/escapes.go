package js

// The texts here are pieces of a source, whose padding stands behind them: an
// escape may be looked at beyond their end.

// badTemplateEscape is the place of an escape that no template may hold, or -1.
func badTemplateEscape(b []byte) int {
	for i := 0; i < len(b); i++ {
		if b[i] != '\\' || i+1 >= len(b) {
			continue
		}
		switch c := b[i+1]; {
		case c == 'u':
			if _, n := unicodeEscape(b[i:cap(b)]); n == 0 {
				return i
			}
		case c == 'x':
			if i+3 >= len(b) || hex(b[i+2]) < 0 || hex(b[i+3]) < 0 {
				return i
			}
		case c >= '1' && c <= '9' || c == '0' && i+2 < len(b) && isDigit(b[i+2]):
			return i
		}
		i++
	}
	return -1
}

// unescape decodes the escapes of a string or template text.
func unescape(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c != '\\' || i+1 >= len(b) {
			out = append(out, c)
			continue
		}
		i++
		switch c = b[i]; c {
		case 'n':
			out = append(out, '\n')
		case 't':
			out = append(out, '\t')
		case 'r':
			out = append(out, '\r')
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'v':
			out = append(out, '\v')
		case '\r':
			if i+1 < len(b) && b[i+1] == '\n' {
				i++
			}
		case '\n':
		case 'x':
			if i+2 < len(b) && hex(b[i+1]) >= 0 && hex(b[i+2]) >= 0 {
				out = appendRune(out, rune(hex(b[i+1])<<4|hex(b[i+2])))
				i += 2
			}
		case 'u':
			r, n := unicodeEscape(b[i-1 : cap(b)])
			if n == 0 {
				break
			}
			i += n - 2
			if r >= 0xD800 && r < 0xDC00 && i+6 < len(b) { // a pair of surrogates
				if low, m := unicodeEscape(b[i+1 : cap(b)]); m > 0 && low >= 0xDC00 && low < 0xE000 {
					r = 0x10000 + (r-0xD800)<<10 + (low - 0xDC00)
					i += m
				}
			}
			out = appendRune(out, r)
		case '0', '1', '2', '3', '4', '5', '6', '7':
			r := rune(0)
			n := 0
			for ; n < 3 && i+n < len(b) && isOctalDigit(b[i+n]) && r*8+rune(b[i+n]-'0') < 256; n++ {
				r = r*8 + rune(b[i+n]-'0')
			}
			i += n - 1
			out = appendRune(out, r)
		default:
			if c == 0xE2 && i+2 < len(b) && b[i+1] == 0x80 && b[i+2]&0xFE == 0xA8 {
				i += 2
				continue
			}
			out = append(out, c)
		}
	}
	return out
}

// badEscape is the place of an escape in a string that is none, or -1, and whether
// there is one that only loose code may hold: \1, \08, \9.
func badEscape(b []byte) (at int, octal bool) {
	for i := 0; i < len(b); i++ {
		if b[i] != '\\' || i+1 >= len(b) {
			continue
		}
		switch c := b[i+1]; {
		case c == 'u':
			if _, n := unicodeEscape(b[i:cap(b)]); n == 0 {
				return i, octal
			}
		case c == 'x':
			if i+3 >= len(b) || hex(b[i+2]) < 0 || hex(b[i+3]) < 0 {
				return i, octal
			}
		case c >= '1' && c <= '9' || c == '0' && i+2 < len(b) && isDigit(b[i+2]):
			octal = true
		}
		i++
	}
	return -1, octal
}
