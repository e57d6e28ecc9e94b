package emulator

import (
	"encoding/json"
	"time"

	"wxcloud/internal/cron"
)

// cloudError is a Response.Error of Tencent's cloud API.
type cloudError struct{ Code, Message string }

func (c *cloudError) response() []byte {
	return response(map[string]any{"Error": map[string]string{"Code": c.Code, "Message": c.Message}})
}

// response wraps the members of an answer and gives it a request id.
func response(members map[string]any) []byte {
	if members == nil {
		members = map[string]any{}
	}
	members["RequestId"] = requestID()
	data, err := json.Marshal(map[string]any{"Response": members})
	if err != nil { // cannot happen with the types given here
		return []byte(`{"Response":{"Error":{"Code":"InternalError","Message":"unencodable answer"}}}`)
	}
	return data
}

// action is one cloud action: body in, members of the answer out.
type action func(q *request, body []byte) (map[string]any, *cloudError)

// cloudAction runs an action of the scf or tcb service and returns the whole
// answer, {"Response":{...}}. It is reached through the upload key's relay and,
// with headers made for it, directly. nil means that a fault answered.
func (e *Emulator) cloudAction(q *request, service, name string, body []byte) []byte {
	q.x.Action, q.x.Function = name, functionNamed(body)
	var told []byte
	if e.meet(q, q.actionRefusals(func(answer []byte) { told = answer })) {
		return told
	}
	run := e.actions[service+"."+name]
	if run == nil {
		q.x.Verdict = "InvalidAction"
		return (&cloudError{"InvalidAction", "the local cloud does not have the action " + name + " of the service " + service}).response()
	}
	members, failure := run(q, body)
	if failure != nil {
		q.x.Verdict = failure.Code
		return failure.response()
	}
	return response(members)
}

// cloudActions are the actions there are, by service and name.
func (e *Emulator) cloudActions() map[string]action {
	return map[string]action{
		"scf.BatchCreateTrigger":            e.batchCreateTrigger,
		"scf.CreateFunction":                e.createFunction,
		"scf.DeleteFunction":                e.deleteFunction,
		"scf.DeleteTrigger":                 e.deleteTrigger,
		"scf.GetFunction":                   e.getFunction,
		"scf.GetFunctionAddress":            e.getFunctionAddress,
		"scf.GetTempCosInfo":                e.getTempCosInfo,
		"scf.Invoke":                        e.invokeAction,
		"scf.ListFunctions":                 e.listFunctions,
		"scf.ListTriggers":                  e.listTriggers,
		"scf.ListVersionByFunction":         e.listVersions,
		"scf.PublishVersion":                e.publishVersion,
		"scf.UpdateFunctionCode":            e.updateFunctionCode,
		"scf.UpdateFunctionConfiguration":   e.updateFunctionConfiguration,
		"scf.UpdateFunctionIncrementalCode": e.updateIncremental,
		"tcb.DescribeEnvs":                  e.describeEnvs,
		"tcb.DescribeTcbAccountInfo":        e.describeAccount,
		"tcb.GetFunctionLogDetail":          e.functionLogDetail,
		"tcb.GetFunctionLogs":               e.functionLogs,
		"tcb.SearchClsLog":                  e.searchClsLog,
	}
}

// decode reads an action's body.
func decode(body []byte, into any) *cloudError {
	if err := json.Unmarshal(body, into); err != nil {
		return &cloudError{"InvalidParameter", "the body is not the expected JSON: " + err.Error()}
	}
	return nil
}

// cloudTime is how these services write a time: Beijing time without a zone.
func cloudTime(t time.Time) string {
	return t.In(cron.Beijing).Format(time.DateTime)
}

// tencentAppID is the made-up Tencent account the environment belongs to. Clients
// need a log service and a bucket in the answer, whether they use them or not.
const tencentAppID = "1250000000"

// envMade is when the one environment says it was made.
const envMade = "2024-01-01 08:00:00"

// describeEnvs answers the one environment. Real clients require each of these
// members and take the region of the functions from it.
func (e *Emulator) describeEnvs(_ *request, body []byte) (map[string]any, *cloudError) {
	var in struct{ WxAppId, EnvId string }
	if failure := decode(body, &in); failure != nil {
		return nil, failure
	}
	list := []any{}
	if (in.EnvId == "" || in.EnvId == e.credentials.EnvID) && (in.WxAppId == "" || in.WxAppId == e.credentials.AppID || in.WxAppId == e.options.ExtAppID) {
		made, bucket := envMade, "6c6f-"+e.credentials.EnvID+"-"+tencentAppID
		list = append(list, map[string]any{
			"EnvId": e.credentials.EnvID, "Alias": e.credentials.EnvID, "Source": "miniapp", "Status": "NORMAL", "EnvChannel": "ide", "EnvType": "baas",
			"CreateTime": made, "UpdateTime": made, "IsDefault": true, "Region": Region, "Meta": "", "PayMode": "prepayment",
			"PackageId": "basic", "PackageName": "基础版", "PackageType": "basic",
			"Functions":      []any{map[string]string{"Namespace": e.credentials.EnvID, "Region": Region}},
			"Databases":      []any{},
			"Storages":       []any{map[string]string{"AppId": tencentAppID, "Bucket": bucket, "CdnDomain": bucket + ".tcb.qcloud.la", "Region": Region}},
			"LogServices":    []any{map[string]string{"LogsetName": "local", "LogsetId": "ls-local", "TopicName": "local", "TopicId": "tp-local", "Region": Region}},
			"StaticStorages": []any{}, "CustomLogServices": []any{}, "EnvPreferences": []any{}, "Tags": []any{},
		})
	}
	return map[string]any{"EnvList": list, "Total": len(list)}, nil
}
