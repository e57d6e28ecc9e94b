package text

// What `wxcloud env` and `wxcloud schema` say.
var (
	EnvShort     = Sentence{"list the cloud environments, choose one for this checkout", "列出云环境，为当前工作目录选定环境"}
	EnvLong      = Sentence{"Environments are named in wxcloud.json, and the cloud tells which the account has.", "环境名称写在 wxcloud.json 里；账号下有哪些环境由云端给出。"}
	EnvListShort = Sentence{"list the environments and which is chosen, and why", "列出环境、当前选中的环境及原因"}
	EnvListLong  = Sentence{
		"Lists the environments of wxcloud.json, those of the account where a credential is at hand, and the local cloud. The\nenvironment of a command is: --env or --local, WXCLOUD_ENV, what 'wxcloud env use' chose, the only one in\nwxcloud.json, the only one of the account; else it is asked for.",
		"列出 wxcloud.json 里的环境、（有凭据时）账号下的环境，以及本地模拟云。命令所用的环境依次取自：--env 或 --local、\nWXCLOUD_ENV、wxcloud env use 的选择、wxcloud.json 里唯一的环境、账号下唯一的环境，都没有时会询问。",
	}
	EnvUseShort = Sentence{"choose the environment for this checkout", "为当前工作目录选定环境"}
	EnvUseLong  = Sentence{
		"Keeps the choice in .wxcloud/environment, which git ignores: others may work with another environment. Flags and\nWXCLOUD_ENV are stronger.",
		"把选择记在 .wxcloud/environment 里；该文件不会进入 git，其他人可以使用别的环境。命令行参数和 WXCLOUD_ENV 优先于它。",
	}
	FlagForget = Sentence{"forget the choice", "取消选择"}

	HeadEnvironment   = Sentence{"ENVIRONMENT", "环境"}
	HeadEnvironmentID = Sentence{"ID", "环境 ID"}
	HeadProtected     = Sentence{"PROTECTED", "受保护"}
	HeadCloud         = Sentence{"CLOUD", "云端状态"}
	HeadChosen        = Sentence{"CHOSEN", "选中"}

	ChosenByFlag     = Sentence{"by the command line", "来自命令行"}
	ChosenByVariable = Sentence{"by WXCLOUD_ENV", "来自 WXCLOUD_ENV"}
	ChosenByUse      = Sentence{"by wxcloud env use", "来自 wxcloud env use"}
	ChosenBySettings = Sentence{"the only one in wxcloud.json", "wxcloud.json 里只有这一个"}
	ChosenByOnly     = Sentence{"the only one there is", "只有这一个"}

	EnvReady     = Sentence{"ready", "正常"}
	EnvBeingMade = Sentence{"being made", "创建中"}
	EnvHalted    = Sentence{"halted", "已停用"}
	EnvMissing   = Sentence{"not in the account", "账号下没有"}
	EnvCloud     = Sentence{"the account's environments", "账号下的环境"}

	EnvNoneChosen   = Sentence{"no environment is chosen: a command asks, or needs --env", "没有选定环境：执行命令时会询问，或需要 --env"}
	EnvUsed         = Sentence{"commands in this checkout now work with {env}", "当前工作目录的命令现在使用环境 {env}"}
	EnvUsedNamed    = Sentence{"commands in this checkout now work with {env} ({id})", "当前工作目录的命令现在使用环境 {env}（{id}）"}
	EnvForgotten    = Sentence{"no environment is chosen for this checkout any more", "已取消当前工作目录的环境选择"}
	EnvUnverified   = Sentence{"nothing here can tell whether there is an environment {env}: no credential was found", "无法确认环境 {env} 是否存在：没有找到任何凭据"}
	EnvVariableWins = Sentence{"{variable}={env} is set and stronger", "已设置 {variable}={env}，它优先于本次选择"}

	SchemaShort = Sentence{"print the JSON Schema of wxcloud.json", "输出 wxcloud.json 的 JSON Schema"}
	SchemaLong  = Sentence{
		"Prints the JSON Schema (draft-07) of wxcloud.json. Editors check and complete the file when its \"$schema\" names\nwhere the schema was saved.",
		"输出 wxcloud.json 的 JSON Schema（draft-07）。保存后在 wxcloud.json 里用 \"$schema\" 指向它，编辑器就能校验和补全。",
	}
)
