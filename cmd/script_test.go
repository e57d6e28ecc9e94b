package cmd_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"wxcloud/cmd"
	"wxcloud/internal/ui"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"wxcloud":      func() { os.Exit(cmd.Main()) },
		"devtools-cli": devtoolsStub,
	})
}

// TestScript runs the user stories of testdata/script. UPDATE=1 rewrites the
// files they compare output with.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE") != "",
		Setup:               setup,
		Condition:           condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":      exits,
			"interrupts": interrupts,
			"serving":    serving,
		},
	})
}

// setup gives each script a home of its own, the user's cache of npm packages
// (installing the SDK anew for each would take minutes), and no colour.
func setup(env *testscript.Env) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	home := filepath.Join(env.WorkDir, ".home")
	if err := os.MkdirAll(home, 0o755); err != nil {
		return err
	}
	stub, err := exec.LookPath("devtools-cli")
	if err != nil {
		return err
	}
	env.Setenv("DEVTOOLS", stub)
	env.Setenv("HOME", home)
	env.Setenv("USERPROFILE", home)
	env.Setenv("XDG_CACHE_HOME", cache)
	env.Setenv("LocalAppData", cache)
	env.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	env.Setenv("LANG", "en_US.UTF-8")
	for _, name := range []string{"npm_config_registry", "NPM_CONFIG_REGISTRY", "NPM_CONFIG_USERCONFIG", "HTTPS_PROXY", "https_proxy", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"} {
		if value := os.Getenv(name); value != "" {
			env.Setenv(name, value)
		}
	}
	if _, err := os.Stat(filepath.Join(userHome(), ".npmrc")); err == nil && env.Getenv("NPM_CONFIG_USERCONFIG") == "" {
		env.Setenv("NPM_CONFIG_USERCONFIG", filepath.Join(userHome(), ".npmrc"))
	}
	return nil
}

func userHome() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	return home
}

// condition [node] is true with Node and npm at hand. In the build a missing
// Node fails the stories that need it instead of leaving them out.
func condition(name string) (bool, error) {
	if name != "node" {
		return false, errors.New("unknown condition " + name)
	}
	if os.Getenv("CI") == "true" {
		return true, nil
	}
	_, nodeErr := exec.LookPath("node")
	_, npmErr := exec.LookPath("npm")
	return nodeErr == nil && npmErr == nil, nil
}

// exits runs a program and checks its exit status: exits 3 wxcloud perm add.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS PROGRAM [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%s exits with %d, want %d", strings.Join(args[1:], " "), got, want)
	}
	if args[1] == "wxcloud" {
		listed(ts, args[2:], want)
	}
}

// listed checks that an exit status stands in the help of the command that
// ended with it: the codes are interface.
func listed(ts *testscript.TestScript, args []string, status int) {
	help := []string{}
	for _, arg := range args {
		if strings.HasPrefix(arg, "-") || len(help) == 3 {
			break
		}
		help = append(help, arg)
	}
	streams, out, _ := ui.Test("", ui.Kind{})
	getenv := func(string) string { return "" }
	for n := len(help); n >= 0; n-- {
		out.Reset()
		// An argument may follow the command: try the longest name first.
		cmd.Run(context.Background(), cmd.Process{Args: append(append([]string{}, help[:n]...), "--help", "--lang", "en"), Streams: streams, Getenv: getenv, Dir: "."})
		if strings.Contains(out.String(), "Exit codes:") {
			break
		}
	}
	if !strings.Contains(out.String(), fmt.Sprintf("\n  %3d  ", status)) {
		ts.Fatalf("%s ended with %d, which its help does not list:\n%s", strings.Join(help, " "), status, out.String())
	}
}

// interrupts runs wxcloud until a text appears on its standard error, sends it
// Ctrl-C and checks that it ends with 130: interrupts TEXT wxcloud ARG...
func interrupts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: interrupts TEXT wxcloud ARG...")
	}
	path, err := exec.LookPath(args[1])
	ts.Check(err)
	command := exec.CommandContext(context.Background(), path, args[2:]...)
	command.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LANG", "NPM_CONFIG_USERCONFIG", "WXCLOUD_ENDPOINT", "WXCLOUD_PRIVATE_KEY_FILE"} {
		command.Env = append(command.Env, name+"="+ts.Getenv(name))
	}
	stderr, err := command.StderrPipe()
	ts.Check(err)
	ts.Check(command.Start())
	lines := bufio.NewScanner(stderr)
	for lines.Scan() && !strings.Contains(lines.Text(), args[0]) {
		ts.Logf("%s", lines.Text())
	}
	ts.Check(command.Process.Signal(os.Interrupt))
	for lines.Scan() {
		ts.Logf("%s", lines.Text())
	}
	_ = command.Wait() // the status says it all
	if status := command.ProcessState.ExitCode(); status != 130 {
		ts.Fatalf("%s ends with %d after Ctrl-C, want 130", strings.Join(args[1:], " "), status)
	}
}

// handOut sets the credentials of a local cloud that stands for a real one.
func handOut(ts *testscript.TestScript, dir string) {
	var c struct{ AuthorizerToken, AppSecret, TencentSecretID, TencentSecretKey string }
	data, err := os.ReadFile(filepath.Join(dir, "credentials.json"))
	ts.Check(err)
	ts.Check(json.Unmarshal(data, &c))
	ts.Setenv("AUTHORIZER", c.AuthorizerToken)
	ts.Setenv("APP_SECRET", c.AppSecret)
	ts.Setenv("TENCENT_ID", c.TencentSecretID)
	ts.Setenv("TENCENT_KEY", c.TencentSecretKey)
}

// serving waits until a local cloud started in the background serves the
// project in the current folder, and sets $ENDPOINT and $ADDRESS to where and
// $AUTHORIZER, $APP_SECRET, $TENCENT_ID and $TENCENT_KEY to its credentials.
func serving(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: serving [PROJECT]")
	}
	project := "."
	if len(args) == 1 {
		project = args[0]
	}
	file := ts.MkAbs(filepath.Join(project, ".wxcloud", "local", "address.json"))
	for range 600 {
		var address struct{ URL string }
		if data, err := os.ReadFile(file); err == nil && json.Unmarshal(data, &address) == nil {
			ts.Setenv("ENDPOINT", address.URL)
			ts.Setenv("ADDRESS", strings.TrimPrefix(address.URL, "http://"))
			handOut(ts, filepath.Dir(file))
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("no local cloud is serving: %s is not there after 30 s", file)
}
