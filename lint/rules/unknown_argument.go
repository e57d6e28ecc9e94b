package rules

import (
	"slices"
	"strings"

	"wxcloud/catalog"
	"wxcloud/internal/suggest"
	"wxcloud/lint"
	"wxcloud/lint/js"
)

// unknownArgument finds members that the documentation does not have.
type unknownArgument struct{}

// Info describes the rule.
func (unknownArgument) Info() lint.Info {
	return lint.Info{
		ID:       "unknown-argument",
		Severity: lint.Notice,
		Title: lint.Words{
			En: "a field that the interface does not document",
			Zh: "接口文档里没有的字段",
		},
		What: lint.Words{
			En: "A member of an object that is written in the code and handed to an interface, which the documentation of the interface does not have at that place: " +
				"a slip of the finger, a field of another interface, one that belongs a level deeper, or a casing the SDK does not turn into the right name (`templateid`). " +
				"Objects whose members are free, such as the `data` of a message, are not looked into.",
			Zh: "调用时直接写出的参数对象里，有接口文档在该处没有的成员：拼写错误、别的接口的字段、写错了层级，" +
				"或者大小写写法无法被 SDK 转换成正确的字段名（如 `templateid`）。消息的 `data` 这类内容不固定的对象不检查。",
		},
		Why: lint.Words{
			En: "The cloud ignores what it does not know, so the call works without what was meant, or complains about the field that is missing instead. " +
				"It is a notice only: fields exist that are not documented.",
			Zh: "云端会忽略不认识的字段：调用看似正常，想要的效果却没有；或者报错说缺少真正的那个字段。这里只给提示，因为确实存在没有写进文档的字段。",
		},
		Remedy: lint.Words{
			En: "Use the field that is suggested if it is the one you mean; `wxcloud perm info NAME` lists all of them.",
			Zh: "如果提示的字段正是你要的，就改用它；`wxcloud perm info 接口名` 会列出全部字段。",
		},
		Bad:  []lint.File{{Name: "index.js", Text: strings.Replace(sendCode, "    data:", "    pages: 'pages/index/index',\n    data:", 1)}, {Name: "config.json", Text: sendConfig}},
		Good: []lint.File{{Name: "index.js", Text: strings.Replace(sendCode, "    data:", "    page: 'pages/index/index',\n    data:", 1)}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check looks at the members that are written in the code.
func (unknownArgument) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for i := range fn.Code.Calls {
		c := &fn.Code.Calls[i]
		if c.Argument == nil {
			continue
		}
		fields, ok := documented(c.API)
		if !ok {
			continue
		}
		style := spellingOf(c.Argument)
		strangers(fields, doubtsOf(c.API), "", c.Argument, func(path string, m js.Member) {
			report(lint.Diagnostic{
				API: c.API, Place: fn.InCode(m.Span),
				Message: lint.Words{
					En: "{api} documents no field {field}",
					Zh: "{api} 的文档里没有字段 {field}",
				}.With("api", c.API, "field", style.field(path)+m.Name),
				Help: helpStranger(c.API, fields, path, m.Name, style),
			})
		})
	}
}

// strangers calls found with each member below path that is no field there.
func strangers(fields []catalog.Field, doubt fieldDoubts, path string, o *js.Object, found func(path string, m js.Member)) {
	level := below(fields, path)
	if len(level) == 0 {
		return // what may stand here is not documented
	}
	for _, m := range o.Members {
		at := slices.IndexFunc(level, func(f catalog.Field) bool { return sameField(m.Name, f.Name) })
		switch {
		case at < 0 && path == "" && slices.ContainsFunc(doubt.Further, func(name string) bool { return sameField(m.Name, name) }):
		case at < 0 && path == "" && (sameField(m.Name, "access_token") || sameField(m.Name, "cloudbase_access_token")):
			// Every page lists it; a cloud call carries it by itself.
		case at < 0:
			found(path, m)
		case m.Value != nil:
			strangers(fields, doubt, path+level[at].Name+".", m.Value, found)
		}
	}
}

// helpStranger offers the field that was meant: one that differs in case, one at
// the same place that is near, or one of that name at another place.
func helpStranger(api string, fields []catalog.Field, path, name string, style spelling) lint.Words {
	level := below(fields, path)
	meant := ""
	for _, f := range level {
		if alike(name, f.Name) || f.Name == namesake(name) {
			meant = f.Name
		}
	}
	if meant == "" {
		for _, f := range fields {
			last := f.Name[strings.LastIndexByte(f.Name, '.')+1:]
			if !strings.Contains(f.Name, "[") && sameField(name, last) {
				return lint.Words{En: "did you mean {field}?", Zh: "是不是 {field}？"}.With("field", style.field(f.Name))
			}
		}
		near := suggest.Nearest(sentAs(name), func(yield func(string) bool) {
			for _, f := range level {
				if !yield(f.Name) {
					return
				}
			}
		}, 1)
		if len(near) > 0 {
			meant = near[0]
		}
	}
	if meant == "" {
		return lint.Words{En: "its fields: wxcloud perm info {api}", Zh: "查看字段：wxcloud perm info {api}"}.With("api", api)
	}
	return lint.Words{En: "did you mean {field}?", Zh: "是不是 {field}？"}.With("field", style.field(path+meant))
}

// namesake is what another interface calls the same thing: where a code or a link
// leads to is page here and path there.
func namesake(name string) string {
	switch name {
	case "page":
		return "path"
	case "path":
		return "page"
	}
	return ""
}
