package cmd

import (
	"crypto/rsa"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
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
	envIP            = "WXCLOUD_IP"

	// A Tencent Cloud credential: our own names first, then those that every
	// tool of that cloud knows.
	envSecretID            = "WXCLOUD_SECRET_ID"
	envSecretKey           = "WXCLOUD_SECRET_KEY"
	envSessionToken        = "WXCLOUD_SESSION_TOKEN"
	envTencentSecretID     = "TENCENTCLOUD_SECRET_ID"
	envTencentSecretKey    = "TENCENTCLOUD_SECRET_KEY"
	envTencentSessionToken = "TENCENTCLOUD_SESSION_TOKEN"
	envTencentRegion       = "TENCENTCLOUD_REGION"
)

// noAppID is what WeChat DevTools writes into a project without an account.
const noAppID = "touristappid"

// credentialFlags name credentials without holding them.
type credentialFlags struct {
	keyFile      string
	tokenCommand string
	via          string
	devtools     string // "", auto, off, or where it is
}

// register adds the flags of a command that works on the code plane.
func (f *credentialFlags) register(a *app, c *cobra.Command) {
	c.Flags().StringVar(&f.keyFile, "key", "", a.t(text.FlagKey))
	f.registerToken(a, c)
	c.Flags().StringVar(&f.via, "via", "", a.t(text.FlagVia))
	_ = c.RegisterFlagCompletionFunc("via", cobra.FixedCompletions([]string{viaKey, viaTencent, viaThirdParty}, cobra.ShellCompDirectiveNoFileComp))
}

// registerToken adds the flag of a command that needs a token at most.
func (f *credentialFlags) registerToken(a *app, c *cobra.Command) {
	c.Flags().StringVar(&f.tokenCommand, "token-command", "", a.t(text.FlagTokenCommand))
}

func (f *credentialFlags) check() error {
	switch f.via {
	case "", viaKey, viaTencent, viaThirdParty:
		return nil
	}
	return clierr.New("cmd/bad-via", clierr.Usage, clierr.Args{"given": f.via})
}

// authorizer is the token of a third-party platform, nil if there is none.
func (a *app) authorizer(flags credentialFlags) wxapi.TokenSource {
	if flags.tokenCommand != "" {
		return wxapi.NewCommandToken(flags.tokenCommand, a.io.Err)
	}
	if token := a.getenv(envToken); token != "" {
		return wxapi.FixedToken(token)
	}
	return nil
}

// tencentKeys finds a Tencent Cloud credential. Half of one is an error.
func (a *app) tencentKeys() (wxapi.SecretPair, error) {
	pair, _, err := a.tencentKeysFrom()
	return pair, err
}

// tencentKeysFrom also names the variable the SecretId was read from.
func (a *app) tencentKeysFrom() (wxapi.SecretPair, string, error) {
	for _, names := range [...][3]string{
		{envSecretID, envSecretKey, envSessionToken},
		{envTencentSecretID, envTencentSecretKey, envTencentSessionToken},
	} {
		pair := wxapi.SecretPair{ID: a.getenv(names[0]), Key: a.getenv(names[1]), Token: a.getenv(names[2]), Region: a.getenv(envTencentRegion)}
		switch {
		case pair.ID == "" && pair.Key == "":
			continue
		case pair.Key == "":
			return wxapi.SecretPair{}, names[0], clierr.New("cmd/half-tencent-keys", clierr.Auth, clierr.Args{"set": names[0], "missing": names[1]})
		case pair.ID == "":
			return wxapi.SecretPair{}, names[0], clierr.New("cmd/half-tencent-keys", clierr.Auth, clierr.Args{"set": names[1], "missing": names[0]})
		}
		return pair, names[0], nil
	}
	return wxapi.SecretPair{}, "", nil
}

// keySource is where an upload key comes from.
type keySource struct {
	said  string // for people: a variable or a file, never the key
	path  string // "" when value is the key
	value string
}

// uploadKeySource finds the code-upload key: the flag, the environment, then
// private.<appid>.key beside the project and in the user's config folder. ok is
// false when there is none.
func (a *app) uploadKeySource(p *config.Project, flags credentialFlags) (from keySource, ok bool) {
	if flags.keyFile != "" {
		return keySource{said: flags.keyFile, path: a.absolute(flags.keyFile)}, true
	}
	if value := a.getenv(envUploadKey); value != "" {
		return keySource{said: envUploadKey, value: value}, true
	}
	if file := a.getenv(envUploadKeyFile); file != "" {
		return keySource{said: file, path: a.absolute(file)}, true
	}
	for _, candidate := range a.uploadKeyPlaces(p) {
		if _, err := os.Stat(candidate); err == nil {
			return keySource{said: a.relative(candidate), path: candidate}, true
		}
	}
	return keySource{}, false
}

func (k keySource) read() (*rsa.PrivateKey, error) {
	data := []byte(k.value)
	if k.path != "" {
		var err error
		if data, err = os.ReadFile(k.path); err != nil {
			return nil, clierr.New("cmd/key-unreadable", clierr.Auth, clierr.Args{"file": k.said}).Because(err)
		}
	}
	return wxapi.ParseUploadKey(data, k.said)
}

// uploadKey reads the code-upload key; ok is false when there is none.
func (a *app) uploadKey(p *config.Project, flags credentialFlags) (key *rsa.PrivateKey, ok bool, err error) {
	from, ok := a.uploadKeySource(p, flags)
	if !ok {
		return nil, false, nil
	}
	key, err = from.read()
	return key, err == nil, err
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
