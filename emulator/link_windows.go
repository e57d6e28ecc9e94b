package emulator

import (
	"errors"
	"os/exec"
)

// linkFolder makes link lead to the folder target. A junction, unlike a symbolic
// link, needs no privilege.
func linkFolder(target, link string) error {
	out, err := exec.Command("cmd", "/c", "mklink", "/J", link, target).CombinedOutput() //nolint:gosec,noctx // paths made by this package; takes no time
	if err != nil {
		return errors.New("mklink: " + string(out))
	}
	return nil
}
