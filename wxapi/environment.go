package wxapi

import (
	"context"
	"encoding/json"
	"net/http"
)

// Env is a cloud environment as DescribeEnvs tells it.
type Env struct {
	ID          string `json:"EnvId"`
	Alias       string `json:"Alias"`
	Status      string `json:"Status"` // NORMAL, UNAVAILABLE (being made), HALTED (over quota or banned)
	Source      string `json:"Source"` // miniapp or qcloud
	PackageName string `json:"PackageName"`
	CreateTime  string `json:"CreateTime"` // Beijing time
	UpdateTime  string `json:"UpdateTime"`

	Functions []struct {
		Namespace string `json:"Namespace"`
		Region    string `json:"Region"`
	} `json:"Functions"`
	Storages []struct {
		Bucket string `json:"Bucket"`
		AppID  code   `json:"AppId"` // of the Tencent account
	} `json:"Storages"`
	LogServices []struct {
		LogsetID string `json:"LogsetId"`
		TopicID  string `json:"TopicId"`
	} `json:"LogServices"`
}

// Region returns the region of the environment's functions, "" if it has none.
func (e Env) Region() string {
	if len(e.Functions) == 0 {
		return ""
	}
	return e.Functions[0].Region
}

// Cloud is the typed scf and tcb actions over any transport.
type Cloud struct {
	transport Transport
	client    *http.Client
	storage   *storage // nil: code travels inside the request
	appid     string
}

// NewCloud returns the actions over t. appid is the mini program whose
// environments are meant: the customer's in a third-party template project.
func NewCloud(t Transport, appid string) *Cloud {
	c := &Cloud{transport: t, appid: appid}
	var retry RetryOptions
	if r, ok := t.(retrying); ok {
		t, retry = r.Transport, r.options
	} else {
		retry.Attempts = 1
	}
	switch t := t.(type) {
	case *UploadKey:
		c.client = t.client
	case *TencentKeys:
		// The environments of a Tencent account are not those of one mini
		// program: the service's own interface has no such filter.
		c.client, c.appid = t.client, ""
		c.storage = &storage{t.client, t.endpoints, retry}
	default:
		c.client = NewClient(ClientOptions{})
	}
	return c
}

// DescribeEnvs lists the environments of the mini program, in the order the
// cloud gives them.
func (c *Cloud) DescribeEnvs(ctx context.Context) ([]Env, error) {
	body := struct {
		WxAppID string `json:"WxAppId,omitempty"`
	}{c.appid}
	var answer struct{ EnvList []Env }
	if err := c.call(ctx, "tcb", "DescribeEnvs", "", body, &answer); err != nil {
		return nil, err
	}
	return answer.EnvList, nil
}

// Functions returns the function actions of one environment.
func (c *Cloud) Functions(env Env) *Functions {
	f := &Functions{cloud: c, env: env.ID, account: env.account(), namespace: env.ID, region: env.Region()}
	if len(env.Functions) > 0 && env.Functions[0].Namespace != "" {
		f.namespace = env.Functions[0].Namespace
	}
	if len(env.LogServices) > 0 {
		f.logset, f.topic = env.LogServices[0].LogsetID, env.LogServices[0].TopicID
	}
	return f
}

func (c *Cloud) call(ctx context.Context, service, action, region string, body, answer any) error {
	raw, err := c.transport.Call(ctx, service, action, region, body)
	if err != nil {
		return err
	}
	if answer == nil {
		return nil
	}
	if err := json.Unmarshal(raw, answer); err != nil {
		return badAnswer(service, action, err)
	}
	return nil
}
