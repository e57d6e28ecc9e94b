package js

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"wxcloud/internal/probe"
)

// handlerCase is a file and what is found in it.
type handlerCase struct {
	name, src string
	why       NoHandler
	at        string // what Body stands before, for a module
	event     string
}

func handlerCases() []handlerCase {
	return []handlerCase{
		{"index.js", "exports.main = async (event, context) => {}", HandlerFound, "", ""},
		{"index.js", "module.exports.main = function () {}", HandlerFound, "", ""},
		{"index.js", "exports.main = exports.handler = require('./app').main", HandlerFound, "", ""},
		{"index.js", "const main = async e => 1\nmodule.exports = { main, other: 2 }", HandlerFound, "", ""},
		{"index.js", "module.exports = { async main (event) {} }", HandlerFound, "", ""},
		{"index.ts", "import cloud from 'wx-server-sdk'\nexports.main = async (event: any) => cloud", HandlerFound, "", ""},
		{"index.js", "import cloud from 'wx-server-sdk'\nexports.main = async () => cloud", HandlerMixed, "", ""},
		{"index.js", "if (x) return\nexports.main = () => 1", HandlerReturn, "", ""},
		{"index.js", "exports.handler = () => 1", HandlerAbsent, "", ""},
		{"index.js", "const exports = {}; exports.main = () => 1", HandlerAbsent, "", ""},
		{"index.js", "function later () { exports.main = () => 1 }", HandlerAbsent, "", ""},
		{"index.js", "module.exports = { get main () { return f } }", HandlerAbsent, "", ""},
		{"index.js", "// exports.main = 1\nvar s = 'exports.main = 1'", HandlerAbsent, "", ""},
		{"index.js", "exports.main = async (", HandlerUnreadable, "", ""},

		{"index.mjs", "export const main = async (event) => { go() }", HandlerFound, " go()", "event"},
		{"index.js", "export async function main (e, context) {\n  'use strict'\n  go()\n}", HandlerFound, "\n  go()", "e"},
		{"index.ts", "export const main = async (event: {a: string}, context?: any): Promise<void> => {\n}", HandlerFound, "\n}", "event"},
		{"index.ts", "const handler = async function (event: unknown = {}) { }\nexport { handler as main }", HandlerFound, " }\nexport", "event"},
		{"index.ts", "async function main(event: any) {}\nexport { main }", HandlerFound, "}\nexport", "event"},
		{"index.ts", "export const main = (event: any) => { return go() }", HandlerNotAsync, "", ""},
		{"index.ts", "export async function* main (event: any) {}", HandlerNotAsync, "", ""},
		{"index.ts", "export const main = async (event: any) => go(event)", HandlerExpression, "", ""},
		{"index.ts", "export const main = async ({ id }: any) => { }", HandlerNoEvent, "", ""},
		{"index.ts", "export const main = async () => { }", HandlerNoEvent, "", ""},
		{"index.ts", "export const main = withLog(async (event: any) => { })", HandlerElsewhere, "", ""},
		{"index.ts", "export { main } from './app'", HandlerElsewhere, "", ""},
		{"index.ts", "import { main } from './app'\nexport { main }", HandlerElsewhere, "", ""},
		{"index.ts", "export default async (event: any) => { }", HandlerAbsent, "", ""},
		{"index.ts", "export = { main }", HandlerElsewhere, "", ""},
	}
}

func TestFindHandler(t *testing.T) {
	for _, c := range handlerCases() {
		h, why := FindHandler(c.name, []byte(c.src))
		if why != c.why {
			t.Errorf("%s: %q, want %q", c.src, why, c.why)
			continue
		}
		if why == HandlerFound && h.Module != (c.event != "") {
			t.Errorf("%s: module %v", c.src, h.Module)
		}
		if h.Module && why == HandlerFound && (h.Event != c.event || !strings.HasPrefix(c.src[h.Body:], c.at)) {
			t.Errorf("%s: %+v", c.src, h)
		}
	}
}

// What a probe calls, it calls for this program: the function makes none of it,
// and everything behind the block keeps its place.
func TestAProbeMakesNoCalls(t *testing.T) {
	plain := "const cloud = require('wx-server-sdk')\nexports.main = async (event) => {\n  return cloud.openapi.wxacode.get({})\n}\n"
	with, err := probe.Add([]byte(plain), probe.Site{Function: "f"}, []probe.Call{{API: "security.msgSecCheck", Args: "{}"}})
	if err != nil {
		t.Fatal(err)
	}
	tail := "cloud.openapi.ocr.bankcard({})\n"
	src := string(with) + tail
	got := Analyze(Input{Dir: "/f", Entry: "index.js", ReadFile: func(path string) ([]byte, error) {
		if strings.HasSuffix(path, "index.js") {
			return []byte(src), nil
		}
		return nil, fs.ErrNotExist
	}})
	var calls []string
	for _, c := range got.Calls {
		calls = append(calls, c.API)
		if src[c.Start:c.End] != "cloud.openapi."+c.API {
			t.Errorf("%s is placed at %q", c.API, src[c.Start:c.End])
		}
	}
	if strings.Join(calls, " ") != "wxacode.get ocr.bankcard" || len(got.Directives) > 0 || len(got.Dynamic) > 0 {
		t.Errorf("calls %q, %d directives, dynamic %v", calls, len(got.Directives), got.Dynamic)
	}
	if last := got.Calls[len(got.Calls)-1]; last.Line != strings.Count(src, "\n") {
		t.Errorf("the last call is in line %d", last.Line)
	}
}

// A probe goes where it leaves a file that can be read as good as it was, and
// comes out again to the byte.
func FuzzFindHandler(f *testing.F) {
	names := []string{"index.js", "index.ts", "index.mjs"}
	for _, c := range handlerCases() {
		f.Add(uint8(slices.Index(names, c.name)), []byte(c.src))
	}
	f.Add(uint8(0), []byte("#!/usr/bin/env node\n'use strict'\nexports.main = () => 1 // end\r\n\r\n"))
	f.Fuzz(func(t *testing.T, name uint8, src []byte) {
		if bytes.Contains(src, []byte("wxcloud-probe-")) {
			t.Skip()
		}
		file := names[int(name)%len(names)]
		h, why := FindHandler(file, src)
		if why != HandlerFound {
			return
		}
		site := probe.Site{Function: "f", Module: h.Module, TypeScript: h.TypeScript, Body: h.Body, Event: h.Event}
		with, err := probe.Add(src, site, []probe.Call{{API: "a.b", Args: "{ c: 1 }"}})
		if err != nil {
			t.Fatal(err)
		}
		var tree Tree
		// Without its marks the block is code like any other.
		if !tree.Read(file, bytes.ReplaceAll(with, []byte("wxcloud-probe-"), []byte("somebody's-"))) {
			t.Errorf("%q: with a probe it has errors: %v\n%s", src, tree.Errors(), with)
		}
		if without, ok, err := probe.Remove(with); err != nil || !ok || !bytes.Equal(without, src) {
			t.Errorf("%q is %q afterwards", src, without)
		}
	})
}
