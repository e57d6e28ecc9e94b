package cmd

import (
	"context"
	"time"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

// nobody is a function nobody has: invoking it tells whether the credential is
// accepted, and runs nothing.
const nobody = "wxcloud-auth-check-nobody"

// check asks the cloud about one credential.
type check struct {
	app        *app
	credential *credential
	wire       *wire
	env        string // "" until one is known
}

// askCloud asks for every plane the credential serves. Nothing it asks changes
// anything. env is the environment to ask in, "" for the first there is; what
// was chosen comes back for the credentials that cannot list them.
func (a *app) askCloud(ctx context.Context, c *credential, w *wire, env string) string {
	if !c.Found || c.Problem != nil {
		return env
	}
	k := check{a, c, w, env}
	switch v := c.value; {
	case v.key != nil:
		k.functions(ctx, wxapi.NewCloud(wxapi.Retrying(wxapi.NewUploadKey(w.client, w.endpoints, w.ownAppID, v.key, wxapi.UploadKeyOptions{ExtAppID: w.extAppID, Strings: &w.retry}), w.retry), w.appID))
	case v.pair.ID != "":
		k.functions(ctx, wxapi.NewCloud(wxapi.Retrying(wxapi.NewTencentKeys(w.client, w.endpoints, v.pair), w.retry), ""))
	case v.tokens != nil:
		k.authorizer(ctx, v.tokens)
	case v.tools != nil:
		a.say(text.DevtoolsStarting)
		k.answer(planePermissions, v.tools.Ready(ctx))
	case v.secret != "":
		k.invoke(ctx, wxapi.NewStableToken(w.client, w.endpoints, w.appID, v.secret, w.retry))
	}
	return k.env
}

// functions asks a credential of the code plane.
func (k *check) functions(ctx context.Context, cloud *wxapi.Cloud) {
	envs, err := cloud.DescribeEnvs(ctx)
	env, err := k.choose(envs, err)
	if err != nil {
		k.answer(planeUpload, err)
		k.answer(planeLogs, err)
		return
	}
	f := cloud.Functions(env)
	_, err = f.ListFunctions(ctx)
	k.answer(planeUpload, err)
	now := time.Now()
	_, err = f.Logs(ctx, wxapi.LogQuery{From: now.Add(-time.Minute), To: now, Limit: 1})
	k.answer(planeLogs, err)
}

// authorizer asks a third-party platform's token.
func (k *check) authorizer(ctx context.Context, tokens wxapi.TokenSource) {
	w := k.wire
	envs, err := wxapi.NewThirdParty(w.client, w.endpoints, tokens, "", w.retry).Environments(ctx)
	env, err := k.choose(envs, err)
	if err != nil {
		for _, plane := range [...]plane{planeUpload, planePermissions, planeInvoke} {
			k.answer(plane, err)
		}
		return
	}
	functions, err := wxapi.NewThirdParty(w.client, w.endpoints, tokens, env.ID, w.retry).ListFunctions(ctx)
	k.answer(planeUpload, err)
	switch {
	case err != nil:
		k.answer(planePermissions, err)
	case len(functions) == 0:
		k.unknown(planePermissions) // there is no function whose list could be read
	default:
		_, err = wxapi.NewPermissions(w.client, w.endpoints, tokens, w.retry).Get(ctx, env.ID, functions[0].Name)
		k.answer(planePermissions, err)
	}
	k.invoke(ctx, tokens)
}

// invoke asks a token whether it may invoke: the answer that there is no such
// function is a yes.
func (k *check) invoke(ctx context.Context, tokens wxapi.TokenSource) {
	if k.env == "" {
		// The token itself can be asked for; where to invoke is not known.
		if _, err := tokens.Token(ctx); err != nil {
			k.answer(planeInvoke, err)
			return
		}
		k.unknown(planeInvoke)
		return
	}
	_, err := wxapi.NewInvoker(k.wire.client, k.wire.endpoints, tokens, k.env, k.wire.retry).Invoke(ctx, nobody, nil)
	k.answer(planeInvoke, err)
}

// choose takes the environment that was named, else the first.
func (k *check) choose(envs []wxapi.Env, err error) (wxapi.Env, error) {
	if err != nil {
		return wxapi.Env{}, err
	}
	for _, e := range envs {
		if k.env == "" || e.ID == k.env || e.Alias == k.env {
			k.env = e.ID
			return e, nil
		}
	}
	return wxapi.Env{}, clierr.New("cmd/no-such-environment", clierr.NotFound, clierr.Args{"env": orElse(k.env, "-"), "appid": k.wire.appID})
}

// answer notes what the cloud said about a plane. The status of the first
// problem is that of the run.
func (k *check) answer(plane plane, err error) {
	fact := k.credential.Planes[plane]
	fact.Answer = "works"
	if err != nil {
		fact.Problem, fact.Answer = k.app.trouble(err), "unknown"
		exit := fact.Problem.err.Exit
		if exit == clierr.Auth || exit == clierr.OtherCredential {
			fact.Answer = "refused"
		}
		if k.app.exit == clierr.OK {
			k.app.exit = exit
		}
	}
	k.credential.Planes[plane] = fact
}

func (k *check) unknown(plane plane) {
	fact := k.credential.Planes[plane]
	fact.Answer = "unknown"
	k.credential.Planes[plane] = fact
}
