package catalog

// Probe is how to learn whether an interface is granted without doing anything:
// a call whose arguments it refuses, which happens after the permission check.
// Every entry is made by hand and says which document makes it safe. None is
// derived from SideEffects, and an interface without an entry is never called to
// learn something.
type Probe struct {
	API string
	// Args are the arguments as a JavaScript object literal. More than one of them is
	// wrong, and should all be taken for right, nothing could come of it.
	Args string
	// Expect are the codes the interface documents for such arguments.
	Expect []int
	// Why is why nothing is sent, charged or used up; DocURL is where that is said.
	Why, WhyZh string
	DocURL     string
}

// probes have not been made against the real cloud: that arguments are judged
// after the permission is inferred, from its refusals coming from the gateway.
var probes = [...]Probe{
	{
		API:    "phonenumber.getPhoneNumber",
		Args:   "{ code: 'wxcloud probe: not a code' }",
		Expect: []int{40029},
		Why:    "only a code from the getPhoneNumber button can be exchanged, and what is charged for is a number handed out; this is no such code",
		WhyZh:  "只有 getPhoneNumber 按钮给出的 code 才能换取手机号，按成功返回的号码计费；这里的 code 不是有效凭证",
		DocURL: "https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber",
	},
	{
		API:    "security.msgSecCheck",
		Args:   "{ version: 2, scene: 0, openid: 'wxcloud-probe', content: 'wxcloud probe' }",
		Expect: []int{40129, 40003, 61010},
		Why:    "scene has to be 1 to 4 and openid a user of the last two hours; a check reaches no user and is not charged for",
		WhyZh:  "scene 只能是 1 到 4，openid 须是近两小时访问过的用户；内容检测不会触达用户，也不计费",
		DocURL: "https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck",
	},
	{
		API:    "subscribeMessage.send",
		Args:   "{ touser: 'wxcloud-probe', templateId: 'wxcloud-probe', data: { thing1: {} }, miniprogramState: 'developer', lang: 'zh_CN' }",
		Expect: []int{40003, 40037, 47003, 43101},
		Why:    "touser is nobody's openid, templateId no template and thing1 has no value: there is no one to send to and nothing to send, and only sending uses a subscription up",
		WhyZh:  "touser 不是任何用户的 openid，templateId 不是有效模板，thing1 没有值：既没有收件人也没有内容；订阅次数只在发送成功时扣减",
		DocURL: "https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-message-management/subscribe-message/api_sendmessage",
	},
}

// LookupProbe returns how to ask whether an interface is granted, if there is a
// way that was reviewed.
func LookupProbe(api string) (Probe, bool) {
	for _, p := range probes {
		if p.API == api {
			return p, true
		}
	}
	return Probe{}, false
}

// Probes lists the interfaces with a reviewed probe, in order of their names.
func Probes() []string {
	names := make([]string, len(probes))
	for i, p := range probes {
		names[i] = p.API
	}
	return names
}
