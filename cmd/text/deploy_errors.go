package text

// deployErrors are the errors and hints of deploy and plan that are about what
// they were asked to do; those of the steps themselves are the upload room's.
var deployErrors = []entry{
	{"cmd/unknown-part", Sentence{"{part} is no kind of change; there are {parts}", "没有 {part} 这类改动；可选的有 {parts}"}},
	{"cmd/events-and-json", Sentence{"--events - and --json both write to stdout; give --events a file", "--events - 与 --json 都输出到 stdout；请给 --events 指定文件"}},
	{"cmd/triggers-left", Sentence{"all but the removal of triggers is done in {env}: this credential is not known to remove any ({functions})", "除删除触发器外，{env} 的部署已完成：现有凭据无法删除触发器（{functions}）"}},
	{"cmd/hint-triggers-tencent", Sentence{"Tencent Cloud keys can (TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY): {command}", "腾讯云密钥可以（TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY）：{command}"}},
	{"cmd/drifted", Sentence{"nothing was uploaded: someone changed {functions} in {env} since the last deploy from here", "没有上传任何内容：上次从这里部署之后，{env} 的 {functions} 在云端被其他人修改过"}},
	{"cmd/hint-drift-force", Sentence{"to overwrite their work: {command}", "要覆盖对方的修改：{command}"}},
}
