package text

// What the perm commands say.
var (
	PermShort = Sentence{"see and edit which cloud calls a function may make", "查看和编辑云函数的云调用权限"}
	PermLong  = Sentence{
		"A cloud function may call cloud.openapi.<name> only if <name> stands in permissions.openapi of its own\nconfig.json, the list has reached the cloud, and up to ten minutes of cache have passed.",
		"云函数要调用 cloud.openapi.<接口名>，该接口名必须写在它自己的 config.json 的 permissions.openapi 里，\n权限列表要更新到云端，并且最多再等十分钟缓存过期。",
	}
	PermListShort   = Sentence{"what each function declares and what its code calls", "列出每个云函数声明了什么、代码调用了什么"}
	PermListLong    = Sentence{"Lists declared and called interfaces side by side. With an environment it also shows what was last\napplied there, as far as this project has a record of it.", "并列显示声明的接口与代码调用的接口。指定环境时，还会显示该环境最近一次应用的权限列表\n（以本项目的记录为准）。"}
	PermAddShort    = Sentence{"declare interfaces in a function's config.json", "在云函数的 config.json 中声明接口"}
	PermAddLong     = Sentence{"Adds interfaces to permissions.openapi and changes nothing else in the file. Another spelling of a known\nname is offered; a name nobody knows here needs --force, because WeChat adds interfaces.", "把接口加入 permissions.openapi，文件的其余内容原样保留。写法不同的已知接口会给出正确名称；\n这里不认识的名字需要 --force，因为微信会新增接口。"}
	PermRmShort     = Sentence{"remove interfaces from a function's config.json", "从云函数的 config.json 中删除接口"}
	PermRmLong      = Sentence{"Removes interfaces from permissions.openapi and changes nothing else in the file.", "从 permissions.openapi 中删除接口，文件的其余内容原样保留。"}
	PermSearchShort = Sentence{"find interfaces by Chinese or English words", "用中文或英文查找接口"}
	PermSearchLong  = Sentence{"Searches the built-in list of interfaces, without a network: titles in Chinese and English, names, HTTP\npaths and names of documentation pages.", "离线查找内置的接口清单：中英文标题、接口名、HTTP 路径、文档页名称均可。"}
	PermInfoShort   = Sentence{"everything known about one interface", "显示某个接口的全部已知信息"}
	PermInfoLong    = Sentence{"Shows the cloud call and the HTTPS call side by side: fields, answers, error codes, documentation, SDK\nversion, status, an example, and which functions here declare and call it.", "并列显示云调用与 HTTPS 调用：字段、返回值、错误码、文档、SDK 版本、状态、示例，\n以及本项目中哪些云函数声明和调用了它。"}

	FlagFunction     = Sentence{"`function` by name or pattern ('order*'); may be repeated", "`云函数`名称或通配（'order*'），可重复"}
	FlagAllFunctions = Sentence{"every function of the project", "项目中的所有云函数"}
	FlagForceName    = Sentence{"declare names exactly as typed, known or not", "按输入原样声明，不论是否认识该接口"}
	FlagLimit        = Sentence{"at most this `many` results", "最多显示`多少`条"}
	FlagOpen         = Sentence{"open the documentation in the browser", "在浏览器中打开文档"}

	AskFunction       = Sentence{"Which function?", "选择哪个云函数？"}
	AskEnvironment    = Sentence{"Which environment?", "选择哪个环境？"}
	AskWhichInterface = Sentence{"{typed} is not an interface known here. Which one do you mean?", "这里没有名为 {typed} 的接口，你指的是哪一个？"}
	AskNoneOfThese    = Sentence{"none of these", "都不是"}
	AskCorrection     = Sentence{"{typed} is {name} ({title}). Declare {name}?", "{typed} 的正确接口名是 {name}（{title}）。声明 {name} 吗？"}
	AskAddMany        = Sentence{"Declare in {count} functions: {functions}?", "在 {count} 个云函数中声明：{functions}？"}
	PermSyncShort     = Sentence{"make the declarations what the code calls", "让声明与代码实际调用一致"}
	PermSyncLong      = Sentence{
		"Declares what the code calls and, after asking, removes what nothing calls. Where lint cannot see everything\n(a name that only run time knows, a file that cannot be read) nothing is removed. Entries under \"keep\" of the function,\nor lint.ignore, in wxcloud.json stay. With --observed, calls that functions really made on the local cloud count as well.",
		"补上代码调用了但没有声明的接口，并在确认后删除没有代码调用的声明。静态检查无法看全时（接口名运行时才\n知道、文件无法读取）不会删除任何声明；wxcloud.json 中函数的 keep 或 lint.ignore 列出的条目会保留。加 --observed 则把\n云函数在本地模拟云上实际发生过的调用也算在内。",
	}
	FlagObserved    = Sentence{"also declare what functions called on the local cloud", "把在本地模拟云上实际发生过的调用也算在内"}
	FlagSyncDryRun  = Sentence{"show what would change and write nothing", "只显示会有哪些改动，不写文件"}
	AskSyncRemove   = Sentence{"Remove {count} declarations that nothing calls ({names})?", "删除 {count} 个没有代码调用的声明（{names}）？"}
	SyncNothing     = Sentence{"nothing to change", "无需改动"}
	SyncDryRun      = Sentence{"nothing was written (--dry-run)", "没有写入任何文件（--dry-run）"}
	SyncCalled      = Sentence{"called at {place}", "调用于 {place}"}
	SyncUnknown     = Sentence{"wxcloud does not know this name; if it is right: wxcloud perm add {api} --force", "wxcloud 不认识这个接口名；确认无误可执行 wxcloud perm add {api} --force"}
	SyncUnused      = Sentence{"nothing calls it", "没有代码调用"}
	SyncKept        = Sentence{"nothing calls it; wxcloud.json says to keep it", "没有代码调用；wxcloud.json 要求保留"}
	SyncUnconfirmed = Sentence{"nothing calls it; left, because nobody confirmed (--yes)", "没有代码调用；未经确认（--yes），予以保留"}
	SyncObserved    = Sentence{"seen on the local cloud ({calls}×, last {time}); reading the code does not show it", "在本地模拟云上调用过 {calls} 次，最近一次 {time}；静态检查看不出这个调用"}

	AskRemoveMany = Sentence{"Remove from {count} functions: {functions}?", "从 {count} 个云函数中删除：{functions}？"}

	PermAdded    = Sentence{"declared {names} in {file}", "已在 {file} 中声明 {names}"}
	PermAlready  = Sentence{"nothing to change in {file}: already declared", "{file} 无需改动：已经声明"}
	PermRemoved  = Sentence{"removed {names} from {file}", "已从 {file} 中删除 {names}"}
	PermNotThere = Sentence{"nothing to change in {file}: not declared there", "{file} 无需改动：没有声明"}
	Verbatim     = Sentence{"{text}", "{text}"}

	WarnUnknownForced      = Sentence{"{api} is not known here; the cloud answers -604100 if it does not exist", "这里不认识 {api}；若接口不存在，云端会返回 -604100"}
	WarnRemovedReplaced    = Sentence{"{api} has been offline since {date}: calls fail. Use {replacement} instead", "{api} 已于 {date} 下线，调用会失败。请改用 {replacement}"}
	WarnRemoved            = Sentence{"{api} has been offline since {date}: calls fail", "{api} 已于 {date} 下线，调用会失败"}
	WarnVanished           = Sentence{"{api} is no longer in the official lists; no retirement notice was found, it may still work", "{api} 已不在官方清单中；未见下线公告，也许仍可用"}
	WarnDeprecatedReplaced = Sentence{"{api} has not been updated since {date}. Use {replacement} in new code", "{api} 自 {date} 起不再更新，新代码请用 {replacement}"}
	WarnDeprecated         = Sentence{"{api} should not be used in new code", "新代码不应再使用 {api}"}

	SearchLimited = Sentence{"there may be more: raise {limit}", "可能还有更多结果：可调大 {limit}"}
	InfoResolved  = Sentence{"{typed} is {name}", "{typed} 即 {name}"}
	NoBrowser     = Sentence{"no browser could be started; open the link above yourself", "无法启动浏览器，请自行打开上面的链接"}

	HeadFunction   = Sentence{"FUNCTION", "云函数"}
	HeadInterface  = Sentence{"INTERFACE", "接口"}
	HeadDeclared   = Sentence{"DECLARED", "已声明"}
	HeadCalled     = Sentence{"CALLED AT", "调用位置"}
	HeadApplied    = Sentence{"APPLIED IN {env}", "{env} 已应用"}
	HeadNote       = Sentence{"NOTE", "说明"}
	HeadStatus     = Sentence{"STATUS", "状态"}
	HeadTitle      = Sentence{"TITLE", "名称"}
	HeadHTTPSField = Sentence{"HTTPS FIELD", "HTTPS 字段"}
	HeadCallField  = Sentence{"CLOUD CALL FIELD", "云调用字段"}
	HeadType       = Sentence{"TYPE", "类型"}
	HeadRequired   = Sentence{"REQUIRED", "必填"}
	HeadStored     = Sentence{"STORED LIST", "云端权限列表"}

	WordYes     = Sentence{"yes", "是"}
	WordNo      = Sentence{"no", "否"}
	WordNever   = Sentence{"never applied", "从未应用"}
	WordUnknown = Sentence{"not known", "未知"}

	StatusActive     = Sentence{"active", "可用"}
	StatusDeprecated = Sentence{"deprecated", "不推荐"}
	StatusRemoved    = Sentence{"offline", "已下线"}

	NoteUndeclared  = Sentence{"called but not declared: -604101", "已调用但未声明：会报 -604101"}
	NoteUnused      = Sentence{"declared but not called", "已声明但未调用"}
	NoteMaybeUnused = Sentence{"no call seen; the function also makes calls that cannot be read", "未见调用；该函数还有无法静态识别的调用"}
	NoteUnknownName = Sentence{"name not known here", "这里不认识的名字"}

	ListSkipped    = Sentence{"not a function: {name} ({reason})", "不是云函数：{name}（{reason}）"}
	SkipFile       = Sentence{"a file", "普通文件"}
	SkipHidden     = Sentence{"its name starts with a dot", "以点开头的目录"}
	SkipModules    = Sentence{"npm's folder", "npm 目录"}
	SkipMocks      = Sentence{"belongs to a test runner", "测试工具的目录"}
	SkipLibrary    = Sentence{"other functions load it: a library", "被其他云函数引用的公共代码"}
	SkipNoEntry    = Sentence{"nothing in it that the cloud could load", "没有云端可加载的入口文件"}
	PermBuildAgain = Sentence{"the function is built from this file: build before you deploy", "云函数由该文件构建生成：部署前请先构建"}
	SkipExcluded   = Sentence{"excluded in wxcloud.json", "已在 wxcloud.json 里排除"}
	SkipLink       = Sentence{"a symbolic link that leads nowhere useful", "无效的符号链接"}

	AccountMiniProgram = Sentence{"mini program", "小程序"}
	AccountOfficial    = Sentence{"Official Account, called as cloud.openapi({ appid })", "公众号，调用方式为 cloud.openapi({ appid })"}
	AccountAny         = Sentence{"mini program or Official Account", "小程序或公众号"}

	InfoCloudCall  = Sentence{"cloud call", "云调用"}
	InfoHTTPS      = Sentence{"HTTPS call", "HTTPS 调用"}
	InfoStatus     = Sentence{"status", "状态"}
	InfoAccount    = Sentence{"account", "账号类型"}
	InfoSDK        = Sentence{"SDK", "SDK"}
	InfoDocs       = Sentence{"documentation", "文档"}
	InfoDeclaredBy = Sentence{"declared by", "声明它的云函数"}
	InfoCalledBy   = Sentence{"called by", "调用它的云函数"}
	InfoRequest    = Sentence{"Request fields", "请求字段"}
	InfoResponse   = Sentence{"Answer fields", "返回字段"}
	InfoErrors     = Sentence{"Error codes", "错误码"}
	InfoExample    = Sentence{"Example", "调用示例"}
	InfoNone       = Sentence{"none", "无"}
	InfoRequired   = Sentence{"required", "必填"}
	InfoFieldsFrom = Sentence{"(fields from the documentation of {name}, the same HTTP interface)", "（字段取自同一 HTTP 接口 {name} 的文档）"}
)
