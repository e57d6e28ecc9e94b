package cmd

import (
	"crypto/rsa"
	"os"
	"path/filepath"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

// Where credentials come from. A secret is never the value of a flag: flags end
// up in shell histories and process lists.
const (
	envUploadKey     = "WXCLOUD_PRIVATE_KEY"
	envUploadKeyFile = "WXCLOUD_PRIVATE_KEY_FILE"
	envAppSecret     = "WXCLOUD_APP_SECRET"
	envToken         = "WXCLOUD_AUTHORIZER_TOKEN"
	envEndpoint      = "WXCLOUD_ENDPOINT"
)

// noAppID is what WeChat DevTools writes into a project without an account.
const noAppID = "touristappid"

// credentialFlags name credentials without holding them.
type credentialFlags struct {
	keyFile      string
	tokenCommand string
}

// uploadKey finds the code-upload key: the flag, the environment, then
// private.<appid>.key beside the project and in the user's config folder. ok is
// false when there is none.
func (a *app) uploadKey(p *config.Project, flags credentialFlags) (key *rsa.PrivateKey, ok bool, err error) {
	if flags.keyFile != "" {
		return readUploadKey(a.absolute(flags.keyFile), flags.keyFile)
	}
	if value := a.getenv(envUploadKey); value != "" {
		key, err = wxapi.ParseUploadKey([]byte(value), envUploadKey)
		return key, err == nil, err
	}
	if file := a.getenv(envUploadKeyFile); file != "" {
		return readUploadKey(a.absolute(file), file)
	}
	for _, candidate := range a.uploadKeyPlaces(p) {
		if _, err := os.Stat(candidate); err == nil {
			return readUploadKey(candidate, a.relative(candidate))
		}
	}
	return nil, false, nil
}

// uploadKeyPlaces are the files looked for when nothing names one.
func (a *app) uploadKeyPlaces(p *config.Project) []string {
	if p.AppID == "" || p.AppID == noAppID {
		return nil
	}
	name := "private." + p.AppID + ".key"
	places := []string{filepath.Join(p.Dir, name)}
	if dir, err := os.UserConfigDir(); err == nil {
		places = append(places, filepath.Join(dir, "wxcloud", name))
	}
	return places
}

func readUploadKey(path, said string) (*rsa.PrivateKey, bool, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, false, clierr.New("cmd/key-unreadable", clierr.Auth, clierr.Args{"file": said}).Because(err)
	}
	key, err := wxapi.ParseUploadKey(data, said)
	return key, err == nil, err
}
