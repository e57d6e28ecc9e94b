package rules

import (
	"maps"
	"strings"

	"wxcloud/lint"
	"wxcloud/lint/js"
)

// syntaxError passes on where a loaded file is no JavaScript or TypeScript.
type syntaxError struct{}

// Info describes the rule.
func (syntaxError) Info() lint.Info {
	return lint.Info{
		ID:       "syntax-error",
		Severity: lint.Error,
		Title: lint.Words{
			En: "a file that the function loads cannot be parsed",
			Zh: "函数加载的文件有语法错误",
		},
		What: lint.Words{
			En: "A place in a file the entry file can load where the text is not valid JavaScript or TypeScript. " +
				"The rest of the function is still read. In a file outside the function's folder the finding is a warning, because it may not be part of what is uploaded.",
			Zh: "入口文件能加载到的某个文件里，有一处不是合法的 JavaScript 或 TypeScript。函数的其余部分仍会继续分析。" +
				"如果文件在函数目录之外，则只给警告，因为它未必会被上传。",
		},
		Why: lint.Words{
			En: "Node.js cannot load the file, so the function fails as soon as it needs it. Calls in the broken part are not seen by lint; " +
				"`unused-permission` is therefore silent for this function.",
			Zh: "Node.js 无法加载这个文件，函数一用到它就会失败。出错部分里的调用 lint 也看不到，因此该函数不再检查 `unused-permission`。",
		},
		Remedy: lint.Words{
			En: "Correct the place that is shown. A classic is a block comment that holds a cron text: its `*/` ends the comment too early.",
			Zh: "改正所示位置。常见的一例：块注释里写了 cron 表达式，其中的 `*/` 提前结束了注释。",
		},
		Bad: []lint.File{
			{Name: "index.js", Text: strings.Replace(sendCode, "exports.main", "/* runs at 0 */5 * * * * * */\nexports.main", 1)},
			{Name: "config.json", Text: sendConfig},
		},
		Good: []lint.File{
			{Name: "index.js", Text: strings.Replace(sendCode, "exports.main", "// runs at 0 */5 * * * * *\nexports.main", 1)},
			{Name: "config.json", Text: sendConfig},
		},
	}
}

// Check reports what the parser found.
func (syntaxError) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for _, file := range fn.Code.Files {
		severity := lint.Severity("")
		if fn.Code.IsOutside(file.Path) {
			severity = lint.Warning
		}
		for _, e := range file.Errors {
			report(lint.Diagnostic{Severity: severity, Place: fn.InCode(e.Span), Message: sayError(fn, e)})
		}
	}
}

// sayError puts a syntax error into words. The end of a file is no source text
// and has a name in each language.
func sayError(fn lint.Facts, e js.SyntaxError) lint.Words {
	if e.Args["found"] != js.EndOfFile {
		return fn.Say(e.ID, e.Args)
	}
	args := maps.Clone(e.Args)
	args["found"] = "{found}"
	words := fn.Say(e.ID, args)
	words.Zh = strings.ReplaceAll(words.Zh, " {found}", "{found}") // the blank sets off Latin text only
	return words.WithWords("found", lint.Words{En: "the end of the file", Zh: "文件末尾"})
}
