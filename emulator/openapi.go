package emulator

import (
	"encoding/json"
	"strconv"

	"wxcloud/emulator/interfaces"
)

// The documented codes with which the gateway itself refuses a cloud call.
const (
	codeUnknownAPI   = -604100
	codeNoPermission = -604101
	codeSystemError  = -604103
	codeBadSource    = -604104
)

// What a cloud call without a ticket, or with one that WeChat did not issue or
// no longer honours, is told.
const (
	textNoTicket  = "missing wxCloudApiToken"
	textBadTicket = "invalid wx openapi access_token"
)

// protobufType is any Content-Type but the exact one of JSON errors.
const protobufType = "application/octet-stream"

// openAPI answers wx.openApi. The order of the checks is the gateway's: where
// the call comes from, whether the interface exists, whether the function may
// call it; only then the interface itself is asked.
func (e *Emulator) openAPI(q *request, p params) {
	api := p.get("apiname")
	q.x.Action = api
	message, err := decodeCommAPIData([]byte(p.get("requestdata")))
	if err != nil {
		q.commError(codeSystemError)
		return
	}
	if p.get("wxcloudapitoken") == "" {
		// Documented word for word, docs.cloudbase.net/error-code/INVALID_PARAM;
		// the SDK makes -501007 of it.
		q.tcbError("INVALID_PARAM", textNoTicket)
		return
	}
	t, ok := e.readTicket(p.get("wxcloudapitoken"))
	if !ok {
		// docs.cloudbase.net/error-code/INVALID_WX_ACCESS_TOKEN names the code,
		// reports its text; the SDK does not know it and makes -501001 of it.
		q.tcbError("INVALID_WX_ACCESS_TOKEN", textBadTicket)
		return
	}
	// A call that names no environment means the function's own.
	if env := p.get("envname"); env != "" && t.Env != env {
		// The SDK knows this code; which calls meet it is not documented.
		q.x.Synthetic = true
		q.commError(codeBadSource)
		return
	}
	q.x.Function, q.x.RequestID = t.Function, t.Request
	var fault *commAnswer // what the interface says, once the function may call it
	if e.meet(q, q.interfaceRefusals(&fault)) {
		return
	}
	switch message.apiType {
	case apiOpen, apiInner:
		e.cloudCall(q, api, t, message.pairs, fault)
	case apiSvrkit:
		e.svrkit(q, t, message)
	default:
		q.commError(codeUnknownAPI)
	}
}

func (e *Emulator) cloudCall(q *request, api string, t ticket, pairs []pair, fault *commAnswer) {
	if !e.options.Known(api) {
		q.commError(codeUnknownAPI)
		return
	}
	node, allowed, changed := e.admit(functionKey(t.Env, t.Function), api)
	q.x.Node = node
	if changed {
		// Should the snapshot fail, a restart only finds the caches emptier.
		_ = e.save()
	}
	if !allowed {
		q.commError(codeNoPermission)
		return
	}
	if fault != nil {
		q.bytes(protobufType, fault.encode())
		return
	}
	e.ask(q, api, t, pairs)
}

// jsonAnswer is an answer in the interface's own words.
func jsonAnswer(v any) commAnswer {
	data, _ := json.Marshal(v) //nolint:errchkjson // the answers of this package always encode
	return commAnswer{data: data, contentType: interfaces.JSONType}
}

func (q *request) commError(code int32) {
	q.x.Verdict = strconv.Itoa(int(code))
	q.bytes(protobufType, commAnswer{errorCode: code}.encode())
}

// svrkitOpenData is how the SDK spells cloud.getOpenData.
const svrkitOpenData = "ApiGetOpenDataByCloudId"

// svrkit answers the calls of the SDK that need no declared permission.
func (e *Emulator) svrkit(q *request, t ticket, message commAPIData) {
	if message.svrkitName != svrkitOpenData {
		q.commError(codeUnknownAPI)
		return
	}
	ids, err := decodeCloudIDs(message.svrkitData)
	if err != nil {
		q.commError(codeSystemError)
		return
	}
	texts := make([][]byte, len(ids))
	for i, id := range ids {
		if texts[i], err = json.Marshal(e.openData(id, t.OpenID)); err != nil {
			q.commError(codeSystemError)
			return
		}
	}
	q.bytes(protobufType, commAnswer{data: encodeOpenData(ids, texts)}.encode())
}

// interfaceRefusals word the faults of cloud calls. A WeChat code and broken JSON
// are the interface's own answers, so they wait until it is asked.
func (q *request) interfaceRefusals(later **commAnswer) refusals {
	return refusals{
		code: func(number int, message string) bool {
			if number <= codeUnknownAPI && number >= codeBadSource { // the gateway's own
				q.commError(int32(number))
				return true
			}
			answer := jsonAnswer(wechatAnswer{ErrCode: number, ErrMsg: message + " rid: " + randomHex(4) + "-" + randomHex(4) + "-" + randomHex(4)})
			*later = &answer
			return false
		},
		garbage: func() bool {
			*later = &commAnswer{data: []byte(`{"errcode":0,`), contentType: interfaces.JSONType}
			return false
		},
		failure: func(name, message string) bool {
			q.tcbError(name, message)
			return true
		},
	}
}
