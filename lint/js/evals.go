package js

import "bytes"

// inlined is source text that stood in a string: its place in what is parsed, and
// the place of the eval that runs it in the file.
type inlined struct{ start, end, from, to int32 }

// inlineEvals puts the modules of a webpack development bundle in place of the evals
// that hold them as text. Of other files it returns what it was given.
func inlineEvals(src []byte) ([]byte, []inlined) {
	if !bytes.Contains(src, []byte("eval(")) || !bytes.Contains(src, []byte("__webpack_require__")) {
		return src, nil
	}
	var out []byte
	var places []inlined
	done := 0
	for at := 0; ; {
		i := bytes.Index(src[at:], []byte("eval("))
		if i < 0 {
			break
		}
		begin := at + i
		at = begin + len("eval(")
		text, end := evalText(src, begin)
		if end == 0 {
			continue
		}
		out = append(append(out, src[done:begin]...), '{')
		start := len(out)
		out = append(out, unescape(text)...)
		places = append(places, inlined{int32(start), int32(len(out)), int32(begin), int32(end)})
		out = append(out, "\n}"...)
		at, done = end, end
	}
	if places == nil {
		return src, nil
	}
	return append(out, src[done:]...), places
}

// evalText is what is between the quotes of an eval that is a statement, and where
// that ends; 0 if it is none.
func evalText(src []byte, begin int) (text []byte, end int) {
	before := bytes.TrimRight(src[:begin], " \t\r\n")
	if len(before) == 0 || before[len(before)-1] != '{' && before[len(before)-1] != ';' && before[len(before)-1] != '/' {
		return nil, 0
	}
	i := begin + len("eval(")
	typed := bytes.HasPrefix(src[i:], []byte("__webpack_require__.ts(")) // for browsers that ask for it
	if typed {
		i += len("__webpack_require__.ts(")
	}
	if i >= len(src) || src[i] != '"' && src[i] != '\'' {
		return nil, 0
	}
	quote := src[i]
	start := i + 1
	for i = start; i < len(src) && src[i] != quote && src[i] != '\n'; i++ {
		if src[i] == '\\' {
			i++
		}
	}
	closing := ")"
	if typed {
		closing = "))"
	}
	if i >= len(src) || src[i] != quote || !bytes.HasPrefix(src[i+1:], []byte(closing)) {
		return nil, 0
	}
	return src[start:i], i + 1 + len(closing)
}

// shownAt is the place in the file of what stands somewhere in what was parsed.
func (s *source) shownAt(start, end int32) (int32, int32) {
	shift := int32(0)
	for _, p := range s.inlined {
		if start < p.start {
			break
		}
		if start <= p.end {
			return p.from, p.to
		}
		shift = p.to - p.end - int32(len("\n}"))
	}
	return start + shift, end + shift
}
