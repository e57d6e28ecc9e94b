package config

import (
	"slices"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
	"wxcloud/internal/cron"
)

// triggerTimer is the only type of trigger WeChat documents.
const triggerTimer = "timer"

// triggers reads the triggers of a function; an empty list is not nil.
func (r *settingsReader) triggers(object gjson.Result) []Trigger {
	m, ok := r.file.member(object, "triggers")
	if !ok || !m.value.IsArray() && !r.want(false, "config/want-array", "triggers", m.value) {
		return nil
	}
	triggers := []Trigger{}
	seen := map[string]bool{}
	m.value.ForEach(func(_, entry gjson.Result) bool {
		if entry.IsObject() {
			r.knownKeys(entry, triggerKeys[:])
		}
		return true
	})
	for _, t := range readTriggers(r.file, m.value, func(p Problem) {
		if p.ID != "config/json-duplicate-key" { // knownKeys has told
			r.add(p)
		}
	}) {
		if seen[t.Name] {
			r.at("config/trigger-twice", t, t.NameAt, clierr.Args{"name": t.Name})
			continue
		}
		seen[t.Name] = true
		if r.usable(t) {
			triggers = append(triggers, t)
		}
	}
	return triggers
}

// usable notes what is wrong with a trigger and reports whether it can be set.
func (r *settingsReader) usable(t Trigger) bool {
	switch {
	case t.Name == "":
		r.at("config/trigger-needs", t, t.NameAt, clierr.Args{"key": "name"})
		return false
	case t.Config == "":
		r.at("config/trigger-needs", t, t.ConfigAt, clierr.Args{"key": "config"})
		return false
	case t.Type != triggerTimer:
		r.at("config/trigger-type", t, t.TypeAt, clierr.Args{"found": t.Type})
		return false
	}
	_, faults := cron.Parse(t.Config)
	for _, fault := range faults {
		p := r.at("config/cron-invalid", t, t.ConfigAt, clierr.Args{"text": t.Config, "part": fault.Text})
		switch {
		case fault.Kind == cron.Count:
			p.ID = "config/cron-count"
		case fault.Kind == cron.EverySecond:
			p.ID, p.Warning = "config/cron-every-second", true
		case fault.Kind == cron.NoSuchDate:
			p.ID, p.Warning = "config/cron-never", true
		case fault.Kind != cron.Invalid:
			p.ID, p.Warning = "config/cron-doubtful", true
		}
		if !p.Warning {
			return false
		}
	}
	return true
}

// at notes what is wrong with a part of a trigger, or with all of it where the
// part is missing. What it returns is the note, good until the next one.
func (r *settingsReader) at(id clierr.ID, t Trigger, part Range, args clierr.Args) *Problem {
	if part.Line == 0 {
		part = Range{Line: t.Line, Column: t.Column}
	}
	r.add(Problem{ID: id, Args: args, Line: part.Line, Column: part.Column, EndColumn: part.EndColumn})
	return &r.settings.Problems[len(r.settings.Problems)-1]
}

// TriggersWith are the triggers a function is to have: those of its config.json,
// each replaced by the one of that name in the settings, then the settings' others.
// Settings that say there are none have the last word.
func (f Function) TriggersWith(s FunctionSettings) []Trigger {
	if s.Triggers != nil && len(s.Triggers) == 0 {
		return nil
	}
	all := slices.Clone(f.Config.Triggers)
	for _, t := range s.Triggers {
		if i := slices.IndexFunc(all, func(own Trigger) bool { return own.Name == t.Name }); i >= 0 {
			all[i] = t
		} else {
			all = append(all, t)
		}
	}
	return all
}
