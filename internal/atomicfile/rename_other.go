//go:build !windows

package atomicfile

// passing is never true here: an open file does not keep a rename from being done.
func passing(error) bool { return false }
