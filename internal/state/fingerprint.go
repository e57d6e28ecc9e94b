package state

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Fingerprint tells later whether something is still the same without keeping
// it: settings hold secrets, which have no place in a file. A salt of its own
// keeps two equal ones from looking equal, and short secrets from being looked
// up in a table.
func Fingerprint(of []byte) string {
	salt := rand.Text()
	return salt + ":" + sealed(salt, of)
}

// SameFingerprint reports whether a fingerprint is of these bytes.
func SameFingerprint(fingerprint string, of []byte) bool {
	salt, sum, ok := strings.Cut(fingerprint, ":")
	return ok && salt != "" && hmac.Equal([]byte(sum), []byte(sealed(salt, of)))
}

func sealed(salt string, of []byte) string {
	mac := hmac.New(sha256.New, []byte(salt))
	mac.Write(of)
	return hex.EncodeToString(mac.Sum(nil))
}
