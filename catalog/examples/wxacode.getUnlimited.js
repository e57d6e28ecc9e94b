const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const { buffer } = await cloud.openapi.wxacode.getUnlimited({
    // 最多 32 个字符，页面 onLoad 里从 options.scene 读取
    // At most 32 characters; the page reads it from options.scene in onLoad
    scene: `id=${event.id}`,
    page: 'pages/index/index', // 不带参数，开头不加 / · no parameters, no leading slash
    checkPath: true, // 页面尚未发布时设为 false / false while the page is not published yet
    envVersion: 'release', // release | trial | develop
    width: 430,
  })
  const { fileID } = await cloud.uploadFile({ cloudPath: `codes/${event.id}.jpg`, fileContent: buffer })
  return { fileID }
}
