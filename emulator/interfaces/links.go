package interfaces

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// The documented limits of a link that expires.
const (
	shortestLink = time.Minute
	longestLink  = 30 * 24 * time.Hour
	longestDays  = 30
	longestQuery = 1024
)

func checkScheme(c *call) *refusal {
	return c.checkTarget("jump_wxa", "path")
}

func checkLink(c *call) *refusal { return c.checkTarget("path") }

// checkTarget looks at where a link leads and when it expires; path is where the
// page stands, and the other fields stand beside it.
func (c *call) checkTarget(path ...string) *refusal {
	beside := func(field string) []string { return append(append([]string{}, path[:len(path)-1]...), field) }
	query := c.args.text(beside("query")...)
	switch version := c.args.text(beside("env_version")...); {
	case strings.Contains(c.args.text(path...), "?"):
		return refusing(c.info, 40165, "path holds a query")
	case utf8.RuneCountInString(query) > longestQuery || strings.ContainsFunc(query, func(r rune) bool { return !strings.ContainsRune(sceneCharacters+"%", r) }):
		return refusing(c.info, 40212, "query is too long, or has characters other than digits, letters and !#$&'()*+,/:;=?@-._~%")
	case version != "" && !isRelease(version):
		return refusing(c.info, 85402, "env_version is not release, trial or develop")
	}
	if c.args.text("expire_type") == "1" {
		if days, err := strconv.Atoi(c.args.text("expire_interval")); err != nil || days < 1 || days > longestDays {
			return refusing(c.info, 85401, "expire_interval is not 1 to 30 days")
		}
		return nil
	}
	number, given := c.args.at("expire_time").(json.Number)
	if seconds, err := number.Int64(); given && err == nil && seconds != 0 {
		left := time.Unix(seconds, 0).Sub(c.Now)
		if left < shortestLink || left > longestLink {
			return refusing(c.info, 85401, "expire_time is not 1 minute to 30 days ahead")
		}
	}
	return nil
}

func scheme(c *call) (any, *refusal) {
	return struct {
		success
		Link string `json:"openlink"`
	}{Link: "weixin://dl/business/?t=" + c.made("scheme", 11)}, nil
}

func link(c *call) (any, *refusal) {
	return struct {
		success
		Link string `json:"url_link"`
	}{Link: "https://wxaurl.cn/" + c.made("link", 11)}, nil
}

// made is an id of letters and digits that no other request has.
func (c *call) made(kind string, length int) string {
	sum := sha512.Sum512([]byte(kind + " " + c.ID))
	return strings.NewReplacer("-", "x", "_", "y").Replace(base64.RawURLEncoding.EncodeToString(sum[:])[:length])
}
