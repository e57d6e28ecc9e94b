package text

// resourceCodes are the codes of cloud resources: environment, database,
// storage, functions.
var resourceCodes = []numbered{
	{-501000, CodeText{
		Title:   Sentence{"the environment or the function was not found", "环境无效，或云函数不存在"},
		Meaning: Sentence{"there is no such environment, or no function of that name in it (reported by developers, not documented)", "没有这个环境，或环境里没有这个名字的云函数（开发者反馈，官方文档没有写）"},
		Causes: []Sentence{
			{"the function was never deployed to this environment", "云函数没有部署到这个环境"},
			{"the environment id is wrong, or it is the default environment instead of the meant one", "环境 ID 写错，或用到了默认环境"},
			{"the function's name is misspelt", "云函数名拼写有误"},
		},
		Next: []Sentence{
			{"deploy it to the environment the client uses: wxcloud deploy {function}", "把它部署到客户端所用的环境：wxcloud deploy {function}"},
			{"compare env in wx.cloud.init and cloud.init with the cloud console (云开发控制台)", "对照云开发控制台，检查 wx.cloud.init 和 cloud.init 里的 env"},
		},
	}},
	{-501001, CodeText{
		Title:   Sentence{"the cloud resource failed", "云资源系统错误"},
		Meaning: Sentence{"the cloud failed or could not be reached: resets, cut answers, HTTP 429 and 5xx and 15 seconds without an answer all end in this code; it proves nothing about permissions", "云资源出错或连不上：连接被重置、响应被截断、HTTP 429/5xx、15 秒没有响应，都会归到这个错误码；不能说明权限有没有"},
		Causes: []Sentence{
			{"a passing fault of network or service; the text after the code names it", "网络或服务的临时故障，错误码后面的文字会写明"},
			{"the invocation carries no cloud-call ticket (reported for timers and for calls between functions)", "调用没有带云调用票据（有开发者在定时触发、函数互调中遇到）"},
		},
		Next: []Sentence{
			{"try again with growing pauses", "拉长间隔重试"},
			{"if it only happens from a timer or from another function, make the same call from the mini program and compare: wxcloud explain -604104", "如果只在定时触发或函数互调时出现，用小程序端发起同样的调用作对比：wxcloud explain -604104"},
		},
	}},
	{-501002, CodeText{
		Title:   Sentence{"the cloud resource did not answer in time", "云资源服务超时"},
		Meaning: Sentence{"no answer came in time; whether the request took effect is unknown", "没有按时返回，请求是否生效无法确定"},
		Causes:  []Sentence{{"the service is slow, or the request is large", "服务较慢，或请求太大"}},
		Next:    []Sentence{{"try again with growing pauses, or ask for less at once", "拉长间隔重试，或减小单次请求"}},
	}},
	{-501003, CodeText{
		Title:   Sentence{"too many requests for this environment", "请求次数超过环境限制"},
		Meaning: Sentence{"the environment's quota of requests is used up for now", "环境的请求配额暂时用完了"},
		Causes: []Sentence{
			{"a loop or a burst of clients", "代码循环调用，或短时间内客户端太多"},
			{"the plan of the environment is too small", "环境套餐的配额太小"},
		},
		Next: []Sentence{{"slow down and retry later; see the usage in the cloud console (云开发控制台), 「设置」 then 「环境设置」", "降低频率、稍后再试；用量见云开发控制台的「设置」->「环境设置」"}},
	}},
	{-501004, CodeText{
		Title:   Sentence{"too many requests at the same time", "并发请求数超过限制"},
		Meaning: Sentence{"more requests are running at once than the environment allows", "同时进行的请求超过了环境允许的数量"},
		Causes:  []Sentence{{"many calls are started together, for example with Promise.all", "一次性发起了大量调用，例如 Promise.all"}},
		Next:    []Sentence{{"run them in smaller groups", "分批执行"}},
	}},
	{-501005, CodeText{
		Title:   Sentence{"the environment id is not valid", "环境 ID 无效"},
		Meaning: Sentence{"there is no such environment for this mini program", "当前小程序没有这个环境"},
		Causes: []Sentence{
			{"a misspelt id, or the name (alias) of the environment instead of its id", "环境 ID 写错，或写成了环境名称（别名）"},
			{"an environment that was removed", "环境已经销毁"},
		},
		Next: []Sentence{{"copy the id from the cloud console (云开发控制台); in functions use cloud.DYNAMIC_CURRENT_ENV", "从云开发控制台复制环境 ID；云函数里建议用 cloud.DYNAMIC_CURRENT_ENV"}},
	}},
	{-501006, CodeText{
		Title:   Sentence{"the common parameters of the request are not valid", "公共参数无效"},
		Meaning: Sentence{"the part of the request the SDK adds by itself was rejected", "SDK 自动附加的那部分参数被拒绝"},
		Causes:  []Sentence{{"an old SDK, or the SDK runs outside a cloud function", "SDK 版本太旧，或在云函数以外的地方运行"}},
		Next:    []Sentence{{"update wx-server-sdk and deploy again: wxcloud deploy {function}", "升级 wx-server-sdk 后重新部署：wxcloud deploy {function}"}},
	}},
	{-501007, CodeText{
		Title:   Sentence{"the parameters are not valid", "参数无效"},
		Meaning: Sentence{"the cloud rejected the parameters; for a cloud call it can also mean that the invocation carries no ticket, and it proves nothing about permissions", "云资源拒绝了参数；对云调用来说，也可能是这次调用没有带票据；不能说明权限有没有"},
		Causes: []Sentence{
			{"an argument is missing or of the wrong type", "缺少参数，或类型不对"},
			{"the call was made from a timer or another function and carries no cloud-call ticket (reported)", "由定时触发或其他云函数发起，没有带云调用票据（开发者反馈）"},
			{"for cloudbase.sendSms and its relatives: something in the message request is wrong", "对 cloudbase.sendSms 等短信接口：短信请求的某个参数有误"},
		},
		Next: []Sentence{
			{"compare the arguments with the interface: wxcloud perm info {api}", "对照接口说明检查参数：wxcloud perm info {api}"},
			{"if the same call works from the mini program, the ticket is the cause: wxcloud explain -604104", "同样的调用从小程序端发起就正常的话，原因在票据：wxcloud explain -604104"},
		},
	}},
	{-501008, CodeText{
		Title:   Sentence{"the request comes from a place that is not allowed", "请求来源无效"},
		Meaning: Sentence{"the cloud does not accept this request from where it was sent", "云资源不接受从这个来源发出的请求"},
		Causes:  []Sentence{{"a web page whose domain is not on the environment's list, or an invocation that did not come through WeChat", "网页域名不在环境的安全域名里，或调用没有经过微信"}},
		Next:    []Sentence{{"for web pages add the domain in the cloud console (云开发控制台), 「安全来源」; for functions see wxcloud explain -604104", "网页请在云开发控制台的「安全来源」添加域名；云函数请看 wxcloud explain -604104"}},
	}},
	{-501009, CodeText{
		Title:   Sentence{"the cloud resource is not ready", "云资源未初始化"},
		Meaning: Sentence{"the environment, database or storage has not finished being set up", "环境、数据库或存储还没有初始化完成"},
		Causes:  []Sentence{{"the environment was created a moment ago, or cloud development was never opened", "环境刚刚创建，或还没有开通云开发"}},
		Next:    []Sentence{{"open the cloud console (云开发控制台) once and wait until the environment is ready", "打开一次云开发控制台，等环境就绪"}},
	}},
	{-502001, CodeText{
		Title:   Sentence{"the database request failed", "数据库请求失败"},
		Meaning: Sentence{"the database did not carry out the request; the text after the code says why", "数据库没有执行请求，错误码后面的文字会说明原因"},
		Causes:  []Sentence{{"a broken condition, an index conflict, or a passing fault", "查询条件有误、索引冲突，或临时故障"}},
		Next:    []Sentence{{"read the text after the code", "查看错误码后面的说明"}},
	}},
	{-502002, CodeText{
		Title:   Sentence{"the database command is not valid", "数据库指令无效"},
		Meaning: Sentence{"an operator or command in the query does not exist or is used wrongly", "查询里的指令不存在，或用法不对"},
		Causes:  []Sentence{{"an operator in the wrong place, or of a newer SDK", "指令放错位置，或是新版 SDK 才有的指令"}},
		Next:    []Sentence{{"check the query, and update wx-server-sdk", "检查查询语句，并升级 wx-server-sdk"}},
	}},
	{-502003, CodeText{
		Title:   Sentence{"no permission for this database operation", "没有数据库操作权限"},
		Meaning: Sentence{"the collection's access rules refuse the caller; this has nothing to do with cloud-call permissions", "集合的访问规则拒绝了调用方；与云调用权限无关"},
		Causes:  []Sentence{{"the client reads or writes records that only their creator or only functions may touch", "客户端在读写只允许创建者或云函数操作的记录"}},
		Next:    []Sentence{{"do it in a cloud function, or change the collection's rules in the cloud console (云开发控制台), 「数据库」 then 「权限设置」", "放到云函数里执行，或在云开发控制台「数据库」->「权限设置」调整规则"}},
	}},
	{-502004, CodeText{
		Title:   Sentence{"too many collections", "集合数量超过限制"},
		Meaning: Sentence{"the environment holds as many collections as its plan allows", "环境的集合数已达套餐上限"},
		Causes:  []Sentence{{"collections are created for each user or day", "按用户或按天建集合"}},
		Next:    []Sentence{{"keep such data in one collection with a field to tell them apart", "把这类数据放进同一个集合，用字段区分"}},
	}},
	{-502005, CodeText{
		Title:   Sentence{"the collection does not exist", "集合不存在"},
		Meaning: Sentence{"there is no collection of this name in this environment", "当前环境没有这个集合"},
		Causes: []Sentence{
			{"it exists only in another environment", "集合建在另一个环境里"},
			{"the name is misspelt", "集合名拼写有误"},
		},
		Next: []Sentence{{"create it in the cloud console (云开发控制台), 「数据库」, and check the environment in cloud.init", "在云开发控制台的「数据库」里新建，并检查 cloud.init 的环境"}},
	}},
	{-503001, CodeText{
		Title:   Sentence{"the storage request failed", "云存储请求失败"},
		Meaning: Sentence{"cloud storage did not carry out the request", "云存储没有执行请求"},
		Causes:  []Sentence{{"a passing fault, or a path that is not allowed", "临时故障，或路径不合法"}},
		Next:    []Sentence{{"read the text after the code, then try again", "查看错误码后面的说明，再重试"}},
	}},
	{-503002, CodeText{
		Title:   Sentence{"no permission for this file", "没有云存储权限"},
		Meaning: Sentence{"the storage rules refuse the caller; this has nothing to do with cloud-call permissions", "存储的访问规则拒绝了调用方；与云调用权限无关"},
		Causes:  []Sentence{{"the file belongs to another user, or the rules allow reading only", "文件属于其他用户，或规则只允许读"}},
		Next:    []Sentence{{"do it in a cloud function, or change the rules in the cloud console (云开发控制台), 「存储」", "放到云函数里执行，或在云开发控制台的「存储」里调整规则"}},
	}},
	{-503003, CodeText{
		Title:   Sentence{"the file does not exist", "云存储文件不存在"},
		Meaning: Sentence{"there is no file behind this fileID or path", "这个 fileID 或路径没有对应的文件"},
		Causes:  []Sentence{{"it was removed, or the fileID is of another environment", "文件已删除，或 fileID 属于另一个环境"}},
		Next:    []Sentence{{"look for it in the cloud console (云开发控制台), 「存储」", "到云开发控制台的「存储」里确认"}},
	}},
	{-503004, CodeText{
		Title:   Sentence{"a storage signature parameter is not valid", "云存储签名参数无效"},
		Meaning: Sentence{"the signed part of a storage request was rejected", "存储请求里的签名部分被拒绝"},
		Causes:  []Sentence{{"an expired temporary link, or special characters in the path", "临时链接已过期，或路径里有特殊字符"}},
		Next:    []Sentence{{"ask for a new link, and keep paths to letters, digits, - _ . and /", "重新获取链接；路径只用字母、数字和 - _ . /"}},
	}},
	{-504001, CodeText{
		Title:   Sentence{"the function could not be started", "云函数请求失败"},
		Meaning: Sentence{"the cloud did not get as far as running the function's code", "还没有运行到云函数的代码就失败了"},
		Causes: []Sentence{
			{"the function is being updated", "云函数正在更新"},
			{"a passing fault", "临时故障"},
		},
		Next: []Sentence{{"wait until the deploy has ended and try again", "等部署完成后重试"}},
	}},
	{-504002, CodeText{
		Title:   Sentence{"the function failed while running", "云函数执行失败"},
		Meaning: Sentence{"the function's code threw an error that nobody caught; the real code stands in the text after this one", "云函数代码抛出了没有捕获的异常；真正的错误码在后面的文字里"},
		Causes: []Sentence{
			{"a cloud call failed: look for -604101 or another code in the same text", "云调用失败：在同一段文字里找 -604101 或其他错误码"},
			{"a dependency is missing (Cannot find module): it was uploaded without its packages", "缺少依赖（Cannot find module）：上传时没有安装依赖包"},
			{"an error in the code itself", "代码本身有错误"},
		},
		Next: []Sentence{
			{"have the whole text explained: wxcloud explain - (paste the log)", "把整段日志交给它看：wxcloud explain -（粘贴日志）"},
			{"check the function before the next deploy: wxcloud lint", "下次部署前先检查：wxcloud lint"},
			{"install the dependencies in the cloud: wxcloud deploy {function}", "在云端安装依赖：wxcloud deploy {function}"},
		},
	}},
	{-504003, CodeText{
		Title:   Sentence{"the function ran out of time", "云函数执行超时"},
		Meaning: Sentence{"the function did not finish within its time limit and was stopped (reported by developers, not documented)", "云函数没有在超时时间内结束，被中止了（开发者反馈，官方文档没有写）"},
		Causes: []Sentence{
			{"the time limit is 3 seconds, the default, and the first start takes part of it", "超时时间还是默认的 3 秒，冷启动又占去一部分"},
			{"a promise is never awaited or never ends", "有 Promise 没有 await，或一直不结束"},
			{"called over HTTP, a function has 5 seconds whatever its own limit is", "通过 HTTP 接口触发时，无论自身设置多少，上限都是 5 秒"},
		},
		Next: []Sentence{{"set a longer limit (functions.{function}.timeout in wxcloud.json, or the cloud console 云开发控制台), then wxcloud deploy {function}", "调大超时时间（wxcloud.json 的 functions.{function}.timeout，或云开发控制台），再执行 wxcloud deploy {function}"}},
	}},
	{-404011, CodeText{
		Title:   Sentence{"the mini program's call of a function failed", "小程序端调用云函数失败"},
		Meaning: Sentence{"the client's wrapper around a failed function; the real code stands in the text after this one (reported by developers)", "这是小程序端对云函数失败的包装，真正的错误码在后面的文字里（开发者反馈）"},
		Causes:  []Sentence{{"the function failed: look for -504002, -604101 or another code in the same text", "云函数执行失败：在同一段文字里找 -504002、-604101 或其他错误码"}},
		Next:    []Sentence{{"have the whole text explained: wxcloud explain - (paste the log)", "把整段日志交给它看：wxcloud explain -（粘贴日志）"}},
	}},
}
