package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"wxcloud/emulator/signature"
)

// The Content-Type decides how the real SDK reads an answer of /admin: this
// exact text means a JSON error, anything else protobuf.
const jsonType = "application/json; charset=utf-8"

// certifiedDomains are the hosts the local cloud answers for. All else is
// refused, never forwarded.
func certifiedDomains() []string {
	return []string{"servicewechat.com", "weixin.qq.com", "tencentcloudapi.com", "tencentyun.com", "myqcloud.com", "tcloudbasegateway.com"}
}

// request is one exchange being answered.
type request struct {
	*http.Request
	w    http.ResponseWriter
	body []byte
	x    Exchange
	// spoiled, if set, answers in place of what was written: the request took
	// effect and its answer is lost.
	spoiled func()
}

func (e *Emulator) handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !e.enter() {
			http.Error(w, "the local cloud is closing", http.StatusServiceUnavailable)
			return
		}
		defer e.requests.Done()
		started := time.Now()
		q := &request{Request: r, w: w, x: Exchange{Time: started, Method: r.Method, Host: hostOnly(r.Host), Path: r.URL.Path, Node: -1, Status: http.StatusOK, Verdict: "ok"}}
		e.route(q)
		if q.spoiled != nil {
			q.w = w
			q.spoiled()
		}
		if strings.HasPrefix(r.URL.Path, "/_ctl/") {
			return // talk with this program itself is not traffic
		}
		q.x.Duration = time.Since(started)
		e.transcript.add(q.x)
	})
}

// enter counts a request in; false when the local cloud is closing.
func (e *Emulator) enter() bool {
	e.serving.Lock()
	defer e.serving.Unlock()
	if !e.closed {
		e.requests.Add(1)
	}
	return !e.closed
}

func (e *Emulator) route(q *request) {
	if q.Method == http.MethodConnect {
		e.tunnels.connect(q)
		return
	}
	local := isLoopback(hostOnly(q.Host))
	switch {
	case !local && !e.tunnels.covers(hostOnly(q.Host)):
		q.refuse(http.StatusBadGateway, "the local cloud does not stand for this host and forwards nothing")
		return
	case q.Header.Get("Origin") != "", slices.Contains([]string{"cross-site", "same-site"}, q.Header.Get("Sec-Fetch-Site")):
		// Real clients are programs. A web page has no business here.
		q.refuse(http.StatusForbidden, "requests from web pages are refused")
		return
	}
	body, release, err := e.readBody(q)
	defer release()
	switch {
	case errors.Is(err, errTooLarge):
		q.refuse(http.StatusRequestEntityTooLarge, err.Error())
		return
	case errors.Is(err, errTooMuch):
		q.refuse(http.StatusServiceUnavailable, err.Error())
		return
	case err != nil:
		q.refuse(http.StatusBadRequest, "the body cannot be read")
		return
	}
	q.body = body
	path := q.URL.Path
	switch {
	case strings.HasSuffix(hostOnly(q.Host), ".myqcloud.com"):
		e.objectStorage(q)
	case strings.HasPrefix(path, "/_ctl/"):
		e.controlEndpoint(q, local && q.TLS == nil && !q.URL.IsAbs())
	case strings.HasPrefix(path, "/wxa/ci/"):
		e.uploadKeyEndpoint(q)
	case strings.HasPrefix(path, cliKeyPath):
		e.cliKeyEndpoint(q)
	case strings.HasPrefix(path, "/cgi-bin/"), strings.HasPrefix(path, "/tcb/"), hostOnly(q.Host) == "api.weixin.qq.com":
		e.wechatAPI(q)
	case strings.HasPrefix(path, codePath):
		e.serveCode(q)
	case path == "/admin":
		e.runtimeEndpoint(q)
	case path == "/" && q.Header.Get("X-TC-Action") != "":
		e.directEndpoint(q)
	default:
		q.refuse(http.StatusNotFound, "the local cloud has no such address")
	}
}

// refuse answers what no real service would, in plain text.
func (q *request) refuse(status int, text string) {
	q.x.Status, q.x.Verdict = status, text
	http.Error(q.w, text, status)
}

// json answers with HTTP 200, as these services do for errors too.
func (q *request) json(v any) {
	data, err := json.Marshal(v)
	if err != nil { // cannot happen with the types given here
		q.refuse(http.StatusInternalServerError, err.Error())
		return
	}
	q.bytes(jsonType, data)
}

func (q *request) bytes(contentType string, data []byte) {
	q.w.Header().Set("Content-Type", contentType)
	_, _ = q.w.Write(data) // the client has gone: nobody is left to tell
}

func hostOnly(hostport string) string {
	if host, _, err := net.SplitHostPort(hostport); err == nil {
		return strings.ToLower(host)
	}
	return strings.ToLower(strings.Trim(hostport, "[]"))
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// requestID looks like the UUIDs Tencent answers with.
func requestID() string {
	h := randomHex(16)
	return fmt.Sprintf("%s-%s-%s-%s-%s", h[:8], h[8:12], h[12:16], h[16:20], h[20:])
}

// discardLog keeps net/http's remarks on broken connections to itself.
func discardLog() *log.Logger { return log.New(io.Discard, "", 0) }

// hashOf is the hex SHA-256 of a body.
func hashOf(body []byte) string { return signature.Hash(body) }
