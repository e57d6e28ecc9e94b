package rules

import (
	"strings"

	"wxcloud/lint"
)

// dynamicCall says where lint cannot see which interface is called.
type dynamicCall struct{}

// Info describes the rule.
func (dynamicCall) Info() lint.Info {
	return lint.Info{
		ID:       "dynamic-call",
		Severity: lint.Notice,
		Title: lint.Words{
			En: "which interface is called is only known when the code runs",
			Zh: "调用哪个接口要到运行时才知道",
		},
		What: lint.Words{
			En: "A cloud call whose name is computed from something that is not a constant, such as `cloud.openapi.wxacode[event.action]()`. " +
				"Names put together from constants, also through functions of your own, are resolved and do not appear here.",
			Zh: "云调用的接口名由非常量计算得出，例如 `cloud.openapi.wxacode[event.action]()`。" +
				"由常量拼成的名字（包括经过自己写的函数传递的）会被解析出来，不会出现在这里。",
		},
		Why: lint.Words{
			En: "Nobody can tell from the code what has to be declared, so lint cannot promise that nothing is missing. " +
				"`unused-permission` is silent for this function. If the name comes from the caller, the caller chooses what runs with the function's permissions.",
			Zh: "从代码看不出要声明哪些接口，lint 也就无法保证没有遗漏；该函数也不再检查 `unused-permission`。" +
				"如果接口名来自调用方，那么调用方就能决定以该函数的权限执行什么。",
		},
		Remedy: lint.Words{
			En: "Name the interfaces in the code, for instance in a switch or a table from action to function. Otherwise declare all of them by hand.",
			Zh: "在代码里写明接口名，比如用 switch，或用一张从 action 到函数的对照表；否则请手动声明全部可能用到的接口。",
		},
		Bad: []lint.File{{Name: "index.js", Text: `const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  return await cloud.openapi.wxacode[event.action]({ path: 'pages/index' })
}
`}, {Name: "config.json", Text: codeConfig}},
		Good: []lint.File{{Name: "index.js", Text: `const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  switch (event.action) {
    case 'get':
      return await cloud.openapi.wxacode.get({ path: 'pages/index' })
    case 'getUnlimited':
      return await cloud.openapi.wxacode.getUnlimited({ scene: event.scene })
  }
}
`}, {Name: "config.json", Text: codeConfig}},
	}
}

const codeConfig = `{
  "permissions": {
    "openapi": [
      "wxacode.get",
      "wxacode.getUnlimited"
    ]
  }
}
`

// Check names every expression that lint/js could not resolve.
func (dynamicCall) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for _, d := range fn.Code.Dynamic {
		report(lint.Diagnostic{
			Place: fn.InCode(d.Span),
			Message: lint.Words{
				En: "which interface this calls is only known when it runs: {expression}",
				Zh: "运行时才知道调用哪个接口：{expression}",
			}.With("expression", strings.Join(strings.Fields(d.Expression), " ")),
			Help: lint.Words{
				En: "name the interfaces in the code, or declare by hand all that it may call",
				Zh: "请在代码里写明接口名，或手动声明全部可能调用的接口",
			},
		})
	}
}
