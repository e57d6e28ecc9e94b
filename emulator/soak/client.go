package soak

import (
	"bytes"
	"context"
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"wxcloud/emulator"
)

// client speaks the four surfaces of a local cloud as their clients do.
type client struct {
	base        string
	credentials emulator.Credentials
	key         *rsa.PrivateKey
	http        *http.Client
	requests    *atomic.Int64
}

func newClient(e *emulator.Emulator, requests *atomic.Int64) (*client, error) {
	c := &client{base: e.URL(), credentials: e.Credentials(), requests: requests, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}}
	data, err := os.ReadFile(c.credentials.UploadKeyPath)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, errors.New("the upload key is not a PEM file")
	}
	c.key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	return c, err
}

func (c *client) close() { c.http.CloseIdleConnections() }

// errFault is an answer only a fault can explain; whether the request took effect
// is not known.
var errFault = errors.New("the answer is that of a fault")

type object = map[string]any

// send returns a body that came with HTTP 200, or errFault.
func (c *client) send(ctx context.Context, path string, header http.Header, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for name, values := range header {
		request.Header[name] = values
	}
	if host := header.Get("Host"); host != "" {
		request.Host = host
	}
	c.requests.Add(1)
	response, err := c.http.Do(request)
	if err != nil {
		return nil, errors.Join(errFault, err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		return nil, errors.Join(errFault, err, fmt.Errorf("%s %.80s", response.Status, data))
	}
	return data, nil
}

// post sends and reads JSON.
func (c *client) post(ctx context.Context, path string, body, into any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	answer, err := c.send(ctx, path, http.Header{"Content-Type": {"application/json"}}, data)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return errors.Join(errFault, err)
	}
	return nil
}

// signed makes a call of the upload key, with a random string of its own.
func (c *client) signed(ctx context.Context, endpoint string, body object, into any) error {
	var random struct {
		Data struct{ RandomString string }
	}
	if err := c.post(ctx, "/wxa/ci/getrandstr", object{"appid": c.credentials.AppID}, &random); err != nil {
		return err
	}
	if random.Data.RandomString == "" {
		return errFault
	}
	text := `{"appid":"` + c.credentials.AppID + `","rand_str":"` + random.Data.RandomString + `"}`
	signature, err := rsa.SignPKCS1v15(nil, c.key, crypto.Hash(0), []byte(text))
	if err != nil {
		return err
	}
	body["appid"], body["signature"] = c.credentials.AppID, base64.StdEncoding.EncodeToString(signature)
	return c.post(ctx, "/wxa/ci/"+endpoint, body, into)
}

// answer is the Response of a cloud action.
type answer struct {
	Response struct {
		Error     *struct{ Code, Message string }
		Status    string
		RequestID string `json:"RequestId"`
	}
}

func (a answer) code() string {
	if a.Response.Error == nil {
		return ""
	}
	return a.Response.Error.Code
}

// relay makes a cloud action through the upload key's relay.
func (c *client) relay(ctx context.Context, action string, body any) (answer, error) {
	var out answer
	data, err := json.Marshal(body)
	if err != nil {
		return out, err
	}
	var outer struct {
		ErrCode int
		Data    struct{ Content string }
	}
	err = c.signed(ctx, "cloudapihttpagent", object{"agentReq": object{"postdata": string(data), "service": "scf", "action": action, "version": "2018-04-16"}}, &outer)
	if err != nil {
		return out, err
	}
	if outer.ErrCode != 0 || json.Unmarshal([]byte(outer.Data.Content), &out) != nil || out.Response.RequestID == "" {
		return out, errFault
	}
	return out, nil
}

// direct makes a cloud action with headers the upload key buys, as uploads are made.
func (c *client) direct(ctx context.Context, action string, body any) (answer, error) {
	var out answer
	data, err := json.Marshal(body)
	if err != nil {
		return out, err
	}
	sum := sha256.Sum256(data)
	var bought struct{ Header string }
	err = c.signed(ctx, "getqcloudapisignature", object{"signReq": object{
		"action": action, "service": "scf", "version": "2018-04-16", "region": "ap-shanghai", "hashed_postdata": hex.EncodeToString(sum[:]),
	}}, &bought)
	if err != nil {
		return out, err
	}
	header := http.Header{}
	for line := range strings.SplitSeq(bought.Header, "\n") {
		if name, value, ok := strings.Cut(line, ":"); ok {
			header.Set(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	if header.Get("Authorization") == "" {
		return out, errFault
	}
	text, err := c.send(ctx, "/", header, data)
	if err != nil {
		return out, err
	}
	if json.Unmarshal(text, &out) != nil || out.Response.RequestID == "" {
		return out, errFault
	}
	return out, nil
}

// wechat is an answer of the WeChat API.
type wechat struct {
	ErrCode     int    `json:"errcode"`
	ErrMsg      string `json:"errmsg"`
	AccessToken string `json:"access_token"`
	Config      string `json:"config"`
	Data        string `json:"resp_data"`
}

func (c *client) permission(ctx context.Context, call, function string, list []string) (wechat, error) {
	var out wechat
	config, err := json.Marshal(object{"permissions": object{"openapi": append([]string{}, list...)}})
	if err != nil {
		return out, err
	}
	err = c.post(ctx, "/tcb/"+call+"?access_token="+c.credentials.AuthorizerToken,
		object{"type": 1, "env": c.credentials.EnvID, "function_name": function, "config": string(config)}, &out)
	return out, err
}

func (c *client) token(ctx context.Context) (wechat, error) {
	var out wechat
	err := c.post(ctx, "/cgi-bin/stable_token", object{"grant_type": "client_credential", "appid": c.credentials.AppID, "secret": c.credentials.AppSecret}, &out)
	return out, err
}

// nothing is a request that changes nothing.
func (c *client) nothing(ctx context.Context) error {
	return c.post(ctx, "/wxa/ci/getrandstr", object{"appid": c.credentials.AppID}, &struct{}{})
}

func (c *client) invoke(ctx context.Context, token, function string, event any) (wechat, error) {
	var out wechat
	err := c.post(ctx, "/tcb/invokecloudfunction?env="+c.credentials.EnvID+"&name="+function+"&access_token="+token, event, &out)
	return out, err
}

// cloudCall is cloud.openapi on the wire, with what a running function was given.
// The code is 0, one of the gateway's, or errFault for what a fault made of it.
func (c *client) cloudCall(ctx context.Context, given map[string]string, api string) (int32, error) {
	parameters := [][2]string{
		{"action", "wx.openApi"}, {"apiName", api}, {"envName", c.credentials.EnvID}, {"requestData", "\x08\x00\x12\x00"}, {"wxCloudApiToken", given["WX_API_TOKEN"]},
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	payload := sha256.New()
	var names []string
	for _, p := range parameters {
		header := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + p[0] + `"`}}
		if p[0] == "requestData" {
			header.Set("Content-Type", "application/octet-stream")
		}
		part, err := w.CreatePart(header)
		if err == nil {
			_, err = part.Write([]byte(p[1]))
		}
		if err != nil {
			return 0, err
		}
		names = append(names, strings.ToLower(p[0]))
		fmt.Fprintf(payload, "&%s=%s\r\n", strings.ToLower(p[0]), p[1])
	}
	if err := w.Close(); err != nil {
		return 0, err
	}
	host := strings.TrimPrefix(c.base, "http://")
	now := time.Now()
	date := now.UTC().Format(time.DateOnly)
	canonical := "post\n//" + host + "/admin\nenv=x\ncontent-type:multipart/form-data\nhost:" + host + "\n\ncontent-type;host\n" + hex.EncodeToString(payload.Sum(nil))
	sum := sha256.Sum256([]byte(canonical))
	mac := func(key []byte, s string) []byte {
		h := hmac.New(sha256.New, key)
		h.Write([]byte(s))
		return h.Sum(nil)
	}
	key := mac(mac(mac([]byte("TC3"+given["TENCENTCLOUD_SECRETKEY"]), date), "tcb"), "tc3_request")
	signature := mac(key, fmt.Sprintf("TC3-HMAC-SHA256\n%d\n%s/tcb/tc3_request\n%x", now.Unix(), date, sum))
	answer, err := c.send(ctx, "/admin?env=x", http.Header{
		"Content-Type": {w.FormDataContentType()}, "X-Timestamp": {fmt.Sprint(now.Unix())},
		"Authorization": {fmt.Sprintf("TC3-HMAC-SHA256 Credential=%s/%s/tcb/tc3_request, SignedParams=%s, SignedHeaders=content-type;host, Signature=%x",
			given["TENCENTCLOUD_SECRETID"], date, strings.Join(names, ";"), signature)},
	}, body.Bytes())
	if err != nil {
		return 0, err
	}
	return refusal(answer)
}

// refusal reads a CommOpenApiResp: the code the gateway refused with, or 0.
func refusal(answer []byte) (int32, error) {
	for _, code := range []int32{-604100, -604101, -604102, -604103, -604104} {
		want := []byte{0x18}
		for v := uint64(int64(code)); ; v >>= 7 {
			if v < 0x80 {
				want = append(want, byte(v))
				break
			}
			want = append(want, byte(v)|0x80)
		}
		if bytes.Equal(answer, want) {
			return code, nil
		}
	}
	switch {
	case bytes.HasPrefix(answer, []byte("\x0a")): // what the interface says: the gateway let the call through
		return 0, nil
	case bytes.HasPrefix(answer, []byte("{")):
		return 0, errors.Join(errFault, fmt.Errorf("%.80q", answer))
	}
	return 0, fmt.Errorf("an answer of neither form: %.80q", answer)
}
