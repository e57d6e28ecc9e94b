package calllog

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Record is one record as the cloud's log service has them: a line a function
// wrote (src "app") or the report of an invocation (src "system").
type Record struct {
	Time   time.Time
	Fields map[string]string
}

// The documented state of an invocation, cloud.tencent.com/document/product/583/42611.
func status(e Entry) (code int, message string) {
	switch {
	case e.ErrCode == 0:
		return 200, "Success"
	case strings.Contains(e.ErrMsg, "timed out"):
		return 433, "TimeLimitReached"
	case strings.Contains(e.ErrMsg, "memory limit"):
		return 434, "MemoryLimitReached"
	default:
		return 430, "User code exception caught"
	}
}

// Records are the records of an invocation, in order. The names of the fields
// are documented (docs.cloudbase.net/logger/log/log-fields); which of them a
// record has, and "log" for the line itself, is this program's choice.
func Records(e Entry) []Record {
	code, message := status(e)
	fields := map[string]string{
		"function_name": e.Function, "function_id": "lam-" + e.Function, "request_id": e.RequestID, "qualifier": "$LATEST",
		"status_code": strconv.Itoa(code), "status_msg": message, "ret_code": strconv.Itoa(e.ErrCode), "ret_msg": e.ErrMsg,
	}
	var out []Record
	add := func(src, line string, at time.Time) {
		f := maps.Clone(fields)
		f["src"], f["log"] = src, line
		out = append(out, Record{at, f})
	}
	add("system", "START RequestId: "+e.RequestID, e.Time)
	for line := range strings.Lines(e.Log) {
		add("app", strings.TrimRight(line, "\r\n"), e.Time)
	}
	end := e.Time.Add(e.Duration)
	add("system", "END RequestId: "+e.RequestID, end)
	add("system", fmt.Sprintf("Report RequestId: %s Duration:%dms Memory:%dMB MaxMemoryUsed:%fMB",
		e.RequestID, e.Duration.Milliseconds(), e.MemoryMB, float64(e.Memory)/(1<<20)), end)
	return out
}

// condition is one term of a query: a field and a value, or a word of the line.
type condition struct{ field, operator, value string }

// Query is a search: conditions that all hold.
type Query struct {
	conditions []condition
}

// ParseQuery reads the part of the log service's syntax that clients for
// functions use: key:value, key:"value" and words, joined by AND or nothing; a
// star at the end of a value stands for any rest; numbers compare with > >= < <= !=.
func ParseQuery(text string) (Query, error) {
	var q Query
	for _, term := range terms(text) {
		switch strings.ToUpper(term) {
		case "AND", "*":
			continue
		case "OR", "NOT":
			return q, fmt.Errorf("the local cloud's log search knows no %s", term)
		}
		q.conditions = append(q.conditions, split(term))
	}
	return q, nil
}

func split(term string) condition {
	if at := strings.IndexAny(term, `:<>!"`); at > 0 && term[at] != '"' {
		for _, operator := range []string{":", ">=", "<=", "!=", ">", "<"} {
			if value, ok := strings.CutPrefix(term[at:], operator); ok {
				return condition{term[:at], operator, strings.ReplaceAll(value, `"`, "")}
			}
		}
	}
	return condition{"", ":", strings.ReplaceAll(term, `"`, "")}
}

// terms splits at blanks outside quotes and drops brackets around terms.
func terms(text string) []string {
	quoted := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && (r == ' ' || r == '\t' || r == '\n' || r == '(' || r == ')')
	})
}

// Matches reports whether a record meets a query.
func (q Query) Matches(r Record) bool {
	return !slices.ContainsFunc(q.conditions, func(c condition) bool { return !c.holds(r) })
}

func (c condition) holds(r Record) bool {
	if c.field == "" {
		return strings.Contains(r.Fields["log"], strings.TrimSuffix(c.value, "*"))
	}
	have, ok := r.Fields[c.field]
	if c.operator == ":" {
		if prefix, open := strings.CutSuffix(c.value, "*"); open {
			return ok && strings.HasPrefix(have, prefix)
		}
		return ok && have == c.value || c.field == "log" && strings.Contains(have, c.value)
	}
	a, errA := strconv.ParseFloat(have, 64)
	b, errB := strconv.ParseFloat(c.value, 64)
	if !ok || errA != nil || errB != nil {
		return c.operator == "!=" && have != c.value
	}
	order := cmp.Compare(a, b)
	switch c.operator {
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	default:
		return order != 0
	}
}
