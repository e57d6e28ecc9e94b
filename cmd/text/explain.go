package text

// What explain says around codes and causes.
var (
	ExplainShort = Sentence{"explain an error code, a name, a lint rule, or a pasted log", "解释错误码、接口名、检查规则或一段日志"}
	ExplainLong  = Sentence{
		"Explains a code (with or without its minus sign), a named error of the cloud, an interface, a lint rule, or\nevery code found in a log read from stdin (\"-\"). Inside a project it looks at what the project shows and names\nthe likeliest cause with its evidence, the command to run next, and what helps at once. Sends nothing.",
		"解释错误码（负号可省略）、云端的具名错误、接口、检查规则；参数为「-」时读取标准输入中的日志，解释其中\n出现的每个错误码。在项目里还会结合项目的实际情况，指出最可能的原因和依据、下一步该运行的命令，以及眼下\n可用的办法。不发送任何请求。",
	}
	FlagExplainFunction = Sentence{"the `function` it happened in", "出错的`云函数`"}
	FlagExplainAPI      = Sentence{"the `interface` that was called", "调用的`接口`"}
	FlagExplainAt       = Sentence{"`when` it happened: now, 15:04, RFC 3339 (default: now, or the time in the log)", "出错的`时间`：now、15:04 或 RFC 3339（默认取日志里的时间，否则为现在）"}

	ExplainCut        = Sentence{"the log is long: its beginning was passed over, the last {size} were read", "日志太长：略过了开头，只读取最后 {size}"}
	ExplainCauses     = Sentence{"Likely causes, the likeliest first:", "可能的原因（按可能性排列）："}
	ExplainNext       = Sentence{"What to do:", "怎么办："}
	ExplainHere       = Sentence{"Here ({case}, in {env}), the likeliest first:", "在这个项目里（{case}，所在环境：{env}），按可能性排列："}
	ExplainCall       = Sentence{"{function}, {api}", "{function}，{api}"}
	ExplainCarrier    = Sentence{"{title}: it only carries the code above", "{title}：真正的原因是上面的错误码"}
	ExplainHereAll    = Sentence{"In this project, in {env}, the likeliest first:", "在这个项目里（所在环境：{env}），按可能性排列："}
	ExplainNarrow     = Sentence{"say which call it was for more: wxcloud explain {code} -f FN --api NAME", "指明是哪个调用可以看得更准：wxcloud explain {code} -f FN --api NAME"}
	ExplainCause      = Sentence{"{likelihood}: {cause}", "{likelihood}：{cause}"}
	ExplainExcluded   = Sentence{"What speaks against the other causes:", "已排除其他原因的依据："}
	ExplainRun        = Sentence{"Run next:", "下一步运行："}
	ExplainNow        = Sentence{"What helps now:", "眼下可用的办法："}
	ExplainMessage    = Sentence{"{api} documents this code: {message}", "{api} 的文档对该错误码的说明：{message}"}
	ExplainInterfaces = Sentence{"Interfaces that document this code:", "文档中写有该错误码的接口："}
	ExplainAddress    = Sentence{"the address that was refused: {address}", "被拒绝的 IP：{address}"}

	InterfaceCode         = Sentence{"the interface itself refused the call", "接口自身拒绝了这次调用"}
	InterfaceCodeMeaning  = Sentence{"the call was permitted and reached the interface, which answered with a code of its own: this is not about permissions", "调用已经通过权限检查、到达了接口，由接口返回它自己的错误码：与云调用权限无关"}
	InterfaceCodeNext     = Sentence{"compare the fields of the call with the documentation: wxcloud perm info {api}", "对照文档检查调用的字段：wxcloud perm info {api}"}
	InterfaceCodeWordless = Sentence{"(listed without a text)", "（文档只列出了错误码，没有文字）"}

	UnknownEnvironment = Sentence{"an environment that is not named", "未指明的环境"}
	ReliefHolder       = Sentence{"{function} has held {api} for {ago} ({place}): let it make the call", "{function} 拥有 {api} 已有 {ago}（{place}）：先由它来调用"}
	ReliefCommit       = Sentence{"until commit {commit} ({date}) the code of {function} did not name {api}: deploy that code meanwhile", "提交 {commit}（{date}）之前，{function} 的代码里没有 {api}：可以先部署那一版"}

	Seconds = Sentence{"{a} s", "{a} 秒"}
	Minutes = Sentence{"{a} min {b} s", "{a} 分 {b} 秒"}
	Hours   = Sentence{"{a} h {b} min", "{a} 小时 {b} 分"}
	Days    = Sentence{"{a} days", "{a} 天"}
)

// Likelihood names a perm.Likelihood.
func Likelihood(word string) Sentence {
	switch word {
	case "shown":
		return Sentence{"shown", "已确认"}
	case "likely":
		return Sentence{"likely", "很可能"}
	default:
		return Sentence{"possible", "也可能"}
	}
}

// Writer names who applied a permission list.
func Writer(word string) Sentence {
	switch word {
	case "third-party":
		return Sentence{"the third-party interface", "第三方平台接口"}
	case "devtools":
		return Sentence{"WeChat DevTools", "微信开发者工具"}
	case "by-hand":
		return Sentence{"hand", "人工"}
	default:
		return Sentence{"an unknown writer", "未知来源"}
	}
}

// Evidence names how well it is founded that a list was applied.
func Evidence(word string) Sentence {
	switch word {
	case "stated":
		return Sentence{"as stated, not verified", "人工登记，未核实"}
	case "read-back":
		return Sentence{"read back", "已读回核对"}
	case "verified":
		return Sentence{"verified", "已实测生效"}
	default:
		return Sentence{"accepted, not verified", "云端已受理，未实测"}
	}
}
