package config

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/tidwall/gjson"
)

// Misplaced is a list of interfaces in a file where the cloud does not look for
// one.
type Misplaced struct {
	File  string // absolute
	At    Range  // the key that holds the list
	Names []string
}

// misplacedIn finds the permissions.openapi of an object that is not a
// function's config.json.
func (f jsonFile) misplacedIn(object gjson.Result) (Misplaced, bool) {
	permissions, ok := f.member(object, permissionsKey)
	if !ok {
		return Misplaced{}, false
	}
	list, ok := f.member(permissions.value, openapiKey)
	if !ok || !list.value.IsArray() {
		return Misplaced{}, false
	}
	m := Misplaced{File: f.path, At: f.extent(permissions.key)}
	list.value.ForEach(func(_, entry gjson.Result) bool {
		if entry.Type == gjson.String {
			m.Names = append(m.Names, entry.Str)
		}
		return true
	})
	return m, len(m.Names) > 0
}

// noteMisplaced tells the functions of the lists that were written once for all
// of them: beside the functions, or in the files of the project's folder.
func (p *Project) noteMisplaced() {
	if len(p.Functions) == 0 {
		return
	}
	for _, path := range []string{
		filepath.Join(p.Root, FunctionFile), filepath.Join(p.Dir, FunctionFile),
		filepath.Join(p.Dir, ProjectFile), filepath.Join(p.Dir, CloudbaseFile),
	} {
		text, exists, err := readText(path)
		if err != nil || !exists || !bytes.Contains(text, []byte(openapiKey)) {
			continue
		}
		file, err := parseJSON(path, text)
		if err != nil {
			continue
		}
		if m, ok := file.misplacedIn(file.root); ok {
			for i := range p.Functions {
				p.Functions[i].Config.addMisplaced(m)
			}
		}
		p.noteInFunctions(file)
	}
}

// noteInFunctions looks into cloudbaserc.json's list of functions.
func (p *Project) noteInFunctions(file jsonFile) {
	functions, ok := file.member(file.root, "functions")
	if !ok || !functions.value.IsArray() {
		return
	}
	functions.value.ForEach(func(_, entry gjson.Result) bool {
		name, _ := file.member(entry, "name")
		settings, _ := file.member(entry, "config")
		for i := range p.Functions {
			if p.Functions[i].Name != name.value.Str {
				continue
			}
			for _, object := range []gjson.Result{entry, settings.value} {
				if m, ok := file.misplacedIn(object); ok {
					p.Functions[i].Config.addMisplaced(m)
				}
			}
		}
		return true
	})
}

// addMisplaced adds a list once, also where root and project are one folder.
func (c *FunctionConfig) addMisplaced(m Misplaced) {
	for _, known := range c.Misplaced {
		if known.File == m.File && known.At == m.At {
			return
		}
	}
	if m.File != c.Path {
		c.Misplaced = append(c.Misplaced, m)
	}
}

// misnamedFile is what people call config.json by mistake.
const misnamedFile = "config.js"

// misnamed reports whether a config.js holds what belongs into config.json, as
// JSON or as a module. Most files of that name are the function's own business.
func misnamed(f folder) bool {
	text, exists, err := f.text(misnamedFile)
	if err != nil || !exists || !bytes.Contains(text, []byte(openapiKey)) {
		return false
	}
	plain := strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "", `"`, "", "'", "").Replace(string(text))
	_, list, ok := strings.Cut(plain, openapiKey+":[")
	return ok && !strings.HasPrefix(list, "]") &&
		(strings.Contains(plain, permissionsKey+":{") || strings.Contains(plain, permissionsKey+"={"))
}
