package text

// What perm probe says.
var (
	PermProbeShort = Sentence{"let functions say whether their cloud calls are granted", "让云函数自己回答云调用权限是否已生效"}
	PermProbeLong  = Sentence{
		"A probe is a small marked block in a function's entry file. perm wait uses it to ask whether the cloud grants\nthe function's interfaces yet. It answers only to a nonce in the function's variable WXCLOUD_PROBE, never to a\nuser, and calls only interfaces whose arguments were reviewed: refused, so that nothing is sent or charged.",
		"探测块是写在云函数入口文件里的一小段带标记的代码，perm wait 用它询问云端是否已经放行该函数的接口。它只响应\n函数环境变量 WXCLOUD_PROBE 中的随机串，从不响应用户，并且只调用经过人工审核的接口与参数：参数必然被拒，\n不会发送消息，也不会计费。",
	}
	ProbeAddShort  = Sentence{"write the probe into a function's entry file", "在云函数入口文件中写入探测块"}
	ProbeAddLong   = Sentence{"Writes the block, or renews it, and changes nothing else in the file. Where it cannot be done safely the file\nis left as it is and the reason is told. deploy then gives the function its nonce.", "写入（或更新）探测块，文件的其余内容一个字节都不变。无法安全写入时不改文件，并说明原因。\n随后的 deploy 会为函数设置随机串。"}
	ProbeRmShort   = Sentence{"take the probe out of a function's entry file", "从云函数入口文件中删除探测块"}
	ProbeRmLong    = Sentence{"Takes the block out, so that the file is what it was before, to the byte.", "删除探测块，文件恢复原样，一个字节都不差。"}
	ProbeShowShort = Sentence{"what a function's probe asks, and why that is safe", "查看探测块会询问哪些接口，以及为什么是安全的"}
	ProbeShowLong  = Sentence{"Lists the interfaces of a function, with the arguments of those a probe can ask, the codes they are refused\nwith, and the document that makes it safe.", "列出云函数的接口；对能探测的接口，显示所用参数、预期的拒绝错误码，以及说明其安全的文档。"}
	FlagProbeAPI   = Sentence{"ask this `interface` (default: every interface with a reviewed probe)", "要询问的`接口`（默认：所有经过审核的接口）"}

	FlagInitProbe  = Sentence{"with a probe, see wxcloud perm probe", "附带探测块，见 wxcloud perm probe"}
	ProbeCompile   = Sentence{"compile {file} before you deploy: the entry file is made from it", "部署前请先编译 {file}：入口文件由它生成"}
	ProbeAdded     = Sentence{"{file} can now say whether it is granted {names}", "{file} 现在可以回答是否已放行 {names}"}
	ProbeRemoved   = Sentence{"{file} is without a probe again", "已从 {file} 删除探测块"}
	ProbeUnchanged = Sentence{"nothing to change in {file}", "{file} 无需改动"}
	ProbeUnprobed  = Sentence{"{function}: no reviewed probe asks {names}; changes of these need --event, or stay \"not verified\"", "{function}：{names} 没有经过审核的探测方式；等待它们的改动要用 --event，否则只能「未实测」"}
	ProbePresent   = Sentence{"{function}: probe at {place}", "{function}：探测块位于 {place}"}
	ProbeAbsent    = Sentence{"{function}: no probe in {place}", "{function}：{place} 中没有探测块"}
	ProbeNone      = Sentence{"no reviewed probe: never called to learn something", "没有经过审核的探测方式：绝不会为了探测而调用"}
	ProbeCould     = Sentence{"could be asked: wxcloud perm probe add", "可以询问：wxcloud perm probe add"}
	ProbeExpect    = Sentence{"refused with {codes} once it is granted, with -604101 before", "放行后返回 {codes}，放行前返回 -604101"}

	WaitBusy        = Sentence{"another command here already waits for {function}: this one goes on from what it finds", "这里已有另一个命令在等待 {function}，等它结束后接着它的结果继续"}
	WaitUsesProbe   = Sentence{"{function} is asked through its probe, which sends and charges nothing", "通过 {function} 的探测块询问，不会发送消息，也不会计费"}
	WaitNoNonce     = Sentence{"{function} has a probe here, but its nonce in {env} is not known: deploy the function, and name an upload key or set WXCLOUD_PROBE", "{function} 在本地有探测块，但不知道它在 {env} 的随机串：请先部署该函数，并提供代码上传密钥或设置 WXCLOUD_PROBE"}
	WaitProbeParted = Sentence{"{function}: its probe does not ask {names}", "{function}：探测块不询问 {names}"}
	DeployNonce     = Sentence{"{function} has a nonce for its probe now", "已为 {function} 的探测块设置随机串"}
	DeployNonceGone = Sentence{"{function} has no probe any more; its nonce is removed", "{function} 已没有探测块，随机串已删除"}
)

// ProbeReason says why a probe cannot be written into a file.
func ProbeReason(why string) Sentence {
	switch why {
	case "syntax":
		return Sentence{"the file has syntax errors", "文件有语法错误"}
	case "absent":
		return Sentence{"no function is exported as main here", "文件中没有以 main 导出的函数"}
	case "not-async":
		return Sentence{"main is exported from an ES module and is no async function", "main 由 ES 模块导出，但不是 async 函数"}
	case "no-event":
		return Sentence{"the first parameter of main has no name of its own", "main 的第一个参数没有单独的名字"}
	case "expression":
		return Sentence{"main is an arrow function without braces", "main 是没有花括号的箭头函数"}
	case "mixed":
		return Sentence{"the file mixes import with exports.main", "文件混用了 import 与 exports.main"}
	case "early-return":
		return Sentence{"the file may return before its end", "文件可能在末尾之前 return"}
	default:
		return Sentence{"main is not a function written here", "main 不是在本文件中写出的函数"}
	}
}

// probeErrors are the errors and hints of perm probe, diff, pull and push.
var probeErrors = []entry{
	{"cmd/probe-nothing", Sentence{"no reviewed probe can ask any interface of {function} ({names})", "{function} 的接口（{names}）都没有经过审核的探测方式"}},
	{"cmd/probe-refused", Sentence{"no probe can be written safely: {reason}", "无法安全写入探测块：{reason}"}},
	{"cmd/probe-torn", Sentence{"the marks of the probe are torn apart or doubled; take what is left of the block out by hand", "探测块的标记残缺或重复，请手工删除残留部分"}},
	{"cmd/probe-no-entry", Sentence{"{function} has no entry file", "{function} 没有入口文件"}},
	{"cmd/probe-unreadable", Sentence{"the entry file cannot be read", "无法读取入口文件"}},
	{"cmd/probe-unwritable", Sentence{"the entry file cannot be written", "无法写入入口文件"}},
	{"cmd/declared-not-applied", Sentence{"{function} declares {names}, which is not on record as applied in {env}", "{function} 声明了 {names}，但没有已应用到 {env} 的记录"}},
	{"cmd/probe-not-deployed", Sentence{"the deployed code of {function} does not answer as a probe does; it was invoked once and not again", "{function} 已部署的代码没有按探测块应答；只调用了一次，不再调用"}},
	{"cmd/cannot-read-permissions", Sentence{"no credential here can read the cloud-call permissions of {functions} in {env}: an upload key cannot (上传密钥读不了云调用权限)", "现有凭据无法读取 {env} 中 {functions} 的云调用权限：上传密钥读不了"}},
	{"cmd/cannot-write-permissions", Sentence{"nothing was changed: no credential here can write the cloud-call permissions of {functions} in {env}. An upload key cannot (上传密钥不能更新云调用权限)", "没有做任何改动：现有凭据无法更新 {env} 中 {functions} 的云调用权限。上传密钥不能更新云调用权限"}},
	{"cmd/permissions-absent", Sentence{"there is no function {functions} in {env}", "{env} 中没有云函数 {functions}"}},
	{"cmd/pull-unconfirmed", Sentence{"the declarations of {count} functions would change and nobody can be asked here", "将改动 {count} 个云函数的声明，而这里无法询问"}},
	{"cmd/push-removes", Sentence{"permissions in {env} would be removed and nobody can be asked here", "将删除 {env} 中的权限，而这里无法询问"}},
	{"cmd/hint-dry-run", Sentence{"to see what would change: --dry-run", "先看会有哪些改动：--dry-run"}},
	{"cmd/hint-probe-known", Sentence{"interfaces that can be asked: {names}", "可以探测的接口：{names}"}},
	{"cmd/hint-probe-event", Sentence{"a test event of your own works as well: wxcloud perm wait {function} --event '{}'", "也可以用自己的测试事件：wxcloud perm wait {function} --event '{}'"}},
}
