package wxapi

import "context"

// Transport carries one Tencent Cloud action and returns the JSON object that
// stands under "Response" in the answer. UploadKey and TencentKeys implement
// it; Retrying decorates it.
type Transport interface {
	Call(ctx context.Context, service, action, region string, body any) ([]byte, error)
}

// Versions of the two services, as every known client sends them.
const (
	versionSCF = "2018-04-16"
	versionTCB = "2018-06-08"
)

func versionOf(service string) string {
	if service == "tcb" {
		return versionTCB
	}
	return versionSCF
}

// action is what a transport has to know about an action.
type action struct {
	service, name string
	// cgi is the number miniprogram-ci sends with the action. Several actions
	// share one, so it is most likely for statistics.
	cgi int
	// direct actions carry code, which is too large for the relay: only their
	// signature is fetched and they go to the service itself.
	direct bool
	// repeatable actions end in the same state when a lost answer makes us
	// send them twice.
	repeatable bool
	// codeSecret actions carry a CodeSecret in a third-party template project,
	// which nothing here can fetch.
	codeSecret bool
	// keysOnly actions are not among those the upload key's relay is known to
	// carry.
	keysOnly bool
}

var actions = [...]action{
	{service: "tcb", name: "DescribeEnvs", cgi: 101, repeatable: true},
	{service: "tcb", name: "SearchClsLog", cgi: 268, repeatable: true},
	{service: "scf", name: "ListFunctions", cgi: 401, repeatable: true},
	{service: "scf", name: "CreateFunction", cgi: 402, direct: true, codeSecret: true},
	// Repeated, a deletion could meet what somebody made anew in between.
	{service: "scf", name: "DeleteFunction", cgi: 403},
	{service: "scf", name: "GetFunction", cgi: 404, repeatable: true, codeSecret: true},
	{service: "scf", name: "UpdateFunctionConfiguration", cgi: 405, repeatable: true},
	{service: "scf", name: "Invoke", cgi: 411},
	// Timers go by their names: setting the same ones twice leaves the same.
	{service: "scf", name: "BatchCreateTrigger", cgi: 413, repeatable: true},
	{service: "scf", name: "DeleteTrigger", keysOnly: true},
	{service: "scf", name: "GetTempCosInfo", keysOnly: true, repeatable: true},
	{service: "scf", name: "GetFunctionAddress", cgi: 414, repeatable: true, codeSecret: true},
	// Repeated, code would end the same, but every upload is a deploy of its own:
	// whoever sends it looks first whether the lost one arrived.
	{service: "scf", name: "UpdateFunctionCode", cgi: 415, direct: true, codeSecret: true},
}

func actionOf(service, name string) (action, bool) {
	for _, a := range actions {
		if a.service == service && a.name == name {
			return a, true
		}
	}
	return action{service: service, name: name}, false
}
