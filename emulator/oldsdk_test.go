package emulator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator"
	"wxcloud/emulator/faults"
)

// sdkFiles are a function with one version of the real SDK, pinned by a lockfile.
func sdkFiles(t *testing.T, version string) map[string]string {
	t.Helper()
	files := map[string]string{"index.js": sdkFunction}
	for _, name := range []string{"package.json", "package-lock.json"} {
		data, err := os.ReadFile(filepath.Join("testdata", "wx-server-sdk", version, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(data)
	}
	return files
}

// The older SDKs find the local cloud, sign so that it can check, and read its
// answers as their successors do.
func TestOlderSDKs(t *testing.T) {
	needNPM(t)
	const denied = "errCode: -604101 function has no permission to call this API | errMsg: system error: error code: -604101"
	for _, version := range []string{"3.0.4", "2.6.3", "1.8.3", "0.8.1"} {
		t.Run(version, func(t *testing.T) {
			c := start(t, func(o *emulator.Options) { o.Known = func(api string) bool { return api != "no.such" } })
			c.deploy("hello", sdkFiles(t, version), true)
			c.deploy("callee", map[string]string{"index.js": "exports.main = e => ({ got: e })"}, false)
			if a := c.sdk("hello", object{"run": "send"}); a.Code != -604101 || !strings.Contains(a.Text, denied) {
				t.Errorf("denied: %+v", a)
			}
			c.permit("hello", "subscribeMessage.send", "wxacode.get", "img.superresolution")
			c.advance(10 * time.Minute)
			if a := c.sdk("hello", object{"run": "unknown"}); a.Code != -604100 {
				t.Errorf("unknown interface: %+v", a)
			}
			id, err := c.remote.MintCloudID(t.Context(), "oUser", []byte(`{"phoneNumber":"13800000000"}`))
			if err != nil {
				t.Fatal(err)
			}
			if a := c.sdk("hello", object{"run": "openData", "list": []string{id}}); !strings.Contains(string(a.OK), "13800000000") {
				t.Errorf("open data: %+v %s", a, a.OK)
			}
			for do, code := range map[string]int{
				"code:45009": 45009, "code:-1": -1, "code:42001": 42001, "code:-604102": -604102, "garbage": -601001,
				"reset": -501001, "status:503": -501001, "error:SYS_ERR:broken": -501001, "error:EXCEED_REQUEST_LIMIT:too many": -501003,
			} {
				c.lay(faults.Rule{On: "subscribeMessage.send", Times: 1}, do)
				if a := c.sdk("hello", object{"run": "send"}); a.Code != code {
					t.Errorf("%s: %+v", do, a)
				}
			}
			for run, want := range map[string]string{
				"send":    `{"errMsg":"openapi.subscribeMessage.send:ok","errCode":0}`,
				"code":    `"head":"PNG"`,
				"image":   `"errCode":0`,
				"context": `"OPENID":"oUser"`,
				"callee":  `{"got":{`,
			} {
				if a := c.sdk("hello", object{"run": run}); a.Code != 0 || !strings.Contains(string(a.OK), want) {
					t.Errorf("%s: %+v %s", run, a, a.OK)
				}
			}
		})
	}
}
