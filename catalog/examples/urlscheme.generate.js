const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const { openlink } = await cloud.openapi.urlscheme.generate({
    jumpWxa: {
      path: '/pages/index/index', // 必须是已发布的页面 / Must be a published page
      query: `id=${event.id}`,
      envVersion: 'release',
    },
    expireType: 1, // 0 到指定时间失效 at expireTime，1 几天后失效 after expireInterval days
    expireInterval: 30, // 最长 30 天 / At most 30 days
  })
  return { openlink }
}
