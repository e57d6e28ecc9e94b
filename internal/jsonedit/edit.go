package jsonedit

import (
	"bytes"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
)

// Edit is the outcome of Append or Remove.
type Edit struct {
	Text    []byte   // the whole new text; the old one when nothing changed
	Changed bool     // whether Text differs
	Values  []string // what was really added or removed
}

// Append adds strings to the end of the array at path (one key or more), which is
// made when it is missing, together with the objects it stands in. Strings already in the array
// are left out. The text must be strict JSON, byte order mark aside.
func Append(text []byte, path []string, values []string) (Edit, error) {
	doc, err := readStrict(text)
	if err != nil {
		return Edit{}, err
	}
	found, err := doc.find(path)
	if err != nil {
		return Edit{}, err
	}
	var missing []string
	for _, value := range values {
		if !found.holds(value) && !slices.Contains(missing, value) {
			missing = append(missing, value)
		}
	}
	if len(missing) == 0 {
		return Edit{Text: text}, nil
	}
	style := doc.style()
	if len(found.rest) == 0 {
		texts := make([]string, len(missing))
		for i, value := range missing {
			texts[i] = quote(value)
		}
		return doc.insert(found.container, style, texts, missing)
	}
	indent, broken := found.container.childIndent(style)
	member := quote(found.rest[0]) + style.colon + style.nest(found.rest[1:], missing, indent, broken)
	return doc.insert(found.container, style, []string{member}, missing)
}

// Remove takes every occurrence of the strings out of the array at path. The
// array stays, even when it is left empty. The text must be strict JSON, byte
// order mark aside.
func Remove(text []byte, path []string, values []string) (Edit, error) {
	doc, err := readStrict(text)
	if err != nil {
		return Edit{}, err
	}
	found, err := doc.find(path)
	if err != nil {
		return Edit{}, err
	}
	var removed []string
	gone := make([]bool, len(found.container.children))
	for i, child := range found.container.children {
		if len(found.rest) > 0 || child.value.Type != gjson.String || !slices.Contains(values, child.value.Str) {
			continue
		}
		gone[i] = true
		if !slices.Contains(removed, child.value.Str) {
			removed = append(removed, child.value.Str)
		}
	}
	if len(removed) == 0 {
		return Edit{Text: text}, nil
	}
	return doc.splice(removed, found.container.cuts(gone)...)
}

// cuts are the byte ranges to take out so that the marked children go: each with
// what separates it from the one before, or for the first ones from the one after.
func (c container) cuts(gone []bool) []change {
	first := slices.Index(gone, false)
	if first < 0 {
		return []change{{start: c.start + 1, end: c.end - 1}}
	}
	var cuts []change
	if first > 0 {
		cuts = append(cuts, change{start: c.children[0].start, end: c.children[first].start})
	}
	for i := first + 1; i < len(gone); i++ {
		if gone[i] {
			cuts = append(cuts, change{start: c.children[i-1].end, end: c.children[i].end})
		}
	}
	return cuts
}

// strictDoc is a document without leniencies: one that can be edited.
type strictDoc struct {
	Document
	root container
}

func readStrict(text []byte) (strictDoc, error) {
	doc, err := Read(text)
	if err != nil {
		return strictDoc{}, err
	}
	if len(doc.Extras) > 0 {
		extra := doc.Extras[0]
		id := clierr.ID("jsonedit/edit-comment")
		if extra.Kind == TrailingComma {
			id = "jsonedit/edit-trailing-comma"
		}
		return strictDoc{}, clierr.New(id, clierr.Local, nil).In(Position(text, extra.Offset))
	}
	strict := strictDoc{Document: doc}
	root := gjson.Parse(doc.Strict)
	root.Raw = strings.TrimRight(root.Raw, " \t\r\n")
	strict.root = strict.open(root, len(text)-len(bytes.TrimPrefix(text, []byte(bom))), root.Index)
	return strict, nil
}

// location is where a path leads: the innermost container that exists, and the
// part of the path that does not.
type location struct {
	container container
	rest      []string
}

// holds reports whether the location is an array with the string in it.
func (l location) holds(value string) bool {
	return len(l.rest) == 0 && slices.ContainsFunc(l.container.children, func(c child) bool {
		return c.value.Type == gjson.String && c.value.Str == value
	})
}

// find walks the path, which must lead to an array through objects. A name that
// stands twice is refused: JSON.parse takes the last one, other readers the
// first, and an edit of either would be wrong for somebody.
func (d strictDoc) find(path []string) (location, error) {
	here := d.root
	for depth, name := range path {
		if here.kind() != '{' {
			return location{}, d.mismatch("jsonedit/not-an-object", path[:depth], here)
		}
		match := -1
		for i, child := range here.children {
			if child.key != name {
				continue
			}
			if match >= 0 {
				return location{}, clierr.New("jsonedit/duplicate-key", clierr.Local, clierr.Args{"key": name}).
					In(Position(d.Bytes, child.start))
			}
			match = i
		}
		if match < 0 {
			return location{container: here, rest: path[depth:]}, nil
		}
		before := here.start + 1
		if match > 0 {
			before = here.children[match-1].end
		}
		here = d.open(here.children[match].value, before, here.children[match].start)
	}
	if here.kind() != '[' {
		return location{}, d.mismatch("jsonedit/not-an-array", path, here)
	}
	return location{container: here}, nil
}

func (d strictDoc) mismatch(id clierr.ID, path []string, found container) error {
	args := clierr.Args{"found": Snippet(d.Bytes[found.start:found.end])}
	if len(path) == 0 {
		id = "jsonedit/not-an-object-document"
	} else {
		args["path"] = strings.Join(path, ".")
	}
	return clierr.New(id, clierr.Local, args).In(Position(d.Bytes, found.start))
}

// change replaces a byte range.
type change struct {
	start, end int
	text       string
}

// splice makes the changes, which are in order and apart, and checks the result:
// a mistake in this package must not reach a user's file.
func (d strictDoc) splice(values []string, changes ...change) (Edit, error) {
	var out []byte
	at := 0
	for _, c := range changes {
		out = append(out, d.Bytes[at:c.start]...)
		out = append(out, c.text...)
		at = c.end
	}
	out = append(out, d.Bytes[at:]...)
	if !gjson.ValidBytes(bytes.TrimPrefix(out, []byte(bom))) {
		return Edit{}, clierr.New("jsonedit/unsafe", clierr.Failed, nil).In(Position(d.Bytes, changes[0].start))
	}
	return Edit{Text: out, Changed: true, Values: values}, nil
}
