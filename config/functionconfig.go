package config

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
	"wxcloud/internal/jsonedit"
	"wxcloud/internal/suggest"
)

// The keys of a function's config.json that mean something to the cloud.
const (
	permissionsKey = "permissions"
	openapiKey     = "openapi"
	triggersKey    = "triggers"
)

// readFunctionConfig reads the config.json of the function in a folder. Whatever
// is wrong with it becomes a Problem.
func readFunctionConfig(f folder) FunctionConfig {
	path := filepath.Join(f.dir, FunctionFile)
	text, exists, err := f.text(FunctionFile)
	if err != nil {
		return FunctionConfig{Path: path, Exists: true, Problems: []Problem{fatal(err)}}
	}
	c := FunctionConfig{Path: path}
	if exists {
		c = parseFunctionConfig(path, text)
	}
	unreadable := len(c.Problems) > 0 && c.Problems[0].Fatal
	if len(c.Openapi) == 0 && !unreadable && misnamed(f) {
		c.add(Problem{ID: "config/config-js", Line: 1, Column: 1, File: filepath.Join(f.dir, misnamedFile)})
	}
	return c
}

// WithConfig is the function as it would be if its config.json read text.
func (f Function) WithConfig(text []byte) Function {
	elsewhere := f.Config.Misplaced
	f.Config = parseFunctionConfig(f.Config.Path, text)
	f.Config.Misplaced = elsewhere
	return f
}

// parseFunctionConfig reads text as the config.json at path.
func parseFunctionConfig(path string, text []byte) FunctionConfig {
	c := FunctionConfig{Path: path, Exists: true}
	file, err := parseJSON(path, text)
	if err != nil {
		c.Problems = []Problem{fatal(err)}
		return c
	}
	c.checkMark(file)
	c.checkExtras(file)
	c.checkKeys(file)
	if m, ok := file.member(file.root, permissionsKey); ok {
		c.readPermissions(file, m.value)
	}
	if m, ok := file.member(file.root, triggersKey); ok {
		c.Triggers = readTriggers(file, m.value, c.add)
	}
	return c
}

func (c *FunctionConfig) add(p Problem) { c.Problems = append(c.Problems, p) }

// checkMark reports a byte order mark, which JSON.parse refuses.
func (c *FunctionConfig) checkMark(file jsonFile) {
	if bytes.HasPrefix(file.doc.Bytes, []byte(bom)) {
		c.add(Problem{ID: "config/json-bom", Line: 1, Column: 1})
	}
}

// checkExtras reports the first comment and the first trailing comma: to know
// that there are any is enough.
func (c *FunctionConfig) checkExtras(file jsonFile) {
	var seen []jsonedit.Kind
	for _, extra := range file.doc.Extras {
		if slices.Contains(seen, extra.Kind) {
			continue
		}
		seen = append(seen, extra.Kind)
		id := clierr.ID("config/json-comment")
		if extra.Kind == jsonedit.TrailingComma {
			id = "config/json-trailing-comma"
		}
		c.add(file.problem(id, gjson.Result{Index: extra.Offset}, nil))
	}
}

// checkKeys looks for keys at the top that were meant to declare interfaces and
// do not.
func (c *FunctionConfig) checkKeys(file jsonFile) {
	checkDuplicates(file, file.root, c.add)
	file.root.ForEach(func(key, value gjson.Result) bool {
		_, holdsList := file.member(value, openapiKey)
		switch {
		case key.Str == permissionsKey || key.Str == triggersKey:
		case key.Str == openapiKey:
			c.add(file.problem("config/openapi-misplaced", key, nil))
		case holdsList || near(key.Str, permissionsKey):
			c.add(file.problem("config/key-misspelt", key, clierr.Args{"key": key.Str, "right": permissionsKey}))
		case near(key.Str, triggersKey) && value.IsArray():
			c.add(file.problem("config/key-misspelt", key, clierr.Args{"key": key.Str, "right": triggersKey}))
		}
		return true
	})
}

// near reports whether a key is probably a slip for the right one.
func near(key, right string) bool {
	if gap := len(key) - len(right); gap < -2 || gap > 4 {
		return false // as nearly always
	}
	plain := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' {
			return -1
		}
		return r
	}, key)
	return len(suggest.Nearest(plain, slices.Values([]string{right}), 1)) > 0
}

func (c *FunctionConfig) readPermissions(file jsonFile, permissions gjson.Result) {
	if !permissions.IsObject() {
		c.add(file.problem("config/permissions-shape", permissions, clierr.Args{"found": shown(permissions)}))
		return
	}
	checkDuplicates(file, permissions, c.add)
	permissions.ForEach(func(key, _ gjson.Result) bool {
		switch {
		case key.Str == openapiKey:
		case near(key.Str, openapiKey):
			c.add(file.problem("config/key-misspelt", key, clierr.Args{"key": key.Str, "right": openapiKey}))
		case key.Str == triggersKey:
			c.add(file.problem("config/triggers-misplaced", key, nil))
		case key.Str == permissionsKey:
			c.add(file.problem("config/permissions-nested", key, nil))
		}
		return true
	})
	m, ok := file.member(permissions, openapiKey)
	if !ok {
		return
	}
	if !m.value.IsArray() {
		c.add(file.problem("config/openapi-shape", m.value, clierr.Args{"found": shown(m.value)}))
		return
	}
	m.value.ForEach(func(_, entry gjson.Result) bool {
		if entry.Type != gjson.String || strings.TrimSpace(entry.Str) == "" {
			c.add(file.problem("config/openapi-entry", entry, clierr.Args{"found": shown(entry)}))
			return true
		}
		if strings.TrimSpace(entry.Str) != entry.Str {
			c.add(file.problem("config/blanks-around", entry, clierr.Args{"found": entry.Raw}))
		}
		start, end := entry.Index, entry.Index+len(entry.Raw)
		at, after := file.places.Position(start), file.places.Position(end)
		c.Openapi = append(c.Openapi, Declared{
			Name: entry.Str, Line: at.Line, Column: at.Column, EndColumn: after.Column, Offset: start, End: end,
		})
		return true
	})
}
