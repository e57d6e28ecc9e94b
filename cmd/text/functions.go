package text

// What the commands on functions in the cloud say: list, info, logs, delete.
var (
	ListShort       = Sentence{"the functions in the cloud beside those on disk", "对照列出云端和本地的云函数"}
	ListLong        = Sentence{"Lists the functions of the environment with their state, and those of the project that are not there yet.", "列出环境中的云函数及其状态，以及项目中尚未部署的云函数。"}
	ListNothing     = Sentence{"no function in {env} and none on disk", "{env} 中没有云函数，本地也没有"}
	ListNotDeployed = Sentence{"not deployed", "未部署"}
	HeadRuntime     = Sentence{"RUNTIME", "运行环境"}
	HeadModified    = Sentence{"MODIFIED", "修改时间"}
	HeadOnDisk      = Sentence{"ON DISK", "本地存在"}

	InfoFunctionShort     = Sentence{"everything the cloud says about one function", "显示云端某个云函数的全部信息"}
	InfoFunctionLong      = Sentence{"Shows state, settings, triggers and, where a credential can read them, permissions of one function.\nVariables are named, not shown: wxcloud vars list.", "显示某个云函数的状态、配置、触发器，以及（凭据允许时）云调用权限。\n环境变量只显示名称，查看内容请用 wxcloud vars list。"}
	PartialSettings       = Sentence{"this credential sees only the settings its platform stored; others may be there", "这种凭据只能看到本平台设置过的内容，云端可能还有其他设置"}
	InfoEnvironment       = Sentence{"ENVIRONMENT", "环境"}
	InfoReason            = Sentence{"REASON", "原因"}
	InfoHandler           = Sentence{"HANDLER", "执行入口"}
	InfoMemory            = Sentence{"MEMORY", "内存"}
	InfoTimeout           = Sentence{"TIMEOUT", "超时时间"}
	InfoInstall           = Sentence{"NPM INSTALL IN THE CLOUD", "云端安装依赖"}
	InfoCodeSize          = Sentence{"CODE SIZE (BYTES)", "代码大小（字节）"}
	InfoHash              = Sentence{"CODE SHA-256", "代码 SHA-256"}
	InfoCreated           = Sentence{"CREATED", "创建时间"}
	InfoVariables         = Sentence{"VARIABLES", "环境变量"}
	InfoTrigger           = Sentence{"TIMER", "定时触发器"}
	InfoPermissions       = Sentence{"PERMISSIONS", "云调用权限"}
	InfoPermissionsUnread = Sentence{"not readable with the credentials at hand", "现有凭据无法读取"}

	CloudLogsShort = Sentence{"what a function wrote in the cloud", "查看云函数在云端的日志"}
	CloudLogsLong  = Sentence{"Searches the environment's log service, newest lines last. Lines can take some seconds to get there.\nThe log service has to be switched on for the environment. The local cloud keeps the last invocations.", "查询环境的日志服务，最新的在最后；日志可能延迟数秒才能查到。\n环境需已开通日志服务。本地模拟云保留最近的调用。"}
	CloudLogsNone  = Sentence{"no lines of {function} since {since}", "{since} 以来没有 {function} 的日志"}
	FlagLogsSince  = Sentence{"how far `back`: 30m, 2h, 3d, or a time (2026-11-22 15:04)", "从`多久`以前开始：30m、2h、3d，或具体时间（2026-11-22 15:04）"}
	FlagLogsLimit  = Sentence{"the newest so `many` lines", "最多显示最新的`多少`行"}
	FlagLogsFollow = Sentence{"go on with every new line until interrupted", "持续显示新的日志，直到中断"}
	FlagRequestID  = Sentence{"only the invocation with this `id`", "只看该`请求 ID` 的日志"}

	DeleteShort        = Sentence{"delete functions in the cloud", "删除云端的云函数"}
	DeleteLong         = Sentence{"Deletes functions with their triggers and permissions from the environment, after asking. Files on disk\nstay. Names are taken as they are: there are no patterns here.", "从环境中删除云函数（连同触发器和权限），删除前会询问；本地文件不动。\n名称按原样匹配，不支持通配符。"}
	AskDelete          = Sentence{"Delete {functions} from {env} for good?", "从 {env} 永久删除 {functions}？"}
	AskDeleteProtected = Sentence{"{env} is protected; to delete {functions} for good, type the name of the environment:", "{env} 受保护；要永久删除 {functions}，请输入环境名称："}
	Deleted            = Sentence{"{function} deleted from {env}", "已从 {env} 删除 {function}"}
)
