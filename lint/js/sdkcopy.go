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

// sdkModules are modules that every release of wx-server-sdk is made of. It is
// published as a bundle of its own, whose keys bundlers and minifiers leave alone.
var sdkModules = [...]string{"./src/index.ts", "./src/protobuf/openapi.js", "./src/api/openapi/index.ts", "./src/api/utils/api/getWXContext.ts"}

// isSDK reports whether a call of callee with these arguments is the whole of
// wx-server-sdk: (function (modules) {…})({"./src/index.ts": …}).
func (p *parser) isSDK(callee, args int32) bool {
	if f := &p.nodes[callee]; f.kind != nFunction || f.flags&flagArrow != 0 || p.nodes[args].kind != nObject || p.failed || p.spec > 0 {
		return false
	}
	found := 0
	for c := p.nodes[args].a; c != 0; c = p.nodes[c].next {
		k := &p.nodes[p.nodes[c].a]
		if p.nodes[c].kind != nProperty || k.kind != nString {
			continue
		}
		for _, name := range sdkModules {
			if string(p.src[k.start+1:k.end-1]) == name {
				found++
			}
		}
	}
	return found == len(sdkModules)
}

// cut puts the SDK itself in place of the function that makes it, and forgets
// what was read of that.
func (p *parser) cut(start int, callee int32) int32 {
	p.bundled = true
	for n := len(p.requests); n > 0 && p.requests[n-1] >= callee; n-- {
		p.requests = p.requests[:n-1]
	}
	p.nodes = p.nodes[:callee]
	return p.finish(p.node(nSDK, start))
}
