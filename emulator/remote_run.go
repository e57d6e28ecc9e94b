package emulator

import (
	"context"
	"time"

	"wxcloud/emulator/calllog"
	"wxcloud/emulator/push"
)

type fireRequest struct {
	Function string `json:"function"`
	Trigger  string `json:"trigger"`
}

type pushRequest struct {
	Function string       `json:"function"`
	Message  push.Message `json:"message"`
}

type logsRequest struct {
	Function string `json:"function"`
	After    uint64 `json:"after"`
	Wait     bool   `json:"wait"`
}

type logsAnswer struct {
	Invocations []calllog.Entry `json:"invocations"`
	Last        uint64          `json:"last"`
}

// Advanced is what moving the clock did.
type Advanced struct {
	Now   time.Time `json:"now"`
	Fired []Fired   `json:"fired"`             // in the order they were due; they run in the background
	More  bool      `json:"dropped,omitempty"` // more was due than is fired at once
}

// Advance moves the local cloud's clock. Timers that were due on the way fire,
// each time once; what they did is in the logs. They fire only where the local
// cloud was opened with Options.Timers.
func (r *Remote) Advance(ctx context.Context, d time.Duration) (Advanced, error) {
	var out Advanced
	err := r.call(ctx, "clock", clockRequest{Nanoseconds: int64(d)}, &out)
	return out, err
}

// Fire runs a function as its timer does and waits for the end. The name of the
// timer may be "" where the function has one.
func (r *Remote) Fire(ctx context.Context, function, trigger string) (CallResult, error) {
	var out CallResult
	err := r.call(ctx, "fire", fireRequest{Function: function, Trigger: trigger}, &out)
	return out, err
}

// Push runs a function as WeChat does when it pushes a message.
func (r *Remote) Push(ctx context.Context, function string, m push.Message) (Pushed, error) {
	var out Pushed
	err := r.call(ctx, "push", pushRequest{Function: function, Message: m}, &out)
	return out, err
}

// Logs lists the invocations after one (0: all that are kept), of one function or
// of all for "", and the number of the last there is. With wait it returns once
// there is one, or after some seconds without.
func (r *Remote) Logs(ctx context.Context, function string, after uint64, wait bool) ([]calllog.Entry, uint64, error) {
	var out logsAnswer
	err := r.call(ctx, "logs", logsRequest{Function: function, After: after, Wait: wait}, &out)
	return out.Invocations, out.Last, err
}
