package rules

import (
	"slices"

	"wxcloud/catalog"
	"wxcloud/config"
	"wxcloud/lint"
)

// undeclaredAPI is the rule wxcloud was written for.
type undeclaredAPI struct{}

// Info describes the rule.
func (undeclaredAPI) Info() lint.Info {
	return lint.Info{
		ID:       "undeclared-api",
		Severity: lint.Error,
		Title: lint.Words{
			En: "the code calls an interface that config.json does not declare",
			Zh: "代码调用了 config.json 没有声明的接口",
		},
		What: lint.Words{
			En: "A call such as `cloud.openapi.subscribeMessage.send()` in a file that the function's entry file can load, " +
				"while `permissions.openapi` in the function's own config.json does not hold exactly that name. " +
				"Names are compared letter by letter: `openapi.subscribeMessage.send` or `subscribemessage.send` declares something else.",
			Zh: "入口文件能加载到的代码里有 `cloud.openapi.subscribeMessage.send()` 这样的调用，" +
				"但该函数自己的 config.json 的 `permissions.openapi` 里没有一模一样的接口名。" +
				"接口名逐字比较：写成 `openapi.subscribeMessage.send` 或 `subscribemessage.send` 都不算声明。",
		},
		Why: lint.Words{
			En: "The cloud refuses the call with errCode -604101 (function has no permission to call this API). " +
				"Nothing warns of it earlier: the upload succeeds and the function runs up to that line.",
			Zh: "云端会拒绝这次调用，返回 errCode -604101（function has no permission to call this API）。" +
				"在此之前没有任何提示：上传会成功，函数也能运行，直到执行到这一行。",
		},
		Remedy: lint.Words{
			En: "Declare the interface with `wxcloud perm add NAME -f FUNCTION`, or all missing ones with `wxcloud lint --fix`, " +
				"then deploy. A new declaration can take ten minutes to come into force; `wxcloud perm wait` tells when it has.",
			Zh: "用 `wxcloud perm add 接口名 -f 函数名` 补上声明，或用 `wxcloud lint --fix` 一次补齐，然后重新部署。" +
				"新的声明最多要十分钟才生效，`wxcloud perm wait` 会告诉你什么时候生效。",
		},
		Bad:  []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: "{\n  \"permissions\": {\n    \"openapi\": []\n  }\n}\n"}},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// sendCode and sendConfig are the example most rules start from.
const (
	sendCode = `const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const { OPENID } = cloud.getWXContext()
  return await cloud.openapi.subscribeMessage.send({
    touser: OPENID,
    templateId: event.templateId,
    data: { thing1: { value: '到货提醒' } },
  })
}
`
	sendConfig = `{
  "permissions": {
    "openapi": [
      "subscribeMessage.send"
    ]
  }
}
`
)

// Check compares every call with the declarations. What the catalog thinks of a
// name plays no part: WeChat adds interfaces, and the cloud compares strings.
// The catalog only decides whether the declaration may be added unasked.
func (undeclaredAPI) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	if fn.ConfigUnreadable() {
		return // config-invalid says so; what is declared is not known
	}
	fixes := map[string]*lint.Repair{}
	for _, c := range fn.Code.Calls {
		if fn.Function.Declares(c.API) {
			continue
		}
		fix, tried := fixes[c.API]
		i, known := catalog.Lookup(c.API)
		if !tried && known && i.Status != catalog.Removed {
			fix = fn.Declare(c.API)
			fixes[c.API] = fix
		}
		report(lint.Diagnostic{
			API:     c.API,
			Place:   fn.InCode(c.Span),
			Message: undeclaredMessage(fn, c.API),
			Help:    undeclaredHelp(fn, c.API, known, fix != nil),
			Fix:     fix,
		})
	}
}

func undeclaredMessage(fn lint.Facts, api string) lint.Words {
	words := lint.Words{
		En: "{api} is called but not declared in {config}",
		Zh: "调用了 {api}，但 {config} 没有声明",
	}
	if !fn.Function.Config.Exists {
		words = lint.Words{
			En: "{api} is called but not declared: there is no {config}",
			Zh: "调用了 {api}，但没有声明：{config} 不存在",
		}
	}
	return words.With("api", api, "config", fn.ConfigFile())
}

func undeclaredHelp(fn lint.Facts, api string, known, editable bool) lint.Words {
	if i, _ := catalog.Lookup(api); i.Status == catalog.Removed {
		return lint.Words{
			En: "declaring it would not help: the interface is offline",
			Zh: "补上声明也没用：这个接口已下线",
		}
	}
	switch j := judge(api, true); j.verdict {
	case notCallable:
		return lint.Words{
			En: "declaring it would not help: WeChat offers it over HTTPS only",
			Zh: "补上声明也没用：微信只提供它的 HTTPS 调用",
		}
	case misnamed:
		if !onlySpelling(api, j.found) {
			break
		}
		return lint.Words{
			En: "declaring it would not help: the interface is named {names}",
			Zh: "补上声明也没用：接口名是 {names}",
		}.WithWords("names", alternatives(j.found.Suggestions))
	}
	command := "wxcloud perm add " + quoted(api) + " -f " + quoted(fn.Function.Name)
	words := lint.Words{En: "declare it: {command}", Zh: "补上声明：{command}"}
	near, misspelt := nearMiss(fn.Function, api)
	predecessor := declaredPredecessor(fn.Function, api)
	switch {
	case predecessor != "":
		words = lint.Words{
			En: "{predecessor}, which is declared, is the interface it replaced; declare this one: {command}",
			Zh: "已声明的 {predecessor} 是它所替代的旧接口；请声明这一个：{command}",
		}
	case misspelt:
		words = lint.Words{
			En: "{near} is declared, which is another name to the cloud; declare this one: {command}",
			Zh: "已声明的 {near} 在云端看来是另一个名字；请声明这一个：{command}",
		}
	case !known:
		command += " --force"
		words = lint.Words{
			En: "wxcloud does not know this name; if it is right, declare it: {command}",
			Zh: "wxcloud 不认识这个接口名；确认无误后再声明：{command}",
		}
	case !editable:
		words = lint.Words{
			En: "put {config} right first, then declare it: {command}",
			Zh: "请先改正 {config}，再补上声明：{command}",
		}
	}
	return words.With("near", near, "predecessor", predecessor, "command", command, "config", fn.ConfigFile())
}

// declaredPredecessor is a declared interface that is offline and was replaced by
// this one: the code has moved and the declaration has not.
func declaredPredecessor(f config.Function, api string) string {
	for _, d := range f.Config.Openapi {
		if old, known := catalog.Lookup(d.Name); known && old.Status == catalog.Removed && slices.Contains(old.ReplacedBy, api) {
			return d.Name
		}
	}
	return ""
}
