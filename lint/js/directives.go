package js

import "bytes"

// directivePrefix begins the comments that speak to this program.
const directivePrefix = "wxcloud-"

// directive is a comment that begins with directivePrefix: the whole of it, and
// the text between its marks.
type directive struct{ start, end, textStart, textEnd int32 }

// directiveText is where the text of a comment begins if it is a directive, or
// -1. i is the place behind the opening mark.
func directiveText(src []byte, i int) int {
	for charClass[src[i]] == cSpace || charClass[src[i]] == cNewline {
		i++
	}
	if src[i] == directivePrefix[0] && bytes.HasPrefix(src[i:], []byte(directivePrefix)) {
		return i
	}
	return -1
}

// addDirective notes a directive. A comment is passed again by every look-ahead
// over it, so one that was seen is not new.
func (p *parser) addDirective(start, end, textStart, textEnd int) {
	if n := len(p.comments); textStart < textEnd && (n == 0 || int(p.comments[n-1].start) < start) {
		p.comments = append(p.comments, directive{int32(start), int32(end), int32(textStart), int32(textEnd)})
	}
}

// appendDirectives appends the directives of the file to list.
func (s *source) appendDirectives(list []Comment) []Comment {
	for _, d := range s.comments {
		text := bytes.TrimSpace(s.src[d.textStart:d.textEnd])
		list = append(list, Comment{s.span(d.start, d.end), string(text)})
	}
	return list
}
