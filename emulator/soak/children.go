package soak

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// children counts the processes this one started and has not waited for; 0 where
// the system has no /proc.
func children() (int, error) {
	entries, err := os.ReadDir("/proc")
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	count := 0
	for _, entry := range entries {
		if _, err := strconv.Atoi(entry.Name()); err != nil {
			continue
		}
		data, err := os.ReadFile("/proc/" + entry.Name() + "/stat")
		if err != nil {
			continue // it has ended since
		}
		// "pid (name) state ppid ...", where a name may hold anything.
		fields := strings.Fields(string(data)[strings.LastIndexByte(string(data), ')')+1:])
		if len(fields) > 1 && fields[1] == strconv.Itoa(os.Getpid()) {
			count++
		}
	}
	return count, nil
}
