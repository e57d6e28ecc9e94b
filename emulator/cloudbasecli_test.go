package emulator_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The real CloudBase CLI: it signs in with the account's key, deploys both ways,
// lists, invokes and reads logs.
func TestRealCloudBaseCLI(t *testing.T) {
	folder := realClient(t, "cloudbase-cli", "2.12.10")
	c := start(t)
	home, project := t.TempDir(), t.TempDir()
	env := append(c.proxied(home), "TZ=America/New_York") // not the cloud's own zone
	write := func(path, text string) {
		path = filepath.Join(project, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("cloudbaserc.json", `{"version":"2.0","envId":"local","region":"ap-shanghai","functionRoot":"./functions","functions":[
		{"name":"hello","timeout":5,"runtime":"Nodejs18.15","installDependency":false,"handler":"index.main"}]}`)
	write("functions/hello/index.js", "exports.main = async event => { console.log('seen', event.n); return { got: event.n } }")
	tcb := func(args ...string) string {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		command := exec.CommandContext(ctx, "node", append([]string{filepath.Join(folder, "node_modules", "@cloudbase", "cli", "bin", "tcb")}, args...)...)
		command.Dir, command.Env = project, env
		out, err := command.CombinedOutput()
		t.Logf("tcb %s: %v\n%s", args[0], err, out)
		if err != nil {
			t.Fatalf("tcb %s: %v\n%s", strings.Join(args[:2], " "), err, out)
		}
		return string(out)
	}
	who := c.e.Credentials()
	tcb("login", "--apiKeyId", who.TencentID, "--apiKey", who.TencentKey)
	tcb("fn", "deploy", "hello", "--deployMode", "zip", "--force")
	if r := c.call("hello", "o", object{"n": 1}); string(r.Result) != `{"got":1}` {
		t.Errorf("deployed as a zip: %+v", r)
	}
	write("functions/hello/index.js", "exports.main = async event => { console.log('written by it'); return { again: event.n } }")
	tcb("fn", "deploy", "hello", "--force")
	if r := c.call("hello", "o", object{"n": 2}); string(r.Result) != `{"again":2}` {
		t.Errorf("deployed through object storage: %+v", r)
	}
	if out := tcb("fn", "list"); !strings.Contains(out, "hello") {
		t.Error(out)
	}
	if out := tcb("fn", "invoke", "hello", "--params", `{"n":3}`); !strings.Contains(out, `{"again":3}`) {
		t.Error(out)
	}
	if out := tcb("fn", "log", "hello"); !strings.Contains(out, "written by it") {
		t.Error(out)
	}
}
