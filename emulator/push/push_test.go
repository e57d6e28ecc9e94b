package push_test

import (
	"encoding/json"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/emulator/push"
	"wxcloud/internal/clierr"
)

const appID = "wx0123456789abcdef"

func build(t *testing.T, m push.Message) (map[string]any, bool) {
	t.Helper()
	m.OpenID = "oUser"
	event, documented, err := push.Build(m, appID, time.Unix(1555684067, 0))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(event, &got); err != nil {
		t.Fatal(err)
	}
	return got, documented
}

// The members are those of the documented examples.
func TestBuild(t *testing.T) {
	type object = map[string]any
	for name, tt := range map[string]struct {
		m          push.Message
		want       object
		documented bool
	}{
		"text": {push.Message{Type: "text", Content: "测试"}, object{"CreateTime": 1555684067.0, "MsgType": "text", "Content": "测试"}, true},
		"image": {
			push.Message{Type: "image", MediaID: "m", URL: "https://x"},
			object{"CreateTime": 1555684067.0, "MsgType": "image", "MediaId": "m", "PicUrl": "https://x"},
			true,
		},
		"page": {
			push.Message{Type: "miniprogrampage", Title: "T", Page: "pages/a", URL: "https://x"},
			object{"CreateTime": 1555684067.0, "MsgType": "miniprogrampage", "Title": "T", "AppId": appID, "PagePath": "pages/a", "ThumbUrl": "https://x"},
			true,
		},
		"session": {
			push.Message{Type: "event", Event: "user_enter_tempsession", SessionFrom: "card"},
			object{"CreateTime": 1555684067.0, "MsgType": "event", "Event": "user_enter_tempsession", "SessionFrom": "card"},
			true,
		},
		"popup": {
			push.Message{Type: "event", Event: "subscribe_msg_popup_event", Choices: []push.Choice{push.ParseChoice("a"), push.ParseChoice("b=reject")}},
			object{"CreateTime": "1555684067", "MsgType": "event", "Event": "subscribe_msg_popup_event", "List": []any{
				object{"TemplateId": "a", "SubscribeStatusString": "accept", "PopupScene": "0"},
				object{"TemplateId": "b", "SubscribeStatusString": "reject", "PopupScene": "0"},
			}},
			true,
		},
		"one change": {
			push.Message{Type: "event", Event: "subscribe_msg_change_event", Choices: []push.Choice{{Template: "a"}}},
			object{"CreateTime": "1555684067", "MsgType": "event", "Event": "subscribe_msg_change_event", "List": object{"TemplateId": "a", "SubscribeStatusString": "reject"}},
			true,
		},
		"another event": {
			push.Message{Type: "event", Event: "xpay_goods_deliver_notify", Extra: map[string]json.RawMessage{"OutTradeNo": json.RawMessage(`"1"`)}},
			object{"CreateTime": 1555684067.0, "MsgType": "event", "Event": "xpay_goods_deliver_notify", "OutTradeNo": "1"},
			false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, documented := build(t, tt.m)
			if documented != tt.documented {
				t.Errorf("documented %v", documented)
			}
			if id, ok := got["MsgId"].(string); ok != (tt.m.Type != "event") || ok && !regexp.MustCompile(`^[0-9a-f]{32}\d{10}_1555684067$`).MatchString(id) {
				t.Errorf("MsgId %v", got["MsgId"])
			}
			tt.want["ToUserName"], tt.want["FromUserName"] = appID, "oUser"
			delete(got, "MsgId")
			if tt.m.Type == "miniprogrampage" {
				delete(got, "ThumbMediaId")
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	sent, _ := build(t, push.Message{Type: "event", Event: "subscribe_msg_sent_event", Choices: []push.Choice{push.ParseChoice("a=43101")}})
	item := sent["List"].(map[string]any)
	if item["ErrorCode"] != "43101" || item["ErrorStatus"] != "failed" || item["MsgID"] == "" {
		t.Errorf("%v", item)
	}
}

func TestBuildRefuses(t *testing.T) {
	for _, m := range []push.Message{{}, {Type: "voice"}, {Type: "text"}, {Type: "event"}, {Type: "event", Event: "subscribe_msg_popup_event"}} {
		if _, _, err := push.Build(m, appID, time.Now()); !clierr.Is(err, "emulator/bad-push") {
			t.Errorf("%+v: %v", m, err)
		}
	}
}

func TestJudge(t *testing.T) {
	text, event := push.Message{Type: push.Text}, push.Message{Type: push.Event}
	for _, tt := range []struct {
		m      push.Message
		result string
		failed bool
		took   time.Duration
		want   push.Verdict
	}{
		{text, `"success"`, false, 0, push.Accepted},
		{text, `""`, false, 0, push.Accepted},
		{text, `null`, false, 0, push.Accepted},
		{text, `{"MsgType":"transfer_customer_service","ToUserName":"o"}`, false, 0, push.Forwarded},
		{event, `{"MsgType":"transfer_customer_service"}`, false, 0, push.Refused}, // only messages are forwarded
		{text, `{"ok":true}`, false, 0, push.Refused},
		{text, `"ok"`, false, 0, push.Refused},
		{text, `null`, true, 0, push.Refused},
		{text, `"success"`, false, 6 * time.Second, push.Late},
	} {
		if got := push.Judge(tt.m, json.RawMessage(tt.result), tt.failed, tt.took); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.result, got, tt.want)
		}
	}
}
