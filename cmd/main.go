// Package cmd is the command line of wxcloud: one file per command. It joins the
// rooms (config, lint, perm, upload, emulator) and turns their results into text
// for people and JSON for programs. Nothing else knows cobra, and nothing below
// this package decides what a user reads.
package cmd

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
	"wxcloud/internal/ui"
)

// Process is everything a run takes from the operating system, so that a run can
// be started from a test or from another command (the demo) as well.
type Process struct {
	Args    []string // without the program's name
	Streams *ui.Streams
	Getenv  func(string) string
	Dir     string // working directory; relative paths start here
	// Prompt answers questions; nil asks on the terminal.
	Prompt prompt.Prompter
}

// Main runs the program with the process's own streams and returns its exit status.
func Main() int {
	// A double-clicked .exe on Windows still runs. This is the process's, not a
	// run's: runs go on side by side in tests.
	cobra.MousetrapHelpText = ""
	ctx := context.Background()
	if !prints(os.Args[1:]) {
		watched, stop := signal.NotifyContext(ctx, ends()...)
		defer stop()
		ctx = watched
	}
	streams := ui.System(os.Getenv)
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	return int(Run(ctx, Process{Args: os.Args[1:], Streams: streams, Getenv: os.Getenv, Dir: dir}))
}

// ends are the signals that end a run in order. A terminal that is closed is one
// of them, unless somebody wanted the run to outlive it (nohup).
func ends() []os.Signal {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	return signals
}

// prints reports whether the command line only prints something known. Watching
// for Ctrl-C starts two threads, which would be a tenth of such a run.
func prints(args []string) bool { return len(args) > 0 && args[0] == "version" }

// Run executes one command line and returns its exit status. It is the only
// place where an error becomes text and a number.
func Run(ctx context.Context, p Process) clierr.Exit {
	a := newApp(p)
	root := a.newRoot()
	root.SetArgs(p.Args)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return a.exit
	case errors.Is(err, prompt.ErrInterrupted):
		a.interrupted(text.InterruptedQuestion)
		return clierr.Interrupted
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		a.interrupted(text.Interrupted)
		return clierr.Interrupted
	default:
		return a.fail(err)
	}
}
