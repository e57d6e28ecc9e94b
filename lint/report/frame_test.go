package report

import (
	"math"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"wxcloud/internal/ui"
)

func TestFrame(t *testing.T) {
	long := strings.Repeat("a", 5000)
	for _, c := range []struct {
		name       string
		line       string
		start, end int
		text       string
		marks      string
	}{
		{"ascii", "let x = f()\n", 9, 10, "let x = f()", "        ^"},
		{"tab", "\tf()", 2, 3, "    f()", "    ^"},
		{"tab after text", "ab\tf()", 4, 5, "ab  f()", "    ^"},
		{"chinese before", "const 结果 = f()", 12, 13, "const 结果 = f()", "             ^"},
		{"chinese marked", "x(提醒)", 3, 5, "x(提醒)", "  ^^^^"},
		{"full width comma", "甲，乙", 3, 4, "甲，乙", "    ^^"},
		{"outside the basic plane", "'😀' + f()", 8, 9, "'😀' + f()", "       ^"},
		{"combining mark", "e\u0301f", 3, 4, "e\u0301f", " ^"},
		{"joined emoji", "'👩\u200d💻' + f()", 11, 12, "'👩\u200d💻' + f()", "       ^"},
		{"ambiguous width", "'✓…' + f()", 8, 9, "'✓…' + f()", "       ^"},
		{"escape sequence", "\x1b[31mf()", 6, 7, `\x1b[31mf()`, "        ^"},
		{"end of line", "f(", 3, 3, "f(", "  ^"},
		{"far past the end", "f(", 99, 120, "f(", "  ^"},
		{"empty range", "f()", 2, 2, "f()", " ^"},
		{"windows line", "f()\r\n", 1, 2, "f()", "^"},
		{"invalid bytes", "\xff\xfef()", 3, 4, "\ufffd\ufffdf()", "  ^"},
		{
			"minified", long + "f()" + long, 5001, 5002,
			"…" + strings.Repeat("a", 32) + "f()" + strings.Repeat("a", 65) + "…", strings.Repeat(" ", 33) + "^",
		},
		{"marks stay within the window", long, 1, 5001, strings.Repeat("a", 100) + "…", strings.Repeat("^", 100)},
	} {
		text, marks := frame([]byte(c.line), c.start, c.end, 102)
		if text != c.text || marks != c.marks {
			t.Errorf("%s:\n got %q\n     %q\nwant %q\n     %q", c.name, text, marks, c.text, c.marks)
		}
	}
}

// Whatever is cut off, a frame is no wider than it may be and shows the finding.
func TestFrameFits(t *testing.T) {
	code := "\t\t\tawait cloud.openapi.subscribeMessage.send({ 到货提醒 }) // 提醒😀"
	start := strings.Index(code, "cloud") + 1
	for width := 12; width < 100; width++ {
		for _, line := range []string{code, code + strings.Repeat("提", 300), strings.Repeat(";", 300) + code} {
			from := start + strings.Index(line, "\t")
			text, marks := frame([]byte(line), from, from+35, width)
			if ui.Width(text) > width || ui.Width(marks) > width {
				t.Errorf("%d columns of %d: %s", ui.Width(text), width, text)
			}
			if at := strings.Index(marks, "^"); !strings.HasPrefix(string([]rune(text)[at:]), "cloud"[:min(5, width-10)]) {
				t.Errorf("width %d: the mark is not under the call:\n%s\n%s", width, text, marks)
			}
		}
	}
}

func FuzzFrame(f *testing.F) {
	f.Add("\tconst 结果 = await cloud.openapi.a.b()\x1b[m\u202e", 5, 9)
	f.Add(strings.Repeat("提醒", 300), 200, 700)
	f.Add("call()", -83, 3) // places no finding has, which must not end the program
	f.Add("call()", math.MaxInt, math.MinInt)
	f.Fuzz(func(t *testing.T, line string, start, end int) {
		text, marks := frame([]byte(line), start, end, 60)
		if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
			t.Errorf("text %q", text)
		}
		if !strings.HasSuffix(marks, "^") || ui.Width(marks) > 60+8 {
			t.Errorf("marks %q", marks)
		}
		if ui.Width(text) > 60+8 {
			t.Errorf("text is %d columns wide", ui.Width(text))
		}
	})
}

// A line of plain characters is framed as any other.
func TestFramePlain(t *testing.T) {
	for _, line := range []string{"", " ", "f()", "  const a = f(b, c);  ", strings.Repeat("ab ", 30)} {
		for width := 10; width < 100; width += 22 {
			for start := 1; start < len(line)+4; start++ {
				for end := start; end < len(line)+5; end++ {
					text, marks := frame([]byte(line), start, end, width)
					first := min(start, len(line)+1)
					wantText, wantMarks := frameAny([]byte(line), first, min(max(end, first+1), len(line)+2), max(width-2, 8))
					if text != wantText || marks != wantMarks {
						t.Fatalf("%q %d-%d in %d:\n%q\n%q\nwant\n%q\n%q", line, start, end, width, text, marks, wantText, wantMarks)
					}
				}
			}
		}
	}
}
