package rules

import (
	"slices"

	"wxcloud/catalog"
	"wxcloud/config"
	"wxcloud/lint"
)

// unusedPermission finds declarations that nothing needs.
type unusedPermission struct{}

// Info describes the rule.
func (unusedPermission) Info() lint.Info {
	return lint.Info{
		ID:       "unused-permission",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "config.json declares an interface that the code does not call",
			Zh: "config.json 声明了代码并不调用的接口",
		},
		What: lint.Words{
			En: "A name in `permissions.openapi` that no file the entry file can load calls. " +
				"The rule is silent about a function whose calls cannot all be seen: one with a call whose name is only known when it runs, " +
				"with a file that cannot be parsed, or with a required file that is not there.",
			Zh: "`permissions.openapi` 里的某个接口，在入口文件能加载到的所有代码里都没有被调用。" +
				"如果不能看清函数的全部调用（接口名运行时才确定、有文件无法解析、require 的文件不存在），本规则对该函数不作判断。",
		},
		Why: lint.Words{
			En: "Nothing fails. But it is usually left over from a template, a copied function or a deleted call, it hides the one " +
				"declaration that is missing, and a function should hold no permission it does not use.",
			Zh: "不会出错。但它多半是模板、复制来的函数或删掉的调用留下的，容易让人忽略真正缺少的那一条声明；" +
				"而且函数不应持有用不到的权限。",
		},
		Remedy: lint.Words{
			En: "Remove it with `wxcloud perm rm NAME -f FUNCTION`, after making sure that no other version of the code still in use needs it. " +
				"One that has to stay is named under `keep` of the function in wxcloud.json.",
			Zh: "确认没有仍在使用的旧版代码依赖它之后，用 `wxcloud perm rm 接口名 -f 函数名` 删除。必须保留的，写到 wxcloud.json 里该函数的 `keep`。",
		},
		Bad: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: `{
  "permissions": {
    "openapi": [
      "subscribeMessage.send",
      "wxacode.get"
    ]
  }
}
`}},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check compares every declaration with the calls.
func (unusedPermission) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	if fn.ConfigUnreadable() || fn.CodeIncomplete() {
		return
	}
	for _, d := range entries(fn) {
		if calls(fn, d.Name) || slices.Contains(fn.Function.Keep, d.Name) {
			continue
		}
		report(lint.Diagnostic{
			API:   d.Name,
			Place: fn.InConfig(d),
			Message: lint.Words{
				En: "{api} is declared but nothing that {entry} loads calls it",
				Zh: "声明了 {api}，但 {entry} 加载的代码都没有调用它",
			}.With("api", d.Name, "entry", fn.Function.Entry),
			Help: helpUnused(fn, d),
		})
	}
}

func helpUnused(fn lint.Facts, d config.Declared) lint.Words {
	name := d.Name
	words := lint.Words{
		En: "remove it: wxcloud perm rm {api} -f {function}",
		Zh: "删除声明：wxcloud perm rm {api} -f {function}",
	}
	meant := meantBy(fn, name)
	switch {
	case meant != "":
		words = lint.Words{
			En: "the code calls {meant}, which is what this entry should say",
			Zh: "代码调用的是 {meant}，这一条应当写成它",
		}
		if fn.Function.Declares(meant) {
			words = lint.Words{
				En: "the code calls {meant}, which is declared as well; remove this one: wxcloud perm rm {api} -f {function}",
				Zh: "代码调用的是 {meant}，它已经声明过了；删除这一条：wxcloud perm rm {api} -f {function}",
			}
		}
	case miscalled(fn, name) != "":
		words = lint.Words{
			En: "the code calls {miscalled}, which is not its name: correct the call and keep this entry",
			Zh: "代码里写成了 {miscalled}，那不是它的接口名：请改正调用，保留这一条声明",
		}.With("miscalled", miscalled(fn, name))
	case uninvoked(fn, name):
		words = lint.Words{
			En: "only code that nothing calls uses it; call that code, or remove the declaration: wxcloud perm rm {api} -f {function}",
			Zh: "只有从未被调用的代码用到它；请调用那段代码，或删除声明：wxcloud perm rm {api} -f {function}",
		}
	case len(fn.Function.Config.Problems) > 0 && fn.Remove(d) == nil:
		words = lint.Words{
			En: "put {config} right first, then remove it: wxcloud perm rm {api} -f {function}",
			Zh: "请先改正 {config}，再删除声明：wxcloud perm rm {api} -f {function}",
		}
	}
	return words.With("api", quoted(name), "function", quoted(fn.Function.Name), "meant", meant, "config", fn.ConfigFile())
}

// meantBy is the interface that the code calls and a declaration was meant for: it
// is written another way, or has been replaced. "" if there is none.
func meantBy(fn lint.Facts, name string) string {
	if i, known := catalog.Lookup(name); known {
		if i.Status == catalog.Removed {
			return calledInstead(fn, i)
		}
		return ""
	}
	for _, right := range judge(name, false).found.Suggestions {
		if calls(fn, right) {
			return right
		}
	}
	return ""
}

// miscalled is another spelling under which the code calls a declared interface,
// or "".
func miscalled(fn lint.Facts, name string) string {
	for i := range fn.Code.Calls {
		called := fn.Code.Calls[i].API
		if j := judge(called, true); j.verdict == misnamed && j.found.Interface.Name == name {
			return called
		}
	}
	return ""
}
