package text

// scaffoldErrors are the errors and hints of templates and of the questions
// `wxcloud init` asks.
var scaffoldErrors = []entry{
	{"prompt/not-interactive", Sentence{
		"cannot ask “{question}”: this is not a terminal",
		"当前不是交互式终端，无法询问「{question}」",
	}},
	{"prompt/hint-flag", Sentence{
		"answer it on the command line: {flag}",
		"请在命令行里直接给出：{flag}",
	}},
	{"prompt/interrupted", Sentence{
		"interrupted",
		"已中断",
	}},
	{"prompt/empty", Sentence{
		"this cannot be left empty",
		"此项不能为空",
	}},
	{"scaffold/bad-name", Sentence{
		"“{name}” cannot be the name of a cloud function: it has 2 to 60 letters, digits, - and _, starts with a letter and ends with a letter or a digit",
		"「{name}」不能用作云函数名：须为 2 至 60 个字母、数字、- 或 _，以字母开头，以字母或数字结尾",
	}},
	{"scaffold/bad-template-id", Sentence{
		"“{id}” cannot be a message template's id: it holds letters, digits, - and _ only",
		"「{id}」不是有效的消息模板 ID：只能包含字母、数字、- 和 _",
	}},
	{"scaffold/bad-field", Sentence{
		"“{field}” cannot be the key of a template field: give the part before .DATA, such as thing1",
		"「{field}」不是有效的模板字段名：请填 .DATA 之前的部分，例如 thing1",
	}},
	{"scaffold/bad-appid", Sentence{
		"“{appid}” is not a mini program's AppID: wx followed by 16 digits or letters a to f",
		"「{appid}」不是有效的小程序 AppID：应为 wx 加 16 位数字或小写字母 a-f",
	}},
	{"scaffold/unknown-template", Sentence{
		"there is no template “{template}”",
		"没有名为「{template}」的模板",
	}},
	{"scaffold/hint-templates", Sentence{
		"templates: {templates}",
		"可用模板：{templates}",
	}},
	{"scaffold/exists", Sentence{
		"the file already exists; nothing is overwritten",
		"文件已存在，不会覆盖",
	}},
	{"scaffold/hint-other-name", Sentence{
		"choose another name or folder: wxcloud init NAME",
		"请换一个名字或目录：wxcloud init NAME",
	}},
	{"scaffold/cannot-write", Sentence{
		"the file cannot be written",
		"文件无法写入",
	}},
}
