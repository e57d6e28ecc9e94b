package emulator

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wxcloud/emulator/signature"
)

// signatureWindow is how far a client's clock may be off (documented: five
// minutes). It is measured on the real clock: clients sign with theirs.
const signatureWindow = 5 * time.Minute

// signDirect makes the headers of one direct call, as lines "Name: value".
func (e *Emulator) signDirect(service, action, version, region, payloadHash string) string {
	now := time.Now()
	host := service + ".tencentcloudapi.com"
	authorization := signature.Public(e.direct.id, e.direct.key, service, host, jsonType, payloadHash, now)
	return strings.Join([]string{
		"Authorization: " + authorization,
		"Content-Type: " + jsonType,
		"Host: " + host,
		"X-TC-Action: " + action,
		"X-TC-Timestamp: " + strconv.FormatInt(now.Unix(), 10),
		"X-TC-Version: " + version,
		"X-TC-Region: " + region,
	}, "\n")
}

// directEndpoint answers <service>.tencentcloudapi.com for calls whose headers
// signDirect made, or that are signed with the account's key or a temporary one.
func (e *Emulator) directEndpoint(q *request) {
	q.x.Action = q.Header.Get("X-TC-Action")
	service, failure := e.verifyDirect(q)
	if failure != nil {
		q.x.Verdict = failure.Code
		q.bytes(jsonType, failure.response())
		return
	}
	if content := e.cloudAction(q, service, q.x.Action, q.body); content != nil {
		q.bytes(jsonType, content)
	}
}

func (e *Emulator) verifyDirect(q *request) (service string, failure *cloudError) {
	if q.Method != http.MethodPost {
		return "", &cloudError{"InvalidParameter", "POST is required"}
	}
	a, err := signature.Parse(q.Header.Get("Authorization"))
	if err != nil {
		return "", &cloudError{"AuthFailure.InvalidAuthorization", err.Error()}
	}
	seconds, err := strconv.ParseInt(q.Header.Get("X-TC-Timestamp"), 10, 64)
	if err != nil {
		return "", &cloudError{"InvalidParameterValue", "X-TC-Timestamp is not a number of seconds"}
	}
	if off := time.Since(time.Unix(seconds, 0)).Abs(); off > signatureWindow {
		return "", &cloudError{"AuthFailure.SignatureExpire", fmt.Sprintf("the timestamp is %s off", off.Round(time.Second))}
	}
	key := e.direct.key
	switch a.ID {
	case e.direct.id:
	case e.owner.id:
		key = e.owner.key
	default:
		known, ok := e.temporary.find(a.ID, q.Header.Get("X-TC-Token"), time.Now())
		if !ok {
			return "", &cloudError{"AuthFailure.SecretIdNotFound", "the SecretId is not known, or its token does not fit or has ended"}
		}
		key = known.key
	}
	err = a.Verify(key, signature.Request{
		Method: http.MethodPost, URI: "/", Query: q.URL.RawQuery, PayloadHash: hashOf(q.body), Timestamp: seconds, Header: q.header,
	})
	if err != nil {
		return "", &cloudError{"AuthFailure.SignatureFailure", err.Error()}
	}
	return a.Service, nil
}

// header is a header by its lower-case name, Host included.
func (q *request) header(name string) string {
	if name == "host" {
		return q.Host
	}
	return q.Header.Get(name)
}
