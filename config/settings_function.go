package config

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
)

// FunctionSettings are what wxcloud.json says of one function; zero values mean
// "not said".
type FunctionSettings struct {
	Runtime                  string
	MemoryMB, TimeoutSeconds int
	// Variables of the function. A ${NAME} in a value stands for a variable of
	// the environment wxcloud runs in; Expand puts it in.
	Variables map[string]string
	// VariablesAt is where the value of each variable stands, then every ${NAME}
	// in it.
	VariablesAt map[string][]clierr.Position
	// Triggers are nil when nothing is said of them, empty when there are to be
	// none. See Function.TriggersWith.
	Triggers []Trigger
	Copy     []Copy
	Ignore   []string // patterns with the meaning of a .gitignore's lines
	Keep     []string // interfaces that are declared although no call of them is seen
	// Check is the event that makes the function perform its cloud calls, as JSON.
	Check json.RawMessage
}

// overlaid is f with what over says put on top.
func (f FunctionSettings) overlaid(over FunctionSettings) FunctionSettings {
	if over.Runtime != "" {
		f.Runtime = over.Runtime
	}
	if over.MemoryMB != 0 {
		f.MemoryMB = over.MemoryMB
	}
	if over.TimeoutSeconds != 0 {
		f.TimeoutSeconds = over.TimeoutSeconds
	}
	if over.Triggers != nil {
		f.Triggers = over.Triggers
	}
	if over.Check != nil {
		f.Check = over.Check
	}
	f.Variables, f.VariablesAt = merged(f.Variables, over.Variables), merged(f.VariablesAt, over.VariablesAt)
	f.Copy = slices.Concat(f.Copy, over.Copy)
	f.Ignore = slices.Concat(f.Ignore, over.Ignore)
	f.Keep = unique(slices.Concat(f.Keep, over.Keep))
	return f
}

// merged is a with b's entries on top, as a map of its own; nil if both are empty.
func merged[V any](a, b map[string]V) map[string]V {
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	all := make(map[string]V, len(a)+len(b))
	maps.Copy(all, a)
	maps.Copy(all, b)
	return all
}

// functions reads the settings of functions by name.
func (r *settingsReader) functions(object gjson.Result, known []string) map[string]FunctionSettings {
	var functions map[string]FunctionSettings
	r.each(object, "functions", func(name, value gjson.Result) {
		if functions == nil {
			functions = map[string]FunctionSettings{}
		}
		functions[name.Str] = r.function(name.Str, value, known)
		r.settings.named = append(r.settings.named, namedFunction{Name: name.Str, Range: r.file.extent(name)})
	})
	return functions
}

// function reads the known keys of one function's settings.
func (r *settingsReader) function(name string, value gjson.Result, known []string) FunctionSettings {
	var fn FunctionSettings
	if !r.want(value.IsObject(), "config/want-object", name, value) {
		return fn
	}
	r.knownKeys(value, known)
	said := func(key string) bool { return slices.Contains(known, key) }
	fn.Runtime = r.runtime(value)
	fn.MemoryMB = r.memory(value)
	fn.TimeoutSeconds = r.timeout(value)
	fn.Variables, fn.VariablesAt = r.variables(value)
	fn.Ignore = r.texts(value, "ignore")
	fn.Keep = r.texts(value, "keep")
	if said("triggers") {
		fn.Triggers = r.triggers(value)
	}
	if said("copy") {
		fn.Copy = r.copies(value, functionCopyKeys[:])
	}
	if m, ok := r.file.member(value, "check"); ok && said("check") {
		fn.Check = json.RawMessage(m.value.Raw)
	}
	return fn
}
