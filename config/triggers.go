package config

import (
	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
)

// readTriggers reads a list of triggers, as it stands in config.json and in
// wxcloud.json. An entry that is not understood is left out and added as a Problem.
func readTriggers(file jsonFile, list gjson.Result, add func(Problem)) []Trigger {
	if !list.IsArray() {
		add(file.problem("config/triggers-shape", list, clierr.Args{"found": shown(list)}))
		return nil
	}
	var triggers []Trigger
	list.ForEach(func(_, entry gjson.Result) bool {
		if !entry.IsObject() {
			add(file.problem("config/trigger-entry", entry, clierr.Args{"found": shown(entry)}))
			return true
		}
		checkDuplicates(file, entry, add)
		at := file.position(entry)
		t := Trigger{Line: at.Line, Column: at.Column}
		for _, field := range []struct {
			key  string
			text *string
			at   *Range
		}{{"name", &t.Name, &t.NameAt}, {"type", &t.Type, &t.TypeAt}, {"config", &t.Config, &t.ConfigAt}} {
			m, ok := file.member(entry, field.key)
			if ok && m.value.Type != gjson.String {
				add(file.problem("config/want-string", m.value, clierr.Args{"key": field.key, "found": shown(m.value)}))
				return true
			}
			if ok {
				*field.text, *field.at = m.value.Str, file.extent(m.value)
			}
		}
		triggers = append(triggers, t)
		return true
	})
	return triggers
}

// checkDuplicates reports the keys an object has more than once.
func checkDuplicates(file jsonFile, object gjson.Result, add func(Problem)) {
	seen := map[string]bool{}
	object.ForEach(func(key, _ gjson.Result) bool {
		if seen[key.Str] {
			add(file.problem("config/json-duplicate-key", key, clierr.Args{"key": key.Str}))
		}
		seen[key.Str] = true
		return true
	})
}
