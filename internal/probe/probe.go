// Package probe writes, finds and takes out the marked block that lets a function
// say whether the cloud grants its cloud calls. It knows text only: where the
// block goes is told, and which interfaces are safe to ask is decided elsewhere.
package probe

import (
	"bytes"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
)

// The marks. What stands between them belongs to this program.
const (
	begin = "/* wxcloud-probe-begin"
	end   = "/* wxcloud-probe-end */"
)

// Variable is the function's variable that holds the nonce the block answers to,
// and Key the field of the event that has to repeat it. A nonce shorter than
// LeastNonce is taken for none.
const (
	Variable   = "WXCLOUD_PROBE"
	Key        = "wxcloudProbe"
	LeastNonce = 32
)

// Call is one interface the block can ask.
type Call struct {
	API  string // a dotted name, made of identifiers
	Args string // its arguments, as a JavaScript object literal
}

// Site is where the block goes: behind everything that sets module.exports.main,
// or into the body of an ES module's main.
type Site struct {
	Function   string // for the command that takes the block out
	Module     bool
	TypeScript bool
	Body       int    // a Module: the place in the body, on or behind its first line
	Event      string // a Module: the name of the first parameter
}

// The reasons why a file is left as it is.
var (
	ErrPresent = errors.New("the file holds a block already")
	ErrTorn    = errors.New("the file holds one of the marks without the other, or more than one block")
)

// Add puts the block into a file that has none. Everything else keeps its bytes.
func Add(src []byte, site Site, calls []Call) ([]byte, error) {
	if _, _, present, err := Find(src); err != nil {
		return nil, err
	} else if present {
		return nil, ErrPresent
	}
	at := site.Body
	if !site.Module {
		at = behindAll(src)
	}
	eol := lineEnd(src)
	if at > 0 && src[at-1] == '\r' {
		eol = "\r\n" // or the block's line feed would make one line end of two
	}
	indent, step := indentation(src, at, site.Module)
	var block strings.Builder
	for _, line := range site.lines(calls) {
		block.WriteString(eol)
		rest := strings.TrimLeft(line, "\t")
		if rest != "" {
			block.WriteString(indent + strings.Repeat(step, len(line)-len(rest)) + rest)
		}
	}
	return slices.Concat(src[:at], []byte(block.String()), src[at:]), nil
}

// Remove takes the block out: of what Add made, it makes what was there before.
// ok is false where there is none.
func Remove(src []byte) (out []byte, ok bool, err error) {
	from, to, ok, err := Find(src)
	if err != nil || !ok {
		return src, false, err
	}
	return slices.Concat(src[:from], src[to:]), true, nil
}

// Find returns where the block is, with the line break and the white space it
// begins with.
func Find(src []byte) (from, to int, ok bool, err error) {
	opened, closed := bytes.Count(src, []byte(begin)), bytes.Count(src, []byte(end))
	if opened == 0 && closed == 0 {
		return 0, 0, false, nil
	}
	from, to = bytes.Index(src, []byte(begin)), bytes.Index(src, []byte(end))
	if opened != 1 || closed != 1 || to < from {
		return 0, 0, false, ErrTorn
	}
	to += len(end)
	start := from
	for start > 0 && (src[start-1] == ' ' || src[start-1] == '\t') {
		start--
	}
	if start > 0 && src[start-1] == '\n' {
		start--
		if start > 0 && src[start-1] == '\r' {
			start--
		}
		from = start
	}
	return from, to, true, nil
}

// Answers reports whether a file holds a block, also one that a compiler took the
// marks from.
func Answers(src []byte) bool { return bytes.Contains(src, []byte("process.env."+Variable)) }

// Nonce returns a new nonce.
func Nonce() string { return rand.Text() + rand.Text() }

// Blank writes spaces over the block, in place, so that every other byte keeps
// its offset, its line and its column. A torn block is left.
func Blank(src []byte) {
	if !bytes.Contains(src, []byte(begin)) {
		return
	}
	from, to, ok, err := Find(src)
	if err != nil || !ok {
		return
	}
	for i := from; i < to; i++ {
		if src[i] != '\n' && src[i] != '\r' {
			src[i] = ' '
		}
	}
}

// APIs lists the interfaces the block of a file can ask, nil where it has none.
func APIs(src []byte) []string {
	from, to, ok, err := Find(src)
	if err != nil || !ok {
		return nil
	}
	names := []string{}
	for line := range bytes.Lines(src[from:to]) {
		line = bytes.TrimSpace(line)
		if rest, ok := bytes.CutPrefix(line, []byte("'")); ok {
			if name, _, ok := bytes.Cut(rest, []byte("': () => cloud.openapi.")); ok {
				names = append(names, string(name))
			}
		}
	}
	return names
}

// behindAll is the end of the last line.
func behindAll(src []byte) int {
	at := len(src)
	if at > 0 && src[at-1] == '\n' {
		at--
		if at > 0 && src[at-1] == '\r' {
			at--
		}
	}
	return at
}

// lineEnd is the file's own.
func lineEnd(src []byte) string {
	if i := bytes.IndexByte(src, '\n'); i > 0 && src[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// indentation is the white space of the line the block goes behind, one step
// deeper inside of a body, and that step.
func indentation(src []byte, at int, inside bool) (indent, step string) {
	step = "  "
	if bytes.Contains(src, []byte("\n\t")) {
		step = "\t"
	}
	if !inside {
		return "", step
	}
	line := src[bytes.LastIndexByte(src[:at], '\n')+1 : at]
	white := len(line) - len(bytes.TrimLeft(line, " \t"))
	indent = string(line[:white])
	if bytes.ContainsRune(line, '{') {
		indent += step
	}
	return indent, step
}
