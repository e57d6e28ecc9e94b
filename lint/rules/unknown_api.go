package rules

import (
	"strings"

	"wxcloud/catalog"
	"wxcloud/lint"
)

// unknownAPI finds names that are no interface, and those that exist over HTTPS only.
type unknownAPI struct{}

// Info describes the rule.
func (unknownAPI) Info() lint.Info {
	return lint.Info{
		ID:       "unknown-api",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "a name that is not a cloud-callable interface",
			Zh: "不是可云调用的接口名",
		},
		What: lint.Words{
			En: "A name, in the code or in `permissions.openapi`, that is not among the interfaces wxcloud knows to be callable through `cloud.openapi`: " +
				"a misspelling, the name of an HTTP document page, another API of the SDK such as `cloud.getWXContext`, " +
				"or an interface that WeChat offers over HTTPS only.",
			Zh: "代码或 `permissions.openapi` 里的名字，不在 wxcloud 所知的可通过 `cloud.openapi` 调用的接口之中：" +
				"拼写错误、误用了 HTTP 文档里的名字、SDK 的其他 API（如 `cloud.getWXContext`），或者微信只提供 HTTPS 调用的接口。",
		},
		Why: lint.Words{
			En: "Calling a name the cloud does not know answers errCode -604100 (API not found); declaring one permits nothing. " +
				"It is a warning only, because WeChat adds interfaces: a name that wxcloud does not know may be newer than wxcloud.",
			Zh: "调用云端不认识的名字会得到 errCode -604100（API not found），声明它则不起任何作用。" +
				"这里只给警告，因为微信会增加接口：wxcloud 不认识的名字，也可能只是比 wxcloud 新。",
		},
		Remedy: lint.Words{
			En: "Use the suggested name if it is the one you mean, or look it up with `wxcloud perm search TEXT`. " +
				"An interface that exists over HTTPS only is called with an access_token instead, and needs no declaration.",
			Zh: "如果提示的名字正是你要的，就改用它；也可以用 `wxcloud perm search 关键词` 查找。" +
				"只提供 HTTPS 调用的接口要用 access_token 去请求，不需要声明。",
		},
		Bad:  []lint.File{{Name: "index.js", Text: strings.ReplaceAll(sendCode, "subscribeMessage", "subscribeMessages")}, {Name: "config.json", Text: strings.ReplaceAll(sendConfig, "subscribeMessage", "subscribeMessages")}},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check looks every name up.
func (unknownAPI) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for _, m := range mentions(fn) {
		if _, known := catalog.Lookup(m.name); known {
			continue
		}
		message, help := unknown(m)
		report(lint.Diagnostic{API: m.name, Place: m.at, Message: message, Help: help})
	}
}

func unknown(m mention) (message, help lint.Words) {
	if n, refused := catalog.LookupNotCallable(m.name); refused {
		message = lint.Words{
			En: "{api} is offered over HTTPS only: calling it through cloud.openapi answers -604100",
			Zh: "{api} 只提供 HTTPS 调用：通过 cloud.openapi 调用会返回 -604100",
		}
		if !m.code {
			message = lint.Words{
				En: "{api} is offered over HTTPS only: declaring it permits nothing, and a cloud call to it answers -604100",
				Zh: "{api} 只提供 HTTPS 调用：声明它不起作用，云调用会返回 -604100",
			}
		}
		help = lint.Words{
			En: "request {method} {path} with an access_token",
			Zh: "请用 access_token 请求 {method} {path}",
		}
		return message.With("api", m.name), help.With("method", n.Method, "path", n.Path)
	}

	message = lint.Words{
		En: "{api} is not an interface that wxcloud knows",
		Zh: "wxcloud 不认识接口 {api}",
	}.With("api", m.name)
	found := catalog.Resolve(m.name)
	names := found.Suggestions
	if found.Known() {
		names = []string{found.Interface.Name}
	}
	if found.Kind == catalog.KindNotCallable {
		n := found.NotCallable
		return message, lint.Words{
			En: "{name} is offered over HTTPS only: request {method} {path} with an access_token",
			Zh: "{name} 只提供 HTTPS 调用：请用 access_token 请求 {method} {path}",
		}.With("name", n.Name(), "method", n.Method, "path", n.Path)
	}
	if len(names) == 0 {
		return message, lint.Words{
			En: "check the spelling: wxcloud perm search TEXT; an interface newer than wxcloud is fine",
			Zh: "请核对拼写：wxcloud perm search 关键词；如果是 wxcloud 还未收录的新接口则无妨",
		}
	}
	switch found.Kind {
	case catalog.Prefix:
		help = lint.Words{En: "leave out the prefix: {names}", Zh: "去掉前缀：{names}"}
	case catalog.Case:
		help = lint.Words{En: "upper and lower case matter: {names}", Zh: "接口名区分大小写：{names}"}
	default:
		help = lint.Words{En: "did you mean {names}?", Zh: "是不是 {names}？"}
	}
	return message, help.WithWords("names", alternatives(names))
}

// alternatives is "a, b or c".
func alternatives(names []string) lint.Words {
	last := len(names) - 1
	if last < 1 {
		return lint.Words{En: names[0], Zh: names[0]}
	}
	return lint.Words{
		En: strings.Join(names[:last], ", ") + " or " + names[last],
		Zh: strings.Join(names[:last], "、") + " 或 " + names[last],
	}
}
