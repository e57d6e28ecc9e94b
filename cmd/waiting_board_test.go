package cmd

import (
	"strings"
	"testing"
	"time"

	"wxcloud/cmd/text"
	"wxcloud/internal/ui"
	"wxcloud/perm"
)

func board(lang text.Lang, terminal bool) (*waitBoard, func() string) {
	streams, _, errs := ui.Test("", ui.Kind{Terminal: terminal, Width: 200})
	a := &app{io: streams, lang: lang}
	return &waitBoard{app: a, live: streams.Live()}, errs.String
}

func tick(name string, state perm.State, byClock bool, probes, streak int) perm.Tick {
	return perm.Tick{ByClock: byClock, Status: perm.Status{
		Function: name, State: state, Verified: state == perm.StateVerified, Streak: streak,
		EffectiveBy: time.Now().Add(3 * time.Minute), Probes: make([]perm.Probe, probes),
	}}
}

// Where there is only the clock, the status line says so at every moment, on a
// terminal and in a log, in both languages; and no form of it says verified alone.
func TestTheStatusLineOfAWaitByTheClock(t *testing.T) {
	for _, c := range []struct {
		lang text.Lang
		not  string
		word string
	}{{text.English, "not verified", "verified"}, {text.Chinese, "未实测", "已实测"}} {
		for _, terminal := range []bool{true, false} {
			for _, state := range []perm.State{perm.StatePropagating, perm.StateElapsed} {
				b, said := board(c.lang, terminal)
				b.show("notify", tick("notify", state, true, 0, 0))
				if got := said(); !strings.Contains(got, c.not) || strings.Contains(strings.ReplaceAll(got, c.not, ""), c.word) {
					t.Errorf("%v, terminal %v, %s: %q", c.lang, terminal, state, got)
				}
			}
		}
	}
}

func TestTheStatusLineOfManyWaits(t *testing.T) {
	b, said := board(text.English, true)
	for _, name := range []string{"a", "b", "c"} {
		b.expect(name)
	}
	b.show("a", tick("a", perm.StateVerified, false, 12, 5))
	b.show("b", tick("b", perm.StateGranted, false, 4, 2))
	got := said()
	line := got[strings.LastIndex(got, "\r"):]
	for _, want := range []string{"3 functions: 1 verified, 1 granted so far, 1 waiting", "left", "probed 16x in all"} {
		if want == "left" {
			want = "until the cache has passed"
		}
		if !strings.Contains(line, want) {
			t.Errorf("no %q in %q", want, line)
		}
	}

	b, said = board(text.English, false)
	for range 3 {
		b.show("a", tick("a", perm.StatePropagating, false, 1, 0))
		b.show("b", tick("b", perm.StateGranted, false, 1, 1))
	}
	b.show("a", tick("a", perm.StateVerified, false, 9, 5))
	if got := said(); got != "a: waiting\nb: granted so far\na: verified\n" {
		t.Errorf("in a log: %q", got)
	}
}

// Every sentence about an outcome that is not verified says so, and none of them
// can be taken for one that is.
func TestNoOutcomeButOneIsVerified(t *testing.T) {
	for _, state := range []perm.State{perm.StatePropagating, perm.StateGranted, perm.StateElapsed, perm.StateRefused, perm.StateInconclusive} {
		for _, s := range []text.Sentence{text.WaitState(string(state)), text.WaitOutcome(string(state))} {
			en, zh := strings.ReplaceAll(strings.ReplaceAll(s.En, "not verified", ""), "nothing was verified", ""), s.Zh
			if strings.Contains(en, "verified") || strings.Contains(zh, "已实测") {
				t.Errorf("%s: %q, %q", state, s.En, s.Zh)
			}
		}
	}
}

func TestSinceIsTakenAtItsEnd(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 30, 20, 400, time.Local)
	for given, want := range map[string]string{
		"now":                  "15:30:21",
		"15:04":                "15:04:59",
		"15:30":                "15:30:21", // as far as it has come
		"15:04:05":             "15:04:05",
		"2026-11-22 14:00":     "14:00:59",
		"2026-11-22 14:00:30":  "14:00:30",
		"2026-11-22T14:00:30Z": time.Date(2026, 11, 22, 14, 0, 30, 0, time.UTC).In(time.Local).Format(time.TimeOnly),
	} {
		at, precision, err := parseSince(given, now)
		if err != nil {
			t.Fatal(err)
		}
		end := atItsEnd(at, precision, now)
		if got := end.Local().Format(time.TimeOnly); got != want && !strings.HasSuffix(given, "Z") {
			t.Errorf("%s: %s, want %s", given, got, want)
		}
		again, precision, err := parseSince(end.Format(time.RFC3339), now)
		if err != nil || !atItsEnd(again, precision, now.Add(time.Hour)).Equal(end) {
			t.Errorf("%s: said again it is %v", given, again)
		}
	}
}
