package config

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
)

// variables reads the variables of a function and where each stands.
//
//	"variables": { "LEVEL": "debug", "SECRET": "${NOTIFY_SECRET}", "PRICE": "$${not a reference}" }
func (r *settingsReader) variables(object gjson.Result) (map[string]string, map[string][]clierr.Position) {
	var values map[string]string
	var places map[string][]clierr.Position
	r.each(object, "variables", func(name, value gjson.Result) {
		if !isName(name.Str) {
			r.wrong("config/variable-name", name, clierr.Args{"name": name.Str})
			return
		}
		if value.Type != gjson.String {
			// The value may be secret: only its kind is told.
			r.wrong("config/variable-value", value, clierr.Args{"name": name.Str, "kind": strings.ToLower(value.Type.String())})
			return
		}
		if values == nil {
			values, places = map[string]string{}, map[string][]clierr.Position{}
		}
		at := []clierr.Position{r.file.position(value)}
		written := rawText{raw: value.Raw}
		for _, ref := range references(value.Str) {
			place := gjson.Result{Index: value.Index + 1 + written.offset(ref.start)}
			at = append(at, r.file.position(place))
			if ref.name == "" {
				r.wrong("config/reference", place, clierr.Args{"name": name.Str})
			}
		}
		values[name.Str], places[name.Str] = value.Str, at
	})
	return values, places
}

// Expand puts the values of the environment in place of every ${NAME} in the
// variables. A name that has no value is an error at its place: a function must
// not run with an empty secret because a pipeline forgot to set it.
func (f FunctionSettings) Expand(getenv func(string) string) (FunctionSettings, error) {
	if len(f.Variables) == 0 {
		return f, nil
	}
	expanded := make(map[string]string, len(f.Variables))
	for _, name := range slices.Sorted(maps.Keys(f.Variables)) {
		value, at := f.Variables[name], f.VariablesAt[name]
		var b strings.Builder
		done := 0
		for i, ref := range references(value) {
			b.WriteString(unescaped(value[done:ref.start]))
			done = ref.end
			found := ""
			if ref.name != "" {
				found = getenv(ref.name)
			}
			if found == "" {
				place := clierr.Position{}
				if i+1 < len(at) {
					place = at[i+1]
				}
				if ref.name == "" {
					return f, clierr.New("config/reference", clierr.Local, clierr.Args{"name": name}).In(place)
				}
				return f, clierr.New("config/reference-unset", clierr.Local, clierr.Args{"name": ref.name, "variable": name}).In(place).
					Hint("config/hint-set-variable", clierr.Args{"name": ref.name})
			}
			b.WriteString(found)
		}
		b.WriteString(unescaped(value[done:]))
		expanded[name] = b.String()
	}
	f.Variables = expanded
	return f, nil
}

// reference is a ${NAME} in a value; name is "" where what stands between the
// braces cannot be one, or nothing closes them.
type reference struct {
	name       string
	start, end int // bytes
}

// references finds the references of a value. "$${" stands for "${" and is none.
func references(value string) []reference {
	var found []reference
	for i := 0; i < len(value); {
		switch rest := value[i:]; {
		case strings.HasPrefix(rest, "$${"):
			i += len("$${")
		case strings.HasPrefix(rest, "${"):
			ref := reference{start: i, end: len(value)}
			if n := strings.IndexByte(rest, '}'); n >= 0 {
				ref.end = i + n + 1
				if isName(rest[2:n]) {
					ref.name = rest[2:n]
				}
			}
			found = append(found, ref)
			i = ref.end
		default:
			i++
		}
	}
	return found
}

func unescaped(text string) string { return strings.ReplaceAll(text, "$${", "${") }

// isName reports whether a variable can be called so: letters, digits and
// underscores, no digit first.
func isName(text string) bool {
	for i := range len(text) {
		c := text[i]
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return text != ""
}

// rawText follows the decoded text of a JSON string in how it is written.
type rawText struct {
	raw         string // with its quotes
	at, decoded int    // bytes of raw behind the first quote, and of the text they stand for
}

// offset is where, behind the first quote, the byte of the text at offset is
// written. Offsets must come in order.
func (t *rawText) offset(offset int) int {
	for t.decoded < offset && t.at < len(t.raw)-2 {
		n, text := escapeLength(t.raw[1+t.at:]), 1
		if n > 1 {
			text = len(gjson.Parse(`"` + t.raw[1+t.at:1+t.at+n] + `"`).Str)
		}
		t.at, t.decoded = t.at+n, t.decoded+text
	}
	return t.at
}

// escapeLength is how many bytes of a valid JSON string's inside the first
// character takes: one for a byte that is written as itself, twelve for a
// character that takes two escapes.
func escapeLength(raw string) int {
	if raw[0] != '\\' {
		return 1
	}
	if raw[1] != 'u' {
		return 2
	}
	unit, _ := strconv.ParseUint(raw[2:6], 16, 16)
	if utf16.IsSurrogate(rune(unit)) && strings.HasPrefix(raw[6:], `\u`) {
		return 12
	}
	return 6
}
