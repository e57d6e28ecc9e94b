const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const { OPENID } = cloud.getWXContext()
  const { result, detail } = await cloud.openapi.security.msgSecCheck({
    version: 2,
    // 1 资料 2 评论 3 论坛 4 社交日志 / 1 profile, 2 comment, 3 forum, 4 social log
    scene: 2,
    // 用户须在近两小时内访问过小程序 / The user must have opened the app within two hours
    openid: OPENID,
    content: event.content,
  })
  // pass 通过，review 建议人工复核，risky 有风险 / pass, review by a person, or risky
  return { ok: result.suggest === 'pass', suggest: result.suggest, label: result.label, detail }
}
