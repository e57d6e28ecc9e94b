package signature

import (
	"strings"
	"testing"
	"time"
)

// The signature was worked out by another program after the description of the
// flavour; what real SDKs sign is checked where they run.
const cosText = "q-sign-algorithm=sha1&q-ak=AKIDfake&q-sign-time=1795370731;1795371631&q-key-time=1795370731;1795371631" +
	"&q-header-list=user-agent;x-tcb-source&q-url-param-list=action;apiname;eventid;note;timestamp" +
	"&q-signature=f853503f81571867c07edd2b39c4e63abab9f0a7"

func cosCall() (headers, params map[string]string) {
	return map[string]string{"user-agent": "tcb-admin-sdk/1.22.0", "x-tcb-source": "wx_client,scf"},
		map[string]string{
			"action": "wx.openApi", "apiname": "security.msgSecCheck", "eventid": "1795370732770_1_89492",
			"note": "it's (a) *test* 你好 ~!", "timestamp": "1795370732770",
		}
}

func TestCOS(t *testing.T) {
	const secret = "fakeSecretKey0123456789abcdef"
	c, err := ParseCOS(cosText)
	if err != nil {
		t.Fatal(err)
	}
	if c.ID != "AKIDfake" || !c.From.Equal(time.Unix(1795370731, 0)) || c.Until.Sub(c.From) != 15*time.Minute || !c.Covers("apiname") || c.Covers("requestdata") {
		t.Errorf("%+v", c)
	}
	verify := func(c COS, secret, method, path, name, value string) error {
		headers, params := cosCall()
		for _, m := range []map[string]string{headers, params} {
			if _, ok := m[name]; ok {
				m[name] = value
			}
		}
		return c.Verify(secret, method, path, func(n string) string { return headers[n] }, func(n string) string { return params[n] })
	}
	if err := verify(c, secret, "post", "/admin", "", ""); err != nil {
		t.Error(err)
	}
	headers, params := cosCall()
	for _, m := range []map[string]string{headers, params} {
		for name := range m {
			if verify(c, secret, "post", "/admin", name, "x") == nil {
				t.Errorf("another %s passes", name)
			}
		}
	}
	later, _ := ParseCOS(strings.Replace(cosText, "q-sign-time=1795370731;1795371631", "q-sign-time=1795370731;1995371631", 1))
	for what, err := range map[string]error{
		"secret": verify(c, "x", "post", "/admin", "", ""), "method": verify(c, secret, "get", "/admin", "", ""),
		"path": verify(c, secret, "post", "/other", "", ""), "end": verify(later, secret, "post", "/admin", "", ""),
	} {
		if err == nil {
			t.Errorf("another %s passes", what)
		}
	}
	for _, bad := range []string{"", "q-ak=x", strings.Replace(cosText, "sha1", "md5", 1), strings.Replace(cosText, "1795370731;", "x;", 1), strings.Replace(cosText, "AKIDfake", "", 1)} {
		if _, err := ParseCOS(bad); err == nil {
			t.Errorf("%q is a signature", bad)
		}
	}
}
