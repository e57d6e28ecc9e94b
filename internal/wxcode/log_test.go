package wxcode_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"wxcloud/internal/wxcode"
)

func utf16le(s string, mark bool) []byte {
	var out []byte
	if mark {
		out = append(out, 0xff, 0xfe)
	}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func utf16be(s string, mark bool) []byte {
	out := utf16le(s, mark)
	for i := 0; i+1 < len(out); i += 2 {
		out[i], out[i+1] = out[i+1], out[i]
	}
	return out
}

func TestTextReadsWhatTerminalsAndPowerShellWrite(t *testing.T) {
	const log = "云函数 notify: errCode: -604101"
	for name, raw := range map[string][]byte{
		"utf-8":              []byte(log),
		"utf-8, marked":      []byte("\ufeff" + log),
		"utf-16le, marked":   utf16le(log, true),
		"utf-16be, marked":   utf16be(log, true),
		"utf-16le, unmarked": utf16le(log, false),
		"utf-16be, unmarked": utf16be(log, false),
		"coloured":           []byte("云函数 \x1b[1;31mnotify\x1b[0m: errCode: \x1b[33m-604101\x1b[0m"),
	} {
		if got := wxcode.Text(raw); got != log {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestTellingPutsWrappersLast(t *testing.T) {
	got := wxcode.Telling([]int{-504002, 45009, -604102, -604101, 40001})
	if want := []int{-604101, 40001, 45009, -604102, -504002}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestFindFunction(t *testing.T) {
	names := []string{"notify", "order", "user"}
	for _, c := range []struct {
		text, want string
		sure       bool
	}{
		{`{"function_name":"notify","log":"-604101"}`, "notify", true},
		{"FunctionName: order\nuser said no", "order", true},
		{"at /cloudfunctions/notify/index.js:3", "notify", true},
		{"云函数：notify 报错", "notify", true},
		{"20:15 notify failed", "notify", false},
		{"the user of order", "", false},
		{"function notify calls function order", "", false},
		{"notify2 not-notify", "", false},
		{"", "", false},
	} {
		if got, sure := wxcode.FindFunction(c.text, names); got != c.want || sure != c.sure {
			t.Errorf("%q: %q, %v", c.text, got, sure)
		}
	}
}

func TestAddress(t *testing.T) {
	for text, want := range map[string]string{
		"-10008 invalid ip: 1.2.3.4, reference: https://x":                            "1.2.3.4",
		"40164 invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist":              "1.2.3.4",
		`{"errmsg":"invalid ip 2001:db8::1 ipv6 2001:db8::1, not in whitelist rid:"}`: "2001:db8::1",
		"Invalid IP:10.0.0.9.": "10.0.0.9",
		"invalid ip":           "invalid IP",
		"nothing at all":       "invalid IP",
	} {
		if got, _ := wxcode.Address(text); got.String() != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestTimeIsThatOfTheLine(t *testing.T) {
	log := "2026-11-22T20:00:00Z start\n2026-11-22T20:15:53.400Z errCode: -604101\n"
	got, ok := wxcode.Time(log, -604101)
	if !ok || !got.Equal(time.Date(2026, 11, 22, 20, 15, 53, 400e6, time.UTC)) {
		t.Errorf("%v %v", got, ok)
	}
	if _, ok := wxcode.Time("errCode: -604101", -604101); ok {
		t.Error("a time out of nothing")
	}
}

func TestOriginAndTicket(t *testing.T) {
	for text, want := range map[string]string{
		`{"Message":"","TriggerName":"daily","Type":"Timer"}`: "timer",
		`SOURCE: 'wx_client,scf'`:                             "function",
		`{"origin": "timer"}`:                                 "timer",
		`nothing`:                                             "",
	} {
		if got := wxcode.Origin(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	if !wxcode.NoTicket("-501007 invalid parameters. missing wxCloudApiToken") || wxcode.NoTicket("-501007 invalid parameters") {
		t.Error("the ticket")
	}
}

func FuzzLog(f *testing.F) {
	f.Add([]byte("\xff\xfeA\x00"))
	f.Add([]byte("\x1b[31m-604101\x1b["))
	f.Add([]byte("2026-11-22T20:15:53Z -604101 invalid ip 1.2.3.4 function notify"))
	f.Add([]byte(strings.Repeat("-604101 ", 40)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		text := wxcode.Text(raw)
		codes := wxcode.Find(text)
		if got := wxcode.Telling(codes); len(got) != len(codes) {
			t.Errorf("%v became %v", codes, got)
		}
		if name, sure := wxcode.FindFunction(text, []string{"notify", "a"}); sure && name == "" || name != "" && !strings.Contains(text, name) {
			t.Errorf("%q %v", name, sure)
		}
		wxcode.Origin(text)
		wxcode.Address(text)
		wxcode.Time(text, -604101)
	})
}
