package text

import "wxcloud/internal/wxcode"

// CodeText explains one code. Its sentences may hold {api} and {function}; fill
// both always, with NAME and FN where the interface and the function are unknown.
type CodeText struct {
	Title   Sentence
	Meaning Sentence
	Causes  []Sentence // the likeliest first; what is not documented says so
	Next    []Sentence // what to do, in this order
}

// numbered gives a code its text.
type numbered struct {
	code int
	CodeText
}

// byName gives a Tencent Cloud error code its text.
type byName struct {
	name string
	CodeText
}

// Code returns the explanation of a numbered code.
func Code(n int) (CodeText, bool) {
	for _, table := range [...][]numbered{cloudCallCodes, serverCodes, resourceCodes, keyCodes, tokenCodes, requestCodes} {
		for i := range table {
			if table[i].code == n {
				return table[i].CodeText, true
			}
		}
	}
	return CodeText{}, false
}

// NamedCode returns the explanation of a Tencent Cloud error code, or of the
// family it belongs to.
func NamedCode(name string) (CodeText, bool) {
	known, ok := wxcode.LookupName(name)
	if !ok {
		return CodeText{}, false
	}
	for i := range tencentCodes {
		if tencentCodes[i].name == known.Name {
			return tencentCodes[i].CodeText, true
		}
	}
	return CodeText{}, false
}
