package scaffold

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"wxcloud/cmd/text"
)

// sdk stands in for wx-server-sdk where only the template's own code is looked
// at: it knows one user, records the calls, and fails when told to.
const sdk = `
const test = JSON.parse(process.env.TEST)
const calls = []
const record = (path) => new Proxy(() => {}, {
  get: (_, name) => record(path ? path + '.' + name : name),
  apply: async (_, __, [args]) => {
    calls.push({ api: path, args })
    if (test.fail) throw Object.assign(new Error('x'), test.fail)
    return { errCode: 0, errMsg: 'openapi.' + path + ':ok', list: [] }
  },
})
exports.calls = calls
exports.DYNAMIC_CURRENT_ENV = Symbol('env')
exports.init = ({ env }) => { if (env !== exports.DYNAMIC_CURRENT_ENV) throw new Error('env') }
exports.getWXContext = () => ({ OPENID: test.openid, APPID: 'wx1' })
exports.openapi = record('')
exports.getOpenData = async ({ list }) => {
  calls.push({ api: 'getOpenData', args: { list } })
  if (test.fail) throw Object.assign(new Error('x'), test.fail)
  return { list: list.map((cloudID) => ({ cloudID, data: {} })) }
}
`

// runner calls the function as the cloud does and prints what came of it. What
// the function logs goes to stderr.
const runner = `
console.log = console.error
const { main } = require('./index.js')
main(JSON.parse(process.env.TEST).event, {}).then(
  (result) => process.stdout.write(JSON.stringify({ result, calls: require('wx-server-sdk').calls })),
  (err) => process.stdout.write(JSON.stringify({ thrown: String(err) })),
)
`

type situation struct {
	OpenID string         `json:"openid,omitempty"`
	Event  map[string]any `json:"event"`
	Fail   map[string]any `json:"fail,omitempty"`
}

type outcome struct {
	Result any
	Thrown string
	Calls  []struct {
		API  string
		Args map[string]any
	}
	Log string
}

// TestFunctionsBehave runs the functions in Node, JavaScript and TypeScript
// alike, in the situations they were written for.
func TestFunctionsBehave(t *testing.T) {
	requireNode(t)
	refused := map[string]any{"errCode": -604101, "errMsg": "system error: error code: -604101"}
	filled := Params{Template: "cloud-call", TemplateID: "tpl", Fields: []string{"thing1"}}
	tests := []struct {
		name string
		p    Params
		s    situation
		want func(outcome) bool
	}{
		{"sends to the caller and to nobody else", filled, situation{OpenID: "me", Event: map[string]any{"openid": "you", "touser": "you"}}, func(o outcome) bool {
			return len(o.Calls) == 1 && o.Calls[0].API == "subscribeMessage.send" && o.Calls[0].Args["touser"] == "me" &&
				o.Calls[0].Args["templateId"] == "tpl" && field(o.Result, "errCode") == 0.0
		}},
		{"without a user says where to call from", filled, situation{}, func(o outcome) bool {
			return len(o.Calls) == 0 && field(o.Result, "errCode") == -1.0 && strings.Contains(errMsg(o.Result), "mini program")
		}},
		{"says that it is not filled in", Params{Template: "cloud-call"}, situation{OpenID: "me"}, func(o outcome) bool {
			return len(o.Calls) == 0 && field(o.Result, "errCode") == -1.0 && strings.Contains(errMsg(o.Result), "TEMPLATE_ID") && o.Log != ""
		}},
		{"hands a refusal on and logs it", filled, situation{OpenID: "me", Fail: refused}, func(o outcome) bool {
			return field(o.Result, "errCode") == -604101.0 && errMsg(o.Result) != "" && strings.Contains(o.Log, "-604101")
		}},
		{"hands an error without a code on", filled, situation{OpenID: "me", Fail: map[string]any{"name": "TypeError"}}, func(o outcome) bool {
			return field(o.Result, "errCode") == -1.0 && strings.Contains(errMsg(o.Result), "TypeError")
		}},

		{"open data without a user", Params{Template: "open-data"}, situation{}, func(o outcome) bool { return field(o.Result, "errCode") == -1.0 }},
		{"open data that was opened", Params{Template: "open-data"}, situation{OpenID: "me", Event: map[string]any{"weRunData": map[string]any{"cloudID": "1", "data": map[string]any{"step": 3}}}}, func(o outcome) bool {
			return field(field(o.Result, "weRunData"), "step") == 3.0 && len(o.Calls) == 0
		}},
		{"open data that could not be opened", Params{Template: "open-data"}, situation{OpenID: "me", Event: map[string]any{"weRunData": map[string]any{"cloudID": "1", "errCode": -601006, "errMsg": "cloudID expired"}}}, func(o outcome) bool {
			return field(o.Result, "errCode") == -601006.0 && errMsg(o.Result) == "cloudID expired"
		}},
		{"a CloudID that was not replaced", Params{Template: "open-data"}, situation{OpenID: "me", Event: map[string]any{"weRunData": "27_abc"}}, func(o outcome) bool {
			return field(o.Result, "errCode") == -1.0 && strings.Contains(errMsg(o.Result), "top level")
		}},
		{"raw ids", Params{Template: "open-data"}, situation{OpenID: "me", Event: map[string]any{"cloudIDs": []string{"a", "b"}}}, func(o outcome) bool {
			list, _ := field(o.Result, "list").([]any)
			return len(list) == 2 && o.Calls[0].API == "getOpenData"
		}},
		{"raw ids that fail", Params{Template: "open-data"}, situation{OpenID: "me", Event: map[string]any{"cloudIDs": []string{"a"}}, Fail: map[string]any{"errCode": -601005, "errMsg": "invalid cloudID"}}, func(o outcome) bool {
			return field(o.Result, "errCode") == -601005.0
		}},

		{"a text is answered", Params{Template: "message-push"}, situation{OpenID: "me", Event: map[string]any{"MsgType": "text", "Content": "hi", "FromUserName": "you"}}, func(o outcome) bool {
			return o.Result == "success" && o.Calls[0].Args["touser"] == "me" && strings.Contains(field(o.Calls[0].Args["text"], "content").(string), "hi")
		}},
		{"a picture comes back", Params{Template: "message-push"}, situation{OpenID: "me", Event: map[string]any{"MsgType": "image", "MediaId": "m"}}, func(o outcome) bool {
			return o.Result == "success" && field(o.Calls[0].Args["image"], "mediaId") == "m"
		}},
		{"a page is answered", Params{Template: "message-push"}, situation{OpenID: "me", Event: map[string]any{"MsgType": "miniprogrampage", "Title": "T"}}, func(o outcome) bool {
			return o.Result == "success" && len(o.Calls) == 1
		}},
		{"the session's start is greeted", Params{Template: "message-push"}, situation{OpenID: "me", Event: map[string]any{"MsgType": "event", "Event": "user_enter_tempsession"}}, func(o outcome) bool {
			return o.Result == "success" && len(o.Calls) == 1
		}},
		{"one subscription is logged, not answered", Params{Template: "message-push"}, situation{OpenID: "me", Event: map[string]any{"MsgType": "event", "Event": "subscribe_msg_popup_event", "List": map[string]any{"TemplateId": "T1", "SubscribeStatusString": "accept"}}}, func(o outcome) bool {
			return o.Result == "success" && len(o.Calls) == 0 && strings.Contains(o.Log, "T1 accept")
		}},
		{"several subscriptions are logged", Params{Template: "message-push"}, situation{OpenID: "me", Event: map[string]any{"MsgType": "event", "Event": "subscribe_msg_popup_event", "List": []any{map[string]any{"TemplateId": "T1"}, map[string]any{"TemplateId": "T2"}}}}, func(o outcome) bool {
			return o.Result == "success" && strings.Contains(o.Log, "T1") && strings.Contains(o.Log, "T2")
		}},
		{"an unknown push is taken", Params{Template: "message-push"}, situation{OpenID: "me", Event: map[string]any{"MsgType": "voice"}}, func(o outcome) bool { return o.Result == "success" && len(o.Calls) == 0 }},
		{"a failed answer is still a success", Params{Template: "message-push"}, situation{OpenID: "me", Event: map[string]any{"MsgType": "text"}, Fail: refused}, func(o outcome) bool {
			return o.Result == "success" && strings.Contains(o.Log, "-604101")
		}},

		{"the timer asks for one day in China", Params{Template: "timer"}, situation{}, func(o outcome) bool {
			begin, _ := o.Calls[0].Args["beginDate"].(string)
			return o.Calls[0].API == "analysis.getDailySummary" && len(begin) == 8 && o.Calls[0].Args["endDate"] == begin && field(o.Result, "errCode") == 0.0
		}},
		{"a user cannot run the timer", Params{Template: "timer"}, situation{OpenID: "me"}, func(o outcome) bool {
			return len(o.Calls) == 0 && field(o.Result, "errCode") == -1.0
		}},
		{"the timer hands a refusal on", Params{Template: "timer"}, situation{Fail: refused}, func(o outcome) bool { return field(o.Result, "errCode") == -604101.0 }},

		{"the retired one calls the retired interface", Params{Template: "template-message"}, situation{OpenID: "me", Event: map[string]any{"formId": "f"}}, func(o outcome) bool {
			return o.Calls[0].API == "templateMessage.send" && o.Calls[0].Args["formId"] == "f"
		}},
		{"the retired one without a user", Params{Template: "template-message"}, situation{}, func(o outcome) bool { return field(o.Result, "errCode") == -1.0 }},

		{"plain", Params{Template: "plain"}, situation{OpenID: "me", Event: map[string]any{"name": "you"}}, func(o outcome) bool {
			return field(o.Result, "message") == "Hello, you!" && field(o.Result, "openid") == "me"
		}},
	}
	for _, test := range tests {
		for _, ts := range []bool{false, true} {
			language := map[bool]string{false: "js", true: "ts"}[ts]
			t.Run(test.p.Template+"/"+test.name+"/"+language, func(t *testing.T) {
				t.Parallel()
				p := test.p
				p.Name, p.Lang, p.TypeScript = "fn", text.English, ts
				o := run(t, p, test.s)
				if o.Thrown != "" || !test.want(o) {
					t.Errorf("%+v", o)
				}
			})
		}
	}
}

func run(t *testing.T, p Params, s situation) outcome {
	t.Helper()
	if s.Event == nil {
		s.Event = map[string]any{}
	}
	dir := t.TempDir()
	writeFiles(t, dir, mustFunction(t, p))
	writeFiles(t, dir, map[string]string{"node_modules/wx-server-sdk/index.js": sdk, "run.js": runner})
	setting, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	command := exec.CommandContext(t.Context(), "node", filepath.Join(dir, "run.js"))
	command.Env = append(command.Environ(), "TEST="+string(setting))
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		t.Fatalf("node: %v\n%s", err, stderr.String())
	}
	var o outcome
	if err := json.Unmarshal(stdout.Bytes(), &o); err != nil {
		t.Fatalf("%v\n%s\n%s", err, stdout.String(), stderr.String())
	}
	o.Log = stderr.String()
	return o
}

// TestEveryScriptParses gives each .js file of every function and project to
// Node, in both languages and with every kind of parameter.
func TestEveryScriptParses(t *testing.T) {
	requireNode(t)
	dir := t.TempDir()
	for i, p := range everyFunction() {
		p.ProjectName = "demo"
		project, err := Project(p)
		if err != nil {
			t.Fatal(err)
		}
		for path, data := range byPath(project) {
			if strings.HasSuffix(path, ".js") {
				writeFiles(t, dir, map[string]string{strconv.Itoa(i) + "/" + path: data})
			}
		}
		writeFiles(t, dir, map[string]string{strconv.Itoa(i) + "/index.js": mustFunction(t, p)["index.js"]})
	}
	// vm.Script is what --check uses; one process reads all the files.
	const check = `
const fs = require('fs'), path = require('path'), vm = require('vm')
let n = 0
const walk = (dir) => fs.readdirSync(dir, { withFileTypes: true }).forEach((e) => {
  const file = path.join(dir, e.name)
  if (e.isDirectory()) return walk(file)
  new vm.Script(fs.readFileSync(file, 'utf8'), { filename: file })
  n++
})
walk(process.argv[1])
console.log(n)
`
	out, err := exec.CommandContext(t.Context(), "node", "-e", check, dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if want := len(everyFunction()) * 3; strings.TrimSpace(string(out)) != strconv.Itoa(want) {
		t.Errorf("%s files were checked, want %d", out, want)
	}
}

func field(v any, name string) any {
	m, _ := v.(map[string]any)
	return m[name]
}

func errMsg(v any) string {
	s, _ := field(v, "errMsg").(string)
	return s
}
