package js

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// showFacts is what a call tells the rules: its segments, its argument, dropped.
func showFacts(src string, c Call) string {
	var out []string
	for _, s := range c.Segments {
		out = append(out, src[s.Start:s.End])
	}
	text := strings.Join(out, "+")
	if c.Argument != nil {
		text += " " + showObject(src, c.Argument)
	}
	if c.Dropped {
		text += " dropped"
	}
	return text
}

func showObject(src string, o *Object) string {
	var out []string
	for _, m := range o.Members {
		if got := src[m.Start:m.End]; got != m.Name {
			return "span of " + m.Name + " is " + got
		}
		text := m.Name
		if m.Value != nil {
			text += showObject(src, m.Value)
		}
		out = append(out, text)
	}
	if o.Open {
		out = append(out, "...")
	}
	return "{" + strings.Join(out, " ") + "}"
}

func TestCallFacts(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		// Segments.
		{"await cloud.openapi.a.b()", "a+b"},
		{"await cloud.openapi({}).wxa\n.x['y']\n.b()", "wxa+x+y+b"},
		{"const o = cloud.openapi.a; await o.b()", "b"},
		{"const f = cloud.openapi.a.b; await f()", ""},
		{"const t = { b: cloud.openapi.a.b }; await t.b()", ""},
		{"await cloud.openapi['a.b']()", ""},
		{"const c = 'a'; await cloud.openapi[c].b()", "b"},
		{"const m = 'b'; await cloud.openapi.a[m]()", ""},
		{"await cloud.openapi.a.b.call(null, { x: 1 })", "a+b {x}"},
		{"await cloud.openapi.a.b.apply(null, [{ x: 1 }])", ""},
		{"await (0, cloud.openapi.a.b)({ x: 1 })", "a+b {x}"},
		{"await cloud?.openapi?.a?.b?.({})", "a+b {}"},
		{"await cloud.openapi.a.\\u0062()", ""},
		{"retry(cloud.openapi.a.b, { x: 1 })", "a+b"},
		{"const call = n => cloud.openapi[n]({ x: 1 }); call('a.b')", ""},

		// Argument.
		{"await cloud.openapi.a.b({ x: 1, 'y': { z: 2 }, 3: 4, m() {} })", "a+b {x y{z} 3 m}"},
		{"await cloud.openapi.a.b({ ...x, y })", "a+b {y ...}"},
		{"await cloud.openapi.a.b({ [x]: 1, ['y']: 2, get z() { return 1 } })", "a+b {y ...}"},
		{"await cloud.openapi.a.b(x)", "a+b"},
		{"await cloud.openapi.a.b(...[{ x: 1 }])", "a+b"},
		{"const p = { x: 1, d: { e: 1 } }; console.log(p, p.x); await cloud.openapi.a.b(p)", "a+b {x d{e}}"},
		{"let p = { x: 1 }; p = { y: 1 }; await cloud.openapi.a.b(p)", "a+b"},
		{"const p = { x: 1 }; p.y = 2; await cloud.openapi.a.b(p)", "a+b"},
		{"const p = { x: 1 }; if (q) p.d.y++; await cloud.openapi.a.b(p)", "a+b"},
		{"const p = { x: 1 }; delete p.x; await cloud.openapi.a.b(p)", "a+b"},
		{"const p = { x: 1 }; p[k] = 2; await cloud.openapi.a.b(p)", "a+b"},
		{"const p = { x: 1 }; fill(p); await cloud.openapi.a.b(p)", "a+b"},
		{"const p = { x: 1 }; Object.assign(p, q); await cloud.openapi.a.b(p)", "a+b"},
		{"const p = { x: [] }; p.x.push(1); await cloud.openapi.a.b(p)", "a+b"},
		{"async function f(p = { x: 1 }) { await cloud.openapi.a.b(p) } f()", "a+b"},
		{"const f = cloud.openapi.a.b.bind(null, { x: 1 }); await f({ y: 1 })", ""},

		// Dropped.
		{"cloud.openapi.a.b()", "a+b dropped"},
		{"void cloud.openapi.a.b()", "a+b dropped"},
		{"x && cloud.openapi.a.b()", "a+b dropped"},
		{"x ? cloud.openapi.a.b() : 0", "a+b dropped"},
		{"cloud.openapi.a.b(), 1", "a+b dropped"},
		{"for (;; cloud.openapi.a.b()) {}", "a+b dropped"},
		{"async () => { try { cloud.openapi.a.b() } catch (e) {} }", "a+b dropped"},
		{"const r = (1, cloud.openapi.a.b())", "a+b"},
		{"cloud.openapi.a.b().catch(() => {})", "a+b"},
		{"cloud.openapi.a.b().then(x)", "a+b"},
		{"const p = cloud.openapi.a.b()", "a+b"},
		{"f(cloud.openapi.a.b()); ", "a+b"},
		{"f([cloud.openapi.a.b()]); ", "a+b"},
		{"const f = () => cloud.openapi.a.b()", "a+b"},
		{"async function f() { return cloud.openapi.a.b() }", "a+b"},
		{"async function* f() { yield cloud.openapi.a.b() }", "a+b"},
	} {
		src := sdk + c.src
		r := analyzeText(NewAnalyzer(), src, "index.js")
		if len(r.Calls) != 1 || r.Calls[0].API != "a.b" && r.Calls[0].API != "wxa.x.y.b" {
			t.Errorf("%s: %v", c.src, show(r))
			continue
		}
		if diff := cmp.Diff(c.want, showFacts(src, r.Calls[0])); diff != "" {
			t.Errorf("%s: %s", c.src, diff)
		}
	}
}

// TestArgumentIsWhereItStands: the span of an argument is that of the literal,
// also when a variable hands it over.
func TestArgumentIsWhereItStands(t *testing.T) {
	src := sdk + "const p = { x: 1 }\ncloud.openapi.a.b(p)"
	r := analyzeText(NewAnalyzer(), src, "index.js")
	if len(r.Calls) != 1 || r.Calls[0].Argument == nil || src[r.Calls[0].Argument.Start:r.Calls[0].Argument.End] != "{ x: 1 }" {
		t.Errorf("%+v", r.Calls)
	}
	if i := slices.IndexFunc(r.Calls, func(c Call) bool { return c.Argument.Line != 2 }); i >= 0 {
		t.Errorf("%+v", r.Calls[i].Argument)
	}
}
