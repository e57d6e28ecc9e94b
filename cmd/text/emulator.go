package text

// What the emulator commands say.
var (
	EmulatorShort = Sentence{"run the local cloud beside your editor", "运行本地模拟云"}
	EmulatorLong  = Sentence{
		"Runs this project's local cloud in the foreground: real wire formats on a loopback address, functions in\nNode with the real wx-server-sdk, and the permission cache of the real gateway as a model (several nodes, each\nkeeping a list for ten minutes). Other commands with --local attach to it. Nothing is forwarded to the internet.",
		"在前台运行本项目的本地模拟云：只监听本机回环地址，使用真实的协议格式，云函数由 Node 加载真实的\nwx-server-sdk 运行，并模拟网关的权限缓存（多个节点，各自缓存十分钟）。其他命令加 --local 即连接到它。\n任何请求都不会转发到外网。",
	}
	EmulatorStatusShort = Sentence{"functions, stored permissions and what each gateway node has cached", "云函数、云端权限列表与各网关节点的缓存"}
	EmulatorClockShort  = Sentence{"move the local cloud's clock forward", "拨快本地模拟云的时钟"}
	EmulatorEnvShort    = Sentence{"the variables that point miniprogram-ci and @cloudbase/cli at the local cloud", "让 miniprogram-ci 和 @cloudbase/cli 连接本地模拟云的环境变量"}
	EmulatorEnvLong     = Sentence{
		"Prints HTTPS_PROXY, http_proxy (which @cloudbase/cli wants besides) and NODE_EXTRA_CA_CERTS for a shell. The certificate is limited by name constraints to the\nhosts the clients call, its key never leaves the emulator's memory, and it dies with the emulator.",
		"打印可直接粘贴到 shell 的 HTTPS_PROXY、http_proxy（@cloudbase/cli 另外需要它）和 NODE_EXTRA_CA_CERTS。证书用名称约束限定在客户端会访问的\n域名，私钥只存在于模拟云的内存中，并随它一起消失。",
	}
	FlagAddr        = Sentence{"loopback `address` to listen on", "监听的回环`地址`"}
	FlagCacheTTL    = Sentence{"how `long` a gateway node keeps a permission list (the real cloud: ten minutes)", "网关节点缓存权限列表的`时长`（真实云端：十分钟）"}
	FlagEnvID       = Sentence{"`id` of its environment; another than local lets it stand for a real one (with WXCLOUD_ENDPOINT)", "环境 `ID`；不用 local 时可配合 WXCLOUD_ENDPOINT 充当真实环境，用于演练"}
	FlagNodes       = Sentence{"`number` of gateway nodes", "网关节点`数量`"}
	FlagApplyConfig = Sentence{"also take permissions and timers from config.json in an uploaded package (whether WeChat does is not known)", "上传代码时也应用其中 config.json 的权限和定时器（真实云端是否如此尚无定论）"}
	FlagTickets     = Sentence{"`origins` whose invocations carry a cloud-call ticket, of user, http, push, wechat-timer, timer, function, invoke", "哪些`来源`的调用带有云调用票据，可选 user、http、push、wechat-timer、timer、function、invoke"}
	FlagVerbose     = Sentence{"show every request", "显示每个请求"}

	EmulatorFaultShort = Sentence{"make requests fail on purpose", "故意让请求出错"}
	EmulatorFaultLong  = Sentence{
		"Lays out faults for the running local cloud. ON is a cloud action (UpdateFunctionCode), an interface\n(subscribeMessage.send), an address (/tcb/invokecloudfunction, getrandstr) or a pattern with * and ?.\nFAULT is one of\n\n" + faultList.En +
			"\n\nThe texts of documented codes are WeChat's; those of others are made up and said to be.",
		"给运行中的本地模拟云布置故障。ON 是云 API 动作（UpdateFunctionCode）、接口（subscribeMessage.send）、\n地址（/tcb/invokecloudfunction、getrandstr），或带 * 和 ? 的模式。FAULT 是下列之一：\n\n" + faultList.Zh +
			"\n\n有文档的错误码使用微信的原文，其余为本工具自拟。",
	}
	faultList = Sentence{
		"  latency:2s        the answer comes later\n  status:503        an HTTP error (429, 413, 500 ...)\n  reset             the connection is reset\n  truncate          the answer breaks off\n  garbage           the answer is broken JSON\n  code:45009        a WeChat error code, also code:-1:system error\n  error:NAME:TEXT   an error of the cloud API, such as LimitExceeded\n  stuck             a deploy stays in Updating\n  fail:REASON       a deploy ends in UpdateFailed or CreateFailed",
		"  latency:2s        延迟返回\n  status:503        HTTP 错误（429、413、500 等）\n  reset             连接被重置\n  truncate          响应中途断开\n  garbage           返回残缺的 JSON\n  code:45009        微信错误码，也可写 code:-1:system error\n  error:NAME:TEXT   云 API 错误，如 LimitExceeded\n  stuck             部署一直停在 Updating\n  fail:REASON       部署以 UpdateFailed 或 CreateFailed 结束",
	}
	EmulatorFaultAddShort   = Sentence{"add a fault", "添加一个故障"}
	EmulatorFaultListShort  = Sentence{"the faults and how often each struck", "列出故障及各自触发次数"}
	EmulatorFaultClearShort = Sentence{"remove all faults", "清除所有故障"}
	FlagFaults              = Sentence{"`file` of faults to begin with", "启动时布置的故障`文件`"}
	FlagFaultFunction       = Sentence{"only requests about this `function` (with * and ?)", "只作用于这个`云函数`的请求（可用 * 和 ?）"}
	FlagFaultTimes          = Sentence{"strike this `many` times", "触发的`次数`"}
	FlagFaultProbability    = Sentence{"strike with this `probability`, 0 to 1", "触发`概率`，0 到 1"}
	FlagFaultAfter          = Sentence{"let the request take effect first and lose only its answer", "请求照常生效，只丢失响应"}
	FaultTargetUnknown      = Sentence{"{name} is no cloud action, address or interface that is known, so this fault may never strike{near}", "没有名为 {name} 的云 API 动作、地址或接口，这个故障可能永远不会触发{near}"}
	FaultFunctionUnknown    = Sentence{"there is no function {name} here or on the local cloud yet, so this fault may never strike{near}", "本项目和本地模拟云里都没有云函数 {name}，这个故障可能永远不会触发{near}"}
	FaultNear               = Sentence{"; did you mean {name}?", "；你想写的是 {name} 吗？"}
	EmulatorFaultAdded      = Sentence{"from now on: {fault}", "已布置：{fault}"}
	EmulatorFaultsCleared   = Sentence{"no faults any more", "已清除所有故障"}
	EmulatorNoFaults        = Sentence{"no faults: wxcloud emulator fault add ON FAULT", "没有故障：wxcloud emulator fault add ON FAULT"}
	HeadFaultOn             = Sentence{"ON", "对象"}
	HeadFault               = Sentence{"FAULT", "故障"}
	HeadFaultWhen           = Sentence{"WHEN", "条件"}
	HeadFaultStruck         = Sentence{"STRUCK", "已触发"}
	FaultTimes              = Sentence{"first {times}", "前 {times} 次"}
	FaultProbability        = Sentence{"{probability} of them", "概率 {probability}"}
	FaultAfter              = Sentence{"after the effect", "生效之后"}

	EmulatorServing   = Sentence{"local cloud at {url}, state in {dir}", "本地模拟云：{url}，状态保存在 {dir}"}
	EmulatorCache     = Sentence{"permission lists are cached for {ttl} by each of {nodes} gateway nodes", "{nodes} 个网关节点各自把权限列表缓存 {ttl}"}
	EmulatorApplies   = Sentence{"config.json in uploaded packages is applied: this is one possible answer, not a documented one", "会应用上传包中的 config.json：这只是一种可能，官方没有说明"}
	EmulatorStandsFor = Sentence{"stands for the environment {env}: set WXCLOUD_ENDPOINT={url} in another shell and use wxcloud without --local", "充当环境 {env}：在另一个终端设置 WXCLOUD_ENDPOINT={url}，运行 wxcloud 时不加 --local"}
	EmulatorStop      = Sentence{"press Ctrl-C to stop", "按 Ctrl-C 停止"}
	EmulatorStopped   = Sentence{"stopped; functions and permissions are kept for the next start", "已停止；云函数与权限会保留到下次启动"}
	EmulatorOffset    = Sentence{"clock moved forward by {offset}, now {now}", "时钟已拨快 {offset}，当前 {now}"}
	EmulatorEmpty     = Sentence{"no functions yet: wxcloud deploy --local", "还没有云函数：wxcloud deploy --local"}
	EmulatorClockNow  = Sentence{"the local cloud's clock is now {now}", "本地模拟云的时钟现在是 {now}"}
	LocalBusy         = Sentence{"another wxcloud command is using this project's local cloud; waiting for it (wxcloud emulator would serve both)", "另一个 wxcloud 命令正在使用本项目的本地模拟云，等待中（先运行 wxcloud emulator 可同时服务多个命令）"}
	ExchangeNode      = Sentence{"(gateway node {node})", "（网关节点 {node}）"}
	ExchangeFault     = Sentence{"(fault {fault})", "（故障 {fault}）"}
	ExchangeSynthetic = Sentence{"(an answer that no document describes)", "（官方文档没有描述的返回）"}
	CachedUntil       = Sentence{"node {node}: {list} until {time}", "节点 {node}：{list}，至 {time}"}
)
