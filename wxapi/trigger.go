package wxapi

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
)

// timer is the one type of trigger of a cloud function.
const timer = "timer"

// triggerText is a trigger as BatchCreateTrigger takes it.
type triggerText struct {
	Name string `json:"TriggerName"`
	Type string `json:"Type"`
	Desc string `json:"TriggerDesc"`
}

// SetTriggers sets timers of a function: each is created, or replaced when one
// of its name exists. Timers not named stay as they are as far as is known;
// DeleteTrigger takes them away.
//
// A cloud that says a timer is there already is asked for what it has, because
// that is also the answer to a request that came twice.
func (f *Functions) SetTriggers(ctx context.Context, name string, triggers []Trigger) error {
	list := make([]triggerText, len(triggers))
	for i, t := range triggers {
		list[i] = triggerText(t)
		if t.Type == "" {
			list[i].Type = timer
		}
	}
	text, err := marshal(list)
	if err != nil {
		return badAnswer("scf", "BatchCreateTrigger", err)
	}
	body := struct {
		target
		Triggers string // JSON text
		Count    int
	}{target{name, f.namespace}, string(text), len(list)}
	err = f.call(ctx, "BatchCreateTrigger", body, nil)
	if isTriggerExists(err) {
		there, lookErr := f.GetFunction(ctx, name)
		if lookErr == nil && has(there.Triggers, list) {
			return nil
		}
	}
	return err
}

// has reports whether every wanted trigger is there.
func has(there []Trigger, wanted []triggerText) bool {
	for _, w := range wanted {
		if !slices.ContainsFunc(there, func(t Trigger) bool { return t.Name == w.Name && t.Cron() == w.Desc }) {
			return false
		}
	}
	return true
}

// Cron is the seven-field text of a timer. GetFunction gives it either as it
// is or inside a JSON object.
func (t Trigger) Cron() string {
	var inside struct {
		Cron string `json:"cron"`
	}
	if json.Unmarshal([]byte(t.Desc), &inside) == nil && inside.Cron != "" {
		return inside.Cron
	}
	return t.Desc
}

// DeleteTrigger removes one timer. An upload key is not known to be able to:
// the error is then one for which IsUnsupported holds.
func (f *Functions) DeleteTrigger(ctx context.Context, name, trigger string) error {
	body := struct {
		target
		TriggerName, Type string
	}{target{name, f.namespace}, trigger, timer}
	err := f.call(ctx, "DeleteTrigger", body, nil)
	if !IsUncertain(err) {
		return err
	}
	there, lookErr := f.GetFunction(ctx, name)
	if lookErr == nil && !slices.ContainsFunc(there.Triggers, func(t Trigger) bool { return t.Name == trigger }) {
		return nil
	}
	return err
}

// IsTriggerNotFound reports whether the function has no timer of that name.
func IsTriggerNotFound(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	return ok && (e.Code == "ResourceNotFound.Trigger" || e.Code == "ResourceNotFound.Timer")
}

func isTriggerExists(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	return ok && (e.Code == "ResourceInUse.Trigger" || e.Code == "ResourceInUse.TriggerName")
}
