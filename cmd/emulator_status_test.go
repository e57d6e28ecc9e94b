package cmd

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"wxcloud/cmd/text"
	"wxcloud/emulator"
	"wxcloud/internal/ui"
)

// In eighty columns, in Chinese, every line of a full status fits, and nothing
// of it is lost.
func TestStatusFitsEightyColumns(t *testing.T) {
	f := emulator.FunctionStatus{
		Name: "send-subscribe-message", Status: "UpdateFailed", Reason: "npm: 404 Not Found - GET https://registry.example/no-such-package", Applied: true,
		Openapi:  []string{"subscribeMessage.send", "security.msgSecCheck", "wxacode.getUnlimited", "customerServiceMessage.send"},
		Triggers: []emulator.Trigger{{Name: "每天早上九点提醒所有用户", Type: "timer", Config: "0 0 9 * * * *"}},
		Versions: []emulator.VersionStatus{{Number: 1}, {Number: 2}},
		Observed: []emulator.Observed{{API: "subscribeMessage.send", Calls: 1200, Refused: 34}},
	}
	f.Cached = []emulator.Cached{{Node: 1, Openapi: f.Openapi, ExpiresAt: time.Unix(0, 0)}}
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		a := &app{lang: lang}
		table := ui.NewTable(ui.Theme{}, "FUNCTION", "STATUS", "LIST")
		details := a.functionDetails(f, 3)
		table.Row(f.Name, f.Status, details[0])
		for _, d := range details[1:] {
			table.Row("", "", d)
		}
		var out bytes.Buffer
		if err := table.Write(&out, 80); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			if w := ui.Width(strings.TrimRight(line, "\n")); w > 80 {
				t.Errorf("%d columns: %s", w, line)
			}
		}
		flat := strings.Join(strings.Fields(out.String()), "")
		for _, want := range []string{"customerServiceMessage.send", "no-such-package", "每天早上九点提醒所有用户", "009*", "1200", "34"} {
			if !strings.Contains(flat, want) {
				t.Errorf("%v: lacks %s:\n%s", lang, want, out.String())
			}
		}
	}
}
