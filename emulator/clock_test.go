package emulator_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator"
	"wxcloud/internal/clierr"
)

// The clock moves caches, tokens and deploys. What clients sign and verify with
// their own clocks, and certificates, it never touches, however far it goes.
func TestTheClockMovesNoSignature(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	c.permit("hello", "a.b")
	in := c.inside("hello", "oUser") // its secrets and ticket are from before
	nonce := c.nonce()
	headers := c.directHeaders("GetFunction", encode(t, object{"FunctionName": "hello"}))
	token := c.stableToken()
	link, _ := c.direct("GetFunctionAddress", object{"FunctionName": "hello"})["Url"].(string)

	c.advance(50 * 365 * 24 * time.Hour)

	if code := in.errorCode("a.b"); code != 0 {
		t.Errorf("the runtime's signature or ticket: %d", code)
	}
	if out := c.post("/wxa/ci/getattr", object{"appid": appID, "signature": sign(t, c.key, `{"appid":"`+appID+`","rand_str":"`+nonce+`"}`)}); out["errCode"] != 0.0 {
		t.Errorf("the upload key's signature: %v", out)
	}
	if code := errorCode(c.directWith(headers, encode(t, object{"FunctionName": "hello"}))); code != "" {
		t.Errorf("a signature made before: %s", code)
	}
	if code := errorCode(c.direct("GetFunction", object{"FunctionName": "hello"})); code != "" {
		t.Errorf("a signature made now: %s", code)
	}
	if status, _, _ := c.send(http.MethodGet, strings.TrimPrefix(link, c.e.URL()), nil, nil); status != http.StatusOK {
		t.Errorf("a link to code: %d", status)
	}
	// What is on the clock did end.
	if out := c.post("/tcb/invokecloudfunction?env=local&name=hello&access_token="+token, object{}); out["errcode"] == 0.0 {
		t.Errorf("the access token outlived its two hours: %v", out)
	}
	c.overTLS(time.Now())
}

// overTLS makes a request through the proxy as real command-line clients do, with
// the clock those have.
func (c *cloud) overTLS(now time.Time) {
	c.t.Helper()
	s, err := c.remote.Status(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	ca, err := os.ReadFile(s.CAPath)
	if err != nil {
		c.t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	proxy, _ := url.Parse(c.e.URL())
	transport := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots, Time: func() time.Time { return now }}}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, "https://servicewechat.com/wxa/ci/getrandstr", strings.NewReader(`{"appid":"`+appID+`"}`))
	if err != nil {
		c.t.Fatal(err)
	}
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		c.t.Errorf("TLS: %v", err)
		return
	}
	if response.StatusCode != http.StatusOK {
		c.t.Errorf("TLS: %s", response.Status)
	}
	_ = response.Body.Close()
}

// A certificate made after the clock was moved has the dates of the real one.
func TestTheClockMovesNoCertificate(t *testing.T) {
	o := emulator.Options{Dir: t.TempDir(), AppID: appID, DeployTime: -1}
	first := startWith(t, o)
	first.advance(30 * 365 * 24 * time.Hour)
	first.close()
	c := startWith(t, o)
	if s, err := c.remote.Status(t.Context()); err != nil || s.Offset < 30*365*24*time.Hour {
		t.Fatalf("the clock was not kept: %v, %v", s.Offset, err)
	}
	c.overTLS(time.Now())
}

func TestTheClockGoesForwardAndNotTooFar(t *testing.T) {
	c := start(t)
	for _, d := range []time.Duration{-time.Second, -1 << 62} {
		if _, err := c.remote.AdvanceClock(t.Context(), d); err == nil {
			t.Errorf("%s was accepted", d)
		}
	}
	const tooFar = 200 * 365 * 24 * time.Hour
	if _, err := c.remote.AdvanceClock(t.Context(), tooFar); !clierr.Is(err, "emulator/clock-too-far") {
		t.Errorf("%v", err)
	}
	for range 3 { // many small steps are a large one
		_, err := c.remote.AdvanceClock(t.Context(), 40*365*24*time.Hour)
		if err != nil && !clierr.Is(err, "emulator/clock-too-far") {
			t.Error(err)
		}
	}
	s, err := c.remote.Status(context.Background())
	if err != nil || s.Offset != 80*365*24*time.Hour {
		t.Errorf("%s, %v", s.Offset, err)
	}
}
