package config

import (
	"path"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
	"wxcloud/internal/suggest"
)

func (r *settingsReader) add(p Problem) { r.settings.Problems = append(r.settings.Problems, p) }

// wrong notes that a value cannot be used.
func (r *settingsReader) wrong(id clierr.ID, value gjson.Result, args clierr.Args) {
	r.add(r.file.problem(id, value, args))
}

// warn notes that a value is doubtful and used all the same.
func (r *settingsReader) warn(id clierr.ID, value gjson.Result, args clierr.Args) {
	p := r.file.problem(id, value, args)
	p.Warning = true
	r.add(p)
}

// want notes a Problem with the value unless ok, and returns ok.
func (r *settingsReader) want(ok bool, id clierr.ID, key string, value gjson.Result) bool {
	if !ok {
		r.wrong(id, value, clierr.Args{"key": key, "found": shown(value)})
	}
	return ok
}

// duplicates warns of keys an object has more than once.
func (r *settingsReader) duplicates(object gjson.Result) {
	checkDuplicates(r.file, object, func(p Problem) {
		p.Warning = true
		r.add(p)
	})
}

// object is the object under key of object.
func (r *settingsReader) object(object gjson.Result, key string) (gjson.Result, bool) {
	m, ok := r.file.member(object, key)
	return m.value, ok && r.want(m.value.IsObject(), "config/want-object", key, m.value)
}

// each calls visit for every member of the object under key of object, the last
// of those with one name.
func (r *settingsReader) each(object gjson.Result, key string, visit func(name, value gjson.Result)) {
	members, ok := r.object(object, key)
	if !ok {
		return
	}
	r.duplicates(members)
	last := map[string]int{} // where the last member of each name stands
	members.ForEach(func(name, _ gjson.Result) bool {
		last[name.Str] = name.Index
		return true
	})
	members.ForEach(func(name, value gjson.Result) bool {
		if last[name.Str] == name.Index {
			visit(name, value)
		}
		return true
	})
}

// list calls visit for every entry of the array under key of object.
func (r *settingsReader) list(object gjson.Result, key string, visit func(entry gjson.Result)) {
	m, ok := r.file.member(object, key)
	if !ok || !r.want(m.value.IsArray(), "config/want-array", key, m.value) {
		return
	}
	m.value.ForEach(func(_, entry gjson.Result) bool {
		visit(entry)
		return true
	})
}

// texts is a list of strings that are not empty.
func (r *settingsReader) texts(object gjson.Result, key string) []string {
	var texts []string
	r.list(object, key, func(entry gjson.Result) {
		if r.want(entry.Type == gjson.String && strings.TrimSpace(entry.Str) != "", "config/want-texts", key, entry) {
			texts = append(texts, entry.Str)
		}
	})
	return texts
}

// patterns is a list of names or globs of functions.
func (r *settingsReader) patterns(object gjson.Result, key string) []string {
	var patterns []string
	r.list(object, key, func(entry gjson.Result) {
		_, err := path.Match(entry.Str, "")
		if r.want(entry.Type == gjson.String && entry.Str != "" && err == nil, "config/want-patterns", key, entry) {
			patterns = append(patterns, entry.Str)
			r.settings.named = append(r.settings.named, namedFunction{entry.Str, r.file.extent(entry), true})
		}
	})
	return patterns
}

func (r *settingsReader) text(object gjson.Result, key string) string {
	m, ok := r.file.member(object, key)
	if !ok || !r.want(m.value.Type == gjson.String, "config/want-string", key, m.value) {
		return ""
	}
	return strings.TrimSpace(m.value.Str)
}

// count is a whole number of one or more, with its place.
func (r *settingsReader) count(object gjson.Result, key string) (int, gjson.Result) {
	m, ok := r.file.member(object, key)
	if !ok {
		return 0, gjson.Result{}
	}
	n := int(m.value.Num)
	whole := m.value.Type == gjson.Number && m.value.Num >= 1 && m.value.Num <= 1<<20 && float64(n) == m.value.Num
	if !r.want(whole, "config/want-count", key, m.value) {
		return 0, gjson.Result{}
	}
	return n, m.value
}

// knownKeys notes every key that is none of the known ones: as wrong where it
// seems to be a slip for one, else as a warning, since it may come from a later
// release.
func (r *settingsReader) knownKeys(object gjson.Result, known []string) {
	r.duplicates(object)
	object.ForEach(func(key, _ gjson.Result) bool {
		if slices.Contains(known, key.Str) {
			return true
		}
		if near := suggest.Nearest(key.Str, slices.Values(known), 1); len(near) > 0 {
			r.wrong("config/misspelt-key", key, clierr.Args{"key": key.Str, "near": near[0]})
		} else {
			r.warn("config/unknown-key", key, clierr.Args{"key": key.Str, "known": strings.Join(known, ", ")})
		}
		return true
	})
}

// matchesAny reports whether one of the names or globs means the function.
func matchesAny(patterns []string, function string) bool {
	for _, pattern := range patterns {
		if ok, err := path.Match(pattern, function); ok && err == nil {
			return true
		}
	}
	return false
}
