package js

import "testing"

func TestInitialised(t *testing.T) {
	const load, use = "const cloud = require('wx-server-sdk')\n", "\nexports.main = () => cloud.openapi.a.b({})"
	for text, want := range map[string]bool{
		"":                               false,
		"cloud.init()":                   true,
		"cloud['init']({ env: 'a' })":    true,
		"const { init } = cloud; init()": true,
		"[cloud].forEach(c => c.init())": true,
		"cloud.init.call(cloud)":         true,
		"global.sdk = cloud; later(); function later() { sdk.init() }": true,
		"const c = cloud.createNewInstance({})":                        true,
		"// cloud.init()":                                              false,
		"const s = 'cloud.init()', init = 1":                           false,
		"exports.init = () => 1":                                       false,
	} {
		if r := analyzeText(NewAnalyzer(), load+text+use, "index.js"); r.Initialised != want || !r.UsesSDK || len(r.Calls) != 1 {
			t.Errorf("%s: %v, %d calls", text, r.Initialised, len(r.Calls))
		}
	}
}
