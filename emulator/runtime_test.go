package emulator_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/encoding/protowire"

	"wxcloud/emulator"
)

// inside is what a running function knows: it is asked for its variables, so
// that a test can make the calls the SDK would make and look at the bytes.
type inside struct {
	c   *cloud
	env map[string]string
}

const showEnv = `exports.main = () => ({ ...process.env })`

func (c *cloud) inside(function, openid string) inside {
	c.t.Helper()
	in := inside{c: c}
	if err := json.Unmarshal(c.call(function, openid, object{}).Result, &in.env); err != nil {
		c.t.Fatal(err)
	}
	return in
}

// cloudCall is cloud.openapi on the wire: the answer's Content-Type and body.
func (in inside) cloudCall(api string, arguments map[string]string) (string, []byte) {
	message := []byte{0x08, 0x00}
	var data []byte
	for key, value := range arguments {
		var pair []byte
		pair = protowire.AppendString(protowire.AppendTag(pair, 1, protowire.BytesType), key)
		pair = protowire.AppendString(protowire.AppendTag(pair, 2, protowire.BytesType), value)
		data = protowire.AppendBytes(protowire.AppendTag(data, 1, protowire.BytesType), pair)
	}
	message = protowire.AppendBytes(protowire.AppendTag(message, 2, protowire.BytesType), data)
	return in.send(map[string]string{"action": "wx.openApi", "apiName": api, "requestData": string(message)}, nil)
}

// errorCode is the code of a refused cloud call, 0 for an answer.
func (in inside) errorCode(api string) int {
	_, body := in.cloudCall(api, nil)
	number, kind, n := protowire.ConsumeTag(body)
	if number != 3 || kind != protowire.VarintType {
		return 0
	}
	value, _ := protowire.ConsumeVarint(body[n:])
	return int(int32(value))
}

func (in inside) send(parameters map[string]string, change func(http.Header)) (string, []byte) {
	in.c.t.Helper()
	parameters["envName"] = "local"
	parameters["wxCloudApiToken"] = in.env["WX_API_TOKEN"]
	parameters["crossAuthorizationToken"] = ""
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	var names []string
	values := map[string]string{}
	for name, value := range parameters {
		names = append(names, strings.ToLower(name))
		values[strings.ToLower(name)] = value
		header := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + name + `"`}}
		if name == "requestData" {
			header.Set("Content-Type", "application/octet-stream")
		}
		part, err := w.CreatePart(header)
		if err != nil {
			in.c.t.Fatal(err)
		}
		if _, err := part.Write([]byte(value)); err != nil {
			in.c.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		in.c.t.Fatal(err)
	}
	slices.Sort(names)
	payload := sha256.New()
	for _, name := range names {
		if values[name] != "" {
			fmt.Fprintf(payload, "&%s=%s\r\n", name, values[name])
		}
	}
	path := "/admin?env=local&seqId=1"
	host := strings.TrimPrefix(in.c.e.URL(), "http://")
	now := time.Now()
	date := now.UTC().Format(time.DateOnly)
	canonical := "post\n//" + host + "/admin\nenv=local&seqId=1\ncontent-type:multipart/form-data\nhost:" + host + "\n\ncontent-type;host\n" + hex.EncodeToString(payload.Sum(nil))
	sum := sha256.Sum256([]byte(canonical))
	text := fmt.Sprintf("TC3-HMAC-SHA256\n%d\n%s/tcb/tc3_request\n%x", now.Unix(), date, sum)
	mac := func(key []byte, s string) []byte {
		h := hmac.New(sha256.New, key)
		h.Write([]byte(s))
		return h.Sum(nil)
	}
	signature := mac(mac(mac(mac([]byte("TC3"+in.env["TENCENTCLOUD_SECRETKEY"]), date), "tcb"), "tc3_request"), text)
	h := http.Header{
		"Content-Type": {w.FormDataContentType()}, "X-Timestamp": {fmt.Sprint(now.Unix())}, "X-Tcb-Source": {"wx_client,scf"},
		"Authorization": {fmt.Sprintf("TC3-HMAC-SHA256 Credential=%s/%s/tcb/tc3_request, SignedParams=%s, SignedHeaders=content-type;host, Signature=%x",
			in.env["TENCENTCLOUD_SECRETID"], date, strings.Join(names, ";"), signature)},
	}
	if change != nil {
		change(h)
	}
	status, contentType, answer := in.c.send(http.MethodPost, path, h, body.Bytes())
	if status != http.StatusOK {
		in.c.t.Fatalf("HTTP %d: %s", status, answer)
	}
	return contentType, answer
}

func TestRefusalsOnTheWire(t *testing.T) {
	needNode(t)
	c := start(t, func(o *emulator.Options) { o.Known = func(api string) bool { return api != "no.such" } })
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	in := c.inside("hello", "oUser")
	contentType, body := in.cloudCall("subscribeMessage.send", nil)
	// int32 -604101, sign-extended, and nothing else.
	if hex.EncodeToString(body) != "18bb90dbffffffffffff01" || contentType == "application/json; charset=utf-8" {
		t.Errorf("not permitted: %s %x", contentType, body)
	}
	if code := in.errorCode("no.such"); code != -604100 {
		t.Errorf("unknown: %d", code)
	}
	c.permit("hello", "security.msgSecCheck")
	c.advance(emulator.DefaultCacheTTL)
	forged := inside{c: c, env: map[string]string{}}
	for k, v := range in.env {
		forged.env[k] = v
	}
	forged.env["WX_API_TOKEN"] = "x" + in.env["WX_API_TOKEN"]
	if _, body := forged.cloudCall("security.msgSecCheck", nil); !bytes.Contains(body, []byte(`"code":"INVALID_WX_ACCESS_TOKEN"`)) {
		t.Errorf("a forged ticket: %s", body)
	}
	forged.env["WX_API_TOKEN"] = ""
	if _, body := forged.cloudCall("security.msgSecCheck", nil); !bytes.Contains(body, []byte(`"code":"INVALID_PARAM","message":"missing wxCloudApiToken"`)) {
		t.Errorf("no ticket: %s", body)
	}
	if code := in.errorCode("security.msgSecCheck"); code != 0 {
		t.Errorf("permitted: %d", code)
	}
}

func TestRuntimeSignatureIsChecked(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	in := c.inside("hello", "oUser")
	refused := func(change func(http.Header)) string {
		contentType, body := in.send(map[string]string{"action": "wx.openApi", "apiName": "a.b", "requestData": "\x08\x00"}, change)
		var answer struct{ Code string }
		if contentType != "application/json; charset=utf-8" || json.Unmarshal(body, &answer) != nil {
			return fmt.Sprintf("%s %q", contentType, body)
		}
		return answer.Code
	}
	for name, change := range map[string]func(http.Header){
		"changed": func(h http.Header) {
			h.Set("Authorization", h.Get("Authorization")[:len(h.Get("Authorization"))-1]+"x")
		},
		"none": func(h http.Header) { h.Del("Authorization") },
		"another id": func(h http.Header) {
			h.Set("Authorization", strings.Replace(h.Get("Authorization"), "=AKID", "=AKIX", 1))
		},
		"old":          func(h http.Header) { h.Set("X-Timestamp", "1700000000") },
		"no timestamp": func(h http.Header) { h.Del("X-Timestamp") },
	} {
		if got := refused(change); got != "SIGN_PARAM_INVALID" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestWhatTheLocalCloudDoesNotHave(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	in := c.inside("hello", "oUser")
	for action, want := range map[string]string{"database.getDocument": "RESOURCE_NOT_INITIAL", "storage.getUploadMetadata": "RESOURCE_NOT_INITIAL", "wx.wxPayApi": "INVALID_PARAM"} {
		contentType, body := in.send(map[string]string{"action": action}, nil)
		var answer struct{ Code, Message, RequestID string }
		if err := json.Unmarshal(body, &answer); err != nil || answer.Code != want || answer.RequestID == "" || contentType != "application/json; charset=utf-8" {
			t.Errorf("%s: %s %s", action, contentType, body)
		}
	}
}

func TestAnswersOfInterfaces(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	c.permit("hello", "security.msgSecCheck", "wxacode.get", "some.other")
	in := c.inside("hello", "oUser")
	for _, tt := range []struct {
		api       string
		arguments map[string]string
		want      string
	}{
		{"security.msgSecCheck", map[string]string{"version": "2", "scene": "2", "openid": "oUser", "content": "hello"}, `"suggest":"pass"`},
		{"security.msgSecCheck", map[string]string{"version": "2", "scene": "2", "openid": "oUser", "content": "特3456书yuuo莞6543李zxcz蒜7782法fgnv级"}, `"suggest":"risky"`},
		{"security.msgSecCheck", map[string]string{"content": "特3456书yuuo莞6543李zxcz蒜7782法fgnv级"}, `"errcode":87014`},
		{"wxacode.get", map[string]string{"path": "pages/index"}, "\x89PNG"},
		{"some.other", nil, `{"errcode":0,"errmsg":"ok"}`},
	} {
		if _, body := in.cloudCall(tt.api, tt.arguments); !bytes.Contains(body, []byte(tt.want)) {
			t.Errorf("%s: %q", tt.api, body)
		}
	}
	s, err := c.remote.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range s.Requests {
		if x.Path == "/admin" && x.Synthetic != (x.Action == "some.other") {
			t.Errorf("%s: synthetic %v", x.Action, x.Synthetic)
		}
	}
}
