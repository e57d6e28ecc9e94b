package jsonedit

import (
	"cmp"
	"slices"

	"github.com/tidwall/gjson"
)

// Replacement gives the string element of an array that begins at Offset and
// reads Old another value. An empty New takes the element out.
type Replacement struct {
	Offset   int
	Old, New string
}

// Replace makes the replacements in the array at path, all at once, so that their
// offsets are those of text. One that does not fit the text is left out; Values
// are the old strings of those that were made. The text must be strict JSON, byte
// order mark aside.
func Replace(text []byte, path []string, replacements []Replacement) (Edit, error) {
	doc, err := readStrict(text)
	if err != nil {
		return Edit{}, err
	}
	found, err := doc.find(path)
	if err != nil {
		return Edit{}, err
	}
	if len(found.rest) > 0 {
		return Edit{Text: text}, nil
	}
	var changes []change
	var done []string
	gone := make([]bool, len(found.container.children))
	for i, child := range found.container.children {
		at := slices.IndexFunc(replacements, func(r Replacement) bool {
			return r.Offset == child.start && child.value.Type == gjson.String && r.Old == child.value.Str
		})
		if at < 0 {
			continue
		}
		done = append(done, replacements[at].Old)
		if replacements[at].New == "" {
			gone[i] = true
		} else {
			changes = append(changes, change{child.start, child.end, quote(replacements[at].New)})
		}
	}
	if slices.Contains(gone, true) {
		changes = append(changes, found.container.cuts(gone)...)
	}
	if len(changes) == 0 {
		return Edit{Text: text}, nil
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.start, b.start) })
	return doc.splice(done, changes...)
}
