package perm

import (
	"slices"
	"strconv"
	"strings"
)

// message reads one text for what it says about interfaces. code is the errCode
// of the object it stands in, 0 if none; about is the interface a refusal without
// a name belongs to, "" if unknown.
//
// The forms come from wx-server-sdk:
//
//	openapi.x.y:ok
//	openapi.x.y:fail <text of the interface>           with the code beside it
//	errCode: 45009  | errMsg: openapi.x.y:fail <text>  the thrown error's message
//	openapi.x.y:fail -501001 resource system error. …  the call never arrived
//	errCode: -604101 … | errMsg: system error: error code: -604101
//	errCode: -604101 … | errMsg: openapi.x.y:fail system error: error code: -604101
func (r *reader) message(s string, code int, about string) {
	calls := callsIn(s)
	before := 0 // end of the part of the text that is already read
	for i, c := range calls {
		end := len(s)
		if i+1 < len(calls) {
			end = calls[i+1].start
		}
		head, tail := s[before:c.start], s[c.end:end]
		// The next call's own "errCode: n | errMsg: " is the end of this tail.
		if cut, _, ok := announced(tail); ok && i+1 < len(calls) {
			tail = tail[:cut]
		}
		announcedAt, said, ok := announced(head)
		if ok {
			head = head[:announcedAt]
		} else {
			said = code
		}
		if mentionsRefusal(head) {
			r.refuse(about)
		}
		before = c.end + len(tail)
		r.call(c, said, tail)
	}
	if len(calls) == 0 && mentionsRefusal(s) {
		r.refuse(about)
	}
}

// call reads what is said about one named call.
func (r *reader) call(c call, code int, tail string) {
	if c.ok {
		r.grant(c.api)
		if mentionsRefusal(tail) {
			r.refuse("")
		}
		return
	}
	// A positive number there is part of the sentence, not a code.
	if inner, ok := leadingCode(tail); ok && inner < 0 {
		code = inner
	}
	switch {
	case code == noPermission || mentionsRefusal(tail):
		r.refuse(c.api)
	case answersInterface(code) && !mentionsNegativeCode(tail):
		r.grant(c.api)
	case code != 0:
		r.code = code
	}
}

// answersInterface reports whether a code is one an interface itself answers
// with. WeChat's begin at 9000: a lower one is the function's own, such as an
// HTTP status or a plain 1. Codes of the access token are from before the
// interface: the call was turned away at the door, permission or not. With 48001,
// api unauthorized, the account may not use it: no list makes such a call work.
func answersInterface(code int) bool {
	switch code {
	case 40001, 40014, 41001, 42001, unauthorized:
		return false
	default:
		return code >= 9000
	}
}

// call is "openapi.<api>:ok" or "openapi.<api>:fail" in a text.
type call struct {
	api        string
	ok         bool
	start, end int
}

func callsIn(s string) []call {
	const prefix = "openapi."
	var out []call
	for at := 0; ; {
		i := strings.Index(s[at:], prefix)
		if i < 0 {
			return out
		}
		start := at + i
		end := start + len(prefix)
		for end < len(s) && nameByte(s[end]) {
			end++
		}
		at = end
		api := s[start+len(prefix) : end]
		ended := func(word string) bool {
			rest, ok := strings.CutPrefix(s[end:], word)
			return ok && (rest == "" || !nameByte(rest[0]))
		}
		switch {
		case api == "" || start > 0 && nameByte(s[start-1]):
		case ended(":ok"):
			out = append(out, call{api, true, start, end + len(":ok")})
		case ended(":fail"):
			out = append(out, call{api, false, start, end + len(":fail")})
		}
	}
}

func nameByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '.' || c == '_' || c == '/'
}

// namesFailure reports that a text says which call failed.
func namesFailure(s string) bool {
	return slices.ContainsFunc(callsIn(s), func(c call) bool { return !c.ok })
}

// announced finds, at the end of a text, the code that the message after it
// belongs to: `errCode: 45009  | errMsg: ` or `"errCode":45009,"errMsg":"`. It
// returns where the announcement starts.
func announced(head string) (start, code int, ok bool) {
	rest := strings.TrimRight(lower(head), " \t:\"'\\=")
	rest, ok = strings.CutSuffix(rest, "errmsg")
	if !ok {
		return 0, 0, false
	}
	i := strings.LastIndex(rest, "errcode")
	if i < 0 || strings.Contains(rest[i:], "errmsg") {
		return 0, 0, false
	}
	code, ok = leadingCode(rest[i+len("errcode"):])
	return i, code, ok
}

// lower is ASCII only, so that every offset stays what it was.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// leadingCode reads a number at the start of a text, over the punctuation of
// logs and JSON.
func leadingCode(s string) (int, bool) {
	s = strings.TrimLeft(s, " \t:\"'\\=")
	end := 0
	if end < len(s) && s[end] == '-' {
		end++
	}
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if end < len(s) && nameByte(s[end]) && s[end] != '.' {
		return 0, false
	}
	n, err := strconv.Atoi(s[:end])
	return n, err == nil && n != 0
}

// mentionsRefusal finds -604101 standing alone.
func mentionsRefusal(s string) bool {
	const refusal = "-604101"
	for {
		i := strings.Index(s, refusal)
		if i < 0 {
			return false
		}
		after := s[i+len(refusal):]
		if after == "" || after[0] < '0' || after[0] > '9' {
			return true
		}
		s = after
	}
}

// mentionsNegativeCode finds "error code: -…", the system-level form, in the
// text of a call that carries a positive code: then the code is not that call's.
func mentionsNegativeCode(s string) bool {
	const form = "error code: -"
	return strings.Contains(s, form)
}
