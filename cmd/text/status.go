package text

// What status and the overview say.
var (
	StatusShort = Sentence{"show how far the permissions of each function have come", "一屏看清每个云函数的权限进展"}
	StatusLong  = Sentence{
		"Shows for each function what its code calls, whether that is declared, what was last pushed to the cloud, and\nwhether it is in force, from the files and records of the project: nothing is sent. What was only waited for is\nnever called verified. --refresh asks the cloud as well.",
		"显示每个云函数：代码调用了什么、是否已声明、最近一次更新到云端的权限、是否已生效。数据来自项目文件和\n本地记录，不发送请求；只按时间推算的，绝不说成已实测。--refresh 会同时询问云端。",
	}
	FlagRefresh = Sentence{"ask the cloud what is really stored there", "向云端查询实际存储的内容"}

	StatusHead        = Sentence{"{project} ({appid}), environment {env}, cloud functions: {count}", "{project}（{appid}），环境 {env}，{count} 个云函数"}
	StatusNoAppID     = Sentence{"no AppID", "没有 AppID"}
	StatusNoEnv       = Sentence{"not named", "未指明"}
	StatusNoFunctions = Sentence{"there are no functions in {root} yet", "{root} 里还没有云函数"}
	StatusMore        = Sentence{"and {count} more; name some: wxcloud status 'order*'", "另有 {count} 个；可指定名称查看：wxcloud status 'order*'"}
	StatusFine        = Sentence{"in order ({count}):", "正常（{count}）："}
	StatusSilent      = Sentence{"no cloud call ({count}):", "没有云调用（{count}）："}
	StatusNamesMore   = Sentence{"{ellipsis} and {count} more", "{ellipsis} 另有 {count} 个"}
	StatusLegend      = Sentence{"{yes} yes  {no} no  ~ not verified  ? not known", "{yes} 是  {no} 否  ~ 未实测  ? 未知"}
	StatusCannotRead  = Sentence{"no credential here can read permission lists (WXCLOUD_AUTHORIZER_TOKEN can); what is shown as pushed is the record", "现有凭据不能读取云端权限列表（WXCLOUD_AUTHORIZER_TOKEN 可以），「已更新」一栏显示的是本地记录"}

	HeadCalls   = Sentence{"CALLED", "调用"}
	HeadPushed  = Sentence{"PUSHED", "已更新"}
	HeadInForce = Sentence{"IN FORCE", "已生效"}

	CellOf         = Sentence{"{some} of {all}", "{some}/{all}"}
	CellNever      = Sentence{"never", "从未"}
	CellUnknown    = Sentence{"not known", "未知"}
	CellUnreadable = Sentence{"unreadable", "无法读取"}
	CellLingering  = Sentence{"{count} too many", "多 {count} 个"}
	CellStated     = Sentence{"{count} as stated", "{count}（人工登记）"}
	CellVerified   = Sentence{"verified", "已实测"}
	CellCurrent    = Sentence{"every node", "所有节点"}
	CellUntil      = Sentence{"not verified, old list until {time}", "未实测，旧列表到 {time}"}
	CellElapsed    = Sentence{"elapsed, not verified", "按时间推算（未实测）"}
	CellNo         = Sentence{"no", "否"}
)
