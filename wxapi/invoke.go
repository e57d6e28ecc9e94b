package wxapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"wxcloud/internal/clierr"
)

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
