const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  // 与 wxacode.createQRCode 合计最多 100,000 个 / 100,000 in all, shared with wxacode.createQRCode
  const { buffer } = await cloud.openapi.wxacode.get({
    path: `pages/index/index?id=${event.id}`,
    width: 430,
  })
  const { fileID } = await cloud.uploadFile({ cloudPath: `codes/${event.id}.jpg`, fileContent: buffer })
  return { fileID }
}
