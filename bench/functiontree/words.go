package functiontree

// The vocabulary of the code: what shops, clubs and schools write about.
var (
	nouns = [...]string{
		"order", "user", "goods", "cart", "coupon", "address", "member", "activity", "article", "comment", "teacher", "course",
		"lesson", "ticket", "device", "room", "message", "notice", "record", "photo", "payment", "refund", "category", "banner",
		"question", "answer", "score", "team", "booking", "shop", "stock", "delivery", "feedback", "signin", "lottery", "invite",
	}
	suffixes = [...]string{"", "List", "Info", "Id", "Data", "Res", "Item", "Map", "Count", "Detail", "Result", "Config", "Temp", "Arr"}
	verbs    = [...]string{
		"get", "add", "update", "remove", "check", "query", "save", "create", "send", "count", "sync", "format", "parse", "load",
		"push", "login", "cancel", "confirm", "search", "export",
	}
	fields = [...]string{
		"_id", "_openid", "openid", "name", "title", "status", "price", "total", "createTime", "updateTime", "nickName", "avatarUrl",
		"phone", "page", "pageSize", "type", "desc", "content", "images", "fileID", "num", "date", "remark", "tags", "sort", "isDeleted",
	}
	chinese = [...]string{
		"获取失败", "操作成功", "参数错误", "用户不存在", "库存不足", "请先登录", "订单已取消", "您的预约已确认", "活动已结束", "提交成功，请等待审核",
		"网络异常，请稍后再试", "没有权限", "内容含有违规信息", "今日已签到", "新的评论", "课程提醒", "支付成功", "已发货",
	}
	remarks = [...]string{
		"云函数入口函数", "获取用户信息", "分页查询", "判断是否为管理员", "先查再改，避免重复", "TODO 这里以后改成事务", "每次最多取 100 条",
		"返回给小程序端", "处理图片", "更新状态", "格式化时间", "发送订阅消息", "兼容旧数据", "定时触发", "计算总价（分）", "the old client still sends this",
	}
)

// interfaces are what real functions call, each as often as seen among 679 call
// sites of public code.
var interfaces = [...]struct {
	name   string
	weight int
	body   string
}{
	{"subscribeMessage.send", 194, "touser: {r},\n    page: 'pages/index/index',\n    data: { thing1: { value: '{s}' }, time2: { value: {r} } },\n    templateId: event.templateId"},
	{"security.msgSecCheck", 90, "content: event.content"},
	{"wxacode.get", 76, "path: 'pages/index/index',\n    width: 430"},
	{"customerServiceMessage.send", 64, "touser: {r},\n    msgtype: 'text',\n    text: { content: '{s}' }"},
	{"wxacode.getUnlimited", 51, "scene: event.scene,\n    page: 'pages/detail/detail'"},
	{"security.imgSecCheck", 43, "media: { contentType: 'image/png', value: Buffer.from(event.img) }"},
	{"templateMessage.send", 31, "touser: {r},\n    templateId: event.templateId,\n    formId: event.formId,\n    page: 'pages/index/index'"},
	{"templateMessage.addTemplate", 10, "id: event.id,\n    keywordIdList: [1, 2]"},
	{"phonenumber.getPhoneNumber", 12, "code: event.code"},
	{"ocr.printedText", 9, "type: 'photo',\n    imgUrl: event.url"},
	{"urlscheme.generate", 9, "jumpWxa: { path: '/pages/index/index', query: '' },\n    isExpire: true,\n    expireTime: 1606737600"},
	{"security.mediaCheckAsync", 6, "mediaUrl: event.url,\n    mediaType: 2"},
}
