package cmd

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
	"wxcloud/upload"
	"wxcloud/wxapi"
)

// connection is one environment and what the credentials at hand can do there.
// Only the local cloud differs from a real one in its base URL and credentials;
// everything above speaks the same wire.
type connection struct {
	env environment
	// functions is the code plane; nil without an upload key.
	functions *wxapi.Functions
	// permissions is the permission plane; nil when no credential can write lists.
	permissions upload.PermissionStore
	// invoker is the invocation plane; nil without AppSecret or token.
	invoker *wxapi.Invoker
	local   *localCloud // nil for a real environment
}

func (c *connection) Close() error {
	if c == nil || c.local == nil {
		return nil
	}
	return c.local.Close()
}

// connectPlanes says what a command cannot do without.
type connectPlanes struct{ code bool }

// connect chooses the environment and opens what can be reached there.
func (a *app) connect(ctx context.Context, p *config.Project, flags credentialFlags, need connectPlanes) (*connection, error) {
	env, named, err := a.namedEnvironment(p)
	if err != nil {
		return nil, err
	}
	if named && env.local() {
		return a.connectLocal(ctx, p)
	}
	endpoints := wxapi.WeChat()
	if base := a.getenv(envEndpoint); base != "" {
		if endpoints, err = wxapi.Local(base); err != nil {
			return nil, err
		}
	}
	return a.connectReal(ctx, p, flags, need, endpoints)
}

func (a *app) connectLocal(ctx context.Context, p *config.Project) (*connection, error) {
	local, err := a.openLocal(ctx, p)
	if err != nil {
		return nil, err
	}
	c, err := a.localPlanes(ctx, local)
	if err != nil {
		return nil, errors.Join(err, local.Close())
	}
	return c, nil
}

func (a *app) localPlanes(ctx context.Context, local *localCloud) (*connection, error) {
	credentials := local.Credentials()
	if credentials.EnvID != emulator.EnvID {
		return nil, clierr.New("cmd/local-stands-for", clierr.NotFound, clierr.Args{"env": credentials.EnvID}).
			Hint("cmd/hint-endpoint", clierr.Args{"url": local.URL()})
	}
	endpoints, err := wxapi.Local(local.URL())
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(credentials.UploadKeyPath)
	if err != nil {
		return nil, clierr.New("cmd/key-unreadable", clierr.Local, clierr.Args{"file": a.relative(credentials.UploadKeyPath)}).Because(err)
	}
	key, err := wxapi.ParseUploadKey(data, a.relative(credentials.UploadKeyPath))
	if err != nil {
		return nil, err
	}
	client := wxapi.NewClient()
	c := &connection{env: environment{Name: emulator.EnvID, ID: emulator.EnvID}, local: local}
	if err := c.openCode(ctx, wxapi.NewUploadKey(client, endpoints, credentials.AppID, key, wxapi.UploadKeyOptions{}), credentials.AppID); err != nil {
		return nil, err
	}
	c.permissions = wxapi.NewPermissions(client, endpoints, wxapi.FixedToken(credentials.AuthorizerToken), wxapi.RetryOptions{})
	tokens := wxapi.NewStableToken(client, endpoints, credentials.AppID, credentials.AppSecret, wxapi.RetryOptions{})
	c.invoker = wxapi.NewInvoker(client, endpoints, tokens, c.env.ID, wxapi.RetryOptions{})
	return c, nil
}

func (a *app) connectReal(ctx context.Context, p *config.Project, flags credentialFlags, need connectPlanes, endpoints wxapi.Endpoints) (*connection, error) {
	if p.AppID == "" || p.AppID == noAppID {
		return nil, clierr.New("cmd/no-appid", clierr.Local, nil).In(clierr.Position{File: filepath.Join(p.Dir, config.ProjectFile)}).Hint("cmd/hint-appid", nil).Hint("cmd/hint-local", nil)
	}
	key, hasKey, err := a.uploadKey(p, flags)
	if err != nil {
		return nil, err
	}
	if !hasKey && need.code {
		return nil, clierr.New("cmd/no-upload-key", clierr.Auth, clierr.Args{"appid": p.AppID, "places": strings.Join(a.relativeAll(a.uploadKeyPlaces(p)), ", ")}).
			Hint("cmd/hint-upload-key", clierr.Args{"appid": p.AppID}).Hint("cmd/hint-local", nil)
	}
	client := wxapi.NewClient()
	c := &connection{}
	appID := p.AppID
	if p.ExtAppID != "" {
		appID = p.ExtAppID
	}
	if hasKey {
		err = a.realCode(ctx, p, c, wxapi.NewUploadKey(client, endpoints, p.AppID, key, wxapi.UploadKeyOptions{ExtAppID: p.ExtAppID}), appID)
	} else {
		c.env, err = a.chooseEnvironment(ctx, p, func(context.Context) ([]environment, error) { return nil, nil })
	}
	if err != nil {
		return nil, err
	}
	a.realTokens(c, client, endpoints, appID, flags)
	return c, nil
}

// realCode lists the account's environments once: to choose one, and to know
// the region of its functions.
func (a *app) realCode(ctx context.Context, p *config.Project, c *connection, key *wxapi.UploadKey, appID string) error {
	cloud := wxapi.NewCloud(wxapi.Retrying(key, wxapi.RetryOptions{Notify: a.retrying}), appID)
	envs, err := cloud.DescribeEnvs(ctx)
	if err != nil {
		return err
	}
	c.env, err = a.chooseEnvironment(ctx, p, func(context.Context) ([]environment, error) {
		var all []environment
		for _, e := range envs {
			all = append(all, environment{Name: orElse(e.Alias, e.ID), ID: e.ID})
		}
		return all, nil
	})
	if err != nil {
		return err
	}
	var ids []string
	for _, e := range envs {
		if e.ID == c.env.ID || e.Alias == c.env.ID {
			c.env = settled(p, e)
			c.functions = cloud.Functions(e)
			return nil
		}
		ids = append(ids, e.ID)
	}
	return clierr.New("cmd/no-such-environment", clierr.NotFound, clierr.Args{"env": c.env.ID, "appid": appID}).
		Hint("cmd/hint-environments", clierr.Args{"environments": strings.Join(ids, ", ")})
}

// settled is an environment of the cloud as wxcloud.json speaks of it. The
// cloud's alias is only a way to name it: records and protection go by its id.
func settled(p *config.Project, e wxapi.Env) environment {
	for _, s := range p.Settings.Environments {
		if s.ID == e.ID || s.ID == e.Alias {
			return environment{s.Name, e.ID, s.Protected}
		}
	}
	return environment{Name: e.ID, ID: e.ID}
}

// realTokens opens the planes that need a token, as far as there is one.
func (a *app) realTokens(c *connection, client *http.Client, endpoints wxapi.Endpoints, appID string, flags credentialFlags) {
	retry := wxapi.RetryOptions{Notify: a.retrying}
	var authorizer wxapi.TokenSource
	if flags.tokenCommand != "" {
		authorizer = wxapi.NewCommandToken(flags.tokenCommand, a.io.Err)
	} else if token := a.getenv(envToken); token != "" {
		authorizer = wxapi.FixedToken(token)
	}
	if authorizer != nil {
		c.permissions = wxapi.NewPermissions(client, endpoints, authorizer, retry)
		c.invoker = wxapi.NewInvoker(client, endpoints, authorizer, c.env.ID, retry)
	}
	if secret := a.getenv(envAppSecret); secret != "" {
		c.invoker = wxapi.NewInvoker(client, endpoints, wxapi.NewStableToken(client, endpoints, appID, secret, retry), c.env.ID, retry)
	}
}

// openCode finds the local cloud's environment over the wire, as for a real one.
func (c *connection) openCode(ctx context.Context, key *wxapi.UploadKey, appID string) error {
	cloud := wxapi.NewCloud(key, appID)
	envs, err := cloud.DescribeEnvs(ctx)
	if err != nil {
		return err
	}
	for _, e := range envs {
		if e.ID == c.env.ID {
			c.functions = cloud.Functions(e)
			return nil
		}
	}
	return clierr.New("cmd/no-such-environment", clierr.NotFound, clierr.Args{"env": c.env.ID, "appid": appID})
}

// retrying says why a call is made again.
func (a *app) retrying(err error, pause time.Duration) {
	var e *clierr.Error
	reason := err.Error()
	if errors.As(err, &e) {
		reason = a.message(e, a.lang)
	}
	a.say(text.Retrying, "reason", reason, "pause", pause.Round(100*time.Millisecond).String())
}

func (a *app) relativeAll(paths []string) []string {
	out := make([]string, len(paths))
	for i, path := range paths {
		out[i] = a.relative(path)
	}
	return out
}
