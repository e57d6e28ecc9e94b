package wxapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
)

// callAPI posts to api.weixin.qq.com and checks errcode.
func callAPI(ctx context.Context, client *http.Client, r request) ([]byte, error) {
	a, err := post(ctx, client, r)
	if err != nil {
		return nil, err
	}
	var head struct {
		ErrCode code   `json:"errcode"`
		ErrMsg  string `json:"errmsg"`
	}
	if err := json.Unmarshal(a.body, &head); err != nil {
		return nil, badAnswer(r.service, r.action, err)
	}
	if !head.ErrCode.ok() {
		return nil, refusal(r, a, string(head.ErrCode), head.ErrMsg, "")
	}
	if a.status != http.StatusOK {
		return nil, httpFailure(r, a)
	}
	return a.body, nil
}

// withToken runs call with a token and once more with another when the first
// was refused. A refused token means the call itself was not carried out.
func withToken[T any](ctx context.Context, tokens TokenSource, call func(token string) (T, error)) (T, error) {
	var none T
	token, err := tokens.Token(ctx)
	if err != nil {
		return none, err
	}
	v, err := call(token)
	if !staleToken(err) {
		return v, err
	}
	fresh, refreshErr := tokens.Refresh(ctx, token)
	if refreshErr != nil {
		// Why the token was refused matters more than why there is no other,
		// unless the source itself has something to say.
		if _, fixed := tokens.(FixedToken); fixed {
			return none, err
		}
		return none, refreshErr
	}
	return call(fresh)
}

func staleToken(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	return ok && (e.Code == "40001" || e.Code == "42001")
}

// tcb is a call of api.weixin.qq.com/tcb with its token in the query.
func tcb(e Endpoints, name, token string, query url.Values, body []byte) request {
	if query == nil {
		query = url.Values{}
	}
	query.Set("access_token", token)
	return request{
		url: e.API + "/tcb/" + name + "?" + query.Encode(), body: payload{before: body}, service: serviceAPI, action: name,
		limit: shortCall, secrets: []string{token, url.QueryEscape(token)}, acts: true,
	}
}
