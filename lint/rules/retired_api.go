package rules

import (
	"strings"

	"wxcloud/catalog"
	"wxcloud/config"
	"wxcloud/lint"
)

// retiredAPI finds interfaces that WeChat has switched off or given up.
type retiredAPI struct{}

// Info describes the rule.
func (retiredAPI) Info() lint.Info {
	return lint.Info{
		ID:       "retired-api",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "an interface that WeChat has withdrawn",
			Zh: "微信已下线的接口",
		},
		What: lint.Words{
			En: "A call or a declaration of an interface that is offline (a warning), or that WeChat no longer maintains or documents (a notice).",
			Zh: "调用或声明了已经下线的接口（警告），或微信不再维护、文档不再收录的接口（提示）。",
		},
		Why: lint.Words{
			En: "Calls to an offline interface fail, whatever is declared. An abandoned one may go on working for a while and then stop without a new version of your code.",
			Zh: "无论是否声明，调用已下线的接口都会失败。被弃用的接口可能还能用一阵子，然后在你没有改动代码的某一天停止工作。",
		},
		Remedy: lint.Words{
			En: "Move to the interface that is named as the replacement; its parameters are shown by `wxcloud perm info NAME`. " +
				"A declaration that nothing calls any more is removed, or replaced where the code has moved already, by `wxcloud lint --fix`; the code itself is yours to change.",
			Zh: "改用提示中的替代接口，参数可用 `wxcloud perm info 接口名` 查看。旧接口不再被调用时，`wxcloud lint --fix` 会删掉它的声明；如果代码已经改用新接口，则把声明换成新接口。代码本身需要你自己改。",
		},
		Bad: []lint.File{
			{Name: "index.js", Text: strings.ReplaceAll(sendCode, "subscribeMessage", "templateMessage")},
			{Name: "config.json", Text: strings.ReplaceAll(sendConfig, "subscribeMessage", "templateMessage")},
		},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check looks up the status of every name.
func (retiredAPI) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for _, m := range mentions(fn) {
		i, known := catalog.Lookup(m.name)
		if !known || i.Status == catalog.Active {
			continue
		}
		called := calls(fn, m.name)
		if i.Status == catalog.Deprecated && !m.code() && called {
			continue // said where it is called; the declaration is right
		}
		d := lint.Diagnostic{API: m.name, Place: m.at, Message: sayRetired(i)}
		if i.Status == catalog.Deprecated {
			d.Severity = lint.Notice
		}
		switch successor := calledInstead(fn, i); {
		case !m.code() && !called && successor != "":
			d.Message.En += "; the code calls {replacement} instead"
			d.Message.Zh += "，代码已改用 {replacement}"
			d.Message = d.Message.With("replacement", successor)
			d.Help = lint.Words{
				En: "declare {replacement} in its place",
				Zh: "把声明也换成 {replacement}",
			}.With("replacement", successor)
			if fn.Function.Declares(successor) {
				d.Help = lint.Words{En: "take this entry out", Zh: "删掉这一条即可"}
			}
		case len(i.ReplacedBy) > 0:
			d.Message.En += "; use {replacement}"
			d.Message.Zh += "，请改用 {replacement}"
			d.Message = d.Message.WithWords("replacement", alternatives(i.ReplacedBy))
			d.Help = lint.Words{
				En: "its parameters: wxcloud perm info {replacement}",
				Zh: "查看参数：wxcloud perm info {replacement}",
			}.With("replacement", i.ReplacedBy[0])
		default:
			d.Help = lint.Words{En: i.Note, Zh: i.NoteZh}
		}
		if i.Status == catalog.Removed && !m.code() && !called {
			d.Fix = replaceEntry(fn, m.entry, calledInstead(fn, i))
		}
		report(d)
	}
}

// sayRetired says what has become of an interface.
func sayRetired(i catalog.Interface) lint.Words {
	words := lint.Words{En: "{api} is deprecated", Zh: "{api} 已弃用"}
	switch {
	case i.Status == catalog.Removed && i.RetiredOn != "":
		words = lint.Words{En: "{api} has been offline since {date}", Zh: "{api} 已于 {date} 下线"}
	case i.Status == catalog.Removed:
		words = lint.Words{En: "{api} is offline", Zh: "{api} 已下线"}
	case i.Inferred:
		words = lint.Words{En: "{api} is no longer documented and may be deprecated", Zh: "现行文档已不再收录 {api}，它可能已被弃用"}
	case i.RetiredOn != "":
		words = lint.Words{En: "{api} has not been updated since {date}", Zh: "{api} 自 {date} 起停止更新"}
	}
	return words.With("api", i.Name, "date", i.RetiredOn)
}

// calledInstead is the replacement of an interface that the code calls, or "".
func calledInstead(fn lint.Facts, i catalog.Interface) string {
	for _, name := range i.ReplacedBy {
		if calls(fn, name) {
			return name
		}
	}
	return ""
}

// replaceEntry puts the replacement in the place of a declaration that permits
// nothing any more, or takes the declaration out. The code is never touched: the
// replacement takes other parameters.
func replaceEntry(fn lint.Facts, entry config.Declared, successor string) *lint.Repair {
	if successor == "" || fn.Function.Declares(successor) {
		return fn.Remove(entry)
	}
	return fn.Rename(entry, successor)
}
