package node_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"wxcloud/emulator/node"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(busyOwner); dir != "" {
		runBusy(dir)
		return
	}
	goleak.VerifyTestMain(m)
}

// newPool skips, or in CI fails, where Node is missing.
func newPool(t *testing.T) *node.Pool {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("Node is needed in CI:", err)
		}
		t.Skip("needs Node:", err)
	}
	p := node.New(node.Options{Program: "node", Home: t.TempDir()})
	t.Cleanup(p.Close)
	return p
}

func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func version(dir string) node.Version {
	return node.Version{Name: "f", Key: "1", Dir: dir, Handler: "index.main"}
}

func call(event any) node.Call {
	return node.Call{Env: map[string]string{}, Event: event, Context: map[string]any{"function_name": "f"}, Timeout: 3 * time.Second}
}

func run(t *testing.T, p *node.Pool, v node.Version, c node.Call) node.Result {
	t.Helper()
	r, err := p.Run(t.Context(), v, c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestResultsAndFailures(t *testing.T) {
	p := newPool(t)
	for _, tt := range []struct {
		name, code, value, failure, log string
	}{
		{name: "object", code: `exports.main = async (e) => ({ got: e })`, value: `{"got":{"a":1}}`},
		{name: "nothing", code: `exports.main = async () => {}`, value: `null`},
		{name: "plain value", code: `exports.main = () => 'success'`, value: `"success"`},
		{name: "callback", code: `exports.main = (e, c, cb) => { setTimeout(() => cb(null, c.function_name), 5) }`, value: `"f"`},
		{name: "callback error", code: `exports.main = (e, c, cb) => { cb(new Error('no')) }`, failure: "Error: no"},
		{name: "log in order", code: `exports.main = () => { console.log('one'); console.error('two'); process.stdout.write('three'); return 1 }`, value: "1", log: "one\ntwo\nthree"},
		{name: "log with a line end", code: `exports.main = () => { console.log('one'); return 1 }`, value: "1", log: "one\n"},
		{name: "long log line", code: `exports.main = () => { console.log('x'.repeat(100000)); return 1 }`, value: "1", log: strings.Repeat("x", 100000) + "\n"},
		{name: "throws", code: `exports.main = async () => { throw new TypeError('bad') }`, failure: "TypeError: bad"},
		{name: "throws a string", code: `exports.main = async () => { throw 'bad' }`, failure: "bad"},
		{name: "circular", code: `exports.main = () => { const a = {}; a.a = a; return a }`, failure: "TypeError: Converting circular structure to JSON"},
		{name: "bigint", code: `exports.main = () => ({ n: 1n })`, failure: "TypeError: Do not know how to serialize a BigInt"},
		{name: "buffer", code: `exports.main = () => Buffer.from('ab')`, value: `{"type":"Buffer","data":[97,98]}`},
		{name: "function", code: `exports.main = () => () => 1`, value: `null`},
		{name: "thrown later", code: `exports.main = () => new Promise(() => setTimeout(() => { throw new Error('late') }, 5))`, failure: "Error: late"},
		{name: "callback waits", code: `exports.main = (e, c, cb) => { c.callbackWaitsForEmptyEventLoop = true; setTimeout(() => console.log('after'), 100); cb(null, 1) }`, value: "1", log: "after\n"},
		{name: "callback does not wait", code: `exports.main = (e, c, cb) => { setTimeout(() => console.log('after'), 100); cb(null, 1) }`, value: "1"},
		{name: "syntax error", code: `exports.main = (`, failure: "SyntaxError"},
		{name: "no handler", code: `exports.other = () => 1`, failure: `Error: Handler "main" is missing in "index"`},
		{name: "package missing", code: `require('left-pad')`, failure: "Error: Cannot find module 'left-pad'"},
		{name: "exit", code: `exports.main = () => { process.exit(0) }`, failure: "Error: Process exited before completing request"},
		{name: "unhandled rejection", code: `exports.main = () => new Promise(() => { Promise.reject(new Error('lost')) })`, failure: "Error: lost"},
		{name: "no real cloud", code: `exports.main = () => new Promise((ok) => require('https').get('https://api.weixin.qq.com').on('error', (e) => ok(e.code)))`, value: `"ENOTFOUND"`},
		{name: "developer's shell", code: `exports.main = () => [process.env.WXCLOUD_TEST_SHELL || null, process.env.TZ]`, value: `[null,"UTC"]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := run(t, p, node.Version{Name: tt.name, Key: "1", Dir: write(t, map[string]string{"index.js": tt.code}), Handler: "index.main"}, call(map[string]int{"a": 1}))
			if string(r.Value) != tt.value {
				t.Errorf("value %s, want %s", r.Value, tt.value)
			}
			switch {
			case tt.failure == "" && r.Failure != nil:
				t.Errorf("failed: %s", r.Failure.Text)
			case tt.failure != "" && (r.Failure == nil || !strings.HasPrefix(r.Failure.Text, tt.failure)):
				t.Errorf("failure %+v, want %s", r.Failure, tt.failure)
			}
			if tt.failure == "" && r.Log != tt.log {
				t.Errorf("log %.80q, want %.80q", r.Log, tt.log)
			}
		})
	}
}

func TestModuleSystems(t *testing.T) {
	p := newPool(t)
	for name, files := range map[string]map[string]string{
		"mjs":            {"index.mjs": `export const main = async () => 'esm'`},
		"type module":    {"index.js": `export const main = async () => 'esm'`, "package.json": `{"type":"module"}`},
		"own package":    {"index.js": `exports.main = () => require('dep')`, "node_modules/dep/index.js": `module.exports = 'esm'`},
		"folder handler": {"index.js": `exports.main = () => require('./lib')`, "lib/index.js": `module.exports = 'esm'`},
	} {
		t.Run(name, func(t *testing.T) {
			v := node.Version{Name: name, Key: "1", Dir: write(t, files), Handler: "index.main"}
			if r := run(t, p, v, call(nil)); string(r.Value) != `"esm"` {
				t.Errorf("got %s %+v", r.Value, r.Failure)
			}
		})
	}
}

func TestPackagesFurtherUpAreNotSeen(t *testing.T) {
	p := newPool(t)
	dir := write(t, map[string]string{
		"node_modules/dep/index.js":      `module.exports = 'developer'`,
		"code/f/index.js":                `exports.main = () => require('dep')`,
		"code/node_modules/dep/index.js": `module.exports = 'installed'`,
	})
	v := version(filepath.Join(dir, "code", "f"))
	if r := run(t, p, v, call(nil)); r.Failure == nil {
		t.Errorf("a package outside the code was loaded: %s", r.Value)
	}
	v.Key, v.Modules = "2", []string{filepath.Join(dir, "code", "node_modules")}
	if r := run(t, p, v, call(nil)); string(r.Value) != `"installed"` {
		t.Errorf("got %s %+v", r.Value, r.Failure)
	}
}

func TestProcessesAreKeptAndReplaced(t *testing.T) {
	p := newPool(t)
	v := version(write(t, map[string]string{"index.js": `let n = 0; exports.main = () => [++n, process.env.A || null, process.env.B || null]`}))
	first := run(t, p, v, node.Call{Env: map[string]string{"A": "1"}, Timeout: time.Second})
	second := run(t, p, v, node.Call{Env: map[string]string{"B": "2"}, Timeout: time.Second})
	if !first.Cold || second.Cold || string(second.Value) != `[2,null,"2"]` {
		t.Errorf("cold %v then %v, value %s", first.Cold, second.Cold, second.Value)
	}
	v.Key = "2"
	if third := run(t, p, v, call(nil)); !third.Cold || p.Live() != 1 {
		t.Errorf("new code: cold %v, %d processes", third.Cold, p.Live())
	}
	p.Retire("f")
	if p.Live() != 0 {
		t.Errorf("%d processes after Retire", p.Live())
	}
}

func TestCallsOfOneFunctionRunSideBySide(t *testing.T) {
	p := newPool(t)
	v := version(write(t, map[string]string{"index.js": `exports.main = () => new Promise((ok) => setTimeout(ok, 300, process.pid))`}))
	var group sync.WaitGroup
	var mu sync.Mutex
	pids := map[string]bool{}
	for range 3 {
		group.Go(func() {
			r, err := p.Run(t.Context(), v, call(nil))
			mu.Lock()
			defer mu.Unlock()
			pids[fmt.Sprint(string(r.Value), err)] = true
		})
	}
	group.Wait()
	if len(pids) != 3 {
		t.Errorf("processes: %v", pids)
	}
}

func TestTimeoutKillsWhatTheFunctionStarted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("looks at Unix processes")
	}
	p := newPool(t)
	v := version(write(t, map[string]string{"index.js": `const { spawn } = require('child_process')
exports.main = () => { console.log(spawn('sleep', ['300'], { stdio: 'inherit' }).pid); for (;;); }`}))
	c := call(nil)
	c.Timeout = 400 * time.Millisecond
	r := run(t, p, v, c)
	if !r.TimedOut {
		t.Fatalf("not timed out: %+v", r)
	}
	if pid := strings.TrimSpace(r.Log); !ends(t, pid) {
		t.Errorf("process %s of the function still runs", pid)
	}
	if p.Live() != 0 {
		t.Errorf("%d processes left", p.Live())
	}
}

// ends reports whether a process is gone within five seconds.
func ends(t *testing.T, pid string) bool {
	t.Helper()
	deadline := time.Now().Add(5 * time.Second)
	for exec.CommandContext(t.Context(), "kill", "-0", pid).Run() == nil {
		if state, _ := os.ReadFile("/proc/" + pid + "/stat"); strings.Contains(string(state), ") Z ") {
			return true // dead; nobody has collected it in this container
		}
		if time.Now().After(deadline) {
			return false
		}
		time.Sleep(10 * time.Millisecond)
	}
	return true
}

func TestLoadingHasItsOwnLimit(t *testing.T) {
	usual := newPool(t)
	hasty := node.New(node.Options{Program: "node", Home: t.TempDir(), LoadTimeout: 400 * time.Millisecond})
	t.Cleanup(hasty.Close)
	c := call(nil)
	c.Timeout = 300 * time.Millisecond
	loading := node.Version{Name: "loading", Key: "1", Dir: write(t, map[string]string{"index.js": `for (;;);`}), Handler: "index.main"}
	if r := run(t, hasty, loading, c); !r.TimedOut || !r.Loading || r.Limit != 400*time.Millisecond {
		t.Errorf("loading: %+v", r)
	}
	running := version(write(t, map[string]string{"index.js": `exports.main = () => { for (;;); }`}))
	if r := run(t, usual, running, c); !r.TimedOut || r.Loading || r.Limit != c.Timeout {
		t.Errorf("running: %+v", r)
	}
}

func TestNodeMissing(t *testing.T) {
	p := node.New(node.Options{Program: "no-such-node", Home: t.TempDir()})
	defer p.Close()
	_, err := p.Run(t.Context(), version(t.TempDir()), call(nil))
	var missing *node.MissingError
	if !errors.As(err, &missing) || missing.Program != "no-such-node" {
		t.Errorf("got %v", err)
	}
}

func TestCloseEndsBusyProcesses(t *testing.T) {
	p := newPool(t)
	v := version(write(t, map[string]string{"index.js": `exports.main = () => new Promise(() => {})`}))
	ended := make(chan error, 1)
	go func() {
		c := call(nil)
		c.Timeout = time.Minute
		r, err := p.Run(t.Context(), v, c)
		if err == nil && r.Failure == nil {
			err = errors.New("no failure")
		}
		ended <- err
	}()
	for p.Live() == 0 {
		time.Sleep(time.Millisecond)
	}
	p.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := p.Run(t.Context(), v, call(nil)); !errors.Is(err, node.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestMemoryLimit(t *testing.T) {
	p := newPool(t)
	for name, code := range map[string]string{
		"buffers":   `exports.main = () => { const kept = []; for (let i = 0; i < 40; i++) kept.push(Buffer.alloc(10 << 20, 1)); return new Promise(() => setTimeout(() => kept.length, 2000)) }`,
		"heap":      `exports.main = () => { const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length)) }`,
		"busy loop": `exports.main = () => { const kept = []; for (let i = 0; i < 40; i++) kept.push(Buffer.alloc(10 << 20, 1)); for (;;); }`,
	} {
		t.Run(name, func(t *testing.T) {
			v := node.Version{Name: name, Key: "1", Dir: write(t, map[string]string{"index.js": code}), Handler: "index.main", MemoryMB: 128}
			c := call(nil)
			c.Timeout = 20 * time.Second
			if r := run(t, p, v, c); !r.TooMuch || r.TimedOut {
				t.Errorf("%+v", r)
			}
		})
	}
	v := node.Version{Name: "small", Key: "1", Dir: write(t, map[string]string{"index.js": `const kept = Buffer.alloc(30 << 20, 1); exports.main = () => kept.length`}), Handler: "index.main", MemoryMB: 64}
	if r := run(t, p, v, call(nil)); r.TooMuch || string(r.Value) != "31457280" {
		t.Errorf("%+v", r)
	}
}

func TestFloodIsBounded(t *testing.T) {
	p := newPool(t)
	v := version(write(t, map[string]string{"index.js": `exports.main = () => { const s = 'x'.repeat(1 << 20); for (let i = 0; i < 40; i++) process.stdout.write(i % 2 ? s : s + '\\n'); return 'done' }`}))
	c := call(nil)
	c.Timeout = 20 * time.Second
	r := run(t, p, v, c)
	if string(r.Value) != `"done"` || len(r.Log) > 300<<10 || !strings.HasSuffix(r.Log, "\n...\n") {
		t.Errorf("%s, %d bytes of log, %+v", r.Value, len(r.Log), r.Failure)
	}
	if r = run(t, p, v, c); r.Cold || string(r.Value) != `"done"` {
		t.Errorf("the process was not kept: %+v", r.Failure)
	}
}

func TestIdleProcessesEnd(t *testing.T) {
	newPool(t) // skips without Node
	p := node.New(node.Options{Program: "node", Home: t.TempDir(), IdleTime: 100 * time.Millisecond})
	t.Cleanup(p.Close)
	v := version(write(t, map[string]string{"index.js": `exports.main = () => 1`}))
	run(t, p, v, call(nil))
	for deadline := time.Now().Add(5 * time.Second); p.Live() != 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the idle process is still there")
		}
	}
	if r := run(t, p, v, call(nil)); !r.Cold {
		t.Error("the ended process was used")
	}
}
