package js

import (
	"bytes"
	"errors"
	"io/fs"

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
		}
	}
}
