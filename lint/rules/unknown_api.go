package rules

import (
	"strings"

	"wxcloud/catalog"
	"wxcloud/lint"
)

// unknownAPI finds names that nothing is known of.
type unknownAPI struct{}

// Info describes the rule.
func (unknownAPI) Info() lint.Info {
	return lint.Info{
		ID:       "unknown-api",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "a name that wxcloud does not know",
			Zh: "wxcloud 不认识的接口名",
		},
		What: lint.Words{
			En: "A name, in the code or in `permissions.openapi`, that is not among the interfaces wxcloud knows to be callable through `cloud.openapi`, " +
				"and that is not a known one in disguise either (those are `wrong-name` and `not-cloud-callable`): a misspelling, an invention, or an interface newer than wxcloud.",
			Zh: "代码或 `permissions.openapi` 里的名字，不在 wxcloud 所知的可通过 `cloud.openapi` 调用的接口之中，也不是某个已知接口的其他写法" +
				"（那些由 `wrong-name` 和 `not-cloud-callable` 报告）：可能是拼写错误，可能并不存在，也可能比 wxcloud 新。",
		},
		Why: lint.Words{
			En: "Calling a name the cloud does not know answers errCode -604100 (API not found); declaring one permits nothing. " +
				"It is a warning only, because WeChat adds interfaces: a name that wxcloud does not know may be newer than wxcloud.",
			Zh: "调用云端不认识的名字会得到 errCode -604100（API not found），声明它则不起任何作用。" +
				"这里只给警告，因为微信会增加接口：wxcloud 不认识的名字，也可能只是比 wxcloud 新。",
		},
		Remedy: lint.Words{
			En: "Use the suggested name if it is the one you mean, or look it up with `wxcloud perm search TEXT`. " +
				"There is no wildcard: every interface is declared by its own name.",
			Zh: "如果提示的名字正是你要的，就改用它；也可以用 `wxcloud perm search 关键词` 查找。" +
				"声明不支持通配符，每个接口都要写全名。",
		},
		Bad:  []lint.File{{Name: "index.js", Text: strings.ReplaceAll(sendCode, "subscribeMessage", "subscribeMessages")}, {Name: "config.json", Text: strings.ReplaceAll(sendConfig, "subscribeMessage", "subscribeMessages")}},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check looks every name up.
func (unknownAPI) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for _, m := range mentions(fn) {
		j := judge(m.name, m.code())
		if j.verdict != unheardOf {
			continue
		}
		message := lint.Words{
			En: "{api} is not an interface that wxcloud knows",
			Zh: "wxcloud 不认识接口 {api}",
		}
		report(lint.Diagnostic{API: m.name, Place: m.at, Message: message.With("api", m.name), Help: helpUnknown(m.name, j.found)})
	}
}

func helpUnknown(name string, found catalog.Resolution) lint.Words {
	if found.Kind == catalog.KindNotCallable {
		n := found.NotCallable
		return lint.Words{
			En: "did you mean {name}? it is offered over HTTPS only: request {method} {path} with an access_token",
			Zh: "是不是 {name}？它只提供 HTTPS 调用：请用 access_token 请求 {method} {path}",
		}.With("name", n.Name(), "method", n.Method, "path", n.Path)
	}
	if strings.Contains(name, "*") {
		return lint.Words{
			En: "there is no wildcard: declare every interface by its own name",
			Zh: "声明不支持通配符，每个接口都要写全名",
		}
	}
	if len(found.Suggestions) == 0 {
		return lint.Words{
			En: "check the spelling: wxcloud perm search TEXT; an interface newer than wxcloud is fine",
			Zh: "请核对拼写：wxcloud perm search 关键词；如果是 wxcloud 还未收录的新接口则无妨",
		}
	}
	return lint.Words{En: "did you mean {names}?", Zh: "是不是 {names}？"}.WithWords("names", alternatives(found.Suggestions))
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
