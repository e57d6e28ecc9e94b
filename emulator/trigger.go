package emulator

import (
	"encoding/json"
	"slices"
)

// deleteTrigger removes a timer by its name.
func (e *Emulator) deleteTrigger(q *request, body []byte) (map[string]any, *cloudError) {
	var in struct{ TriggerName, Type string }
	f, failure := e.decodeFunction(q, body)
	if failure == nil {
		failure = decode(body, &in)
	}
	if failure != nil {
		return nil, failure
	}
	err := e.change(func() {
		found, ok := e.find(f.FunctionName)
		if !ok {
			failure = notFound(f.FunctionName)
			return
		}
		before := len(found.Triggers)
		found.Triggers = slices.DeleteFunc(found.Triggers, func(t Trigger) bool { return t.Name == in.TriggerName })
		if len(found.Triggers) == before {
			failure = &cloudError{"ResourceNotFound.Trigger", "the function has no trigger " + in.TriggerName}
		}
	})
	if failure != nil {
		return nil, failure
	}
	return nil, internal(err)
}

// listTriggers lists a function's timers in the form GetFunction has them.
func (e *Emulator) listTriggers(q *request, body []byte) (map[string]any, *cloudError) {
	in, failure := e.decodeFunction(q, body)
	if failure != nil {
		return nil, failure
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	f, ok := e.find(in.FunctionName)
	if !ok {
		return nil, notFound(in.FunctionName)
	}
	list := describeTriggers(f)
	return map[string]any{"Triggers": list, "TotalCount": len(list)}, nil
}

func describeTriggers(f *function) []any {
	list := []any{}
	for _, t := range f.Triggers {
		desc, _ := json.Marshal(map[string]string{"cron": t.Config}) //nolint:errchkjson // strings always encode
		list = append(list, map[string]any{
			"TriggerName": t.Name, "Type": t.Type, "TriggerDesc": string(desc), "Enable": 1, "AvailableStatus": "Available",
			"AddTime": cloudTime(f.Modified), "ModTime": cloudTime(f.Modified), "CustomArgument": "", "Qualifier": "$DEFAULT",
		})
	}
	return list
}
