package emulator_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
)

// One plain PUT stores code as well; what no grant covers is refused.
func TestCodeThroughObjectStorage(t *testing.T) {
	c := start(t)
	info := c.action("scf", "GetTempCosInfo", object{"ObjectPath": "1250000000/local/hello.zip"})
	key := info["Date"].(string) + "/1250000000/local/hello.zip"
	zipped, err := base64.StdEncoding.DecodeString(zipOf(t, map[string]string{"index.js": "exports.main = () => 'stored'"}))
	if err != nil {
		t.Fatal(err)
	}
	put := func(key, authorization string) int {
		h := http.Header{"Authorization": {authorization}, "Host": {"shtempcos-1253665819.cos.ap-shanghai.myqcloud.com"}}
		status, _, _ := c.send(http.MethodPut, "/"+key, h, zipped)
		return status
	}
	sign := info["Sign"].(string)
	for _, refused := range [][2]string{{key, ""}, {key, sign + "0"}, {"other.zip", sign}} {
		if status := put(refused[0], refused[1]); status != http.StatusForbidden {
			t.Errorf("%v: %d", refused, status)
		}
	}
	if status := put(key, sign); status != http.StatusOK {
		t.Fatal(status)
	}
	create := func(name string) string {
		return errorCode(c.action("scf", "CreateFunction", object{
			"FunctionName": "hello", "Handler": "index.main", "InstallDependency": "FALSE",
			"Code": object{"TempCosObjectName": name, "CosBucketRegion": "ap-shanghai"},
		}))
	}
	if code := create("/nothing.zip"); code != "InvalidParameterValue.TempCosObjectName" {
		t.Error(code)
	}
	if code := create("/" + key); code != "" {
		t.Fatal(code)
	}
	c.waitFor("hello", "Active")
	if r := c.call("hello", "o", object{}); !strings.Contains(string(r.Result), "stored") {
		t.Errorf("%+v", r)
	}
}
