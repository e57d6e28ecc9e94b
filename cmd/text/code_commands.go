package text

// What `wxcloud pull` and `wxcloud diff` say.
var (
	CodeDiffShort    = Sentence{"what a deploy would change in a function's code", "对比云函数的云端代码与本地代码"}
	CodeDiffLong     = Sentence{"Downloads the code the cloud has and compares it, file by file, with the package a deploy would send now.\nLines with - are in the cloud, lines with + on disk. What the cloud installed itself is left out.", "下载云端代码，与现在部署会上传的代码包逐个文件对比：- 行在云端，+ 行在本地。\n云端自行安装的依赖不参与对比。"}
	FlagNameOnly     = Sentence{"only the names: M changed, A only on disk, D only in the cloud", "只列文件名：M 有改动，A 仅本地有，D 仅云端有"}
	FlagCodeDiffExit = Sentence{"exit with 9 when there are differences", "存在差异时退出码为 9"}
	CodeDiffSame     = Sentence{"{function}: the code in {env} is what is on disk", "{function}：{env} 的代码与本地一致"}
	CodeDiffCount    = Sentence{"{function}: {count} files differ from {env}", "{function}：有 {count} 个文件与 {env} 不同"}
	CodeDiffBinary   = Sentence{"{file} differs and is no text", "{file} 有差异（非文本文件）"}

	PullShort      = Sentence{"fetch a function's code from the cloud", "把云函数的云端代码取回本地"}
	PullLong       = Sentence{"Writes the code the cloud has into the function's folder. Nothing is overwritten that is not committed to git\nas it is, unless --force is given; files only on disk stay. Settings and the names of variables are shown;\nwxcloud.json is not changed. vars pull fetches the values.", "把云端代码写入云函数目录。除非加 --force，凡是未按原样提交到 git 的文件都不会被覆盖；\n仅本地有的文件保留。云端的配置和环境变量名称只显示，不修改 wxcloud.json；取回变量内容用 vars pull。"}
	FlagPullForce  = Sentence{"overwrite files that are not committed too", "未提交的文件也覆盖"}
	FlagPullDryRun = Sentence{"only say what would be written", "只显示将写入哪些文件"}
	Pulled         = Sentence{"{function}: {count} files from {env} written, {unchanged} were the same", "{function}：已从 {env} 写入 {count} 个文件，{unchanged} 个本来就一致"}
	PullWould      = Sentence{"{function}: {count} files from {env} would be written, {unchanged} are the same", "{function}：将从 {env} 写入 {count} 个文件，{unchanged} 个已一致"}
	PullInstalled  = Sentence{"{count} files of node_modules were left out", "已略过 node_modules 中的 {count} 个文件"}
	PullCopied     = Sentence{"{count} files were left out that wxcloud.json copies in from elsewhere", "已略过由 wxcloud.json 从别处复制进来的 {count} 个文件"}
	PullLinks      = Sentence{"{count} links were left out", "已略过 {count} 个链接"}
	PullSettings   = Sentence{"settings in the cloud: {runtime}, {memory} MB, {timeout} s; variables: {variables}; timers: {triggers}", "云端配置：{runtime}，{memory} MB，{timeout} 秒；环境变量：{variables}；定时触发器：{triggers}"}
)
