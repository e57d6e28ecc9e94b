package wxapi

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"os"
	"strings"
	"testing"

	"wxcloud/internal/clierr"
)

func block(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func TestParseUploadKeyForms(t *testing.T) {
	raw, err := os.ReadFile("testdata/throwaway_rsa_pkcs1.pem")
	if err != nil {
		t.Fatal(err)
	}
	want := testKey(t)
	der8, err := x509.MarshalPKCS8PrivateKey(want)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSpace(string(raw))
	forms := map[string]string{
		"PKCS#1":              text,
		"PKCS#8":              block("PRIVATE KEY", der8),
		"CRLF":                strings.ReplaceAll(text, "\n", "\r\n"),
		"byte order mark":     "\ufeff" + text,
		"escaped newlines":    strings.ReplaceAll(text, "\n", `\n`),
		"escaped CRLF":        strings.ReplaceAll(text, "\n", `\r\n`),
		"quoted and escaped":  `"` + strings.ReplaceAll(text, "\n", `\n`) + `"`,
		"newlines to spaces":  strings.ReplaceAll(text, "\n", " "),
		"base64 of the file":  base64.StdEncoding.EncodeToString(raw),
		"base64 with newline": base64.StdEncoding.EncodeToString(raw)[:76] + "\n" + base64.StdEncoding.EncodeToString(raw)[76:],
	}
	for name, form := range forms {
		key, err := ParseUploadKey([]byte(form), "WXCLOUD_PRIVATE_KEY")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !key.Equal(want) {
			t.Errorf("%s: another key came out", name)
		}
	}
}

func TestParseUploadKeyRefusals(t *testing.T) {
	key := testKey(t)
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	curveDER, err := x509.MarshalPKCS8PrivateKey(curve)
	if err != nil {
		t.Fatal(err)
	}
	whole := block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key))
	cut := x509.MarshalPKCS1PrivateKey(key)
	tests := []struct {
		name, text string
		want       clierr.ID
	}{
		{"empty", " \n", "wxapi/key-empty"},
		{"a path instead of its contents", "private.wx0000000000000000.key", "wxapi/key-not-pem"},
		{"only the first lines", whole[:200], "wxapi/key-not-pem"},
		{"public", block("PUBLIC KEY", public), "wxapi/key-public"},
		{"certificate", block("CERTIFICATE", []byte("x")), "wxapi/key-certificate"},
		{"encrypted PKCS#8", block("ENCRYPTED PRIVATE KEY", []byte("x")), "wxapi/key-encrypted"},
		{"encrypted PKCS#1", strings.Replace(whole, "KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n", 1), "wxapi/key-encrypted"},
		{"damaged", block("RSA PRIVATE KEY", cut[:len(cut)-9]), "wxapi/key-damaged"},
		{"elliptic curve", block("PRIVATE KEY", curveDER), "wxapi/key-not-rsa"},
	}
	for _, tt := range tests {
		_, err := ParseUploadKey([]byte(tt.text), "WXCLOUD_PRIVATE_KEY")
		e, ok := errors.AsType[*clierr.Error](err)
		if !ok || e.ID != tt.want || e.Exit != clierr.Auth || e.Args["source"] != "WXCLOUD_PRIVATE_KEY" {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
		if err != nil && len(tt.text) > 60 && strings.Contains(err.Error(), tt.text[40:60]) {
			t.Errorf("%s: the error quotes the key: %v", tt.name, err)
		}
	}
}

func FuzzParseUploadKey(f *testing.F) {
	raw, err := os.ReadFile("testdata/throwaway_rsa_pkcs1.pem")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(raw))
	f.Add(strings.ReplaceAll(string(raw), "\n", `\n`))
	f.Add("-----BEGIN PRIVATE KEY----------END")
	f.Add(base64.StdEncoding.EncodeToString(raw))
	f.Fuzz(func(t *testing.T, text string) {
		key, err := ParseUploadKey([]byte(text), "here")
		if (key == nil) == (err == nil) {
			t.Fatal("neither a key nor an error, or both")
		}
		if err == nil {
			if _, err := rsa.SignPKCS1v15(nil, key, 0, []byte("text")); err != nil {
				t.Skip("a key that parses and cannot sign")
			}
		}
	})
}
