package js

import "bytes"

// loadedSDK stands for a file that is a copy of wx-server-sdk.
const loadedSDK int32 = -2

// copyOfSDK reports whether a file is a copy of wx-server-sdk under another name:
// it defines the service and the ways out of it that only the SDK has, and does not
// itself call an interface.
func copyOfSDK(data []byte) bool {
	if len(data) < 2000 || !bytes.Contains(data, []byte("getWXContext")) {
		return false
	}
	marks := 0
	for _, mark := range [...]string{"OPENAPI_SERVICE_NAME", "CommOpenApiResp", "DYNAMIC_CURRENT_ENV", "registerService", "GetCloudCallSign", "ApiGetOpenDataByCloudId"} {
		if bytes.Contains(data, []byte(mark)) {
			marks++
		}
	}
	return marks >= 3 && !bytes.Contains(data, []byte(".openapi."))
}
