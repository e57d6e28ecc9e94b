package emulator_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"wxcloud/emulator"
	"wxcloud/internal/clierr"
)

func TestAttach(t *testing.T) {
	c := start(t)
	s, err := c.remote.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	remote, err := emulator.Attach(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	defer remote.Close()
	if remote.Credentials() != c.e.Credentials() || remote.URL() != c.e.URL() {
		t.Errorf("attached to %s with %+v", remote.URL(), remote.Credentials().AppID)
	}
	if err := remote.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-c.e.Done()
	if err := c.e.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := emulator.Attach(s.Dir); !clierr.Is(err, "emulator/not-running") {
		t.Errorf("after Close: %v", err)
	}
	if _, err := os.Stat(filepath.Join(s.Dir, "address.json")); err == nil {
		t.Error("the address file is still there")
	}
}

func TestAttachToNothing(t *testing.T) {
	dir := t.TempDir()
	if _, err := emulator.Attach(dir); !clierr.Is(err, "emulator/not-running") {
		t.Errorf("empty folder: %v", err)
	}
	// What a killed instance leaves behind.
	stale := `{"url":"http://127.0.0.1:1","token":"x","pid":1}`
	if err := os.WriteFile(filepath.Join(dir, "address.json"), []byte(stale), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := emulator.Attach(dir); !clierr.Is(err, "emulator/not-running") {
		t.Errorf("stale address: %v", err)
	}
}

func TestAttachSendsNothingToAStrangeAddress(t *testing.T) {
	s, err := start(t).remote.Status(t.Context()) // a folder with credentials
	if err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		fmt.Fprint(w, "{}")
	}))
	defer server.Close()
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{
		"http://localhost:" + port, "http://user:word@127.0.0.1:" + port, "http://127.0.0.1:" + port + "/x?",
		"http://127.0.0.1:" + port + "/", "HTTP://127.0.0.1:" + port,
	} {
		file := encode(t, object{"url": url, "token": "x"})
		if err := os.WriteFile(filepath.Join(s.Dir, "address.json"), file, 0o600); err != nil {
			t.Fatal(err)
		}
		remote, err := emulator.Attach(s.Dir)
		if !clierr.Is(err, "emulator/not-running") {
			t.Errorf("%s: %v", url, err)
		}
		if remote != nil {
			remote.Close()
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestPrivateInstanceCannotBeFound(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "address.json")
	stale := []byte(`{"url":"http://127.0.0.1:1","token":"x"}`)
	for _, before := range [][]byte{nil, stale} {
		if before != nil {
			if err := os.WriteFile(file, before, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		c := startWith(t, emulator.Options{Dir: dir, AppID: appID, Private: true})
		if _, err := c.remote.Status(t.Context()); err != nil {
			t.Errorf("its own client: %v", err)
		}
		if _, err := emulator.Attach(dir); !clierr.Is(err, "emulator/not-running") {
			t.Errorf("attached: %v", err)
		}
		c.close()
		if data, err := os.ReadFile(file); string(data) != string(before) {
			t.Errorf("the address file is now %q (%v), before %q", data, err, before)
		}
	}
}

func TestOneInstancePerFolder(t *testing.T) {
	c := start(t)
	s, err := c.remote.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := emulator.Open(emulator.Options{Dir: s.Dir}); !clierr.Is(err, "emulator/dir-in-use") {
		t.Errorf("got %v", err)
	}
}

func TestOnlyLoopback(t *testing.T) {
	e, err := emulator.Open(emulator.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(t.Context())
	for addr, want := range map[string]clierr.ID{
		"0.0.0.0:0": "emulator/not-loopback", "192.168.1.1:80": "emulator/not-loopback", ":0": "emulator/not-loopback",
		"example.com:80": "emulator/not-loopback", "127.0.0.1": "emulator/cannot-listen",
	} {
		if err := e.Listen(addr); !clierr.Is(err, want) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	c := start(t)
	if err := e.Listen(strings.TrimPrefix(c.e.URL(), "http://")); !clierr.Is(err, "emulator/cannot-listen") {
		t.Errorf("port taken: %v", err)
	}
	if err := e.Listen("localhost:0"); err != nil || !strings.HasPrefix(e.URL(), "http://127.0.0.1:") {
		t.Errorf("localhost: %v %s", err, e.URL())
	}
}

func TestControlIsGuarded(t *testing.T) {
	c := start(t)
	s, err := c.remote.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(s.Dir, "address.json"))
	if err != nil {
		t.Fatal(err)
	}
	var address struct{ Token string }
	if err := json.Unmarshal(data, &address); err != nil {
		t.Fatal(err)
	}
	bearer := "Bearer " + address.Token
	for _, tt := range []struct {
		name   string
		header http.Header
		status int
	}{
		{"with the token", http.Header{"Authorization": {bearer}}, 200},
		{"no token", http.Header{}, 403},
		{"wrong token", http.Header{"Authorization": {"Bearer x"}}, 403},
		{"from a web page", http.Header{"Authorization": {bearer}, "Origin": {"http://127.0.0.1"}}, 403},
		{"by another name", http.Header{"Authorization": {bearer}, "Host": {"evil.example"}}, 502},
		{"by a served name", http.Header{"Authorization": {bearer}, "Host": {"servicewechat.com"}}, 403},
	} {
		if status, _, body := c.send(http.MethodGet, "/_ctl/status", tt.header, nil); status != tt.status {
			t.Errorf("%s: %d %s", tt.name, status, body)
		}
	}
	if status, _, _ := c.send(http.MethodGet, "/", nil, nil); status != http.StatusNotFound {
		t.Errorf("an address that is not there: %d", status)
	}
}

func TestFilesAreTheOwnersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("has no such modes")
	}
	c := start(t)
	s, err := c.remote.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c.advance(time.Second) // writes state.json
	for _, name := range []string{"address.json", "credentials.json", "private." + appID + ".key", "state.json", "ca.pem"} {
		info, err := os.Stat(filepath.Join(s.Dir, name))
		if err != nil {
			t.Error(err)
		} else if info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", name, info.Mode())
		}
	}
}

func TestStateSurvivesARestart(t *testing.T) {
	needNode(t)
	o := emulator.Options{Dir: t.TempDir(), AppID: appID, DeployTime: -1, Nodes: 2}
	first := startWith(t, o)
	first.deploy("hello", map[string]string{"index.js": showEnv}, false)
	first.advance(time.Hour)
	in := first.inside("hello", "oUser")
	for len(first.function("hello").Cached) < 2 {
		in.errorCode("a.b")
	}
	first.permit("hello", "a.b")
	token, before, credentials := first.stableToken(), first.function("hello"), first.e.Credentials()
	first.close()

	second := startWith(t, o)
	if second.e.Credentials() != credentials {
		t.Error("other credentials")
	}
	if token != second.stableToken() {
		t.Error("the token is gone")
	}
	after := second.function("hello")
	if after.CodeSHA != before.CodeSHA || len(after.Cached) != 2 || !after.Cached[0].ExpiresAt.Equal(before.Cached[0].ExpiresAt) || after.Openapi[0] != "a.b" {
		t.Errorf("before %+v\nafter  %+v", before, after)
	}
	if code := second.inside("hello", "oUser").errorCode("a.b"); code != -604101 {
		t.Errorf("the nodes forgot: %d", code)
	}
	if err := second.remote.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := second.remote.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Functions) != 0 || s.Offset != 0 {
		t.Errorf("after a reset: %+v", s)
	}
}

func TestAnotherAppKeepsTheKey(t *testing.T) {
	dir := t.TempDir()
	var keys []string
	for _, app := range []string{"", "wxaaaaaaaaaaaaaaaa", ""} {
		e, err := emulator.Open(emulator.Options{Dir: dir, AppID: app})
		if err != nil {
			t.Fatal(err)
		}
		c := e.Credentials()
		data, err := os.ReadFile(c.UploadKeyPath)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, string(data))
		if want := map[bool]string{true: "wxaaaaaaaaaaaaaaaa", false: emulator.DefaultAppID}[len(keys) > 1]; c.AppID != want {
			t.Errorf("app %s, want %s", c.AppID, want)
		}
		if err := e.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if keys[0] != keys[1] || keys[1] != keys[2] {
		t.Error("the key changed with the app")
	}
	for _, id := range []string{"a/b", "云", "a b", strings.Repeat("a", 65)} {
		if _, err := emulator.Open(emulator.Options{Dir: dir, EnvID: id}); !clierr.Is(err, "emulator/env-id") {
			t.Errorf("environment %q: %v", id, err)
		}
	}
	if _, err := emulator.Open(emulator.Options{Dir: dir, AppID: "../x"}); !clierr.Is(err, "emulator/app-id") {
		t.Errorf("got %v", err)
	}
}

func TestBrokenStateIsNamed(t *testing.T) {
	for _, name := range []string{"state.json", "credentials.json"} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := emulator.Open(emulator.Options{Dir: dir})
		if !clierr.Is(err, "emulator/state-broken") || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != "{" {
			t.Errorf("%s was changed: %q", name, data)
		}
	}
}

func TestCallAsUser(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": `exports.main = async (event, context) => {
  if (event.fail) { console.log('before'); throw new Error('no') }
  if (event.sleep) await new Promise(() => {})
  if (event.big) return 'x'.repeat(1 << 21)
  return { event, openid: process.env.WX_OPENID, source: process.env.TCB_SOURCE, namespace: context.namespace, fn: context.function_name }
}`}, false)
	r := c.call("hello", "oUser", object{"a": 1})
	want := `{"event":{"a":1,"userInfo":{"appId":"` + appID + `","openId":"oUser"}},"openid":"oUser","source":"wx_client","namespace":"local","fn":"hello"}`
	if string(r.Result) != want || !r.Cold || r.ErrCode != 0 || r.RequestID == "" || r.MemoryBytes == 0 {
		t.Errorf("%+v\n%s", r, r.Result)
	}
	if r := c.call("hello", "oUser", object{}); r.Cold {
		t.Error("the process was not kept")
	}
	r = c.call("hello", "oUser", object{"fail": 1})
	if r.ErrCode != -504002 || !strings.Contains(r.ErrMsg, "Error: no") || !strings.HasPrefix(r.Log, "before\n") || !strings.Contains(r.Log, "index.js:2") {
		t.Errorf("%+v", r)
	}
	if r = c.call("hello", "oUser", object{"big": 1}); r.ErrCode != -604001 || string(r.Result) != "null" {
		t.Errorf("%d %.100s", r.ErrCode, r.ErrMsg)
	}
	c.action("scf", "UpdateFunctionConfiguration", object{"FunctionName": "hello", "Timeout": 1})
	if r = c.call("hello", "oUser", object{"sleep": 1}); r.ErrCode != -504003 || !strings.Contains(r.ErrMsg, "Invoking task timed out after 1 seconds") {
		t.Errorf("%+v", r)
	}
	if _, err := c.remote.CallAsUser(t.Context(), "none", "oUser", nil); !clierr.Is(err, "emulator/function-not-found") {
		t.Errorf("%v", err)
	}
	if _, err := c.remote.CallAsUser(t.Context(), "hello", "oUser", []byte(`[1]`)); !clierr.Is(err, "emulator/invalid-event") {
		t.Errorf("%v", err)
	}
}

func TestNewCodeRunsOnceActive(t *testing.T) {
	needNode(t)
	c := start(t, func(o *emulator.Options) { o.DeployTime = time.Hour })
	code := func(n string) object {
		return object{"FunctionName": "hello", "Code": object{"ZipFile": zipOf(t, map[string]string{"index.js": "exports.main = () => " + n})}}
	}
	c.direct("CreateFunction", code("1"))
	if _, err := c.remote.CallAsUser(t.Context(), "hello", "o", nil); !clierr.Is(err, "emulator/function-not-ready") {
		t.Errorf("while creating: %v", err)
	}
	c.advance(time.Hour)
	c.direct("UpdateFunctionCode", code("2"))
	if r := c.call("hello", "o", object{}); string(r.Result) != "1" {
		t.Errorf("while updating: %s", r.Result)
	}
	c.advance(time.Hour)
	if r := c.call("hello", "o", object{}); string(r.Result) != "2" {
		t.Errorf("afterwards: %s", r.Result)
	}
}

func TestNodeMissing(t *testing.T) {
	c := start(t, func(o *emulator.Options) { o.Node = "no-such-node" })
	c.deploy("hello", hello, false)
	_, err := c.remote.CallAsUser(t.Context(), "hello", "o", nil)
	if !clierr.Is(err, "emulator/no-node") || !strings.Contains(err.Error(), "no-such-node") {
		t.Errorf("%v", err)
	}
	out := c.post("/tcb/invokecloudfunction?env=local&name=hello&access_token="+c.stableToken(), object{})
	if out["errcode"] != -501001.0 || !strings.Contains(out["errmsg"].(string), "Node.js") {
		t.Errorf("%v", out)
	}
}

func TestTranscriptHoldsNoSecrets(t *testing.T) {
	needNode(t)
	var log strings.Builder
	var seen []emulator.Exchange
	c := start(t, func(o *emulator.Options) {
		o.Log = &log
		o.Observe = func(x emulator.Exchange) { seen = append(seen, x) }
	})
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	c.permit("hello", "a.b")
	in := c.inside("hello", "oUser")
	in.errorCode("a.b")
	token := c.stableToken()
	c.post("/tcb/invokecloudfunction?env=local&name=hello&access_token="+token, object{})
	if err := c.e.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if len(seen) == 0 || strings.Count(log.String(), "\n") != len(seen) {
		t.Fatalf("%d seen, log %q", len(seen), log.String())
	}
	credentials := c.e.Credentials()
	for name, secret := range map[string]string{
		"app secret": credentials.AppSecret, "authorizer token": credentials.AuthorizerToken, "access token": token,
		"ticket": in.env["WX_API_TOKEN"], "runtime secret": in.env["TENCENTCLOUD_SECRETKEY"], "session": in.env["TENCENTCLOUD_SESSIONTOKEN"],
	} {
		if secret == "" || strings.Contains(log.String(), secret) {
			t.Errorf("the %s is in the transcript", name)
		}
	}
	found := false
	for _, x := range seen {
		found = found || x.Path == "/admin" && x.Action == "a.b" && x.Function == "hello" && x.Node == 0 && x.Verdict == "ok"
	}
	if !found {
		t.Errorf("the cloud call is missing: %s", log.String())
	}
}
