const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

// 由消息推送触发：event 就是用户发来的客服消息
// Called by message push: event is the customer message a user sent
exports.main = async (event) => {
  const { OPENID } = cloud.getWXContext()
  await cloud.openapi.customerServiceMessage.send({
    touser: OPENID,
    msgtype: 'text',
    text: { content: `收到：${event.Content}` },
  })
  return 'success'
}
