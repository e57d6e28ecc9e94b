package wxapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"wxcloud/internal/clierr"
)

// cloudCalls is the "type" of uploadfuncconfig and getfuncconfig that means
// the permissions of cloud calls.
const cloudCalls = 1

// noConfig is the code for a function that never had a list.
const noConfig = "85089"

// Permissions reads and writes the cloud-call permissions of functions through
// the API for third-party platforms, with the token of an authorised account.
type Permissions struct {
	client    *http.Client
	endpoints Endpoints
	tokens    TokenSource
	retry     RetryOptions
}

// NewPermissions returns the permissions reachable with the tokens.
func NewPermissions(client *http.Client, e Endpoints, tokens TokenSource, o RetryOptions) *Permissions {
	return &Permissions{client: client, endpoints: e, tokens: tokens, retry: o}
}

// funcConfig is the body of both calls.
type funcConfig struct {
	Type     int    `json:"type"`
	Env      string `json:"env"`
	Function string `json:"function_name"`
	Config   string `json:"config,omitempty"`
}

// stored is the configuration object of type 1.
type stored struct {
	Permissions struct {
		Openapi []string `json:"openapi"`
	} `json:"permissions"`
}

// Get returns the stored list, empty when there never was one.
func (p *Permissions) Get(ctx context.Context, env, function string) ([]string, error) {
	raw, err := p.call(ctx, "getfuncconfig", funcConfig{Type: cloudCalls, Env: env, Function: function})
	if e, ok := errors.AsType[*APIError](err); ok && e.Code == noConfig {
		return []string{}, nil
	}
	if err != nil {
		return nil, err
	}
	var answer struct {
		Config string `json:"config"`
	}
	var config stored
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, badAnswer(serviceAPI, "getfuncconfig", err)
	}
	if answer.Config != "" {
		if err := json.Unmarshal([]byte(answer.Config), &config); err != nil {
			return nil, badAnswer(serviceAPI, "getfuncconfig", err)
		}
	}
	if config.Permissions.Openapi == nil {
		return []string{}, nil
	}
	return config.Permissions.Openapi, nil
}

// Set replaces the stored list. Success means the cloud accepted it, not that
// it is in force.
func (p *Permissions) Set(ctx context.Context, env, function string, openapi []string) error {
	var config stored
	config.Permissions.Openapi = append([]string{}, openapi...)
	text, err := marshal(config)
	if err != nil {
		return badAnswer(serviceAPI, "uploadfuncconfig", err)
	}
	_, err = p.call(ctx, "uploadfuncconfig", funcConfig{cloudCalls, env, function, string(text)})
	return err
}

func (p *Permissions) call(ctx context.Context, name string, body funcConfig) ([]byte, error) {
	raw, err := marshal(body)
	if err != nil {
		return nil, badAnswer(serviceAPI, name, err)
	}
	// The list is replaced as a whole, so both calls are safe to repeat.
	return withToken(ctx, p.tokens, func(token string) ([]byte, error) {
		return retry(ctx, p.retry, true, func() ([]byte, error) {
			return callAPI(ctx, p.client, tcb(p.endpoints, name, token, nil, raw))
		})
	})
}

// Invoker runs functions through the invocation API, the one way of invoking
// that carries a cloud-call ticket.
type Invoker struct {
	client    *http.Client
	endpoints Endpoints
	tokens    TokenSource
	env       string
	retry     RetryOptions
}

// NewInvoker returns the functions of one environment, ready to be invoked.
func NewInvoker(client *http.Client, e Endpoints, tokens TokenSource, env string, o RetryOptions) *Invoker {
	return &Invoker{client: client, endpoints: e, tokens: tokens, env: env, retry: o}
}

// Result is the answer of one invocation. ErrCode is 0 when the function
// returned; otherwise it is a cloud-development code (-504002 the function
// threw, -501000 it does not exist, ...) with its text in ErrMsg.
type Result struct {
	Data    []byte // what the function returned, JSON text
	ErrCode int
	ErrMsg  string
}

// Invoke runs the function with the event (JSON; {} when empty). A code of the
// function or of cloud development comes back in the Result; an error means
// that the call did not get as far as the function.
//
// It is not repeated after a lost answer: the function may have run.
func (i *Invoker) Invoke(ctx context.Context, function string, event []byte) (Result, error) {
	if len(event) == 0 {
		event = []byte("{}")
	}
	if !json.Valid(event) {
		return Result{}, clierr.New("wxapi/event-not-json", clierr.Usage, nil)
	}
	raw, err := withToken(ctx, i.tokens, func(token string) ([]byte, error) {
		return retry(ctx, i.retry, false, func() ([]byte, error) {
			r := tcb(i.endpoints, "invokecloudfunction", token, url.Values{"env": {i.env}, "name": {function}}, event)
			r.limit = longCall
			return callAPI(ctx, i.client, r)
		})
	})
	if e, ok := errors.AsType[*APIError](err); ok {
		if n, isNumber := e.Number(); isNumber && n <= -501000 {
			return Result{ErrCode: n, ErrMsg: e.Message}, nil
		}
	}
	if err != nil {
		return Result{}, err
	}
	var answer struct {
		Data string `json:"resp_data"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return Result{}, badAnswer(serviceAPI, "invokecloudfunction", err)
	}
	return Result{Data: []byte(answer.Data)}, nil
}
