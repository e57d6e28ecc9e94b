package soak

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// apis are what permissions are given for. Only the first is ever called by the
// SDK function.
func apis() []string {
	return []string{"subscribeMessage.send", "security.msgSecCheck", "wxacode.get"}
}

// worker is a client with functions of its own, so that it knows what they are.
type worker struct {
	s         *soak
	random    *rand.Rand
	functions []*function
	given     map[string]string // what a running function is given
	sdk       string            // its function with the real SDK, "" for none
}

// function is what a function may be. Where a fault took an answer, more than one
// thing may be true until somebody looks.
type function struct {
	name    string
	codes   []int      // what its code returns
	lists   [][]string // its stored permissions; one element when known
	history []stored   // all lists that may have been stored, and when
	exists  bool
}

type stored struct {
	minute int // the last minute at which it may have been the stored list
	list   []string
}

func newWorker(s *soak, n int) *worker {
	w := &worker{s: s, random: rand.New(rand.NewPCG(s.o.Seed, uint64(n)+1))}
	for i := range s.o.Functions {
		w.functions = append(w.functions, &function{name: fmt.Sprintf("w%d-f%d", n, i)})
	}
	if s.o.SDK {
		w.sdk = fmt.Sprintf("w%d-sdk", n)
	}
	return w
}

func zipOf(files map[string]string) (string, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			return "", err
		}
	}
	err := z.Close()
	return base64.StdEncoding.EncodeToString(b.Bytes()), err
}

func codeReturning(n int) (string, error) {
	return zipOf(map[string]string{"index.js": fmt.Sprintf("exports.main = async (e) => e.env ? { ...process.env } : %d\n", n)})
}

const sdkCode = `const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
exports.main = async () => {
  try {
    return { ok: await cloud.openapi.subscribeMessage.send({ touser: 'o', templateId: 't', page: 'index', data: { thing1: { value: 'x' } } }) }
  } catch (e) {
    return { code: e.errCode }
  }
}
`

// begin makes what is missing and asks a function for what it is given. There are
// no faults meanwhile.
func (w *worker) begin(ctx context.Context) error {
	if err := w.heal(ctx); err != nil {
		return err
	}
	if w.sdk != "" {
		if err := w.makeSDK(ctx); err != nil {
			return err
		}
	}
	if !w.s.o.Invoke {
		return nil
	}
	r, err := w.s.remote.CallAsUser(ctx, w.functions[0].name, "oUser", []byte(`{"env":1}`))
	if err != nil {
		return err
	}
	w.given = nil
	return json.Unmarshal(r.Result, &w.given)
}

func (w *worker) makeSDK(ctx context.Context) error {
	zipFile, err := zipOf(map[string]string{"index.js": sdkCode, "package.json": `{"dependencies":{"wx-server-sdk":"latest"}}`})
	if err != nil {
		return err
	}
	a, err := w.s.c.direct(ctx, "CreateFunction", object{"FunctionName": w.sdk, "Code": object{"ZipFile": zipFile}, "Timeout": 20, "InstallDependency": "TRUE"})
	if err != nil || a.code() == "ResourceInUse.FunctionName" {
		return err
	}
	return w.s.waitActive(ctx, w.sdk)
}

// heal makes functions that are missing, and makes those anew whose deploy is
// stuck or has failed before there was code.
func (w *worker) heal(ctx context.Context) error {
	status, err := w.s.status(ctx)
	if err != nil {
		return err
	}
	for _, f := range w.functions {
		state, there := status[f.name]
		if there && state.Status == "Active" {
			f.exists = true
			continue
		}
		if there {
			if a, err := w.s.c.relay(ctx, "DeleteFunction", object{"FunctionName": f.name}); err != nil || a.code() != "" {
				return fmt.Errorf("delete %s: %w %s", f.name, err, a.code())
			}
			f.lists = [][]string{nil}
		}
		zipFile, err := codeReturning(0)
		if err != nil {
			return err
		}
		a, err := w.s.c.direct(ctx, "CreateFunction", object{"FunctionName": f.name, "Code": object{"ZipFile": zipFile}})
		if err != nil || a.code() != "" {
			return fmt.Errorf("create %s: %w %s", f.name, err, a.code())
		}
		f.codes, f.lists, f.exists = []int{0}, [][]string{nil}, true
		f.note(w.s.clock.minute)
	}
	return nil
}

// work makes a round's operations.
func (w *worker) work(ctx context.Context) error {
	for range opsPerRound {
		f := w.functions[w.random.IntN(len(w.functions))]
		var err error
		switch n := w.random.IntN(100); {
		case n < 2:
			err = w.deploy(ctx, f)
		case n < 9:
			err = w.store(ctx, f)
		case n < 14:
			err = w.read(ctx, f)
		case n < 18:
			err = w.buy(ctx)
		case n < 24:
			err = w.look(ctx, f)
		case n < 40 && w.s.o.Invoke:
			// Two of them, so that their processes are kept: the rest would be Node starting.
			err = w.invoke(ctx, w.functions[w.random.IntN(min(2, len(w.functions)))])
		case n < 44 && w.sdk != "":
			err = w.callSDK(ctx)
		case w.given != nil:
			err = w.cloudCall(ctx, w.functions[0]) // the ticket is of this one
		default:
			err = w.look(ctx, f)
		}
		if errors.Is(err, errFault) {
			w.s.counts.faulted.Add(1)
			err = nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// deploy uploads other code. Even an upload that was accepted may end in
// UpdateFailed, so both codes are possible until somebody looks.
func (w *worker) deploy(ctx context.Context, f *function) error {
	w.s.counts.deploys.Add(1)
	n := w.random.IntN(1000)
	zipFile, err := codeReturning(n)
	if err != nil {
		return err
	}
	if !slices.Contains(f.codes, n) {
		f.codes = append(f.codes, n)
	}
	_, err = w.s.c.direct(ctx, "UpdateFunctionCode", object{"FunctionName": f.name, "ZipFile": zipFile})
	return err
}

// store stores another permission list.
func (w *worker) store(ctx context.Context, f *function) error {
	w.s.counts.permissions.Add(1)
	list := []string{}
	for _, api := range apis() {
		if w.random.IntN(2) == 0 {
			list = append(list, api)
		}
	}
	f.lists = append(f.lists, list)
	f.note(w.s.clock.minute)
	answer, err := w.s.c.permission(ctx, "uploadfuncconfig", f.name, list)
	switch {
	case err != nil:
		return err
	case answer.ErrCode == 0:
		f.lists = [][]string{list}
		return nil
	default:
		return errors.Join(errFault, fmt.Errorf("uploadfuncconfig: %d", answer.ErrCode)) // it may not have been stored
	}
}

// read reads the list back.
func (w *worker) read(ctx context.Context, f *function) error {
	answer, err := w.s.c.permission(ctx, "getfuncconfig", f.name, nil)
	if err != nil {
		return err
	}
	var config struct {
		Permissions struct{ Openapi []string }
	}
	switch {
	case answer.ErrCode == 85089:
	case answer.ErrCode != 0:
		return errFault
	case json.Unmarshal([]byte(answer.Config), &config) != nil:
		return fmt.Errorf("getfuncconfig of %s: %q", f.name, answer.Config)
	}
	return f.found(config.Permissions.Openapi)
}

// found checks a list that was read, which settles what the list is.
func (f *function) found(list []string) error {
	if !slices.ContainsFunc(f.lists, func(l []string) bool { return slices.Equal(l, list) }) {
		return fmt.Errorf("%s has the permissions %v, possible are %v", f.name, list, f.lists)
	}
	f.lists = [][]string{list}
	return nil
}

// note remembers that these lists may be the stored one at a minute.
func (f *function) note(minute int) {
	for _, list := range f.lists {
		at := slices.IndexFunc(f.history, func(s stored) bool { return slices.Equal(s.list, list) })
		if at < 0 {
			f.history = append(f.history, stored{list: list})
			at = len(f.history) - 1
		}
		f.history[at].minute = minute
	}
}

// cloudCall checks an answer against every list a gateway node may hold: what was
// stored at some moment of the last ten minutes.
func (w *worker) cloudCall(ctx context.Context, f *function) error {
	w.s.counts.cloudCalls.Add(1)
	names := apis()
	api := names[w.random.IntN(len(names))]
	f.note(w.s.clock.minute)
	code, err := w.s.c.cloudCall(ctx, w.given, api)
	if err != nil {
		return err
	}
	if code != 0 && code != -604101 {
		return fmt.Errorf("%s: %d", api, code)
	}
	for _, s := range f.history {
		if w.s.clock.minute-s.minute <= 10 && slices.Contains(s.list, api) == (code == 0) {
			return nil
		}
	}
	return fmt.Errorf("%s calls %s: %d, which no list of the last ten minutes explains: %+v", f.name, api, code, f.history)
}

// invoke runs the function through WeChat's HTTP API or as a user.
func (w *worker) invoke(ctx context.Context, f *function) error {
	w.s.counts.invocations.Add(1)
	var result string
	if w.random.IntN(2) == 0 {
		w.s.counts.requests.Add(1)
		r, err := w.s.remote.CallAsUser(ctx, f.name, "oUser", []byte(`{}`))
		if err != nil || r.ErrCode != 0 {
			return fmt.Errorf("%s as a user: %w, %d %s", f.name, err, r.ErrCode, r.ErrMsg)
		}
		result = string(r.Result)
	} else {
		token, err := w.s.token.get(ctx, w.s)
		if err != nil {
			return err
		}
		answer, err := w.s.c.invoke(ctx, token, f.name, object{})
		if err != nil {
			return err
		}
		if answer.ErrCode != 0 {
			if answer.ErrCode == -501000 || answer.ErrCode <= -504000 {
				return fmt.Errorf("%s: %d %s", f.name, answer.ErrCode, answer.ErrMsg)
			}
			return errFault
		}
		result = answer.Data
	}
	if !slices.ContainsFunc(f.codes, func(n int) bool { return fmt.Sprint(n) == result }) {
		return fmt.Errorf("%s returned %s, possible are %v", f.name, result, f.codes)
	}
	return nil
}

// callSDK has the real SDK make a cloud call; no list of its function was ever
// stored, so the one right answer is the refusal.
func (w *worker) callSDK(ctx context.Context) error {
	w.s.counts.sdk.Add(1)
	w.s.counts.requests.Add(2) // the call of the function and the function's own
	r, err := w.s.remote.CallAsUser(ctx, w.sdk, "oUser", nil)
	switch {
	case err != nil || r.ErrCode != 0:
		return fmt.Errorf("%s: %w, %d %s", w.sdk, err, r.ErrCode, r.ErrMsg)
	case strings.Contains(string(r.Result), `"ok"`):
		return fmt.Errorf("%s was allowed what was never declared: %s", w.sdk, r.Result)
	case !strings.Contains(string(r.Result), "-604101"):
		return errors.Join(errFault, errors.New(string(r.Result)))
	}
	return nil
}

// buy buys an access token.
func (w *worker) buy(ctx context.Context) error {
	w.s.counts.tokens.Add(1)
	_, err := w.s.token.buy(ctx, w.s)
	return err
}

// look asks for the function through the upload key.
func (w *worker) look(ctx context.Context, f *function) error {
	a, err := w.s.c.relay(ctx, "GetFunction", object{"FunctionName": f.name})
	if err != nil {
		return err
	}
	switch {
	case a.code() == "ResourceNotFound.Function":
		return fmt.Errorf("%s is gone", f.name)
	case a.code() != "":
		return errFault
	case !slices.Contains([]string{"Active", "Updating", "UpdateFailed"}, a.Response.Status):
		return fmt.Errorf("%s is %q", f.name, a.Response.Status)
	}
	return nil
}
