// Package diff writes how a text file changes in the form that git apply and
// patch read. It knows nothing of why a file changes, and reads no file.
package diff

import (
	"bytes"
	"fmt"
	"strings"
)

// context is how many lines stand around a change, as everywhere.
const context = 3

// Unified is the change of one file, or nothing when there is none. name is the
// file's slash path from where the patch will be applied; before is nil for a file
// that does not exist yet.
func Unified(name string, before, after []byte) []byte {
	if before != nil && bytes.Equal(before, after) {
		return nil
	}
	var b bytes.Buffer
	from, to := label("a/"+name), label("b/"+name)
	fmt.Fprintf(&b, "diff --git %s %s\n", from, to)
	if before == nil {
		b.WriteString("new file mode 100644\n")
		if len(after) == 0 {
			return b.Bytes()
		}
		from = "/dev/null"
	}
	fmt.Fprintf(&b, "--- %s\n+++ %s\n", ended(from), ended(to))
	old, now := lines(before), lines(after)
	for _, h := range hunks(script(old, now)) {
		h.write(&b, old, now)
	}
	return b.Bytes()
}

// label is a name as git writes it: quoted like in C when it holds what would
// end it.
func label(name string) string {
	special := func(c byte) bool { return c < ' ' || c == '"' || c == '\\' || c == 0x7f }
	var b strings.Builder
	quoted := false
	for i := range len(name) {
		switch c := name[i]; {
		case !special(c):
			b.WriteByte(c)
			continue
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, `\%03o`, c)
		}
		quoted = true
	}
	if quoted {
		return `"` + b.String() + `"`
	}
	return name
}

// ended marks the end of a name with a blank in it, which patch would cut there.
func ended(name string) string {
	if strings.Contains(name, " ") && !strings.HasPrefix(name, `"`) {
		return name + "\t"
	}
	return name
}

// lines splits a text behind each LF.
func lines(text []byte) []string {
	list := strings.SplitAfter(string(text), "\n")
	if last := len(list) - 1; list[last] == "" {
		return list[:last]
	}
	return list
}

// hunk is a run of changes that are close together.
type hunk []change

// hunks groups changes whose context would touch.
func hunks(changes []change) []hunk {
	var all []hunk
	for _, c := range changes {
		if n := len(all) - 1; n >= 0 && c.oldStart-all[n][len(all[n])-1].oldEnd <= 2*context {
			all[n] = append(all[n], c)
		} else {
			all = append(all, hunk{c})
		}
	}
	return all
}

func (h hunk) write(b *bytes.Buffer, old, now []string) {
	first, last := h[0], h[len(h)-1]
	lead := min(context, first.oldStart)
	trail := min(context, len(old)-last.oldEnd)
	fmt.Fprintf(b, "@@ -%s +%s @@\n",
		span(first.oldStart-lead, last.oldEnd+trail), span(first.newStart-lead, last.newEnd+trail))
	at := first.oldStart - lead
	for _, c := range h {
		put(b, ' ', old[at:c.oldStart])
		put(b, '-', old[c.oldStart:c.oldEnd])
		put(b, '+', now[c.newStart:c.newEnd])
		at = c.oldEnd
	}
	put(b, ' ', old[at:last.oldEnd+trail])
}

// span is a range of lines as a hunk's head names it: an empty one by the line
// before it.
func span(start, end int) string {
	switch end - start {
	case 0:
		return fmt.Sprintf("%d,0", start)
	case 1:
		return fmt.Sprint(start + 1)
	default:
		return fmt.Sprintf("%d,%d", start+1, end-start)
	}
}

// put writes lines behind a mark. Only the last line of a text can lack its LF.
func put(b *bytes.Buffer, mark byte, part []string) {
	for _, line := range part {
		b.WriteByte(mark)
		b.WriteString(line)
		if !strings.HasSuffix(line, "\n") {
			b.WriteString("\n\\ No newline at end of file\n")
		}
	}
}
