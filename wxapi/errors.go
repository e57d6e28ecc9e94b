package wxapi

import (
	"context"
	"errors"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"wxcloud/internal/clierr"
)

// Services as APIError names them, besides "scf" and "tcb".
const (
	serviceCI  = "wxa/ci" // the upload key's own calls
	serviceAPI = "api.weixin.qq.com"
)

// APIError is a refusal by the cloud, as it came. It is the cause of the
// *clierr.Error every function here returns, so that the raw code stays
// visible and can be searched for.
type APIError struct {
	Code      string // "-10008", "80210", "ResourceNotFound.Function"; "HTTP 503" when there was none
	Message   string // the cloud's own words; untrusted text
	Service   string // scf, tcb, wxa/ci, api.weixin.qq.com
	Action    string // the action, or the last part of the path
	RequestID string
	Status    int           // HTTP status
	After     time.Duration // Retry-After, 0 if absent
	// Refused is true when the refusal came before the action could start, so
	// that repeating it is safe whatever the action.
	Refused bool
}

// Error gives the raw code and message.
func (e *APIError) Error() string {
	var b strings.Builder
	b.WriteString(e.Service + " " + e.Action + ": " + e.Code)
	if e.Message != "" {
		b.WriteString(" " + e.Message)
	}
	if e.RequestID != "" {
		b.WriteString(" (RequestId " + e.RequestID + ")")
	}
	return b.String()
}

// Number returns the code as an integer, when it is one.
func (e *APIError) Number() (int, bool) {
	n, err := strconv.Atoi(e.Code)
	return n, err == nil
}

// NetworkError is a request that got no usable answer. Its text never holds a URL.
type NetworkError struct {
	Host, Action string
	// Sent is false when the request that would have changed something cannot
	// have reached the service.
	Sent    bool
	Timeout bool
	// unreached is true when there was not even a connection.
	unreached bool
	text      string
	err       error
}

// Error gives the reason without the URL.
func (e *NetworkError) Error() string { return e.text }

// Unwrap returns the error underneath.
func (e *NetworkError) Unwrap() error { return e.err }

// IsFunctionNotFound reports whether the cloud has no function of that name.
func IsFunctionNotFound(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	return ok && (e.Code == "ResourceNotFound.Function" || e.Code == "ResourceNotFound.FunctionName")
}

// IsFunctionExists reports whether a creation failed because the name is taken.
func IsFunctionExists(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	return ok && (e.Code == "ResourceInUse.Function" || e.Code == "ResourceInUse.FunctionName")
}

// IsBusy reports whether the function's present state forbids the change:
// wait until it is Active and try again.
func IsBusy(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	if !ok {
		return false
	}
	switch e.Code {
	case "FailedOperation.UpdateFunctionCode", "FailedOperation.UpdateFunctionConfiguration",
		"FailedOperation.FunctionNameStatusError", "FailedOperation.FunctionStatusError",
		"FailedOperation.OperationConflict":
		return true
	}
	return false
}

// IsUncertain reports whether the request may have been carried out although
// no answer says so.
func IsUncertain(err error) bool {
	if e, ok := errors.AsType[*NetworkError](err); ok {
		return e.Sent
	}
	e, ok := errors.AsType[*APIError](err)
	return ok && !e.Refused && (e.Status >= 500 || strings.HasPrefix(e.Code, "InternalError"))
}

// temporary reports whether the same request may succeed a little later.
func (e *APIError) temporary() bool {
	switch e.Status {
	case 429, 500, 502, 503, 504:
		return true
	}
	switch e.Code {
	case "-1", "-1000": // "system error"; a stale key also says -1
		return !strings.Contains(e.Message, "-80011")
	case "-80002", "45011", "-501001", "-501002", "-501003", "-501004":
		return true
	}
	return strings.HasPrefix(e.Code, "RequestLimitExceeded") || strings.HasPrefix(e.Code, "InternalError")
}

// fail gives an APIError its id, exit code and hints.
func fail(e *APIError) error {
	args := clierr.Args{"service": e.Service, "action": e.Action, "code": e.Code, "message": e.Message}
	with := func(id clierr.ID, exit clierr.Exit) *clierr.Error {
		return clierr.New(id, exit, args).Because(e)
	}
	if e.Status == 413 {
		return with("wxapi/too-large", clierr.Local)
	}
	switch e.Service {
	case serviceCI:
		if err := failUploadKey(e, args, with); err != nil {
			return err
		}
	case serviceAPI:
		if err := failAPI(e, args, with); err != nil {
			return err
		}
	}
	switch {
	case IsFunctionNotFound(e):
		return with("wxapi/function-not-found", clierr.NotFound)
	case IsTriggerNotFound(e):
		return with("wxapi/trigger-not-found", clierr.NotFound)
	case e.Code == "ResourceNotFound.Namespace":
		return with("wxapi/environment-not-found", clierr.NotFound).Hint("wxapi/hint-environment", nil)
	case e.Code == "AuthFailure.SignatureExpire":
		return with("wxapi/clock", clierr.Auth)
	case strings.HasPrefix(e.Code, "AuthFailure"):
		return with("wxapi/tencent-key-refused", clierr.Auth)
	case strings.HasPrefix(e.Code, "UnauthorizedOperation"):
		err := with("wxapi/unauthorized", clierr.Auth)
		if strings.Contains(e.Message, "TCB_QcsRole") {
			return err.Hint("wxapi/hint-role", nil)
		}
		return err
	case strings.Contains(e.Code, "InsufficientBalance"):
		return with("wxapi/balance", clierr.Cloud)
	case strings.HasPrefix(e.Code, "RequestLimitExceeded"), e.Code == "45009", e.Code == "45011", e.Code == "-80002", e.Status == 429:
		return with("wxapi/rate", clierr.Cloud)
	case strings.HasPrefix(e.Code, "HTTP "):
		return with("wxapi/http-status", clierr.Cloud)
	}
	return with("wxapi/refused", clierr.Cloud)
}

// failUploadKey knows the codes of the upload key's channel. -10008 is the
// upload key's own IP allow-list, set on the page where the key is made; it
// has nothing to do with the API's list (40164).
func failUploadKey(e *APIError, args clierr.Args, with func(clierr.ID, clierr.Exit) *clierr.Error) error {
	text := strings.ToLower(e.Message)
	switch {
	case e.Code == "-10008" && !strings.Contains(text, "signature"):
		ip := refusedIP(e.Message)
		if ip == "" {
			return with("wxapi/upload-key-address", clierr.Auth).Hint("wxapi/hint-upload-key-address", nil)
		}
		args["ip"] = ip
		return with("wxapi/upload-key-ip", clierr.Auth).Hint("wxapi/hint-upload-key-ip", clierr.Args{"ip": ip})
	case e.Code == "-10008", strings.Contains(e.Message, "-80011"), strings.Contains(text, "invalid signature"):
		return with("wxapi/upload-key-refused", clierr.Auth).Hint("wxapi/hint-upload-key", nil)
	case e.Code == "80210":
		return with("wxapi/third-party-manages", clierr.Auth)
	}
	return nil
}

func failAPI(e *APIError, args clierr.Args, with func(clierr.ID, clierr.Exit) *clierr.Error) error {
	funcconfig := e.Action == "uploadfuncconfig" || e.Action == "getfuncconfig"
	switch e.Code {
	case "40164":
		ip := refusedIP(e.Message)
		if ip == "" {
			return with("wxapi/api-address", clierr.Auth).Hint("wxapi/hint-api-address", nil)
		}
		args["ip"] = ip
		return with("wxapi/api-ip", clierr.Auth).Hint("wxapi/hint-api-ip", clierr.Args{"ip": ip})
	case "40014":
		switch e.Action {
		case "listfunctions", "getcodesecret", "getuploadsignature", "downloadfunction", "getenvinfo":
			return with("wxapi/token-kind-code", clierr.OtherCredential)
		}
		if funcconfig {
			// Seen with a genuine ordinary token: it means "wrong kind of
			// token" here, not "invalid".
			return with("wxapi/token-kind", clierr.OtherCredential).Hint("wxapi/hint-permission-ways", nil)
		}
		return with("wxapi/token-refused", clierr.Auth)
	case "48001", "61007":
		if funcconfig {
			return with("wxapi/token-not-granted", clierr.OtherCredential).Hint("wxapi/hint-permission-ways", nil)
		}
		return with("wxapi/interface-not-granted", clierr.Auth)
	case "40013", "40125", "40243", "41004", "41002":
		return with("wxapi/app-secret", clierr.Auth)
	case "40001", "42001", "41001":
		if e.Action == "stable_token" {
			return with("wxapi/app-secret", clierr.Auth)
		}
		return with("wxapi/token-refused", clierr.Auth)
	case "85088":
		return with("wxapi/cloud-not-open", clierr.NotFound)
	case "-501000", "-501005":
		if strings.Contains(e.Message, "FunctionName") { // -501000 means a resource, whichever
			return with("wxapi/function-not-found", clierr.NotFound)
		}
		return with("wxapi/environment-not-found", clierr.NotFound).Hint("wxapi/hint-environment", nil)
	}
	return nil
}

// refusedIP finds the address in "invalid ip: 1.2.3.4, reference: ..." and in
// "invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist", or returns "".
func refusedIP(message string) string {
	for word := range strings.FieldsFuncSeq(message, func(r rune) bool {
		return !strings.ContainsRune("0123456789abcdefABCDEF.:", r)
	}) {
		addr, err := netip.ParseAddr(word)
		if err != nil {
			addr, err = netip.ParseAddr(strings.TrimRight(word, ".:"))
		}
		if err == nil && !addr.IsUnspecified() {
			return addr.Unmap().String()
		}
	}
	return ""
}

// badAnswer is an answer that is not of the documented shape.
func badAnswer(service, action string, cause error) error {
	return clierr.New("wxapi/bad-answer", clierr.Cloud, clierr.Args{"service": service, "action": action}).Because(cause)
}

// garbled is an answer that arrived damaged: what it answers may have happened.
func garbled(r request, cause error) error {
	return clierr.New("wxapi/bad-answer", clierr.Cloud, clierr.Args{"service": r.service, "action": r.action}).
		Because(&NetworkError{Host: hostOf(r.url), Action: r.action, Sent: r.acts, text: plainText(cause), err: cause})
}

// networkFailure turns what http.Client returned into an error without URLs:
// an *url.Error would show the access_token in the query.
func networkFailure(ctx context.Context, host, action string, sent bool, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause // the caller gave up; that is not the network's fault
	}
	e := &NetworkError{Host: host, Action: action, Sent: sent, unreached: neverSent(err), text: plainText(err), err: innermost(err)}
	id := clierr.ID("wxapi/network")
	if t, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err); ok && t.Timeout() {
		e.Timeout, id = true, "wxapi/timeout"
	}
	return clierr.New(id, clierr.Cloud, clierr.Args{"host": host, "action": action}).Because(e)
}

// IsRate reports whether the platform says that requests come too fast.
func IsRate(err error) bool { return clierr.Is(err, "wxapi/rate") }

// unsupportedIDs is what the ids of these errors begin with.
const unsupportedIDs = "wxapi/unsupported-"

// unsupported is the error of what a credential is not known to be able to do.
// The id's sentence names another way.
func unsupported(id clierr.ID, args clierr.Args) error {
	return clierr.New(id, clierr.OtherCredential, args)
}

// IsUnsupported reports whether the credential cannot do this at all, so that
// another one is needed. Nothing was sent.
func IsUnsupported(err error) bool {
	for e, ok := errors.AsType[*clierr.Error](err); ok; e, ok = errors.AsType[*clierr.Error](e.Cause) {
		if strings.HasPrefix(string(e.ID), unsupportedIDs) {
			return true
		}
	}
	return false
}

// badArchive is an archive that could not be read, or not twice the same.
func badArchive(err error) error {
	return clierr.New("wxapi/archive", clierr.Local, nil).Because(err)
}
