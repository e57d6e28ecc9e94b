package wxapi

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"wxcloud/internal/clierr"
)

// How large code may be as base64 text, the form in which it travels.
const (
	// MaxInline is the documented limit of UpdateFunctionCode.
	MaxInline = 20 << 20
	// MaxStored is for code that goes through object storage. What a function
	// may unpack to is 500 MB; no limit of the zip itself is documented.
	MaxStored = 500 << 20
)

// inlineZip is how large an archive, in bytes, still travels inside a request
// signed with Tencent keys. A request of that signature may be 10 MB, and
// base64 makes four bytes of three.
const inlineZip = 7 << 20

// storageApp is the Tencent account that owns the buckets for code on its way.
const storageApp = "1253665819"

// serviceCOS is the object storage in errors.
const serviceCOS = "cos"

// storage puts code that is too large for a request where the function service
// fetches it.
type storage struct {
	client    *http.Client
	endpoints Endpoints
	retry     RetryOptions
}

// codePlace says where code lies: the Code member of the two actions that take it.
type codePlace struct {
	CosBucketRegion   string `json:",omitempty"`
	TempCosObjectName string `json:",omitempty"`
}

// stage uploads an archive and returns its place; the zero place when the
// archive is small enough to travel inside the request, or must.
func (f *Functions) stage(ctx context.Context, function string, zip Archive, progress func(int64)) (codePlace, error) {
	s := f.cloud.storage
	if s == nil || zip == nil || zip.Size() <= inlineZip {
		return codePlace{}, nil
	}
	if f.account == "" {
		return codePlace{}, clierr.New("wxapi/no-storage", clierr.Cloud, clierr.Args{"env": f.env})
	}
	path := f.account + "/" + f.namespace + "/" + function + ".zip"
	var grant struct{ Date, Sign string }
	if err := f.call(ctx, "GetTempCosInfo", struct{ ObjectPath string }{path}, &grant); err != nil {
		return codePlace{}, err
	}
	if grant.Date == "" || grant.Sign == "" {
		return codePlace{}, badAnswer("scf", "GetTempCosInfo", errors.New("no Date or no Sign"))
	}
	region := f.region
	if region == "" {
		region = defaultRegion
	}
	key := "/" + grant.Date + "/" + path
	_, err := retry(ctx, s.retry, true, func() (struct{}, error) {
		return struct{}{}, s.put(ctx, bucketHost(region), key, grant.Sign, zip, progress)
	})
	return codePlace{CosBucketRegion: region, TempCosObjectName: key}, err
}

// bucketHost is the host of the region's bucket for code on its way.
func bucketHost(region string) string {
	prefix := "sh"
	switch region {
	case "ap-guangzhou":
		prefix = "gz"
	case "ap-beijing":
		prefix = "bj"
	case "ap-singapore":
		prefix = "sg"
	}
	return prefix + "tempcos-" + storageApp + ".cos." + region + ".myqcloud.com"
}

// put writes one object whole. Repeating it gives the same object.
func (s *storage) put(ctx context.Context, host, key, sign string, zip Archive, progress func(int64)) error {
	const action = "PutObject"
	base, asked := "https://"+host, ""
	if s.endpoints.Storage != "" {
		base, asked = s.endpoints.Storage, host
	}
	u, err := url.Parse(base)
	if err != nil || !secure(u) {
		return clierr.New("wxapi/insecure", clierr.Usage, clierr.Args{"address": hostOf(base)})
	}
	limited, cancel := context.WithTimeout(ctx, codeUpload)
	defer cancel()
	u.Path = key
	req, err := http.NewRequestWithContext(limited, http.MethodPut, u.String(), nil)
	if err != nil {
		return networkFailure(ctx, u.Host, action, false, err)
	}
	req.ContentLength = zip.Size()
	req.GetBody = func() (io.ReadCloser, error) { return &counted{from: zip.Reader(), progress: progress}, nil }
	req.Body, _ = req.GetBody()
	req.Header.Set("Authorization", sign)
	req.Header.Set("Content-Type", "application/zip")
	if asked != "" {
		req.Host = asked
	}
	c := *s.client
	c.CheckRedirect = refuseRedirect
	res, err := c.Do(req)
	if err != nil {
		return networkFailure(ctx, u.Host, action, !neverSent(err), err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return networkFailure(ctx, u.Host, action, true, err)
	}
	r := request{service: serviceCOS, action: action, secrets: []string{sign}}
	a := answer{res.StatusCode, res.Header, nil}
	if res.StatusCode == http.StatusOK {
		return nil
	}
	var said struct {
		Code, Message string
		RequestID     string `xml:"RequestId"`
	}
	if xml.Unmarshal(body, &said) != nil || said.Code == "" {
		return httpFailure(r, a)
	}
	return refusal(r, a, said.Code, said.Message, said.RequestID)
}

// counted is an archive being sent as it is.
type counted struct {
	from     io.Reader
	sent     int64
	progress func(int64)
}

// Read reads and tells how far it came.
func (c *counted) Read(b []byte) (int, error) {
	n, err := c.from.Read(b)
	c.sent += int64(n)
	if n > 0 && c.progress != nil {
		c.progress(c.sent)
	}
	return n, err
}

// Close closes the archive's reader, if it can be.
func (c *counted) Close() error {
	if closer, ok := c.from.(io.Closer); ok {
		return closer.Close()
	}
	return nil
}

// account is the Tencent account an environment belongs to: named with its
// bucket, or the digits that end the bucket's name.
func (e Env) account() string {
	if len(e.Storages) == 0 {
		return ""
	}
	if e.Storages[0].AppID != "" {
		return string(e.Storages[0].AppID)
	}
	bucket := e.Storages[0].Bucket
	return bucket[strings.LastIndexByte(bucket, '-')+1:]
}

// MaxBase64 is how large an archive may be as base64 text over this transport.
func (f *Functions) MaxBase64() int64 {
	if f.cloud.storage != nil {
		return MaxStored
	}
	return MaxInline
}
