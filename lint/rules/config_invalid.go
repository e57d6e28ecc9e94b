package rules

import (
	"path"

	"wxcloud/config"
	"wxcloud/lint"
)

// configInvalid passes on what is wrong with a function's config.json and
// package.json.
type configInvalid struct{}

// Info describes the rule.
func (configInvalid) Info() lint.Info {
	return lint.Info{
		ID:       "config-invalid",
		Severity: lint.Error,
		Title: lint.Words{
			En: "config.json or package.json is not as it should be",
			Zh: "config.json 或 package.json 写得不对",
		},
		What: lint.Words{
			En: "A config.json that is not JSON, or holds something other than a list of names where `permissions.openapi` belongs (errors); " +
				"one with comments, trailing commas, blanks around a name or misspelt keys (warnings); " +
				"a package.json that cannot be read (an error), or whose `main` names another file than the index.js the cloud loads (a warning). " +
				"A file lint cannot read at all gets this finding alone, because what it declares is not known. " +
				"A file of the wrong shape declares nothing, so calls are reported as undeclared as well.",
			Zh: "config.json 不是合法的 JSON，或者 `permissions.openapi` 处不是接口名数组（错误）；" +
				"含有注释、多余的逗号、前后带空白的接口名或拼错的键名（警告）；package.json 无法读取（错误），" +
				"或者它的 `main` 指向的不是云端加载的 index.js（警告）。" +
				"完全无法读取的文件只报这一条，因为不知道它声明了什么；结构不对的文件等于什么都没声明，因此相应的调用也会报告为未声明。",
		},
		Why: lint.Words{
			En: "What is not understood has no effect: the permissions you meant are not granted, and calls answer errCode -604101. " +
				"wxcloud reads comments and trailing commas, but JSON has neither, and other tools need not accept them.",
			Zh: "读不懂的内容不起作用：你以为声明了的权限并没有授予，调用会得到 errCode -604101。" +
				"wxcloud 能读懂注释和多余的逗号，但它们不属于 JSON，其他工具未必接受。",
		},
		Remedy: lint.Words{
			En: "Correct the place that is shown. `wxcloud perm add` and `lint --fix` leave such a file alone, so that nothing in it is lost.",
			Zh: "改正所示位置。`wxcloud perm add` 和 `lint --fix` 不会改动这样的文件，以免丢失其中的内容。",
		},
		Bad: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: `{
  "permissions": {
    "openapi": {
      "subscribeMessage.send": true
    }
  }
}
`}},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check passes on the problems config found while reading.
func (configInvalid) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for _, p := range fn.Function.Config.Problems {
		file := fn.ConfigFile()
		if p.ID == "config/config-js" {
			file = path.Join(fn.Dir, "config.js")
		}
		report(problem(fn, file, p))
	}
	for _, p := range fn.Function.Package.Problems {
		report(problem(fn, path.Join(fn.Dir, "package.json"), p))
	}
}

func problem(fn lint.Facts, file string, p config.Problem) lint.Diagnostic {
	d := lint.Diagnostic{
		Place:   lint.Place{File: file, Line: p.Line, Column: p.Column, EndLine: p.Line, EndColumn: p.Column},
		Message: fn.Say(p.ID, p.Args),
	}
	switch p.ID {
	case "config/json-comment", "config/json-trailing-comma", "config/json-duplicate-key",
		"config/openapi-misplaced", "config/key-misspelt", "config/config-js",
		"config/blanks-around", "config/two-entries":
		// Either wxcloud reads the file as it was meant, or what follows from it
		// is reported where a call lacks its declaration.
		d.Severity = lint.Warning
	}
	return d
}
