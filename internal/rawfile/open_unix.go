//go:build unix

package rawfile

import "syscall"

// handle is an open file.
type handle int

func open(path string) (handle, error) {
	for {
		fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		if err != syscall.EINTR {
			return handle(fd), err
		}
	}
}

// read reads some bytes; 0 is the end.
func (h handle) read(b []byte) (int, error) {
	for {
		n, err := syscall.Read(int(h), b)
		if err != syscall.EINTR {
			return max(0, n), err
		}
	}
}

func (h handle) close() { _ = syscall.Close(int(h)) }

func (h handle) executable() (bool, error) {
	var info syscall.Stat_t
	for {
		err := syscall.Fstat(int(h), &info)
		if err != syscall.EINTR {
			return info.Mode&0o111 != 0, err
		}
	}
}
