package text

// devtoolsErrors are the errors and hints of the devtools room.
var devtoolsErrors = []entry{
	{"devtools/argument", Sentence{
		"{argument} cannot be handed to WeChat DevTools on Windows",
		"在 Windows 上无法把 {argument} 传给微信开发者工具",
	}},
	{"devtools/cannot-run", Sentence{
		"WeChat DevTools cannot be run: {program}",
		"无法运行微信开发者工具：{program}",
	}},
	{"devtools/list-differs", Sentence{
		"config.json in the package of {function} declares {declared}, and {meant} is to be applied",
		"{function} 代码包中的 config.json 声明的是 {declared}，而要更新的权限是 {meant}",
	}},
	{"devtools/no-answer", Sentence{
		"WeChat DevTools did not say whether {function} was uploaded; it printed: {said}",
		"微信开发者工具没有说明 {function} 是否上传成功，它的输出是：{said}",
	}},
	{"devtools/not-logged-in", Sentence{
		"nobody is logged in to WeChat DevTools ({said})",
		"微信开发者工具没有登录（{said}）",
	}},
	{"devtools/not-there", Sentence{
		"there is no command line of WeChat DevTools at {path}",
		"{path} 不是微信开发者工具，找不到它的命令行程序",
	}},
	{"devtools/port-off", Sentence{
		"the service port of WeChat DevTools is off ({said})",
		"微信开发者工具的服务端口没有开启（{said}）",
	}},
	{"devtools/refused", Sentence{
		"WeChat DevTools could not upload {function}: {said}",
		"微信开发者工具上传 {function} 失败：{said}",
	}},
	{"devtools/signature", Sentence{
		"WeChat did not sign the upload of {function} for WeChat DevTools (41002): {said}",
		"微信没有为开发者工具上传 {function} 签名（41002）：{said}",
	}},
	{"devtools/stage", Sentence{
		"{function} cannot be unpacked for WeChat DevTools",
		"无法为微信开发者工具准备 {function} 的文件",
	}},
	{"devtools/timeout", Sentence{
		"WeChat DevTools was not done after {after}; it printed: {said}",
		"微信开发者工具 {after} 后仍未完成，它的输出是：{said}",
	}},
	{"devtools/hint-login", Sentence{
		"open WeChat DevTools yourself and log in; one that was started from a command line may stay logged out",
		"请手动打开微信开发者工具并扫码登录；由命令行拉起的工具可能一直是未登录状态",
	}},
	{"devtools/hint-port", Sentence{
		"in WeChat DevTools: Settings -> Security Settings -> Service Port: on (an update may switch it off)",
		"在微信开发者工具中打开：设置 -> 安全设置 -> 服务端口（升级后可能被关闭）",
	}},
	{"devtools/hint-signature", Sentence{
		"log out of WeChat DevTools, log in again and repeat; developers report that this often helps",
		"在微信开发者工具中退出登录、重新扫码，再试一次；不少开发者反馈这样可以解决",
	}},
}
