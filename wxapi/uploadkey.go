package wxapi

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	mathrand "math/rand/v2"
	"net/http"
	"strconv"
	"sync"

	"wxcloud/internal/clierr"
)

// cookie is the constant one miniprogram-ci sends. It holds no user data;
// whether the server needs it is not known.
const cookie = "wxuin=16361198655900; uniproxy_host=mmbizuniproxy; uniproxy_uid=42152"

// UploadKey is the transport of the code-upload key. Actions go through a
// relay, except those that carry code: for these only the signature is
// fetched and the request goes to the service itself.
type UploadKey struct {
	client    *http.Client
	endpoints Endpoints
	appid     string
	extAppID  string
	key       *rsa.PrivateKey
	// strings are asked for again by themselves, if set: each is good for one
	// request only, so there is nothing else to repeat.
	strings *RetryOptions
	ahead   ahead

	mu     sync.Mutex
	asked  bool
	secret string // of a third-party platform's code; "" when the project is none
}

// UploadKeyOptions are what few projects need.
type UploadKeyOptions struct {
	// ExtAppID is the customer's AppID in a third-party template project.
	ExtAppID string
	// Strings says how a random string to sign is asked for again; nil asks once,
	// and whoever wants the action begins again.
	Strings *RetryOptions
}

// NewUploadKey returns the transport of a key parsed by ParseUploadKey.
func NewUploadKey(client *http.Client, e Endpoints, appid string, key *rsa.PrivateKey, o UploadKeyOptions) *UploadKey {
	return &UploadKey{client: client, endpoints: e, appid: appid, extAppID: o.ExtAppID, key: key, strings: o.Strings}
}

// Call carries one action. Safe for concurrent use: every call fetches a
// random string of its own, which is never used again.
func (u *UploadKey) Call(ctx context.Context, service, name, region string, body any) ([]byte, error) {
	a, known := actionOf(service, name)
	if !known {
		return nil, clierr.New("wxapi/unknown-action", clierr.Failed, clierr.Args{"service": service, "action": name})
	}
	if a.keysOnly {
		return nil, unsupported("wxapi/unsupported-by-key", clierr.Args{"action": name})
	}
	post, err := encode(body)
	if err != nil {
		return nil, badAnswer(service, name, err)
	}
	if u.extAppID != "" && a.codeSecret {
		secret, err := u.codeSecret(ctx)
		if err != nil {
			return nil, err
		}
		if secret != "" {
			post.secrets = []string{secret}
			if post.before, err = withMember(post.before, "CodeSecret", secret); err != nil {
				return nil, badAnswer(service, name, err)
			}
		}
	}
	signature, err := u.sign(ctx)
	if err != nil {
		return nil, err
	}
	if a.direct {
		return u.direct(ctx, a, region, signature, post)
	}
	return u.relay(ctx, a, region, signature, post)
}

// identity are the members every signed request starts with.
type identity struct {
	AppID     string `json:"appid"`
	ExtAppID  string `json:"extAppid,omitempty"`
	Signature string `json:"signature"`
}

func (u *UploadKey) identity(signature string) identity {
	return identity{u.appid, u.extAppID, signature}
}

// sign fetches a random string and returns the signature over it.
func (u *UploadKey) sign(ctx context.Context) (string, error) {
	text, ok := u.takeString(ctx)
	if !ok {
		var err error
		if text, err = u.randomString(ctx); err != nil {
			return "", err
		}
	}
	return signRandom(u.key, u.appid, text)
}

// randomString fetches a string to be signed.
func (u *UploadKey) randomString(ctx context.Context) (string, error) {
	body := struct {
		AppID string `json:"appid"`
		Rand  int    `json:"clientRand"`
	}{u.appid, mathrand.IntN(100_000_000)}
	var answer struct {
		ErrCode code   `json:"errCode"`
		ErrMsg  string `json:"errMsg"`
		Data    struct {
			RandomString string `json:"randomString"`
		} `json:"data"`
	}
	ask := func() (exchange, error) {
		return u.post(ctx, "getrandstr", body, nil, false, &answer, &answer.ErrCode, &answer.ErrMsg)
	}
	var err error
	if u.strings == nil {
		_, err = ask()
	} else if _, err = retry(ctx, *u.strings, true, ask); err != nil {
		err = &exhausted{err} // whoever wants to sign need not begin again
	}
	if err != nil {
		return "", err
	}
	if answer.Data.RandomString == "" {
		return "", badAnswer(serviceCI, "getrandstr", errors.New("no randomString"))
	}
	return answer.Data.RandomString, nil
}

// signRandom applies the private-key operation with PKCS#1 v1.5 type-1 padding
// to the text itself: neither a hash nor a DigestInfo is part of it.
func signRandom(key *rsa.PrivateKey, appid, random string) (string, error) {
	text, err := marshal(struct {
		AppID string `json:"appid"`
		Rand  string `json:"rand_str"`
	}{appid, random})
	if err != nil {
		return "", badAnswer(serviceCI, "getrandstr", err)
	}
	raw, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.Hash(0), text)
	if err != nil {
		return "", clierr.New("wxapi/cannot-sign", clierr.Auth, nil).Because(err)
	}
	return base64.StdEncoding.EncodeToString(raw), nil
}

func (u *UploadKey) relay(ctx context.Context, a action, region, signature string, body payload) ([]byte, error) {
	type agent struct {
		Postdata string `json:"postdata"`
		Test     bool   `json:"test"`
		CGI      int    `json:"cgi_id"`
		Service  string `json:"service"`
		Action   string `json:"action"`
		Version  string `json:"version"`
		Region   string `json:"region"`
	}
	if a.service == "tcb" {
		region = "" // a tcb region travels in the body
	}
	message := struct {
		identity
		Agent agent `json:"agentReq"`
	}{u.identity(signature), agent{string(body.before), false, a.cgi, a.service, a.name, versionOf(a.service), region}}
	var answer struct {
		ErrCode code   `json:"errCode"`
		ErrMsg  string `json:"errMsg"`
		Data    struct {
			Base struct {
				Ret    code   `json:"ret"`
				ErrMsg string `json:"errmsg"`
			} `json:"base_resp"`
			Content string `json:"content"`
		} `json:"data"`
	}
	r, err := u.post(ctx, "cloudapihttpagent", message, append(body.secrets, signature), true, &answer, &answer.ErrCode, &answer.ErrMsg)
	if err != nil {
		return nil, err
	}
	r.request.action = a.name
	if ret := answer.Data.Base.Ret; !ret.ok() {
		return nil, refusal(r.request, r.answer, string(ret), answer.Data.Base.ErrMsg, "")
	}
	r.request.service = a.service
	return response(r.request, r.answer, []byte(answer.Data.Content))
}

func (u *UploadKey) direct(ctx context.Context, a action, region, signature string, body payload) ([]byte, error) {
	type sign struct {
		Action  string `json:"action"`
		Service string `json:"service"`
		Version string `json:"version"`
		Region  string `json:"region"`
		Hash    string `json:"hashed_postdata"`
	}
	hash, err := body.hash()
	if err != nil {
		return nil, badArchive(err)
	}
	message := struct {
		identity
		Sign sign `json:"signReq"`
	}{u.identity(signature), sign{a.name, a.service, versionOf(a.service), region, hash}}
	var answer struct {
		ErrCode code   `json:"errCode"`
		ErrMsg  string `json:"errMsg"`
		Header  string `json:"header"`
	}
	if _, err := u.post(ctx, "getqcloudapisignature", message, []string{signature}, false, &answer, &answer.ErrCode, &answer.ErrMsg); err != nil {
		return nil, err
	}
	header, host, err := splitHeaders(answer.Header)
	if err != nil {
		return nil, badAnswer(serviceCI, "getqcloudapisignature", err)
	}
	return callService(ctx, u.client, request{
		url: u.endpoints.service(a.service) + "/", host: host, header: header, body: body,
		service: a.service, action: a.name, limit: codeUpload, acts: true, secrets: append(signedSecrets(header), body.secrets...),
	})
}

// exchange is a request with its answer, for the errors found while reading it.
type exchange struct {
	request request
	answer  answer
}

// post sends one call of the upload-key channel and checks its errCode. code
// and message point into out.
func (u *UploadKey) post(ctx context.Context, name string, body any, secrets []string, acts bool, out any, code *code, message *string) (exchange, error) {
	raw, err := marshal(body)
	if err != nil {
		return exchange{}, badAnswer(serviceCI, name, err)
	}
	limit := shortCall
	if acts {
		limit = longCall
	}
	r := request{
		url:    u.endpoints.WeChat + "/wxa/ci/" + name + "?_r=" + strconv.FormatFloat(mathrand.Float64(), 'f', -1, 64),
		header: http.Header{"Cookie": {cookie}}, body: payload{before: raw}, service: serviceCI, action: name,
		limit: limit, acts: acts, secrets: secrets,
	}
	a, err := post(ctx, u.client, r)
	if err != nil {
		return exchange{}, err
	}
	if err := json.Unmarshal(a.body, out); err != nil {
		return exchange{}, badAnswer(serviceCI, name, err)
	}
	if !code.ok() {
		return exchange{}, refusal(r, a, string(*code), *message, "")
	}
	if a.status != http.StatusOK {
		return exchange{}, httpFailure(r, a)
	}
	return exchange{r, a}, nil
}
