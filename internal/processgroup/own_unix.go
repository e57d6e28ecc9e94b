//go:build unix

package processgroup

import (
	"os/exec"
	"syscall"
)

// Own gives the program, not yet started, a group of its own.
func Own(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// Kill ends a started program and its group.
func Kill(c *exec.Cmd) { _ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
