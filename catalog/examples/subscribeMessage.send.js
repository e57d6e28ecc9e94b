const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  // 发给调用者本人 / Send to the user who calls this function
  const { OPENID } = cloud.getWXContext()
  return cloud.openapi.subscribeMessage.send({
    touser: OPENID,
    // 用户须先在小程序端用 wx.requestSubscribeMessage 同意接收，否则返回 43101
    // The user must accept this template with wx.requestSubscribeMessage first, else 43101
    templateId: event.templateId,
    page: 'pages/index/index',
    miniprogramState: 'formal', // developer | trial | formal
    lang: 'zh_CN',
    // 字段名以模板详情为准，不符会返回 47003 / Keys must match the template, else 47003
    data: {
      thing1: { value: event.title },
      time2: { value: event.time },
    },
  })
}
