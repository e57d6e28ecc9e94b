package emulator

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"wxcloud/internal/clierr"
)

type callRequest struct {
	Function string          `json:"function"`
	OpenID   string          `json:"openId"`
	Event    json.RawMessage `json:"event"`
}

type clockRequest struct {
	Nanoseconds int64 `json:"nanoseconds"`
}

type cloudIDRequest struct {
	OpenID string          `json:"openId"`
	Data   json.RawMessage `json:"data"`
}

type cloudIDAnswer struct {
	CloudID string `json:"cloudId"`
}

// controlEndpoint answers /_ctl/*, for wxcloud itself. It wants the token of the
// address file, straight from this machine and not through the proxy.
func (e *Emulator) controlEndpoint(q *request, direct bool) {
	given, ok := strings.CutPrefix(q.Header.Get("Authorization"), "Bearer ")
	if !direct || !ok || subtle.ConstantTimeCompare([]byte(given), []byte(e.control)) != 1 {
		q.refuse(http.StatusForbidden, "control calls need the token of "+addressFile)
		return
	}
	answer, err := e.operate(q, strings.TrimPrefix(q.URL.Path, "/_ctl/"))
	if err != nil {
		q.controlError(err)
		return
	}
	q.json(answer)
}

func (q *request) controlError(err *clierr.Error) {
	out := controlError{ID: err.ID, Exit: err.Exit, Args: err.Args}
	if err.Cause != nil {
		out.Cause = err.Cause.Error()
	}
	for _, h := range err.Hints {
		out.Hints = append(out.Hints, hint{ID: h.ID, Args: h.Args})
	}
	q.w.Header().Set("Content-Type", jsonType)
	q.w.WriteHeader(http.StatusConflict)
	_ = json.NewEncoder(q.w).Encode(out) // the client has gone: nobody is left to tell
}

func (e *Emulator) operate(q *request, operation string) (any, *clierr.Error) {
	if operation == "status" {
		return e.status(), nil
	}
	if q.Method != http.MethodPost {
		return nil, badControl(operation)
	}
	switch operation {
	case "call":
		return e.callAsUser(q)
	case "cloudid":
		return e.mintCloudID(q)
	case "clock":
		return e.advanceClock(q)
	case "faults":
		return e.layFaults(q)
	case "subscribe":
		return e.subscribe(q)
	case "fire":
		return e.fire(q)
	case "push":
		return e.pushMessage(q)
	case "logs":
		return e.logs(q)
	case "reset":
		return struct{}{}, e.reset()
	case "shutdown":
		e.askOnce.Do(func() { close(e.shutdown) })
		return struct{}{}, nil
	default:
		return nil, badControl(operation)
	}
}

func badControl(operation string) *clierr.Error {
	return clierr.New("emulator/bad-control", clierr.Usage, clierr.Args{"operation": operation})
}

func (e *Emulator) callAsUser(q *request) (any, *clierr.Error) {
	var in callRequest
	if json.Unmarshal(q.body, &in) != nil {
		return nil, badControl("call")
	}
	var object map[string]json.RawMessage
	switch {
	case len(in.Event) == 0 || string(in.Event) == "null":
		in.Event = json.RawMessage("{}")
	case json.Unmarshal(in.Event, &object) != nil:
		return nil, clierr.New("emulator/invalid-event", clierr.Usage, clierr.Args{"function": in.Function})
	}
	out := e.invoke(q.Context(), invocation{
		function: in.Function, event: in.Event, openID: in.OpenID, origin: FromUser,
	})
	if out.err != nil {
		return nil, out.err
	}
	return out.CallResult, nil
}

func (e *Emulator) mintCloudID(q *request) (any, *clierr.Error) {
	var in cloudIDRequest
	var data map[string]json.RawMessage
	if json.Unmarshal(q.body, &in) != nil || json.Unmarshal(in.Data, &data) != nil {
		return nil, badControl("cloudid")
	}
	return cloudIDAnswer{e.cloudIDs.mint(in.OpenID, data, e.locked())}, nil
}

func (e *Emulator) advanceClock(q *request) (any, *clierr.Error) {
	var in clockRequest
	if json.Unmarshal(q.body, &in) != nil || in.Nanoseconds < 0 {
		return nil, badControl("clock") // a clock that goes back would renew what has ended
	}
	out := Advanced{Fired: []Fired{}}
	var tooFar bool
	var err error
	move := func() {
		err = e.change(func() {
			d := time.Duration(in.Nanoseconds)
			if tooFar = d > maxOffset-e.state.Offset; !tooFar {
				e.state.Offset += d
			}
			out.Now = e.now()
		})
	}
	if e.options.Timers {
		due, more := e.timers.Jump(move)
		out.More = more
		for _, d := range due {
			out.Fired = append(out.Fired, Fired{d.Function, d.Name, d.At})
		}
	} else {
		move()
	}
	switch {
	case tooFar:
		return nil, clierr.New("emulator/clock-too-far", clierr.Usage, nil)
	case err != nil:
		return nil, e.unusable(err)
	}
	return out, nil
}

func (e *Emulator) layFaults(q *request) (any, *clierr.Error) {
	var in faultsRequest
	if json.Unmarshal(q.body, &in) != nil {
		return nil, badControl("faults")
	}
	for i := range in.Add {
		if err := in.Add[i].Check(); err != nil {
			return nil, clierr.New("emulator/bad-rule", clierr.Usage, clierr.Args{"on": in.Add[i].On, "fault": in.Add[i].Do.String()})
		}
	}
	if in.Clear {
		e.faults.Clear()
	}
	e.faults.Add(in.Add...)
	return faultsAnswer{e.faults.List()}, nil
}

// reset forgets functions, permissions, caches and tokens and sets the clock back.
func (e *Emulator) reset() *clierr.Error {
	e.files.Lock()
	defer e.files.Unlock()
	if err := e.change(func() { e.state = e.emptyState() }); err != nil {
		return e.unusable(err)
	}
	e.pool.Retire("")
	e.sweep(nil)
	e.calls.Clear()
	e.cloudIDs.clear()
	if e.options.Timers {
		e.timers.Restart()
	}
	return nil
}

func (e *Emulator) unusable(err error) *clierr.Error {
	return clierr.New("emulator/dir-unusable", clierr.Local, clierr.Args{"dir": e.options.Dir}).Because(err)
}
