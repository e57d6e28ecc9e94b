package emulator_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
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
	"wxcloud/emulator/faults"
)

// raw sends bytes and returns the status line of the answer.
func (c *cloud) raw(request string) string {
	c.t.Helper()
	conn, err := net.Dial("tcp", c.e.Addr())
	if err != nil {
		c.t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(conn, request); err != nil {
		return err.Error()
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(line)
}

// A name that resolves to this machine is still somebody else's name, and a web
// page has no business here whatever it calls itself.
func TestStrangersAreRefused(t *testing.T) {
	c := start(t)
	token := c.e.Credentials().AuthorizerToken
	body := `{"type":1,"env":"local","function_name":"x","config":"{}"}`
	for name, tt := range map[string]struct{ head, status string }{
		"DNS rebinding":             {"Host: rebound.example\r\n", "502"},
		"DNS rebinding with a port": {"Host: rebound.example:" + strings.Split(c.e.Addr(), ":")[1] + "\r\n", "502"},
		"a name like a served one":  {"Host: servicewechat.com.example\r\n", "502"},
		"a name ending like one":    {"Host: evilservicewechat.com\r\n", "502"},
		"a name with a final dot":   {"Host: localhost.\r\n", "502"},
		"localhost below a domain":  {"Host: localhost.example\r\n", "502"},
		"an address like ours":      {"Host: 127.0.0.1.example\r\n", "502"},
		"a number for an address":   {"Host: 2130706433\r\n", "502"},
		"no name":                   {"Host: \r\n", "502"},
		"two names":                 {"Host: 127.0.0.1\r\nHost: x.example\r\n", "400"},
		"a page":                    {"Host: 127.0.0.1\r\nOrigin: http://evil.example\r\n", "403"},
		"a page without an origin":  {"Host: 127.0.0.1\r\nOrigin: null\r\n", "403"},
		"a page of this address":    {"Host: 127.0.0.1\r\nOrigin: http://" + c.e.Addr() + "\r\n", "403"},
		"a page's form":             {"Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site\r\n", "403"},
		"a page of another port":    {"Host: 127.0.0.1\r\nSec-Fetch-Site: same-site\r\n", "403"},
		"a program":                 {"Host: 127.0.0.1\r\n", "200"},
		"a program by name":         {"Host: LOCALHOST:1\r\n", "200"},
		"a program in a tunnel":     {"Host: api.weixin.qq.com\r\n", "200"},
	} {
		got := c.raw(fmt.Sprintf("POST /tcb/uploadfuncconfig?access_token=%s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s", token, tt.head, len(body), body))
		if !strings.HasPrefix(got, "HTTP/1.1 "+tt.status) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Whatever a client asks for, the local cloud connects to nobody.
func TestNothingIsForwarded(t *testing.T) {
	var asked atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer elsewhere.Close()
	host := strings.TrimPrefix(elsewhere.URL, "http://")
	_, port, _ := net.SplitHostPort(host)
	c := start(t)
	for _, tt := range []struct{ request, status string }{
		{"GET http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n", "404"}, // an address of this machine is ours
		{"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "502"},
		{"GET http://evil.example:" + port + "/tcb/x HTTP/1.1\r\nHost: api.weixin.qq.com\r\n\r\n", "502"},
		{"GET http://api.weixin.qq.com@" + host + "/tcb/x HTTP/1.1\r\nHost: api.weixin.qq.com\r\n\r\n", "200"}, // 40066, answered here
		{"CONNECT " + host + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n", "502"},
		{"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", "502"},
		{"CONNECT evil.example:443 HTTP/1.1\r\nHost: servicewechat.com:443\r\n\r\n", "502"},
		{"CONNECT localhost:" + port + " HTTP/1.1\r\nHost: localhost\r\n\r\n", "502"},
		{"CONNECT [::1]:" + port + " HTTP/1.1\r\nHost: [::1]\r\n\r\n", "502"},
		{"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "404"},
		{"GET //" + host + "/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "404"},
		{"GET /_code/" + strings.Repeat("a", 64) + ".zip?url=" + elsewhere.URL + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "403"},
	} {
		if got := c.raw(tt.request); !strings.HasPrefix(got, "HTTP/1.1 "+tt.status) {
			t.Errorf("%.60q: %s", tt.request, got)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("%d requests went out", n)
	}
}

// The sources hold no means of connecting: but for the client of the control
// calls, nothing in this package dials.
func TestOnlyTheControlClientConnects(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || path == "remote.go" || strings.HasPrefix(path, "soak") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, word := range []string{"net.Dial", "http.Client", "http.Get(", "http.Post", "http.Transport", "http.DefaultClient", "http.Redirect", "ReverseProxy", "tls.Dial"} {
			if bytes.Contains(source, []byte(word)) {
				t.Errorf("%s uses %s", path, word)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSizesAreBounded(t *testing.T) {
	c := start(t)
	for name, tt := range map[string]struct{ request, status string }{
		"a huge header":           {"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + strings.Repeat("x", 200<<10) + "\r\n\r\n", "431"},
		"many headers":            {"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + strings.Repeat("X: y\r\n", 40<<10) + "\r\n", "431"},
		"a huge address":          {"GET /" + strings.Repeat("x", 200<<10) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "431"},
		"a body said to be huge":  {"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n", "413"},
		"a body larger than that": {"POST /cgi-bin/stable_token HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n" + strings.Repeat("x", 2<<20) + "\r\n0\r\n\r\n", "413"},
		"a small body":            {"POST /cgi-bin/stable_token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}", "200"},
	} {
		if got := c.raw(tt.request); !strings.HasPrefix(got, "HTTP/1.1 "+tt.status) && !strings.Contains(got, "reset") && !strings.Contains(got, "broken pipe") {
			t.Errorf("%s: %s", name, got)
		}
	}
	s, err := c.remote.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range s.Requests {
		if len(x.Path) > 300 {
			t.Errorf("the transcript keeps a path of %d bytes", len(x.Path))
		}
	}
}

// Names that are made up cost memory only for as long as a request lasts.
func TestMadeUpNamesAreNotKept(t *testing.T) {
	c := start(t)
	long := strings.Repeat("行", 1<<18)
	for range 20 {
		c.post("/admin", object{"action": long})
		c.post("/wxa/ci/getrandstr", object{"appid": long})
		c.post("/tcb/invokecloudfunction?name="+strings.Repeat("n", 10_000), object{"function_name": long})
		c.action("scf", "GetFunction", object{"FunctionName": strings.Repeat("n", 1<<18)})
	}
	status, _, body := c.send(http.MethodGet, "/_ctl/status", http.Header{"Authorization": {"Bearer " + c.controlToken()}}, nil)
	if status != http.StatusOK || len(body) > 200<<10 || !bytes.Contains(body, []byte("行...")) {
		t.Errorf("status %d of %d bytes", status, len(body))
	}
}

func (c *cloud) controlToken() string {
	c.t.Helper()
	s, err := c.remote.Status(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(s.Dir, "address.json"))
	if err != nil {
		c.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), `"token": "`)
	token, _, _ := strings.Cut(rest, `"`)
	return token
}

// More connections than there is room for wait; those that say nothing give
// their room back.
func TestManyConnections(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for slow clients to be cut, ten seconds")
	}
	c := start(t)
	var silent []net.Conn
	defer func() {
		for _, conn := range silent {
			_ = conn.Close()
		}
	}()
	for range 1200 {
		conn, err := net.DialTimeout("tcp", c.e.Addr(), time.Second)
		if err != nil {
			break // the system's queue is full: more than the local cloud takes anyway
		}
		_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
		silent = append(silent, conn)
	}
	if len(silent) < 1024 {
		t.Skipf("only %d connections could be opened", len(silent))
	}
	began := time.Now()
	if got := c.raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.1 404") {
		t.Errorf("%s after %s", got, time.Since(began))
	}
}

// What a function can learn of this machine by its environment.
func TestFunctionsSeeNoControlToken(t *testing.T) {
	needNode(t)
	t.Setenv("WXCLOUD_APP_SECRET", "canary-of-the-shell")
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": `
const fs = require('fs')
exports.main = (event, context) => {
  const seen = [JSON.stringify(process.env), JSON.stringify(context), JSON.stringify(event), process.argv.join(' '), process.execArgv.join(' ')]
  try { seen.push(fs.readFileSync('/proc/self/environ', 'utf8')) } catch {}
  try { for (const fd of fs.readdirSync('/proc/self/fd')) seen.push(fs.readlinkSync('/proc/self/fd/' + fd)) } catch {}
  return seen.join('\n')
}`}, false)
	seen := string(c.call("hello", "oUser", object{}).Result)
	credentials := c.e.Credentials()
	for name, secret := range map[string]string{
		"control token": c.controlToken(), "app secret": credentials.AppSecret, "authorizer token": credentials.AuthorizerToken,
		"upload key": "private." + appID, "developer's shell": "canary-of-the-shell", "address file": "address.json",
	} {
		if secret == "" || strings.Contains(seen, secret) {
			t.Errorf("a function sees the %s", name)
		}
	}
	// Nor does what it is given open a control call.
	in := c.inside2("hello")
	for name, value := range in {
		if status, _, _ := c.send(http.MethodGet, "/_ctl/status", http.Header{"Authorization": {"Bearer " + value}}, nil); status != http.StatusForbidden {
			t.Errorf("%s opens control calls", name)
		}
	}
}

// inside2 lists the values of the variables a function is given.
func (c *cloud) inside2(function string) map[string]string {
	c.deploy(function, map[string]string{"index.js": showEnv}, false)
	env := c.inside(function, "oUser").env
	for name, value := range env {
		if strings.ContainsAny(value, "\r\n") {
			delete(env, name)
		}
	}
	return env
}

// A fault that cuts the connection reaches through the limit on connections.
func TestResetIsAReset(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("words it differently")
	}
	c := start(t)
	c.lay(faults.Rule{On: "/cgi-bin/token"}, "reset")
	if got := c.raw("GET /cgi-bin/token HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); !strings.Contains(got, "reset by peer") {
		t.Errorf("%s", got)
	}
}

// Secrets that clients send, wherever they put them, are in no log, status or
// transcript, and on disk only where the local cloud needs them again.
func TestSecretsAreNotKept(t *testing.T) {
	const canary = "CANARY"
	var log bytes.Buffer
	c := start(t, func(o *emulator.Options) { o.Log = &log })
	c.deploy("hello", map[string]string{"index.js": "// " + canary + "code\nexports.main = () => 1"}, false)
	c.direct("UpdateFunctionConfiguration", object{
		"FunctionName": "hello", "Environment": object{"Variables": []object{{"Key": "PASSWORD", "Value": canary + "variable"}}},
	})
	header := http.Header{
		"Authorization": {"Bearer " + canary + "bearer"}, "Cookie": {"session=" + canary + "cookie"}, "X-Tc-Token": {canary + "token"},
		"Content-Type": {"application/json"}, "User-Agent": {canary + "agent"}, "Referer": {"http://x/" + canary + "referer"},
	}
	body := encode(t, object{
		"appid": appID, "secret": canary + "secret", "signature": canary + "signature", "grant_type": canary + "grant",
		"access_token": canary + "access", "wxCloudApiToken": canary + "ticket", "authorization": canary + "v2", "env": "local", "type": 1,
		"config": canary + "config", "ZipFile": canary + "zip", "CodeSecret": canary + "codesecret", "hashed_payload": canary + "hash",
		"agentReq": object{"postdata": `{"FunctionName":"hello","CodeSecret":"` + canary + `relay"}`, "service": "scf", "action": "UpdateFunctionCode"},
		"signReq":  object{"hashed_postdata": canary + "sign", "service": "scf", "action": "UpdateFunctionCode"},
		"event":    object{"password": canary + "event"}, "openId": canary + "openid", "data": object{"a": canary + "data"},
	})
	for _, path := range []string{
		"/", "/admin", "/_ctl/status", "/_ctl/call", "/_ctl/clock", "/_ctl/faults", "/_ctl/cloudid", "/_code/x.zip",
		"/wxa/ci/getrandstr", "/wxa/ci/getattr", "/wxa/ci/cloudapihttpagent", "/wxa/ci/getqcloudapisignature", "/wxa/ci/none",
		"/cgi-bin/token", "/cgi-bin/stable_token", "/cgi-bin/none", "/tcb/invokecloudfunction", "/tcb/uploadfuncconfig", "/tcb/getfuncconfig",
		"/tcb/getcodesecret", "/tcb/getuploadsignature", "/tcb/downloadfunction", "/tcb/getenvinfo", "/tcb/getqcloudtoken", "/tcb/listfunctions",
		"/tcb/databasequery", "/wxa/business/getuserphonenumber", "/none",
	} {
		for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodPut} {
			for _, query := range []string{"?access_token=" + canary + "query&secret=" + canary + "appsecret&sign=" + canary + "link", "?access_token=" + c.e.Credentials().AuthorizerToken + "&x=" + canary} {
				c.send(method, path+query, header, body)
				direct := header.Clone()
				direct.Set("X-Tc-Action", "UpdateFunctionCode")
				direct.Set("Authorization", "TC3-HMAC-SHA256 Credential="+canary+"id/2026-01-01/scf/tc3_request, SignedHeaders=host, Signature="+canary+"tc3")
				direct.Set("X-Tc-Timestamp", fmt.Sprint(time.Now().Unix()))
				c.send(method, path+query, direct, body)
			}
		}
	}
	c.raw("GET http://user:" + canary + "@api.weixin.qq.com/tcb/x HTTP/1.1\r\nHost: api.weixin.qq.com\r\n\r\n")
	s, err := c.remote.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	state, err := os.ReadFile(filepath.Join(s.Dir, "state.json"))
	if err != nil {
		t.Fatal(err)
	}
	status := encode(t, s)
	c.close()
	for name, kept := range map[string]string{"the log": log.String(), "the status": string(status), "the state": strings.ReplaceAll(string(state), canary+"variable", "")} {
		for i := strings.Index(kept, canary); i >= 0; i = -1 {
			t.Errorf("%s has %s", name, kept[max(0, i-60):min(len(kept), i+40)])
		}
	}
	if !strings.Contains(string(state), canary+"variable") {
		t.Error("the state lacks the variable the function runs with")
	}
}
