package text

// What `wxcloud trigger` and `wxcloud vars` say.
var (
	TriggerShort     = Sentence{"timers of functions: on disk, in the cloud", "云函数的定时触发器：本地与云端"}
	TriggerLong      = Sentence{"Timers stand in config.json or wxcloud.json. deploy sets them too; these commands do only that.", "定时触发器写在 config.json 或 wxcloud.json 中。deploy 也会设置它们；这里的命令只处理触发器。"}
	TriggerListShort = Sentence{"the timers on disk beside those in the cloud", "对照列出本地和云端的定时触发器"}
	TriggerListLong  = Sentence{"Compares by name. Schedules have seven fields and are read in Beijing time.", "按名称对照。定时表达式为七段，按北京时间计算。"}
	TriggerPushShort = Sentence{"set the timers of config.json and wxcloud.json in the cloud", "把 config.json 和 wxcloud.json 中的定时触发器设置到云端"}
	TriggerPushLong  = Sentence{"Sets new and changed timers and reads them back. Those only the cloud has stay, unless --prune is given;\nremoving is documented for Tencent Cloud keys and third-party tokens, not for the upload key.", "设置新增和有改动的定时触发器并读回核对。只存在于云端的会保留，除非加 --prune；\n按官方文档，删除需要腾讯云密钥或第三方平台 token，代码上传密钥不支持。"}
	TriggerRmShort   = Sentence{"remove timers in the cloud", "删除云端的定时触发器"}
	TriggerRmLong    = Sentence{"Removes timers of one function by name. Files stay as they are, so that the next push or deploy sets a\ntimer again that still stands there. Needs Tencent Cloud keys or a third-party token.", "按名称删除某个云函数的定时触发器。本地文件不变，若其中仍写着该触发器，下次 push 或 deploy 会重新设置。\n需要腾讯云密钥或第三方平台 token。"}
	FlagTriggerPrune = Sentence{"remove timers that only the cloud has", "删除只存在于云端的触发器"}

	HeadTimer        = Sentence{"TIMER", "触发器"}
	HeadTimerDisk    = Sentence{"ON DISK", "本地"}
	HeadTimerCloud   = Sentence{"IN THE CLOUD", "云端"}
	TriggerDiffers   = Sentence{"differs", "不一致"}
	TriggerOnlyDisk  = Sentence{"not pushed", "未设置到云端"}
	TriggerOnlyCloud = Sentence{"not on disk", "本地没有"}
	TriggerNone      = Sentence{"no timer on disk and none in {env}", "本地和 {env} 都没有定时触发器"}
	TriggerNothing   = Sentence{"no function here has a timer", "这里的云函数都没有定时触发器"}
	TriggerUnchanged = Sentence{"{function}: timers in {env} are as on disk", "{function}：{env} 的定时触发器与本地一致"}
	TriggerPushed    = Sentence{"{function}: set in {env} and read back: {set}; removed: {removed}", "{function}：已设置到 {env} 并读回核对：{set}；已删除：{removed}"}
	TriggerKept      = Sentence{"only in the cloud, kept: {names} (--prune removes them)", "仅存在于云端，已保留：{names}（加 --prune 可删除）"}
	TriggerTicket    = Sentence{"a function that makes cloud calls needs the timer uploaded by WeChat DevTools (right-click, upload triggers): whether this one carries a cloud-call ticket was not verified", "云调用需用开发者工具「上传触发器」；本触发器未验证"}
	TriggerRemoved   = Sentence{"{function}: removed from {env}: {names}", "{function}：已从 {env} 删除：{names}"}

	AskChange = Sentence{"{env} is protected. Change it?", "{env} 受保护，确定要修改吗？"}

	VarsShort         = Sentence{"environment variables of functions in the cloud", "云函数在云端的环境变量"}
	VarsLong          = Sentence{"Variables that are part of the project stand in wxcloud.json and go with deploy. These commands change one\nfunction in one environment at once.", "属于项目的环境变量写在 wxcloud.json 中，随 deploy 生效；这里的命令直接修改某个环境中的某个云函数。"}
	VarsListShort     = Sentence{"the variables of a function, values hidden", "列出云函数的环境变量（隐藏内容）"}
	VarsListLong      = Sentence{"Values are hidden unless --show is given: they may be secrets.", "内容默认隐藏（可能是机密），加 --show 才显示。"}
	VarsSetShort      = Sentence{"set variables and read them back", "设置环境变量并读回核对"}
	VarsSetLong       = Sentence{"NAME=VALUE sets a plain value, NAME=@FILE the contents of a file, NAME=- standard input: a secret then\nstands in no shell history. The other variables stay.", "NAME=VALUE 直接给出内容，NAME=@FILE 取自文件，NAME=- 取自标准输入，这样机密不会留在命令行历史里。\n其他环境变量保持不变。"}
	VarsUnsetShort    = Sentence{"take variables away", "删除环境变量"}
	VarsUnsetLong     = Sentence{"Takes the named variables away; the others stay.", "删除指定的环境变量，其他保持不变。"}
	VarsPullShort     = Sentence{"write the variables to a file", "把环境变量写入文件"}
	VarsPullLong      = Sentence{"Writes NAME=VALUE lines to a new file that only you can read. An existing file is never overwritten.", "以 NAME=VALUE 的形式写入新文件，仅本人可读；不会覆盖已有文件。"}
	FlagVarsShow      = Sentence{"show the values", "显示内容"}
	FlagVarsOutput    = Sentence{"the new `file`", "要写入的新`文件`"}
	HeadVariable      = Sentence{"VARIABLE", "环境变量"}
	HeadValue         = Sentence{"VALUE", "内容"}
	VarsNone          = Sentence{"{function} has no variables in {env}", "{function} 在 {env} 没有环境变量"}
	VarsVerified      = Sentence{"{function}: the variables in {env}, read back:", "{function} 在 {env} 的环境变量（已读回核对）："}
	VarsOnCommandLine = Sentence{"the value of {name} is now in the shell's history; {name}=@FILE and {name}=- avoid that", "{name} 的内容已进入命令行历史；用 {name}=@文件 或 {name}=- 可以避免"}
	VarsPulled        = Sentence{"variables of {function} written to {file}", "{function} 的环境变量已写入 {file}"}
	VarsNotIgnored    = Sentence{"{file} is not ignored by git; it may hold secrets", "{file} 没有被 git 忽略，其中可能有机密"}
)
