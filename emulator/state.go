package emulator

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"wxcloud/emulator/interfaces"
	"wxcloud/internal/atomicfile"
)

const (
	stateFile    = "state.json"
	stateVersion = 1
)

// maxOffset is how far the clock can be moved: times stay such that they can be
// written, also those a stuck deploy waits for.
const maxOffset = 100 * 365 * 24 * time.Hour

// state is everything that survives a restart but the zips, which lie beside it
// by their digest.
type state struct {
	Version   int                  `json:"version"`
	Offset    time.Duration        `json:"offsetNanoseconds"`
	Functions map[string]*function `json:"functions"` // by key
	Nodes     []gatewayNode        `json:"nodes"`
	Tokens    []token              `json:"tokens"`
	// Observed are the cloud calls made, by function key and interface.
	Observed map[string]map[string]*Observed `json:"observed,omitempty"`
	// Interfaces is what calls of interfaces did for the next.
	Interfaces *interfaces.Memory `json:"interfaces,omitempty"`
	// Sent are the latest messages users would have received, oldest first.
	Sent []interfaces.Message `json:"sent,omitempty"`
}

// now is the local cloud's time: the real one and the offset control calls
// gave it. The caller holds mu.
func (e *Emulator) now() time.Time { return time.Now().Add(e.state.Offset).Round(0) }

func (e *Emulator) emptyState() state {
	s := state{Version: stateVersion, Functions: map[string]*function{}, Interfaces: new(interfaces.Memory)}
	if e.options.StrictSubscriptions {
		s.Interfaces.Count(true)
	}
	s.fit(e.options.Nodes)
	return s
}

// fit gives the state as many gateway nodes as the options ask for.
func (s *state) fit(nodes int) {
	for len(s.Nodes) < nodes {
		s.Nodes = append(s.Nodes, gatewayNode{})
	}
	s.Nodes = s.Nodes[:nodes]
}

// check refuses what this version never writes, and fills in what older ones
// left out. A folder may come with somebody's repository: what names files in
// it must not lead out of it.
func (s *state) check() error {
	switch {
	case s.Version > stateVersion:
		return errors.New("made by a newer version of wxcloud")
	case s.Version < 1:
		return errors.New("not the state of a local cloud")
	case s.Offset < 0 || s.Offset > maxOffset:
		return errors.New("the clock is out of range")
	}
	if s.Functions == nil {
		s.Functions = map[string]*function{}
	}
	for key, f := range s.Functions {
		if f == nil || f.key() != key || !validFunctionName(f.Name) || checkHandler(f.Handler) != nil {
			return fmt.Errorf("the function %q is not one", key)
		}
		codes := []code{f.Current, f.latest()}
		for _, v := range f.Versions {
			codes = append(codes, v.Code)
		}
		for _, c := range codes {
			if sum, err := hex.DecodeString(c.SHA); err != nil || len(sum) != sha256.Size && c.SHA != "" || c.SHA != strings.ToLower(c.SHA) {
				return fmt.Errorf("the code of %q is not named by a SHA-256", key)
			}
		}
	}
	for i := range s.Nodes {
		if s.Nodes[i] == nil {
			s.Nodes[i] = gatewayNode{}
		}
	}
	for key, list := range s.Observed {
		maps.DeleteFunc(list, func(_ string, o *Observed) bool { return o == nil })
		if len(list) == 0 {
			delete(s.Observed, key)
		}
	}
	return nil
}

func (e *Emulator) load() error {
	path := filepath.Join(e.options.Dir, stateFile)
	e.state = e.emptyState()
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return brokenState(path, err)
	}
	var s state
	if err := json.Unmarshal(data, &s); err != nil {
		return brokenState(path, err)
	}
	if err := s.check(); err != nil {
		return brokenState(path, err)
	}
	if s.Interfaces == nil {
		s.Interfaces = new(interfaces.Memory)
	}
	if e.options.StrictSubscriptions {
		s.Interfaces.Count(true)
	}
	s.fit(e.options.Nodes)
	e.state = s
	return nil
}

// save writes a snapshot. It is called without mu; snapshots are taken and
// written in one order, so an older one never replaces a newer one.
//
// Those that wait for the file share the next snapshot.
func (e *Emulator) save() error {
	e.mu.Lock()
	e.changes++
	wanted := e.changes
	e.mu.Unlock()
	e.saving.Lock()
	defer e.saving.Unlock()
	data, change, err := e.snapshot(wanted)
	if err != nil || data == nil {
		return err
	}
	err = atomicfile.Write(filepath.Join(e.options.Dir, stateFile), append(data, '\n'), 0o600)
	if err == nil {
		e.saved = change
	}
	return err
}

// snapshot is the state as a file, and the number of the change it holds; nil
// when the last one holds the wanted change. The caller holds saving.
func (e *Emulator) snapshot(wanted uint64) ([]byte, uint64, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.saved >= wanted {
		return nil, 0, nil
	}
	data, err := json.Marshal(e.state)
	return data, e.changes, err
}

// change runs f on the state under the lock and then saves it.
func (e *Emulator) change(f func()) error {
	func() {
		e.mu.Lock()
		defer e.mu.Unlock() // also when f panics: one broken request must not stop all others
		f()
	}()
	if e.options.Timers {
		e.timers.Changed()
	}
	return e.save()
}
