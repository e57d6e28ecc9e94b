package rules

import (
	"slices"
	"strings"

	"wxcloud/catalog"
	"wxcloud/lint"
	"wxcloud/lint/js"
)

// wrongName finds interfaces under another name than their own, and other APIs
// that were declared as if they were interfaces.
type wrongName struct{}

// Info describes the rule.
func (wrongName) Info() lint.Info {
	return lint.Info{
		ID:       "wrong-name",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "an interface under another name than its own",
			Zh: "接口名写法不对",
		},
		What: lint.Words{
			En: "A name, in the code or in `permissions.openapi`, that clearly means a known interface and is not its name: " +
				"one with the prefix code has (`openapi.security.msgSecCheck`), in the wrong case, an HTTP path (`/wxa/msg_sec_check`), the name of a documentation page, or another spelling. " +
				"In `permissions.openapi` also an API that is no open interface and needs no permission: a method of the SDK (`cloud.getWXContext`, `storage.uploadFile`), " +
				"WeChat Pay (`cloudPay.refund`), or an API of the mini program (`wx.requestPayment`).",
			Zh: "代码或 `permissions.openapi` 里的名字显然指某个已知接口，却不是它的接口名：" +
				"带了代码里的前缀（`openapi.security.msgSecCheck`）、大小写不对、写成了 HTTP 路径（`/wxa/msg_sec_check`）或文档里的名称，以及其他写法。" +
				"`permissions.openapi` 里还包括根本不是开放接口、也不需要声明的 API：SDK 自己的方法（`cloud.getWXContext`、`storage.uploadFile`）、" +
				"微信支付（`cloudPay.refund`）、小程序端的 API（`wx.requestPayment`）。",
		},
		Why: lint.Words{
			En: "The cloud compares names letter by letter. Declared this way the interface stays forbidden (-604101); called this way it does not exist (-604100).",
			Zh: "云端逐字比较接口名：这样声明等于没有声明（-604101），这样调用则接口不存在（-604100）。",
		},
		Remedy: lint.Words{
			En: "Write the name that is shown; `wxcloud lint --fix` does so where only one can be meant. An API that is no interface is simply taken out of the list.",
			Zh: "改成提示的接口名；只有一种可能时 `wxcloud lint --fix` 会直接改好。不是开放接口的 API，从列表里删掉即可。",
		},
		Bad: []lint.File{
			{Name: "index.js", Text: sendCode},
			{Name: "config.json", Text: strings.ReplaceAll(sendConfig, `"subscribeMessage.send"`, "\"openapi.subscribeMessage.send\",\n      \"cloud.getWXContext\"")},
		},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check looks every name up.
func (wrongName) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for _, m := range mentions(fn) {
		j := judge(m.name, m.code())
		switch {
		case j.verdict != misnamed:
		case j.other.name != "":
			message, help := sayOther(j.other)
			report(lint.Diagnostic{
				API: m.name, Place: m.at,
				Message: message.With("api", m.name, "name", j.other.name), Help: help,
				Fix: fixOther(fn, m, j.other),
			})
		default:
			report(lint.Diagnostic{
				API: m.name, Place: m.at,
				Message: sayMisnamed(m.name, j.found).With("api", m.name).WithWords("names", alternatives(j.found.Suggestions)),
				Help:    helpMisnamed(fn, m, j.found),
				Fix:     fixMisnamed(fn, m, j.found),
			})
		}
	}
}

// fixOther takes out an entry that can mean nothing else. What the code calls by
// that very name is left alone: somebody believes in it.
func fixOther(fn lint.Facts, m mention, o otherAPI) *lint.Repair {
	if !o.certain || calls(fn, m.name) {
		return nil
	}
	return fn.Remove(m.entry)
}

// onlySpelling reports whether a name differs from that of the interface in how it
// is written. Other names that were sighted may stand for an older interface, with
// other parameters: cloudbase.decryptPhoneNumber.
func onlySpelling(name string, found catalog.Resolution) bool {
	return found.Kind != catalog.Alias || !strings.Contains(name, ".") || slices.ContainsFunc(found.Interface.SuggestedAliases,
		func(alias string) bool { return strings.EqualFold(alias, name) })
}

// fixMisnamed gives the interface its name where only one can be meant and it is
// worth having: not that of one that is offline. Code and config.json change
// together or not at all.
func fixMisnamed(fn lint.Facts, m mention, found catalog.Resolution) *lint.Repair {
	if len(found.Suggestions) > 1 || found.Interface.Status == catalog.Removed || !onlySpelling(m.name, found) {
		return nil
	}
	name := found.Interface.Name
	if m.code() {
		return renameCall(fn, *m.call, name)
	}
	for i := range fn.Code.Calls {
		if c := fn.Code.Calls[i]; c.API == m.name && renameCall(fn, c, name) == nil {
			return nil
		}
	}
	if fn.Function.Declares(name) {
		return fn.Remove(m.entry)
	}
	return fn.Rename(m.entry, name)
}

// renameCall puts the right name where the code spells the wrong one, on as much
// of it as the code spells there. What is spelt elsewhere, such as a category
// kept in a variable, must be right already.
func renameCall(fn lint.Facts, c js.Call, name string) *lint.Repair {
	for _, other := range fn.Code.Calls {
		if other.Span == c.Span && other.API != c.API {
			return nil // the same text calls another interface as well
		}
	}
	written, right := strings.Split(c.API, "."), strings.Split(name, ".")
	kept := len(written) - len(c.Segments)
	if len(c.Segments) == 0 || kept < 0 || len(right) <= kept || !slices.Equal(written[:kept], right[:kept]) {
		return nil
	}
	written, right = written[kept:], right[kept:]
	var pieces []lint.Replacement
	if len(right) == len(written) {
		for i, segment := range c.Segments {
			if written[i] != right[i] {
				pieces = append(pieces, lint.Replacement{Span: segment, Text: right[i]})
			}
		}
	} else {
		whole := c.Segments[0]
		for _, next := range c.Segments[1:] {
			if next.Start != whole.End+1 {
				return nil // more than a dot between the two
			}
			whole.End = next.End
		}
		pieces = append(pieces, lint.Replacement{Span: whole, Text: strings.Join(right, ".")})
	}
	return fn.ReplaceAll(pieces, lint.Words{
		En: "call {name} instead of {api}",
		Zh: "把 {api} 改为调用 {name}",
	}.With("api", c.API, "name", name))
}

// sayMisnamed says how the name came to be wrong.
func sayMisnamed(name string, found catalog.Resolution) lint.Words {
	switch found.Kind {
	case catalog.Alias:
		if !onlySpelling(name, found) {
			return lint.Words{
				En: "{api} is not a name wxcloud knows; the interface it stands for is named {names}",
				Zh: "wxcloud 不认识接口名 {api}；它所指的接口名为 {names}",
			}
		}
		return lint.Words{
			En: "{api} is another spelling of {names}, which is the name of the interface",
			Zh: "{api} 是 {names} 的另一种写法，接口名是后者",
		}
	case catalog.Prefix:
		return lint.Words{
			En: "{api} has more around it than the name of the interface, which is {names}",
			Zh: "{api} 不是接口名，多写了前缀或括号；接口名是 {names}",
		}
	case catalog.Signs:
		return lint.Words{
			En: "{api} is not written as the interface {names} is: with letters and single dots only",
			Zh: "{api} 里有接口名 {names} 之外的符号：接口名只用半角字母和单个点",
		}
	case catalog.Case:
		return lint.Words{
			En: "{api} differs from the interface {names} in upper and lower case, which the cloud tells apart",
			Zh: "{api} 与接口名 {names} 大小写不同，云端会当成两个名字",
		}
	case catalog.Path:
		return lint.Words{
			En: "{api} is an HTTP path; the interface is named {names}",
			Zh: "{api} 是 HTTP 路径，云调用的接口名是 {names}",
		}
	case catalog.DocName:
		return lint.Words{
			En: "{api} is what the documentation calls {names}; no interface has that name",
			Zh: "{api} 是文档里的名称，云调用的接口名是 {names}",
		}
	}
	return lint.Words{En: "{api} should be {names}", Zh: "{api} 应为 {names}"}
}

func helpMisnamed(fn lint.Facts, m mention, found catalog.Resolution) lint.Words {
	name := found.Interface.Name
	words := lint.Words{En: `write "{name}" instead`, Zh: `请改成 "{name}"`}
	switch {
	case len(found.Suggestions) > 1:
		words = lint.Words{
			En: "choose the one you mean: wxcloud perm info {name} shows the first",
			Zh: "请选定你要的那个；wxcloud perm info {name} 可查看第一个",
		}
	case m.code():
		words = lint.Words{En: "call cloud.openapi.{name}()", Zh: "请调用 cloud.openapi.{name}()"}
	case fn.Function.Declares(name):
		words = lint.Words{
			En: "{name} is declared already: take this entry out",
			Zh: "{name} 已经声明过了，删掉这一条即可",
		}
	}
	return words.With("name", name)
}

// sayOther says what a declared API is that is no interface.
func sayOther(o otherAPI) (message, help lint.Words) {
	help = lint.Words{En: "take this entry out", Zh: "删掉这一条即可"}
	switch o.kind {
	case payMethod:
		message = lint.Words{
			En: "declaring {api} permits nothing: {name} is WeChat Pay, which is granted in the console and not in config.json",
			Zh: "声明 {api} 不起作用：{name} 属于微信支付，在云开发控制台授权，不在 config.json 里声明",
		}
		help = lint.Words{
			En: "take this entry out; bind the merchant in the console if that is still to be done",
			Zh: "删掉这一条；如果还没有绑定商户号，请到云开发控制台绑定",
		}
	case clientAPI:
		message = lint.Words{
			En: "declaring {api} permits nothing: wx.* are APIs of the mini program, not interfaces of a cloud function",
			Zh: "声明 {api} 不起作用：wx.* 是小程序端的 API，不是云函数可以声明的接口",
		}
	default:
		message = lint.Words{
			En: "declaring {api} permits nothing: {name} is a method of the SDK itself and needs no permission",
			Zh: "声明 {api} 不起作用：{name} 是 SDK 自带的方法，不需要权限",
		}
	}
	return message, help
}
