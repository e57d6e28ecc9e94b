package text

// What `wxcloud emulator status` and `wxcloud emulator reset` say.
var (
	EmulatorResetShort = Sentence{"forget the functions, permissions and clock of the local cloud", "清空本地模拟云的云函数、权限和时钟"}
	EmulatorResetLong  = Sentence{
		"Forgets every function with its code, every permission, cached list, trigger, token and message, and sets the clock\nback, whether the local cloud runs or not. The credentials stay, and so does everything outside its folder.",
		"清空所有云函数（包括代码）、权限、节点缓存、触发器、令牌和消息，时钟恢复为真实时间；本地模拟云是否在运行都可以执行。\n凭证会保留，数据目录之外的文件一概不动。",
	}
	AskReset          = Sentence{"Forget everything in {dir} but the credentials?", "清空 {dir} 中除凭证以外的所有内容？"}
	EmulatorResetDone = Sentence{"the local cloud is empty", "本地模拟云已清空"}
	EmulatorResetLeft = Sentence{"nothing was changed", "未做任何改动"}

	HeadStoredAndMore  = Sentence{"STORED LIST, THEN DETAILS", "云端权限列表及详情"}
	NotCached          = Sentence{"no list cached by {count} more nodes", "另有 {count} 个节点没有缓存"}
	StatusTrigger      = Sentence{"timer {name}: {config}", "定时触发器 {name}：{config}"}
	StatusVersions     = Sentence{"{count} published versions, newest {newest}", "已发布 {count} 个版本，最新为 {newest}"}
	StatusObserved     = Sentence{"called {api} {calls}×, refused {refused}×", "实际调用 {api} {calls} 次，被拒 {refused} 次"}
	EmulatorFaultCount = Sentence{"{count} faults are laid out: wxcloud emulator fault list", "已布置 {count} 个故障，查看：wxcloud emulator fault list"}
)
