package lint

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Sources reads the files a report names, for those who quote them. It keeps the
// file that was asked for last: findings come file by file.
type Sources struct {
	report Report
	file   string
	text   []byte
	err    error
}

// Sources returns a reader of the files the report names.
func (r Report) Sources() *Sources { return &Sources{report: r} }

// Line is a line of a file, counted from 1, with what ends it and without a byte
// order mark. A file that is gone by now has no lines.
func (s *Sources) Line(file string, number int) ([]byte, bool) {
	text := s.read(file)
	if number < 1 || len(text) == 0 {
		return nil, false
	}
	for ; number > 1; number-- {
		next, found := nextLine(file, text)
		if !found || next == len(text) {
			return nil, false
		}
		text = text[next:]
	}
	next, _ := nextLine(file, text)
	return text[:next], true
}

// Position is the line and the UTF-16 column of a byte offset, both from 1 and
// counted as Place does. A file that does not exist has the offset 0 only.
func (s *Sources) Position(file string, offset int) (line, column int, ok bool) {
	text := s.read(file)
	if s.err != nil && !errors.Is(s.err, fs.ErrNotExist) {
		return 0, 0, false
	}
	offset = max(0, offset-s.mark())
	if offset > len(text) {
		return 0, 0, false
	}
	text = text[:offset]
	line = 1
	for next, found := nextLine(file, text); found; next, found = nextLine(file, text) {
		text = text[next:]
		line++
	}
	column = 1
	for _, r := range string(text) {
		column += utf16.RuneLen(r)
	}
	return line, column, true
}

// OffsetOf is the byte offset of a UTF-16 column in a line, and the column of that
// offset: the next one where column is the second half of a character, the last
// one where the line is shorter.
func OffsetOf(line []byte, column int) (offset, reached int) {
	for reached = 1; reached < column && offset < len(line); {
		r, size := utf8.DecodeRune(line[offset:])
		reached += utf16.RuneLen(r)
		offset += size
	}
	return offset, reached
}

// read returns the file's text behind its byte order mark, which neither
// editors nor Place count.
func (s *Sources) read(file string) []byte {
	if file != s.file || s.text == nil && s.err == nil {
		s.file = file
		s.text, s.err = s.report.ReadFile(file)
	}
	return s.text[s.mark():]
}

const byteOrderMark = "\ufeff"

func (s *Sources) mark() int {
	if bytes.HasPrefix(s.text, []byte(byteOrderMark)) {
		return len(byteOrderMark)
	}
	return 0
}

// nextLine is the offset after the first line break of a text, or its length.
// LF, CRLF and a lone CR end a line; in code so do the two Unicode separators,
// which lint/js counts as the language does.
func nextLine(file string, text []byte) (offset int, found bool) {
	code := !strings.HasSuffix(file, ".json")
	for i, c := range text {
		switch {
		case c == '\n':
			return i + 1, true
		case c == '\r' && i+1 < len(text) && text[i+1] == '\n':
			return i + 2, true
		case c == '\r':
			return i + 1, true
		case c == 0xE2 && code && i+2 < len(text) && text[i+1] == 0x80 && text[i+2]&0xFE == 0xA8:
			return i + 3, true
		}
	}
	return len(text), false
}
