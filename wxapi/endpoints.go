// Package wxapi speaks to the cloud: the upload-key channel of
// servicewechat.com, Tencent Cloud's scf and tcb services, and
// api.weixin.qq.com. It knows wire formats, signatures, tokens and what an
// error code means for the caller; it refuses to know projects, plans, the
// permission cache, or any sentence said to a person.
package wxapi

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"wxcloud/internal/clierr"
)

// Endpoints are the base URLs, without a trailing slash, of the hosts.
type Endpoints struct {
	WeChat string // servicewechat.com: the upload key's calls
	SCF    string // scf.tencentcloudapi.com: functions
	TCB    string // tcb.tencentcloudapi.com: environments
	API    string // api.weixin.qq.com: tokens, invocation, third-party calls
	// Storage, if set, stands in for every bucket of the object storage, which
	// is then named in the Host header.
	Storage string
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
	return Endpoints{WeChat: base, SCF: base, TCB: base, API: base, Storage: base}, nil
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

// refuseRedirect keeps credentials at the host they were meant for: none of
// the services redirects, so a redirect is a captive portal or worse.
func refuseRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
