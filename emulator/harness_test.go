package emulator_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"wxcloud/emulator"
)

// patience is how long a client that others wrote may take over one command. On a
// busy machine some take a minute to start.
const patience = 6 * time.Minute

func TestMain(m *testing.M) {
	if dir := os.Getenv(childVariable); dir != "" {
		os.Exit(child(dir))
	}
	goleak.VerifyTestMain(m)
}

const appID = "wx0123456789abcdef"

// cloud is a local cloud under test and a client of its own making: nothing of
// wxcloud's real client is used, so the two cannot agree on a mistake.
type cloud struct {
	t      testing.TB
	e      *emulator.Emulator
	remote *emulator.Remote
	key    *rsa.PrivateKey
	client *http.Client
}

// start opens a local cloud in a folder of its own.
func start(t testing.TB, change ...func(*emulator.Options)) *cloud {
	t.Helper()
	o := emulator.Options{Dir: t.TempDir(), AppID: appID, DeployTime: -1, Nodes: 1}
	for _, f := range change {
		f(&o)
	}
	return startWith(t, o)
}

func startWith(t testing.TB, o emulator.Options) *cloud {
	t.Helper()
	e, err := emulator.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	c := &cloud{t: t, e: e, client: &http.Client{Transport: &http.Transport{}}}
	t.Cleanup(c.close)
	if err := e.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	c.remote = e.Remote()
	data, err := os.ReadFile(e.Credentials().UploadKeyPath)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(data)
	if c.key, err = x509.ParsePKCS1PrivateKey(block.Bytes); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *cloud) close() {
	c.client.CloseIdleConnections()
	if c.remote != nil {
		c.remote.Close()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := c.e.Close(ctx); err != nil {
		c.t.Error(err)
	}
}

// needNode skips, or in CI fails, where a program is missing.
func needNode(t testing.TB, programs ...string) {
	t.Helper()
	for _, p := range append([]string{"node"}, programs...) {
		if _, err := exec.LookPath(p); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%s is needed in CI: %v", p, err)
			}
			t.Skipf("needs %s: %v", p, err)
		}
	}
}

type object = map[string]any

// send makes a request and returns status, content type and body.
func (c *cloud) send(method, path string, header http.Header, body []byte) (int, string, []byte) {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.e.URL()+path, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	for name, values := range header {
		request.Header[name] = values
	}
	if host := header.Get("Host"); host != "" {
		request.Host = host
	}
	response, err := c.client.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return response.StatusCode, response.Header.Get("Content-Type"), data
}

// post sends JSON and reads JSON.
func (c *cloud) post(path string, body any) object {
	c.t.Helper()
	return c.request(http.MethodPost, path, encode(c.t, body))
}

func (c *cloud) request(method, path string, body []byte) object {
	c.t.Helper()
	status, _, data := c.send(method, path, http.Header{"Content-Type": {"application/json"}}, body)
	var out object
	if err := json.Unmarshal(data, &out); err != nil {
		c.t.Fatalf("%s %s: %d %s", method, path, status, data)
	}
	return out
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	if raw, ok := v.(string); ok {
		return []byte(raw)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func sign(t testing.TB, key *rsa.PrivateKey, text string) string {
	t.Helper()
	sig, err := rsa.SignPKCS1v15(nil, key, crypto.Hash(0), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(sig)
}

func (c *cloud) nonce() string {
	c.t.Helper()
	out := c.post("/wxa/ci/getrandstr?_r=0.5", object{"appid": appID, "clientRand": 42})
	data, ok := out["data"].(object)
	if !ok {
		c.t.Fatalf("getrandstr: %v", out)
	}
	return data["randomString"].(string)
}

// signed calls an upload-key endpoint with a fresh signature.
func (c *cloud) signed(endpoint string, body object) object {
	c.t.Helper()
	body = maps.Clone(body)
	body["appid"] = appID
	body["signature"] = sign(c.t, c.key, `{"appid":"`+appID+`","rand_str":"`+c.nonce()+`"}`)
	return c.post("/wxa/ci/"+endpoint+"?_r=0.5", body)
}

// action relays a cloud action and returns the members of its Response.
func (c *cloud) action(service, name string, body any) object {
	c.t.Helper()
	version := map[string]string{"scf": "2018-04-16", "tcb": "2018-06-08"}[service]
	out := c.signed("cloudapihttpagent", object{"agentReq": object{
		"postdata": string(encode(c.t, body)), "test": false, "cgi_id": 1, "service": service, "action": name, "version": version, "region": "",
	}})
	data, ok := out["data"].(object)
	if !ok {
		c.t.Fatalf("%s: %v", name, out)
	}
	var content struct{ Response object }
	if err := json.Unmarshal([]byte(data["content"].(string)), &content); err != nil {
		c.t.Fatal(err)
	}
	return content.Response
}

// directHeaders asks for the headers of a direct call.
func (c *cloud) directHeaders(name string, body []byte) http.Header {
	c.t.Helper()
	sum := sha256.Sum256(body)
	out := c.signed("getqcloudapisignature", object{"signReq": object{
		"action": name, "service": "scf", "version": "2018-04-16", "region": "ap-shanghai", "hashed_postdata": hex.EncodeToString(sum[:]),
	}})
	text, ok := out["header"].(string)
	if !ok {
		c.t.Fatalf("getqcloudapisignature: %v", out)
	}
	h := http.Header{}
	for line := range strings.SplitSeq(text, "\n") {
		name, value, _ := strings.Cut(line, ":")
		h.Set(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	return h
}

// direct makes a direct call with headers the upload key bought.
func (c *cloud) direct(name string, body any) object {
	c.t.Helper()
	data := encode(c.t, body)
	return c.directWith(c.directHeaders(name, data), data)
}

func (c *cloud) directWith(h http.Header, body []byte) object {
	c.t.Helper()
	_, _, data := c.send(http.MethodPost, "/", h, body)
	var out struct{ Response object }
	if err := json.Unmarshal(data, &out); err != nil {
		c.t.Fatalf("%s: %s", h.Get("X-TC-Action"), data)
	}
	return out.Response
}

// errorCode is the Code of a Response.Error, "" when there is none.
func errorCode(response object) string {
	e, ok := response["Error"].(object)
	if !ok {
		return ""
	}
	return e["Code"].(string)
}

func zipOf(t testing.TB, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// deploy creates or updates a function and waits until it is Active.
func (c *cloud) deploy(name string, files map[string]string, install bool) {
	c.t.Helper()
	dependency := map[bool]string{true: "TRUE", false: "FALSE"}[install]
	zipFile := zipOf(c.t, files)
	response := c.direct("CreateFunction", object{
		"FunctionName": name, "Namespace": "local", "Code": object{"ZipFile": zipFile}, "Handler": "index.main",
		"Runtime": "Nodejs18.15", "MemorySize": 256, "Timeout": 20, "InstallDependency": dependency,
	})
	if errorCode(response) == "ResourceInUse.FunctionName" {
		response = c.direct("UpdateFunctionCode", object{
			"FunctionName": name, "Namespace": "local", "ZipFile": zipFile, "Handler": "index.main", "InstallDependency": dependency,
		})
	}
	if code := errorCode(response); code != "" {
		c.t.Fatalf("deploy %s: %v", name, response)
	}
	c.waitFor(name, "Active")
}

// waitFor waits until a function has a state; installing takes real time.
func (c *cloud) waitFor(name, want string) emulator.FunctionStatus {
	c.t.Helper()
	deadline := time.Now().Add(3 * time.Minute)
	for {
		f := c.function(name)
		switch {
		case f.Status == want:
			return f
		case strings.HasSuffix(f.Status, "Failed"), time.Now().After(deadline):
			c.t.Fatalf("%s is %s: %s", name, f.Status, f.Reason)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (c *cloud) function(name string) emulator.FunctionStatus {
	c.t.Helper()
	s, err := c.remote.Status(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	for _, f := range s.Functions {
		if f.Name == name {
			return f
		}
	}
	c.t.Fatalf("no function %s in %+v", name, s.Functions)
	return emulator.FunctionStatus{}
}

// permit stores a permission list as a third-party platform does.
func (c *cloud) permit(name string, apis ...string) {
	c.t.Helper()
	config := string(encode(c.t, object{"permissions": object{"openapi": append([]string{}, apis...)}}))
	out := c.post("/tcb/uploadfuncconfig?access_token="+c.e.Credentials().AuthorizerToken,
		object{"type": 1, "env": "local", "function_name": name, "config": config})
	if out["errcode"] != 0.0 {
		c.t.Fatalf("uploadfuncconfig: %v", out)
	}
}

func (c *cloud) call(name, openid string, event any) emulator.CallResult {
	c.t.Helper()
	r, err := c.remote.CallAsUser(c.t.Context(), name, openid, encode(c.t, event))
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

func (c *cloud) advance(d time.Duration) {
	c.t.Helper()
	if _, err := c.remote.AdvanceClock(c.t.Context(), d); err != nil {
		c.t.Fatal(err)
	}
}

// stableToken buys an ordinary access token.
func (c *cloud) stableToken() string {
	c.t.Helper()
	out := c.post("/cgi-bin/stable_token", object{"grant_type": "client_credential", "appid": appID, "secret": c.e.Credentials().AppSecret})
	token, ok := out["access_token"].(string)
	if !ok {
		c.t.Fatalf("stable_token: %v", out)
	}
	return token
}
