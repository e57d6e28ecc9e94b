package emulator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
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
			c := start(t)
			c.deploy("hello", sdkFiles(t, version), true)
			c.deploy("callee", map[string]string{"index.js": "exports.main = e => ({ got: e })"}, false)
			if a := c.sdk("hello", object{"run": "send"}); a.Code != -604101 || !strings.Contains(a.Text, denied) {
				t.Errorf("denied: %+v", a)
			}
			c.permit("hello", "subscribeMessage.send", "wxacode.get", "img.superresolution")
			c.advance(10 * time.Minute)
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
