package text

// leafErrors are the errors and hints of the small packages under internal.
var leafErrors = []entry{
	{"jsonedit/not-utf8", Sentence{
		"this byte is not UTF-8; save the file as UTF-8",
		"此处不是合法的 UTF-8 字节，请把文件另存为 UTF-8 编码",
	}},
	{"jsonedit/empty", Sentence{
		"the file is empty; the smallest valid JSON here is a pair of braces",
		"文件是空的；至少要写一对花括号才是合法的 JSON",
	}},
	{"jsonedit/no-opening-brace", Sentence{
		"the opening brace at the start of the file is missing",
		"文件开头缺少左花括号",
	}},
	{"jsonedit/after-end", Sentence{
		"the document has ended, but {found} follows; is there a bracket too many before it?",
		"JSON 内容到此已经结束，后面却还有 {found}；前面是否多写了一个括号？",
	}},
	{"jsonedit/truncated", Sentence{
		"the file ends, but the {bracket} of line {line} is not closed",
		"文件到此结束，但第 {line} 行的 {bracket} 没有闭合",
	}},
	{"jsonedit/no-value", Sentence{
		"a value is missing here; found {found}",
		"这里应当是一个值，实际却是 {found}",
	}},
	{"jsonedit/no-key", Sentence{
		"a key in straight double quotes must stand here; found {found}",
		"这里应当是用英文双引号括起来的键名，实际却是 {found}",
	}},
	{"jsonedit/bare-key", Sentence{
		"JSON wants the key {found} in double quotes",
		"JSON 要求键名 {found} 加上英文双引号",
	}},
	{"jsonedit/no-colon", Sentence{
		"a colon is missing between key and value; found {found}",
		"键和值之间缺少英文冒号，实际是 {found}",
	}},
	{"jsonedit/no-comma", Sentence{
		"a comma or the closing bracket is missing before {found}",
		"{found} 前面缺少英文逗号，或者括号没有闭合",
	}},
	{"jsonedit/single-quote", Sentence{
		"JSON wants double quotes, not single ones",
		"JSON 只认双引号，不能用单引号",
	}},
	{"jsonedit/open-string", Sentence{
		"this string is not closed before the line ends",
		"这个字符串在行尾之前没有闭合",
	}},
	{"jsonedit/escape", Sentence{
		"{found} is not an escape JSON knows; a backslash itself is written twice",
		"{found} 不是 JSON 支持的转义；如果要写反斜杠本身，请写两个",
	}},
	{"jsonedit/control-character", Sentence{
		"the control character {code} must not stand here",
		"这里不允许出现控制字符 {code}",
	}},
	{"jsonedit/number", Sentence{
		"{found} is not a number as JSON writes it",
		"{found} 不是合法的 JSON 数字",
	}},
	{"jsonedit/stray-slash", Sentence{
		"a single {found} means nothing in JSON",
		"JSON 里不能单独出现 {found}",
	}},
	{"jsonedit/open-comment", Sentence{
		"this comment is never closed",
		"这段注释没有结束",
	}},
	{"jsonedit/too-deep", Sentence{
		"brackets are nested more than {levels} levels deep",
		"括号嵌套超过了 {levels} 层",
	}},
	{"jsonedit/edit-comment", Sentence{
		"a file with comments is not edited automatically: a comment could end up at the wrong entry",
		"文件里有注释，不会自动修改：改动之后注释可能对不上原来的内容",
	}},
	{"jsonedit/edit-trailing-comma", Sentence{
		"a file with a trailing comma is not strict JSON and is not edited automatically",
		"文件里有多余的末尾逗号，不是严格的 JSON，不会自动修改",
	}},
	{"jsonedit/duplicate-key", Sentence{
		"the key {key} stands here a second time; which one counts is anybody's guess",
		"键 {key} 在这里重复出现，无法确定以哪一个为准",
	}},
	{"jsonedit/not-an-array", Sentence{
		"{path} must be a list; found {found}",
		"{path} 应当是数组，实际是 {found}",
	}},
	{"jsonedit/not-an-object", Sentence{
		"{path} must be an object; found {found}",
		"{path} 应当是对象，实际是 {found}",
	}},
	{"jsonedit/not-an-object-document", Sentence{
		"the file must hold an object; found {found}",
		"文件内容应当是一个对象，实际是 {found}",
	}},
	{"jsonedit/unsafe", Sentence{
		"the edit would have broken the file, so nothing was written; this is a mistake in wxcloud, please report it with the file",
		"这次修改会破坏文件，因此没有写入；这是 wxcloud 的缺陷，请附上该文件反馈给我们",
	}},
}
