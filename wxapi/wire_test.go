package wxapi

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
)

func environment(t *testing.T, transport Transport) *Functions {
	t.Helper()
	cloud := NewCloud(transport, testAppID)
	envs, err := cloud.DescribeEnvs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(envs) != 1 || envs[0].ID != testEnv || envs[0].Region() != "ap-shanghai" || envs[0].Status != "NORMAL" {
		t.Fatalf("environments %+v", envs)
	}
	return cloud.Functions(envs[0])
}

func TestUploadKeyActions(t *testing.T) {
	d := newDouble(t)
	f := environment(t, d.uploadKey())
	ctx := t.Context()
	if _, err := f.GetFunction(ctx, "hello"); !IsFunctionNotFound(err) || !clierr.Is(err, "wxapi/function-not-found") {
		t.Fatalf("absent function: %v", err)
	}
	if got, want := d.postdata["GetFunction"], `{"FunctionName":"hello","Namespace":"`+testEnv+`"} @ap-shanghai`; got != want {
		t.Errorf("postdata %s, want %s", got, want)
	}
	if got, want := d.postdata["DescribeEnvs"], `{"WxAppId":"`+testAppID+`"} @`; got != want {
		t.Errorf("postdata %s, want %s", got, want)
	}
	err := f.CreateFunction(ctx, NewFunction{
		Name: "hello", Runtime: "Nodejs18.15", Handler: DefaultHandler, MemoryMB: 256, TimeoutSeconds: 20, InstallDependency: true, Zip: Bytes([]byte("PK")),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"FunctionName": "hello", "Namespace": testEnv, "Code": map[string]any{"ZipFile": base64.StdEncoding.EncodeToString([]byte("PK"))},
		"Handler": "index.main", "Description": "", "MemorySize": 256.0, "Timeout": 20.0, "Role": "TCB_QcsRole", "Runtime": "Nodejs18.15",
		"Environment": map[string]any{"Variables": []any{}}, "Stamp": "MINI_QCBASE", "InstallDependency": "TRUE", "ClsLogsetId": "ls-1", "ClsTopicId": "tp-1",
	}
	var got map[string]any
	if err := json.Unmarshal(d.code["hello"], &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("CreateFunction (-want +got):\n%s", diff)
	}
	if err := f.CreateFunction(ctx, NewFunction{Name: "hello"}); !IsFunctionExists(err) {
		t.Errorf("a second creation: %v", err)
	}
	if err := f.UpdateFunctionCode(ctx, Code{Name: "hello", Handler: DefaultHandler, Zip: Bytes([]byte("PK2"))}); err != nil {
		t.Fatal(err)
	}
	want = map[string]any{
		"FunctionName": "hello", "Namespace": testEnv, "ZipFile": base64.StdEncoding.EncodeToString([]byte("PK2")), "Handler": "index.main", "InstallDependency": "FALSE",
	}
	got = nil
	if err := json.Unmarshal(d.code["hello"], &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("UpdateFunctionCode (-want +got):\n%s", diff)
	}
	install := false
	if err := f.UpdateFunctionConfiguration(ctx, Configuration{Name: "hello", InstallDependency: &install}); err != nil {
		t.Fatal(err)
	}
	if got, want := d.postdata["UpdateFunctionConfiguration"], `{"FunctionName":"hello","Namespace":"`+testEnv+`","InstallDependency":"FALSE"} @ap-shanghai`; got != want {
		t.Errorf("postdata %s, want %s", got, want)
	}
	fn, err := f.GetFunction(ctx, "hello")
	if err != nil || fn.Name != "hello" || fn.Status != StatusActive || !fn.InstallDependency || fn.MemoryMB != 256 || fn.TimeoutSeconds != 20 || fn.Environment.Variables[0].Key != "K" {
		t.Errorf("function %+v, %v", fn, err)
	}
	run, err := f.Invoke(ctx, "hello", json.RawMessage(`{"a":1}`))
	if err != nil || run.Result != `{"ok":true}` || run.Log != "hello" {
		t.Errorf("run %+v, %v", run, err)
	}
	all, err := f.ListFunctions(ctx)
	if err != nil || len(all) != 230 || all[229].Name != "f229" {
		t.Errorf("%d functions, %v", len(all), err)
	}
	if _, err := d.uploadKey().Call(ctx, "tcb", "DescribeEnvs", "ap-shanghai", struct{}{}); err != nil || d.postdata["DescribeEnvs"] != "{} @" {
		t.Errorf("agentReq.region of a tcb action: %s, %v", d.postdata["DescribeEnvs"], err)
	}
	if _, err := d.uploadKey().Call(ctx, "scf", "DeleteEverything", "", struct{}{}); !clierr.Is(err, "wxapi/unknown-action") {
		t.Errorf("unknown action: %v", err)
	}
	// One random string per call, and direct calls fetch a signature besides.
	if nonces, direct := d.seen["getrandstr"], d.seen["getqcloudapisignature"]; direct != 3 || nonces != d.seen["cloudapihttpagent"]+direct {
		t.Errorf("%d random strings for %d relayed and %d direct calls", nonces, d.seen["cloudapihttpagent"], direct)
	}
}

func TestTencentKeysActions(t *testing.T) {
	d := newDouble(t)
	keys := NewTencentKeys(d.client(), d.endpoints(), SecretPair{ID: "AKIDfake", Key: "fake", Token: "temporary-token"})
	f := environment(t, keys)
	if err := f.CreateFunction(t.Context(), NewFunction{Name: "hello", Zip: Bytes([]byte("PK"))}); err != nil {
		t.Fatal(err)
	}
	if fn, err := f.GetFunction(t.Context(), "hello"); err != nil || fn.Status != StatusActive {
		t.Errorf("function %+v, %v", fn, err)
	}
	if d.seen["getrandstr"] != 0 {
		t.Error("the upload key's channel was used")
	}
}

// TestRefusals is what each documented refusal becomes.
func TestRefusals(t *testing.T) {
	ci := func(body string) func(*double) error {
		return func(d *double) error {
			d.fault = func(name string, _ int, w http.ResponseWriter) bool {
				if name == "cloudapihttpagent" {
					answerJSON(w, "%s", body)
				}
				return name == "cloudapihttpagent"
			}
			_, err := NewCloud(d.uploadKey(), testAppID).DescribeEnvs(d.t.Context())
			return err
		}
	}
	status := func(code int, body string) func(*double) error {
		return func(d *double) error {
			d.fault = func(name string, _ int, w http.ResponseWriter) bool {
				if name == "cloudapihttpagent" {
					w.WriteHeader(code)
					_, _ = w.Write([]byte(body))
				}
				return name == "cloudapihttpagent"
			}
			_, err := NewCloud(d.uploadKey(), testAppID).DescribeEnvs(d.t.Context())
			return err
		}
	}
	inner := func(code, message string) func(*double) error {
		return ci(`{"errCode":0,"data":{"base_resp":{"ret":0},"content":` + quoted(`{"Response":{"Error":{"Code":"`+code+`","Message":"`+message+`"},"RequestId":"r"}}`) + `}}`)
	}
	get := func(body string) func(*double) error {
		return func(d *double) error {
			d.fault = func(_ string, _ int, w http.ResponseWriter) bool { answerJSON(w, "%s", body); return true }
			_, err := NewPermissions(d.client(), d.endpoints(), FixedToken(testToken), RetryOptions{Attempts: 1}).Get(d.t.Context(), testEnv, "hello")
			return err
		}
	}
	invoke := func(body string) func(*double) error {
		return func(d *double) error {
			d.fault = func(_ string, _ int, w http.ResponseWriter) bool { answerJSON(w, "%s", body); return true }
			_, err := NewInvoker(d.client(), d.endpoints(), FixedToken(testToken), testEnv, RetryOptions{Attempts: 1}).Invoke(d.t.Context(), "hello", nil)
			return err
		}
	}
	tests := []struct {
		name string
		do   func(*double) error
		id   clierr.ID
		exit clierr.Exit
		code string
		ip   string
	}{
		{"upload key's list", ci(`{"errCode":-10008,"errMsg":"invalid ip: 203.0.113.7, reference: https://developers.weixin.qq.com/ci.html"}`), "wxapi/upload-key-ip", clierr.Auth, "-10008", "203.0.113.7"},
		{"upload key's list, v6", ci(`{"errCode":-10008,"errMsg":"invalid ip: 2001:db8::7, reference: https://x"}`), "wxapi/upload-key-ip", clierr.Auth, "-10008", "2001:db8::7"},
		{"wrong key", ci(`{"errCode":-10008,"errMsg":"invalid signature"}`), "wxapi/upload-key-refused", clierr.Auth, "-10008", ""},
		{"stale key", ci(`{"errCode":-1,"errMsg":"get new ticket fail innerCode: -80011"}`), "wxapi/upload-key-refused", clierr.Auth, "-1", ""},
		{"third party manages", ci(`{"errCode":0,"data":{"base_resp":{"ret":80210,"errmsg":"no permission"}}}`), "wxapi/third-party-manages", clierr.Auth, "80210", ""},
		{"other ret as text", ci(`{"errCode":0,"data":{"base_resp":{"ret":"41002","errmsg":"x"}}}`), "wxapi/refused", clierr.Cloud, "41002", ""},
		{"quota", ci(`{"errCode":45009,"errMsg":"reach max api daily quota limit"}`), "wxapi/rate", clierr.Cloud, "45009", ""},
		{"errCode comes before ret", ci(`{"errCode":-7,"errMsg":"x","data":{"base_resp":{"ret":80210}}}`), "wxapi/refused", clierr.Cloud, "-7", ""},
		{"no Response", ci(`{"errCode":0,"data":{"base_resp":{"ret":0},"content":"{}"}}`), "wxapi/bad-answer", clierr.Cloud, "", ""},
		{"content is not JSON", ci(`{"errCode":0,"data":{"base_resp":{"ret":0},"content":"<html>"}}`), "wxapi/bad-answer", clierr.Cloud, "", ""},
		{"too large", status(413, `{"errCode":0}`), "wxapi/too-large", clierr.Local, "HTTP 413", ""},
		{"gateway page", status(502, "<html>Bad Gateway</html>"), "wxapi/http-status", clierr.Cloud, "HTTP 502", ""},
		{"redirect", status(302, ""), "wxapi/http-status", clierr.Cloud, "HTTP 302", ""},
		{"HTML with 200", status(200, "<html></html>"), "wxapi/bad-answer", clierr.Cloud, "", ""},
		{"namespace", inner("ResourceNotFound.Namespace", "no"), "wxapi/environment-not-found", clierr.NotFound, "ResourceNotFound.Namespace", ""},
		{"role", inner("UnauthorizedOperation", "sts:AssumeRole TCB_QcsRole"), "wxapi/unauthorized", clierr.Auth, "UnauthorizedOperation", ""},
		{"keys", inner("AuthFailure.SignatureFailure", "no"), "wxapi/tencent-key-refused", clierr.Auth, "AuthFailure.SignatureFailure", ""},
		{"balance", inner("ResourceUnavailable.InsufficientBalance", "no"), "wxapi/balance", clierr.Cloud, "ResourceUnavailable.InsufficientBalance", ""},
		{"busy", inner("FailedOperation.UpdateFunctionCode", "busy"), "wxapi/refused", clierr.Cloud, "FailedOperation.UpdateFunctionCode", ""},

		{"upload key's list, no address told", ci(`{"errCode":-10008,"errMsg":"invalid ip"}`), "wxapi/upload-key-address", clierr.Auth, "-10008", ""},
		{"API's list, no address told", get(`{"errcode":40164,"errmsg":"invalid ip, not in whitelist"}`), "wxapi/api-address", clierr.Auth, "40164", ""},
		{"API's list", get(`{"errcode":40164,"errmsg":"invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 65f0-ab"}`), "wxapi/api-ip", clierr.Auth, "40164", "203.0.113.7"},
		{"ordinary token", get(`{"errcode":40014,"errmsg":"invalid access_token"}`), "wxapi/token-kind", clierr.OtherCredential, "40014", ""},
		{"40014 elsewhere", invoke(`{"errcode":40014,"errmsg":"invalid access_token"}`), "wxapi/token-refused", clierr.Auth, "40014", ""},
		{"permission set", get(`{"errcode":61007,"errmsg":"api is unauthorized to component"}`), "wxapi/token-not-granted", clierr.OtherCredential, "61007", ""},
		{"fixed token expired", get(`{"errcode":42001,"errmsg":"access_token expired"}`), "wxapi/token-refused", clierr.Auth, "42001", ""},
		{"not opened", get(`{"errcode":85088,"errmsg":"no"}`), "wxapi/cloud-not-open", clierr.NotFound, "85088", ""},
		{"no such function", get(`{"errcode":-501000,"errmsg":"FunctionName parameter could not be found."}`), "wxapi/function-not-found", clierr.NotFound, "-501000", ""},
		{"no such environment", get(`{"errcode":-501000,"errmsg":"Environment not found"}`), "wxapi/environment-not-found", clierr.NotFound, "-501000", ""},
		{"config is not JSON", get(`{"errcode":0,"config":"["}`), "wxapi/bad-answer", clierr.Cloud, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.do(newDouble(t))
			e, ok := errors.AsType[*clierr.Error](err)
			if !ok || e.ID != tt.id || e.Exit != tt.exit {
				t.Fatalf("got %v, want %s with exit %d", err, tt.id, tt.exit)
			}
			raw, ok := errors.AsType[*APIError](err)
			if ok != (tt.code != "") || ok && raw.Code != tt.code {
				t.Errorf("raw error %+v, want code %q", raw, tt.code)
			}
			if e.Args["ip"] != tt.ip {
				t.Errorf("ip %q, want %q", e.Args["ip"], tt.ip)
			}
		})
	}
}

func TestWrongKeyIsRefused(t *testing.T) {
	d := newDouble(t)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	key := NewUploadKey(d.client(), d.endpoints(), testAppID, other, UploadKeyOptions{})
	_, err = NewCloud(Retrying(key, RetryOptions{First: time.Nanosecond}), testAppID).DescribeEnvs(t.Context())
	if !clierr.Is(err, "wxapi/upload-key-refused") || d.seen["cloudapihttpagent"] != 1 {
		t.Errorf("%v after %d attempts", err, d.seen["cloudapihttpagent"])
	}
}

// TestSecretsStayOut: neither the query of a failed request nor a server that
// quotes what it was sent brings a secret into an error.
func TestSecretsStayOut(t *testing.T) {
	faults := map[string]func(sent string, w http.ResponseWriter){
		"connection lost": func(_ string, w http.ResponseWriter) { w.WriteHeader(hangUp) },
		"quoted": func(sent string, w http.ResponseWriter) {
			answerJSON(w, `{"errcode":45009,"errmsg":"no: %s"}`, sent)
		},
		"gateway": func(sent string, w http.ResponseWriter) {
			w.WriteHeader(502)
			_, _ = w.Write([]byte(sent))
		},
	}
	o := RetryOptions{Attempts: 1}
	calls := map[string]struct {
		sent string
		do   func(d *double) error
	}{
		"get": {testToken, func(d *double) error {
			_, err := NewPermissions(d.client(), d.endpoints(), FixedToken(testToken), o).Get(t.Context(), testEnv, "hello")
			return err
		}},
		"invoke": {testToken, func(d *double) error {
			_, err := NewInvoker(d.client(), d.endpoints(), FixedToken(testToken), testEnv, o).Invoke(t.Context(), "hello", nil)
			return err
		}},
		"stable token": {testSecret, func(d *double) error {
			_, err := NewStableToken(d.client(), d.endpoints(), testAppID, testSecret, o).Token(t.Context())
			return err
		}},
	}
	for fault, with := range faults {
		for call, c := range calls {
			d := newDouble(t)
			d.fault = func(_ string, _ int, w http.ResponseWriter) bool { with(c.sent, w); return true }
			err := c.do(d)
			if err == nil || strings.Contains(err.Error(), c.sent) || strings.Contains(err.Error(), "access_token=") {
				t.Errorf("%s, %s: %v", call, fault, err)
			}
		}
	}
}

// TestSignedHeadersStayOut: a service may quote single parts of what it was
// sent.
func TestSignedHeadersStayOut(t *testing.T) {
	const token = "temporary-token-0123456789"
	var sent http.Header
	quote := func(d *double) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path != "/" {
				return d.RoundTrip(r)
			}
			sent = r.Header.Clone()
			_, signature, _ := strings.Cut(sent.Get("Authorization"), "Signature=")
			w := httptest.NewRecorder()
			answerJSON(w, `{"Response":{"Error":{"Code":"AuthFailure.TokenFailure","Message":%s},"RequestId":"r"}}`,
				quoted(sent.Get("X-TC-Token")+" | "+signature+" | "+sent.Get("Authorization")))
			return w.Result(), nil
		})
	}
	calls := map[string]func(d *double) Transport{
		"direct": func(d *double) Transport {
			d.fault = func(name string, _ int, w http.ResponseWriter) bool {
				if name == "getqcloudapisignature" {
					answerJSON(w, `{"errCode":0,"header":%s}`, quoted("Authorization: TC3-HMAC-SHA256 Credential=AKIDfake/x, SignedHeaders=host, Signature=deadbeefdeadbeef\nX-TC-Token: "+token))
				}
				return name == "getqcloudapisignature"
			}
			return NewUploadKey(&http.Client{Transport: quote(d)}, d.endpoints(), testAppID, testKey(t), UploadKeyOptions{})
		},
		"SecretId and SecretKey": func(d *double) Transport {
			return NewTencentKeys(&http.Client{Transport: quote(d)}, d.endpoints(), SecretPair{ID: "AKIDfake0123456789", Key: "secretkeyfake0123456789", Token: token})
		},
	}
	for name, transport := range calls {
		_, err := transport(newDouble(t)).Call(t.Context(), "scf", "UpdateFunctionCode", "", struct{}{})
		if !clierr.Is(err, "wxapi/tencent-key-refused") {
			t.Fatalf("%s: %v", name, err)
		}
		_, signature, _ := strings.Cut(sent.Get("Authorization"), "Signature=")
		if sent.Get("X-TC-Token") != token || len(signature) < 16 {
			t.Fatalf("%s: sent %v", name, sent)
		}
		if strings.Contains(err.Error(), token) || strings.Contains(err.Error(), signature) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestBadProxySettingStaysOut: net/http quotes a malformed proxy as a whole.
func TestBadProxySettingStaysOut(t *testing.T) {
	client := NewClient(ClientOptions{})
	client.Transport.(*http.Transport).Proxy = func(*http.Request) (*url.URL, error) {
		return nil, errors.New(`invalid proxy address "http://user:proxy-password@[": x`)
	}
	cloud := NewCloud(NewUploadKey(client, newDouble(t).endpoints(), testAppID, testKey(t), UploadKeyOptions{}), testAppID)
	if _, err := cloud.DescribeEnvs(t.Context()); err == nil || strings.Contains(err.Error(), "proxy-password") {
		t.Errorf("got %v", err)
	}
}

func TestOnlySecureEndpoints(t *testing.T) {
	for _, bad := range []string{"http://example.com", "https://127.0.0.1:8", "http://127.0.0.1.example.com", "http://user:pw@127.0.0.1:1", "http://127.0.0.1:1/x", "ftp://127.0.0.1", "", "http://10.0.0.1"} {
		if _, err := Local(bad); !clierr.Is(err, "wxapi/not-local") || strings.Contains(err.Error(), "pw") {
			t.Errorf("Local(%q): %v", bad, err)
		}
	}
	for _, good := range []string{"http://127.0.0.1:8080/", "http://[::1]:1", "http://localhost:3"} {
		if _, err := Local(good); err != nil {
			t.Errorf("Local(%q): %v", good, err)
		}
	}
	d := newDouble(t)
	key := NewUploadKey(d.client(), Endpoints{WeChat: "http://example.com"}, testAppID, testKey(t), UploadKeyOptions{})
	if _, err := NewCloud(key, testAppID).DescribeEnvs(t.Context()); !clierr.Is(err, "wxapi/insecure") || len(d.calls) != 0 {
		t.Errorf("a key went over plain http: %v", err)
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	var got int
	target := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { got++ }))
	defer target.Close()
	server := httptest.NewServer(http.RedirectHandler(target.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	e, err := Local(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	_, err = NewCloud(NewUploadKey(server.Client(), e, testAppID, testKey(t), UploadKeyOptions{}), testAppID).DescribeEnvs(t.Context())
	if !clierr.Is(err, "wxapi/http-status") || got != 0 {
		t.Errorf("%v, and the target saw %d requests", err, got)
	}
}

func TestTimeoutAndCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := &http.Client{Transport: silent{}}
		e, err := Local("http://127.0.0.1:1")
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		cloud := NewCloud(NewUploadKey(client, e, testAppID, testKey(t), UploadKeyOptions{}), testAppID)
		if _, err := cloud.DescribeEnvs(t.Context()); !clierr.Is(err, "wxapi/timeout") || time.Since(start) != shortCall {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		stop := errors.New("the user stopped it")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(stop) })
		if _, err := cloud.DescribeEnvs(ctx); !errors.Is(err, stop) {
			t.Errorf("cancelled: %v", err)
		}
	})
}

// silent never answers.
type silent struct{}

func (silent) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestSplitHeaders(t *testing.T) {
	header, host, err := splitHeaders("Authorization: TC3 a=b:c\r\nHost:scf.tencentcloudapi.com\n\n X-TC-Action : UpdateFunctionCode \n")
	if err != nil || host != "scf.tencentcloudapi.com" || header.Get("Authorization") != "TC3 a=b:c" || header.Get("X-TC-Action") != "UpdateFunctionCode" || len(header) != 2 {
		t.Errorf("%v %q %v", header, host, err)
	}
	for _, bad := range []string{"", "Host: x", "Authorization", ": x", "Authorization: x\nno colon", "Auth orization: x"} {
		if _, _, err := splitHeaders(bad); err == nil {
			t.Errorf("accepted %q", bad)
		}
	}
}

func FuzzSplitHeaders(f *testing.F) {
	f.Add("Authorization: TC3 x\nHost: scf.tencentcloudapi.com\nX-TC-Action: A")
	f.Add("Authorization:\x00\r\r\n:")
	f.Fuzz(func(t *testing.T, text string) {
		header, _, err := splitHeaders(text)
		if err != nil {
			return
		}
		for name, values := range header {
			for _, v := range values {
				if !validName(name) || strings.ContainsAny(v, "\r\n\x00") {
					t.Fatalf("header %q: %q", name, v)
				}
			}
		}
	})
}

// FuzzDecodeError feeds any answer to all three readers: they must never
// panic, and what they return is an answer or one of our errors.
func FuzzDecodeError(f *testing.F) {
	f.Add(200, `{"errCode":-10008,"errMsg":"invalid ip: 1.2.3.4"}`)
	f.Add(200, `{"errCode":0,"data":{"base_resp":{"ret":"80210"},"content":"{\"Response\":{}}"}}`)
	f.Add(200, `{"Response":{"Error":{"Code":"InternalError","Message":"x"}}}`)
	f.Add(503, `{"errcode":"40001","errmsg":null}`)
	f.Add(413, `<html>`)
	f.Add(200, `{"errCode":{},"data":[]}`)
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			t.Skip()
		}
		d := newDouble(t)
		d.fault = func(name string, _ int, w http.ResponseWriter) bool {
			if name == "getrandstr" {
				return false
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
			return true
		}
		check := func(err error) {
			if err == nil {
				return
			}
			if e, ok := errors.AsType[*clierr.Error](err); !ok || e.Exit == clierr.OK || e.ID == "" {
				t.Fatalf("not one of our errors: %v", err)
			}
		}
		_, err := d.uploadKey().Call(t.Context(), "scf", "GetFunction", "", struct{}{})
		check(err)
		_, err = NewTencentKeys(d.client(), d.endpoints(), SecretPair{}).Call(t.Context(), "scf", "GetFunction", "", struct{}{})
		check(err)
		_, err = NewPermissions(d.client(), d.endpoints(), FixedToken(testToken), RetryOptions{Attempts: 1}).Get(t.Context(), testEnv, "f")
		check(err)
	})
}
