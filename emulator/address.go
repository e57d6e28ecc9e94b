package emulator

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"wxcloud/internal/atomicfile"
)

const addressFile = "address.json"

// address tells other processes how to reach a live local cloud. The token
// admits control calls, so the file is the owner's alone.
type address struct {
	URL   string `json:"url"`
	Token string `json:"token"`
	PID   int    `json:"pid"`
}

func (e *Emulator) caPath() string { return filepath.Join(e.options.Dir, "ca.pem") }

// writeAddress is called with serving held.
func (e *Emulator) writeAddress(ca []byte) error {
	if err := atomicfile.Write(e.caPath(), ca, 0o600); err != nil {
		return err
	}
	data, err := json.MarshalIndent(address{URL: "http://" + e.listener.Addr().String(), Token: e.control, PID: os.Getpid()}, "", "  ")
	if err != nil {
		return err
	}
	return atomicfile.Write(filepath.Join(e.options.Dir, addressFile), append(data, '\n'), 0o600)
}

func (e *Emulator) removeAddress() error {
	err := os.Remove(filepath.Join(e.options.Dir, addressFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
