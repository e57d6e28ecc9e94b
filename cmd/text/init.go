package text

// What init says and asks.
var (
	InitShort = Sentence{"make a cloud function, and a project around it if there is none", "新建云函数；没有项目时一并新建项目"}
	InitLong  = Sentence{
		"Writes a working cloud function with its config.json, the matching mini program snippet and the console\nsteps in a README. Outside a project it makes one in the current folder. Nothing is ever overwritten.\nWithout a terminal: template cloud-call, named after its template, in JavaScript.",
		"生成可直接运行的云函数，包括 config.json，以及 README 中的小程序端代码和后台操作步骤。不在项目中时，\n会在当前目录新建项目。绝不覆盖任何已有文件。没有终端时默认使用 cloud-call 模板、同名、JavaScript。",
	}
	FlagTemplate   = Sentence{"`template`: {names}", "`模板`：{names}"}
	FlagTypeScript = Sentence{"write TypeScript, with the compiled index.js beside it", "使用 TypeScript，并附带编译好的 index.js"}
	FlagTemplateID = Sentence{"`id` of the message template, from the console", "消息模板 `ID`，在小程序后台获取"}
	FlagField      = Sentence{"`key` of a field of that template such as thing1; may be repeated", "该模板的字段`名`，例如 thing1，可重复"}

	AskTemplate       = Sentence{"What should the function do?", "这个云函数要做什么？"}
	AskName           = Sentence{"Name of the function", "云函数名称"}
	AskLanguage       = Sentence{"Language", "语言"}
	AskTemplateID     = Sentence{"Message template id (empty: fill it in later)", "消息模板 ID（可留空，以后再填）"}
	AskTemplateIDHelp = Sentence{"mp.weixin.qq.com, Subscribe messages, My templates", "mp.weixin.qq.com 的「订阅消息」-「我的模板」"}
	AskFields         = Sentence{"Keys of its fields, separated by commas (empty: later)", "模板的字段名，用逗号分隔（可留空）"}
	AskFieldsHelp     = Sentence{"the template's details show them as {thing1.DATA}: the key is thing1", "在模板详情里显示为 {thing1.DATA}，字段名就是 thing1"}
	AskProject        = Sentence{"There is no mini program project here. Make one in {dir}?", "这里没有小程序项目。在 {dir} 新建一个吗？"}
	AskAppID          = Sentence{"AppID (empty: none yet, the local cloud needs none)", "AppID（可留空；本地模拟云不需要）"}
	AskAppIDHelp      = Sentence{"mp.weixin.qq.com, Development management, Development settings", "mp.weixin.qq.com 的「开发管理」-「开发设置」"}

	InitProject  = Sentence{"made a mini program project in this folder", "已在当前目录新建小程序项目"}
	InitWrote    = Sentence{"wrote {file}", "已写入 {file}"}
	InitRetired  = Sentence{"template messages have been offline since 2020-01-10; for new code use --template cloud-call", "模板消息已于 2020-01-10 下线；新代码请用 --template cloud-call"}
	InitDeclares = Sentence{"its config.json declares {names}", "config.json 已声明 {names}"}
	InitReadme   = Sentence{"read {file} for the mini program side and the console steps", "小程序端代码和后台步骤见 {file}"}
)
