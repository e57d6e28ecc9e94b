package wxapi

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"wxcloud/internal/clierr"
)

// Address is where the code of a function can be fetched for a short while.
// Whoever has the URL has the code: it never appears in an error.
type Address struct {
	URL    string `json:"Url"`
	SHA256 string `json:"CodeSha256"` // of the zip; "" if the cloud named none
}

// maxDownload is more than any function's code may be.
const maxDownload = 500 << 20

// Address returns where the function's code is.
func (f *Functions) Address(ctx context.Context, name string) (Address, error) {
	var answer Address
	err := f.call(ctx, "GetFunctionAddress", target{name, f.namespace}, &answer)
	if err == nil && answer.URL == "" {
		err = badAnswer("scf", "GetFunctionAddress", errors.New("no Url"))
	}
	return answer, err
}

// Download writes the zip to w and compares its hash with the one the cloud
// gave. What was written must not be used when an error comes back.
func (f *Functions) Download(ctx context.Context, from Address, w io.Writer) error {
	return download(ctx, f.cloud.client, from, w)
}

func download(ctx context.Context, client *http.Client, from Address, w io.Writer) error {
	const action = "download"
	u, err := url.Parse(from.URL)
	if err != nil || !secure(u) {
		return clierr.New("wxapi/insecure", clierr.Usage, clierr.Args{"address": hostOf(from.URL)})
	}
	limited, cancel := context.WithTimeout(ctx, codeUpload)
	defer cancel()
	req, err := http.NewRequestWithContext(limited, http.MethodGet, from.URL, nil)
	if err != nil {
		return networkFailure(ctx, u.Host, action, false, err)
	}
	c := *client
	c.CheckRedirect = refuseRedirect
	res, err := c.Do(req)
	if err != nil {
		return networkFailure(ctx, u.Host, action, false, err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return httpFailure(request{service: u.Hostname(), action: action}, answer{res.StatusCode, res.Header, nil})
	}
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, hash), io.LimitReader(res.Body, maxDownload+1))
	switch {
	case err != nil:
		return networkFailure(ctx, u.Host, action, false, err)
	case n > maxDownload:
		return badAnswer(u.Hostname(), action, errors.New("more than 500 MB"))
	}
	// Hex is documented for third-party platforms; for scf no form is.
	sum := hash.Sum(nil)
	got := hex.EncodeToString(sum)
	if from.SHA256 != "" && !strings.EqualFold(got, from.SHA256) && base64.StdEncoding.EncodeToString(sum) != from.SHA256 {
		return clierr.New("wxapi/hash-differs", clierr.Cloud, clierr.Args{"want": from.SHA256, "got": got})
	}
	return nil
}
