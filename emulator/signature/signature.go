// Package signature checks the three signatures real clients put on requests:
// the upload key's RSA block, and Tencent's TC3 in its public flavour and in the
// one of the function runtime. It knows no endpoints and keeps no keys.
package signature

import (
	"bytes"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// ErrMismatch is returned when a signature is well-formed but wrong.
var ErrMismatch = errors.New("the signature does not match")

// Type1 recovers the text that an upload key signed: the private-key operation
// on a PKCS#1 v1.5 type-1 block, 00 01 FF.. 00 text, without hash or DigestInfo.
func Type1(key *rsa.PublicKey, signature []byte) ([]byte, error) {
	size := key.Size()
	c := new(big.Int).SetBytes(signature)
	if len(signature) != size || c.Cmp(key.N) >= 0 {
		return nil, ErrMismatch
	}
	block := c.Exp(c, big.NewInt(int64(key.E)), key.N).FillBytes(make([]byte, size))
	if block[0] != 0 || block[1] != 1 {
		return nil, ErrMismatch
	}
	padding, text, found := bytes.Cut(block[2:], []byte{0})
	if !found || len(padding) < 8 || bytes.Count(padding, []byte{0xff}) != len(padding) {
		return nil, ErrMismatch
	}
	return text, nil
}

const algorithm = "TC3-HMAC-SHA256"

// Authorization is the parsed header of both TC3 flavours.
type Authorization struct {
	ID, Date, Service string
	Params, Headers   []string // SignedParams (runtime flavour only), SignedHeaders
	Signature         string
}

// Parse reads an Authorization header "TC3-HMAC-SHA256 Credential=.., ..".
func Parse(header string) (Authorization, error) {
	var a Authorization
	rest, ok := strings.CutPrefix(header, algorithm+" ")
	if !ok {
		return a, errors.New("the Authorization header is not " + algorithm)
	}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "Credential":
			scope := strings.Split(value, "/")
			if len(scope) != 4 || scope[3] != "tc3_request" {
				return a, errors.New("the Credential is not id/date/service/tc3_request")
			}
			a.ID, a.Date, a.Service = scope[0], scope[1], scope[2]
		case "SignedHeaders":
			a.Headers = strings.Split(value, ";")
		case "SignedParams":
			a.Params = strings.Split(value, ";")
		case "Signature":
			a.Signature = value
		}
	}
	if a.ID == "" || len(a.Headers) == 0 || a.Signature == "" {
		return a, errors.New("the Authorization header lacks Credential, SignedHeaders or Signature")
	}
	return a, nil
}

// Request is what a TC3 signature covers. Header returns the value sent under a
// lower-case name ("host" included).
type Request struct {
	Method, URI, Query string
	Header             func(name string) string
	PayloadHash        string // hex SHA-256
	Timestamp          int64  // seconds, as the client says
}

// Verify checks a signature with the secret of its id.
func (a Authorization) Verify(secret string, r Request) error {
	at := time.Unix(r.Timestamp, 0).UTC()
	if a.Date != at.Format(time.DateOnly) {
		return errors.New("the date of the Credential is not that of the timestamp")
	}
	want := sign(secret, a.Date, a.Service, r, a.Headers)
	if subtle.ConstantTimeCompare([]byte(want), []byte(a.Signature)) != 1 {
		return ErrMismatch
	}
	return nil
}

// Public makes the Authorization of the public flavour for a POST of JSON to
// https://<host>/.
func Public(id, secret, service, host, contentType, payloadHash string, at time.Time) string {
	headers := map[string]string{"content-type": contentType, "host": host}
	date := at.UTC().Format(time.DateOnly)
	signed := []string{"content-type", "host"}
	s := sign(secret, date, service, Request{
		Method: "POST", URI: "/", PayloadHash: payloadHash, Timestamp: at.Unix(),
		Header: func(name string) string { return headers[name] },
	}, signed)
	return algorithm + " Credential=" + id + "/" + date + "/" + service + "/tc3_request, SignedHeaders=" + strings.Join(signed, ";") + ", Signature=" + s
}

func sign(secret, date, service string, r Request, headers []string) string {
	var canonical strings.Builder
	canonical.WriteString(r.Method + "\n" + r.URI + "\n" + r.Query + "\n")
	for _, name := range headers {
		canonical.WriteString(name + ":" + canonicalValue(name, r.Header(name)) + "\n")
	}
	canonical.WriteString("\n" + strings.Join(headers, ";") + "\n" + r.PayloadHash)
	text := algorithm + "\n" + strconv.FormatInt(r.Timestamp, 10) + "\n" + date + "/" + service + "/tc3_request\n" + Hash([]byte(canonical.String()))
	key := mac(mac(mac([]byte("TC3"+secret), date), service), "tc3_request")
	return hex.EncodeToString(mac(key, text))
}

// canonicalValue is a header as both flavours sign it. A multipart content type
// is cut before its boundary; content types keep their case.
func canonicalValue(name, value string) string {
	value = strings.TrimSpace(value)
	if name == "content-type" {
		if strings.HasPrefix(value, "multipart/form-data") {
			return "multipart/form-data"
		}
		return value
	}
	return strings.ToLower(value)
}

// Param is one signed body parameter of the runtime flavour, under its name in
// lower case.
type Param struct {
	Name  string
	Value []byte
}

// ParamsHash is the payload hash of the runtime flavour: the parameters in the
// order of SignedParams, those with an empty value left out.
func ParamsHash(names []string, params []Param) string {
	h := sha256.New()
	for _, name := range names {
		for _, p := range params {
			if p.Name == name && len(p.Value) > 0 {
				h.Write([]byte("&" + name + "="))
				h.Write(p.Value)
				h.Write([]byte("\r\n"))
				break
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Hash is the lower-case hex SHA-256 of data.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
