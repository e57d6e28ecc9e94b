package rules

import (
	"strings"

	"wxcloud/lint"
)

// sdkNotInitialised finds functions that never call cloud.init.
type sdkNotInitialised struct{}

// Info describes the rule.
func (sdkNotInitialised) Info() lint.Info {
	return lint.Info{
		ID:       "sdk-not-initialised",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "the code calls interfaces but never cloud.init",
			Zh: "代码发起了云调用，却没有执行 cloud.init",
		},
		What: lint.Words{
			En: "A function that loads wx-server-sdk and calls interfaces, while nothing the entry file can load calls anything named `init`. " +
				"The first call is shown. The rule is silent where lint could not read all of the code.",
			Zh: "函数加载了 wx-server-sdk 并发起云调用，但入口文件能加载到的代码里都没有调用名为 `init` 的方法。提示标在第一处云调用上。" +
				"如果 lint 没能读到全部代码，本规则不作判断。",
		},
		Why: lint.Words{
			En: "The SDK refuses to work before `init`: the call throws `Cloud API isn't enabled, please call init first`.",
			Zh: "未执行 `init` 时 SDK 拒绝工作，调用会抛出 `Cloud API isn't enabled, please call init first`。",
		},
		Remedy: lint.Words{
			En: "Call `cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })` once at the top of the entry file, before anything else uses the SDK.",
			Zh: "在入口文件顶部、使用 SDK 之前执行一次 `cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })`。",
		},
		Bad: []lint.File{
			{Name: "index.js", Text: strings.Replace(sendCode, "cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })\n", "", 1)},
			{Name: "config.json", Text: sendConfig},
		},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check reports the first call. Code that is given the SDK from elsewhere, as a
// library is, leaves its initialisation to whoever gives it.
func (sdkNotInitialised) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	code := &fn.Code
	if len(code.Calls) == 0 || !code.UsesSDK || code.Initialised || fn.CodeIncomplete() {
		return
	}
	report(lint.Diagnostic{
		API:   code.Calls[0].API,
		Place: fn.InCode(code.Calls[0].Span),
		Message: lint.Words{
			En: "the SDK is used here, but nothing that {entry} loads calls cloud.init",
			Zh: "这里用到了 SDK，但 {entry} 加载的代码都没有执行 cloud.init",
		}.With("entry", fn.Function.Entry),
		Help: lint.Words{
			En: "put this behind require('wx-server-sdk'): cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })",
			Zh: "在 require('wx-server-sdk') 之后加上：cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })",
		},
	})
}
