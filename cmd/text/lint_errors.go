package text

// lintErrors are the errors and hints of the lint room. The ids under js/ are
// what lint/js says of source text that is no JavaScript or TypeScript.
var lintErrors = []entry{
	// What should have stood where something else does.
	{"js/expected-token", Sentence{"expected {expected} but found {found}", "此处应为 {expected}，实际是 {found}"}},
	{"js/expected-expression", Sentence{"expected an expression but found {found}", "此处应为表达式，实际是 {found}"}},
	{"js/expected-statement", Sentence{"expected a statement but found {found}", "此处应为语句，实际是 {found}"}},
	{"js/expected-declaration", Sentence{"expected a declaration but found {found}", "此处应为声明，实际是 {found}"}},
	{"js/expected-name", Sentence{"expected a name but found {found}", "此处应为名称，实际是 {found}"}},
	{"js/expected-string", Sentence{"expected a string but found {found}", "此处应为字符串，实际是 {found}"}},
	{"js/expected-type", Sentence{"expected a type but found {found}", "此处应为类型，实际是 {found}"}},
	{"js/expected-class", Sentence{"expected a class after the decorator but found {found}", "装饰器之后应为 class，实际是 {found}"}},
	{"js/expected-catch", Sentence{"expected catch or finally after try but found {found}", "try 之后应有 catch 或 finally，实际是 {found}"}},
	{"js/expected-from", Sentence{"expected from and a module name but found {found}", "此处应为 from 和模块名，实际是 {found}"}},
	{"js/expected-in", Sentence{"expected in after a private name but found {found}", "私有名称之后应为 in，实际是 {found}"}},
	{"js/expected-semicolon", Sentence{
		"expected a semicolon or a new line before {found}",
		"{found} 之前应有分号或换行",
	}},

	// Text that ends too late or holds what cannot stand there.
	{"js/unexpected-character", Sentence{"unexpected character {character}", "意外的字符 {character}"}},
	{"js/unterminated-string", Sentence{"the string is not closed before the end of the line", "字符串在行尾之前没有结束"}},
	{"js/unterminated-template", Sentence{"the template string is never closed", "模板字符串没有结束"}},
	{"js/unterminated-comment", Sentence{"the comment is never closed", "注释没有结束"}},
	{"js/unterminated-regex", Sentence{"the regular expression is not closed before the end of the line", "正则表达式在行尾之前没有结束"}},
	{"js/unterminated-element", Sentence{"the JSX element is never closed", "JSX 元素没有闭合"}},
	{"js/bad-escape", Sentence{"this escape sequence means nothing", "无效的转义序列"}},
	{"js/bad-number", Sentence{"this is not a number", "数字写法有误"}},
	{"js/merge-conflict", Sentence{
		"this is a marker of an unresolved merge conflict",
		"这里有未解决的合并冲突标记",
	}},

	// What reads well and is not allowed.
	{"js/reserved-word", Sentence{"{word} is a reserved word and cannot be a name", "{word} 是保留字，不能用作名称"}},
	{"js/invalid-target", Sentence{"nothing can be assigned to this", "这里不能被赋值"}},
	{"js/declared-twice", Sentence{"{name} is declared twice in the same scope", "{name} 在同一作用域内重复声明"}},
	{"js/const-without-value", Sentence{"the constant {name} has no value", "常量 {name} 没有初始值"}},
	{"js/await-outside-async", Sentence{
		"await can only be used in an async function or at the top of a module",
		"await 只能用在 async 函数中或模块顶层",
	}},
	{"js/declaration-not-allowed", Sentence{
		"a declaration must stand in a block here",
		"此处的声明必须放在代码块中",
	}},
	{"js/jump-outside", Sentence{"{keyword} has nothing here to leave or to continue", "{keyword} 在这里没有可跳出或继续的对象"}},
	{"js/mixed-nullish", Sentence{
		"?? cannot be mixed with || or && without parentheses",
		"?? 与 ||、&& 混用时必须加括号",
	}},
	{"js/unary-power", Sentence{
		"put parentheses around the operand before **",
		"** 前面的一元表达式需要加括号",
	}},
	{"js/too-deep", Sentence{"the code is nested too deeply to be read", "代码嵌套过深，无法分析"}},
}
