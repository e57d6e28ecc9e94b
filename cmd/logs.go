package cmd

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
	"wxcloud/wxapi"
)

type logsOptions struct {
	credentials credentialFlags
	since       string
	limit       int
	follow      bool
	requestID   string
}

func (a *app) newLogs() *cobra.Command {
	var o logsOptions
	c := a.command("logs [FUNCTION]", text.CloudLogsShort, text.CloudLogsLong,
		clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.OtherCredential)
	c.Example = "  wxcloud logs notify --since 30m\n  wxcloud logs notify --follow\n  wxcloud logs notify --request-id 7c0ad7f2-3a4e-4c15-8b1f-2f4bd6b1c9aa --json"
	c.Flags().StringVar(&o.since, "since", "1h", a.t(text.FlagLogsSince))
	c.Flags().IntVar(&o.limit, "limit", 100, a.t(text.FlagLogsLimit))
	c.Flags().BoolVar(&o.follow, "follow", false, a.t(text.FlagLogsFollow))
	c.Flags().StringVar(&o.requestID, "request-id", "", a.t(text.FlagRequestID))
	o.credentials.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := a.atMostOne(c, args); err != nil {
			return err
		}
		return a.cloudLogs(c.Context(), args, o)
	}
	return c
}

func (a *app) cloudLogs(ctx context.Context, args []string, o logsOptions) error {
	from, err := readSince(o.since, time.Now())
	if err != nil {
		return err
	}
	if o.limit < 1 {
		return clierr.New("cmd/bad-limit", clierr.Usage, nil)
	}
	name, err := a.oneName(args)
	if err != nil {
		return err
	}
	return a.onCloud(ctx, o.credentials, func(_ *config.Project, c *connection) error {
		r := &logReader{app: a, functions: c.functions, query: wxapi.LogQuery{Function: name, RequestID: o.requestID, From: from}}
		lines, err := r.latest(ctx, o.limit)
		if err != nil {
			return err
		}
		if len(lines) == 0 && !o.follow && !a.flags.json {
			if _, err := c.functions.GetFunction(ctx, name); err != nil {
				return err // a name that is mistyped has no logs either
			}
			a.say(text.CloudLogsNone, "function", name, "since", from.Format(time.DateTime))
			return nil
		}
		if err := r.print(lines); err != nil || !o.follow {
			return err
		}
		return r.follow(ctx)
	})
}

// readSince reads how far back to look: a duration, also in days, or a time.
func readSince(given string, now time.Time) (time.Time, error) {
	if days, ok := strings.CutSuffix(given, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n > 0 && n < 3660 {
			return now.AddDate(0, 0, -n), nil
		}
	}
	if d, err := time.ParseDuration(given); err == nil && d > 0 {
		return now.Add(-d), nil
	}
	for _, layout := range [...]string{time.RFC3339, time.DateTime, "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, given, time.Local); err == nil && t.Before(now) {
			return t, nil
		}
	}
	return time.Time{}, clierr.New("cmd/bad-log-since", clierr.Usage, clierr.Args{"given": given})
}

// logLine is one line of a log in the JSON document.
type logLine struct {
	Time      time.Time       `json:"time"`
	RequestID string          `json:"requestId,omitempty"`
	Message   string          `json:"message"`
	Fields    json.RawMessage `json:"fields,omitempty"`
}

// logReader reads one function's lines from the log service.
type logReader struct {
	app       *app
	functions codePlane
	query     wxapi.LogQuery
	// seen are the lines of the last second that was read: the service counts
	// in seconds, so that a second has to be asked for again.
	seen map[wxapi.LogLine]int
	last time.Time
}

// latest returns the newest lines since From, oldest first.
func (r *logReader) latest(ctx context.Context, limit int) ([]wxapi.LogLine, error) {
	q := r.query
	q.To, q.Descending, q.Limit = time.Now().Add(time.Minute), true, min(limit, 100)
	lines, err := r.pages(ctx, q, limit)
	slices.Reverse(lines)
	r.remember(lines)
	return lines, err
}

// pages reads pages until there are enough lines or no more.
func (r *logReader) pages(ctx context.Context, q wxapi.LogQuery, limit int) ([]wxapi.LogLine, error) {
	var lines []wxapi.LogLine
	for {
		page, err := r.functions.Logs(ctx, q)
		if err != nil {
			return nil, err
		}
		lines = append(lines, page.Lines...)
		// A context that does not move on would be asked for for ever.
		if page.Done || len(page.Lines) == 0 || len(lines) >= limit || page.Context == q.Context {
			return lines[:min(limit, len(lines))], nil
		}
		q.Context = page.Context
	}
}

// remember notes which lines of the last second were seen.
func (r *logReader) remember(lines []wxapi.LogLine) {
	for _, line := range lines {
		if at := line.At.Truncate(time.Second); at.After(r.last) {
			r.last, r.seen = at, map[wxapi.LogLine]int{}
		}
		if r.seen != nil {
			r.seen[line]++
		}
	}
}

// Pauses of a reader that follows: the log service takes seconds itself.
const (
	followPause = 2 * time.Second
	followMost  = 2000 // lines of one look
)

func (r *logReader) follow(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(followPause):
		}
		q := r.query
		if !r.last.IsZero() {
			q.From = r.last
		}
		q.To = time.Now().Add(time.Minute)
		lines, err := r.pages(ctx, q, followMost)
		if err != nil {
			return err
		}
		fresh := r.fresh(lines)
		r.remember(fresh)
		if len(fresh) > 0 {
			if err := r.print(fresh); err != nil {
				return err
			}
		}
	}
}

// fresh are the lines not printed before. Equal lines of one second count.
func (r *logReader) fresh(lines []wxapi.LogLine) []wxapi.LogLine {
	var fresh []wxapi.LogLine
	counted := map[wxapi.LogLine]int{}
	for _, line := range lines {
		if counted[line]++; counted[line] > r.seen[line] {
			fresh = append(fresh, line)
		}
	}
	return fresh
}

func (r *logReader) print(lines []wxapi.LogLine) error {
	told := make([]logLine, len(lines))
	for i, line := range lines {
		told[i] = readLog(line)
	}
	if r.app.flags.json {
		return r.app.printJSON(struct {
			Schema   string    `json:"schema"`
			Function string    `json:"function"`
			Lines    []logLine `json:"lines"`
		}{"wxcloud.logs/1", r.query.Function, told})
	}
	theme := r.app.io.OutTheme()
	for _, line := range told {
		id := line.RequestID
		if len(id) > 8 {
			id = id[:8]
		}
		for part := range strings.Lines(line.Message) {
			_, err := fmt.Fprintf(r.app.io.Out, "%s  %s  %s\n", theme.Dim(line.Time.Local().Format("01-02 15:04:05")),
				theme.Cyan(sanitize.Line(orElse(id, "-"))), sanitize.Line(strings.TrimRight(part, "\r\n")))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// readLog finds the message and the invocation in a stored line, whose members
// are documented only by example and differ between services.
func readLog(line wxapi.LogLine) logLine {
	told := logLine{Time: line.At, Message: line.Content}
	var members map[string]any
	if json.Unmarshal([]byte(line.Content), &members) != nil {
		return told
	}
	told.Fields = json.RawMessage(line.Content)
	first := func(names ...string) string {
		for _, name := range names {
			if s, ok := members[name].(string); ok && s != "" {
				return s
			}
		}
		return ""
	}
	told.RequestID = first("request_id", "SCF_RequestId", "requestId")
	told.Message = orElse(first("log", "SCF_Message", "message", "msg"), line.Content)
	return told
}
