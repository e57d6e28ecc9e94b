package jsonedit_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
	"wxcloud/internal/jsonedit"
)

var openapi = []string{"permissions", "openapi"}

// layouts are documents with `x.y` appended, byte for byte. An empty after means
// that nothing changes. lossy marks those whose removal does not lead back.
var layouts = []struct {
	name, before, after string
	lossy               bool
}{
	{
		name:   "two spaces",
		before: "{\n  \"permissions\": {\n    \"openapi\": [\n      \"a.b\",\n      \"c.d\"\n    ]\n  }\n}\n",
		after:  "{\n  \"permissions\": {\n    \"openapi\": [\n      \"a.b\",\n      \"c.d\",\n      \"x.y\"\n    ]\n  }\n}\n",
	},
	{
		name:   "one element on its own line",
		before: "{\n  \"permissions\": {\n    \"openapi\": [\n      \"a.b\"\n    ]\n  }\n}",
		after:  "{\n  \"permissions\": {\n    \"openapi\": [\n      \"a.b\",\n      \"x.y\"\n    ]\n  }\n}",
	},
	{
		name:   "three spaces",
		before: "{\n   \"permissions\": {\n      \"openapi\": []\n   }\n}\n",
		after:  "{\n   \"permissions\": {\n      \"openapi\": [\n         \"x.y\"\n      ]\n   }\n}\n",
	},
	{
		name:   "four spaces",
		before: "{\n    \"permissions\": {\n        \"openapi\": [\n        ]\n    }\n}\n",
		after:  "{\n    \"permissions\": {\n        \"openapi\": [\n            \"x.y\"\n        ]\n    }\n}\n", lossy: true,
	},
	{
		name:   "tabs",
		before: "{\n\t\"permissions\": {\n\t\t\"openapi\": []\n\t}\n}\n",
		after:  "{\n\t\"permissions\": {\n\t\t\"openapi\": [\n\t\t\t\"x.y\"\n\t\t]\n\t}\n}\n",
	},
	{
		name:   "CRLF",
		before: "{\r\n  \"permissions\": {\r\n    \"openapi\": [\r\n      \"a.b\"\r\n    ]\r\n  }\r\n}\r\n",
		after:  "{\r\n  \"permissions\": {\r\n    \"openapi\": [\r\n      \"a.b\",\r\n      \"x.y\"\r\n    ]\r\n  }\r\n}\r\n",
	},
	{
		name:   "CRLF, empty",
		before: "{\r\n  \"permissions\": {\r\n    \"openapi\": []\r\n  }\r\n}",
		after:  "{\r\n  \"permissions\": {\r\n    \"openapi\": [\r\n      \"x.y\"\r\n    ]\r\n  }\r\n}",
	},
	{
		name:   "byte order mark",
		before: "\ufeff{\n  \"permissions\": {\n    \"openapi\": []\n  }\n}\n",
		after:  "\ufeff{\n  \"permissions\": {\n    \"openapi\": [\n      \"x.y\"\n    ]\n  }\n}\n",
	},
	{
		name:   "byte order mark, nothing else",
		before: "\ufeff{}", lossy: true,
		after: "\ufeff{\n  \"permissions\": {\n    \"openapi\": [\n      \"x.y\"\n    ]\n  }\n}",
	},
	{name: "one line", before: `{ "permissions": { "openapi": [ "a.b" ] } }`, after: `{ "permissions": { "openapi": [ "a.b", "x.y" ] } }`},
	{name: "one line, empty", before: `{"permissions": {"openapi": []}}`, after: `{"permissions": {"openapi": ["x.y"]}}`},
	{name: "compact", before: `{"permissions":{"openapi":["a.b"]}}`, after: `{"permissions":{"openapi":["a.b","x.y"]}}`},
	{name: "compact, empty", before: `{"permissions":{"openapi":[]}}`, after: `{"permissions":{"openapi":["x.y"]}}`},
	{name: "compact, no parents", before: `{"timeout":3}`, after: `{"timeout":3,"permissions":{"openapi":["x.y"]}}`, lossy: true},
	{
		name:   "line inside many lines",
		before: "{\n  \"permissions\": {\n    \"openapi\": [\"a.b\", \"c.d\"]\n  }\n}\n",
		after:  "{\n  \"permissions\": {\n    \"openapi\": [\"a.b\", \"c.d\", \"x.y\"]\n  }\n}\n",
	},
	{
		name:   "empty on a shared line",
		before: "{\n  \"permissions\": { \"openapi\": [] }\n}\n",
		after:  "{\n  \"permissions\": { \"openapi\": [\"x.y\"] }\n}\n",
	},
	{
		name:   "irregular indentation is carried on",
		before: "{\n \"permissions\": {\n     \"openapi\": [\n  \"a.b\",\n       \"c.d\" ] } }\n",
		after:  "{\n \"permissions\": {\n     \"openapi\": [\n  \"a.b\",\n       \"c.d\",\n       \"x.y\" ] } }\n",
	},
	{
		name:   "no indentation",
		before: "{\n\"permissions\": {\n\"openapi\": []\n}\n}\n",
		after:  "{\n\"permissions\": {\n\"openapi\": [\n\"x.y\"\n]\n}\n}\n",
	},
	{
		name:   "commas first",
		before: "{ \"permissions\":\n  { \"openapi\":\n    [ \"a.b\"\n    , \"c.d\"\n    ]\n  }\n}\n",
		after:  "{ \"permissions\":\n  { \"openapi\":\n    [ \"a.b\"\n    , \"c.d\"\n    , \"x.y\"\n    ]\n  }\n}\n",
	},
	{
		name:   "blank line between groups is not carried on",
		before: "{\n  \"permissions\": {\n    \"openapi\": [\n      \"a.b\",\n\n      \"c.d\"\n    ]\n  }\n}\n",
		after:  "{\n  \"permissions\": {\n    \"openapi\": [\n      \"a.b\",\n\n      \"c.d\",\n      \"x.y\"\n    ]\n  }\n}\n",
	},
	{
		name: "no parents, empty object", before: "{}\n", lossy: true,
		after: "{\n  \"permissions\": {\n    \"openapi\": [\n      \"x.y\"\n    ]\n  }\n}\n",
	},
	{
		name: "no parents", lossy: true,
		before: "{\n    \"timeout\": 20,\n    \"triggers\": []\n}\n",
		after:  "{\n    \"timeout\": 20,\n    \"triggers\": [],\n    \"permissions\": {\n        \"openapi\": [\n            \"x.y\"\n        ]\n    }\n}\n",
	},
	{
		name: "no openapi beside other permissions", lossy: true,
		before: "{\r\n\t\"permissions\": {\r\n\t\t\"cloudbase\": [\"db\"]\r\n\t}\r\n}\r\n",
		after:  "{\r\n\t\"permissions\": {\r\n\t\t\"cloudbase\": [\"db\"],\r\n\t\t\"openapi\": [\r\n\t\t\t\"x.y\"\r\n\t\t]\r\n\t}\r\n}\r\n",
	},
	{
		name: "empty permissions", lossy: true,
		before: "{\n  \"permissions\": {}\n}\n",
		after:  "{\n  \"permissions\": {\n    \"openapi\": [\n      \"x.y\"\n    ]\n  }\n}\n",
	},
	{
		name:   "escapes and numbers elsewhere stay as written",
		before: `{"a":"\u4e2d\/\u003c","n":[1.0,1E+2,12345678901234567890],"permissions":{"openapi":["\u0061.b"]}}`,
		after:  `{"a":"\u4e2d\/\u003c","n":[1.0,1E+2,12345678901234567890],"permissions":{"openapi":["\u0061.b","x.y"]}}`,
	},
	{name: "escaped keys on the path", before: `{"permi\u0073sions":{"openap\u0069":[]}}`, after: `{"permi\u0073sions":{"openap\u0069":["x.y"]}}`},
	{name: "keys that look like paths", before: `{"permissions.openapi":[],":1":0,"permissions":{"openapi":[]}}`, after: `{"permissions.openapi":[],":1":0,"permissions":{"openapi":["x.y"]}}`},
	{name: "duplicate keys off the path", before: `{"a":1,"a":2,"permissions":{"openapi":[]}}`, after: `{"a":1,"a":2,"permissions":{"openapi":["x.y"]}}`},
	{name: "elements that are not strings", before: `{"permissions":{"openapi":[1,null,{"x.y":[]}]}}`, after: `{"permissions":{"openapi":[1,null,{"x.y":[]},"x.y"]}}`},
	{name: "text that looks like a comment", before: `{"u":"http://a/*b*/,]","permissions":{"openapi":["// a"]}}`, after: `{"u":"http://a/*b*/,]","permissions":{"openapi":["// a","x.y"]}}`},
	{name: "spaces after the end", before: "{\"permissions\": {\"openapi\": [\"a.b\"]}}  \n\n", after: "{\"permissions\": {\"openapi\": [\"a.b\", \"x.y\"]}}  \n\n"},
	{name: "already there", before: `{"permissions":{"openapi":["x.y"]}}`},
	{name: "already there, escaped", before: `{"permissions":{"openapi":["\u0078.y"]}}`},
}

func TestAppendKeepsTheLayout(t *testing.T) {
	for _, c := range layouts {
		t.Run(c.name, func(t *testing.T) {
			edit, err := jsonedit.Append([]byte(c.before), openapi, []string{"x.y", "x.y"})
			if err != nil {
				t.Fatal(err)
			}
			want := jsonedit.Edit{Text: []byte(c.after), Changed: true, Values: []string{"x.y"}}
			if c.after == "" {
				want = jsonedit.Edit{Text: []byte(c.before)}
			}
			if diff := cmp.Diff(want, edit); diff != "" {
				t.Errorf("append (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRemoveUndoesAppend(t *testing.T) {
	for _, c := range layouts {
		if c.lossy || c.after == "" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			edit, err := jsonedit.Remove([]byte(c.after), openapi, []string{"x.y"})
			if err != nil {
				t.Fatal(err)
			}
			want := jsonedit.Edit{Text: []byte(c.before), Changed: true, Values: []string{"x.y"}}
			if diff := cmp.Diff(want, edit); diff != "" {
				t.Errorf("remove (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAppendSeveral(t *testing.T) {
	for _, c := range []struct{ name, before, after string }{
		{"to a line", `{"permissions": {"openapi": ["a.b"]}}`, `{"permissions": {"openapi": ["a.b", "x.y", "<&>中\u2028\"\\\u0001"]}}`},
		{"to an empty list", "{\n  \"permissions\": {\n    \"openapi\": []\n  }\n}", "{\n  \"permissions\": {\n    \"openapi\": [\n      \"x.y\",\n      \"<&>中\u2028\\\"\\\\\\u0001\"\n    ]\n  }\n}"},
		{"to nothing", "{}", "{\n  \"permissions\": {\n    \"openapi\": [\n      \"x.y\",\n      \"<&>中\u2028\\\"\\\\\\u0001\"\n    ]\n  }\n}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			edit, err := jsonedit.Append([]byte(c.before), openapi, []string{"x.y", "<&>中\u2028\"\\\x01"})
			if err != nil {
				t.Fatal(err)
			}
			// Raw strings above cannot hold the separator itself.
			want := strings.Replace(c.after, `\u2028`, "\u2028", 1)
			if diff := cmp.Diff(want, string(edit.Text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRemove(t *testing.T) {
	const list = "{\n  \"permissions\": {\n    \"openapi\": [\n      \"a\",\n      \"b\",\n      \"c\"\n    ]\n  }\n}\n"
	for _, c := range []struct {
		name, before, after string
		remove, removed     []string
	}{
		{"first", list, strings.Replace(list, "\"a\",\n      ", "", 1), []string{"a"}, []string{"a"}},
		{"middle", list, strings.Replace(list, "\n      \"b\",", "", 1), []string{"b"}, []string{"b"}},
		{"last", list, strings.Replace(list, ",\n      \"c\"", "", 1), []string{"c"}, []string{"c"}},
		{"first two", list, strings.Replace(list, "\"a\",\n      \"b\",\n      ", "", 1), []string{"b", "a"}, []string{"a", "b"}},
		{"around", list, "{\n  \"permissions\": {\n    \"openapi\": [\n      \"b\"\n    ]\n  }\n}\n", []string{"a", "c"}, []string{"a", "c"}},
		{"all", list, "{\n  \"permissions\": {\n    \"openapi\": []\n  }\n}\n", []string{"c", "b", "a", "z"}, []string{"a", "b", "c"}},
		{"every occurrence", `{"permissions":{"openapi":["a","b","a"]}}`, `{"permissions":{"openapi":["b"]}}`, []string{"a"}, []string{"a"}},
		{"only one, spaced", `{ "permissions": { "openapi": [ "a" ] } }`, `{ "permissions": { "openapi": [] } }`, []string{"a"}, []string{"a"}},
		{"CRLF", "{\r\n  \"permissions\": {\r\n    \"openapi\": [\r\n      \"a\",\r\n      \"b\"\r\n    ]\r\n  }\r\n}", "{\r\n  \"permissions\": {\r\n    \"openapi\": [\r\n      \"b\"\r\n    ]\r\n  }\r\n}", []string{"a"}, []string{"a"}},
		{"not there", list, "", []string{"z"}, nil},
		{"no list", `{"permissions":{}}`, "", []string{"a"}, nil},
		{"no parents", "{}", "", []string{"a"}, nil},
		{"elsewhere", `{"permissions":{"cloudbase":["a"]}}`, "", []string{"a"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			edit, err := jsonedit.Remove([]byte(c.before), openapi, c.remove)
			if err != nil {
				t.Fatal(err)
			}
			want := jsonedit.Edit{Text: []byte(c.after), Changed: true, Values: c.removed}
			if c.after == "" {
				want = jsonedit.Edit{Text: []byte(c.before)}
			}
			if diff := cmp.Diff(want, edit); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// refusals are documents no edit is made of.
var refusals = []struct {
	name, text string
	id         clierr.ID
	at         string // line:column
	args       clierr.Args
}{
	{"empty file", "", "jsonedit/empty", "1:1", nil},
	{"only a byte order mark", "\ufeff\n", "jsonedit/empty", "2:1", nil},
	{"line comment", "{\n  // 云调用\n  \"permissions\": {}\n}", "jsonedit/edit-comment", "2:3", nil},
	{"block comment", `{"a": /* b */ 1}`, "jsonedit/edit-comment", "1:7", nil},
	{"trailing comma in an array", "{\"permissions\": {\"openapi\": [\"a\",\n]}}", "jsonedit/edit-trailing-comma", "1:33", nil},
	{"trailing comma in an object", "{\"a\": 1,}", "jsonedit/edit-trailing-comma", "1:8", nil},
	{"trailing comma before a comment", "{\"a\": 1, // b\n}", "jsonedit/edit-trailing-comma", "1:8", nil},
	{"open comment", "{\"a\": 1 /* b", "jsonedit/open-comment", "1:9", nil},
	{"stray slash", "{\"a\": 1 / 2}", "jsonedit/stray-slash", "1:9", clierr.Args{"found": "/"}},
	{"duplicate key", "{\"permissions\": {},\n \"permissions\": {}}", "jsonedit/duplicate-key", "2:2", clierr.Args{"key": "permissions"}},
	{"duplicate key, one escaped", `{"permissions": {"openapi": [], "open\u0061pi": []}}`, "jsonedit/duplicate-key", "1:33", clierr.Args{"key": "openapi"}},
	{"openapi is a string", `{"permissions": {"openapi": "oops"}}`, "jsonedit/not-an-array", "1:29", clierr.Args{"path": "permissions.openapi", "found": `"oops"`}},
	{"openapi is an object", `{"permissions": {"openapi": {"a": 1}}}`, "jsonedit/not-an-array", "1:29", clierr.Args{"path": "permissions.openapi", "found": "{"}},
	{"permissions is null", `{"permissions": null}`, "jsonedit/not-an-object", "1:17", clierr.Args{"path": "permissions", "found": "null"}},
	{"permissions is a list", `{"permissions": ["a"]}`, "jsonedit/not-an-object", "1:17", clierr.Args{"path": "permissions", "found": "["}},
	{"document is a list", `["a"]`, "jsonedit/not-an-object-document", "1:1", clierr.Args{"found": "["}},
	{"document is a number", ` -1.5e3 `, "jsonedit/not-an-object-document", "1:2", clierr.Args{"found": "-1.5e3"}},
	{"truncated object", "{\n  \"permissions\": {\n", "jsonedit/truncated", "3:1", clierr.Args{"bracket": "{", "line": "2"}},
	{"truncated array", `{"a": [1,`, "jsonedit/truncated", "1:10", clierr.Args{"bracket": "[", "line": "1"}},
	{"truncated string", `{"a": "b`, "jsonedit/open-string", "1:7", nil},
	{"string over two lines", "{\"a\": \"b\nc\"}", "jsonedit/open-string", "1:7", nil},
	{"opening brace missing", "\"permissions\": {\n  \"openapi\": []\n}\n}", "jsonedit/no-opening-brace", "1:1", nil},
	{"closing brace too many", "{}\n}", "jsonedit/after-end", "2:1", clierr.Args{"found": "}"}},
	{"second document", "{} {}", "jsonedit/after-end", "1:4", clierr.Args{"found": "{"}},
	{"missing comma", "{\n  \"a\": 1\n  \"b\": 2\n}", "jsonedit/no-comma", "3:3", clierr.Args{"found": `"b"`}},
	{"wrong bracket", `{"a": [1}`, "jsonedit/no-comma", "1:9", clierr.Args{"found": "}"}},
	{"full-width comma", `{"a": 1，"b": 2}`, "jsonedit/no-comma", "1:8", clierr.Args{"found": "，"}},
	{"missing colon", `{"a" 1}`, "jsonedit/no-colon", "1:6", clierr.Args{"found": "1"}},
	{"missing value", `{"a": }`, "jsonedit/no-value", "1:7", clierr.Args{"found": "}"}},
	{"two commas", `[1,,2]`, "jsonedit/no-value", "1:4", clierr.Args{"found": ","}},
	{"python", `{"a": True}`, "jsonedit/no-value", "1:7", clierr.Args{"found": "True"}},
	{"almost true", `{"a": trueish}`, "jsonedit/no-value", "1:7", clierr.Args{"found": "trueish"}},
	{"bare key", `{permissions: {}}`, "jsonedit/bare-key", "1:2", clierr.Args{"found": "permissions"}},
	{"number as key", `{1: {}}`, "jsonedit/no-key", "1:2", clierr.Args{"found": "1"}},
	{"curly quotes", `{“a”: 1}`, "jsonedit/no-key", "1:2", clierr.Args{"found": "“"}},
	{"single quotes", `{'a': 1}`, "jsonedit/single-quote", "1:2", nil},
	{"single-quoted value", `{"a": 'b'}`, "jsonedit/single-quote", "1:7", nil},
	{"leading zero", `[01]`, "jsonedit/number", "1:2", clierr.Args{"found": "01"}},
	{"lone minus", `[-]`, "jsonedit/number", "1:2", clierr.Args{"found": "-"}},
	{"no fraction", `[1.]`, "jsonedit/number", "1:2", clierr.Args{"found": "1."}},
	{"no exponent", `[1e+]`, "jsonedit/number", "1:2", clierr.Args{"found": "1e+"}},
	{"bad escape", `{"a": "\x41"}`, "jsonedit/escape", "1:8", clierr.Args{"found": `\x41`}},
	{"short escape", `{"a": "\u12g4"}`, "jsonedit/escape", "1:8", clierr.Args{"found": `\u12g4`}},
	{"NUL in a string", "{\"a\": \"b\x00\"}", "jsonedit/control-character", "1:9", clierr.Args{"code": "U+0000"}},
	{"NUL between", "{\"a\": 1}\x00", "jsonedit/control-character", "1:9", clierr.Args{"code": "U+0000"}},
	{"invalid UTF-8", "{\n\"a\": \"\xff\"}", "jsonedit/not-utf8", "2:7", nil},
	{"UTF-16", "\xff\xfe{\x00}\x00", "jsonedit/not-utf8", "1:1", nil},
	{"too deep", strings.Repeat("[", 501) + strings.Repeat("]", 501), "jsonedit/too-deep", "1:501", clierr.Args{"levels": "500"}},
	{"columns count as editors do", "\ufeff{\"👩中\": x}", "jsonedit/no-value", "1:9", clierr.Args{"found": "x"}},
}

func TestRefusals(t *testing.T) {
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			for name, edit := range map[string]func([]byte, []string, []string) (jsonedit.Edit, error){
				"append": jsonedit.Append, "remove": jsonedit.Remove,
			} {
				got, err := edit([]byte(c.text), openapi, []string{"x.y"})
				var refusal *clierr.Error
				if !errors.As(err, &refusal) {
					t.Fatalf("%s: error %v", name, err)
				}
				at := strings.TrimPrefix(clierr.Position{File: "f", Line: refusal.At.Line, Column: refusal.At.Column}.String(), "f:")
				if refusal.ID != c.id || at != c.at {
					t.Errorf("%s: %s at %s, want %s at %s", name, refusal.ID, at, c.id, c.at)
				}
				if diff := cmp.Diff(c.args, refusal.Args); diff != "" {
					t.Errorf("%s: arguments (-want +got):\n%s", name, diff)
				}
				if got.Text != nil || refusal.Exit != clierr.Local {
					t.Errorf("%s: text %q, exit %d", name, got.Text, refusal.Exit)
				}
			}
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	text := []byte(layouts[0].before)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := jsonedit.Append(text, openapi, []string{"x.y"}); err != nil {
			b.Fatal(err)
		}
	}
}
