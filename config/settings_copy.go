package config

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
)

// copies reads the list under copy of object.
//
//	"copy": [ { "from": "shared/common", "to": "common", "functions": ["order-*"] } ]
func (r *settingsReader) copies(object gjson.Result, known []string) []Copy {
	var copies []Copy
	r.list(object, "copy", func(entry gjson.Result) {
		if !r.want(entry.IsObject(), "config/copy-entry", "copy", entry) {
			return
		}
		r.knownKeys(entry, known)
		at := r.file.position(entry)
		c := Copy{Line: at.Line, Column: at.Column}
		before := len(r.settings.Problems)
		c.From = cleanSlashes(r.text(entry, "from"))
		if len(r.settings.Problems) > before {
			return
		}
		from, _ := r.file.member(entry, "from")
		if c.From == "." {
			r.want(false, "config/copy-entry", "copy", entry)
			return
		}
		if !relative(c.From) {
			r.wrong("config/copy-from", from.value, clierr.Args{"from": c.From})
			return
		}
		to, said := r.file.member(entry, "to")
		c.To = path.Base(c.From)
		if said {
			c.To = cleanSlashes(r.text(entry, "to"))
		} else {
			to = from // of which a place like "../.." has no name to give
		}
		if len(r.settings.Problems) > before {
			return
		}
		if !relative(c.To) || !fs.ValidPath(c.To) || c.To == FunctionFile {
			r.wrong("config/copy-to", to.value, clierr.Args{"to": c.To})
			return
		}
		if slices.Contains(known, "functions") {
			c.Functions = r.patterns(entry, "functions")
			if len(r.settings.Problems) > before {
				return // what is not understood must not widen the copy to all functions
			}
		}
		copies = append(copies, c)
	})
	return copies
}

// source reads the pattern of where a built project has its sources.
func (r *settingsReader) source() string {
	m, ok := r.file.member(r.file.root, "source")
	if !ok {
		return ""
	}
	before := len(r.settings.Problems)
	pattern := cleanSlashes(r.text(r.file.root, "source"))
	if len(r.settings.Problems) > before {
		return ""
	}
	if !relative(pattern) || strings.Count(pattern, functionMark) != 1 {
		r.wrong("config/source", m.value, clierr.Args{"found": shown(m.value)})
		return ""
	}
	return pattern
}

// functionMark stands for the function's name in the source pattern.
const functionMark = "{function}"

// cleanSlashes is a path from wxcloud.json with slashes, shortened; the empty one
// is ".".
func cleanSlashes(text string) string { return path.Clean(strings.ReplaceAll(text, `\`, "/")) }

// relative reports whether a slash path holds on every computer: neither absolute
// nor of a drive, and without characters that cannot be typed.
func relative(text string) bool {
	hasDrive := len(text) > 1 && text[1] == ':'
	return !hasDrive && !path.IsAbs(text) && !filepath.IsAbs(text) && !strings.ContainsFunc(text, unicode.IsControl)
}
