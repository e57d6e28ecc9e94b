package wxapi_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/emulator"
	"wxcloud/emulator/faults"
	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

// plane is the code plane as every transport has it.
type plane interface {
	ListFunctions(ctx context.Context) ([]wxapi.Function, error)
	GetFunction(ctx context.Context, name string) (wxapi.Function, error)
	CreateFunction(ctx context.Context, n wxapi.NewFunction) error
	UpdateFunctionCode(ctx context.Context, c wxapi.Code) error
	UpdateFunctionConfiguration(ctx context.Context, c wxapi.Configuration) error
	SetTriggers(ctx context.Context, name string, triggers []wxapi.Trigger) error
	DeleteTrigger(ctx context.Context, name, trigger string) error
	DeleteFunction(ctx context.Context, name string) error
	Address(ctx context.Context, name string) (wxapi.Address, error)
	Download(ctx context.Context, from wxapi.Address, w io.Writer) error
	Logs(ctx context.Context, q wxapi.LogQuery) (wxapi.LogPage, error)
	Invoke(ctx context.Context, name string, event json.RawMessage) (wxapi.Run, error)
	MaxBase64() int64
}

var (
	_ plane = (*wxapi.Functions)(nil)
	_ plane = (*wxapi.ThirdParty)(nil)
)

const (
	conformanceAppID = "wx0123456789abcdef"
	customerAppID    = "wxfedcba9876543210"
)

// suite is one transport against a local cloud of its own.
type suite struct {
	t      *testing.T
	cloud  *emulator.Emulator
	remote *emulator.Remote
	wire   *wire
	plane  plane
	// seed makes functions where the transport cannot.
	seed plane
	// lacks are the methods the transport has no documented call for.
	lacks   map[string]bool
	kind    transport
	secrets []string
}

// wire lets single requests be answered by the test instead of the cloud.
type wire struct {
	mu    sync.Mutex
	under http.RoundTripper
	// fault, if set, may answer; n counts requests of that action from 1.
	fault func(action string, n int, w http.ResponseWriter) bool
	seen  map[string]int
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	action := r.Header.Get("X-TC-Action")
	if action == "" {
		action = r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	}
	w.mu.Lock()
	w.seen[action]++
	n, fault := w.seen[action], w.fault
	w.mu.Unlock()
	if fault != nil {
		recorder := httptest.NewRecorder()
		if fault(action, n, recorder) {
			if r.Body != nil {
				_, _ = io.Copy(io.Discard, r.Body)
				_ = r.Body.Close()
			}
			return recorder.Result(), nil
		}
	}
	return w.under.RoundTrip(r)
}

// transport is one way to the code plane.
type transport struct {
	name  string
	lacks []string
	ext   bool // a third-party platform's template project
	// open makes the plane, with credentials that hold or with bad ones.
	open func(s *suite, bad bool) plane
	// refused is what wrong credentials are told as.
	refused clierr.ID
	// read is the last part of the request that a look at one function makes.
	read string
}

var transports = []transport{
	{name: "upload key", lacks: []string{"DeleteTrigger"}, open: openKey, refused: "wxapi/upload-key-refused", read: "cloudapihttpagent"},
	{name: "upload key of a template project", lacks: []string{"DeleteTrigger"}, ext: true, open: openKey, refused: "wxapi/upload-key-refused", read: "cloudapihttpagent"},
	{name: "Tencent keys", open: openTencent, refused: "wxapi/tencent-key-refused", read: "GetFunction"},
	{name: "temporary Tencent keys", open: openTemporary, refused: "wxapi/tencent-key-refused", read: "GetFunction"},
	{
		name: "third-party token", lacks: []string{"CreateFunction", "DeleteFunction", "MemoryMB", "Logs", "Invoke"},
		open: openThirdParty, refused: "wxapi/token-refused", read: "listfunctions",
	},
}

var quick = wxapi.RetryOptions{First: time.Millisecond, Max: 2 * time.Millisecond}

func (s *suite) endpoints() wxapi.Endpoints {
	e, err := wxapi.Local(s.cloud.URL())
	if err != nil {
		s.t.Fatal(err)
	}
	return e
}

func (s *suite) client() *http.Client { return &http.Client{Transport: s.wire} }

func (s *suite) environment(t wxapi.Transport, appid string) plane {
	cloud := wxapi.NewCloud(wxapi.Retrying(t, quick), appid)
	envs, err := cloud.DescribeEnvs(s.t.Context())
	if err != nil || len(envs) != 1 {
		// What wrong credentials meet first is this.
		return cloud.Functions(wxapi.Env{ID: emulator.EnvID})
	}
	return cloud.Functions(envs[0])
}

func openKey(s *suite, bad bool) plane {
	data, err := os.ReadFile(s.cloud.Credentials().UploadKeyPath)
	if err != nil {
		s.t.Fatal(err)
	}
	s.secrets = append(s.secrets, strings.Split(string(data), "\n")[3])
	key, err := wxapi.ParseUploadKey(data, "test")
	if bad {
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	o, appid := wxapi.UploadKeyOptions{Strings: &quick}, conformanceAppID
	if s.kind.ext {
		o.ExtAppID, appid = customerAppID, customerAppID
	}
	return s.environment(wxapi.NewUploadKey(s.client(), s.endpoints(), conformanceAppID, key, o), appid)
}

func openTencent(s *suite, bad bool) plane {
	c := s.cloud.Credentials()
	s.secrets = append(s.secrets, c.TencentKey)
	pair := wxapi.SecretPair{ID: c.TencentID, Key: c.TencentKey}
	if bad {
		pair.Key = "wrong-key-wrong-key-wrong-key"
		s.secrets = append(s.secrets, pair.Key)
	}
	return s.environment(wxapi.NewTencentKeys(s.client(), s.endpoints(), pair), conformanceAppID)
}

// openTemporary uses credentials bought with the ordinary token.
func openTemporary(s *suite, bad bool) plane {
	c := s.cloud.Credentials()
	token, err := wxapi.NewStableToken(s.client(), s.endpoints(), c.AppID, c.AppSecret, quick).Token(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	res, err := http.Post(s.cloud.URL()+"/tcb/getqcloudtoken?access_token="+token, "application/json", strings.NewReader(`{"lifespan":7200}`))
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	var pair struct{ SecretID, SecretKey, Token string }
	if err := json.NewDecoder(res.Body).Decode(&pair); err != nil {
		s.t.Fatal(err)
	}
	if bad {
		pair.Token = "not-the-token-that-came-with-it"
	}
	s.secrets = append(s.secrets, token, pair.SecretKey, pair.Token)
	return s.environment(wxapi.NewTencentKeys(s.client(), s.endpoints(), wxapi.SecretPair{ID: pair.SecretID, Key: pair.SecretKey, Token: pair.Token}), "")
}

func openThirdParty(s *suite, bad bool) plane {
	token := s.cloud.Credentials().AuthorizerToken
	s.secrets = append(s.secrets, token)
	if bad {
		token = "wrong-authorizer-token-0123456789"
		s.secrets = append(s.secrets, token)
	}
	return wxapi.NewThirdParty(s.client(), s.endpoints(), wxapi.FixedToken(token), emulator.EnvID, quick)
}

// conform runs check over every transport.
func conform(t *testing.T, check func(s *suite)) {
	t.Helper()
	for _, tt := range transports {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			check(start(t, tt))
		})
	}
}

// start opens a local cloud and the transport to it.
func start(t *testing.T, tt transport) *suite {
	t.Helper()
	o := emulator.Options{Dir: t.TempDir(), AppID: conformanceAppID, DeployTime: -1, Nodes: 1}
	if tt.ext {
		o.ExtAppID = customerAppID
	}
	e, err := emulator.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	s := &suite{
		t: t, cloud: e, remote: e.Remote(), kind: tt, lacks: map[string]bool{},
		wire: &wire{under: &http.Transport{}, seen: map[string]int{}},
	}
	t.Cleanup(func() {
		s.remote.Close()
		s.wire.under.(*http.Transport).CloseIdleConnections()
		if err := e.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	for _, method := range tt.lacks {
		s.lacks[method] = true
	}
	s.plane, s.seed = tt.open(s, false), openTencent(s, false)
	if !s.lacks["CreateFunction"] {
		s.seed = s.plane
	}
	return s
}

// must fails the test when a method failed, unless the transport has no such
// call: then the error says so and names another way.
func (s *suite) must(method string, err error) bool {
	s.t.Helper()
	if s.lacks[method] {
		if !wxapi.IsUnsupported(err) {
			s.t.Errorf("%s: %v, want an error that says it cannot be done", method, err)
		}
		return false
	}
	if err != nil {
		s.t.Fatalf("%s: %v", method, err)
	}
	return true
}

// is checks an error's id, and that it holds no secret.
func (s *suite) is(err error, id clierr.ID) {
	s.t.Helper()
	if !clierr.Is(err, id) {
		s.t.Errorf("got %v, want %s", err, id)
	}
	s.silent(err)
}

func (s *suite) silent(err error) {
	s.t.Helper()
	for _, secret := range s.secrets {
		if err != nil && strings.Contains(err.Error(), secret) {
			s.t.Errorf("a secret stands in: %v", err)
		}
	}
}

func (s *suite) fault(on, do string, times int) {
	s.t.Helper()
	effect, err := faults.ParseEffect(do)
	if err == nil {
		_, err = s.remote.AddFaults(s.t.Context(), faults.Rule{On: on, Do: effect, Times: times})
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

func zipped(t *testing.T, source string, ballast int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	add := func(name string, data []byte) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = f.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add("index.js", []byte(source))
	if ballast > 0 {
		data := make([]byte, ballast)
		random := mathrand.NewChaCha8([32]byte{1})
		_, _ = random.Read(data)
		add("ballast.bin", data)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (s *suite) create(name string) {
	s.t.Helper()
	if err := s.seed.CreateFunction(s.t.Context(), newFunction(s.t, name)); err != nil {
		s.t.Fatal(err)
	}
}

func newFunction(t *testing.T, name string) wxapi.NewFunction {
	return wxapi.NewFunction{
		Name: name, Runtime: "Nodejs18.15", Handler: wxapi.DefaultHandler, MemoryMB: 256, TimeoutSeconds: 20,
		Variables: []wxapi.Variable{{Key: "MADE", Value: "here"}}, Zip: wxapi.Bytes(zipped(t, "exports.main = async () => 1", 0)),
	}
}

func TestTransportsListAndLifecycle(t *testing.T) {
	conform(t, func(s *suite) {
		ctx := s.t.Context()
		if all, err := s.plane.ListFunctions(ctx); err != nil || len(all) != 0 {
			s.t.Fatalf("an empty environment: %v, %v", all, err)
		}
		_, err := s.plane.GetFunction(ctx, "absent")
		if !wxapi.IsFunctionNotFound(err) {
			s.t.Errorf("an absent function: %v", err)
		}
		s.is(err, "wxapi/function-not-found")

		err = s.plane.CreateFunction(ctx, newFunction(s.t, "first"))
		if s.must("CreateFunction", err) {
			if err := s.plane.CreateFunction(ctx, newFunction(s.t, "first")); !wxapi.IsFunctionExists(err) {
				s.t.Errorf("a second creation: %v", err)
			}
			f, err := s.plane.GetFunction(ctx, "first")
			if err != nil || f.MemoryMB != 256 || f.TimeoutSeconds != 20 || f.Handler != wxapi.DefaultHandler || len(f.Environment.Variables) != 1 {
				s.t.Errorf("%+v, %v", f, err)
			}
		} else {
			s.create("first")
		}
		f, err := s.plane.GetFunction(ctx, "first")
		if err != nil || f.Name != "first" || f.Runtime != "Nodejs18.15" || f.Status != wxapi.StatusActive || f.ModTime == "" {
			s.t.Errorf("%+v, %v", f, err)
		}
		for i := range 104 {
			s.create(fmt.Sprintf("f%03d", i))
		}
		all, err := s.plane.ListFunctions(ctx)
		if err != nil || len(all) != 105 {
			s.t.Errorf("%d functions, %v", len(all), err)
		}
		if s.must("DeleteFunction", s.plane.DeleteFunction(ctx, "first")) {
			if _, err := s.plane.GetFunction(ctx, "first"); !wxapi.IsFunctionNotFound(err) {
				s.t.Errorf("after the deletion: %v", err)
			}
			s.is(s.plane.DeleteFunction(ctx, "first"), "wxapi/function-not-found")
		}
	})
}

func TestTransportsCode(t *testing.T) {
	conform(t, func(s *suite) {
		ctx := s.t.Context()
		s.create("code")
		sizes := []int{0, 2 << 20, 9 << 20}
		if s.plane.MaxBase64() > 30<<20 {
			sizes = append(sizes, 24<<20) // 32 MB as base64: more than any request may hold
		}
		for i, size := range sizes {
			data := zipped(s.t, fmt.Sprintf("exports.main = async () => %d", i), size)
			var last int64
			err := s.plane.UpdateFunctionCode(ctx, wxapi.Code{
				Name: "code", Handler: wxapi.DefaultHandler, Zip: wxapi.Bytes(data), Progress: func(n int64) { last = n },
			})
			if err != nil {
				s.t.Fatalf("%d bytes: %v", len(data), err)
			}
			if last != int64(len(data)) {
				s.t.Errorf("told of %d of %d bytes", last, len(data))
			}
			at, err := s.plane.Address(ctx, "code")
			if err != nil {
				s.t.Fatal(err)
			}
			var got bytes.Buffer
			if err := s.plane.Download(ctx, at, &got); err != nil {
				s.t.Fatal(err)
			}
			sum := sha256.Sum256(data)
			if !bytes.Equal(got.Bytes(), data) || at.SHA256 != hex.EncodeToString(sum[:]) {
				s.t.Errorf("%d bytes came back as %d with hash %s", len(data), got.Len(), at.SHA256)
			}
			at.SHA256 = strings.Repeat("0", 64)
			s.is(s.plane.Download(ctx, at, io.Discard), "wxapi/hash-differs")
		}
		s.is(s.plane.UpdateFunctionCode(ctx, wxapi.Code{Name: "code", Zip: wxapi.Bytes([]byte("no zip"))}), "wxapi/refused")
		err := s.plane.UpdateFunctionCode(ctx, wxapi.Code{Name: "absent", Zip: wxapi.Bytes(zipped(s.t, "", 0))})
		if !wxapi.IsFunctionNotFound(err) {
			s.t.Errorf("code of an absent function: %v", err)
		}
	})
}

func TestTransportsConfigurationAndTriggers(t *testing.T) {
	conform(t, func(s *suite) {
		ctx := s.t.Context()
		s.create("set")
		seconds, megabytes := 7, 512
		variables := []wxapi.Variable{{Key: "A", Value: "1"}, {Key: "B", Value: "二"}}
		if err := s.plane.UpdateFunctionConfiguration(ctx, wxapi.Configuration{Name: "set", TimeoutSeconds: &seconds, Variables: &variables}); err != nil {
			s.t.Fatal(err)
		}
		f, err := s.plane.GetFunction(ctx, "set")
		if diff := cmp.Diff(variables, f.Environment.Variables); err != nil || diff != "" || f.TimeoutSeconds != seconds {
			s.t.Errorf("timeout %d, %v, variables (-want +got):\n%s", f.TimeoutSeconds, err, diff)
		}
		// One part changes, the others stay.
		seconds = 9
		if err := s.plane.UpdateFunctionConfiguration(ctx, wxapi.Configuration{Name: "set", TimeoutSeconds: &seconds}); err != nil {
			s.t.Fatal(err)
		}
		if f, err = s.plane.GetFunction(ctx, "set"); err != nil || f.TimeoutSeconds != 9 || len(f.Environment.Variables) != 2 {
			s.t.Errorf("%+v, %v", f, err)
		}
		none := []wxapi.Variable{}
		if err := s.plane.UpdateFunctionConfiguration(ctx, wxapi.Configuration{Name: "set", Variables: &none}); err != nil {
			s.t.Fatal(err)
		}
		if f, err = s.plane.GetFunction(ctx, "set"); err != nil || f.TimeoutSeconds != 9 || len(f.Environment.Variables) != 0 {
			s.t.Errorf("%+v, %v", f, err)
		}
		s.must("MemoryMB", s.plane.UpdateFunctionConfiguration(ctx, wxapi.Configuration{Name: "set", MemoryMB: &megabytes}))

		daily := wxapi.Trigger{Name: "daily", Desc: "0 0 2 * * * *"}
		for _, cron := range []string{"0 0 2 * * * *", "0 0 3 * * * *", "0 0 3 * * * *"} {
			daily.Desc = cron
			if err := s.plane.SetTriggers(ctx, "set", []wxapi.Trigger{daily}); err != nil {
				s.t.Fatal(err)
			}
			f, err := s.plane.GetFunction(ctx, "set")
			if err != nil || len(f.Triggers) != 1 || f.Triggers[0].Name != "daily" || f.Triggers[0].Cron() != cron {
				s.t.Errorf("triggers %+v, %v", f.Triggers, err)
			}
		}
		if err := s.plane.SetTriggers(ctx, "set", []wxapi.Trigger{{Name: "bad", Desc: "soon"}}); err == nil {
			s.t.Error("a schedule of no form was accepted")
		}
		if s.must("DeleteTrigger", s.plane.DeleteTrigger(ctx, "set", "daily")) {
			if f, err := s.plane.GetFunction(ctx, "set"); err != nil || len(f.Triggers) != 0 {
				s.t.Errorf("triggers %+v, %v", f.Triggers, err)
			}
			if err := s.plane.DeleteTrigger(ctx, "set", "daily"); !wxapi.IsTriggerNotFound(err) {
				s.t.Errorf("a deletion of nothing: %v", err)
			}
		}
		page, err := s.plane.Logs(ctx, wxapi.LogQuery{Function: "set", From: time.Now().Add(-time.Hour), To: time.Now()})
		if s.must("Logs", err) && (!page.Done || len(page.Lines) != 0) {
			s.t.Errorf("logs of a function that never ran: %+v", page)
		}
	})
}

func TestTransportsUnderFaults(t *testing.T) {
	conform(t, func(s *suite) {
		ctx := s.t.Context()
		s.create("busy")
		look := func() error { _, err := s.plane.GetFunction(ctx, "busy"); return err }
		on := "GetFunction"
		if s.lacks["CreateFunction"] {
			on = "/tcb/listfunctions"
		}
		for _, passing := range []string{"status:503", "status:502", "truncate", "reset", "garbage"} {
			s.fault(on, passing, 2)
			if err := look(); err != nil {
				s.t.Errorf("%s twice: %v", passing, err)
			}
		}
		s.fault(on, "garbage", 8)
		s.is(look(), "wxapi/bad-answer")
		s.fault(on, "error:InternalError:x", 1)
		if err := look(); err != nil {
			s.t.Errorf("one InternalError: %v", err)
		}
		s.fault(on, "status:503", 8)
		s.is(look(), "wxapi/http-status")

		// A rate limit with Retry-After is waited for, and a long one is told.
		read := s.kind.read
		limit := func(seconds string, times int) {
			first := s.wire.seen[read]
			s.wire.fault = func(action string, n int, w http.ResponseWriter) bool {
				if action != read || n > first+times {
					return false
				}
				w.Header().Set("Retry-After", seconds)
				w.WriteHeader(http.StatusTooManyRequests)
				return true
			}
		}
		limit("1", 1)
		start := time.Now()
		if err := look(); err != nil || time.Since(start) < time.Second {
			s.t.Errorf("Retry-After: %v after %v", err, time.Since(start))
		}
		limit("3600", 1)
		err := look()
		s.is(err, "wxapi/rate")
		if !wxapi.IsRate(err) {
			s.t.Errorf("a rate limit: %v", err)
		}
		s.wire.fault = nil

		// Somebody's change is in flight.
		s.fault("UpdateFunctionCode", "stuck", 1)
		code := wxapi.Code{Name: "busy", Handler: wxapi.DefaultHandler, Zip: wxapi.Bytes(zipped(s.t, "exports.main = () => 2", 0))}
		if err := s.plane.UpdateFunctionCode(ctx, code); err != nil {
			s.t.Fatal(err)
		}
		if f, err := s.plane.GetFunction(ctx, "busy"); err != nil || f.Status != wxapi.StatusUpdating {
			s.t.Errorf("%+v, %v", f, err)
		}
		err = s.plane.UpdateFunctionCode(ctx, code)
		if !wxapi.IsBusy(err) {
			s.t.Errorf("code for a busy function: %v", err)
		}
		s.silent(err)

		// What may have been carried out is not told as if it was not, nor sent
		// again unseen.
		s.create("lost")
		before := s.wire.seen["UpdateFunctionCode"]
		effect, err := faults.ParseEffect("truncate")
		if err == nil {
			_, err = s.remote.AddFaults(ctx, faults.Rule{On: "UpdateFunctionCode", Do: effect, After: true, Times: 1})
		}
		if err != nil {
			s.t.Fatal(err)
		}
		code.Name = "lost"
		if err := s.plane.UpdateFunctionCode(ctx, code); !wxapi.IsUncertain(err) || s.wire.seen["UpdateFunctionCode"] != before+1 {
			s.t.Errorf("code whose answer broke off: %v after %d requests", err, s.wire.seen["UpdateFunctionCode"]-before)
		}
		if !s.lacks["CreateFunction"] {
			s.fault("CreateFunction", "status:502", 1)
			before = s.wire.seen["CreateFunction"]
			if err := s.plane.CreateFunction(ctx, newFunction(s.t, "unsure")); !wxapi.IsUncertain(err) || s.wire.seen["CreateFunction"] != before+1 {
				s.t.Errorf("a creation without an answer: %v", err)
			}
		}
	})
}

func TestTransportsWithWrongCredentials(t *testing.T) {
	conform(t, func(s *suite) {
		ctx := s.t.Context()
		s.create("there")
		bad := s.kind.open(s, true)
		check := func(err error) {
			s.t.Helper()
			s.is(err, s.kind.refused)
			if e, ok := errors.AsType[*clierr.Error](err); !ok || e.Exit != clierr.Auth {
				s.t.Errorf("%v does not end with the status of credentials", err)
			}
		}
		_, err := bad.ListFunctions(ctx)
		check(err)
		_, err = bad.GetFunction(ctx, "there")
		check(err)
		check(bad.UpdateFunctionCode(ctx, wxapi.Code{Name: "there", Zip: wxapi.Bytes(zipped(s.t, "", 0))}))
		_, err = bad.Address(ctx, "there")
		check(err)
	})
}
