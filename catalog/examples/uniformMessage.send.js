// 已于 2023-09-20 下线，调用返回 45109；小程序请改用 subscribeMessage.send
// Withdrawn on 2023-09-20, calls answer 45109: in a mini program use subscribeMessage.send
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const { OPENID } = cloud.getWXContext()
  return cloud.openapi.uniformMessage.send({
    touser: OPENID,
    mpTemplateMsg: {
      appid: event.officialAccountAppid,
      templateId: event.templateId,
      url: 'https://example.com/',
      miniprogram: { appid: event.appid, pagepath: 'pages/index/index' },
      data: { first: { value: event.title } },
    },
  })
}
