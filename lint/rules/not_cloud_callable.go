package rules

import (
	"strings"

	"wxcloud/catalog"
	"wxcloud/lint"
)

// notCloudCallable finds interfaces that WeChat documents as HTTPS only.
type notCloudCallable struct{}

// Info describes the rule.
func (notCloudCallable) Info() lint.Info {
	return lint.Info{
		ID:       "not-cloud-callable",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "an interface that WeChat offers over HTTPS only",
			Zh: "微信只提供 HTTPS 调用、不支持云调用的接口",
		},
		What: lint.Words{
			En: "A name, in the code or in `permissions.openapi`, of an interface whose documentation says that it has no cloud call, " +
				"such as `auth.code2Session` or `immediateDelivery.addOrder`. Its HTTP path and the name of its documentation page are recognised as well.",
			Zh: "代码或 `permissions.openapi` 里的接口，文档写明“不支持云调用”，例如 `auth.code2Session`、`immediateDelivery.addOrder`。" +
				"写成它的 HTTP 路径或文档里的名称同样能认出来。",
		},
		Why: lint.Words{
			En: "Calling it through `cloud.openapi` answers errCode -604100 (API not found), whatever is declared. " +
				"It is a warning, not an error, because WeChat does add cloud calls: the documentation wxcloud knows may be older than the cloud.",
			Zh: "无论怎么声明，通过 `cloud.openapi` 调用它都会得到 errCode -604100（API not found）。" +
				"这里给警告而不是错误，因为微信会陆续支持新的云调用：wxcloud 掌握的文档可能比云端旧。",
		},
		Remedy: lint.Words{
			En: "Take the way that the finding names: what the SDK offers instead, or an HTTPS request to `https://api.weixin.qq.com` with an access_token. " +
				"Remove the declaration; an HTTPS request needs none.",
			Zh: "按提示的办法改：使用 SDK 自带的替代方式，或带上 access_token 向 `https://api.weixin.qq.com` 发 HTTPS 请求。" +
				"相应的声明请删掉，HTTPS 请求不需要声明。",
		},
		Bad: []lint.File{{Name: "index.js", Text: `const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const { openid } = await cloud.openapi.auth.code2Session({ jsCode: event.code })
  return { openid }
}
`}, {Name: "config.json", Text: strings.ReplaceAll(sendConfig, "subscribeMessage.send", "auth.code2Session")}},
		Good: []lint.File{{Name: "index.js", Text: `const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async () => {
  const { OPENID } = cloud.getWXContext()
  return { openid: OPENID }
}
`}, {Name: "config.json", Text: "{\n  \"permissions\": {\n    \"openapi\": []\n  }\n}\n"}},
	}
}

// Check looks every name up.
func (notCloudCallable) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for _, m := range mentions(fn) {
		j := judge(m.name, m.code())
		if j.verdict != notCallable {
			continue
		}
		n := j.found.NotCallable
		message := lint.Words{
			En: "{api} is offered over HTTPS only: calling it through cloud.openapi answers -604100",
			Zh: "{api} 只提供 HTTPS 调用：通过 cloud.openapi 调用会返回 -604100",
		}
		if !m.code() {
			message = lint.Words{
				En: "{api} is offered over HTTPS only: declaring it permits nothing, and a cloud call to it answers -604100",
				Zh: "{api} 只提供 HTTPS 调用：声明它不起作用，云调用会返回 -604100",
			}
		}
		report(lint.Diagnostic{
			API: m.name, Place: m.at, Message: message.With("api", m.name),
			Help: insteadOfCloudCall(n).With("method", n.Method, "path", n.Path),
		})
	}
}

// insteadOfCloudCall is what to do instead. Where the SDK has an answer of its
// own, that comes before the request with an access_token.
func insteadOfCloudCall(n catalog.NotCallable) lint.Words {
	switch n.Path {
	case "/sns/jscode2session":
		return lint.Words{
			En: "cloud.getWXContext() knows the caller's OPENID and UNIONID without a code; for a session_key request {method} {path}",
			Zh: "cloud.getWXContext() 不用 code 就能取得调用者的 OPENID 和 UNIONID；需要 session_key 时请求 {method} {path}",
		}
	case "/cgi-bin/token", "/cgi-bin/stable_token":
		return lint.Words{
			En: "a cloud call needs no access_token: call the interface itself through cloud.openapi; for requests of your own there is {method} {path}",
			Zh: "云调用不需要 access_token：直接通过 cloud.openapi 调用目标接口即可；自行发 HTTPS 请求时才需要 {method} {path}",
		}
	}
	return lint.Words{
		En: "request {method} {path} with an access_token",
		Zh: "请用 access_token 请求 {method} {path}",
	}
}
