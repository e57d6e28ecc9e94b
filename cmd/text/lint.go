package text

// What lint and explain say.
var (
	LintShort = Sentence{"find cloud calls that are not declared, before users do", "在用户遇到之前，找出没有声明的云调用"}
	LintLong  = Sentence{
		"Reads the code of every cloud function and compares the interfaces it calls with those its config.json\ndeclares. PATH is a project, a cloud function root, or one function folder. Nothing is sent anywhere.",
		"读取每个云函数的代码，把它调用的接口与 config.json 声明的接口逐一对照。\nPATH 可以是项目、云函数根目录或单个云函数目录。全程离线。",
	}
	FlagLintFormat = Sentence{"`format` of the report: text, json, github or unix", "报告`格式`：text、json、github 或 unix"}
	FlagLintFix    = Sentence{"make every fix that is safe, such as declaring a known interface that is called", "自动完成所有可以放心做的修复，例如声明已调用的已知接口"}
	LintFixed      = Sentence{"fixed {file}: {fix}", "已修复 {file}：{fix}"}

	ExplainShort = Sentence{"explain an error code, a lint rule, or a pasted log", "解释错误码、检查规则或一段日志"}
	ExplainLong  = Sentence{
		"Explains a code (with or without its minus sign), a named error of the cloud, a lint rule, or every code\nfound in a log read from stdin (\"-\"). Works without a project and without a network.",
		"解释错误码（负号可省略）、云端的具名错误、检查规则；参数为「-」时读取标准输入中的日志，\n解释其中出现的每个错误码。不需要项目，也不需要网络。",
	}
	ExplainCauses = Sentence{"Likely causes, the likeliest first:", "可能的原因（按可能性排列）："}
	ExplainNext   = Sentence{"What to do:", "怎么办："}

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
