package config

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
)

// settingsReader collects what wxcloud.json says. Anything it does not
// understand becomes a Problem and is left out.
type settingsReader struct {
	file     jsonFile
	settings Settings
}

// readSettings reads the wxcloud.json in dir, if there is one, and returns the
// root it names apart, with its place.
//
//	{
//	  "appid": "wx…",
//	  "root": "cloudfunctions",
//	  "environments": { "test": "env-id", "prod": { "id": "env-id", "protected": true } },
//	  "functions": { "notify": { "runtime": "Nodejs18.15", "memory": 256, "timeout": 20, "check": { } } },
//	  "lint": { }
//	}
func readSettings(dir string) (Settings, named, error) {
	file, exists, err := readJSON(filepath.Join(dir, SettingsFile))
	if err != nil || !exists {
		return Settings{}, named{}, err
	}
	settings := parseSettings(file)
	root := named{text: settings.Root, file: SettingsFile}
	if m, ok := file.member(file.root, "root"); ok {
		root.at = file.position(m.value)
	}
	return settings, root, nil
}

func parseSettings(file jsonFile) Settings {
	r := settingsReader{file: file, settings: Settings{Path: file.path}}
	r.knownKeys(file.root, "$schema", "appid", "root", "environments", "functions", "lint")
	r.settings.AppID = r.text(file.root, "appid")
	r.settings.Root = r.text(file.root, "root")
	r.each(file.root, "environments", func(name, value gjson.Result) {
		r.settings.Environments = append(r.settings.Environments, r.environment(name.Str, value))
	})
	r.each(file.root, "functions", func(name, value gjson.Result) {
		if r.settings.Functions == nil {
			r.settings.Functions = map[string]FunctionSettings{}
		}
		r.settings.Functions[name.Str] = r.function(name.Str, value)
	})
	r.settings.Lint = r.lint()
	return r.settings
}

func (r *settingsReader) environment(name string, value gjson.Result) Environment {
	if value.Type == gjson.String {
		return Environment{Name: name, ID: value.Str}
	}
	e := Environment{Name: name}
	if !r.want(value.IsObject(), "config/want-object", name, value) {
		return e
	}
	r.knownKeys(value, "id", "protected")
	e.ID = r.text(value, "id")
	if m, ok := r.file.member(value, "protected"); ok && r.want(m.value.IsBool(), "config/want-boolean", "protected", m.value) {
		e.Protected = m.value.Bool()
	}
	return e
}

func (r *settingsReader) function(name string, value gjson.Result) FunctionSettings {
	var fn FunctionSettings
	if !r.want(value.IsObject(), "config/want-object", name, value) {
		return fn
	}
	r.knownKeys(value, "runtime", "memory", "timeout", "check")
	fn.Runtime = r.text(value, "runtime")
	fn.MemoryMB = r.count(value, "memory")
	fn.TimeoutSeconds = r.count(value, "timeout")
	if m, ok := r.file.member(value, "check"); ok {
		fn.Check = json.RawMessage(m.value.Raw)
	}
	return fn
}

// each calls visit for every member of the object under key of object, the last
// of those with one name.
func (r *settingsReader) each(object gjson.Result, key string, visit func(name, value gjson.Result)) {
	m, ok := r.file.member(object, key)
	if !ok || !r.want(m.value.IsObject(), "config/want-object", key, m.value) {
		return
	}
	last := map[string]int{} // where the last member of each name stands
	m.value.ForEach(func(name, _ gjson.Result) bool {
		if _, twice := last[name.Str]; twice {
			r.settings.Problems = append(r.settings.Problems,
				r.file.problem("config/json-duplicate-key", name, clierr.Args{"key": name.Str}))
		}
		last[name.Str] = name.Index
		return true
	})
	m.value.ForEach(func(name, value gjson.Result) bool {
		if last[name.Str] == name.Index {
			visit(name, value)
		}
		return true
	})
}

func (r *settingsReader) text(object gjson.Result, key string) string {
	m, ok := r.file.member(object, key)
	if !ok || !r.want(m.value.Type == gjson.String, "config/want-string", key, m.value) {
		return ""
	}
	return strings.TrimSpace(m.value.Str)
}

// count is a whole number of one or more.
func (r *settingsReader) count(object gjson.Result, key string) int {
	m, ok := r.file.member(object, key)
	if !ok {
		return 0
	}
	n := int(m.value.Num)
	whole := m.value.Type == gjson.Number && m.value.Num >= 1 && m.value.Num <= 1<<20 && float64(n) == m.value.Num
	if !r.want(whole, "config/want-count", key, m.value) {
		return 0
	}
	return n
}

// want notes a Problem with the value unless ok, and returns ok.
func (r *settingsReader) want(ok bool, id clierr.ID, key string, value gjson.Result) bool {
	if !ok {
		r.settings.Problems = append(r.settings.Problems,
			r.file.problem(id, value, clierr.Args{"key": key, "found": shown(value)}))
	}
	return ok
}

func (r *settingsReader) knownKeys(object gjson.Result, known ...string) {
	object.ForEach(func(key, _ gjson.Result) bool {
		if !slices.Contains(known, key.Str) {
			r.settings.Problems = append(r.settings.Problems,
				r.file.problem("config/unknown-key", key, clierr.Args{"key": key.Str, "known": strings.Join(known, ", ")}))
		}
		return true
	})
}
