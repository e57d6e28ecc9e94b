package perm

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

const send = "templateMessage.send"

// The texts are what wx-server-sdk 0.8.1 to 4.0.2 hands to a function, and what
// becomes of them when the function returns or throws them.
func TestJudge(t *testing.T) {
	for _, c := range []struct {
		name, result string
		code         int
		msg          string
		want         Verdict
	}{
		// Granted: the answer names the interface.
		{name: "success returned", result: `{"templateId":"tpl_1","errMsg":"openapi.templateMessage.send:ok","errCode":0}`, want: Granted},
		{name: "success inside the function's own shape", result: `{"ok":true,"r":{"errMsg":"openapi.templateMessage.send:ok","errCode":0},"ctx":{"OPENID":"o"}}`, want: Granted},
		{name: "success in an array", result: `[{"a":1},{"errMsg":"openapi.templateMessage.send:ok"}]`, want: Granted},
		{name: "success as JSON in a string", result: `{"body":"{\"errMsg\":\"openapi.templateMessage.send:ok\",\"errCode\":0}"}`, want: Granted},
		{name: "success as an encoded string", result: `"{\"errMsg\":\"openapi.templateMessage.send:ok\"}"`, want: Granted},
		{name: "quota", result: `{"errCode":45009,"errMsg":"openapi.templateMessage.send:fail reach max api daily quota limit rid: 5f-1-2"}`, want: Granted},
		{name: "user refused", result: `{"ok":false,"errCode":43101,"errMsg":"openapi.templateMessage.send:fail user refuse to accept the msg rid: 5f-1-2","message":"errCode: 43101  | errMsg: openapi.templateMessage.send:fail user refuse to accept the msg rid: 5f-1-2"}`, want: Granted},
		{name: "the lowest code", result: `{"errCode":9000,"errMsg":"openapi.templateMessage.send:fail x"}`, want: Granted},
		{name: "a long code", result: `{"errCode":9300505,"errMsg":"openapi.templateMessage.send:fail x"}`, want: Granted},
		{name: "bad openid", result: `{"errCode":40003,"errMsg":"openapi.templateMessage.send:fail invalid openid rid: 1"}`, want: Granted},
		{name: "code as text", result: `{"errCode":"47003","errMsg":"openapi.templateMessage.send:fail argument invalid!"}`, want: Granted},
		{name: "message only", result: `{"error":"errCode: 45011  | errMsg: openapi.templateMessage.send:fail api minute-quota reach limit"}`, want: Granted},
		{name: "thrown business code", code: -504002, msg: "functions execute fail | errMsg: Error: errCode: 40037  | errMsg: openapi.templateMessage.send:fail invalid template_id rid: 1\n    at handler (index.js:12:5)", want: Granted},
		{name: "thrown JSON", code: -504002, msg: `{"errorCode":1,"errorMessage":"user code exception caught","stackTrace":"{\"errCode\":43101,\"errMsg\":\"openapi.templateMessage.send:fail user refuse\"}"}`, want: Granted},
		{name: "JSON in the middle of a text", code: -504002, msg: `Error: rejected with {"errCode":40003,"errMsg":"openapi.templateMessage.send:fail invalid openid"}`, want: Granted},
		{name: "plain text result", result: `errCode: 40029  | errMsg: openapi.templateMessage.send:fail invalid code`, want: Granted},
		{name: "a number in the message is no code", result: `{"errCode":45009,"errMsg":"openapi.templateMessage.send:fail 3 times too often"}`, want: Granted},

		// Refused: -604101, named or not.
		{name: "refusal returned", result: `{"errCode":-604101,"errMsg":"system error: error code: -604101"}`, want: Refused},
		{name: "refusal with message", result: `{"ok":false,"errCode":-604101,"errMsg":"system error: error code: -604101","message":"errCode: -604101 function has no permission to call this API | errMsg: system error: error code: -604101"}`, want: Refused},
		{name: "refusal thrown", code: -504002, msg: "functions execute fail | errMsg: Error: errCode: -604101 function has no permission to call this API | errMsg: system error: error code: -604101", want: Refused},
		{name: "refusal named", result: `{"errCode":-604101,"errMsg":"openapi.templateMessage.send:fail system error: error code: -604101"}`, want: Refused},
		{name: "refusal named, thrown", code: -504002, msg: "errCode: -604101 function has no permission to call this API | errMsg: openapi.templateMessage.send:fail system error: error code: -604101", want: Refused},
		{name: "refusal nested deep", result: `{"a":[{"b":{"errCode":-604101}}]}`, want: Refused},
		{name: "refusal under another key", result: `{"code":-604101}`, want: Refused},
		{name: "refusal as a bare number", result: `-604101`, want: Refused},
		{name: "refusal under the interface's name", result: `{"templateMessage.send":{"errCode":-604101},"other.call":{"errMsg":"openapi.other.call:ok"}}`, want: Refused},
		{name: "granted by one node, refused by another", result: `[{"errMsg":"openapi.templateMessage.send:ok"},{"errCode":-604101,"errMsg":"openapi.templateMessage.send:fail system error: error code: -604101"}]`, want: Refused},
		{name: "code beside a message without it", result: `{"errCode":-604101,"errMsg":"openapi.templateMessage.send:fail no permission"}`, want: Refused},

		// Inconclusive: everything else.
		{name: "nothing", want: Inconclusive},
		{name: "null", result: `null`, want: Inconclusive},
		{name: "an early return", result: `{"errCode":0,"errMsg":"ok"}`, want: Inconclusive},
		{name: "another interface succeeded", result: `{"errMsg":"openapi.security.msgSecCheck:ok","errCode":0}`, want: Inconclusive},
		{name: "another interface was refused", result: `{"errCode":-604101,"errMsg":"openapi.security.msgSecCheck:fail system error: error code: -604101"}`, want: Inconclusive},
		{name: "a longer name", result: `{"errMsg":"openapi.templateMessage.sendAll:ok"}`, want: Inconclusive},
		{name: "a name in other case", result: `{"errMsg":"openapi.templatemessage.send:ok"}`, want: Inconclusive},
		{name: "a fragment of the name", result: `{"errMsg":"xopenapi.templateMessage.send:ok"}`, want: Inconclusive},
		{name: "a mention without outcome", result: `{"errMsg":"calling openapi.templateMessage.send"}`, want: Inconclusive},
		{name: "not found", result: `{"errCode":-604100,"errMsg":"system error: error code: -604100"}`, want: Inconclusive},
		{name: "illegal source", result: `{"errCode":-604104,"errMsg":"system error: error code: -604104"}`, want: Inconclusive},
		{name: "connection reset", result: `{"errCode":-501001,"errMsg":"openapi.templateMessage.send:fail -501001 resource system error. read ECONNRESET"}`, want: Inconclusive},
		{name: "rate limit of the environment", result: `{"errCode":-501003,"errMsg":"openapi.templateMessage.send:fail -501003 exceed request limit. exceed request limit"}`, want: Inconclusive},
		{name: "system error of the interface", result: `{"errCode":-1,"errMsg":"openapi.templateMessage.send:fail system error rid: 5f-1-2"}`, want: Inconclusive},
		{name: "broken JSON from WeChat", result: `{"errCode":-601001,"errMsg":"openapi.templateMessage.send:fail wechat server internal error, response body is invalid json: {\"errcode\":0,"}`, want: Inconclusive},
		{name: "failure without a code", result: `{"errMsg":"openapi.templateMessage.send:fail something"}`, want: Inconclusive},
		{name: "error of the gateway with a positive code", result: `{"errCode":40001,"errMsg":"templateMessage.send:fail invalid credential"}`, want: Inconclusive},
		{name: "the function's own code", result: `{"code":200,"msg":"openapi.templateMessage.send:fail"}`, want: Inconclusive},
		{name: "thrown without the inner code", code: -504002, msg: "openapi.templateMessage.send:fail something", want: Inconclusive},
		{name: "timeout", code: -504003, msg: "Invoking task timed out after 3 seconds", want: Inconclusive},
		{name: "not invoked through WeChat", code: -501007, msg: "invalid parameters", want: Inconclusive},
		{name: "another number", result: `{"errCode":-6041011}`, want: Inconclusive},
		{name: "token expired for the invocation", code: 42001, msg: "access_token expired", want: Inconclusive},
		{name: "granted and an unnamed refusal", result: `{"a":{"errMsg":"openapi.templateMessage.send:ok"},"b":{"errCode":-604101,"errMsg":"system error: error code: -604101"}}`, want: Inconclusive},
		{name: "positive code, system text", result: `{"errCode":45009,"errMsg":"openapi.templateMessage.send:fail system error: error code: -604102"}`, want: Inconclusive},
		{name: "the function's own status", result: `{"errCode":500,"errMsg":"openapi.templateMessage.send:fail getaddrinfo ENOTFOUND"}`, want: Inconclusive},
		{name: "the function's own flag", result: `{"errCode":1,"errMsg":"openapi.templateMessage.send:fail something"}`, want: Inconclusive},
		{name: "just below WeChat's codes", result: `{"errCode":8999,"errMsg":"openapi.templateMessage.send:fail x"}`, want: Inconclusive},
		{name: "invalid token", result: `{"errCode":40001,"errMsg":"openapi.templateMessage.send:fail invalid credential, access_token is invalid or not latest"}`, want: Inconclusive},
		{name: "wrong kind of token", result: `{"errCode":40014,"errMsg":"openapi.templateMessage.send:fail invalid access_token"}`, want: Inconclusive},
		{name: "an account that may not use it", result: `{"errCode":48001,"errMsg":"openapi.templateMessage.send:fail api unauthorized rid: 5f-1-2"}`, want: Inconclusive},
		{name: "no token", result: `{"errCode":41001,"errMsg":"openapi.templateMessage.send:fail access_token missing"}`, want: Inconclusive},
		{name: "expired token", code: -504002, msg: "errCode: 42001  | errMsg: openapi.templateMessage.send:fail access_token expired", want: Inconclusive},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Judge(send, Answer{Result: []byte(c.result), ErrCode: c.code, ErrMsg: c.msg}, nil)
			if got != c.want {
				t.Errorf("Judge = %s, want %s", got, c.want)
			}
		})
	}
}

func TestJudgeAnErrorProvesNothing(t *testing.T) {
	granted := Answer{Result: []byte(`{"errMsg":"openapi.templateMessage.send:ok"}`)}
	if got := Judge(send, granted, errors.New("connection reset")); got != Inconclusive {
		t.Errorf("Judge = %s", got)
	}
}

func TestJudgeSeveralNames(t *testing.T) {
	apis := []string{"a.one", "b.two"}
	for _, c := range []struct {
		name, result string
		want         [2]Verdict
		unnamed      bool
	}{
		{"both granted", `{"x":{"errMsg":"openapi.a.one:ok"},"y":{"errCode":40003,"errMsg":"openapi.b.two:fail invalid openid"}}`, [2]Verdict{Granted, Granted}, false},
		{"both in one text", `errCode: 40003  | errMsg: openapi.a.one:fail invalid openid; errCode: 43101  | errMsg: openapi.b.two:fail user refuse`, [2]Verdict{Granted, Granted}, false},
		{"the code of the second is not the first's", `errCode: 40003  | errMsg: openapi.a.one:fail invalid openid; errCode: -604101 x | errMsg: openapi.b.two:fail system error: error code: -604101`, [2]Verdict{Granted, Refused}, false},
		{"a refusal of either", `{"errCode":-604101,"errMsg":"system error: error code: -604101"}`, [2]Verdict{Inconclusive, Inconclusive}, true},
		{"one granted, a refusal that may be of either", `[{"errMsg":"openapi.a.one:ok"},{"errCode":-604101,"errMsg":"system error: error code: -604101"}]`, [2]Verdict{Inconclusive, Inconclusive}, true},
		{"told apart by a field", `[{"api":"a.one","errMsg":"openapi.a.one:ok"},{"api":"openapi.b.two","errCode":-604101,"errMsg":"system error: error code: -604101"}]`, [2]Verdict{Granted, Refused}, false},
		{"told apart by the key", `{"a.one":{"errMsg":"openapi.a.one:ok"},"b.two":{"error":{"errCode":-604101}}}`, [2]Verdict{Granted, Refused}, false},
		{"two names in one object", `{"from":"a.one","to":"b.two","errCode":-604101}`, [2]Verdict{Inconclusive, Inconclusive}, true},
		{"named refusal of one", `{"errCode":-604101,"errMsg":"openapi.a.one:fail system error: error code: -604101"}`, [2]Verdict{Refused, Inconclusive}, false},
		{"refusal before a success in one text", `errCode: -604101 function has no permission | errMsg: system error: error code: -604101, then openapi.b.two:ok`, [2]Verdict{Inconclusive, Inconclusive}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := judgeAll(apis, Answer{Result: []byte(c.result)}, nil)
			if [2]Verdict(j.verdicts) != c.want || j.unnamed != c.unnamed {
				t.Errorf("%v, unnamed %v; want %v, %v", j.verdicts, j.unnamed, c.want, c.unnamed)
			}
		})
	}
}

func TestJudgeRemembersWhyNothingWasProven(t *testing.T) {
	for result, want := range map[string]int{
		`{"errCode":-604100,"errMsg":"system error: error code: -604100"}`: -604100,
		`{"errCode":-604104,"errMsg":"system error: error code: -604104"}`: -604104,
		`{"errCode":-604101}`:       -604101,
		`{"errCode":0}`:             0,
		`{"r":{"errCode":-501001}}`: -501001,
	} {
		if got := judgeAll([]string{send}, Answer{Result: []byte(result)}, nil).code; got != want {
			t.Errorf("%s: code %d, want %d", result, got, want)
		}
	}
}

func TestJudgeDeepAnswers(t *testing.T) {
	refusal := `{"errCode":-604101}`
	for range 500 {
		refusal = `[` + refusal + `]`
	}
	if got := Judge(send, Answer{Result: []byte(refusal)}, nil); got != Refused {
		t.Errorf("a deep refusal is %s", got)
	}
	grant := `{"errMsg":"openapi.templateMessage.send:ok"}`
	for range 6 {
		quoted, err := json.Marshal(grant)
		if err != nil {
			t.Fatal(err)
		}
		grant = string(quoted)
	}
	if got := Judge(send, Answer{Result: []byte(grant)}, nil); got != Granted {
		t.Errorf("a grant in many strings is %s", got)
	}
}

func FuzzJudge(f *testing.F) {
	f.Add(`{"errCode":-604101,"errMsg":"system error: error code: -604101"}`, 0, "")
	f.Add(`{"errMsg":"openapi.templateMessage.send:ok"}`, 0, "")
	f.Add("", -504002, "errCode: 40003  | errMsg: openapi.templateMessage.send:fail invalid openid")
	f.Add(`[[{"a":"{\"errCode\":\"-604101\"}"}]]`, 1, "openapi.a:ok")
	f.Add(`{"api":"templateMessage.send","errCode":45009}`, 0, "\xff")
	f.Fuzz(func(t *testing.T, result string, code int, msg string) {
		a := Answer{Result: []byte(result), ErrCode: code, ErrMsg: msg}
		got := Judge(send, a, nil)
		if again := Judge(send, a, nil); again != got {
			t.Errorf("first %s, then %s", got, again)
		}
		if got == Granted && !strings.Contains(result+msg, send) && !strings.Contains(result+msg, `\u`) {
			t.Errorf("granted without being named: %q %q", result, msg)
		}
		if Judge(send, a, errors.New("x")) != Inconclusive {
			t.Error("an error proves something")
		}
		both := judgeAll([]string{send, "other.call"}, a, nil)
		if both.verdicts[0] == Granted && got != Granted {
			t.Errorf("asked alone %s, asked together granted", got)
		}
	})
}
