// Package calllog keeps the latest invocations with what the functions wrote,
// for people who read along and for queries as the cloud's log service takes
// them. It knows nothing of how functions run, and writes no file itself.
package calllog

import (
	"encoding/json"
	"slices"
	"sync"
	"time"
)

// Entry is one invocation that has ended.
type Entry struct {
	Sequence  uint64          `json:"sequence"` // counts up from 1
	Time      time.Time       `json:"time"`     // its start, on the local cloud's clock
	Function  string          `json:"function"`
	RequestID string          `json:"requestId"`
	Origin    string          `json:"origin"`            // what started it
	Trigger   string          `json:"trigger,omitempty"` // the timer's name
	ErrCode   int             `json:"errCode"`
	ErrMsg    string          `json:"errMsg,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"` // left out when large
	Log       string          `json:"log"`
	Duration  time.Duration   `json:"durationNanoseconds"`
	Cold      bool            `json:"cold"`
	Memory    int64           `json:"memoryBytes"`
	MemoryMB  int             `json:"memoryLimitMb"`
}

// What is kept at most; the oldest go first.
const (
	maxEntries = 1000
	maxBytes   = 16 << 20
	maxResult  = 4 << 10

	// What a stop of the local cloud leaves behind: every command without a local
	// cloud running beside it starts one and stops it.
	maxKept      = 200
	maxKeptBytes = 1 << 20
)

// Log is a ring of entries. The zero value is empty and ready.
type Log struct {
	mu      sync.Mutex
	entries []Entry
	bytes   int
	last    uint64
	changed chan struct{} // closed with the next entry, nil while nobody waits
}

// Add keeps an entry and numbers it.
func (l *Log) Add(e Entry) {
	if len(e.Result) > maxResult {
		e.Result = nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last++
	e.Sequence = l.last
	l.entries = append(l.entries, e)
	l.bytes += size(e)
	for len(l.entries) > maxEntries || l.bytes > maxBytes && len(l.entries) > 1 {
		l.bytes -= size(l.entries[0])
		l.entries = l.entries[1:]
	}
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
}

func size(e Entry) int { return len(e.Log) + len(e.Result) + len(e.ErrMsg) + 256 }

// Since lists what came after an entry, of one function or of all for "", oldest
// first, and the number of the last entry there is.
func (l *Log) Since(function string, after uint64) ([]Entry, uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	from, _ := slices.BinarySearchFunc(l.entries, after+1, func(e Entry, n uint64) int {
		switch {
		case e.Sequence < n:
			return -1
		case e.Sequence > n:
			return 1
		}
		return 0
	})
	out := []Entry{}
	for _, e := range l.entries[from:] {
		if function == "" || e.Function == function {
			out = append(out, e)
		}
	}
	return out, l.last
}

// Changed is closed when the next entry is added.
func (l *Log) Changed() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed == nil {
		l.changed = make(chan struct{})
	}
	return l.changed
}

// Clear forgets all entries and goes on counting.
func (l *Log) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries, l.bytes = nil, 0
}

// Kept are the latest entries, oldest first, as far as they are worth keeping
// through a restart.
func (l *Log) Kept() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	from, bytes := len(l.entries), 0
	for from > 0 && len(l.entries)-from < maxKept && bytes+size(l.entries[from-1]) <= maxKeptBytes {
		from--
		bytes += size(l.entries[from])
	}
	return slices.Clone(l.entries[from:])
}

// Restore puts entries into an empty log and numbers them anew.
func (l *Log) Restore(entries []Entry) {
	for _, e := range entries {
		l.Add(e)
	}
}
