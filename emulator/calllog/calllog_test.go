package calllog_test

import (
	"strings"
	"testing"
	"time"

	"wxcloud/emulator/calllog"
)

func TestRingIsBounded(t *testing.T) {
	var l calllog.Log
	for range 1500 {
		l.Add(calllog.Entry{Function: "a"})
	}
	list, last := l.Since("", 0)
	if len(list) != 1000 || last != 1500 || list[0].Sequence != 501 {
		t.Errorf("%d entries from %d, last %d", len(list), list[0].Sequence, last)
	}
	for range 100 {
		l.Add(calllog.Entry{Function: "b", Log: strings.Repeat("x", 256<<10)})
	}
	size := 0
	list, _ = l.Since("", 0)
	for _, e := range list {
		size += len(e.Log)
	}
	if size > 16<<20 || size < 15<<20 {
		t.Errorf("%d bytes kept", size)
	}
}

func TestSince(t *testing.T) {
	var l calllog.Log
	changed := l.Changed()
	l.Add(calllog.Entry{Function: "a"})
	select {
	case <-changed:
	default:
		t.Error("nobody was told")
	}
	l.Add(calllog.Entry{Function: "b", Result: []byte(strings.Repeat("1", 5000))})
	l.Add(calllog.Entry{Function: "a"})
	if list, last := l.Since("a", 1); len(list) != 1 || list[0].Sequence != 3 || last != 3 {
		t.Errorf("%+v %d", list, last)
	}
	if list, _ := l.Since("b", 0); list[0].Result != nil {
		t.Error("a large result was kept")
	}
	if list, last := l.Since("", 3); len(list) != 0 || last != 3 {
		t.Errorf("%+v %d", list, last)
	}
	l.Clear()
	l.Add(calllog.Entry{Function: "a"})
	if list, _ := l.Since("", 0); len(list) != 1 || list[0].Sequence != 4 {
		t.Errorf("after Clear: %+v", list)
	}
}

func TestQuery(t *testing.T) {
	e := calllog.Entry{
		Time: time.Unix(0, 0), Function: "hello", RequestID: "r-1", ErrCode: -504002, ErrMsg: "functions execute fail | errMsg: Error: no",
		Log: "one word\ntwo\n", Duration: 12 * time.Millisecond, Memory: 3 << 20, MemoryMB: 256,
	}
	for query, want := range map[string]int{
		"": 5, "*": 5,
		`function_name:"hello"`: 5, `function_name:hello AND src:app`: 2, `function_name:"other"`: 0, "function_name:hel*": 5,
		`request_id:"r-1" AND "one word"`: 1, "two": 1, `(src:app) (log:"one word")`: 1,
		"status_code>200 AND status_code!=202": 5, "status_code<=200": 0, "status_code:430": 5, "ret_code<0": 5, "src:system AND Report": 1, "none:x": 0,
	} {
		q, err := calllog.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, r := range calllog.Records(e) {
			if q.Matches(r) {
				got++
			}
		}
		if got != want {
			t.Errorf("%q: %d records, want %d", query, got, want)
		}
	}
	if _, err := calllog.ParseQuery("a OR b"); err == nil {
		t.Error("OR was taken for a word")
	}
	last := calllog.Records(e)[4].Fields["log"]
	if last != "Report RequestId: r-1 Duration:12ms Memory:256MB MaxMemoryUsed:3.000000MB" {
		t.Error(last)
	}
}

// Any query ends, and a star matches what the name alone matches.
func FuzzQuery(f *testing.F) {
	f.Add(`function_name:"a b" AND x>1`)
	f.Add(`"((`)
	f.Fuzz(func(t *testing.T, text string) {
		q, err := calllog.ParseQuery(text)
		if err != nil {
			return
		}
		for _, r := range calllog.Records(calllog.Entry{Function: "f", Log: text}) {
			q.Matches(r)
		}
	})
}
