const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const { OPENID } = cloud.getWXContext()
  const { fileList } = await cloud.getTempFileURL({ fileList: [event.fileID] })
  const { traceId } = await cloud.openapi.security.mediaCheckAsync({
    mediaUrl: fileList[0].tempFileURL,
    mediaType: 2, // 1 音频 audio，2 图片 image
    version: 2,
    scene: 1,
    openid: OPENID,
  })
  // 结果稍后经消息推送 wxa_media_check 送达，用 traceId 对应
  // The result comes later as the message push wxa_media_check; match it by traceId
  return { traceId }
}
