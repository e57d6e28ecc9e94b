package config_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

func TestSettings(t *testing.T) {
	dir := tree(t, map[string]string{"fns/send/index.js": "", "wxcloud.json": `{
  "$schema": "x",
  "appid": "wx1", "root": "fns", // where they are
  "environments": {
    "test": "test-1",
    "prod": { "id": "prod-2", "protected": true, "colour": 1 }
  },
  "functions": {
    "send": { "runtime": "Nodejs18.15", "memory": 256, "timeout": 20, "check": { "a": [1] } },
    "bad": { "memory": "256MB", "timeout": 1.5 },
    "worse": 1
  },
  "enviroments": {}
}`})
	p, err := config.Find(config.Options{Start: dir})
	if err != nil {
		t.Fatal(err)
	}
	want := config.Settings{
		AppID: "wx1", Root: "fns",
		Environments: []config.Environment{{Name: "test", ID: "test-1"}, {Name: "prod", ID: "prod-2", Protected: true}},
		Functions: map[string]config.FunctionSettings{
			"send": {Runtime: "Nodejs18.15", MemoryMB: 256, TimeoutSeconds: 20, Check: json.RawMessage(`{ "a": [1] }`)},
			"bad":  {}, "worse": {},
		},
		Problems: []config.Problem{
			{ID: "config/unknown-key", Args: clierr.Args{"key": "colour", "known": "id, protected, defaults, functions"}, Line: 6, Column: 50, Warning: true},
			{ID: "config/no-such-function", Args: clierr.Args{"function": "bad"}, Line: 10, Column: 5, Warning: true},
			{ID: "config/want-count", Args: clierr.Args{"key": "memory", "found": `"256MB"`}, Line: 10, Column: 24},
			{ID: "config/want-count", Args: clierr.Args{"key": "timeout", "found": "1.5"}, Line: 10, Column: 44},
			{ID: "config/no-such-function", Args: clierr.Args{"function": "worse"}, Line: 11, Column: 5, Warning: true},
			{ID: "config/want-object", Args: clierr.Args{"key": "worse", "found": "1"}, Line: 11, Column: 14},
			{ID: "config/misspelt-key", Args: clierr.Args{"key": "enviroments", "near": "environments"}, Line: 13, Column: 3},
		},
	}
	if diff := cmp.Diff(want, p.Settings, cmpopts.IgnoreFields(config.Settings{}, "Path"), cmpopts.IgnoreUnexported(config.Settings{}), withoutEnds()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSettingsOfWrongShape(t *testing.T) {
	dir := tree(t, map[string]string{"cloudfunctions/": "", "wxcloud.json": `{"appid": 1, "environments": [], "functions": null, "functions": {"a": {}, "a": {"timeout": 3}}}`})
	p, err := config.Find(config.Options{Start: dir})
	if err != nil {
		t.Fatal(err)
	}
	var ids []clierr.ID
	for _, problem := range p.Settings.Problems {
		ids = append(ids, problem.ID)
	}
	if diff := cmp.Diff([]clierr.ID{"config/want-string", "config/want-object", "config/json-duplicate-key", "config/json-duplicate-key", "config/no-such-function"}, ids); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if got := p.Settings.Functions["a"].TimeoutSeconds; got != 3 {
		t.Errorf("timeout %d: the last of two keys counts", got)
	}
	_, err = config.Find(config.Options{Start: tree(t, map[string]string{"wxcloud.json": "{"})})
	if !clierr.Is(err, "jsonedit/truncated") {
		t.Errorf("error %v", err)
	}
}

func TestLintSettings(t *testing.T) {
	dir := tree(t, map[string]string{"cloudfunctions/": "", "wxcloud.json": `{
  "lint": {
    "rules": { "unused-permission": "off", "no-such-rule": "error", "dynamic-call": "loud", "retired-api": true },
    "ignore": [
      { "rule": "unused-permission", "function": "notify", "api": "wxacode.*", "reason": "version 1 needs it" },
      { "rule": "unused-permission" },
      { "function": "notify" },
      { "rule": "unused-permission", "funktion": "notify" },
      { "rule": 7 },
      "unused-permission"
    ],
    "baseline": "ci/known.json",
    "paths": {}
  }
}`})
	p, err := config.Find(config.Options{Start: dir})
	if err != nil {
		t.Fatal(err)
	}
	want := config.LintSettings{
		Rules: []config.RuleLevel{{"unused-permission", "off", 3, 16}, {"no-such-rule", "error", 3, 44}},
		Ignore: []config.Ignored{
			{Rule: "unused-permission", Function: "notify", API: "wxacode.*", Reason: "version 1 needs it", Line: 5, Column: 7},
			{Rule: "unused-permission", Line: 6, Column: 7},
		},
		Baseline: filepath.Join(dir, "ci", "known.json"),
	}
	if diff := cmp.Diff(want, p.Settings.Lint); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var got []string
	for _, problem := range p.Settings.Problems {
		got = append(got, fmt.Sprintf("%d:%d %s %s", problem.Line, problem.Column, problem.ID, problem.Args["key"]))
	}
	wantProblems := []string{
		"3:85 config/want-level dynamic-call", "3:108 config/want-level retired-api",
		"7:7 config/ignore-rule ignore", "8:38 config/misspelt-key funktion", "9:17 config/want-string rule", "10:7 config/ignore-rule ignore", "13:5 config/unknown-key paths",
	}
	if diff := cmp.Diff(wantProblems, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestIgnoredMatches(t *testing.T) {
	for _, c := range []struct {
		entry               config.Ignored
		rule, function, api string
		want                bool
	}{
		{config.Ignored{Rule: "r"}, "r", "notify", "a.b", true},
		{config.Ignored{Rule: "r"}, "s", "notify", "a.b", false},
		{config.Ignored{Rule: "r", Function: "notify"}, "r", "notify2", "", false},
		{config.Ignored{Rule: "r", Function: "no*fy"}, "r", "notify", "", true},
		{config.Ignored{Rule: "r", Function: "no*fy"}, "r", "nofy", "", true},
		{config.Ignored{Rule: "r", Function: "nof*fy"}, "r", "nofy", "", false},
		{config.Ignored{Rule: "r", API: "a.*"}, "r", "x", "a.b", true},
		{config.Ignored{Rule: "r", API: "*.b.*"}, "r", "x", "a.b.c", true},
		{config.Ignored{Rule: "r", API: "a.*"}, "r", "x", "", false},
		{config.Ignored{Rule: "r", API: "*"}, "r", "x", "", true},
	} {
		if got := c.entry.Matches(c.rule, c.function, c.api); got != c.want {
			t.Errorf("%+v matches %s %s %s: %v", c.entry, c.rule, c.function, c.api, got)
		}
	}
}
