package wxapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"wxcloud/internal/clierr"
)

// Limits of one request.
const (
	shortCall  = 30 * time.Second // signatures, tokens, permissions
	longCall   = 60 * time.Second // relayed actions and invocations
	codeUpload = 10 * time.Minute // 20 MB over a slow line
	maxAnswer  = 16 << 20         // bytes; the largest documented answer is a 1 MB result
)

// request is one POST.
type request struct {
	url     string
	host    string // Host header, when it differs from the URL's
	action  string // for errors
	service string // for errors
	header  http.Header
	body    payload
	limit   time.Duration
	// secrets are values that must not come back in an error, even when the
	// server quotes them.
	secrets []string
	// acts is true for the one request of a call that changes something.
	acts bool
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// post sends r and returns the answer of any status whose body is a JSON
// object, or of status 200. Everything else is already an error.
func post(ctx context.Context, client *http.Client, r request) (answer, error) {
	u, err := url.Parse(r.url)
	if err != nil || !secure(u) {
		return answer{}, clierr.New("wxapi/insecure", clierr.Usage, clierr.Args{"address": hostOf(r.url)})
	}
	limited, cancel := context.WithTimeout(ctx, r.limit)
	defer cancel()
	req, err := http.NewRequestWithContext(limited, http.MethodPost, r.url, nil)
	if err != nil {
		return answer{}, networkFailure(ctx, u.Host, r.action, false, err)
	}
	req.ContentLength = r.body.size()
	req.GetBody = func() (io.ReadCloser, error) { return r.body.open(r.body.progress), nil }
	req.Body, _ = req.GetBody()
	for name, values := range r.header {
		req.Header[name] = values
	}
	if req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.host != "" {
		req.Host = r.host
	}
	c := *client
	c.CheckRedirect = refuseRedirect
	res, err := c.Do(req)
	if err != nil {
		return answer{}, networkFailure(ctx, u.Host, r.action, r.acts && !neverSent(err), err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return answer{}, networkFailure(ctx, u.Host, r.action, r.acts, err)
	}
	if len(body) > maxAnswer {
		return answer{}, badAnswer(r.service, r.action, fmt.Errorf("more than %d bytes", maxAnswer))
	}
	object := json.Valid(body) && bytes.HasPrefix(bytes.TrimSpace(body), []byte("{"))
	if res.StatusCode == http.StatusOK && object {
		return answer{res.StatusCode, res.Header, body}, nil
	}
	if res.StatusCode == http.StatusOK {
		return answer{}, garbled(r, errors.New("the answer is not a JSON object"))
	}
	if object && res.StatusCode != http.StatusRequestEntityTooLarge {
		return answer{res.StatusCode, res.Header, body}, nil
	}
	return answer{}, httpFailure(r, answer{res.StatusCode, res.Header, nil})
}

// httpFailure is the error of an HTTP status without a code of its own.
func httpFailure(r request, a answer) error {
	return fail(&APIError{
		Code: "HTTP " + strconv.Itoa(a.status), Message: http.StatusText(a.status), Status: a.status,
		Service: r.service, Action: r.action, After: retryAfter(a.header), Refused: !r.acts,
	})
}

// refusal is the error of an answer that carries a code.
func refusal(r request, a answer, code, message, requestID string) error {
	return fail(&APIError{
		Code: code, Message: withoutSecrets(message, r.secrets), RequestID: requestID, Status: a.status,
		Service: r.service, Action: r.action, After: retryAfter(a.header), Refused: !r.acts,
	})
}

// retryAfter reads the header in both its forms, seconds and a date.
func retryAfter(h http.Header) time.Duration {
	v := h.Get("Retry-After")
	if v == "" {
		return 0
	}
	if n, err := strconv.Atoi(v); err == nil && n >= 0 && n < 1<<20 {
		return time.Duration(n) * time.Second
	}
	if t, err := http.ParseTime(v); err == nil {
		return max(0, time.Until(t))
	}
	return 0
}

// neverSent reports whether the connection was not even made.
func neverSent(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && (op.Op == "dial" || op.Op == "proxyconnect")
}

// innermost drops the wrapper that holds the URL.
func innermost(err error) error {
	for {
		u, ok := err.(*url.Error) //nolint:errorlint // exactly this layer is peeled off
		if !ok {
			return err
		}
		err = u.Err
	}
}

// plainText is the text of an error without URLs. A malformed proxy setting is
// quoted by net/http together with its password.
func plainText(err error) string {
	text := innermost(err).Error()
	if strings.Contains(text, "://") {
		return "the request could not be made (check the proxy settings)"
	}
	return text
}

// withoutSecrets replaces every secret in text that came from the server.
func withoutSecrets(text string, secrets []string) string {
	for _, s := range secrets {
		if len(s) >= 6 {
			text = strings.ReplaceAll(text, s, "***")
		}
	}
	return text
}

// code is a result code that may come as a number or as text.
type code string

func (c *code) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*c = code(s)
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err != nil {
		return err
	}
	*c = code(n)
	return nil
}

// ok reports success. A missing code is success too, as for every known client.
func (c code) ok() bool { return c == "" || c == "0" }

// marshal writes JSON as other clients do: no HTML escapes, no final newline.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
