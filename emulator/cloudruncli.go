package emulator

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"
)

// cliKeyPath is where @wxcloud/cli calls, with a key of the CloudRun settings
// ("CLI key") in place of an upload key. Known from the source of that program
// (2.2.2); no client here makes these calls, and none was ever watched.
const cliKeyPath = "/wxa-dev-qbase/"

// codeBadCLIKey and its text are synthetic: what a wrong key is told is not known.
const (
	codeBadCLIKey = 41002
	textBadCLIKey = "the X-CloudRunCli-Key is not the one of this app"
)

type cliKeyRequest struct {
	PostData       string `json:"postdata"`
	Service        string `json:"service"`
	Action         string `json:"action"`
	Version        string `json:"version"`
	Region         string `json:"region"`
	HashedPostdata string `json:"hashed_postdata"`
}

type baseResp struct {
	Ret    int    `json:"ret"`
	ErrMsg string `json:"errmsg"`
}

// cliKeyEndpoint answers servicewechat.com/wxa-dev-qbase/*: the login check, the
// relay to the cloud API, and headers for calling that directly.
func (e *Emulator) cliKeyEndpoint(q *request) {
	path := strings.TrimPrefix(q.URL.Path, cliKeyPath)
	q.x.Action = path
	var in cliKeyRequest
	query := q.URL.Query()
	given := q.Header.Get("X-CloudRunCli-Key")
	switch {
	case q.Method != http.MethodPost:
		q.cliKeyError(-1, "POST is required")
		return
	case json.Unmarshal(q.body, &in) != nil:
		q.cliKeyError(-1, "the body is not the expected JSON")
		return
	case query.Get("appid") != e.credentials.AppID:
		q.cliKeyError(40013, "invalid appid")
		return
	case path != "apihttpagent" && e.meet(q, q.cliKeyRefusals()):
		return // what the relay carries meets its faults where it is carried out
	case subtle.ConstantTimeCompare([]byte(given), []byte(e.credentials.CLIKey)) != 1:
		q.cliKeyError(codeBadCLIKey, textBadCLIKey)
		return
	}
	switch path {
	case "getqbaseinfo":
		q.json(map[string]any{"base_resp": baseResp{ErrMsg: "ok"}})
	case "apihttpagent":
		if content := e.cloudAction(q, in.Service, in.Action, []byte(in.PostData)); content != nil {
			q.json(map[string]any{"base_resp": baseResp{ErrMsg: "ok"}, "content": string(content)})
		}
	case "route/getqcloudapiauth":
		header, _ := json.Marshal(map[string]string{ //nolint:errchkjson // strings always encode
			"header": e.signDirect(in.Service, in.Action, in.Version, in.Region, in.HashedPostdata),
		})
		q.json(map[string]any{"base_resp": baseResp{ErrMsg: "ok"}, "data": string(header)})
	default:
		q.cliKeyError(-1, "the local cloud does not have "+path)
	}
}

// cliKeyError answers a refusal, all of them synthetic.
func (q *request) cliKeyError(code int, text string) {
	q.x.Verdict, q.x.Synthetic = text, true
	q.json(map[string]any{"base_resp": baseResp{code, text}})
}

// cliKeyRefusals word the faults of these endpoints.
func (q *request) cliKeyRefusals() refusals {
	return refusals{
		code: func(number int, message string) bool {
			q.cliKeyError(number, message)
			return true
		},
		failure: func(name, message string) bool {
			q.cliKeyError(-1, strings.TrimSpace(name+" "+message))
			return true
		},
	}
}
