package emulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

// ticketLife is how long a ticket is good for; the real figure is not known.
// It is measured on the real clock, as the function runs on it.
const ticketLife = 30 * time.Minute

// ticket is what WX_API_TOKEN stands for: that WeChat itself started this
// invocation of this function. The function cannot read or change it.
type ticket struct {
	Env      string    `json:"env"`
	Function string    `json:"function"`
	OpenID   string    `json:"openId,omitempty"`
	Request  string    `json:"request"` // the invocation
	Expires  time.Time `json:"expires"`
}

func (e *Emulator) mintTicket(function, openID, request string) string {
	data, _ := json.Marshal(ticket{Env: e.credentials.EnvID, Function: function, OpenID: openID, Request: request, Expires: time.Now().Add(ticketLife)}) //nolint:errchkjson // always encodes
	return base64.RawURLEncoding.EncodeToString(data) + "." + base64.RawURLEncoding.EncodeToString(e.ticketMAC(data))
}

func (e *Emulator) readTicket(s string) (ticket, bool) {
	var t ticket
	payload, mac, _ := strings.Cut(s, ".")
	data, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return t, false
	}
	sum, err := base64.RawURLEncoding.DecodeString(mac)
	if err != nil || !hmac.Equal(sum, e.ticketMAC(data)) || json.Unmarshal(data, &t) != nil {
		return t, false
	}
	return t, time.Now().Before(t.Expires)
}

func (e *Emulator) ticketMAC(data []byte) []byte {
	h := hmac.New(sha256.New, e.ticketKey)
	h.Write(data)
	return h.Sum(nil)
}
