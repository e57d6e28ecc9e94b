package rules

import (
	"strings"

	"wxcloud/catalog"
)

// verdict says which rule has something to say about a name. One place has one
// fault, so the three rules about names share this judgement.
type verdict int

const (
	rightName   verdict = iota
	notCallable         // not-cloud-callable: WeChat offers it over HTTPS only
	misnamed            // wrong-name: something known under another name, or no interface at all
	unheardOf           // unknown-api: nothing wxcloud knows
)

// judgement is what is known of a name.
type judgement struct {
	verdict verdict
	found   catalog.Resolution
	other   otherAPI // set when the name is that of another API
}

// judge says what a name is. Whether it stands in code or in config.json matters
// for the APIs that are no cloud calls: nobody mistakes one for the other in
// front of cloud.openapi, so there they are names like any other.
func judge(name string, code bool) judgement {
	if _, known := catalog.Lookup(name); known {
		return judgement{verdict: rightName}
	}
	if !code {
		if other, ok := lookupOther(name); ok {
			return judgement{verdict: misnamed, other: other}
		}
	}
	found := catalog.Resolve(name)
	switch {
	case found.Kind == catalog.KindNotCallable && !found.Guess:
		return judgement{verdict: notCallable, found: found}
	case found.Known():
		return judgement{verdict: misnamed, found: found}
	default:
		return judgement{verdict: unheardOf, found: found}
	}
}

// otherAPI is a way to reach WeChat or the cloud that is no open interface, and
// therefore needs no entry in permissions.openapi.
type otherAPI struct {
	kind otherKind
	name string // as it is written in code
	// certain reports that the entry can mean nothing else. A bare "deleteFile"
	// could be half the name of an interface that is newer than wxcloud.
	certain bool
}

type otherKind int

const (
	sdkMethod otherKind = iota + 1 // a method of wx-server-sdk itself
	payMethod                      // WeChat Pay, which is granted in the console
	clientAPI                      // an API of the mini program, not of the function
)

// lookupOther finds what people declare although it is no open interface. Names
// of an interface never come here.
func lookupOther(name string) (otherAPI, bool) {
	bare := strings.TrimSuffix(strings.TrimSpace(name), "()")
	first, rest, dotted := strings.Cut(bare, ".")
	switch {
	case first == "wx" && dotted:
		return otherAPI{clientAPI, bare, true}, true
	case strings.EqualFold(first, "cloudPay") && dotted:
		return otherAPI{payMethod, "cloud.cloudPay." + rest, true}, true
	case first == "cloud" && dotted:
		if pay, method, ok := strings.Cut(rest, "."); ok && strings.EqualFold(pay, "cloudPay") {
			return otherAPI{payMethod, "cloud.cloudPay." + method, true}, true
		}
		method, _, _ := strings.Cut(rest, ".")
		if isSDKMethod(method) {
			// Of these two there are interfaces as well: cloudbase.getOpenData, cloudbase.getVoIPSign.
			return otherAPI{sdkMethod, "cloud." + method, method != "getOpenData" && method != "getVoIPSign"}, true
		}
	case !dotted || first == "cloudbase" || first == "cloudStorage" || first == "storage" || first == "tcb":
		method, _, _ := strings.Cut(bare[strings.IndexByte(bare, '.')+1:], ".")
		if isSDKMethod(method) {
			return otherAPI{sdkMethod, "cloud." + method, false}, true
		}
	}
	return otherAPI{}, false
}

// isSDKMethod reports whether wx-server-sdk has a method of this name beside
// openapi.
func isSDKMethod(method string) bool {
	switch method {
	case "callFunction", "callOpenAPI", "database", "deleteFile", "downloadFile", "getCloudCallSign",
		"getOpenData", "getTempFileURL", "getVoIPSign", "getWXContext", "init", "logger", "updateConfig", "uploadFile":
		return true
	}
	return false
}
