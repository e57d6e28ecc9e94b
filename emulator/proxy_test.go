package emulator_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
)

// throughProxy is a client configured as command-line clients are:
// HTTPS_PROXY and the certificate of the local cloud.
func (c *cloud) throughProxy() *http.Client {
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
	if !roots.AppendCertsFromPEM(ca) {
		c.t.Fatal("ca.pem holds no certificate")
	}
	proxy, err := url.Parse(c.e.URL())
	if err != nil {
		c.t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots}}
	c.t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func TestProxyServesTheRealNames(t *testing.T) {
	c := start(t)
	client := c.throughProxy()
	post := func(address, body string) (int, string) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		response, err := client.Do(request)
		if err != nil {
			return 0, err.Error()
		}
		defer response.Body.Close()
		data, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(data)
	}
	for _, address := range []string{"https://servicewechat.com/wxa/ci/getrandstr?_r=0.1", "http://servicewechat.com/wxa/ci/getrandstr"} {
		status, body := post(address, `{"appid":"`+appID+`","clientRand":1}`)
		var out struct{ Data struct{ RandomString string } }
		if err := json.Unmarshal([]byte(body), &out); err != nil || status != 200 || out.Data.RandomString == "" {
			t.Errorf("%s: %d %s", address, status, body)
		}
	}
	if _, body := post("https://api.weixin.qq.com/tcb/nothing", "{}"); !strings.Contains(body, "40066") {
		t.Errorf("api.weixin.qq.com: %s", body)
	}
	if _, body := post("https://example.com/", ""); !strings.Contains(body, "Bad Gateway") {
		t.Errorf("a foreign host over TLS: %s", body)
	}
	if status, _ := post("http://example.com/", ""); status != http.StatusBadGateway {
		t.Errorf("a foreign host: %d", status)
	}
	if status, _ := post("https://servicewechat.com/_ctl/status", ""); status != http.StatusForbidden {
		t.Errorf("control through the proxy: %d", status)
	}
}
