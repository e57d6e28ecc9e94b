package emulator

import (
	"strconv"
	"time"
)

// latestVersion is the name of the code that can still change.
const latestVersion = "$LATEST"

// version is code that was published: it never changes again.
type version struct {
	Number      int       `json:"number"`
	Description string    `json:"description,omitempty"`
	Added       time.Time `json:"added"`
	Code        code      `json:"code"`
}

// qualified is the code a qualifier names.
func (f *function) qualified(qualifier string) (code, *cloudError) {
	switch qualifier {
	case "", latestVersion, "$DEFAULT":
		return f.latest(), nil
	}
	for _, v := range f.Versions {
		if strconv.Itoa(v.Number) == qualifier {
			return v.Code, nil
		}
	}
	return code{}, &cloudError{"ResourceNotFound.FunctionVersion", "the function " + f.Name + " has no version " + qualifier}
}

// publishVersion freezes the code that runs now under the next number.
func (e *Emulator) publishVersion(q *request, body []byte) (map[string]any, *cloudError) {
	in, failure := e.decodeFunction(q, body)
	if failure != nil {
		return nil, failure
	}
	var answer map[string]any
	err := e.change(func() {
		f, ok := e.find(in.FunctionName)
		switch {
		case !ok:
			failure = notFound(in.FunctionName)
			return
		case f.busy(e.now()) || f.Current.SHA == "":
			failure = &cloudError{"FailedOperation.FunctionStatusError", "the function is " + f.status(e.now())}
			return
		}
		number := 1
		if n := len(f.Versions); n > 0 {
			number = f.Versions[n-1].Number + 1
		}
		v := version{Number: number, Added: e.now(), Code: f.Current}
		if in.Description != nil {
			v.Description = *in.Description
		}
		f.Versions = append(f.Versions, v)
		answer = map[string]any{
			"FunctionVersion": strconv.Itoa(number), "FunctionName": f.Name, "Namespace": f.Env, "CodeSize": f.Current.Size,
			"Handler": f.Handler, "MemorySize": f.MemoryMB, "Timeout": f.Timeout, "Runtime": f.Runtime, "Description": v.Description,
		}
	})
	if failure != nil {
		return nil, failure
	}
	return answer, internal(err)
}

// listVersions lists the published versions and the latest code.
func (e *Emulator) listVersions(q *request, body []byte) (map[string]any, *cloudError) {
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
	names := []string{latestVersion}
	details := []any{map[string]any{
		"Version": latestVersion, "Description": f.Description, "AddTime": cloudTime(f.Added), "ModTime": cloudTime(f.Modified), "Status": f.status(e.now()),
	}}
	for _, v := range f.Versions {
		names = append(names, strconv.Itoa(v.Number))
		details = append(details, map[string]any{
			"Version": strconv.Itoa(v.Number), "Description": v.Description, "AddTime": cloudTime(v.Added), "ModTime": cloudTime(v.Added), "Status": statusActive,
		})
	}
	return map[string]any{"FunctionVersion": names, "Versions": details, "TotalCount": len(names)}, nil
}
