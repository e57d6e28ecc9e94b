package text

// tokenCodes are what api.weixin.qq.com says about tokens and accounts.
var tokenCodes = []numbered{
	{40001, CodeText{
		Title:   Sentence{"the token or the AppSecret is not accepted", "access_token 或 AppSecret 无效"},
		Meaning: Sentence{"the token is not one WeChat issued for this account, or it was replaced by a newer one", "access_token 不是微信签发给这个账号的，或已经被新的顶替"},
		Causes: []Sentence{
			{"another service of yours fetched a token with the old interface, which retires the one in use", "你的其他服务用旧接口重新获取了 token，正在使用的那个随之作废"},
			{"the AppSecret was reset", "AppSecret 被重置过"},
			{"the token belongs to another mini program", "token 属于另一个小程序"},
		},
		Next: []Sentence{
			{"check WXCLOUD_APP_SECRET against the admin console (mp.weixin.qq.com), 「开发管理」, 「开发设置」", "对照小程序管理后台（mp.weixin.qq.com）「开发管理」->「开发设置」，检查 WXCLOUD_APP_SECRET"},
			{"inside a function no token is needed: call cloud.openapi instead of the HTTPS interface", "云函数里不需要 token：改用 cloud.openapi 而不是 HTTPS 接口"},
		},
	}},
	{40013, CodeText{
		Title:   Sentence{"the appid is not valid", "appid 无效"},
		Meaning: Sentence{"WeChat knows no account with this appid, or not for this call", "微信不认得这个 appid，或它不能用于这次调用"},
		Causes:  []Sentence{{"a misspelt appid, or a test appid (touristappid) of DevTools", "appid 写错，或用了开发者工具的测试号（touristappid）"}},
		Next:    []Sentence{{"correct appid in project.config.json or give --appid", "改正 project.config.json 里的 appid，或用 --appid 指定"}},
	}},
	{40014, CodeText{
		Title:   Sentence{"this kind of token is not accepted here", "access_token 不合法"},
		Meaning: Sentence{"the token is malformed, or genuine but of the wrong kind: the interfaces that read and write function configuration refuse a mini program's own token with this code and want a third-party platform's (reported by developers)", "token 格式不对，或者是真的但类型不对：读写云函数配置的接口会用这个错误码拒绝小程序自己的 token，它们只接受第三方平台的（开发者反馈）"},
		Causes: []Sentence{
			{"a mini program's own token was used for uploadfuncconfig or getfuncconfig", "用小程序自己的 token 调用了 uploadfuncconfig 或 getfuncconfig"},
			{"the token was cut or holds quotes or spaces", "token 被截断，或带了引号、空格"},
		},
		Next: []Sentence{
			{"to apply permissions without a third-party platform, use WeChat DevTools: right-click the function's folder, 「上传并部署：云端安装依赖」", "没有第三方平台时，更新权限请用微信开发者工具：右键函数目录 ->「上传并部署：云端安装依赖」"},
			{"note it afterwards: wxcloud perm mark {function} --env ENV", "完成后登记一下：wxcloud perm mark {function} --env 环境"},
		},
	}},
	{40125, CodeText{
		Title:   Sentence{"the AppSecret is wrong", "AppSecret 错误"},
		Meaning: Sentence{"WeChat refused to issue a token for this AppSecret (reported by developers)", "微信拒绝用这个 AppSecret 签发 token（开发者反馈）"},
		Causes:  []Sentence{{"it was reset, copied with a space, or belongs to another account", "AppSecret 被重置过、复制时带了空格，或属于另一个账号"}},
		Next:    []Sentence{{"reset it in the admin console (mp.weixin.qq.com), 「开发管理」, 「开发设置」, and set WXCLOUD_APP_SECRET", "到小程序管理后台（mp.weixin.qq.com）「开发管理」->「开发设置」重置，并更新 WXCLOUD_APP_SECRET"}},
	}},
	{40164, CodeText{
		Title:   Sentence{"this machine's address is not on the interfaces' IP allow-list", "当前 IP 不在接口调用的 IP 白名单里"},
		Meaning: Sentence{"a token may only be fetched from listed addresses, and the one in the message is not listed; this is the list that goes with the AppSecret, not the list of the upload key (-10008)", "只有白名单里的 IP 才能获取 token，而报错里的 IP 不在其中。这是跟 AppSecret 配套的接口 IP 白名单，和代码上传密钥的 IP 白名单（-10008）是两回事"},
		Causes: []Sentence{
			{"the address of this machine or CI runner was never added", "本机或 CI 机器的出口 IP 没有加过"},
			{"the message shows an IPv6 address while the list holds IPv4 addresses", "报错里是 IPv6，而白名单里只有 IPv4"},
		},
		Next: []Sentence{
			{"add the address in the message to the IP allow-list beside the AppSecret: admin console (mp.weixin.qq.com), 「开发管理」, 「开发设置」 (the page may have moved to 微信开发者平台)", "把报错里的 IP 加到 AppSecret 旁边的 IP 白名单：小程序管理后台（mp.weixin.qq.com）->「开发管理」->「开发设置」（页面可能已迁到微信开发者平台）"},
			{"without it the wait can still go by the clock: wxcloud perm wait {function} --accept-clock", "不加的话，也可以只按时间等待：wxcloud perm wait {function} --accept-clock"},
		},
	}},
	{40243, CodeText{
		Title:   Sentence{"the AppSecret is frozen", "AppSecret 已被冻结"},
		Meaning: Sentence{"the owner of the account has frozen the AppSecret, and no token is issued for it", "账号管理员冻结了 AppSecret，不能用它获取 token"},
		Causes:  []Sentence{{"it was frozen in the admin console for safety", "出于安全考虑在后台冻结了"}},
		Next:    []Sentence{{"unfreeze it in the admin console (mp.weixin.qq.com), 「开发管理」, 「开发设置」", "到小程序管理后台（mp.weixin.qq.com）「开发管理」->「开发设置」解冻"}},
	}},
	{41001, CodeText{
		Title:   Sentence{"the token is missing", "缺少 access_token"},
		Meaning: Sentence{"the request carries no access_token", "请求没有带 access_token"},
		Causes:  []Sentence{{"the token was empty when the request was made", "发请求时 token 是空的"}},
		Next:    []Sentence{{"check how the token is fetched; inside a function call cloud.openapi, which needs none", "检查 token 的获取；云函数里改用 cloud.openapi，不需要 token"}},
	}},
	{41004, CodeText{
		Title:   Sentence{"the AppSecret is missing", "缺少 AppSecret"},
		Meaning: Sentence{"a token was asked for without an AppSecret (reported by developers)", "获取 token 时没有带 AppSecret（开发者反馈）"},
		Causes:  []Sentence{{"WXCLOUD_APP_SECRET is empty", "WXCLOUD_APP_SECRET 是空的"}},
		Next:    []Sentence{{"set WXCLOUD_APP_SECRET to the value of the admin console (mp.weixin.qq.com), 「开发管理」, 「开发设置」", "把 WXCLOUD_APP_SECRET 设为小程序管理后台（mp.weixin.qq.com）「开发管理」->「开发设置」里的值"}},
	}},
	{42001, CodeText{
		Title:   Sentence{"the token has expired", "access_token 已过期"},
		Meaning: Sentence{"tokens live for two hours; this one is older (from WeChat DevTools it means that its login ticket has expired)", "token 有效期两小时，这个已经过期（在微信开发者工具里出现，表示登录票据过期）"},
		Causes:  []Sentence{{"the token was kept for too long", "token 缓存得太久"}},
		Next: []Sentence{
			{"fetch a new one; with --token-command wxcloud does so by itself", "重新获取；用 --token-command 时 wxcloud 会自动重新获取"},
			{"in WeChat DevTools log in again", "如果是微信开发者工具，重新登录即可"},
		},
	}},
	{48001, CodeText{
		Title:   Sentence{"the account may not use this interface", "账号没有该接口的权限"},
		Meaning: Sentence{"the interface is not granted to this account, or the token is of the wrong kind; a cloud call that answers with this code did pass the function's own permission check", "接口没有授权给这个账号，或 token 类型不对。云调用返回这个错误码，说明云函数自己的权限检查已经通过"},
		Causes: []Sentence{
			{"the account type or its category does not include the interface, or the account is not verified", "账号类型、服务类目不支持该接口，或账号没有认证"},
			{"a third-party platform's token was used where the account's own is wanted, or the other way round", "该用小程序自己的 token 却用了第三方平台的，或者反过来"},
		},
		Next: []Sentence{
			{"see whom the interface is for: wxcloud perm info {api}", "看看该接口面向哪些账号：wxcloud perm info {api}"},
			{"look in the admin console (mp.weixin.qq.com), 「开发管理」, 「接口设置」", "到小程序管理后台（mp.weixin.qq.com）「开发管理」->「接口设置」查看"},
		},
	}},
	{61007, CodeText{
		Title:   Sentence{"the third-party platform was not granted this interface", "第三方平台没有获得该接口的授权"},
		Meaning: Sentence{"the mini program authorised the platform, but without the permission set this interface belongs to", "小程序授权了第三方平台，但授权里不含该接口所属的权限集"},
		Causes:  []Sentence{{"permission set 49 (or 64), cloud development, is missing in the authorisation", "授权里缺少云开发权限集 49（或 64）"}},
		Next:    []Sentence{{"add the permission set to the platform, and let the mini program's administrator authorise again", "在第三方平台勾选该权限集，再请小程序管理员重新授权"}},
	}},
	{85088, CodeText{
		Title:   Sentence{"cloud development is not opened for this mini program", "小程序没有开通云开发"},
		Meaning: Sentence{"there is no cloud environment to work with", "没有可用的云开发环境"},
		Causes:  []Sentence{{"it was never opened, or the appid is not the one that has it", "从来没有开通，或 appid 不是已开通的那一个"}},
		Next: []Sentence{
			{"open it in WeChat DevTools: the button 「云开发」", "在微信开发者工具里点「云开发」开通"},
			{"to begin without it, use the local cloud: wxcloud demo", "想先试试，可以用本地模拟云：wxcloud demo"},
		},
	}},
	{85089, CodeText{
		Title:   Sentence{"no cloud-call permissions were ever applied for this function", "该云函数没有云调用配置"},
		Meaning: Sentence{"the cloud holds no cloud-call configuration for this function in this environment, which is the same as an empty list: every cloud call of it is refused with -604101", "这个环境里没有该云函数的云调用配置，等同于权限列表为空：它的所有云调用都会被 -604101 拒绝"},
		Causes:  []Sentence{{"only its code was deployed, or it has no config.json", "只部署过代码，或没有 config.json"}},
		Next: []Sentence{
			{"declare what it calls: wxcloud perm add {api} -f {function}", "声明它要调用的接口：wxcloud perm add {api} -f {function}"},
			{"apply it: wxcloud deploy {function}", "让它在云端生效：wxcloud deploy {function}"},
		},
	}},
}
