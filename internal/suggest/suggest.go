// Package suggest finds the words a mistyped one was probably meant to be. It
// knows nothing of what the words name, nor how the suggestion is put to a person.
package suggest

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxWord is the longest word, in bytes, that suggestions are sought for.
// Nothing wxcloud knows is half as long, and the work grows with the square.
const MaxWord = 256

// Nearest returns up to most candidates that word may be a slip for, the nearest
// first and, among equally near ones, in the order they came. Case counts for
// nothing. How many slips are forgiven grows with the length of the word, so
// that short words do not match each other by chance.
func Nearest(word string, candidates iter.Seq[string], most int) []string {
	if most <= 0 || len(word) > MaxWord {
		return nil
	}
	from := []rune(strings.ToLower(word))
	limit := slips(len(from))
	if limit == 0 {
		return nil
	}
	type found struct {
		candidate string
		distance  int
	}
	var near []found
	var rows [3][]int
	for candidate := range candidates {
		// Lengths further apart than the limit cannot be within it.
		if gap := utf8.RuneCountInString(candidate) - len(from); gap > limit || -gap > limit {
			continue
		}
		if d := distance(from, []rune(strings.ToLower(candidate)), &rows); d <= limit {
			near = append(near, found{candidate, d})
		}
	}
	slices.SortStableFunc(near, func(a, b found) int { return a.distance - b.distance })
	var names []string
	for _, f := range near {
		if len(names) == most {
			break
		}
		if !slices.Contains(names, f.candidate) {
			names = append(names, f.candidate)
		}
	}
	return names
}

// slips is the number of edits forgiven in a word of n runes.
func slips(n int) int {
	switch {
	case n < 3:
		return 0
	case n < 8:
		return 1
	case n < 14:
		return 2
	default:
		return 3
	}
}

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbours, no part of the word edited twice. A
// swap counts as one because it is the most common slip of all.
func distance(a, b []rune, rows *[3][]int) int {
	for i := range rows {
		rows[i] = slices.Grow(rows[i][:0], len(b)+1)[:len(b)+1]
	}
	beforeLast, last, current := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(last[j]+1, current[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], beforeLast[j-2]+1)
			}
		}
		beforeLast, last, current = last, current, beforeLast
	}
	return last[len(b)]
}
