package wxapi

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"wxcloud/internal/clierr"
)

// IP is the version of the internet protocol to connect with.
type IP string

// The choices. An allow-list holds addresses of one kind, mostly version 4, and
// a machine that has both is else seen with whichever it happens to use.
const (
	// IPAuto prefers version 4 for WeChat's hosts, which keep allow-lists, and
	// leaves the choice to the system for all others.
	IPAuto IP = "auto"
	IP4    IP = "4"
	IP6    IP = "6"
)

// ParseIP reads a choice; "" is IPAuto.
func ParseIP(text string) (IP, error) {
	switch ip := IP(text); ip {
	case "":
		return IPAuto, nil
	case IPAuto, IP4, IP6:
		return ip, nil
	}
	return "", clierr.New("wxapi/bad-ip", clierr.Usage, clierr.Args{"given": text})
}

// ClientOptions are what few users need.
type ClientOptions struct {
	IP IP // "" means IPAuto
}

const connectLimit = 15 * time.Second

// NewClient returns an HTTP client for all of this package's types: one
// connection pool, a proxy from HTTPS_PROXY and NO_PROXY (in either case), and
// limits on every phase. The limit of a whole call depends on the call and is
// set per request.
func NewClient(o ClientOptions) *http.Client {
	dialer := &net.Dialer{Timeout: connectLimit, KeepAlive: 30 * time.Second}
	return &http.Client{
		CheckRedirect: refuseRedirect,
		Transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           dialing{dialer.DialContext, o.IP}.dial,
			ForceAttemptHTTP2:     true,
			MaxIdleConns:          100,
			MaxIdleConnsPerHost:   32,
			IdleConnTimeout:       90 * time.Second,
			TLSHandshakeTimeout:   connectLimit,
			ExpectContinueTimeout: time.Second,
		},
	}
}

// dialing chooses the version of the protocol.
type dialing struct {
	connect func(ctx context.Context, network, address string) (net.Conn, error)
	ip      IP
}

func (d dialing) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil || network != "tcp" || loopback(host) || isAddress(host) {
		return d.connect(ctx, network, address) // nothing to choose
	}
	switch {
	case d.ip == IP4:
		return d.connect(ctx, "tcp4", address)
	case d.ip == IP6:
		return d.connect(ctx, "tcp6", address)
	case !ofWeChat(host):
		return d.connect(ctx, network, address)
	}
	// A machine without version 4 fails here at once, not after a time-out.
	c, err := d.connect(ctx, "tcp4", address)
	if t, ok := errors.AsType[net.Error](err); err == nil || ok && t.Timeout() {
		return c, err
	}
	if v6, v6Err := d.connect(ctx, "tcp6", address); v6Err == nil {
		return v6, nil
	}
	return nil, err
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// ofWeChat reports whether the host keeps an allow-list of callers.
func ofWeChat(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return host == "servicewechat.com" || strings.HasSuffix(host, ".servicewechat.com") ||
		host == "weixin.qq.com" || strings.HasSuffix(host, ".weixin.qq.com")
}
