package text

// emulatorErrors are the errors and hints of the emulator room.
var emulatorErrors = []entry{
	{"emulator/app-id", Sentence{
		"{appid} cannot be an AppID",
		"{appid} 不是合法的 AppID",
	}},
	{"emulator/bad-control", Sentence{
		"the local cloud does not understand the control call {operation}",
		"本地模拟云不认识控制命令 {operation}",
	}},
	{"emulator/bad-fault", Sentence{
		"{fault} is not a fault; known are latency:2s, status:503, reset, truncate, garbage, code:45009, error:LimitExceeded, stuck and fail:REASON",
		"{fault} 不是可用的故障；可用的有 latency:2s、status:503、reset、truncate、garbage、code:45009、error:LimitExceeded、stuck、fail:原因",
	}},
	{"emulator/bad-faults-file", Sentence{
		"{file} is not a list of faults",
		"{file} 不是故障列表",
	}},
	{"emulator/env-id", Sentence{
		"\"{env}\" cannot be the id of an environment: letters, digits, - and _, 64 at most",
		"「{env}」不能作为环境 ID：只能用字母、数字、- 和 _，最长 64 个字符",
	}},
	{"emulator/fault-never", Sentence{
		"{fault} makes deploys fail, and {on} deploys nothing: only {actions} do",
		"{fault} 只对部署起作用，而 {on} 不是部署动作；可用的有 {actions}",
	}},
	{"emulator/faults-key", Sentence{
		"{key} means nothing here; known are {keys}",
		"这里不认识 {key}；可用的有 {keys}",
	}},
	{"emulator/faults-value", Sentence{
		"this value does not fit {key}",
		"{key} 不能取这个值",
	}},
	{"emulator/bad-origin", Sentence{
		"{origin} is no origin of an invocation; known are {origins}",
		"{origin} 不是调用来源；可用的有 {origins}",
	}},
	{"emulator/bad-push", Sentence{
		"the message cannot be pushed: look at its {problem}",
		"这条消息无法推送，请检查它的 {problem}",
	}},
	{"emulator/no-timers", Sentence{
		"{function} has no timers on the local cloud; uploading code sets none",
		"{function} 在本地模拟云上没有定时器；上传代码不会设置定时器",
	}},
	{"emulator/hint-timers", Sentence{
		"declare a timer in its config.json and set it: wxcloud deploy {function} --local",
		"在它的 config.json 中声明定时器，再运行：wxcloud deploy {function} --local",
	}},
	{"emulator/no-trigger", Sentence{
		"name one of the timers of {function}: {triggers}",
		"请指明 {function} 的一个定时器：{triggers}",
	}},
	{"emulator/bad-rule", Sentence{
		"a fault needs what it strikes (an action, an interface or *), times of 0 or more and a probability above 0, at most 1; only status, reset, truncate and garbage can come after the effect (on {on}, fault {fault})",
		"故障需要指明作用对象（云 API 动作、接口名或 *），次数不小于 0，概率大于 0 且不超过 1；只有 status、reset、truncate、garbage 可以在生效之后发生（对象 {on}，故障 {fault}）",
	}},
	{"emulator/cannot-listen", Sentence{
		"the local cloud cannot listen on {address}",
		"本地模拟云无法监听 {address}",
	}},
	{"emulator/clock-too-far", Sentence{
		"the local cloud's clock goes no further than a hundred years",
		"本地模拟云的时钟最多拨快一百年",
	}},
	{"emulator/control-failed", Sentence{
		"the local cloud at {url} did not answer the control call {operation} properly",
		"本地模拟云（{url}）没有正常响应控制命令 {operation}",
	}},
	{"emulator/dir-in-use", Sentence{
		"another local cloud is using {dir}",
		"{dir} 正被另一个本地模拟云使用",
	}},
	{"emulator/hint-in-use", Sentence{
		"what it serves: wxcloud emulator status",
		"查看它的状态：wxcloud emulator status",
	}},
	{"emulator/dir-link", Sentence{
		"{path} is a symbolic link; the local cloud writes and deletes only in a folder of its own",
		"{path} 是符号链接；本地模拟云只在自己的目录里写入和删除文件",
	}},
	{"emulator/dir-unusable", Sentence{
		"the local cloud cannot use its folder {dir}",
		"本地模拟云无法使用数据目录 {dir}",
	}},
	{"emulator/function-not-found", Sentence{
		"the local cloud has no function {function}",
		"本地模拟云中没有云函数 {function}",
	}},
	{"emulator/function-not-ready", Sentence{
		"the function {function} cannot be called yet: it is {status} in the local cloud",
		"云函数 {function} 暂时不能调用：它在本地模拟云中的状态是 {status}",
	}},
	{"emulator/install-failed", Sentence{
		"npm could not install the packages: {reason}",
		"npm 安装依赖失败：{reason}",
	}},
	{"emulator/invalid-event", Sentence{
		"the event for {function} is not a JSON object",
		"传给云函数 {function} 的 event 不是 JSON 对象",
	}},
	{"emulator/no-node", Sentence{
		"functions run in Node.js, but {node} cannot be run",
		"云函数要在 Node.js 里运行，但找不到或无法执行 {node}",
	}},
	{"emulator/no-npm", Sentence{
		"the packages of the function are installed with npm, but {npm} was not found",
		"安装云函数的依赖需要 npm，但没有找到 {npm}",
	}},
	{"emulator/not-loopback", Sentence{
		"the local cloud listens on this machine only; {address} is not a loopback address",
		"本地模拟云只在本机监听，{address} 不是回环地址",
	}},
	{"emulator/not-running", Sentence{
		"no local cloud is running for {dir}",
		"{dir} 没有正在运行的本地模拟云",
	}},
	{"emulator/state-broken", Sentence{
		"the local cloud cannot read {path}",
		"本地模拟云无法读取 {path}",
	}},
	{"emulator/hint-node", Sentence{
		"install Node.js 20 or later, or check PATH with: node --version",
		"请安装 Node.js 20 或更高版本，或用 node --version 检查 PATH",
	}},
	{"emulator/hint-faults-file", Sentence{
		"its form is {form}",
		"格式：{form}",
	}},
	{"emulator/hint-other-port", Sentence{
		"let the system choose a free port: wxcloud emulator --addr 127.0.0.1:0",
		"让系统自动选一个空闲端口：wxcloud emulator --addr 127.0.0.1:0",
	}},
	{"emulator/hint-registry", Sentence{
		"check that npm reaches its registry: npm ping",
		"请检查 npm 能否连上它的源：npm ping",
	}},
	{"emulator/hint-reset", Sentence{
		"move {path} away; the local cloud makes a new one",
		"把 {path} 移走即可，本地模拟云会重新生成",
	}},
	{"emulator/hint-reset-state", Sentence{
		"keep a copy of {path} if it matters, then begin anew: wxcloud emulator reset",
		"如果其中的内容还有用，先备份 {path}，再清空重来：wxcloud emulator reset",
	}},
	{"emulator/hint-start", Sentence{
		"start one: wxcloud emulator",
		"启动一个：wxcloud emulator",
	}},
	{"emulator/bad-subscription", Sentence{
		"a subscription needs an OPENID, a template ID and times from 1 to 1000000: wxcloud emulator subscribe OPENID TEMPLATE_ID",
		"订阅需要 OPENID、模板 ID 和 1 到 1000000 的次数：wxcloud emulator subscribe OPENID TEMPLATE_ID",
	}},
	{"emulator/replies-unreadable", Sentence{
		"the answers laid down in {dir} cannot be read",
		"无法读取 {dir} 中自定义的返回",
	}},
	{"emulator/reply-file", Sentence{
		"{file}, whose bytes are to be the answer, cannot be read",
		"无法读取要作为返回内容的文件 {file}",
	}},
	{"emulator/reply-form", Sentence{
		"an answer is a JSON object, or a list of objects to be given in turn",
		"返回应是一个 JSON 对象，或依次返回的对象数组",
	}},
	{"emulator/reply-member", Sentence{
		`this member cannot be meant so: errcode is a whole number, errmsg a text, "$file" a .png, .jpg or .gif beside this file and nothing else with it, "$unchecked" is true`,
		`这个字段写得不对：errcode 应为整数，errmsg 应为字符串，"$file" 应为同一文件夹里的 .png、.jpg 或 .gif 且不能与其他字段同时出现，"$unchecked" 只能为 true`,
	}},
	{"emulator/reply-name", Sentence{
		"there is no interface {api} whose answer this file could be",
		"没有名为 {api} 的接口，这个文件不会被用到",
	}},
	{"emulator/reply-syntax", Sentence{
		"this is no JSON",
		"JSON 语法错误",
	}},
	{"emulator/reply-too-long", Sentence{
		"answers can have up to 1 MB",
		"自定义返回最大 1 MB",
	}},
	{"emulator/reply-twice", Sentence{
		"this name stands twice in one object",
		"同一个对象里字段名重复",
	}},
	{"emulator/hint-reply-name", Sentence{
		"name it {file}",
		"改名为 {file}",
	}},
}
