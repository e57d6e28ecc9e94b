package rules

import (
	"strings"

	"wxcloud/catalog"
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
				"Remove the old declaration when nothing calls it any more.",
			Zh: "改用提示中的替代接口，参数可用 `wxcloud perm info 接口名` 查看。不再调用旧接口后，把它的声明也删掉。",
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
		if !known {
			continue
		}
		d := lint.Diagnostic{API: m.name, Place: m.at}
		switch i.Status {
		case catalog.Removed:
			d.Message = lint.Words{En: "{api} is offline", Zh: "{api} 已下线"}
			if i.RetiredOn != "" {
				d.Message = lint.Words{En: "{api} has been offline since {date}", Zh: "{api} 已于 {date} 下线"}
			}
		case catalog.Deprecated:
			d.Severity = lint.Notice
			d.Message = lint.Words{En: "{api} is deprecated", Zh: "{api} 已弃用"}
			if i.Inferred {
				d.Message = lint.Words{En: "{api} is no longer documented and may be deprecated", Zh: "现行文档已不再收录 {api}，它可能已被弃用"}
			} else if i.RetiredOn != "" {
				d.Message = lint.Words{En: "{api} has not been updated since {date}", Zh: "{api} 自 {date} 起停止更新"}
			}
		default:
			continue
		}
		if len(i.ReplacedBy) > 0 {
			d.Message.En += "; use {replacement}"
			d.Message.Zh += "，请改用 {replacement}"
			d.Message = d.Message.WithWords("replacement", alternatives(i.ReplacedBy))
			d.Help = lint.Words{
				En: "its parameters: wxcloud perm info {replacement}",
				Zh: "查看参数：wxcloud perm info {replacement}",
			}.With("replacement", i.ReplacedBy[0])
		} else {
			d.Help = lint.Words{En: i.Note, Zh: i.NoteZh}
		}
		d.Message = d.Message.With("api", m.name, "date", i.RetiredOn)
		report(d)
	}
}
