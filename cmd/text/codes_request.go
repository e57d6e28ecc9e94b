package text

// requestCodes are what api.weixin.qq.com and the interfaces themselves say
// about a request, its quota, or an interface that is gone.
var requestCodes = []numbered{
	{40003, CodeText{
		Title:   Sentence{"the openid is not valid", "openid 无效"},
		Meaning: Sentence{"this account has no user with this openid", "当前账号下没有这个 openid 的用户"},
		Causes: []Sentence{
			{"the openid is of another mini program or official account", "openid 属于另一个小程序或公众号"},
			{"it is empty: an invocation that no user made has no OPENID", "openid 为空：不是由用户发起的调用没有 OPENID"},
		},
		Next: []Sentence{{"take it from cloud.getWXContext().OPENID in the user's own call", "在用户自己的调用里用 cloud.getWXContext().OPENID 获取"}},
	}},
	{40029, CodeText{
		Title:   Sentence{"the code is not valid", "code 无效"},
		Meaning: Sentence{"the code the client handed over is unknown or expired; codes live for five minutes", "客户端传来的 code 不存在或已过期，有效期五分钟"},
		Causes: []Sentence{
			{"it was used too late, or for the second time", "使用太晚，或第二次使用"},
			{"the code of wx.login was used where the one of the phone number button is wanted, or the other way round", "该用手机号按钮返回的 code 却用了 wx.login 的，或者反过来"},
		},
		Next: []Sentence{{"ask the client for a new code and use it once", "让客户端重新获取 code，且只用一次"}},
	}},
	{40037, CodeText{
		Title:   Sentence{"the template id is not valid", "模板 ID 无效"},
		Meaning: Sentence{"this mini program has no message template with this id", "当前小程序没有这个 ID 的消息模板"},
		Causes: []Sentence{
			{"the template was not added to this mini program, or was removed", "模板没有添加到这个小程序，或已经删除"},
			{"an id of another mini program, or of a retired template message", "ID 属于另一个小程序，或是已下线的模板消息的 ID"},
		},
		Next: []Sentence{{"copy the id from the admin console (mp.weixin.qq.com), 「订阅消息」, 「我的模板」", "从小程序管理后台（mp.weixin.qq.com）「订阅消息」->「我的模板」复制模板 ID"}},
	}},
	{40066, CodeText{
		Title:   Sentence{"the path or the link is not valid", "路径或链接无效"},
		Meaning: Sentence{"there is no interface at this path, or the page given does not exist in the released mini program", "没有这个路径的接口，或传入的页面在线上版本中不存在"},
		Causes: []Sentence{
			{"the path of the interface is misspelt; paths are lower case", "接口路径拼写有误；路径都是小写"},
			{"a page that is not released yet", "页面还没有发布"},
		},
		Next: []Sentence{{"compare path and page with the interface: wxcloud perm info {api}", "对照接口说明检查路径和页面：wxcloud perm info {api}"}},
	}},
	{40097, CodeText{
		Title:   Sentence{"an argument is not valid", "参数错误"},
		Meaning: Sentence{"the interface does not accept one of the arguments", "接口不接受其中某个参数"},
		Causes:  []Sentence{{"a value out of range or of the wrong type", "取值超出范围，或类型不对"}},
		Next:    []Sentence{{"compare the arguments with the interface: wxcloud perm info {api}", "对照接口说明检查参数：wxcloud perm info {api}"}},
	}},
	{40101, CodeText{
		Title:   Sentence{"an argument is missing", "缺少参数"},
		Meaning: Sentence{"the interface needs an argument that was not given", "接口需要的某个参数没有传"},
		Causes:  []Sentence{{"a field was undefined and so was dropped from the JSON", "字段值是 undefined，转成 JSON 时被丢掉了"}},
		Next:    []Sentence{{"see which arguments are required: wxcloud perm info {api}", "查看必填参数：wxcloud perm info {api}"}},
	}},
	{40129, CodeText{
		Title:   Sentence{"the scene is not valid", "scene 无效"},
		Meaning: Sentence{"the value of scene is not one the interface accepts", "接口不接受这个 scene 的值"},
		Causes:  []Sentence{{"characters that are not allowed or more than 32 of them in a code, or an unknown number in a content check", "小程序码的 scene 有不允许的字符或超过 32 个字符；内容安全接口则是数字不在范围内"}},
		Next:    []Sentence{{"see what scene may be: wxcloud perm info {api}", "查看 scene 的取值：wxcloud perm info {api}"}},
	}},
	{40163, CodeText{
		Title:   Sentence{"the code was used before", "code 已被使用"},
		Meaning: Sentence{"a code works once (reported by developers)", "每个 code 只能用一次（开发者反馈）"},
		Causes:  []Sentence{{"the request was repeated, or the client sent the same code twice", "请求重试了，或客户端重复发送了同一个 code"}},
		Next:    []Sentence{{"ask the client for a new code", "让客户端重新获取 code"}},
	}},
	{41030, CodeText{
		Title:   Sentence{"the page is not valid", "page 路径不正确"},
		Meaning: Sentence{"the page does not exist in the released mini program", "线上版本里没有这个页面"},
		Causes:  []Sentence{{"the page is not released, starts with a slash, or carries a query", "页面还没有发布、以 / 开头，或带了参数"}},
		Next:    []Sentence{{"release the page first, or set checkPath: false while developing", "先发布该页面；开发阶段可设 checkPath: false"}},
	}},
	{43002, CodeText{
		Title:   Sentence{"the interface wants POST", "需要 POST 请求"},
		Meaning: Sentence{"the request was sent with GET", "请求用成了 GET"},
		Causes:  []Sentence{{"a redirect or a proxy turned POST into GET", "重定向或代理把 POST 变成了 GET"}},
		Next:    []Sentence{{"send POST with a JSON body", "改用 POST，并带 JSON 请求体"}},
	}},
	{43101, CodeText{
		Title:   Sentence{"the user has not agreed to receive this message", "用户没有同意接收这条订阅消息"},
		Meaning: Sentence{"each accepted prompt allows one message of that template; this user has none left. The function's permission is fine", "用户每同意一次，该模板可以下发一条；这个用户已经没有剩余次数。云函数的权限没有问题"},
		Causes: []Sentence{
			{"the user was never asked, or refused", "没有请求过订阅，或用户拒绝了"},
			{"the consent is used up: one tap, one message", "次数用完了：点一次同意，只能发一条"},
			{"consent was given for another template id", "用户同意的是另一个模板 ID"},
		},
		Next: []Sentence{{"call wx.requestSubscribeMessage inside a tap, then send", "在点击事件里调用 wx.requestSubscribeMessage，用户同意后再发"}},
	}},
	{43104, CodeText{
		Title:   Sentence{"the openid does not belong to this appid", "openid 与 appid 不匹配，或该 appid 没有权限"},
		Meaning: Sentence{"the openid is of another account; some interfaces use the code for an appid without the right to call them", "openid 属于另一个账号；个别接口用它表示该 appid 没有调用权限"},
		Causes:  []Sentence{{"an openid of another mini program or of an official account", "用了另一个小程序或公众号的 openid"}},
		Next:    []Sentence{{"take it from cloud.getWXContext().OPENID in the user's own call", "在用户自己的调用里用 cloud.getWXContext().OPENID 获取"}},
	}},
	{44002, CodeText{
		Title:   Sentence{"the request has no body", "POST 的数据为空"},
		Meaning: Sentence{"the interface needs a JSON body, at least {}", "接口需要 JSON 请求体，至少要有 {}"},
		Causes:  []Sentence{{"the interface was called without arguments", "调用时没有传参数"}},
		Next:    []Sentence{{"see which arguments are required: wxcloud perm info {api}", "查看必填参数：wxcloud perm info {api}"}},
	}},
	{47001, CodeText{
		Title:   Sentence{"the body is not the JSON the interface expects", "数据格式错误"},
		Meaning: Sentence{"the body is not valid JSON, or a field has the wrong type", "请求体不是合法的 JSON，或字段类型不对"},
		Causes:  []Sentence{{"a number given as text, or an object where an array is wanted", "数字写成了字符串，或该用数组的地方用了对象"}},
		Next:    []Sentence{{"compare the fields with the interface: wxcloud perm info {api}", "对照接口说明检查字段：wxcloud perm info {api}"}},
	}},
	{47003, CodeText{
		Title:   Sentence{"a template field is not accepted", "模板参数不准确"},
		Meaning: Sentence{"the data of the message does not fit the template; errmsg names the field. The function's permission is fine", "消息的 data 与模板对不上，errmsg 里会指出是哪个字段。云函数的权限没有问题"},
		Causes: []Sentence{
			{"a key of the template is missing or named differently (thing1, date2 and so on)", "缺少模板的关键词，或名称不一致（如 thing1、date2）"},
			{"a value breaks the rule of its kind: thing has at most 20 characters, a date must be a date, and nothing may be empty", "值不符合该类型的规则：thing 最多 20 个字符，date 必须是日期，而且不能为空"},
		},
		Next: []Sentence{{"compare the keys with the admin console (mp.weixin.qq.com), 「订阅消息」, 「我的模板」, 「详情」", "对照小程序管理后台（mp.weixin.qq.com）「订阅消息」->「我的模板」->「详情」里的关键词"}},
	}},
	{87014, CodeText{
		Title:   Sentence{"the content was found to be unsafe", "内容含有违法违规信息"},
		Meaning: Sentence{"the content check worked and its verdict is no; this is a result, not a failure, and the function's permission is fine (reported by developers)", "内容安全检测正常执行，结论是不通过。这是检测结果，不是故障，云函数的权限没有问题（开发者反馈）"},
		Causes:  []Sentence{{"the text or picture of the user breaks the rules", "用户提交的文字或图片违规"}},
		Next:    []Sentence{{"refuse the content and tell the user", "拒绝该内容并提示用户"}},
	}},
	{45009, CodeText{
		Title:   Sentence{"the quota of this interface is used up for today", "接口调用次数超过当天上限"},
		Meaning: Sentence{"the account called the interface as often as it may in a day; the function's permission is fine", "账号当天的调用次数已经用完。云函数的权限没有问题"},
		Causes: []Sentence{
			{"a loop, or a test that calls the real interface", "代码循环调用，或测试调用了真实接口"},
			{"from an upload key: too many requests in a short time", "如果来自上传密钥：短时间内请求太多"},
		},
		Next: []Sentence{{"wait until the next day; the quota is shown in the admin console (mp.weixin.qq.com), 「开发管理」, 「接口设置」", "等到第二天；配额见小程序管理后台（mp.weixin.qq.com）「开发管理」->「接口设置」"}},
	}},
	{45011, CodeText{
		Title:   Sentence{"too many calls this minute", "调用太频繁（分钟配额）"},
		Meaning: Sentence{"the quota for one minute is used up; the function's permission is fine", "这一分钟的配额用完了。云函数的权限没有问题"},
		Causes:  []Sentence{{"many calls in a burst", "短时间内集中调用"}},
		Next:    []Sentence{{"wait a minute and spread the calls", "等一分钟，并把调用分散开"}},
	}},
	{44990, CodeText{
		Title:   Sentence{"too many calls this second", "调用太频繁（每秒上限）"},
		Meaning: Sentence{"the interface was called more often in one second than it allows", "一秒内的调用次数超过了接口上限"},
		Causes:  []Sentence{{"many calls at the same time", "同时发起了很多调用"}},
		Next:    []Sentence{{"call one after another with a pause", "改为逐个调用，中间留间隔"}},
	}},
	{44993, CodeText{
		Title:   Sentence{"too many calls today", "调用次数超过每日上限"},
		Meaning: Sentence{"the interface was called as often as it may in a day", "当天的调用次数已经用完"},
		Causes:  []Sentence{{"links are created anew on every visit instead of being kept", "每次访问都重新生成链接，没有复用"}},
		Next:    []Sentence{{"keep and reuse what was created, and go on the next day", "把生成的结果存起来复用，第二天再继续"}},
	}},
	{45103, CodeText{
		Title:   Sentence{"the interface has been withdrawn", "接口已下线"},
		Meaning: Sentence{"WeChat no longer supports the interface (This API has been unsupported); templateMessage.send answers this since 2020-01-10 (reported in WeChat's community)", "微信已不再支持该接口（This API has been unsupported）；templateMessage.send 自 2020-01-10 起返回它（微信社区反馈）"},
		Causes:  []Sentence{{"the code still uses template messages", "代码还在用模板消息"}},
		Next: []Sentence{
			{"see what replaces it: wxcloud perm info {api}", "查看替代接口：wxcloud perm info {api}"},
			{"find every retired call of the project: wxcloud lint", "找出项目里所有已下线的调用：wxcloud lint"},
		},
	}},
	{45109, CodeText{
		Title:   Sentence{"the interface has been withdrawn", "接口已下线"},
		Meaning: Sentence{"WeChat no longer supports the interface; uniformMessage.send answers this since 2023-09-20 (reported from a reprint of WeChat's notice)", "微信已不再支持该接口；uniformMessage.send 自 2023-09-20 起返回它（来自公告转载，未见官方原文）"},
		Causes:  []Sentence{{"the code still uses uniform messages", "代码还在用统一服务消息"}},
		Next: []Sentence{
			{"see what replaces it: wxcloud perm info {api}", "查看替代接口：wxcloud perm info {api}"},
			{"find every retired call of the project: wxcloud lint", "找出项目里所有已下线的调用：wxcloud lint"},
		},
	}},
	{-1, CodeText{
		Title:   Sentence{"the service is busy or failed", "系统繁忙"},
		Meaning: Sentence{"a general failure of WeChat's side; wx-server-sdk 4.0.2 also reports a failed call of another function like this. It proves nothing about permissions", "微信侧的通用错误；wx-server-sdk 4.0.2 调用其他云函数失败时也会报它。不能说明权限有没有"},
		Causes: []Sentence{
			{"a passing fault", "临时故障"},
			{"callFunction failed: the text after the code names the real reason", "callFunction 失败：错误码后面的文字写明了真正原因"},
			{"\"get new ticket fail\" on an upload: the key, see -80011", "上传时提示 get new ticket fail：密钥问题，见 -80011"},
		},
		Next: []Sentence{{"read the text after the code, then try again with growing pauses", "先看错误码后面的文字，再拉长间隔重试"}},
	}},
	{-1000, CodeText{
		Title:   Sentence{"the service failed", "系统错误"},
		Meaning: Sentence{"a general failure of the cloud-development interfaces", "云开发接口的通用系统错误"},
		Causes:  []Sentence{{"a passing fault", "临时故障"}},
		Next:    []Sentence{{"try again with growing pauses", "拉长间隔重试"}},
	}},
}
