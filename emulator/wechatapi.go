package emulator

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// wechatAnswer is the form of every answer of api.weixin.qq.com.
type wechatAnswer struct {
	ErrCode int    `json:"errcode"`
	ErrMsg  string `json:"errmsg"`
}

// wechatAPI answers api.weixin.qq.com.
func (e *Emulator) wechatAPI(q *request) {
	q.x.Action = q.URL.Path
	q.x.Function = functionOfCall(q)
	if e.meet(q, q.wechatRefusals()) {
		return
	}
	if answer := e.addresses[q.URL.Path]; answer != nil {
		answer(q)
		return
	}
	q.wechatError(40066, "invalid url")
}

// wechatAddresses are the addresses of api.weixin.qq.com there are.
func (e *Emulator) wechatAddresses() map[string]func(*request) {
	return map[string]func(*request){
		"/cgi-bin/stable_token":    e.stableToken,
		"/cgi-bin/token":           e.plainToken,
		"/tcb/invokecloudfunction": e.invokeCloudFunction,
		"/tcb/uploadfuncconfig":    e.uploadFuncConfig,
		"/tcb/getfuncconfig":       e.getFuncConfig,
		"/tcb/getcodesecret":       e.getCodeSecret,
		"/tcb/getuploadsignature":  e.getUploadSignature,
		"/tcb/downloadfunction":    e.downloadFunction,
		"/tcb/getenvinfo":          e.getEnvInfo,
		"/tcb/getqcloudtoken":      e.getQcloudToken,
		"/tcb/listfunctions":       e.listFunctionsAPI,
	}
}

// wechatError answers an error with the request id real ones end with.
func (q *request) wechatError(code int, text string) {
	q.x.Verdict = strconv.Itoa(code)
	q.json(wechatAnswer{ErrCode: code, ErrMsg: text + " rid: " + randomHex(4) + "-" + randomHex(4) + "-" + randomHex(4)})
}

// posted answers and returns false when the request is not a POST with a body.
func (q *request) posted() bool {
	switch {
	case q.Method != http.MethodPost:
		q.wechatError(43002, "require POST method")
	case len(bytes.TrimSpace(q.body)) == 0:
		q.wechatError(44002, "empty post data")
	default:
		return true
	}
	return false
}

// authorized reads the body of a call only a third-party platform's token may
// make: an ordinary one is answered 40014, as in life.
func (e *Emulator) authorized(q *request, into any) bool {
	kind := e.token(q)
	switch {
	case kind == noToken:
	case kind != authorizerToken:
		q.wechatError(40014, "invalid access_token")
	case !q.posted():
	case json.Unmarshal(q.body, into) != nil:
		q.wechatError(47001, "data format error")
	default:
		return true
	}
	return false
}

func (e *Emulator) listFunctionsAPI(q *request) {
	var in struct {
		Env           string `json:"env"`
		Limit, Offset int
		SearchKey     string `json:"searchkey"`
	}
	if !e.authorized(q, &in) {
		return
	}
	if in.Env != e.credentials.EnvID {
		q.wechatError(-501000, "Environment not found")
		return
	}
	type item struct {
		Name    string `json:"name"`
		Runtime string `json:"runtime"`
		Status  string `json:"status"`
		Added   string `json:"add_time"`
		Changed string `json:"mod_time"`
	}
	e.mu.Lock()
	found := e.sorted(in.SearchKey)
	list := []item{}
	for _, f := range page(found, in.Offset, in.Limit) {
		list = append(list, item{f.Name, f.Runtime, f.status(e.now()), cloudTime(f.Added), cloudTime(f.Modified)})
	}
	e.mu.Unlock()
	q.json(struct {
		wechatAnswer
		Total     int    `json:"total_count"`
		Functions []item `json:"functions"`
	}{wechatAnswer{ErrMsg: "ok"}, len(found), list})
}

// httpInvokeLimit is how long a function called over HTTP may run (documented).
const httpInvokeLimit = 5 * time.Second

// invokeCloudFunction runs a function without a user: no OPENID, but with a
// cloud-call ticket (documented: such functions may use cloud calls).
func (e *Emulator) invokeCloudFunction(q *request) {
	if e.token(q) == noToken || !q.posted() {
		return
	}
	query := q.URL.Query()
	q.x.Function = query.Get("name")
	switch {
	case query.Get("env") == "" || query.Get("name") == "":
		q.wechatError(40101, "missing parameter: env or name")
		return
	case query.Get("env") != e.credentials.EnvID:
		q.wechatError(-501000, "Environment not found")
		return
	case !json.Valid(q.body):
		q.wechatError(47001, "data format error")
		return
	}
	out := e.invoke(q.Context(), invocation{
		function: query.Get("name"), event: q.body, origin: FromHTTP, limit: httpInvokeLimit,
	})
	q.x.RequestID = out.RequestID
	if out.ErrCode != 0 {
		q.wechatError(out.ErrCode, out.ErrMsg)
		return
	}
	q.json(struct {
		wechatAnswer
		Data string `json:"resp_data"`
	}{wechatAnswer{ErrMsg: "ok"}, string(out.Result)})
}

// functionOfCall is the function a call of the WeChat API is about, if any.
func functionOfCall(q *request) string {
	if name := q.URL.Query().Get("name"); name != "" {
		return name
	}
	var in struct {
		Name string `json:"function_name"`
	}
	_ = json.Unmarshal(q.body, &in) // about none, or refused later
	return in.Name
}
