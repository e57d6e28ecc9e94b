package emulator_test

import (
	"encoding/json"
	"strings"
	"testing"

	"wxcloud/emulator"
	"wxcloud/internal/clierr"
)

// ticketFunction makes a cloud call however it was started, and tells where it
// believes it was started from.
const ticketFunction = `const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
exports.main = async (event) => {
  if (event.callee) return (await cloud.callFunction({ name: event.callee, data: {} })).result
  const answer = { event, source: cloud.getWXContext().SOURCE, openid: cloud.getWXContext().OPENID || '' }
  try {
    answer.sent = (await cloud.openapi.customerServiceMessage.send({ touser: 'o', msgtype: 'text', text: { content: 'x' } })).errMsg
  } catch (e) {
    answer.code = e.errCode
    answer.text = e.errMsg
  }
  console.log('ANSWER ' + JSON.stringify(answer))
  return answer
}
`

type ticketAnswer struct {
	Event                      object
	Source, OpenID, Sent, Text string
	Code                       int
}

// origins start the function in every way this cloud knows.
func (c *cloud) origins() map[emulator.Origin]func() ticketAnswer {
	read := func(data []byte) (a ticketAnswer) {
		c.t.Helper()
		if err := json.Unmarshal(data, &a); err != nil {
			c.t.Fatalf("%v: %s", err, data)
		}
		return a
	}
	return map[emulator.Origin]func() ticketAnswer{
		emulator.FromUser: func() ticketAnswer { return read(c.call("tickets", "oUser", object{}).Result) },
		emulator.FromFunction: func() ticketAnswer {
			return read(c.call("tickets", "oUser", object{"callee": "callee"}).Result)
		},
		emulator.FromHTTP: func() ticketAnswer {
			out := c.post("/tcb/invokecloudfunction?access_token="+c.stableToken()+"&env=local&name=tickets", object{})
			return read([]byte(out["resp_data"].(string)))
		},
		emulator.FromInvoke: func() ticketAnswer {
			out := c.action("scf", "Invoke", object{"FunctionName": "tickets", "ClientContext": "{}"})
			return read([]byte(out["Result"].(object)["RetMsg"].(string)))
		},
	}
}

// Which invocations may make cloud calls, with what the real SDK tells a function
// that may not, as documented; and the other way round when asked.
func TestTickets(t *testing.T) {
	needNPM(t)
	sources := map[emulator.Origin]string{
		emulator.FromUser: "wx_client", emulator.FromHTTP: "wx_http", emulator.FromFunction: "wx_client,scf", emulator.FromInvoke: "unknown",
	}
	for name, tickets := range map[string][]emulator.Origin{
		"documented": nil, "others": {emulator.FromTimer, emulator.FromFunction, emulator.FromInvoke}, "none": {},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, func(o *emulator.Options) { o.Tickets = tickets })
			for _, function := range []string{"tickets", "callee"} {
				c.deploy(function, map[string]string{"index.js": ticketFunction, "package.json": sdkPackage}, true)
				c.permit(function, "customerServiceMessage.send")
			}
			if tickets == nil {
				tickets = emulator.DefaultTickets()
			}
			for origin, invoke := range c.origins() {
				a := invoke()
				source := sources[origin]
				if origin == emulator.FromInvoke && a.Sent == "" {
					source = "" // the SDK knows nothing of WeChat then
				}
				if a.Source != source || (a.OpenID != "") != (origin == emulator.FromUser || origin == emulator.FromPush) {
					t.Errorf("%s: context %+v", origin, a)
				}
				if strings.Contains(emulator.JoinOrigins(tickets)+",", string(origin)+",") {
					if a.Sent != "openapi.customerServiceMessage.send:ok" {
						t.Errorf("%s: refused: %+v", origin, a)
					}
				} else if a.Code != -501007 || a.Text != "openapi.customerServiceMessage.send:fail -501007 invalid parameters. missing wxCloudApiToken" {
					t.Errorf("%s: %+v", origin, a)
				}
			}
		})
	}
}

// A ticket that WeChat did not issue is told apart from none at all.
func TestForgedTicket(t *testing.T) {
	needNPM(t)
	c := start(t)
	c.deploy("tickets", map[string]string{"index.js": "process.env.FORGED = '1'\n" + strings.Replace(ticketFunction,
		"const answer", "process.env.WX_API_TOKEN = 'forged'; const answer", 1), "package.json": sdkPackage}, true)
	a := c.origins()[emulator.FromUser]()
	if a.Code != -501001 || !strings.Contains(a.Text, "invalid wx openapi access_token") {
		t.Errorf("%+v", a)
	}
}

func TestParseOrigins(t *testing.T) {
	for text, want := range map[string]string{"": "", "none": "", "user, http": "user,http", emulator.JoinOrigins(emulator.Origins()): emulator.JoinOrigins(emulator.Origins())} {
		if list, err := emulator.ParseOrigins(text); err != nil || list == nil || emulator.JoinOrigins(list) != want {
			t.Errorf("%q: %v %v", text, list, err)
		}
	}
	if _, err := emulator.ParseOrigins("user,cron"); !clierr.Is(err, "emulator/bad-origin") {
		t.Error(err)
	}
}
