package ui

import (
	"io"
	"strings"
	"sync"

	"wxcloud/internal/sanitize"
)

// Live is the one line that says what is going on. On a terminal it is written
// over in place; in a log every change of state is a line of its own and a
// countdown adds nothing. What stands before the first colon of a state is its
// subject, and each subject has a state of its own: two functions that report in
// turn, "a: waiting" and "b: waiting", are two lines however long it takes. It never hides the cursor or changes the terminal's
// mode, so a run that is killed at any moment leaves nothing to repair.
//
// It writes single lines itself because a progress-bar library draws bars,
// redraws on its own clock from its own goroutine, and prints nothing at all
// where there is no terminal.
//
// A Live may be used from several goroutines.
type Live struct {
	streams *Streams
	mu      sync.Mutex
	shown   string            // what is on the terminal's current line, as it was written
	logged  map[string]string // the last state printed in a log, by subject
}

// Live starts a status line on Err. Nothing is written before the first Update.
func (s *Streams) Live() *Live { return &Live{streams: s, logged: map[string]string{}} }

// Update shows state, followed on a terminal by detail: what changes all the
// time, such as the time left. In a log only a new state is printed. Both are
// cleaned and may not hold escape codes. States without a colon are of one subject.
func (l *Live) Update(state, detail string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	state, detail = sanitize.Line(state), sanitize.Line(detail)
	if !l.streams.err.redraws {
		if s := subject(state); state != l.logged[s] {
			l.logged[s] = state
			l.write(state + "\n")
		}
		return
	}
	line := state
	if detail != "" {
		line = strings.TrimPrefix(state+"  "+detail, "  ")
	}
	// One column stays free: some terminals wrap as soon as the last is used,
	// and then the line could no longer be written over.
	line = Truncate(line, l.streams.ErrWidth()-1, l.streams.ErrTheme().Ellipsis())
	if line != l.shown {
		l.write(eraseLine + line)
		l.shown = line
	}
}

// subject is what a state is about: the text before its first colon, of either
// width, or "".
func subject(state string) string {
	return state[:max(0, strings.IndexAny(state, ":："))]
}

// Print writes a line that stays, above the status line. It is printed as it
// is: whoever coloured it has cleaned it.
func (l *Live) Print(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.shown == "" {
		l.write(line + "\n")
		return
	}
	l.write(eraseLine + line + "\n" + l.shown)
}

// Stop removes the status line. What is written to Err afterwards starts on a
// clean line. Stop may be called more than once, and Update again after it.
func (l *Live) Stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.shown != "" {
		l.write(eraseLine)
		l.shown = ""
	}
}

// eraseLine goes to the first column and clears what stands after it.
const eraseLine = "\r\x1b[K"

// write drops the error: a status line that cannot be shown must not stop the
// work it tells of.
func (l *Live) write(s string) { _, _ = io.WriteString(l.streams.Err, s) }
