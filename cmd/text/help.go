package text

import "wxcloud/internal/clierr"

// What the help pages say.
var (
	RootShort = Sentence{"declare, check and deploy cloud-call permissions of WeChat cloud functions", "微信云函数云调用权限：声明、检查、部署"}
	RootLong  = Sentence{
		"wxcloud reads what your WeChat cloud functions call, keeps permissions.openapi in their config.json\ntrue, deploys code and permissions together, and tells you when they are in force.",
		"wxcloud 读懂云函数调用了哪些接口，让 config.json 里的 permissions.openapi 名副其实，\n把代码和权限一起部署，并如实告诉你权限何时生效。",
	}
	VersionShort = Sentence{"print the version", "显示版本"}

	GroupStart = Sentence{"Start here:", "从这里开始："}
	GroupWork  = Sentence{"Every day:", "日常使用："}
	GroupCloud = Sentence{"Functions in the cloud:", "云端的云函数："}
	GroupMore  = Sentence{"More:", "其他："}

	HelpUsage       = Sentence{"Usage:", "用法："}
	HelpCommandWord = Sentence{"<command> [flags]", "<命令> [选项]"}
	HelpExamples    = Sentence{"Examples:", "示例："}
	HelpCommands    = Sentence{"Commands:", "命令："}
	HelpFlags       = Sentence{"Flags:", "选项："}
	HelpGlobalFlags = Sentence{"Flags of every command:", "所有命令通用的选项："}
	HelpExit        = Sentence{"Exit codes:", "退出码："}
	HelpMore        = Sentence{"Run \"{command} <command> --help\" for more about a command.", "运行「{command} <命令> --help」查看某个命令的详细说明。"}

	HelpShort = Sentence{"show the help of a command", "显示某个命令的帮助"}

	FlagLang  = Sentence{"language of messages: `en or zh-CN` (default: the system's)", "界面语言：`en 或 zh-CN`（默认跟随系统）"}
	FlagJSON  = Sentence{"print the result as JSON on stdout", "以 JSON 输出结果到 stdout"}
	FlagEnv   = Sentence{"`environment` by name or id; also WXCLOUD_ENV", "`环境`名称或 ID；也可用 WXCLOUD_ENV"}
	FlagLocal = Sentence{"use the local cloud (same as --env local)", "使用本地模拟云（等同 --env local）"}
	FlagRoot  = Sentence{"cloud function root `folder`, for projects without project.config.json", "云函数根`目录`，用于没有 project.config.json 的项目"}
	FlagAppID = Sentence{"`AppID` of the mini program, for projects that do not name it", "小程序 `AppID`，用于项目里没有写明的情况"}
	FlagIP    = Sentence{"connect over IP version `4, 6 or auto` (default: 4 first for WeChat's hosts); also WXCLOUD_IP", "使用的 IP 协议版本：`4、6 或 auto`（默认对微信域名优先 IPv4）；也可用 WXCLOUD_IP"}
	FlagYes   = Sentence{"answer yes to every question", "所有询问都回答「是」"}
	FlagHelp  = Sentence{"show this help", "显示帮助"}
)

// ExitMeaning says what an exit code means, for the list at the end of a help page.
func ExitMeaning(e clierr.Exit) Sentence {
	switch e {
	case clierr.OK:
		return Sentence{"done", "完成"}
	case clierr.Failed:
		return Sentence{"findings, or a failure without a better code", "发现问题，或未归类的失败"}
	case clierr.Auth:
		return Sentence{"authentication, key or IP allow-list", "身份验证、密钥或 IP 白名单问题"}
	case clierr.Usage:
		return Sentence{"the command line cannot be acted on as given", "命令行参数无法执行"}
	case clierr.NotFound:
		return Sentence{"environment, function or interface not found", "找不到环境、云函数或接口"}
	case clierr.Cloud:
		return Sentence{"the cloud or the network failed", "云端或网络出错"}
	case clierr.Local:
		return Sentence{"a local file or setting is wrong", "本地文件或设置有误"}
	case clierr.Partial:
		return Sentence{"some functions done, some not", "部分云函数成功，部分失败"}
	case clierr.Propagating:
		return Sentence{"a permission is not verified to be in force yet", "权限尚未实测生效"}
	case clierr.Pending:
		return Sentence{"changes are pending", "存在未部署的改动"}
	case clierr.OtherCredential:
		return Sentence{"another credential is needed, for a permission change most often", "需要其他凭据（多见于更新权限）"}
	case clierr.Interrupted:
		return Sentence{"interrupted", "被中断"}
	default:
		return Sentence{"unknown", "未知"}
	}
}
