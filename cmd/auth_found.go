package cmd

import (
	"crypto/rsa"
	"os"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/devtools"
	"wxcloud/wxapi"
)

// secrets are the value of one credential; which member is set tells its kind.
type secrets struct {
	key    *rsa.PrivateKey
	pair   wxapi.SecretPair
	tokens wxapi.TokenSource
	secret string
	tools  *devtools.Tools
}

// The kinds of credentials, each with what it serves.
func uploadKeyCredential() credential {
	return credential{Kind: "upload-key", name: text.CredentialUploadKey, set: "private.<appid>.key", Planes: serves("yes", "no", "no", "yes")}
}

func tencentCredential() credential {
	return credential{Kind: "tencent-keys", name: text.CredentialTencent, set: envTencentSecretID, Planes: serves("yes", "no", "no", "yes")}
}

func authorizerCredential() credential {
	return credential{Kind: "authorizer-token", name: text.CredentialAuthorizer, set: envToken, Planes: serves("existing", "yes", "yes", "no")}
}

func appSecretCredential() credential {
	return credential{Kind: "app-secret", name: text.CredentialAppSecret, set: envAppSecret, Planes: serves("no", "no", "yes", "no")}
}

// credentials looks for each kind. What cannot be used is found too, with its
// problem.
func (a *app) credentials(p *config.Project, flags credentialFlags) []credential {
	key := uploadKeyCredential()
	if from, ok := a.uploadKeySource(p, flags); ok {
		key.Found, key.Source = true, from.said
		var err error
		if key.value.key, err = from.read(); err != nil {
			key.Problem = a.trouble(err)
		}
	}
	tencent := tencentCredential()
	pair, source, err := a.tencentKeysFrom()
	tencent.Found, tencent.Source, tencent.value.pair = source != "", source, pair
	if err != nil {
		tencent.Problem = a.trouble(err)
	}
	authorizer := authorizerCredential()
	if authorizer.value.tokens = a.authorizer(flags); authorizer.value.tokens != nil {
		authorizer.Found, authorizer.Source = true, envToken
		if flags.tokenCommand != "" {
			authorizer.Source = "--token-command"
		}
	}
	secret := appSecretCredential()
	if secret.value.secret = a.getenv(envAppSecret); secret.value.secret != "" {
		secret.Found, secret.Source = true, envAppSecret
	}
	return []credential{key, tencent, authorizer, secret, a.devtoolsCredential()}
}

// devtoolsCredential is the login of an installed WeChat DevTools. Code goes through
// it only along with permissions.
func (a *app) devtoolsCredential() credential {
	c := credential{Kind: "devtools", name: text.CredentialDevtools, set: envDevtools, Planes: serves("no", "yes", "no", "no")}
	tools, err := a.findDevtools("")
	if c.value.tools = tools; tools != nil {
		c.Found, c.Source = true, tools.Program
	}
	if err != nil {
		c.Found, c.Source, c.Problem = true, envDevtools, a.trouble(err)
	}
	return c
}

// localCredentials are those of the local cloud, which has all kinds.
func (a *app) localCredentials(local *localCloud) []credential {
	c := local.Credentials()
	key, tencent, authorizer, secret := uploadKeyCredential(), tencentCredential(), authorizerCredential(), appSecretCredential()
	data, err := os.ReadFile(c.UploadKeyPath)
	if err == nil {
		key.value.key, err = wxapi.ParseUploadKey(data, a.relative(c.UploadKeyPath))
	}
	if err != nil {
		key.Problem = a.trouble(err)
	}
	tencent.value.pair = wxapi.SecretPair{ID: c.TencentID, Key: c.TencentKey}
	authorizer.value.tokens = wxapi.FixedToken(c.AuthorizerToken)
	secret.value.secret = c.AppSecret
	all := []credential{key, tencent, authorizer, secret}
	for i := range all {
		all[i].Found, all[i].Source = true, a.relative(c.UploadKeyPath)
		if i > 0 {
			all[i].Source = a.t(text.CredentialOfLocal)
		}
	}
	return all
}
