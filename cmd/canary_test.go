package cmd_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"wxcloud/cmd"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
)

// canary is a project with a secret in every place that could hide one, against
// a local cloud that stands for a real one. Whatever leaves a command is
// searched for all of them.
type canary struct {
	*testing.T
	project, server string
	secrets         map[string]string // where each comes from
	planted         map[string]bool   // files of the project that hold one, as they should
	env             map[string]string
	output          int // bytes searched
}

const (
	canaryAppID = "wx0123456789abcdef"
	canaryEnv   = "prod-1a2b3c"
)

func newCanary(t *testing.T) *canary {
	t.Helper()
	c := &canary{T: t, project: t.TempDir(), server: t.TempDir(), secrets: map[string]string{}, planted: map[string]bool{}, env: map[string]string{}}
	e, err := emulator.Open(emulator.Options{Dir: c.server, AppID: canaryAppID, EnvID: canaryEnv, DeployTime: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close(t.Context()) })
	if err := e.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	k := e.Credentials()
	key, err := os.ReadFile(k.UploadKeyPath)
	if err != nil {
		t.Fatal(err)
	}
	c.secret("upload key", strings.Split(string(key), "\n")[3]) // a line of its middle
	c.secret("AppSecret", k.AppSecret)
	c.secret("authorizer token", k.AuthorizerToken)
	c.secret("Tencent key", k.TencentKey)
	c.env["WXCLOUD_ENDPOINT"], c.env["WXCLOUD_ENV"] = e.URL(), canaryEnv
	c.env["WXCLOUD_APP_SECRET"], c.env["WXCLOUD_AUTHORIZER_TOKEN"] = k.AppSecret, k.AuthorizerToken
	c.env["TENCENTCLOUD_SECRET_ID"], c.env["TENCENTCLOUD_SECRET_KEY"] = k.TencentID, k.TencentKey
	c.env["DB_URL"] = c.secret("expanded variable", "canary-db-2f9c41")

	c.plant("private."+canaryAppID+".key", string(key))
	c.write("project.config.json", `{"appid": "`+canaryAppID+`", "cloudfunctionRoot": "cloudfunctions/"}`)
	c.plant("wxcloud.json", `{
  "functions": {
    "hello": { "variables": { "DATABASE": "${DB_URL}", "SALT": "`+c.secret("literal variable", "canary-salt-77d0e1")+`" } }
  }
}
`)
	hello := "cloudfunctions/hello/"
	c.write(hello+"index.js", "exports.main = async () => 1\n")
	c.write(hello+"package.json", `{"dependencies": {}}`)
	c.write(hello+"config.json", `{"permissions": {"openapi": ["security.msgSecCheck"]}}`)
	c.plant(hello+".env", "PASSWORD="+c.secret(".env", "canary-env-5be012"))
	c.plant(hello+".env.production", "PASSWORD="+c.secret(".env.production", "canary-env-9121ac"))
	c.plant(hello+"lib/.env.local", "PASSWORD="+c.secret("lib/.env.local", "canary-env-0c0c11"))
	c.plant(hello+".npmrc", "//registry.example/:_authToken="+c.secret(".npmrc", "canary-npm-44aa70"))
	c.plant(hello+"private."+canaryAppID+".key", "-----BEGIN RSA PRIVATE KEY-----\n"+c.secret("key in the function", "canaryKey"+strings.Repeat("QUJD", 16))+"\n-----END RSA PRIVATE KEY-----\n")
	c.plant(hello+"apiclient_key.pem", c.secret("*.pem", "canary-pem-31f00d"))
	c.plant(hello+".git/config", "url = https://user:"+c.secret(".git", "canary-git-6d6d00")+"@example.com")
	c.plant(hello+".wxcloud/state.json", c.secret(".wxcloud in the function", "canary-state-a1a1a1"))
	return c
}

func (c *canary) secret(where, value string) string {
	c.secrets[where] = value
	return value
}

func (c *canary) write(name, text string) {
	c.Helper()
	path := filepath.Join(c.project, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		c.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		c.Fatal(err)
	}
}

func (c *canary) plant(name, text string) {
	c.Helper()
	c.write(name, text)
	c.planted[name] = true
}

// search fails if a secret is in data, also as base64 or as part of a URL.
func (c *canary) search(what string, data []byte) {
	c.Helper()
	c.output += len(data)
	for where, secret := range c.secrets {
		for _, form := range []string{secret, base64.StdEncoding.EncodeToString([]byte(secret)), url.QueryEscape(secret)} {
			if bytes.Contains(data, []byte(form)) {
				c.Errorf("the secret of %s is in %s:\n%s", where, what, data)
			}
		}
	}
}

// run runs a command and searches what it says. want is its exit status, -1 any.
func (c *canary) run(want int, args ...string) {
	c.Helper()
	streams, out, err := ui.Test("", ui.Kind{})
	got := cmd.Run(c.Context(), cmd.Process{
		Args: args, Streams: streams, Dir: c.project,
		Getenv: func(name string) string {
			if value, ok := c.env[name]; ok {
				return value
			}
			if name == "PATH" || name == "HOME" {
				return os.Getenv(name)
			}
			return ""
		},
	})
	line := "wxcloud " + strings.Join(args, " ")
	c.search("the output of "+line, out.Bytes())
	c.search("what is said by "+line, err.Bytes())
	if want >= 0 && got != clierr.Exit(want) {
		c.Errorf("%s ended with %d, want %d\n%s%s", line, got, want, out, err)
	}
}

// files searches every file below dir that may not hold a secret.
func (c *canary) files(dir string, may func(name string) bool) (searched int) {
	c.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || may(filepath.ToSlash(name)) {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		searched++
		c.search("the file "+name, data)
		if strings.HasSuffix(name, ".zip") {
			return c.archive(name, data)
		}
		return nil
	})
	if err != nil {
		c.Error(err)
	}
	return searched
}

func (c *canary) archive(name string, data []byte) error {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, f := range r.File {
		from, err := f.Open()
		if err != nil {
			return err
		}
		text, err := io.ReadAll(from)
		if err != nil {
			return err
		}
		c.search(f.Name+" in the package "+name, append([]byte(f.Name+"\n"), text...))
	}
	return nil
}

func TestSecretsStayWhereTheyAre(t *testing.T) {
	c := newCanary(t)
	c.run(-1, "init", "second", "--json")
	c.run(0, "lint", "--json")
	c.run(-1, "lint", "--format", "sarif")
	c.run(0, "plan")
	c.run(0, "plan", "--json")
	c.run(0, "deploy", "--create", "--yes", "--no-wait", "--json", "--events", "events.ndjson")
	c.write("cloudfunctions/hello/index.js", "exports.main = async () => 2\n")
	c.run(0, "plan", "--json")
	c.run(0, "deploy", "--yes", "--no-wait")
	c.run(0, "pack", "--list", "--json")
	c.run(0, "pack", "--list")
	c.run(0, "pack", "hello", "-o", "hello.zip")
	c.run(0, "perm", "list", "--json")
	c.run(-1, "perm", "sync", "--json")
	c.run(-1, "perm", "wait", "hello", "--timeout", "1s", "--json")
	c.run(0, "status", "--json")
	c.run(0, "status")
	c.run(0, "auth", "status", "--json")
	c.run(0, "auth", "check")
	c.run(0, "list", "--json")
	c.run(0, "info", "hello", "--json")
	c.run(0, "vars", "list", "hello")
	c.run(0, "vars", "list", "hello", "--json")
	c.run(0, "trigger", "list", "--json")
	c.run(-1, "diff", "hello")
	c.run(-1, "doctor")
	c.run(-1, "doctor", "--json")
	c.run(0, "env", "list", "--json")
	if _, err := exec.LookPath("node"); err == nil {
		c.run(0, "invoke", "hello", "--json")
		c.run(-1, "logs", "hello", "--json")
	}
	if n := c.files(c.project, func(name string) bool { return c.planted[name] }); n < 8 {
		t.Errorf("only %d files of the project were searched", n)
	}
	// The local cloud has the variables and the credentials, of course; the
	// packages it got are files of their own.
	if n := c.files(c.server, func(name string) bool { return !strings.HasPrefix(name, "zips/") }); n < 2 {
		t.Errorf("only %d packages were searched", n)
	}
	if c.output < 10_000 {
		t.Errorf("only %d bytes were searched", c.output)
	}
}

// Credentials that are wrong are told without being quoted, whatever is wrong.
func TestWrongSecretsAreNotQuoted(t *testing.T) {
	c := newCanary(t)
	c.run(0, "deploy", "--create", "--yes", "--no-wait")
	good := c.env
	with := func(pairs ...string) {
		c.env = map[string]string{}
		for name, value := range good {
			c.env[name] = value
		}
		for i := 0; i+1 < len(pairs); i += 2 {
			c.env[pairs[i]] = pairs[i+1]
		}
	}
	everywhere := func() {
		c.Helper()
		c.write("cloudfunctions/hello/index.js", "exports.main = async () => '"+time.Now().Format("150405.000000")+"'\n")
		c.run(-1, "auth", "check", "--json")
		c.run(-1, "deploy", "--yes", "--no-wait")
		c.run(-1, "deploy", "--yes", "--no-wait", "--json")
		c.run(-1, "invoke", "hello")
		c.run(-1, "plan", "--json")
		c.run(-1, "doctor")
		c.run(-1, "perm", "wait", "hello", "--timeout", "1s")
	}
	wrong := c.secret("a wrong value", "canary-wrong-8c1d77e2")
	for _, name := range []string{
		"WXCLOUD_APP_SECRET", "WXCLOUD_AUTHORIZER_TOKEN", "TENCENTCLOUD_SECRET_KEY", "WXCLOUD_SECRET_KEY",
		"WXCLOUD_SESSION_TOKEN", "WXCLOUD_PRIVATE_KEY",
	} {
		with(name, wrong)
		everywhere()
	}
	with("WXCLOUD_PRIVATE_KEY", "-----BEGIN RSA PRIVATE KEY-----\n"+wrong+"\n-----END RSA PRIVATE KEY-----\n")
	everywhere()
	with("WXCLOUD_PRIVATE_KEY_FILE", "wrong.key")
	c.plant("wrong.key", wrong)
	everywhere()
	with("WXCLOUD_ENDPOINT", "http://user:"+wrong+"@127.0.0.1:1")
	everywhere()
	if runtime.GOOS != "windows" {
		with("WXCLOUD_AUTHORIZER_TOKEN", "")
		for _, command := range []string{
			"echo " + wrong, "echo " + wrong + "; exit 3", "echo " + wrong + " >&2; exit 1",
			`printf '{"token": "%s", "expires_in": 1}' ` + wrong, "printf 'a b\\n" + wrong + "\\n'",
		} {
			// The command itself is no secret: that it is quoted is not looked at.
			c.plant("token.sh", command+"\n")
			c.run(-1, "deploy", "--yes", "--no-wait", "--token-command", "sh token.sh")
			c.run(-1, "auth", "check", "--json", "--token-command", "sh token.sh")
			c.run(-1, "perm", "pull", "hello", "--token-command", "sh token.sh")
		}
	}
	// Files with mistakes beside a secret.
	with()
	for _, text := range []string{
		`{"functions": {"hello": {"variables": {"A": "` + wrong + `", "B": 1}}}}`,
		`{"functions": {"hello": {"variables": "` + wrong + `"}}}`,
		`{"functions": {"hello": {"variables": {"A": "` + wrong + `}}}}`,
		`{"functions": {"hello": {"variables": {"A": "` + wrong + ` ${MISSING}"}}}}`,
	} {
		c.plant("wxcloud.json", text)
		everywhere()
		c.run(-1, "vars", "list", "hello")
		c.run(-1, "pack")
	}
	c.plant("wxcloud.json", "{}")
	c.plant("cloudfunctions/hello/keys.js", "module.exports = `-----BEGIN PRIVATE KEY-----\n"+strings.Repeat(c.secret("key in the code", "canaryCode"+strings.Repeat("QUJD", 13)), 2)+"\n-----END PRIVATE KEY-----`\n")
	c.run(6, "deploy", "--yes", "--no-wait")
	c.run(6, "pack", "--json")
	c.files(c.project, func(name string) bool { return c.planted[name] })
	c.files(c.server, func(name string) bool { return !strings.HasPrefix(name, "zips/") })
}
