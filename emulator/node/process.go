package node

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"wxcloud/internal/atomicfile"
	"wxcloud/internal/processgroup"
)

//go:embed runner.js
var runner string

// Result is what came of a call.
type Result struct {
	Value    json.RawMessage // what the function returned; null for nothing
	Failure  *Failure        // set when it failed
	TimedOut bool
	Limit    time.Duration // the one that was exceeded, when TimedOut
	Loading  bool          // TimedOut while the code was still being loaded
	TooMuch  bool          // it took more memory than Version.MemoryMB; it was killed
	Log      string        // what it wrote, both streams in order, shortened when long
	Duration time.Duration // of the call itself
	Load     time.Duration // of starting Node and loading the code, when cold
	Memory   int64         // resident bytes of the process
	Cold     bool          // the process was started for this call
}

// Failure is an error a function threw, or its process died of.
type Failure struct {
	Text  string `json:"text"` // as String(error) gives it
	Stack string `json:"stack"`
}

// process is one Node process. Its standard output and error are one pipe, so
// that log lines and answers arrive in the order they were written; an answer is
// a line that starts with a random mark only runner and process know.
type process struct {
	version Version
	command *exec.Cmd
	stdin   io.WriteCloser
	output  *os.File
	mark    string
	lines   chan line
	quit    chan struct{} // closed when the process is to end
	done    chan struct{} // closed when the process has ended
	killing sync.Once
	idling  *time.Timer
	started time.Time
	loaded  bool
}

// line is a piece of output: log text, or an answer of the runner.
type line struct {
	log    string
	answer []byte
}

// answer is what the runner reports: {"loaded":true} or the end of a call.
type answer struct {
	Loaded bool            `json:"loaded"`
	Value  json.RawMessage `json:"value"`
	Error  *Failure        `json:"error"`
	RSS    int64           `json:"rss"`
	// TooMuch says that the process is about to be killed for its memory.
	TooMuch bool `json:"tooMuch"`
}

func (p *Pool) start(v Version) (*process, error) {
	program, err := p.Program()
	if err != nil {
		return nil, err
	}
	script, err := p.install()
	if err != nil {
		return nil, err
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	proc := &process{version: v, started: time.Now(), output: reader, mark: "\x1e" + rand.Text() + " ", lines: make(chan line, 64), quit: make(chan struct{}), done: make(chan struct{})}
	arguments := []string{script}
	if v.MemoryMB > 0 {
		arguments = []string{fmt.Sprintf("--max-old-space-size=%d", v.MemoryMB), script}
	}
	proc.command = exec.Command(program, arguments...) //nolint:noctx // it outlives the request that starts it
	proc.command.Dir = v.Dir
	proc.command.Env = append(p.environment(), v.Env...)
	proc.command.Stdout, proc.command.Stderr = writer, writer
	processgroup.Own(proc.command)
	proc.stdin, err = proc.command.StdinPipe()
	if err == nil {
		err = proc.command.Start()
	}
	_ = writer.Close()
	if err != nil {
		_ = reader.Close()
		return nil, &MissingError{Program: p.options.Program, Err: err}
	}
	file, export, _ := strings.Cut(v.Handler, ".")
	if err := proc.send(map[string]any{
		"mark": proc.mark, "dir": v.Dir, "file": file, "export": export,
		"roots": append([]string{v.Dir}, v.Modules...), "owner": os.Getpid(), "memoryMB": v.MemoryMB,
	}); err != nil {
		// It died at once: the call that follows reports what it wrote.
		return proc, nil //nolint:nilerr // see above
	}
	return proc, nil
}

// install writes the runner script and makes the folders of the processes.
func (p *Pool) install() (string, error) {
	if err := os.MkdirAll(filepath.Join(p.options.Home, "tmp"), 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(p.options.Home, "runner.js")
	if old, err := os.ReadFile(path); err == nil && string(old) == runner {
		return path, nil
	}
	return path, atomicfile.Write(path, []byte(runner), 0o600)
}

// environment is all a function sees of this machine: no proxy, token or
// NODE_OPTIONS of the developer's shell reaches it.
func (p *Pool) environment() []string {
	tmp := filepath.Join(p.options.Home, "tmp")
	env := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.options.Home, "TMPDIR=" + tmp, "LANG=en_US.UTF-8", "TZ=UTC"}
	if runtime.GOOS == "windows" {
		env = append(env, "SystemRoot="+os.Getenv("SystemRoot"), "USERPROFILE="+p.options.Home, "TEMP="+tmp, "TMP="+tmp)
	}
	return env
}

func (p *process) send(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = p.stdin.Write(append(data, '\n'))
	return err
}

// wait returns when the process has ended and its output was read.
func (p *process) wait() {
	read := make(chan struct{})
	go func() {
		defer close(read)
		p.read()
	}()
	_ = p.command.Wait() // how it ended does not matter: the call says what is missing
	p.kill()             // what it started and left behind
	select {
	case <-read:
	case <-time.After(drainPatience):
		_ = p.output.Close() // a grandchild that left the group holds the other end
		<-read
	}
	_ = p.output.Close()
	close(p.done)
}

// drainPatience is how long the output of a dead process may take to arrive.
const drainPatience = 500 * time.Millisecond

func (p *process) alive() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// kill ends the process and everything it started.
func (p *process) kill() {
	p.killing.Do(func() {
		close(p.quit)
		_ = p.stdin.Close()
		processgroup.Kill(p.command)
	})
}

func (p *process) stopIdling() {
	if p.idling != nil {
		p.idling.Stop()
	}
}

// maxLine bounds an answer (the platform refuses results over 1 MB).
const maxLine = 16 << 20

func (p *process) read() {
	defer close(p.lines)
	r := bufio.NewReaderSize(p.output, 64<<10)
	var buffer []byte
	for {
		part, err := r.ReadSlice('\n')
		buffer = append(buffer, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull) && len(buffer) < maxLine && bytes.HasPrefix(buffer, []byte(p.mark)):
			continue // an answer is taken whole, output without line ends in pieces
		case len(buffer) > 0:
			p.emit(string(buffer))
			buffer = buffer[:0]
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return
		}
	}
}

func (p *process) emit(text string) {
	if data, ok := strings.CutPrefix(text, p.mark); ok {
		select {
		case p.lines <- line{answer: []byte(data)}:
		case <-p.quit: // the call it belongs to has been given up
		}
		return
	}
	select {
	case p.lines <- line{log: text}:
	case <-time.After(logPatience):
		// Between calls nobody reads. What does not fit is dropped rather than
		// stopping the function's timers for ever.
	}
}

// logPatience is how long output waits for a reader before it is dropped.
const logPatience = 50 * time.Millisecond

// call makes one call; reusable reports whether the process can take another.
func (p *process) call(ctx context.Context, c Call, loadTimeout time.Duration) (result Result, reusable bool, err error) {
	started := time.Now()
	limit := c.Timeout
	if !p.loaded {
		limit = loadTimeout
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	var log logBuffer
	finish := func() { result.Log, result.Duration = log.String(), time.Since(started) }
	if err := p.send(map[string]any{"env": c.Env, "event": c.Event, "context": c.Context}); err != nil && p.alive() {
		p.kill() // it no longer reads: it is about to end, and its output says why
	}
	for {
		select {
		case <-ctx.Done():
			finish()
			return result, false, ctx.Err()
		case <-timer.C:
			p.kill()
			finish()
			result.TimedOut, result.Limit, result.Loading = true, limit, !p.loaded
			return result, false, nil
		case l, open := <-p.lines:
			if !open {
				finish()
				result.Failure = &Failure{Text: "Error: Process exited before completing request"}
				// Node's own end, faster than the guard's.
				result.TooMuch = strings.Contains(result.Log, "JavaScript heap out of memory")
				return result, false, ctx.Err()
			}
			if l.answer == nil {
				log.WriteString(l.log)
				continue
			}
			log.endAnswer()
			var a answer
			if err := json.Unmarshal(l.answer, &a); err != nil {
				finish()
				result.Failure = &Failure{Text: "Error: the result is not JSON"}
				return result, false, nil
			}
			if a.TooMuch {
				p.kill()
				finish()
				result.TooMuch, result.Memory = true, a.RSS
				return result, false, nil
			}
			if a.Loaded {
				p.loaded = true
				limit = c.Timeout
				timer.Reset(limit)
				result.Load = time.Since(p.started)
				started = time.Now()
				continue
			}
			finish()
			result.Value, result.Failure, result.Memory = a.Value, a.Error, a.RSS
			return result, p.loaded, nil
		}
	}
}
