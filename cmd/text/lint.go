package text

// What lint and explain say.
var (
	LintShort = Sentence{"find cloud calls that are not declared, before users do", "在用户遇到之前，找出没有声明的云调用"}
	LintLong  = Sentence{
		"Reads the code of every cloud function and compares the interfaces it calls with those its config.json\ndeclares. PATH is a project, a cloud function root, or one function folder. Nothing is sent anywhere.\n\nA comment accepts a finding: // wxcloud-disable-next-line RULE REASON (or wxcloud-disable-line on the line\nitself). wxcloud.json sets levels and accepts findings in files that have no comments:\n  \"lint\": { \"rules\": { \"unused-permission\": \"error\" }, \"baseline\": \"lint-baseline.json\",\n            \"ignore\": [ { \"rule\": \"unused-permission\", \"function\": \"notify\", \"api\": \"wxacode.get\", \"reason\": \"…\" } ] }",
		"读取每个云函数的代码，把它调用的接口与 config.json 声明的接口逐一对照。\nPATH 可以是项目、云函数根目录或单个云函数目录。全程离线。\n\n用注释可以接受一条结果：// wxcloud-disable-next-line 规则 原因（写在同一行则用 wxcloud-disable-line）。\nwxcloud.json 可以设置级别，也可以接受不能写注释的文件里的结果：\n  \"lint\": { \"rules\": { \"unused-permission\": \"error\" }, \"baseline\": \"lint-baseline.json\",\n            \"ignore\": [ { \"rule\": \"unused-permission\", \"function\": \"notify\", \"api\": \"wxacode.get\", \"reason\": \"…\" } ] }",
	}
	FlagLintFormat        = Sentence{"`form[=file]` of the report, repeatable: text, json, sarif, github, gitlab, junit or unix", "报告`格式[=文件]`，可重复：text、json、sarif、github、gitlab、junit 或 unix"}
	FlagLintRule          = Sentence{"level of a rule, repeatable: `rule=level` with off, notice, warning or error", "规则的级别，可重复：`规则=级别`，级别为 off、notice、warning 或 error"}
	FlagLintFix           = Sentence{"make every fix that is safe, such as declaring a known interface that is called", "自动完成所有可以放心做的修复，例如声明已调用的已知接口"}
	FlagLintDryRun        = Sentence{"show what --fix would change as a patch for git apply, and change nothing", "以补丁形式显示 --fix 会做的改动（可用 git apply 应用），不改动任何文件"}
	FlagLintBaseline      = Sentence{"hide the findings recorded in `file`", "隐藏`文件`里记录的已知结果"}
	FlagLintWriteBaseline = Sentence{"record all findings in `file`, so that from now on only new ones are reported", "把现有结果全部记录到`文件`，以后只报告新的"}
	FlagLintSince         = Sentence{"only functions touched since a git `revision`, counting what is not committed", "只检查自 git `版本`以来改动过的云函数，包括未提交的改动"}
	FlagLintMaxWarnings   = Sentence{"fail when there are more warnings than this `number`", "警告超过此`数量`即视为失败"}
	FlagLintStdin         = Sentence{"take the code of one file from standard input", "从标准输入读取一个文件的代码"}
	FlagLintStdinFile     = Sentence{"the `file` that --stdin stands for (default: the function's entry)", "--stdin 代表的`文件`（默认为云函数的入口文件）"}

	LintFixed            = Sentence{"fixed {file}: {fix}", "已修复 {file}：{fix}"}
	LintWouldFix         = Sentence{"files --fix would change: {files}; left after it: errors {errors}, warnings {warnings}, notices {notices}", "--fix 会改动 {files} 个文件，之后还剩 {errors} 个错误、{warnings} 个警告、{notices} 条提示"}
	LintTooManyWarnings  = Sentence{"warnings: {n}, more than the {max} that --max-warnings allows", "警告有 {n} 个，超过 --max-warnings 允许的 {max} 个"}
	LintNoFunctions      = Sentence{"no cloud function in {folder}", "{folder} 中没有云函数"}
	LintSettings         = Sentence{"{place}: {problem}", "{place}：{problem}"}
	LintBaselineWritten  = Sentence{"findings recorded in {file}: {n}", "已在 {file} 中记录 {n} 条结果"}
	LintBaselineHides    = Sentence{"known findings hidden by {file}: {n}", "{file} 隐藏了 {n} 条已知结果"}
	LintBaselineObsolete = Sentence{"{file} records what is no longer found ({n}): {entries}; renew it: {command}", "{file} 中有 {n} 条记录已不再出现：{entries}；可更新：{command}"}

	certaintyDocumented = Sentence{"source: documented; {url}", "依据：官方文档；{url}"}
	certaintyReported   = Sentence{"source: reported by other users, not documented; {url}", "依据：其他用户的反馈，官方无文档；{url}"}
	certaintyInferred   = Sentence{"source: our own reading of neighbouring facts, not documented; {url}", "依据：我们根据相关事实的推断，官方无文档；{url}"}
)

// Certainty says how well founded an explanation is.
func Certainty(word string) Sentence {
	switch word {
	case "reported":
		return certaintyReported
	case "inferred":
		return certaintyInferred
	default:
		return certaintyDocumented
	}
}
