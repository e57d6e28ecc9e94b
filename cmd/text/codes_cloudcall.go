package text

// cloudCallCodes are the answers of a cloud call before the interface is reached.
var cloudCallCodes = []numbered{
	{-604101, CodeText{
		Title: Sentence{"the function has no permission to make this cloud call", "云函数没有调用该接口的权限（云调用权限）"},
		Meaning: Sentence{
			"WeChat looked at the list of interfaces this function may call and did not find this one; the list is the permissions.openapi of the function's config.json as it was last applied in the cloud, kept for each function and each environment, and after a change the old list may be used for up to ten minutes",
			"微信查了这个云函数在云端的云调用权限列表，里面没有该接口。这份列表就是 config.json 中的 permissions.openapi 最近一次在云端生效的内容，每个环境、每个云函数各有一份；更新之后，旧的权限列表最长还会被沿用 10 分钟",
		},
		Causes: []Sentence{
			{"the interface is not in permissions.openapi of this function's config.json, or there is no config.json; names are compared letter by letter, case included", "该接口没有写进这个云函数的 config.json 的 permissions.openapi，或者根本没有 config.json；接口名逐字比较，区分大小写"},
			{"it is declared in the config.json of another function: each function needs its own entry for what its own code calls", "声明写到了别的云函数的 config.json 里：谁的代码调用，就要声明在谁的目录下"},
			{"the code is deployed but the permissions are not: an upload key (miniprogram-ci and tools like it) cannot update cloud-call permissions; the known ways are an upload from WeChat DevTools and, for third-party platforms, their own interface", "代码部署了，权限没有跟上：上传密钥不能更新云调用权限（miniprogram-ci 等工具都是如此）；目前已知只有微信开发者工具上传，以及第三方平台的接口可以更新"},
			{"the permissions were applied less than ten minutes ago; until then success and -604101 may take turns (the ten minutes are documented, the taking turns is inferred: gateways let go of the old list one by one)", "权限更新还不到 10 分钟，这期间成功和 -604101 可能交替出现（10 分钟缓存有官方文档；交替出现是推断：各网关节点的缓存先后到期）"},
			{"the permissions were applied in another environment than the one the function ran in", "权限更新到了另一个环境，而云函数跑在当前这个环境里"},
			{"the account type does not have the capability, such as phone numbers for a personal account; then the code never goes away (reported by developers, not documented)", "账号主体不具备该能力，例如个人主体调用手机号接口，这种情况等多久都不会好（开发者反馈，官方文档没有写）"},
			{"the invocation carried no cloud-call ticket: a local run, or a call made with Tencent Cloud keys (inferred; it shows more often as -604104, -501007 or -501001)", "这次调用没有带云调用票据：本地运行，或用腾讯云密钥直接调用（推断；更常见的表现是 -604104、-501007 或 -501001）"},
			{"only the DevTools simulator shows it while a real phone works (reported by developers)", "只有开发者工具的模拟器报错，真机正常（开发者反馈）"},
		},
		Next: []Sentence{
			{"see what is called but not declared: wxcloud lint", "先看哪些接口调用了却没声明：wxcloud lint"},
			{"declare it: wxcloud perm add {api} -f {function}", "补上声明：wxcloud perm add {api} -f {function}"},
			{"apply it: wxcloud deploy {function}", "让它在云端生效：wxcloud deploy {function}"},
			{"with only an upload key, apply it in WeChat DevTools: right-click the function's folder, choose 「上传并部署：云端安装依赖」 (upload and deploy, install dependencies in the cloud), then note it: wxcloud perm mark {function} --env ENV", "如果手上只有上传密钥，请在微信开发者工具里右键函数目录 ->「上传并部署：云端安装依赖」，然后登记一下：wxcloud perm mark {function} --env 环境"},
			{"wait until it is in force: wxcloud perm wait {function}", "等到它真正生效：wxcloud perm wait {function}"},
			{"still refused after that: compare the environment, and check that the account may use the interface: wxcloud perm info {api}", "等过之后仍然被拒，就核对环境，并确认账号能否使用该接口：wxcloud perm info {api}"},
			{"if it cannot wait: another deployed function that has held this permission for longer can make the call now", "等不及的话：已经拥有该权限的其他云函数现在就能调用"},
		},
	}},
	{-604100, CodeText{
		Title:   Sentence{"there is no such cloud call", "云调用接口不存在"},
		Meaning: Sentence{"WeChat knows no interface of this name for cloud calls; declaring it does not help", "云调用里没有叫这个名字的接口，写进声明也没有用"},
		Causes: []Sentence{
			{"the name is misspelt or has the wrong case", "接口名拼写有误，或大小写不对"},
			{"the interface exists over HTTPS only and cannot be called through cloud.openapi", "该接口只有 HTTPS 方式，不支持 cloud.openapi 云调用"},
			{"the interface was withdrawn", "接口已经下线"},
		},
		Next: []Sentence{
			{"look for the right name: wxcloud perm search {api}", "查找正确的接口名：wxcloud perm search {api}"},
			{"check every call of the project: wxcloud lint", "检查整个项目的调用：wxcloud lint"},
		},
	}},
	{-604102, CodeText{
		Title:   Sentence{"the interface did not answer the cloud call in time", "云调用接口超时"},
		Meaning: Sentence{"the call was passed on and no answer came back in time; whether it took effect is unknown, and it says nothing about the permission", "请求已转发，但没有按时返回。是否已经生效无法确定，也不能说明权限有没有"},
		Causes: []Sentence{
			{"the interface is slow or busy right now", "接口此刻较慢或繁忙"},
			{"the function's own time limit is short and little was left for the call", "云函数的超时时间太短，留给这次调用的时间不够"},
		},
		Next: []Sentence{
			{"try again after a few seconds; before repeating a call that sends something, check whether the first one arrived", "隔几秒再试；如果接口会发送内容，重试前先确认上一次是否已经成功"},
		},
	}},
	{-604103, CodeText{
		Title:   Sentence{"WeChat had an internal error during the cloud call", "云调用时微信侧发生系统错误"},
		Meaning: Sentence{"something failed on WeChat's side; it says nothing about the permission", "微信侧内部出错，与权限有没有无关"},
		Causes:  []Sentence{{"a passing fault of the service", "服务的临时故障"}},
		Next: []Sentence{
			{"try again with growing pauses; if it lasts, note the time and the request id for a report to WeChat", "拉长间隔重试；持续出现时，记下时间和 requestId 反馈给微信"},
		},
	}},
	{-604104, CodeText{
		Title:   Sentence{"the cloud call came from a place that may not make one", "云调用来源不合法"},
		Meaning: Sentence{"a cloud call is only accepted from a cloud function that WeChat itself started: WeChat then gives the invocation a ticket, and this one had none that is valid", "只有由微信触发的云函数才能发起云调用：微信会给那次调用附上票据，而这次没有有效的票据"},
		Causes: []Sentence{
			{"the code ran in local debugging or on a developer's machine", "代码是在本地调试或开发机上运行的"},
			{"the function was invoked with Tencent Cloud keys or the upload key instead of through WeChat (inferred)", "云函数是用腾讯云密钥或上传密钥调用的，没有经过微信（推断）"},
			{"a timer trigger that was uploaded with an old WeChat DevTools; timers that make cloud calls need DevTools 1.02.1910182 or later", "定时触发器是用旧版开发者工具上传的；要在定时触发中云调用，须用 1.02.1910182 或更高版本上传触发器"},
			{"the ticket was kept and used after its invocation had ended (inferred)", "调用已经结束，却仍在使用当时的票据，例如异步遗留的任务（推断）"},
		},
		Next: []Sentence{
			{"invoke the function through WeChat: from the mini program, or with wxcloud invoke {function}", "改为经由微信调用：从小程序端调用，或用 wxcloud invoke {function}"},
			{"to try it on this machine, use the local cloud, which issues tickets: wxcloud emulator", "想在本机试，可以用会签发票据的本地模拟云：wxcloud emulator"},
			{"for a timer, upload the trigger again in WeChat DevTools: right-click the function's folder, 「上传触发器」", "定时触发的话，在微信开发者工具里右键函数目录 ->「上传触发器」，重新上传一次"},
		},
	}},
}
