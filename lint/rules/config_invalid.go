package rules

import (
	"path"
	"path/filepath"
	"slices"

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
				"one with comments, trailing commas, a byte order mark, repeated keys, blanks around a name or misspelt keys (warnings); " +
				"permissions that stand where the cloud does not look for them: in a config.js, in the package.json, beside the functions instead of " +
				"in their folders, in project.config.json or cloudbaserc.json (warnings); " +
				"a package.json that cannot be read, or that npm would refuse (errors), or whose `main` names another file than the index.js the cloud loads, or whose `type` makes that an ES module (warnings); a config.json in a folder without an index.js (a warning). " +
				"A file lint cannot read at all gets this finding alone, because what it declares is not known. " +
				"A file of the wrong shape declares nothing, so calls are reported as undeclared as well.",
			Zh: "config.json 不是合法的 JSON，或者 `permissions.openapi` 处不是接口名数组（错误）；" +
				"含有注释、多余的逗号、BOM、重复的键、前后带空白的接口名、拼错的键名（警告）；" +
				"权限写在云端不会去看的地方：config.js、package.json、与各函数目录并列的 config.json、project.config.json 或 cloudbaserc.json（警告）；" +
				"package.json 无法读取或 npm 不接受（错误），或者它的 `main` 指向的不是云端加载的 index.js、`type` 使 index.js 成为 ES 模块（警告）；目录里有 config.json 却没有 index.js（警告）。" +
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
		report(problem(fn, fn.ConfigFile(), p))
	}
	for _, p := range fn.Function.Package.Problems {
		report(problem(fn, path.Join(fn.Dir, "package.json"), p))
	}
	if fn.ConfigUnreadable() {
		return
	}
	// What stands outside the function's folder may be meant for another function:
	// it only matters where a call lacks its declaration.
	for _, m := range fn.Function.Config.Misplaced {
		if slices.ContainsFunc(m.Names, func(name string) bool { return calls(fn, name) && !fn.Function.Declares(name) }) {
			report(misplaced(fn, m))
		}
	}
	for _, m := range fn.Function.Package.Misplaced {
		if slices.ContainsFunc(m.Names, func(name string) bool { return !fn.Function.Declares(name) }) {
			report(misplaced(fn, m))
		}
	}
}

func misplaced(fn lint.Facts, m config.Misplaced) lint.Diagnostic {
	return lint.Diagnostic{
		Severity: lint.Warning,
		Place:    lint.Place{File: placeOf(fn, m.File), Line: m.At.Line, Column: m.At.Column, EndLine: m.At.Line, EndColumn: m.At.EndColumn},
		Message: lint.Words{
			En: "permissions have no effect in {file}: the cloud reads those of {function} from {config}",
			Zh: "写在 {file} 里的权限不起作用：{function} 的权限要写在 {config} 里",
		}.With("file", placeOf(fn, m.File), "function", fn.Function.Name, "config", fn.ConfigFile()),
	}
}

// placeOf is an absolute file relative to the report's root.
func placeOf(fn lint.Facts, file string) string {
	rel, err := filepath.Rel(fn.Function.Dir, file)
	if err != nil {
		return filepath.ToSlash(file)
	}
	return path.Join(fn.Dir, filepath.ToSlash(rel))
}

func problem(fn lint.Facts, file string, p config.Problem) lint.Diagnostic {
	if p.File != "" {
		file = placeOf(fn, p.File)
	}
	d := lint.Diagnostic{
		Place:   lint.Place{File: file, Line: p.Line, Column: p.Column, EndLine: p.Line, EndColumn: max(p.Column, p.EndColumn)},
		Message: fn.Say(p.ID, p.Args),
	}
	switch p.ID {
	case "config/json-bom", "config/json-comment", "config/json-trailing-comma", "config/json-duplicate-key",
		"config/openapi-misplaced", "config/permissions-nested", "config/triggers-misplaced", "config/key-misspelt",
		"config/config-js", "config/blanks-around", "config/two-entries", "config/no-entry",
		"config/build-differs", "config/type-module":
		// Either wxcloud reads the file as it was meant, or what follows from it
		// is reported where a call lacks its declaration.
		d.Severity = lint.Warning
	case "config/permissions-shape", "config/openapi-shape":
		if p.Args["found"] == "null" {
			d.Severity = lint.Warning // nothing was declared, and nothing lost
		}
	}
	return d
}
