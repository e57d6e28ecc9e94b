package cmd

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

// codePlane is the functions of one environment, whatever the credential.
// *wxapi.Functions and *wxapi.ThirdParty implement it; what a credential cannot
// do is an error for which wxapi.IsUnsupported holds.
type codePlane interface {
	ListFunctions(ctx context.Context) ([]wxapi.Function, error)
	GetFunction(ctx context.Context, name string) (wxapi.Function, error)
	CreateFunction(ctx context.Context, n wxapi.NewFunction) error
	UpdateFunctionCode(ctx context.Context, c wxapi.Code) error
	UpdateFunctionConfiguration(ctx context.Context, c wxapi.Configuration) error
	SetTriggers(ctx context.Context, name string, triggers []wxapi.Trigger) error
	DeleteTrigger(ctx context.Context, name, trigger string) error
	DeleteFunction(ctx context.Context, name string) error
	Address(ctx context.Context, name string) (wxapi.Address, error)
	Download(ctx context.Context, from wxapi.Address, w io.Writer) error
	Logs(ctx context.Context, q wxapi.LogQuery) (wxapi.LogPage, error)
	Invoke(ctx context.Context, name string, event json.RawMessage) (wxapi.Run, error)
	// MaxBase64 is how large an archive may be as base64 text.
	MaxBase64() int64
}

// The ways to the code plane, as --via names them.
const (
	viaKey        = "key"
	viaTencent    = "tencent"
	viaThirdParty = "third-party"
)

// codeCredentials are what was found for the code plane.
type codeCredentials struct {
	key    *rsa.PrivateKey // nil if there is none
	pair   wxapi.SecretPair
	tokens wxapi.TokenSource // an authorizer token; nil if there is none
}

// via is the way that --via names, else the first there is a credential for;
// "" when there is none.
func (c codeCredentials) via(flags credentialFlags) string {
	switch {
	case flags.via != "":
		return flags.via
	case c.key != nil:
		return viaKey
	case c.pair.ID != "":
		return viaTencent
	case c.tokens != nil:
		return viaThirdParty
	}
	return ""
}

// codeCredentials finds them. An upload key that is not asked for is not read.
func (a *app) codeCredentials(p *config.Project, flags credentialFlags) (codeCredentials, error) {
	var c codeCredentials
	var err error
	if flags.via == "" || flags.via == viaKey {
		if c.key, _, err = a.uploadKey(p, flags); err != nil {
			return c, err
		}
	}
	if c.pair, err = a.tencentKeys(); err != nil && (flags.via == viaTencent || flags.via == "" && c.key == nil) {
		return c, err
	}
	c.tokens = a.authorizer(flags)
	return c, nil
}

// account is the code plane before an environment is chosen.
type account struct {
	environments func(context.Context) ([]wxapi.Env, error)
	functions    func(wxapi.Env) codePlane
}

// openAccount opens the account that the credentials reach.
func (a *app) openAccount(p *config.Project, w *wire, found codeCredentials, flags credentialFlags) (account, error) {
	way := found.via(flags)
	switch {
	case way == viaKey && found.key == nil:
		return account{}, a.noUploadKey(p)
	case way == viaTencent && found.pair.ID == "":
		return account{}, clierr.New("cmd/no-tencent-keys", clierr.Auth, nil).Hint("cmd/hint-tencent-keys", nil)
	case way == viaThirdParty && found.tokens == nil:
		return account{}, clierr.New("cmd/no-authorizer", clierr.Auth, nil).Hint("cmd/hint-authorizer", nil)
	}
	var cloud *wxapi.Cloud
	switch way {
	case viaThirdParty:
		in := func(env string) *wxapi.ThirdParty {
			return wxapi.NewThirdParty(w.client, w.endpoints, found.tokens, env, w.retry)
		}
		return account{in("").Environments, func(e wxapi.Env) codePlane { return in(e.ID) }}, nil
	case viaTencent:
		cloud = wxapi.NewCloud(wxapi.Retrying(wxapi.NewTencentKeys(w.client, w.endpoints, found.pair), w.retry), w.appID)
	default:
		key := wxapi.NewUploadKey(w.client, w.endpoints, p.AppID, found.key, wxapi.UploadKeyOptions{ExtAppID: p.ExtAppID, Strings: &w.retry})
		key.Ahead(a.ahead)
		a.key = key
		cloud = wxapi.NewCloud(wxapi.Retrying(key, w.retry), w.appID)
	}
	return account{cloud.DescribeEnvs, func(e wxapi.Env) codePlane { return cloud.Functions(e) }}, nil
}

// openCodePlane lists the account's environments once: to choose one, and to
// know the region of its functions.
func (a *app) openCodePlane(ctx context.Context, p *config.Project, w *wire, found codeCredentials, flags credentialFlags) (environment, codePlane, error) {
	account, err := a.openAccount(p, w, found, flags)
	if err != nil {
		return environment{}, nil, err
	}
	envs, err := account.environments(ctx)
	if err != nil {
		return environment{}, nil, err
	}
	env, in, err := a.environmentAmong(ctx, p, envs, w.appID)
	if err != nil {
		return environment{}, nil, err
	}
	return env, account.functions(in), nil
}

// environmentAmong chooses one of the account's environments.
func (a *app) environmentAmong(ctx context.Context, p *config.Project, envs []wxapi.Env, appID string) (environment, wxapi.Env, error) {
	chosen, err := a.chooseEnvironment(ctx, p, func(context.Context) ([]environment, error) {
		var all []environment
		for _, e := range envs {
			all = append(all, environment{Name: orElse(e.Alias, e.ID), ID: e.ID})
		}
		return all, nil
	})
	if err != nil {
		return environment{}, wxapi.Env{}, err
	}
	var ids []string
	for _, e := range envs {
		if e.ID == chosen.ID || e.Alias == chosen.ID {
			return settled(p, e), e, nil
		}
		ids = append(ids, e.ID)
	}
	return environment{}, wxapi.Env{}, clierr.New("cmd/no-such-environment", clierr.NotFound, clierr.Args{"env": chosen.ID, "appid": appID}).
		Hint("cmd/hint-environments", clierr.Args{"environments": strings.Join(ids, ", ")})
}

// wire is what every client of one connection shares.
type wire struct {
	client    *http.Client
	endpoints wxapi.Endpoints
	appID     string // the mini program's; the customer's in a template project
	// ownAppID is the upload key's mini program, extAppID the customer's in a
	// template project.
	ownAppID, extAppID string
	retry              wxapi.RetryOptions
}

// newWire returns the wire to the endpoints.
func (a *app) newWire(endpoints wxapi.Endpoints, appID string) (*wire, error) {
	given := a.flags.ip
	if given == "" {
		given = a.getenv(envIP)
	}
	ip, err := wxapi.ParseIP(given)
	if err != nil {
		return nil, err
	}
	return &wire{
		client: wxapi.NewClient(wxapi.ClientOptions{IP: ip}), endpoints: endpoints, appID: appID,
		retry: wxapi.RetryOptions{Notify: a.retrying},
	}, nil
}
