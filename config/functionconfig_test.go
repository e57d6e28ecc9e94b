package config_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

func quoted(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func TestDeclaredPositions(t *testing.T) {
	text := "\ufeff{\r\n  \"permissions\": {\r\n    \"openapi\": [\r\n      \"a.b\", \"\\u0063.👩\",\r\n\t\"a.b\"\r\n    ]\r\n  }\r\n}"
	p, _ := load(t, map[string]string{"f/index.js": "", "f/config.json": text})
	c := p.Functions[0].Config
	want := []config.Declared{
		{Name: "a.b", Line: 4, Column: 7, EndColumn: 12},
		{Name: "c.👩", Line: 4, Column: 14, EndColumn: 25},
		{Name: "a.b", Line: 5, Column: 2, EndColumn: 7},
	}
	for i, raw := range []string{`"a.b"`, `"\u0063.👩"`, `"a.b"`} {
		offset := strings.Index(text, raw)
		if i == 2 {
			offset = strings.LastIndex(text, raw)
		}
		want[i].Offset, want[i].End = offset, offset+len(raw)
	}
	if diff := cmp.Diff(want, c.Openapi); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	fn := p.Functions[0]
	if !fn.Declares("a.b") || fn.Declares("A.b") || fn.Declares("a") {
		t.Error("Declares does not compare exactly")
	}
}

func TestTriggers(t *testing.T) {
	p, _ := load(t, map[string]string{"f/index.js": "", "f/config.json": `{
  "triggers": [
    { "name": "daily", "type": "timer", "config": "0 0 2 * * * *" },
    7,
    { "name": 5, "type": "timer", "config": "" },
    { "config": "" }
  ]
}`})
	c := p.Functions[0].Config
	want := []config.Trigger{
		{
			Name: "daily", Type: "timer", Config: "0 0 2 * * * *", Line: 3, Column: 5,
			NameAt: config.Range{Line: 3, Column: 15, EndColumn: 22}, TypeAt: config.Range{Line: 3, Column: 32, EndColumn: 39},
			ConfigAt: config.Range{Line: 3, Column: 51, EndColumn: 66},
		},
		{Line: 6, Column: 5, ConfigAt: config.Range{Line: 6, Column: 17, EndColumn: 19}},
	}
	if diff := cmp.Diff(want, c.Triggers); diff != "" {
		t.Errorf("triggers (-want +got):\n%s", diff)
	}
	problems := []config.Problem{
		{ID: "config/trigger-entry", Args: clierr.Args{"found": "7"}, Line: 4, Column: 5},
		{ID: "config/want-string", Args: clierr.Args{"key": "name", "found": "5"}, Line: 5, Column: 15},
	}
	if diff := cmp.Diff(problems, c.Problems, withoutEnds()); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestConfigProblems(t *testing.T) {
	for _, c := range []struct {
		name, text string
		openapi    string // names, joined
		problems   []config.Problem
	}{
		{"in order", `{"permissions": {"openapi": ["a.b"], "cloudbase": []}, "triggers": [], "timeout": 3}`, "a.b", nil},
		{"nothing declared", `{}`, "", nil},
		{"no openapi", `{"permissions": {}}`, "", nil},
		{"comment", "{\n  \"permissions\": { // 云调用\n    \"openapi\": [\"a.b\"] }\n}", "a.b", []config.Problem{{ID: "config/json-comment", Line: 2, Column: 20}}},
		{"trailing comma", "{\"permissions\": {\"openapi\": [\"a.b\",]}}", "a.b", []config.Problem{{ID: "config/json-trailing-comma", Line: 1, Column: 35}}},
		{"the first of each", "{ // a\n // b\n \"x\": [1,], \"y\": [1,] }", "", []config.Problem{
			{ID: "config/json-comment", Line: 1, Column: 3}, {ID: "config/json-trailing-comma", Line: 3, Column: 9},
		}},
		{"empty file", "", "", []config.Problem{{ID: "jsonedit/empty", Line: 1, Column: 1, Fatal: true}}},
		{"opening brace missing", "\"permissions\": {}\n}", "", []config.Problem{{ID: "jsonedit/no-opening-brace", Line: 1, Column: 1, Fatal: true}}},
		{"a list", `["a.b"]`, "", []config.Problem{{ID: "config/not-an-object", Args: clierr.Args{"found": "["}, Line: 1, Column: 1, Fatal: true}}},
		{"object instead of a list", `{"permissions": {"openapi": {"a.b": true}}}`, "", []config.Problem{{ID: "config/openapi-shape", Args: clierr.Args{"found": "{"}, Line: 1, Column: 29}}},
		{"null", `{"permissions": null}`, "", []config.Problem{{ID: "config/permissions-shape", Args: clierr.Args{"found": "null"}, Line: 1, Column: 17}}},
		{"permission", `{"permission": {"openapi": ["a.b"]}}`, "", []config.Problem{{ID: "config/key-misspelt", Args: clierr.Args{"key": "permission", "right": "permissions"}, Line: 1, Column: 2}}},
		{"premissions", `{"premissions": {"openapi": ["a.b"]}}`, "", []config.Problem{{ID: "config/key-misspelt", Args: clierr.Args{"key": "premissions", "right": "permissions"}, Line: 1, Column: 2}}},
		{"openAPI", `{"permissions": {"openAPI": ["a.b"]}}`, "", []config.Problem{{ID: "config/key-misspelt", Args: clierr.Args{"key": "openAPI", "right": "openapi"}, Line: 1, Column: 18}}},
		{"open-api", `{"permissions": {"open-api": ["a.b"]}}`, "", []config.Problem{{ID: "config/key-misspelt", Args: clierr.Args{"key": "open-api", "right": "openapi"}, Line: 1, Column: 18}}},
		{"permsisions", `{"permsisions": ["a.b"]}`, "", []config.Problem{{ID: "config/key-misspelt", Args: clierr.Args{"key": "permsisions", "right": "permissions"}, Line: 1, Column: 2}}},
		{"openApis", `{"permissions": {"openApis": ["a.b"]}}`, "", []config.Problem{{ID: "config/key-misspelt", Args: clierr.Args{"key": "openApis", "right": "openapi"}, Line: 1, Column: 18}}},
		{"trigger", `{"trigger": [{}], "Triggers": "own"}`, "", []config.Problem{{ID: "config/key-misspelt", Args: clierr.Args{"key": "trigger", "right": "triggers"}, Line: 1, Column: 2}}},
		{"triggers among the permissions", `{"permissions": {"openapi": [], "triggers": []}}`, "", []config.Problem{{ID: "config/triggers-misplaced", Line: 1, Column: 33}}},
		{"keys of one's own", `{"redis": {}, "env": "a", "permissions": {"cloudbase": [], "database": [], "storage": []}, "timeout": 3}`, "", nil},
		{"byte order mark", "\ufeff{}", "", []config.Problem{{ID: "config/json-bom", Line: 1, Column: 1}}},
		{"UTF-16", "\xff\xfe{\x00}\x00", "", []config.Problem{{ID: "jsonedit/not-utf8", Line: 1, Column: 1, Fatal: true}}},
		{"a module", "module.exports = {}", "", []config.Problem{{ID: "jsonedit/no-value", Args: clierr.Args{"found": "module.exports"}, Line: 1, Column: 1, Fatal: true}}},
		{"key twice in a trigger", `{"triggers": [{"name": "a", "name": "b"}]}`, "", []config.Problem{{ID: "config/json-duplicate-key", Args: clierr.Args{"key": "name"}, Line: 1, Column: 29}}},
		{"permissions inside", `{"permissions": {"permissions": {"openapi": ["a.b"]}}}`, "", []config.Problem{{ID: "config/permissions-nested", Line: 1, Column: 18}}},
		{"at the top", `{"openapi": ["a.b"]}`, "", []config.Problem{{ID: "config/openapi-misplaced", Line: 1, Column: 2}}},
		{"entries that are no names", `{"permissions": {"openapi": [1, "", "a.b", {"a": 1}]}}`, "a.b", []config.Problem{
			{ID: "config/openapi-entry", Args: clierr.Args{"found": "1"}, Line: 1, Column: 30},
			{ID: "config/openapi-entry", Args: clierr.Args{"found": `""`}, Line: 1, Column: 33},
			{ID: "config/openapi-entry", Args: clierr.Args{"found": "{"}, Line: 1, Column: 44},
		}},
		{"twice", `{"permissions": {"openapi": ["a.b", "a.b"]}}`, "a.b a.b", nil},
		{"blanks around", `{"permissions": {"openapi": [" subscribeMessage.send", "c.d\t", "e.f"]}}`, " subscribeMessage.send c.d\t e.f", []config.Problem{
			{ID: "config/blanks-around", Args: clierr.Args{"found": `" subscribeMessage.send"`}, Line: 1, Column: 30},
			{ID: "config/blanks-around", Args: clierr.Args{"found": `"c.d\t"`}, Line: 1, Column: 56},
		}},
		{"two lists", `{"permissions": {"openapi": ["a.b"], "openapi": ["c.d"]}}`, "c.d", []config.Problem{{ID: "config/json-duplicate-key", Args: clierr.Args{"key": "openapi"}, Line: 1, Column: 38}}},
		{"triggers", `{"triggers": {"name": "a"}}`, "", []config.Problem{{ID: "config/triggers-shape", Args: clierr.Args{"found": "{"}, Line: 1, Column: 14}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, _ := load(t, map[string]string{"f/index.js": "", "f/config.json": c.text})
			got := p.Functions[0].Config
			if diff := cmp.Diff(c.problems, got.Problems, withoutEnds()); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			var declared []string
			for _, d := range got.Openapi {
				declared = append(declared, d.Name)
			}
			if joined := strings.Join(declared, " "); joined != c.openapi || !got.Exists {
				t.Errorf("declared %q, want %q", joined, c.openapi)
			}
		})
	}
}

func TestConfigThatIsAFolder(t *testing.T) {
	p, _ := load(t, map[string]string{"f/index.js": "", "f/config.json/x": ""})
	if diff := cmp.Diff([]config.Problem{{ID: "config/not-a-file", Fatal: true}}, p.Functions[0].Config.Problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestConfigThatCannotBeRead(t *testing.T) {
	p, dir := load(t, map[string]string{"f/index.js": "", "g/index.js": "", "g/config.json": strings.Repeat(" ", 1<<20+1)})
	if err := os.Symlink("config.json", filepath.Join(dir, "fns", "f", "config.json")); err != nil {
		t.Skip("no symbolic links here")
	}
	p, err := config.LoadFolder(p.Root)
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range []clierr.ID{"config/unreadable", "config/too-large"} {
		if diff := cmp.Diff([]config.Problem{{ID: id, Fatal: true}}, p.Functions[i].Config.Problems); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		_, err := config.AddOpenapi(p.Functions[i], nil, []string{"a.b"})
		failure(t, err, id, dir, "fns/"+p.Functions[i].Name+"/config.json")
	}
}

// withoutEnds compares problems by where they begin.
func withoutEnds() cmp.Option { return cmpopts.IgnoreFields(config.Problem{}, "EndColumn") }

func TestWhereProblemsEnd(t *testing.T) {
	for text, want := range map[string]int{
		`{"permission": {"openapi": ["a.b"]}}`:        14,
		`{"权限": 1, "permissions": {"openapi": ""}}`:   40,
		"{\"permissions\": {\"openapi\": {\n}}}":      0, // on another line
		"{\n// c\n}":                                  0, // no key or value
		`{"permissions": {"openapi": ["\u0061.b "]}}`: 41,
	} {
		p, _ := load(t, map[string]string{"f/index.js": "", "f/config.json": text})
		problems := p.Functions[0].Config.Problems
		if len(problems) != 1 || problems[0].EndColumn != want {
			t.Errorf("%s: %+v, want an end at %d", text, problems, want)
		}
	}
}
