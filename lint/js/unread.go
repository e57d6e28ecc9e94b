package js

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"unicode"

	"wxcloud/internal/clierr"
)

// maxSource is the size in bytes up to which a file is analysed.
const maxSource = 8 << 20

// unreadable says why a file that is there is not analysed; ok is false if nothing
// speaks against it.
func unreadable(data []byte, err error) (f failure, ok bool) {
	switch {
	case err != nil:
		reason := err
		var path *fs.PathError
		if errors.As(err, &path) {
			reason = path.Err
		}
		return failure{problem: problem{"js/unreadable", clierr.Args{"reason": reason.Error()}}}, true
	case bytes.IndexByte(data[:min(len(data), 1024)], 0) >= 0:
		return failure{problem: problem{"js/not-text", nil}}, true
	case len(data) > maxSource:
		return failure{problem: problem{"js/too-large", clierr.Args{"limit": "8 MB"}}}, true
	}
	return failure{}, false
}

// elided reports whether an import is left out of the compiled code because only
// types come from it.
func (s *source) elided(node int32) bool {
	n := &s.parser.nodes[node]
	if n.kind != nImport || n.a == 0 || !s.parser.typescript || s.parser.jsx || len(s.fails) > 0 {
		return false
	}
	if s.used == nil {
		s.findUsed()
	}
	for c := n.a; c != 0; c = s.parser.nodes[c].next {
		if b := s.parser.nodes[s.parser.nodes[c].b].b; b == 0 || s.used[b-1] {
			return false
		}
	}
	return true
}

// findUsed notes the symbols that are named outside of their import.
func (s *source) findUsed() {
	s.used = make([]bool, len(s.symbols))
	for i := range s.parser.nodes {
		if n := &s.parser.nodes[i]; n.kind == nIdent && n.b > 0 && s.symbols[n.b-1].node != int32(i) {
			s.used[n.b-1] = true
		} else if n.kind == nIdent && n.flags&flagMember != 0 {
			if symbol := s.classOf(int32(i)); symbol >= 0 { // what injects it needs the class
				s.used[symbol] = true
			}
		}
	}
}

// classOf is the symbol of the class that a parameter is said to be of, as in
// constructor(private mail: Mail), or -1.
func (s *source) classOf(parameter int32) int32 {
	rest := strings.TrimLeft(string(s.src[s.parser.nodes[parameter].end:min(int(s.parser.nodes[parameter].end)+200, s.size)]), "? \t\r\n")
	after, ok := strings.CutPrefix(rest, ":")
	if !ok {
		return -1
	}
	after = strings.TrimLeft(after, " \t\r\n")
	end := strings.IndexFunc(after, func(r rune) bool { return r != '_' && r != '$' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end <= 0 {
		return -1
	}
	if next := strings.TrimLeft(after[end:], " \t\r\n"); next == "" || next[0] != ',' && next[0] != ')' {
		return -1
	}
	for i := 1; i < len(s.symbols); i++ {
		if b := &s.symbols[i]; b.fn == 0 && (b.kind == symClass || b.kind == symImport) && s.atoms.text(b.atom) == after[:end] {
			return int32(i)
		}
	}
	return -1
}
