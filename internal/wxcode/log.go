package wxcode

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

// Text makes readable text of what was pasted or piped: UTF-16 as PowerShell
// writes it, with or without a mark at the start, becomes UTF-8, and the colour
// codes of terminals go.
func Text(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		return plain(fromUTF16(raw[2:], 0))
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		return plain(fromUTF16(raw[2:], 1))
	case bytes.HasPrefix(raw, []byte{0xef, 0xbb, 0xbf}):
		return plain(string(raw[3:]))
	}
	// Without a mark: ASCII in UTF-16 has a zero in every second byte.
	if sample := raw[:min(len(raw), 512)]; len(sample) >= 4 {
		for low := range 2 {
			zeros := 0
			for i := 1 - low; i < len(sample); i += 2 {
				if sample[i] == 0 {
					zeros++
				}
			}
			if zeros > len(sample)/3 {
				return plain(fromUTF16(raw, low))
			}
		}
	}
	return plain(string(raw))
}

// fromUTF16 decodes pairs of bytes; low says which of a pair is the lower one.
func fromUTF16(raw []byte, low int) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i+low]) | uint16(raw[2*i+1-low])<<8
	}
	return string(utf16.Decode(units))
}

// plain drops the escape sequences of terminals (ESC [ ... letter) and zeros.
func plain(s string) string {
	if strings.IndexByte(s, 0x1b) < 0 && strings.IndexByte(s, 0) < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case 0:
		case 0x1b:
			if i+1 < len(s) && s[i+1] == '[' {
				i += 2
				for i < len(s) && (s[i] < 0x40 || s[i] > 0x7e) {
					i++ // to the final byte
				}
			}
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// Telling orders codes found in one text by how much they tell: what has to be
// changed first, what only says that the other side failed after it, and the
// wrappers that carry another code inside of them last.
func Telling(codes []int) []int {
	sorted := slices.Clone(codes)
	slices.SortStableFunc(sorted, func(a, b int) int { return telling(a) - telling(b) })
	return sorted
}

// Carrier reports whether a code says that something failed inside of which
// another code tells what.
func Carrier(n int) bool { return n == -504002 || n == -504001 || n == -404011 }

func telling(n int) int {
	if Carrier(n) || n == -1 || n == -1000 || n == 20001 {
		return 9
	}
	c, _ := Lookup(n)
	switch c.Class {
	case Permission:
		return 0
	case Credential, Allowlist, Retired:
		return 1
	case Service:
		return 8
	default:
		return 2
	}
}

// NoTicket reports that a text speaks of a cloud-call ticket that is missing or
// not accepted, in the words of the service.
func NoTicket(text string) bool {
	return strings.Contains(text, "missing wxCloudApiToken") || strings.Contains(text, "invalid wx openapi access_token")
}

// Origin says what started the function a log is of, if the log shows it:
// "timer" or "function", else "".
func Origin(text string) string {
	packed := strings.NewReplacer(" ", "", "'", `"`, `\`, "").Replace(tail(text, 1<<20))
	switch {
	case strings.Contains(packed, `"TriggerName":`), strings.Contains(packed, `"Type":"Timer"`), strings.Contains(packed, `TCB_SOURCE=timer`),
		strings.Contains(packed, `SOURCE":"timer`), strings.Contains(packed, "wx_trigger"), strings.Contains(packed, `"origin":"timer"`):
		return "timer"
	case strings.Contains(packed, `,scf"`), strings.Contains(packed, `"SOURCE":"scf"`), strings.Contains(packed, `"origin":"function"`):
		return "function"
	default:
		return ""
	}
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }

// FindFunction finds which of the named functions a text is about. It is sure
// where the text calls the name a function or a folder of one; a name that just
// stands there may be an everyday word. It finds none where several fit.
func FindFunction(text string, names []string) (name string, sure bool) {
	best, score := "", 0
	for start, end := range tokens(text) {
		word := text[start:end]
		if !slices.Contains(names, word) {
			continue
		}
		n := 1
		switch {
		case calledFunction(text[max(0, start-40):start]):
			n = 3
		case start > 0 && end < len(text) && strings.IndexByte("/\\", text[start-1]) >= 0 && strings.IndexByte("/\\", text[end]) >= 0:
			n = 2
		}
		switch {
		case n > score:
			best, score = word, n
		case n == score && word != best:
			best = ""
		}
	}
	if best == "" {
		return "", false
	}
	return best, score > 1
}

// calledFunction reports that the words right before a name announce a function:
// "functionName: ", `"function_name":"`, "callFunction({ name: '", "云函数 ".
func calledFunction(before string) bool {
	const between = " \t:'\"=(){}[],：（`\\"
	word := func() string {
		before = strings.TrimRight(before, between)
		start := len(before)
		for start > 0 && (letter(before[start-1]) || before[start-1] == '_') {
			start--
		}
		last := before[start:]
		before = before[:start]
		return lowerASCII(last)
	}
	if strings.HasSuffix(strings.TrimRight(before, between), "云函数") {
		return true
	}
	last := word()
	return strings.Contains(last, "function") || last == "name" && strings.Contains(word(), "function")
}

// tokens yields where the runs of letters, digits, dashes and underscores stand.
func tokens(text string) func(yield func(int, int) bool) {
	return func(yield func(int, int) bool) {
		start := -1
		for i := 0; i <= len(text); i++ {
			if i < len(text) && (letter(text[i]) || digit(text[i]) || text[i] == '-' || text[i] == '_') {
				if start < 0 {
					start = i
				}
				continue
			}
			if start >= 0 && !yield(start, i) {
				return
			}
			start = -1
		}
	}
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// Address returns the IP address that a refusal names as not being on the list:
// "invalid ip: 1.2.3.4", "invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist".
func Address(text string) (netip.Addr, bool) {
	const phrase = "invalid ip"
	i := strings.Index(lowerASCII(text), phrase)
	if i < 0 {
		return netip.Addr{}, false
	}
	rest := text[i+len(phrase):]
	for word := range strings.FieldsFuncSeq(rest[:min(len(rest), 120)], func(r rune) bool { return strings.ContainsRune(" ,;()[]\"'\n", r) }) {
		if addr, err := netip.ParseAddr(strings.TrimPrefix(strings.TrimRight(word, ".:"), ":")); err == nil {
			return addr.Unmap(), true
		}
	}
	return netip.Addr{}, false
}

// Time returns when a code was reported, if its line carries a full time of the
// form RFC 3339 has.
func Time(text string, code int) (time.Time, bool) {
	for line := range strings.Lines(text) {
		if !slices.Contains(Find(line), code) {
			continue
		}
		for i := 0; i+20 <= len(line) && i < 400; i++ {
			if line[i] != '2' || line[i+4] != '-' || line[i+10] != 'T' {
				continue
			}
			end := i + 19
			for end < len(line) && (digit(line[end]) || strings.IndexByte(".:+-Z", line[end]) >= 0) {
				end++
			}
			if t, err := time.Parse(time.RFC3339, line[i:end]); err == nil {
				return t, true
			}
		}
	}
	return time.Time{}, false
}
