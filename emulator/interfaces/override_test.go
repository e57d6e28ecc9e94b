package interfaces_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"wxcloud/emulator/interfaces"
	"wxcloud/internal/clierr"
)

func TestParseReplies(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{}`, `0 {"errcode":0,"errmsg":"ok"}`},
		{`{"items": [{"text": "a"}]}`, `0 {"errcode":0,"errmsg":"ok","items":[{"text":"a"}]}`},
		{`{"errcode": 45009, "errmsg": "reach max api daily quota limit"}`, `45009 {"errcode":45009,"errmsg":"reach max api daily quota limit"}`},
		{`{"errcode": 45009}`, `45009 {"errcode":45009,"errmsg":"laid down by the project"}`},
		{`{"n": 12345678901234567890}`, `0 {"errcode":0,"errmsg":"ok","n":12345678901234567890}`},
		{` [ {"a": 1} , {"errcode": -1} ] `, `0 {"a":1,"errcode":0,"errmsg":"ok"}; -1 {"errcode":-1,"errmsg":"laid down by the project"}`},
		{`{"$unchecked": true, "a": 1}`, `unchecked 0 {"a":1,"errcode":0,"errmsg":"ok"}`},
		{`{"$file": "code.png"}`, `image/png code.png`},
		{`{"$file": "code.JPG", "$unchecked": true}`, `unchecked image/jpeg code.JPG`},
		{`{"a": {"b": "c", "c": ["b", "b", {"b": 1}]}, "b": 2}`, `0 {"a":{"b":"c","c":["b","b",{"b":1}]},"b":2,"errcode":0,"errmsg":"ok"}`},

		{``, `f.json:1:1: emulator/reply-syntax`},
		{`{`, `f.json:1:2: emulator/reply-syntax`},
		{`{"a": 1`, `f.json:1:8: emulator/reply-syntax`},
		{"{\n  \"a\": tru\n}", `f.json:2:11: emulator/reply-syntax`},
		{"{\n  \"a\": 1,\n}", `f.json:3:1: emulator/reply-syntax`},
		{"// a\n{}", `f.json:1:1: emulator/reply-syntax`},
		{`{} {}`, `f.json:1:4: emulator/reply-syntax`},
		{"{\"a\": \"\xff\"}", `f.json:1:1: emulator/reply-syntax`},
		{`"ok"`, `f.json:1:1: emulator/reply-form`},
		{`[]`, `f.json:1:1: emulator/reply-form`},
		{`[{}, 1]`, `f.json:1:6: emulator/reply-form`},
		{"[{},\n  [{}]]", `f.json:2:3: emulator/reply-form`},
		{`{"errcode": "45009"}`, `f.json:1:13: emulator/reply-member`},
		{`{"errcode": 1.5}`, `f.json:1:13: emulator/reply-member`},
		{`{"errcode": null}`, `f.json:1:13: emulator/reply-member`},
		{`{"中": 1, "errmsg": 5}`, `f.json:1:20: emulator/reply-member`},
		{`{"errCode": 45009}`, `f.json:1:13: emulator/reply-member`},
		{`{"$unchecked": false}`, `f.json:1:16: emulator/reply-member`},
		{`{"$unchecked": true}`, `f.json:1:1: emulator/reply-form`},
		{`{"$fil": "code.png"}`, `f.json:1:10: emulator/reply-member`},
		{`{"$file": "../code.png"}`, `f.json:1:11: emulator/reply-member`},
		{`{"$file": "C:\\code.png"}`, `f.json:1:11: emulator/reply-member`},
		{`{"$file": "notes.txt"}`, `f.json:1:11: emulator/reply-member`},
		{`{"$file": "code.png", "errcode": 0}`, `f.json:1:1: emulator/reply-member`},
		{`{"a": 1, "a": 2}`, `f.json:1:10: emulator/reply-twice`},
		{`{"x": [{"a": 1, "b": {}, "a": 2}]}`, `f.json:1:26: emulator/reply-twice`},
		{`{"` + strings.Repeat("a", interfaces.MaxReplies) + `": 1}`, `f.json:1:1: emulator/reply-too-long`},
	} {
		if got := parsed(c.text); got != c.want {
			t.Errorf("%.60s\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
}

// parsed writes replies, or the place and id of the error.
func parsed(text string) string {
	replies, err := interfaces.ParseReplies("f.json", []byte(text))
	var e *clierr.Error
	if errors.As(err, &e) {
		return e.At.String() + ": " + string(e.ID)
	}
	var all []string
	for _, r := range replies {
		s := ""
		if r.Unchecked {
			s = "unchecked "
		}
		if r.File != "" {
			s += r.ContentType + " " + r.File
		} else {
			s += fmt.Sprint(r.Code) + " " + string(r.Body)
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

func TestRepliesTakeTheInterfacesPlace(t *testing.T) {
	reply := func(text string) *interfaces.Reply {
		replies, err := interfaces.ParseReplies("f.json", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return &replies[0]
	}
	for _, c := range []struct {
		api, reply string
		fields     object
		code       int
		source     interfaces.Source
		sent       bool
	}{
		{"subscribeMessage.send", `{}`, subscribe, 0, interfaces.Project, true},
		{"subscribeMessage.send", `{"errcode": 43107}`, subscribe, 43107, interfaces.Project, false},
		{"subscribeMessage.send", `{}`, object{}, 40037, interfaces.Documented, false},
		{"subscribeMessage.send", `{"$unchecked": true, "errcode": 45009}`, object{}, 45009, interfaces.Project, false},
		{"templateMessage.send", `{}`, object{}, 0, interfaces.Project, false},
		{"ocr.printedText", `{"items": []}`, object{"img": bytesOf("x")}, 0, interfaces.Project, false},
		{"ocr.printedText", `{"items": []}`, object{}, 101000, interfaces.Documented, false},
	} {
		q := request(t, c.api, c.fields)
		q.Reply = reply(c.reply)
		a := interfaces.Respond(q, new(interfaces.Memory))
		if a.Code != c.code || a.Source != c.source || (a.Sent != nil) != c.sent {
			t.Errorf("%s with %s: %+v", c.api, c.reply, a)
		}
	}
}

// What is read is an answer the SDK can read, and an error has a place in the file.
func FuzzParseReplies(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"errcode": 45009, "errmsg": "x"}`, `[{"a": 1}, {"errcode": -1}]`, `{"$file": "code.png"}`, `{"$unchecked": true, "a": 1}`,
		`{"a": {"b": [1, {"c": null}]}}`, `{"a": 1, "a": 2}`, "{\n\"a\": tru}", `[[]]`, `{"errcode": 1e3}`, "\xef\xbb\xbf{}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		replies, err := interfaces.ParseReplies("f.json", data)
		if err != nil {
			var e *clierr.Error
			if !errors.As(err, &e) || e.At.File != "f.json" || e.At.Line < 1 || e.At.Column < 1 || e.At.Line > len(data)+1 {
				t.Errorf("%v", err)
			}
			return
		}
		if !json.Valid(data) || len(replies) == 0 {
			t.Errorf("%d replies in %q", len(replies), data)
		}
		for _, r := range replies {
			var body struct {
				ErrCode *int
				ErrMsg  *string
			}
			if r.File == "" && (json.Unmarshal(r.Body, &body) != nil || body.ErrCode == nil || *body.ErrCode != r.Code || body.ErrMsg == nil) {
				t.Errorf("%q became %s", data, r.Body)
			}
			if r.File != "" && strings.ContainsAny(r.File, `/\`) {
				t.Errorf("%q names %s", data, r.File)
			}
		}
	})
}
