package config_test

import (
	"path/filepath"
	"slices"
	"testing"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

func TestEditOpenapi(t *testing.T) {
	list := "{\r\n\t\"permissions\": {\r\n\t\t\"openapi\": [\r\n\t\t\t\"a.b\",\r\n\t\t\t\"openapi.c\\u002ed\",\r\n\t\t\t\"a.b\"\r\n\t\t]\r\n\t},\r\n\t\"own\": \"a.b\"\r\n}"
	// at picks entries of the list by their number.
	type pick struct {
		remove []int
		rename map[int]string
		add    []string
	}
	for _, c := range []struct {
		name  string
		text  string
		edits pick
		want  string
	}{
		{
			"a repeated entry", list,
			pick{remove: []int{2}},
			"{\r\n\t\"permissions\": {\r\n\t\t\"openapi\": [\r\n\t\t\t\"a.b\",\r\n\t\t\t\"openapi.c\\u002ed\"\r\n\t\t]\r\n\t},\r\n\t\"own\": \"a.b\"\r\n}",
		},
		{
			"a rename keeps every other byte", list,
			pick{rename: map[int]string{1: "c.d"}},
			"{\r\n\t\"permissions\": {\r\n\t\t\"openapi\": [\r\n\t\t\t\"a.b\",\r\n\t\t\t\"c.d\",\r\n\t\t\t\"a.b\"\r\n\t\t]\r\n\t},\r\n\t\"own\": \"a.b\"\r\n}",
		},
		{"a rename to a declared name removes", `{"permissions":{"openapi":["a.b","A.b"]}}`, pick{rename: map[int]string{1: "a.b"}}, `{"permissions":{"openapi":["a.b"]}}`},
		{"two renames to one name", `{"permissions":{"openapi":["A.b","openapi.a.b", "x"]}}`, pick{rename: map[int]string{0: "a.b", 1: "a.b"}}, `{"permissions":{"openapi":["a.b", "x"]}}`},
		{"renamed to what is removed", `{"permissions":{"openapi":["A.b","a.b"]}}`, pick{remove: []int{1}, rename: map[int]string{0: "a.b"}}, `{"permissions":{"openapi":["a.b"]}}`},
		{"all gone", `{"permissions":{"openapi":[ "a.b", "c.d" ]}}`, pick{remove: []int{0, 1}}, `{"permissions":{"openapi":[]}}`},
		{"first gone, second renamed", `{"permissions":{"openapi":["a.b", "c.d"]}}`, pick{remove: []int{0}, rename: map[int]string{1: "e.f"}}, `{"permissions":{"openapi":["e.f"]}}`},
		{"what a rename declares is not added", `{"permissions":{"openapi":["A.b"]}}`, pick{rename: map[int]string{0: "a.b"}, add: []string{"a.b", "c.d"}}, `{"permissions":{"openapi":["a.b","c.d"]}}`},
		{"add into what a removal empties", `{"permissions":{"openapi":["a.b"]}}`, pick{remove: []int{0}, add: []string{"c.d"}}, `{"permissions":{"openapi":["c.d"]}}`},
		{"rename wins over removal", `{"permissions":{"openapi":["a.b"]}}`, pick{remove: []int{0}, rename: map[int]string{0: "c.d"}}, `{"permissions":{"openapi":["c.d"]}}`},
		{"byte order mark", "\ufeff{\"permissions\":{\"openapi\":[\"提.b\",\"c.d\"]}}", pick{rename: map[int]string{1: "e.f"}}, "\ufeff{\"permissions\":{\"openapi\":[\"提.b\",\"e.f\"]}}"},
		{"nothing", list, pick{}, list},
	} {
		root := tree(t, map[string]string{"a/index.js": "", "a/config.json": c.text})
		p, err := config.LoadFolder(root)
		if err != nil {
			t.Fatal(err)
		}
		f := p.Functions[0]
		edits := config.OpenapiEdits{Add: c.edits.add}
		for _, i := range c.edits.remove {
			edits.Remove = append(edits.Remove, f.Config.Openapi[i])
		}
		for i := range f.Config.Openapi {
			if to, ok := c.edits.rename[i]; ok {
				edits.Rename = append(edits.Rename, config.Renaming{Entry: f.Config.Openapi[i], To: to})
			}
		}
		e, err := config.EditOpenapi(f, nil, edits)
		if err != nil || string(e.After) != c.want || e.Changed != (c.want != c.text) {
			t.Errorf("%s: changed %v, %v\n got %q\nwant %q", c.name, e.Changed, err, e.After, c.want)
		}
	}
}

func TestEditOpenapiRefuses(t *testing.T) {
	root := tree(t, map[string]string{
		"a/index.js": "", "a/config.json": `{"permissions":{"openapi":["a.b"]}}`,
		"b/index.js": "", "b/config.json": `{"permissions":{"openapi":["a.b"]}} // mine`,
		"c/index.js": "",
	})
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	moved := config.Declared{Name: "a.b", Offset: 3, End: 8}
	for _, c := range []struct {
		name  string
		fn    int
		edits config.OpenapiEdits
		want  clierr.ID
	}{
		{"an entry that moved", 0, config.OpenapiEdits{Remove: []config.Declared{moved}}, "config/changed-meanwhile"},
		{"an entry of a file that is gone", 2, config.OpenapiEdits{Remove: []config.Declared{moved}}, "config/changed-meanwhile"},
		{"a comment", 1, config.OpenapiEdits{Remove: p.Functions[1].Config.Openapi}, "jsonedit/edit-comment"},
		{"no name", 0, config.OpenapiEdits{Rename: []config.Renaming{{Entry: p.Functions[0].Config.Openapi[0], To: "a b"}}}, "config/odd-name"},
	} {
		if _, err := config.EditOpenapi(p.Functions[c.fn], nil, c.edits); !clierr.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// A file that is missing is created, and a blank one filled, as by AddOpenapi.
func TestEditOpenapiOfAFunctionWithoutConfig(t *testing.T) {
	root := tree(t, map[string]string{"a/index.js": "", "b/index.js": "", "b/config.json": " \n"})
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	for i, created := range []bool{true, false} {
		e, err := config.EditOpenapi(p.Functions[i], nil, config.OpenapiEdits{Add: []string{"a.b"}})
		if err != nil || !e.Changed || e.Created != created || !slices.Equal(e.Names, []string{"a.b"}) {
			t.Errorf("%s: %+v, %v", p.Functions[i].Name, e, err)
		}
		if err := e.Apply(); err != nil {
			t.Error(err)
		}
		again, err := config.LoadFolder(filepath.Join(root, p.Functions[i].Name))
		if err != nil || !again.Functions[0].Declares("a.b") {
			t.Errorf("%s: %v", p.Functions[i].Name, err)
		}
	}
}
