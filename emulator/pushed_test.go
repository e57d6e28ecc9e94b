package emulator_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator/push"
	"wxcloud/internal/clierr"
)

// The template of message push, told in few words: it answers the sender whom
// WeChat names in the context.
const pushFunction = `const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
exports.main = async (event) => {
  console.log(JSON.stringify({ event, OPENID: cloud.getWXContext().OPENID }))
  if (event.MsgType === 'text') await cloud.openapi.customerServiceMessage.send({ touser: cloud.getWXContext().OPENID, msgtype: 'text', text: { content: '收到' } })
  return event.Content === 'bad' ? { ok: 1 } : 'success'
}`

func TestPush(t *testing.T) {
	needNPM(t)
	c := start(t)
	c.deploy("service", map[string]string{"index.js": pushFunction, "package.json": sdkPackage}, true)
	c.permit("service", "customerServiceMessage.send")
	r, err := c.remote.Push(t.Context(), "service", push.Message{Type: "text", OpenID: "oUser", Content: "你好"})
	if err != nil {
		t.Fatal(err)
	}
	var seen struct {
		Event  map[string]any
		OPENID string
	}
	if err := json.Unmarshal([]byte(r.Log), &seen); err != nil {
		t.Fatalf("%v: %s", err, r.Log)
	}
	if r.Verdict != push.Accepted || r.Synthetic || seen.OPENID != "oUser" || seen.Event["FromUserName"] != "oUser" || seen.Event["Content"] != "你好" || seen.Event["ToUserName"] != appID || seen.Event["userInfo"] != nil {
		t.Errorf("%+v %s", r, r.Log)
	}
	if len(r.Calls) != 1 || r.Calls[0].Action != "customerServiceMessage.send" || r.Calls[0].Verdict != "ok" {
		t.Errorf("calls %+v", r.Calls)
	}
	if len(r.Sent) != 1 || r.Sent[0].OpenID != "oUser" || !strings.Contains(r.Sent[0].Text, "收到") {
		t.Errorf("sent %+v", r.Sent)
	}
	if r, err = c.remote.Push(t.Context(), "service", push.Message{Type: "text", OpenID: "oUser", Content: "bad"}); err != nil || r.Verdict != push.Refused {
		t.Errorf("%+v %v", r, err)
	}
	r, err = c.remote.Push(t.Context(), "service", push.Message{Type: "event", OpenID: "oUser", Event: "user_enter_tempsession", SessionFrom: "card"})
	if err != nil || r.Verdict != push.Accepted || !strings.Contains(r.Log, `"SessionFrom":"card"`) || len(r.Calls) != 0 {
		t.Errorf("%+v %v", r, err)
	}
	if _, err = c.remote.Push(t.Context(), "service", push.Message{Type: "voice", OpenID: "oUser"}); !clierr.Is(err, "emulator/bad-push") {
		t.Error(err)
	}
	if _, err = c.remote.Push(t.Context(), "service", push.Message{Type: "text", Content: "x"}); !clierr.Is(err, "emulator/bad-push") {
		t.Error(err)
	}
	if _, err = c.remote.Push(t.Context(), "none", push.Message{Type: "text", OpenID: "oUser", Content: "x"}); !clierr.Is(err, "emulator/function-not-found") {
		t.Error(err)
	}
}

func TestSearchClsLog(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": `exports.main = (e) => { console.log('one', e.n); console.error('two'); if (e.n > 1) throw new Error('no') }`}, false)
	first := c.call("hello", "o", object{"n": 1})
	c.call("hello", "o", object{"n": 2})
	search := func(query string, more object) object {
		t.Helper()
		beijing := time.FixedZone("", 8*3600)
		body := object{
			"EnvId": "local", "QueryString": query, "Limit": 100, "Sort": "asc",
			"StartTime": time.Now().Add(-time.Hour).In(beijing).Format(time.DateTime), "EndTime": time.Now().In(beijing).Format(time.DateTime),
		}
		for k, v := range more {
			body[k] = v
		}
		return c.action("tcb", "SearchClsLog", body)
	}
	results := func(r object) (contents []object, over bool, context string) {
		t.Helper()
		found, ok := r["LogResults"].(object)
		if !ok {
			t.Fatal(r)
		}
		for _, item := range found["Results"].([]any) {
			record := item.(object)
			for _, name := range []string{"TopicId", "TopicName", "Timestamp", "FileName", "Source"} {
				if _, ok := record[name].(string); !ok {
					t.Errorf("no %s in %v", name, record)
				}
			}
			var content object
			if err := json.Unmarshal([]byte(record["Content"].(string)), &content); err != nil {
				t.Fatal(err)
			}
			contents = append(contents, content)
		}
		return contents, found["ListOver"].(bool), found["Context"].(string)
	}
	lines, over, _ := results(search(`function_name:"hello" AND src:app AND request_id:"`+first.RequestID+`"`, nil))
	if len(lines) != 2 || lines[0]["log"] != "one 1" || lines[1]["log"] != "two" || lines[0]["status_code"] != "200" || !over {
		t.Errorf("%v %v", lines, over)
	}
	if failed, _, _ := results(search("status_code>200 AND src:system", nil)); len(failed) != 3 || failed[0]["ret_code"] != "-504002" {
		t.Errorf("%v", failed)
	}
	all, _, _ := results(search("", nil))
	var paged []object
	for context := ""; ; {
		part, over, next := results(search("", object{"Limit": 2, "Context": context}))
		paged, context = append(paged, part...), next
		if over {
			break
		}
	}
	if len(paged) != len(all) || len(all) == 0 {
		t.Errorf("%d in pages, %d at once", len(paged), len(all))
	}
	if none, _, _ := results(search("", object{"StartTime": "2020-01-01 00:00:00", "EndTime": "2020-01-02 00:00:00"})); len(none) != 0 {
		t.Errorf("%v", none)
	}
	for name, more := range map[string]object{"time": {"StartTime": "yesterday"}, "limit": {"Limit": 101}, "context": {"Context": "x"}} {
		if r := search("", more); errorCode(r) != "InvalidParameterValue" {
			t.Errorf("%s: %v", name, r)
		}
	}
	if r := search("", object{"EnvId": "other"}); errorCode(r) != "ResourceNotFound.Environment" {
		t.Error(r)
	}
}
