// 已于 2020-01-10 下线，调用必定失败；请改用 subscribeMessage.send
// Offline since 2020-01-10, every call fails: use subscribeMessage.send
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const { OPENID } = cloud.getWXContext()
  return cloud.openapi.templateMessage.send({
    touser: OPENID,
    templateId: event.templateId,
    formId: event.formId,
    page: 'pages/index/index',
    data: {
      keyword1: { value: event.title },
      keyword2: { value: event.time },
    },
  })
}
