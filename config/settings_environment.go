package config

import "github.com/tidwall/gjson"

// LocalEnvironment is the name of the environment that wxcloud runs itself. It
// needs no id.
const LocalEnvironment = "local"

// environments reads the environments the project names, in the order of the file.
func (r *settingsReader) environments() []Environment {
	var list []Environment
	r.each(r.file.root, "environments", func(name, value gjson.Result) {
		e := r.environment(name.Str, value)
		if e.ID == "" && e.Name == LocalEnvironment {
			e.ID = LocalEnvironment
		}
		list = append(list, e)
	})
	return list
}

// environment reads one, which is its id or an object.
func (r *settingsReader) environment(name string, value gjson.Result) Environment {
	e := Environment{Name: name}
	if value.Type == gjson.String {
		e.ID = value.Str
		r.want(e.ID != "", "config/environment-id", name, value)
		return e
	}
	if !r.want(value.IsObject(), "config/want-environment", name, value) {
		return e
	}
	r.knownKeys(value, environmentKeys[:])
	before := len(r.settings.Problems)
	e.ID = r.text(value, "id")
	if len(r.settings.Problems) == before && e.ID == "" && name != LocalEnvironment {
		r.want(false, "config/environment-id", name, value)
	}
	if m, ok := r.file.member(value, "protected"); ok && r.want(m.value.IsBool(), "config/want-boolean", "protected", m.value) {
		e.Protected = m.value.Bool()
	}
	if m, ok := r.object(value, "defaults"); ok {
		e.Defaults = r.function("defaults", m, defaultsKeys[:])
	}
	e.Functions = r.functions(value, overrideKeys[:])
	return e
}
