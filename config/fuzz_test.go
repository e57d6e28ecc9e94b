package config

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
)

var fuzzSeeds = []string{
	"", "{}", "[]", "\ufeff{}", "{\"permissions\": {\"openapi\": [\"a.b\", \"a.b\", 1, \"\\u0063\"]}}",
	"{ // c\n\"permissions\": {\"openapi\": [\"a.b\",], /* d */ \"openAPI\": []},\r\n\"triggers\": [{\"name\": \"t\", \"type\": \"timer\", \"config\": \"0\"}, 3]}",
	`{"permission": {"openapi": []}, "openapi": {}, "permissions": 0, "permissions": {"openapi": ["x"], "openapi": ["y"]}}`,
	`{"appid": "wx1", "cloudfunctionRoot": "..\\fns/", "miniprogramRoot": "/mp", "appid": null}`,
	`{"appid": "a", "root": "b", "environments": {"t": "e", "p": {"id": "f", "protected": true}}, "functions": {"f": {"memory": 1e3, "timeout": -1, "check": [1, // x
	]}}}`,
	`{"triggers": [{"name": "a", "type": "timer", "config": "0 0 2 * * * *"}, {"name": 1}, []], "trigger": []}`,
}

// FuzzLoad reads any bytes as a function's config.json. Every name found must be
// where it is said to be, every problem inside the file, and on strict JSON the
// names must be those encoding/json sees.
func FuzzLoad(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c := parseFunctionConfig("config.json", text)
		lines := 1 + bytes.Count(text, []byte("\n"))
		for _, p := range c.Problems {
			if p.Line < 1 || p.Line > lines || p.Column < 1 {
				t.Errorf("%s at %d:%d of %d lines", p.ID, p.Line, p.Column, lines)
			}
			if p.Fatal && (len(c.Problems) > 1 || c.Openapi != nil) {
				t.Errorf("something was read of a fatal file: %+v", c)
			}
		}
		var names []string
		for _, d := range c.Openapi {
			var name string
			if err := json.Unmarshal(text[d.Offset:d.End], &name); err != nil || name != d.Name {
				t.Errorf("%q stands where %q is said to be: %v", text[d.Offset:d.End], d.Name, err)
			}
			if d.Line > lines || d.Column < 1 || d.EndColumn < d.Column+2 {
				t.Errorf("%q at %d:%d-%d", d.Name, d.Line, d.Column, d.EndColumn)
			}
			names = append(names, d.Name)
		}
		for _, trigger := range c.Triggers {
			for _, at := range []Range{trigger.NameAt, trigger.TypeAt, trigger.ConfigAt} {
				if at.Line > lines || at.Line > 0 && at.EndColumn < at.Column+2 {
					t.Errorf("%+v", trigger)
				}
			}
		}
		if !utf8.Valid(text) || len(c.Problems) > 0 && c.Problems[0].Fatal {
			return
		}
		var document map[string]any
		if json.Unmarshal(bytes.TrimPrefix(text, []byte(bom)), &document) != nil {
			return
		}
		var want []string
		permissions, _ := document[permissionsKey].(map[string]any)
		list, _ := permissions[openapiKey].([]any)
		for _, entry := range list {
			if name, ok := entry.(string); ok && len(bytes.TrimSpace([]byte(name))) > 0 {
				want = append(want, name)
			}
		}
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("names in %q (-want +got):\n%s", text, diff)
		}
	})
}

// FuzzLoadProject reads any bytes as project.config.json and as wxcloud.json.
func FuzzLoadProject(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := parseJSON("project.config.json", text)
		if err != nil {
			if p := fatal(err); p.ID == "config/unreadable" || p.Line < 1 {
				t.Fatalf("error without id or place: %v", err)
			}
			return
		}
		var p projectFiles
		miniprogram := ""
		if err := p.merge(file, ProjectFile, &miniprogram); err != nil {
			if !clierr.Is(err, "config/want-string") {
				t.Fatal(err)
			}
		} else if p.root.text != "" {
			root, err := p.root.folder("/project")
			if (err == nil) == (root == "") {
				t.Errorf("root %q, error %v", root, err)
			}
		}
		for _, problem := range parseSettings(file).Problems {
			if problem.Line < 1 || problem.Column < 1 {
				t.Errorf("%s at %d:%d", problem.ID, problem.Line, problem.Column)
			}
		}
	})
}
