package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Fingerprints name findings, one each, so that they can be recognised in a later
// run. They survive lines moving up and down, another indentation, and another
// wording of the message; no two in the list are equal. The list must be in the
// report's order.
func (r Report) Fingerprints(list []Diagnostic) []string {
	source := r.Sources()
	seen := make(map[string]int, len(list))
	prints := make([]string, len(list))
	for i := range list {
		d := &list[i]
		what := strings.Join([]string{d.Rule, d.Function, d.File, d.API, source.gist(d.Place)}, "\x00")
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", what, seen[what]))
		seen[what]++
		prints[i] = hex.EncodeToString(sum[:16])
	}
	return prints
}

// gist is what stands at a place, however it is indented: its line, or only the
// place itself where the line is so long that other things stand there too.
func (s *Sources) gist(p Place) string {
	line, ok := s.Line(p.File, p.Line)
	if !ok {
		return ""
	}
	const longest = 300
	if len(line) > longest {
		from, _ := OffsetOf(line, p.Column)
		to := len(line)
		if p.EndLine == p.Line {
			to, _ = OffsetOf(line, p.EndColumn)
		}
		line = line[from:max(from, min(to, from+longest))]
	}
	return strings.Join(strings.Fields(string(line)), " ")
}
