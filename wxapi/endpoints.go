// Package wxapi speaks to the cloud: the upload-key channel of
// servicewechat.com, Tencent Cloud's scf and tcb services, and
// api.weixin.qq.com. It knows wire formats, signatures, tokens and what an
// error code means for the caller; it refuses to know projects, plans, the
// permission cache, or any sentence said to a person.
package wxapi

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"wxcloud/internal/clierr"
)

// Endpoints are the base URLs, without a trailing slash, of the four hosts.
type Endpoints struct {
	WeChat string // servicewechat.com: the upload key's calls
	SCF    string // scf.tencentcloudapi.com: functions
	TCB    string // tcb.tencentcloudapi.com: environments
	API    string // api.weixin.qq.com: tokens, invocation, third-party calls
}

// WeChat returns the endpoints of the real cloud.
func WeChat() Endpoints {
	return Endpoints{
		WeChat: "https://servicewechat.com",
		SCF:    "https://scf.tencentcloudapi.com",
		TCB:    "https://tcb.tencentcloudapi.com",
		API:    "https://api.weixin.qq.com",
	}
}

// Local returns endpoints that all lie at one base URL, which must be plain
// http on the loopback interface: credentials are sent there unencrypted.
func Local(base string) (Endpoints, error) {
	base = strings.TrimRight(base, "/")
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" || !loopback(u.Hostname()) || u.User != nil || u.Path != "" || u.RawQuery != "" {
		return Endpoints{}, clierr.New("wxapi/not-local", clierr.Usage, clierr.Args{"address": hostOf(base)})
	}
	return Endpoints{WeChat: base, SCF: base, TCB: base, API: base}, nil
}

// service returns the base URL of a Tencent Cloud service.
func (e Endpoints) service(name string) string {
	if name == "tcb" {
		return e.TCB
	}
	return e.SCF
}

// secure reports whether a credential may be sent to the URL: https anywhere,
// plain http on the loopback interface only.
func secure(u *url.URL) bool {
	return u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname())
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// hostOf returns only the host of a URL: the rest may hold a token.
func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return "?"
	}
	return u.Host
}

// NewClient returns an HTTP client for all of this package's types: one
// connection pool, a proxy from HTTPS_PROXY and NO_PROXY, and limits on every
// phase. The limit of a whole call depends on the call and is set per request.
func NewClient() *http.Client {
	dialer := &net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Client{
		CheckRedirect: refuseRedirect,
		Transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           dialer.DialContext,
			ForceAttemptHTTP2:     true,
			MaxIdleConns:          100,
			MaxIdleConnsPerHost:   32,
			IdleConnTimeout:       90 * time.Second,
			TLSHandshakeTimeout:   15 * time.Second,
			ExpectContinueTimeout: time.Second,
		},
	}
}

// refuseRedirect keeps credentials at the host they were meant for: none of
// the services redirects, so a redirect is a captive portal or worse.
func refuseRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
