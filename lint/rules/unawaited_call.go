package rules

import (
	"strings"

	"wxcloud/lint"
)

// unawaitedCall finds calls whose promise nobody keeps.
type unawaitedCall struct{}

// Info describes the rule.
func (unawaitedCall) Info() lint.Info {
	return lint.Info{
		ID:       "unawaited-call",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "nobody waits for the call to finish",
			Zh: "发起了云调用，却没有等待它完成",
		},
		What: lint.Words{
			En: "A call whose promise goes nowhere: it is not awaited, returned, kept in a variable or handed on, for example to `Promise.all`. " +
				"A call followed by `.then()` or `.catch()` is passed over, because what it is given may tell somebody who waits.",
			Zh: "云调用返回的 Promise 没有去处：既没有 await、return，也没有存入变量或传给别处（例如 `Promise.all`）。" +
				"后面接了 `.then()` 或 `.catch()` 的不检查，因为里面的回调可能会通知等待者。",
		},
		Why: lint.Words{
			En: "When the handler is done the cloud may stop the function at once. A call that is still under way is then lost, or sent " +
				"whenever the instance next wakes up, and its error is seen by nobody: it works now and then.",
			Zh: "入口函数一结束，云端就可能立即冻结实例。尚未完成的调用会丢失，或者等到实例下次被唤醒时才发出，出错也无人知晓，表现为时灵时不灵。",
		},
		Remedy: lint.Words{
			En: "Write `await` in front of the call, return its promise, or collect several in `await Promise.all([...])`.",
			Zh: "在调用前加 `await`，或返回它的 Promise；多个调用可以用 `await Promise.all([...])` 一起等待。",
		},
		Bad:  []lint.File{{Name: "index.js", Text: strings.Replace(sendCode, "return await cloud", "cloud", 1)}, {Name: "config.json", Text: sendConfig}},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check reports what lint/js found to be dropped.
func (unawaitedCall) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for i := range fn.Code.Calls {
		c := &fn.Code.Calls[i]
		if !c.Dropped {
			continue
		}
		report(lint.Diagnostic{
			API:   c.API,
			Place: fn.InCode(c.Span),
			Message: lint.Words{
				En: "nobody waits for {api}: the function may end before the call is done",
				Zh: "没有等待 {api} 完成：函数可能在调用完成之前就结束了",
			}.With("api", c.API),
			Help: lint.Words{
				En: "write await in front of it, or return its promise",
				Zh: "请在前面加 await，或返回它的 Promise",
			},
		})
	}
}
