package rules

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/lint"
)

func TestCron(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// As documented, and as people write them.
		{"0 0 2 1 * * *", ""},
		{"*/5 * * * * * *", ""},
		{"0 0 10,14,16 * * * *", ""},
		{"0 */30 9-17 * * * *", ""},
		{"0 0 12 * * WED *", ""},
		{"0 15 10 * * MON-FRI *", ""},
		{"0 0 2 1 jan,JUL * 2030-2031", ""},
		{"0  0\t2 * * * * ", ""},
		{"0 1/10 * * * 0-6/2 1970", ""},
		{"30/30 0 0 29 FEB * *", ""},
		{"0 0 0 31 2,3 * *", ""},
		{"0 0 0 31 2 1 *", ""}, // every Monday of February

		// Not seven fields.
		{"0 0 2 * * *", "error whole; 0 0 2 * * * *"},
		{"0 2 * * * 2030", "error whole; 0 0 2 * * * 2030"},
		{"*/5 * * * *", "warning whole; 0 */5 * * * * *"},
		{"0 2 * * 7", "warning whole; 0 0 2 * * 0 *"},
		{"0 2 * * 9", "warning whole; 0 0 2 * * * *"}, // nothing to go by but the example
		{"@daily", "warning whole; 0 0 0 * * * *"},
		{"@reboot", "warning whole; 0 0 2 * * * *"},
		{"", "error whole; 0 0 2 * * * *"},
		{"每天两点", "error whole; 0 0 2 * * * *"},
		{"0 0 2\u3000* * * *", "error whole; there is a full-width space in it; write plain ones"},
		{"0 0 2 * * * * *", "error whole; 0 0 2 * * * *"},

		// Values that a field does not take.
		{"60 0 0 * * * *", "error second"},
		{"0 60 24 0 13 8 1969", "error minute, error hour, error day, error month, error weekday, error year"},
		{"0 0 2 * * MONDAY *", "error weekday"},
		{"0 0 2 * ANJ * *", "error month"},
		{"0 0 2,, * * * *", "error hour, error hour"},
		{"0 */0 * * * * *", "error minute"},
		{"0 */-5 * * * * *", "error minute"},
		{"0 */+5 * * * * *", "error minute"},
		{"0 */ * * * * *", "error minute"},
		{"0 1-2-3 * * * * *", "error minute"},
		{"0 ? * * * * *", "error minute"},
		{"0 0 0 32W * * *", "error day"},
		{"0 0 0 * * 1#6 *", "error weekday"},
		{"0 99999999999999999999 * * * * *", "error minute"},

		// Not documented, or surely not meant.
		{"0 0 2 * * 7 *", "warning weekday; write 0 or SUN"},
		{"0 0 22-6 * * * *", "warning hour"},
		{"0 */60 * * * * *", "warning minute; write 0"},
		{"0 */90 * * * * *", "warning minute; write 0"},
		{"* * * * * * *", "warning second"},
		{"*/1 0 2 * * * *", "warning second"},
		{"0-59 0 2 * * * *", "warning second"},
		{"0 0 0 31 2 * *", "warning day"},
		{"0 0 0 30,31 FEB * *", "warning day"},
		{"0 0 0 31 4,6,9,11 * *", "warning day"},
		{"0 0 0 29 2 * 2029,2030", "warning day"},

		// Tencent Cloud's signs.
		{"0 0 2 ? * MON *", "notice day"},
		{"0 0 2 L * ? *", "notice day, notice weekday"},
		{"0 0 2 15W,LW * 5L,6#3 *", "notice day, notice day, notice weekday, notice weekday"},
		{"* 0 2 ? * * *", "notice day, warning second"},
	} {
		var got []string
		for _, f := range readCron(c.text) {
			field := "whole"
			if f.field >= 0 {
				field = cronTitles[f.field].En
			}
			one := fmt.Sprintf("%s %s", f.severity, field)
			if _, help, ok := strings.Cut(c.want, "; "); ok {
				if !strings.HasSuffix(f.help.En, help) && !strings.HasPrefix(f.help.En, help) {
					t.Errorf("%q: help %q", c.text, f.help.En)
				}
				one += "; " + help
			}
			got = append(got, one)
			if strings.ContainsAny(f.message.En+f.message.Zh+f.help.En+f.help.Zh, "{}") {
				t.Errorf("%q: %+v", c.text, f)
			}
		}
		if joined := strings.Join(got, ", "); joined != c.want {
			t.Errorf("%q: %q, want %q", c.text, joined, c.want)
		}
	}
}

// Whatever stands there, reading it ends and every finding can be shown.
func FuzzCron(f *testing.F) {
	for _, seed := range []string{"0 0 2 * * * *", "* * * * *", "0 0 2 L * ?,5#3 *", "1-/,- 2/ / * * * 1970-2099/7", "@daily"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, fault := range readCron(text) {
			if int(fault.field) >= len(cronTitles) || fault.message.IsZero() || fault.severity == "" {
				t.Errorf("%q: %+v", text, fault)
			}
		}
	})
}

func TestTriggerInvalid(t *testing.T) {
	long := strings.Repeat("a", 60)
	for _, c := range []struct {
		name, triggers string
		want           []string
	}{
		{"as documented", `{"name": "n", "type": "timer", "config": "0 0 2 * * * *"}`, nil},
		{"the longest name", `{"name": "` + long + `", "type": "timer", "config": "0 0 2 * * * *"}`, nil},
		{"an empty list", ``, nil},
		{"nothing in it", `{}`, []string{
			"error 1:15-15 the trigger has no name", "warning 1:15-15 the trigger has no type", "error 1:15-15 the trigger has no schedule",
		}},
		{"a field", `{"name": "n", "type": "timer", "config": "0 0 2 * * 8 *"}`, []string{"error 1:67-68 the weekday field cannot be 8"}},
		{"a field that occurs before", `{"name": "n", "type": "timer", "config": "0 0 0 0 * * *"}`, []string{"error 1:63-64 the day field cannot be 0"}},
		{"a field behind wide characters", `{"name": "n", "type": "timer", "config": "0 0 0 👩👩 八 * *"}`, []string{
			"error 1:63-67 the day field cannot be 👩👩", "error 1:68-69 the month field cannot be 八",
		}},
		{"a field behind an escape", `{"name": "n", "type": "timer", "config": "\u0030 0 2 * * 8 *"}`, []string{"error 1:56-76 the weekday field cannot be 8"}},
		{"names", `{"name": "1st", "type": "timer", "config": "0 0 2 * * * *"}`, []string{"error 1:24-29 the trigger's name is not allowed"}},
		{"empty name", `{"name": "", "type": "timer", "config": "0 0 2 * * * *"}`, []string{"error 1:24-26 the trigger's name is not allowed"}},
		{"long name", `{"name": "` + long + `a", "type": "timer", "config": "0 0 2 * * * *"}`, []string{"error 1:24-87 the trigger's name is not allowed"}},
		{"Chinese name", `{"name": "每日", "type": "timer", "config": "0 0 2 * * * *"}`, []string{"error 1:24-28 the trigger's name is not allowed"}},
		{"types", `{"name": "a", "type": "cron", "config": "0 0 2 * * * *"}`, []string{"error 1:37-43 timer is the only type there is; found cron"}},
		{"type in another case", `{"name": "a", "type": "Timer", "config": "0 0 2 * * * *"}`, []string{
			"warning 1:37-44 the type is documented as timer, spelt just so",
		}},
		{"two, alike", `{"name": "a", "type": "timer", "config": "0 0 2 * * * *"}, {"name": "a", "type": "timer", "config": "0 0 3 * * * *"}`, []string{
			"warning 1:74-74 a function has one trigger at most, says WeChat; this is the second",
			"error 1:83-86 an earlier trigger is named a too",
		}},
		{"a member that is no string belongs to config-invalid", `{"name": 5, "type": "timer", "config": "x"}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			fn := lint.Facts{Function: load(t, map[string]string{"index.js": "", "config.json": `{"triggers": [` + c.triggers + `]}`}), Dir: "notify"}
			var got []string
			triggerInvalid{}.Check(fn, func(d lint.Diagnostic) {
				got = append(got, fmt.Sprintf("%s %d:%d-%d %s", d.Severity, d.Line, d.Column, d.EndColumn, d.Message.En))
			})
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
