package node

import "strings"

// maxLog is how much of a call's output is kept.
const maxLog = 256 << 10

// logBuffer keeps the beginning of a call's output.
type logBuffer struct {
	text strings.Builder
	cut  bool
}

// WriteString adds output; what exceeds the limit is dropped.
func (b *logBuffer) WriteString(s string) {
	room := maxLog - b.text.Len()
	if len(s) > room {
		s, b.cut = s[:room], true
	}
	b.text.WriteString(s)
}

// endAnswer removes the line end the runner puts before an answer, so that an
// answer always starts a line.
func (b *logBuffer) endAnswer() {
	if s, ok := strings.CutSuffix(b.text.String(), "\n"); ok && !b.cut {
		b.text.Reset()
		b.text.WriteString(s)
	}
}

func (b *logBuffer) String() string {
	if b.cut {
		return b.text.String() + "\n...\n"
	}
	return b.text.String()
}
