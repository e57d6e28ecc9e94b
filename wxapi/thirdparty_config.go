package wxapi

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"wxcloud/internal/clierr"
)

// The other types of uploadfuncconfig and getfuncconfig; see cloudCalls.
const (
	timers   = 2
	settings = 3
)

// storedSettings is the configuration object of type 3. Uploading it replaces
// the whole: a variable that is not named is gone, and a time limit that is not
// named is three seconds again.
type storedSettings struct {
	Timeout     int              `json:"timeout,omitempty"` // seconds
	Environment []storedVariable `json:"environment"`
}

type storedVariable struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func (s storedSettings) variables() []Variable {
	var list []Variable
	for _, v := range s.Environment {
		list = append(list, Variable(v))
	}
	return list
}

// storedTimers is the configuration object of type 2.
type storedTimers struct {
	Triggers []storedTimer `json:"triggers"`
}

type storedTimer struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Config string `json:"config"`
}

// config reads a stored configuration into out; known is false when there
// never was one.
func (p *ThirdParty) config(ctx context.Context, kind int, function string, out any) (known bool, err error) {
	var answer struct {
		Config string `json:"config"`
	}
	err = p.call(ctx, "getfuncconfig", funcConfig{Type: kind, Env: p.env, Function: function}, &answer)
	if e, ok := errors.AsType[*APIError](err); ok && e.Code == noConfig {
		return false, nil
	}
	if err != nil || answer.Config == "" {
		return false, err
	}
	if err := json.Unmarshal([]byte(answer.Config), out); err != nil {
		return false, badAnswer(serviceAPI, "getfuncconfig", err)
	}
	return true, nil
}

func (p *ThirdParty) setConfig(ctx context.Context, kind int, function string, config any) error {
	text, err := marshal(config)
	if err != nil {
		return badAnswer(serviceAPI, "uploadfuncconfig", err)
	}
	return p.call(ctx, "uploadfuncconfig", funcConfig{kind, p.env, function, string(text)}, nil)
}

func (p *ThirdParty) settings(ctx context.Context, function string) (s storedSettings, known bool, err error) {
	known, err = p.config(ctx, settings, function, &s)
	return s, known, err
}

// UpdateFunctionConfiguration changes the time limit and the variables. Memory
// is not documented for this kind of token. Who installs dependencies travels
// with the code and needs nothing here.
//
// Since the stored object is replaced as a whole, a part that is neither given
// nor stored is not guessed: variables set another way would be lost.
func (p *ThirdParty) UpdateFunctionConfiguration(ctx context.Context, c Configuration) error {
	if c.MemoryMB != nil {
		return unsupported("wxapi/unsupported-memory", clierr.Args{"function": c.Name})
	}
	if c.TimeoutSeconds == nil && c.Variables == nil {
		return nil
	}
	now, known, err := p.settings(ctx, c.Name)
	if err != nil {
		return err
	}
	if !known && (c.TimeoutSeconds == nil || c.Variables == nil) {
		return unsupported("wxapi/unsupported-settings", clierr.Args{"function": c.Name})
	}
	if c.TimeoutSeconds != nil {
		now.Timeout = *c.TimeoutSeconds
	}
	if c.Variables != nil {
		now.Environment = nil
		for _, v := range *c.Variables {
			now.Environment = append(now.Environment, storedVariable(v))
		}
	}
	now.Environment = append([]storedVariable{}, now.Environment...)
	return p.setConfig(ctx, settings, c.Name, now)
}

func (p *ThirdParty) triggers(ctx context.Context, function string) ([]Trigger, error) {
	var now storedTimers
	if _, err := p.config(ctx, timers, function, &now); err != nil {
		return nil, err
	}
	var list []Trigger
	for _, t := range now.Triggers {
		list = append(list, Trigger{Name: t.Name, Type: t.Type, Desc: t.Config})
	}
	return list, nil
}

// SetTriggers sets timers by their names and keeps those not named. This is
// the documented way to timers whose runs may make cloud calls.
func (p *ThirdParty) SetTriggers(ctx context.Context, name string, triggers []Trigger) error {
	now, err := p.triggers(ctx, name)
	if err != nil {
		return err
	}
	for _, t := range triggers {
		now = append(slices.DeleteFunc(now, func(old Trigger) bool { return old.Name == t.Name }), t)
	}
	return p.setTriggers(ctx, name, now)
}

// DeleteTrigger removes one timer.
func (p *ThirdParty) DeleteTrigger(ctx context.Context, name, trigger string) error {
	now, err := p.triggers(ctx, name)
	if err != nil {
		return err
	}
	rest := slices.DeleteFunc(slices.Clone(now), func(t Trigger) bool { return t.Name == trigger })
	if len(rest) == len(now) {
		return fail(&APIError{Code: "ResourceNotFound.Trigger", Message: trigger, Service: serviceAPI, Action: "getfuncconfig", Refused: true})
	}
	return p.setTriggers(ctx, name, rest)
}

func (p *ThirdParty) setTriggers(ctx context.Context, name string, list []Trigger) error {
	config := storedTimers{Triggers: []storedTimer{}}
	for _, t := range list {
		config.Triggers = append(config.Triggers, storedTimer{t.Name, timer, t.Cron()})
	}
	return p.setConfig(ctx, timers, name, config)
}
