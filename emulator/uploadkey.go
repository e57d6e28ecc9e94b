package emulator

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"wxcloud/emulator/signature"
)

// nonceLife is how long a random string may be signed; the real figure is not
// documented.
const nonceLife = 5 * time.Minute

// maxNonces bounds what clients that never use theirs can pile up.
const maxNonces = 10_000

// nonces are the random strings handed out and not yet used.
type nonces struct {
	mu  sync.Mutex
	all map[string]time.Time
}

func (n *nonces) make() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.all == nil || len(n.all) >= maxNonces {
		n.all = map[string]time.Time{}
	}
	s := randomHex(16)
	n.all[s] = time.Now()
	return s
}

// take uses a nonce up.
func (n *nonces) take(s string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	at, ok := n.all[s]
	delete(n.all, s)
	return ok && time.Since(at) < nonceLife
}

// A wrong key is reported from life as text "get new ticket fail innerCode:
// -80011"; as a number of these endpoints it is synthetic. It is not -10008:
// that is the IP allow-list.
const (
	codeBadSignature = -80011
	textBadSignature = "get new ticket fail innerCode: -80011 (the signature is not that of the upload key)"
)

type uploadKeyRequest struct {
	AppID     string `json:"appid"`
	ExtAppID  string `json:"extAppid"`
	Signature string `json:"signature"`
	Agent     *struct {
		PostData string `json:"postdata"`
		Service  string `json:"service"`
		Action   string `json:"action"`
		Version  string `json:"version"`
		Region   string `json:"region"`
	} `json:"agentReq"`
	Sign *struct {
		Service        string `json:"service"`
		Action         string `json:"action"`
		Version        string `json:"version"`
		Region         string `json:"region"`
		HashedPostdata string `json:"hashed_postdata"`
	} `json:"signReq"`
}

type uploadKeyAnswer struct {
	ErrCode int    `json:"errCode"`
	ErrMsg  string `json:"errMsg,omitempty"`
	Data    any    `json:"data,omitempty"`
	Header  string `json:"header,omitempty"`
	// CodeSecret of a third-party platform's template project.
	CodeSecret string `json:"codeSecret,omitempty"`
}

// uploadKeyEndpoint answers servicewechat.com/wxa/ci/*.
func (e *Emulator) uploadKeyEndpoint(q *request) {
	path := strings.TrimPrefix(q.URL.Path, "/wxa/ci/")
	q.x.Action = path
	var in uploadKeyRequest
	switch {
	case q.Method != http.MethodPost:
		q.uploadKeyError(-1, "POST is required")
		return
	case json.Unmarshal(q.body, &in) != nil:
		q.uploadKeyError(-1, "the body is not the expected JSON")
		return
	case in.AppID != e.credentials.AppID:
		q.uploadKeyError(40013, "invalid appid")
		return
	case path != "cloudapihttpagent" && e.meet(q, q.uploadKeyRefusals()):
		return // what the relay carries meets its faults where it is carried out
	case path == "getrandstr":
		q.json(uploadKeyAnswer{Data: map[string]string{"randomString": e.nonces.make()}})
		return
	}
	if !e.signedByUploadKey(in) {
		q.uploadKeyError(codeBadSignature, textBadSignature)
		return
	}
	switch {
	case path == "getattr":
		q.json(uploadKeyAnswer{Data: map[string]any{
			"platform": e.options.ExtAppID != "", "appType": 0, "isSandbox": false, "released": true,
			"setting": map[string]int{"MaxCodeSize": 2, "MaxSubpackageSubCodeSize": 2},
		}})
	case path == "getcloudcodesecret" && in.ExtAppID != "" && in.ExtAppID == e.options.ExtAppID:
		q.json(uploadKeyAnswer{CodeSecret: e.codeSecret()})
	case path == "cloudapihttpagent" && in.Agent != nil:
		a := in.Agent
		content := e.cloudAction(q, a.Service, a.Action, []byte(a.PostData))
		if content == nil {
			return
		}
		q.json(uploadKeyAnswer{Data: map[string]any{
			"base_resp": map[string]any{"ret": 0, "errmsg": "ok"}, "content": string(content),
		}})
	case path == "getqcloudapisignature" && in.Sign != nil:
		q.json(uploadKeyAnswer{Header: e.signDirect(in.Sign.Service, in.Sign.Action, in.Sign.Version, in.Sign.Region, in.Sign.HashedPostdata)})
	default:
		q.uploadKeyError(-1, "the local cloud does not have "+path)
	}
}

// uploadKeyError answers a refusal. What these endpoints refuse with is not
// documented, so all of it is synthetic.
func (q *request) uploadKeyError(code int, text string) {
	q.x.Verdict, q.x.Synthetic = text, true
	q.json(uploadKeyAnswer{ErrCode: code, ErrMsg: text})
}

// signedByUploadKey checks that the signature covers exactly the text real
// clients sign, with a random string that was given out and not used before.
func (e *Emulator) signedByUploadKey(in uploadKeyRequest) bool {
	sig, err := base64.StdEncoding.DecodeString(in.Signature)
	if err != nil {
		return false
	}
	text, err := signature.Type1(e.uploadKey, sig)
	if err != nil {
		return false
	}
	nonce, ok := strings.CutPrefix(string(text), `{"appid":"`+in.AppID+`","rand_str":"`)
	if !ok {
		return false
	}
	nonce, ok = strings.CutSuffix(nonce, `"}`)
	return ok && e.nonces.take(nonce)
}

// uploadKeyRefusals word the faults of these endpoints.
func (q *request) uploadKeyRefusals() refusals {
	return refusals{
		code: func(number int, message string) bool {
			q.uploadKeyError(number, message)
			return true
		},
		failure: func(name, message string) bool {
			q.uploadKeyError(-1, strings.TrimSpace(name+" "+message))
			return true
		},
	}
}
