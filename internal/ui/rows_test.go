package ui

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// screen is what a terminal shows after the codes that Live uses.
func screen(written string) []string {
	lines, row := []string{""}, 0
	for written != "" {
		switch {
		case strings.HasPrefix(written, eraseLine):
			lines[row], written = "", written[len(eraseLine):]
		case strings.HasPrefix(written, "\r\x1b["):
			written = written[len("\r\x1b["):]
			n, rest, _ := strings.Cut(written, "A")
			up, _ := strconv.Atoi(n)
			row -= up
			written = strings.TrimPrefix(rest, "\x1b[J")
			lines = append(lines[:row], "")
		case written[0] == '\n':
			row, written = row+1, written[1:]
			if row == len(lines) {
				lines = append(lines, "")
			}
		default:
			end := strings.IndexAny(written, "\r\n")
			if end < 0 {
				end = len(written)
			}
			lines[row] += written[:end]
			written = written[end:]
		}
	}
	return lines
}

func TestLiveRows(t *testing.T) {
	streams, _, err := Test("", Kind{Terminal: true, Width: 24})
	live := streams.Live()
	shows := func(want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, screen(err.String())); diff != "" {
			t.Errorf("the screen (-want +got):\n%s", diff)
		}
	}
	live.Rows([]string{"a  code 1.0/3.0 MB", "b  a row that is too long for it"})
	shows("a  code 1.0/3.0 MB", "b  a row that is too...")
	live.Update("0 of 3 done", "")
	shows("0 of 3 done", "a  code 1.0/3.0 MB", "b  a row that is too...")
	live.Print("said meanwhile")
	shows("said meanwhile", "0 of 3 done", "a  code 1.0/3.0 MB", "b  a row that is too...")
	live.Rows([]string{"b\x1b[2J"})
	live.Update("1 of 3 done", "about 4s left")
	shows("said meanwhile", "1 of 3 done  about 4...", `b\x1b[2J`)
	live.Rows(nil)
	shows("said meanwhile", "1 of 3 done  about 4...")
	live.Rows([]string{"c", "d"})
	live.Stop()
	shows("said meanwhile", "")
	before := err.Len()
	live.Rows(nil)
	live.Stop()
	if err.Len() != before {
		t.Error("something is written when nothing is shown")
	}
	streams, _, err = Test("", Kind{})
	live = streams.Live()
	live.Rows([]string{"a"})
	live.Stop()
	if err.Len() != 0 || live.Redraws() {
		t.Errorf("rows in a log: %q", err.String())
	}
}
