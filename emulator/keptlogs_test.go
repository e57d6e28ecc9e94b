package emulator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wxcloud/emulator"
)

// Commands that start a local cloud of their own see what functions wrote in the
// ones before.
func TestLogsOutliveAStop(t *testing.T) {
	needNode(t)
	o := emulator.Options{Dir: t.TempDir(), AppID: appID, DeployTime: -1, Nodes: 1}
	c := startWith(t, o)
	c.deploy("hello", map[string]string{"index.js": `exports.main = (e) => { console.log('line', e.n) }`}, false)
	c.call("hello", "o", object{"n": 1})
	c.close()
	c = startWith(t, o)
	c.call("hello", "o", object{"n": 2})
	entries, _, err := c.remote.Logs(t.Context(), "hello", 0, false)
	if err != nil || len(entries) != 2 || !strings.Contains(entries[0].Log, "line 1") || !strings.Contains(entries[1].Log, "line 2") {
		t.Fatalf("%+v %v", entries, err)
	}
	c.close()
	path := filepath.Join(o.Dir, "logs.json")
	if err := os.WriteFile(path, []byte(`[{"sequence":`), 0o600); err != nil {
		t.Fatal(err)
	}
	c = startWith(t, o)
	if entries, _, err := c.remote.Logs(t.Context(), "", 0, false); err != nil || len(entries) != 0 {
		t.Errorf("a damaged file: %+v %v", entries, err)
	}
}
