package text

// permErrors are the errors and hints of the perm room.
var permErrors = []entry{
	{"perm/nothing-changed", Sentence{"no changed permission of {function} is known to wait for", "没有需要等待的权限变更：{function}"}},
	{"perm/added-and-removed", Sentence{"an interface cannot be both added to and removed from {function} in one change", "同一个接口不能在一次变更里对 {function} 既添加又删除"}},
	{"perm/acceptance-unknown", Sentence{"it is not known when the permissions of {function} were applied", "不知道 {function} 的权限是什么时候更新的"}},
	{"perm/acceptance-ahead", Sentence{"the permissions of {function} are noted as applied at {time}, which is still to come", "记录显示 {function} 的权限更新于 {time}，但这个时间还没到"}},
	{"perm/hint-since", Sentence{"say when it was done: wxcloud perm wait {function} --since TIME", "说明更新的时间：wxcloud perm wait {function} --since TIME"}},
	{"perm/hint-clock", Sentence{"compare the clock of this machine with that of the one that deployed", "对一下本机与部署机器的时间"}},

	{"perm/cause-still-cached", Sentence{"the time in which the cloud may use the old list has not passed yet", "云端沿用旧权限列表的缓存时间还没过"}},
	{"perm/cause-never-written", Sentence{"the list never reached the cloud: an upload key cannot update cloud-call permissions; WeChat DevTools or a third-party platform does", "权限列表没有真正写到云端：上传密钥不能更新云调用权限，要用微信开发者工具或第三方平台"}},
	{"perm/cause-environment", Sentence{"the list was applied in another environment, or to another function, than the one that was probed", "权限更新到了别的环境或别的云函数，而不是被探测的这一个"}},
	{"perm/cause-account", Sentence{"the account type does not have the capability; then waiting does not help (reported by developers)", "账号主体不具备该能力，再等也没有用（开发者反馈）"}},
	{"perm/cause-event", Sentence{"the function answered without naming the interface: the test event may not lead to the call, or its result is not returned", "云函数的返回里没有提到该接口：测试事件可能没有走到这个调用，或者没有把调用结果返回"}},
	{"perm/cause-ticket", Sentence{"the invocation carried no cloud-call ticket, so it cannot prove anything", "这次调用没有带云调用票据，证明不了什么"}},
	{"perm/cause-unknown-name", Sentence{"the cloud knows no interface of this name (-604100)", "云端没有这个名字的接口（-604100）"}},
	{"perm/cause-unnamed", Sentence{"at least one interface was refused and the answer does not say which; probe one interface at a time to tell them apart", "至少有一个接口被拒，但返回里没有说是哪一个；一次只探测一个接口就能分清"}},
	{"perm/cause-function-error", Sentence{"the function failed before or after the call; its own error has to be mended first", "云函数自己执行失败，要先解决它自身的错误"}},
	{"perm/cause-service", Sentence{"the service failed or did not answer while it was probed", "探测时服务出错或没有响应"}},
	{"perm/cause-no-probe", Sentence{"nothing was probed: without a test event, or a credential to invoke the function with, there is only the clock", "没有做过探测：缺少测试事件，或缺少调用云函数的凭据，只能按时间推算"}},
}
