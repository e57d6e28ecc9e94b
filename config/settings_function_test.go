package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wxcloud/internal/clierr"
)

// settingsOf reads text as a wxcloud.json.
func settingsOf(t *testing.T, text string) Settings {
	t.Helper()
	file, err := parseJSON("wxcloud.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return parseSettings(file)
}

// told lists the problems as "line:column id", with a "?" where what stands there
// counts all the same.
func told(s Settings) []string {
	var lines []string
	for _, p := range s.Problems {
		mark := ""
		if p.Warning {
			mark = "?"
		}
		lines = append(lines, fmt.Sprintf("%d:%d %s%s", p.Line, p.Column, strings.TrimPrefix(string(p.ID), "config/"), mark))
	}
	return lines
}

func TestFunctionMergesFromGeneralToParticular(t *testing.T) {
	s := settingsOf(t, `{
  "environments": {
    "test": "test-1",
    "prod": {
      "id": "prod-2",
      "defaults": { "memory": 512, "timeout": 30, "variables": { "LEVEL": "warn", "SHARED": "prod" } },
      "functions": { "notify": { "timeout": 60, "variables": { "LEVEL": "error" }, "triggers": [], "keep": ["a.b"] } }
    },
    "local": { "functions": { "notify": { "memory": 128 } } }
  },
  "defaults": { "runtime": "Nodejs18.15", "timeout": 10, "variables": { "LEVEL": "debug", "REGION": "sh" }, "ignore": ["*.md"], "keep": ["a.b"] },
  "functions": {
    "notify": {
      "timeout": 20, "variables": { "SECRET": "${S}", "LEVEL": "info" }, "ignore": ["docs/"],
      "triggers": [ { "name": "t", "type": "timer", "config": "0 0 2 * * * *" } ], "check": { "a": 1 }
    }
  }
}`)
	if got := told(s); got != nil {
		t.Fatalf("problems %v", got)
	}
	trigger := Trigger{Name: "t", Type: "timer", Config: "0 0 2 * * * *"}
	for _, c := range []struct {
		function, env string
		want          FunctionSettings
	}{
		{"other", "test", FunctionSettings{Runtime: "Nodejs18.15", TimeoutSeconds: 10, Variables: map[string]string{"LEVEL": "debug", "REGION": "sh"}, Ignore: []string{"*.md"}, Keep: []string{"a.b"}}},
		{"notify", "", FunctionSettings{
			Runtime: "Nodejs18.15", TimeoutSeconds: 20, Variables: map[string]string{"LEVEL": "info", "REGION": "sh", "SECRET": "${S}"},
			Ignore: []string{"*.md", "docs/"}, Keep: []string{"a.b"}, Triggers: []Trigger{trigger}, Check: json.RawMessage(`{ "a": 1 }`),
		}},
		{"notify", "prod-2", FunctionSettings{
			Runtime: "Nodejs18.15", MemoryMB: 512, TimeoutSeconds: 60,
			Variables: map[string]string{"LEVEL": "error", "REGION": "sh", "SECRET": "${S}", "SHARED": "prod"},
			Ignore:    []string{"*.md", "docs/"}, Keep: []string{"a.b"}, Triggers: []Trigger{}, Check: json.RawMessage(`{ "a": 1 }`),
		}},
		{"other", "prod", FunctionSettings{
			Runtime: "Nodejs18.15", MemoryMB: 512, TimeoutSeconds: 30, Variables: map[string]string{"LEVEL": "warn", "REGION": "sh", "SHARED": "prod"},
			Ignore: []string{"*.md"}, Keep: []string{"a.b"},
		}},
	} {
		got := s.Function(c.function, c.env)
		if diff := cmp.Diff(c.want, got, cmpopts.IgnoreFields(FunctionSettings{}, "VariablesAt"), cmpopts.IgnoreFields(Trigger{}, "Line", "Column", "NameAt", "TypeAt", "ConfigAt")); diff != "" {
			t.Errorf("%s in %q (-want +got):\n%s", c.function, c.env, diff)
		}
	}
	if got := s.Function("notify", "local").MemoryMB; got != 128 {
		t.Errorf("memory %d in the local environment", got)
	}
	// What is merged is a copy: nobody changes the settings by changing it.
	s.Function("notify", "").Variables["LEVEL"] = "changed"
	if got := s.Functions["notify"].Variables["LEVEL"]; got != "info" {
		t.Errorf("the settings themselves were changed: %q", got)
	}
}

func TestExpand(t *testing.T) {
	s := settingsOf(t, `{ "functions": { "f": { "variables": {
  "A": "plain $HOME $$ {x}", "B": "${ONE}-${TWO}", "C": "$${ONE} $$$${ONE} costs $${}", "D": ""
} }, "late": { "variables": { "E": "提醒\t\ud83d\ude00 ${ONE} ${NONE}" } } } }`)
	if got := told(s); got != nil {
		t.Fatalf("problems %v", got)
	}
	env := map[string]string{"ONE": "1${TWO}", "TWO": "2"}
	getenv := func(name string) string { return env[name] }
	got, err := s.Functions["f"].Expand(getenv)
	want := map[string]string{"A": "plain $HOME $$ {x}", "B": "1${TWO}-2", "C": "${ONE} $$${ONE} costs ${}", "D": ""}
	if diff := cmp.Diff(want, got.Variables); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	// The place of a reference counts what stands before it as an editor does.
	_, err = s.Functions["late"].Expand(getenv)
	if !clierr.Is(err, "config/reference-unset") || !strings.HasPrefix(err.Error(), "wxcloud.json:3:61: ") || !strings.Contains(err.Error(), `name="NONE"`) {
		t.Errorf("error %v", err)
	}
	if strings.Contains(fmt.Sprint(err), "1${TWO}") {
		t.Errorf("a value is in the error: %v", err)
	}
}

// refused are settings with what is said of them: their place, and a "?" where
// they are used all the same.
var refused = map[string]string{
	`{"functions": {"f": {"timeout": 0}}}`:                   "1:33 want-count",
	`{"functions": {"f": {"timeout": 901}}}`:                 "1:33 timeout-long?",
	`{"functions": {"f": {"timeout": 900}}}`:                 "",
	`{"functions": {"f": {"memory": 64}}}`:                   "",
	`{"functions": {"f": {"memory": 200}}}`:                  "1:32 memory-step?",
	`{"functions": {"f": {"memory": 3200}}}`:                 "1:32 memory-step?",
	`{"functions": {"f": {"runtime": "Nodejs18.16"}}}`:       "1:33 runtime-near?",
	`{"functions": {"f": {"runtime": "Rust1"}}}`:             "1:33 runtime-unknown?",
	`{"functions": {"f": {"timeot": 3}}}`:                    "1:22 misspelt-key",
	`{"functions": {"f": {"flavour": 3}}}`:                   "1:22 unknown-key?",
	`{"defaults": {"check": {}}}`:                            "1:15 unknown-key?",
	`{"functions": {"f": {"variables": {"1A": "x"}}}}`:       "1:36 variable-name",
	`{"functions": {"f": {"variables": {"A": 1}}}}`:          "1:41 variable-value",
	`{"functions": {"f": {"variables": {"A": "x${"}}}}`:      "1:43 reference",
	`{"functions": {"f": {"variables": {"A": "${1}"}}}}`:     "1:42 reference",
	`{"functions": {"f": {"variables": {"A": "$${1}"}}}}`:    "",
	`{"functions": {"f": {"ignore": "*.md"}}}`:               "1:32 want-array",
	`{"functions": {"f": {"ignore": [""]}}}`:                 "1:33 want-texts",
	`{"functions": {"f": {"keep": [1]}}}`:                    "1:31 want-texts",
	`{"exclude": ["a-*", "["]}`:                              "1:21 want-patterns",
	`{"source": "src/cloud"}`:                                "1:12 source",
	`{"source": "/src/{function}"}`:                          "1:12 source",
	`{"source": "src/{function}/{function}"}`:                "1:12 source",
	`{"copy": ["shared"]}`:                                   "1:11 copy-entry",
	`{"copy": [{"to": "x"}]}`:                                "1:11 copy-entry",
	`{"copy": [{"from": "/etc"}]}`:                           "1:20 copy-from",
	`{"copy": [{"from": "C:\\lib"}]}`:                        "1:20 copy-from",
	`{"copy": [{"from": "lib", "to": "../x"}]}`:              "1:33 copy-to",
	`{"copy": [{"from": "lib", "to": "config.json"}]}`:       "1:33 copy-to",
	`{"copy": [{"from": "../.."}]}`:                          "1:20 copy-to",
	`{"copy": [{"from": "lib", "functions": ["["]}]}`:        "1:41 want-patterns",
	`{"environments": {"e": {}}}`:                            "1:24 environment-id",
	`{"environments": {"local": "prod-1"}}`:                  "1:28 environment-local",
	`{"environments": {"local": {"id": "prod-1"}}}`:          "1:35 environment-local",
	`{"environments": {"e": {"id": []}}}`:                    "1:31 want-string",
	`{"environments": {"e": {"id": {}}}}`:                    "1:31 want-string",
	`{"environments": {"e": ""}}`:                            "1:24 environment-id",
	`{"environments": {"e": {"id": 7}}}`:                     "1:31 want-string",
	`{"environments": {"e": 7}}`:                             "1:24 want-environment",
	`{"environments": {"e": {"id": "x", "protcted": true}}}`: "1:36 misspelt-key",
	`{"functions": {"f": {"triggers": {}}}}`:                 "1:34 want-array",
	`{"functions": {"f": {"triggers": [{"name": "t", "type": "timer", "config": "0 0 2 * * *"}]}}}`:    "1:76 cron-count",
	`{"functions": {"f": {"triggers": [{"name": "t", "type": "timer", "config": "0 0 99 * * * *"}]}}}`: "1:76 cron-invalid",
	`{"functions": {"f": {"triggers": [{"name": "t", "type": "timer", "config": "* * * * * * *"}]}}}`:  "1:76 cron-every-second?",
	`{"functions": {"f": {"triggers": [{"name": "t", "type": "timr", "config": "0 0 2 * * * *"}]}}}`:   "1:57 trigger-type",
	`{"functions": {"f": {"triggers": [{"type": "timer", "config": "0 0 2 * * * *"}]}}}`:               "1:35 trigger-needs",
	`{"functions": {"f": {"triggers": [{"name": "t", "type": "timer", "cron": "0 0 2 * * * *"}]}}}`:    "1:35 trigger-needs 1:66 unknown-key?",
	`{"functions": {"f": {}, "f": {}}}`: "1:25 json-duplicate-key?",
}

func TestSettingsRefuseAndWarn(t *testing.T) {
	for text, want := range refused {
		s := settingsOf(t, text)
		if got := strings.Join(told(s), " "); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
		wrong := slices.ContainsFunc(told(s), func(line string) bool { return !strings.HasSuffix(line, "?") })
		if refused := s.Wrong() != nil; refused != wrong {
			t.Errorf("%s: refused %v", text, refused)
		}
	}
}

// The first place in the file is the error, and the others are counted.
func TestWrongIsTheFirstPlace(t *testing.T) {
	s := settingsOf(t, "{\"functions\": {\"f\": {\"timeout\": 0, \"memory\": 7}},\n\"appid\": 1, \"colour\": 1, \"root\": 2}")
	var e *clierr.Error
	if !errors.As(s.Wrong(), &e) || e.ID != "config/want-count" || e.At != (clierr.Position{File: "wxcloud.json", Line: 1, Column: 33}) {
		t.Fatalf("%v", s.Wrong())
	}
	if len(e.Hints) != 1 || e.Hints[0].Args["count"] != "2" {
		t.Errorf("hints %+v", e.Hints)
	}
}

func TestCopies(t *testing.T) {
	file, err := parseJSON(filepath.Join("/p", "wxcloud.json"), []byte(`{
  "copy": [
    { "from": "shared/common" },
    { "from": ".\\shared\\orders\\", "to": "lib/orders", "functions": ["order-*", "pay"] }
  ],
  "functions": { "pay": { "copy": [ { "from": "../certs/root.crt", "to": "certs/root.crt" } ] } }
}`))
	if err != nil {
		t.Fatal(err)
	}
	s := parseSettings(file)
	if got := told(s); got != nil {
		t.Fatalf("problems %v", got)
	}
	for function, want := range map[string]string{
		"notify":    "/p/shared/common>common",
		"order-new": "/p/shared/common>common /p/shared/orders>lib/orders",
		"pay":       "/p/shared/common>common /p/shared/orders>lib/orders /certs/root.crt>certs/root.crt",
	} {
		var got []string
		for _, c := range s.copies(function) {
			got = append(got, filepath.ToSlash(c.From)+">"+c.To)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", function, got, want)
		}
	}
}

func TestTriggersWith(t *testing.T) {
	own := func(name, config string) Trigger { return Trigger{Name: name, Type: "timer", Config: config} }
	f := Function{Config: FunctionConfig{Triggers: []Trigger{own("a", "1"), own("b", "2")}}}
	for _, c := range []struct {
		said []Trigger
		want string
	}{
		{nil, "a1 b2"},
		{[]Trigger{}, ""},
		{[]Trigger{own("b", "9"), own("c", "3")}, "a1 b9 c3"},
	} {
		var got []string
		for _, t := range f.TriggersWith(FunctionSettings{Triggers: c.said}) {
			got = append(got, t.Name+t.Config)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v: %v, want %s", c.said, got, c.want)
		}
	}
	if f.Config.Triggers[1].Config != "2" {
		t.Error("the function's own list was changed")
	}
}

// FuzzSettings reads any bytes as a wxcloud.json: every problem is inside the
// file, what was not refused as a reference can be expanded, and a value without
// references stays what it was.
func FuzzSettings(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add([]byte(seed))
	}
	f.Add([]byte(`{"source": "s/{function}", "exclude": ["a*"], "copy": [{"from": "..", "to": "x"}, {"from": "a/b"}], "defaults": {"variables": {"A": "\ud83d${X}\ud83d\ude00$${"}},
"functions": {"f": {"triggers": [{"name": "t", "type": "timer", "config": "0 0 2 * * * *"}], "keep": ["a.b"], "ignore": ["x"], "memory": 128, "runtime": "Nodejs18"}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		file, err := parseJSON("wxcloud.json", text)
		if err != nil {
			return
		}
		s := parseSettings(file)
		lines := 1 + strings.Count(string(text), "\n")
		for _, p := range s.Problems {
			if p.Line < 1 || p.Line > lines || p.Column < 1 {
				t.Errorf("%s at %d:%d of %d lines", p.ID, p.Line, p.Column, lines)
			}
		}
		for name := range s.Functions {
			fn := s.Function(name, "")
			whole, err := fn.Expand(func(string) string { return "x" })
			if err != nil && s.Wrong() == nil {
				t.Errorf("%v, and the settings are not wrong", err)
			}
			for variable, value := range fn.Variables {
				if !strings.Contains(value, "${") && err == nil && whole.Variables[variable] != value {
					t.Errorf("%q became %q", value, whole.Variables[variable])
				}
				for _, at := range fn.VariablesAt[variable] {
					if at.Line < 1 || at.Line > lines || at.Column < 1 {
						t.Errorf("%s at %v of %d lines", variable, at, lines)
					}
				}
			}
			for _, c := range s.copies(name) {
				if !filepath.IsLocal(filepath.FromSlash(c.To)) {
					t.Errorf("a copy to %q", c.To)
				}
			}
		}
	})
}
