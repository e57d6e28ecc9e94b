package wxapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

// callService posts to a Tencent Cloud service and returns its Response.
func callService(ctx context.Context, client *http.Client, r request) ([]byte, error) {
	a, err := post(ctx, client, r)
	if err != nil {
		return nil, err
	}
	return response(r, a, a.body)
}

// response returns the Response object of a Tencent Cloud answer.
func response(r request, a answer, text []byte) ([]byte, error) {
	var envelope struct {
		Response json.RawMessage
	}
	if err := json.Unmarshal(text, &envelope); err != nil {
		if a.status != http.StatusOK {
			return nil, httpFailure(r, a)
		}
		return nil, garbled(r, err)
	}
	var head struct {
		Error *struct {
			Code    string
			Message string
		}
		RequestID string `json:"RequestId"`
	}
	if len(envelope.Response) == 0 || json.Unmarshal(envelope.Response, &head) != nil {
		if a.status != http.StatusOK {
			return nil, httpFailure(r, a)
		}
		return nil, badAnswer(r.service, r.action, errors.New("no Response object"))
	}
	if head.Error != nil {
		return nil, refusal(r, a, head.Error.Code, head.Error.Message, head.RequestID)
	}
	if a.status != http.StatusOK {
		return nil, httpFailure(r, a)
	}
	return envelope.Response, nil
}
