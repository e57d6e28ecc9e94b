package wxapi

import (
	"context"
	"os/exec"
	"strconv"
	"syscall"
)

// shellCommand prepares a command line of the user's. cmd.exe has quoting rules
// of its own, which the escaping of os/exec would break: with /S it takes what
// stands between the outer quotes as it is. The console's Ctrl-C goes to
// wxcloud alone, which then ends the command.
func shellCommand(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "cmd.exe")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		CmdLine: `cmd.exe /S /C "` + line + `"`, CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP, HideWindow: true,
	}
	return cmd
}

// killTree ends a started shell and what it started; taskkill walks the tree.
func killTree(cmd *exec.Cmd) error {
	_ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run() //nolint:noctx // it must not be cancelled
	return cmd.Process.Kill()
}
