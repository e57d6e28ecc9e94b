package atomicfile

import (
	"os"
	"time"
)

// How often and how long a rename is tried that fails only for the moment.
const (
	renamePause    = 20 * time.Millisecond
	renamePatience = time.Second
)

func rename(from, to string) error {
	return patiently(func() error { return os.Rename(from, to) }, passing)
}

// patiently repeats do while its error is one that passes, up to renamePatience.
func patiently(do func() error, passes func(error) bool) error {
	start := time.Now()
	for {
		err := do()
		if err == nil || !passes(err) || time.Since(start) >= renamePatience {
			return err
		}
		time.Sleep(renamePause)
	}
}
