package wxapi

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"wxcloud/internal/clierr"
)

func TestRetrying(t *testing.T) {
	get := func(c *Cloud, t *testing.T) error {
		_, err := c.Functions(Env{ID: testEnv}).GetFunction(t.Context(), "hello")
		return err
	}
	create := func(c *Cloud, t *testing.T) error {
		return c.Functions(Env{ID: testEnv}).CreateFunction(t.Context(), NewFunction{Name: "new"})
	}
	page := func(status int, header ...string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(status)
		}
	}
	say := func(body string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) { answerJSON(w, "%s", body) }
	}
	lost := page(hangUp)
	refusedInside := say(`{"errCode":0,"data":{"base_resp":{"ret":0},"content":"{\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded\",\"Message\":\"x\"}}}"}}`)
	tests := []struct {
		name  string
		at    string // the request that fails
		times int    // how often it does
		with  func(http.ResponseWriter)
		do    func(*Cloud, *testing.T) error
		want  int // attempts
		id    clierr.ID
		least time.Duration
	}{
		{"one 503", "cloudapihttpagent", 1, page(503), get, 2, "", 0},
		{"a lost connection", "cloudapihttpagent", 2, lost, get, 3, "", 0},
		{"a lost random string", "getrandstr", 1, lost, get, 2, "", 0},
		{"system error", "cloudapihttpagent", 1, say(`{"errCode":-1,"errMsg":"system error"}`), get, 2, "", 0},
		{"too fast", "cloudapihttpagent", 1, refusedInside, get, 2, "", 0},
		{"Retry-After in seconds", "cloudapihttpagent", 1, page(429, "Retry-After", "17"), get, 2, "", 17 * time.Second},
		{"Retry-After too long", "cloudapihttpagent", 1, page(429, "Retry-After", "3600"), get, 1, "wxapi/rate", 0},
		{"for ever", "cloudapihttpagent", 99, page(502), get, 8, "wxapi/http-status", 0},
		{"garbage", "cloudapihttpagent", 2, say(`{"errCode":0,"data":{"base_resp":{"ret":0},"content":"{\"Resp"}}`), get, 3, "", 0},
		{"no JSON", "getrandstr", 2, say("<html>"), get, 3, "", 0},
		{"no JSON for ever", "getrandstr", 99, say("<html>"), get, 8, "wxapi/bad-answer", 0},
		{"creation: garbage", "CreateFunction", 1, say(`{"Resp`), create, 1, "wxapi/bad-answer", 0},
		{"stale key", "cloudapihttpagent", 99, say(`{"errCode":-1,"errMsg":"get new ticket fail innerCode: -80011"}`), get, 1, "wxapi/upload-key-refused", 0},
		{"daily quota", "cloudapihttpagent", 99, say(`{"errCode":45009,"errMsg":"reach max api daily quota limit"}`), get, 1, "wxapi/rate", 0},
		{"413", "cloudapihttpagent", 99, page(413), get, 1, "wxapi/too-large", 0},
		{"creation: answer lost", "CreateFunction", 1, lost, create, 1, "wxapi/network", 0},
		{"creation: 502", "CreateFunction", 1, page(502), create, 1, "wxapi/http-status", 0},
		{"creation: 429", "CreateFunction", 1, page(429), create, 2, "", 0},
		{"creation: random string lost", "getrandstr", 1, lost, create, 2, "", 0},
		{"creation: signature lost", "getqcloudapisignature", 1, lost, create, 2, "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDouble(t)
				d.code["hello"] = json.RawMessage("{}")
				d.fault = func(name string, n int, w http.ResponseWriter) bool {
					if name != tt.at || n > tt.times {
						return false
					}
					tt.with(w)
					return true
				}
				start, told := time.Now(), 0
				again := RetryOptions{Notify: func(error, time.Duration) { told++ }}
				key := NewUploadKey(d.client(), d.endpoints(), testAppID, testKey(t), UploadKeyOptions{Strings: &again})
				cloud := NewCloud(Retrying(key, again), testAppID)
				err := tt.do(cloud, t)
				if (tt.id == "") != (err == nil) || tt.id != "" && !clierr.Is(err, tt.id) {
					t.Errorf("got %v, want %q", err, tt.id)
				}
				if d.seen[tt.at] != tt.want || told != tt.want-1 {
					t.Errorf("%d attempts, told %d times, want %d", d.seen[tt.at], told, tt.want)
				}
				if took := time.Since(start); took < tt.least || tt.want > 1 && took == 0 || took > time.Minute {
					t.Errorf("took %v", took)
				}
				if _, wrapped := errors.AsType[*delayed](err); wrapped {
					t.Error("the decorator's own error came out")
				}
			})
		})
	}
}

func TestRetryAfterForms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for value, want := range map[string]time.Duration{
			"": 0, "5": 5 * time.Second, "-1": 0, "soon": 0, "99999999999999": 0,
			time.Now().Add(30 * time.Second).UTC().Format(http.TimeFormat): 30 * time.Second,
			time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat):       0,
		} {
			if got := retryAfter(http.Header{"Retry-After": {value}}); got != want {
				t.Errorf("%q: %v, want %v", value, got, want)
			}
		}
	})
}
