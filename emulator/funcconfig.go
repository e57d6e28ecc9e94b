package emulator

import (
	"encoding/json"
	"time"
)

// The types of function configuration of the WeChat API.
const (
	configPermissions = 1 // cloud-call permissions
	configTriggers    = 2 // timers
	configEnvironment = 3 // time limit and variables
)

// maxConfigTimeout is the longest time limit type 3 takes (documented).
const maxConfigTimeout = 300

type funcConfigRequest struct {
	Type     int    `json:"type"`
	Env      string `json:"env"`
	Function string `json:"function_name"`
	Config   string `json:"config"`
}

// uploadFuncConfig stores one part of a function's configuration, whole: what
// the config does not name is gone. Gateway nodes are not told of permissions.
func (e *Emulator) uploadFuncConfig(q *request) {
	in, ok := e.funcConfig(q)
	if !ok {
		return
	}
	apply, problem := in.read(e.locked())
	if problem != "" {
		q.wechatError(40097, "invalid args: "+problem)
		return
	}
	found := false
	err := e.change(func() {
		var f *function
		if f, found = e.find(in.Function); !found {
			return
		}
		apply(f)
		if in.Type != configPermissions {
			f.Modified = e.now()
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

// read decodes the config of a type and returns what it does to a function, or
// what is wrong with it.
func (in funcConfigRequest) read(now time.Time) (apply func(*function), problem string) {
	switch in.Type {
	case configPermissions:
		var config struct {
			Permissions *struct {
				Openapi []string `json:"openapi"`
			} `json:"permissions"`
		}
		if err := json.Unmarshal([]byte(in.Config), &config); err != nil || config.Permissions == nil {
			return nil, `config is not {"permissions":{"openapi":[]}}`
		}
		return func(f *function) {
			f.Permissions = &permissions{Openapi: config.Permissions.Openapi, Config: in.Config, AppliedAt: now}
		}, ""
	case configTriggers:
		// The outer key is inferred from config.json: the document refers to it.
		var config struct {
			Triggers *[]Trigger `json:"triggers"`
		}
		if err := json.Unmarshal([]byte(in.Config), &config); err != nil || config.Triggers == nil {
			return nil, `config is not {"triggers":[]}`
		}
		triggers := []Trigger{}
		for _, t := range *config.Triggers {
			if !validTriggerName(t.Name) || t.Type != "timer" || checkSchedule(t.Config) != "" {
				return nil, "a trigger needs a name of 1 to 60 letters, digits, - and _ that begins with a letter, the type timer and a schedule of seven fields"
			}
			triggers = append(triggers, Trigger{Name: t.Name, Type: t.Type, Config: t.Config, WeChat: true, Since: now})
		}
		return func(f *function) {
			f.Triggers = triggers
			f.keep(in)
		}, ""
	default:
		var config struct {
			Timeout     *int `json:"timeout"`
			Environment []struct {
				Key   string `json:"key"`
				Value string `json:"value"`
			} `json:"environment"`
		}
		if err := json.Unmarshal([]byte(in.Config), &config); err != nil {
			return nil, `config is not {"timeout":3,"environment":[{"key":"","value":""}]}`
		}
		if config.Timeout != nil && (*config.Timeout < 1 || *config.Timeout > maxConfigTimeout) {
			return nil, "timeout is 1 to 300 seconds"
		}
		variables := []variable{}
		for _, v := range config.Environment {
			variables = append(variables, variable{Key: v.Key, Value: v.Value})
		}
		if failure := checkVariables(variables); failure != nil {
			return nil, failure.Message
		}
		return func(f *function) {
			f.Timeout = defaultTimeout
			if config.Timeout != nil {
				f.Timeout = *config.Timeout
			}
			f.Variables = variables // reported to replace the whole set
			f.keep(in)
		}, ""
	}
}

// keep remembers the text of a configuration, for getfuncconfig.
func (f *function) keep(in funcConfigRequest) {
	if f.Configs == nil {
		f.Configs = map[int]string{}
	}
	f.Configs[in.Type] = in.Config
}

// getFuncConfig gives back the text that was stored.
func (e *Emulator) getFuncConfig(q *request) {
	in, ok := e.funcConfig(q)
	if !ok {
		return
	}
	e.mu.Lock()
	f, found := e.find(in.Function)
	config, stored := "", false
	switch {
	case !found:
	case in.Type != configPermissions:
		config, stored = f.Configs[in.Type]
	case f.Permissions != nil:
		config, stored = f.Permissions.Config, true
	}
	e.mu.Unlock()
	switch {
	case !found:
		q.functionNotFound()
	case !stored:
		// Documented for cloud-call configuration; for the other types it is a guess.
		q.x.Synthetic = in.Type != configPermissions
		q.wechatError(85089, "no cloud api config")
	default:
		q.json(struct {
			wechatAnswer
			Config string `json:"config"`
		}{wechatAnswer{ErrMsg: "ok"}, config})
	}
}

// funcConfig reads and checks what both calls share.
func (e *Emulator) funcConfig(q *request) (funcConfigRequest, bool) {
	var in funcConfigRequest
	if !e.authorized(q, &in) {
		return in, false
	}
	switch {
	case in.Env == "" || in.Function == "":
		q.wechatError(40101, "missing parameter: env or function_name")
	case in.Type < configPermissions || in.Type > configEnvironment:
		q.wechatError(40097, "invalid args: type is 1, 2 or 3")
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
