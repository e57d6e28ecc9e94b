package ui

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"
)

func TestThemeFollowsTheConventions(t *testing.T) {
	tests := []struct {
		env      string
		terminal bool
		want     Theme
	}{
		{"LANG=zh_CN.UTF-8", true, Theme{color: true, unicode: true}},
		{"LANG=zh_CN.UTF-8", false, Theme{unicode: true}},
		{"LANG=en_US.utf8 NO_COLOR=1", true, Theme{unicode: true}},
		{"LANG=C", true, Theme{color: true}},
		{"LANG=en_US.UTF-8 LC_ALL=C", true, Theme{color: true}},
		{"LANG=C LC_CTYPE=C.UTF-8", true, Theme{color: true, unicode: true}},
		{"LANG=zh_CN.GBK", true, Theme{color: true}},
		{"LANG=C.UTF-8 TERM=dumb", true, Theme{}},
		{"LANG=C.UTF-8 CLICOLOR=0", true, Theme{unicode: true}},
		{"LANG=C.UTF-8 CLICOLOR_FORCE=1", false, Theme{color: true, unicode: true}},
		{"LANG=C.UTF-8 CLICOLOR_FORCE=0", false, Theme{unicode: true}},
		{"LANG=C.UTF-8 CLICOLOR_FORCE=1 NO_COLOR=1", true, Theme{unicode: true}},
		{"LANG=C.UTF-8 CLICOLOR_FORCE=1 TERM=dumb", true, Theme{color: true}},
	}
	for _, test := range tests {
		if got := themeFor(test.terminal, environment(test.env)); got != test.want {
			t.Errorf("%s, terminal %v: got %+v, want %+v", test.env, test.terminal, got, test.want)
		}
	}
	if !isUTF8("windows", true, environment("")) || isUTF8("windows", false, environment("")) || isUTF8("linux", true, environment("")) {
		t.Error("only a Windows console shows symbols without being told so")
	}
}

func TestSystemDecidesEachStreamAlone(t *testing.T) {
	s := System(environment("LANG=C.UTF-8 CLICOLOR_FORCE=1"))
	if s.In == nil || s.Out == nil || s.Err == nil {
		t.Fatal("a stream is missing")
	}
	if !s.OutTheme().Color() || !s.PromptColor() {
		t.Error("colour was not forced")
	}
	in, err := s.Files()
	if in == nil || err == nil {
		t.Error("prompts get no files")
	}
	if s.Interactive() != (s.InTerminal() && s.ErrTerminal()) {
		t.Error("a question needs a keyboard and a screen")
	}
}

func TestThemePaintsWithoutMeaning(t *testing.T) {
	off, on := Theme{}, Theme{color: true, unicode: true}
	paint := map[string]func(Theme, string) string{
		"bold": Theme.Bold, "dim": Theme.Dim, "red": Theme.Red, "green": Theme.Green, "yellow": Theme.Yellow, "cyan": Theme.Cyan,
	}
	seen := map[string]string{}
	for name, p := range paint {
		if got := p(off, "x"); got != "x" {
			t.Errorf("%s without colour is %q", name, got)
		}
		got := p(on, "x")
		if !strings.HasPrefix(got, "\x1b[") || !strings.Contains(got, "mx\x1b[") {
			t.Errorf("%s is %q", name, got)
		}
		if other := seen[got]; other != "" {
			t.Errorf("%s and %s look alike", name, other)
		}
		seen[got] = name
		if p(on, "") != "" {
			t.Errorf("%s paints nothing", name)
		}
	}
	symbols := func(theme Theme) string {
		return strings.Join([]string{theme.Check(), theme.Cross(), theme.Warning(), theme.Ellipsis()}, " ")
	}
	if got := symbols(off); got != "ok x ! ..." {
		t.Errorf("ASCII symbols: %q", got)
	}
	if got := symbols(Theme{unicode: true}); got != "✓ ✗ ! …" {
		t.Errorf("symbols: %q", got)
	}
}

func TestWidthAndTruncate(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "云调用": 6, "✓ ok…": 5, "a云b": 4, "é": 1, "👍": 2} {
		if got := Width(s); got != want {
			t.Errorf("Width(%q) = %d, want %d", s, got, want)
		}
	}
	for _, test := range []struct {
		s     string
		width int
		want  string
	}{
		{"subscribeMessage", 10, "subscribe…"},
		{"订阅消息发送", 9, "订阅消息…"},
		{"订阅消息发送", 8, "订阅消…"},
		{"订阅", 4, "订阅"},
		{"abc", 0, ""},
	} {
		if got := Truncate(test.s, test.width, "…"); got != test.want || Width(got) > test.width {
			t.Errorf("Truncate(%q, %d) = %q, want %q", test.s, test.width, got, test.want)
		}
	}
}

// TestWidthIgnoresTheLocale: Chinese locales must not make a ✓ two columns wide.
func TestWidthIgnoresTheLocale(t *testing.T) {
	chinese := runewidth.DefaultCondition.EastAsianWidth
	t.Cleanup(func() { runewidth.DefaultCondition.EastAsianWidth = chinese })
	runewidth.DefaultCondition.EastAsianWidth = true // what the library does with LANG=zh_CN.UTF-8
	if got := Width("✓…"); got != 2 {
		t.Errorf("Width = %d", got)
	}
}

func TestTableLinesUpChinese(t *testing.T) {
	table := NewTable(Theme{}, "函数", "status", "说明")
	table.Row("sendMessage", "ok", "已实测生效")
	table.Row("发送", "", "x\x1b[31m\ny")
	table.Row("短")
	want := "" +
		"函数         status  说明\n" +
		"sendMessage  ok      已实测生效\n" +
		"发送                 x\\x1b[31m y\n" +
		"短\n"
	var b bytes.Buffer
	if err := table.Write(&b, 0); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if table.Len() != 3 {
		t.Errorf("Len = %d", table.Len())
	}
}

func TestTableMeasuresBeforeItPaints(t *testing.T) {
	theme := Theme{color: true}
	table := NewTable(theme)
	table.Cells(Cell{Text: "a", Style: theme.Red}, Cell{Text: "1"})
	table.Cells(Cell{Text: "bbb"}, Cell{Text: "2"})
	var b bytes.Buffer
	if err := table.Write(&b, 0); err != nil {
		t.Fatal(err)
	}
	if want := theme.Red("a") + "    1\nbbb  2\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestTableWrapsTheLastColumn(t *testing.T) {
	table := NewTable(Theme{})
	table.Row("fn", "the list is in force on every node")
	table.Row("fn", "声明要先送达云端，再经过最长十分钟的缓存")
	var b bytes.Buffer
	if err := table.Write(&b, 26); err != nil {
		t.Fatal(err)
	}
	want := "" +
		"fn  the list is in force\n" +
		"    on every node\n" +
		"fn  声明要先送达云端，再经\n" +
		"    过最长十分钟的缓存\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWrapKeepsWordsWhole(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"the list is in force", 8, []string{"the list", "is in", "force"}},
		{"没有声明：config.json 不存在", 16, []string{"没有声明：", "config.json 不存", "在"}},
		{"调用了 wxacode.get，但没有声明", 12, []string{"调用了", "wxacode.get", "，但没有声明"}},
		{"cloudfunctions/notify", 15, []string{"cloudfunctions/", "notify"}},
	} {
		if diff := cmp.Diff(c.want, Wrap(c.text, c.width)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.text, diff)
		}
	}
}

// FuzzWrap: every line fits, nothing but blanks is lost.
func FuzzWrap(f *testing.F) {
	f.Add("the list is in force", 7)
	f.Add("声明 abc 送达云端", 5)
	f.Add("云", 1)
	f.Fuzz(func(t *testing.T, s string, width int) {
		if !utf8.ValidString(s) || width < 1 || width > 200 {
			return
		}
		lines := Wrap(s, width)
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if squeeze(strings.Join(lines, "")) != squeeze(s) {
			t.Fatalf("Wrap(%q, %d) = %q", s, width, lines)
		}
		for _, line := range lines {
			if Width(line) > width && utf8.RuneCountInString(line) > 1 {
				t.Fatalf("Wrap(%q, %d): %q is %d wide", s, width, line, Width(line))
			}
		}
	})
}

func TestLiveOnATerminal(t *testing.T) {
	streams, out, err := Test("", Kind{Terminal: true, Width: 20})
	live := streams.Live()
	live.Update("waiting", "9:59")
	live.Update("waiting", "9:59")
	live.Update("waiting", "9:58")
	live.Print("✓ fn")
	live.Update("等待权限在云端生效", "9:57")
	live.Stop()
	live.Stop()
	const erase = "\r\x1b[K"
	want := []string{
		erase + "waiting  9:59",
		erase + "waiting  9:58",
		erase + "✓ fn\n" + "waiting  9:58",
		erase + "等待权限在云端生...",
		erase,
	}
	if diff := cmp.Diff(strings.Join(want, "|"), strings.ReplaceAll(err.String(), erase, "|"+erase)[1:]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if out.Len() != 0 {
		t.Errorf("wrote to the result stream: %q", out.String())
	}
}

func TestLiveInALog(t *testing.T) {
	streams, _, err := Test("", Kind{})
	live := streams.Live()
	for second := range 60 {
		live.Update("waiting", fmt.Sprintf("0:%02d", 59-second))
	}
	live.Print("note")
	live.Update("granted\x1b[2J", "")
	live.Stop()
	if want := "waiting\nnote\ngranted\\x1b[2J\n"; err.String() != want {
		t.Errorf("got %q, want %q", err.String(), want)
	}
}

func TestLiveInALogKeepsAStateBySubject(t *testing.T) {
	for _, tt := range []struct {
		name         string
		states, want []string
	}{
		{
			"two in turn",
			[]string{"a: waiting", "b: waiting", "a: waiting", "b: waiting", "a: done", "b: waiting"},
			[]string{"a: waiting", "b: waiting", "a: done"},
		},
		{
			"two in turn, in Chinese",
			[]string{"甲：等待", "乙：等待", "甲：等待", "乙：等待"},
			[]string{"甲：等待", "乙：等待"},
		},
		{
			"one there and back",
			[]string{"a: Creating", "a: Active: yes", "a: Creating", "a: Creating"},
			[]string{"a: Creating", "a: Active: yes", "a: Creating"},
		},
		{
			"no subject",
			[]string{"refused", "granted", "granted", "refused"},
			[]string{"refused", "granted", "refused"},
		},
	} {
		streams, _, err := Test("", Kind{})
		live := streams.Live()
		for _, state := range tt.states {
			live.Update(state, "")
		}
		live.Stop()
		if diff := cmp.Diff(tt.want, strings.Split(strings.TrimSuffix(err.String(), "\n"), "\n")); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.name, diff)
		}
	}
}

// TestLiveIsSafeForSeveral runs under the race detector.
func TestLiveIsSafeForSeveral(t *testing.T) {
	streams, _, err := Test("", Kind{Terminal: true})
	live := streams.Live()
	var group sync.WaitGroup
	for n := range 4 {
		group.Go(func() {
			for i := range 50 {
				live.Update(fmt.Sprint(n), fmt.Sprint(i))
				live.Print("x")
			}
		})
	}
	group.Wait()
	live.Stop()
	if got := strings.Count(err.String(), "x\n"); got != 200 {
		t.Errorf("%d lines stayed, want 200", got)
	}
	if !strings.HasSuffix(err.String(), eraseLine) {
		t.Error("the last line was not cleared")
	}
}

func TestTestStreams(t *testing.T) {
	streams, _, _ := Test("typed", Kind{Terminal: true})
	if !streams.Interactive() || streams.OutWidth() != 80 || streams.ErrWidth() != 80 {
		t.Errorf("%+v", streams)
	}
	if piped, _, _ := Test("", Kind{}); piped.Interactive() || piped.OutWidth() != 0 || piped.OutTerminal() {
		t.Error("a pipe is no terminal")
	}
}

func TestSystemLanguage(t *testing.T) {
	for env, want := range map[string]string{
		"LC_ALL=zh_CN.UTF-8 LANG=en_US.UTF-8":     "zh_CN.UTF-8",
		"LC_MESSAGES=en_US.UTF-8 LANG=zh_CN":      "en_US.UTF-8",
		"LANG=zh_CN LC_CTYPE=en_US.UTF-8":         "zh_CN",
		"LC_ALL= LC_MESSAGES= LANG=C":             "C",
		"LC_ALL=C LC_MESSAGES=zh_CN LANG=zh_CN":   "C",
		"LC_ALL= LC_MESSAGES=zh_CN.UTF-8 LANG=en": "zh_CN.UTF-8",
	} {
		if got := SystemLanguage(environment(env)); got != want {
			t.Errorf("%s: got %q, want %q", env, got, want)
		}
	}
}

// environment makes a getenv of "NAME=value NAME=value".
func environment(pairs string) func(string) string {
	values := map[string]string{}
	for pair := range strings.FieldsSeq(pairs) {
		name, value, _ := strings.Cut(pair, "=")
		values[name] = value
	}
	return func(name string) string { return values[name] }
}
