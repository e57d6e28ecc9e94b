package emulator_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator"
	"wxcloud/emulator/calllog"
	"wxcloud/internal/clierr"
)

func withTimers(o *emulator.Options) { o.Timers = true }

// plainTimer stores a timer as a key does; weChatTimer as WeChat's tools do.
func (c *cloud) plainTimer(function, name, schedule string) {
	c.t.Helper()
	triggers := encode(c.t, []object{{"TriggerName": name, "Type": "timer", "TriggerDesc": schedule}})
	if r := c.action("scf", "BatchCreateTrigger", object{"FunctionName": function, "Triggers": string(triggers), "Count": 1}); errorCode(r) != "" {
		c.t.Fatal(r)
	}
}

func (c *cloud) weChatTimer(function, name, schedule string) {
	c.t.Helper()
	config := encode(c.t, object{"triggers": []object{{"name": name, "type": "timer", "config": schedule}}})
	out := c.post("/tcb/uploadfuncconfig?access_token="+c.e.Credentials().AuthorizerToken,
		object{"type": 2, "env": "local", "function_name": function, "config": string(config)})
	if out["errcode"] != 0.0 {
		c.t.Fatal(out)
	}
}

// invocations waits until so many of a function have ended.
func (c *cloud) invocations(function string, n int) []calllog.Entry {
	c.t.Helper()
	var list []calllog.Entry
	after := uint64(0)
	for deadline := time.Now().Add(30 * time.Second); len(list) < n; {
		got, last, err := c.remote.Logs(c.t.Context(), function, after, true)
		if err != nil {
			c.t.Fatal(err)
		}
		list, after = append(list, got...), last
		if time.Now().After(deadline) {
			c.t.Fatalf("%d invocations of %s, want %d", len(list), function, n)
		}
	}
	return list
}

func TestTimersFireOnTheMovedClock(t *testing.T) {
	needNode(t)
	c := start(t, withTimers)
	c.deploy("nightly", map[string]string{"index.js": `exports.main = (event) => { console.log(JSON.stringify(event), process.env.TRIGGER_SRC) }`}, false)
	c.plainTimer("nightly", "tick", "0 */10 * * * * *")
	before := time.Now().Add(time.Second)
	advanced, err := c.remote.Advance(t.Context(), 30*time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if len(advanced.Fired) < 3 || len(advanced.Fired) > 4 || advanced.More {
		t.Fatalf("%+v", advanced)
	}
	again, err := c.remote.Advance(t.Context(), time.Millisecond)
	if err != nil || len(again.Fired) != 0 && again.Fired[0].At.Equal(advanced.Fired[0].At) {
		t.Errorf("fired again: %+v %v", again, err)
	}
	list := c.invocations("nightly", len(advanced.Fired))
	for i, e := range list {
		at := advanced.Fired[i].At.UTC()
		want := fmt.Sprintf(`{"Message":"","Time":"%s","TriggerName":"tick","Type":"Timer"} timer`, at.Format("2006-01-02T15:04:05Z"))
		if strings.TrimSpace(e.Log) != want || e.Origin != "timer" || e.Trigger != "tick" || e.ErrCode != 0 {
			t.Errorf("%+v, want %s", e, want)
		}
		if at.Minute()%10 != 0 || at.Second() != 0 || at.Before(before.Add(-time.Minute)) {
			t.Errorf("due at %v", at)
		}
	}

	// More than is fired at once is dropped, and said to be.
	c.plainTimer("nightly", "tick", "* * * * * * *")
	if advanced, err = c.remote.Advance(t.Context(), time.Hour); err != nil || len(advanced.Fired) != 100 || !advanced.More {
		t.Errorf("%d fired, more %v, %v", len(advanced.Fired), advanced.More, err)
	}
}

func TestTimersFireInRealTime(t *testing.T) {
	needNode(t)
	c := start(t, withTimers)
	c.deploy("often", map[string]string{"index.js": `exports.main = () => { throw new Error('no') }`}, false)
	c.plainTimer("often", "second", "* * * * * * *")
	list := c.invocations("often", 2)
	if list[0].ErrCode != -504002 || list[1].Time.Sub(list[0].Time) < 500*time.Millisecond {
		t.Errorf("%+v", list)
	}
}

func TestTimersDoNotFireUnlessAsked(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("often", map[string]string{"index.js": `exports.main = () => 1`}, false)
	c.plainTimer("often", "second", "* * * * * * *")
	advanced, err := c.remote.Advance(t.Context(), time.Hour)
	if err != nil || len(advanced.Fired) != 0 {
		t.Errorf("%+v %v", advanced, err)
	}
	if list, _, err := c.remote.Logs(t.Context(), "", 0, false); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
	// By hand they do.
	r, err := c.remote.Fire(t.Context(), "often", "")
	if err != nil || string(r.Result) != "1" {
		t.Errorf("%+v %v", r, err)
	}
}

func TestFireByHand(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("two", map[string]string{"index.js": `exports.main = (event) => event.TriggerName`}, false)
	if _, err := c.remote.Fire(t.Context(), "none", ""); !clierr.Is(err, "emulator/function-not-found") {
		t.Error(err)
	}
	if _, err := c.remote.Fire(t.Context(), "two", ""); !clierr.Is(err, "emulator/no-timers") {
		t.Error(err)
	}
	c.plainTimer("two", "a", "0 0 2 * * * *")
	c.plainTimer("two", "b", "0 0 3 * * * *")
	if _, err := c.remote.Fire(t.Context(), "two", ""); !clierr.Is(err, "emulator/no-trigger") {
		t.Error(err)
	}
	if r, err := c.remote.Fire(t.Context(), "two", "b"); err != nil || string(r.Result) != `"b"` {
		t.Errorf("%+v %v", r, err)
	}
}

func TestSchedulesThatCannotBeFollowedAreRefused(t *testing.T) {
	c := start(t)
	if r := c.direct("CreateFunction", object{"FunctionName": "hello", "Code": object{"ZipFile": zipOf(t, map[string]string{"index.js": ""})}}); errorCode(r) != "" {
		t.Fatal(r)
	}
	for schedule, want := range map[string]string{
		"0 0 2 * * * *": "", "0 0 2 L * ? *": "", "0 0 2 31 2 * *": "", "* * * * * * *": "",
		"0 0 2 * * *": "InvalidParameterValue.TriggerDesc", "0 60 2 * * * *": "InvalidParameterValue.TriggerDesc", "0 0 22-6 * * * *": "InvalidParameterValue.TriggerDesc",
	} {
		triggers := string(encode(t, []object{{"TriggerName": "t", "Type": "timer", "TriggerDesc": schedule}}))
		if r := c.action("scf", "BatchCreateTrigger", object{"FunctionName": "hello", "Triggers": triggers, "Count": 1}); errorCode(r) != want {
			t.Errorf("%q: %v", schedule, r)
		}
	}
}

// Both kinds of timer with the real SDK: WeChat's carries a ticket, as documented.
func TestTicketsOfTimers(t *testing.T) {
	needNPM(t)
	c := start(t, withTimers)
	c.deploy("tickets", map[string]string{"index.js": ticketFunction, "package.json": sdkPackage}, true)
	c.permit("tickets", "customerServiceMessage.send")
	fire := func() (a ticketAnswer) {
		t.Helper()
		r, err := c.remote.Fire(t.Context(), "tickets", "t")
		if err != nil || json.Unmarshal(r.Result, &a) != nil {
			t.Fatalf("%v %+v", err, r)
		}
		if a.Event["Type"] != "Timer" || a.Event["TriggerName"] != "t" || a.OpenID != "" {
			t.Errorf("%+v", a)
		}
		return a
	}
	c.plainTimer("tickets", "t", "0 0 2 * * * *")
	if a := fire(); a.Code != -501007 || !strings.Contains(a.Text, "missing wxCloudApiToken") {
		t.Errorf("plain: %+v", a)
	}
	c.weChatTimer("tickets", "t", "0 0 2 * * * *")
	if a := fire(); a.Sent != "openapi.customerServiceMessage.send:ok" || a.Source != "wx_trigger" {
		t.Errorf("WeChat's: %+v", a)
	}
	c.plainTimer("tickets", "t", "0 0 2 * * * *")
	if a := fire(); a.Source != "wx_trigger" {
		t.Errorf("the same timer, set with a key as well: %+v", a)
	}
	c.plainTimer("tickets", "t", "0 0 3 * * * *")
	if a := fire(); a.Code != -501007 {
		t.Errorf("another, set with a key: %+v", a)
	}
}
