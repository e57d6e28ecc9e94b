package js

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSpansCountUTF16(t *testing.T) {
	src := "// 云函数\nconst 云 = '😀中文'; /* 𠮷 */ cloud.openapi.a.b()\r\n\tcloud.openapi\n  .c.d({})"
	r := analyzeText(NewAnalyzer(), src, "index.js")
	want := []Call{
		{API: "a.b", Via: Direct, Span: Span{File: "index.js", Start: 50, End: 67, Line: 2, Column: 28, EndLine: 2, EndColumn: 45}},
		{API: "c.d", Via: Direct, Span: Span{File: "index.js", Start: 72, End: 92, Line: 3, Column: 2, EndLine: 4, EndColumn: 7}},
	}
	for i := range r.Calls { // see TestCallFacts
		r.Calls[i].Segments, r.Calls[i].Argument, r.Calls[i].Dropped = nil, nil, false
	}
	if diff := cmp.Diff(want, r.Calls); diff != "" {
		t.Error(diff)
	}
	for _, c := range r.Calls {
		if got := src[c.Start:c.End]; got != "cloud.openapi.a.b" && got != "cloud.openapi\n  .c.d" {
			t.Errorf("span is %q", got)
		}
	}
}

func TestByteOrderMarkIsNoColumn(t *testing.T) {
	r := analyzeText(NewAnalyzer(), "\ufeffcloud.openapi.a.b()", "index.js")
	if len(r.Calls) != 1 || r.Calls[0].Column != 1 || r.Calls[0].Start != 3 {
		t.Errorf("%+v", r.Calls)
	}
}

func TestWrapperIsAtTheConstant(t *testing.T) {
	src := sdk + "const call = n => cloud.openapi[n]()\n\n  call('a.b')"
	r := analyzeText(NewAnalyzer(), src, "index.js")
	if len(r.Calls) != 1 || r.Calls[0].Line != 4 || r.Calls[0].Column != 3 || src[r.Calls[0].Start:r.Calls[0].End] != "call" {
		t.Errorf("%+v", r.Calls)
	}
}

func TestLoading(t *testing.T) {
	r := analyzeText(NewAnalyzer(), `const cloud = require('wx-server-sdk')
cloud.init()
require('./a'); require('../common/b'); require('./gone'); require('fs'); require('./t.json')
try { require('./maybe') } catch (e) {}
exports.main = e => { require(e.plugin); cloud.openapi.x.y() }
-- a.js --
import('./c.js')
-- c.js --
let x
-- t.json --
{}
-- ../common/b.js --
require('../fn/a')`, "index.js")
	var files, missing, requests []string
	for _, f := range r.Files {
		files = append(files, f.Path)
	}
	for _, m := range r.Missing {
		note := ""
		if m.Optional {
			note = " optional"
		}
		missing = append(missing, m.Request+note)
	}
	for _, q := range r.Requests {
		requests = append(requests, q.Span.File+" "+q.Request+" "+q.File)
	}
	got := map[string][]string{"files": files, "missing": missing, "requests": requests, "outside": r.Outside}
	want := map[string][]string{
		"files":    {"index.js", "a.js", "../common/b.js", "c.js"},
		"missing":  {"./gone", "./maybe optional"},
		"requests": {"index.js ./a a.js", "index.js ../common/b ../common/b.js", "a.js ./c.js c.js", "../common/b.js ../fn/a a.js"},
		"outside":  {"../common/b.js"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !r.UsesSDK || !r.Initialised {
		t.Errorf("UsesSDK %v, Initialised %v", r.UsesSDK, r.Initialised)
	}
	if len(r.Unresolved) != 1 || r.Unresolved[0].Expression != "require(e.plugin)" {
		t.Errorf("Unresolved: %+v", r.Unresolved)
	}
}

func TestInitialisedWithoutOpenapi(t *testing.T) {
	r := analyzeText(NewAnalyzer(), "const cloud = require('wx-server-sdk'); cloud.init(); exports.main = () => 1", "index.js")
	if !r.UsesSDK || !r.Initialised {
		t.Errorf("UsesSDK %v, Initialised %v", r.UsesSDK, r.Initialised)
	}
}

func TestLongExpressionIsCut(t *testing.T) {
	r := analyzeText(NewAnalyzer(), sdk+"exports.main = event => cloud.openapi[event.中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文]()", "index.js")
	if len(r.Dynamic) != 1 || len([]rune(r.Dynamic[0].Expression)) != 80 {
		t.Errorf("%+v", r.Dynamic)
	}
}

func TestEntryUnknown(t *testing.T) {
	r := analyzeText(NewAnalyzer(), "-- a.js --\ncloud.openapi.a.b()\n-- b.ts --\ncloud.openapi.c.d()\n-- a.ts --\ncloud.openapi.a.b()\n-- t.d.ts --\nlet a: B\n-- sub/c.js --\ncloud.openapi.e.f()", "")
	if diff := cmp.Diff([]string{"a.b direct", "c.d direct"}, show(r)); diff != "" {
		t.Error(diff)
	}
}

// TestAnalyzerIsReusable: one Analyzer gives for every case what a new one gives.
func TestAnalyzerIsReusable(t *testing.T) {
	a := NewAnalyzer()
	for _, c := range callCases {
		if diff := cmp.Diff(analyzeText(NewAnalyzer(), c.src, ""), analyzeText(a, c.src, "")); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}
