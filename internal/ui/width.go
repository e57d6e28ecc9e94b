package ui

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// Width is how many terminal columns s takes; Chinese characters take two.
// s holds no escape codes. Characters of ambiguous width (✓ … ×) count one
// column in every locale: today's terminals draw them so, also Chinese ones.
func Width(s string) int { return measure().StringWidth(s) }

// Truncate cuts s to at most width columns and marks the cut with tail.
func Truncate(s string, width int, tail string) string {
	if Width(s) <= width {
		return s
	}
	if Width(tail) > width {
		return ""
	}
	return measure().Truncate(s, width, tail)
}

func measure() *runewidth.Condition { return &runewidth.Condition{StrictEmojiNeutral: true} }

// Wrap breaks s into lines of at most width columns, between words where that is
// possible. Chinese has no blanks and is broken between any two characters.
func Wrap(s string, width int) []string {
	var lines []string
	for {
		cut := prefix(s, width)
		if cut == len(s) {
			return append(lines, s)
		}
		if s[cut] != ' ' && s[cut] < 0x80 { // perhaps inside of a word: go back to where it begins
			if word := strings.LastIndexFunc(s[:cut], func(r rune) bool { return r == ' ' || r >= 0x80 }); word >= 0 {
				_, size := utf8.DecodeRuneInString(s[word:])
				cut = word + size
			}
		}
		lines = append(lines, strings.TrimRight(s[:cut], " "))
		s = strings.TrimLeft(s[cut:], " ")
	}
}

// prefix is the length in bytes of the longest start of s that fits in width
// columns, at least one character, so that wrapping always moves on.
func prefix(s string, width int) int {
	condition, used := measure(), 0
	for i, r := range s {
		used += condition.RuneWidth(r)
		if used > width && i > 0 {
			return i
		}
	}
	return len(s)
}
