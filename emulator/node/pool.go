// Package node runs functions in Node processes: one call at a time per process,
// processes kept warm per version of the code, killed with everything they
// started when a call takes too long. It knows nothing of WeChat: environment
// variables, event and context are the caller's.
package node

import (
	"context"
	"errors"
	"os/exec"
	"slices"
	"sync"
	"time"
)

// ErrBusy is returned when too many calls run at once.
var ErrBusy = errors.New("too many functions are running at once")

// ErrClosed is returned by a pool that was closed.
var ErrClosed = errors.New("the pool of Node processes is closed")

// MissingError says that the program could not be found or started.
type MissingError struct {
	Program string
	Err     error
}

func (e *MissingError) Error() string { return "cannot run " + e.Program + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *MissingError) Unwrap() error { return e.Err }

const (
	// maxLive bounds the processes of a pool, so that functions that call each
	// other without end cannot take the machine down.
	maxLive = 48
	// idleLimit is how long a warm process waits for its next call. What the
	// platform does is not documented.
	idleLimit = 5 * time.Minute
	// InitTimeout bounds the loading of a function's code, which does not count
	// towards the call's own limit (the platform's default for event functions).
	InitTimeout = 65 * time.Second
)

// Options say what a pool runs.
type Options struct {
	// Program is Node: a name looked up in PATH, or a path.
	Program string
	// Idle is how many idle processes are kept at most.
	Idle int
	// Home is a folder of the pool's own: the runner script, and HOME and the
	// temporary folder of the processes.
	Home string
	// IdleTime is how long a warm process waits for its next call; default five
	// minutes.
	IdleTime time.Duration
	// LoadTimeout bounds the loading of a function's code; default InitTimeout.
	LoadTimeout time.Duration
}

// Version identifies code that may share a process.
type Version struct {
	// Name is the function. A call of another version of the same name retires
	// the idle processes of the old one.
	Name string
	// Key differs when code or settings differ.
	Key string
	// Dir is the folder of the code, Handler "file.export" within it.
	Dir, Handler string
	// Modules are further folders that packages may be loaded from.
	Modules []string
	// Env are variables set for the life of the process, "K=V".
	Env []string
	// MemoryMB limits the JavaScript heap and what the process takes beyond Node's
	// own share; 0 leaves Node's own limit.
	MemoryMB int
}

// Call is one invocation.
type Call struct {
	Env            map[string]string // added to the process's variables for this call
	Event, Context any               // given to the function as JSON
	Timeout        time.Duration     // from the end of loading to the answer
}

// Pool keeps Node processes.
type Pool struct {
	options Options

	mu     sync.Mutex
	idle   []*process // least recently used first
	live   map[*process]struct{}
	next   int // processes about to be started
	closed bool
	group  sync.WaitGroup
}

// New returns a pool; it starts nothing.
func New(o Options) *Pool {
	if o.Idle <= 0 {
		o.Idle = 8
	}
	if o.IdleTime <= 0 {
		o.IdleTime = idleLimit
	}
	if o.LoadTimeout <= 0 {
		o.LoadTimeout = InitTimeout
	}
	return &Pool{options: o, live: map[*process]struct{}{}}
}

// Program is the path of Node, or a *MissingError.
func (p *Pool) Program() (string, error) {
	path, err := exec.LookPath(p.options.Program)
	if err != nil {
		return "", &MissingError{Program: p.options.Program, Err: err}
	}
	return path, nil
}

// Live is the number of processes.
func (p *Pool) Live() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.live)
}

// Run makes one call. An error means that the call could not be made at all
// (*MissingError, ErrBusy, ErrClosed, ctx); a function that fails is a Result.
func (p *Pool) Run(ctx context.Context, v Version, c Call) (Result, error) {
	proc, cold, err := p.take(v)
	if err != nil {
		return Result{}, err
	}
	result, reusable, err := proc.call(ctx, c, p.options.LoadTimeout)
	result.Cold = cold
	if reusable && p.give(proc) {
		return result, err
	}
	proc.kill()
	<-proc.done
	p.forget(proc)
	return result, err
}

// Close kills every process, busy ones too, and waits until they are gone.
func (p *Pool) Close() {
	p.mu.Lock()
	p.closed = true
	for proc := range p.live {
		proc.stopIdling()
		proc.kill()
	}
	p.idle = nil
	p.mu.Unlock()
	p.group.Wait()
}

// Retire kills the idle processes of one function, or all idle ones for "".
func (p *Pool) Retire(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.retire(func(proc *process) bool { return name == "" || proc.version.Name == name })
}

// retire drops idle processes; the caller holds mu.
func (p *Pool) retire(which func(*process) bool) {
	p.idle = slices.DeleteFunc(p.idle, func(proc *process) bool {
		if !which(proc) {
			return false
		}
		proc.stopIdling()
		proc.kill()
		delete(p.live, proc)
		return true
	})
}

func (p *Pool) take(v Version) (*process, bool, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, false, ErrClosed
	}
	p.retire(func(proc *process) bool { return proc.version.Name == v.Name && proc.version.Key != v.Key })
	for i, proc := range slices.Backward(p.idle) {
		if proc.version.Key == v.Key && proc.version.Name == v.Name {
			p.idle = slices.Delete(p.idle, i, i+1)
			proc.stopIdling()
			if proc.alive() {
				p.mu.Unlock()
				return proc, false, nil
			}
			proc.kill()
			delete(p.live, proc)
			break
		}
	}
	if len(p.live)+p.next-len(p.idle) >= maxLive {
		p.mu.Unlock()
		return nil, false, ErrBusy
	}
	p.next++
	p.group.Add(1) // under mu and before Close can wait
	p.mu.Unlock()

	proc, err := p.start(v)

	p.mu.Lock()
	defer p.mu.Unlock()
	p.next--
	if err != nil {
		p.group.Done()
		return nil, false, err
	}
	p.live[proc] = struct{}{}
	if p.closed {
		proc.kill()
	}
	go func() {
		defer p.group.Done()
		proc.wait()
	}()
	return proc, true, nil
}

// give takes a process back as idle; false when it is not wanted.
func (p *Pool) give(proc *process) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	for len(p.idle) >= p.options.Idle {
		oldest := p.idle[0]
		p.retire(func(other *process) bool { return other == oldest })
	}
	p.idle = append(p.idle, proc)
	proc.idling = time.AfterFunc(p.options.IdleTime, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.retire(func(other *process) bool { return other == proc })
	})
	return true
}

func (p *Pool) forget(proc *process) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.live, proc)
}
