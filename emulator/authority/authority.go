// Package authority makes the certificates with which the local cloud answers
// command-line clients that insist on TLS. Its key lives in memory only, and the
// certificate may vouch for the named domains and nothing else.
package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"time"
)

// validity is longer than anyone leaves a local cloud running; a new authority
// is made at every start.
const validity = 90 * 24 * time.Hour

// maxLeaves bounds the certificates kept.
const maxLeaves = 200

// Authority is a certificate authority for a few domains.
type Authority struct {
	domains     []string
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	until       time.Time

	mu     sync.Mutex
	leaves map[string]*tls.Certificate
}

// New makes an authority for the domains and their subdomains.
func New(domains []string, now time.Time) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber:                serial(),
		Subject:                     pkix.Name{CommonName: "wxcloud local cloud (this machine only)"},
		NotBefore:                   now.Add(-time.Hour),
		NotAfter:                    now.Add(validity),
		IsCA:                        true,
		BasicConstraintsValid:       true,
		MaxPathLenZero:              true,
		KeyUsage:                    x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		PermittedDNSDomainsCritical: true,
		PermittedDNSDomains:         domains,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &Authority{domains: domains, certificate: certificate, key: key, until: template.NotAfter, leaves: map[string]*tls.Certificate{}}, nil
}

// PEM is the certificate for NODE_EXTRA_CA_CERTS.
func (a *Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
}

// Covers reports whether host is one of the domains or below one.
func (a *Authority) Covers(host string) bool {
	host = strings.ToLower(host)
	for _, d := range a.domains {
		if host == d || strings.HasSuffix(host, "."+d) {
			return true
		}
	}
	return false
}

// Leaf returns a certificate for host, made once.
func (a *Authority) Leaf(host string) (*tls.Certificate, error) {
	if !a.Covers(host) {
		return nil, fmt.Errorf("no certificate for %q", host)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if leaf, ok := a.leaves[host]; ok {
		return leaf, nil
	}
	if len(a.leaves) >= maxLeaves {
		clear(a.leaves) // somebody makes names up; real clients ask for a handful
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(),
		Subject:      pkix.Name{CommonName: host},
		NotBefore:    a.certificate.NotBefore,
		NotAfter:     a.until,
		DNSNames:     []string{host},
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, &key.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	leaf := &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	a.leaves[host] = leaf
	return leaf, nil
}

func serial() *big.Int {
	b := make([]byte, 16)
	rand.Read(b) // never fails: crypto/rand ends the program instead
	b[0] &= 0x7f
	return new(big.Int).SetBytes(b)
}
