package emulator_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator"
)

var hello = map[string]string{"index.js": `exports.main = async (event, context) => ({ event, context })`}

func TestDescribeEnvsHasWhatClientsRequire(t *testing.T) {
	c := start(t)
	r := c.action("tcb", "DescribeEnvs", object{"WxAppId": appID})
	list := r["EnvList"].([]any)
	if len(list) != 1 {
		t.Fatalf("%v", r)
	}
	env := list[0].(object)
	for _, name := range []string{"EnvId", "Source", "Alias", "CreateTime", "UpdateTime", "Status"} {
		if s, ok := env[name].(string); !ok || s == "" {
			t.Errorf("%s is %v", name, env[name])
		}
	}
	for _, name := range []string{"Databases", "Storages"} {
		if _, ok := env[name].([]any); !ok {
			t.Errorf("%s is %v", name, env[name])
		}
	}
	first := env["Functions"].([]any)[0].(object)
	if env["EnvId"] != "local" || first["Namespace"] != "local" || first["Region"] == "" {
		t.Errorf("%v", env)
	}
	if other := c.action("tcb", "DescribeEnvs", object{"WxAppId": "wxffffffffffffffff"}); len(other["EnvList"].([]any)) != 0 {
		t.Errorf("another app has environments: %v", other)
	}
}

func TestLifeOfAFunction(t *testing.T) {
	c := start(t, func(o *emulator.Options) { o.DeployTime = time.Hour })
	name := object{"FunctionName": "hello", "Namespace": "local"}
	status := func() string {
		s, _ := c.action("scf", "GetFunction", name)["Status"].(string)
		return s
	}
	create := object{"FunctionName": "hello", "Namespace": "local", "Code": object{"ZipFile": zipOf(t, hello)}, "Runtime": "Nodejs18.15", "MemorySize": 256, "Timeout": 20}
	update := object{"FunctionName": "hello", "Namespace": "local", "ZipFile": zipOf(t, hello), "Handler": "index.main", "InstallDependency": "FALSE"}

	if code := errorCode(c.action("scf", "GetFunction", name)); code != "ResourceNotFound.Function" {
		t.Errorf("before: %s", code)
	}
	if code := errorCode(c.direct("UpdateFunctionCode", update)); code != "ResourceNotFound.Function" {
		t.Errorf("update before: %s", code)
	}
	if r := c.direct("CreateFunction", create); errorCode(r) != "" || r["RequestId"] == "" {
		t.Fatalf("create: %v", r)
	}
	if code := errorCode(c.direct("CreateFunction", create)); code != "ResourceInUse.FunctionName" {
		t.Errorf("create again: %s", code)
	}
	if s := status(); s != "Creating" {
		t.Errorf("after create: %s", s)
	}
	if code := errorCode(c.direct("UpdateFunctionCode", update)); code != "FailedOperation.UpdateFunctionCode" {
		t.Errorf("update while creating: %s", code)
	}
	c.advance(time.Hour)
	if s := status(); s != "Active" {
		t.Errorf("an hour later: %s", s)
	}
	if r := c.direct("UpdateFunctionCode", update); errorCode(r) != "" {
		t.Errorf("update: %v", r)
	}
	if s := status(); s != "Updating" {
		t.Errorf("after update: %s", s)
	}
	if code := errorCode(c.action("scf", "UpdateFunctionConfiguration", object{"FunctionName": "hello", "Namespace": "local", "Timeout": 30})); code != "FailedOperation.UpdateFunctionConfiguration" {
		t.Errorf("configure while updating: %s", code)
	}
	c.advance(time.Hour)
	if r := c.action("scf", "UpdateFunctionConfiguration", object{
		"FunctionName": "hello", "Namespace": "local", "Timeout": 30, "MemorySize": 512,
		"Environment": object{"Variables": []object{{"Key": "A", "Value": "1"}}},
	}); errorCode(r) != "" {
		t.Errorf("configure: %v", r)
	}
	c.advance(time.Hour)
	got := c.action("scf", "GetFunction", name)
	variables := got["Environment"].(object)["Variables"].([]any)
	if got["Status"] != "Active" || got["Timeout"] != 30.0 || got["MemorySize"] != 512.0 || len(variables) != 1 || got["Runtime"] != "Nodejs18.15" {
		t.Errorf("%v", got)
	}
	if eip := got["PublicNetConfig"].(object)["EipConfig"].(object)["EipStatus"]; eip != "DISABLE" {
		t.Errorf("EipStatus %v", eip)
	}
	list := c.action("scf", "ListFunctions", object{"Namespace": "local", "Offset": 0, "Limit": 100})
	if list["TotalCount"] != 1.0 || list["Functions"].([]any)[0].(object)["FunctionName"] != "hello" {
		t.Errorf("%v", list)
	}
	if r := c.action("scf", "DeleteFunction", name); errorCode(r) != "" {
		t.Errorf("delete: %v", r)
	}
	if code := errorCode(c.action("scf", "DeleteFunction", name)); code != "ResourceNotFound.Function" {
		t.Errorf("delete again: %s", code)
	}
}

func TestWrongCloudActions(t *testing.T) {
	c := start(t)
	c.deploy("hello", hello, false)
	good := zipOf(t, hello)
	for _, tt := range []struct {
		name, action, code string
		body               any
	}{
		{"unknown action", "PublishLayerVersion", "InvalidAction", object{}},
		{"no JSON", "GetFunction", "InvalidParameter", `{"FunctionName":`},
		{"another environment", "GetFunction", "ResourceNotFound.Namespace", object{"FunctionName": "hello", "Namespace": "env-1"}},
		{"not base64", "UpdateFunctionCode", "InvalidParameterValue.ZipFileBase64BinasciiError", object{"FunctionName": "hello", "ZipFile": "?"}},
		{"not a zip", "UpdateFunctionCode", "InvalidParameterValue.ZipFile", object{"FunctionName": "hello", "ZipFile": base64.StdEncoding.EncodeToString([]byte("text"))}},
		{"zip that leaves its folder", "UpdateFunctionCode", "InvalidParameterValue.ZipFile", object{"FunctionName": "hello", "ZipFile": zipOf(t, map[string]string{"../x.js": ""})}},
		{"no code", "UpdateFunctionCode", "InvalidParameterValue.Code", object{"FunctionName": "hello"}},
		{"handler", "UpdateFunctionCode", "InvalidParameterValue.Handler", object{"FunctionName": "hello", "ZipFile": good, "Handler": "main"}},
		{"name", "CreateFunction", "InvalidParameterValue.FunctionName", object{"FunctionName": "1你", "Code": object{"ZipFile": good}}},
		{"runtime", "CreateFunction", "InvalidParameterValue.Runtime", object{"FunctionName": "new1", "Runtime": "Python3.6", "Code": object{"ZipFile": good}}},
		{"memory", "UpdateFunctionConfiguration", "InvalidParameterValue.MemorySize", object{"FunctionName": "hello", "MemorySize": 200}},
		{"time limit", "UpdateFunctionConfiguration", "InvalidParameterValue.Timeout", object{"FunctionName": "hello", "Timeout": 0}},
		{"variables", "UpdateFunctionConfiguration", "InvalidParameterValue.EnvironmentExceededLimit", object{"FunctionName": "hello", "Environment": object{"Variables": []object{{"Key": "A", "Value": strings.Repeat("x", 5000)}}}}},
		{"trigger text", "BatchCreateTrigger", "InvalidParameterValue.Triggers", object{"FunctionName": "hello", "Triggers": "x", "Count": 1}},
		{"trigger count", "BatchCreateTrigger", "InvalidParameterValue.Count", object{"FunctionName": "hello", "Triggers": "[]", "Count": 1}},
		{"trigger cron", "BatchCreateTrigger", "InvalidParameterValue.TriggerDesc", object{"FunctionName": "hello", "Triggers": `[{"TriggerName":"t","Type":"timer","TriggerDesc":"0 2 * * *"}]`, "Count": 1}},
		{"trigger name", "BatchCreateTrigger", "InvalidParameterValue.TriggerName", object{"FunctionName": "hello", "Triggers": `[{"TriggerName":"1st","Type":"timer","TriggerDesc":"0 0 2 * * * *"}]`, "Count": 1}},
		{"trigger name of other letters", "BatchCreateTrigger", "InvalidParameterValue.TriggerName", object{"FunctionName": "hello", "Triggers": `[{"TriggerName":"t每天","Type":"timer","TriggerDesc":"0 0 2 * * * *"}]`, "Count": 1}},
		{"trigger of nothing", "BatchCreateTrigger", "ResourceNotFound.Function", object{"FunctionName": "none", "Triggers": "[]", "Count": 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c.t = t
			if r := c.action("scf", tt.action, tt.body); errorCode(r) != tt.code || r["RequestId"] == "" {
				t.Errorf("want %s, got %v", tt.code, r)
			}
		})
	}
	c.t = t
	if f := c.function("hello"); f.Status != "Active" || f.Handler != "index.main" || f.MemoryMB != 256 {
		t.Errorf("a refused change took effect: %+v", f)
	}
}

func TestTriggersAreStored(t *testing.T) {
	c := start(t)
	c.deploy("hello", hello, false)
	for _, cron := range []string{"0 0 2 1 * * *", "0 0 3 1 * * *"} {
		r := c.action("scf", "BatchCreateTrigger", object{
			"FunctionName": "hello", "Namespace": "local", "Count": 1,
			"Triggers": `[{"TriggerName":"daily","Type":"timer","TriggerDesc":"` + cron + `"}]`,
		})
		if errorCode(r) != "" {
			t.Fatalf("%v", r)
		}
	}
	triggers := c.action("scf", "GetFunction", object{"FunctionName": "hello"})["Triggers"].([]any)
	if len(triggers) != 1 || triggers[0].(object)["TriggerDesc"] != `{"cron":"0 0 3 1 * * *"}` {
		t.Errorf("%v", triggers)
	}
}

func TestInvokeAction(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": `exports.main = async (event) => {
  console.log('hi')
  if (event.fail) throw new Error('no')
  return { event, token: process.env.WX_API_TOKEN || null }
}`}, false)
	r := c.action("scf", "Invoke", object{"FunctionName": "hello", "Namespace": "local", "ClientContext": `{"a":1}`, "LogType": "Tail"})
	result, ok := r["Result"].(object)
	// The cloud API does not come through WeChat: no cloud-call ticket.
	if !ok || result["RetMsg"] != `{"event":{"a":1},"token":null}` || result["InvokeResult"] != 0.0 || result["Log"] != "hi\n" {
		t.Errorf("%v", r)
	}
	r = c.action("scf", "Invoke", object{"FunctionName": "hello", "ClientContext": `{"fail":1}`})
	result = r["Result"].(object)
	if result["InvokeResult"] != -1.0 || !strings.Contains(result["ErrMsg"].(string), "Error: no") {
		t.Errorf("%v", r)
	}
	if code := errorCode(c.action("scf", "Invoke", object{"FunctionName": "none"})); code != "ResourceNotFound.Function" {
		t.Errorf("%s", code)
	}
}
