package emulator

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"wxcloud/emulator/faults"
)

// refusals are how one family of endpoints words what went wrong. They report
// whether that answered the request.
type refusals struct {
	code    func(number int, message string) bool // a WeChat code
	failure func(name, message string) bool       // a named error of the cloud API
	garbage func() bool                           // broken JSON; nil is broken JSON over HTTP
}

// meet lets a request meet the faults laid out for it. It reports whether that
// answered the request, so that nothing is to be carried out any more.
func (e *Emulator) meet(q *request, r refusals) (answered bool) {
	hold, effect, struck := e.faults.Strike(faults.Arriving, q.x.Action, q.x.Function)
	if hold > 0 {
		q.x.Fault = faults.Effect{Kind: faults.Latency, Hold: hold}.String()
		e.pause(q.Context(), hold)
	}
	if struck {
		return q.suffer(effect, r)
	}
	if _, effect, struck = e.faults.Strike(faults.Answering, q.x.Action, q.x.Function); struck {
		q.spoiled = func() { q.suffer(effect, refusals{}) }
		q.w = lost{http.Header{}}
	}
	return false
}

// suffer answers with an effect.
func (q *request) suffer(e faults.Effect, r refusals) bool {
	q.x.Fault, q.x.Verdict = e.String(), e.String()
	switch e.Kind {
	case faults.Status:
		q.x.Status = e.Number
		q.w.Header().Set("Content-Type", "text/html")
		q.w.WriteHeader(e.Number)
		_, _ = fmt.Fprintf(q.w, "<html><head><title>%d %s</title></head><body>gateway</body></html>\n", e.Number, http.StatusText(e.Number))
		return true
	case faults.Reset:
		return q.cut(func(c net.Conn) { linger(c) })
	case faults.Truncate:
		return q.cut(func(c net.Conn) {
			_, _ = c.Write([]byte("HTTP/1.1 200 OK\r\nContent-Type: " + jsonType + "\r\nContent-Length: 4096\r\n\r\n{\"errcode\":0,"))
		})
	case faults.Garbage:
		if r.garbage != nil {
			return r.garbage()
		}
		q.bytes(jsonType, []byte(`{"errcode":0,"errCode":0,"Response":{`))
		return true
	case faults.Code:
		return r.code(e.Number, e.Message)
	case faults.Error:
		return r.failure(e.Name, e.Message)
	}
	return false
}

// cut takes the connection away from the server and ends it.
func (q *request) cut(end func(net.Conn)) bool {
	hijacker, ok := q.w.(http.Hijacker)
	if !ok {
		q.refuse(http.StatusInternalServerError, "this connection cannot be cut")
		return true
	}
	conn, _, err := hijacker.Hijack()
	if err == nil {
		end(conn)
		_ = conn.Close()
	}
	return true
}

// linger makes Close reset the connection instead of ending it in order.
func linger(c net.Conn) {
	for {
		inner, ok := c.(interface{ NetConn() net.Conn })
		if !ok {
			break
		}
		c = inner.NetConn()
	}
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
}

// pause waits, but not for longer than there is somebody to answer.
func (e *Emulator) pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-e.ctx.Done():
	case <-time.After(d):
	}
}

// lost is where the answer to a spoiled request goes.
type lost struct{ header http.Header }

func (l lost) Header() http.Header         { return l.header }
func (l lost) Write(b []byte) (int, error) { return len(b), nil }
func (l lost) WriteHeader(int)             {}

// stuckFor is for ever, on any clock people move by hand.
const stuckFor = 100 * 365 * 24 * time.Hour

// afflict lets a deploy that was just accepted meet its fault, and take effect if
// there is none and it takes no time. The caller holds mu.
func (e *Emulator) afflict(q *request, f *function) {
	defer func() { f.settle(e.now()) }()
	_, effect, struck := e.faults.Strike(faults.Deploying, q.x.Action, f.Name)
	if !struck {
		return
	}
	q.x.Fault = effect.String()
	now := e.now()
	switch effect.Kind {
	case faults.Stuck:
		f.ReadyAt = now.Add(stuckFor)
	case faults.Fail:
		f.Failure = effect.Message
		if f.Failure == "" {
			f.Failure = "the deploy was made to fail"
		}
		f.Pending, f.Installing = nil, false
	}
}

// actionRefusals word the faults of cloud actions, which answer with a document
// that their caller puts where it belongs.
func (q *request) actionRefusals(write func([]byte)) refusals {
	fail := func(name, message string) bool {
		write((&cloudError{name, message}).response())
		return true
	}
	return refusals{failure: fail, code: func(number int, message string) bool {
		return fail("FailedOperation", fmt.Sprintf("%s (%d)", message, number))
	}}
}

// wechatRefusals word the faults of api.weixin.qq.com.
func (q *request) wechatRefusals() refusals {
	return refusals{
		code: func(number int, message string) bool {
			q.wechatError(number, message)
			return true
		},
		failure: func(name, message string) bool {
			q.wechatError(-1, strings.TrimSpace("system error: "+name+" "+message))
			return true
		},
	}
}

// faultsRequest is the control call that changes the plan.
type faultsRequest struct {
	Clear bool          `json:"clear,omitempty"`
	Add   []faults.Rule `json:"add,omitempty"`
}

type faultsAnswer struct {
	Faults []faults.Listed `json:"faults"`
}

func functionNamed(body []byte) string {
	var in struct{ FunctionName string }
	_ = json.Unmarshal(body, &in) // an action without a function
	return in.FunctionName
}
