const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  // event.code 来自 <button open-type="getPhoneNumber"> 的回调，只能用一次，不是 wx.login 的 code
  // event.code comes from <button open-type="getPhoneNumber">, works once, and is not wx.login's
  const { phoneInfo } = await cloud.openapi.phonenumber.getPhoneNumber({ code: event.code })
  return { phoneNumber: phoneInfo.purePhoneNumber, countryCode: phoneInfo.countryCode }
}
