package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/catalog"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/lint"
	"wxcloud/lint/js"
)

// facts describes a function without a disk: what its code calls, in call
// order on lines 1, 2, 3, and what it declares, likewise.
type facts struct {
	calls, declared []string
	dynamic         []string
	problems        []config.Problem
	syntaxErrors    []string // paths of files with one
	missing         []js.MissingModule
	unresolved      []js.Dynamic
	noEntry         bool
	noConfig        bool
}

func (f facts) build() lint.Facts {
	fn := lint.Facts{
		Function: config.Function{
			Name: "notify", Dir: "/nowhere/notify", Entry: "index.js",
			Config: config.FunctionConfig{Path: "/nowhere/notify/config.json", Exists: !f.noConfig, Problems: f.problems},
		},
		Dir:  "fns/notify",
		Code: js.Result{Files: []js.File{{Path: "index.js"}}, Missing: f.missing, Unresolved: f.unresolved},
	}
	if f.noEntry {
		fn.Function.Entry = ""
	}
	for i, name := range f.calls {
		fn.Code.Calls = append(fn.Code.Calls, js.Call{API: name, Span: span("index.js", i+1), Via: js.Direct})
	}
	for i, text := range f.dynamic {
		fn.Code.Dynamic = append(fn.Code.Dynamic, js.Dynamic{Span: span("index.js", i+1), Expression: text})
	}
	for _, file := range f.syntaxErrors {
		if strings.HasPrefix(file, "../") {
			fn.Code.Outside = append(fn.Code.Outside, file)
		}
		fn.Code.Files = append(fn.Code.Files, js.File{
			Path: file, Errors: []js.SyntaxError{{Span: span(file, 7), ID: "lint/test-error", Args: clierr.Args{"a": "1"}}},
		})
	}
	for i, name := range f.declared {
		fn.Function.Config.Openapi = append(fn.Function.Config.Openapi,
			config.Declared{Name: name, Line: i + 1, Column: 5, EndColumn: 7 + len(name)})
	}
	return fn
}

func span(file string, line int) js.Span {
	return js.Span{File: file, Line: line, Column: 3, EndLine: line, EndColumn: 9}
}

// check returns what a rule finds as "severity file:line api".
func check(r lint.Rule, fn lint.Facts) []string {
	var got []string
	r.Check(fn, func(d lint.Diagnostic) {
		severity := d.Severity
		if severity == "" {
			severity = r.Info().Severity
		}
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s:%d %s", severity, d.File, d.Line, d.API)))
	})
	return got
}

func TestRules(t *testing.T) {
	fatal := []config.Problem{{ID: "config/json-syntax", Line: 1, Column: 1, Fatal: true}}
	for _, c := range []struct {
		name string
		rule lint.Rule
		fn   facts
		want []string
	}{
		{"declared call", undeclaredAPI{}, facts{calls: []string{"subscribeMessage.send"}, declared: []string{"subscribeMessage.send"}}, nil},
		{"every place of an undeclared call", undeclaredAPI{}, facts{calls: []string{"wxacode.get", "wxacode.get"}}, []string{
			"error fns/notify/index.js:1 wxacode.get", "error fns/notify/index.js:2 wxacode.get",
		}},
		{"case matters", undeclaredAPI{}, facts{calls: []string{"wxacode.get"}, declared: []string{"wxaCode.get"}}, []string{"error fns/notify/index.js:1 wxacode.get"}},
		{"the prefix makes another name", undeclaredAPI{}, facts{calls: []string{"wxacode.get"}, declared: []string{"openapi.wxacode.get"}}, []string{"error fns/notify/index.js:1 wxacode.get"}},
		{"moved to another interface", undeclaredAPI{}, facts{calls: []string{"subscribeMessage.send"}, declared: []string{"templateMessage.send"}}, []string{"error fns/notify/index.js:1 subscribeMessage.send"}},
		{"unknown name, exactly declared", undeclaredAPI{}, facts{calls: []string{"brand.new.thing"}, declared: []string{"brand.new.thing"}}, nil},
		{"unknown name, not declared", undeclaredAPI{}, facts{calls: []string{"brand.new.thing"}}, []string{"error fns/notify/index.js:1 brand.new.thing"}},
		{"no config.json", undeclaredAPI{}, facts{calls: []string{"wxacode.get"}, noConfig: true}, []string{"error fns/notify/index.js:1 wxacode.get"}},
		{"unreadable config.json hides what is declared", undeclaredAPI{}, facts{calls: []string{"wxacode.get"}, problems: fatal}, nil},
		{"wrong shape declares nothing", undeclaredAPI{}, facts{calls: []string{"wxacode.get"}, problems: []config.Problem{{ID: "config/not-an-object", Fatal: true}}}, []string{"error fns/notify/index.js:1 wxacode.get"}},

		{"used", unusedPermission{}, facts{calls: []string{"wxacode.get"}, declared: []string{"wxacode.get"}}, nil},
		{"left behind", unusedPermission{}, facts{calls: []string{"wxacode.get"}, declared: []string{"wxacode.get", "templateMessage.send"}}, []string{"warning fns/notify/config.json:2 templateMessage.send"}},
		{"no cloud call at all", unusedPermission{}, facts{declared: []string{"wxacode.get"}}, []string{"warning fns/notify/config.json:1 wxacode.get"}},
		{"declared twice and used", unusedPermission{}, facts{calls: []string{"wxacode.get"}, declared: []string{"wxacode.get", "wxacode.get"}}, nil},
		{"another API declared as a permission", unusedPermission{}, facts{declared: []string{"cloud.getWXContext"}}, []string{"warning fns/notify/config.json:1 cloud.getWXContext"}},
		{"dynamic call", unusedPermission{}, facts{declared: []string{"wxacode.get"}, dynamic: []string{"cloud.openapi[x]"}}, nil},
		{"syntax error", unusedPermission{}, facts{declared: []string{"wxacode.get"}, syntaxErrors: []string{"lib/a.js"}}, nil},
		{"missing file", unusedPermission{}, facts{declared: []string{"wxacode.get"}, missing: []js.MissingModule{{Request: "./a"}}}, nil},
		{"missing file that is optional", unusedPermission{}, facts{declared: []string{"wxacode.get"}, missing: []js.MissingModule{{Request: "./a", Optional: true}}}, []string{"warning fns/notify/config.json:1 wxacode.get"}},
		{"load of an unknown module", unusedPermission{}, facts{declared: []string{"wxacode.get"}, unresolved: []js.Dynamic{{Expression: "name"}}}, nil},
		{"no entry", unusedPermission{}, facts{declared: []string{"wxacode.get"}, noEntry: true}, nil},
		{"blanks around a name", unusedPermission{}, facts{declared: []string{" wxacode.get"}}, nil},
		{"an entry that is not there", configInvalid{}, facts{noEntry: true, problems: []config.Problem{{ID: "config/no-entry", File: "/nowhere/notify/index.js"}}}, []string{"warning fns/notify/index.js:0"}},
		{"unreadable config.json", unusedPermission{}, facts{declared: []string{"wxacode.get"}, problems: fatal}, nil},

		{"known", unknownAPI{}, facts{calls: []string{"wxacode.get"}, declared: []string{"wxacode.get"}}, nil},
		{"unknown in code and in config.json", unknownAPI{}, facts{calls: []string{"wx.requestOrderPayment"}, declared: []string{"wxacode.gett"}}, []string{
			"warning fns/notify/index.js:1 wx.requestOrderPayment", "warning fns/notify/config.json:1 wxacode.gett",
		}},
		{"blanks around a name", unknownAPI{}, facts{declared: []string{" wxacode.get", "wxacode.get\t"}}, nil},
		{"near to one over HTTPS only", unknownAPI{}, facts{calls: []string{"auth.code2Sesion"}}, []string{"warning fns/notify/index.js:1 auth.code2Sesion"}},
		{"four segments", unknownAPI{}, facts{calls: []string{"wxa.business.getUserPhoneNumber.x"}}, []string{"warning fns/notify/index.js:1 wxa.business.getUserPhoneNumber.x"}},
		{"an openid as a permission", unknownAPI{}, facts{declared: []string{"oABCDabcd1234567890abcdefghij"}}, []string{"warning fns/notify/config.json:1 oABCDabcd1234567890abcdefghij"}},

		{"offline in code and config.json", retiredAPI{}, facts{calls: []string{"templateMessage.send"}, declared: []string{"templateMessage.send"}}, []string{
			"warning fns/notify/index.js:1 templateMessage.send", "warning fns/notify/config.json:1 templateMessage.send",
		}},
		{"deprecated is a notice", retiredAPI{}, facts{calls: []string{"security.imgSecCheck"}}, []string{"notice fns/notify/index.js:1 security.imgSecCheck"}},
		{"active or unknown", retiredAPI{}, facts{calls: []string{"subscribeMessage.send", "brand.new.thing"}}, nil},

		{"dynamic", dynamicCall{}, facts{dynamic: []string{"cloud.openapi[x]"}}, []string{"notice fns/notify/index.js:1"}},

		{"in the function", syntaxError{}, facts{syntaxErrors: []string{"lib/a.js"}}, []string{"error fns/notify/lib/a.js:7"}},
		{"outside the function", syntaxError{}, facts{syntaxErrors: []string{"../common/a.js"}}, []string{"warning fns/common/a.js:7"}},

		{"not JSON", configInvalid{}, facts{problems: fatal}, []string{"error fns/notify/config.json:1"}},
		{"comment", configInvalid{}, facts{problems: []config.Problem{{ID: "config/json-comment", Line: 2, Column: 1}}}, []string{"warning fns/notify/config.json:2"}},
		{"blanks around a name", configInvalid{}, facts{problems: []config.Problem{{ID: "config/blanks-around", Line: 2, Column: 1}}}, []string{"warning fns/notify/config.json:2"}},
		{"object instead of a list", configInvalid{}, facts{problems: []config.Problem{{ID: "config/openapi-shape", Line: 3, Column: 5}}}, []string{"error fns/notify/config.json:3"}},
		{"null for a list", configInvalid{}, facts{problems: []config.Problem{{ID: "config/openapi-shape", Args: clierr.Args{"found": "null"}, Line: 3, Column: 5}}}, []string{"warning fns/notify/config.json:3"}},
		{"config.js", configInvalid{}, facts{noConfig: true, problems: []config.Problem{{ID: "config/config-js", File: "/nowhere/notify/config.js"}}}, []string{"warning fns/notify/config.js:0"}},
	} {
		t.Run(c.rule.Info().ID+"/"+c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, check(c.rule, c.fn.build())); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestBrokenPackageIsReported(t *testing.T) {
	fn := facts{}.build()
	fn.Function.Package = config.Package{Problems: []config.Problem{{ID: "config/json-syntax", Line: 2, Column: 4, Fatal: true}}}
	if diff := cmp.Diff([]string{"error fns/notify/package.json:2"}, check(configInvalid{}, fn)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	fn.Function.Package = config.Package{Problems: []config.Problem{{ID: "config/two-entries", Line: 3, Column: 11}}}
	if diff := cmp.Diff([]string{"warning fns/notify/package.json:3"}, check(configInvalid{}, fn)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is said must help: the sentences a person acts on.
func TestWords(t *testing.T) {
	for _, c := range []struct {
		name          string
		rule          lint.Rule
		fn            facts
		message, help string
		zh            string
	}{
		{
			"undeclared",
			undeclaredAPI{},
			facts{calls: []string{"wxacode.get"}},
			"wxacode.get is called but not declared in fns/notify/config.json",
			"declare it: wxcloud perm add wxacode.get -f notify",
			"补上声明：wxcloud perm add wxacode.get -f notify",
		},
		{
			"no config.json",
			undeclaredAPI{},
			facts{calls: []string{"wxacode.get"}, noConfig: true},
			"wxacode.get is called but not declared: there is no fns/notify/config.json",
			"declare it: wxcloud perm add wxacode.get -f notify",
			"补上声明：wxcloud perm add wxacode.get -f notify",
		},
		{
			"declared under another spelling",
			undeclaredAPI{},
			facts{calls: []string{"wxacode.get"}, declared: []string{"openapi.wxacode.get"}},
			"wxacode.get is called but not declared in fns/notify/config.json",
			"openapi.wxacode.get is declared, which is another name to the cloud; declare this one: wxcloud perm add wxacode.get -f notify",
			"已声明的 openapi.wxacode.get 在云端看来是另一个名字；请声明这一个：wxcloud perm add wxacode.get -f notify",
		},
		{
			"declared with blanks around it",
			undeclaredAPI{},
			facts{calls: []string{"wxacode.get"}, declared: []string{" wxacode.get"}},
			"wxacode.get is called but not declared in fns/notify/config.json",
			`" wxacode.get" is declared, which is another name to the cloud; declare this one: wxcloud perm add wxacode.get -f notify`,
			`已声明的 " wxacode.get" 在云端看来是另一个名字；请声明这一个：wxcloud perm add wxacode.get -f notify`,
		},
		{
			"unknown name",
			undeclaredAPI{},
			facts{calls: []string{"brand.new$thing"}},
			"brand.new$thing is called but not declared in fns/notify/config.json",
			"wxcloud does not know this name; if it is right, declare it: wxcloud perm add 'brand.new$thing' -f notify --force",
			"wxcloud 不认识这个接口名；确认无误后再声明：wxcloud perm add 'brand.new$thing' -f notify --force",
		},
		{
			"not callable",
			undeclaredAPI{},
			facts{calls: []string{"auth.getAccessToken"}},
			"auth.getAccessToken is called but not declared in fns/notify/config.json",
			"declaring it would not help: WeChat offers it over HTTPS only",
			"补上声明也没用：微信只提供它的 HTTPS 调用",
		},
		{
			"near to one over HTTPS only",
			unknownAPI{},
			facts{calls: []string{"auth.code2Sesion"}},
			"auth.code2Sesion is not an interface that wxcloud knows",
			"did you mean auth.code2Session? it is offered over HTTPS only: request GET /sns/jscode2session with an access_token",
			"是不是 auth.code2Session？它只提供 HTTPS 调用：请用 access_token 请求 GET /sns/jscode2session",
		},
		{
			"wildcard",
			unknownAPI{},
			facts{declared: []string{"security.*"}},
			"security.* is not an interface that wxcloud knows",
			"there is no wildcard: declare every interface by its own name",
			"声明不支持通配符，每个接口都要写全名",
		},
		{
			"nothing near",
			unknownAPI{},
			facts{calls: []string{"zzzzzzzz.qqqqqqqqqqqqq"}},
			"zzzzzzzz.qqqqqqqqqqqqq is not an interface that wxcloud knows",
			"check the spelling: wxcloud perm search TEXT; an interface newer than wxcloud is fine",
			"请核对拼写：wxcloud perm search 关键词；如果是 wxcloud 还未收录的新接口则无妨",
		},
		{
			"offline",
			retiredAPI{},
			facts{calls: []string{"templateMessage.send"}},
			"templateMessage.send has been offline since 2020-01-10; use subscribeMessage.send",
			"its parameters: wxcloud perm info subscribeMessage.send",
			"查看参数：wxcloud perm info subscribeMessage.send",
		},
		{
			"two replacements",
			retiredAPI{},
			facts{calls: []string{"uniformMessage.send"}},
			"uniformMessage.send has been offline since 2023-09-20; use subscribeMessage.send or officialAccount.messageTemplate.send",
			"its parameters: wxcloud perm info subscribeMessage.send",
			"查看参数：wxcloud perm info subscribeMessage.send",
		},
		{
			"dynamic over several lines",
			dynamicCall{},
			facts{dynamic: []string{"cloud\n\t.openapi[event.name]"}},
			"which interface this calls is only known when it runs: cloud .openapi[event.name]",
			"name the interfaces in the code, or declare by hand all that it may call",
			"请在代码里写明接口名，或手动声明全部可能调用的接口",
		},
		{
			"sentence of another room",
			syntaxError{},
			facts{syntaxErrors: []string{"a.js"}},
			`lint/test-error a="1"`, "", "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []lint.Diagnostic
			c.rule.Check(c.fn.build(), func(d lint.Diagnostic) { got = append(got, d) })
			if len(got) != 1 {
				t.Fatalf("%d findings", len(got))
			}
			want := []string{c.message, c.help, c.zh}
			if diff := cmp.Diff(want, []string{got[0].Message.En, got[0].Help.En, got[0].Help.Zh}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Every replaced interface names a date or not, one replacement or several: the
// placeholders of all the variants are filled in both languages.
func TestNoPlaceholderIsLeft(t *testing.T) {
	var names []string
	for i := range catalog.All() {
		names = append(names, i.Name)
	}
	names = append(names, "auth.code2Session", "cloud.openapi.wxacode.get", "wxacode.gett", "/wxa/getwxacode", "zzz")
	for _, r := range All() {
		for _, fn := range []facts{{calls: names}, {declared: names}, {calls: names, noConfig: true}} {
			r.Check(fn.build(), func(d lint.Diagnostic) {
				for _, w := range []lint.Words{d.Message, d.Help} {
					if strings.ContainsAny(w.En+w.Zh, "{}") || (w.En == "") != (w.Zh == "") {
						t.Errorf("%s: %+v", r.Info().ID, w)
					}
				}
			})
		}
	}
}

func TestEveryRuleIsDescribed(t *testing.T) {
	var ids []string
	for _, r := range All() {
		info := r.Info()
		ids = append(ids, info.ID)
		for name, w := range map[string]lint.Words{"title": info.Title, "what": info.What, "why": info.Why, "remedy": info.Remedy} {
			if w.En == "" || w.Zh == "" || strings.ContainsRune(w.En, '。') {
				t.Errorf("%s: %s: %+v", info.ID, name, w)
			}
		}
		if len(info.Bad) == 0 || len(info.Good) == 0 {
			t.Errorf("%s has no example", info.ID)
		}
		if found, ok := Lookup(info.ID); !ok || found != r {
			t.Errorf("Lookup(%q) finds another rule", info.ID)
		}
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("not sorted or not unique: %q", ids)
	}
	if _, ok := Lookup("no-such-rule"); ok {
		t.Error("found a rule that does not exist")
	}
}

func TestQuoted(t *testing.T) {
	for in, want := range map[string]string{
		"subscribeMessage.send": "subscribeMessage.send",
		"下单":                    "下单",
		"a b":                   "'a b'",
		"$(rm -rf /)":           "'$(rm -rf /)'",
		"it's":                  `'it'\''s'`,
		"":                      "''",
	} {
		if got := quoted(in); got != want {
			t.Errorf("quoted(%q) = %s, want %s", in, got, want)
		}
	}
}
