const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  // 方形二维码，与 wxacode.get 合计最多 100,000 个 / A square code; 100,000 in all, shared with wxacode.get
  const { buffer } = await cloud.openapi.wxacode.createQRCode({
    path: `pages/index/index?id=${event.id}`,
    width: 430,
  })
  const { fileID } = await cloud.uploadFile({ cloudPath: `codes/${event.id}.jpg`, fileContent: buffer })
  return { fileID }
}
