package rules

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/catalog"
	"wxcloud/lint"
)

// Names people really wrote, and which of the three rules about names speaks.
func TestOneRuleForEachName(t *testing.T) {
	for _, c := range []struct {
		name              string
		inCode, inConfig  string // the rule, or "" for none
		helpCode, helpCfg string
	}{
		{name: "subscribeMessage.send"},
		{name: "customerServiceMessage.uploadTempMedia"}, // and officialAccount.media.upload: two names, both right
		{name: "officialAccount.media.upload"},
		{name: "ocr.vehicleLicense"},
		{name: "ocr.drivingLicense"},
		{name: "cloudbase.getOpenData"},

		{"openapi.subscribeMessage.send", "wrong-name", "wrong-name", "call cloud.openapi.subscribeMessage.send()", `write "subscribeMessage.send" instead`},
		{"cloud.openapi.wxacode.get", "wrong-name", "wrong-name", "call cloud.openapi.wxacode.get()", `write "wxacode.get" instead`},
		{"security.msgSecCheck()", "wrong-name", "wrong-name", "call cloud.openapi.security.msgSecCheck()", `write "security.msgSecCheck" instead`},
		{"subscribemessage.send", "wrong-name", "wrong-name", "call cloud.openapi.subscribeMessage.send()", `write "subscribeMessage.send" instead`},
		{"/wxa/msg_sec_check", "wrong-name", "wrong-name", "call cloud.openapi.security.msgSecCheck()", `write "security.msgSecCheck" instead`},
		{"getUnlimitedQRCode", "wrong-name", "wrong-name", "call cloud.openapi.wxacode.getUnlimited()", `write "wxacode.getUnlimited" instead`},
		{"wxa.business.getUserPhoneNumber", "wrong-name", "wrong-name", "call cloud.openapi.phonenumber.getPhoneNumber()", `write "phonenumber.getPhoneNumber" instead`},
		{"openapi.templateMessage.send", "wrong-name", "wrong-name", "call cloud.openapi.templateMessage.send()", `write "templateMessage.send" instead`},

		// No open interfaces at all: in config.json it is clear what is meant.
		{"cloud.getWXContext", "unknown-api", "wrong-name", "", "take this entry out"},
		{"cloud.uploadFile", "unknown-api", "wrong-name", "", "take this entry out"},
		{"cloudbase.uploadFile", "unknown-api", "wrong-name", "", "take this entry out"},
		{"cloudbase.database.collection.add", "unknown-api", "wrong-name", "", "take this entry out"},
		{"cloudStorage.getTempFileURL", "unknown-api", "wrong-name", "", "take this entry out"},
		{"storage.uploadFile", "unknown-api", "wrong-name", "", "take this entry out"},
		{"deleteFile", "unknown-api", "wrong-name", "", "take this entry out"},
		{"cloudPay.refund", "unknown-api", "wrong-name", "", "take this entry out; bind the merchant in the console if that is still to be done"},
		{"CloudPay.unifiedOrder()", "unknown-api", "wrong-name", "", "take this entry out; bind the merchant in the console if that is still to be done"},
		{"cloud.cloudPay.queryOrder", "unknown-api", "wrong-name", "", "take this entry out; bind the merchant in the console if that is still to be done"},
		{"wx.requestOrderPayment", "unknown-api", "wrong-name", "", "take this entry out"},

		{"auth.code2Session", "not-cloud-callable", "not-cloud-callable", "", ""},
		{"openapi.auth.code2Session", "not-cloud-callable", "not-cloud-callable", "", ""},
		{"/cgi-bin/token", "not-cloud-callable", "not-cloud-callable", "", ""},
		{"immediateDelivery.addOrder", "not-cloud-callable", "not-cloud-callable", "request POST /cgi-bin/express/local/business/order/add with an access_token", ""},

		{"auth.code2Sesion", "unknown-api", "unknown-api", "", ""}, // near is not enough
		{"subscribeMessages.send", "unknown-api", "unknown-api", "", "did you mean subscribeMessage.send?"},
		{"subscribeMessage", "unknown-api", "unknown-api", "", ""},
		{"storage", "unknown-api", "unknown-api", "", ""},
		{"cloud.thing", "unknown-api", "unknown-api", "", ""},
		{"tts.textToVoice", "unknown-api", "unknown-api", "", ""},
		{"cms.TextModeration", "unknown-api", "unknown-api", "", ""},
		{"oABCDabcd1234567890abcdefghij", "unknown-api", "unknown-api", "", ""},
	} {
		for place, want := range map[string]struct{ rule, help string }{"code": {c.inCode, c.helpCode}, "config.json": {c.inConfig, c.helpCfg}} {
			fn := facts{calls: []string{c.name}}.build()
			if place == "config.json" {
				fn = facts{declared: []string{c.name}}.build()
			}
			var rules, helps []string
			for _, r := range []lint.Rule{notCloudCallable{}, unknownAPI{}, wrongName{}} {
				r.Check(fn, func(d lint.Diagnostic) {
					rules, helps = append(rules, r.Info().ID), append(helps, d.Help.En)
				})
			}
			wantRules := []string{want.rule}
			if want.rule == "" {
				wantRules = nil
			}
			if diff := cmp.Diff(wantRules, rules); diff != "" {
				t.Errorf("%s in %s (-want +got):\n%s", c.name, place, diff)
			} else if want.help != "" && helps[0] != want.help {
				t.Errorf("%s in %s: help %q, want %q", c.name, place, helps[0], want.help)
			}
		}
	}
}

// Whatever a name is, one rule at most has something to say about it.
func TestNamesOfTheCatalog(t *testing.T) {
	for i := range catalog.All() {
		for _, code := range []bool{true, false} {
			if j := judge(i.Name, code); j.verdict != rightName {
				t.Errorf("%s (code %v): %v", i.Name, code, j.verdict)
			}
			if j := judge("openapi."+i.Name, code); j.verdict != misnamed || j.found.Interface.Name != i.Name {
				t.Errorf("openapi.%s (code %v): %v %s", i.Name, code, j.verdict, j.found.Interface.Name)
			}
		}
	}
	for n := range catalog.AllNotCallable() {
		for _, old := range n.OldNames {
			if j := judge(old, true); j.verdict != notCallable {
				t.Errorf("%s: %v", old, j.verdict)
			}
		}
	}
}

func TestWordsAboutNames(t *testing.T) {
	for _, c := range []struct {
		rule              lint.Rule
		fn                facts
		message, help, zh string
	}{
		{
			notCloudCallable{},
			facts{calls: []string{"auth.getAccessToken"}},
			"auth.getAccessToken is offered over HTTPS only: calling it through cloud.openapi answers -604100",
			"a cloud call needs no access_token: call the interface itself through cloud.openapi; for requests of your own there is GET /cgi-bin/token",
			"云调用不需要 access_token：直接通过 cloud.openapi 调用目标接口即可；自行发 HTTPS 请求时才需要 GET /cgi-bin/token",
		},
		{
			notCloudCallable{},
			facts{declared: []string{"hardwareDevice.send"}},
			"hardwareDevice.send is offered over HTTPS only: declaring it permits nothing, and a cloud call to it answers -604100",
			"request POST /cgi-bin/message/device/subscribe/send with an access_token",
			"请用 access_token 请求 POST /cgi-bin/message/device/subscribe/send",
		},
		{
			wrongName{},
			facts{declared: []string{"openapi.wxacode.get", "wxacode.get"}},
			"openapi.wxacode.get has more around it than the name of the interface, which is wxacode.get",
			"wxacode.get is declared already: take this entry out",
			"wxacode.get 已经声明过了，删掉这一条即可",
		},
		{
			wrongName{},
			facts{declared: []string{"wxacode．get"}},
			"wxacode．get is not written as the interface wxacode.get is: with letters and single dots only",
			`write "wxacode.get" instead`,
			`请改成 "wxacode.get"`,
		},
		{
			wrongName{},
			facts{calls: []string{"subscribemessage.send"}},
			"subscribemessage.send differs from the interface subscribeMessage.send in upper and lower case, which the cloud tells apart",
			"call cloud.openapi.subscribeMessage.send()",
			"请调用 cloud.openapi.subscribeMessage.send()",
		},
		{
			wrongName{},
			facts{declared: []string{"cloud.getWXContext"}},
			"declaring cloud.getWXContext permits nothing: cloud.getWXContext is a method of the SDK itself and needs no permission",
			"take this entry out",
			"删掉这一条即可",
		},
		{
			wrongName{},
			facts{declared: []string{"/wxa/plugin"}},
			"/wxa/plugin is an HTTP path; the interface is named pluginManager.applyPlugin, pluginManager.getPluginList or pluginManager.unbindPlugin",
			"choose the one you mean: wxcloud perm info pluginManager.applyPlugin shows the first",
			"请选定你要的那个；wxcloud perm info pluginManager.applyPlugin 可查看第一个",
		},
		{
			unusedPermission{},
			facts{calls: []string{"wxacode.get"}, declared: []string{"openapi.wxacode.get"}},
			"openapi.wxacode.get is declared but nothing that index.js loads calls it",
			"the code calls wxacode.get, which is what this entry should say",
			"代码调用的是 wxacode.get，这一条应当写成它",
		},
		{
			unusedPermission{},
			facts{calls: []string{"subscribeMessage.send"}, declared: []string{"subscribeMessage.send", "templateMessage.send"}},
			"templateMessage.send is declared but nothing that index.js loads calls it",
			"the code calls subscribeMessage.send, which is declared as well; remove this one: wxcloud perm rm templateMessage.send -f notify",
			"代码调用的是 subscribeMessage.send，它已经声明过了；删除这一条：wxcloud perm rm templateMessage.send -f notify",
		},
		{
			unusedPermission{},
			facts{calls: []string{"cloudbase.sendSMS"}, declared: []string{"cloudbase.sendSms"}},
			"cloudbase.sendSms is declared but nothing that index.js loads calls it",
			"the code calls cloudbase.sendSMS, which is not its name: correct the call and keep this entry",
			"代码里写成了 cloudbase.sendSMS，那不是它的接口名：请改正调用，保留这一条声明",
		},
		{
			unusedPermission{},
			facts{declared: []string{"openapi.wxacode.get"}},
			"openapi.wxacode.get is declared but nothing that index.js loads calls it",
			"remove it: wxcloud perm rm openapi.wxacode.get -f notify",
			"删除声明：wxcloud perm rm openapi.wxacode.get -f notify",
		},
		{
			undeclaredAPI{},
			facts{calls: []string{"openapi.wxacode.get"}},
			"openapi.wxacode.get is called but not declared in fns/notify/config.json",
			"declaring it would not help: the interface is named wxacode.get",
			"补上声明也没用：接口名是 wxacode.get",
		},
	} {
		t.Run(fmt.Sprint(c.rule.Info().ID, c.fn.calls, c.fn.declared), func(t *testing.T) {
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
