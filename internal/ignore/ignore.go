// Package ignore decides which paths a list of patterns leaves out, with the
// meaning git gives to a .gitignore at the root of a tree. It reads no files
// and always compares case-sensitively, so that a package is the same on every
// machine.
package ignore

import "strings"

// Pattern is one line of a list.
type Pattern struct {
	Text string // as written
	Line int    // from 1

	negated bool
	folder  bool // matches folders only
	base    bool // no slash: compared with the last element of the path
	glob    glob
}

// List is patterns in order; the last one that matches decides.
type List struct{ patterns []Pattern }

// Parse reads a list. Nothing is an error: a pattern that cannot match never does.
func Parse(text string) List {
	var l List
	l.Append(text)
	return l
}

// Append adds the patterns of text, which take precedence over earlier ones.
func (l *List) Append(text string) {
	number := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		number++
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		if p, ok := parse(trimSpaces(line)); ok {
			p.Line = number
			l.patterns = append(l.patterns, p)
		}
	}
}

func parse(text string) (Pattern, bool) {
	p := Pattern{Text: text}
	text, p.negated = strings.CutPrefix(text, "!")
	text, p.folder = strings.CutSuffix(text, "/")
	p.base = !strings.Contains(text, "/")
	text = strings.TrimPrefix(text, "/")
	if text == "" {
		return p, false
	}
	p.glob = compile(text, !p.base)
	return p, true
}

// trimSpaces drops trailing spaces, except one that a backslash protects and
// whatever stands before it.
func trimSpaces(s string) string {
	keep := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ':
		case '\\':
			if i++; i == len(s) {
				return s
			}
			keep = i + 1
		default:
			keep = i + 1
		}
	}
	return s[:keep]
}

// Match decides on one path alone, without asking about the folders above it:
// for a walk that does not enter folders that are left out. path is relative
// with slashes. The pattern that decided is returned, nil if none matched.
func (l List) Match(path string, folder bool) (ignored bool, by *Pattern) {
	name := path[strings.LastIndexByte(path, '/')+1:]
	for i := len(l.patterns) - 1; i >= 0; i-- {
		p := &l.patterns[i]
		if p.folder && !folder {
			continue
		}
		subject := path
		if p.base {
			subject = name
		}
		if p.glob.match(subject) {
			return !p.negated, p
		}
	}
	return false, nil
}

// Ignored decides on a path and the folders above it: what lies in a folder
// that is left out stays out, whatever a later pattern says.
func (l List) Ignored(path string, folder bool) (ignored bool, by *Pattern) {
	for i := range len(path) {
		if path[i] == '/' {
			if out, p := l.Match(path[:i], true); out {
				return true, p
			}
		}
	}
	return l.Match(path, folder)
}
