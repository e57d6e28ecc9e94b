package emulator

import (
	"encoding/json"
	"io"
	"sync"
	"time"
)

// Exchange is one request as the transcript keeps it. Bodies, tokens, queries
// and signatures are never in it.
type Exchange struct {
	Time     time.Time `json:"time"`
	Method   string    `json:"method"`
	Host     string    `json:"host"`
	Path     string    `json:"path"`
	Action   string    `json:"action,omitempty"`   // the cloud action or the interface called
	Function string    `json:"function,omitempty"` // the function it is about
	Node     int       `json:"node"`               // the gateway node that decided, -1 for none
	Status   int       `json:"status"`             // HTTP
	Verdict  string    `json:"verdict"`            // "ok", or the code answered
	// Synthetic marks an answer that no document describes.
	Synthetic bool `json:"synthetic,omitempty"`
	// Project marks an answer that a file of the project lays down.
	Project bool `json:"project,omitempty"`
	// Reason says what an interface refused: "touser is missing". Functions are
	// not told.
	Reason string `json:"reason,omitempty"`
	// Problem is what is wrong with the project's own answer to this call.
	Problem *Problem `json:"problem,omitempty"`
	// RequestID is the invocation that made the request, or that it started.
	RequestID string `json:"requestId,omitempty"`
	// Fault is the fault the request met, as `wxcloud emulator fault` writes it.
	Fault    string        `json:"fault,omitempty"`
	Duration time.Duration `json:"durationNanoseconds"`
}

// transcriptSize is how many requests are kept.
const transcriptSize = 256

type transcript struct {
	log     io.Writer
	observe func(Exchange)

	mu   sync.Mutex
	ring []Exchange
	next int
}

func (t *transcript) add(x Exchange) {
	for _, s := range []*string{&x.Method, &x.Host, &x.Path, &x.Action, &x.Function, &x.Verdict, &x.Reason, &x.Fault} {
		*s = note(*s)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.ring) < transcriptSize {
		t.ring = append(t.ring, x)
	} else {
		t.ring[t.next%transcriptSize] = x
	}
	t.next++
	if t.log != nil {
		if data, err := json.Marshal(x); err == nil {
			_, _ = t.log.Write(append(data, '\n')) // a lost log line must not fail a request
		}
	}
	if t.observe != nil {
		t.observe(x)
	}
}

// all returns the kept requests, oldest first.
func (t *transcript) all() []Exchange {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make([]Exchange, 0, len(t.ring))
	if len(t.ring) == transcriptSize {
		out = append(out, t.ring[t.next%transcriptSize:]...)
		return append(out, t.ring[:t.next%transcriptSize]...)
	}
	return append(out, t.ring...)
}

// of lists the requests an invocation made.
func (t *transcript) of(requestID string) []Exchange {
	out := []Exchange{}
	for _, x := range t.all() {
		if requestID != "" && x.RequestID == requestID && x.Path == "/admin" {
			out = append(out, x)
		}
	}
	return out
}
