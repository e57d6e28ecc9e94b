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

// Copy is a folder or a file that is packed into functions at another place than
// its own.
type Copy struct {
	From         string   // as written: slashes, relative to wxcloud.json
	To           string   // slash path in the function, "." for the function's folder
	Functions    []string // names or globs of those that get it; empty: all
	Line, Column int
}

// Copied is a folder or a file a function gets a copy of.
type Copied struct {
	From string // absolute
	To   string // slash path in the function, "." for the function's folder
	At   clierr.Position
}

// copies are what a function gets a copy of when it is packed: what the project
// shares, then what is said for the function alone.
func (s Settings) copies(function string) []Copied {
	var copies []Copied
	add := func(c Copy) {
		copies = append(copies, Copied{
			From: filepath.Join(filepath.Dir(s.Path), slashed(c.From)), To: c.To,
			At: clierr.Position{File: s.Path, Line: c.Line, Column: c.Column},
		})
	}
	for _, c := range s.Copy {
		if len(c.Functions) == 0 || matchesAny(c.Functions, function) {
			add(c)
		}
	}
	for _, c := range s.Functions[function].Copy {
		add(c)
	}
	return copies
}

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

// cleanSlashes is a path from wxcloud.json with slashes, shortened; the empty one
// is ".".
func cleanSlashes(text string) string { return path.Clean(strings.ReplaceAll(text, `\`, "/")) }

// relative reports whether a slash path holds on every computer: neither absolute
// nor of a drive, and without characters that cannot be typed.
func relative(text string) bool {
	hasDrive := len(text) > 1 && text[1] == ':'
	return !hasDrive && !path.IsAbs(text) && !filepath.IsAbs(text) && !strings.ContainsFunc(text, unicode.IsControl)
}
