package text

// What doctor says around its findings.
var (
	DoctorShort = Sentence{"look for what keeps a deploy or a cloud call from working", "体检：找出会让部署或云调用失败的问题"}
	DoctorLong  = Sentence{
		"Looks at the project, at what git keeps, at this machine, at credentials and at the network, all at once and\nwith short limits. Nothing is changed. Each finding says what to do. Exits with 1 if there is a problem;\nwarnings alone do not count. --offline sends nothing and says what it could not look at.",
		"检查项目、git 中的文件、本机环境、凭据和网络，各项同时进行、限时很短，不做任何改动。每条结果都给出处理\n办法。有问题时退出码为 1，只有警告时不算。--offline 不发送请求，并说明哪些没有检查。",
	}
	FlagOffline = Sentence{"send nothing, and say what could not be looked at", "不联网，并说明哪些没有检查"}

	DoctorProject     = Sentence{"Project", "项目"}
	DoctorFiles       = Sentence{"Files and git", "文件与 git"}
	DoctorMachine     = Sentence{"This machine", "本机"}
	DoctorCredentials = Sentence{"Credentials", "凭据"}
	DoctorNetwork     = Sentence{"Network", "网络"}

	DoctorHealthy  = Sentence{"nothing stands in the way", "一切正常"}
	DoctorWarnings = Sentence{"no problem; warnings: {warnings}", "没有问题；警告 {warnings} 条"}
	DoctorProblems = Sentence{"problems: {problems}, warnings: {warnings}", "问题 {problems} 个，警告 {warnings} 条"}
)

// doctorErrors are the findings of doctor and its advice.
var doctorErrors = []entry{
	{"cmd/doctor-error", Sentence{"this could not be looked at", "无法检查"}},
	{"cmd/doctor-no-project", Sentence{"not inside a mini program project: project, files and credentials were not looked at", "当前不在小程序项目里：没有检查项目、文件和凭据"}},
	{"cmd/doctor-project", Sentence{"cloud functions in {root}: {count}", "{root} 里有 {count} 个云函数"}},
	{"cmd/doctor-no-functions", Sentence{"there are no functions in {root}", "{root} 里没有云函数"}},
	{"cmd/doctor-appid", Sentence{"AppID {appid}", "AppID {appid}"}},
	{"cmd/doctor-no-appid", Sentence{"the project names no AppID: only the local cloud works", "项目没有写明 AppID：只能使用本地模拟云"}},
	{"cmd/doctor-generated", Sentence{"{root} is made by {tool}: the next build overwrites what is edited there", "{root} 由 {tool} 生成：下次构建会覆盖在那里的修改"}},
	{"cmd/doctor-lint-clean", Sentence{"no function would fail for want of a permission, as far as its code can be read (cloud calls: {calls})", "就代码来看，没有云函数会因缺少权限而失败（云调用 {calls} 处）"}},
	{"cmd/doctor-lint", Sentence{"these functions would fail today: {functions} (errors: {count})", "这些云函数现在调用就会失败：{functions}（错误 {count} 处）"}},
	{"cmd/doctor-pack-options", Sentence{"packOptions.ignore ({type} \"{value}\") also hides {file} when WeChat DevTools uploads the function (reported by developers)", "packOptions.ignore（{type}「{value}」）在微信开发者工具上传云函数时也会排除 {file}（开发者反馈）"}},
	{"cmd/doctor-advice-pack-options", Sentence{"name the folder of the mini program in the rule; functions are no part of its package anyway, and wxcloud itself does not read these rules", "把规则写到小程序自己的目录上；云函数本来就不在小程序包里，wxcloud 自己也不读取这些规则"}},
	{"cmd/doctor-pack-options-harmless", Sentence{"packOptions.ignore hides nothing of a function", "packOptions.ignore 没有排除云函数的文件"}},

	{"cmd/doctor-no-git", Sentence{"not a git work tree, or no git: whether secrets are kept out of it was not looked at", "不在 git 工作区，或没有 git：没有检查密钥是否会被提交"}},
	{"cmd/doctor-no-secret", Sentence{"git has no upload key and would take none", "git 中没有上传密钥，也不会误加"}},
	{"cmd/doctor-secret-tracked", Sentence{"is a secret, and git has it", "是密钥，却已被 git 跟踪"}},
	{"cmd/doctor-advice-secret", Sentence{"it stays in the history: reset it in the admin console (mp.weixin.qq.com) as well", "它仍留在提交历史里：还要到小程序管理后台（mp.weixin.qq.com）重置"}},
	{"cmd/doctor-secret-not-ignored", Sentence{"is a secret that git would take with the next add", "是密钥，下次 git add 就会被加进去"}},
	{"cmd/doctor-committed", Sentence{"git keeps every config.json and wxcloud.lock ({count} files)", "git 没有忽略 config.json 和 wxcloud.lock（共 {count} 个）"}},
	{"cmd/doctor-ignored", Sentence{"is ignored by git, so nobody else gets what it declares", "被 git 忽略了，其他人拿不到里面的声明"}},
	{"cmd/doctor-key-other", Sentence{"is the upload key of another mini program than {appid}", "是另一个小程序的上传密钥，不是 {appid} 的"}},
	{"cmd/doctor-key-readable", Sentence{"can be read by other users of this machine", "本机其他用户也能读取"}},

	{"cmd/doctor-node", Sentence{"Node {version}", "Node {version}"}},
	{"cmd/doctor-no-node", Sentence{"\"{program}\" does not run: only the local cloud needs it", "无法运行 {program}：只有本地模拟云需要它"}},
	{"cmd/doctor-advice-node", Sentence{"install Node, or name one with WXCLOUD_NODE", "安装 Node，或用 WXCLOUD_NODE 指定"}},
	{"cmd/doctor-sdk", Sentence{"wx-server-sdk {versions}", "wx-server-sdk {versions}"}},
	{"cmd/doctor-sdk-mixed", Sentence{"functions ask for different versions of wx-server-sdk: {versions}", "各云函数要求的 wx-server-sdk 版本不一致：{versions}"}},
	{"cmd/doctor-advice-sdk", Sentence{"the same range everywhere, with a package-lock.json, makes a deploy repeatable", "统一版本范围并提交 package-lock.json，部署结果才可重现"}},
	{"cmd/doctor-only", Sentence{"wxcloud is {path}", "wxcloud 位于 {path}"}},
	{"cmd/doctor-other-first", Sentence{"typing wxcloud starts another program: {path}, not {self}", "输入 wxcloud 启动的是另一个程序：{path}，而不是 {self}"}},
	{"cmd/doctor-other-later", Sentence{"another program named wxcloud is on PATH: {path}", "PATH 中还有另一个 wxcloud：{path}"}},
	{"cmd/doctor-advice-path", Sentence{"put {folder} earlier on PATH", "把 {folder} 放到 PATH 更靠前的位置"}},
	{"cmd/doctor-advice-npm", Sentence{"it is the command of @wxcloud/cli (WeChat CloudRun); if nobody needs that:", "它是 @wxcloud/cli（微信云托管）的命令；如果用不到它："}},
	{"cmd/doctor-proxy", Sentence{"requests go through the proxy {host} ({name}), except: {except}; the platforms see its address", "请求经过代理 {host}（{name}），例外：{except}；平台看到的是代理的 IP"}},
	{"cmd/doctor-proxy-wrong", Sentence{"{name} is not the address of a proxy", "{name} 不是有效的代理地址"}},
	{"cmd/doctor-proxy-http", Sentence{"HTTP_PROXY is set but HTTPS_PROXY is not: requests to the cloud go out directly", "设置了 HTTP_PROXY，但没有 HTTPS_PROXY：发往云端的请求不走代理"}},
	{"cmd/doctor-no-proxy", Sentence{"no proxy", "没有使用代理"}},

	{"cmd/doctor-no-credential", Sentence{"no credential was found; the local cloud needs none", "没有找到凭据；本地模拟云不需要凭据"}},
	{"cmd/doctor-credential-found", Sentence{"{credential}: found and readable ({source}); the cloud was not asked", "{credential}：已找到且可读取（{source}）；没有向云端验证"}},
	{"cmd/doctor-credential-works", Sentence{"{credential}: accepted, good for {planes} ({source})", "{credential}：云端接受，可用于 {planes}（{source}）"}},
	{"cmd/doctor-credential-bad", Sentence{"{credential}: cannot be used ({source})", "{credential}：不可用（{source}）"}},
	{"cmd/doctor-credential-refused", Sentence{"{credential}: refused ({source})", "{credential}：被云端拒绝（{source}）"}},
	{"cmd/doctor-credential-unknown", Sentence{"{credential}: whether it is accepted could not be found out ({source})", "{credential}：无法确认是否有效（{source}）"}},

	{"cmd/doctor-offline", Sentence{"not looked at (--offline): whether the cloud can be reached, the clock, what it says to the credentials", "没有检查（--offline）：云端是否可达、本机时钟、凭据是否被接受"}},
	{"cmd/doctor-reachable", Sentence{"{host} answers ({took})", "{host} 可达（{took}）"}},
	{"cmd/doctor-no-network", Sentence{"no host of the cloud can be reached ({hosts})", "云端主机全都不可达（{hosts}）"}},
	{"cmd/doctor-unreachable", Sentence{"{host} cannot be reached", "{host} 不可达"}},
	{"cmd/doctor-advice-network", Sentence{"check DNS, firewall and HTTPS_PROXY; without a network: wxcloud doctor --offline", "检查 DNS、防火墙和 HTTPS_PROXY；没有网络时：wxcloud doctor --offline"}},
	{"cmd/doctor-clock", Sentence{"the clock agrees with {host} ({skew} apart)", "本机时钟与 {host} 一致（相差 {skew}）"}},
	{"cmd/doctor-clock-off", Sentence{"the clock is {skew} apart from {host}: signatures of Tencent Cloud are refused from about five minutes on, and permission waits go wrong", "本机时钟与 {host} 相差 {skew}：超过约 5 分钟腾讯云会拒绝签名，权限等待的时间也会算错"}},
	{"cmd/doctor-advice-clock", Sentence{"let this machine take its time from the network (NTP)", "开启网络对时（NTP）"}},
	{"cmd/doctor-clock-unknown", Sentence{"no host told the time: the clock was not looked at", "没有主机返回时间：无法检查本机时钟"}},
	{"cmd/doctor-ipv4", Sentence{"requests go out over IPv4; which address it is the platforms only tell when they refuse it", "请求走 IPv4；平台只有在拒绝时才会告知出口 IP"}},
	{"cmd/doctor-both-families", Sentence{"requests may go out over IPv4 and over IPv6; which address it is the platforms only tell when they refuse it", "请求可能走 IPv4，也可能走 IPv6；平台只有在拒绝时才会告知出口 IP"}},
	{"cmd/doctor-advice-families", Sentence{"an IP allow-list has to hold both; --ip 4 uses IPv4 alone. Upload key: mp.weixin.qq.com, 「开发管理」, 「开发设置」, 「小程序代码上传」; interfaces: 「IP白名单」 on the same page", "IP 白名单要两个都加，或用 --ip 4 只走 IPv4。上传密钥的白名单：mp.weixin.qq.com ->「开发管理」->「开发设置」->「小程序代码上传」；接口调用的白名单：同一页的「IP白名单」"}},
	{"cmd/doctor-ipv6", Sentence{"requests go out over IPv6 alone", "请求只能走 IPv6"}},
	{"cmd/doctor-advice-ipv6", Sentence{"an IP allow-list with IPv4 addresses alone refuses them", "只填了 IPv4 的 IP 白名单会拒绝这些请求"}},
}
