package lint

import (
	"cmp"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"wxcloud/config"
	"wxcloud/lint/js"
)

// Declare returns the fix that adds one name to the function's config.json, or
// nil when the file cannot be edited as it is, for example because it has
// comments. The rule decides whether the name deserves it.
func (f Facts) Declare(name string) *Repair {
	return f.openapi(config.OpenapiEdits{Add: []string{name}}, Words{
		En: "declare {api} in permissions.openapi",
		Zh: "在 permissions.openapi 中声明 {api}",
	}.With("api", name))
}

// Remove returns the fix that takes one entry out of permissions.openapi, or nil
// when the file cannot be edited as it is. Other entries of the same name stay.
func (f Facts) Remove(d config.Declared) *Repair {
	return f.openapi(config.OpenapiEdits{Remove: []config.Declared{d}}, Words{
		En: "remove {api} from permissions.openapi",
		Zh: "从 permissions.openapi 中删除 {api}",
	}.With("api", d.Name))
}

// Rename returns the fix that gives an entry of permissions.openapi another name,
// or takes it out when that name is declared already; nil when the file cannot be
// edited as it is.
func (f Facts) Rename(d config.Declared, to string) *Repair {
	return f.openapi(config.OpenapiEdits{Rename: []config.Renaming{{Entry: d, To: to}}}, Words{
		En: "rename {api} to {to} in permissions.openapi",
		Zh: "把 permissions.openapi 中的 {api} 改为 {to}",
	}.With("api", d.Name, "to", to))
}

// Replacement puts Text in the place of a piece of a code file.
type Replacement struct {
	js.Span
	Text string
}

// Replace returns the fix that puts text in the place of a piece of a code file,
// or nil when the file is not the user's to edit.
func (f Facts) Replace(s js.Span, text string, description Words) *Repair {
	return f.ReplaceAll([]Replacement{{s, text}}, description)
}

// ReplaceAll is Replace for several pieces of one file, which are changed
// together or not at all. They may come in any order and must not overlap.
func (f Facts) ReplaceAll(pieces []Replacement, description Words) *Repair {
	if len(pieces) == 0 {
		return nil
	}
	file := pieces[0].File
	if slices.Contains(strings.Split(file, "/"), "node_modules") {
		return nil // the next npm install would undo it
	}
	repair := &Repair{
		Description: description,
		File:        path.Join(f.Dir, file),
		path:        filepath.Join(f.Function.Dir, filepath.FromSlash(file)),
	}
	text, exists, err := f.files.read(repair.path)
	if err != nil || !exists {
		return nil
	}
	for _, piece := range pieces {
		edit := TextEdit{Start: piece.Start, End: piece.End, Text: piece.Text}
		if piece.File != file || edit.Start > edit.End || edit.End > len(text) || slices.ContainsFunc(repair.Edits, edit.overlaps) {
			return nil
		}
		repair.Edits = append(repair.Edits, edit)
	}
	slices.SortFunc(repair.Edits, func(a, b TextEdit) int { return cmp.Compare(a.Start, b.Start) })
	return repair
}

// openapi is the repair that makes the edits of the function's config.json.
func (f Facts) openapi(edits config.OpenapiEdits, description Words) *Repair {
	text, _, err := f.files.read(f.Function.Config.Path)
	if err != nil {
		return nil
	}
	edit, err := config.EditOpenapiText(f.Function, text, f.styles, edits)
	if err != nil || !edit.Changed {
		return nil
	}
	return &Repair{
		Description: description,
		File:        f.ConfigFile(),
		Edits:       []TextEdit{splice(edit.Before, edit.After)},
		Declare:     edits.Add, Remove: edits.Remove, Rename: edits.Rename,
		path: f.Function.Config.Path,
	}
}

// overlaps reports whether two edits cannot both be made: they share text, or
// insert at one place.
func (e TextEdit) overlaps(other TextEdit) bool {
	return e.Start < other.End && other.Start < e.End || e.Start == other.Start
}

// styleSample picks the functions whose config.json shows how a new one is
// written. All of them would be read again for each file that is missing; the
// first few settle it.
func styleSample(functions []config.Function) []config.Function {
	const enough = 9
	var sample []config.Function
	for i := range functions {
		if functions[i].Config.Exists && len(sample) < enough {
			sample = append(sample, functions[i])
		}
	}
	return sample
}

// splice is the one replacement that turns before into after. It never cuts a
// UTF-8 sequence, so that Text is always text.
func splice(before, after []byte) TextEdit {
	head := 0
	for head < len(before) && head < len(after) && before[head] == after[head] {
		head++
	}
	for head > 0 && (inside(before, head) || inside(after, head)) {
		head--
	}
	end, tail := len(before), len(after)
	for end > head && tail > head && before[end-1] == after[tail-1] {
		end--
		tail--
	}
	for end < len(before) && (inside(before, end) || inside(after, tail)) {
		end++
		tail++
	}
	return TextEdit{Start: head, End: end, Text: string(after[head:tail])}
}

// inside reports whether offset i is within a UTF-8 sequence.
func inside(b []byte, i int) bool { return i < len(b) && b[i]&0xc0 == 0x80 }
