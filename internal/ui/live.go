package ui

import (
	"io"
	"slices"
	"strconv"
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
// Under the status line there may be rows, one for each thing under way; a log
// has none.
//
// A Live may be used from several goroutines.
type Live struct {
	streams *Streams
	mu      sync.Mutex
	status  string            // the status line
	rows    []string          // below it
	shown   []string          // the lines on the terminal, as they were written
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
	l.status = state
	if detail != "" {
		l.status = strings.TrimPrefix(state+"  "+detail, "  ")
	}
	l.draw()
}

// Rows shows what is under way, a line each, below the status line. Where
// nothing can be written over it does nothing.
func (l *Live) Rows(rows []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.streams.err.redraws {
		return
	}
	l.rows = l.rows[:0]
	for _, row := range rows {
		l.rows = append(l.rows, sanitize.Line(row))
	}
	l.draw()
}

// Redraws reports whether lines are written over in place. The caller may leave
// out of a log what only a person watching wants to see.
func (l *Live) Redraws() bool { return l.streams.err.redraws }

// draw brings the terminal up to date.
func (l *Live) draw() {
	var lines []string
	// One column stays free: some terminals wrap as soon as the last is used,
	// and then the lines could no longer be written over.
	room, ellipsis := l.streams.ErrWidth()-1, l.streams.ErrTheme().Ellipsis()
	if l.status != "" {
		lines = append(lines, Truncate(l.status, room, ellipsis))
	}
	for _, row := range l.rows {
		lines = append(lines, Truncate(row, room, ellipsis))
	}
	if slices.Equal(lines, l.shown) {
		return
	}
	l.write(l.erase() + strings.Join(lines, "\n"))
	l.shown = lines
}

// erase goes to the beginning of what is shown and clears it.
func (l *Live) erase() string {
	if len(l.shown) > 1 {
		return "\r\x1b[" + strconv.Itoa(len(l.shown)-1) + "A\x1b[J"
	}
	return eraseLine
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
	if len(l.shown) == 0 {
		l.write(line + "\n")
		return
	}
	l.write(l.erase() + line + "\n" + strings.Join(l.shown, "\n"))
}

// Stop removes the status line and the rows. What is written to Err afterwards starts on a
// clean line. Stop may be called more than once, and Update again after it.
func (l *Live) Stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.shown) > 0 {
		l.write(l.erase())
	}
	l.status, l.rows, l.shown = "", nil, nil
}

// eraseLine goes to the first column and clears what stands after it.
const eraseLine = "\r\x1b[K"

// write drops the error: a status line that cannot be shown must not stop the
// work it tells of.
func (l *Live) write(s string) { _, _ = io.WriteString(l.streams.Err, s) }
