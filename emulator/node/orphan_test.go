package node_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator/node"
)

// busyOwner is the variable that makes the test program an owner of a pool: it
// names the folder of the function it runs.
const busyOwner = "WXCLOUD_TEST_BUSY_OWNER"

// runBusy makes one call that does not end, and is killed in the middle of it.
func runBusy(dir string) {
	p := node.New(node.Options{Program: "node", Home: filepath.Join(dir, "home")})
	defer p.Close()
	c := call(nil)
	c.Timeout = time.Minute
	_, _ = p.Run(context.Background(), version(dir), c)
}

// TestKilledOwnerLeavesNothingBehind kills the owner of a pool, which then
// cannot end its processes, while a function keeps Node from noticing.
func TestKilledOwnerLeavesNothingBehind(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("looks at Unix processes")
	}
	newPool(t) // skips where Node is missing
	const spin = `const child = require('child_process').spawn('sleep', ['60'], { stdio: 'inherit' })
require('fs').writeFileSync(__dirname + '/new', process.pid + ' ' + child.pid)
require('fs').renameSync(__dirname + '/new', __dirname + '/pids')
for (;;);`
	for name, code := range map[string]string{
		"loading": spin,
		"running": "exports.main = () => { " + spin + " }",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := write(t, map[string]string{"index.js": code})
			owner := exec.CommandContext(t.Context(), os.Args[0])
			owner.Env = append(os.Environ(), busyOwner+"="+dir)
			if err := owner.Start(); err != nil {
				t.Fatal(err)
			}
			pids := pidsIn(t, filepath.Join(dir, "pids"))
			if err := owner.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = owner.Wait() // it was killed
			for _, pid := range pids {
				if !ends(t, pid) {
					t.Errorf("process %s outlived its owner", pid)
					_ = exec.CommandContext(t.Context(), "kill", "-9", pid).Run()
				}
			}
		})
	}
}

func pidsIn(t *testing.T, file string) []string {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		data, err := os.ReadFile(file)
		if err == nil {
			return strings.Fields(string(data))
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
