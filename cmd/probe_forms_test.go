package cmd_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wxcloud/catalog"
	"wxcloud/cmd"
	"wxcloud/emulator"
	"wxcloud/internal/ui"
)

// handlers are the ways a file exports main. Each hands back what it was given.
var handlers = map[string]struct{ file, src string }{
	"arrow":    {"index.js", "exports.main = async (event, context) => ({ handled: event })"},
	"sync":     {"index.js", "module.exports.main = function (event, context) {\n  return { handled: event, count: arguments.length, named: exports.main.name }\n}\n"},
	"promise":  {"index.js", "exports.main = event => Promise.resolve({ handled: event })\r\n"},
	"object":   {"index.js", "const main = async event => ({ handled: event })\nmodule.exports = { main, other: 1 }\n"},
	"method":   {"index.js", "class Handler { constructor () { this.secret = 1 }\n  async main (event) { return { handled: event, self: this.secret } } }\nconst h = new Handler()\nexports.main = h.main.bind(h)\n"},
	"throwing": {"index.js", "'use strict'\nexports.main = event => { throw new Error('handled ' + JSON.stringify(event)) }\n"},
	"late":     {"index.js", "exports.main = async event => {\n  require('wx-server-sdk').init()\n  return { handled: event }\n}\n"},
	"compiled": {"index.js", "\"use strict\";\nObject.defineProperty(exports, \"__esModule\", { value: true });\nexports.main = void 0;\nconst main = async (event) => {\n    return { handled: event };\n};\nexports.main = main;\n"},
	"module":   {"index.mjs", "export const main = async (event, context) => { return { handled: event } }\n"},
	"hidden":   {"index.mjs", "export const main = async (names) => {\n  return { handled: names }\n}\n"},
	"declared": {"index.mjs", "export async function main (event) {\n  'use strict'\n  return { handled: event }\n}"},
}

// TestProbesInNode runs probed functions in Node with the real wx-server-sdk on
// the local cloud: only the nonce without a user reaches the probe, everything
// else the function as if there were no probe. Each reviewed call is refused for
// its permission before, and for its arguments after it was granted, and nothing
// was sent.
func TestProbesInNode(t *testing.T) {
	if testing.Short() {
		t.Skip("runs functions in Node")
	}
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil && os.Getenv("CI") != "true" {
			t.Skipf("needs %s", program)
		}
	}
	dir := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("project.config.json", `{"appid":"wx0123456789abcdef","cloudfunctionRoot":"cloudfunctions/"}`)
	for name, h := range handlers {
		write("cloudfunctions/"+name+"/"+h.file, h.src)
		write("cloudfunctions/"+name+"/package.json", `{"name":"f","main":"`+h.file+`","dependencies":{"wx-server-sdk":"latest"}}`)
	}
	local, err := emulator.Open(emulator.Options{
		Dir: filepath.Join(dir, ".wxcloud", "local"), AppID: "wx0123456789abcdef", DeployTime: -1,
		Known: func(api string) bool { _, ok := catalog.Lookup(api); return ok },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := local.Close(ctx); err != nil {
			t.Error(err)
		}
	}()
	if err := local.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	remote := local.Remote()
	defer remote.Close()
	run := func(args ...string) string {
		t.Helper()
		streams, out, errs := ui.Test("", ui.Kind{})
		status := cmd.Run(t.Context(), cmd.Process{Args: args, Streams: streams, Getenv: func(name string) string {
			if name == "LANG" {
				return "en_US.UTF-8"
			}
			return ""
		}, Dir: dir})
		if status != 0 {
			t.Fatalf("wxcloud %s ends with %d:\n%s%s", strings.Join(args, " "), status, out, errs)
		}
		return out.String()
	}
	apis := strings.Join(catalog.Probes(), ",")
	run("perm", "probe", "add", "--all", "--api", apis)
	run("deploy", "--local", "--yes")
	nonces := noncesOf(t, filepath.Join(dir, ".wxcloud", "local"))
	if len(nonces) != len(handlers) {
		t.Fatalf("%d nonces for %d functions", len(nonces), len(handlers))
	}
	invoke := func(function string, event map[string]any) string {
		t.Helper()
		data, err := json.Marshal(event)
		if err != nil {
			t.Fatal(err)
		}
		streams, out, _ := ui.Test("", ui.Kind{})
		cmd.Run(t.Context(), cmd.Process{Args: []string{"invoke", function, "--local", "--json", "-d", string(data)}, Streams: streams, Getenv: func(string) string { return "" }, Dir: dir})
		return out.String()
	}
	for function := range handlers {
		nonce := nonces[function]
		event := map[string]any{"wxcloudProbe": nonce}
		// The right nonce, but a user: the function, untouched.
		data, _ := json.Marshal(event)
		answer, err := remote.CallAsUser(t.Context(), function, "oSomebody", data)
		if err != nil || !strings.Contains(string(answer.Result)+answer.ErrMsg, "handled") || strings.Contains(string(answer.Result), `"api"`) {
			t.Errorf("%s: a user reaches %s %s, %v", function, answer.Result, answer.ErrMsg, err)
		}
		for name, event := range map[string]map[string]any{
			"no nonce": {"id": 7}, "a wrong nonce": {"wxcloudProbe": strings.Repeat("x", len(nonce))}, "a short one": {"wxcloudProbe": nonce[:10]},
			"an empty one": {"wxcloudProbe": ""}, "no text": {"wxcloudProbe": []string{nonce}}, "another's": {"wxcloudProbe": nonces[other(function)]},
		} {
			if got := invoke(function, event); !strings.Contains(got, "handled") || strings.Contains(got, "-604101") {
				t.Errorf("%s: %s reaches %s", function, name, got)
			}
		}
		got := invoke(function, event)
		if strings.Contains(got, "handled") || strings.Count(got, `-604101`) < 3 {
			t.Errorf("%s: before the grant the nonce gets %s", function, got)
		}
	}
	if got := invoke("sync", map[string]any{"id": 7}); !strings.Contains(strings.ReplaceAll(got, " ", ""), `"count":`) || !strings.Contains(got, `"named"`) {
		t.Errorf("the proxied function is no longer itself: %s", got)
	}
	run(append([]string{"perm", "add"}, append(catalog.Probes(), "--all", "--yes")...)...)
	run("perm", "push", "--all", "--local")
	if _, err := remote.AdvanceClock(t.Context(), 11*time.Minute); err != nil {
		t.Fatal(err)
	}
	for function := range handlers {
		got := invoke(function, map[string]any{"wxcloudProbe": nonces[function]})
		var answer struct {
			Result struct {
				Probe []struct {
					API     string `json:"api"`
					ErrCode int    `json:"errCode"`
				} `json:"wxcloudProbe"`
			} `json:"result"`
		}
		if err := json.Unmarshal([]byte(got), &answer); err != nil || len(answer.Result.Probe) != len(catalog.Probes()) {
			t.Errorf("%s: %v in %s", function, err, got)
		}
		for _, p := range answer.Result.Probe {
			known, _ := catalog.LookupProbe(p.API)
			if !slices.Contains(known.Expect, p.ErrCode) {
				t.Errorf("%s: %s is refused with %d, not one of %d", function, p.API, p.ErrCode, known.Expect)
			}
		}
		// Only what is asked for is called.
		got = invoke(function, map[string]any{"wxcloudProbe": nonces[function], "apis": []string{"security.msgSecCheck"}})
		if strings.Count(got, `"api"`) != 1 || !strings.Contains(got, "security.msgSecCheck") {
			t.Errorf("%s: asked for one: %s", function, got)
		}
	}
	if got := run("emulator", "sent"); !strings.Contains(got, "nothing was sent") {
		t.Errorf("a probe sent something: %s", got)
	}
	run("perm", "probe", "rm", "--all")
	for name, h := range handlers {
		got, err := os.ReadFile(filepath.Join(dir, "cloudfunctions", name, h.file))
		if err != nil || string(got) != h.src {
			t.Errorf("%s is not what it was: %q, %v", name, got, err)
		}
	}
}

func other(function string) string {
	if function == "arrow" {
		return "sync"
	}
	return "arrow"
}

// noncesOf reads the nonces out of the local cloud's own memory: nothing prints them.
func noncesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "state.json"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			name, _ := v["name"].(string)
			if data, err := json.Marshal(v["variables"]); err == nil && name != "" {
				if m := regexp.MustCompile(`"[A-Z2-7]{52}"`).Find(data); m != nil {
					found[name] = strings.Trim(string(m), `"`)
				}
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	var all any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	walk(all)
	return found
}
