package wxapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
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
