package emulator

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// locked is the local cloud's time, for callers without mu.
func (e *Emulator) locked() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.now()
}

// configure takes the settings a request names over into f.
func configure(f *function, in functionRequest) *cloudError {
	if in.Runtime != "" {
		if !strings.HasPrefix(in.Runtime, "Nodejs") {
			return &cloudError{"InvalidParameterValue.Runtime", "the local cloud runs Nodejs runtimes only"}
		}
		f.Runtime = in.Runtime
	}
	if in.Handler != "" {
		if failure := checkHandler(in.Handler); failure != nil {
			return failure
		}
		f.Handler = in.Handler
	}
	if in.Description != nil {
		if utf8.RuneCountInString(*in.Description) > maxDescription {
			return &cloudError{"InvalidParameterValue.Description", "a description has at most 1000 characters"}
		}
		f.Description = *in.Description
	}
	if in.MemorySize != nil {
		if m := *in.MemorySize; m != 64 && (m < 128 || m > maxMemoryMB || m%128 != 0) {
			return &cloudError{"InvalidParameterValue.MemorySize", "memory is 64 MB, or 128 to 3072 MB in steps of 128"}
		}
		f.MemoryMB = *in.MemorySize
	}
	if in.Timeout != nil {
		if *in.Timeout < 1 || *in.Timeout > maxTimeout {
			return &cloudError{"InvalidParameterValue.Timeout", "the time limit is 1 to 900 seconds"}
		}
		f.Timeout = *in.Timeout
	}
	if in.Environment != nil {
		if failure := checkVariables(in.Environment.Variables); failure != nil {
			return failure
		}
		f.Variables = in.Environment.Variables
	}
	if in.InstallDependency != "" {
		f.Install = strings.EqualFold(in.InstallDependency, "TRUE")
	}
	return nil
}

func checkVariables(variables []variable) *cloudError {
	size := 0
	for _, v := range variables {
		size += len(v.Key) + len(v.Value)
		if v.Key == "" || strings.ContainsAny(v.Key, "=\x00") || strings.Contains(v.Value, "\x00") {
			return &cloudError{"InvalidParameterValue.EnvironmentExceededLimit", "a variable has no usable name or value"}
		}
	}
	if size > maxVariables {
		return &cloudError{"InvalidParameterValue.EnvironmentExceededLimit", "the variables are larger than 4 KB"}
	}
	return nil
}

func checkHandler(h string) *cloudError {
	file, export, ok := strings.Cut(h, ".")
	if !ok || file == "" || export == "" || strings.ContainsAny(h, `/\`) {
		return &cloudError{"InvalidParameterValue.Handler", "a handler is file.export, such as index.main"}
	}
	return nil
}

// validFunctionName is the rule of the console: letters, digits, - and _.
func validFunctionName(name string) bool {
	if len(name) < 2 || len(name) > 60 {
		return false
	}
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		digit := r >= '0' && r <= '9'
		switch {
		case i == 0 && !letter, i == len(name)-1 && !letter && !digit, !letter && !digit && r != '-' && r != '_':
			return false
		}
	}
	return true
}

// validTriggerName is the rule of WeChat's page on triggers.
func validTriggerName(name string) bool {
	return len(name) <= 60 && name != "" && (name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z') && !strings.ContainsFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_'
	})
}

// batchCreateTrigger stores timers. Triggers is a JSON text inside the JSON.
func (e *Emulator) batchCreateTrigger(q *request, body []byte) (map[string]any, *cloudError) {
	in, failure := e.decodeFunction(q, body)
	if failure != nil {
		return nil, failure
	}
	var list []struct{ TriggerName, Type, TriggerDesc string }
	if err := json.Unmarshal([]byte(in.Triggers), &list); err != nil {
		return nil, &cloudError{"InvalidParameterValue.Triggers", "Triggers is not the JSON text of a list: " + err.Error()}
	}
	if in.Count != len(list) {
		return nil, &cloudError{"InvalidParameterValue.Count", "Count is not the number of triggers"}
	}
	for _, t := range list {
		switch {
		case !validTriggerName(t.TriggerName):
			return nil, &cloudError{"InvalidParameterValue.TriggerName", "a trigger's name has 1 to 60 letters, digits, - and _, and begins with a letter"}
		case t.Type != "timer":
			return nil, &cloudError{"InvalidParameterValue.Type", "the only type of trigger is timer"}
		case checkSchedule(t.TriggerDesc) != "":
			return nil, &cloudError{"InvalidParameterValue.TriggerDesc", checkSchedule(t.TriggerDesc)}
		}
	}
	err := e.change(func() {
		f, ok := e.find(in.FunctionName)
		if !ok {
			failure = notFound(in.FunctionName)
			return
		}
		for _, t := range list {
			// A timer that is there just so stays what it is. Whether a key takes one
			// over that WeChat keeps, ticket and all, is not known.
			if slices.ContainsFunc(f.Triggers, func(o Trigger) bool { return o.Name == t.TriggerName && o.Config == t.TriggerDesc }) {
				continue
			}
			f.setTrigger(Trigger{Name: t.TriggerName, Type: t.Type, Config: t.TriggerDesc, Since: e.now()})
		}
	})
	if failure != nil {
		return nil, failure
	}
	return nil, internal(err)
}
