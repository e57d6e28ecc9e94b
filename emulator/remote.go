package emulator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"wxcloud/emulator/faults"
	"wxcloud/internal/clierr"
)

// Remote is a client of a live local cloud, in this process or another.
type Remote struct {
	base, token string
	credentials Credentials
	client      *http.Client
}

// attachTimeout bounds the first call: a live instance on loopback answers in
// a millisecond, and a stale address file must not hold a command up.
const attachTimeout = 2 * time.Second

// maxControlAnswer bounds what a control call may answer.
const maxControlAnswer = 64 << 20

// Attach finds the local cloud that serves dir and checks that it answers. The
// error is emulator/not-running when there is none, also when the address is not
// one of this machine: nothing is sent to it then.
func Attach(dir string) (*Remote, error) {
	notRunning := func(cause error) error {
		if errors.Is(cause, fs.ErrNotExist) || errors.Is(cause, syscall.ECONNREFUSED) {
			cause = nil // that is what not running means
		}
		return clierr.New("emulator/not-running", clierr.Cloud, clierr.Args{"dir": dir}).
			Because(cause).Hint("emulator/hint-start", nil)
	}
	data, err := os.ReadFile(filepath.Join(dir, addressFile))
	if err != nil {
		return nil, notRunning(err)
	}
	var a address
	if err := json.Unmarshal(data, &a); err != nil {
		return nil, notRunning(err)
	}
	if !a.plain() {
		return nil, notRunning(errors.New(addressFile + " names no address of this machine"))
	}
	credentials, err := readCredentials(dir)
	if err != nil {
		return nil, notRunning(err)
	}
	r := newRemote(a.URL, a.Token, credentials)
	ctx, cancel := context.WithTimeout(context.Background(), attachTimeout)
	defer cancel()
	if _, err := r.Status(ctx); err != nil {
		return nil, notRunning(err)
	}
	return r, nil
}

func newRemote(base, token string, c Credentials) *Remote {
	// Its own transport: no proxy from the environment, and nothing shared
	// whose idle connections somebody else would have to close.
	transport := &http.Transport{Proxy: nil, MaxIdleConnsPerHost: 4, IdleConnTimeout: 30 * time.Second}
	return &Remote{base: base, token: token, credentials: c, client: &http.Client{Transport: transport}}
}

// URL is the base URL of every endpoint.
func (r *Remote) URL() string { return r.base }

// Credentials are what a client of this local cloud signs in with.
func (r *Remote) Credentials() Credentials { return r.credentials }

// Close drops idle connections.
func (r *Remote) Close() { r.client.CloseIdleConnections() }

// Status reports functions, permissions and what each gateway node holds.
func (r *Remote) Status(ctx context.Context) (Status, error) {
	var s Status
	err := r.call(ctx, "status", nil, &s)
	return s, err
}

// CallAsUser invokes a function as the mini program does for a signed-in user:
// with an OPENID and a cloud-call ticket. event is a JSON object; top-level
// values {"cloudID":"..."} are resolved as wx.cloud.CloudID values are. A
// function that fails is not an error here: see CallResult.
func (r *Remote) CallAsUser(ctx context.Context, function, openid string, event []byte) (CallResult, error) {
	var out CallResult
	err := r.call(ctx, "call", callRequest{Function: function, OpenID: openid, Event: event}, &out)
	return out, err
}

// MintCloudID makes a cloudID that stands for data (a JSON object) of the user
// for five minutes on the local cloud's clock, as the mini program's client does.
func (r *Remote) MintCloudID(ctx context.Context, openid string, data []byte) (string, error) {
	var out cloudIDAnswer
	err := r.call(ctx, "cloudid", cloudIDRequest{OpenID: openid, Data: data}, &out)
	return out.CloudID, err
}

// AdvanceClock moves the local cloud's clock and returns its new time. The
// clock drives caches, tokens and deploys, never TLS or signatures.
func (r *Remote) AdvanceClock(ctx context.Context, d time.Duration) (time.Time, error) {
	out, err := r.Advance(ctx, d)
	return out.Now, err
}

// AddFaults lays out faults behind those there are, and returns all.
func (r *Remote) AddFaults(ctx context.Context, rules ...faults.Rule) ([]faults.Listed, error) {
	var out faultsAnswer
	err := r.call(ctx, "faults", faultsRequest{Add: rules}, &out)
	return out.Faults, err
}

// ClearFaults forgets all faults.
func (r *Remote) ClearFaults(ctx context.Context) error {
	return r.call(ctx, "faults", faultsRequest{Clear: true}, nil)
}

// Reset removes every function, permission and cached list and sets the clock
// back. Credentials stay.
func (r *Remote) Reset(ctx context.Context) error { return r.call(ctx, "reset", struct{}{}, nil) }

// Shutdown asks the local cloud to stop; it returns once that was accepted.
func (r *Remote) Shutdown(ctx context.Context) error {
	return r.call(ctx, "shutdown", struct{}{}, nil)
}

// controlError is how a control call reports an error of this room: by its id,
// so that the sentence is made where the person is.
type controlError struct {
	ID    clierr.ID   `json:"id"`
	Exit  clierr.Exit `json:"exit"`
	Args  clierr.Args `json:"args,omitempty"`
	Cause string      `json:"cause,omitempty"`
	Hints []hint      `json:"hints,omitempty"`
}

type hint struct {
	ID   clierr.ID   `json:"id"`
	Args clierr.Args `json:"args,omitempty"`
}

func (r *Remote) call(ctx context.Context, operation string, in, out any) error {
	failed := func(cause error) error {
		return clierr.New("emulator/control-failed", clierr.Cloud, clierr.Args{"operation": operation, "url": r.base}).Because(cause)
	}
	method, body := http.MethodGet, io.Reader(nil)
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return failed(err)
		}
		method, body = http.MethodPost, bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(ctx, method, r.base+"/_ctl/"+operation, body)
	if err != nil {
		return failed(err)
	}
	request.Header.Set("Authorization", "Bearer "+r.token)
	response, err := r.client.Do(request)
	if err != nil {
		return failed(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, maxControlAnswer))
	if err != nil {
		return failed(err)
	}
	if response.StatusCode != http.StatusOK {
		var ce controlError
		if json.Unmarshal(data, &ce) != nil || ce.ID == "" {
			return failed(errors.New(response.Status))
		}
		return ce.restore()
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return failed(err)
	}
	return nil
}

func (ce controlError) restore() error {
	e := clierr.New(ce.ID, ce.Exit, ce.Args)
	if ce.Cause != "" {
		e = e.Because(errors.New(ce.Cause))
	}
	for _, h := range ce.Hints {
		e = e.Hint(h.ID, h.Args)
	}
	return e
}
