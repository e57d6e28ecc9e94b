package emulator_test

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestUploadKeySignatures(t *testing.T) {
	c := start(t)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	used := c.nonce()
	text := func(nonce string) string { return `{"appid":"` + appID + `","rand_str":"` + nonce + `"}` }
	if out := c.post("/wxa/ci/getattr", object{"appid": appID, "signature": sign(t, c.key, text(used))}); out["errCode"] != 0.0 {
		t.Fatalf("a right signature: %v", out)
	}
	for name, signature := range map[string]string{
		"nonce used twice":    sign(t, c.key, text(used)),
		"nonce never given":   sign(t, c.key, text("0123456789abcdef")),
		"another key":         sign(t, other, text(c.nonce())),
		"another app":         sign(t, c.key, strings.Replace(text(c.nonce()), appID, "wxffffffffffffffff", 1)),
		"other order of keys": sign(t, c.key, `{"rand_str":"`+c.nonce()+`","appid":"`+appID+`"}`),
		"not base64":          "?",
		"nothing":             "",
	} {
		out := c.post("/wxa/ci/getattr", object{"appid": appID, "signature": signature})
		if out["errCode"] != -80011.0 || !strings.Contains(out["errMsg"].(string), "innerCode: -80011") {
			t.Errorf("%s: %v", name, out)
		}
	}
	if out := c.post("/wxa/ci/getrandstr", object{"appid": "wxffffffffffffffff"}); out["errCode"] != 40013.0 {
		t.Errorf("a foreign app: %v", out)
	}
}

func TestUploadKeyEndpoints(t *testing.T) {
	c := start(t)
	attr := c.signed("getattr", object{})
	if data, ok := attr["data"].(object); !ok || data["platform"] != false {
		t.Errorf("getattr: %v", attr)
	}
	if out := c.signed("getcloudcodesecret", object{}); out["errCode"] == 0.0 {
		t.Errorf("an endpoint that is not there: %v", out)
	}
	if out := c.request(http.MethodGet, "/wxa/ci/getrandstr", nil); out["errCode"] == 0.0 {
		t.Errorf("GET: %v", out)
	}
	if out := c.request(http.MethodPost, "/wxa/ci/getrandstr", []byte("{")); out["errCode"] == 0.0 {
		t.Errorf("broken JSON: %v", out)
	}
}

func TestDirectCallSignatures(t *testing.T) {
	c := start(t)
	body := encode(t, object{"Namespace": "local"})
	if r := c.directWith(c.directHeaders("ListFunctions", body), body); errorCode(r) != "" || r["TotalCount"] != 0.0 {
		t.Fatalf("a right signature: %v", r)
	}
	for want, change := range map[string]func(http.Header){
		"AuthFailure.SignatureFailure": func(h http.Header) { h.Set("Content-Type", "application/json") },
		"AuthFailure.SecretIdNotFound": func(h http.Header) {
			h.Set("Authorization", strings.Replace(h.Get("Authorization"), "=AKID", "=AKIX", 1))
		},
		"AuthFailure.InvalidAuthorization": func(h http.Header) { h.Del("Authorization") },
		"AuthFailure.SignatureExpire":      func(h http.Header) { h.Set("X-TC-Timestamp", "1700000000") },
	} {
		h := c.directHeaders("ListFunctions", body)
		change(h)
		if r := c.directWith(h, body); errorCode(r) != want {
			t.Errorf("%s: %v", want, r)
		}
	}
	if r := c.directWith(c.directHeaders("ListFunctions", body), []byte("{}")); errorCode(r) != "AuthFailure.SignatureFailure" {
		t.Errorf("another body: %v", r)
	}
	// Clients sign with the real clock whatever the local cloud's clock says.
	c.advance(24 * time.Hour)
	if r := c.direct("ListFunctions", string(body)); errorCode(r) != "" {
		t.Errorf("after moving the clock: %v", r)
	}
}
