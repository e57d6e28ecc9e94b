package cmd

import (
	"strings"
	"testing"
	"unicode/utf8"

	"wxcloud/cmd/text"
	"wxcloud/internal/ui"
	"wxcloud/internal/wxcode"
)

func outside(t *testing.T, in string) *app {
	t.Helper()
	streams, _, _ := ui.Test(in, ui.Kind{})
	return newApp(Process{Streams: streams, Getenv: func(string) string { return "" }, Dir: t.TempDir()})
}

func TestALongLogIsReadFromItsEnd(t *testing.T) {
	log := "errCode: 45009\n" + strings.Repeat("everything is fine, and has been for 604101 days\n", 400_000) + "errCode: -604101\n"
	a := outside(t, log)
	data, cut, err := a.readTail(t.Context())
	if err != nil || !cut || len(data) > maxInput+1 || !strings.HasSuffix(log, string(data)) {
		t.Fatalf("%d bytes, cut %v, %v", len(data), cut, err)
	}
	x := explainer{app: a, lang: text.English}
	if found := x.log(t.Context(), wxcode.Text(data)); len(found) != 1 || found[0].Code != -604101 {
		t.Errorf("%+v", found)
	}
	if data, cut, err := outside(t, "short").readTail(t.Context()); string(data) != "short" || cut || err != nil {
		t.Errorf("%q %v %v", data, cut, err)
	}
}

func FuzzExplain(f *testing.F) {
	f.Add([]byte("Error: errCode: -604101 function has no permission | errMsg: openapi.subscribeMessage.send:fail"), true)
	f.Add([]byte("\xff\xfee\x00r\x00r\x00C\x00o\x00d\x00e\x00:\x00-\x006\x000\x004\x001\x000\x001\x00"), false)
	f.Add([]byte(`{"errcode":9300501,"errmsg":"openapi.logistics.addOrder:fail \x1b[2J"}`), false)
	f.Add([]byte("\x1b[31m-10008 invalid ip: ::1, FailedOperation.UpdateFunctionCode"), true)
	f.Fuzz(func(t *testing.T, raw []byte, chinese bool) {
		streams, out, _ := ui.Test("", ui.Kind{Terminal: true})
		a := newApp(Process{Streams: streams, Getenv: func(string) string { return "" }, Dir: "/nonexistent"})
		if chinese {
			a.lang = text.Chinese
		}
		x := explainer{app: a, lang: a.lang}
		for _, e := range x.log(t.Context(), wxcode.Text(raw)) {
			if e.Title == "" || e.Meaning == "" {
				t.Errorf("%d %s says nothing", e.Code, e.Name)
			}
			a.printExplained(e)
		}
		printed := out.String()
		if strings.ContainsRune(printed, 0x1b) || !utf8.ValidString(printed) {
			t.Errorf("what was pasted reaches the terminal: %q", printed)
		}
	})
}
