package rules

import (
	"strings"

	"wxcloud/catalog"
	"wxcloud/lint"
	"wxcloud/lint/js"
)

// missingArgument finds calls without a field that the documentation requires.
type missingArgument struct{}

// Info describes the rule.
func (missingArgument) Info() lint.Info {
	return lint.Info{
		ID:       "missing-argument",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "a call without a field that the interface requires",
			Zh: "调用缺少接口必填的字段",
		},
		What: lint.Words{
			En: "A call that is given an object written in the code, without a field that the documentation of the interface requires. " +
				"camelCase and snake_case are both accepted, because the SDK turns one into the other. " +
				"Objects with a spread, objects made elsewhere, and fields that the documentation is in doubt about are left alone. " +
				"A content check without `version`, which is its outdated version 1.0, is a notice.",
			Zh: "调用时直接写出的参数对象里，缺少接口文档标为必填的字段。camelCase 和 snake_case 都算数，因为 SDK 会自动转换。" +
				"用了展开运算符的对象、在别处构造的对象，以及文档本身说法不一的字段，都不报告。" +
				"内容安全接口不传 `version` 就是在用已停止更新的 1.0 版本，只给提示。",
		},
		Why: lint.Words{
			En: "The cloud answers with an error such as 40037 (invalid template_id) or 47003 (argument invalid), and only when the line is reached. " +
				"It is a warning, because documentation asks for more than the cloud does now and then.",
			Zh: "执行到这一行时云端才会报错，例如 40037（template_id 无效）或 47003（参数有误）。这里给警告，因为文档的要求有时比云端更严。",
		},
		Remedy: lint.Words{
			En: "Add the field. `wxcloud perm info NAME` lists the fields of the interface, with types.",
			Zh: "补上字段。`wxcloud perm info 接口名` 会列出接口的全部字段和类型。",
		},
		Bad:  []lint.File{{Name: "index.js", Text: strings.Replace(sendCode, "    templateId: event.templateId,\n", "", 1)}, {Name: "config.json", Text: sendConfig}},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check looks at the calls whose argument can be seen whole.
func (missingArgument) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for i := range fn.Code.Calls {
		c := &fn.Code.Calls[i]
		if c.Argument == nil || c.Argument.Open {
			continue
		}
		fields, ok := documented(c.API)
		if !ok {
			continue
		}
		doubt := doubtsOf(c.API)
		if doubt.outdated(c.Argument) {
			report(lint.Diagnostic{
				Severity: lint.Notice, API: c.API, Place: fn.InCode(c.Span),
				Message: lint.Words{
					En: "{api} without version is its version 1.0, which has not been updated since 2021-09-01",
					Zh: "{api} 不传 version 就是 1.0 版本，自 2021-09-01 起已停止更新",
				}.With("api", c.API),
				Help: lint.Words{
					En: "version 2.0 takes version: 2, scene and openid; its answer is described by wxcloud perm info {api}",
					Zh: "2.0 版本需要传 version: 2、scene 和 openid；返回值见 wxcloud perm info {api}",
				}.With("api", c.API),
			})
		}
		style := spellingOf(c.Argument)
		for _, l := range lacks(fields, doubt, c.Argument, "", c.Argument, c.Span) {
			for i := range l.fields {
				l.fields[i] = style.field(l.fields[i])
			}
			report(lint.Diagnostic{
				API: c.API, Place: fn.InCode(l.at),
				Message: lint.Words{
					En: "{api} is called without {fields}, which its documentation requires",
					Zh: "调用 {api} 时缺少文档标为必填的 {fields}",
				}.With("api", c.API).WithWords("fields", lint.Words{En: strings.Join(l.fields, ", "), Zh: strings.Join(l.fields, "、")}),
				Help: lint.Words{
					En: "its fields: wxcloud perm info {api}",
					Zh: "查看字段：wxcloud perm info {api}",
				}.With("api", c.API),
			})
		}
	}
}

// lack is what one literal lacks: fields by their whole names, and where to say so.
type lack struct {
	fields []string
	at     js.Span
}

// lacks looks for the required fields below path in the literal o, and then in
// the literals among its members.
func lacks(fields []catalog.Field, doubt fieldDoubts, argument *js.Object, path string, o *js.Object, at js.Span) []lack {
	if o.Open {
		return nil
	}
	var list []lack
	level := below(fields, path)
	missing := lack{at: at}
	for _, f := range level {
		if f.Required && !has(o, f.Name) && !doubt.mayLack(path+f.Name, argument) {
			missing.fields = append(missing.fields, path+f.Name)
		}
	}
	if len(missing.fields) > 0 {
		list = append(list, missing)
	}
	for i := range o.Members {
		m := &o.Members[i]
		for _, f := range level {
			if m.Value != nil && sameField(m.Name, f.Name) {
				list = append(list, lacks(fields, doubt, argument, path+f.Name+".", m.Value, m.Span)...)
			}
		}
	}
	return list
}
