package emulator_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator"
	"wxcloud/emulator/push"
	"wxcloud/internal/clierr"
)

// callFunction calls any interface as a function does; a text that begins with
// "file:" becomes a Buffer.
const callFunction = `const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const media = (v) => typeof v === 'string' && v.startsWith('file:') ? { contentType: 'image/png', value: Buffer.from(v.slice(5)) } : v
exports.main = async (event) => {
  const call = event.api.split('.').reduce((o, name) => o[name], cloud.openapi)
  try {
    const r = await call.call(null, Object.fromEntries(Object.entries(event.args).map(([k, v]) => [k, media(v)])))
    return { ok: r.buffer ? { ...r, buffer: r.buffer.length, head: r.buffer.toString('latin1', 1, 4) } : r }
  } catch (e) {
    return { code: e.errCode, msg: e.errMsg, text: e.message }
  }
}
`

// mostUsed are calls of the interfaces used most, as people write them: in
// camelCase, with Buffers, and what the real SDK makes of the answer.
var mostUsed = []struct {
	api  string
	args object
	code int
	want string
}{
	{"subscribeMessage.send", object{"touser": "oUser", "templateId": "tpl", "page": "index", "data": object{"thing1": object{"value": "咖啡"}}}, 0, `{"errMsg":"openapi.subscribeMessage.send:ok","errCode":0}`},
	{"subscribeMessage.send", object{"touser": "oUser", "templateId": "tpl", "data": object{"thing1": "咖啡"}}, 47003, "openapi.subscribeMessage.send:fail argument invalid rid: "},
	{"subscribeMessage.send", object{"templateId": "tpl", "data": object{}}, 40003, "openapi.subscribeMessage.send:fail invalid openid rid: "},
	{"customerServiceMessage.send", object{"touser": "oUser", "msgtype": "text", "text": object{"content": "你好"}}, 0, `{"errMsg":"openapi.customerServiceMessage.send:ok","errCode":0}`},
	{"customerServiceMessage.send", object{"touser": "oUser", "msgtype": "image", "image": object{"mediaId": "m"}}, 0, `"errCode":0`},
	{"customerServiceMessage.uploadTempMedia", object{"type": "image", "media": "file:PNG"}, 0, `"type":"image","mediaId":"`},
	{"customerServiceMessage.uploadTempMedia", object{"type": "image", "media": ""}, 47001, "data format error"},
	{"subscribeMessage.addTemplate", object{"tid": "401", "kidList": []int{1, 2}, "sceneDesc": "课程提醒"}, 0, `"priTmplId":"`},
	{"templateMessage.send", object{"touser": "oUser", "templateId": "tpl", "formId": "f", "data": object{}}, 45103, "This API has been unsupported"},
	{"uniformMessage.send", object{"touser": "oUser"}, 45109, "API has been withdrawn"},
	{"wxacode.get", object{"path": "pages/index", "width": 280}, 0, `"contentType":"image/png","buffer":`},
	{"wxacode.get", object{"path": ""}, 40159, "invalid length for path or the data is not json string"},
	{"wxacode.getUnlimited", object{"scene": "a=1", "page": "pages/index", "checkPath": false, "lineColor": object{"r": 0, "g": 9, "b": 9}}, 0, `"head":"PNG"`},
	{"wxacode.getUnlimited", object{"scene": "a=1", "page": "/pages/index"}, 41030, "invalid page"},
	{"wxacode.createQRCode", object{"path": "pages/index"}, 0, `"head":"PNG"`},
	{"security.msgSecCheck", object{"content": "hello"}, 0, `{"errMsg":"openapi.security.msgSecCheck:ok","errCode":0}`},
	{"security.msgSecCheck", object{"content": "hello", "version": 2, "scene": 2, "openid": "oUser"}, 0, `"result":{"suggest":"pass","label":100}`},
	{"security.msgSecCheck", object{"content": "特3456书yuuo莞6543李zxcz蒜7782法fgnv级"}, 87014, "risky content"},
	{"security.imgSecCheck", object{"media": "file:PNG"}, 0, `"errCode":0`},
	{"security.imgSecCheck", object{"media": "file:PNG特3456书yuuo莞6543李zxcz蒜7782法fgnv级"}, 87014, "risky content"},
	{"security.imgSecCheck", object{}, 41005, "media data missing"},
	{"security.mediaCheckAsync", object{"mediaUrl": "https://example.com/a.png", "mediaType": 2, "version": 2, "scene": 1, "openid": "oUser"}, 0, `"traceId":"`},
	{"ocr.printedText", object{"img": "file:PNG"}, 0, `"items":[{"text":"本地模拟云","pos":{"leftTop":{"x":40,"y":40}`},
	{"ocr.printedText", object{"imgUrl": "https://example.com/a.png"}, 0, `"imgSize":{"w":640,"h":480}`},
	{"phonenumber.getPhoneNumber", object{"code": "e31968a7"}, 0, `"phoneInfo":{"phoneNumber":"13800002394","purePhoneNumber":"13800002394","countryCode":"86"`},
	{"phonenumber.getPhoneNumber", object{"code": "e31968a7"}, 40029, "invalid code"},
	{"urlscheme.generate", object{"jumpWxa": object{"path": "/pages/index/index", "query": "id=1", "envVersion": "release"}, "expireType": 1, "expireInterval": 30}, 0, `"openlink":"weixin://dl/business/?t=`},
	{"urlscheme.generate", object{"jumpWxa": object{"envVersion": "beta"}}, 85402, "invalid env_version"},
	{"urllink.generate", object{"path": "/pages/index/index", "expireType": 1, "expireInterval": 1, "cloudBase": object{"env": "e"}}, 0, `"urlLink":"https://wxaurl.cn/`},
	{"updatableMessage.createActivityId", object{}, 0, `{"errMsg":"openapi.updatableMessage.createActivityId:ok","errCode":0}`},
}

func TestRealSDKCallsTheMostUsed(t *testing.T) {
	needNPM(t)
	dir := t.TempDir()
	c := startWith(t, emulator.Options{Dir: dir, AppID: appID, DeployTime: -1, Nodes: 1})
	var apis []string
	for _, u := range mostUsed {
		if !slices.Contains(apis, u.api) {
			apis = append(apis, u.api)
		}
	}
	c.deploy("call", map[string]string{"index.js": callFunction, "package.json": sdkPackage}, true)
	c.permit("call", apis...)
	for _, u := range mostUsed {
		a := c.sdk("call", object{"api": u.api, "args": u.args})
		if said := string(a.OK) + a.Msg; a.Code != u.code || !strings.Contains(said, u.want) {
			t.Errorf("%s %v: %d %s, want %d %s", u.api, u.args, a.Code, said, u.code, u.want)
		}
	}

	s, err := c.remote.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var sent []string
	for _, m := range s.Sent {
		sent = append(sent, strings.Join([]string{m.API, m.Function, m.OpenID, m.Kind, m.Template, m.Page, m.Text}, "|"))
	}
	want := []string{
		"subscribeMessage.send|call|oUser|subscribe|tpl|index|thing1: 咖啡",
		"customerServiceMessage.send|call|oUser|text|||你好",
		"customerServiceMessage.send|call|oUser|image|||m",
	}
	if !slices.Equal(sent, want) {
		t.Errorf("sent %q", sent)
	}
	// The order of the requests is that of the calls.
	var synthetic []string
	for _, x := range s.Requests {
		if x.Path == "/admin" && x.Synthetic {
			synthetic = append(synthetic, x.Action+" "+x.Verdict+" "+x.Reason)
		}
	}
	wantSynthetic := []string{
		"customerServiceMessage.uploadTempMedia 47001 media is not of type formdata",
		"templateMessage.send 45103 templateMessage.send is offline",
		"uniformMessage.send 45109 uniformMessage.send is offline",
		"security.imgSecCheck 41005 media is no file: { contentType, value: Buffer }",
		"updatableMessage.createActivityId ok ",
	}
	if !slices.Equal(synthetic, wantSynthetic) {
		t.Errorf("synthetic %q", synthetic)
	}

	// A code that can be redeemed is a secret: it stands nowhere.
	data, err := json.Marshal(s)
	if err != nil || strings.Contains(string(data), "e31968a7") {
		t.Errorf("the status holds the code (%v)", err)
	}
}

func TestStrictSubscriptions(t *testing.T) {
	needNode(t)
	dir := t.TempDir()
	c := startWith(t, emulator.Options{Dir: dir, AppID: appID, DeployTime: -1, Nodes: 1, StrictSubscriptions: true})
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	c.permit("hello", "subscribeMessage.send")
	send := func(want string) {
		t.Helper()
		in := c.inside("hello", "oUser")
		if _, body := in.cloudCall("subscribeMessage.send", map[string]string{"touser": `"oUser"`, "template_id": `"tpl"`, "data": `{}`}); !strings.Contains(string(body), want) {
			t.Errorf("%q, want %s", body, want)
		}
	}
	send(`"errcode":43101`)
	for _, bad := range []struct {
		openid, template string
		times            int
	}{{"", "tpl", 1}, {"oUser", "", 1}, {"oUser", "tpl", 0}, {"oUser", "tpl", 1_000_001}} {
		if _, err := c.remote.Subscribe(t.Context(), bad.openid, bad.template, bad.times); !clierr.Is(err, "emulator/bad-subscription") {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	got, err := c.remote.Subscribe(t.Context(), "oUser", "tpl", 2)
	if err != nil || !got.Counted || len(got.List) != 1 || got.List[0].Left != 2 {
		t.Errorf("%+v %v", got, err)
	}
	send(`"errcode":0`)

	// What is left survives a restart, and so does what was sent.
	c.close()
	c = startWith(t, emulator.Options{Dir: dir, AppID: appID, DeployTime: -1, Nodes: 1})
	s, err := c.remote.Status(t.Context())
	if err != nil || len(s.Subscriptions.List) != 1 || s.Subscriptions.List[0].Left != 1 || !s.Subscriptions.Counted || len(s.Sent) != 1 {
		t.Errorf("%+v %+v %v", s.Subscriptions, s.Sent, err)
	}
	send(`"errcode":0`)
	send(`"errcode":43101`)
	if got, err := c.remote.ForgetSubscriptions(t.Context()); err != nil || got.Counted || len(got.List) != 0 {
		t.Errorf("%+v %v", got, err)
	}
	send(`"errcode":0`)
	if err := c.remote.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, err = c.remote.Status(t.Context()); err != nil || len(s.Sent) != 0 {
		t.Errorf("after a reset: %+v %v", s.Sent, err)
	}
}

func TestSentIsBounded(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	c.permit("hello", "customerServiceMessage.send")
	in := c.inside("hello", "oUser")
	for n := range 210 {
		in.cloudCall("customerServiceMessage.send", map[string]string{"touser": `"oUser"`, "msgtype": `"text"`, "text": fmt.Sprintf(`{"content": "%d"}`, n)})
	}
	s, err := c.remote.Status(t.Context())
	if err != nil || len(s.Sent) != 200 || s.Sent[0].Text != "10" || s.Sent[199].Text != "209" {
		t.Errorf("%d messages, %v", len(s.Sent), err)
	}
}

func TestProjectsAnswers(t *testing.T) {
	needNode(t)
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := start(t, func(o *emulator.Options) { o.Interfaces = folder })
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	c.permit("hello", "wxacode.get", "ocr.idcard")
	in := c.inside("hello", "oUser")
	call := func(api, want string) {
		t.Helper()
		arguments := map[string]string{"path": `"p"`, "img_url": `"https://example.com"`}
		if _, body := in.cloudCall(api, arguments); !strings.Contains(string(body), want) {
			t.Errorf("%s: %q, want %q", api, body, want)
		}
	}
	call("wxacode.get", "\x89PNG")
	write("mine.jpg", "JFIF bytes")
	write("wxacode.get.json", `[{"$file": "mine.jpg"}, {"errcode": 45029}]`)
	call("wxacode.get", "JFIF bytes")
	call("wxacode.get", `"errcode":45029`)
	call("wxacode.get", "JFIF bytes")
	write("ocr.idcard.json", `{"name": "李四"}`)
	call("ocr.idcard", "李四")
	write("ocr.idcard.json", `{"name": `)
	call("ocr.idcard", "ocr.idcard.json:1:10")
	if err := os.Remove(filepath.Join(folder, "mine.jpg")); err != nil {
		t.Fatal(err)
	}
	call("wxacode.get", `"errcode":45029`)
	call("wxacode.get", `system error: the project's answer cannot be used: wxacode.get.json`)
	s, err := c.remote.Status(t.Context())
	if err != nil || s.Interfaces.Dir != folder || s.Interfaces.Problem == nil || !strings.HasSuffix(s.Interfaces.Problem.File, "ocr.idcard.json") || s.Interfaces.Problem.Line != 1 || s.Interfaces.Problem.Column != 10 {
		t.Errorf("%+v %v", s.Interfaces, err)
	}
	if x := s.Requests[len(s.Requests)-1]; !x.Synthetic || x.Verdict != "-1" || x.Problem == nil || x.Problem.ID != "emulator/reply-file" || x.Problem.Args["file"] != "mine.jpg" {
		t.Errorf("%+v", x)
	}

	for name, want := range map[string]clierr.ID{
		`{"name": `: "emulator/reply-syntax", `[]`: "emulator/reply-form", `{"$file": "none.png"}`: "emulator/reply-file",
	} {
		broken := t.TempDir()
		if err := os.WriteFile(filepath.Join(broken, "ocr.idcard.json"), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := emulator.Open(emulator.Options{Dir: t.TempDir(), Interfaces: broken}); !clierr.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whether a call is permitted is decided before anybody looks at what it says.
func TestFieldsAreLookedAtAfterThePermission(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	in := c.inside("hello", "oUser")
	if code := in.errorCode("subscribeMessage.send"); code != -604101 {
		t.Errorf("without a permission: %d", code)
	}
	c.permit("hello", "subscribeMessage.send")
	c.advance(10 * time.Minute)
	if _, body := in.cloudCall("subscribeMessage.send", nil); !strings.Contains(string(body), `"errcode":40037`) {
		t.Errorf("with one: %q", body)
	}
}

// A push begins the time in which customer service may answer.
func TestCustomerServiceMayAnswerForAWhile(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": showEnv}, false)
	c.permit("hello", "customerServiceMessage.send")
	answer := func(want string) {
		t.Helper()
		in := c.inside("hello", "oUser")
		arguments := map[string]string{"touser": `"oUser"`, "msgtype": `"text"`, "text": `{"content": "hi"}`}
		if _, body := in.cloudCall("customerServiceMessage.send", arguments); !strings.Contains(string(body), want) {
			t.Errorf("%q, want %s", body, want)
		}
	}
	pushed := func(m push.Message) {
		t.Helper()
		if _, err := c.remote.Push(t.Context(), "hello", m); err != nil {
			t.Fatal(err)
		}
	}
	answer(`"errcode":0`) // nobody wrote: nothing to measure from
	pushed(push.Message{Type: push.Event, OpenID: "oUser", Event: push.EnterSession})
	answer(`"errcode":0`)
	answer(`"errcode":0`)
	answer(`"errcode":45047`)
	c.advance(2 * time.Minute)
	answer(`"errcode":45015`)
	pushed(push.Message{Type: push.Text, OpenID: "oUser", Content: "hello"})
	for range 5 {
		answer(`"errcode":0`)
	}
	answer(`"errcode":45047`)
	c.advance(49 * time.Hour)
	answer(`"errcode":45015`)
}
