package rules

import (
	"slices"
	"strconv"
	"strings"
)

// version is major, minor and patch. What stands behind them, such as a
// prerelease, plays no part here.
type version [3]int

func (v version) compare(w version) int { return slices.Compare(v[:], w[:]) }

// parseVersion reads "2.6.3", and how many parts it gives: 2 for "2.6" and
// "2.6.x", 0 for "*".
func parseVersion(text string) (v version, parts int, ok bool) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "v")
	if cut := strings.IndexAny(text, "-+"); cut >= 0 {
		text = text[:cut]
	}
	if text == "" {
		return v, 0, true
	}
	for part := range strings.SplitSeq(text, ".") {
		if part == "x" || part == "X" || part == "*" {
			return v, parts, true
		}
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n > 1<<30 || parts == len(v) {
			return version{}, 0, false
		}
		v[parts] = n
		parts++
	}
	return v, parts, true
}

// after is the first version that is not one of v with that many parts: 2.7.0
// for 2.6, 2.6.4 for 2.6.3.
func (v version) after(parts int) version {
	v[parts-1]++
	clear(v[parts:])
	return v
}

// limit is where the versions that a range of npm allows end: every one of them
// is below it. none means that they do not end.
type limit struct {
	version
	none bool
}

func (l limit) allows(v version) bool { return l.none || v.compare(l.version) < 0 }

// upperLimit reads a version range of a package.json. What is no range (a tag
// other than latest, a URL, a file, a workspace) is not ok.
func upperLimit(text string) (highest limit, ok bool) {
	if strings.TrimSpace(text) == "latest" {
		return limit{none: true}, true
	}
	for alternative := range strings.SplitSeq(text, "||") {
		l, ok := alternativeLimit(alternative)
		if !ok {
			return limit{}, false
		}
		if l.none || highest.compare(l.version) < 0 {
			highest = l
		}
		if l.none {
			break
		}
	}
	return highest, true
}

// alternativeLimit is the limit of comparators that hold together.
func alternativeLimit(text string) (lowest limit, ok bool) {
	if _, to, hyphen := strings.Cut(text, " - "); hyphen {
		return comparatorLimit("<=", to)
	}
	lowest = limit{none: true}
	operator := ""
	for word := range strings.FieldsSeq(text) {
		rest := strings.TrimLeft(word, "<>=~^")
		operator += word[:len(word)-len(rest)]
		if rest == "" {
			continue // ">= 2.0"
		}
		l, ok := comparatorLimit(operator, rest)
		if !ok {
			return limit{}, false
		}
		if !l.none && (lowest.none || l.compare(lowest.version) < 0) {
			lowest = l
		}
		operator = ""
	}
	return lowest, operator == ""
}

func comparatorLimit(operator, text string) (limit, bool) {
	v, parts, ok := parseVersion(text)
	switch {
	case !ok:
		return limit{}, false
	case parts == 0:
		return limit{none: true}, true
	}
	switch operator {
	case "", "=", "<=":
		return limit{version: v.after(parts)}, true
	case "<":
		return limit{version: v}, true
	case ">", ">=":
		return limit{none: true}, true
	case "~", "~>":
		return limit{version: v.after(min(parts, 2))}, true
	case "^":
		// The first part that is not 0 stays.
		for i := range parts {
			if v[i] != 0 {
				return limit{version: v.after(i + 1)}, true
			}
		}
		return limit{version: v.after(parts)}, true
	}
	return limit{}, false
}

// lowerLimit is the lowest version of a range that names it, such as "~2.6.3" or
// ">=2". Of other ranges it is not asked.
func lowerLimit(text string) (lowest version, ok bool) {
	text = strings.TrimSpace(text)
	bare := strings.TrimLeft(text, ">=~^")
	if operator := text[:len(text)-len(bare)]; operator == ">" {
		return version{}, false
	}
	v, parts, ok := parseVersion(bare)
	return v, ok && parts > 0
}
