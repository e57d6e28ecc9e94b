package signature

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// COS is the signature of object storage, "q-sign-algorithm=sha1&q-ak=...",
// which tcb-admin-node (wx-server-sdk before 2.0) also puts on its calls.
type COS struct {
	ID             string // of the secret
	From, Until    time.Time
	keyTime        string
	headers, names []string // in the order they are signed
	mac            string
}

// ParseCOS reads the text of a signature.
func ParseCOS(text string) (COS, error) {
	fields := map[string]string{}
	for pair := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		fields[name] = value
	}
	c := COS{ID: fields["q-ak"], keyTime: fields["q-key-time"], mac: fields["q-signature"]}
	from, until, ok := strings.Cut(fields["q-sign-time"], ";")
	start, err := strconv.ParseInt(from, 10, 64)
	end, err2 := strconv.ParseInt(until, 10, 64)
	if fields["q-sign-algorithm"] != "sha1" || !ok || err != nil || err2 != nil || c.ID == "" {
		return c, errors.New("not a signature of the q-sign-algorithm=sha1 kind")
	}
	c.From, c.Until = time.Unix(start, 0), time.Unix(end, 0)
	c.headers, c.names = list(fields["q-header-list"]), list(fields["q-url-param-list"])
	return c, nil
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}

// Verify checks the signature of a call: method in lower case, path, and what
// header and param give for the names that were signed.
func (c COS) Verify(secret, method, path string, header, param func(name string) string) error {
	signKey := sha1MAC(secret, c.keyTime)
	format := strings.Join([]string{method, path, pairs(c.names, param), pairs(c.headers, header), ""}, "\n")
	sum := sha1.Sum([]byte(format))
	times := strconv.FormatInt(c.From.Unix(), 10) + ";" + strconv.FormatInt(c.Until.Unix(), 10)
	want := sha1MAC(signKey, strings.Join([]string{"sha1", times, hex.EncodeToString(sum[:]), ""}, "\n"))
	if subtle.ConstantTimeCompare([]byte(want), []byte(c.mac)) != 1 {
		return fmt.Errorf("the signature does not match (over %s)", strings.Join(append(c.names, c.headers...), " "))
	}
	return nil
}

func sha1MAC(key, text string) string {
	h := hmac.New(sha1.New, []byte(key))
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// pairs joins names and values as they are signed: percent-encoded, with %20 for
// a blank.
func pairs(names []string, value func(string) string) string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = escape(name) + "=" + escape(value(name))
	}
	return strings.Join(out, "&")
}

func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// Covers reports whether a parameter was signed.
func (c COS) Covers(name string) bool { return slices.Contains(c.names, name) }
