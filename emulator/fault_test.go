package emulator_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator"
	"wxcloud/emulator/faults"
)

// lay lays out one fault in place of those there were.
func (c *cloud) lay(r faults.Rule, do string) {
	c.t.Helper()
	effect, err := faults.ParseEffect(do)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Do = effect
	if err := c.remote.ClearFaults(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.remote.AddFaults(c.t.Context(), r); err != nil {
		c.t.Fatal(err)
	}
}

// What the real SDK makes of each fault was recorded from it; the local cloud
// must bring it to say the same.
func TestRealSDKMeetsFaults(t *testing.T) {
	needNPM(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": sdkFunction, "package.json": sdkPackage}, true)
	c.deploy("callee", map[string]string{"index.js": sdkFunction, "package.json": sdkPackage}, true)
	c.permit("hello", "subscribeMessage.send")
	for _, f := range []struct {
		do   string
		code int
		text string
	}{
		{"reset", -501001, "ECONNRESET"},
		{"truncate", -501001, "aborted"},
		{"status:500", -501001, "500 Internal Server Error"},
		{"status:503", -501001, "503 Service Unavailable"},
		{"status:429", -501001, "429 Too Many Requests"},
		{"error:EXCEED_REQUEST_LIMIT:too many", -501003, "too many"},
		{"error:SYS_ERR:broken", -501001, "broken"},
		{"code:-1", -1, "openapi.subscribeMessage.send:fail system error"},
		{"code:45009", 45009, "openapi.subscribeMessage.send:fail reach max api daily quota limit"},
		{"code:45011", 45011, "api minute-quota reach limit"},
		{"code:40001", 40001, "invalid credential"},
		{"code:42001", 42001, "access_token expired"},
		{"code:43101", 43101, "user refuse to accept the msg"},
		{"code:-604102", -604102, "-604102"},
		{"garbage", -601001, "response body is invalid json"},
	} {
		c.lay(faults.Rule{On: "subscribeMessage.send", Times: 1}, f.do)
		if a := c.sdk("hello", object{"run": "send"}); a.Code != f.code || !strings.Contains(a.Text, f.text) {
			t.Errorf("%s: %+v", f.do, a)
		}
		if a := c.sdk("hello", object{"run": "send"}); a.Code != 0 {
			t.Errorf("after %s: %+v", f.do, a)
		}
	}
	// A WeChat code is the interface's answer: without permission nobody asks it.
	c.lay(faults.Rule{On: "security.msgSecCheck"}, "code:45009")
	if a := c.sdk("hello", object{"run": "check"}); a.Code != -604101 {
		t.Errorf("not permitted: %+v", a)
	}
	c.lay(faults.Rule{On: "functions.invokeFunction", Function: "callee"}, "error:SYS_ERR:gone")
	if a := c.sdk("hello", object{"run": "callee", "then": "context"}); a.Code == 0 || !strings.Contains(a.Text, "gone") {
		t.Errorf("call of a function: %+v %s", a, a.OK)
	}
}

// The SDK gives up by itself, and not because the function's time is over.
func TestRealSDKGivesUpWaiting(t *testing.T) {
	if testing.Short() {
		t.Skip("takes the SDK's fifteen seconds")
	}
	needNPM(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": sdkFunction, "package.json": sdkPackage}, true)
	c.permit("hello", "subscribeMessage.send")
	c.action("scf", "UpdateFunctionConfiguration", object{"FunctionName": "hello", "Timeout": 60})
	c.waitFor("hello", "Active")
	c.lay(faults.Rule{On: "subscribeMessage.send", Times: 1}, "latency:1m")
	before := time.Now()
	if a := c.sdk("hello", object{"run": "send"}); a.Code != -501001 || !strings.Contains(a.Text, "request timeout") || time.Since(before) < 15*time.Second {
		t.Errorf("%+v after %v", a, time.Since(before))
	}
}

func TestFaultsOfTheControlPlane(t *testing.T) {
	c := start(t)
	files := map[string]string{"index.js": "exports.main = () => 1"}
	c.deploy("hello", files, false)
	token := c.stableToken()
	get := func() (int, string) {
		status, _, body := c.send(http.MethodPost, "/tcb/invokecloudfunction?access_token="+token+"&env=local&name=hello", nil, []byte("{}"))
		return status, string(body)
	}

	c.lay(faults.Rule{On: "/tcb/*", Function: "hello", Times: 1}, "status:503")
	if status, body := get(); status != 503 || !strings.Contains(body, "<html>") {
		t.Errorf("%d %s", status, body)
	}
	c.lay(faults.Rule{On: "/tcb/*", Function: "other"}, "status:503")
	if status, _ := get(); status != 200 {
		t.Errorf("a fault of another function struck: %d", status)
	}
	c.lay(faults.Rule{On: "/tcb/invokecloudfunction"}, "code:42001")
	if _, body := get(); !strings.Contains(body, `"errcode":42001`) || !strings.Contains(body, "access_token expired rid: ") {
		t.Error(body)
	}
	c.lay(faults.Rule{On: "getrandstr"}, "code:-10008")
	if out := c.post("/wxa/ci/getrandstr", object{"appid": appID}); out["errCode"] != -10008.0 {
		t.Errorf("%v", out)
	}
	c.lay(faults.Rule{On: "GetFunction"}, "error:LimitExceeded.Frequency:slow down")
	if code := errorCode(c.action("scf", "GetFunction", object{"FunctionName": "hello"})); code != "LimitExceeded.Frequency" {
		t.Error(code)
	}
	before := time.Now()
	c.lay(faults.Rule{On: "GetFunction"}, "latency:150ms")
	if code := errorCode(c.action("scf", "GetFunction", object{"FunctionName": "hello"})); code != "" || time.Since(before) < 150*time.Millisecond {
		t.Errorf("%q after %v", code, time.Since(before))
	}
}

func TestAnAnswerIsLostAfterItsEffect(t *testing.T) {
	c := start(t)
	body := encode(t, object{
		"FunctionName": "hello", "Namespace": "local", "Handler": "index.main",
		"Code": object{"ZipFile": zipOf(t, map[string]string{"index.js": "exports.main = () => 1"})},
	})
	for _, after := range []bool{false, true} {
		header := c.directHeaders("CreateFunction", body)
		c.lay(faults.Rule{On: "CreateFunction", After: after}, "status:502")
		if status, _, _ := c.send(http.MethodPost, "/", header, body); status != 502 {
			t.Fatal(status)
		}
		s, err := c.remote.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if made := len(s.Functions) == 1; made != after {
			t.Errorf("after %v: the function exists %v", after, made)
		}
	}
}

func TestDeploysGetStuckAndFail(t *testing.T) {
	c := start(t, func(o *emulator.Options) {
		o.Faults = []faults.Rule{{On: "UpdateFunctionCode", Function: "hello", Times: 1, Do: faults.Effect{Kind: faults.Fail, Message: "npm ran out"}}}
	})
	files := map[string]string{"index.js": "exports.main = () => 1"}
	c.deploy("hello", files, false)
	update := func() object {
		return c.direct("UpdateFunctionCode", object{"FunctionName": "hello", "Namespace": "local", "ZipFile": zipOf(t, map[string]string{"index.js": "exports.main = () => 2"}), "Handler": "index.main"})
	}
	if code := errorCode(update()); code != "" {
		t.Fatal(code)
	}
	if f := c.function("hello"); f.Status != "UpdateFailed" || f.Reason != "npm ran out" {
		t.Errorf("%+v", f)
	}
	if r := c.call("hello", "o", object{}); string(r.Result) != "1" {
		t.Errorf("a failed update must leave the old code: %+v", r)
	}
	c.lay(faults.Rule{On: "*"}, "stuck")
	if code := errorCode(update()); code != "" {
		t.Fatal(code)
	}
	c.advance(24 * time.Hour)
	if f := c.function("hello"); f.Status != "Updating" {
		t.Errorf("%+v", f)
	}
	if code := errorCode(update()); code != "FailedOperation.UpdateFunctionCode" {
		t.Error(code)
	}
}
