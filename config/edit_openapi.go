package config

import (
	"slices"

	"wxcloud/internal/clierr"
	"wxcloud/internal/jsonedit"
)

// OpenapiEdits are changes of one permissions.openapi that are made together.
// Entries are named by where they stand, because a list may hold a name twice.
type OpenapiEdits struct {
	Add    []string
	Remove []Declared
	Rename []Renaming
}

// Renaming gives an entry another name.
type Renaming struct {
	Entry Declared
	To    string
}

// EditOpenapi works out the edits of a function's config.json as it is on disk;
// see EditOpenapiText.
func EditOpenapi(f Function, siblings []Function, edits OpenapiEdits) (Edit, error) {
	text, exists, err := readText(f.Config.Path)
	if err != nil {
		return Edit{}, err
	}
	if !exists {
		text = nil
	}
	return EditOpenapiText(f, text, siblings, edits)
}

// EditOpenapiText works out the edits of a function's config.json that reads
// text; nil means that there is none yet. An entry renamed to what another entry
// says, or is renamed to, goes; a name that is declared by then is not added. Of
// several edits of one entry the first counts, renames before removals.
func EditOpenapiText(f Function, text []byte, siblings []Function, edits OpenapiEdits) (Edit, error) {
	names := slices.Clone(edits.Add)
	for _, r := range edits.Rename {
		names = append(names, r.To)
	}
	if err := checkNames(names); err != nil {
		return Edit{}, err
	}
	result := Edit{Path: f.Config.Path, Before: text, After: text}
	if text != nil && !isBlank(text) {
		replacements := edits.replacements(parseFunctionConfig(f.Config.Path, text).Openapi)
		edit, err := jsonedit.Replace(text, openapiPath(), replacements)
		if err != nil {
			return Edit{}, refusal(err, f.Config.Path, "config/hint-edit-by-hand", edits.names())
		}
		if len(edit.Values) < edits.entries() {
			return Edit{}, clierr.New("config/changed-meanwhile", clierr.Local, nil).In(clierr.Position{File: f.Config.Path})
		}
		result.After, result.Changed, result.Names = edit.Text, edit.Changed, edit.Values
	} else if edits.entries() > 0 {
		return Edit{}, clierr.New("config/changed-meanwhile", clierr.Local, nil).In(clierr.Position{File: f.Config.Path})
	}
	if len(edits.Add) == 0 {
		return result, nil
	}
	added, err := addOpenapi(f.Config.Path, result.After, text != nil, siblings, edits.Add)
	if err != nil {
		return Edit{}, err
	}
	result.After, result.Created = added.After, added.Created
	result.Changed = result.Changed || added.Changed
	result.Names = append(result.Names, added.Names...)
	return result, nil
}

// entries is how many different entries are edited.
func (e OpenapiEdits) entries() int {
	seen := map[int]bool{}
	for _, d := range e.Remove {
		seen[d.Offset] = true
	}
	for _, r := range e.Rename {
		seen[r.Entry.Offset] = true
	}
	return len(seen)
}

// names are what a hint for doing it by hand lists.
func (e OpenapiEdits) names() []string {
	names := slices.Clone(e.Add)
	for _, r := range e.Rename {
		names = append(names, r.Entry.Name+" → "+r.To)
	}
	for _, d := range e.Remove {
		names = append(names, "-"+d.Name)
	}
	return names
}

// replacements decides what becomes of the entries of a list: what stays keeps
// its name, and a renaming to a name that stays or was given already removes.
func (e OpenapiEdits) replacements(list []Declared) []jsonedit.Replacement {
	var made []jsonedit.Replacement
	taken := map[string]bool{}
	at := map[int]bool{} // entries that are edited, by offset
	for _, r := range e.Rename {
		at[r.Entry.Offset] = true
	}
	for _, d := range e.Remove {
		if !at[d.Offset] {
			at[d.Offset] = true
			made = append(made, jsonedit.Replacement{Offset: d.Offset, Old: d.Name})
		}
	}
	for _, d := range list {
		if !at[d.Offset] {
			taken[d.Name] = true
		}
	}
	renamed := map[int]bool{}
	for _, r := range e.Rename {
		if renamed[r.Entry.Offset] {
			continue
		}
		renamed[r.Entry.Offset] = true
		change := jsonedit.Replacement{Offset: r.Entry.Offset, Old: r.Entry.Name, New: r.To}
		if taken[r.To] {
			change.New = ""
		}
		taken[r.To] = true
		made = append(made, change)
	}
	return made
}
