package wxcode_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/wxcode"
)

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []int
	}{
		{"what the SDK throws", "errCode: -604101 function has no permission to call this API | errMsg: system error: error code: -604101", []int{-604101}},
		{"the same, named", "Error: errCode: -604101 | errMsg: openapi.security.msgSecCheck:fail system error: error code: -604101", []int{-604101}},
		{"wrapped by the caller's side", "cloud.callFunction:fail Error: errCode: -504002 functions execute fail | errMsg: Error: errCode: 45009  | errMsg: openapi.a.b:fail reach max api daily quota limit", []int{-504002, 45009}},
		{"JSON", `{"errcode":45009,"errmsg":"reach max api daily quota limit rid: 63a0f1c2-40001000-12345678"}`, []int{45009}},
		{"JSON in JSON", `{"message":"{\"errCode\":-604101,\"errMsg\":\"system error\"}"}`, []int{-604101}},
		{"a number as text", `{"errcode":"40001"}`, []int{40001}},
		{"an argument", "-604101", []int{-604101}},
		{"an argument without its sign", "604101", []int{-604101}},
		{"a positive argument", " 40164\n", []int{40164}},
		{"a small argument", "-1", []int{-1}},
		{"a code without its sign", "error code: 604101", []int{-604101}},
		{"Chinese", "云函数报错，错误码：604101，请问怎么解决", []int{-604101}},
		{"Chinese without a space", "一直报-604101怎么办", []int{-604101}},
		{"a typographic minus", "permission error \u2212604101 again", []int{-604101}},
		{"a full-width minus", "错误码\uff0d604101", []int{-604101}},
		{"DevTools", `getCloudAPISignedHeader failed {"ret":41002}`, []int{41002}},
		{"the upload key", "Error: -10008 invalid ip: 1.2.3.4, reference: https://developers.weixin.qq.com/ci.html", []int{-10008}},
		{"a damaged key", "-1 get new ticket fail innerCode: -80011", []int{-80011}},
		{"words after the code", "FAILED 45009 reach max api daily quota limit undefined", []int{45009}},
		{"words after the code, API allow-list", "40164 invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist", []int{40164}},
		{"miniprogram-ci", "[error] 20001 Error: socket hang up", []int{20001}},
		{"HTTP status", "HTTP/1.1 413 Request Entity Too Large", []int{413}},
		{"HTTP status in JSON", `{"statusCode":413}`, []int{413}},
		{"attached with an equals sign", "invoke failed errCode=-504002 requestId=604101aa-40001-11ee", []int{-504002}},
		{"several, once each, in order", "-501007 then -604101 then -501007", []int{-501007, -604101}},
		{"alternatives", "-604102/-604103", []int{-604102, -604103}},
		{"system busy", `{"errcode":-1,"errmsg":"system error"}`, []int{-1}},

		{"a timestamp", "1700000604101 start", nil},
		{"a date", "2026-604101", nil},
		{"a uuid", "request id 8f0c1d22-604101-40001-9abc", nil},
		{"a stack", "at handler (/var/user/index.js:40001:13)", nil},
		{"a line number", "line 40001 of the log", nil},
		{"a decimal", "took 1.604101 s", nil},
		{"an identifier", "order_604101 x604101 604101x", nil},
		{"a count", "sent 45009 messages to 604101 users", nil},
		{"a small number", "exit code -1, 413 rows, -1 left", nil},
		{"a port", "http://127.0.0.1:46823/admin 127.0.0.1:40001", nil},
		{"a size", "41002 bytes", nil},
		{"an unknown code", "errCode: -999999", nil},
		{"a clock", "12:41:40001", nil},
		{"nothing", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, wxcode.Find(c.text)); diff != "" {
				t.Errorf("Find(%q) (-want +got):\n%s", c.text, diff)
			}
		})
	}
}

func TestFindAlsoTakesCodesOfInterfacesThatAreSaidToBeCodes(t *testing.T) {
	also := func(n int) bool { return n == 9300501 || n == 268485194 }
	text := `{"errcode":9300501,"errmsg":"x"} took 9300501 ms, errCode: 268485194 | errCode: 9300502 id 268485194`
	if got, want := wxcode.FindAlso(text, also), []int{9300501, 268485194}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := wxcode.Find(text); got != nil {
		t.Errorf("%v without them", got)
	}
}

func TestEveryCodeIsFoundInTheFormsServicesUse(t *testing.T) {
	for _, c := range wxcode.All() {
		n := itoa(c.Number)
		for _, text := range []string{
			n,
			"errCode: " + n + " " + c.Name,
			`{"errcode":` + n + `,"errmsg":"x"}`,
			"system error: error code: " + n,
		} {
			if !slices.Contains(wxcode.Find(text), c.Number) {
				t.Errorf("Find(%q) lacks %d", text, c.Number)
			}
		}
	}
}

func TestFindInterfaces(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"openapi.subscribeMessage.send:fail user refuse", []string{"subscribeMessage.send"}},
		{"x openapi.a.b:ok openapi.officialAccount.qrcode.create:fail openapi.a.b:fail", []string{"a.b", "officialAccount.qrcode.create"}},
		{"cloud.openapi.security.msgSecCheck({})", nil}, // code, not an answer
		{"see openapi.html and openapi. and openapi", nil},
	} {
		if diff := cmp.Diff(c.want, wxcode.FindInterfaces(c.text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestFindNames(t *testing.T) {
	text := `{"Response":{"Error":{"Code":"FailedOperation.UpdateFunctionCode","Message":"busy: UnauthorizedOperation. See FailedOperation.UpdateFunctionCode"}}} InvalidParameterValue.BrandNew Something.Else`
	want := []string{"FailedOperation.UpdateFunctionCode", "UnauthorizedOperation", "InvalidParameterValue.BrandNew"}
	if diff := cmp.Diff(want, wxcode.FindNames(text)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("errCode: -604101 | errMsg: openapi.a.b:fail")
	f.Add(`{"errcode":45009}`)
	f.Add("604101")
	f.Add("\u2212604101\xff-1000")
	f.Add("FailedOperation.UpdateFunctionCode")
	f.Fuzz(func(t *testing.T, text string) {
		seen := map[int]bool{}
		for _, n := range wxcode.Find(text) {
			if _, ok := wxcode.Lookup(n); !ok || seen[n] {
				t.Errorf("%d is unknown or twice", n)
			}
			seen[n] = true
			if !strings.Contains(text, strings.TrimPrefix(itoa(n), "-")) {
				t.Errorf("%d does not stand in the text", n)
			}
		}
		for _, name := range wxcode.FindInterfaces(text) {
			if !strings.Contains(text, "openapi."+name) {
				t.Errorf("%q does not stand in the text", name)
			}
		}
		for _, name := range wxcode.FindNames(text) {
			if _, ok := wxcode.LookupName(name); !ok || !strings.Contains(text, name) {
				t.Errorf("%q is unknown or does not stand in the text", name)
			}
		}
	})
}
