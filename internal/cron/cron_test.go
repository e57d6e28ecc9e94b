package cron_test

import (
	"testing"
	"time"

	"wxcloud/internal/cron"
)

// schedule reads one that can be followed.
func schedule(t testing.TB, text string) cron.Schedule {
	t.Helper()
	s, faults := cron.Parse(text)
	for _, f := range faults {
		if !f.Kind.Usable() {
			t.Fatalf("%q: %+v", text, f)
		}
	}
	return s
}

func TestNext(t *testing.T) {
	for _, tt := range []struct{ text, after, want string }{
		// The documented examples.
		{"*/5 * * * * * *", "2026-01-01 00:00:03", "2026-01-01 00:00:05"},
		{"*/5 * * * * * *", "2026-01-01 00:00:05", "2026-01-01 00:00:10"}, // after, not at
		{"0 0 2 1 * * *", "2026-01-01 02:00:00", "2026-02-01 02:00:00"},
		{"0 15 10 * * MON-FRI *", "2026-01-02 10:15:00", "2026-01-05 10:15:00"}, // over a weekend
		{"0 0 10,14,16 * * * *", "2026-01-01 14:30:00", "2026-01-01 16:00:00"},
		{"0 */30 9-17 * * * *", "2026-01-01 17:30:00", "2026-01-02 09:00:00"},
		{"0 0 12 * * WED *", "2026-01-01 00:00:00", "2026-01-07 12:00:00"},
		{"0 1/10 * * * * *", "2026-01-01 00:51:00", "2026-01-01 01:01:00"},

		// Ends of minutes, days, months, years.
		{"59 59 23 31 12 * *", "2026-12-31 23:59:58", "2026-12-31 23:59:59"},
		{"59 59 23 31 12 * *", "2026-12-31 23:59:59", "2027-12-31 23:59:59"},
		{"0 0 0 31 * * *", "2026-01-31 00:00:00", "2026-03-31 00:00:00"},
		{"0 0 0 29 2 * *", "2026-01-01 00:00:00", "2028-02-29 00:00:00"},
		{"0 0 0 29 2 * *", "2096-03-01 00:00:00", ""}, // 2100 is out of range
		{"0 0 0 30 2 * *", "2026-01-01 00:00:00", ""},
		{"0 0 0 * * * 2030-2031", "2026-06-15 12:00:00", "2030-01-01 00:00:00"},
		{"0 0 0 * * * 2030", "2030-12-31 00:00:00", ""},
		{"0 0 0 1 1 * *", "1960-05-05 05:05:05", "1970-01-01 00:00:00"},
		{"0 0 0 1 1 * *", "2400-05-05 05:05:05", ""},

		// Either of a day and a weekday is enough; one alone is the rule.
		{"0 0 0 13 * FRI *", "2026-01-01 00:00:00", "2026-01-02 00:00:00"},
		{"0 0 0 13 * FRI *", "2026-01-09 00:00:00", "2026-01-13 00:00:00"},
		{"0 0 0 * * 0 *", "2026-01-01 00:00:00", "2026-01-04 00:00:00"},
		{"0 0 0 31 2 1 *", "2026-01-31 00:00:00", "2026-02-02 00:00:00"},

		// Tencent Cloud's signs.
		{"0 0 0 ? * MON *", "2026-01-01 00:00:00", "2026-01-05 00:00:00"},
		{"0 0 0 L * ? *", "2026-02-01 00:00:00", "2026-02-28 00:00:00"},
		{"0 0 0 L * ? *", "2028-02-01 00:00:00", "2028-02-29 00:00:00"},
		{"0 0 0 10W * ? *", "2026-01-01 00:00:00", "2026-01-09 00:00:00"}, // Saturday the 10th
		{"0 0 0 11W * ? *", "2026-01-01 00:00:00", "2026-01-12 00:00:00"}, // Sunday the 11th
		{"0 0 0 1W 8 ? *", "2026-01-01 00:00:00", "2026-08-03 00:00:00"},  // not back into July
		{"0 0 0 31W 5 ? *", "2026-01-01 00:00:00", "2026-05-29 00:00:00"}, // not on into June
		{"0 0 0 31W 4 ? *", "2026-01-01 00:00:00", ""},
		{"0 0 0 LW * ? *", "2026-01-01 00:00:00", "2026-01-30 00:00:00"},
		{"0 0 0 ? * 5L *", "2026-01-01 00:00:00", "2026-01-30 00:00:00"},
		{"0 0 0 ? * L *", "2026-01-01 00:00:00", "2026-01-03 00:00:00"},
		{"0 0 0 ? * 5#3 *", "2026-01-01 00:00:00", "2026-01-16 00:00:00"},
		{"0 0 0 ? * 5#5 *", "2026-02-01 00:00:00", "2026-05-29 00:00:00"},
	} {
		after, err := time.ParseInLocation(time.DateTime, tt.after, cron.Beijing)
		if err != nil {
			t.Fatal(err)
		}
		s := schedule(t, tt.text)
		// Given in another zone, with a part of a second: the same instant.
		at, ok := s.Next(after.UTC().Add(300 * time.Millisecond))
		got := ""
		if ok {
			got = at.In(cron.Beijing).Format(time.DateTime)
		}
		if got != tt.want {
			t.Errorf("%q after %s: %q, want %q", tt.text, tt.after, got, tt.want)
		}
	}
}

// Next finds what looking at every second finds.
func TestNextMissesNothing(t *testing.T) {
	for _, text := range []string{
		"*/7 3,5 * 28-31 2,3 * *", "0 */20 0-23/5 * * 1,3 2026-2027", "58-59 59 23 L * 5#3,6L *", "1 0 0 15W,1 * ? *", "30 30 12 */9 */2 2 *",
	} {
		s := schedule(t, text)
		at := time.Date(2026, 2, 27, 0, 0, 0, 0, cron.Beijing)
		for range 40 {
			next, ok := s.Next(at)
			if !ok || !next.After(at) {
				t.Fatalf("%q: %v after %v", text, next, at)
			}
			// Nothing lies between, seen from anywhere between.
			for _, between := range []time.Duration{1, next.Sub(at) / 3, next.Sub(at) - 1} {
				if again, _ := s.Next(at.Add(between)); !again.Equal(next) {
					t.Fatalf("%q: %v from %v, but %v from %v", text, next, at, again, at.Add(between))
				}
			}
			at = next
		}
	}
}

// Whatever stands there, reading it ends; what can be followed comes due later
// than asked, at a whole second of the range, and in order.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"0 0 2 * * * *", "* * * * *", "0 0 2 L * ?,5#3 *", "1-/,- 2/ / * * * 1970-2099/7", "@daily", "0 0 0 29 2 * *", "0 0 0 31W 4 ? *"} {
		f.Add(seed, int64(1_767_225_600))
	}
	f.Fuzz(func(t *testing.T, text string, seconds int64) {
		s, faults := cron.Parse(text)
		for _, fault := range faults {
			if fault.Field < cron.Whole || fault.Field >= cron.Fields || (fault.Field == cron.Whole) != (fault.Kind == cron.Count) {
				t.Errorf("%q: %+v", text, fault)
			}
			if !fault.Kind.Usable() {
				return
			}
		}
		after := time.Unix(seconds%8_000_000_000, 0)
		at, ok := s.Next(after)
		if !ok {
			return
		}
		if !at.After(after) || at.Year() < 1970 || at.Year() > 2099 || at.Nanosecond() != 0 {
			t.Errorf("%q after %v: %v", text, after, at)
		}
		if again, ok := s.Next(at.Add(-time.Second)); !ok || !again.Equal(at) {
			t.Errorf("%q: %v, then %v", text, at, again)
		}
	})
}

func BenchmarkNext(b *testing.B) {
	for name, text := range map[string]string{"usual": "0 0 2 * * * *", "never": "0 0 0 31 4 * *", "leap day": "0 0 0 29 2 * *"} {
		b.Run(name, func(b *testing.B) {
			s := schedule(b, text)
			after := time.Date(2026, 1, 1, 0, 0, 0, 0, cron.Beijing)
			for b.Loop() {
				s.Next(after)
			}
		})
	}
}
