const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const { fileList } = await cloud.getTempFileURL({ fileList: [event.fileID] })
  const { items } = await cloud.openapi.ocr.printedText({
    imgUrl: fileList[0].tempFileURL,
  })
  return { lines: items.map((item) => item.text) }
}
