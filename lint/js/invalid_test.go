package js

import (
	"strings"
	"testing"
)

// TestInvalid: what is wrong, where, and that the parser says it once.
func TestInvalid(t *testing.T) {
	for _, c := range []struct{ name, kind, src, id, near string }{
		{"unclosed brace", "js", "function f() { a", "js/unclosed", "{"},
		{"stray token", "js", "a b", "js/expected-semicolon", "b"},
		{"stray brace", "js", "a }", "js/expected-statement", "}"},
		{"unterminated string", "js", "a = 'b\nc", "js/unterminated-string", "'b"},
		{"unterminated template", "js", "a = `b${c} d", "js/unterminated-template", "`"},
		{"unterminated regex", "js", "a = /b\nc", "js/unterminated-regex", "/b"},
		{"unterminated comment", "js", "a /* b", "js/unterminated-comment", "/* b"},
		{"declared twice", "js", "let a; let a", "js/declared-twice", "a"},
		{"const without value", "js", "const a", "js/const-without-value", "a"},
		{"assignment target", "js", "1 = 2", "js/invalid-target", "1"},
		{"destructuring target", "js", "({a: 1} = b)", "js/invalid-target", "1"},
		{"break outside", "js", "break", "js/jump-outside", "break"},
		{"continue outside", "js", "switch (a) { case 1: continue }", "js/jump-outside", "continue"},
		{"await outside", "js", "function f() { await g() }", "js/await-outside-async", "await"},
		{"reserved word", "js", "var class = 1", "js/reserved-word", "class"},
		{"conflict", "js", "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", "js/merge-conflict", "<<<<<<<"},
		{"missing comma", "js", "({a: 1 b: 2})", "js/missing-comma", "b"},
		{"missing parenthesis", "js", "f(a; b", "js/expected-token", ";"},
		{"mixed nullish", "js", "a ?? b || c", "js/mixed-nullish", "??"},
		{"types in JavaScript", "js", "let a: number = 1", "js/expected-semicolon", ":"},
		{"shorthand default", "js", "f({a = 1})", "js/expected-token", "="},
		{"unary power", "js", "-a ** b", "js/unary-power", "**"},
		{"number", "js", "a = 1_", "js/bad-number", "1_"},
		{"number and name", "js", "3in []", "js/bad-number", "3in"},
		{"Chinese punctuation", "js", "f（a）", "js/full-width", "（"},
		{"bad escape", "js", "a\\u{zz}", "js/bad-escape", "\\"},
		{"lexical in if", "js", "if (a) const b = 1", "js/declaration-not-allowed", "const"},
		{"try alone", "js", "try {}", "js/expected-catch", ""},
		{"throw newline", "js", "throw\na", "js/expected-expression", "a"},
		{"export nothing", "js", "export 1", "js/expected-declaration", "1"},
		{"import without from", "js", "import a 'b'", "js/expected-from", "'b'"},
		{"element", "js", "<a>b", "js/unterminated-element", ""},
		{"type missing", "ts", "let a: = 1", "js/expected-type", "="},
		{"empty parentheses", "js", "a = ()", "js/expected-expression", ")"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := NewAnalyzer()
			ext := c.kind
			r := analyzeText(a, "-- index."+ext+" --\n"+c.src, "index."+ext)
			errs := r.Files[0].Errors
			if len(errs) != 1 {
				t.Fatalf("%d errors: %+v", len(errs), errs)
			}
			e := errs[0]
			if string(e.ID) != c.id || !strings.HasPrefix(c.src[e.Start:], c.near) {
				t.Errorf("%s at %q, want %s at %q", e.ID, c.src[e.Start:e.End], c.id, c.near)
			}
		})
	}
}

// TestEveryPrefix: every beginning of every valid snippet is read to the end,
// with spans inside the text.
func TestEveryPrefix(t *testing.T) {
	a := NewAnalyzer()
	p := &parser{atoms: newAtoms()}
	for _, c := range validSources {
		if len(c.src) > 2000 {
			continue
		}
		for i := range len(c.src) {
			src := c.src[:i]
			p.parse([]byte(src), dialectOf(c.kind))
			checkSpans(t, p, src)
		}
		analyzeText(a, "-- index.ts --\n"+c.src, "index.ts")
	}
}

func checkSpans(t *testing.T, p *parser, src string) {
	t.Helper()
	for _, n := range p.nodes {
		if n.start < 0 || n.end < 0 || int(n.start) > len(src) || int(n.end) > len(src) {
			t.Fatalf("%q: a node from %d to %d", src, n.start, n.end)
		}
	}
	for _, f := range p.fails {
		if f.start < 0 || f.end < f.start || int(f.end) > len(src) {
			t.Fatalf("%q: an error from %d to %d", src, f.start, f.end)
		}
	}
}

// TestRecovery: every broken statement is told once, where it is broken, and the
// calls before and behind it are found.
func TestRecovery(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"const x = ;", "js/expected-expression ;"},
		{"foo(\n\nconst y = 1", "js/expected-expression const"},
		{"foo(\nbar()", "js/expected-closing const"},
		{"if (a {\n  b()\n}", "js/expected-token {"},
		{"let a = [1, 2", "js/expected-closing const"},
		{"function f( {\n  const b = 1\n  while (b) { break }\n}", "js/expected-token b"},
		{"x = {a: 1 b: 2}", "js/missing-comma b"},
		{"x = {\n  a: 1\n  b: 2\n  c: 3\n}", "js/missing-comma b"},
		{"x = { a: 1; b: 2; }", "js/expected-token ;"},
		{"x = { 'a': 1,, 'b': 2 }", "js/extra-comma ,"},
		{"x = [\n  'a'\n  'b',\n]", "js/missing-comma 'b'"},
		{"a b c", "js/expected-semicolon b"},
		{"obj = { 'x': ", "js/expected-expression const"},
		{"class A {\n  a() { return 1 \n  b() { return 2 }\n}", "js/expected-semicolon {"},
		{"class A {\n  a( { return 1 }\n  b() { return 2 }\n  async c() { await d() }\n}", "js/expected-token 1"},
		{"@", "js/expected-expression const"},
		{"import from", "js/expected-from const"},
		{"var 1", "js/expected-name 1"},
		{"}", "js/expected-statement }"},
		{")", "js/expected-expression )"},
		{"'abc", "js/unterminated-string 'abc"},
		{"a = /b", "js/unterminated-regex /b"},
		{"for (", "js/expected-token "},
		{"module.exports = {\n  a: = 1,\n  async b() {\n    const c = 1\n    return c\n  },\n  d() { if (x) { break } },\n}", "js/expected-expression ="},
		{"switch (a) {\n  case 1\n    b()\n    break\n}", "js/expected-token b"},
		{"foo（a，b）；", "js/full-width （"},
		{"const s = “你好”；\nconst u = ‘a’", "js/full-width “|js/full-width ‘"},
		{"if （a） {\n  b（）\n}", "js/full-width （|js/full-width （"},
		{"// every */5\n/* 0 */5 * * * * *\n */", "js/comment-ended */"},
		{"<<<<<<< HEAD\nconst a = 1\n=======\nconst a = 2\n>>>>>>> other\n", "js/merge-conflict <<<<<<<"},
		{"const x = {\n<<<<<<< HEAD\n  a: 1,\n=======\n  a: 2,\n>>>>>>> other\n}\n", "js/merge-conflict <<<<<<<"},
		{"if （a） {\n  b()\n", "js/full-width （|js/unclosed {"},
		{"let y = a ?? b || c", "js/mixed-nullish ??"},
		{"const x = ;\nconst y = ;\nvar 1\n", "js/expected-expression ;|js/expected-expression ;|js/expected-name 1"},
		{"function f() { return ) }\nfunction g() { return ] }", "js/expected-expression )|js/expected-expression ]"},
		{"await = = 1", "js/expected-expression ="},
		{"const {a, b = foo()", "js/expected-closing const"},
		{"const o = JSON.parse('{}'", "js/expected-closing const"},
	} {
		t.Run(c.src, func(t *testing.T) {
			src := sdk + "cloud.openapi.c.d()\n" + c.src + "\nconst r = cloud.openapi.a.b()\n"
			r := analyzeText(NewAnalyzer(), src, "index.js")
			if len(r.Calls) != 2 {
				t.Errorf("calls: %v", r.Calls)
			}
			var got []string
			for _, e := range r.Files[0].Errors {
				got = append(got, string(e.ID)+" "+src[e.Start:e.End])
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

// TestUnclosedBrace: of all braces the one is named that was probably left open.
func TestUnclosedBrace(t *testing.T) {
	src := sdk + "exports.main = async () => {\n  if (a) {\n    b()\n  for (;;) {\n    cloud.openapi.a.b()\n  }\n}\n\nfunction c() {\n  cloud.openapi.c.d()\n}\nc()\n"
	r := analyzeText(NewAnalyzer(), src, "index.js")
	errs := r.Files[0].Errors
	if len(errs) != 1 || errs[0].ID != "js/unclosed" || !strings.HasPrefix(src[errs[0].Start:], "{\n    b()") {
		t.Errorf("%+v", errs)
	}
	if len(r.Calls) != 2 {
		t.Errorf("%+v", r.Calls)
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range validSources {
		if len(c.src) < 2000 {
			f.Add(c.src, c.kind)
		}
	}
	f.Fuzz(func(t *testing.T, src, kind string) {
		p := parseText(src, dialectOf(kind))
		checkSpans(t, p, src)
		var b binder
		b.bind(p, 1)
		for i := range p.nodes {
			if n := &p.nodes[i]; n.kind == nIdent && (n.b < 0 || int(n.b) > len(b.symbols)) {
				t.Fatalf("identifier %d bound to %d", i, n.b)
			}
		}
	})
}

func FuzzAnalyze(f *testing.F) {
	for _, c := range callCases {
		f.Add(c.src)
	}
	f.Fuzz(func(t *testing.T, text string) {
		files := unpack(text)
		r := analyzeText(NewAnalyzer(), text, "")
		check := func(s Span) {
			if !strings.HasPrefix(s.File, "/") && (s.Start < 0 || s.End < s.Start || s.Line < 1 || s.Column < 1 || s.EndLine < s.Line) {
				t.Fatalf("span %+v", s)
			}
			if m, ok := files[mapName("/p/fn/"+s.File)]; ok && s.End > len(m.Data) {
				t.Fatalf("span %+v", s)
			}
		}
		for _, c := range r.Calls {
			check(c.Span)
		}
		for _, d := range r.Dynamic {
			check(d.Span)
		}
	})
}
