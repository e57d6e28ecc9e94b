package emulator

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"wxcloud/internal/atomicfile"
)

const addressFile = "address.json"

// address tells other processes how to reach a live local cloud. The token
// admits control calls, so the file is the owner's alone.
type address struct {
	URL   string `json:"url"`
	Token string `json:"token"`
}

func (e *Emulator) caPath() string { return filepath.Join(e.options.Dir, "ca.pem") }

// writeAddress tells other processes where this instance is, unless it is
// private. It is called with serving held.
func (e *Emulator) writeAddress(ca []byte) error {
	if err := atomicfile.Write(e.caPath(), ca, 0o600); err != nil {
		return err
	}
	if e.options.Private {
		return nil
	}
	data, err := json.MarshalIndent(address{URL: "http://" + e.listener.Addr().String(), Token: e.control}, "", "  ")
	if err != nil {
		return err
	}
	return atomicfile.Write(filepath.Join(e.options.Dir, addressFile), append(data, '\n'), 0o600)
}

// plain reports whether the address is one a local cloud writes. A folder that
// came with somebody's repository may hold any other, and a call to it would
// leave this machine.
func (a address) plain() bool {
	host, ok := strings.CutPrefix(a.URL, "http://")
	at, err := netip.ParseAddrPort(host)
	return ok && err == nil && at.Addr().IsLoopback() && at.Addr().Zone() == "" && at.Port() != 0 && at.String() == host
}

func (e *Emulator) removeAddress() error {
	err := os.Remove(filepath.Join(e.options.Dir, addressFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
