package wxapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"sync"

	"wxcloud/internal/clierr"
)

// ThirdParty is the code plane of one environment over the token of a
// customer's account that a third-party platform was authorised by. It has the
// methods of *Functions; what is not documented for such a token returns an
// error for which IsUnsupported holds.
type ThirdParty struct {
	client    *http.Client
	endpoints Endpoints
	tokens    TokenSource
	env       string
	retry     RetryOptions

	mu     sync.Mutex
	secret string // the account's code secret, once asked for
}

// NewThirdParty returns the functions of an environment, which may be "" for
// Environments alone.
func NewThirdParty(client *http.Client, e Endpoints, tokens TokenSource, env string, o RetryOptions) *ThirdParty {
	return &ThirdParty{client: client, endpoints: e, tokens: tokens, env: env, retry: o}
}

// call makes one call of api.weixin.qq.com/tcb. All that are made from here
// read, or replace something as a whole, and are safe to repeat.
func (p *ThirdParty) call(ctx context.Context, name string, body, answer any) error {
	raw, err := marshal(body)
	if err != nil {
		return badAnswer(serviceAPI, name, err)
	}
	got, err := withToken(ctx, p.tokens, func(token string) ([]byte, error) {
		return retry(ctx, p.retry, true, func() ([]byte, error) {
			return callAPI(ctx, p.client, tcb(p.endpoints, name, token, nil, raw))
		})
	})
	if err != nil || answer == nil {
		return err
	}
	if err := json.Unmarshal(got, answer); err != nil {
		return badAnswer(serviceAPI, name, err)
	}
	return nil
}

// Environments lists the account's environments.
func (p *ThirdParty) Environments(ctx context.Context) ([]Env, error) {
	var answer struct {
		List []struct {
			Env         string `json:"env"`
			Alias       string `json:"alias"`
			Status      string `json:"status"`
			PackageName string `json:"package_name"`
			CreateTime  string `json:"create_time"`
			UpdateTime  string `json:"update_time"`
		} `json:"info_list"`
	}
	if err := p.call(ctx, "getenvinfo", struct{}{}, &answer); err != nil {
		return nil, err
	}
	envs := make([]Env, len(answer.List))
	for i, e := range answer.List {
		envs[i] = Env{ID: e.Env, Alias: e.Alias, Status: e.Status, PackageName: e.PackageName, CreateTime: e.CreateTime, UpdateTime: e.UpdateTime}
	}
	return envs, nil
}

// ListFunctions returns all functions of the environment: name, runtime, state
// and times.
func (p *ThirdParty) ListFunctions(ctx context.Context) ([]Function, error) {
	var all []Function
	for {
		body := struct {
			Env    string `json:"env"`
			Limit  int    `json:"limit"`
			Offset int    `json:"offset"`
		}{p.env, listPage, len(all)}
		var page struct {
			Total     int `json:"total_count"`
			Functions []struct {
				Name    string `json:"name"`
				Runtime string `json:"runtime"`
				Status  string `json:"status"`
				AddTime string `json:"add_time"`
				ModTime string `json:"mod_time"`
			} `json:"functions"`
		}
		if err := p.call(ctx, "listfunctions", body, &page); err != nil {
			return nil, err
		}
		for _, f := range page.Functions {
			all = append(all, Function{Name: f.Name, Runtime: f.Runtime, Status: f.Status, AddTime: f.AddTime, ModTime: f.ModTime})
		}
		if len(page.Functions) == 0 || len(all) >= page.Total {
			return all, nil
		}
	}
}

// GetFunction returns what the listing tells of a function and, once it is
// Active, the time limit, variables and timers this platform stored. What was
// set another way is not seen, and handler, memory and sizes are not to be had.
func (p *ThirdParty) GetFunction(ctx context.Context, name string) (Function, error) {
	all, err := p.ListFunctions(ctx)
	if err != nil {
		return Function{}, err
	}
	at := slices.IndexFunc(all, func(f Function) bool { return f.Name == name })
	if at < 0 {
		return Function{}, fail(&APIError{
			Code: "ResourceNotFound.Function", Message: name, Service: serviceAPI, Action: "listfunctions", Status: http.StatusOK, Refused: true,
		})
	}
	f := all[at]
	f.Partial = true
	if f.Status != StatusActive {
		return f, nil // a function being waited for is looked at often
	}
	settings, _, err := p.settings(ctx, name)
	if err != nil {
		return f, err
	}
	f.TimeoutSeconds, f.Environment.Variables = settings.Timeout, settings.variables()
	f.Triggers, err = p.triggers(ctx, name)
	return f, err
}

// CreateFunction is not documented for this kind of token.
func (p *ThirdParty) CreateFunction(_ context.Context, n NewFunction) error {
	return unsupported("wxapi/unsupported-create", clierr.Args{"function": n.Name, "env": p.env})
}

// DeleteFunction is not documented for this kind of token.
func (p *ThirdParty) DeleteFunction(_ context.Context, name string) error {
	return unsupported("wxapi/unsupported-delete", clierr.Args{"function": name, "env": p.env})
}

// Logs are not documented for this kind of token.
func (p *ThirdParty) Logs(context.Context, LogQuery) (LogPage, error) {
	return LogPage{}, unsupported("wxapi/unsupported-logs", nil)
}

// Invoke through scf is not documented for this kind of token; Invoker is.
func (p *ThirdParty) Invoke(_ context.Context, name string, _ json.RawMessage) (Run, error) {
	return Run{}, unsupported("wxapi/unsupported-invoke", clierr.Args{"function": name})
}

// Address returns where code that this platform uploaded can be fetched.
func (p *ThirdParty) Address(ctx context.Context, name string) (Address, error) {
	body := struct {
		Env      string `json:"env"`
		Function string `json:"function_name"`
	}{p.env, name}
	var answer struct {
		URL      string `json:"url"`
		Checksum string `json:"checksum"`
	}
	err := p.call(ctx, "downloadfunction", body, &answer)
	if err == nil && answer.URL == "" {
		err = badAnswer(serviceAPI, "downloadfunction", errors.New("no url"))
	}
	return Address{answer.URL, answer.Checksum}, err
}

// Download is as in Functions.
func (p *ThirdParty) Download(ctx context.Context, from Address, w io.Writer) error {
	return download(ctx, p.client, from, w)
}

// MaxBase64 is how large an archive may be as base64 text.
func (p *ThirdParty) MaxBase64() int64 { return MaxInline }
