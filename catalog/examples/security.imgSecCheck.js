// 2021-09-01 起停止更新，新代码请用 security.mediaCheckAsync
// Not updated since 2021-09-01: use security.mediaCheckAsync in new code
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const { fileContent } = await cloud.downloadFile({ fileID: event.fileID })
  try {
    await cloud.openapi.security.imgSecCheck({
      // 不超过 1 MB / At most 1 MB
      media: { contentType: 'image/png', value: fileContent },
    })
    return { ok: true }
  } catch (err) {
    // 87014：图片含违法违规内容 / 87014: the image holds illegal content
    if (err.errCode === 87014) return { ok: false }
    throw err
  }
}
