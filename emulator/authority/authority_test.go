package authority_test

import (
	"crypto/x509"
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
	now := time.Now()
	a, err := authority.New([]string{"servicewechat.com"}, now)
	if err != nil {
		t.Fatal(err)
	}
	block := a.PEM()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(block)
	ca := roots.Subjects() //nolint:staticcheck // only its presence is of interest
	if len(ca) != 1 {
		t.Fatalf("%d certificates", len(ca))
	}
	leaf, err := a.Leaf("api.servicewechat.com")
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(leaf.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := certificate.VerifyHostname("api.weixin.qq.com"); err == nil {
		t.Error("the leaf names another host")
	}
}
