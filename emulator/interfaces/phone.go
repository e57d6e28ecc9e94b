package interfaces

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
)

// maxCode is longer than any code WeChat was seen to give.
const maxCode = 256

// checkCode refuses what cannot be a code, such as the sentence DevTools hands a
// page instead of one.
func checkCode(c *call) *refusal {
	code := c.args.text("code")
	if code == "" || len(code) > maxCode || strings.ContainsFunc(code, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return refusing(c.info, 40029, "code is none")
	}
	return nil
}

type watermark struct {
	Timestamp int64  `json:"timestamp"`
	AppID     string `json:"appid"`
}

// phoneInfo is spelt as documented, which is not in snake_case.
type phoneInfo struct {
	PhoneNumber     string    `json:"phoneNumber"`
	PurePhoneNumber string    `json:"purePhoneNumber"`
	CountryCode     string    `json:"countryCode"`
	Watermark       watermark `json:"watermark"`
}

// phoneNumber exchanges any code once, always for the same number.
func phoneNumber(c *call) (any, *refusal) {
	code := c.args.text("code")
	if !c.memory.redeem(code) {
		return nil, refusing(c.info, 40029, "the code was used before, and works once")
	}
	sum := sha256.Sum256([]byte(code))
	number := fmt.Sprintf("1380000%04d", binary.BigEndian.Uint32(sum[:])%10_000)
	return struct {
		success
		Info phoneInfo `json:"phone_info"`
	}{Info: phoneInfo{number, number, "86", watermark{c.Now.Unix(), c.AppID}}}, nil
}
