package text

// serverCodes are the codes of the server SDK and of WeChat's side of cloud
// development.
var serverCodes = []numbered{
	{-604001, CodeText{
		Title:   Sentence{"the function returned more than 1 MB", "云函数返回结果超过 1 MB"},
		Meaning: Sentence{"the function ran, but what it returned is too large to be passed on", "云函数执行了，但返回的内容太大，无法传回"},
		Causes:  []Sentence{{"a whole list or a file (as base64) is returned", "直接返回了整张列表，或把文件转成 base64 返回"}},
		Next:    []Sentence{{"return pages, or upload the file to cloud storage and return its fileID", "分页返回；文件先传到云存储，只返回 fileID"}},
	}},
	{-602001, CodeText{
		Title:   Sentence{"a database query returned more than 1 MB", "数据库查询结果超过 1 MB"},
		Meaning: Sentence{"the result of the query is too large for one answer", "一次查询的结果太大，无法返回"},
		Causes:  []Sentence{{"large fields or too many records are read at once", "一次读取的记录太多，或字段太大"}},
		Next:    []Sentence{{"read fewer records with limit and skip, and only the fields you need with field", "用 limit、skip 减少条数，用 field 只取需要的字段"}},
	}},
	{-601001, CodeText{
		Title:   Sentence{"WeChat's server failed", "微信侧系统错误"},
		Meaning: Sentence{"WeChat's side failed or answered with something the SDK cannot read; it proves nothing about permissions", "微信侧出错，或返回了 SDK 无法解析的内容；不能说明权限有没有"},
		Causes: []Sentence{
			{"a passing fault of the service", "服务的临时故障"},
			{"the text after the code names a broken answer, for example invalid json", "错误信息里提到返回内容有误，例如 invalid json"},
		},
		Next: []Sentence{{"try again with growing pauses; if it lasts, report it with the request id", "拉长间隔重试；持续出现时带上 requestId 反馈"}},
	}},
	{-601002, CodeText{
		Title:   Sentence{"an argument has the wrong type or is missing", "参数错误"},
		Meaning: Sentence{"the SDK or WeChat's server rejected the arguments before doing anything", "SDK 或微信服务器在执行前就拒绝了参数"},
		Causes:  []Sentence{{"a required argument is undefined, often because event lacks the field", "必填参数是 undefined，常见于 event 里没有传这个字段"}},
		Next:    []Sentence{{"compare the arguments with the interface: wxcloud perm info {api}", "对照接口说明检查参数：wxcloud perm info {api}"}},
	}},
	{-601003, CodeText{
		Title:   Sentence{"the network between the function and WeChat failed", "云函数与微信之间网络错误"},
		Meaning: Sentence{"the request was not answered because of the network; whether it arrived is unknown", "因网络问题没有拿到结果，请求是否到达无法确定"},
		Causes:  []Sentence{{"a passing fault", "临时故障"}},
		Next:    []Sentence{{"try again with growing pauses", "拉长间隔重试"}},
	}},
	{-601004, CodeText{
		Title:   Sentence{"this account or caller may not use the capability", "没有使用该能力的权限"},
		Meaning: Sentence{"WeChat refused by the account or the caller; this is not the function's cloud-call list, whose code is -604101", "微信按账号或调用方拒绝。它不是云函数的云调用权限问题，后者的错误码是 -604101"},
		Causes: []Sentence{
			{"the mini program has not been granted the capability", "小程序没有开通该能力"},
			{"the call is made from another mini program or environment than the one that holds the right", "发起调用的小程序或环境，并不是获得授权的那一个"},
		},
		Next: []Sentence{{"look for the capability in the admin console (mp.weixin.qq.com), 「开发管理」 then 「接口设置」", "到小程序管理后台（mp.weixin.qq.com）「开发管理」->「接口设置」查看是否已开通"}},
	}},
	{-601005, CodeText{
		Title:   Sentence{"the cloudID is not valid", "cloudID 无效"},
		Meaning: Sentence{"the cloudID does not stand for open data WeChat knows", "微信不认得这个 cloudID"},
		Causes: []Sentence{
			{"it was cut, changed, or built by hand", "cloudID 被截断、改动，或是自己拼出来的"},
			{"the value passed is not the cloudID of the client's answer", "传来的不是客户端接口返回的 cloudID"},
		},
		Next: []Sentence{{"pass it unchanged at the top level of the data: wx.cloud.CloudID(cloudID)", "在 data 的第一层原样传：wx.cloud.CloudID(cloudID)"}},
	}},
	{-601006, CodeText{
		Title:   Sentence{"the cloudID has expired", "cloudID 已过期"},
		Meaning: Sentence{"the open data behind the cloudID may no longer be fetched", "这个 cloudID 对应的开放数据已经不能再换取"},
		Causes:  []Sentence{{"it was stored and used later", "把 cloudID 存了下来，过后才用"}},
		Next:    []Sentence{{"ask the client for a new one and use it at once", "让客户端重新获取，拿到后立即使用"}},
	}},
	{-601007, CodeText{
		Title:   Sentence{"the cloudID belongs to another user", "cloudID 与当前用户不匹配"},
		Meaning: Sentence{"a cloudID may only be used in a call made by the user it was issued to", "cloudID 只能由它所属的用户在自己的调用中使用"},
		Causes:  []Sentence{{"it was passed on to another user's call or used without a user, for instance from a timer", "把它用在了别的用户的调用里，或没有用户身份的调用（如定时触发）里"}},
		Next:    []Sentence{{"exchange it in the call of the user who produced it", "在产生它的那个用户自己的调用中换取"}},
	}},
	{-601008, CodeText{
		Title:   Sentence{"WeChat's server did not answer in time", "微信服务端请求超时"},
		Meaning: Sentence{"no answer came in time; it says nothing about permissions", "没有按时返回；与权限无关"},
		Causes:  []Sentence{{"a passing fault or a slow interface", "临时故障，或接口较慢"}},
		Next:    []Sentence{{"try again, and give the function a longer time limit if it is short", "重试；云函数超时时间太短的话适当调大"}},
	}},
	{-601009, CodeText{
		Title:   Sentence{"the user has no phone number in WeChat", "用户没有绑定手机号"},
		Meaning: Sentence{"the phone number was asked for, and there is none to give", "请求了手机号，但该用户没有可提供的手机号"},
		Causes:  []Sentence{{"the user's WeChat account is not bound to a phone number", "用户的微信没有绑定手机号"}},
		Next:    []Sentence{{"offer the user another way to go on", "给用户提供其他方式"}},
	}},
	{-601010, CodeText{
		Title:   Sentence{"no right to write", "没有写权限"},
		Meaning: Sentence{"the caller may read but not write here", "调用方在这里只能读，不能写"},
		Causes:  []Sentence{{"the resource belongs to another account or is shared for reading only", "资源属于其他账号，或只共享了读权限"}},
		Next:    []Sentence{{"ask the owner of the environment for the right to write", "请资源方开放写权限"}},
	}},
	{-601011, CodeText{
		Title:   Sentence{"no privilege for this operation", "没有执行该操作的特权"},
		Meaning: Sentence{"the operation is reserved for callers with a privilege that this one lacks", "该操作需要特权，当前调用方没有"},
		Causes:  []Sentence{{"the capability is not opened for this mini program", "小程序没有开通该能力"}},
		Next:    []Sentence{{"check in the admin console (mp.weixin.qq.com) whether the capability can be applied for", "到小程序管理后台（mp.weixin.qq.com）查看能否申请该能力"}},
	}},
	{-601012, CodeText{
		Title:   Sentence{"the environment is not authorised for this mini program", "环境未授权"},
		Meaning: Sentence{"the call names an environment this mini program has no right to", "调用指定的环境没有授权给当前小程序"},
		Causes: []Sentence{
			{"the environment id is of another account and is not shared with this one", "环境 ID 属于其他账号，且没有共享给当前小程序"},
			{"resourceAppid or resourceEnv in the SDK's settings is wrong", "SDK 初始化时 resourceAppid 或 resourceEnv 填错"},
		},
		Next: []Sentence{{"correct the environment in cloud.init, or share it in the cloud console (云开发控制台) of the owner", "改正 cloud.init 里的环境，或由资源方在云开发控制台共享该环境"}},
	}},
	{-601013, CodeText{
		Title:   Sentence{"multi-end access is not opened", "没有多端权限"},
		Meaning: Sentence{"the call comes from a kind of client that may not use this environment", "发起调用的端没有使用该环境的权限"},
		Causes:  []Sentence{{"the environment is not opened for this kind of client", "该环境没有对这种端开放"}},
		Next:    []Sentence{{"open it in the cloud console (云开发控制台), or call from the mini program", "在云开发控制台开通，或改由小程序端调用"}},
	}},
	{-601015, CodeText{
		Title:   Sentence{"the owner's cloudbase_auth function gave no verdict", "资源方的 cloudbase_auth 云函数没有返回 errCode"},
		Meaning: Sentence{"a shared environment asks the owner's function cloudbase_auth who may enter; it returned no errCode, which counts as no", "跨账号访问时由资源方的 cloudbase_auth 云函数决定放行与否；它没有返回 errCode，按拒绝处理"},
		Causes:  []Sentence{{"cloudbase_auth does not return an object with errCode, or fails", "cloudbase_auth 没有返回带 errCode 的对象，或执行失败"}},
		Next:    []Sentence{{"the owner lets it return errCode 0 for those who may enter, then deploys it: wxcloud deploy cloudbase_auth", "由资源方改为对允许的调用方返回 errCode: 0，再部署：wxcloud deploy cloudbase_auth"}},
	}},
	{-601016, CodeText{
		Title:   Sentence{"the authorisation of the shared environment is missing", "缺少环境授权信息"},
		Meaning: Sentence{"no sharing of this environment with this mini program is on record", "没有查到该环境共享给当前小程序的记录"},
		Causes:  []Sentence{{"the environment was never shared, or the sharing was taken back", "环境没有共享过，或共享已被取消"}},
		Next:    []Sentence{{"the owner shares it in the cloud console (云开发控制台), 「环境共享」", "由资源方在云开发控制台的「环境共享」里添加"}},
	}},
	{-601017, CodeText{
		Title:   Sentence{"the owner's cloudbase_auth function refused", "资源方的 cloudbase_auth 云函数拒绝了访问"},
		Meaning: Sentence{"cloudbase_auth returned an errCode other than 0, which means no", "cloudbase_auth 返回了非 0 的 errCode，即拒绝访问"},
		Causes:  []Sentence{{"this mini program or user is not on the owner's list", "当前小程序或用户不在资源方允许的范围内"}},
		Next:    []Sentence{{"ask the owner what cloudbase_auth checks", "向资源方确认 cloudbase_auth 的校验条件"}},
	}},
	{-601018, CodeText{
		Title:   Sentence{"the interface is not authorised for the shared environment", "接口未授权"},
		Meaning: Sentence{"the sharing of the environment does not include this interface; this is not -604101, which is the function's own list", "环境共享的授权范围不含该接口。它不同于 -604101，后者是云函数自己的权限列表"},
		Causes:  []Sentence{{"the owner shared the environment without this capability", "资源方共享环境时没有勾选该能力"}},
		Next:    []Sentence{{"the owner adds it in the cloud console (云开发控制台), 「环境共享」", "由资源方在云开发控制台的「环境共享」里补充授权"}},
	}},
}
