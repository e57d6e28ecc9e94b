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
)

type ciAnswer struct {
	OK      object
	Message string
}

// ciProject writes a mini program with one cloud function.
func (c *cloud) ciProject(name string, files map[string]string) string {
	c.t.Helper()
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
	return project
}

// upload runs the real client against the local cloud.
func (c *cloud) upload(folder, name string, files map[string]string) ciAnswer {
	c.t.Helper()
	project := c.ciProject(name, files)
	script, err := os.ReadFile(filepath.Join("testdata", "miniprogram-ci", "upload.js"))
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(c.t.Context(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, "node", "-", appID, project, c.e.Credentials().UploadKeyPath, "local", name, filepath.Join(project, "cloudfunctions", name))
	command.Stdin = strings.NewReader(string(script))
	command.Dir = folder
	command.Env = c.proxied(c.t.TempDir())
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
	folder := realClient(t, "miniprogram-ci", "2.1.42")
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

// The command line of the same client: a function that is not there, an update
// with remote npm install, and a timer through the Node API.
func TestRealMiniprogramCICommandLine(t *testing.T) {
	folder := realClient(t, "miniprogram-ci", "2.1.42")
	needNPM(t)
	c := start(t)
	files := map[string]string{"index.js": sdkFunction, "package.json": sdkPackage}
	run := func() (string, error) {
		project := c.ciProject("hello", files)
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		command := exec.CommandContext(ctx, "node", filepath.Join(folder, "node_modules", "miniprogram-ci", "bin", "miniprogram-ci.js"),
			"cloud", "functions", "upload", "--pp", project, "--pkp", c.e.Credentials().UploadKeyPath, "--appid", appID,
			"--env", "local", "--name", "hello", "--path", filepath.Join(project, "cloudfunctions", "hello"), "--rnpm", "true")
		command.Dir, command.Env = folder, c.proxied(t.TempDir())
		out, err := command.CombinedOutput()
		return string(out), err
	}
	if out, err := run(); err == nil || !strings.Contains(out, "ResourceNotFound.Function") {
		t.Errorf("a function that is not there: %v\n%s", err, out)
	}
	c.deploy("hello", map[string]string{"index.js": "exports.main = () => 'old'"}, false)
	if out, err := run(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if f := c.waitFor("hello", "Active"); !f.Install {
		t.Errorf("%+v", f)
	}
	if a := c.sdk("hello", object{"run": "context"}); !strings.Contains(string(a.OK), "oUser") {
		t.Errorf("%+v", a)
	}

	project := c.ciProject("hello", files)
	script, err := os.ReadFile(filepath.Join("testdata", "miniprogram-ci", "trigger.js"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, "node", "-", appID, project, c.e.Credentials().UploadKeyPath, "local", "hello", "0 0 2 1 * * *")
	command.Stdin = strings.NewReader(string(script))
	command.Dir, command.Env = folder, c.proxied(t.TempDir())
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if f := c.function("hello"); len(f.Triggers) != 1 || f.Triggers[0].Name != "nightly" || f.Triggers[0].Config != "0 0 2 1 * * *" {
		t.Errorf("%+v", f.Triggers)
	}
}
