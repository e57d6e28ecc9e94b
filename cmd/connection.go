package cmd

import (
	"context"
	"errors"
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
	// functions is the code plane; nil without a credential for it.
	functions codePlane
	// permissions is the permission plane; nil when no credential can write lists.
	permissions upload.PermissionStore
	// devtools is the WeChat DevTools that writes lists along with code; nil for none.
	devtools *devtoolsStore
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
	if err := flags.check(); err != nil {
		return nil, err
	}
	env, named, err := a.namedEnvironment(p)
	if err != nil {
		return nil, err
	}
	if named && env.local() {
		return a.connectLocal(ctx, p, flags)
	}
	endpoints, err := a.endpoints()
	if err != nil {
		return nil, err
	}
	return a.connectReal(ctx, p, flags, need, endpoints)
}

// endpoints are those of the real cloud, unless WXCLOUD_ENDPOINT names a local
// one that stands for it.
func (a *app) endpoints() (wxapi.Endpoints, error) {
	if base := a.getenv(envEndpoint); base != "" {
		return wxapi.Local(base)
	}
	return wxapi.WeChat(), nil
}

func (a *app) connectLocal(ctx context.Context, p *config.Project, flags credentialFlags) (*connection, error) {
	local, err := a.openLocal(ctx, p)
	if err != nil {
		return nil, err
	}
	c, err := a.localPlanes(ctx, p, local, flags)
	if err != nil {
		return nil, errors.Join(err, local.Close())
	}
	return c, nil
}

// localPlanes opens all planes of the local cloud: it has every credential.
func (a *app) localPlanes(ctx context.Context, p *config.Project, local *localCloud, flags credentialFlags) (*connection, error) {
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
	w, err := a.newWire(endpoints, credentials.AppID)
	if err != nil {
		return nil, err
	}
	w.retry.Notify = nil // nothing here is far away
	found := codeCredentials{
		key: key, pair: wxapi.SecretPair{ID: credentials.TencentID, Key: credentials.TencentKey},
		tokens: wxapi.FixedToken(credentials.AuthorizerToken),
	}
	stand := *p // the local cloud has an AppID of its own, and no customers
	stand.AppID, stand.ExtAppID = credentials.AppID, ""
	c := &connection{local: local}
	if c.env, c.functions, err = a.openCodePlane(ctx, &stand, w, found, flags); err != nil {
		return nil, err
	}
	c.permissions = wxapi.NewPermissions(w.client, endpoints, found.tokens, w.retry)
	tokens := wxapi.NewStableToken(w.client, endpoints, credentials.AppID, credentials.AppSecret, w.retry)
	c.invoker = wxapi.NewInvoker(w.client, endpoints, tokens, c.env.ID, w.retry)
	return c, nil
}

func (a *app) connectReal(ctx context.Context, p *config.Project, flags credentialFlags, need connectPlanes, endpoints wxapi.Endpoints) (*connection, error) {
	if err := knownAppID(p); err != nil {
		return nil, err
	}
	found, err := a.codeCredentials(p, flags)
	if err != nil {
		return nil, err
	}
	if found.via(flags) == "" && need.code {
		return nil, a.noUploadKey(p)
	}
	w, err := a.newWire(endpoints, appIDOf(p))
	if err != nil {
		return nil, err
	}
	c := &connection{}
	if found.via(flags) != "" {
		c.env, c.functions, err = a.openCodePlane(ctx, p, w, found, flags)
	} else {
		c.env, err = a.chooseEnvironment(ctx, p, func(context.Context) ([]environment, error) { return nil, nil })
	}
	if err != nil {
		return nil, err
	}
	a.openTokenPlanes(c, w, found.tokens)
	return c, nil
}

// knownAppID refuses a project that names no mini program.
func knownAppID(p *config.Project) error {
	if p.AppID != "" && p.AppID != noAppID {
		return nil
	}
	return clierr.New("cmd/no-appid", clierr.Local, nil).In(clierr.Position{File: filepath.Join(p.Dir, config.ProjectFile)}).
		Hint("cmd/hint-appid", nil).Hint("cmd/hint-local", nil)
}

// appIDOf is the mini program whose cloud is meant: the customer's in a
// third-party template project.
func appIDOf(p *config.Project) string { return orElse(p.ExtAppID, p.AppID) }

func (a *app) noUploadKey(p *config.Project) error {
	return clierr.New("cmd/no-upload-key", clierr.Auth, clierr.Args{"appid": p.AppID, "places": strings.Join(a.relativeAll(a.uploadKeyPlaces(p)), ", ")}).
		Hint("cmd/hint-upload-key", clierr.Args{"appid": p.AppID}).Hint("cmd/hint-tencent-keys", nil).Hint("cmd/hint-local", nil)
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

// openTokenPlanes opens the planes that need a token, as far as there is one.
func (a *app) openTokenPlanes(c *connection, w *wire, authorizer wxapi.TokenSource) {
	if authorizer != nil {
		c.permissions = wxapi.NewPermissions(w.client, w.endpoints, authorizer, w.retry)
		c.invoker = wxapi.NewInvoker(w.client, w.endpoints, authorizer, c.env.ID, w.retry)
	}
	if secret := a.getenv(envAppSecret); secret != "" {
		tokens := wxapi.NewStableToken(w.client, w.endpoints, w.appID, secret, w.retry)
		c.invoker = wxapi.NewInvoker(w.client, w.endpoints, tokens, c.env.ID, w.retry)
	}
}

// retrying says why a call is made again.
func (a *app) retrying(err error, pause time.Duration) {
	if a.pace != nil && wxapi.IsRate(err) {
		a.pace.TooFast()
	}
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
