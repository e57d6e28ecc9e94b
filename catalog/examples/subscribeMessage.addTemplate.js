const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async () => {
  // 从公共模板库选用模板；关键词编号由 subscribeMessage.getPubTemplateKeyWordsById 查得
  // Takes a template from the public library; subscribeMessage.getPubTemplateKeyWordsById lists the keyword ids
  const { priTmplId } = await cloud.openapi.subscribeMessage.addTemplate({
    tid: '401',
    kidList: [1, 2],
    sceneDesc: '提醒用户课程即将开始',
  })
  // 之后发送时用作 templateId / The templateId to send with
  return { templateId: priTmplId }
}
