package js

import (
	"sort"
	"unicode/utf8"

	"wxcloud/internal/clierr"
)

// source is one file that was read: its tree and its names.
type source struct {
	parser
	binder
	name string // slash path relative to the function
	abs  string
	root int32
	// ES modules give their default export to a default import as it is; of
	// others the whole module is meant.
	module bool
	may    bool // it can name openapi
	opaque bool // it runs text as code
	// require is used for more than plain calls, in a file that cannot name openapi.
	indirect bool
	index    int32
	vars     int32   // variable of symbol 0
	insts    []int32 // per function: its activation, 0 if none yet
	started  bool
	exports  int32   // variable of module.exports
	object   valueID // the exports object
	lines    []int32 // where lines begin, in the first listed bytes
	listed   int
	loaded   []loaded
	wanted   []wanted
	unread   bool   // it is there but was not read
	used     []bool // per symbol, see elided; nil until asked for

	inlined []inlined // what stood in strings
	shown   []byte    // the file as it is, where something did

	drivers map[int32]driver // by function's node, see driver; nil until asked for
	names   *names           // see facts; nil until asked for
	steady  map[int32]bool   // by symbol+1, see program.steady

	droppedCalls map[int32]bool // see dropped; nil until asked for
}

// loaded is a request and what it led to.
type loaded struct {
	node   int32
	file   int32 // index of the source, -1 if none
	prefix bool
	text   string
}

// read parses and binds src.
func (s *source) read(src []byte, d dialect) {
	if d.cutSDK {
		shown := src
		if src, s.inlined = inlineEvals(src); s.inlined != nil {
			s.shown = append(append([]byte{}, shown...), 0, 0, 0)
		}
	}
	s.root = s.parse(src, d)
	s.bind(&s.parser, s.root)
}

// syntaxErrors are the errors of the file in the order of their places.
func (s *source) syntaxErrors() []SyntaxError {
	var out []SyntaxError
	for _, e := range s.fails {
		out = append(out, SyntaxError{s.span(e.start, e.end), e.id, e.args})
	}
	for _, f := range s.faults {
		e := SyntaxError{Span: s.spanOf(f.node), ID: faultIDs[f.kind]}
		if n := &s.parser.nodes[f.node]; n.kind == nIdent {
			e.Args = clierr.Args{"name": s.atoms.text(n.a)}
		}
		out = append(out, e)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

// text is the source text from start to end.
func (s *source) text(start, end int32) string { return string(s.src[start:end]) }

// position is the line and the UTF-16 column of a byte offset, both from 1.
func (s *source) position(offset int) (line, column int) {
	src, size := s.src, s.size
	if s.shown != nil {
		src, size = s.shown, len(s.shown)-3
	}
	s.listLines(src, size, offset)
	line = sort.Search(len(s.lines), func(i int) bool { return int(s.lines[i]) > offset })
	begin := int(s.lines[line-1])
	if begin == 0 && size >= 3 && src[0] == 0xEF && src[1] == 0xBB && src[2] == 0xBF && offset >= 3 {
		begin = 3 // editors do not count a byte order mark
	}
	column = 1
	for i := begin; i < offset; {
		r, n := utf8.DecodeRune(src[i:size])
		column++
		if r > 0xFFFF {
			column++
		}
		i += n
	}
	return line, column
}

// listLines lists where lines begin, as far as to the one offset is in: most of
// what is asked for stands at the top of a file.
func (s *source) listLines(src []byte, size, offset int) {
	if len(s.lines) == 0 {
		s.lines, s.listed = append(s.lines, 0), 0
	}
	for ; s.listed < min(offset+1, size); s.listed++ {
		i := s.listed
		switch src[i] {
		case '\n':
			s.lines = append(s.lines, int32(i+1))
		case '\r':
			if src[i+1] != '\n' {
				s.lines = append(s.lines, int32(i+1))
			}
		case 0xE2:
			if src[i+1] == 0x80 && src[i+2]&0xFE == 0xA8 {
				s.lines = append(s.lines, int32(i+3))
			}
		}
	}
}

func (s *source) span(start, end int32) Span {
	if s.inlined != nil {
		start, end = s.shownAt(start, end)
	}
	sp := Span{File: s.name, Start: int(start), End: int(end)}
	sp.Line, sp.Column = s.position(sp.Start)
	sp.EndLine, sp.EndColumn = s.position(sp.End)
	return sp
}

func (s *source) spanOf(node int32) Span {
	n := &s.parser.nodes[node]
	return s.span(n.start, n.end)
}

// expression is the source text of a node, cut to 80 characters.
func (s *source) expression(node int32) string {
	n := &s.parser.nodes[node]
	text := s.text(n.start, n.end)
	count := 0
	for i := range text {
		if count == 80 {
			return text[:i]
		}
		count++
	}
	return text
}

// stringValue is the decoded value of a string or template chunk.
func (s *source) stringValue(node int32) string { return string(s.stringBytes(node)) }

// stringBytes is stringValue for those who only look at it.
func (s *source) stringBytes(node int32) []byte {
	n := &s.parser.nodes[node]
	start, end := n.start, n.end
	if n.kind == nString {
		start, end = start+1, end-1
	}
	if end < start {
		return nil
	}
	if n.flags&flagEscaped != 0 {
		return unescape(s.src[start:end])
	}
	return s.src[start:end]
}
