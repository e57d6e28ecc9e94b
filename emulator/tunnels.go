package emulator

import (
	"crypto/tls"
	"net"
	"net/http"
	"sync"

	"wxcloud/emulator/authority"
)

// tunnels is the CONNECT half of the HTTP proxy that real command-line clients
// are pointed at: it ends TLS itself and serves the same endpoints inside. It is
// the listener of its own server.
type tunnels struct {
	ca      *authority.Authority
	address net.Addr
	server  *http.Server
	conns   chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

func newTunnels(address net.Addr, ca *authority.Authority, handler http.Handler) *tunnels {
	return &tunnels{
		ca: ca, address: address, conns: make(chan net.Conn), closed: make(chan struct{}),
		server: newServer(handler),
	}
}

func (t *tunnels) serve() { _ = t.server.Serve(t) } // ends when closed

func (t *tunnels) close() { _ = t.server.Close() }

func (t *tunnels) covers(host string) bool { return t.ca.Covers(host) }

// connect answers a CONNECT request and hands the connection over.
func (t *tunnels) connect(q *request) {
	host := hostOnly(q.Host)
	if !t.covers(host) {
		q.refuse(http.StatusBadGateway, "the local cloud does not stand for this host and forwards nothing")
		return
	}
	leaf, err := t.ca.Leaf(host)
	if err != nil {
		q.refuse(http.StatusBadGateway, err.Error())
		return
	}
	hijacker, ok := q.w.(http.Hijacker)
	if !ok { // HTTP/2 has none; this server speaks HTTP/1 only
		q.refuse(http.StatusNotImplemented, "CONNECT needs HTTP/1.1")
		return
	}
	conn, buffered, err := hijacker.Hijack()
	if err != nil {
		q.refuse(http.StatusInternalServerError, err.Error())
		return
	}
	if _, err := conn.Write([]byte("HTTP/1.1 200 Connection Established\r\n\r\n")); err != nil || buffered.Reader.Buffered() > 0 {
		_ = conn.Close() // a client that speaks before it is answered is not one
		return
	}
	secure := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{*leaf}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}})
	select {
	case t.conns <- secure:
	case <-t.closed:
		_ = conn.Close()
	}
}

// Accept, Close and Addr make tunnels a net.Listener.
func (t *tunnels) Accept() (net.Conn, error) {
	select {
	case c := <-t.conns:
		return c, nil
	case <-t.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept.
func (t *tunnels) Close() error {
	t.once.Do(func() { close(t.closed) })
	return nil
}

// Addr is the address of the proxy.
func (t *tunnels) Addr() net.Addr { return t.address }
