// Package ui is everything wxcloud knows about the place a person reads: the
// three standard streams, what kind of terminal each one is, colours, tables and
// the one line that changes while something takes time. It knows nothing of what
// is said: no sentence, no error and no command comes from here.
package ui

import (
	"bytes"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/mattn/go-colorable"
	"github.com/mattn/go-isatty"
	"golang.org/x/term"
)

// Streams are the standard streams of one run. Out carries results, Err
// everything said to a person. Colour and symbols are decided for each stream
// by itself, because either may be a file while the other is a terminal.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer

	in, out, err facts
}

// facts are what was found out about one stream.
type facts struct {
	file     *os.File // nil when the stream is not one of the process's own
	terminal bool     // a person is at the other end
	redraws  bool     // a terminal on which a line can be written over
	theme    Theme
	width    int // columns; 0: ask the terminal, it may be resized
}

// System returns the streams of the process. It is the only place in the program
// that touches os.Stdin, os.Stdout and os.Stderr.
func System(getenv func(string) string) *Streams {
	s := &Streams{In: os.Stdin}
	s.in = factsOf(os.Stdin, getenv)
	s.Out, s.out = writer(os.Stdout, getenv)
	s.Err, s.err = writer(os.Stderr, getenv)
	return s
}

// writer makes colour codes work on Windows consoles that do not know them.
func writer(file *os.File, getenv func(string) string) (io.Writer, facts) {
	if file == nil { // a Windows service has no streams
		return io.Discard, facts{}
	}
	return colorable.NewColorable(file), factsOf(file, getenv)
}

func factsOf(file *os.File, getenv func(string) string) facts {
	if file == nil {
		return facts{}
	}
	terminal := isatty.IsTerminal(file.Fd()) || isatty.IsCygwinTerminal(file.Fd())
	return facts{
		file:     file,
		terminal: terminal,
		redraws:  terminal && getenv("TERM") != "dumb",
		theme:    themeFor(terminal, getenv),
	}
}

// Kind says what a test pretends its streams to be. The zero Kind is the usual
// case of a pipeline: nothing is a terminal, no colour, ASCII symbols.
type Kind struct {
	Terminal bool // all three are terminals
	Color    bool
	Unicode  bool
	Width    int // columns of the terminal; 0 means 80
}

// Test returns streams over buffers: in is what would be typed.
func Test(in string, kind Kind) (streams *Streams, out, err *bytes.Buffer) {
	if kind.Width == 0 {
		kind.Width = defaultWidth
	}
	f := facts{
		terminal: kind.Terminal, redraws: kind.Terminal, width: kind.Width,
		theme: Theme{color: kind.Color, unicode: kind.Unicode},
	}
	out, err = new(bytes.Buffer), new(bytes.Buffer)
	return &Streams{In: strings.NewReader(in), Out: out, Err: err, in: f, out: f, err: f}, out, err
}

// Interactive reports whether a question can be asked: it is written to Err and
// answered on In, so both must be terminals. Out may go to a file.
func (s *Streams) Interactive() bool { return s.in.terminal && s.err.terminal }

// InTerminal reports whether input comes from a keyboard and not from a pipe or
// a file: a command that reads a log from In would otherwise wait without a word.
func (s *Streams) InTerminal() bool { return s.in.terminal }

// OutTerminal reports whether results are read by a person.
func (s *Streams) OutTerminal() bool { return s.out.terminal }

// ErrTerminal reports whether messages are read as they are written.
func (s *Streams) ErrTerminal() bool { return s.err.terminal }

// OutTheme is how results may look.
func (s *Streams) OutTheme() Theme { return s.out.theme }

// ErrTheme is how messages may look.
func (s *Streams) ErrTheme() Theme { return s.err.theme }

// Files returns the files behind In and Err for a prompt, which needs their
// descriptors. Both are nil when the streams are buffers.
func (s *Streams) Files() (in, err *os.File) { return s.in.file, s.err.file }

// PromptColor reports whether questions, which go to Err, may be coloured.
func (s *Streams) PromptColor() bool { return s.err.theme.color }

const defaultWidth = 80

// OutWidth is how many columns results may use; 0 when they are not read on a
// terminal and lines may be as long as they are.
func (s *Streams) OutWidth() int { return s.out.columns() }

// ErrWidth is OutWidth of the message stream.
func (s *Streams) ErrWidth() int { return s.err.columns() }

func (f facts) columns() int {
	switch {
	case !f.terminal:
		return 0
	case f.width > 0 || f.file == nil:
		return f.width
	}
	if width, _, err := term.GetSize(int(f.file.Fd())); err == nil && width > 0 {
		return width
	}
	return defaultWidth
}

// themeFor decides colour and symbols for one stream. The order is that of the
// conventions: NO_COLOR wins over CLICOLOR_FORCE, which wins over what the
// stream is. Symbols follow the character set alone.
func themeFor(terminal bool, getenv func(string) string) Theme {
	dumb := getenv("TERM") == "dumb"
	t := Theme{
		color:   terminal && !dumb && getenv("CLICOLOR") != "0",
		unicode: !dumb && isUTF8(runtime.GOOS, terminal, getenv),
	}
	if force := getenv("CLICOLOR_FORCE"); force != "" && force != "0" {
		t.color = true
	}
	if getenv("NO_COLOR") != "" {
		t.color = false
	}
	return t
}

// isUTF8 reports whether symbols outside ASCII arrive intact. A Windows console
// is written to in UTF-16 whatever its code page is; a file there is not.
func isUTF8(goos string, terminal bool, getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := strings.ToLower(getenv(name)); value != "" {
			return strings.Contains(value, "utf-8") || strings.Contains(value, "utf8")
		}
	}
	return goos == "windows" && terminal
}
