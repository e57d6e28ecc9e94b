package sanitize_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"wxcloud/internal/sanitize"
)

func TestLine(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "hello", "hello"},
		{"chinese", "云函数 ok", "云函数 ok"},
		{"escape sequence", "a\x1b[31mred", `a\x1b[31mred`},
		{"workflow command", "x\n::error::pwned", "x ::error::pwned"},
		{"leading colons are the printer's to guard", "::error::pwned", "::error::pwned"},
		{"carriage return", "a\rb", `a\x0db`},
		{"windows newline", "a\r\nb", "a b"},
		{"C1 control", "a\u009bb", "a\ufffdb"},
		{"bidirectional override", "a\u202eb", "a\ufffdb"},
		{"line separator", "a\u2028b", "a\ufffdb"},
		{"invalid UTF-8", "a\xffb", "a\ufffdb"},
		{"joined emoji", "👩\u200d💻", "👩\u200d💻"},
	} {
		if got := sanitize.Line(c.in); got != c.want {
			t.Errorf("%s: Line(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestBlockKeepsLines(t *testing.T) {
	if got, want := sanitize.Block("a\r\n\tb\x07"), "a\n\tb\\x07"; got != want {
		t.Errorf("Block = %q, want %q", got, want)
	}
}

func FuzzLine(f *testing.F) {
	f.Add("a\x1b[2Jb\n::set-output")
	f.Fuzz(func(t *testing.T, s string) {
		got := sanitize.Line(s)
		if !utf8.ValidString(got) || strings.ContainsFunc(got, unicode.IsControl) {
			t.Errorf("Line(%q) = %q", s, got)
		}
		if again := sanitize.Line(got); again != got {
			t.Errorf("Line is not stable: %q then %q", got, again)
		}
	})
}
