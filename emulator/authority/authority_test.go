package authority_test

import (
	"crypto/x509"
	"encoding/pem"
	"slices"
	"strings"
	"testing"
	"time"

	"wxcloud/emulator/authority"
)

func TestCertificates(t *testing.T) {
	now := time.Now()
	a, err := authority.New([]string{"servicewechat.com"}, now)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(a.PEM()) {
		t.Fatal("not a PEM certificate")
	}
	leaf, err := a.Leaf("servicewechat.com")
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(leaf.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := certificate.Verify(x509.VerifyOptions{DNSName: "servicewechat.com", Roots: roots, CurrentTime: now}); err != nil {
		t.Error(err)
	}
	if again, err := a.Leaf("servicewechat.com"); err != nil || again != leaf {
		t.Errorf("a second leaf was made: %v", err)
	}
	if _, err := a.Leaf("example.com"); err == nil {
		t.Error("made a certificate for a foreign host")
	}
	if _, err := a.Leaf("evilservicewechat.com"); err == nil {
		t.Error("made a certificate for a host that only ends alike")
	}
}

func TestAuthorityVouchesForNothingElse(t *testing.T) {
	domains := []string{"servicewechat.com", "weixin.qq.com"}
	a, err := authority.New(domains, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(a.PEM())
	ca, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if !ca.IsCA || !ca.MaxPathLenZero || !ca.PermittedDNSDomainsCritical || !slices.Equal(ca.PermittedDNSDomains, domains) {
		t.Errorf("unconstrained: critical %v, domains %v", ca.PermittedDNSDomainsCritical, ca.PermittedDNSDomains)
	}
	if strings.Contains(string(a.PEM()), "PRIVATE") {
		t.Error("the key is written down")
	}
}
