package emulator

import (
	"encoding/json"
)

// configPermissions is the type of function configuration that holds cloud-call
// permissions. Types 2 (timers) and 3 (variables) are not kept here.
const configPermissions = 1

type funcConfigRequest struct {
	Type     int    `json:"type"`
	Env      string `json:"env"`
	Function string `json:"function_name"`
	Config   string `json:"config"`
}

// uploadFuncConfig stores a function's permission list, whole: what the config
// does not name is no longer permitted. Gateway nodes are not told.
func (e *Emulator) uploadFuncConfig(q *request) {
	in, ok := e.funcConfig(q)
	if !ok {
		return
	}
	var config struct {
		Permissions *struct {
			Openapi []string `json:"openapi"`
		} `json:"permissions"`
	}
	if err := json.Unmarshal([]byte(in.Config), &config); err != nil || config.Permissions == nil {
		q.wechatError(40097, "invalid args: config is not {\"permissions\":{\"openapi\":[]}}")
		return
	}
	found := false
	err := e.change(func() {
		var f *function
		if f, found = e.find(in.Function); found {
			f.Permissions = &permissions{Openapi: config.Permissions.Openapi, Config: in.Config, AppliedAt: e.now()}
		}
	})
	switch {
	case !found:
		q.functionNotFound()
	case err != nil:
		q.wechatError(-1, "system error")
	default:
		q.json(wechatAnswer{ErrMsg: "ok"})
	}
}

func (e *Emulator) getFuncConfig(q *request) {
	in, ok := e.funcConfig(q)
	if !ok {
		return
	}
	e.mu.Lock()
	f, found := e.find(in.Function)
	var p *permissions
	if found {
		p = f.Permissions
	}
	e.mu.Unlock()
	switch {
	case !found:
		q.functionNotFound()
	case p == nil:
		q.wechatError(85089, "no cloud api config")
	default:
		q.json(struct {
			wechatAnswer
			Config string `json:"config"`
		}{wechatAnswer{ErrMsg: "ok"}, p.Config})
	}
}

// funcConfig reads and checks what both calls share.
func (e *Emulator) funcConfig(q *request) (funcConfigRequest, bool) {
	var in funcConfigRequest
	if !e.authorized(q, &in) {
		return in, false
	}
	q.x.Function = in.Function
	switch {
	case in.Env == "" || in.Function == "":
		q.wechatError(40101, "missing parameter: env or function_name")
	case in.Type != configPermissions:
		q.x.Synthetic = true
		q.wechatError(40097, "invalid args: the local cloud keeps type 1 only")
	case in.Env != e.credentials.EnvID:
		q.wechatError(-501000, "Environment not found")
	default:
		return in, true
	}
	return in, false
}

// functionNotFound is reported from life for a name or environment that does
// not exist.
func (q *request) functionNotFound() {
	q.wechatError(codeNotFound, textNotFound)
}
