package text

// uploadErrors are the errors and hints of the upload room, of the package
// builder below it, and of the record of what was deployed.
var uploadErrors = []entry{
	{"upload/not-compiled", Sentence{"function {function} has {file} but no compiled index.js: the cloud runs JavaScript only", "云函数 {function} 只有 {file}，没有编译后的 index.js：云端只运行 JavaScript"}},
	{"upload/hint-compile", Sentence{"compile it first, for example: npx tsc -p {dir}", "请先编译，例如：npx tsc -p {dir}"}},
	{"upload/no-entry", Sentence{"function {function} has no index.js in what would be uploaded ({dir})", "云函数 {function} 待上传的内容中没有 index.js（{dir}）"}},
	{"upload/no-node-modules", Sentence{"function {function} has dependencies but no node_modules folder, so --local-npm would upload it without them", "云函数 {function} 声明了依赖，但目录中没有 node_modules，使用 --local-npm 上传后将缺少依赖"}},
	{"upload/hint-npm-install", Sentence{"install them first: npm install --prefix {dir}", "请先安装依赖：npm install --prefix {dir}"}},
	{"upload/list-differs", Sentence{"the cloud accepted the permission list of {function} but now stores another one; sent: {sent}; stored: {stored}", "云端接受了 {function} 的权限列表，但读回的内容不一致；提交的是：{sent}；现存的是：{stored}"}},
	{"upload/hint-deploy-again", Sentence{"someone may have changed it at the same moment; deploy again: wxcloud deploy {function}", "可能有人同时做了修改，请重新部署：wxcloud deploy {function}"}},
	{"upload/broken", Sentence{"function {function} is in state {status} and takes no changes: {reason}; delete it in the cloud console, then deploy again", "云函数 {function} 处于 {status} 状态，无法再修改：{reason}；请在云开发控制台删除后重新部署"}},
	{"upload/failed-state", Sentence{"the cloud could not finish the change of {function}, state {status}: {reason}", "云端未能完成对 {function} 的变更，状态 {status}：{reason}"}},
	{"upload/wait-timeout", Sentence{"function {function} was still {status} after {time}", "等待 {time} 后，云函数 {function} 仍处于 {status} 状态"}},
	{"upload/partial", Sentence{"{failed} of {total} functions failed; the others are done", "{total} 个云函数中有 {failed} 个失败，其余已完成"}},
	{"upload/all-failed", Sentence{"all {total} functions failed", "{total} 个云函数全部失败"}},

	{"pack/empty", Sentence{"there is nothing to pack in {dir}", "{dir} 中没有可打包的文件"}},
	{"pack/cannot-read", Sentence{"cannot read {file}", "无法读取 {file}"}},
	{"pack/changed", Sentence{"{file} changed while it was being packed; deploy again", "打包过程中 {file} 发生了变化，请重新部署"}},
	{"pack/not-a-file", Sentence{"{file} is neither a file, a folder nor a link and cannot be packed", "{file} 既不是文件、目录，也不是链接，无法打包"}},
	{"pack/link-outside", Sentence{"{file} is a link to {target}, outside the function, and would be dead in the cloud", "{file} 是指向函数目录之外（{target}）的链接，上传后将失效"}},
	{"pack/name-not-utf8", Sentence{"the name of {file} is not UTF-8 and would arrive garbled", "文件名 {file} 不是 UTF-8 编码，上传后会变成乱码"}},
	{"pack/name-backslash", Sentence{"the name of {file} holds a backslash, which some systems take for a folder", "文件名 {file} 含有反斜杠，会被某些系统当作目录分隔符"}},
	{"pack/name-control", Sentence{"the name of {file} holds a control character", "文件名 {file} 含有控制字符"}},
	{"pack/name-path", Sentence{"{file} is not a path that can be packed", "{file} 不是可以打包的路径"}},
	{"pack/secret", Sentence{"{file} looks like a secret ({pattern}) and is not uploaded", "{file} 疑似机密文件（{pattern}），已停止上传"}},
	{"pack/hint-ignore", Sentence{"leave it out: add {file} to {list} in the function's folder", "不打包它：在函数目录的 {list} 中加入 {file}"}},
	{"pack/hint-allow-secret", Sentence{"or, if it must go to the cloud: --allow-secret {file}", "确需上传时：--allow-secret {file}"}},
	{"pack/too-large", Sentence{"the package is {size} as base64, the limit is {limit}; the largest parts are {largest}", "代码包（base64）为 {size}，超过上限 {limit}；占用最大的部分：{largest}"}},
	{"pack/hint-smaller", Sentence{"leave out what the function does not need with {list}, or let the cloud install the dependencies (no --local-npm)", "用 {list} 排除用不到的文件，或改由云端安装依赖（不加 --local-npm）"}},

	{"state/cannot-read", Sentence{"cannot read {file}", "无法读取 {file}"}},
	{"state/cannot-write", Sentence{"cannot write {file}", "无法写入 {file}"}},
	{"state/locked", Sentence{"another wxcloud holds {file}", "另一个 wxcloud 进程正占用 {file}"}},
	{"state/corrupt", Sentence{"{file} is damaged", "{file} 已损坏"}},
	{"state/newer", Sentence{"{file} was written by a newer wxcloud (format {version})", "{file} 由更新版本的 wxcloud 写入（格式 {version}）"}},
	{"state/conflict", Sentence{"{file} holds an unresolved merge conflict", "{file} 中有未解决的合并冲突"}},
	{"state/hint-conflict", Sentence{"resolve the conflict: keep, for each function, the entry with the later appliedAt", "解决冲突时，每个云函数保留 appliedAt 较晚的一条记录"}},
	{"state/hint-delete", Sentence{"it only saves work: delete {file} and deploy again", "它只用于省去重复工作：删除 {file} 后重新部署即可"}},
	{"state/hint-restore", Sentence{"bring back the committed version: git checkout -- {file}", "恢复已提交的版本：git checkout -- {file}"}},
}
