package emulator

import (
	"crypto/hmac"
	"encoding/hex"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// linkLife is how long a link to code works; the real figure is not documented.
const linkLife = 10 * time.Minute

// codeLink is where a zip can be fetched without credentials for a while, as the
// object storage behind the real cloud lets one.
func (e *Emulator) codeLink(sha string) string {
	until := strconv.FormatInt(time.Now().Add(linkLife).Unix(), 10)
	return e.URL() + codePath + sha + ".zip?until=" + until + "&sign=" + e.signLink(sha, until)
}

const codePath = "/_code/"

func (e *Emulator) signLink(sha, until string) string {
	return hex.EncodeToString(e.ticketMAC([]byte("code " + sha + " " + until)))
}

// serveCode answers a link.
func (e *Emulator) serveCode(q *request) {
	sha := strings.TrimSuffix(strings.TrimPrefix(q.URL.Path, codePath), ".zip")
	query := q.URL.Query()
	until, err := strconv.ParseInt(query.Get("until"), 10, 64)
	if err != nil || !hmac.Equal([]byte(query.Get("sign")), []byte(e.signLink(sha, query.Get("until")))) || time.Now().Unix() > until {
		q.refuse(http.StatusForbidden, "the link is not valid, or not any more")
		return
	}
	data, err := os.ReadFile(e.zipPath(sha)) // the signature vouches for the name
	if err != nil {
		q.refuse(http.StatusNotFound, "the code is gone")
		return
	}
	q.bytes("application/zip", data)
}

// getFunctionAddress links to the code of a function.
func (e *Emulator) getFunctionAddress(q *request, body []byte) (map[string]any, *cloudError) {
	in, failure := e.decodeFunction(q, body)
	if failure != nil {
		return nil, failure
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	f, ok := e.find(in.FunctionName)
	if !ok {
		return nil, notFound(in.FunctionName)
	}
	c, failure := f.qualified(in.Qualifier)
	switch {
	case failure != nil:
		return nil, failure
	case f.Secret != "" && f.Secret != in.CodeSecret:
		return nil, &cloudError{"UnauthorizedOperation.CodeSecret", "the code belongs to a third-party platform: CodeSecret is needed"}
	}
	return map[string]any{"Url": e.codeLink(c.SHA), "CodeSha256": c.SHA}, nil
}
