package rules

import (
	"strings"

	"wxcloud/lint"
)

// uninvokedCall says which calls stand in code that is never run.
type uninvokedCall struct{}

// Info describes the rule.
func (uninvokedCall) Info() lint.Info {
	return lint.Info{
		ID:       "uninvoked-call",
		Severity: lint.Notice,
		Title: lint.Words{
			En: "a call stands in a function that nothing calls",
			Zh: "云调用写在没有任何代码调用的函数里",
		},
		What: lint.Words{
			En: "A call in a function that provably nothing the entry file loads refers to. It does not count: " +
				"no declaration is asked for, and one that is there appears as `unused-permission`. " +
				"Where lint cannot prove that the function is never called, the call counts like any other.",
			Zh: "云调用所在的函数，可以确定入口文件加载到的代码都没有引用它。这样的调用不算数：不要求声明权限，" +
				"已有的声明会报告为 `unused-permission`。如果不能确定该函数从未被调用，则与其他调用同样对待。",
		},
		Why: lint.Words{
			En: "Usually the function is left over from a template or lost its caller in a change. If it should be called, the line that does so is missing.",
			Zh: "这种函数多半是模板留下的，或者在修改中失去了调用方。如果本来应当调用它，那就是漏写了调用的那一行。",
		},
		Remedy: lint.Words{
			En: "Call the function, or delete it together with the declaration it no longer needs.",
			Zh: "调用这个函数；不需要的话就把它连同多余的声明一起删掉。",
		},
		Bad: []lint.File{
			{Name: "index.js", Text: strings.Replace(sendCode, "exports.main", `async function poster() {
  return await cloud.openapi.wxacode.get({ path: 'pages/index' })
}

exports.main`, 1)},
			{Name: "config.json", Text: sendConfig},
		},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check passes on what lint/js proved.
func (uninvokedCall) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for i := range fn.Code.Uninvoked {
		c := &fn.Code.Uninvoked[i]
		report(lint.Diagnostic{
			API:   c.API,
			Place: fn.InCode(c.Span),
			Message: lint.Words{
				En: "nothing calls the function that {api} stands in, so the call does not count and no permission is asked for",
				Zh: "没有任何代码调用 {api} 所在的函数，因此这处调用不算数，也不要求声明权限",
			}.With("api", c.API),
			Help: lint.Words{
				En: "call the function, or delete it",
				Zh: "请调用这个函数，或把它删掉",
			},
		})
	}
}
