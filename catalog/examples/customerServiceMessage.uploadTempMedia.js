const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const { OPENID } = cloud.getWXContext()
  const { fileContent } = await cloud.downloadFile({ fileID: event.fileID })
  // 临时素材 3 天后失效 / Temporary media expires after three days
  const { mediaId } = await cloud.openapi.customerServiceMessage.uploadTempMedia({
    type: 'image',
    media: { contentType: 'image/png', value: fileContent },
  })
  await cloud.openapi.customerServiceMessage.send({
    touser: OPENID,
    msgtype: 'image',
    image: { mediaId },
  })
  return { mediaId }
}
