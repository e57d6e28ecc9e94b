package wxapi

import (
	"errors"
	"net/http"
	"strings"
)

// splitHeaders reads "Name:Value" lines, each split at the first colon. Host
// comes back apart: net/http takes it from the request, not from the headers.
func splitHeaders(text string) (header http.Header, host string, err error) {
	header = http.Header{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		name, value, found := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !found || !validName(name) || !validValue(value) {
			return nil, "", errors.New("a line of the signed headers is not of the form name:value")
		}
		if strings.EqualFold(name, "Host") {
			host = value
			continue
		}
		header.Set(name, value)
	}
	if header.Get("Authorization") == "" {
		return nil, "", errors.New("the signed headers hold no Authorization")
	}
	return header, host, nil
}

// signedSecrets are the parts of signed headers that must not come back in an
// error: whoever has them can send the request once more.
func signedSecrets(header http.Header) []string {
	authorization := header.Get("Authorization")
	_, signature, _ := strings.Cut(authorization, "Signature=")
	signature, _, _ = strings.Cut(signature, ",")
	return []string{authorization, header.Get("X-TC-Token"), strings.TrimSpace(signature)}
}

// validName accepts the characters of an HTTP token that occur in header names.
func validName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return s != ""
}

func validValue(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 && s[i] != '\t' || s[i] == 0x7f {
			return false
		}
	}
	return true
}
