package wxapi

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"

	"wxcloud/internal/clierr"
)

// ParseUploadKey reads a code-upload key: PEM of PKCS#1 (as the console gives
// it) or PKCS#8, also with its newlines written as \n or as a whole in base64,
// since that is how keys arrive in environment variables. source names where
// the text came from, for errors; the text itself never appears in one.
func ParseUploadKey(text []byte, source string) (*rsa.PrivateKey, error) {
	bad := func(id clierr.ID) *clierr.Error {
		return clierr.New(id, clierr.Auth, clierr.Args{"source": source})
	}
	s := strings.TrimPrefix(strings.TrimSpace(string(text)), "\ufeff")
	s = strings.Trim(s, `"'`)
	if s == "" {
		return nil, bad("wxapi/key-empty")
	}
	if !strings.Contains(s, "-----BEGIN") {
		if raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), "")); err == nil {
			s = strings.TrimSpace(string(raw))
		}
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, `\r`, ""), `\n`, "\n")
	block, _ := pem.Decode([]byte(oneLine(s)))
	if block == nil {
		return nil, bad("wxapi/key-not-pem").Hint("wxapi/hint-upload-key", nil)
	}
	switch {
	case strings.Contains(block.Type, "PUBLIC KEY"):
		return nil, bad("wxapi/key-public")
	case strings.Contains(block.Type, "CERTIFICATE"):
		return nil, bad("wxapi/key-certificate")
	case strings.Contains(block.Type, "ENCRYPTED"), block.Headers["DEK-Info"] != "":
		return nil, bad("wxapi/key-encrypted")
	}
	// The causes of the parsers are left out on purpose: none helps more than
	// the sentence, and they are not ours to vouch for.
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return usable(key, bad)
	}
	any, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, bad("wxapi/key-damaged").Hint("wxapi/hint-upload-key", nil)
	}
	key, ok := any.(*rsa.PrivateKey)
	if !ok {
		return nil, bad("wxapi/key-not-rsa")
	}
	return usable(key, bad)
}

// usable refuses keys too short for the text to be signed, 32 bytes of random
// string included.
func usable(key *rsa.PrivateKey, bad func(clierr.ID) *clierr.Error) (*rsa.PrivateKey, error) {
	if key.N.BitLen() < 1024 {
		return nil, bad("wxapi/key-short")
	}
	return key, nil
}

// oneLine repairs a PEM whose newlines became spaces, as happens when a
// variable is expanded without quotes.
func oneLine(s string) string {
	if strings.Contains(s, "\n") {
		return s
	}
	head, rest, ok := strings.Cut(strings.TrimPrefix(s, "-----BEGIN "), "-----")
	if !ok {
		return s
	}
	body, _, ok := strings.Cut(rest, "-----END")
	if !ok {
		return s
	}
	return "-----BEGIN " + head + "-----\n" + strings.Join(strings.Fields(body), "\n") + "\n-----END " + head + "-----\n"
}
