// Package sanitize makes text of unknown origin (file and function names,
// messages from an API) safe to print: nothing it returns can move a cursor or
// recolour a terminal, and what Line returns begins no line of its own. It does
// not know where the text will stand: CI logs take a line that begins with "::"
// for a command, so whoever prints begins the line with words of their own.
package sanitize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns s as one printable line: control and formatting characters,
// bidirectional overrides and invalid UTF-8 become visible escapes or U+FFFD,
// newlines and tabs become spaces.
func Line(s string) string { return clean(s, false) }

// Block is Line for text that may have several lines: newlines and tabs stay. In
// a CI log each of the lines could be a command, unless the printer begins it.
func Block(s string) string { return clean(s, true) }

func clean(s string, multiline bool) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		switch {
		case r == '\n' || r == '\t':
			if multiline {
				b.WriteRune(r)
			} else {
				b.WriteByte(' ')
			}
		case r == utf8.RuneError:
			b.WriteRune(utf8.RuneError)
		case r < 0x20 || r == 0x7f:
			b.WriteString(`\x` + string("0123456789abcdef"[r>>4]) + string("0123456789abcdef"[r&15]))
		case unsafeRune(r):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unsafeRune covers C1 controls, invisible format characters (among them the
// bidirectional overrides) and the two Unicode line separators. The zero-width
// joiner is let through: emoji in Chinese messages are made with it.
func unsafeRune(r rune) bool {
	return unicode.IsControl(r) || r == 0x2028 || r == 0x2029 || (unicode.Is(unicode.Cf, r) && r != 0x200d)
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}
