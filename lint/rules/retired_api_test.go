package rules

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/lint"
)

// The commonest remains of 2020: the code has moved to subscribeMessage.send and
// config.json has not.
func TestCodeHasMovedOn(t *testing.T) {
	const code = sdkHead + "exports.main = async (event) => cloud.openapi.subscribeMessage.send(event)\n"
	for _, c := range []struct {
		name, code, config string
		found              []string
		fixed              string // "" for unchanged
		left               []string
	}{
		{
			name: "the old one stands alone", code: code, config: declaring("templateMessage.send"),
			found: []string{"warning retired-api templateMessage.send", "warning unused-permission templateMessage.send", "error undeclared-api subscribeMessage.send"},
			fixed: declaring("subscribeMessage.send"),
		},
		{
			name: "both are declared", code: code, config: declaring("templateMessage.send", "subscribeMessage.send"),
			found: []string{"warning retired-api templateMessage.send", "warning unused-permission templateMessage.send"},
			fixed: declaring("subscribeMessage.send"),
		},
		{
			name: "several old ones", code: code, config: declaring("templateMessage.send", "uniformMessage.send"),
			found: []string{
				"warning retired-api templateMessage.send", "warning unused-permission templateMessage.send",
				"warning retired-api uniformMessage.send", "warning unused-permission uniformMessage.send",
				"error undeclared-api subscribeMessage.send",
			},
			fixed: declaring("subscribeMessage.send"),
		},
		{
			name:   "the code has not moved",
			code:   sdkHead + "exports.main = async (event) => cloud.openapi.templateMessage.send(event)\n",
			config: declaring("templateMessage.send"),
			found:  []string{"warning retired-api templateMessage.send", "warning retired-api templateMessage.send"},
			left:   []string{"warning retired-api templateMessage.send", "warning retired-api templateMessage.send"},
		},
		{
			name:   "the code has not moved, and nothing is declared",
			code:   sdkHead + "exports.main = async (event) => cloud.openapi.templateMessage.send(event)\n",
			config: declaring(),
			found:  []string{"warning retired-api templateMessage.send", "error undeclared-api templateMessage.send"},
			left:   []string{"warning retired-api templateMessage.send", "error undeclared-api templateMessage.send"},
		},
		{
			name:   "one that still works is told once, where it is called",
			code:   sdkHead + "exports.main = async (event) => cloud.openapi.security.imgSecCheck(event)\n",
			config: declaring("security.imgSecCheck"),
			found:  []string{"notice retired-api security.imgSecCheck"},
			left:   []string{"notice retired-api security.imgSecCheck"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := lintFiles(t, map[string]string{"index.js": c.code, "config.json": c.config})
			want := linted{found: c.found, files: map[string]string{}, left: c.left}
			if c.fixed != "" {
				want.files["config.json"] = c.fixed
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(linted{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWordsAboutMovedCode(t *testing.T) {
	for _, c := range []struct {
		rule              lint.Rule
		fn                facts
		message, help, zh string
	}{
		{
			retiredAPI{},
			facts{calls: []string{"subscribeMessage.send"}, declared: []string{"templateMessage.send"}},
			"templateMessage.send has been offline since 2020-01-10; the code calls subscribeMessage.send instead",
			"declare subscribeMessage.send in its place",
			"templateMessage.send 已于 2020-01-10 下线，代码已改用 subscribeMessage.send",
		},
		{
			retiredAPI{},
			facts{calls: []string{"subscribeMessage.send"}, declared: []string{"subscribeMessage.send", "templateMessage.send"}},
			"templateMessage.send has been offline since 2020-01-10; the code calls subscribeMessage.send instead",
			"take this entry out",
			"templateMessage.send 已于 2020-01-10 下线，代码已改用 subscribeMessage.send",
		},
		{
			retiredAPI{},
			facts{declared: []string{"templateMessage.send"}},
			"templateMessage.send has been offline since 2020-01-10; use subscribeMessage.send",
			"its parameters: wxcloud perm info subscribeMessage.send",
			"templateMessage.send 已于 2020-01-10 下线，请改用 subscribeMessage.send",
		},
		{
			undeclaredAPI{},
			facts{calls: []string{"subscribeMessage.send"}, declared: []string{"templateMessage.send"}},
			"subscribeMessage.send is called but not declared in fns/notify/config.json",
			"templateMessage.send, which is declared, is the interface it replaced; declare this one: wxcloud perm add subscribeMessage.send -f notify",
			"调用了 subscribeMessage.send，但 fns/notify/config.json 没有声明",
		},
		{
			undeclaredAPI{},
			facts{calls: []string{"subscribeMessage.send"}, declared: []string{"wxacode.get", "uniformMessage.sends", "wxacode.createQRCode"}},
			"subscribeMessage.send is called but not declared in fns/notify/config.json",
			"declare it: wxcloud perm add subscribeMessage.send -f notify",
			"调用了 subscribeMessage.send，但 fns/notify/config.json 没有声明",
		},
		{
			undeclaredAPI{},
			facts{calls: []string{"wxacode.get"}, declared: []string{"templateMessage.send"}},
			"wxacode.get is called but not declared in fns/notify/config.json",
			"declare it: wxcloud perm add wxacode.get -f notify",
			"调用了 wxacode.get，但 fns/notify/config.json 没有声明",
		},
		{
			unusedPermission{},
			facts{calls: []string{"wxacode.getWXACodeUnlimit"}, declared: []string{"wxacode.get"}},
			"wxacode.get is declared but nothing that index.js loads calls it",
			"remove it: wxcloud perm rm wxacode.get -f notify",
			"声明了 wxacode.get，但 index.js 加载的代码都没有调用它",
		},
		{
			retiredAPI{},
			facts{calls: []string{"security.imgSecCheck"}},
			"security.imgSecCheck has not been updated since 2021-09-01; use security.mediaCheckAsync",
			"its parameters: wxcloud perm info security.mediaCheckAsync",
			"security.imgSecCheck 自 2021-09-01 起停止更新，请改用 security.mediaCheckAsync",
		},
		{
			undeclaredAPI{},
			facts{calls: []string{"templateMessage.send"}},
			"templateMessage.send is called but not declared in fns/notify/config.json",
			"declaring it would not help: the interface is offline",
			"调用了 templateMessage.send，但 fns/notify/config.json 没有声明",
		},
	} {
		var got []string
		c.rule.Check(c.fn.build(), func(d lint.Diagnostic) { got = append(got, d.Message.En, d.Help.En, d.Message.Zh) })
		if diff := cmp.Diff([]string{c.message, c.help, c.zh}, got); diff != "" {
			t.Errorf("%s %v (-want +got):\n%s", c.rule.Info().ID, c.fn.declared, diff)
		}
	}
}
