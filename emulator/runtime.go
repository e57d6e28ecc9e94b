package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wxcloud/emulator/signature"
)

// runtimeWindow is how old a signature of the runtime may be: the SDK sends
// X-Signature-Expires: 600.
const runtimeWindow = 10 * time.Minute

// params are the parameters of a runtime call, from either kind of body.
type params []signature.Param

// get returns a parameter by its name in lower case.
func (p params) get(name string) string {
	for _, item := range p {
		if item.Name == name {
			return string(item.Value)
		}
	}
	return ""
}

// tcbError answers as the runtime endpoint does: the exact Content-Type tells
// the SDK that this is an error and not a protobuf answer.
func (q *request) tcbError(code, message string) {
	q.x.Verdict = code
	q.json(map[string]string{"code": code, "message": message, "requestId": requestID()})
}

// runtimeEndpoint answers /admin, where functions send everything.
func (e *Emulator) runtimeEndpoint(q *request) {
	p, err := readParams(q)
	if err != nil || q.Method != http.MethodPost {
		q.x.Synthetic = true
		q.tcbError("INVALID_PARAM", "the body cannot be read")
		return
	}
	q.x.Action = p.get("action")
	if err := e.verifyRuntime(q, p); err != nil {
		// The code real TCB gives a wrong signature is known by name only.
		q.x.Synthetic = true
		q.tcbError("SIGN_PARAM_INVALID", err.Error())
		return
	}
	service, _, _ := strings.Cut(q.x.Action, ".")
	switch {
	case q.x.Action == "wx.openApi":
		e.openAPI(q, p)
	case q.x.Action == actionInvokeFunction:
		e.callFunction(q, p)
	case service == "database":
		q.x.Synthetic = true
		q.tcbError("RESOURCE_NOT_INITIAL", "the local cloud has no database")
	case service == "storage":
		q.x.Synthetic = true
		q.tcbError("RESOURCE_NOT_INITIAL", "the local cloud has no storage")
	default:
		q.x.Synthetic = true
		q.tcbError("INVALID_PARAM", "the local cloud does not have the action "+q.x.Action)
	}
}

// verifyRuntime checks the signature every function puts on its calls: in a
// header, or, by SDKs before 2.0, among the parameters.
func (e *Emulator) verifyRuntime(q *request, p params) error {
	if old := p.get("authorization"); old != "" && q.Header.Get("Authorization") == "" {
		return e.verifyOldRuntime(q, p, old)
	}
	a, err := signature.Parse(q.Header.Get("Authorization"))
	if err != nil {
		return err
	}
	seconds, err := strconv.ParseInt(q.Header.Get("X-Timestamp"), 10, 64)
	if err != nil {
		return errors.New("X-Timestamp is not a number of seconds")
	}
	switch {
	case time.Since(time.Unix(seconds, 0)).Abs() > runtimeWindow:
		return errors.New("the signature has expired")
	case a.ID != e.runtime.id || a.Service != "tcb":
		return errors.New("the secret id is not one of this local cloud's functions")
	}
	return a.Verify(e.runtime.key, signature.Request{
		Method: "post", URI: "//" + q.Host + q.URL.Path, Query: q.URL.RawQuery,
		Header: q.header, PayloadHash: signature.ParamsHash(a.Params, p), Timestamp: seconds,
	})
}

// readParams reads a body as it is signed: strings trimmed, other JSON values
// as their text, files as their bytes.
func readParams(q *request) (params, error) {
	kind, attributes, err := mime.ParseMediaType(q.Header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	if kind == "multipart/form-data" {
		return readMultipart(q.body, attributes["boundary"])
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(q.body, &object); err != nil {
		return nil, err
	}
	if len(object) > maxParams {
		return nil, errManyParams
	}
	var p params
	for name, raw := range object {
		value := []byte(raw)
		var text string
		if json.Unmarshal(raw, &text) == nil && raw[0] == '"' {
			value = []byte(strings.TrimSpace(text))
		}
		p = append(p, signature.Param{Name: strings.ToLower(strings.TrimSpace(name)), Value: value})
	}
	return p, nil
}

// maxParams bounds the parameters of a runtime call; the SDK sends about ten.
const maxParams = 100

var errManyParams = errors.New("too many parameters")

func readMultipart(body []byte, boundary string) (params, error) {
	r := multipart.NewReader(bytes.NewReader(body), boundary)
	var p params
	for {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return p, nil
		}
		if err != nil {
			return nil, err
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		if part.Header.Get("Content-Type") == "" { // text; buffers have a type
			value = bytes.TrimSpace(value)
		}
		p = append(p, signature.Param{Name: strings.ToLower(part.FormName()), Value: value})
		if len(p) > maxParams {
			return nil, errManyParams
		}
	}
}

// actionInvokeFunction is how the SDK spells cloud.callFunction.
const actionInvokeFunction = "functions.invokeFunction"

// callFunction runs another function for a function. Its callee gets no OPENID
// and, unless Options.Tickets say otherwise, no cloud-call ticket: WeChat did not
// start it.
func (e *Emulator) callFunction(q *request, p params) {
	q.x.Function = p.get("function_name")
	if e.meet(q, q.runtimeRefusals()) {
		return
	}
	event := json.RawMessage(p.get("request_data"))
	if len(event) == 0 {
		event = json.RawMessage("{}")
	}
	if !json.Valid(event) {
		q.tcbError("INVALID_PARAM", "request_data is not JSON")
		return
	}
	out := e.invoke(q.Context(), invocation{function: q.x.Function, event: event, origin: FromFunction, source: q.Header.Get("X-TCB-Source")})
	switch {
	case out.ErrCode == codeNotFound:
		q.tcbError("FUNCTIONS_EXECUTE_FAIL", "Error: FUNCTION_NOT_FOUND | "+textNotFound)
	case out.ErrCode == codeTimeout:
		q.tcbError("FUNCTIONS_TIME_LIMIT_EXCEEDED", out.ErrMsg)
	case strings.HasPrefix(out.ErrMsg, textMemory):
		q.tcbError("FUNCTIONS_MEMORY_LIMIT_EXCEEDED", out.ErrMsg)
	case out.ErrCode == codeFailed:
		q.tcbError("FUNCTIONS_EXECUTE_FAIL", out.ErrMsg)
	case out.ErrCode == codeBusy:
		q.tcbError("EXCEED_CONCURRENT_REQUEST_LIMIT", out.ErrMsg)
	case out.ErrCode != 0:
		q.tcbError("SYS_ERR", out.ErrMsg)
	default:
		q.json(map[string]any{"requestId": out.RequestID, "data": map[string]string{"response_data": string(out.Result)}})
	}
}

// runtimeRefusals word the faults of calls from function to function.
func (q *request) runtimeRefusals() refusals {
	tell := func(name, message string) bool {
		q.tcbError(name, message)
		return true
	}
	return refusals{failure: tell, code: func(number int, message string) bool {
		return tell("SYS_ERR", message+" ("+strconv.Itoa(number)+")")
	}}
}

// verifyOldRuntime checks the signature of SDKs before 2.0. They sign neither
// the arguments of a cloud call nor what they add afterwards.
func (e *Emulator) verifyOldRuntime(q *request, p params, text string) error {
	s, err := signature.ParseCOS(text)
	now := time.Now()
	switch {
	case err != nil:
		return err
	case now.Before(s.From.Add(-runtimeWindow)) || now.After(s.Until):
		return errors.New("the signature has expired")
	case s.ID != e.runtime.id:
		return errors.New("the secret id is not one of this local cloud's functions")
	}
	for _, name := range []string{"action", "envname", "wxcloudapitoken"} {
		if p.get(name) != "" && !s.Covers(name) {
			return errors.New(name + " is not signed")
		}
	}
	return s.Verify(e.runtime.key, "post", q.URL.Path, q.header, p.get)
}
