package wxapi

import (
	"context"
	"errors"
)

// codeSecret marks code as a third-party platform's. Only its template projects
// have one; it is asked for once.
func (u *UploadKey) codeSecret(ctx context.Context) (string, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.asked {
		return u.secret, nil
	}
	var attributes struct {
		ErrCode code   `json:"errCode"`
		ErrMsg  string `json:"errMsg"`
		Data    struct {
			Platform bool `json:"platform"`
		} `json:"data"`
	}
	body := func(extAppID, signature string) any { return identity{u.appid, extAppID, signature} }
	signature, err := u.sign(ctx)
	if err != nil {
		return "", err
	}
	if _, err = u.post(ctx, "getattr", body("", signature), []string{signature}, false, &attributes, &attributes.ErrCode, &attributes.ErrMsg); err != nil {
		return "", err
	}
	if !attributes.Data.Platform {
		u.asked = true
		return "", nil
	}
	var answer struct {
		ErrCode code   `json:"errCode"`
		ErrMsg  string `json:"errMsg"`
		Secret  string `json:"codeSecret"`
	}
	if signature, err = u.sign(ctx); err != nil {
		return "", err
	}
	if _, err = u.post(ctx, "getcloudcodesecret", body(u.extAppID, signature), []string{signature}, false, &answer, &answer.ErrCode, &answer.ErrMsg); err != nil {
		return "", err
	}
	if answer.Secret == "" {
		return "", badAnswer(serviceCI, "getcloudcodesecret", errors.New("no codeSecret"))
	}
	u.asked, u.secret = true, answer.Secret
	return u.secret, nil
}

// withMember adds a text member at the front of a JSON object that has others.
func withMember(object []byte, name, value string) ([]byte, error) {
	member, err := marshal(map[string]string{name: value})
	if err != nil {
		return nil, err
	}
	return append(append(member[:len(member)-1], ','), object[1:]...), nil
}
