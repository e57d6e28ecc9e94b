package js

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// tokens cuts a text where the lexer does; white space belongs to the token behind it.
func tokens(src string, d dialect) []string {
	p := &parser{atoms: newAtoms()}
	p.parse([]byte(src), d)
	p.lexer = lexer{src: p.src, size: len(src)}
	p.failed, p.html = false, 0
	var out []string
	for begin := 0; ; begin = p.pos {
		p.next()
		if p.tok == tEOF || p.pos <= begin {
			return append(out, src[begin:])
		}
		out = append(out, src[begin:p.pos])
	}
}

// TestMutations: a token removed, said twice, put elsewhere or replaced by one of
// another snippet is read to the end, with spans inside the text and errors in order.
func TestMutations(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	p := &parser{atoms: newAtoms()}
	var b binder
	var all []string
	for _, c := range validSources {
		if len(c.src) < 2000 {
			all = append(all, tokens(c.src, dialectOf(c.kind))...)
		}
	}
	for _, c := range validSources {
		if len(c.src) > 2000 {
			continue
		}
		list := tokens(c.src, dialectOf(c.kind))
		for i := range list {
			for way := i % 2; way < 4; way += 2 {
				m := append([]string(nil), list...)
				j := random.IntN(len(m))
				switch way {
				case 0:
					m[i] = ""
				case 1:
					m[i] += " " + m[i]
				case 2:
					m[i], m[j] = m[j], m[i]
				case 3:
					m[i] = all[random.IntN(len(all))]
				}
				src := strings.Join(m, "")
				root := p.parse([]byte(src), dialectOf(c.kind))
				checkSpans(t, p, src)
				b.bind(p, root)
			}
		}
	}
}
