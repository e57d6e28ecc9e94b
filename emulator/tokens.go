package emulator

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// The life of access tokens: two hours, renewed in the last five minutes, when
// the old one goes on for those five (documented for stable_token).
const (
	tokenLife    = 2 * time.Hour
	tokenOverlap = 5 * time.Minute
)

// maxTokens bounds the tokens kept.
const maxTokens = 100

// token is an ordinary access token. Its times are on the local cloud's clock.
type token struct {
	Value   string    `json:"value"`
	Stable  bool      `json:"stable"`
	Expires time.Time `json:"expires"`
	Latest  bool      `json:"latest"` // the one handed out now
	// Cut says that a newer one ended it before its time.
	Cut bool `json:"cut,omitempty"`
}

type tokenRequest struct {
	GrantType    string `json:"grant_type"`
	AppID        string `json:"appid"`
	Secret       string `json:"secret"`
	ForceRefresh bool   `json:"force_refresh"`
}

// stableToken answers POST /cgi-bin/stable_token.
func (e *Emulator) stableToken(q *request) {
	if !q.posted() {
		return
	}
	var in tokenRequest
	if json.Unmarshal(q.body, &in) != nil {
		q.wechatError(47001, "data format error")
		return
	}
	e.issueToken(q, in, true)
}

// plainToken answers GET (and POST) /cgi-bin/token.
func (e *Emulator) plainToken(q *request) {
	v := q.URL.Query()
	if q.Method != http.MethodGet && q.Method != http.MethodPost {
		q.wechatError(43001, "require GET method")
		return
	}
	e.issueToken(q, tokenRequest{GrantType: v.Get("grant_type"), AppID: v.Get("appid"), Secret: v.Get("secret")}, false)
}

func (e *Emulator) issueToken(q *request, in tokenRequest, stable bool) {
	switch {
	case in.GrantType != "client_credential":
		q.wechatError(40002, "invalid grant_type")
	case in.AppID == "":
		q.wechatError(41002, "appid missing")
	case in.AppID != e.credentials.AppID:
		q.wechatError(40013, "invalid appid")
	case in.Secret == "":
		q.wechatError(41004, "appsecret missing")
	case subtle.ConstantTimeCompare([]byte(in.Secret), []byte(e.credentials.AppSecret)) != 1:
		q.wechatError(40125, "invalid appsecret")
	default:
		var t token
		var left time.Duration
		refused := false
		err := e.change(func() {
			force := stable && in.ForceRefresh && e.forced.since(e.now()) >= forcedApart
			if refused = force && !e.forced.take(e.now(), forcedADay, 24*time.Hour); !refused {
				t, left = e.currentToken(stable, force)
			}
		})
		if err != nil {
			q.wechatError(-1, "system error")
			return
		}
		if refused {
			q.x.Synthetic = true
			q.wechatError(codeQuota, textQuotaReached)
			return
		}
		q.json(map[string]any{"access_token": t.Value, "expires_in": int(left.Seconds())})
	}
}

// currentToken returns the token of a kind and its remaining life. The plain
// kind is new each time, the stable one only near its end. The caller holds mu.
func (e *Emulator) currentToken(stable, force bool) (token, time.Duration) {
	now := e.now()
	e.state.Tokens = slices.DeleteFunc(e.state.Tokens, func(t token) bool {
		// Expired ones stay a day, so that they are told from unknown ones.
		return now.After(t.Expires.Add(24 * time.Hour))
	})
	for i := range e.state.Tokens {
		t := &e.state.Tokens[i]
		if t.Stable != stable || !t.Latest {
			continue
		}
		if left := t.Expires.Sub(now); stable && !force && left > tokenOverlap {
			return *t, left
		}
		t.Latest = false
		overlap := now.Add(tokenOverlap)
		if force {
			overlap = now // documented: a forced refresh ends the old one at once
		}
		if t.Expires.After(overlap) {
			t.Expires, t.Cut = overlap, true
		}
	}
	// Those that were replaced are kept to be told apart from unknown ones, but not without end.
	for i := 0; i < len(e.state.Tokens) && len(e.state.Tokens) >= maxTokens; {
		if e.state.Tokens[i].Latest {
			i++
			continue
		}
		e.state.Tokens = slices.Delete(e.state.Tokens, i, i+1)
	}
	t := token{Value: "local_" + randomHex(60), Stable: stable, Expires: now.Add(tokenLife), Latest: true}
	e.state.Tokens = append(e.state.Tokens, t)
	return t, tokenLife
}

// tokenKind is what a presented access token is.
type tokenKind int

const (
	noToken tokenKind = iota
	ordinaryToken
	authorizerToken
)

// token checks the access_token of a call; it has answered where it returns
// noToken.
func (e *Emulator) token(q *request) tokenKind {
	value := q.URL.Query().Get("access_token")
	if value == "" {
		q.wechatError(41001, "access_token missing")
		return noToken
	}
	if subtle.ConstantTimeCompare([]byte(value), []byte(e.credentials.AuthorizerToken)) == 1 {
		return authorizerToken
	}
	e.mu.Lock()
	now := e.now()
	i := slices.IndexFunc(e.state.Tokens, func(t token) bool { return t.Value == value })
	var expired, cut bool
	if i >= 0 {
		expired, cut = !now.Before(e.state.Tokens[i].Expires), e.state.Tokens[i].Cut
	}
	e.mu.Unlock()
	switch {
	case i < 0, expired && cut: // the text says of one that was replaced: not latest
		q.wechatError(40001, "invalid credential, access_token is invalid or not latest")
		return noToken
	case expired:
		q.wechatError(42001, "access_token expired")
		return noToken
	default:
		return ordinaryToken
	}
}
