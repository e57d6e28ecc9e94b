package rules

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/catalog"
	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/js"
)

// codeFacts are the facts of a function that is one file.
func codeFacts(src string) lint.Facts {
	read := func(path string) ([]byte, error) {
		if strings.HasSuffix(path, "index.js") {
			return []byte(src), nil
		}
		return nil, fs.ErrNotExist
	}
	return lint.Facts{
		Function: config.Function{Name: "notify", Dir: "/nowhere/notify", Entry: "index.js"},
		Dir:      "fns/notify",
		Code:     js.NewAnalyzer().Analyze(js.Input{Dir: "/nowhere/notify", Entry: "index.js", ReadFile: read}),
	}
}

// said is what a rule finds in a call, with the text it points at.
func said(t *testing.T, r lint.Rule, call string) []string {
	t.Helper()
	src := sdkHead + "exports.main = async (event, context) => {\nconst OPENID = event.id; const rest = event\n" + call + "\n}\n"
	fn := codeFacts(src)
	if len(fn.Code.Calls) == 0 {
		t.Fatalf("no call in %s: %+v", call, fn.Code)
	}
	var got []string
	r.Check(fn, func(d lint.Diagnostic) {
		if d.Help.Zh == "" || d.Message.Zh == "" || strings.ContainsAny(d.Message.En+d.Message.Zh+d.Help.En+d.Help.Zh, "{}") {
			t.Errorf("%s: %+v %+v", call, d.Message, d.Help)
		}
		line := strings.Split(src, "\n")[d.Line-1]
		at := ""
		if d.EndLine == d.Line {
			at = line[d.Column-1 : d.EndColumn-1]
		}
		severity := ""
		if d.Severity != "" {
			severity = string(d.Severity) + ": "
		}
		got = append(got, fmt.Sprintf("%s%s | %s | %s", severity, at, d.Message.En, d.Help.En))
	})
	return got
}

// What people write, and what is documented: nothing to say.
func TestArgumentsThatAreFine(t *testing.T) {
	for _, call := range []string{
		// subscribeMessage.send: lang and miniprogramState have always been optional.
		"await cloud.openapi.subscribeMessage.send({ touser: OPENID, page: 'p', data: { thing1: { value: 'x' }, anything: 1 }, templateId: 't' })",
		"await cloud.openapi.subscribeMessage.send({ touser: OPENID, template_id: 't', data: event.data, miniprogram_state: 'formal', lang: 'zh_CN' })",
		"await cloud.openapi.subscribeMessage.send({ ...rest, data: {} })",
		"await cloud.openapi.subscribeMessage.send({ [event.key]: 1 })",
		"await cloud.openapi.subscribeMessage.send(event.message)",
		"await cloud.openapi.subscribeMessage.send()",
		"await cloud.openapi.subscribeMessage.send(Object.assign({}, event))",
		"const msg = { touser: OPENID, templateId: 't' }; msg.data = {}; await cloud.openapi.subscribeMessage.send(msg)",
		"await cloud.openapi.subscribeMessage.send({ 'touser': OPENID, \"templateId\": 't', data })",
		// The wxacode family.
		"await cloud.openapi.wxacode.get({ path: 'p' })",
		"await cloud.openapi.wxacode.getUnlimited({ scene: 's' })",
		"await cloud.openapi.wxacode.getUnlimited({ scene: 's', page: 'p', checkPath: false, envVersion: 'trial', width: 280, autoColor: false, lineColor: { r: 1, g: 2, b: 3 }, isHyaline: true })",
		"await cloud.openapi.wxacode.getUnlimited({ scene: 's', lineColor: event.color })",
		// Content checks.
		"await cloud.openapi.security.msgSecCheck({ content: 'x', version: 2, scene: 2, openid: OPENID, nickname: 'n' })",
		"await cloud.openapi.security.mediaCheckAsync({ media_url: 'u', media_type: 2, version: 2, scene: 1, openid: OPENID })",
		"await cloud.openapi.security.imgSecCheck({ media: { contentType: 'image/png', value: event.buffer } })",
		// Messages of every type to a customer.
		"await cloud.openapi.customerServiceMessage.send({ touser: OPENID, msgtype: 'text', text: { content: 'x' } })",
		"await cloud.openapi.customerServiceMessage.send({ touser: OPENID, msgtype: 'image', image: { mediaId: 'm' } })",
		"await cloud.openapi.customerServiceMessage.send({ touser: OPENID, msgtype: 'link', link: { title: 't', description: 'd', url: 'u', thumbUrl: 'x' } })",
		"await cloud.openapi.customerServiceMessage.send({ touser: OPENID, msgtype: 'miniprogrampage', miniprogrampage: { title: 't', pagepath: 'p', thumb_media_id: 'm' } })",
		"await cloud.openapi.customerServiceMessage.setTyping({ touser: OPENID, command: 'Typing' })",
		// Files and pictures.
		"await cloud.openapi.customerServiceMessage.uploadTempMedia({ type: 'image', media: { contentType: 'image/png', value: event.b } })",
		"await cloud.openapi.ocr.printedText({ imgUrl: event.url })",
		"await cloud.openapi.ocr.printedText({ type: 'photo', img: { contentType: 'image/png', value: event.b } })",
		"await cloud.openapi.ocr.bankcard({ type: 'photo', imgUrl: event.url })",
		"await cloud.openapi.ocr.idcard({ type: 'photo', imgUrl: event.url })",
		"await cloud.openapi.img.aiCrop({ imgUrl: event.url, ratios: '1' })",
		// Links.
		"await cloud.openapi.urlscheme.generate({ jumpWxa: { path: '', query: '' }, isExpire: true, expireTime: 1 })",
		"await cloud.openapi.urlscheme.generate({ jump_wxa: { path: 'p', query: 'q', env_version: 'release' }, is_expire: true, expire_type: 1, expire_interval: 30 })",
		"await cloud.openapi.urllink.generate({ path: 'p', query: 'q', isExpire: false })",
		"await cloud.openapi.urllink.generate({ cloudBase: { env: 'e', path: 'p' } })",
		"await cloud.openapi.shortlink.generate({ pageUrl: 'p' })",
		"await cloud.openapi.phonenumber.getPhoneNumber({ code: event.code })",
		"await cloud.openapi.updatableMessage.createActivityId({ openid: OPENID })",
		"await cloud.openapi.updatableMessage.setUpdatableMsg({ activityId: 'a', targetState: 0, templateInfo: { parameterList: [{ name: 'n', value: 'v' }] } })",
		"await cloud.openapi.serviceMarket.invokeService({ service: 's', api: 'a', data: { any: { thing: 1 } }, clientMsgId: 'c' })",
		"await cloud.openapi.search.submitPages({ pages: [{ path: 'p', query: 'q' }] })",
		"await cloud.openapi.logistics.getPath({ orderId: 'o', openid: OPENID, deliveryId: 'd', waybillId: 'w' })",
		"await cloud.openapi.cloudbase.sendSms({ env: 'e', content: 'c', phoneNumberList: ['+86'] })",
		"await cloud.openapi.cloudbase.getOpenData({ openid: OPENID, cloudidList: [event.cloudID] })",
		"await cloud.openapi.cloudbase.addDelayedFunctionTask({ env: 'e', functionName: 'f', data: '{}', delayTime: 6 })",
		"await cloud.openapi.pluginManager.getPluginList({ action: 'list' })",
		// Borrowed, thin or missing documentation.
		"await cloud.openapi.subscribeMessage.addTemplate({ anything: 1 })",
		"await cloud.openapi.liveBroadcast.getLiveInfo({ anything: 1 })",
		"await cloud.openapi.officialAccount.qrcode.create({ anything: 1 })",
		"await cloud.openapi.brand.newThing({ anything: 1 })",
		"await cloud.openapi.subscribeMessage.getTemplateList({})",
		"await cloud.openapi.phonenumber.getPhoneNumber({ access_token: 't', code: 'c' })",
		// Reached in other ways.
		"const { wxacode } = cloud.openapi; const opts = { path: 'p', width: 100 }; await wxacode.get(opts)",
		"await cloud.openapi({ appid: 'wx1' }).wxacode.get({ path: 'p' })",
	} {
		for _, r := range []lint.Rule{missingArgument{}, unknownArgument{}} {
			if got := said(t, r, call); got != nil {
				t.Errorf("%s\n%s", call, strings.Join(got, "\n"))
			}
		}
	}
}

func TestMissingArguments(t *testing.T) {
	for _, c := range []struct{ call, want string }{
		{
			"await cloud.openapi.subscribeMessage.send({ touser: OPENID, data: {} })",
			"cloud.openapi.subscribeMessage.send | subscribeMessage.send is called without templateId, which its documentation requires | its fields: wxcloud perm info subscribeMessage.send",
		},
		{
			"await cloud.openapi.subscribeMessage.send({ touser: OPENID, miniprogram_state: 'trial' })",
			"cloud.openapi.subscribeMessage.send | subscribeMessage.send is called without template_id, data, which its documentation requires | its fields: wxcloud perm info subscribeMessage.send",
		},
		{
			"await cloud.openapi.wxacode.get({})",
			"cloud.openapi.wxacode.get | wxacode.get is called without path, which its documentation requires | its fields: wxcloud perm info wxacode.get",
		},
		{ // the page is no scene
			"await cloud.openapi.wxacode.getUnlimited({ page: 'p' })",
			"cloud.openapi.wxacode.getUnlimited | wxacode.getUnlimited is called without scene, which its documentation requires | its fields: wxcloud perm info wxacode.getUnlimited",
		},
		{ // nested, pointing at the member
			"await cloud.openapi.wxacode.get({ path: 'p', lineColor: { r: 0, g: 0 } })",
			"lineColor | wxacode.get is called without lineColor.b, which its documentation requires | its fields: wxcloud perm info wxacode.get",
		},
		{
			"await cloud.openapi.customerServiceMessage.send({ touser: OPENID, msgtype: 'image', image: { media: 'm' } })",
			"image | customerServiceMessage.send is called without image.mediaId, which its documentation requires | its fields: wxcloud perm info customerServiceMessage.send",
		},
		{
			"await cloud.openapi.security.msgSecCheck({ content: 'x' })",
			"notice: cloud.openapi.security.msgSecCheck | security.msgSecCheck without version is its version 1.0, which has not been updated since 2021-09-01 | " +
				"version 2.0 takes version: 2, scene and openid; its answer is described by wxcloud perm info security.msgSecCheck",
		},
		{
			"await cloud.openapi.security.msgSecCheck({ content: 'x', version: 2 })",
			"cloud.openapi.security.msgSecCheck | security.msgSecCheck is called without scene, openid, which its documentation requires | its fields: wxcloud perm info security.msgSecCheck",
		},
		{
			"await cloud.openapi.ocr.bankcard({ imageBase64: 'x' })",
			"cloud.openapi.ocr.bankcard | ocr.bankcard is called without img, which its documentation requires | its fields: wxcloud perm info ocr.bankcard",
		},
		{
			"const p = { width: 1 }; await cloud.openapi.wxacode.get(p)",
			"cloud.openapi.wxacode.get | wxacode.get is called without path, which its documentation requires | its fields: wxcloud perm info wxacode.get",
		},
	} {
		if diff := cmp.Diff([]string{c.want}, said(t, missingArgument{}, c.call)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.call, diff)
		}
	}
	// Two faults of one call: the old version and no text to check.
	if got := said(t, missingArgument{}, "await cloud.openapi.security.msgSecCheck({ contents: 'x' })"); len(got) != 2 {
		t.Errorf("%q", got)
	}
}

func TestUnknownArguments(t *testing.T) {
	for _, c := range []struct{ call, want string }{
		{
			"await cloud.openapi.subscribeMessage.send({ touser: OPENID, templateId: 't', data: {}, pages: 'p' })",
			"pages | subscribeMessage.send documents no field pages | did you mean page?",
		},
		{ // the SDK makes template_i_d of it
			"await cloud.openapi.subscribeMessage.send({ touser: OPENID, templateID: 't', data: {} })",
			"templateID | subscribeMessage.send documents no field templateID | did you mean templateId?",
		},
		{
			"await cloud.openapi.subscribeMessage.send({ touser: OPENID, templateid: 't', data: {}, miniprogram_state: 'trial' })",
			"templateid | subscribeMessage.send documents no field templateid | did you mean template_id?",
		},
		{
			"await cloud.openapi.wxacode.getUnlimited({ scene: 's', path: 'p' })",
			"path | wxacode.getUnlimited documents no field path | did you mean page?",
		},
		{
			"await cloud.openapi.urlscheme.generate({ jumpWxa: { path: 'p' }, envVersion: 'trial' })",
			"envVersion | urlscheme.generate documents no field envVersion | did you mean jumpWxa.envVersion?",
		},
		{
			"await cloud.openapi.urlscheme.generate({ jumpWxa: { page: 'p' } })",
			"page | urlscheme.generate documents no field jumpWxa.page | did you mean jumpWxa.path?",
		},
		{
			"await cloud.openapi.security.msgSecCheck({ action: 'm', content: 'x', version: 2, scene: 2, openid: OPENID })",
			"action | security.msgSecCheck documents no field action | its fields: wxcloud perm info security.msgSecCheck",
		},
		{ // what else there may be does not make it right
			"await cloud.openapi.wxacode.get({ ...rest, widht: 1 })",
			"widht | wxacode.get documents no field widht | did you mean width?",
		},
	} {
		if diff := cmp.Diff([]string{c.want}, said(t, unknownArgument{}, c.call)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.call, diff)
		}
	}
}

// The documented example of an interface satisfies its documentation.
func TestExamplesSatisfyTheDocumentation(t *testing.T) {
	examples, looked := 0, 0
	for i := range catalog.All() {
		text, ok := catalog.Example(i.Name)
		if !ok {
			continue
		}
		examples++
		fn := codeFacts(text)
		for _, c := range fn.Code.Calls {
			if _, ok := documented(c.API); ok && c.Argument != nil {
				looked++
			}
		}
		for _, r := range []lint.Rule{missingArgument{}, unknownArgument{}, notCloudCallable{}, unknownAPI{}, wrongName{}} {
			r.Check(fn, func(d lint.Diagnostic) { t.Errorf("%s: %s: %s", i.Name, r.Info().ID, d.Message.En) })
		}
	}
	if examples != 15 || looked < 10 {
		t.Errorf("%d examples, %d calls looked at", examples, looked)
	}
}

func TestNamesOfFields(t *testing.T) {
	for _, c := range []struct {
		member, field string
		same, alike   bool
	}{
		{"templateId", "template_id", true, true},
		{"template_id", "template_id", true, true},
		{"TemplateId", "template_id", true, true}, // the SDK puts no underscore in front
		{"templateID", "template_id", false, true},
		{"templateid", "template_id", false, true},
		{"roomId", "roomId", true, true},
		{"room_id", "roomId", true, true},
		{"EnvId", "EnvId", true, true},
		{"env", "env_id", false, false},
		{"env_id_", "env_id", false, true},
		{"", "env", false, false},
		{"模板", "模板", true, true},
		{"模板", "模版", false, false},
	} {
		if got := sameField(c.member, c.field); got != c.same {
			t.Errorf("sameField(%q, %q) = %v", c.member, c.field, got)
		}
		if got := alike(c.member, c.field); got != c.alike {
			t.Errorf("alike(%q, %q) = %v", c.member, c.field, got)
		}
	}
}
