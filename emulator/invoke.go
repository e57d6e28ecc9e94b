package emulator

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"wxcloud/emulator/node"
	"wxcloud/internal/clierr"
)

// The codes with which an invocation fails before or in the function. Those
// without "reported" or a document behind them are the local cloud's choice.
const (
	codeNotFound = -501000 // reported
	textNotFound = "FunctionName parameter could not be found."
	codeSystem   = -501001 // documented: resource system error
	codeBusy     = -501004 // documented: too many at once
	codeNotReady = -504001 // documented: function request failed
	codeFailed   = -504002 // documented: function execution failed
	codeTimeout  = -504003 // reported: function timeout
	codeTooLarge = -604001 // documented: result over 1 MB
)

// textMemory begins the message of a function that took too much memory.
const textMemory = "functions memory limit exceeded"

// maxResult is the documented limit of a function's result.
const maxResult = 1 << 20

// invocation is one call of a function and what it carries.
type invocation struct {
	function string
	event    json.RawMessage
	openID   string
	origin   Origin
	trigger  string        // the timer, for the origins that are one
	source   string        // TCB_SOURCE, "" for the origin's
	limit    time.Duration // shorter than the function's own, 0 for none
	version  string        // published version, "" for the latest code
}

// outcome is an invocation's result and, where the local cloud itself could not
// run it, the error a person should see.
type outcome struct {
	CallResult
	err *clierr.Error
}

func failedOutcome(code int, text string, err *clierr.Error) outcome {
	return outcome{CallResult: CallResult{ErrCode: code, ErrMsg: text, Result: json.RawMessage("null")}, err: err}
}

// invoke runs a function. It is called without mu, which is free while the
// function runs: the function calls back.
func (e *Emulator) invoke(ctx context.Context, in invocation) outcome {
	e.mu.Lock()
	found, ok := e.find(in.function)
	var f function
	var status string
	var noVersion *cloudError
	started := e.now()
	if ok {
		f, status = *found, found.status(e.now())
		if in.version != "" && in.version != latestVersion && in.version != "$DEFAULT" {
			f.Current, noVersion = f.qualified(in.version)
		}
	}
	e.mu.Unlock()
	switch {
	case noVersion != nil:
		return failedOutcome(codeNotFound, noVersion.Message,
			clierr.New("emulator/function-not-found", clierr.NotFound, clierr.Args{"function": in.function + ":" + in.version}))
	case !ok:
		return failedOutcome(codeNotFound, textNotFound,
			clierr.New("emulator/function-not-found", clierr.NotFound, clierr.Args{"function": in.function}))
	case f.Current.SHA == "":
		err := clierr.New("emulator/function-not-ready", clierr.Cloud, clierr.Args{"function": in.function, "status": status})
		if f.Failure != "" {
			err = err.Because(errors.New(f.Failure))
		}
		out := failedOutcome(codeNotReady, "functions request fail: the function is "+status+" "+f.Failure, err)
		e.record(&f, in, started, out)
		return out
	}
	out := e.run(ctx, &f, in)
	e.record(&f, in, started, out)
	return out
}

func (e *Emulator) run(ctx context.Context, f *function, in invocation) outcome {
	version, err := e.version(f)
	if err != nil {
		var told *clierr.Error // such as a failed installation
		if !errors.As(err, &told) {
			told = e.unusable(err)
		}
		return failedOutcome(codeSystem, "resource system error: "+err.Error(), told)
	}
	limit := time.Duration(f.Timeout) * time.Second
	if in.limit > 0 {
		limit = min(limit, in.limit)
	}
	id := requestID()
	env := e.environment(f, in, id)
	result, err := e.pool.Run(ctx, version, node.Call{
		Env: env, Event: e.event(in), Context: e.context(f, id, env), Timeout: limit,
	})
	if err != nil {
		return notRun(err)
	}
	out := outcome{CallResult: CallResult{
		Result: result.Value, Log: result.Log, RequestID: id, Duration: result.Duration, Load: result.Load,
		Cold: result.Cold, MemoryBytes: result.Memory,
	}}
	switch {
	case result.TooMuch:
		// Documented are the name FUNCTIONS_MEMORY_LIMIT_EXCEEDED and the status 434;
		// the number a mini program sees and the wording are this program's choice.
		out.ErrCode = codeFailed
		out.ErrMsg = fmt.Sprintf("%s | errMsg: the function took more than its %d MB", textMemory, f.MemoryMB)
	case result.TimedOut:
		out.ErrCode = codeTimeout
		out.ErrMsg = "functions time limit exceeded | errMsg: " + exceeded(result)
	case result.Failure != nil:
		out.ErrCode = codeFailed
		out.ErrMsg = "functions execute fail | errMsg: " + result.Failure.Text
		out.Log = withStack(out.Log, result.Failure.Stack)
	case len(result.Value) > maxResult:
		out.ErrCode, out.ErrMsg = codeTooLarge, "cloudfunction result size exceed limit (1MB)"
	}
	if out.ErrCode != 0 {
		out.Result = json.RawMessage("null")
	}
	return out
}

// withStack puts the stack of an error, where it has one, on lines of its own
// behind what the function wrote.
func withStack(log, stack string) string {
	if stack == "" {
		return log
	}
	if log != "" && !strings.HasSuffix(log, "\n") {
		log += "\n"
	}
	return log + stack + "\n"
}

// exceeded says which limit a call ran into. The second sentence is the cloud's;
// how it words the first is not known.
func exceeded(r node.Result) string {
	if r.Loading {
		return fmt.Sprintf("Loading the code timed out after %g seconds", r.Limit.Seconds())
	}
	return fmt.Sprintf("Invoking task timed out after %g seconds", r.Limit.Seconds())
}

// notRun tells why a call could not be made at all.
func notRun(err error) outcome {
	var missing *node.MissingError
	switch {
	case errors.As(err, &missing):
		return failedOutcome(codeSystem, "resource system error: the local cloud needs Node.js and could not run "+missing.Program,
			clierr.New("emulator/no-node", clierr.Local, clierr.Args{"node": missing.Program}).Because(missing.Err).Hint("emulator/hint-node", nil))
	case errors.Is(err, node.ErrBusy):
		return failedOutcome(codeBusy, "exceed concurrent request limit", nil)
	default: // the caller has gone, or the local cloud is closing
		return failedOutcome(codeSystem, "resource system error: "+err.Error(), nil)
	}
}

// version is what a Node process is kept for.
func (e *Emulator) version(f *function) (node.Version, error) {
	if err := e.ensureUnpacked(f.Current); err != nil {
		return node.Version{}, err
	}
	folder := e.codeFolder(f.Current)
	v := node.Version{
		Name: f.Name, Key: filepath.Base(folder) + "/" + strconv.Itoa(f.Current.Serial) + "/" + f.settings(),
		Dir: filepath.Join(folder, "code"), Handler: f.Handler, MemoryMB: f.MemoryMB,
	}
	if f.Current.Install {
		link := filepath.Join(folder, "node_modules")
		real, err := filepath.EvalSymlinks(link)
		if err != nil { // the cache has been emptied since: install again
			if _, err := e.installPackages(e.ctx, folder); err != nil {
				return v, err
			}
			if real, err = filepath.EvalSymlinks(link); err != nil {
				real = folder // nothing to install
			}
		}
		v.Modules = []string{folder, real}
	}
	for _, variable := range f.Variables {
		v.Env = append(v.Env, variable.Key+"="+variable.Value)
	}
	return v, nil
}

// environment is what the real runtime sets for each call. The SDK dies without
// the two secrets, reads the context only through the key lists, and sends every
// request to the URL in TCB_CONTEXT_CNFG.
func (e *Emulator) environment(f *function, in invocation, id string) map[string]string {
	env := map[string]string{
		"TENCENTCLOUD_RUNENV": "SCF", "TENCENTCLOUD_REGION": Region, "SCF_NAMESPACE": f.Env, "SCF_FUNCTIONNAME": f.Name,
		"TCB_ENV": f.Env, "TCB_SEQID": fmt.Sprintf("%d_%.1f_%d", time.Now().UnixMilli(), rand.Float64(), rand.IntN(1e8)),
		"TRIGGER_SRC": in.origin.triggerSource(), "TCB_SESSIONTOKEN": e.runtime.session, "TCB_SOURCE": cmp.Or(in.source, in.origin.source()),
		"TCB_CONTEXT_CNFG": `{"URL":"` + e.URL() + `/admin"}`,
		"TCB_CONTEXT_KEYS": "TCB_ENV,TCB_SEQID,TRIGGER_SRC,TCB_SESSIONTOKEN,TCB_SOURCE,TCB_CONTEXT_CNFG",

		"TENCENTCLOUD_SECRETID": e.runtime.id, "TENCENTCLOUD_SECRETKEY": e.runtime.key, "TENCENTCLOUD_SESSIONTOKEN": e.runtime.session,
	}
	var keys []string
	set := func(key, value string) {
		env[key] = value
		keys = append(keys, key)
	}
	if in.origin.weChat() {
		set("WX_CLIENTIP", "127.0.0.1")
		set("WX_CLIENTIPV6", "::ffff:127.0.0.1")
		set("WX_APPID", e.credentials.AppID)
	}
	if in.openID != "" {
		set("WX_OPENID", in.openID)
	}
	if slices.Contains(e.options.Tickets, in.origin) {
		set(in.origin.ticketVariable(), e.mintTicket(f.Name, in.openID, id))
	}
	env["WX_CONTEXT_KEYS"] = strings.Join(keys, ",")
	return env
}

// event is what the function gets: the caller's data, for a user's call with
// the cloudIDs resolved and userInfo added.
func (e *Emulator) event(in invocation) any {
	var object map[string]json.RawMessage
	if in.origin != FromUser || json.Unmarshal(in.event, &object) != nil || object == nil {
		return in.event
	}
	e.resolveCloudIDs(object, in.openID)
	info, _ := json.Marshal(map[string]string{"appId": e.credentials.AppID, "openId": in.openID}) //nolint:errchkjson // strings always encode
	object["userInfo"] = info
	return object
}

// context is the second argument of a function. environ is the old form of the
// variables, environment the new one; SDKs read either.
func (e *Emulator) context(f *function, id string, env map[string]string) map[string]any {
	all := map[string]string{}
	for _, v := range f.Variables {
		all[v.Key] = v.Value
	}
	pairs := []string{}
	for key, value := range env {
		all[key] = value
		pairs = append(pairs, key+"="+value)
	}
	environment, _ := json.Marshal(all) //nolint:errchkjson // strings always encode
	return map[string]any{
		"callbackWaitsForEmptyEventLoop": false, "memory_limit_in_mb": f.MemoryMB, "time_limit_in_ms": f.Timeout * 1000,
		"request_id": id, "environ": strings.Join(pairs, ";"), "environment": string(environment),
		"function_version": "$LATEST", "function_name": f.Name, "namespace": f.Env, "tencentcloud_region": Region,
	}
}

// invokeAction is the cloud API's Invoke: it does not come through WeChat, so
// it carries no cloud-call ticket.
func (e *Emulator) invokeAction(q *request, body []byte) (map[string]any, *cloudError) {
	in, failure := e.decodeFunction(q, body)
	if failure != nil {
		return nil, failure
	}
	event := json.RawMessage(in.ClientContext)
	if len(event) == 0 {
		event = json.RawMessage("{}")
	}
	if !json.Valid(event) {
		return nil, &cloudError{"InvalidParameterValue.ClientContext", "ClientContext is not JSON"}
	}
	out := e.invoke(q.Context(), invocation{function: in.FunctionName, event: event, origin: FromInvoke, version: in.Qualifier})
	q.x.RequestID = out.RequestID
	switch {
	case out.ErrCode == codeNotFound:
		return nil, notFound(in.FunctionName)
	case out.RequestID == "": // it did not run
		return nil, &cloudError{"FailedOperation.InvokeFunction", out.ErrMsg}
	}
	result, message := 0, ""
	if out.ErrCode != 0 {
		result, message = -1, out.ErrMsg
	}
	return map[string]any{"Result": map[string]any{
		"FunctionRequestId": out.RequestID, "RetMsg": string(out.Result), "ErrMsg": message, "Log": tail(out.Log, 4<<10),
		"MemUsage": out.MemoryBytes, "Duration": float64(out.Duration.Microseconds()) / 1000,
		"BillDuration": out.Duration.Milliseconds() + 1, "InvokeResult": result,
	}}, nil
}

// tail is the end of a log; the documented answer has its last 4 KB.
func tail(s string, n int) string {
	return strings.ToValidUTF8(s[max(0, len(s)-n):], "")
}
