package devtools

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"wxcloud/internal/clierr"
	"wxcloud/internal/processgroup"
)

// maxOutput is how much of what it prints is kept, from the end: the result comes
// last.
const maxOutput = 1 << 20

// run runs one command of DevTools and returns what it printed, on both streams.
// Only a program that cannot be run, or does not end, is an error.
func (t *Tools) run(ctx context.Context, args ...string) (output, error) {
	timeout := t.Timeout
	if timeout == 0 {
		timeout = DefaultTimeout
	}
	if t.Lang != "" {
		args = append(args, "--lang", t.Lang)
	}
	if runtime.GOOS == "windows" && isBatch(t.Program) {
		if bad, found := unsafeArgument(args); found {
			return output{}, clierr.New("devtools/argument", clierr.Usage, clierr.Args{"argument": bad})
		}
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	command := exec.CommandContext(limited, t.Program, args...)
	// A group of its own keeps Ctrl-C from the DevTools it may have started. For the
	// same reason only the command itself is ended, and not what it started: people
	// work in there. Its input is empty, so that nothing it asks is answered.
	processgroup.Own(command)
	command.WaitDelay = 2 * time.Second
	printed := &tail{asked: cancel}
	command.Stdout, command.Stderr = printed, printed
	err := command.Run()
	out := output{decode(printed.bytes())}
	var exited *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return out, context.Cause(ctx)
	case printed.hasAsked():
		return out, nil
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		return out, clierr.New("devtools/timeout", clierr.Cloud, clierr.Args{"program": t.Program, "after": timeout.String(), "said": out.said()})
	case err != nil && !errors.As(err, &exited) && !errors.Is(err, exec.ErrWaitDelay):
		return out, clierr.New("devtools/cannot-run", clierr.Local, clierr.Args{"program": t.Program}).Because(err)
	}
	return out, nil
}

func isBatch(program string) bool {
	extension := strings.ToLower(filepath.Ext(program))
	return extension == ".bat" || extension == ".cmd"
}

// tail keeps the end of what is written to it.
type tail struct {
	asked func() // called when the program waits for a person to answer

	mu   sync.Mutex
	kept []byte
	ask  bool
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, p...)
	if over := len(t.kept) - maxOutput; over > 0 {
		t.kept = append([]byte{}, t.kept[over:]...)
	}
	// "Enable IDE Service (y/N)": switching that on is the owner's decision.
	if !t.ask && bytes.Contains(t.kept, []byte("(y/N)")) {
		t.ask = true
		t.asked()
	}
	return len(p), nil
}

func (t *tail) bytes() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.kept
}

func (t *tail) hasAsked() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ask
}
