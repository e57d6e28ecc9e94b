package emulator

import (
	"strconv"

	"wxcloud/emulator/interfaces"
)

// maxSent is how many messages are kept.
const maxSent = 200

// ask lets the interface answer a call the gateway has let through.
func (e *Emulator) ask(q *request, api string, t ticket, pairs []pair) {
	in := interfaces.Request{API: api, AppID: e.credentials.AppID, ID: randomHex(12)}
	for _, p := range pairs {
		in.Fields = append(in.Fields, interfaces.Field{Name: p.Key, FileName: p.FileName, Value: p.Value})
	}
	e.mu.Lock()
	memory := e.state.Interfaces
	in.Now = e.now()
	e.mu.Unlock()

	var err error
	if in.Reply, err = e.replies.next(api); err != nil {
		q.x.Verdict, q.x.Synthetic, q.x.Problem = "-1", true, problemOf(err)
		q.bytes(protobufType, jsonAnswer(wechatAnswer{ErrCode: -1, ErrMsg: "system error: the project's answer cannot be used: " + q.x.Problem.place(api)}).encode())
		return
	}
	a := interfaces.Respond(in, memory)
	if a.Sent != nil {
		a.Sent.Function = t.Function
		e.keep(*a.Sent)
	}
	q.x.Synthetic = a.Source == interfaces.Synthetic || a.Source == interfaces.Reported
	q.x.Project, q.x.Reason = a.Source == interfaces.Project, a.Reason
	if a.Code != 0 {
		q.x.Verdict = strconv.Itoa(a.Code)
	}
	q.bytes(protobufType, commAnswer{data: a.Body, contentType: a.ContentType}.encode())
}

// keep records a message. A snapshot for each would cost more than the message;
// the next one takes it along.
func (e *Emulator) keep(m interfaces.Message) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.state.Sent = append(e.state.Sent, m)
	if over := len(e.state.Sent) - maxSent; over > 0 {
		e.state.Sent = append([]interfaces.Message{}, e.state.Sent[over:]...)
	}
}
