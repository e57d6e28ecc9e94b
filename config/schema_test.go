package config

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"wxcloud/internal/clierr"
)

// publishedSchema is docs/wxcloud.schema.json, as JSON and compiled.
func publishedSchema(t *testing.T) (map[string]any, *jsonschema.Schema) {
	t.Helper()
	path := filepath.Join("..", "docs", "wxcloud.schema.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json") // checks it against draft-07 itself
	if err != nil {
		t.Fatal(err)
	}
	return document.(map[string]any), schema
}

// at walks down a schema by keys.
func at(schema any, keys ...string) map[string]any {
	for _, key := range keys {
		schema = schema.(map[string]any)[key]
	}
	return schema.(map[string]any)
}

func TestSchemaHasTheKeysOfTheParser(t *testing.T) {
	root, _ := publishedSchema(t)
	environment := at(root, "properties", "environments", "additionalProperties")["anyOf"].([]any)[1]
	local := at(root, "properties", "environments", "properties", "local")["anyOf"].([]any)[1]
	for _, c := range []struct {
		name   string
		object map[string]any
		keys   []string
	}{
		{"wxcloud.json", root, settingsKeys[:]},
		{"copy", at(root, "properties", "copy", "items"), copyKeys[:]},
		{"environments.NAME", environment.(map[string]any), environmentKeys[:]},
		{"environments.local", local.(map[string]any), environmentKeys[:]},
		{"defaults", at(root, "definitions", "defaults"), defaultsKeys[:]},
		{"functions.NAME", at(root, "definitions", "function"), functionKeys[:]},
		{"functions.NAME.copy", at(root, "definitions", "function", "properties", "copy", "items"), functionCopyKeys[:]},
		{"environments.NAME.functions.NAME", at(root, "definitions", "override"), overrideKeys[:]},
		{"triggers", at(root, "definitions", "triggers", "items"), triggerKeys[:]},
		{"lint", at(root, "properties", "lint"), lintKeys[:]},
		{"lint.ignore", at(root, "properties", "lint", "properties", "ignore", "items"), lintIgnoreKeys[:]},
	} {
		var got []string
		for key := range at(c.object, "properties") {
			got = append(got, key)
		}
		slices.Sort(got)
		want := slices.Sorted(slices.Values(c.keys))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-parser +schema):\n%s", c.name, diff)
		}
		if c.object["additionalProperties"] != false {
			t.Errorf("%s allows other keys", c.name)
		}
	}
	levels := at(root, "properties", "lint", "properties", "rules", "additionalProperties")["enum"]
	if got := fmt.Sprint(levels); got != fmt.Sprint(LintLevels()) {
		t.Errorf("levels %v", got)
	}
}

// Every key is explained, in both languages.
func TestSchemaExplainsEveryKey(t *testing.T) {
	root, _ := publishedSchema(t)
	var walk func(place string, schema any)
	walk = func(place string, schema any) {
		object, ok := schema.(map[string]any)
		if !ok {
			return
		}
		for key, member := range object {
			if properties, ok := member.(map[string]any); ok && key == "properties" {
				for name, property := range properties {
					explained := at(property)
					if ref, ok := explained["$ref"].(string); ok {
						explained = at(root, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
					}
					text, _ := explained["description"].(string)
					en, zh, _ := strings.Cut(text, "\n\n")
					if name != "local" && (en == "" || !strings.ContainsFunc(zh, func(r rune) bool { return r >= 0x4e00 && r < 0xa000 })) {
						t.Errorf("%s.%s is described as %q", place, name, text)
					}
				}
			}
			walk(place+"/"+key, member)
		}
	}
	walk("", root)
}

// beyondSchema are problems that a schema cannot see: what names, globs, cron
// texts and repeated keys mean, and remarks on values that are used all the same.
var beyondSchema = []clierr.ID{
	"config/json-duplicate-key", "config/cron-invalid", "config/cron-doubtful", "config/cron-every-second", "config/cron-never", "config/trigger-twice",
	"config/runtime-near", "config/runtime-unknown", "config/memory-step", "config/timeout-long",
}

// agree compares the parser's opinion with the schema's.
func agree(t *testing.T, schema *jsonschema.Schema, text string) {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	invalid := schema.Validate(document)
	s := settingsOf(t, text)
	seen := slices.DeleteFunc(slices.Clone(s.Problems), func(p Problem) bool { return slices.Contains(beyondSchema, p.ID) })
	if (invalid == nil) != (len(seen) == 0) {
		t.Errorf("%s\nparser: %v\nschema: %v", text, seen, invalid)
	}
}

func TestSchemaAndParserAgree(t *testing.T) {
	_, schema := publishedSchema(t)
	for text := range refused {
		// Bad globs are strings like others to a schema.
		if !strings.Contains(text, `"["`) {
			agree(t, schema, text)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		text, err := json.Marshal(object(r, settingsShape()))
		if err != nil {
			t.Fatal(err)
		}
		agree(t, schema, string(text))
		if t.Failed() {
			return
		}
	}
}

// oneOf makes one of several values, object some members of a shape, each with a
// value made for its key, and now and then one that has no place there.
type (
	oneOf  []any
	listOf struct{ entry any }
	shape  map[string]any
)

func object(r *rand.Rand, s shape) map[string]any {
	made := map[string]any{}
	for _, key := range slices.Sorted(keysOf(s)) {
		if r.IntN(3) == 0 {
			made[key] = value(r, s[key])
		}
	}
	if r.IntN(40) == 0 {
		made[[]string{"colour", "x", "timeot", "copys"}[r.IntN(4)]] = 1
	}
	return made
}

func keysOf(s shape) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range s {
			if !yield(key) {
				return
			}
		}
	}
}

func value(r *rand.Rand, of any) any {
	if r.IntN(60) == 0 {
		return []any{nil, true, 7, 1.5, "", " ", "text", []any{}, map[string]any{}, []any{1}}[r.IntN(10)]
	}
	switch of := of.(type) {
	case oneOf:
		return value(r, of[r.IntN(len(of))])
	case listOf:
		list := []any{}
		for range r.IntN(3) {
			list = append(list, value(r, of.entry))
		}
		return list
	case shape:
		return object(r, of)
	}
	return of
}

func settingsShape() shape {
	text := oneOf{"a", "notify", "a.b", "*.md"}
	path := oneOf{"shared", "./shared/", "a/b", `a\b`, "/abs", "C:/x", "..", "../x", ".", "config.json", "a/config.json"}
	variables := shape{"A": oneOf{"", "plain", "${B}", "$${B}", "$$${B}", "${", "${1}", "x$", "$x", "$$", "{B}", "a${B}c${D}"}, "B_1": text, "1A": text, "é": text}
	triggers := listOf{shape{
		"name": oneOf{"t", "u", ""}, "type": oneOf{"timer", "timer", "cron"},
		"config": oneOf{"0 0 2 * * * *", " 0 0 2 * * * * ", "0 0 2 * * *", "", "99 0 2 * * * *"},
	}}
	defaults := shape{
		"runtime": oneOf{"Nodejs18.15", "Nodejs1", "Rust"}, "memory": oneOf{64, 128, 200, 0, -1, 1 << 20, 1<<20 + 1}, "timeout": oneOf{1, 900, 901, 0, 2.5},
		"variables": variables, "ignore": listOf{text}, "keep": listOf{text},
	}
	with := func(base shape, more shape) shape {
		all := shape{}
		for _, s := range []shape{base, more} {
			for key, of := range s {
				all[key] = of
			}
		}
		return all
	}
	override := with(defaults, shape{"triggers": triggers, "check": oneOf{nil, 1, text}})
	function := with(override, shape{"copy": listOf{shape{"from": path, "to": path}}})
	environment := oneOf{"id-1", shape{"id": oneOf{"id-1", ""}, "protected": oneOf{true, false}, "defaults": defaults, "functions": shape{"f": override}}}
	return shape{
		"$schema": "x", "appid": text, "root": path, "exclude": listOf{text}, "defaults": defaults,
		"source":       oneOf{"src/{function}", "{function}", "src", "/x/{function}", "C:/{function}", "{function}/{function}", "../{function}/x"},
		"copy":         listOf{shape{"from": path, "to": path, "functions": listOf{text}}},
		"environments": shape{"local": environment, "prod": environment, "test": environment},
		"functions":    shape{"f": function, "g": function},
		"lint": shape{
			"rules": shape{"r": oneOf{"off", "error", "loud"}}, "baseline": text,
			"ignore": listOf{shape{"rule": oneOf{"r", ""}, "function": text, "api": text, "reason": text}},
		},
	}
}

// The page about the file names every key, in both languages.
func TestPageHasEveryKey(t *testing.T) {
	for _, name := range []string{"wxcloud.json.md", "wxcloud.json.zh-CN.md"} {
		page, err := os.ReadFile(filepath.Join("..", "docs", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, keys := range [][]string{
			settingsKeys[:], copyKeys[:], environmentKeys[:], defaultsKeys[:], functionKeys[:], overrideKeys[:], triggerKeys[:], lintKeys[:], lintIgnoreKeys[:],
		} {
			for _, key := range keys {
				if !strings.Contains(string(page), "`"+key+"`") {
					t.Errorf("%s does not explain %s", name, key)
				}
			}
		}
	}
}
