package emulator_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator"
)

// needNPM is needNode for tests that install packages from the npm registry, or
// find them in the user's cache folder from an earlier run.
func needNPM(t testing.TB) {
	t.Helper()
	needNode(t, "npm")
	if testing.Verbose() {
		t.Log("uses wx-server-sdk from npm, kept in the user's cache folder (wxcloud/npm)")
	}
}

// sdkFunction answers with what the real SDK made of one call.
const sdkFunction = `const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
exports.main = async (event) => {
  const run = {
    send: () => cloud.openapi.subscribeMessage.send({ touser: 'o', templateId: 't', page: 'index', data: { thing1: { value: 'x' } } }),
    check: () => cloud.openapi.security.msgSecCheck({ version: 2, scene: 1, openid: 'o', content: 'hello' }),
    unknown: () => cloud.openapi.no.such({ a: 1 }),
    options: () => cloud.openapi({ convertCase: false, version: 'v2' }).subscribeMessage.send({ touser: 'o', template_id: 't', data: {} }),
    code: async () => { const r = await cloud.openapi.wxacode.get({ path: 'pages/index' }); return { type: r.contentType, bytes: r.buffer.length, head: r.buffer.toString('latin1', 1, 4) } },
    image: () => cloud.openapi.img.superresolution({ img: { contentType: 'image/png', value: Buffer.from('PNG') } }),
    context: () => cloud.getWXContext(),
    openData: () => cloud.getOpenData({ list: event.list }),
    callee: async () => (await cloud.callFunction({ name: 'callee', data: { run: event.then } })).result,
    missing: () => cloud.callFunction({ name: 'none', data: {} }),
    database: () => cloud.database().collection('c').get(),
    event: () => event,
  }
  try {
    return { ok: await run[event.run]() }
  } catch (e) {
    return { code: e.errCode, msg: e.errMsg, text: e.message }
  }
}
`

const sdkPackage = `{"name":"f","version":"1.0.0","dependencies":{"wx-server-sdk":"latest"}}`

type sdkAnswer struct {
	OK   json.RawMessage
	Code int
	Msg  string
	Text string
}

func (c *cloud) sdk(name string, event object) sdkAnswer {
	c.t.Helper()
	r := c.call(name, "oUser", event)
	if r.ErrCode != 0 {
		c.t.Fatalf("%d %s\n%s", r.ErrCode, r.ErrMsg, r.Log)
	}
	var a sdkAnswer
	if err := json.Unmarshal(r.Result, &a); err != nil {
		c.t.Fatal(err)
	}
	return a
}

func TestRealSDK(t *testing.T) {
	needNPM(t)
	c := start(t, func(o *emulator.Options) { o.Known = func(api string) bool { return api != "no.such" } })
	c.deploy("hello", map[string]string{"index.js": sdkFunction, "package.json": sdkPackage}, true)
	c.deploy("callee", map[string]string{"index.js": sdkFunction, "package.json": sdkPackage}, true)

	if got, want := c.function("hello").SDK, "wx-server-sdk latest -> "+emulator.PinnedSDK+" (pinned)"; got != want {
		t.Errorf("SDK %q, want %q", got, want)
	}

	denied := c.sdk("hello", object{"run": "send"})
	if denied.Code != -604101 || denied.Text != "errCode: -604101 function has no permission to call this API | errMsg: system error: error code: -604101" {
		t.Errorf("denied: %+v", denied)
	}
	if a := c.sdk("hello", object{"run": "unknown"}); a.Code != -604100 || !strings.Contains(a.Text, "API not found") {
		t.Errorf("unknown: %+v", a)
	}
	c.permit("hello", "subscribeMessage.send", "security.msgSecCheck", "wxacode.get", "img.superresolution")
	if a := c.sdk("hello", object{"run": "send"}); a.Code != -604101 {
		t.Errorf("still cached: %+v", a)
	}
	c.advance(10 * time.Minute)
	for run, want := range map[string]string{
		"send":    `{"errMsg":"openapi.subscribeMessage.send:ok","errCode":0}`,
		"options": `{"errMsg":"openapi.subscribeMessage.send:ok","errCode":0}`,
		"check":   `"result":{"suggest":"pass","label":100}`,
		"image":   `{"errMsg":"openapi.img.superresolution:ok","errCode":0}`,
		"code":    `"head":"PNG"`,
		"context": `"APPID":"` + appID + `","OPENID":"oUser","ENV":"local","SOURCE":"wx_client"`,
	} {
		if a := c.sdk("hello", object{"run": run}); a.Code != 0 || !strings.Contains(string(a.OK), want) {
			t.Errorf("%s: %+v %s", run, a, a.OK)
		}
	}
	if a := c.sdk("hello", object{"run": "database"}); a.Code != -501009 || !strings.Contains(a.Text, "no database") {
		t.Errorf("database: %+v", a)
	}
	if a := c.sdk("hello", object{"run": "missing"}); a.Code == 0 || !strings.Contains(a.Text, "FUNCTION_NOT_FOUND") {
		t.Errorf("missing function: %+v", a)
	}
	// A callee sees neither user nor ticket: WeChat did not start it, so its own
	// cloud call is refused though the interface is permitted to it.
	c.permit("callee", "subscribeMessage.send")
	if a := c.sdk("hello", object{"run": "callee", "then": "send"}); !strings.Contains(string(a.OK), `"code":-501007,"msg":"openapi.subscribeMessage.send:fail -501007 invalid parameters. missing wxCloudApiToken"`) {
		t.Errorf("callee's cloud call: %+v %s", a, a.OK)
	}
	if a := c.sdk("hello", object{"run": "callee", "then": "context"}); !strings.Contains(string(a.OK), `"SOURCE":"wx_client,scf"`) || strings.Contains(string(a.OK), "OPENID") {
		t.Errorf("callee's context: %+v %s", a, a.OK)
	}
}

func TestRealSDKOpenData(t *testing.T) {
	needNPM(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": sdkFunction, "package.json": sdkPackage}, true)
	mint := func(openid string) string {
		id, err := c.remote.MintCloudID(t.Context(), openid, []byte(`{"phoneNumber":"13800000000"}`))
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	mine, foreign := mint("oUser"), mint("oOther")

	// In the event: {"cloudID"} at the top level becomes data or an error.
	a := c.sdk("hello", object{"run": "event", "phone": object{"cloudID": mine}, "bad": object{"cloudID": "x"}, "deep": object{"p": object{"cloudID": mine}}})
	var event struct {
		Phone struct {
			CloudID string
			Data    struct {
				PhoneNumber string
				Watermark   struct{ AppID string }
			}
		}
		Bad  struct{ ErrCode int }
		Deep object
	}
	if err := json.Unmarshal(a.OK, &event); err != nil {
		t.Fatal(err)
	}
	if event.Phone.Data.PhoneNumber != "13800000000" || event.Phone.Data.Watermark.AppID != appID || event.Bad.ErrCode != -601005 {
		t.Errorf("%s", a.OK)
	}
	if _, touched := event.Deep["p"].(object)["data"]; touched {
		t.Errorf("a deeper cloudID was resolved: %s", a.OK)
	}

	a = c.sdk("hello", object{"run": "openData", "list": []string{mine, foreign, "x"}})
	var answer struct {
		List []struct {
			CloudID string
			ErrCode int
			Data    object
		}
		ErrMsg string
	}
	if err := json.Unmarshal(a.OK, &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.List) != 3 || answer.List[0].Data["phoneNumber"] != "13800000000" || answer.List[1].ErrCode != -601007 || answer.List[2].ErrCode != -601005 || answer.ErrMsg != "getOpenData:ok" {
		t.Errorf("%s", a.OK)
	}
	c.advance(6 * time.Minute)
	if a = c.sdk("hello", object{"run": "openData", "list": []string{mine}}); !strings.Contains(string(a.OK), "-601006") {
		t.Errorf("expired: %s", a.OK)
	}
}

func TestSDKWithoutInstallationIsNotFound(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": sdkFunction, "package.json": sdkPackage}, false)
	if r := c.call("hello", "oUser", object{"run": "send"}); r.ErrCode != -504002 || !strings.Contains(r.ErrMsg, "Cannot find module 'wx-server-sdk'") {
		t.Errorf("%+v", r)
	}
}

func TestInstallationFailures(t *testing.T) {
	needNode(t, "npm")
	files := map[string]string{"index.js": "exports.main = () => 1", "package.json": `{"dependencies":{"wxcloud-test-x":"file:./does-not-exist.tgz"}}`}
	failed := func(t *testing.T, o func(*emulator.Options)) string {
		c := start(t, func(options *emulator.Options) { options.CacheDir = t.TempDir() }, o)
		response := c.direct("CreateFunction", object{"FunctionName": "hello", "Code": object{"ZipFile": zipOf(t, files)}, "InstallDependency": "TRUE"})
		if code := errorCode(response); code != "" {
			t.Fatal(response)
		}
		deadline := time.Now().Add(time.Minute)
		for {
			f := c.function("hello")
			if f.Status == "CreateFailed" {
				got := c.action("scf", "GetFunction", object{"FunctionName": "hello"})
				if reasons := got["StatusReasons"].([]any); len(reasons) != 1 || reasons[0].(object)["ErrorMessage"] != f.Reason {
					t.Errorf("%v", got)
				}
				return f.Reason
			}
			if f.Status != "Creating" || time.Now().After(deadline) {
				t.Fatalf("%+v", f)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	t.Run("package", func(t *testing.T) {
		if reason := failed(t, func(*emulator.Options) {}); !strings.Contains(reason, "ENOENT") {
			t.Error(reason)
		}
	})
	t.Run("npm", func(t *testing.T) {
		if reason := failed(t, func(o *emulator.Options) { o.NPM = "no-such-npm" }); !strings.Contains(reason, "no-such-npm") {
			t.Error(reason)
		}
	})
}

// A package from the function's own zip needs no registry: npm really installs.
func TestOtherDependenciesAreInstalled(t *testing.T) {
	needNode(t, "npm")
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/package.json", []byte(`{"name":"wxcloud-test-dep","version":"1.0.0","main":"m.js"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/m.js", []byte(`module.exports = 'installed'`), 0o600); err != nil {
		t.Fatal(err)
	}
	manifest := string(encode(t, object{"dependencies": object{"wxcloud-test-dep": "file:" + dir}}))
	cache := t.TempDir()
	c := start(t, func(o *emulator.Options) { o.CacheDir = cache })
	files := map[string]string{"index.js": `exports.main = () => require('wxcloud-test-dep')`, "package.json": manifest}
	c.deploy("one", files, true)
	c.deploy("two", files, true)
	for _, name := range []string{"one", "two"} {
		if r := c.call(name, "o", object{}); string(r.Result) != `"installed"` {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
