package atomicfile

import (
	"errors"
	"syscall"
)

// sharingViolation is ERROR_SHARING_VIOLATION.
const sharingViolation = syscall.Errno(32)

// passing reports whether a rename failed because someone has the target open:
// a virus scanner, an indexer or an editor, for milliseconds.
func passing(err error) bool {
	return errors.Is(err, syscall.ERROR_ACCESS_DENIED) || errors.Is(err, sharingViolation)
}
