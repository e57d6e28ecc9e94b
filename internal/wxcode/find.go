package wxcode

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Find returns every known code that free text, such as a pasted log, mentions:
// in order, each once. A number counts when it is said to be a code
// ("errCode: -604101", `"errcode":45009`, "错误码 604101"), when the words of that
// code follow it ("45009 reach max api daily quota limit"), when it is the whole
// text, or, for the long negative numbers, when it simply stands alone. Digits
// inside timestamps, request ids, positions in a file and the like do not count.
func Find(text string) []int { return FindAlso(text, nil) }

// FindAlso is Find for codes of interfaces as well, which are no codes of the
// table: also says whether a number is one. Such a number counts where it is
// clearly said to be a code.
func FindAlso(text string, also func(n int) bool) []int {
	var found []int
	for m := range numbers(text) {
		n, ok := m.code(text)
		if !ok && also != nil && saidToBeCode(text[:m.begin()]) == certain && also(m.signed()) {
			n, ok = m.signed(), true
		}
		if ok && !slices.Contains(found, n) {
			found = append(found, n)
		}
	}
	return found
}

// number is a run of digits in a text that nothing else is attached to.
type number struct {
	start, end int // of the digits
	sign       int // where the minus sign starts, -1 if there is none
	value      int
}

// maxDigits is the length of the longest known code, those of interfaces
// included; longer runs are ids.
const maxDigits = 9

// numbers yields the numbers of a text, in order.
func numbers(text string) func(yield func(number) bool) {
	return func(yield func(number) bool) {
		for i := 0; i < len(text); {
			if !digit(text[i]) {
				i++
				continue
			}
			m := number{start: i, sign: -1}
			for i < len(text) && digit(text[i]) {
				i++
			}
			m.end = i
			if m.end-m.start > maxDigits || text[m.start] == '0' {
				continue
			}
			for _, c := range []byte(text[m.start:m.end]) {
				m.value = m.value*10 + int(c-'0')
			}
			m.sign = signBefore(text, m.start)
			if attachedAfter(text[m.end:]) || m.attachedBefore(text) {
				continue
			}
			if !yield(m) {
				return
			}
		}
	}
}

// code decides whether the number is a known code here, and which.
func (m number) code(text string) (int, bool) {
	named := saidToBeCode(text[:m.begin()])
	whole := strings.TrimSpace(text[:m.begin()]) == "" && strings.TrimSpace(text[m.end:]) == ""
	if c, ok := Lookup(m.signed()); ok {
		long := m.sign >= 0 && m.value >= 10000
		strict := m.value < 10000 // 1, 413, 1000 are everyday numbers
		if whole || named == certain || named == likely && !strict || long || followedBy(text[m.end:], c.Name) || httpStatus(text, m) {
			return c.Number, true
		}
		return 0, false
	}
	// People drop the minus sign: six digits that are a code only with it.
	if m.sign < 0 && m.value >= 100000 && (whole || named != unsaid) {
		if c, ok := Lookup(-m.value); ok {
			return c.Number, true
		}
	}
	return 0, false
}

func (m number) signed() int {
	if m.sign >= 0 {
		return -m.value
	}
	return m.value
}

func (m number) begin() int {
	if m.sign >= 0 {
		return m.sign
	}
	return m.start
}

// signBefore finds a minus sign right before the digits: the ASCII one or those
// that word processors and Chinese input methods put in its place.
func signBefore(text string, start int) int {
	for _, sign := range []string{"-", "\u2212", "\uff0d", "\u2013"} {
		if strings.HasSuffix(text[:start], sign) {
			return start - len(sign)
		}
	}
	return -1
}

// attachedBefore reports that the number continues something: an identifier, a
// decimal, a date or a uuid.
func (m number) attachedBefore(text string) bool {
	before := text[:m.begin()]
	if before == "" {
		return false
	}
	last := before[len(before)-1]
	if m.sign >= 0 {
		// "errCode-604101" is a code, "8f0c-604101" is a piece of an id.
		return last == '-' || last == '_' || (digit(last) || letter(last)) && saidToBeCode(before) == unsaid
	}
	if last == '.' || last == ':' || last == '/' || last == '-' || last == '+' || last == '#' || last == '@' {
		// "errcode:45009" has a word before the colon, "12:40001" and "index.js:40001" a place.
		return last != ':' || place(before) && saidToBeCode(before) == unsaid && !httpStatus(text, m)
	}
	return digit(last) || letter(last) || last == '_' || last == '$'
}

// place reports that a colon follows a word or a number and not, as in JSON, a quote.
func place(before string) bool {
	return len(before) < 2 || digit(before[len(before)-2]) || letter(before[len(before)-2])
}

// attachedAfter reports that more of the same token follows.
func attachedAfter(after string) bool {
	if after == "" {
		return false
	}
	c := after[0]
	if digit(c) || letter(c) || c == '_' || c == '%' {
		return true
	}
	return strings.IndexByte(".:-+", c) >= 0 && len(after) > 1 && (digit(after[1]) || letter(after[1]))
}

// said is how clearly the text before a number announces a code.
type said int

const (
	unsaid  said = iota
	likely       // "error 40001", "code: 40001"
	certain      // "errcode 40001", "ret: 41002"
)

// saidToBeCode looks at the words right before a number, over the punctuation
// that JSON, query strings and log formats put between them.
func saidToBeCode(before string) said {
	const reach = 64
	if len(before) > reach {
		before = before[len(before)-reach:]
	}
	rest := strings.TrimRight(before, " \t\"'`\\:=()[]{}<>,|：＝（）【】")
	for _, word := range []string{"错误码", "返回码", "报错", "错误"} {
		if strings.HasSuffix(rest, word) {
			return certain
		}
	}
	start := len(rest)
	for start > 0 && (letter(rest[start-1]) || rest[start-1] == '_') {
		start--
	}
	switch word := strings.ToLower(rest[start:]); word {
	case "errcode", "errorcode", "innercode", "error_code", "err_code", "errno", "ret":
		return certain
	case "code":
		previous := strings.ToLower(strings.TrimRight(rest[:start], " \t"))
		if strings.HasSuffix(previous, "error") || strings.HasSuffix(previous, "err") || strings.HasSuffix(previous, "inner") {
			return certain
		}
		if strings.HasSuffix(previous, "exit") || strings.HasSuffix(previous, "status") {
			return unsaid
		}
		return likely
	case "error", "err", "fail", "failed":
		return likely
	default:
		return unsaid
	}
}

// followedBy reports that the first words of a code's name come right after it.
func followedBy(after, name string) bool {
	after = strings.TrimLeft(after, " \t\"':,|")
	const enough = 10
	if len(name) > enough {
		name = name[:enough]
	}
	return len(after) >= len(name) && strings.EqualFold(after[:len(name)], name)
}

// httpStatus reports that a 413 is announced as an HTTP status.
func httpStatus(text string, m number) bool {
	if m.value != 413 || m.sign >= 0 {
		return false
	}
	before := strings.ToLower(strings.TrimRight(text[max(0, m.start-24):m.start], " \t\"':="))
	return strings.HasSuffix(before, "http") || strings.HasSuffix(before, "http/1.1") ||
		strings.HasSuffix(before, "status") || strings.HasSuffix(before, "statuscode") || strings.HasSuffix(before, "status code")
}

// FindNames returns the Tencent Cloud error codes a text mentions, in order,
// each once, as they are written there.
func FindNames(text string) []string {
	var found []string
	for word := range words(text) {
		word = strings.TrimRight(word, ".")
		if n, ok := LookupName(word); !ok || n.Name != word && !strings.Contains(word, ".") || slices.Contains(found, word) {
			continue
		}
		found = append(found, word)
	}
	return found
}

// FindInterfaces returns the cloud-call interfaces a text names in the way the
// SDK does ("openapi.subscribeMessage.send:fail"), in order, each once.
func FindInterfaces(text string) []string {
	const prefix = "openapi."
	var found []string
	for word := range words(text) {
		name, ok := strings.CutPrefix(word, prefix)
		name = strings.TrimRight(name, ".")
		if ok && strings.Contains(name, ".") && !strings.Contains(name, "..") && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// words yields the runs of letters, digits, dots and underscores.
func words(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start := -1
		for i := 0; i <= len(text); i++ {
			if i < len(text) && (letter(text[i]) || digit(text[i]) || text[i] == '.' || text[i] == '_') {
				if start < 0 {
					start = i
				}
				continue
			}
			if start >= 0 && !yield(text[start:i]) {
				return
			}
			start = -1
		}
	}
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// letter is an ASCII letter: Chinese text stands directly beside numbers, so its
// characters separate. Bytes of other scripts are taken the same way.
func letter(c byte) bool {
	return c < utf8.RuneSelf && (c|0x20 >= 'a' && c|0x20 <= 'z')
}
