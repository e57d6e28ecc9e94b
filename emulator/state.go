package emulator

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"wxcloud/emulator/interfaces"
	"wxcloud/internal/atomicfile"
)

const (
	stateFile    = "state.json"
	stateVersion = 1
)

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
	if s.Version != stateVersion {
		return brokenState(path, errors.New("made by another version of wxcloud"))
	}
	if s.Interfaces == nil {
		s.Interfaces = new(interfaces.Memory)
	}
	if e.options.StrictSubscriptions {
		s.Interfaces.Count(true)
	}
	if s.Functions == nil {
		s.Functions = map[string]*function{}
	}
	for i := range s.Nodes {
		if s.Nodes[i] == nil {
			s.Nodes[i] = gatewayNode{}
		}
	}
	s.fit(e.options.Nodes)
	e.state = s
	return nil
}

// save writes a snapshot. It is called without mu; snapshots are taken and
// written in one order, so an older one never replaces a newer one.
func (e *Emulator) save() error {
	e.saving.Lock()
	defer e.saving.Unlock()
	e.mu.Lock()
	data, err := json.MarshalIndent(e.state, "", " ")
	e.mu.Unlock()
	if err != nil {
		return err
	}
	return atomicfile.Write(filepath.Join(e.options.Dir, stateFile), append(data, '\n'), 0o600)
}

// change runs f on the state under the lock and then saves it.
func (e *Emulator) change(f func()) error {
	e.mu.Lock()
	f()
	e.mu.Unlock()
	return e.save()
}
