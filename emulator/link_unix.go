//go:build unix

package emulator

import "os"

// linkFolder makes link lead to the folder target.
func linkFolder(target, link string) error { return os.Symlink(target, link) }
