package text

// What perm diff, pull and push say.
var (
	PermDiffShort = Sentence{"compare declarations with the cloud's permission lists", "比较本地声明与云端的权限列表"}
	PermDiffLong  = Sentence{
		"Compares permissions.openapi with the list stored in the cloud, where a credential can read it. Otherwise it\ncompares with the list last applied, as far as this project has a record of it, and says so.",
		"把 permissions.openapi 与云端存储的列表比较（需要能读取的凭据）；读不到时，与本项目记录的最近一次应用的列表\n比较，并明确说明。",
	}
	PermPullShort = Sentence{"write the cloud's permission lists into config.json", "把云端的权限列表写入 config.json"}
	PermPullLong  = Sentence{
		"Makes permissions.openapi what the cloud has stored, after asking, and changes nothing else in the file. It\ntakes a credential that can read the list.",
		"确认后把 permissions.openapi 改为云端存储的列表，文件的其余内容原样保留。需要能读取列表的凭据。",
	}
	PermPushShort = Sentence{"send declared permissions, without code", "只更新云端权限，不上传代码"}
	PermPushLong  = Sentence{
		"Stores permissions.openapi in the cloud and nothing else, and reads it back. \"Verified\" then means that the\nlist is stored; that it is in force is for perm wait to find out.",
		"只把 permissions.openapi 存到云端，然后读回核对。此处「已核对」指列表已存储；是否生效要用 perm wait 实测。",
	}
	FlagDiffExit   = Sentence{"end with 9 if anything differs", "有差异时以 9 退出"}
	FlagPushDryRun = Sentence{"show what would be sent and send nothing", "只显示将要更新的内容，不发送"}

	DiffFromCloud   = Sentence{"(read from {env})", "（读取自 {env}）"}
	DiffFromRecord  = Sentence{"(not read: as last applied in {env} at {time} by {writer}, on record here)", "（未读取云端：按本项目记录，{env} 于 {time} 由 {writer} 最近一次应用）"}
	DiffFromNowhere = Sentence{"(nothing is known of {env}: no credential can read it, and nothing is on record)", "（不了解 {env} 的情况：没有可读取的凭据，也没有记录）"}
	DiffFromAbsent  = Sentence{"(not deployed in {env})", "（{env} 中没有这个云函数）"}
	DiffOnlyHere    = Sentence{"declared, not in the cloud", "已声明，云端没有"}
	DiffOnlyThere   = Sentence{"in the cloud, not declared", "云端有，未声明"}
	DiffSame        = Sentence{"no difference ({count})", "没有差异（{count}）"}

	AskPull  = Sentence{"Write the lists of {env} into config.json ({changes})?", "把 {env} 的列表写入 config.json（{changes}）？"}
	PullDone = Sentence{"{file} declares what {env} has: {names}", "{file} 已与 {env} 一致：{names}"}
	PullSame = Sentence{"{file} is what {env} has already", "{file} 与 {env} 已经一致"}

	AskPush          = Sentence{"Replace the permission lists of {functions} in {env}?", "替换 {env} 中 {functions} 的权限列表？"}
	PushVerified     = Sentence{"{function}: {names} stored in {env}, read back and verified", "{function}：{names} 已存入 {env}，读回核对一致"}
	PushOnlyAccepted = Sentence{"{function}: {names} accepted by {env}, not read back", "{function}：{names} 已被 {env} 受理，未能读回核对"}
	PushSame         = Sentence{"{function}: {env} has this list already", "{function}：{env} 已经是这个列表"}
	PushWould        = Sentence{"{function}: {names} would be sent to {env}", "{function}：将向 {env} 发送 {names}"}
	PushPropagating  = Sentence{"stored is not yet in force: gateway caches may keep the old lists for up to ten minutes", "已存储不等于已生效：网关缓存最长可沿用旧列表十分钟"}
)
