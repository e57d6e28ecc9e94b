package signature_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"os"
	"testing"
	"time"

	"wxcloud/emulator/signature"
)

// A key made for this test; it opens nothing.
func testKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	data, err := os.ReadFile("testdata/throwaway_rsa_pkcs1.pem")
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(data)
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// The bytes were made by Node's crypto.privateEncrypt with this key.
const (
	signedText      = `{"appid":"wx0000000000000000","rand_str":"abcdefgh12345678"}`
	signatureBase64 = "ULACoEqjpsWlvGFBcCvr2OmzEDYYsmktuSo4hUBM9a6a6k3NNR31i0kPDhfJ2gZ1ZCEtvnIeSL93ELkNeCQLcVjMv8dEOm7h9njf04qHgND01xH9uCUbrGiB8MCOsMRu2jgiN9RaqFldhZ1FFN5sG8AIZVrHkaUBC5uNJX94NZKGEYmvURAfeWP6gq942faNJgSSFGdKwv5c244cwacQHPvxaPfyylifybtHeB3/9BCFfopy3C2134y0V6w+DLpnd1OpQgAgQQv1usT/P0D4WPt1WPN/8KGq0xNBQHmmZI3HKwNXtxnRYMX6VZk1kiSqvHnGw+QyMXHdQXmsng0Nbw=="
)

func TestType1(t *testing.T) {
	key := testKey(t)
	sig, err := base64.StdEncoding.DecodeString(signatureBase64)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := signature.Type1(&key.PublicKey, sig); err != nil || string(text) != signedText {
		t.Errorf("got %q %v", text, err)
	}
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	hashed, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]struct {
		key *rsa.PublicKey
		sig []byte
	}{
		"another key": {&other.PublicKey, sig},
		"short":       {&key.PublicKey, sig[1:]},
		"changed":     {&key.PublicKey, append([]byte{sig[0] ^ 1}, sig[1:]...)},
		"too large":   {&key.PublicKey, append([]byte{0xff, 0xff}, sig[2:]...)},
		"empty":       {&key.PublicKey, nil},
	} {
		if text, err := signature.Type1(bad.key, bad.sig); !errors.Is(err, signature.ErrMismatch) {
			t.Errorf("%s: got %q %v", name, text, err)
		}
	}
	// A hashed signature is a type-1 block too; its text is a DigestInfo.
	if text, err := signature.Type1(&key.PublicKey, hashed); err != nil || string(text) == signedText {
		t.Errorf("hashed: %q %v", text, err)
	}
}

// The vector equals what Tencent's own signer makes of the same made-up keys.
const (
	vectorBody          = `{"FunctionName":"hello","Namespace":"env-1"}`
	vectorAuthorization = "TC3-HMAC-SHA256 Credential=FAKEIDFORTEST/2023-11-14/scf/tc3_request, SignedHeaders=content-type;host, Signature=e5ebe49f8d9ab64b797d80f65c749a5c503eb8be1e42f8f3bbb1b12713967522"
)

func TestPublicFlavour(t *testing.T) {
	hash := signature.Hash([]byte(vectorBody))
	if hash != "237aaf211e6049368bf6b720b3d1f2c312aab5d36291d8c63df13aa1b6d22262" {
		t.Errorf("body hash %s", hash)
	}
	at := time.Unix(1700000000, 0)
	if got := signature.Public("FAKEIDFORTEST", "FAKEKEYFORTEST", "scf", "scf.tencentcloudapi.com", "application/json", hash, at); got != vectorAuthorization {
		t.Errorf("got  %s\nwant %s", got, vectorAuthorization)
	}
	a, err := signature.Parse(vectorAuthorization)
	if err != nil {
		t.Fatal(err)
	}
	request := signature.Request{
		Method: "POST", URI: "/", PayloadHash: hash, Timestamp: at.Unix(),
		Header: func(name string) string {
			return map[string]string{"content-type": "application/json", "host": "scf.tencentcloudapi.com"}[name]
		},
	}
	if err := a.Verify("FAKEKEYFORTEST", request); err != nil {
		t.Error(err)
	}
	if err := a.Verify("OTHER", request); !errors.Is(err, signature.ErrMismatch) {
		t.Errorf("another secret: %v", err)
	}
	request.PayloadHash = signature.Hash([]byte("{}"))
	if err := a.Verify("FAKEKEYFORTEST", request); !errors.Is(err, signature.ErrMismatch) {
		t.Errorf("another body: %v", err)
	}
	request.Timestamp += 86400
	if err := a.Verify("FAKEKEYFORTEST", request); err == nil {
		t.Error("another day was accepted")
	}
}

func TestParseRefuses(t *testing.T) {
	for _, header := range []string{
		"", "Bearer x", "TC3-HMAC-SHA256 ", "TC3-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=x",
		"TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=host",
	} {
		if a, err := signature.Parse(header); err == nil {
			t.Errorf("%q: %+v", header, a)
		}
	}
}

// An authorization recorded from the real wx-server-sdk 4.0.2, signed with
// made-up credentials that are not kept here: only its form is checked.
func TestParseRuntimeFlavour(t *testing.T) {
	a, err := signature.Parse("TC3-HMAC-SHA256 Credential=AKIDfake/2026-11-22/tcb/tc3_request, SignedParams=action;apiname, SignedHeaders=content-type;host, Signature=823b")
	if err != nil {
		t.Fatal(err)
	}
	if a.Service != "tcb" || len(a.Params) != 2 || a.Params[1] != "apiname" || len(a.Headers) != 2 {
		t.Errorf("got %+v", a)
	}
}

func TestParamsHashSkipsEmptyValues(t *testing.T) {
	names := []string{"action", "empty", "z"}
	params := []signature.Param{{Name: "z", Value: []byte("2")}, {Name: "action", Value: []byte("wx.openApi")}, {Name: "empty"}, {Name: "unsigned", Value: []byte("x")}}
	want := signature.Hash([]byte("&action=wx.openApi\r\n&z=2\r\n"))
	if got := signature.ParamsHash(names, params); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(vectorAuthorization)
	f.Add("TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedParams=x;y, SignedHeaders=host, Signature=1")
	f.Fuzz(func(t *testing.T, header string) {
		a, err := signature.Parse(header)
		if err == nil && (a.ID == "" || a.Signature == "" || len(a.Headers) == 0) {
			t.Errorf("%q: %+v", header, a)
		}
	})
}
