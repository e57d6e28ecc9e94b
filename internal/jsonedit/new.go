package jsonedit

import "strings"

// Style is how a document is laid out, for writing another like it.
type Style struct {
	EOL, Indent  string
	FinalNewline bool
}

// DefaultStyle is two spaces, LF and a final newline.
func DefaultStyle() Style { return Style{EOL: "\n", Indent: "  ", FinalNewline: true} }

// StyleOf is the style of a document. ok is false when it shows none: it is not
// strict JSON, or stands on one line.
func StyleOf(text []byte) (found Style, ok bool) {
	doc, err := readStrict(text)
	if err != nil {
		return Style{}, false
	}
	unit, ok := doc.unit(doc.root)
	if !ok {
		return Style{}, false
	}
	return Style{EOL: doc.style().eol, Indent: unit, FinalNewline: strings.HasSuffix(doc.Strict, "\n")}, true
}

// New is a document with nothing but an array of strings at path.
func New(s Style, path []string, values []string) []byte {
	text := style{eol: s.EOL, unit: s.Indent, colon: ": "}.nest(path, values, "", true)
	if s.FinalNewline {
		text += s.EOL
	}
	return []byte(text)
}
