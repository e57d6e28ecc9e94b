package emulator_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator"
	"wxcloud/emulator/signature"
)

// Documented, never verified live: no client here makes these calls.

func (c *cloud) authorizer(path string, body any) object {
	c.t.Helper()
	return c.post(path+"?access_token="+c.e.Credentials().AuthorizerToken, body)
}

func TestFunctionConfigurationByType(t *testing.T) {
	c := start(t)
	c.deploy("hello", hello, false)
	set := func(kind int, config string) float64 {
		return c.authorizer("/tcb/uploadfuncconfig", object{"type": kind, "env": "local", "function_name": "hello", "config": config})["errcode"].(float64)
	}
	get := func(kind int) object {
		return c.authorizer("/tcb/getfuncconfig", object{"type": kind, "env": "local", "function_name": "hello"})
	}
	texts := map[int]string{
		1: `{"permissions":{"openapi":["a.b"]},"other":1}`,
		2: `{"triggers":[{"name":"t1","type":"timer","config":"0 0 2 1 * * *"}]}`,
		3: `{"timeout":60,"environment":[{"key":"A","value":"1"}]}`,
	}
	for kind := 1; kind <= 3; kind++ {
		if code := get(kind)["errcode"]; code != 85089.0 {
			t.Errorf("type %d before: %v", kind, code)
		}
		if code := set(kind, texts[kind]); code != 0 {
			t.Errorf("type %d: %v", kind, code)
		}
		if out := get(kind); out["config"] != texts[kind] {
			t.Errorf("type %d: %v", kind, out)
		}
	}
	f := c.function("hello")
	if f.Timeout != 60 || len(f.Triggers) != 1 || f.Triggers[0] != (emulator.Trigger{Name: "t1", Type: "timer", Config: "0 0 2 1 * * *", WeChat: true, Since: f.Triggers[0].Since}) || !slices.Equal(f.Openapi, []string{"a.b"}) {
		t.Errorf("%+v", f)
	}
	got := c.action("scf", "GetFunction", object{"FunctionName": "hello"})
	variables := got["Environment"].(object)["Variables"].([]any)
	if len(variables) != 1 || variables[0].(object)["Key"] != "A" {
		t.Errorf("%v", variables)
	}
	// Each type replaces the whole of its part.
	if set(3, `{}`) != 0 || set(2, `{"triggers":[]}`) != 0 {
		t.Error("an empty part is refused")
	}
	if f = c.function("hello"); f.Timeout != 3 || len(f.Triggers) != 0 || len(f.Openapi) != 1 {
		t.Errorf("%+v", f)
	}
	for kind, configs := range map[int][]string{
		0: {`{}`},
		1: {`{}`, `[`, `{"permissions":null}`},
		2: {`{}`, `{"triggers":[{"name":"","type":"timer","config":"0 0 2 1 * * *"}]}`, `{"triggers":[{"name":"每天","type":"timer","config":"0 0 2 1 * * *"}]}`, `{"triggers":[{"name":"a","type":"timer","config":"0 2 * * *"}]}`},
		3: {`[`, `{"timeout":0}`, `{"timeout":301}`, `{"environment":[{"key":"","value":"x"}]}`},
		4: {`{}`},
	} {
		for _, config := range configs {
			if code := set(kind, config); code != 40097 {
				t.Errorf("type %d %s: %v", kind, config, code)
			}
		}
	}
}

// A platform signs an upload, marks it as its own, and gets the code back.
func TestThirdPartyUpload(t *testing.T) {
	c := start(t)
	c.deploy("hello", hello, false)
	if code := c.authorizer("/tcb/downloadfunction", object{"env": "local", "function_name": "hello"})["errcode"]; code != 48001.0 {
		t.Errorf("code that somebody else uploaded: %v", code)
	}
	secret := c.authorizer("/tcb/getcodesecret", object{})["codesecret"]
	if again := c.authorizer("/tcb/getcodesecret", object{})["codesecret"]; secret == "" || again != secret {
		t.Errorf("code secret %v, then %v", secret, again)
	}
	zipped := zipOf(t, map[string]string{"index.js": "exports.main = () => 'platform'"})
	upload := func(secret any) object {
		body := encode(t, object{"CodeSecret": secret, "EnvId": "local", "FunctionName": "hello", "Handler": "index.main", "ZipFile": zipped, "InstallDependency": "FALSE"})
		sum := sha256.Sum256(body)
		out := c.authorizer("/tcb/getuploadsignature", object{"hashed_payload": hex.EncodeToString(sum[:])})
		h := http.Header{}
		for line := range strings.SplitSeq(out["headers"].(string), "\n") {
			name, value, _ := strings.Cut(line, ":")
			h.Set(name, strings.TrimSpace(value))
		}
		return c.directWith(h, body)
	}
	if code := errorCode(upload("somebody else's")); code != "InvalidParameterValue.CodeSecret" {
		t.Errorf("a wrong code secret: %q", code)
	}
	if code := errorCode(upload(secret)); code != "" {
		t.Fatal(code)
	}
	if r := c.call("hello", "o", object{}); string(r.Result) != `"platform"` {
		t.Errorf("%+v", r)
	}
	out := c.authorizer("/tcb/downloadfunction", object{"env": "local", "function_name": "hello"})
	if data := c.fetch(out["url"].(string)); base64.StdEncoding.EncodeToString(data) != zipped || signature.Hash(data) != out["checksum"] {
		t.Errorf("%v", out)
	}
	if code := errorCode(c.action("scf", "GetFunctionAddress", object{"FunctionName": "hello"})); code != "UnauthorizedOperation.CodeSecret" {
		t.Errorf("the address of a platform's code: %q", code)
	}
	if code := c.post("/tcb/getcodesecret?access_token="+c.stableToken(), object{})["errcode"]; code != 40014.0 {
		t.Errorf("an ordinary token: %v", code)
	}
}

// fetch follows a link of this local cloud.
func (c *cloud) fetch(link string) []byte {
	c.t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		c.t.Fatal(err)
	}
	status, _, data := c.send(http.MethodGet, u.RequestURI(), nil, nil)
	if status != http.StatusOK {
		c.t.Fatalf("%s: %d %s", link, status, data)
	}
	return data
}

func TestFunctionAddress(t *testing.T) {
	c := start(t)
	c.deploy("hello", hello, false)
	out := c.action("scf", "GetFunctionAddress", object{"FunctionName": "hello", "Namespace": "local"})
	link := out["Url"].(string)
	if data := c.fetch(link); signature.Hash(data) != out["CodeSha256"] {
		t.Errorf("%v", out)
	}
	u, _ := url.Parse(link)
	for _, changed := range []string{
		strings.Replace(u.RequestURI(), "sign=", "sign=0", 1),
		strings.Replace(u.RequestURI(), "until=", "until=9", 1),
		"/_code/../../state.json",
	} {
		if status, _, _ := c.send(http.MethodGet, changed, nil, nil); status == http.StatusOK {
			t.Errorf("%s is served", changed)
		}
	}
}

func TestIncrementalCode(t *testing.T) {
	c := start(t)
	c.deploy("hello", map[string]string{
		"index.js": "exports.main = () => require('./a') + (require('fs').existsSync(__dirname + '/old/x.js') ? ' old' : '')",
		"a.js":     "module.exports = 1", "old/x.js": "",
	}, false)
	out := c.action("scf", "UpdateFunctionIncrementalCode", object{
		"FunctionName": "hello", "AddFiles": zipOf(t, map[string]string{"a.js": "module.exports = 2", "b/c.js": ""}), "DeleteFiles": []string{"old/"},
	})
	if code := errorCode(out); code != "" {
		t.Fatal(out)
	}
	c.waitFor("hello", "Active")
	if r := c.call("hello", "o", object{}); string(r.Result) != `"2"` {
		t.Errorf("%+v", r)
	}
	data := c.fetch(c.action("scf", "GetFunctionAddress", object{"FunctionName": "hello"})["Url"].(string))
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "a.js b/c.js index.js" {
		t.Error(got)
	}
	for _, bad := range []object{
		{"FunctionName": "hello", "AddFiles": "not base64!"},
		{"FunctionName": "hello", "AddFiles": base64.StdEncoding.EncodeToString([]byte("not a zip"))},
		{"FunctionName": "none"},
	} {
		if errorCode(c.action("scf", "UpdateFunctionIncrementalCode", bad)) == "" {
			t.Errorf("%v passed", bad)
		}
	}
}

func TestVersions(t *testing.T) {
	c := start(t)
	code := func(n string) map[string]string {
		return map[string]string{"index.js": "exports.main = () => " + n}
	}
	invoke := func(qualifier string) any {
		out := c.action("scf", "Invoke", object{"FunctionName": "hello", "Qualifier": qualifier})
		if code := errorCode(out); code != "" {
			return code
		}
		return out["Result"].(object)["RetMsg"]
	}
	c.deploy("hello", code("1"), false)
	if out := c.action("scf", "PublishVersion", object{"FunctionName": "hello", "Description": "first"}); out["FunctionVersion"] != "1" {
		t.Errorf("%v", out)
	}
	c.deploy("hello", code("2"), false)
	for qualifier, want := range map[string]string{"": "2", "$LATEST": "2", "1": "1", "7": "ResourceNotFound.Function"} {
		if got := invoke(qualifier); got != want {
			t.Errorf("%q runs %v, want %s", qualifier, got, want)
		}
	}
	out := c.action("scf", "ListVersionByFunction", object{"FunctionName": "hello"})
	if list := out["FunctionVersion"].([]any); len(list) != 2 || list[0] != "$LATEST" || list[1] != "1" {
		t.Errorf("%v", out)
	}
	if code := errorCode(c.action("scf", "GetFunctionAddress", object{"FunctionName": "hello", "Qualifier": "7"})); code != "ResourceNotFound.FunctionVersion" {
		t.Error(code)
	}
}

func TestTriggersAreListedAndDeleted(t *testing.T) {
	c := start(t)
	c.deploy("hello", hello, false)
	c.action("scf", "BatchCreateTrigger", object{
		"FunctionName": "hello", "Count": 1, "Triggers": `[{"TriggerName":"t1","Type":"timer","TriggerDesc":"0 0 2 * * * *"}]`,
	})
	list := c.action("scf", "ListTriggers", object{"FunctionName": "hello"})
	if list["TotalCount"] != 1.0 || list["Triggers"].([]any)[0].(object)["TriggerName"] != "t1" {
		t.Errorf("%v", list)
	}
	for _, want := range []string{"", "ResourceNotFound.Trigger"} {
		if code := errorCode(c.action("scf", "DeleteTrigger", object{"FunctionName": "hello", "TriggerName": "t1", "Type": "timer"})); code != want {
			t.Errorf("%q, want %q", code, want)
		}
	}
	if f := c.function("hello"); len(f.Triggers) != 0 {
		t.Errorf("%+v", f)
	}
}

// Temporary Tencent credentials sign cloud actions as the cloud API documents.
func TestTemporaryCredentials(t *testing.T) {
	c := start(t)
	c.deploy("hello", hello, false)
	out := c.post("/tcb/getqcloudtoken?access_token="+c.stableToken(), object{"lifespan": 7200})
	id, key, token := out["secretid"].(string), out["secretkey"].(string), out["token"].(string)
	ask := func(key, token string) string {
		body := encode(t, object{"FunctionName": "hello", "Namespace": "local"})
		now := time.Now()
		h := http.Header{}
		h.Set("Authorization", signature.Public(id, key, "scf", "scf.tencentcloudapi.com", "application/json", signature.Hash(body), now))
		h.Set("Content-Type", "application/json")
		h.Set("Host", "scf.tencentcloudapi.com")
		h.Set("X-TC-Action", "GetFunction")
		h.Set("X-TC-Timestamp", strconv.FormatInt(now.Unix(), 10))
		h.Set("X-TC-Token", token)
		return errorCode(c.directWith(h, body))
	}
	if code := ask(key, token); code != "" {
		t.Error(code)
	}
	if code := ask(key, "another"); code != "AuthFailure.SecretIdNotFound" {
		t.Error(code)
	}
	if code := ask("another", token); code != "AuthFailure.SignatureFailure" {
		t.Error(code)
	}
	for i := range 10 { // ten an hour, of which one is used up
		code := c.post("/tcb/getqcloudtoken?access_token="+c.stableToken(), object{"lifespan": 60})["errcode"]
		if (i == 9) != (code == 45009.0) {
			t.Errorf("%d: %v", i, code)
		}
	}
	for _, bad := range []int{0, 7201} {
		if code := c.post("/tcb/getqcloudtoken?access_token="+c.stableToken(), object{"lifespan": bad})["errcode"]; code != 40097.0 {
			t.Errorf("%d: %v", bad, code)
		}
	}
}

func TestEnvironmentInfo(t *testing.T) {
	c := start(t)
	for env, want := range map[string]int{"": 1, "local": 1, "other": 0} {
		if list := c.authorizer("/tcb/getenvinfo", object{"env": env})["info_list"].([]any); len(list) != want {
			t.Errorf("%q: %v", env, list)
		}
	}
}

// What was promised before a reset is void after it: with the clock set back a
// cloudID would live on.
func TestResetForgetsCloudIDs(t *testing.T) {
	needNode(t)
	c := start(t)
	id, err := c.remote.MintCloudID(t.Context(), "oUser", []byte(`{"phoneNumber":"13800000000"}`))
	if err == nil {
		err = c.remote.Reset(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	c.deploy("echo", map[string]string{"index.js": "exports.main = event => event.phone"}, false)
	if r := c.call("echo", "oUser", object{"phone": object{"cloudID": id}}); !strings.Contains(string(r.Result), "-601005") {
		t.Errorf("%+v", r)
	}
}

// The transcript says which invocation a request started.
func TestTranscriptNamesInvocations(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": "exports.main = (event, context) => context.request_id"}, false)
	out := c.post("/tcb/invokecloudfunction?env=local&name=hello&access_token="+c.stableToken(), object{})
	byHTTP := strings.Trim(out["resp_data"].(string), `"`)
	result := c.action("scf", "Invoke", object{"FunctionName": "hello"})["Result"].(object)
	s, err := c.remote.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, x := range s.Requests {
		got[x.Action] = x.RequestID
	}
	if got["/tcb/invokecloudfunction"] != byHTTP || byHTTP == "" || got["Invoke"] != result["FunctionRequestId"] {
		t.Errorf("%v, want %s and %v", got, byHTTP, result["FunctionRequestId"])
	}
}
