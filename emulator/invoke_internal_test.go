package emulator

import (
	"testing"
	"time"

	"wxcloud/emulator/node"
)

func TestExceededNamesTheLimitThatFired(t *testing.T) {
	for want, r := range map[string]node.Result{
		"Invoking task timed out after 3 seconds":     {TimedOut: true, Limit: 3 * time.Second},
		"Invoking task timed out after 0.5 seconds":   {TimedOut: true, Limit: 500 * time.Millisecond},
		"Loading the code timed out after 65 seconds": {TimedOut: true, Limit: node.InitTimeout, Loading: true},
	} {
		if got := exceeded(r); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// What a function wrote is its log; a process that just ended leaves no stack.
func TestStackBehindTheLog(t *testing.T) {
	for _, tt := range []struct{ log, stack, want string }{
		{"", "", ""},
		{"a\n", "", "a\n"},
		{"", "Error: x", "Error: x\n"},
		{"a", "Error: x", "a\nError: x\n"},
		{"a\n", "Error: x", "a\nError: x\n"},
	} {
		if got := withStack(tt.log, tt.stack); got != tt.want {
			t.Errorf("%q and %q: %q, want %q", tt.log, tt.stack, got, tt.want)
		}
	}
}
