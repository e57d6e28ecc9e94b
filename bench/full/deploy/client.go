package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// environment points a client at the local cloud, through the same proxy and
// with the same certificate for each.
func (b *bench) environment(c *cloud, permissions bool) []string {
	env := []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + filepath.Join(b.dir, "home"), "LANG=C.UTF-8", "CI=true", "NO_PROXY=", "no_proxy=",
		"HTTPS_PROXY=" + c.server.URL(), "https_proxy=" + c.server.URL(), "NODE_EXTRA_CA_CERTS=" + c.ca, "SSL_CERT_FILE=" + c.ca,
		"WXCLOUD_ENV=" + envID, "WXCLOUD_PRIVATE_KEY_FILE=" + c.server.Credentials().UploadKeyPath,
	}
	if permissions {
		env = append(env, "WXCLOUD_AUTHORIZER_TOKEN="+c.server.Credentials().AuthorizerToken)
	}
	return env
}

// result is one finished process.
type result struct {
	took           time.Duration
	processor      time.Duration
	stdout, stderr string
	status         int
}

func execute(ctx context.Context, dir string, env []string, args ...string) (result, error) {
	command := exec.CommandContext(ctx, args[0], args[1:]...)
	command.Dir, command.Env = dir, env
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	began := time.Now()
	err := command.Run()
	r := result{time.Since(began), command.ProcessState.UserTime() + command.ProcessState.SystemTime(), stdout.String(), stderr.String(), command.ProcessState.ExitCode()}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = nil
	}
	return r, err
}

func (r result) failure(what string) error {
	return fmt.Errorf("%s ended with %d\n%s%s", what, r.status, tail(r.stdout), tail(r.stderr))
}

func tail(text string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, len(lines)-30):], "\n")
}

// apart is how long deploys are kept apart: the cloud tells times to the second,
// and nobody deploys twice within one.
const apart = 1100 * time.Millisecond

// deploy runs wxcloud deploy for a project until it ends.
func (b *bench) deploy(ctx context.Context, c *cloud, p project, args ...string) (result, error) {
	select {
	case <-ctx.Done():
		return result{}, context.Cause(ctx)
	case <-time.After(apart):
	}
	all := append([]string{b.program, "deploy", "--create", "--yes", "--no-wait", "--allow-unapplied-permissions"}, args...)
	return execute(ctx, p.dir, b.environment(c, p.permissions), all...)
}

// deployed is deploy that has to end well.
func (b *bench) deployed(ctx context.Context, c *cloud, p project, args ...string) (result, error) {
	r, err := b.deploy(ctx, c, p, args...)
	if err == nil && r.status != 0 {
		err = r.failure("wxcloud deploy")
	}
	return r, err
}

// uploadWithCLI uploads one function as the README of miniprogram-ci shows.
func (b *bench) uploadWithCLI(ctx context.Context, c *cloud, p project, name string) (time.Duration, error) {
	r, err := execute(ctx, b.ci, b.environment(c, false), "node", filepath.Join(b.ci, "node_modules", "miniprogram-ci", "bin", "miniprogram-ci.js"),
		"cloud", "functions", "upload", "--pp", p.dir, "--pkp", c.server.Credentials().UploadKeyPath, "--appid", appID,
		"--env", envID, "--name", name, "--path", p.function(name), "--rnpm", "false")
	if err == nil && r.status != 0 {
		err = r.failure("miniprogram-ci")
	}
	return r.took, err
}

//go:embed npm/upload.js
var uploadScript string

// uploadWithAPI uploads functions one after another in one process and returns
// how long the uploads took, without the start of Node and the loading of the
// package.
func (b *bench) uploadWithAPI(ctx context.Context, c *cloud, p project, names []string) (uploads, whole time.Duration, err error) {
	script := filepath.Join(b.ci, "upload.js")
	if err := os.WriteFile(script, []byte(uploadScript), 0o600); err != nil {
		return 0, 0, err
	}
	list, err := json.Marshal(names)
	if err != nil {
		return 0, 0, err
	}
	r, err := execute(ctx, b.ci, b.environment(c, false), "node", script, appID, p.dir, c.server.Credentials().UploadKeyPath, envID, p.root(), string(list))
	if err != nil {
		return 0, 0, err
	}
	_, line, found := strings.Cut(r.stdout, "\nTOOK ")
	if !found {
		return 0, 0, r.failure("miniprogram-ci's Node API")
	}
	var milliseconds float64
	if err := json.Unmarshal([]byte(strings.TrimSpace(line)), &milliseconds); err != nil {
		return 0, 0, err
	}
	return time.Duration(milliseconds * float64(time.Millisecond)), r.took, nil
}
