package jsonedit

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"wxcloud/internal/clierr"
)

// maxDepth bounds nesting, so that a hostile file cannot exhaust the stack.
const maxDepth = 500

// snippetRunes is how much of an unexpected text an error quotes.
const snippetRunes = 20

// scanner walks JSON with comments and trailing commas. It builds nothing: gjson
// does the reading once the text is known to be sound. It exists because gjson
// says neither where nor why a text is wrong.
type scanner struct {
	src    []byte
	at     int
	open   []int // offsets of the brackets around at
	extras []Extra
}

func (s *scanner) document() error {
	if i := invalidUTF8(s.src); i >= 0 {
		return s.fail("jsonedit/not-utf8", i, nil)
	}
	if bytes.HasPrefix(s.src, []byte(bom)) {
		s.at = len(bom)
	}
	if err := s.space(); err != nil {
		return err
	}
	if s.at == len(s.src) {
		return s.fail("jsonedit/empty", s.at, nil)
	}
	first := s.at
	if err := s.value(); err != nil {
		return err
	}
	if err := s.space(); err != nil {
		return err
	}
	switch {
	case s.at == len(s.src):
		return nil
	case s.src[first] == '"' && s.src[s.at] == ':':
		return s.fail("jsonedit/no-opening-brace", first, nil)
	default:
		return s.unexpected("jsonedit/after-end")
	}
}

// fail makes the error for a place in the text.
func (s *scanner) fail(id clierr.ID, offset int, args clierr.Args) error {
	return clierr.New(id, clierr.Local, args).In(Position(s.src, offset))
}

// unexpected is the error for what stands at s.at, unless nothing does.
func (s *scanner) unexpected(id clierr.ID) error {
	if s.at >= len(s.src) && len(s.open) > 0 {
		opener := s.open[len(s.open)-1]
		return s.fail("jsonedit/truncated", s.at, clierr.Args{
			"bracket": string(s.src[opener]),
			"line":    strconv.Itoa(Position(s.src, opener).Line),
		})
	}
	if s.at < len(s.src) && s.src[s.at] < 0x20 {
		return s.control()
	}
	if s.at < len(s.src) && s.src[s.at] == '\'' {
		return s.fail("jsonedit/single-quote", s.at, nil)
	}
	return s.fail(id, s.at, clierr.Args{"found": Snippet(s.src[s.at:])})
}

func (s *scanner) control() error {
	return s.fail("jsonedit/control-character", s.at, clierr.Args{"code": fmt.Sprintf("U+%04X", s.src[s.at])})
}

// space skips white space and notes comments.
func (s *scanner) space() error {
	for s.at < len(s.src) {
		switch s.src[s.at] {
		case ' ', '\t', '\r', '\n':
			s.at++
		case '/':
			end, ok := commentEnd(s.src, s.at)
			if end < 0 {
				return s.unexpected("jsonedit/stray-slash")
			}
			if !ok {
				return s.fail("jsonedit/open-comment", s.at, nil)
			}
			s.extras = append(s.extras, Extra{Comment, s.at, end})
			s.at = end
		default:
			return nil
		}
	}
	return nil
}

// commentEnd returns where the comment that starts at from ends, -1 if none
// starts there, and whether it is closed. A line's end is not part of it.
func commentEnd(src []byte, from int) (end int, closed bool) {
	rest := src[from:]
	switch {
	case bytes.HasPrefix(rest, []byte("//")):
		if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
			return from + i, true
		}
		return len(src), true
	case bytes.HasPrefix(rest, []byte("/*")):
		if i := bytes.Index(rest[2:], []byte("*/")); i >= 0 {
			return from + 2 + i + 2, true
		}
		return len(src), false
	default:
		return -1, false
	}
}

func (s *scanner) value() error {
	if s.at == len(s.src) {
		return s.unexpected("jsonedit/no-value")
	}
	switch c := s.src[s.at]; {
	case c == '{' || c == '[':
		return s.container(c)
	case c == '"':
		return s.text()
	case c == '-' || isDigit(c):
		return s.number()
	default:
		word := identifier(s.src[s.at:])
		if w := string(word); w != "true" && w != "false" && w != "null" {
			return s.unexpected("jsonedit/no-value")
		}
		s.at += len(word)
		return nil
	}
}

// container reads an object or an array from its opening bracket to its closing one.
func (s *scanner) container(opener byte) error {
	if len(s.open) == maxDepth {
		return s.fail("jsonedit/too-deep", s.at, clierr.Args{"levels": strconv.Itoa(maxDepth)})
	}
	closer := opener + 2 // '{' and '}', '[' and ']' lie two apart in ASCII
	s.open = append(s.open, s.at)
	s.at++
	for comma := -1; ; {
		if err := s.space(); err != nil {
			return err
		}
		if s.at < len(s.src) && s.src[s.at] == closer {
			if comma >= 0 {
				s.noteTrailingComma(comma)
			}
			break
		}
		if opener == '{' {
			if err := s.key(); err != nil {
				return err
			}
		}
		if err := s.value(); err != nil {
			return err
		}
		if err := s.space(); err != nil {
			return err
		}
		if s.at < len(s.src) && s.src[s.at] == closer {
			break
		}
		if s.at == len(s.src) || s.src[s.at] != ',' {
			return s.unexpected("jsonedit/no-comma")
		}
		comma = s.at
		s.at++
	}
	s.open = s.open[:len(s.open)-1]
	s.at++
	return nil
}

// noteTrailingComma puts the comma before the comments that follow it.
func (s *scanner) noteTrailingComma(at int) {
	i := len(s.extras)
	for i > 0 && s.extras[i-1].Offset > at {
		i--
	}
	s.extras = append(s.extras, Extra{})
	copy(s.extras[i+1:], s.extras[i:])
	s.extras[i] = Extra{TrailingComma, at, at + 1}
}

// key reads a member's name, the colon, and the space around it.
func (s *scanner) key() error {
	if s.at == len(s.src) || s.src[s.at] != '"' {
		if s.at < len(s.src) && len(identifier(s.src[s.at:])) > 0 {
			return s.unexpected("jsonedit/bare-key")
		}
		return s.unexpected("jsonedit/no-key")
	}
	if err := s.text(); err != nil {
		return err
	}
	if err := s.space(); err != nil {
		return err
	}
	if s.at == len(s.src) || s.src[s.at] != ':' {
		return s.unexpected("jsonedit/no-colon")
	}
	s.at++
	return s.space()
}

// text reads a string.
func (s *scanner) text() error {
	start := s.at
	for s.at++; s.at < len(s.src); s.at++ {
		switch c := s.src[s.at]; {
		case c == '"':
			s.at++
			return nil
		case c == '\n' || c == '\r':
			return s.fail("jsonedit/open-string", start, nil)
		case c < 0x20:
			return s.control()
		case c == '\\':
			length := escapeLength(s.src[s.at:])
			if length == 0 {
				return s.fail("jsonedit/escape", s.at, clierr.Args{"found": `\` + Snippet(s.src[s.at+1:])})
			}
			s.at += length - 1
		}
	}
	return s.fail("jsonedit/open-string", start, nil)
}

// escapeLength is the length of the escape sequence text starts with, 0 if it is none.
func escapeLength(text []byte) int {
	if len(text) < 2 {
		return 0
	}
	if bytes.IndexByte([]byte(`"\/bfnrt`), text[1]) >= 0 {
		return 2
	}
	if text[1] != 'u' || len(text) < 6 {
		return 0
	}
	for _, c := range text[2:6] {
		if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
			return 0
		}
	}
	return 6
}

func (s *scanner) number() error {
	start := s.at
	if s.src[s.at] == '-' {
		s.at++
	}
	zero := s.at < len(s.src) && s.src[s.at] == '0'
	whole := s.digits()
	ok := whole == 1 || whole > 1 && !zero
	if ok && s.at < len(s.src) && s.src[s.at] == '.' {
		s.at++
		ok = s.digits() > 0
	}
	if ok && s.at < len(s.src) && s.src[s.at]|0x20 == 'e' {
		s.at++
		if s.at < len(s.src) && (s.src[s.at] == '+' || s.src[s.at] == '-') {
			s.at++
		}
		ok = s.digits() > 0
	}
	if !ok {
		return s.fail("jsonedit/number", start, clierr.Args{"found": Snippet(s.src[start:])})
	}
	return nil
}

func (s *scanner) digits() int {
	start := s.at
	for s.at < len(s.src) && isDigit(s.src[s.at]) {
		s.at++
	}
	return s.at - start
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// identifier is the name in the JavaScript sense text starts with, if any.
func identifier(text []byte) []byte {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r != '_' && r != '$' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return text[:i]
		}
		i += size
	}
	return text
}

// Snippet is what stands at the start of text, shortened: a string, a word or
// number, or a single character. It is what an error quotes.
func Snippet(text []byte) string {
	first, end := utf8.DecodeRune(text)
	if first != '"' && !isWord(first) {
		return string(text[:end])
	}
	for runes := 1; end < len(text) && runes < snippetRunes; runes++ {
		r, size := utf8.DecodeRune(text[end:])
		if first == '"' && r == '"' {
			return string(text[:end+1])
		}
		if unicode.IsControl(r) || first != '"' && !isWord(r) {
			break
		}
		end += size
	}
	return string(text[:end])
}

func isWord(r rune) bool {
	return strings.ContainsRune("_$.-+", r) || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// invalidUTF8 is the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	at := 0
	for {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
}
