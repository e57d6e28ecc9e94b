package wxapi

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"
)

// TencentKeys is the transport of a Tencent Cloud SecretId and SecretKey: every
// action goes straight to the service, signed with TC3-HMAC-SHA256.
type TencentKeys struct {
	client    *http.Client
	endpoints Endpoints
	keys      SecretPair
}

// SecretPair is a Tencent Cloud credential. Token is set for temporary ones.
// Region is where the account's environments are; "" means ap-shanghai.
type SecretPair struct{ ID, Key, Token, Region string }

// NewTencentKeys returns the transport of a credential.
func NewTencentKeys(client *http.Client, e Endpoints, keys SecretPair) *TencentKeys {
	return &TencentKeys{client: client, endpoints: e, keys: keys}
}

// defaultRegion is where environments are unless they say otherwise.
const defaultRegion = "ap-shanghai"

// contentType must be sent exactly as it is signed.
const contentType = "application/json"

// Call carries one action. Safe for concurrent use.
func (t *TencentKeys) Call(ctx context.Context, service, name, region string, body any) ([]byte, error) {
	post, err := encode(body)
	if err != nil {
		return nil, badAnswer(service, name, err)
	}
	hash, err := post.hash()
	if err != nil {
		return nil, badArchive(err)
	}
	if region == "" {
		region = cmp.Or(t.keys.Region, defaultRegion)
	}
	host, now := service+".tencentcloudapi.com", time.Now()
	header := http.Header{
		"Content-Type":  {contentType},
		"Authorization": {tc3(t.keys, service, host, now, hash)},
	}
	header.Set("X-TC-Action", name)
	header.Set("X-TC-Version", versionOf(service))
	header.Set("X-TC-Region", region)
	header.Set("X-TC-Timestamp", strconv.FormatInt(now.Unix(), 10))
	if t.keys.Token != "" {
		header.Set("X-TC-Token", t.keys.Token)
	}
	a, _ := actionOf(service, name)
	limit := longCall
	if a.direct {
		limit = codeUpload
	}
	return callService(ctx, t.client, request{
		url: t.endpoints.service(service) + "/", host: host, header: header, body: post,
		service: service, action: name, limit: limit, acts: true,
		secrets: append(signedSecrets(header), t.keys.ID, t.keys.Key, t.keys.Token),
	})
}

// tc3 returns the Authorization header of Tencent Cloud's signature version 3
// over content-type and host, for a body with the given SHA-256.
func tc3(keys SecretPair, service, host string, at time.Time, hash string) string {
	const signed = "content-type;host"
	canonical := "POST\n/\n\ncontent-type:" + contentType + "\nhost:" + host + "\n\n" + signed + "\n" + hash
	date := at.UTC().Format(time.DateOnly)
	scope := date + "/" + service + "/tc3_request"
	text := "TC3-HMAC-SHA256\n" + strconv.FormatInt(at.Unix(), 10) + "\n" + scope + "\n" + hexSHA256([]byte(canonical))
	key := []byte("TC3" + keys.Key)
	for _, part := range [...]string{date, service, "tc3_request", text} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	return "TC3-HMAC-SHA256 Credential=" + keys.ID + "/" + scope + ", SignedHeaders=" + signed + ", Signature=" + hex.EncodeToString(key)
}

func hexSHA256(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
