package emulator

import (
	"encoding/json"
	"errors"
	"time"

	"wxcloud/emulator/interfaces"
	"wxcloud/emulator/push"
	"wxcloud/internal/clierr"
)

// Pushed is what came of a message WeChat pushed to a function.
type Pushed struct {
	Event json.RawMessage `json:"event"` // what the function got
	// Synthetic says that no document describes an event of this form.
	Synthetic bool         `json:"synthetic,omitempty"`
	Verdict   push.Verdict `json:"verdict"`
	CallResult
	// Calls are the cloud calls the function made while it ran, such as the reply.
	Calls []Exchange `json:"calls"`
	// Sent are the messages users would have received from them.
	Sent []interfaces.Message `json:"sent"`
}

// pushMessage runs a function as WeChat does when a user writes to customer
// service or an event occurs: with the user's OPENID and a ticket.
func (e *Emulator) pushMessage(q *request) (any, *clierr.Error) {
	var in pushRequest
	if json.Unmarshal(q.body, &in) != nil {
		return nil, badControl("push")
	}
	event, documented, err := push.Build(in.Message, e.credentials.AppID, e.locked())
	if err != nil {
		var told *clierr.Error
		if errors.As(err, &told) {
			return nil, told
		}
		return nil, badControl("push")
	}
	e.converse(in.Message)
	started, since := time.Now(), e.locked()
	out := e.invoke(q.Context(), invocation{
		function: in.Function, event: event, openID: in.Message.OpenID, origin: FromPush,
	})
	if out.err != nil {
		return nil, out.err
	}
	return Pushed{
		Event: event, Synthetic: !documented, CallResult: out.CallResult, Calls: e.transcript.of(out.RequestID),
		Sent: e.sentBy(in.Function, since), Verdict: push.Judge(in.Message, out.Result, out.ErrCode != 0, time.Since(started)),
	}, nil
}

// sentBy lists what a function has had delivered since a moment.
func (e *Emulator) sentBy(function string, since time.Time) []interfaces.Message {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := []interfaces.Message{}
	for _, m := range e.state.Sent {
		if m.Function == function && !m.At.Before(since) {
			list = append(list, m)
		}
	}
	return list
}

// converse lets customer service answer a user who has just written or opened it,
// for as long and as often as documented.
func (e *Emulator) converse(m push.Message) {
	e.mu.Lock()
	memory, now := e.state.Interfaces, e.now()
	e.mu.Unlock()
	switch {
	case m.Type != push.Event:
		memory.Wrote(m.OpenID, now)
	case m.Event == push.EnterSession:
		memory.Entered(m.OpenID, now)
	}
}
