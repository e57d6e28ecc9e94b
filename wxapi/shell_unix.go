//go:build unix

package wxapi

import (
	"context"
	"os/exec"
	"syscall"
)

// shellCommand prepares a command line of the user's in a process group of its
// own, so that it can be ended together with everything it starts.
func shellCommand(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", line)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

// killTree ends a started shell and what it started.
func killTree(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
