package js

import (
	"fmt"
	"strings"
	"testing"
)

// nestings are shapes whose meaning is only known far behind their beginning.
var nestings = []struct{ name, open, inside, shut string }{
	{"parentheses", "(", "a", ")"},
	{"parentheses or arrows", "(a=", "b", "):c=>d"},
	{"conditional or arrow", "a?(b):c=>", "d", ""},
	{"conditional or arrow with another colon", "a?(b):(c)=>", "d", ":e"},
	{"conditional", "a?(", "b", "):c"},
	{"calls with types", "a<", "b", ">()"},
	{"less-than", "a<", "b", ""},
	{"less-than and parentheses", "a<(", "b", ")"},
	{"async calls with types", "async<", "a", ">b"},
	{"async arrows with types", "async<a>(b=", "c", ")=>d"},
	{"assertions", "<a>(b=", "c", ")=>d"},
	{"patterns", "({a:[b=", "c", "]})=>d"},
	{"function types", "a as (b:", "c", ")=>d"},
	{"function types with patterns", "a as ({b}:", "c", ")=>d"},
	{"conditional types", "a as b extends c?d:", "e", ""},
	{"constraints of infer", "a as b extends infer c extends ", "d", "?e:f"},
	{"broken functions", "function f(){ a b\n", "", ""},
	{"broken objects", "if(a){ b = {\n", ")", ""},
}

// BenchmarkNesting: what a byte costs must not depend on how deep it stands.
func BenchmarkNesting(b *testing.B) {
	p := &parser{atoms: newAtoms()}
	for _, c := range nestings {
		for _, n := range []int{100, 1000} {
			src := []byte("x=" + strings.Repeat(c.open, n) + c.inside + strings.Repeat(c.shut, n))
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(c.name, " ", "-"), n), func(b *testing.B) {
				b.SetBytes(int64(len(src)))
				for b.Loop() {
					p.parse(src, dialect{typescript: true})
				}
			})
		}
	}
}
