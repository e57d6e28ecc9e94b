package emulator

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"wxcloud/emulator/timers"
	"wxcloud/internal/clierr"
	"wxcloud/internal/cron"
)

// maxTimersAtOnce is how many functions timers run side by side.
const maxTimersAtOnce = 4

// Fired is a timer that went off.
type Fired struct {
	Function string    `json:"function"`
	Trigger  string    `json:"trigger"`
	At       time.Time `json:"at"` // when it was due
}

// checkSchedule reports why a schedule cannot be followed, "" if it can.
func checkSchedule(text string) string {
	_, faults := cron.Parse(text)
	for _, f := range faults {
		switch {
		case f.Kind == cron.Count:
			return "a timer has seven fields: second minute hour day month weekday year"
		case !f.Kind.Usable():
			return "a timer cannot follow " + f.Text
		}
	}
	return ""
}

// allTimers lists the timers of all functions, in the order of their names.
func (e *Emulator) allTimers() []timers.Timer {
	e.mu.Lock()
	defer e.mu.Unlock()
	var list []timers.Timer
	for _, f := range e.state.Functions {
		for _, t := range f.Triggers {
			if schedule, faults := cron.Parse(t.Config); !slices.ContainsFunc(faults, func(f cron.Fault) bool { return !f.Kind.Usable() }) {
				list = append(list, timers.Timer{Function: f.Name, Name: t.Name, Schedule: schedule, Since: t.Since})
			}
		}
	}
	slices.SortFunc(list, func(a, b timers.Timer) int { return strings.Compare(a.Function+"/"+a.Name, b.Function+"/"+b.Name) })
	return list
}

// startTimers lets timers fire, if they are asked to.
func (e *Emulator) startTimers() {
	if !e.options.Timers {
		return
	}
	e.timers.Now, e.timers.Timers, e.timers.Fire = e.locked, e.allTimers, e.fireDue
	e.timers.Begin()
	e.group.Go(func() { e.timers.Run(e.ctx) })
}

// fireDue runs functions in the background, as the platform does: nobody waits
// for their answers. Those of one function run one after the other.
func (e *Emulator) fireDue(due []timers.Due) {
	byFunction := map[string][]timers.Due{}
	for _, d := range due {
		byFunction[d.Function] = append(byFunction[d.Function], d)
	}
	for _, list := range byFunction {
		e.group.Go(func() {
			select {
			case e.firing <- struct{}{}:
				defer func() { <-e.firing }()
			case <-e.ctx.Done():
				return
			}
			for _, d := range list {
				if e.ctx.Err() != nil {
					return
				}
				e.fireTimer(d.Function, d.Name, d.At)
			}
		})
	}
}

// fireTimer runs a function as its timer does. The event is the documented one,
// cloud.tencent.com/document/product/583/9708, its time in UTC.
func (e *Emulator) fireTimer(function, name string, at time.Time) outcome {
	origin := FromTimer
	e.mu.Lock()
	if f, ok := e.find(function); ok && slices.ContainsFunc(f.Triggers, func(t Trigger) bool { return t.Name == name && t.WeChat }) {
		origin = FromWeChatTimer
	}
	e.mu.Unlock()
	event, _ := json.Marshal(map[string]string{ //nolint:errchkjson // strings always encode
		"Message": "", "Time": at.UTC().Format("2006-01-02T15:04:05Z"), "TriggerName": name, "Type": "Timer",
	})
	started := time.Now()
	out := e.invoke(e.ctx, invocation{function: function, event: event, origin: origin, trigger: name})
	verdict := "ok"
	if out.ErrCode != 0 {
		verdict = strconv.Itoa(out.ErrCode)
	}
	e.transcript.add(Exchange{
		Time: started, Method: "TIMER", Path: name, Action: "timer " + name, Function: function, Node: -1, Verdict: verdict,
		Duration: time.Since(started), RequestID: out.RequestID,
	})
	return out
}

// fire runs a function as its timer would, now.
func (e *Emulator) fire(q *request) (any, *clierr.Error) {
	var in fireRequest
	if json.Unmarshal(q.body, &in) != nil {
		return nil, badControl("fire")
	}
	e.mu.Lock()
	f, ok := e.find(in.Function)
	var names []string
	if ok {
		for _, t := range f.Triggers {
			names = append(names, t.Name)
		}
	}
	now := e.now()
	e.mu.Unlock()
	switch {
	case !ok:
		return nil, clierr.New("emulator/function-not-found", clierr.NotFound, clierr.Args{"function": in.Function})
	case len(names) == 0:
		return nil, clierr.New("emulator/no-timers", clierr.NotFound, clierr.Args{"function": in.Function}).Hint("emulator/hint-timers", clierr.Args{"function": in.Function})
	case in.Trigger == "" && len(names) == 1:
		in.Trigger = names[0]
	case !slices.Contains(names, in.Trigger):
		return nil, clierr.New("emulator/no-trigger", clierr.NotFound, clierr.Args{
			"function": in.Function, "trigger": in.Trigger, "triggers": strings.Join(names, ", "),
		})
	}
	out := e.fireTimer(in.Function, in.Trigger, now)
	if out.err != nil {
		return nil, out.err
	}
	return out.CallResult, nil
}
