package ui

import (
	"strings"

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

// wrap breaks s into lines of at most width columns, at a blank where there is
// one. Chinese has no blanks and is broken between any two characters.
func wrap(s string, width int) []string {
	var lines []string
	for {
		cut := prefix(s, width)
		if cut == len(s) {
			return append(lines, s)
		}
		if blank := strings.LastIndexByte(s[:cut], ' '); blank > 0 && s[cut] != ' ' && s[cut] < 0x80 && s[cut-1] < 0x80 {
			cut = blank
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
