// Package jsonedit reads JSON as people write it and edits it without touching a
// byte it need not: indentation, newline style, byte order mark, escapes, key
// order and the final newline stay. It reads comments and trailing commas but
// refuses to edit around them. It knows nothing of files or of what the keys mean.
//
// Errors are *clierr.Error with line and column filled in and the file left
// empty, which the caller knows.
package jsonedit

import (
	"bytes"
	"unicode/utf8"

	"wxcloud/internal/clierr"
)

// bom is the byte order mark some Windows editors put in front of UTF-8.
const bom = "\ufeff"

// Document is JSON text that was read without a syntax error, leniencies aside.
type Document struct {
	Bytes []byte
	// Strict is strict JSON of the same length: the byte order mark, comments
	// and trailing commas are blanked, so that every offset holds in both.
	Strict string
	Extras []Extra // in the order of the text
}

// Kind is a leniency.
type Kind string

// What Read lets pass and JSON does not allow.
const (
	Comment       Kind = "comment"
	TrailingComma Kind = "trailing-comma"
)

// Extra is a leniency found, as a byte range.
type Extra struct {
	Kind        Kind
	Offset, End int
}

// Read checks the text and finds its leniencies. The result shares text.
func Read(text []byte) (Document, error) {
	s := scanner{src: text}
	if err := s.document(); err != nil {
		return Document{}, err
	}
	d := Document{Bytes: text, Extras: s.extras}
	if len(s.extras) == 0 && !bytes.HasPrefix(text, []byte(bom)) {
		d.Strict = string(text)
		return d, nil
	}
	strict := bytes.Clone(text)
	if bytes.HasPrefix(strict, []byte(bom)) {
		blank(strict[:len(bom)])
	}
	for _, extra := range s.extras {
		blank(strict[extra.Offset:extra.End])
	}
	d.Strict = string(strict)
	return d, nil
}

// blank overwrites text with spaces and keeps its line ends.
func blank(text []byte) {
	for i, c := range text {
		if c != '\n' && c != '\r' {
			text[i] = ' '
		}
	}
}

// Position gives line and column of a byte offset, both from 1, the column in
// UTF-16 units as editors count. A byte order mark takes up no column.
func Position(text []byte, offset int) clierr.Position {
	return NewLocator(text).Position(offset)
}

// Locator gives the positions of many offsets. Offsets that go up cost one pass
// over the text together; going back starts a new pass.
type Locator struct {
	text   []byte
	offset int
	at     clierr.Position
}

// NewLocator returns a Locator for the text.
func NewLocator(text []byte) *Locator {
	l := &Locator{text: text}
	l.rewind()
	return l
}

func (l *Locator) rewind() {
	l.offset = len(l.text) - len(bytes.TrimPrefix(l.text, []byte(bom)))
	l.at = clierr.Position{Line: 1, Column: 1}
}

// Position is the package's Position for the locator's text.
func (l *Locator) Position(offset int) clierr.Position {
	if offset < l.offset {
		l.rewind()
	}
	for l.offset < min(offset, len(l.text)) {
		r, size := utf8.DecodeRune(l.text[l.offset:])
		l.offset += size
		switch {
		case r == '\n':
			l.at.Line++
			l.at.Column = 1
		case r >= 0x10000:
			l.at.Column += 2 // a surrogate pair
		default:
			l.at.Column++
		}
	}
	return l.at
}
