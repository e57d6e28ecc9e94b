package emulator

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"wxcloud/emulator/calllog"
	"wxcloud/internal/clierr"
	"wxcloud/internal/cron"
)

// logPatience is how long a control call waits for the next invocation.
const logPatience = 20 * time.Second

// record keeps what an invocation left behind.
func (e *Emulator) record(f *function, in invocation, started time.Time, out outcome) {
	e.calls.Add(calllog.Entry{
		Time: started, Function: f.Name, RequestID: out.RequestID, Origin: string(in.origin), Trigger: in.trigger,
		ErrCode: out.ErrCode, ErrMsg: out.ErrMsg, Result: out.Result, Log: out.Log, Duration: out.Duration, Cold: out.Cold,
		Memory: out.MemoryBytes, MemoryMB: f.MemoryMB,
	})
}

// logs answers the invocations after one, and waits for the next if asked.
func (e *Emulator) logs(q *request) (any, *clierr.Error) {
	var in logsRequest
	if json.Unmarshal(q.body, &in) != nil {
		return nil, badControl("logs")
	}
	patience := time.NewTimer(logPatience)
	defer patience.Stop()
	for {
		changed := e.calls.Changed()
		list, last := e.calls.Since(in.Function, in.After)
		if len(list) > 0 || !in.Wait {
			return logsAnswer{Invocations: list, Last: last}, nil
		}
		in.After = last
		select {
		case <-changed:
		case <-q.Context().Done():
			in.Wait = false
		case <-patience.C:
			in.Wait = false
		case <-e.closing:
			in.Wait = false
		case <-e.shutdown:
			in.Wait = false
		}
	}
}

// clsRequest is the body of SearchClsLog (cloud.tencent.com/document/api/876/128127).
type clsRequest struct {
	EnvId, StartTime, EndTime, QueryString, Context, Sort string
	Limit                                                 json.Number
}

// maxClsLimit is how many records one answer has at most (documented).
const maxClsLimit = 100

// searchClsLog answers from the functions' logs. Content is JSON text, as
// clients read it; Context is the number of records already given.
func (e *Emulator) searchClsLog(q *request, body []byte) (map[string]any, *cloudError) {
	var in clsRequest
	if failure := decode(body, &in); failure != nil {
		return nil, failure
	}
	if in.EnvId != e.credentials.EnvID {
		return nil, &cloudError{"ResourceNotFound.Environment", "the local cloud has one environment: " + e.credentials.EnvID}
	}
	from, failure := readCloudTime("StartTime", in.StartTime)
	if failure != nil {
		return nil, failure
	}
	to, failure := readCloudTime("EndTime", in.EndTime)
	if failure != nil {
		return nil, failure
	}
	limit, err := strconv.Atoi(in.Limit.String())
	if err != nil || limit < 1 || limit > maxClsLimit {
		return nil, &cloudError{"InvalidParameterValue", "Limit is 1 to 100"}
	}
	query, err := calllog.ParseQuery(in.QueryString)
	if err != nil {
		return nil, &cloudError{"InvalidParameterValue", err.Error()}
	}
	given := 0
	if in.Context != "" {
		if given, err = strconv.Atoi(in.Context); err != nil || given < 0 {
			return nil, &cloudError{"InvalidParameterValue", "Context is not one of this search"}
		}
	}
	q.x.Synthetic = true // which fields a record has is not documented
	var found []calllog.Record
	entries, _ := e.calls.Since("", 0)
	for _, entry := range entries {
		for _, r := range calllog.Records(entry) {
			if !r.Time.Before(from) && r.Time.Before(to.Add(time.Second)) && query.Matches(r) {
				found = append(found, r)
			}
		}
	}
	if in.Sort != "asc" {
		slices.Reverse(found)
	}
	given = min(given, len(found))
	page := found[given : given+min(limit, len(found)-given)]
	results := []any{}
	for _, r := range page {
		content, _ := json.Marshal(r.Fields) //nolint:errchkjson // strings always encode
		results = append(results, map[string]string{
			"TopicId": "local", "TopicName": "tcb-topic-" + e.credentials.EnvID, "Timestamp": cloudTime(r.Time),
			"Content": string(content), "FileName": "", "Source": "127.0.0.1",
		})
	}
	return map[string]any{"LogResults": map[string]any{
		"Results": results, "Context": strconv.Itoa(given + len(page)), "ListOver": given+len(page) == len(found),
	}}, nil
}

func readCloudTime(name, text string) (time.Time, *cloudError) {
	t, err := time.ParseInLocation(time.DateTime, text, cron.Beijing)
	if err != nil {
		return t, &cloudError{"InvalidParameterValue", name + " is not YYYY-MM-DD HH:mm:ss"}
	}
	return t, nil
}
