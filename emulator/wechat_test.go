package emulator_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator"
)

func TestStableToken(t *testing.T) {
	c := start(t)
	secret := c.e.Credentials().AppSecret
	first := c.stableToken()
	if again := c.stableToken(); again != first {
		t.Error("a second call gave another token while the first was good")
	}
	use := func(token string) float64 {
		return c.post("/tcb/invokecloudfunction?env=local&name=none&access_token="+token, object{})["errcode"].(float64)
	}
	if code := use(first); code != -501000 {
		t.Errorf("a good token: %v", code)
	}
	c.advance(116 * time.Minute)
	second := c.stableToken()
	if second == first {
		t.Error("not renewed in the last five minutes")
	}
	if code := use(first); code != -501000 {
		t.Errorf("the old token within its last minutes: %v", code)
	}
	c.advance(5 * time.Minute)
	if code := use(first); code != 42001 {
		t.Errorf("the old token afterwards: %v", code)
	}
	forced := c.post("/cgi-bin/stable_token", object{"grant_type": "client_credential", "appid": appID, "secret": secret, "force_refresh": true})
	if forced["access_token"] == second || use(second) != 40001 {
		t.Errorf("forced refresh left the old token: %v", forced)
	}
	if forced["expires_in"] != 7200.0 {
		t.Errorf("expires_in %v", forced["expires_in"])
	}
	force := func() object {
		return c.post("/cgi-bin/stable_token", object{"grant_type": "client_credential", "appid": appID, "secret": secret, "force_refresh": true})
	}
	if soon := force(); soon["access_token"] != forced["access_token"] {
		t.Error("refreshed twice within 30 seconds")
	}
	for i := range 20 {
		c.advance(31 * time.Second)
		if code := force()["errcode"]; (i == 19) != (code == 45009.0) {
			t.Errorf("forced refresh %d of the day: %v", i+2, code)
		}
	}
	c.advance(24 * time.Hour)
	if out := force(); out["access_token"] == nil {
		t.Errorf("the next day: %v", out)
	}
}

func TestPlainTokensReplaceEachOther(t *testing.T) {
	c := start(t)
	get := func() string {
		out := c.request(http.MethodGet, "/cgi-bin/token?grant_type=client_credential&appid="+appID+"&secret="+c.e.Credentials().AppSecret, nil)
		return out["access_token"].(string)
	}
	use := func(token string) float64 {
		return c.post("/tcb/invokecloudfunction?env=local&name=none&access_token="+token, object{})["errcode"].(float64)
	}
	stable, first := c.stableToken(), get()
	if second := get(); second == first {
		t.Error("the plain token is not new")
	}
	c.advance(6 * time.Minute)
	if use(first) != 40001 {
		t.Error("the replaced token lives on")
	}
	if use(stable) != -501000 {
		t.Error("the stable token was touched")
	}
}

func TestWeChatErrors(t *testing.T) {
	c := start(t)
	c.deploy("hello", hello, false)
	ordinary, authorizer := c.stableToken(), c.e.Credentials().AuthorizerToken
	config := object{"type": 1, "env": "local", "function_name": "hello"}
	for _, tt := range []struct {
		name, method, path string
		body               any
		code               float64
	}{
		{"wrong secret", "POST", "/cgi-bin/stable_token", object{"grant_type": "client_credential", "appid": appID, "secret": "x"}, 40125},
		{"secret missing", "POST", "/cgi-bin/stable_token", object{"grant_type": "client_credential", "appid": appID}, 41004},
		{"wrong app", "POST", "/cgi-bin/stable_token", object{"grant_type": "client_credential", "appid": "wxffffffffffffffff", "secret": "x"}, 40013},
		{"grant type", "POST", "/cgi-bin/stable_token", object{"appid": appID}, 40002},
		{"token by GET", "GET", "/cgi-bin/stable_token", "", 43002},
		{"no token", "POST", "/tcb/getfuncconfig", config, 41001},
		{"invented token", "POST", "/tcb/getfuncconfig?access_token=x", config, 40001},
		{"ordinary token reads permissions", "POST", "/tcb/getfuncconfig?access_token=" + ordinary, config, 40014},
		{"ordinary token writes permissions", "POST", "/tcb/uploadfuncconfig?access_token=" + ordinary, config, 40014},
		{"ordinary token lists", "POST", "/tcb/listfunctions?access_token=" + ordinary, object{"env": "local"}, 40014},
		{"nothing stored", "POST", "/tcb/getfuncconfig?access_token=" + authorizer, config, 85089},
		{"GET", "GET", "/tcb/getfuncconfig?access_token=" + authorizer, "", 43002},
		{"empty", "POST", "/tcb/getfuncconfig?access_token=" + authorizer, "", 44002},
		{"not JSON", "POST", "/tcb/getfuncconfig?access_token=" + authorizer, "{", 47001},
		{"argument missing", "POST", "/tcb/getfuncconfig?access_token=" + authorizer, object{"type": 1}, 40101},
		{"another type", "POST", "/tcb/getfuncconfig?access_token=" + authorizer, object{"type": 4, "env": "local", "function_name": "hello"}, 40097},
		{"no function", "POST", "/tcb/getfuncconfig?access_token=" + authorizer, object{"type": 1, "env": "local", "function_name": "none"}, -501000},
		{"store for no function", "POST", "/tcb/uploadfuncconfig?access_token=" + authorizer, object{"type": 1, "env": "local", "function_name": "none", "config": `{"permissions":{"openapi":[]}}`}, -501000},
		{"no environment", "POST", "/tcb/getfuncconfig?access_token=" + authorizer, object{"type": 1, "env": "none", "function_name": "hello"}, -501000},
		{"config is no JSON", "POST", "/tcb/uploadfuncconfig?access_token=" + authorizer, object{"type": 1, "env": "local", "function_name": "hello", "config": "{"}, 40097},
		{"config without permissions", "POST", "/tcb/uploadfuncconfig?access_token=" + authorizer, object{"type": 1, "env": "local", "function_name": "hello", "config": "{}"}, 40097},
		{"unknown path", "POST", "/tcb/getfunconfig?access_token=" + authorizer, config, 40066},
		{"invoke nothing", "POST", "/tcb/invokecloudfunction?env=local&name=none&access_token=" + ordinary, object{}, -501000},
		{"invoke with an empty body", "POST", "/tcb/invokecloudfunction?env=local&name=hello&access_token=" + ordinary, "", 44002},
		{"invoke with no JSON", "POST", "/tcb/invokecloudfunction?env=local&name=hello&access_token=" + ordinary, "{", 47001},
		{"invoke without a name", "POST", "/tcb/invokecloudfunction?env=local&access_token=" + ordinary, object{}, 40101},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := c.request(tt.method, tt.path, encode(t, tt.body))
			if out["errcode"] != tt.code || !strings.Contains(out["errmsg"].(string), "rid: ") {
				t.Errorf("want %v, got %v", tt.code, out)
			}
		})
	}
}

func TestFunctionConfigIsStoredWhole(t *testing.T) {
	c := start(t)
	c.deploy("hello", hello, false)
	path := "?access_token=" + c.e.Credentials().AuthorizerToken
	get := func() any {
		return c.post("/tcb/getfuncconfig"+path, object{"type": 1, "env": "local", "function_name": "hello"})["config"]
	}
	c.permit("hello", "a.b", "c.d")
	if got := get(); got != `{"permissions":{"openapi":["a.b","c.d"]}}` {
		t.Errorf("%v", got)
	}
	c.permit("hello", "e.f")
	if got := get(); got != `{"permissions":{"openapi":["e.f"]}}` {
		t.Errorf("not replaced: %v", got)
	}
	c.deploy("hello", map[string]string{"index.js": "exports.main = () => 2", "config.json": `{"permissions":{"openapi":["g.h"]}}`}, false)
	if f := c.function("hello"); len(f.Openapi) != 1 || f.Openapi[0] != "e.f" {
		t.Errorf("a code upload changed permissions: %v", f.Openapi)
	}
	list := c.post("/tcb/listfunctions"+path, object{"env": "local", "limit": 10, "offset": 0})
	if list["total_count"] != 1.0 || list["functions"].([]any)[0].(object)["status"] != "Active" {
		t.Errorf("%v", list)
	}
}

func TestApplyConfigOnUpload(t *testing.T) {
	c := start(t, func(o *emulator.Options) { o.ApplyConfigOnUpload = true })
	c.deploy("hello", map[string]string{"index.js": "", "config.json": `{"permissions":{"openapi":["a.b"]},
		"triggers":[{"name":"morning","type":"timer","config":"0 0 9 * * * *"}]}`}, false)
	f := c.function("hello")
	if !f.Applied || f.AppliedAt.IsZero() || len(f.Openapi) != 1 || f.Openapi[0] != "a.b" || len(f.Triggers) != 1 || !f.Triggers[0].WeChat {
		t.Errorf("%+v", f)
	}
	for name, config := range map[string]string{"without permissions": `{"other":[]}`, "broken": `{`, "unusable": `{"triggers":[{"name":"x","type":"timer","config":"*"}]}`} {
		c.deploy("hello", map[string]string{"index.js": name, "config.json": config}, false)
		if f := c.function("hello"); len(f.Openapi) != 1 || len(f.Triggers) != 1 {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestInvokeOverHTTP(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": `exports.main = async (event) => {
  if (event.sleep) await new Promise((ok) => setTimeout(ok, event.sleep))
  if (event.fail) throw new Error('errCode: -604101 inner')
  const { WX_OPENID, WX_APPID, WX_API_TOKEN, TCB_SOURCE } = process.env
  return { event, openid: WX_OPENID || null, appid: WX_APPID, ticket: !!WX_API_TOKEN, source: TCB_SOURCE }
}`}, false)
	invoke := func(event any) object {
		return c.post("/tcb/invokecloudfunction?env=local&name=hello&access_token="+c.stableToken(), event)
	}
	out := invoke(object{"a": 1})
	if out["errcode"] != 0.0 || out["resp_data"] != `{"event":{"a":1},"openid":null,"appid":"`+appID+`","ticket":true,"source":"wx_http"}` {
		t.Errorf("%v", out)
	}
	out = invoke(object{"fail": true})
	if out["errcode"] != -504002.0 || !strings.Contains(out["errmsg"].(string), "Error: errCode: -604101 inner") {
		t.Errorf("%v", out)
	}
	if out = invoke(object{"sleep": 20000}); out["errcode"] != -504003.0 || !strings.Contains(out["errmsg"].(string), "Invoking task timed out after 5 seconds") {
		t.Errorf("%v", out)
	}
}
