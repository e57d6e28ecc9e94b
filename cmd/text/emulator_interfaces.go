package text

// What the commands about interfaces of the local cloud say.
var (
	FlagInterfaces          = Sentence{"`folder` of answers this project lays down for interfaces (default wxcloud-interfaces beside the project's configuration)", "本项目自定义接口返回的`文件夹`（默认为项目目录下的 wxcloud-interfaces）"}
	FlagStrictSubscriptions = Sentence{"refuse subscribeMessage.send with 43101 where no subscription was given, from the start", "从一开始就要求有订阅：没有订阅时 subscribeMessage.send 返回 43101"}

	EmulatorSubscribeShort = Sentence{"let a user accept a subscribe message, one message for each time", "让用户同意接收订阅消息，每次同意可下发一条"}
	EmulatorSubscribeLong  = Sentence{
		"Does what wx.requestSubscribeMessage does on a phone: the user accepts the template, and one message can be\nsent for each time. Until the first subscription is given, every user of the local cloud counts as subscribed, so\nthat a first try succeeds; from then on subscribeMessage.send uses subscriptions up and answers 43101 without\none. wxcloud emulator --strict-subscriptions asks for them from the start, --forget goes back.",
		"相当于用户在手机上通过 wx.requestSubscribeMessage 同意接收模板消息，每同意一次可下发一条。在给出第一个订阅\n之前，本地模拟云把所有用户都视为已订阅，方便第一次试用；此后 subscribeMessage.send 会消耗订阅次数，没有订阅时\n返回 43101。wxcloud emulator --strict-subscriptions 从一开始就要求订阅，--forget 恢复原状。",
	}
	FlagSubscribeTimes  = Sentence{"accept this `many` times", "同意的`次数`"}
	FlagSubscribeForget = Sentence{"forget all subscriptions and no longer ask for any", "清除所有订阅，不再要求订阅"}
	EmulatorSubscribed  = Sentence{"{openid} now accepts {left} messages of {template}", "{openid} 现在可以接收 {left} 条 {template} 消息"}
	EmulatorForgotten   = Sentence{"all subscriptions are forgotten", "已清除所有订阅"}

	EmulatorSentShort  = Sentence{"the messages users would have received", "用户本应收到的消息"}
	EmulatorSentLong   = Sentence{"Lists the latest messages that functions sent through subscribeMessage.send and customerServiceMessage.send. The\nlocal cloud delivers none of them.", "列出云函数最近通过 subscribeMessage.send 和 customerServiceMessage.send 发送的消息。本地模拟云不会真正下发。"}
	EmulatorSentNone   = Sentence{"nothing was sent yet", "还没有发送过消息"}
	HeadSentAt         = Sentence{"AT", "时间"}
	HeadSentTo         = Sentence{"TO", "接收者"}
	HeadSentKind       = Sentence{"KIND", "类型"}
	HeadSentText       = Sentence{"TEXT", "内容"}
	EmulatorReplies    = Sentence{"this project's answers in {dir}: {names}", "本项目在 {dir} 中自定义了返回：{names}"}
	EmulatorReplyWrong = Sentence{"cannot be used, so the interface answers -1: {problem}", "无法使用，对应接口会返回 -1：{problem}"}
	ExchangeProject    = Sentence{"(the project's own answer)", "（项目自定义的返回）"}
)
