package processgroup

import (
	"os/exec"
	"strconv"
	"syscall"
)

// Own keeps console signals meant for wxcloud away from the program.
func Own(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP, HideWindow: true}
}

// Kill ends a started program and its children; taskkill walks the tree.
func Kill(c *exec.Cmd) {
	_ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(c.Process.Pid)).Run() //nolint:gosec,noctx // a number; it must not be cancelled
	_ = c.Process.Kill()
}
