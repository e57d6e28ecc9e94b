package wxapi

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// beijing is the zone of every time text of this API.
var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// maxLogLines is how many lines one page may have.
const maxLogLines = 100

// LogQuery asks for one page of what functions wrote.
type LogQuery struct {
	Function   string // "": all functions
	RequestID  string // "": all invocations
	From, To   time.Time
	Limit      int // lines; 0 means 100, which is also the most
	Descending bool
	// Context is LogPage.Context of the page before, "" for the first.
	Context string
}

// LogPage is one page of lines. Context asks for the next one unless Done.
type LogPage struct {
	Lines   []LogLine
	Context string
	Done    bool
}

// LogLine is one line of a log. Content is what the log service stores: JSON
// text with the members of an invocation. Untrusted.
type LogLine struct {
	At      time.Time
	Content string
}

// Logs searches the environment's log service.
func (f *Functions) Logs(ctx context.Context, q LogQuery) (LogPage, error) {
	if q.Limit <= 0 || q.Limit > maxLogLines {
		q.Limit = maxLogLines
	}
	body := struct {
		EnvID       string `json:"EnvId"`
		StartTime   string
		EndTime     string
		QueryString string
		Limit       int
		Context     string `json:",omitempty"`
		Sort        string
		UseLucene   bool
	}{
		EnvID: f.env, StartTime: q.From.In(beijing).Format(time.DateTime), EndTime: q.To.In(beijing).Format(time.DateTime),
		QueryString: q.text(), Limit: q.Limit, Context: q.Context, Sort: "asc",
	}
	if q.Descending {
		body.Sort = "desc"
	}
	var answer struct {
		LogResults struct {
			Results []struct {
				Timestamp json.RawMessage
				Content   string
			}
			Context  string
			ListOver bool
		}
	}
	if err := f.cloud.call(ctx, "tcb", "SearchClsLog", "", body, &answer); err != nil {
		return LogPage{}, err
	}
	page := LogPage{Context: answer.LogResults.Context, Done: answer.LogResults.ListOver || answer.LogResults.Context == ""}
	for _, r := range answer.LogResults.Results {
		page.Lines = append(page.Lines, LogLine{logTime(r.Timestamp), r.Content})
	}
	return page, nil
}

// text is the query in the log service's syntax. Values are quoted, and quotes
// in them escaped, so that a name can never become part of the syntax.
func (q LogQuery) text() string {
	var parts []string
	quote := func(key, value string) {
		if value != "" {
			value = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value)
			parts = append(parts, key+`:"`+value+`"`)
		}
	}
	quote("function_name", q.Function)
	quote("request_id", q.RequestID)
	if len(parts) == 0 {
		return "*"
	}
	return strings.Join(parts, " AND ")
}

// logTime reads a time in milliseconds, as a number or as text, or Beijing
// time text; zero when it is none of them.
func logTime(raw json.RawMessage) time.Time {
	text := strings.Trim(string(raw), `"`)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return time.UnixMilli(n)
	}
	for _, layout := range [...]string{time.DateTime, "2006-01-02 15:04:05.000"} {
		if t, err := time.ParseInLocation(layout, text, beijing); err == nil {
			return t
		}
	}
	return time.Time{}
}
