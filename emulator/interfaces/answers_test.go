package interfaces_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"wxcloud/catalog"
	"wxcloud/emulator/interfaces"
)

var subscribe = object{
	"touser": "oUser", "template_id": "tpl", "page": "pages/index",
	"data": object{"thing1": object{"value": "coffee"}, "number2": object{"value": 3}},
}

func TestAnswers(t *testing.T) {
	const risky = interfaces.RiskyText
	for _, c := range []struct {
		api    string
		fields object
		want   string
	}{
		{"subscribeMessage.send", subscribe, `{"errcode":0,"errmsg":"ok"}`},
		{"customerServiceMessage.send", object{"touser": "o", "msgtype": "text", "text": object{"content": "hi"}}, `{"errcode":0,"errmsg":"ok"}`},
		{"security.msgSecCheck", object{"content": "hello"}, `{"errcode":0,"errmsg":"ok"}`},
		{"security.msgSecCheck", object{"content": risky}, `{"errcode":87014,"errmsg":"risky content rid: 60ae120f-371d5872-7941a05b"}`},
		{
			"security.msgSecCheck",
			object{"content": "hello", "version": 2, "scene": 1, "openid": "o"},
			`{"errcode":0,"errmsg":"ok","result":{"suggest":"pass","label":100},"detail":[{"strategy":"content_model","errcode":0,"suggest":"pass","label":100,"prob":90}],"trace_id":"60ae120f-371d5872-7941a05b"}`,
		},
		{
			"security.msgSecCheck",
			object{"content": "hello", "nickname": "a" + risky, "version": 2, "scene": 1, "openid": "o"},
			`{"errcode":0,"errmsg":"ok","result":{"suggest":"risky","label":20001},"detail":[{"strategy":"content_model","errcode":0,"suggest":"risky","label":20001,"prob":90}],"trace_id":"60ae120f-371d5872-7941a05b"}`,
		},
		{"security.imgSecCheck", object{"media": bytesOf("PNG")}, `{"errcode":0,"errmsg":"ok"}`},
		{"security.imgSecCheck", object{"media": bytesOf("PNG" + risky)}, `{"errcode":87014,"errmsg":"risky content rid: 60ae120f-371d5872-7941a05b"}`},
		{"security.mediaCheckAsync", object{"media_url": "https://example.com", "media_type": 2}, `{"errcode":0,"errmsg":"ok","trace_id":"60ae120f-371d5872-7941a05b"}`},
		{"subscribeMessage.deleteTemplate", object{"priTmplId": "x"}, `{"errcode":0,"errmsg":"ok"}`},
		{"ocr.bankcard", object{"img": bytesOf("PNG")}, `{"errcode":0,"errmsg":"ok","number":"6200000000000000000"}`},
		{
			"phonenumber.getPhoneNumber",
			object{"code": "e31968a7"},
			`{"errcode":0,"errmsg":"ok","phone_info":{"phoneNumber":"13800002394","purePhoneNumber":"13800002394","countryCode":"86","watermark":{"timestamp":1793520000,"appid":"wx0123456789abcdef"}}}`,
		},
		{"wxa.business.noSuchInterface", object{"a": 1}, `{"errcode":0,"errmsg":"ok"}`},
	} {
		a := ask(t, new(interfaces.Memory), c.api, c.fields)
		if diff := cmp.Diff(c.want, string(a.Body)); diff != "" || a.ContentType != interfaces.JSONType {
			t.Errorf("%s: %s", c.api, diff)
		}
	}
}

// What is made up differs from call to call and has WeChat's length.
func TestMadeUpIDs(t *testing.T) {
	for _, c := range []struct {
		api, member string
		fields      object
		length      int
	}{
		{"customerServiceMessage.uploadTempMedia", "media_id", object{"type": "image", "media": bytesOf("PNG")}, 64},
		{"officialAccount.media.upload", "media_id", object{"type": "image", "media": bytesOf("PNG")}, 64},
		{"subscribeMessage.addTemplate", "priTmplId", object{"tid": "401", "kidList": []any{1, 2}, "sceneDesc": "x"}, 43},
		{"urlscheme.generate", "openlink", object{}, len("weixin://dl/business/?t=") + 11},
		{"urllink.generate", "url_link", object{}, len("https://wxaurl.cn/") + 11},
	} {
		seen := map[string]bool{}
		for _, id := range []string{"000000000000000000000001", "000000000000000000000002"} {
			q := request(t, c.api, c.fields)
			q.ID = id
			var body map[string]any
			if err := json.Unmarshal(interfaces.Respond(q, new(interfaces.Memory)).Body, &body); err != nil {
				t.Fatal(err)
			}
			text, _ := body[c.member].(string)
			if len(text) != c.length {
				t.Errorf("%s: %v", c.api, body)
			}
			seen[text] = true
		}
		if len(seen) != 2 {
			t.Errorf("%s: the same for two calls", c.api)
		}
	}
}

// The answers have every member that documentation promises of the interface.
func TestAnswersAreAsDocumented(t *testing.T) {
	for api := range interfaces.Answered {
		i, ok := catalog.Lookup(api)
		if !ok {
			t.Errorf("%s is not in the catalog", api)
			continue
		}
		if i.Params == nil {
			continue
		}
		a := ask(t, new(interfaces.Memory), api, literal(i))
		if a.ContentType == "image/png" {
			continue
		}
		var body object
		if err := json.Unmarshal(a.Body, &body); err != nil {
			t.Fatal(err)
		}
		for _, f := range i.Params.Response {
			// Only what a keyword rule of the account matched has one.
			if f.Name != "detail[].keyword" && !holds(body, f.Name) {
				t.Errorf("%s answers without %s: %s", api, f.Name, a.Body)
			}
		}
	}
}

func holds(v any, path string) bool {
	if list, ok := v.([]any); ok {
		return len(list) > 0 && holds(list[0], path)
	}
	o, ok := v.(object)
	first, rest, deep := strings.Cut(path, ".")
	inner, there := o[strings.TrimSuffix(first, "[]")]
	return ok && there && (!deep || holds(inner, rest))
}

func TestCodesArePictures(t *testing.T) {
	picture := func(api string, fields object) []byte {
		a := ask(t, new(interfaces.Memory), api, fields)
		if a.Code != 0 || a.ContentType != "image/png" {
			t.Fatalf("%s: %+v", api, a)
		}
		return a.Body
	}
	for _, c := range []struct {
		fields object
		width  int
		corner color.Color
	}{
		{object{"scene": "a=1"}, 430, color.RGBA{255, 255, 255, 255}},
		{object{"scene": "a=1", "width": 280}, 280, color.RGBA{255, 255, 255, 255}},
		{object{"scene": "a=1", "width": 5000, "is_hyaline": true}, 1280, color.RGBA{}},
	} {
		img, err := png.Decode(bytes.NewReader(picture("wxacode.getUnlimited", c.fields)))
		if err != nil {
			t.Fatal(err)
		}
		if img.Bounds().Dx() != c.width || img.Bounds().Dy() != c.width {
			t.Errorf("%v: %v", c.fields, img.Bounds())
		}
		if got := color.RGBAModel.Convert(img.At(0, 0)); got != c.corner {
			t.Errorf("%v: the corner is %v", c.fields, got)
		}
		dark := 0
		for x := range c.width {
			if _, _, _, a := img.At(x, c.width/2).RGBA(); a > 0 && color.GrayModel.Convert(img.At(x, c.width/2)) == (color.Gray{}) {
				dark++
			}
		}
		if dark == 0 || dark == c.width {
			t.Errorf("%v: nothing is drawn", c.fields)
		}
	}
	one := picture("wxacode.get", object{"path": "a", "line_color": object{"r": 200, "g": 0, "b": 0}})
	if bytes.Equal(one, picture("wxacode.get", object{"path": "b", "line_color": object{"r": 200, "g": 0, "b": 0}})) {
		t.Error("two paths have one code")
	}
	if !bytes.Equal(one, picture("wxacode.get", object{"path": "a", "line_color": object{"r": 200, "g": 0, "b": 0}})) {
		t.Error("one path has two codes")
	}
}

func TestMessages(t *testing.T) {
	for _, c := range []struct {
		api    string
		fields object
		want   interfaces.Message
	}{
		{"subscribeMessage.send", subscribe, interfaces.Message{OpenID: "oUser", Kind: "subscribe", Template: "tpl", Page: "pages/index", Text: "number2: 3\nthing1: coffee"}},
		{"customerServiceMessage.send", object{"touser": "o", "msgtype": "text", "text": object{"content": "hi"}}, interfaces.Message{OpenID: "o", Kind: "text", Text: "hi"}},
		{"customerServiceMessage.send", object{"touser": "o", "msgtype": "image", "image": object{"media_id": "m"}}, interfaces.Message{OpenID: "o", Kind: "image", Text: "m"}},
		{"customerServiceMessage.send", object{"touser": "o", "msgtype": "link", "link": object{"title": "t", "url": "https://example.com"}}, interfaces.Message{OpenID: "o", Kind: "link", Text: "t https://example.com"}},
		{
			"customerServiceMessage.send",
			object{"touser": "o", "msgtype": "miniprogrampage", "miniprogrampage": object{"title": "t", "pagepath": "p", "thumb_media_id": "m"}},
			interfaces.Message{OpenID: "o", Kind: "miniprogrampage", Page: "p", Text: "t p"},
		},
		{
			"customerServiceMessage.send",
			object{"touser": "o", "msgtype": "msgmenu", "msgmenu": object{"head_content": "well?", "list": []any{object{"id": "1", "content": "yes"}}, "tail_content": "bye"}},
			interfaces.Message{OpenID: "o", Kind: "msgmenu", Text: "well?\n1: yes\nbye"},
		},
	} {
		a := ask(t, new(interfaces.Memory), c.api, c.fields)
		c.want.At, c.want.API = now, c.api
		if a.Sent == nil || a.Code != 0 {
			t.Errorf("%s: %+v", c.api, a)
			continue
		}
		if diff := cmp.Diff(c.want, *a.Sent); diff != "" {
			t.Errorf("%s: %s", c.api, diff)
		}
	}
	long := ask(t, new(interfaces.Memory), "customerServiceMessage.send", object{"touser": "o", "msgtype": "text", "text": object{"content": strings.Repeat("长", 5000)}})
	if n := len(long.Sent.Text); n > 2000 || n < 1990 || !utf8.ValidString(long.Sent.Text) || !strings.HasSuffix(long.Sent.Text, "长…") {
		t.Errorf("%d bytes of a long text are kept", n)
	}
	if a := ask(t, new(interfaces.Memory), "customerServiceMessage.send", object{"msgtype": "text"}); a.Sent != nil {
		t.Error("a refused message was sent")
	}
}

func TestSubscriptionsAreUsedUp(t *testing.T) {
	m := new(interfaces.Memory)
	codes := func() (codes []int) {
		for range 3 {
			codes = append(codes, ask(t, m, "subscribeMessage.send", subscribe).Code)
		}
		return codes
	}
	if got := codes(); !cmp.Equal(got, []int{0, 0, 0}) {
		t.Errorf("before anybody counts: %v", got)
	}
	m.Subscribe("oUser", "tpl", 1)
	m.Subscribe("oUser", "tpl", 1)
	m.Subscribe("oOther", "tpl", 5)
	m.Subscribe("oUser", "other", 5)
	if got := codes(); !cmp.Equal(got, []int{0, 0, 43101}) {
		t.Errorf("two subscriptions: %v", got)
	}
	a := ask(t, m, "subscribeMessage.send", subscribe)
	if !strings.Contains(string(a.Body), "user refuse to accept the msg") || a.Source != interfaces.Documented || a.Sent != nil {
		t.Errorf("%+v", a)
	}
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	again := new(interfaces.Memory)
	if err := json.Unmarshal(data, again); err != nil {
		t.Fatal(err)
	}
	list, counted := again.Subscriptions()
	want := []interfaces.Subscription{{OpenID: "oOther", Template: "tpl", Left: 5}, {OpenID: "oUser", Template: "other", Left: 5}, {OpenID: "oUser", Template: "tpl"}}
	if diff := cmp.Diff(want, list); diff != "" || !counted {
		t.Errorf("after a restart: %s", diff)
	}
	m.Count(false)
	if got := codes(); !cmp.Equal(got, []int{0, 0, 0}) {
		t.Errorf("after nobody counts any more: %v", got)
	}
}

func TestConversations(t *testing.T) {
	m := new(interfaces.Memory)
	reply := object{"touser": "o", "msgtype": "text", "text": object{"content": "hi"}}
	if a := ask(t, m, "customerServiceMessage.send", reply); a.Code != 0 {
		t.Errorf("a user who never wrote here: %d", a.Code)
	}
	answered := func(at time.Time, want ...int) {
		t.Helper()
		q := request(t, "customerServiceMessage.send", reply)
		q.Now = at
		for n, want := range want {
			if a := interfaces.Respond(q, m); a.Code != want {
				t.Errorf("reply %d at %v: %d %s, want %d", n, at, a.Code, a.Reason, want)
			}
		}
	}
	m.Entered("o", now)
	answered(now.Add(time.Minute), 0, 0, 45047)
	m.Entered("o", now)
	answered(now.Add(time.Minute+time.Second), 45015)
	m.Wrote("o", now)
	answered(now.Add(time.Hour), 0)
	m.Entered("o", now.Add(time.Hour)) // takes nothing away
	answered(now.Add(48*time.Hour), 0, 0, 0, 0, 45047)
	m.Wrote("o", now)
	answered(now.Add(48*time.Hour+time.Second), 45015)
	m.Entered("o", now.Add(49*time.Hour)) // what was left before is over
	answered(now.Add(49*time.Hour), 0, 0, 45047)
	for n := range 1001 {
		m.Wrote(fmt.Sprint("o", n), now)
	}
	data, err := json.Marshal(m)
	if err != nil || len(data) > 100_000 {
		t.Errorf("%d bytes are remembered, %v", len(data), err)
	}
}

func TestCodesOfPhonesWorkOnce(t *testing.T) {
	m := new(interfaces.Memory)
	for code, want := range map[string]int{"a": 0, "b": 0} {
		if a := ask(t, m, "phonenumber.getPhoneNumber", object{"code": code}); a.Code != want {
			t.Errorf("%s: %d", code, a.Code)
		}
		if a := ask(t, m, "phonenumber.getPhoneNumber", object{"code": code}); a.Code != 40029 {
			t.Errorf("%s again: %d", code, a.Code)
		}
	}
}

func TestSources(t *testing.T) {
	for api, want := range map[string]interfaces.Source{
		"subscribeMessage.send": interfaces.Documented, "updatableMessage.createActivityId": interfaces.Synthetic, "some.other": interfaces.Synthetic,
	} {
		if a := ask(t, new(interfaces.Memory), api, subscribe); a.Source != want || a.Code != 0 {
			t.Errorf("%s: %+v", api, a)
		}
	}
	if a := ask(t, new(interfaces.Memory), "templateMessage.send", object{}); a.Source != interfaces.Reported {
		t.Errorf("%+v", a)
	}
}

// Whatever a function sends, the answer is one its SDK can read.
func FuzzRespond(f *testing.F) {
	var names []string
	for api := range interfaces.Answered {
		names = append(names, api)
	}
	names = append(names, "updatableMessage.setUpdatableMsg", "search.submitPages", "no.such")
	for n := range names {
		f.Add(n, "touser", []byte(`"o"`), "data", []byte(`{"thing1": {"value": "x"}}`), false)
		f.Add(n, "path", []byte(`"p"`), "width", []byte(`1e99`), false)
		f.Add(n, "media", []byte("PNG"), "type", []byte(`"image"`), true)
		f.Add(n, "line_color", []byte(`{"r": -1, "g": "x"}`), "scene", []byte(`"s"`), false)
		f.Add(n, "msgmenu", []byte(`{"list": [1, {"id": []}]}`), "msgtype", []byte(`"msgmenu"`), false)
	}
	m := new(interfaces.Memory)
	f.Fuzz(func(t *testing.T, n int, first string, one []byte, second string, two []byte, file bool) {
		fields := []interfaces.Field{{Name: first, Value: one}, {Name: second, Value: two}}
		if file {
			fields[0].FileName = "f"
		}
		api := names[uint(n)%uint(len(names))]
		a := interfaces.Respond(interfaces.Request{API: api, Fields: fields, Now: now}, m)
		var body struct {
			ErrCode *int   `json:"errcode"`
			ErrMsg  string `json:"errmsg"`
		}
		switch {
		case a.ContentType == "image/png":
			if !bytes.HasPrefix(a.Body, []byte("\x89PNG")) {
				t.Errorf("%s: %.20q", api, a.Body)
			}
		case json.Unmarshal(a.Body, &body) != nil || body.ErrCode == nil || *body.ErrCode != a.Code || body.ErrMsg == "":
			t.Errorf("%s: %s", api, a.Body)
		case a.Code != 0 && a.Reason == "":
			t.Errorf("%s: %d for no reason", api, a.Code)
		}
		if len(a.Reason) > 400 {
			t.Errorf("%s: a reason of %d bytes", api, len(a.Reason))
		}
		if a.Sent != nil && len(a.Sent.Text)+len(a.Sent.OpenID)+len(a.Sent.Template)+len(a.Sent.Page)+len(a.Sent.Kind) > 3100 {
			t.Errorf("%s: a message of %d bytes", api, len(a.Sent.Text))
		}
	})
}

func BenchmarkRespond(b *testing.B) {
	q := request(b, "subscribeMessage.send", subscribe)
	m := new(interfaces.Memory)
	for b.Loop() {
		if a := interfaces.Respond(q, m); a.Code != 0 {
			b.Fatal(a.Reason)
		}
	}
}

// The transcript is read and shared; it names fields and never what they hold.
func TestReasonsHoldNothingThatWasSent(t *testing.T) {
	const secret = "s3cret 秘密"
	for _, fields := range []object{
		{"touser": secret, "template_id": secret, "data": object{"phrase1": object{"value": secret}}, "msgtype": secret},
		{"touser": secret, "template_id": secret, "data": object{}, "msgtype": "text", "text": secret},
		{"code": secret, "scene": secret, "path": secret + "?", "query": secret, "env_version": secret, "content": 1, "type": secret, "media": secret, "media_url": secret, "media_type": secret, "tid": secret, "img": secret},
	} {
		for api := range interfaces.Answered {
			m := new(interfaces.Memory)
			m.Count(true)
			if a := ask(t, m, api, fields); strings.Contains(a.Reason, "s3cret") {
				t.Errorf("%s: %s", api, a.Reason)
			}
		}
	}
}
