package faults

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
)

func effect(t *testing.T, text string) Effect {
	t.Helper()
	e, err := ParseEffect(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return e
}

func TestEffectTexts(t *testing.T) {
	for _, text := range []string{
		"latency:2s", "status:503", "reset", "truncate", "garbage", "code:45009", "code:-1", "code:-1:slow: down",
		"error:LimitExceeded", "error:LimitExceeded.Frequency:slow down", "stuck", "fail", "fail:npm ran out",
	} {
		if got := effect(t, text).String(); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
	if got := effect(t, "code:45009").Message; got != "reach max api daily quota limit" {
		t.Errorf("45009 says %q", got)
	}
	for _, text := range []string{"", "no", "latency", "latency:soon", "latency:-1s", "latency:24h", "status:200", "status:x", "code", "code:0", "code:x", "error", "error::x", "reset:1", "stuck:x"} {
		if e, err := ParseEffect(text); err == nil {
			t.Errorf("%q is %+v", text, e)
		}
	}
}

func TestRulesAreCheckedAndMatched(t *testing.T) {
	reset := effect(t, "reset")
	for _, r := range []Rule{
		{Do: reset},
		{On: "*"},
		{On: "*", Do: reset, Times: -1},
		{On: "*", Do: reset, Probability: 1.5},
		{On: "[", Do: reset},
		{On: "*", Function: "[", Do: reset},
		{On: "*", Do: effect(t, "code:-1"), After: true},
	} {
		if r.Check() == nil {
			t.Errorf("%+v passed", r)
		}
	}
	for _, c := range []struct {
		on, function, action, about string
		want                        bool
	}{
		{"*", "", "/tcb/invokecloudfunction", "", true},
		{"*", "notify", "GetFunction", "notify", true},
		{"*", "notify", "GetFunction", "other", false},
		{"*", "n*", "GetFunction", "notify", true},
		{"getfunction", "", "GetFunction", "notify", true},
		{"Update*", "", "UpdateFunctionCode", "", true},
		{"subscribeMessage.*", "", "subscribeMessage.send", "", true},
		{"subscribeMessage.send", "", "templateMessage.send", "", false},
	} {
		_, _, struck := New(1, Rule{On: c.on, Function: c.function, Do: reset}).Strike(Arriving, c.action, c.about)
		if struck != c.want {
			t.Errorf("%+v: struck %v", c, struck)
		}
	}
}

func TestStrike(t *testing.T) {
	p := New(1,
		Rule{On: "a", Do: effect(t, "latency:1s")},
		Rule{On: "a", Do: effect(t, "reset"), Times: 2},
		Rule{On: "a", Do: effect(t, "latency:2s")},
		Rule{On: "a", Do: effect(t, "garbage"), After: true},
		Rule{On: "a", Do: effect(t, "stuck")},
	)
	for i, want := range []Kind{Reset, Reset, ""} {
		hold, e, struck := p.Strike(Arriving, "a", "")
		if hold != 3*time.Second || e.Kind != want || struck != (want != "") {
			t.Errorf("%d: %v %+v %v", i, hold, e, struck)
		}
	}
	if _, e, _ := p.Strike(Answering, "a", ""); e.Kind != Garbage {
		t.Errorf("answering: %+v", e)
	}
	if _, e, _ := p.Strike(Deploying, "a", ""); e.Kind != Stuck {
		t.Errorf("deploying: %+v", e)
	}
	var struck []int
	for _, r := range p.List() {
		struck = append(struck, r.Struck)
	}
	if diff := cmp.Diff([]int{3, 2, 3, 1, 1}, struck); diff != "" {
		t.Error(diff)
	}
}

func TestProbabilityRepeatsWithTheSeed(t *testing.T) {
	run := func(seed uint64) (out []bool) {
		p := New(seed, Rule{On: "*", Do: effect(t, "reset"), Probability: 0.3})
		for range 1000 {
			_, _, struck := p.Strike(Arriving, "a", "")
			out = append(out, struck)
		}
		return out
	}
	first, hits := run(7), 0
	for _, struck := range first {
		if struck {
			hits++
		}
	}
	if hits < 250 || hits > 350 {
		t.Errorf("%d of 1000 at a probability of 0.3", hits)
	}
	if !cmp.Equal(first, run(7)) || cmp.Equal(first, run(8)) {
		t.Error("the seed does not decide")
	}
}

func TestFile(t *testing.T) {
	f, err := ParseFile("f", []byte(`{"seed": 3, "rules": [{"on": "UpdateFunctionCode", "function": "n*", "do": "status:503", "times": 2, "after": true}]}`))
	want := File{Seed: 3, Rules: []Rule{{On: "UpdateFunctionCode", Function: "n*", Do: Effect{Kind: Status, Number: 503}, Times: 2, After: true}}, At: []clierr.Position{{File: "f", Line: 1, Column: 23}}}
	if diff := cmp.Diff(want, f); diff != "" || err != nil {
		t.Error(err, diff)
	}
	for bad, want := range map[string]string{
		``:                                 "f:1:1: emulator/bad-faults-file",
		`[]`:                               "f:1:1: emulator/bad-faults-file",
		`{"rules": {}}`:                    "f:1:11: emulator/bad-faults-file",
		`{"rules": [` + "\n" + `"reset"]}`: "f:2:1: emulator/bad-faults-file",
		`{"rules": []} {"rules": []}`:      "f:1:15: emulator/bad-faults-file",
		`{"seed": -1, "rules": []}`:        "f:1:10: emulator/faults-value",
		`{"rule": []}`:                     "f:1:2: emulator/faults-key",
		`{"rules": [], "rules": []}`:       "f:1:15: emulator/reply-twice",
		`{"rules": [{"on": "a", "do": "reset", "time": 1}]}`:        "f:1:39: emulator/faults-key",
		`{"rules": [` + "\n" + ` {"on": "云", "do": "nope"}]}`:       "f:2:20: emulator/bad-fault",
		`{"rules": [{"on": "a", "do": "reset", "times": 1.5}]}`:     "f:1:48: emulator/faults-value",
		`{"rules": [{"on": "a", "do": null}]}`:                      "f:1:30: emulator/faults-value",
		`{"rules": [{"on": "a"}]}`:                                  "f:1:12: emulator/bad-rule",
		`{"rules": [{"on": "a", "do": "reset", "probability": 2}]}`: "f:1:12: emulator/bad-rule",
		`{"rules": [{"on": "a", "do": "code:-1", "after": true}]}`:  "f:1:12: emulator/bad-rule",
	} {
		_, err := ParseFile("f", []byte(bad))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", bad, err, want)
		}
	}
}

func TestNames(t *testing.T) {
	n := Names{Deploys: []string{"UpdateFunctionCode"}, Targets: []string{"GetFunction", "/tcb/getfuncconfig", "subscribeMessage.send"}, Functions: []string{"notify"}}
	for _, c := range []struct {
		on, function, do string
		misses           []Miss
		impossible       bool
	}{
		{on: "*", do: "reset"},
		{on: "updatefunctioncode", function: "n*", do: "stuck"},
		{on: "subscribeMessage.sned", do: "reset", misses: []Miss{{Word: "subscribeMessage.sned", Near: []string{"subscribeMessage.send"}}}},
		{on: "qqq", function: "notfy", do: "reset", misses: []Miss{{Word: "qqq", Near: []string{}}, {Word: "notfy", Function: true, Near: []string{"notify"}}}},
		{on: "getFuncConfig", do: "reset", misses: []Miss{{Word: "getFuncConfig", Near: []string{"/tcb/getfuncconfig"}}}},
		{on: "GetFunction", do: "stuck", impossible: true},
		{on: "subscribeMessage.*", do: "fail:x", impossible: true},
		{on: "*Function*", do: "fail:x"},
	} {
		r := Rule{On: c.on, Function: c.function, Do: effect(t, c.do)}
		if diff := cmp.Diff(append([]Miss{}, c.misses...), n.Misses(r)); diff != "" {
			t.Errorf("%+v: %s", c, diff)
		}
		if got := n.Impossible(r); got != c.impossible {
			t.Errorf("%+v: impossible %v", c, got)
		}
	}
}

func FuzzFile(f *testing.F) {
	f.Add([]byte(`{"seed": 3, "rules": [{"on": "*", "do": "code:-1:x", "probability": 0.5}]}`))
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"rules": null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := ParseFile("f", data)
		if err != nil {
			return
		}
		text, err := json.Marshal(file)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseFile("f", text)
		if err != nil || len(again.Rules) != len(file.Rules) {
			t.Errorf("%s became %s: %v", data, text, err)
		}
		New(1, file.Rules...).Strike(Arriving, "a", "b")
	})
}
