package text

// keyCodes are the codes of the code-upload key and of WeChat DevTools.
var keyCodes = []numbered{
	{-10008, CodeText{
		Title:   Sentence{"this machine's address is not on the upload key's IP allow-list", "当前 IP 不在代码上传密钥的 IP 白名单里"},
		Meaning: Sentence{"the upload key may only be used from listed addresses, and the one in the message is not listed; this is the list of the upload key, not the list of the interfaces (40164)", "代码上传密钥只能从白名单里的 IP 使用，而报错里的 IP 不在其中。这是上传密钥的白名单，和接口调用的 IP 白名单（40164）是两回事"},
		Causes: []Sentence{
			{"the address of this machine or CI runner changed or was never added", "本机或 CI 机器的出口 IP 变了，或从来没有加过"},
			{"the request went out over IPv6 while the list holds IPv4 addresses (reported by developers)", "请求走了 IPv6，而白名单里只有 IPv4（开发者反馈）"},
			{"a proxy or VPN sends the request from another address", "代理或 VPN 换了出口 IP"},
		},
		Next: []Sentence{
			{"add the address in the message: admin console (mp.weixin.qq.com), 「开发管理」, 「开发设置」, 「小程序代码上传」, 「IP白名单」; the list may also be switched off there", "把报错里的 IP 加进去：小程序管理后台（mp.weixin.qq.com）->「开发管理」->「开发设置」->「小程序代码上传」->「IP白名单」；也可以在那里关闭白名单"},
			{"in CI use a runner or a proxy with a fixed address (HTTPS_PROXY)", "CI 请使用固定出口 IP 的机器或代理（HTTPS_PROXY）"},
		},
	}},
	{-80011, CodeText{
		Title:   Sentence{"the upload key is damaged or no longer valid", "代码上传密钥损坏或已失效"},
		Meaning: Sentence{"WeChat could not check the signature made with this key (reported by developers, not documented)", "微信无法验证用这个密钥生成的签名（开发者反馈，官方文档没有写）"},
		Causes: []Sentence{
			{"the key was reset, so that the old file no longer counts", "密钥被重置过，旧文件已经作废"},
			{"the file was changed, often by losing its line breaks in a CI variable", "文件内容被改动，常见于放进 CI 变量后丢了换行"},
			{"the key belongs to another mini program", "密钥属于另一个小程序"},
		},
		Next: []Sentence{{"create a new key: admin console (mp.weixin.qq.com), 「开发管理」, 「开发设置」, 「小程序代码上传」; save it as private.<appid>.key beside the project", "重新生成密钥：小程序管理后台（mp.weixin.qq.com）->「开发管理」->「开发设置」->「小程序代码上传」；存为项目旁的 private.<appid>.key"}},
	}},
	{-80002, CodeText{
		Title:   Sentence{"the upload key is used too often", "上传密钥调用过于频繁"},
		Meaning: Sentence{"too many requests in a short time; miniprogram-ci shows this one as 45009", "短时间内请求太多；miniprogram-ci 会把它显示成 45009"},
		Causes:  []Sentence{{"several deploys run at once, or a tool asks for a status without a pause", "多个部署同时进行，或工具不停地查询状态"}},
		Next:    []Sentence{{"wait a minute, then deploy again: wxcloud deploy", "等一分钟再部署：wxcloud deploy"}},
	}},
	{20001, CodeText{
		Title:   Sentence{"no random string for the signature could be fetched", "获取签名用的随机串失败"},
		Meaning: Sentence{"miniprogram-ci's own code: the first request of every signed call failed; the text after it says how (as the answer of officialAccount.newtmpl interfaces 20001 means a system error or an unknown template)", "这是 miniprogram-ci 自己的错误码：每次签名前的第一个请求失败，后面的文字说明原因（如果来自 officialAccount.newtmpl 的接口，20001 表示系统错误或模板不存在）"},
		Causes: []Sentence{
			{"no connection to servicewechat.com: proxy, firewall, DNS", "连不上 servicewechat.com：代理、防火墙或 DNS 问题"},
			{"a gateway answered with a page instead of JSON", "网关返回了网页而不是 JSON"},
		},
		Next: []Sentence{{"check the network and HTTPS_PROXY, then deploy again: wxcloud deploy", "检查网络和 HTTPS_PROXY，再部署：wxcloud deploy"}},
	}},
	{20002, CodeText{
		Title:   Sentence{"signing with the upload key failed", "用上传密钥签名失败"},
		Meaning: Sentence{"miniprogram-ci's own code: the key file could not be used on this machine; nothing was sent", "这是 miniprogram-ci 自己的错误码：密钥文件在本机就无法使用，请求还没有发出"},
		Causes:  []Sentence{{"the file is not the private key, or it was cut or lost its line breaks", "文件不是私钥，或内容被截断、丢了换行"}},
		Next:    []Sentence{{"use the file as it was downloaded; it starts with BEGIN RSA PRIVATE KEY", "使用下载时的原始文件，它以 BEGIN RSA PRIVATE KEY 开头"}},
	}},
	{41002, CodeText{
		Title:   Sentence{"the appid is missing, or DevTools lost its login or signature", "缺少 appid，或开发者工具的登录、签名状态失效"},
		Meaning: Sentence{"in the answer of an interface: the parameter appid is missing; from WeChat DevTools ({\"ret\":41002}, getCloudAPISignedHeader failed): its login or signature is not accepted (reported by developers)", "接口返回时表示缺少 appid 参数；微信开发者工具里出现（{\"ret\":41002}、getCloudAPISignedHeader failed）表示登录或签名状态不被接受（开发者反馈）"},
		Causes: []Sentence{
			{"the login of DevTools has expired, or the project is open under another account", "开发者工具登录已过期，或用别的账号打开了项目"},
			{"its command line was called with --paths but without --appid", "命令行用了 --paths 却没有带 --appid"},
		},
		Next: []Sentence{
			{"log in to WeChat DevTools again and repeat the step", "在微信开发者工具里重新登录后再试"},
			{"deploy the code with the upload key meanwhile: wxcloud deploy {function}", "代码可以先用上传密钥部署：wxcloud deploy {function}"},
		},
	}},
	{80208, CodeText{
		Title:   Sentence{"somebody else changed it at the same time", "版本冲突"},
		Meaning: Sentence{"the configuration was changed between reading and writing it (reported by developers)", "配置在读取之后、写入之前被别人改过（开发者反馈）"},
		Causes:  []Sentence{{"two people or two tools deploy the same function", "两个人或两个工具同时在部署同一个云函数"}},
		Next:    []Sentence{{"let the other one finish, then deploy again: wxcloud deploy {function}", "等对方结束后重新部署：wxcloud deploy {function}"}},
	}},
	{80209, CodeText{
		Title:   Sentence{"the function has no configuration in the cloud", "云端没有该云函数的配置"},
		Meaning: Sentence{"neither permissions nor triggers were ever applied for this function in this environment (reported by developers)", "这个环境里的这个云函数从来没有应用过权限或触发器配置（开发者反馈）"},
		Causes:  []Sentence{{"only its code was deployed", "只部署过代码"}},
		Next: []Sentence{
			{"declare what it calls: wxcloud perm add {api} -f {function}", "声明它要调用的接口：wxcloud perm add {api} -f {function}"},
			{"apply it: wxcloud deploy {function}", "让它在云端生效：wxcloud deploy {function}"},
		},
	}},
	{80210, CodeText{
		Title:   Sentence{"the management of cloud resources was given to a third-party platform", "云资源的管理权已授权给第三方平台"},
		Meaning: Sentence{"while a third-party platform manages this mini program's cloud resources, its own upload key may not", "云资源由第三方平台管理期间，小程序自己的上传密钥不能操作云资源"},
		Causes:  []Sentence{{"the mini program's administrator authorised a platform with the cloud development permission set", "管理员授权第三方平台时包含了云开发权限集"}},
		Next:    []Sentence{{"deploy with the platform's token, or take the authorisation back: admin console (mp.weixin.qq.com), 「设置」, 「第三方设置」", "用第三方平台的凭据部署，或取消授权：小程序管理后台（mp.weixin.qq.com）->「设置」->「第三方设置」"}},
	}},
	{413, CodeText{
		Title:   Sentence{"the upload is too large", "上传内容太大"},
		Meaning: Sentence{"an HTTP status: the request was refused because of its size; the documented limit is 20 MB as base64", "HTTP 状态码：请求体太大被拒绝；文档写明的上限是 base64 后 20 MB"},
		Causes: []Sentence{
			{"node_modules is packed instead of installed in the cloud", "把 node_modules 打进了包，没有在云端安装"},
			{"large files lie in the function's folder", "云函数目录里有大文件"},
		},
		Next: []Sentence{{"deploy without --local-npm, so that the cloud installs the dependencies: wxcloud deploy {function}", "去掉 --local-npm，让云端安装依赖：wxcloud deploy {function}"}},
	}},
}
