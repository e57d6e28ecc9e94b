package emulator

import (
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"wxcloud/emulator/signature"
)

// What a third-party platform's token may do besides permissions: sign code
// uploads, get code back, look at environments.

// codeSecret marks code as the platform's own: who uploads with it must have it
// to see the code. It is the same for a mini program every time (documented).
func (e *Emulator) codeSecret() string {
	return signature.Hash([]byte("codesecret " + e.credentials.AppID + e.credentials.AppSecret))[:32]
}

func (e *Emulator) getCodeSecret(q *request) {
	if !e.authorized(q, &struct{}{}) {
		return
	}
	q.json(struct {
		wechatAnswer
		CodeSecret string `json:"codesecret"`
	}{wechatAnswer{ErrMsg: "ok"}, e.codeSecret()})
}

// getUploadSignature signs one UpdateFunctionCode with the bytes of that hash.
func (e *Emulator) getUploadSignature(q *request) {
	var in struct {
		HashedPayload string `json:"hashed_payload"`
	}
	if !e.authorized(q, &in) {
		return
	}
	if sum, err := hex.DecodeString(in.HashedPayload); err != nil || len(sum) != 32 {
		q.wechatError(40097, "invalid args: hashed_payload is not a SHA-256 in hex")
		return
	}
	headers := e.signDirect("scf", "UpdateFunctionCode", "2018-04-16", Region, strings.ToLower(in.HashedPayload))
	q.json(struct {
		wechatAnswer
		Headers string `json:"headers"`
	}{wechatAnswer{ErrMsg: "ok"}, headers})
}

// downloadFunction links to the code of a function, if the platform uploaded it.
func (e *Emulator) downloadFunction(q *request) {
	var in struct {
		Env      string `json:"env"`
		Function string `json:"function_name"`
	}
	if !e.authorized(q, &in) {
		return
	}
	if in.Env != e.credentials.EnvID {
		q.wechatError(-501000, "Environment not found")
		return
	}
	e.mu.Lock()
	f, found := e.find(in.Function)
	var c code
	owned := false
	if found {
		c, owned = f.latest(), f.Secret == e.codeSecret()
	}
	e.mu.Unlock()
	switch {
	case !found:
		q.functionNotFound()
	case !owned:
		// Documented: only what this platform uploaded. With which code it is
		// refused is not.
		q.x.Synthetic = true
		q.wechatError(48001, "api unauthorized: the platform did not upload this code")
	default:
		q.json(struct {
			wechatAnswer
			URL      string `json:"url"`
			Checksum string `json:"checksum"`
		}{wechatAnswer{ErrMsg: "ok"}, e.codeLink(c.SHA), c.SHA})
	}
}

// getEnvInfo lists the one environment.
func (e *Emulator) getEnvInfo(q *request) {
	var in struct {
		Env string `json:"env"`
	}
	if !e.authorized(q, &in) {
		return
	}
	type info struct {
		Env     string `json:"env"`
		Alias   string `json:"alias"`
		Created string `json:"create_time"`
		Updated string `json:"update_time"`
		Status  string `json:"status"`
		Package string `json:"package_id"`
		Name    string `json:"package_name"`
	}
	list := []info{}
	if in.Env == "" || in.Env == e.credentials.EnvID {
		list = append(list, info{e.credentials.EnvID, e.credentials.EnvID, envMade, envMade, "NORMAL", "basic", "基础版"})
	}
	q.json(struct {
		wechatAnswer
		List []info `json:"info_list"`
	}{wechatAnswer{ErrMsg: "ok"}, list})
}

// temporaryLife bounds temporary credentials (documented).
const temporaryLife = 2 * time.Hour

// getQcloudToken gives temporary Tencent credentials for the ordinary token.
func (e *Emulator) getQcloudToken(q *request) {
	if e.token(q) == noToken || !q.posted() {
		return
	}
	var in struct {
		Lifespan int `json:"lifespan"`
	}
	if json.Unmarshal(q.body, &in) != nil {
		q.wechatError(47001, "data format error")
		return
	}
	life := time.Duration(in.Lifespan) * time.Second
	if life <= 0 || life > temporaryLife {
		q.wechatError(40097, "invalid args: lifespan is 1 to 7200 seconds")
		return
	}
	e.mu.Lock()
	taken := e.cloudTokens.take(e.now(), cloudTokensHour, time.Hour)
	e.mu.Unlock()
	if !taken {
		q.x.Synthetic = true
		q.wechatError(codeQuota, textQuotaReached)
		return
	}
	t := e.temporary.make(life, time.Now())
	q.json(struct {
		wechatAnswer
		SecretID  string `json:"secretid"`
		SecretKey string `json:"secretkey"`
		Token     string `json:"token"`
		Expires   int64  `json:"expired_time"`
	}{wechatAnswer{ErrMsg: "ok"}, t.id, t.key, t.session, t.expires.Unix()})
}
