package text

// What the emulator commands that run functions say.
var (
	EmulatorFireShort = Sentence{"run a function as its timer does, now", "立即触发一次定时器"}
	EmulatorFireLong  = Sentence{
		"Runs the function with the event its timer sends and shows what came of it. TRIGGER may be left out where the\nfunction has one. On their own, timers fire while wxcloud emulator runs: in real time, and when the clock is moved.",
		"用定时器的事件运行一次云函数并显示结果。函数只有一个定时器时可以不写 TRIGGER。wxcloud emulator 运行期间\n定时器也会自动触发：按真实时间，或在拨快时钟时。",
	}
	EmulatorPushShort = Sentence{"deliver a message as WeChat's message push does", "像微信消息推送那样投递一条消息"}
	EmulatorPushLong  = Sentence{
		"Runs the function with the event WeChat pushes when a user writes to customer service or does something that has\nan event, shows the cloud calls it made, such as its reply, and what WeChat makes of its answer.",
		"用微信推送的事件（用户发来客服消息、进入客服会话、处理订阅消息等）运行云函数，显示它发出的云调用（例如回复），\n以及微信会如何看待它的返回值。",
	}
	EmulatorLogsShort = Sentence{"what functions wrote, invocation by invocation", "查看云函数每次调用的日志"}
	EmulatorLogsLong  = Sentence{
		"Shows the latest invocations: what started each, how long it took, what it wrote, and how it failed. The last 1000\nare kept, 16 MB at most; a stop keeps the last 200, 1 MB at most.",
		"显示最近的调用：由什么触发、耗时、输出以及失败原因。最多保留 1000 次、共 16 MB；停止时保留最近 200 次、至多 1 MB。",
	}
	FlagPushType     = Sentence{"`kind` of message: text, image, miniprogrampage or event", "消息`类型`：text、image、miniprogrampage 或 event"}
	FlagPushUser     = Sentence{"`openid` of the user it comes from", "发送者的 `openid`"}
	FlagPushContent  = Sentence{"`text` of a text message", "文本消息的`内容`"}
	FlagPushMedia    = Sentence{"media `id` of an image", "图片的 media `id`"}
	FlagPushPicture  = Sentence{"`url` of an image, or of a page's picture", "图片（或小程序卡片封面）的 `URL`"}
	FlagPushTitle    = Sentence{"`title` of a mini-program page", "小程序卡片的`标题`"}
	FlagPushPage     = Sentence{"`path` of a mini-program page", "小程序卡片的页面`路径`"}
	FlagPushEvent    = Sentence{"`name` of an event, such as user_enter_tempsession or subscribe_msg_popup_event", "事件`名称`，如 user_enter_tempsession、subscribe_msg_popup_event"}
	FlagPushSession  = Sentence{"`value` of session-from on the contact button", "客服按钮 session-from 的`值`"}
	FlagPushTemplate = Sentence{"`ID` or ID=accept, ID=reject of a subscribe event; may be repeated", "订阅事件的模板，写成 `ID`、ID=accept 或 ID=reject，可重复"}
	FlagPushMembers  = Sentence{"`JSON` object of members that join or replace those of the event", "要并入（或覆盖）事件的字段，`JSON` 对象"}
	FlagFollow       = Sentence{"go on with every new invocation until interrupted", "持续显示新的调用，直到中断"}
	FlagLast         = Sentence{"begin with this `many` of the latest", "先显示最近`几`次"}
	FlagTimers       = Sentence{"let timers fire", "让定时器自动触发"}

	PushedEvent     = Sentence{"pushed {event}", "推送 {event}"}
	PushedSynthetic = Sentence{"no document describes an event of this form", "官方文档没有描述这种形式的事件"}
	PushedCall      = Sentence{"called {api}: {verdict}", "调用 {api}：{verdict}"}
	PushedReply     = Sentence{"{user} receives: {text}", "{user} 收到：{text}"}
	PushedAnswer    = Sentence{"answered {answer}", "返回 {answer}"}
	PushAccepted    = Sentence{"WeChat is content with this answer", "微信接受这个返回值"}
	PushForwarded   = Sentence{"WeChat forwards the message to the customer service people", "微信会把消息转给人工客服"}
	PushRefused     = Sentence{"WeChat expects 'success': the user is told that customer service is not available", "微信要求返回 'success'：否则用户会看到「该小程序客服暂时无法提供服务」"}
	PushLate        = Sentence{"WeChat waits {seconds} s for an answer: the user is told that customer service is not available, and the message is pushed again", "微信最多等待 {seconds} 秒：用户会看到「该小程序客服暂时无法提供服务」，消息还会重新推送"}

	LogsEmpty = Sentence{"no invocations yet: wxcloud invoke {function} --local", "还没有调用记录：wxcloud invoke {function} --local"}
	LogHead   = Sentence{"{time} {function} ({origin}) {duration}, {memory} MB, {start}, {request}", "{time} {function}（{origin}）{duration}，{memory} MB，{start}，{request}"}
	LogCold   = Sentence{"cold start", "冷启动"}
	LogWarm   = Sentence{"warm", "热启动"}

	ClockFired   = Sentence{"{time} {function}: timer {trigger}", "{time} {function}：定时器 {trigger}"}
	ClockDropped = Sentence{"more timers were due than fire at once; the others are left out", "到期的定时器过多，其余不再触发"}
)
