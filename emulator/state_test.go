package emulator_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"wxcloud/emulator"
	"wxcloud/internal/clierr"
)

// A state that cannot be used is named, says what to do, and stays as it is.
func TestUnusableStates(t *testing.T) {
	sum := strings.Repeat("ab", 32)
	function := func(members string) string {
		return `{"version":1,"functions":{"local/hello":{"env":"local","name":"hello","handler":"index.main"` + members + `}}}`
	}
	for name, data := range map[string]string{
		"cut short":              `{"version":1,"functions":{"local/hello":{"env":"lo`,
		"of nothing":             ``,
		"of another program":     `{"name":"x"}`,
		"of a newer wxcloud":     `{"version":99}`,
		"a function of nothing":  `{"version":1,"functions":{"local/hello":null}}`,
		"under another name":     strings.Replace(function(""), "local/hello", "local/other", 1),
		"code out of the folder": function(`,"current":{"sha256":"../../../../etc"}`),
		"pending out of it":      function(`,"current":{"sha256":"` + sum + `"},"pending":{"sha256":"../x"}`),
		"version out of it":      function(`,"versions":[{"number":1,"code":{"sha256":"/etc/passwd"}}]`),
		"handler out of it":      strings.Replace(function(""), "index.main", "../../x.main", 1),
		"a clock before time":    `{"version":1,"offsetNanoseconds":-1}`,
		"a clock after time":     `{"version":1,"offsetNanoseconds":9223372036854775807}`,
		"a list":                 `[]`,
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "state.json")
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := emulator.Open(emulator.Options{Dir: dir})
		if e != nil {
			_ = e.Close(t.Context())
		}
		told := asError(err)
		if !clierr.Is(err, "emulator/state-broken") || !strings.Contains(err.Error(), path) || len(told.Hints) == 0 || told.Hints[0].ID != "emulator/hint-reset-state" {
			t.Errorf("a state %s: %v", name, err)
		}
		if now, err := os.ReadFile(path); err != nil || string(now) != data {
			t.Errorf("a state %s was changed: %q", name, now)
		}
		// What the hint says works, and keeps the credentials there may be.
		if err := emulator.ResetFolder(dir); err != nil {
			t.Errorf("reset: %v", err)
		}
		e, err = emulator.Open(emulator.Options{Dir: dir})
		if err != nil {
			t.Fatalf("after the reset: %v", err)
		}
		if err := e.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// A key that cannot be read is named with a way out.
func TestUnusableKeys(t *testing.T) {
	for name, data := range map[string]string{
		"no PEM":  "x",
		"no key":  "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
		"nothing": "",
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "private."+appID+".key")
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := emulator.Open(emulator.Options{Dir: dir, AppID: appID})
		told := asError(err)
		if !clierr.Is(err, "emulator/state-broken") || !strings.Contains(err.Error(), path) || len(told.Hints) == 0 || told.Hints[0].ID != "emulator/hint-reset" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func asError(err error) *clierr.Error {
	told := &clierr.Error{}
	errors.As(err, &told)
	return told
}

// The first state files had neither versions, configs, code secrets nor observed
// calls. They are read as long as their version number is.
func TestStateOfTheFirstRelease(t *testing.T) {
	dir := t.TempDir()
	data, err := os.ReadFile("testdata/state-v1.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "state.json"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	c := startWith(t, emulator.Options{Dir: dir, AppID: appID, Nodes: 3})
	f := c.function("hello")
	if f.Status != "Active" || len(f.Openapi) != 1 || f.Openapi[0] != "subscribeMessage.send" || len(f.Triggers) != 1 || f.Timeout != 20 {
		t.Errorf("%+v", f)
	}
	c.permit("hello", "a.b")
	if got := c.function("hello").Openapi; len(got) != 1 || got[0] != "a.b" {
		t.Errorf("%v", got)
	}
}

// A state folder may come with a repository that wants to harm.
func TestFoldersThatLeadElsewhere(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege")
	}
	elsewhere := t.TempDir()
	victim := filepath.Join(elsewhere, "victim")
	if err := os.WriteFile(victim, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"functions", "zips", "home", "state.json", "address.json", "credentials.json", "ca.pem", "emulator.lock", "home/runner.js", "home/tmp", "."} {
		dir := filepath.Join(t.TempDir(), ".wxcloud", "local")
		link := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(link), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(elsewhere, link); err != nil {
			t.Fatal(err)
		}
		if e, err := emulator.Open(emulator.Options{Dir: dir}); !clierr.Is(err, "emulator/dir-link") {
			t.Errorf("%s: %v", name, err)
			if e != nil {
				_ = e.Close(t.Context())
			}
		}
		if err := emulator.ResetFolder(dir); !clierr.Is(err, "emulator/dir-link") {
			t.Errorf("reset %s: %v", name, err)
		}
	}
	if data, err := os.ReadFile(victim); string(data) != "mine" {
		t.Errorf("the file is now %q, %v", data, err)
	}
}

// Only what a local cloud made is ever deleted, and a link under the name of a
// zip is not written through.
func TestOthersFilesStay(t *testing.T) {
	dir := t.TempDir()
	zipFile := zipOf(t, map[string]string{"index.js": "exports.main = () => 1"})
	probe := startWith(t, emulator.Options{Dir: t.TempDir(), AppID: appID, DeployTime: -1})
	probe.direct("CreateFunction", object{"FunctionName": "hello", "Code": object{"ZipFile": zipFile}})
	sum := probe.function("hello").CodeSHA

	victim := filepath.Join(t.TempDir(), "victim")
	for path, text := range map[string]string{
		victim: "mine", filepath.Join(dir, "functions", "src", "a.js"): "mine", filepath.Join(dir, "zips", "photos.zip"): "mine",
		filepath.Join(dir, "functions", sum+"x", "a"): "mine", filepath.Join(dir, "functions", strings.Repeat("0", 64), "a"): "old code",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if runtime.GOOS != "windows" {
		if err := os.Symlink(victim, filepath.Join(dir, "zips", sum+".zip")); err != nil {
			t.Fatal(err)
		}
	}
	c := startWith(t, emulator.Options{Dir: dir, AppID: appID, DeployTime: -1})
	c.direct("CreateFunction", object{"FunctionName": "hello", "Code": object{"ZipFile": zipFile}})
	if err := c.remote.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.close()
	for _, path := range []string{victim, filepath.Join(dir, "functions", "src", "a.js"), filepath.Join(dir, "zips", "photos.zip"), filepath.Join(dir, "functions", sum+"x", "a")} {
		if data, err := os.ReadFile(path); string(data) != "mine" {
			t.Errorf("%s: %q, %v", path, data, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "functions", strings.Repeat("0", 64))); err == nil {
		t.Error("old code was not removed")
	}
	if _, err := os.Stat(filepath.Join(dir, "functions", sum)); err == nil {
		t.Error("a reset left the code")
	}
}

func TestTheFolderIsClosedToOthers(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("has no such modes")
	}
	dir := t.TempDir()
	for _, path := range []string{dir, filepath.Join(dir, "zips"), filepath.Join(dir, "functions"), filepath.Join(dir, "home")} {
		if err := os.MkdirAll(path, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, 0o755); err != nil { // as a check-out makes them
			t.Fatal(err)
		}
	}
	c := startWith(t, emulator.Options{Dir: dir, AppID: appID, DeployTime: -1})
	c.deploy("hello", map[string]string{"index.js": "exports.main = () => 1", "lib/a.js": "", "run.sh": ""}, false)
	c.advance(1)
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
