// Package perm answers whether a change of a function's cloud-call list is in
// force: it compares what is called with what is declared, judges the answer of
// one invocation, and waits with as few invocations as it can. It does not know
// how a list reaches the cloud or how a function is invoked: it asks through the
// Invoker it is given, and never calls a thing verified that was only waited for.
package perm

import (
	"context"
	"slices"
	"time"
)

// Invoker runs a cloud function once, on a path that carries a cloud-call
// ticket (an invocation that did not come through WeChat proves nothing).
type Invoker interface {
	Invoke(ctx context.Context, function string, event []byte) (Answer, error)
}

// Answer is what an invocation came back with. A function that threw has
// ErrCode -504002 and the text of the exception in ErrMsg; one that returned has
// ErrCode 0 and the returned value in Result.
type Answer struct {
	Result  []byte // JSON, or whatever text the function returned
	ErrCode int
	ErrMsg  string
}

// Change is a change of one function's cloud-call list that the cloud accepted.
type Change struct {
	Function   string    `json:"function"`
	Added      []string  `json:"added,omitempty"`
	Removed    []string  `json:"removed,omitempty"`
	AcceptedAt time.Time `json:"acceptedAt"` // when the cloud's answer arrived
}

// Names returns the interfaces the change touches, the added ones first.
func (c Change) Names() []string { return slices.Concat(c.Added, c.Removed) }

// Difference is what two lists of interfaces do not share.
type Difference struct {
	Missing []string // called, but not declared
	Unused  []string // declared, but not called
}

// Empty reports whether the lists hold the same names.
func (d Difference) Empty() bool { return len(d.Missing) == 0 && len(d.Unused) == 0 }

// Diff compares the interfaces a function calls with those it declares. Names
// are compared exactly, as the cloud does. Both results are sorted and without
// duplicates. Diff(after, before) gives the additions of a change as Missing and
// its removals as Unused.
func Diff(called, declared []string) Difference {
	return Difference{Missing: without(called, declared), Unused: without(declared, called)}
}

func without(names, others []string) []string {
	var kept []string
	for _, name := range names {
		if !slices.Contains(others, name) {
			kept = append(kept, name)
		}
	}
	slices.Sort(kept)
	return slices.Compact(kept)
}
