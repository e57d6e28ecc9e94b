package wxapi

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
)

// TestDialing is which version of the protocol is tried for whom, and in which
// order.
func TestDialing(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: errors.New("no suitable address")}
	late := &net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}
	tests := []struct {
		name, address string
		ip            IP
		fail          map[string]error
		want          string
		ok            bool
	}{
		{"WeChat", "servicewechat.com:443", IPAuto, nil, "tcp4", true},
		{"the API", "api.weixin.qq.com:443", "", nil, "tcp4", true},
		{"no version 4", "api.weixin.qq.com:443", IPAuto, map[string]error{"tcp4": refused}, "tcp4 tcp6", true},
		{"neither", "api.weixin.qq.com:443", IPAuto, map[string]error{"tcp4": refused, "tcp6": refused}, "tcp4 tcp6", false},
		{"a silent version 4", "api.weixin.qq.com:443", IPAuto, map[string]error{"tcp4": late}, "tcp4", false},
		{"Tencent", "scf.tencentcloudapi.com:443", IPAuto, nil, "tcp", true},
		{"another domain", "notweixin.qq.com.example:443", IPAuto, nil, "tcp", true},
		{"only 4", "scf.tencentcloudapi.com:443", IP4, map[string]error{"tcp4": refused}, "tcp4", false},
		{"only 6", "servicewechat.com:443", IP6, nil, "tcp6", true},
		{"the local cloud", "127.0.0.1:8080", IP6, nil, "tcp", true},
		{"an address", "[2001:db8::1]:443", IP4, nil, "tcp", true},
	}
	for _, tt := range tests {
		var tried []string
		d := dialing{func(_ context.Context, network, _ string) (net.Conn, error) {
			tried = append(tried, network)
			if err := tt.fail[network]; err != nil {
				return nil, err
			}
			return &net.TCPConn{}, nil
		}, tt.ip}
		_, err := d.dial(t.Context(), "tcp", tt.address)
		if diff := cmp.Diff(tt.want, strings.Join(tried, " ")); diff != "" || (err == nil) != tt.ok {
			t.Errorf("%s: %v, tried (-want +got):\n%s", tt.name, err, diff)
		}
	}
	for text, want := range map[string]IP{"": IPAuto, "4": IP4, "6": IP6, "auto": IPAuto} {
		if ip, err := ParseIP(text); err != nil || ip != want {
			t.Errorf("%q: %v, %v", text, ip, err)
		}
	}
	if _, err := ParseIP("v4"); !clierr.Is(err, "wxapi/bad-ip") {
		t.Errorf("v4: %v", err)
	}
}

// TestTLSIsNotWeakened: no setting of ours touches what is verified.
func TestTLSIsNotWeakened(t *testing.T) {
	if c := NewClient(ClientOptions{IP: IP4}).Transport.(*http.Transport).TLSClientConfig; c != nil {
		t.Errorf("TLS is configured: %+v", c)
	}
}
