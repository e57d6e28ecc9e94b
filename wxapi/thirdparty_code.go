package wxapi

import (
	"context"
	"errors"
)

// platformCode is the body of UpdateFunctionCode as a third-party platform
// sends it: it names the environment in another member and marks the code as
// the platform's.
type platformCode struct {
	CodeSecret        string
	EnvID             string `json:"EnvId"`
	FunctionName      string
	Handler           string
	ZipFile           string
	InstallDependency Flag

	zip      Archive
	progress func(sent int64)
}

func (c platformCode) carries() (Archive, func(int64)) { return c.zip, c.progress }

// UpdateFunctionCode replaces the code of an existing function. Only the
// signature comes from api.weixin.qq.com; the code goes to scf itself.
func (p *ThirdParty) UpdateFunctionCode(ctx context.Context, c Code) error {
	const name = "UpdateFunctionCode"
	secret, err := p.codeSecret(ctx)
	if err != nil {
		return err
	}
	body, err := encode(platformCode{
		CodeSecret: secret, EnvID: p.env, FunctionName: c.Name, Handler: c.Handler, InstallDependency: Flag(c.InstallDependency),
		zip: c.Zip, progress: c.Progress,
	})
	if err != nil {
		return badAnswer("scf", name, err)
	}
	hash, err := body.hash()
	if err != nil {
		return badArchive(err)
	}
	// Not repeatable, as in the table of actions: whoever sends code looks first
	// whether the lost one arrived. The signature was not the upload.
	_, err = retry(ctx, p.retry, false, func() ([]byte, error) {
		var signed struct {
			Headers string `json:"headers"`
		}
		if err := p.call(ctx, "getuploadsignature", struct {
			Hash string `json:"hashed_payload"`
		}{hash}, &signed); err != nil {
			return nil, err
		}
		header, host, err := splitHeaders(signed.Headers)
		if err != nil {
			return nil, badAnswer(serviceAPI, "getuploadsignature", err)
		}
		return callService(ctx, p.client, request{
			url: p.endpoints.service("scf") + "/", host: host, header: header, body: body,
			service: "scf", action: name, limit: codeUpload, acts: true, secrets: append(signedSecrets(header), secret),
		})
	})
	return err
}

// codeSecret is the mark of the account's code; it never changes.
func (p *ThirdParty) codeSecret(ctx context.Context) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.secret != "" {
		return p.secret, nil
	}
	var answer struct {
		Secret string `json:"codesecret"`
	}
	if err := p.call(ctx, "getcodesecret", struct{}{}, &answer); err != nil {
		return "", err
	}
	if answer.Secret == "" {
		return "", badAnswer(serviceAPI, "getcodesecret", errors.New("no codesecret"))
	}
	p.secret = answer.Secret
	return p.secret, nil
}
