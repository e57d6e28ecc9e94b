package config

import (
	"strings"

	"github.com/tidwall/gjson"
)

// LocalEnvironment is the name and the id of the environment that wxcloud runs
// itself. Settings for it need not say the id.
const LocalEnvironment = "local"

// environments reads the environments the project names, in the order of the file.
func (r *settingsReader) environments() []Environment {
	var list []Environment
	r.each(r.file.root, "environments", func(name, value gjson.Result) {
		list = append(list, r.environment(name.Str, value))
	})
	return list
}

// environment reads one, which is its id or an object.
func (r *settingsReader) environment(name string, value gjson.Result) Environment {
	e := Environment{Name: name}
	if value.Type == gjson.String {
		e.ID = r.environmentID(name, value)
		return e
	}
	if !r.want(value.IsObject(), "config/want-environment", name, value) {
		return e
	}
	r.knownKeys(value, environmentKeys[:])
	if m, ok := r.file.member(value, "id"); ok {
		e.ID = r.environmentID(name, m.value)
	} else if name == LocalEnvironment {
		e.ID = LocalEnvironment
	} else {
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

// environmentID is the id of an environment. The local one has no other than its
// own: another would be taken for a cloud's and never reached.
func (r *settingsReader) environmentID(name string, value gjson.Result) string {
	id := strings.TrimSpace(value.Str)
	switch {
	case value.Type != gjson.String:
		r.want(false, "config/want-string", "id", value)
	case id == "":
		r.want(false, "config/environment-id", name, value)
	case name == LocalEnvironment && id != LocalEnvironment:
		r.want(false, "config/environment-local", name, value)
	default:
		return id
	}
	return ""
}
