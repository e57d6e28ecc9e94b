package emulator_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

// miniprogramCI installs the real miniprogram-ci 2.1.42, pinned by a lockfile,
// into the user's cache folder on first use, and returns its folder.
func miniprogramCI(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("needs miniprogram-ci from npm (1,075 packages); left out with -short")
	}
	needNode(t, "npm")
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(cache, "wxcloud", "test-clients", "miniprogram-ci-2.1.42")
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(folder + ".lock")
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	defer lock.Unlock()
	if _, err := os.Stat(folder); err == nil {
		return folder
	}
	partial, err := os.MkdirTemp(filepath.Dir(folder), "partial-") //nolint:usetesting // it is renamed, so it lies beside its place
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(partial)
	for _, name := range []string{"package.json", "package-lock.json"} {
		data, err := os.ReadFile(filepath.Join("testdata", "miniprogram-ci", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(partial, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("installing miniprogram-ci 2.1.42 with npm into %s; this takes about a minute, once", folder)
	command := exec.CommandContext(t.Context(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional")
	command.Dir = partial
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	if err := os.Rename(partial, folder); err != nil {
		t.Fatal(err)
	}
	return folder
}

type ciAnswer struct {
	OK      object
	Message string
}

// upload runs the real client against the local cloud.
func (c *cloud) upload(folder, name string, files map[string]string) ciAnswer {
	c.t.Helper()
	s, err := c.remote.Status(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	project := c.t.TempDir()
	write := func(path, text string) {
		path = filepath.Join(project, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			c.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			c.t.Fatal(err)
		}
	}
	write("project.config.json", `{"appid":"`+appID+`","miniprogramRoot":"miniprogram/","cloudfunctionRoot":"cloudfunctions/"}`)
	write("miniprogram/app.json", `{"pages":["index"]}`)
	for path, text := range files {
		write("cloudfunctions/"+name+"/"+path, text)
	}
	script, err := os.ReadFile(filepath.Join("testdata", "miniprogram-ci", "upload.js"))
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(c.t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, "node", "-", appID, project, c.e.Credentials().UploadKeyPath, "local", name, filepath.Join(project, "cloudfunctions", name))
	command.Stdin = strings.NewReader(string(script))
	command.Dir = folder
	command.Env = append(os.Environ(), "HTTPS_PROXY="+c.e.URL(), "https_proxy="+c.e.URL(), "NO_PROXY=", "no_proxy=", "NODE_EXTRA_CA_CERTS="+s.CAPath, "HOME="+c.t.TempDir())
	out, err := command.CombinedOutput()
	_, line, found := strings.Cut(string(out), "\nANSWER ")
	if err != nil || !found {
		c.t.Fatalf("%v\n%s", err, out)
	}
	var a ciAnswer
	if err := json.Unmarshal([]byte(strings.TrimSpace(line)), &a); err != nil {
		c.t.Fatal(err)
	}
	return a
}

// The main job with clients that others wrote: miniprogram-ci updates a
// function, wx-server-sdk calls out of it.
func TestRealMiniprogramCIAndSDK(t *testing.T) {
	folder := miniprogramCI(t)
	needNPM(t)
	c := start(t)

	// It cannot create a function: it waits for one before it looks.
	missing := c.upload(folder, "hello", map[string]string{"index.js": sdkFunction, "package.json": sdkPackage})
	if !strings.Contains(missing.Message, "ResourceNotFound.Function") {
		t.Errorf("a function that is not there: %+v", missing)
	}

	c.deploy("hello", map[string]string{"index.js": "exports.main = () => 'old'", "package.json": sdkPackage}, true)
	config := `{"permissions":{"openapi":["subscribeMessage.send"]}}`
	updated := c.upload(folder, "hello", map[string]string{"index.js": sdkFunction, "package.json": sdkPackage, "config.json": config})
	if updated.OK == nil || updated.OK["filesCount"] != 3.0 {
		t.Fatalf("update: %+v", updated)
	}
	f := c.waitFor("hello", "Active")
	// The upload stored code alone, though config.json was in it.
	if f.Applied || f.CodeSize == 0 {
		t.Errorf("%+v", f)
	}

	// It sent InstallDependency FALSE; ask for remote installation again.
	c.action("scf", "UpdateFunctionConfiguration", object{"FunctionName": "hello", "InstallDependency": "TRUE"})
	c.waitFor("hello", "Active")
	if a := c.sdk("hello", object{"run": "send"}); a.Code != -604101 {
		t.Errorf("undeclared: %+v", a)
	}
	c.permit("hello", "subscribeMessage.send")
	if a := c.sdk("hello", object{"run": "send"}); a.Code != -604101 {
		t.Errorf("declared a moment ago: %+v", a)
	}
	c.advance(10 * time.Minute)
	if a := c.sdk("hello", object{"run": "send"}); string(a.OK) != `{"errMsg":"openapi.subscribeMessage.send:ok","errCode":0}` {
		t.Errorf("ten minutes later: %+v %s", a, a.OK)
	}
}
