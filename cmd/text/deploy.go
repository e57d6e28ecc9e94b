package text

// What deploy says.
var (
	DeployShort = Sentence{"upload changed functions together with their permissions", "部署有改动的云函数及其权限"}
	DeployLong  = Sentence{
		"Compares functions with the cloud and uploads what changed: new permissions first, then code, removed\npermissions last. Without names: every function that changed. An upload key cannot update cloud-call permissions:\na third-party token can, and so can WeChat DevTools where it is installed, which then uploads the functions whose\npermissions change. Where neither is at hand deploy stops before the upload and says what to do.",
		"把云函数与云端比对，只上传有改动的部分：先加权限，再传代码，最后删除权限。不指定名称时处理所有有改动的云函数。\n上传密钥不能更新云调用权限；第三方平台 token 可以，本机安装的微信开发者工具也可以：权限有变化的云函数由它上传。\n两者都没有时，会在上传之前停下并告诉你怎么办。",
	}
	FlagVia   = Sentence{"credential for the code: `key, tencent or third-party` (default: the first one found)", "操作代码所用的凭据：`key、tencent 或 third-party`（默认用先找到的）"}
	PlanShort = Sentence{"show what deploy would change", "查看部署会带来哪些改动"}
	PlanLong  = Sentence{
		"Compares functions with the cloud as deploy does and changes nothing. A function that nobody touched since its\nlast deploy from here costs no request of its own; --refresh reads everything. The values of variables are never shown.",
		"像 deploy 一样把云函数与云端比对，但不做任何改动。上次从这里部署之后没有人动过的云函数不需要单独请求；\n--refresh 会全部重新读取。环境变量的值不会显示。",
	}
	FlagKey            = Sentence{"`file` with the code-upload key (private.<appid>.key)", "代码上传密钥`文件`（private.<appid>.key）"}
	FlagNoLint         = Sentence{"upload even if lint finds errors", "即使检查发现错误也上传"}
	FlagLocalNpm       = Sentence{"pack node_modules instead of letting the cloud run npm install", "打包本地 node_modules，不使用云端安装依赖"}
	FlagForceCode      = Sentence{"overwrite what someone else changed in the cloud; upload the named functions even if unchanged", "覆盖他人在云端所做的修改；指定了名称的云函数即使没有改动也上传"}
	FlagCreate         = Sentence{"create functions that do not exist yet, without asking", "云端没有的云函数直接新建，不再询问"}
	FlagAllowUnapplied = Sentence{"upload although permissions cannot be applied with these credentials", "即使现有凭据无法更新权限也上传"}
	FlagWait           = Sentence{"hold back code until its new permissions are in force (default for protected environments)", "新权限生效之后才上传代码（受保护的环境默认如此）"}
	FlagNoWait         = Sentence{"do not wait, even in a protected environment", "不等待，受保护的环境也一样"}
	FlagAllowSecret    = Sentence{"upload this `file` although it looks like a secret", "即使该`文件`看起来像密钥也上传"}
	FlagJobs           = Sentence{"`number` of requests to the cloud at once; halved for a while when the cloud says it is too fast", "同时发往云端的请求`数量`；云端提示过快时自动减半，之后逐渐恢复"}
	FlagRefreshPlan    = Sentence{"read everything from the cloud, whatever the record says", "忽略本地记录，全部从云端读取"}
	FlagPrune          = Sentence{"remove variables and triggers that the settings do not name", "删除设置里没有写明的环境变量和触发器"}
	FlagAll            = Sentence{"all functions (the default without names)", "所有云函数（不指定名称时默认如此）"}
	FlagChanged        = Sentence{"only functions whose files changed since they were deployed from here", "只处理上次从这里部署之后文件有改动的云函数"}
	FlagSinceRef       = Sentence{"only functions with files that differ from this git `revision`", "只处理与该 git `版本`相比有文件改动的云函数"}
	FlagOnly           = Sentence{"only these `kinds` of changes: code, config, permissions, triggers", "只做这几`类`改动：code、config、permissions、triggers"}
	FlagEvents         = Sentence{"write what happens to this `file` as one JSON document per line; - is stdout", "把过程写入该`文件`，每行一个 JSON；- 表示 stdout"}
	FlagExitCode       = Sentence{"end with exit code 9 if there is something to deploy", "有待部署的改动时以退出码 9 结束"}

	AskDeploy       = Sentence{"Deploy this to {env}?", "部署到 {env} 吗？"}
	AskDeployCreate = Sentence{"Deploy this to {env}, where {functions} will be created?", "部署到 {env} 吗？其中 {functions} 将新建"}
	AskProtected    = Sentence{"{env} is protected. Type its name to deploy this", "{env} 是受保护的环境。输入环境名称以确认部署"}
	AskDrift        = Sentence{"Someone changed {functions} in {env} since the last deploy from here. Overwrite their work?", "上次从这里部署之后，{env} 的 {functions} 在云端被其他人修改过。要覆盖对方的修改吗？"}
	DeployBusy      = Sentence{"another wxcloud is deploying to {env}; waiting for it", "另一个 wxcloud 正在部署到 {env}，等待其完成"}
	AskUnapplied    = Sentence{"No credential here can apply these permissions: {list}. Upload the code without them?", "现有凭据无法更新这些权限：{list}。仍然只上传代码吗？"}
	PlanTitle       = Sentence{"to change in {env}:", "{env} 将有以下改动："}
	PlanUnchanged   = Sentence{"{count} unchanged", "另有 {count} 个没有改动"}
	DeployNothing   = Sentence{"nothing to do: {count} unchanged in {env}", "无需部署：{env} 的 {count} 个云函数都没有改动"}

	HeadCode    = Sentence{"CODE", "代码"}
	HeadChanges = Sentence{"CHANGES", "改动"}

	CodeUnchanged  = Sentence{"unchanged", "无改动"}
	CodeNew        = Sentence{"new function", "新建云函数"}
	CodeChanged    = Sentence{"changed", "有改动"}
	CodeUnknown    = Sentence{"not known to be the same", "无法确认是否相同"}
	CodeConflict   = Sentence{"changed here and in the cloud", "本地和云端都有改动"}
	CodeDrifted    = Sentence{"changed in the cloud since the last deploy", "上次部署之后云端有改动"}
	CodeUnfinished = Sentence{"an earlier deploy was cut short", "上次部署中断，结果未知"}
	CodeBroken     = Sentence{"the function is in a failed state", "云函数处于失败状态"}
	CodeForced     = Sentence{"unchanged, forced", "无改动，强制上传"}

	SettingsNew       = Sentence{"{runtime} (cannot be changed later), {memory} MB, {timeout} s", "{runtime}（之后不能更改），{memory} MB，{timeout} 秒"}
	SettingsHandler   = Sentence{"handler {from} -> {to}", "入口 {from} -> {to}"}
	SettingsVariables = Sentence{"variables {names}", "环境变量 {names}"}
	SettingsTrigger   = Sentence{"trigger {name} {cron}", "触发器 {name} {cron}"}
	SettingsInstall   = Sentence{"npm install in the cloud", "云端安装依赖"}

	ProgressStep    = Sentence{"{function}: {step} {status}", "{function}：{step} {status}"}
	ProgressCount   = Sentence{"{done} of {total} functions done", "已完成 {done}/{total} 个云函数"}
	ProgressFailed  = Sentence{", {failed} failed", "，失败 {failed} 个"}
	ProgressLeft    = Sentence{"about {left} left", "约剩 {left}"}
	ProgressMore    = Sentence{"and {count} more", "另有 {count} 个"}
	ProgressCloud   = Sentence{"the cloud is working ({status})", "云端处理中（{status}）"}
	ProgressHeld    = Sentence{"code held back until its permissions are in force", "等待权限生效后再上传代码"}
	ProgressWaiting = Sentence{"{function}: waiting until it is active (now {status})", "{function}：等待就绪（当前 {status}）"}

	StepAdd            = Sentence{"new permissions", "新增权限"}
	StepRemove         = Sentence{"removal of permissions", "删除权限"}
	StepCreate         = Sentence{"creation", "新建"}
	StepConfigure      = Sentence{"settings", "设置"}
	StepCode           = Sentence{"code", "代码"}
	StepBundle         = Sentence{"code and permissions through WeChat DevTools", "通过微信开发者工具上传代码和权限"}
	StepSetTriggers    = Sentence{"triggers", "触发器"}
	StepRemoveTriggers = Sentence{"removal of triggers", "删除触发器"}
	StepWait           = Sentence{"wait", "等待"}

	StatusRequested = Sentence{"requested", "已提交"}
	StatusAccepted  = Sentence{"accepted", "云端已受理"}
	StatusStored    = Sentence{"accepted, stored list read back and verified", "云端已受理，回读内容一致"}
	StatusCannot    = Sentence{"cannot be applied or verified with this credential", "现有凭据无法更新或核实"}
	StatusFailed    = Sentence{"failed", "失败"}

	OutcomeCreated   = Sentence{"{function} created in {env}", "{function} 已在 {env} 新建"}
	OutcomeUpdated   = Sentence{"{function} updated in {env}", "{function} 已在 {env} 更新"}
	OutcomeUntouched = Sentence{"{function} left as it is in {env}", "{env} 的 {function} 保持不变"}
	OutcomeMany      = Sentence{"{count} functions ({functions})", "{count} 个云函数（{functions}）"}
	OutcomeSteps     = Sentence{": {steps}", "：{steps}"}
	EndReadBack      = Sentence{"accepted and read back", "云端已受理，回读一致"}
	EndNoWriter      = Sentence{"not updated (an upload key cannot update cloud-call permissions)", "没有更新（上传密钥不能更新云调用权限）"}

	NoteRuntime   = Sentence{"{function} runs on {from}; the settings say {to}, which cannot be changed after creation", "{function} 的运行环境是 {from}，设置里写的是 {to}；创建之后不能更改"}
	NoteTimers    = Sentence{"{functions}: timers set by key may carry no ticket for cloud calls; use \"upload trigger\" in WeChat DevTools. These triggers are not verified", "{functions}：云调用需用开发者工具『上传触发器』；本触发器未验证"}
	NoteKept      = Sentence{"not in the settings and left alone (--prune removes them): {list}", "设置里没有写明、保持不变（--prune 可删除）：{list}"}
	NoteUnapplied = Sentence{"no credential here can apply these permissions in {env}: {list}; deploy would stop before any upload", "现有凭据无法更新 {env} 的这些权限：{list}；部署会在上传之前停下"}

	OutcomeStopped     = Sentence{"{function} failed in {env}", "{function} 在 {env} 失败"}
	OutcomeInterrupted = Sentence{"{function} interrupted in {env}", "{function} 在 {env} 的部署已中断"}
	OutcomeNotBegun    = Sentence{"{function} not begun in {env}", "{function} 在 {env} 尚未开始"}

	DeployPropagating = Sentence{"permissions of {functions} are accepted; gateway caches may keep the old list for up to {ttl}", "{functions} 的权限云端已受理；网关缓存最多还会沿用旧的权限列表 {ttl}"}
)
