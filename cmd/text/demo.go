package text

// What the demo and invoke say.
var (
	DemoShort = Sentence{"see the whole job on this machine, no account needed", "在本机看完整个流程，不需要账号"}
	DemoLong  = Sentence{
		"Makes a project in a temporary folder, forgets a permission, meets the real -604101, fixes it, deploys,\nwaits out the cache, and succeeds. The function runs in Node with the real wx-server-sdk from npm against a\nlocal cloud. Needs Node 20 and npm.",
		"在临时目录新建项目，漏掉一个权限，遇到真实的 -604101，修复、部署、等待缓存过期，最后调用成功。\n云函数由 Node 加载 npm 上真实的 wx-server-sdk 运行，连接本地模拟云。需要 Node 20 和 npm。",
	}
	FlagDemoTTL  = Sentence{"how `long` the local cloud caches permissions in this demo, at least 5s", "演示中本地模拟云缓存权限的`时长`，至少 5s"}
	FlagRealTime = Sentence{"keep the real ten minutes", "保持真实的十分钟"}
	FlagDemoDir  = Sentence{"make the project in this empty `folder`", "在这个空`目录`里新建项目"}

	DemoIntro     = Sentence{"A project is made in {dir}. Every command below really runs.", "项目建在 {dir}。下面的每条命令都真实执行。"}
	DemoShortened = Sentence{"The local cloud caches permissions for {ttl} here instead of the real ten minutes (--real-time keeps those).", "为了演示，本地模拟云的权限缓存缩短为 {ttl}，真实云端是十分钟（--real-time 可保持十分钟）。"}
	DemoRealTime  = Sentence{"The local cloud caches permissions for ten minutes, as the real one does.", "本地模拟云的权限缓存为十分钟，与真实云端一致。"}

	DemoStepInit    = Sentence{"1. Make a cloud function that sends a subscribe message", "1. 新建一个发送订阅消息的云函数"}
	DemoForget      = Sentence{"\nForget to declare {api}, as three in ten public functions with cloud calls forget one:", "\n漏掉 {api} 的声明——公开的云调用函数里，十个有三个漏了声明："}
	DemoStepLint    = Sentence{"2. lint reads the code and finds the missing declaration", "2. lint 读代码，找出漏掉的声明"}
	DemoStepDeploy  = Sentence{"3. Deploy to the local cloud all the same", "3. 仍然部署到本地模拟云"}
	DemoStepRefused = Sentence{"4. Call it as the mini program does: the real -604101", "4. 像小程序那样调用它：真实的 -604101"}
	DemoAllCached   = Sentence{"(called {times} more times, until each of the {nodes} gateway nodes had cached the list without the permission)", "（又调用了 {times} 次，直到 {nodes} 个网关节点都缓存了不含该权限的权限列表）"}
	DemoStepFix     = Sentence{"5. Declare it, lint again, deploy", "5. 声明、再次检查、部署"}
	DemoStepStill   = Sentence{"6. Call it again: still -604101, the gateway nodes have the old list", "6. 再次调用：仍是 -604101，网关节点还在用旧的权限列表"}
	DemoStepWait    = Sentence{"7. Wait until the permission is verified to be in force", "7. 等待，直到实测权限已经生效"}
	DemoStepWorks   = Sentence{"8. Call it: it works", "8. 调用成功"}

	DemoHonest          = Sentence{"What was different from a real environment", "与真实环境的区别"}
	DemoHonestWriter    = Sentence{"- Permissions were written through the third-party platform API (uploadfuncconfig). An ordinary owner's upload key has no such call.", "- 这里的权限是通过第三方平台接口（uploadfuncconfig）写入的；普通开发者的上传密钥没有这样的接口。"}
	DemoHonestUploadKey = Sentence{"- With an upload key alone wxcloud would say: an upload key cannot update cloud-call permissions (上传密钥不能更新云调用权限). Then: in WeChat DevTools right-click the function's folder and choose 上传并部署：云端安装依赖, record that with wxcloud perm mark, and run wxcloud perm wait.", "- 只有上传密钥时，wxcloud 会提示：上传密钥不能更新云调用权限。这时请在微信开发者工具中右键函数目录，选择「上传并部署：云端安装依赖」，用 wxcloud perm mark 登记，再运行 wxcloud perm wait。"}
	DemoHonestSending   = Sentence{"- Really sending a message also needs a template id from the console and the user's consent (wx.requestSubscribeMessage). The local cloud checks neither.", "- 真正发出消息还需要后台的模板 ID，以及用户的订阅授权（wx.requestSubscribeMessage）；本地模拟云不检查这两项。"}
	DemoEnd             = Sentence{"\nNothing is left running. The project stays in {dir}: look around, or remove it.", "\n没有留下任何运行中的进程。项目保留在 {dir}，可以随意查看或删除。"}

	InvokeShort = Sentence{"run a deployed function once", "调用一次已部署的云函数"}
	InvokeLong  = Sentence{
		"Invokes a function through WeChat's HTTP API, as the one path from outside that may make cloud calls; it\ncarries no OPENID. On the local cloud --as-user calls as a mini program's user does, with an OPENID.",
		"通过微信 HTTP API 调用云函数。这是从外部触发且允许云调用的唯一途径，但不带 OPENID。\n在本地模拟云上可用 --as-user 模拟小程序用户调用，带 OPENID。",
	}
	FlagData         = Sentence{"the `event`: JSON, @file, or - for stdin", "调用`参数`：JSON、@文件，或 - 表示标准输入"}
	FlagAsUser       = Sentence{"call as a mini program's user with this `OPENID` (local cloud only)", "以小程序用户身份调用，可指定 `OPENID`（仅限本地模拟云）"}
	FlagTokenCommand = Sentence{"`command` that prints a third-party authorizer token; run again when it has expired", "打印第三方平台 authorizer token 的`命令`，过期时会重新运行"}
	FlagPlane        = Sentence{"`wechat` (the invocation API) or scf (past WeChat: with the log, without a cloud-call ticket)", "调用途径：`wechat`（调用接口）或 scf（绕过微信：带日志，但不带云调用凭证）"}
	InvokeFacts      = Sentence{"request {id}, {time} ms, {memory} MB", "请求 {id}，{time} 毫秒，{memory} MB"}
	InvokeFailed     = Sentence{"function {function} failed with {code}", "云函数 {function} 执行失败，错误码 {code}"}
	Retrying         = Sentence{"{reason}; trying again in {pause}", "{reason}；{pause} 后重试"}
)
