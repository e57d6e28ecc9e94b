package text

// What perm wait says.
var (
	PermWaitShort = Sentence{"wait until a permission change is in force", "等待权限改动生效"}
	PermWaitLong  = Sentence{
		"Waits for the last permission change of each function named, else of all whose change was not verified yet,\nall at the same time. With a test event or a probe it invokes the function, at most 30 times, and says\n\"verified\" only when the ten minutes of cache have passed and five invocations in a row proved the change.\nWithout one there is only the clock, and that is not a proof.\n--since waits for a change made elsewhere, or on another machine: for every interface config.json declares.",
		"等待指定云函数最近一次权限改动生效；不指定时等待所有尚未实测的改动，多个函数同时等待。\n有测试事件或探测块时会调用该函数（最多 30 次），只有在十分钟缓存已过、并且连续五次调用都证明改动有效时，\n才说「已实测生效」。两者都没有时只能按时间推算，那不算证明。--since 用于等待在别处或另一台机器上做的改动：等待 config.json 声明的全部接口。",
	}
	PermMarkShort = Sentence{"record a permission update done elsewhere, for example with DevTools", "登记在别处（例如开发者工具）完成的权限更新"}
	PermMarkLong  = Sentence{
		"Records in wxcloud.lock that the list now in config.json was applied in an environment, by hand and at a time\nyou state. It proves nothing; deploy and perm wait go on from it.",
		"在 wxcloud.lock 中登记：config.json 当前的权限列表已在某个环境由人工应用，时间由你给出。这不是证明，\ndeploy 和 perm wait 以此为准继续。",
	}
	FlagMarkAt = Sentence{"`time` of the update: now, 15:04, or RFC 3339", "更新的`时间`：now、15:04 或 RFC 3339"}
	PermMarked = Sentence{"recorded: {function} in {env} has {names} (as stated, not verified)", "已登记：{env} 的 {function} 拥有 {names}（以你的说明为准，未实测）"}

	FlagWaitEvent   = Sentence{"test `event` that makes the function use the permission: JSON, @file, or -", "会用到该权限的测试`事件`：JSON、@文件，或 -"}
	FlagSince       = Sentence{"the change was accepted at this `time` (now, 15:04, RFC 3339), for a step done elsewhere", "改动被受理的`时间`（now、15:04 或 RFC 3339），用于在别处完成的更新"}
	FlagWaitTimeout = Sentence{"give up after this `long` (default: two minutes after the cache time has passed)", "最长等待`时间`（默认：缓存过期后两分钟）"}
	FlagAcceptEarly = Sentence{"settle for five grants in a row before the cache time has passed", "缓存未过期但连续五次成功时也算通过"}
	FlagAcceptClock = Sentence{"settle for the cache time having passed where nothing can be verified", "无法实测时，缓存时间已过也算通过"}

	WaitIntro       = Sentence{"{function} in {env}: {names}, accepted {ago} ago; the cache ({ttl}) is over at {by}", "{env} 的 {function}：{names}，云端在 {ago} 前受理；缓存（{ttl}）到 {by} 过期"}
	WaitClockOnly   = Sentence{"nothing here can invoke the function, so only the clock is watched and nothing is verified (WXCLOUD_APP_SECRET would allow it)", "没有可以调用云函数的凭据，只能按时间推算，不做实测（设置 WXCLOUD_APP_SECRET 即可实测）"}
	WaitNoEvent     = Sentence{"no test event, so only the clock is watched and nothing is verified (--event, or functions.<name>.check in wxcloud.json)", "没有测试事件，只能按时间推算，不做实测（--event，或 wxcloud.json 的 functions.<函数名>.check）"}
	WaitProbes      = Sentence{"; probed {count}x, in force {streak}x in a row", "；已探测 {count} 次，连续 {streak} 次生效"}
	WaitProbesAll   = Sentence{"; probed {count}x in all", "；共探测 {count} 次"}
	WaitByClock     = Sentence{"waiting by the clock, not verified", "按时间等待（未实测）"}
	WaitSummary     = Sentence{"{count} functions: {states}", "{count} 个云函数：{states}"}
	ListComma       = Sentence{", ", "，"}
	WaitNothing     = Sentence{"every permission change on record for {env} was verified; there is nothing to wait for", "{env} 的所有权限改动记录都已实测生效，没有需要等待的"}
	WaitInterrupted = Sentence{"interrupted; what was probed is on record here, and nothing is verified", "已中断；探测记录已保存在本机，尚未实测生效"}
	WaitLeft        = Sentence{"{left} until the cache has passed", "距缓存过期还有 {left}"}
	WaitChecking    = Sentence{"the cache has passed, verifying", "缓存已过期，正在实测"}

	waitPropagating  = Sentence{"waiting", "等待中"}
	waitGranted      = Sentence{"granted so far", "目前已放行"}
	waitVerified     = Sentence{"verified", "已实测生效"}
	waitElapsed      = Sentence{"elapsed, not verified", "按时间推算（未实测）"}
	waitRefused      = Sentence{"still refused", "仍被拒绝"}
	waitInconclusive = Sentence{"probes prove nothing yet", "探测暂无结论"}

	outcomePropagating  = Sentence{"{function}: {names} is still propagating, {since} after acceptance; nothing was verified", "{function}：{names} 仍在生效过程中，受理后已过 {since}；没有实测"}
	outcomeGranted      = Sentence{"{function}: {names} granted on the last {streak} of {probes} probes, {since} after acceptance; not yet proven for every gateway node", "{function}：{names} 最近 {streak} 次探测（共 {probes} 次）均放行，受理后已过 {since}；尚不能证明所有网关节点都已更新"}
	outcomeVerified     = Sentence{"{function}: {names} verified in force, {proofs} probes in a row after the cache had passed ({since} after acceptance, {probes} probes)", "{function}：{names} 已实测生效，缓存过期后连续 {proofs} 次探测成功（受理后 {since}，共 {probes} 次）"}
	outcomeElapsed      = Sentence{"{function}: {names} elapsed, not verified: {since} have passed since acceptance and nothing could be proven", "{function}：{names} 按时间推算（未实测）：受理后已过 {since}，未能证明是否生效"}
	outcomeRefused      = Sentence{"{function}: {names} still refused {since} after acceptance ({probes} probes)", "{function}：{names} 受理后 {since} 仍被拒绝（共探测 {probes} 次）"}
	outcomeInconclusive = Sentence{"{function}: {names}: {probes} probes proved nothing, {since} after acceptance", "{function}：{names}：{probes} 次探测都没有结论，受理后已过 {since}"}
)

// WaitState names a perm.State for the status line.
func WaitState(state string) Sentence {
	switch state {
	case "granted":
		return waitGranted
	case "verified":
		return waitVerified
	case "elapsed":
		return waitElapsed
	case "refused":
		return waitRefused
	case "inconclusive":
		return waitInconclusive
	default:
		return waitPropagating
	}
}

// WaitOutcome says how a wait ended.
func WaitOutcome(state string) Sentence {
	switch state {
	case "granted":
		return outcomeGranted
	case "verified":
		return outcomeVerified
	case "elapsed":
		return outcomeElapsed
	case "refused":
		return outcomeRefused
	case "inconclusive":
		return outcomeInconclusive
	default:
		return outcomePropagating
	}
}
