package emulator

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

// What any program on this machine can make the local cloud hold is bounded:
// most endpoints read the request before they can know who sent it.
const (
	maxBody        = 72 << 20  // 50 MB of zip in base64 and something around it
	maxSmallBody   = 1 << 20   // of what carries no code or content
	maxBodies      = 512 << 20 // of all requests being answered
	maxHeader      = 64 << 10
	maxConnections = 1024
	headerPatience = 10 * time.Second
	bodyPatience   = time.Minute
	idlePatience   = 2 * time.Minute
	maxNoted       = 200 // bytes of a text in the transcript
)

// newServer is a server with these limits.
func newServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ErrorLog: discardLog(),
		DisableGeneralOptionsHandler: true, // "OPTIONS *" is answered like anything else
		ReadHeaderTimeout:            headerPatience, IdleTimeout: idlePatience, MaxHeaderBytes: maxHeader,
	}
}

// bodyLimit is how large a request to a path may be.
func bodyLimit(path string) int64 {
	if strings.HasPrefix(path, "/wxa/ci/") && path != "/wxa/ci/cloudapihttpagent" || strings.HasPrefix(path, "/cgi-bin/") {
		return maxSmallBody
	}
	return maxBody
}

var (
	errTooLarge = errors.New("the body is too large")
	errTooMuch  = errors.New("too many large requests at once")
)

// readBody reads a request's body; release gives its room back to other requests.
func (e *Emulator) readBody(q *request) (body []byte, release func(), err error) {
	// The limit is on this body alone: the connection goes on afterwards.
	controller := http.NewResponseController(q.w)
	_ = controller.SetReadDeadline(time.Now().Add(bodyPatience)) // not every connection in a test has one
	defer func() { _ = controller.SetReadDeadline(time.Time{}) }()
	limit := bodyLimit(q.URL.Path)
	if q.ContentLength > limit {
		return nil, func() {}, errTooLarge
	}
	room := roomReader{from: http.MaxBytesReader(q.w, q.Body, limit), used: &e.bodies}
	body, err = io.ReadAll(&room)
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		err = errTooLarge
	}
	return body, room.release, err
}

// roomReader counts what is read towards the bytes all requests hold.
type roomReader struct {
	from io.Reader
	used *atomic.Int64
	mine int64
}

func (r *roomReader) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	r.mine += int64(n)
	if r.used.Add(int64(n)) > maxBodies {
		return n, errTooMuch
	}
	return n, err
}

func (r *roomReader) release() { r.used.Add(-r.mine); r.mine = 0 }

// note shortens a text for the transcript, which keeps it for long.
func note(s string) string {
	if len(s) <= maxNoted {
		return s
	}
	cut := maxNoted
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}

// limitedListener admits a number of connections at a time; the next one waits.
type limitedListener struct {
	net.Listener
	room   chan struct{}
	closed chan struct{}
	once   sync.Once
}

func limitConnections(l net.Listener, n int) net.Listener {
	return &limitedListener{Listener: l, room: make(chan struct{}, n), closed: make(chan struct{})}
}

// Accept waits for room first.
func (l *limitedListener) Accept() (net.Conn, error) {
	select {
	case l.room <- struct{}{}:
	case <-l.closed:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.room
		return nil, err
	}
	return &limitedConn{Conn: c, leave: sync.OnceFunc(func() { <-l.room })}, nil
}

// Close also ends an Accept that waits for room.
func (l *limitedListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

type limitedConn struct {
	net.Conn
	leave func()
}

// Close makes room for another connection.
func (c *limitedConn) Close() error {
	defer c.leave()
	return c.Conn.Close()
}

// NetConn is the connection itself, as tls.Conn has it.
func (c *limitedConn) NetConn() net.Conn { return c.Conn }
