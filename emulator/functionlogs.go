package emulator

import (
	"slices"

	"wxcloud/emulator/calllog"
)

// The log actions that @cloudbase/cli uses: a list of invocations, and one of
// them. What their answers hold besides the members clients read is not known.

// functionLogsRequest is the body of both. The span of time is left out: clients
// that are given none make one from their own clock and zone, and the latest
// invocations are all there is here.
type functionLogsRequest struct {
	FunctionName, LogRequestId string
	Offset, Limit              int
}

// logged are the invocations a request asks for, newest first. What never ran has
// no id, and nothing to tell.
func (e *Emulator) logged(body []byte) (functionLogsRequest, []calllog.Entry, *cloudError) {
	var in functionLogsRequest
	if failure := decode(body, &in); failure != nil {
		return in, nil, failure
	}
	if in.FunctionName != "" {
		e.mu.Lock()
		_, ok := e.find(in.FunctionName)
		e.mu.Unlock()
		if !ok {
			return in, nil, notFound(in.FunctionName)
		}
	}
	entries, _ := e.calls.Since(in.FunctionName, 0)
	entries = slices.DeleteFunc(slices.Clone(entries), func(c calllog.Entry) bool {
		return c.RequestID == "" || in.LogRequestId != "" && c.RequestID != in.LogRequestId
	})
	slices.Reverse(entries)
	return in, entries, nil
}

// functionLogs lists invocations.
func (e *Emulator) functionLogs(q *request, body []byte) (map[string]any, *cloudError) {
	in, entries, failure := e.logged(body)
	if failure != nil {
		return nil, failure
	}
	q.x.Synthetic = true
	if in.Limit <= 0 {
		in.Limit = 10
	}
	from := min(max(in.Offset, 0), len(entries))
	list := []any{}
	for _, c := range entries[from : from+min(in.Limit, len(entries)-from)] {
		list = append(list, map[string]any{
			"RequestId": c.RequestID, "RetCode": returnCode(c), "RetryNum": 0, "StartTime": cloudTime(c.Time),
		})
	}
	return map[string]any{"LogList": list}, nil
}

// functionLogDetail tells of one invocation what the function wrote.
func (e *Emulator) functionLogDetail(q *request, body []byte) (map[string]any, *cloudError) {
	in, entries, failure := e.logged(body)
	if failure != nil {
		return nil, failure
	}
	q.x.Synthetic = true
	if len(entries) == 0 || in.LogRequestId == "" {
		return nil, &cloudError{"ResourceNotFound", "no invocation " + in.LogRequestId}
	}
	c := entries[0]
	message := c.ErrMsg
	if c.ErrCode == 0 {
		message = string(c.Result)
	}
	return map[string]any{
		"LogJson": c.Log, "RetMsg": message, "StartTime": cloudTime(c.Time),
		"Duration": float64(c.Duration.Microseconds()) / 1000, "MemUsage": c.Memory,
	}, nil
}

// returnCode is 0 for an invocation that returned.
func returnCode(c calllog.Entry) int {
	if c.ErrCode != 0 {
		return 1
	}
	return 0
}
