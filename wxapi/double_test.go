package wxapi

import (
	"bytes"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

const (
	testAppID  = "wx0123456789abcdef"
	testEnv    = "test-env-1a2b3c"
	testSecret = "fake-app-secret-0123456789abcdef"
	testToken  = "72_fakeAuthorizerToken-0123456789"
)

// double is the cloud as these tests need it: it speaks the documented shapes,
// checks every signature, and fails as it is told. It serves without a
// network, so that it also works under synctest.
type double struct {
	t   *testing.T
	key *rsa.PublicKey

	mu       sync.Mutex
	issued   map[string]bool // random strings not yet used
	count    int
	calls    []string // what was asked, in order
	signed   string   // hashed_postdata last signed
	code     map[string]json.RawMessage
	stored   map[string]string // function to config
	tokens   []string          // tokens that are accepted
	handouts int               // stable tokens asked for

	// fault, if set, may answer a request itself. name is the last part of
	// the path, or the action. n counts the requests of that name from 1.
	fault func(name string, n int, w http.ResponseWriter) bool
	seen  map[string]int
	// postdata are the bodies of relayed actions.
	postdata map[string]string
}

func newDouble(t *testing.T) *double {
	return &double{
		t: t, key: &testKey(t).PublicKey, issued: map[string]bool{}, code: map[string]json.RawMessage{},
		stored: map[string]string{}, tokens: []string{testToken}, seen: map[string]int{}, postdata: map[string]string{},
	}
}

// RoundTrip serves in memory.
func (d *double) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := r.Clone(r.Context())
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, in)
	if w.Code == hangUp {
		return nil, io.ErrUnexpectedEOF
	}
	return w.Result(), nil
}

// hangUp is a status that stands for a connection lost after the request.
const hangUp = 599

func (d *double) client() *http.Client { return &http.Client{Transport: d} }

func (d *double) endpoints() Endpoints {
	e, err := Local("http://127.0.0.1:1")
	if err != nil {
		d.t.Fatal(err)
	}
	return e
}

func (d *double) uploadKey() *UploadKey {
	return NewUploadKey(d.client(), d.endpoints(), testAppID, testKey(d.t), UploadKeyOptions{})
}

func (d *double) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	if name == "" {
		name = r.Header.Get("X-TC-Action")
	}
	d.seen[name]++
	d.calls = append(d.calls, name)
	if r.Method != http.MethodPost {
		d.t.Errorf("%s %s", r.Method, name)
	}
	if d.fault != nil && d.fault(name, d.seen[name], w) {
		return
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		d.t.Error(err)
	}
	switch {
	case strings.HasPrefix(r.URL.Path, "/wxa/ci/"):
		d.ci(w, r, name, raw)
	case r.URL.Path == "/":
		d.service(w, r, name, raw)
	case name == "stable_token":
		d.stableToken(w, raw)
	case strings.HasPrefix(r.URL.Path, "/tcb/"):
		d.tcb(w, r, name, raw)
	default:
		http.NotFound(w, r)
	}
}

func answerJSON(w http.ResponseWriter, format string, args ...any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = fmt.Fprintf(w, format, args...)
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func (d *double) ci(w http.ResponseWriter, r *http.Request, name string, raw []byte) {
	if r.Header.Get("Cookie") != cookie || r.URL.Query().Get("_r") == "" || r.Header.Get("Content-Type") != "application/json" {
		d.t.Errorf("%s: headers or query differ: %v %s", name, r.Header, r.URL.RawQuery)
	}
	var body struct {
		AppID      string `json:"appid"`
		ExtAppID   string `json:"extAppid"`
		ClientRand *int   `json:"clientRand"`
		Signature  string `json:"signature"`
		Agent      struct {
			Postdata string  `json:"postdata"`
			Test     *bool   `json:"test"`
			CGI      int     `json:"cgi_id"`
			Service  string  `json:"service"`
			Action   string  `json:"action"`
			Version  string  `json:"version"`
			Region   *string `json:"region"`
		} `json:"agentReq"`
		Sign struct {
			Hash   string `json:"hashed_postdata"`
			Action string `json:"action"`
			Region string `json:"region"`
		} `json:"signReq"`
	}
	if err := json.Unmarshal(raw, &body); err != nil || body.AppID != testAppID {
		d.t.Errorf("%s: body %s", name, raw)
	}
	if name == "getrandstr" {
		if body.ClientRand == nil || *body.ClientRand < 0 || *body.ClientRand >= 100_000_000 {
			d.t.Errorf("clientRand in %s", raw)
		}
		d.count++
		random := fmt.Sprintf("%032x", d.count)
		d.issued[random] = true
		answerJSON(w, `{"errCode":0,"errMsg":"ok","data":{"randomString":%q}}`, random)
		return
	}
	if !d.signatureHolds(body.Signature) {
		answerJSON(w, `{"errCode":-10008,"errMsg":"invalid signature"}`)
		return
	}
	switch name {
	case "cloudapihttpagent":
		a := body.Agent
		known, ok := actionOf(a.Service, a.Action)
		if !ok || known.cgi != a.CGI || known.direct || a.Version != versionOf(a.Service) || a.Test == nil || a.Region == nil {
			d.t.Errorf("agentReq %s", raw)
		}
		d.calls[len(d.calls)-1] = a.Action
		d.postdata[a.Action] = a.Postdata + " @" + *a.Region
		answerJSON(w, `{"errCode":0,"errMsg":"ok","data":{"base_resp":{"ret":"0","errmsg":"ok"},"content":%s}}`, quoted(d.action(a.Action, []byte(a.Postdata))))
	case "getqcloudapisignature":
		d.signed = body.Sign.Hash
		answerJSON(w, `{"errCode":0,"header":%s}`, quoted("Authorization: TC3-HMAC-SHA256 Credential=AKIDfake/2026-11-22/scf/tc3_request, SignedHeaders=content-type;host, Signature=00\n"+
			"Content-Type: application/json; charset=utf-8\nHost: scf.tencentcloudapi.com\nX-TC-Action: "+body.Sign.Action+"\nX-TC-Timestamp: 1795370916\nX-TC-Version: 2018-04-16\r\n\nX-TC-Region: "+body.Sign.Region))
	default:
		d.t.Errorf("unexpected call %s", name)
	}
}

// signatureHolds opens a signature with the public key and uses up its random
// string.
func (d *double) signatureHolds(signature string) bool {
	raw, err := base64.StdEncoding.DecodeString(signature)
	if err != nil {
		return false
	}
	open := new(big.Int).Exp(new(big.Int).SetBytes(raw), big.NewInt(int64(d.key.E)), d.key.N).FillBytes(make([]byte, d.key.Size()))
	at := bytes.IndexByte(open[2:], 0)
	if open[0] != 0 || open[1] != 1 || at < 8 || len(bytes.Trim(open[2:2+at], "\xff")) != 0 {
		return false
	}
	text := string(open[2+at+1:])
	for random := range d.issued {
		if text == `{"appid":"`+testAppID+`","rand_str":"`+random+`"}` {
			delete(d.issued, random)
			return true
		}
	}
	d.t.Errorf("signed %q, a random string that was never issued or is used again", text)
	return false
}

func (d *double) service(w http.ResponseWriter, r *http.Request, name string, raw []byte) {
	if !strings.HasPrefix(r.Header.Get("Authorization"), "TC3-HMAC-SHA256 ") || !strings.HasSuffix(r.Host, ".tencentcloudapi.com") {
		d.t.Errorf("%s: Host %q, headers %v", name, r.Host, r.Header)
	}
	if d.signed != "" && d.signed != hexSHA256(raw) {
		d.t.Errorf("%s: the bytes sent are not the bytes signed", name)
	}
	answerJSON(w, "%s", d.action(name, raw))
}

func (d *double) action(name string, body []byte) string {
	var in struct{ FunctionName string }
	_ = json.Unmarshal(body, &in)
	switch name {
	case "DescribeEnvs":
		return `{"Response":{"EnvList":[{"EnvId":"` + testEnv + `","Alias":"test","Status":"NORMAL","Source":"miniapp","PackageName":"基础版",` +
			`"CreateTime":"2024-01-02 03:04:05","UpdateTime":"2024-01-02 03:04:05","Databases":[],"Storages":[],"Functions":[{"Namespace":"` + testEnv +
			`","Region":"ap-shanghai"}],"LogServices":[{"LogsetId":"ls-1","TopicId":"tp-1","Region":"ap-shanghai"}]}],"RequestId":"r-1","Total":1}}`
	case "GetFunction":
		if _, ok := d.code[in.FunctionName]; !ok {
			return `{"Response":{"Error":{"Code":"ResourceNotFound.Function","Message":"未找到指定的Function，请创建后再试。"},"RequestId":"r-2"}}`
		}
		return `{"Response":{"FunctionName":"` + in.FunctionName + `","Status":"Active","Runtime":"Nodejs18.15","Handler":"index.main","MemorySize":256,"Timeout":20,` +
			`"InstallDependency":"TRUE","ModTime":"2026-11-22 18:08:35","Environment":{"Variables":[{"Key":"K","Value":"V"}]},"Triggers":[],"RequestId":"r-3"}}`
	case "CreateFunction":
		if _, ok := d.code[in.FunctionName]; ok {
			return `{"Response":{"Error":{"Code":"ResourceInUse.FunctionName","Message":"exists"},"RequestId":"r-4"}}`
		}
		d.code[in.FunctionName] = body
	case "UpdateFunctionCode":
		d.code[in.FunctionName] = body
	case "ListFunctions":
		return d.page(body)
	case "Invoke":
		return `{"Response":{"Result":{"FunctionRequestId":"f-1","RetMsg":"{\"ok\":true}","ErrMsg":"","Log":"hello","MemUsage":1048576,"Duration":12.5,"BillDuration":13,"InvokeResult":0},"RequestId":"r-5"}}`
	}
	return `{"Response":{"RequestId":"r-6"}}`
}

// page lists 230 made-up functions.
func (d *double) page(body []byte) string {
	var in struct{ Offset, Limit int }
	_ = json.Unmarshal(body, &in)
	var names []string
	for i := in.Offset; i < min(in.Offset+in.Limit, 230); i++ {
		names = append(names, fmt.Sprintf(`{"FunctionName":"f%03d","Status":"Active","Tags":[]}`, i))
	}
	return `{"Response":{"TotalCount":230,"Functions":[` + strings.Join(names, ",") + `],"RequestId":"r"}}`
}

func (d *double) stableToken(w http.ResponseWriter, raw []byte) {
	var in map[string]any
	_ = json.Unmarshal(raw, &in)
	if in["grant_type"] != "client_credential" || in["appid"] != testAppID || in["force_refresh"] != false {
		d.t.Errorf("stable_token %s", raw)
	}
	if in["secret"] != testSecret {
		answerJSON(w, `{"errcode":40125,"errmsg":"invalid appsecret, rid: 1-2"}`)
		return
	}
	d.handouts++
	answerJSON(w, `{"access_token":%q,"expires_in":7200}`, d.tokens[len(d.tokens)-1])
}

func (d *double) tcb(w http.ResponseWriter, r *http.Request, name string, raw []byte) {
	if !slices.Contains(d.tokens, r.URL.Query().Get("access_token")) {
		answerJSON(w, `{"errcode":42001,"errmsg":"access_token expired rid: 1-2"}`)
		return
	}
	var in struct {
		Type     int    `json:"type"`
		Env      string `json:"env"`
		Function string `json:"function_name"`
		Config   string `json:"config"`
	}
	switch name {
	case "uploadfuncconfig", "getfuncconfig":
		if err := json.Unmarshal(raw, &in); err != nil || in.Type != 1 || in.Env != testEnv || in.Function == "" {
			d.t.Errorf("%s %s", name, raw)
		}
		if name == "uploadfuncconfig" {
			d.stored[in.Function] = in.Config
			answerJSON(w, `{"errcode":0,"errmsg":"ok"}`)
			return
		}
		config, ok := d.stored[in.Function]
		if !ok {
			answerJSON(w, `{"errcode":85089,"errmsg":"no function config"}`)
			return
		}
		answerJSON(w, `{"errcode":0,"errmsg":"ok","config":%s}`, quoted(config))
	case "invokecloudfunction":
		if r.URL.Query().Get("env") != testEnv {
			d.t.Errorf("query %s", r.URL.RawQuery)
		}
		if r.URL.Query().Get("name") == "throws" {
			answerJSON(w, `{"errcode":-504002,"errmsg":"functions execute fail | errMsg: -604101 function has no permission to call this API"}`)
			return
		}
		answerJSON(w, `{"errcode":0,"errmsg":"ok","resp_data":%s}`, quoted(string(raw)))
	}
}
