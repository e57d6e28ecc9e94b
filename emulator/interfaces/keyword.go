package interfaces

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// keywordFits reports whether the value of a template's keyword keeps the limits
// that documentation gives for its kind, which is its name without the number.
// Kinds whose form leaves room for doubt (time, date, amount, name, enum) pass.
func keywordFits(keyword, value string) bool {
	kind := strings.TrimRight(keyword, "0123456789")
	n := utf8.RuneCountInString(value)
	every := func(fits func(rune) bool) bool {
		return strings.IndexFunc(value, func(r rune) bool { return !fits(r) }) < 0
	}
	ascii := func(r rune) bool { return r > ' ' && r < 0x7f }
	digit := func(r rune) bool { return r >= '0' && r <= '9' }
	switch kind {
	case "thing":
		return n > 0 && n <= 20
	case "number":
		return n > 0 && n <= 32 && every(func(r rune) bool { return digit(r) || r == '.' || r == '-' })
	case "letter":
		return n > 0 && n <= 32 && every(func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' })
	case "symbol":
		return n > 0 && n <= 5 && every(func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsControl(r) })
	case "character_string":
		return n > 0 && n <= 32 && every(ascii)
	case "phone_number":
		return n > 0 && n <= 17 && every(ascii)
	case "car_number":
		return n > 0 && n <= 8
	case "phrase":
		return n > 0 && n <= 5 && every(func(r rune) bool { return unicode.Is(unicode.Han, r) })
	case "time", "date", "amount", "name":
		return n > 0
	default:
		return true
	}
}
