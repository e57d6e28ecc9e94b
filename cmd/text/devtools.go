package text

// What deploy says about WeChat DevTools.
var (
	FlagDevtools = Sentence{"`path` of WeChat DevTools, which then uploads functions whose permissions change; auto looks for it, off leaves it out (also WXCLOUD_DEVTOOLS)", "微信开发者工具的`路径`，权限有变化的云函数由它上传；auto 自动查找，off 不使用（也可设 WXCLOUD_DEVTOOLS）"}

	PlanDevtools = Sentence{
		"permissions of {functions} change: WeChat DevTools uploads them together with the code ({program}; --devtools off leaves it out)",
		"{functions} 的权限有变化：由微信开发者工具连同代码一起上传（{program}；加 --devtools off 则不使用）",
	}
	PlanDevtoolsNoHold = Sentence{
		"WeChat DevTools sends code and permissions at once, so the code cannot be held back for them; the wait comes afterwards",
		"微信开发者工具会同时上传代码和权限，无法等权限生效后再传代码；上传之后再等待",
	}
	DevtoolsStarting = Sentence{"asking WeChat DevTools whether it is logged in (it may take a minute to start)", "正在确认微信开发者工具已登录（启动可能需要一分钟）"}
)
