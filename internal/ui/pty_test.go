//go:build unix

package ui

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/creack/pty"
)

// TestFactsOfRealFiles: a terminal and a file, side by side, are told apart, and
// a resized terminal is noticed.
func TestFactsOfRealFiles(t *testing.T) {
	master, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	t.Cleanup(func() { _ = tty.Close(); _ = master.Close() })
	file, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })

	env := environment("LANG=zh_CN.UTF-8 TERM=xterm")
	screen, log := factsOf(tty, env), factsOf(file, env)
	if !screen.terminal || !screen.redraws || !screen.theme.color {
		t.Errorf("the terminal: %+v", screen)
	}
	if log.terminal || log.redraws || log.theme.color || log.columns() != 0 {
		t.Errorf("the file: %+v", log)
	}
	if dumb := factsOf(tty, environment("TERM=dumb")); !dumb.terminal || dumb.redraws {
		t.Errorf("a dumb terminal cannot write a line over: %+v", dumb)
	}
	for _, columns := range []uint16{120, 40} {
		if err := pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: columns}); err != nil {
			t.Fatal(err)
		}
		if got := screen.columns(); got != int(columns) {
			t.Errorf("%d columns, want %d", got, columns)
		}
	}
	if err := pty.Setsize(master, &pty.Winsize{}); err != nil {
		t.Fatal(err)
	}
	if got := screen.columns(); got != defaultWidth {
		t.Errorf("a terminal without a size has %d columns", got)
	}
}
