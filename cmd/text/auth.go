package text

// What `wxcloud auth` says.
var (
	AuthShort       = Sentence{"which credentials are found and what they can do", "查看找到了哪些凭据、各自能做什么"}
	AuthLong        = Sentence{"Shows every credential that is found, where it comes from (never its value) and which planes it serves:\nuploading code, writing permissions, invoking functions, reading logs.", "列出找到的每个凭据、它的来源（绝不显示内容），以及它能用于哪些方面：\n上传代码、写入云调用权限、调用云函数、查询日志。"}
	AuthStatusShort = Sentence{"list the credentials found, without asking the cloud", "列出找到的凭据（不联网）"}
	AuthStatusLong  = Sentence{"Looks where every command looks: flags, environment variables, private.<appid>.key beside the project\nand in the user's configuration folder. Sends nothing.", "按所有命令相同的顺序查找：命令行参数、环境变量、项目旁及用户配置目录中的 private.<appid>.key。\n不发送任何请求。"}
	AuthCheckShort  = Sentence{"ask the cloud whether each credential works", "向云端逐一验证每个凭据"}
	AuthCheckLong   = Sentence{"Asks the cloud for every plane a credential serves, changing nothing: a listing, a search of the logs, the\nreading of a permission list, the invocation of a function that does not exist. Exits with 2 if one is refused.", "对每个凭据所能用于的每个方面都实际询问云端，且不做任何改动：列出云函数、查询日志、\n读取权限列表、调用一个不存在的云函数。只要有一项被拒绝，退出码为 2。"}

	HeadCredential       = Sentence{"CREDENTIAL", "凭据"}
	HeadPlaneUpload      = Sentence{"UPLOAD", "上传代码"}
	HeadPlanePermissions = Sentence{"PERMISSIONS", "写权限"}
	HeadPlaneInvoke      = Sentence{"INVOKE", "调用"}
	HeadPlaneLogs        = Sentence{"LOGS", "日志"}
	HeadFrom             = Sentence{"FROM", "来源"}

	CredentialUploadKey  = Sentence{"upload key", "代码上传密钥"}
	CredentialTencent    = Sentence{"Tencent Cloud keys", "腾讯云密钥"}
	CredentialAuthorizer = Sentence{"authorizer token", "第三方平台 token"}
	CredentialAppSecret  = Sentence{"AppSecret", "AppSecret"}
	CredentialDevtools   = Sentence{"WeChat DevTools", "微信开发者工具"}
	CredentialOfLocal    = Sentence{"local cloud", "本地模拟云"}

	AuthNone     = Sentence{"not found ({set})", "未找到（{set}）"}
	AuthUnusable = Sentence{"{source}: cannot be used", "{source}：不可用"}
	AuthExisting = Sentence{"existing", "仅更新"}
	AuthWorks    = Sentence{"works", "可用"}
	AuthRefused  = Sentence{"refused", "被拒绝"}
	AuthUnknown  = Sentence{"unknown", "未能确认"}
	AuthNothing  = Sentence{"no credential was found; the local cloud needs none", "没有找到任何凭据；本地模拟云不需要凭据"}
)
