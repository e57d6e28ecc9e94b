package wxapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"wxcloud/internal/clierr"
)

// TokenSource gives access tokens for api.weixin.qq.com.
type TokenSource interface {
	// Token returns a token believed to be valid.
	Token(ctx context.Context) (string, error)
	// Refresh returns another token after the service refused stale. When
	// several callers report the same stale token, one renewal serves them all.
	Refresh(ctx context.Context, stale string) (string, error)
}

// FixedToken is a token given ready-made. It cannot be renewed.
type FixedToken string

// Token returns the token.
func (t FixedToken) Token(context.Context) (string, error) { return string(t), nil }

// Refresh fails: nothing here can make another token.
func (t FixedToken) Refresh(context.Context, string) (string, error) {
	return "", clierr.New("wxapi/token-expired", clierr.Auth, nil).Hint("wxapi/hint-token-command", nil)
}

// CommandToken is a token printed by a command of the user's. The command is
// run when the first token is needed and again when one was refused.
type CommandToken struct {
	command string
	stderr  io.Writer
	current renewable
}

// commandLimit is how long a token command may take.
const commandLimit = 60 * time.Second

// NewCommandToken returns the source of a shell command. What the command says
// on its standard error goes to stderr; it never becomes part of an error,
// since it may hold secrets.
func NewCommandToken(command string, stderr io.Writer) *CommandToken {
	return &CommandToken{command: command, stderr: stderr}
}

// Token returns the last token printed, running the command if there is none.
func (c *CommandToken) Token(ctx context.Context) (string, error) {
	return c.current.get(ctx, c.run)
}

// Refresh runs the command again.
func (c *CommandToken) Refresh(ctx context.Context, stale string) (string, error) {
	return c.current.renew(ctx, stale, c.run)
}

func (c *CommandToken) run(ctx context.Context) (string, time.Time, error) {
	limited, cancel := context.WithTimeout(ctx, commandLimit)
	defer cancel()
	cmd := shellCommand(limited, c.command)
	cmd.Cancel = func() error { return killTree(cmd) }
	cmd.Stderr = c.stderr
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return "", time.Time{}, cause // the caller gave up; the command did not fail
		}
		return "", time.Time{}, clierr.New("wxapi/token-command", clierr.Auth, nil).Because(err)
	}
	token := strings.TrimSpace(string(out))
	if token == "" || len(token) > 4096 || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return "", time.Time{}, clierr.New("wxapi/token-command-output", clierr.Auth, nil)
	}
	return token, time.Time{}, nil
}

// StableToken is the ordinary access token of AppID and AppSecret, from
// stable_token and never with force_refresh: asking again gives the same token
// while it is valid, so nothing else that uses the account is disturbed.
type StableToken struct {
	client        *http.Client
	endpoints     Endpoints
	appid, secret string
	retry         RetryOptions
	current       renewable
}

// NewStableToken returns the source of an AppID and AppSecret.
func NewStableToken(client *http.Client, e Endpoints, appid, secret string, o RetryOptions) *StableToken {
	return &StableToken{client: client, endpoints: e, appid: appid, secret: secret, retry: o}
}

// Token returns the token, asking for one when there is none or it is about
// to expire.
func (s *StableToken) Token(ctx context.Context) (string, error) {
	return s.current.get(ctx, s.fetch)
}

// Refresh asks again. It fails when the service hands out the refused token
// once more, for then the cause lies elsewhere.
func (s *StableToken) Refresh(ctx context.Context, stale string) (string, error) {
	return s.current.renew(ctx, stale, s.fetch)
}

func (s *StableToken) fetch(ctx context.Context) (string, time.Time, error) {
	body, err := marshal(struct {
		Grant  string `json:"grant_type"`
		AppID  string `json:"appid"`
		Secret string `json:"secret"`
		Force  bool   `json:"force_refresh"`
	}{"client_credential", s.appid, s.secret, false})
	if err != nil {
		return "", time.Time{}, badAnswer(serviceAPI, "stable_token", err)
	}
	asked := time.Now()
	r := request{
		url: s.endpoints.API + "/cgi-bin/stable_token", body: payload{before: body}, service: serviceAPI,
		action: "stable_token", limit: shortCall, secrets: []string{s.secret},
	}
	type reply struct {
		Token   string `json:"access_token"`
		Seconds int    `json:"expires_in"`
	}
	got, err := retry(ctx, s.retry, true, func() (reply, error) {
		var out reply
		raw, err := callAPI(ctx, s.client, r)
		if err == nil && (json.Unmarshal(raw, &out) != nil || out.Token == "") {
			err = badAnswer(serviceAPI, r.action, errors.New("no access_token"))
		}
		return out, err
	})
	if err != nil {
		return "", time.Time{}, err
	}
	// The platform renews in the last five minutes and both tokens work then;
	// leaving a minute early is enough.
	return got.Token, asked.Add(time.Duration(got.Seconds)*time.Second - time.Minute), nil
}

// renewable is a token kept in memory. The lock is held during a renewal, so
// that callers who fail together renew once.
type renewable struct {
	mu      sync.Mutex
	token   string
	expires time.Time // zero: not known
}

type fetchToken func(ctx context.Context) (token string, expires time.Time, err error)

func (r *renewable) get(ctx context.Context, fetch fetchToken) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.token != "" && (r.expires.IsZero() || time.Now().Before(r.expires)) {
		return r.token, nil
	}
	return r.replace(ctx, fetch)
}

func (r *renewable) renew(ctx context.Context, stale string, fetch fetchToken) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.token != "" && r.token != stale {
		return r.token, nil
	}
	token, err := r.replace(ctx, fetch)
	if err == nil && token == stale {
		return "", clierr.New("wxapi/token-again", clierr.Auth, nil)
	}
	return token, err
}

func (r *renewable) replace(ctx context.Context, fetch fetchToken) (string, error) {
	token, expires, err := fetch(ctx)
	if err != nil {
		return "", err
	}
	r.token, r.expires = token, expires
	return token, nil
}
