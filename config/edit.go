package config

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wxcloud/internal/atomicfile"
	"wxcloud/internal/clierr"
	"wxcloud/internal/jsonedit"
)

// bom is a byte order mark, which a blank file may consist of.
const bom = "\ufeff"

// Edit is a change of one file that has been worked out and not yet made.
type Edit struct {
	Path          string
	Before, After []byte
	Created       bool     // the file does not exist yet
	Changed       bool     // there is something to write
	Names         []string // the interfaces really added or removed
}

// AddOpenapi declares interfaces at the end of permissions.openapi. Names that
// are declared already are left out. A config.json that is missing or blank is
// written in the style of the siblings'.
func AddOpenapi(f Function, siblings []Function, names []string) (Edit, error) {
	if err := checkNames(names); err != nil {
		return Edit{}, err
	}
	text, exists, err := readText(f.Config.Path)
	if err != nil {
		return Edit{}, err
	}
	return addOpenapi(f.Config.Path, text, exists, siblings, names)
}

// addOpenapi is AddOpenapi for the file at path that reads text.
func addOpenapi(path string, text []byte, exists bool, siblings []Function, names []string) (Edit, error) {
	if !exists || isBlank(text) {
		names := unique(names)
		e := Edit{Path: path, Before: text, After: text, Created: !exists && len(names) > 0}
		if len(names) > 0 {
			mark := text[:len(text)-len(bytes.TrimPrefix(text, []byte(bom)))]
			e.After = slices.Concat(mark, jsonedit.New(commonStyle(siblings), openapiPath(), names))
			e.Changed, e.Names = true, names
		}
		return e, nil
	}
	edit, err := jsonedit.Append(text, openapiPath(), names)
	if err != nil {
		return Edit{}, refusal(err, path, "config/hint-add-by-hand", names)
	}
	return Edit{Path: path, Before: text, After: edit.Text, Changed: edit.Changed, Names: edit.Values}, nil
}

// RemoveOpenapi takes interfaces out of permissions.openapi. The list stays, even
// when it is left empty.
func RemoveOpenapi(f Function, names []string) (Edit, error) {
	text, exists, err := readText(f.Config.Path)
	if err != nil {
		return Edit{}, err
	}
	if !exists || isBlank(text) {
		return Edit{Path: f.Config.Path, Before: text, After: text}, nil
	}
	edit, err := jsonedit.Remove(text, openapiPath(), names)
	if err != nil {
		return Edit{}, refusal(err, f.Config.Path, "config/hint-remove-by-hand", names)
	}
	return Edit{Path: f.Config.Path, Before: text, After: edit.Text, Changed: edit.Changed, Names: edit.Values}, nil
}

// Apply writes the file whole or not at all. It refuses when the file is no
// longer what the edit was worked out from.
func (e Edit) Apply() error {
	if !e.Changed {
		return nil
	}
	if err := e.Check(); err != nil {
		return err
	}
	write := atomicfile.Write
	if e.Created {
		write = atomicfile.Create
	}
	switch err := write(e.Path, e.After, 0o644); {
	case errors.Is(err, fs.ErrExist):
		return e.changedMeanwhile(nil)
	case err != nil:
		return unwritable(e.Path, err)
	}
	return nil
}

// Check tells whether the file is still what the edit was worked out from.
func (e Edit) Check() error {
	now, err := os.ReadFile(e.Path)
	switch {
	case e.Created && errors.Is(err, fs.ErrNotExist):
		return nil
	case e.Created || err != nil || !bytes.Equal(now, e.Before):
		return e.changedMeanwhile(err)
	}
	return nil
}

func (e Edit) changedMeanwhile(cause error) error {
	return clierr.New("config/changed-meanwhile", clierr.Local, nil).In(clierr.Position{File: e.Path}).Because(cause)
}

func openapiPath() []string { return []string{permissionsKey, openapiKey} }

// checkNames refuses what no interface can be called; whether one is known is
// not asked here.
func checkNames(names []string) error {
	for _, name := range names {
		odd := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }
		if name == "" || !utf8.ValidString(name) || strings.ContainsFunc(name, odd) {
			return clierr.New("config/odd-name", clierr.Usage, clierr.Args{"api": name})
		}
	}
	return nil
}

// refusal names the file an edit was refused of and what to do instead.
func refusal(err error, path string, hint clierr.ID, names []string) error {
	err = inFile(err, path)
	var e *clierr.Error
	if errors.As(err, &e) {
		return e.Hint(hint, clierr.Args{"apis": strings.Join(names, ", ")})
	}
	return err
}

// commonStyle is the style most of the siblings' config.json files are written in.
func commonStyle(siblings []Function) jsonedit.Style {
	best, most := jsonedit.DefaultStyle(), 0
	votes := map[jsonedit.Style]int{}
	for _, sibling := range siblings {
		text, exists, err := readText(sibling.Config.Path)
		if err != nil || !exists {
			continue
		}
		style, ok := jsonedit.StyleOf(text)
		if !ok {
			continue
		}
		votes[style]++
		if votes[style] > most { // the first to get there wins a tie
			best, most = style, votes[style]
		}
	}
	return best
}

// isBlank reports whether a file has nothing in it that could be lost.
func isBlank(text []byte) bool {
	return len(bytes.TrimSpace(bytes.TrimPrefix(text, []byte(bom)))) == 0
}

// unique keeps the first of equal names.
func unique(names []string) []string {
	var kept []string
	for _, name := range names {
		if !slices.Contains(kept, name) {
			kept = append(kept, name)
		}
	}
	return kept
}

func unwritable(path string, cause error) error {
	var pathError *fs.PathError
	if errors.As(cause, &pathError) {
		cause = pathError.Err
	}
	return clierr.New("config/unwritable", clierr.Local, nil).In(clierr.Position{File: path}).Because(cause)
}
