package upload

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wxcloud/config"
	"wxcloud/internal/state"
	"wxcloud/wxapi"
)

const env = "prod-1a2b3c"

// memory is a cloud in memory. Functions take real (or a bubble's) time to
// settle, and calls fail as a test scripts it.
type memory struct {
	mu        sync.Mutex
	functions map[string]*memoryFunction
	settle    time.Duration // how long a change takes
	ends      string        // the state in which changes end; "" means Active
	log       []string      // changes and permission writes, in order
	looks     int           // at one function
	lists     int           // of all functions
	reads     int           // of permissions
	// fail, if set, is asked before each call; n counts the calls of a kind
	// from 1. An error from it is what the caller gets.
	fail func(call, name string, n int) error
	seen map[string]int
	// stored are the stored permissions.
	stored map[string][]string
	// blind stores cannot read; secretive clouds do not tell the hash of code.
	blind, secretive bool
	// parallel is the highest number of changes ever under way at once.
	running, parallel int
}

type memoryFunction struct {
	wxapi.Function
	until time.Time
	ends  string
	mod   int
	zip   []byte
}

func newMemory() *memory {
	return &memory{functions: map[string]*memoryFunction{}, seen: map[string]int{}, stored: map[string][]string{}}
}

func apiError(code, message string) error {
	return &wxapi.APIError{Code: code, Message: message, Service: "scf", Action: "test", Status: http.StatusOK}
}

func (m *memory) enter(call, name string) error {
	m.seen[call+" "+name]++
	if m.fail == nil {
		return nil
	}
	return m.fail(call, name, m.seen[call+" "+name])
}

func (m *memory) GetFunction(_ context.Context, name string) (wxapi.Function, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.looks++
	if err := m.enter("get", name); err != nil {
		return wxapi.Function{}, err
	}
	f, ok := m.functions[name]
	if !ok {
		return wxapi.Function{}, apiError("ResourceNotFound.Function", "no such function")
	}
	f.goOn()
	return f.Function, nil
}

// goOn ends a change whose time has come.
func (f *memoryFunction) goOn() {
	if f.ends != "" && !time.Now().Before(f.until) {
		f.Status, f.ends = f.ends, ""
		if f.Status != wxapi.StatusActive {
			f.StatusReasons = []wxapi.Reason{{Code: "FailedOperation", Message: "npm install failed"}}
		}
	}
}

func (m *memory) ListFunctions(context.Context) ([]wxapi.Function, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lists++
	if err := m.enter("list", ""); err != nil {
		return nil, err
	}
	var all []wxapi.Function
	for _, f := range m.functions {
		f.goOn()
		all = append(all, wxapi.Function{Name: f.Name, Runtime: f.Runtime, Status: f.Status, ModTime: f.ModTime})
	}
	return all, nil
}

func (m *memory) Address(_ context.Context, name string) (wxapi.Address, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.enter("address", name); err != nil {
		return wxapi.Address{}, err
	}
	f, ok := m.functions[name]
	if !ok || m.secretive {
		return wxapi.Address{}, apiError("FailedOperation.GetFunctionAddress", "no")
	}
	sum := sha256.Sum256(f.zip)
	return wxapi.Address{URL: "https://example.invalid/zip", SHA256: hex.EncodeToString(sum[:])}, nil
}

func (m *memory) SetTriggers(_ context.Context, name string, triggers []wxapi.Trigger) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	err := m.enter("triggers", name)
	if err != nil && !wxapi.IsUncertain(err) {
		return err
	}
	changeErr := m.changeTo(name, wxapi.StatusUpdating, func(f *memoryFunction) {
		for _, t := range triggers {
			f.Triggers = append(slices.DeleteFunc(f.Triggers, func(o wxapi.Trigger) bool { return o.Name == t.Name }), t)
		}
	})
	if changeErr != nil {
		return changeErr
	}
	m.log = append(m.log, "triggers "+name)
	return err
}

func (m *memory) DeleteTrigger(_ context.Context, name, trigger string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.enter("untrigger", name); err != nil {
		return err
	}
	f := m.functions[name]
	f.Triggers = slices.DeleteFunc(f.Triggers, func(o wxapi.Trigger) bool { return o.Name == trigger })
	m.log = append(m.log, "untrigger "+name+" "+trigger)
	return nil
}

func (m *memory) changeTo(name, status string, change func(*memoryFunction)) error {
	f, ok := m.functions[name]
	if !ok {
		return apiError("ResourceNotFound.Function", "no such function")
	}
	if f.ends != "" && time.Now().Before(f.until) {
		return apiError("FailedOperation.UpdateFunctionCode", "function is in Updating state")
	}
	change(f)
	f.mod++
	f.ModTime = fmt.Sprintf("2026-11-22 10:00:%02d", f.mod)
	f.Status, f.StatusReasons, f.until = status, nil, time.Now().Add(m.settle)
	if f.ends = m.ends; f.ends == "" {
		f.ends = wxapi.StatusActive
	}
	return nil
}

func (m *memory) CreateFunction(_ context.Context, n wxapi.NewFunction) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	err := m.enter("create", n.Name)
	if err != nil && !wxapi.IsUncertain(err) {
		return err
	}
	if _, ok := m.functions[n.Name]; ok {
		return apiError("ResourceInUse.FunctionName", "exists")
	}
	m.functions[n.Name] = &memoryFunction{Function: wxapi.Function{
		Name: n.Name, Runtime: n.Runtime, Handler: n.Handler, MemoryMB: n.MemoryMB, TimeoutSeconds: n.TimeoutSeconds,
		InstallDependency: wxapi.Flag(n.InstallDependency),
	}}
	m.functions[n.Name].Environment.Variables = n.Variables
	m.log = append(m.log, "create "+n.Name)
	if changeErr := m.changeTo(n.Name, wxapi.StatusCreating, func(f *memoryFunction) { f.zip, _ = io.ReadAll(n.Zip.Reader()) }); changeErr != nil {
		return changeErr
	}
	return err
}

func (m *memory) UpdateFunctionConfiguration(_ context.Context, c wxapi.Configuration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	lost := m.enter("configure", c.Name)
	if lost != nil && !wxapi.IsUncertain(lost) {
		return lost
	}
	err := m.changeTo(c.Name, wxapi.StatusUpdating, func(f *memoryFunction) {
		if c.MemoryMB != nil {
			f.MemoryMB = *c.MemoryMB
		}
		if c.TimeoutSeconds != nil {
			f.TimeoutSeconds = *c.TimeoutSeconds
		}
		if c.InstallDependency != nil {
			f.InstallDependency = wxapi.Flag(*c.InstallDependency)
		}
		if c.Variables != nil {
			f.Environment.Variables = *c.Variables
		}
	})
	if err == nil {
		m.log = append(m.log, "configure "+c.Name)
		err = lost
	}
	return err
}

func (m *memory) UpdateFunctionCode(ctx context.Context, c wxapi.Code) error {
	m.mu.Lock()
	m.running++
	m.parallel = max(m.parallel, m.running)
	m.mu.Unlock()
	defer func() { m.mu.Lock(); m.running--; m.mu.Unlock() }()
	if err := sleep(ctx, 10*time.Millisecond); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	lost := m.enter("code", c.Name)
	if lost != nil && !wxapi.IsUncertain(lost) {
		return lost
	}
	err := m.changeTo(c.Name, wxapi.StatusUpdating, func(f *memoryFunction) {
		f.zip, _ = io.ReadAll(c.Zip.Reader())
		f.Handler, f.InstallDependency = c.Handler, wxapi.Flag(c.InstallDependency)
	})
	if err == nil {
		m.log = append(m.log, "code "+c.Name)
		err = lost
	}
	return err
}

// Get and Set make memory a PermissionStore too.
func (m *memory) Get(_ context.Context, _, function string) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.blind {
		return nil, ErrCannotRead
	}
	m.reads++
	if err := m.enter("read", function); err != nil {
		return nil, err
	}
	return slices.Clone(m.stored[function]), nil
}

func (m *memory) Set(_ context.Context, _, function string, openapi []string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.enter("set", function); err != nil {
		return err
	}
	m.stored[function] = slices.Clone(openapi)
	m.log = append(m.log, "set "+function+" "+strings.Join(openapi, ","))
	return nil
}

// exists puts an Active function into the cloud.
func (m *memory) exists(name, status string) *memoryFunction {
	f := &memoryFunction{Function: wxapi.Function{
		Name: name, Status: status, Handler: "index.main", MemoryMB: 256, TimeoutSeconds: 20, ModTime: "2026-11-01 00:00:00",
	}}
	m.functions[name] = f
	return f
}

// bench is a project with a cloud.
type bench struct {
	t     *testing.T
	cloud *memory
	store *state.Store
	dir   string
	names []string
	perms map[string][]string
	// triggers are in each function's config.json.
	triggers []config.Trigger
	deps     bool
	// request and options, if set, change what is asked for.
	request func(*Request)
	options func(*RunOptions)
	events  []Event
}

func newBench(t *testing.T, names ...string) *bench {
	t.Helper()
	b := &bench{t: t, cloud: newMemory(), dir: t.TempDir(), names: names, perms: map[string][]string{}}
	for _, n := range names {
		b.write(n+"/index.js", "exports.main = async () => 1 // "+n)
	}
	var err error
	if b.store, err = state.Open(b.dir); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) write(name, text string) {
	b.t.Helper()
	path := filepath.Join(b.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) functions() []config.Function {
	var all []config.Function
	for _, n := range b.names {
		fn := config.Function{Name: n, Dir: filepath.Join(b.dir, n), Entry: "index.js"}
		for _, p := range b.perms[n] {
			fn.Config.Openapi = append(fn.Config.Openapi, config.Declared{Name: p})
		}
		fn.Config.Triggers = b.triggers
		if b.deps {
			fn.Package = config.Package{Exists: true, Dependencies: []config.Dependency{{Name: "wx-server-sdk", Version: "latest"}}}
		}
		all = append(all, fn)
	}
	return all
}

func (b *bench) plan() (Plan, error) {
	r := Request{Env: env, Functions: b.functions(), Cloud: b.cloud, Permissions: b.cloud, State: b.store}
	if b.request != nil {
		b.request(&r)
	}
	return MakePlan(b.t.Context(), r)
}

func (b *bench) mustPlan() Plan {
	b.t.Helper()
	p, err := b.plan()
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

func (b *bench) run(ctx context.Context, p Plan) (Outcome, error) {
	o := RunOptions{Cloud: b.cloud, Permissions: b.cloud, State: b.store, Writer: "third-party"}
	if b.options != nil {
		b.options(&o)
	}
	return Run(ctx, p, o, func(e Event) { b.events = append(b.events, e) })
}

// deploy plans and runs.
func (b *bench) deploy() (Outcome, error) {
	b.t.Helper()
	return b.run(b.t.Context(), b.mustPlan())
}

func (b *bench) mustDeploy() Outcome {
	b.t.Helper()
	o, err := b.deploy()
	if err != nil {
		b.t.Fatal(err)
	}
	return o
}

// took returns and forgets what was done to the cloud.
func (b *bench) took() string {
	text := strings.Join(b.cloud.log, "; ")
	b.cloud.log = nil
	return text
}

func (b *bench) record(name string) state.Function {
	b.t.Helper()
	f, _, err := b.store.Function(env, name)
	if err != nil {
		b.t.Fatal(err)
	}
	return f
}

var errLost = &wxapi.NetworkError{Host: "scf", Action: "CreateFunction", Sent: true}

var errBoom = errors.New("boom")
