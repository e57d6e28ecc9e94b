package js

import (
	"fmt"
	"strings"
	"testing"
)

// TestNodesNest: of every valid snippet, nodes end behind their beginning, lists
// are in order, and what stands in a node stands inside it.
func TestNodesNest(t *testing.T) {
	for _, c := range validSources {
		p := parseText(c.src, dialectOf(c.kind))
		var check func(parent, i int32)
		check = func(parent, i int32) {
			for before := int32(-1); i != 0; i = p.nodes[i].next {
				n, out := p.nodes[i], p.nodes[parent]
				if n.end < n.start || n.start < before || n.start < out.start || n.end > out.end {
					t.Errorf("%s: %s %d-%d %q in %s %d-%d", c.name, kindNames[n.kind], n.start, n.end, p.src[n.start:max(n.start, n.end)], kindNames[out.kind], out.start, out.end)
				}
				before = n.start
				for _, child := range func() []int32 { a, b, c := n.children(); return []int32{a, b, c} }() {
					check(i, child)
				}
			}
		}
		check(1, p.nodes[1].a)
	}
}

// TestPositions: lines end at every line terminator of the language, columns
// count UTF-16 units, and a byte order mark and a hashbang are no trouble.
func TestPositions(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"plain", "a\nb c", "2:3"},
		{"carriage return and newline", "a\r\nb c", "2:3"},
		{"carriage return", "a\rb c", "2:3"},
		{"line separator", "a\u2028b c", "2:3"},
		{"paragraph separator", "a\u2029b c", "2:3"},
		{"line separator in a string", "a = '\u2028'; b c", "2:6"},
		{"no line in a template's escape", "a = `\\\n`; b c", "2:6"},
		{"tab", "\tb c", "1:4"},
		{"byte order mark", "\ufeffb c", "1:3"},
		{"byte order mark and hashbang", "\ufeff#!/bin/x\nb c", "2:3"},
		{"hashbang", "#!/bin/x 中文\r\nb c", "2:3"},
		{"Chinese", "变量 = '中文'; b c", "1:14"},
		{"outside the basic plane", "a = '😀𠮷'; b c", "1:15"},
		{"no-break spaces", "if\u00a0(a)\u00a0b\u3000c", "1:10"},
		{"combining marks", "a = 'e\u0301'; b c", "1:13"},
		{"HTML comment", "<!-- x\nb c", "2:3"},
		{"block comment of two lines", "/*\n*/ b c", "2:6"},
		{"invalid UTF-8 in a comment", "/* \xff\xfe */ b c", "1:12"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var tree Tree
			tree.Read("index.js", []byte(c.src))
			errs := tree.Errors()
			if len(errs) != 1 || errs[0].ID != "js/expected-semicolon" {
				t.Fatalf("%+v", errs)
			}
			if got := fmt.Sprintf("%d:%d", errs[0].Line, errs[0].Column); got != c.want {
				t.Errorf("at %s, want %s", got, c.want)
			}
		})
	}
}

// TestModuleOrScript: what a file is follows from its extension and from what it holds.
func TestModuleOrScript(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"a.js", "with (a) b", ""},
		{"a.js", "with (a) b\nexport {}", "js/strict-with"},
		{"a.js", "'use strict'; with (a) b", "js/strict-with"},
		{"a.mjs", "with (a) b", "js/strict-with"},
		{"a.js", "return 017", ""},
		{"a.js", "import a from 'a'; return 1", "js/return-outside"},
		{"a.js", "import a from 'a'; a(017)", "js/strict-octal"},
		{"a.cjs", "import a from 'a'", "js/module-in-script"},
		{"a.cjs", "import('a')", ""},
		{"a.js", "a <!-- b", ""},
		{"a.js", "a <!-- b\nexport {}", "js/html-comment"},
		{"a.js", "export { a }", "js/export-undeclared"},
		{"a.ts", "export { a }", ""},
		{"a.js", "export let a; export { b as a }; let b", "js/export-twice"},
		{"a.js", "if (a) { import b from 'b' }", "js/module-not-top"},
		{"a.js", "await a; exports.b = await c", ""},
		{"a.js", "var await; export {}", "js/reserved-name"},
		{"a.d.ts", "export const a: number; export default function b(): void; declare module 'c' { global { let d } }", ""},
	} {
		var tree Tree
		tree.Read(c.name, []byte(c.src))
		var got []string
		for _, e := range tree.Errors() {
			got = append(got, string(e.ID))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s %q: %v, want %s", c.name, c.src, got, c.want)
		}
	}
}
